//! Actions in prose: lines of minutes that begin "Action:", items of a list that name a lead. Each is marked as such.

mod attendance;
pub mod beside;
mod deadline;
mod fields;
pub mod label;
#[cfg(test)]
mod tests;

use std::collections::HashSet;

use super::columns::Column;
use super::gathered::{ABOVE, Begins, Gathered, Part};
use super::headings::{self, Heading};
use super::{inline, inventory};
use crate::domain::flag::Flag;
use crate::import::cells::action_words;
use crate::import::cells::leads::said::Said;
use crate::import::table::{Block, Document};
use crate::import::words::roles::Role;
use crate::import::words::vocabulary::{Vocabulary, words};
use crate::import::words::{clean, number, roles};
use attendance::Attendance;
use label::Label;

/// The most words that names after "Action:" have.
const NAMES: usize = 5;

/// The most words of an action in a list without marks; a longer line is prose.
const PLAIN: usize = 30;

/// The most words of a heading.
const HEADING: usize = 6;

/// A line with its place in the document.
struct PlacedLine {
    text: String,
    place: String,
    /// Whether it begins a row of a table of one column.
    is_row: bool,
}

/// The actions marked as such in lines of prose, in the order of the document.
///
/// Also returns the lines they were taken from, which are therefore not notes.
pub fn actions(document: &Document, vocabulary: &Vocabulary) -> (Vec<Gathered>, HashSet<String>) {
    let mut scan = Scan::new(vocabulary, Attendance::of(document), Reach::All);
    let mut lines = lines(document, |_| true).into_iter().peekable();
    while let Some(line) = lines.next() {
        if scan.is_recommendation(&line.text) {
            scan.above = Some((line.text, false));
            (scan.at, scan.before) = (At::Elsewhere, String::new());
        } else {
            scan.next = lines.peek().map(|next| next.text.clone()).unwrap_or_default();
            scan.line(&line);
            scan.before = line.text;
        }
    }
    (scan.rows, scan.used)
}

/// How a list marks its items: all of them alike, so that another mark, or none, is no part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Glyph,
    Number,
    None,
}

/// What the walk through the lines has seen.
#[derive(Clone, Debug, PartialEq, Eq)]
enum At {
    Elsewhere,
    /// Below "Actions:", where every item of the list is one; all for the same lead, if it names one.
    List {
        lead: Option<String>,
        mark: Option<Mark>,
    },
    /// Below "Action Log – 14 August", where lists and rows of one column are actions, under their headings.
    Log(Option<String>),
    /// Below "Action 1.1", which is a line of its own.
    Numbered(String),
    /// Below an action, where "Lead: …" belongs to it.
    Action,
}

/// Which lines can be actions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    All,
    /// Only those labelled as actions: the plan itself is in a table.
    Labelled,
}

struct Scan<'a> {
    reach: Reach,
    vocabulary: &'a Vocabulary,
    said: Said<'a>,
    attendance: Attendance,
    rows: Vec<Gathered>,
    at: At,
    /// The previous line, to which "Action: JS" refers.
    before: String,
    /// The next line, whose label shows what this one is.
    next: String,
    /// What of the last action its own words suggest, and the field of it that the last line was about.
    guessed: Vec<Role>,
    below: Role,
    /// The recommendation above, and whether an action has answered it.
    above: Option<(String, bool)>,
    used: HashSet<String>,
}

/// What a line is, without its mark.
struct Item<'a> {
    bare: &'a str,
    text: &'a str,
    number: Option<String>,
    mark: Mark,
}

impl<'a> Item<'a> {
    fn of(line: &'a str) -> Item<'a> {
        let bare = clean::without_glyph(line).unwrap_or(line);
        let numbered = number::of(bare).map(|found| (found.number, found.text)).or_else(|| label::lettered(bare));
        let numbered = numbered.filter(|(_, text)| !text.is_empty());
        let mark = match &numbered {
            _ if bare.len() < line.len() => Mark::Glyph,
            Some(_) => Mark::Number,
            None => Mark::None,
        };
        let text = numbered.as_ref().map_or(bare, |(_, text)| text);
        Item { bare, text, number: numbered.map(|(number, _)| number), mark }
    }
}

impl<'a> Scan<'a> {
    fn new(vocabulary: &'a Vocabulary, attendance: Attendance, reach: Reach) -> Scan<'a> {
        Scan {
            reach,
            vocabulary,
            said: Said::new(vocabulary),
            attendance,
            rows: Vec::new(),
            at: At::Elsewhere,
            before: String::new(),
            next: String::new(),
            guessed: Vec::new(),
            below: Role::Action,
            above: None,
            used: HashSet::new(),
        }
    }
}

impl Scan<'_> {
    /// Whether the lines below answer this one; "R3 – ICB to write. Lead: AB" is an action itself.
    fn is_recommendation(&self, line: &str) -> bool {
        matches!(headings::of(line, self.vocabulary), Some(Heading::Recommendation { .. }))
            && !(Item::of(line).mark == Mark::Number && self.names_lead(line))
    }

    fn line(&mut self, line: &PlacedLine) {
        let item = Item::of(&line.text);
        if label::is_title(item.bare) {
            self.at = At::Log(None);
        } else if let Some(number) = label::alone(item.bare).filter(|_| self.is_text_next()) {
            self.at = At::Numbered(number);
        } else if let At::Numbered(number) = self.at.clone() {
            self.add(item.text, Some(number), None, line);
        } else if let Some(label) = label::of(item.bare, &self.said) {
            self.labelled(label, line);
        } else if self.belongs(&item, line) || self.logged(&item, line) || self.listed(&item, line) {
        } else if let Some((text, lead)) = label::bracketed(item.bare) {
            self.add(text, None, Some(lead), line);
        } else if item.mark != Mark::None && self.names_lead(item.text) {
            self.add(item.text, item.number, None, line);
        } else {
            self.at = At::Elsewhere;
        }
    }

    /// Whether the next line is prose, and no item of a list and nothing about an action.
    fn is_text_next(&self) -> bool {
        let next = &self.next;
        !next.is_empty() && Item::of(next).mark == Mark::None && fields::of(next, self.vocabulary).is_empty()
    }

    fn labelled(&mut self, label: Label, line: &PlacedLine) {
        self.at = if label.is_list { At::List { lead: label.lead.clone(), mark: None } } else { At::Elsewhere };
        let says_none = action_words::is_none(&label.rest) || words(&label.rest) == ["noted"];
        if label.is_list || says_none {
            return;
        }
        let names = self.said.names(&label.rest).filter(|names| !self.is_text(&label, names));
        if let (None, Some(names), false) = (&label.lead, names, self.before.is_empty()) {
            let text = self.before.clone();
            // Below an action it names more of those who do it.
            if let Some(last) = self.rows.last_mut().filter(|_| self.used.contains(&text)) {
                last.parts.push(part(Role::Lead, &self.attendance.named(&names)));
                return;
            }
            self.add(&text, label.number, Some(names), line);
        } else {
            self.add(&label.rest, label.number, label.lead, line);
        }
    }

    /// Whether what follows a label is the action itself, though it could be a name: "Action 1.2: Newsletter" above
    /// "Lead: Board".
    fn is_text(&self, label: &Label, names: &str) -> bool {
        let next = fields::of(&self.next, self.vocabulary);
        let is_doubtful = !self.said.are_certain(names);
        let is_below = self.used.contains(&self.before);
        next.iter().any(|(role, _)| *role == Role::Lead)
            || is_doubtful && (is_below || !next.is_empty())
            || is_below && label.number.is_some()
            || action_words::is_action(&label.rest, self.vocabulary)
    }

    /// Reads a line of the list below "Actions:"; whether it is one.
    fn listed(&mut self, item: &Item<'_>, line: &PlacedLine) -> bool {
        let At::List { lead, mark } = self.at.clone() else { return false };
        let is_alike = mark.is_none_or(|mark| mark == item.mark);
        let is_plain = || item.text.split_whitespace().count() <= PLAIN && self.is_plain(item.text);
        if is_alike && (item.mark != Mark::None || is_plain()) {
            self.add(item.text, item.number.clone(), self.said.who(item.text).or_else(|| lead.clone()), line);
            self.at = At::List { lead, mark: Some(item.mark) };
            return true;
        }
        let names = self.said.names(item.bare).filter(|_| item.mark == Mark::None && item.bare.ends_with(':'));
        let is_wrapped = mark.is_some() && item.mark == Mark::None && item.text.starts_with(char::is_lowercase);
        if names.is_some() {
            self.at = At::List { lead: names, mark };
            return true;
        }
        is_wrapped && self.wrapped(item.text, line)
    }

    /// Reads a line below the title of a log: an item, a row, or a heading; whether it is one.
    fn logged(&mut self, item: &Item<'_>, line: &PlacedLine) -> bool {
        let At::Log(heading) = self.at.clone() else { return false };
        let is_item = item.mark != Mark::None || line.is_row;
        let count = item.text.split_whitespace().count();
        if is_item && count > 1 {
            self.add(item.text, item.number.clone(), self.said.who(item.text), line);
            self.rows.last_mut().into_iter().for_each(|row| row.heading.clone_from(&heading));
            self.at = At::Log(heading);
            return true;
        }
        let is_heading = !is_item && count <= HEADING && !item.text.ends_with(['.', ';', ',']);
        if is_heading {
            self.at = At::Log(Some(item.text.to_owned()));
        }
        is_heading
    }

    /// An action in a list without marks; what the meeting as a whole did is prose.
    fn is_plain(&self, text: &str) -> bool {
        let of_meeting = ["The group", "The panel", "The board", "The committee", "The meeting", "It was", "There "];
        action_words::is_action(text, self.vocabulary) && !of_meeting.iter().any(|words| text.starts_with(words))
    }

    /// The rest of an item whose line was too long.
    fn wrapped(&mut self, rest: &str, line: &PlacedLine) -> bool {
        let parts = self.rows.last_mut().map(|row| row.parts.iter_mut());
        let own = parts.and_then(|mut parts| parts.find(|part| part.column.roles.contains(&Role::Action)));
        let Some(own) = own else { return false };
        own.pieces.push(rest.to_owned());
        self.used.insert(line.text.clone());
        true
    }

    fn names_lead(&self, text: &str) -> bool {
        inline::said(text, self.vocabulary).iter().any(|(role, _)| *role == Role::Lead)
    }

    fn add(&mut self, text: &str, number: Option<String>, lead: Option<String>, line: &PlacedLine) {
        let mut row = Gathered { elsewhere: Some(line.place.clone()), ..Gathered::default() };
        let front = lead.is_none().then(|| self.said.in_front(text)).flatten();
        self.guessed =
            if lead.is_some() || front.is_some() { vec![Role::Target] } else { vec![Role::Lead, Role::Target] };
        self.below = Role::Action;
        let (who, text) = match front {
            Some((who, text)) => (Some(who), text),
            None => (lead.or_else(|| self.said.who(text)), text),
        };
        let labelled = inline::said(text, self.vocabulary).into_iter().find(|(role, _)| *role == Role::Lead);
        let who = labelled.and_then(|(_, lead)| self.said.names(&lead)).or(who.filter(|_| !self.names_lead(text)));
        let who = who.map(|who| self.attendance.named(&who));
        if let Some((above, is_answered)) = self.above.as_mut() {
            let column = Column { name: ABOVE.into(), roles: vec![Role::Recommendation], ..Column::default() };
            let pieces = vec![if *is_answered { String::new() } else { above.clone() }];
            row.begins = if *is_answered { Begins::Action } else { Begins::Recommendation };
            row.parts.push(Part { column, pieces, shade: None });
            self.used.insert(above.clone());
            *is_answered = true;
        }
        self.used.insert(line.text.clone());
        row.parts.extend(number.map(|number| part(Role::Number, &number)));
        row.parts.push(part(Role::Action, text));
        row.parts.extend(who.map(|who| part(Role::Lead, &who)));
        let has_target = inline::said(text, self.vocabulary).iter().any(|(role, _)| *role == Role::Target);
        row.parts.extend(deadline::of(text).filter(|_| !has_target).map(|date| part(Role::Target, date)));
        let why = match self.reach {
            Reach::All => {
                "this was found in prose, not in a table of actions: please check that it is an action".to_owned()
            }
            Reach::Labelled => format!(
                "this is in the text beside the table of actions ({}): please check that it is an action of its own",
                line.place
            ),
        };
        row.flags.push(Flag { field: "text".into(), why, raw: line.text.clone(), suggestion: None });
        self.rows.push(row);
        self.at = At::Action;
    }
}

fn part(role: Role, text: &str) -> Part {
    let column = Column { name: format!("{} in the prose", roles::name(role)), roles: vec![role], ..Column::default() };
    Part { column, pieces: vec![text.to_owned()], shade: None }
}

/// Every line of the paragraphs and of the cells of the tables asked for, by their position in the document.
fn lines(document: &Document, is_wanted: impl Fn(usize) -> bool) -> Vec<PlacedLine> {
    let mut lines = Vec::new();
    let mut add = |text: &str, place: String, is_row: bool| {
        let text = clean::lines(text);
        let line = |(at, line): (usize, &str)| PlacedLine {
            text: line.to_owned(),
            place: place.clone(),
            is_row: is_row && at == 0,
        };
        lines.extend(text.lines().enumerate().map(line));
    };
    let (mut paragraph, mut number) = (0, 0);
    for block in &document.blocks {
        match block {
            Block::Paragraph(text) => {
                paragraph += 1;
                add(text, format!("paragraph {paragraph}"), false);
            }
            Block::Table(table) => {
                number += 1;
                if !is_wanted(number) {
                    continue;
                }
                let is_list = inventory::width(table) == 1;
                for (at, row) in table.rows.iter().enumerate() {
                    let place = format!("table {number}, row {}", at + 1);
                    row.cells.iter().for_each(|cell| add(&cell.text, place.clone(), is_list));
                }
            }
        }
    }
    lines
}

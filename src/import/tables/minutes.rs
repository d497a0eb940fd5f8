//! Actions in prose: lines of minutes that begin "Action:", items of a list that name a lead. Each is marked as such.

use std::collections::HashSet;

use super::columns::Column;
use super::gathered::{ABOVE, Begins, Gathered, Part};
use super::headings::{self, Heading};
use super::inline;
use crate::domain::date_text;
use crate::domain::flag::Flag;
use crate::import::cells::action_words;
use crate::import::cells::leads::heading::is_initials;
use crate::import::table::{Block, Document};
use crate::import::words::roles::Role;
use crate::import::words::vocabulary::{Vocabulary, words};
use crate::import::words::{clean, number, roles};

/// What follows "Action:" where there is none.
const NONE: [&str; 7] = ["none", "nil", "n a", "no action", "none required", "no action required", "no further action"];

/// The most words that names after "Action:" have.
const NAMES: usize = 5;

/// A line with its place in the document.
struct PlacedLine {
    text: String,
    place: String,
}

/// What the beginning of a line says: "Action 3 (JS): …".
#[derive(Debug, PartialEq, Eq)]
struct Label<'a> {
    number: Option<String>,
    lead: Option<String>,
    rest: &'a str,
}

/// The actions marked as such in lines of prose, in the order of the document.
///
/// Also returns the lines they were taken from, which are therefore not notes.
pub fn actions(document: &Document, vocabulary: &Vocabulary) -> (Vec<Gathered>, HashSet<String>) {
    let mut scan = Scan {
        vocabulary,
        rows: Vec::new(),
        at: At::Elsewhere,
        before: String::new(),
        above: None,
        used: HashSet::new(),
    };
    for line in lines(document) {
        if let Some(Heading::Recommendation { .. }) = headings::of(&line.text, vocabulary) {
            scan.above = Some((line.text.clone(), false));
            scan.at = At::Elsewhere;
        } else {
            scan.line(&line);
        }
        scan.before = line.text;
    }
    (scan.rows, scan.used)
}

/// What the walk through the lines has seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    Elsewhere,
    /// Below "Actions:", where every item of the list is one.
    List,
    /// Below an action, where "Lead: …" belongs to it.
    Action,
}

struct Scan<'a> {
    vocabulary: &'a Vocabulary,
    rows: Vec<Gathered>,
    at: At,
    /// The previous line, to which "Action: JS" refers.
    before: String,
    /// The recommendation above, and whether an action has answered it.
    above: Option<(String, bool)>,
    used: HashSet<String>,
}

impl Scan<'_> {
    fn line(&mut self, line: &PlacedLine) {
        let bare = clean::without_glyph(&line.text).unwrap_or(&line.text);
        let item = number::of(bare).filter(|found| !found.text.is_empty());
        let is_item = bare.len() < line.text.len() || item.is_some();
        let text = item.as_ref().map_or(bare, |found| found.text);
        let own_number = item.as_ref().map(|found| found.number.clone());
        if let Some(label) = label(bare) {
            self.labelled(&label, line);
        } else if self.at == At::List && (is_item || action_words::is_action(bare, self.vocabulary)) {
            self.add(text, own_number, None, line);
            self.at = At::List;
        } else if self.at == At::Action && !is_item && self.belongs(bare) {
        } else if let Some((text, lead)) = bracketed(bare) {
            self.add(text, None, Some(lead), line);
        } else if is_item && self.names_lead(text) {
            self.add(text, own_number, None, line);
        } else {
            self.at = At::Elsewhere;
        }
    }

    fn labelled(&mut self, label: &Label<'_>, line: &PlacedLine) {
        let said = words(label.rest).join(" ");
        self.at = if label.rest.is_empty() { At::List } else { At::Elsewhere };
        if label.rest.is_empty() || NONE.contains(&said.as_str()) {
            return;
        }
        if label.lead.is_none() && self.is_names(label.rest) && !self.before.is_empty() {
            let text = self.before.clone();
            self.add(&text, label.number.clone(), Some(label.rest.to_owned()), line);
        } else {
            self.add(label.rest, label.number.clone(), label.lead.clone(), line);
        }
    }

    fn names_lead(&self, text: &str) -> bool {
        inline::said(text, self.vocabulary).iter().any(|(role, _)| *role == Role::Lead)
    }

    /// "JS", "JS/PT", "All", "Board Manager": who, but not what.
    fn is_names(&self, text: &str) -> bool {
        let count = text.split_whitespace().count();
        let is_name =
            |word: &str| is_initials(word) || word.starts_with(char::is_uppercase) || ["and", "&"].contains(&word);
        let names = text.trim_end_matches('.').split(['/', ' ', ',']).filter(|word| !word.is_empty());
        count <= NAMES && !action_words::is_action(text, self.vocabulary) && names.into_iter().all(is_name)
    }

    /// Reads a line such as "Lead: Police" below an action; whether it is one.
    fn belongs(&mut self, line: &str) -> bool {
        let said = inline::said(line, self.vocabulary);
        let (Some(last), false) = (self.rows.last_mut(), said.is_empty()) else { return false };
        self.used.insert(line.to_owned());
        last.parts.extend(said.into_iter().map(|(role, value)| part(role, &value)));
        true
    }

    fn add(&mut self, text: &str, number: Option<String>, lead: Option<String>, line: &PlacedLine) {
        let mut row = Gathered { elsewhere: Some(line.place.clone()), ..Gathered::default() };
        let who = lead.or_else(|| action_words::doer(text, self.vocabulary).map(str::to_owned));
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
        row.parts.extend(who.filter(|_| !self.names_lead(text)).map(|who| part(Role::Lead, &who)));
        let has_target = inline::said(text, self.vocabulary).iter().any(|(role, _)| *role == Role::Target);
        row.parts.extend(deadline(text).filter(|_| !has_target).map(|date| part(Role::Target, date)));
        let why = "this was found in prose, not in a table of actions: please check that it is an action".to_owned();
        row.flags.push(Flag { field: "text".into(), why, raw: line.text.clone(), suggestion: None });
        self.rows.push(row);
        self.at = At::Action;
    }
}

fn part(role: Role, text: &str) -> Part {
    let column = Column { name: format!("{} in the prose", roles::name(role)), roles: vec![role], ..Column::default() };
    Part { column, pieces: vec![text.to_owned()], shade: None }
}

/// Every line of the paragraphs and of the table cells.
fn lines(document: &Document) -> Vec<PlacedLine> {
    let mut lines = Vec::new();
    let mut add = |text: &str, place: String| {
        lines.extend(clean::lines(text).lines().map(|line| PlacedLine { text: line.to_owned(), place: place.clone() }));
    };
    let (mut paragraph, mut number) = (0, 0);
    for block in &document.blocks {
        match block {
            Block::Paragraph(text) => {
                paragraph += 1;
                add(text, format!("paragraph {paragraph}"));
            }
            Block::Table(table) => {
                number += 1;
                for (at, row) in table.rows.iter().enumerate() {
                    row.cells.iter().for_each(|cell| add(&cell.text, format!("table {number}, row {}", at + 1)));
                }
            }
        }
    }
    lines
}

/// "Action: …", "ACTION 3.1 – …", "Action point 2 (JS): …", "Actions:"; `None` for all other lines.
fn label(line: &str) -> Option<Label<'_>> {
    let end =
        [":", " – ", " — ", " - "].iter().filter_map(|mark| line.find(mark).map(|at| (at, at + mark.len()))).min()?;
    let (head, rest) = (line.get(..end.0)?.trim(), line.get(end.1..)?.trim());
    let mut spelled = head.split([' ', '\u{a0}']).filter(|word| !word.is_empty()).peekable();
    spelled.next_if(|word| ["agreed", "key", "new"].contains(&word.to_lowercase().as_str()));
    let first = spelled.next()?.trim_end_matches('.').to_lowercase();
    if !["action", "actions", "ap", "action(s)"].contains(&first.as_str()) {
        return None;
    }
    spelled.next_if(|word| {
        ["point", "points", "item", "items", "agreed", "required", "no", "no."].contains(&word.to_lowercase().as_str())
    });
    let number = spelled
        .next_if(|word| word.starts_with(|c: char| c.is_ascii_digit()))
        .map(|word| word.trim_end_matches(['.', ')']).to_owned());
    let left: Vec<&str> = spelled.collect();
    let who = left.join(" ").trim_matches(['(', ')', '[', ']']).to_owned();
    let is_who = !left.is_empty()
        && left.len() <= NAMES
        && left.iter().all(|word| word.starts_with(|c: char| c.is_uppercase() || "(&[".contains(c)));
    (left.is_empty() || is_who).then(|| Label { number, lead: is_who.then_some(who), rest })
}

/// "The board manager will write to all. [Action: JS]" → the words before it, and who.
fn bracketed(line: &str) -> Option<(&str, String)> {
    let line = line.trim_end_matches('.');
    let inside_ends = line.strip_suffix([')', ']'])?;
    let open = inside_ends.rfind(['(', '['])?;
    let (text, inside) = (inside_ends.get(..open)?.trim(), inside_ends.get(open + 1..)?);
    let head = inside.get(..6).filter(|head| head.eq_ignore_ascii_case("action"))?;
    let lead = inside.get(head.len()..)?.trim_matches([' ', ':', '–', '-', 's']);
    let is_short = !lead.is_empty() && lead.split_whitespace().count() <= NAMES;
    (is_short && !text.is_empty()).then(|| (text, lead.to_owned()))
}

/// The deadline of a sentence, as written: "by 31 March 2024", "by the next meeting", "within two weeks".
fn deadline(text: &str) -> Option<&str> {
    by(text).or_else(|| within(text))
}

/// "within two weeks", "in the next 3 months".
fn within(text: &str) -> Option<&str> {
    let (at, _) = [" within ", " in next ", " in the next "].iter().find_map(|said| text.match_indices(said).last())?;
    let rest = text.get(at + 1..)?;
    let end = rest.find(['.', ',', ';', '\n']).unwrap_or(rest.len());
    let said = rest.get(..end)?.trim();
    let is_time = ["week", "weeks", "month", "months", "days"].iter().any(|unit| said.ends_with(unit));
    (is_time && said.split_whitespace().count() <= 5).then_some(said)
}

fn by(text: &str) -> Option<&str> {
    let (at, _) = text.match_indices(" by ").last()?;
    let rest = text.get(at + 4..)?;
    let end = rest.find([',', ';', '\n']).into_iter().chain(rest.find(". ")).min().unwrap_or(rest.len());
    let said = rest.get(..end)?.trim().trim_end_matches('.');
    let lower = said.to_lowercase();
    let is_date = date_text::target(said, None).span.is_some() || date_text::suggestion(said, &[]).is_some();
    let is_meeting = lower.ends_with("next meeting") && said.split_whitespace().count() <= 4;
    let is_month = said.split_whitespace().count() <= 3
        && date_text::find(&format!("{said} 2024"), None).first().is_some_and(|found| found.start == 0);
    (is_date || is_meeting || is_month).then_some(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, String, String)> {
        let blocks = text.lines().map(|line| Block::Paragraph(line.to_owned())).collect();
        let document = Document { blocks, ..Document::default() };
        let (rows, used) = actions(&document, &Vocabulary::built_in().unwrap());
        assert!(used.len() >= rows.len());
        assert!(rows.iter().all(|row| row.flags.len() == 1));
        rows.iter().map(|row| (row.text(Role::Action), row.text(Role::Lead), row.text(Role::Target))).collect()
    }

    fn action(text: &str, lead: &str, target: &str) -> (String, String, String) {
        (text.into(), lead.into(), target.into())
    }

    #[test]
    fn lines_that_say_action_are_actions() {
        assert_eq!(
            read(
                "The group talked.\nAction: The Board Manager to write to all by 31 March 2024.\nAction: none\nAction 3 (JT): ask for data"
            ),
            [
                action("The Board Manager to write to all by 31 March 2024.", "Board Manager", "31 March 2024"),
                action("ask for data", "JT", ""),
            ]
        );
        assert_eq!(
            read("The chair will ask the trust for its data.\nAction: JT/PS\nThe plan was noted. [Action: All]"),
            [
                action("The chair will ask the trust for its data.", "JT/PS", ""),
                action("The plan was noted.", "All", "")
            ]
        );
        assert_eq!(
            read("Actions:\n1. Review the protocol by next meeting\n2. Share the leaflet\nNext meeting\nWrite soon"),
            [action("Review the protocol by next meeting", "", "next meeting"), action("Share the leaflet", "", "")]
        );
        assert_eq!(
            read("Action: Update the form\nLead: Westmarsh Police\nBy when: May 2024"),
            [action("Update the form", "Westmarsh Police", "May 2024")]
        );
    }

    #[test]
    fn prose_without_actions_has_none() {
        for text in [
            "Dear all,\nPlease find attached the plan.",
            "Action log – update: noted",
            "The action: plan was discussed",
            "1. Welcome\n2. Apologies\n3. Action plan",
        ] {
            assert_eq!(read(text), [], "{text}");
        }
    }
}

//! Lines below an action in prose that are about it: "Lead: Police; Housing", "Update: drafted", the rest of a long line.

use super::{At, Gathered, Item, Mark, PlacedLine, Scan, deadline, part};
use crate::domain::date_text;
use crate::import::tables::columns;
use crate::import::tables::inline::{self, LABEL};
use crate::import::words::roles::Role;
use crate::import::words::vocabulary::Vocabulary;

/// What a line below an action can say about it.
const SAID: [Role; 9] = [
    Role::Lead,
    Role::Via,
    Role::Target,
    Role::Revised,
    Role::Completed,
    Role::Rating,
    Role::Status,
    Role::Done,
    Role::Progress,
];

/// The fields of a line that says nothing else: "Lead: Police; Housing", "Owner: ICB | Due: May 2024".
///
/// Progress is prose, and keeps whatever follows it.
pub fn of(line: &str, vocabulary: &Vocabulary) -> Vec<(Role, String)> {
    let line = line.strip_prefix('(').and_then(|inside| inside.strip_suffix(')')).unwrap_or(line);
    if line.split_once(':').is_some_and(|(label, _)| dated(label.trim()).1.is_some()) {
        return labelled(line, vocabulary).into_iter().collect();
    }
    let mut fields: Vec<(Role, String)> = Vec::new();
    for (mark, piece) in inline::pieces(line) {
        let found = labelled(piece, vocabulary);
        match (fields.last_mut(), found) {
            (None, Some(found)) => fields.push(found),
            (Some((role, _)), Some(found)) if *role != Role::Progress => fields.push(found),
            (Some((_, value)), _) => value.extend([mark, piece]),
            (None, None) => return Vec::new(),
        }
    }
    fields.into_iter().map(|(role, value)| (role, closed(&value).to_owned())).collect()
}

fn labelled(piece: &str, vocabulary: &Vocabulary) -> Option<(Role, String)> {
    let (label, value) = piece.split_once(':')?;
    let (label, date) = dated(label.trim_matches([' ', '*', '_']));
    let is_short = (1..=LABEL).contains(&label.split_whitespace().count());
    let roles = if is_short { columns::label(label, vocabulary) } else { Vec::new() };
    let role = roles.into_iter().find(|role| SAID.contains(role))?;
    let value = value.trim_start_matches([' ', '*', '_']);
    Some((role, date.map_or_else(|| value.to_owned(), |date| format!("{date}: {value}"))))
}

/// "Update (14 Sept 2025)", "Update 14/09/25": a label with the date of what follows.
fn dated(label: &str) -> (&str, Option<&str>) {
    let bare = label.strip_suffix(')').unwrap_or(label);
    let last = date_text::find(bare, None).pop().filter(|found| found.start > 0 && found.end == bare.len());
    let parts = last.and_then(|found| bare.split_at_checked(found.start));
    parts.map_or((label, None), |(label, date)| (label.trim_end_matches([' ', '(']), Some(date)))
}

/// Without the bracket that closes one in front of the label.
fn closed(value: &str) -> &str {
    let value = value.trim();
    let is_open = value.matches(')').count() > value.matches('(').count();
    value.strip_suffix(')').filter(|_| is_open).unwrap_or(value).trim_end()
}

/// "Cost: £500": a label of something that an action does not have.
fn is_other(line: &str, vocabulary: &Vocabulary) -> bool {
    let is_short = |label: &str| label.split_whitespace().count() <= LABEL;
    line.split_once(": ").is_some_and(|(label, _)| is_short(label) && !columns::label(label, vocabulary).is_empty())
}

/// The deadline of an action whose words were on several lines.
fn date(row: &mut Gathered) {
    let text = row.text(Role::Action);
    let date = deadline::of(&text).filter(|_| !row.has(Role::Target)).map(|date| part(Role::Target, date));
    row.parts.extend(date);
}

impl Scan<'_> {
    /// Reads a line below an action that is about it; whether it is one.
    pub(super) fn belongs(&mut self, item: &Item<'_>, line: &PlacedLine) -> bool {
        let is_next = self.used.contains(&self.before);
        let is_below = match self.at {
            At::Action => true,
            At::List { .. } | At::Log(_) => is_next && item.mark == Mark::None && !line.is_row,
            At::Elsewhere | At::Numbered(_) => false,
        };
        if !is_below || self.rows.is_empty() {
            return false;
        }
        let fields = of(item.bare, self.vocabulary);
        if !fields.is_empty() {
            self.fields(fields, line);
            return true;
        }
        is_next && self.goes_on(item, line) || self.at == At::Action && item.mark == Mark::None && self.mentions(item)
    }

    fn fields(&mut self, fields: Vec<(Role, String)>, line: &PlacedLine) {
        self.used.insert(line.text.clone());
        let Some(last) = self.rows.last_mut() else { return };
        for (role, value) in fields {
            // What is written counts, and not what the words of the action suggest.
            if self.guessed.contains(&role) && !value.is_empty() {
                last.parts.retain(|part| part.column.roles != [role]);
                self.guessed.retain(|guessed| *guessed != role);
            }
            last.parts.push(part(role, &value));
            self.below = role;
        }
    }

    /// Reads more of the last field: the rest of a line that was too long, an item of the list below "Progress:".
    fn goes_on(&mut self, item: &Item<'_>, line: &PlacedLine) -> bool {
        let is_progress = self.below == Role::Progress;
        let is_item = item.mark == Mark::Glyph && is_progress;
        let is_between =
            is_progress && !is_other(item.bare, self.vocabulary) && !of(&self.next, self.vocabulary).is_empty();
        let is_plain = item.mark == Mark::None && (item.bare.starts_with(char::is_lowercase) || is_between);
        let parts = self.rows.last_mut().map(|row| row.parts.iter_mut().rev());
        let own = parts.and_then(|mut parts| parts.find(|part| part.column.roles == [self.below]));
        let Some(own) = own.filter(|_| self.at == At::Action && (is_item || is_plain)) else { return false };
        own.pieces.push(if is_item { format!("\n{}", line.text) } else { item.bare.to_owned() });
        self.used.insert(line.text.clone());
        self.rows.last_mut().into_iter().for_each(date);
        true
    }

    /// Whether the line stays among the notes while those below it are still about the action: a label that no action
    /// has, or prose that also says who or when.
    fn mentions(&mut self, item: &Item<'_>) -> bool {
        let said = inline::said(item.bare, self.vocabulary);
        let is_said = !said.is_empty();
        self.rows.last_mut().into_iter().for_each(|last| {
            last.parts.extend(said.iter().map(|(role, value)| part(*role, value)));
        });
        is_said || is_other(item.bare, self.vocabulary)
    }
}

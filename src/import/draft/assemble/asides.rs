//! What a cell says besides its text, beside the action of its row: doubts, and the words of notes.

use std::collections::{BTreeMap, HashMap};

use super::{ActionPath, Reading, action_at, cells};
use crate::domain::draft::Draft;
use crate::domain::flag::{Flag, RawCell};
use crate::import::table::{Aside, AsideKind, Document, Footnote};
use crate::import::tables::columns::Column;
use crate::import::tables::inventory::{Headed, Seen};
use crate::import::words::clean;
use crate::import::words::roles::Role;
use crate::text;

/// Bytes of notes that actions may repeat.
const REPEATED: usize = 1 << 20;

/// Where each aside belongs: the action of its row, and its column.
pub struct Placed<'a> {
    aside: &'a Aside,
    action: Option<ActionPath>,
    column: Column,
    /// Whether its table is part of the plan.
    is_read: bool,
}

/// Finds the places of all asides while the rows are known.
pub fn placed<'a>(document: &'a Document, reading: &Reading) -> Vec<Placed<'a>> {
    let mut rows: BTreeMap<(usize, usize), ActionPath> = BTreeMap::new();
    if document.asides.is_empty() {
        return Vec::new();
    }
    for (row, action) in reading.gathering.rows.iter().zip(&reading.actions) {
        for (table, first, last) in &row.places {
            let own = (*first..=*last).filter_map(|at| Some(((*table, at), (*action)?)));
            rows.extend(own);
        }
    }
    let of_row = |aside: &Aside| aside.row.and_then(|(table, row)| rows.get(&(table + 1, row + 1))).copied();
    let place = |aside: &'a Aside| {
        let (column, is_read) = column(&reading.gathering.tables, aside);
        let action = of_row(aside).or_else(|| of_paragraph(reading, aside));
        Placed { aside, action, column, is_read }
    };
    document.asides.iter().map(place).collect()
}

/// The action that was read from a paragraph.
fn of_paragraph(reading: &Reading, aside: &Aside) -> Option<ActionPath> {
    let is_in = |path: &&ActionPath| {
        let action = match path.recommendation {
            Some(at) => reading.draft.recommendations.get(at).and_then(|rec| rec.actions.get(path.action)),
            None => reading.draft.actions.get(path.action),
        };
        action.is_some_and(|action| !action.text.is_empty() && aside.text.contains(&action.text))
    };
    reading.actions.iter().flatten().filter(|_| aside.row.is_none()).find(is_in).copied()
}

/// The column that an aside is in, and whether its table was read; a table without a header continues the one before it.
fn column(tables: &[Seen], aside: &Aside) -> (Column, bool) {
    let Some((table, row)) = aside.row else { return (Column::default(), true) };
    let seen = tables.get(..=table).unwrap_or(tables);
    let continues = seen.last().is_some_and(|last| last.continues);
    let own = seen.iter().rev().find(|seen| !seen.continues);
    if own.is_some_and(|seen| !seen.records.is_empty()) {
        return (Column { roles: vec![Role::Action], ..Column::default() }, true);
    }
    let is_above = |headed: &&Headed| continues || !headed.is_row || headed.row < row;
    let headed = own.and_then(|seen| seen.headers.iter().rev().find(is_above));
    let column = headed.and_then(|headed| headed.header.columns.get(aside.column?)).cloned();
    (column.unwrap_or_default(), own.is_some_and(|seen| !seen.headers.is_empty()))
}

/// Adds to each action what its cells say, and to the document what belongs to none.
pub fn add(draft: &mut Draft, placed: &[Placed], footnotes: &[Footnote]) {
    let mut left = REPEATED;
    let footnotes: HashMap<&str, &Footnote> = footnotes.iter().map(|note| (note.key.as_str(), note)).collect();
    let mut strangers: BTreeMap<(Option<usize>, bool, String), Vec<&str>> = BTreeMap::new();
    for found in placed {
        let owner = found.action.filter(|_| found.is_used()).and_then(|path| Owner::of(draft, path, &found.column));
        match (owner, found.aside.kind) {
            (Some(owner), AsideKind::Note) => note(owner, found, &footnotes, &mut left),
            (Some(owner), AsideKind::StruckOut) => {
                owner.flags.push(Flag::struck_out(found.aside.text.clone()));
                owner.raw.push(RawCell::struck_out());
            }
            (Some(owner), AsideKind::Error | AsideKind::Formula) => owner.flags.push(found.doubt()),
            (None, AsideKind::Note) => {}
            (None, _) => {
                let is_cell = found.aside.kind != AsideKind::StruckOut;
                let table = found.aside.row.map(|(table, _)| table).filter(|_| is_cell);
                let key = (table, found.is_read, found.alone());
                strangers.entry(key).or_default().push(&found.column.name);
            }
        }
    }
    for ((table, is_read, what), columns) in strangers {
        let place = table.map(|table| format!("table {}: {}", table + 1, cells_of(&columns)));
        let why = place.unwrap_or_default() + &what;
        if is_read {
            draft.flags.push(Flag { field: "text".into(), why, raw: String::new(), suggestion: None });
        } else {
            draft.notes.push(why.clone());
            draft.notices.push(why);
        }
    }
}

/// "3 cells, under “Days left”, ": how many cells, and in which columns.
fn cells_of(columns: &[&str]) -> String {
    let mut names: Vec<String> = Vec::new();
    for name in columns.iter().filter(|name| !name.is_empty()).map(|name| format!("“{}”", clean::line(name))) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let under = if names.is_empty() { String::new() } else { format!(" under {}", names.join(", ")) };
    format!("{}{under}: ", text::counted(columns.len(), "cell"))
}

/// Adds the words of a note to the text that refers to it, or a doubt where the field has no room for words.
fn note(mut owner: Owner, found: &Placed, footnotes: &HashMap<&str, &Footnote>, left: &mut usize) {
    let Some(note) = footnotes.get(found.aside.text.as_str()) else { return };
    let Some(rest) = left.checked_sub(note.text.len()) else { return };
    *left = rest;
    let words = note.beside();
    if let Some(text) = owner.text(&found.aside.before) {
        *text = format!("{text} {words}");
    } else {
        let why = format!("{} refers to a note: {}", found.cell(), note.text);
        owner.flags.push(Flag { field: found.field().into(), why, raw: note.text.clone(), suggestion: None });
    }
}

/// What an aside is added to: the doubts of an action or its recommendation, and the text of the cell.
struct Owner<'a> {
    flags: &'a mut Vec<Flag>,
    raw: &'a mut Vec<RawCell>,
    /// One for each entry of a column of progress.
    texts: Vec<&'a mut String>,
}

impl<'a> Owner<'a> {
    fn of(draft: &'a mut Draft, path: ActionPath, column: &Column) -> Option<Owner<'a>> {
        if cells::is_of_recommendation(column) {
            let recommendation = draft.recommendations.get_mut(path.recommendation?)?;
            let is_text = column.roles.contains(&Role::Recommendation);
            let texts = if is_text { vec![&mut recommendation.text] } else { Vec::new() };
            return Some(Owner { flags: &mut recommendation.flags, raw: &mut recommendation.raw, texts });
        }
        let action = action_at(draft, path)?;
        let texts = match field(column) {
            "text" => vec![&mut action.text],
            "progress" => action.progress.iter_mut().map(|entry| &mut entry.text).collect(),
            _ => Vec::new(),
        };
        Some(Owner { flags: &mut action.flags, raw: &mut action.raw, texts })
    }

    /// The text that these words end or are in, or the last with any; a date in front of the words is in no text.
    fn text(&mut self, words: &str) -> Option<&mut String> {
        let end = words.rsplit_once(": ").map_or(words, |(_, end)| end);
        let has = |text: &str| !text.is_empty() && !end.is_empty() && (text.contains(end) || words.ends_with(text));
        let at = self.texts.iter().position(|text| has(text));
        let at = at.or_else(|| self.texts.iter().rposition(|text| !text.is_empty()))?;
        self.texts.get_mut(at).map(|text| &mut **text)
    }
}

impl Placed<'_> {
    /// Whether the plan uses the column, or the aside is about the whole row.
    fn is_used(&self) -> bool {
        self.aside.kind == AsideKind::StruckOut || self.column.roles.iter().any(|role| *role != Role::Other)
    }

    fn field(&self) -> &'static str {
        field(&self.column)
    }

    fn doubt(&self) -> Flag {
        Flag { field: self.field().into(), why: self.sentence(), raw: self.aside.text.clone(), suggestion: None }
    }

    fn sentence(&self) -> String {
        let (cell, text) = (self.cell(), self.aside.text.as_str());
        match self.aside.kind {
            AsideKind::Error if text.ends_with("##") => {
                format!("{cell} shows only {text}: its column was too narrow when the file was saved")
            }
            AsideKind::Error => format!("{cell} shows the error {text} in place of a value"),
            AsideKind::Formula => {
                format!("{cell} holds a formula without a result: open the workbook, save it, and import it again")
            }
            AsideKind::StruckOut | AsideKind::Note => self.alone(),
        }
    }

    /// What to say where there is no action to say it of.
    fn alone(&self) -> String {
        match self.aside.kind {
            AsideKind::StruckOut => format!("“{}” is struck out in the document", self.aside.text),
            AsideKind::Error => format!("the error {} in place of a value", self.aside.text),
            AsideKind::Formula | AsideKind::Note => "a formula without a result".to_owned(),
        }
    }

    fn cell(&self) -> String {
        match self.column.name.as_str() {
            "" => "a cell".to_owned(),
            name => format!("the cell under “{}”", clean::line(name)),
        }
    }
}

/// The field of an action that a column fills, as doubts name it.
fn field(column: &Column) -> &'static str {
    match column.roles.first() {
        Some(Role::Number | Role::RecommendationNumber) => "number",
        Some(Role::Target | Role::Revised | Role::DayFirst | Role::MonthFirst) => "target",
        Some(Role::Lead) => "lead",
        Some(Role::Via) => "via",
        Some(Role::Rating | Role::Done) => "rating",
        Some(Role::Status | Role::Progress | Role::Completed) => "progress",
        Some(Role::Finding | Role::Recommendation | Role::Particular(_) | Role::Action | Role::Other) | None => "text",
    }
}

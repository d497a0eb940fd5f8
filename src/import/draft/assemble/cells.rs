//! The cells of one row: text, outcome, targets, and the raw words kept beside them.

use chrono::NaiveDate;

use super::roles::{self, Roles};
use crate::domain::flag::{Flag, RawCell};
use crate::domain::progress::EntryText;
use crate::domain::target::Target;
use crate::import::cells::progress::{self, Dating};
use crate::import::cells::{ratings, targets};
use crate::import::tables::columns::Column;
use crate::import::tables::gather::{Gathered, Part, join};
use crate::import::words::fields::Field;
use crate::import::words::vocabulary::Vocabulary;
use crate::import::words::{clean, number};

/// What columns of dates hold.
const DATES: [Field; 3] = [Field::Target, Field::Revised, Field::Completed];

/// Whether the row says anything of an action: its words, or who does it, or how it stands.
pub fn has_action(row: &Gathered) -> bool {
    let fields = [
        Field::Action,
        Field::Lead,
        Field::Target,
        Field::Revised,
        Field::Rating,
        Field::Status,
        Field::Progress,
        Field::Via,
    ];
    fields.into_iter().any(|field| row.has(field))
}

/// Whether a row has a cell for an action and says nothing in it, nor who, by when or how it stands: an item of minutes
/// that were taken in a table.
pub fn is_prose(row: &Gathered) -> bool {
    let fields =
        [Field::Action, Field::Lead, Field::Target, Field::Revised, Field::Rating, Field::Status, Field::Completed];
    let is_shaded = row.parts.iter().any(|part| part.shade.is_some());
    !is_shaded && !fields.into_iter().any(|field| row.has(field))
}

/// The words of a row that is no action, as a note.
pub fn note(row: &Gathered) -> Option<String> {
    let filled = row.parts.iter().filter(|part| part.is_filled());
    let cells: Vec<String> = filled.map(|part| clean::line(&part.text())).collect();
    (!cells.is_empty()).then(|| cells.join(": "))
}

/// The words of the action; its number, where both stand in one cell, is no part of them.
pub fn action(row: &Gathered) -> String {
    let text = clean::action(&row.text(Field::Action));
    match number::in_front(&text).filter(|_| shares(row, Field::Number, Field::Action)) {
        Some(numbered) => numbered.text.to_owned(),
        None => text,
    }
}

/// Whether a cell of the row holds both fields.
pub fn shares(row: &Gathered, one: Field, other: Field) -> bool {
    let has = |column: &Column, field| column.fields.contains(&field);
    row.parts.iter().any(|part| has(&part.column, one) && has(&part.column, other))
}

pub fn outcome(row: &Gathered) -> Option<String> {
    let text = clean::lines(&row.text(Field::Outcome));
    (!text.is_empty()).then_some(text)
}

/// The pieces of a cell of names as lines, so that nothing that was parted runs together; without the dates beside them.
pub fn pieces(row: &Gathered, field: Field) -> String {
    let parts = row.parts.iter().filter(|part| part.column.fields.contains(&field));
    let piece = |part: &Part| {
        let is_dated = part.column.fields.iter().any(|field| DATES.contains(field));
        let lines = |piece: &String| piece.lines().map(targets::beside_dates).collect::<Vec<_>>().join("\n");
        part.pieces.iter().map(|piece| if is_dated { lines(piece) } else { piece.clone() }).collect::<Vec<_>>()
    };
    parts.flat_map(piece).collect::<Vec<_>>().join("\n")
}

/// Whether a column says something of the recommendation and not of its action.
pub fn is_of_recommendation(column: &Column) -> bool {
    let fields = [Field::Recommendation, Field::RecommendationNumber, Field::Outcome, Field::Finding];
    !column.fields.is_empty() && column.fields.iter().all(|field| fields.contains(field))
}

/// The cells as written, of the columns wanted; blank ones left out.
pub fn raw(row: &Gathered, is_wanted: impl Fn(&Column) -> bool) -> Vec<RawCell> {
    let parts = row.parts.iter().filter(|part| is_wanted(&part.column) && !text(part).trim().is_empty());
    parts.map(|part| RawCell { column: part.column.name.clone(), text: text(part) }).collect()
}

/// The targets of a row as first set, and those to which they were moved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dates {
    pub first: Vec<Target>,
    pub revised: Vec<Target>,
}

impl Dates {
    /// The targets in force, and those as first set where they were moved.
    pub fn in_force(self) -> (Vec<Target>, Vec<Target>) {
        if self.revised.is_empty() { (self.first, Vec::new()) } else { (self.revised, self.first) }
    }
}

/// The targets of a row: from its date columns; where those say nothing, from among its status.
pub fn targets(row: &Gathered, roles: Roles, vocabulary: &Vocabulary) -> (Dates, Vec<Flag>) {
    let cut = roles::shared(row).filter(|_| roles.parts).and_then(|part| ratings::parted(&part.text(), vocabulary));
    if let Some((date, _)) = cut {
        return (Dates { first: targets::of_cell(&date), revised: Vec::new() }, Vec::new());
    }
    let dated = |field| row.parts.iter().filter(move |part| part.column.fields.contains(&field));
    let own = |field| dated(field).filter(|part| !is_prose_of(part)).flat_map(dates).collect::<Vec<Target>>();
    let (first, revised) = (own(Field::Target), own(Field::Revised));
    if !first.is_empty() {
        return (Dates { first, revised }, Vec::new());
    }
    let (mut first, mut flags) = (Vec::new(), Vec::new());
    for part in dated(Field::Target).chain(dated(Field::Revised)).filter(|part| is_prose_of(part)) {
        let mentioned = targets::in_prose(&join(&part.pieces));
        first.extend(mentioned.targets);
        flags.extend(mentioned.flags);
    }
    // What it was moved to is certain, whatever the prose says of it.
    let flags = if revised.is_empty() { flags } else { Vec::new() };
    (Dates { first, revised }, flags)
}

/// Whether a column of dates holds prose about how the action stands, too.
fn is_prose_of(part: &Part) -> bool {
    part.column.fields.iter().any(|field| [Field::Status, Field::Progress].contains(field))
}

fn dates(part: &Part) -> Vec<Target> {
    if part.column.fields.len() > 1 { targets::beside_words(&text(part)) } else { targets::of_cell(&text(part)) }
}

/// "Completed May 2023" in a column of targets: what was done, and when.
pub fn done(targets: &[Target], today: NaiveDate) -> Vec<EntryText> {
    let said = targets.iter().filter(|target| targets::says_done(&target.raw));
    said.flat_map(|target| progress::entries(&target.raw, Dating::Told, today)).collect()
}

fn text(part: &Part) -> String {
    let filled = part.pieces.iter().map(String::as_str).filter(|piece| !piece.trim().is_empty());
    filled.collect::<Vec<_>>().join("\n").trim_end().to_owned()
}

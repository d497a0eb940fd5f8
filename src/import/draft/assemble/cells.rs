//! The cells of one row: text, particulars, targets, and the raw text kept beside them.

use chrono::NaiveDate;

use super::status::{self, StatusColumns};
use crate::domain::flag::{Flag, RawCell};
use crate::domain::progress::EntryText;
use crate::domain::target::Target;
use crate::import::cells::progress::{self, Dating};
use crate::import::cells::{ratings, targets};
use crate::import::tables::columns::Column;
use crate::import::tables::gather::{Gathered, Part};
use crate::import::tables::minutes::label;
use crate::import::words::roles::Role;
use crate::import::words::vocabulary::Vocabulary;
use crate::import::words::{clean, number};

/// What date columns hold.
const DATES: [Role; 3] = [Role::Target, Role::Revised, Role::Completed];

/// Whether the row says anything about an action: its text, its leads, or its status.
pub fn has_action(row: &Gathered) -> bool {
    let roles =
        [Role::Action, Role::Lead, Role::Target, Role::Revised, Role::Rating, Role::Status, Role::Progress, Role::Via];
    roles.into_iter().any(|role| row.has(role))
}

/// Whether a row has a cell for an action and says nothing in it, nor leads, a date or a status: an item of
/// minutes kept in a table.
pub fn is_prose(row: &Gathered) -> bool {
    let roles = [Role::Action, Role::Lead, Role::Target, Role::Revised, Role::Rating, Role::Status, Role::Completed];
    let is_shaded = row.parts.iter().any(|part| part.shade.is_some());
    !is_shaded && !roles.into_iter().any(|role| row.has(role))
}

/// The text of a row that is not an action, as a note.
pub fn note(row: &Gathered) -> Option<String> {
    let filled = row.parts.iter().filter(|part| part.is_filled());
    let cells: Vec<String> = filled.map(|part| clean::line(&part.text())).collect();
    (!cells.is_empty()).then(|| cells.join(": "))
}

/// The text of the action, without its number where both are in one cell.
pub fn action(row: &Gathered) -> String {
    let text = clean::action(&below_number(&row.text(Role::Action)));
    match number::in_front(&text).filter(|_| shares(row, Role::Number, Role::Action)) {
        Some(numbered) => numbered.text.to_owned(),
        None => text,
    }
}

/// The number in "Action 1.1", which is the first line of the cell.
pub fn titled(row: &Gathered) -> Option<String> {
    label::alone(row.text(Role::Action).lines().next()?)
}

fn below_number(text: &str) -> String {
    let parts = text.split_once('\n').filter(|(head, rest)| label::alone(head).is_some() && !rest.trim().is_empty());
    parts.map_or(text, |(_, rest)| rest).to_owned()
}

/// Whether a cell of the row has both roles.
pub fn shares(row: &Gathered, one: Role, other: Role) -> bool {
    let has = |column: &Column, role| column.roles.contains(&role);
    row.parts.iter().any(|part| has(&part.column, one) && has(&part.column, other))
}

/// The pieces of a cell of names as lines, so that separate names do not run together; without the dates beside them.
pub fn pieces(row: &Gathered, role: Role) -> String {
    let parts = row.parts.iter().filter(|part| part.column.roles.contains(&role));
    let piece = |part: &Part| {
        let is_dated = part.column.roles.iter().any(|role| DATES.contains(role));
        let lines = |piece: &String| piece.lines().map(targets::beside_dates).collect::<Vec<_>>().join("\n");
        part.pieces.iter().map(|piece| if is_dated { lines(piece) } else { piece.clone() }).collect::<Vec<_>>()
    };
    parts.flat_map(piece).collect::<Vec<_>>().join("\n")
}

/// Whether a column is about the recommendation and not its action.
pub fn is_of_recommendation(column: &Column) -> bool {
    let is_of_it = |role: &Role| match role {
        Role::Recommendation | Role::RecommendationNumber | Role::Particular(_) | Role::Finding => true,
        Role::Number
        | Role::Action
        | Role::Target
        | Role::Revised
        | Role::Completed
        | Role::Lead
        | Role::Via
        | Role::Rating
        | Role::Status
        | Role::Done
        | Role::Progress
        | Role::DayFirst
        | Role::MonthFirst
        | Role::Other => false,
    };
    !column.roles.is_empty() && column.roles.iter().all(is_of_it)
}

/// The cells of the wanted columns as written, without blank ones.
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
    /// The targets in force, and the original ones if they were moved.
    pub fn in_force(self) -> (Vec<Target>, Vec<Target>) {
        if self.revised.is_empty() { (self.first, Vec::new()) } else { (self.revised, self.first) }
    }
}

/// The targets of a row: from its date columns or, if those say nothing, from its status.
pub fn targets(row: &Gathered, status: StatusColumns, vocabulary: &Vocabulary) -> (Dates, Vec<Flag>) {
    let cut = status::shared(row)
        .filter(|_| status.parts)
        .and_then(|part| ratings::date_and_rating(&part.text(), vocabulary));
    if let Some((date, _)) = cut {
        return (Dates { first: targets::of_cell(&date), revised: Vec::new() }, Vec::new());
    }
    let dated = |role| row.parts.iter().filter(move |part| part.column.roles.contains(&role));
    let own = |role| dated(role).filter(|part| !is_prose_of(part)).flat_map(dates).collect::<Vec<Target>>();
    let (first, revised) = (own(Role::Target), own(Role::Revised));
    if !first.is_empty() {
        return (Dates { first, revised }, Vec::new());
    }
    let (mut first, mut flags) = (Vec::new(), Vec::new());
    for part in dated(Role::Target).chain(dated(Role::Revised)).filter(|part| is_prose_of(part)) {
        let mentioned = targets::in_prose(&part.dated());
        first.extend(mentioned.targets);
        flags.extend(mentioned.flags);
    }
    // A date it was moved to is certain, whatever the prose says.
    let flags = if revised.is_empty() { flags } else { Vec::new() };
    (Dates { first, revised }, flags)
}

/// Whether a date column also holds prose about the action's status.
fn is_prose_of(part: &Part) -> bool {
    part.column.roles.iter().any(|role| [Role::Status, Role::Progress].contains(role))
}

fn dates(part: &Part) -> Vec<Target> {
    let text = part.column.dated(text(part));
    if part.column.roles.len() > 1 { targets::beside_words(&text) } else { targets::of_cell(&text) }
}

/// "Completed May 2023" in a column of targets: what was done, and when.
pub fn done(targets: &[Target], today: NaiveDate) -> Vec<EntryText> {
    let said = targets.iter().filter(|target| targets::says_done(&target.raw));
    said.flat_map(|target| progress::entries(&target.raw, Dating::MarksAndSentences, today)).collect()
}

fn text(part: &Part) -> String {
    let filled = part.pieces.iter().map(String::as_str).filter(|piece| !piece.trim().is_empty());
    filled.collect::<Vec<_>>().join("\n").trim_end().to_owned()
}

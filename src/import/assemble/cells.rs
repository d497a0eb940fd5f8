//! The cells of one row: text, outcome, targets, and the raw words kept beside them.

use chrono::NaiveDate;

use super::roles::{self, Roles};
use crate::domain::flag::{Flag, RawCell};
use crate::domain::progress::EntryText;
use crate::domain::target::Target;
use crate::import::clean;
use crate::import::columns::{Column, Field};
use crate::import::gather::{Gathered, Part, join};
use crate::import::progress::{self, Dating};
use crate::import::vocabulary::Vocabulary;
use crate::import::{ratings, targets};

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

pub fn action(row: &Gathered) -> String {
    clean::action(&row.text(Field::Action))
}

pub fn outcome(row: &Gathered) -> Option<String> {
    let text = clean::lines(&row.text(Field::Outcome));
    (!text.is_empty()).then_some(text)
}

/// The pieces of a cell as lines, so that nothing that was parted runs together.
pub fn pieces(row: &Gathered, field: Field) -> String {
    let parts = row.parts.iter().filter(|part| part.column.fields.contains(&field));
    parts.flat_map(|part| part.pieces.iter().map(String::as_str)).collect::<Vec<_>>().join("\n")
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

/// The targets of a row: from its date columns, the original before the revised, and from among its status.
pub fn targets(row: &Gathered, roles: Roles, vocabulary: &Vocabulary) -> (Vec<Target>, Vec<Flag>) {
    let cut = roles::shared(row).filter(|_| roles.parts).and_then(|part| ratings::parted(&part.text(), vocabulary));
    if let Some((date, _)) = cut {
        return (targets::of_cell(&date), Vec::new());
    }
    let mut all = Vec::new();
    let mut flags = Vec::new();
    for field in [Field::Target, Field::Revised] {
        for part in row.parts.iter().filter(|part| part.column.fields.contains(&field)) {
            let is_shared = part.column.fields.iter().any(|field| matches!(field, Field::Status | Field::Progress));
            let dates = if is_shared { Vec::new() } else { targets::of_cell(&text(part)) };
            let mentioned =
                if is_shared { targets::in_prose(&join(&part.pieces)) } else { targets::Mentioned::default() };
            all.extend(dates);
            all.extend(mentioned.targets);
            flags.extend(mentioned.flags);
        }
    }
    (all, flags)
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

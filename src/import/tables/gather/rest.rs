//! The rest of a row that the page has cut, below its first part.

use super::{Gathered, Walk};
use crate::domain::flag::Flag;
use crate::import::table::Row;
use crate::import::tables::columns::Header;
use crate::import::tables::headings;
use crate::import::words::clean;
use crate::import::words::roles::Role;

/// What only the first part of a row says.
const OWN: [Role; 9] = [
    Role::Number,
    Role::RecommendationNumber,
    Role::Lead,
    Role::Via,
    Role::Target,
    Role::Revised,
    Role::Completed,
    Role::Rating,
    Role::Status,
];

/// Words that a sentence goes on after.
const JOINTS: [&str; 24] = [
    "a", "an", "and", "are", "as", "at", "by", "for", "from", "in", "is", "of", "on", "or", "that", "the", "their",
    "to", "who", "whose", "which", "with", "&", "/",
];

/// What a row without a number, lead, target or rating is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// It has one of them, or the row above has none either.
    No,
    /// An action, although it could be the rest of the one above.
    Unlikely,
    /// The rest of the action above, although it could be one of its own.
    Likely,
    Certain,
}

impl Walk<'_> {
    /// Whether a row is the rest of the row above, which the page has cut.
    pub fn rest(&self, row: &Gathered, cells: &Row, header: &Header) -> Rest {
        let Some(last) = self.gathering.rows.last() else { return Rest::No };
        let shared = |role: &Role| header.has(*role) && !header.shares(*role);
        let is_told = [Role::Lead, Role::Target, Role::Rating].iter().any(|role| shared(role) && last.has(*role));
        let is_own = OWN.into_iter().any(|role| row.has(role)) || cells.cells.iter().any(|cell| cell.is_merged);
        if !is_told || is_own || is_shaded(row) || !self.is_here(last) {
            return Rest::No;
        }
        let columns = [Role::Recommendation, Role::Action];
        let texts = columns.map(|role| (clean::line(&last.text(role)), clean::line(&row.text(role))));
        let texts: Vec<&(String, String)> = texts.iter().filter(|(_, next)| !next.is_empty()).collect();
        if texts.iter().any(|(_, next)| headings::of(next, self.vocabulary).is_some()) || texts.is_empty() {
            return Rest::No;
        }
        let are = |test: fn(&str, &str) -> bool| texts.iter().all(|(before, next)| test(before, next));
        if are(|before, next| is_low(next) && !is_ended(before) && !is_low(before)) {
            Rest::Certain
        } else if are(|before, _| is_open(before)) {
            Rest::Likely
        } else if are(|_, next| is_low(next)) || last.has(Role::Number) {
            Rest::Unlikely
        } else {
            Rest::No
        }
    }

    /// Whether the last row is of this table, or of the one that this table continues, and no heading is between.
    pub fn is_here(&self, last: &Gathered) -> bool {
        let table = last.places.last().map_or(0, |place| place.0);
        let continues = self.gathering.tables.last().is_some_and(|seen| seen.continues);
        let sections = &self.gathering.sections;
        let is_between = last.heading != sections.heading || last.under != sections.under;
        !is_between && (table == self.table || continues && table + 1 == self.table)
    }
}

/// The doubt about an action that is read from a row which could be the rest of the one above, or goes on in one.
pub fn doubt(rest: Rest, row: &Gathered) -> Option<Flag> {
    let text = clean::line(&row.text(Role::Action));
    let why = match rest {
        Rest::No | Rest::Certain => return None,
        Rest::Unlikely => {
            "its row has no number, lead, target or rating: please check that it does not continue the action above"
        }
        Rest::Likely => "the row below has no number, lead, target or rating, and was read as the rest of this action",
    };
    Some(Flag { field: "text".into(), why: why.to_owned(), raw: text, suggestion: None })
}

/// Whether the colour of a cell gives a rating.
fn is_shaded(row: &Gathered) -> bool {
    row.parts.iter().any(|part| part.column.roles.contains(&Role::Rating) && part.shade.is_some())
}

/// "refuse services", but not "a) refuse services".
fn is_low(text: &str) -> bool {
    let first = text.split(' ').next().unwrap_or("");
    text.starts_with(char::is_lowercase) && !first.ends_with([')', '.'])
}

fn is_ended(text: &str) -> bool {
    text.is_empty() || text.ends_with(['.', '!', '?'])
}

/// Whether a text stops in the middle of a sentence.
fn is_open(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or("").to_lowercase();
    text.ends_with(',') || JOINTS.contains(&last.as_str())
}

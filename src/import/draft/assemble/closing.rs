//! How far the closing of an action has come, from the column in which the plan report gives it.
//!
//! Only that column and its own words count: what other boards write about closing is where an action stands, and here
//! no one has agreed to close it.

use crate::domain::action::Closure;
use crate::import::tables::gather::Gathered;
use crate::import::words::{clean, vocabulary};

/// "Closed: the audit was seen", under "Closure and evidence", which older reports called "Closing and evidence".
pub fn of(row: &Gathered) -> Closure {
    let is_it =
        |name: &str| ["closure", "closing"].iter().any(|word| vocabulary::words(name) == [word, "and", "evidence"]);
    let cell = row.parts.iter().find(|part| is_it(&part.column.name)).map(|part| clean::lines(&part.text()));
    let cell = cell.unwrap_or_default();
    let after = |words: &str| {
        let rest = cell.strip_prefix(words)?;
        let why = if rest == "." { "" } else { rest.strip_prefix(": ")? };
        Some(why.to_owned())
    };
    let proposed = || after("Proposed for closure").map(|evidence| Closure::Proposed { evidence });
    let closed = || after("Closed").map(|evidence| Closure::Closed { evidence });
    let refused = || after("Not implemented").map(|reason| Closure::NotImplemented { reason });
    proposed().or_else(closed).or_else(refused).unwrap_or_default()
}

//! A register of another board where a document is expected: the screen says whose it is, and imports nothing.

use std::path::Path;

use chrono::NaiveDate;

use super::seat::Seat;
use crate::domain::given::{Given, Named, Present};
use crate::problem::Problem;
use crate::store;

/// Why a file is not imported, if it is a register of which this one is no copy.
pub fn another(seat: &Seat, path: &Path, today: NaiveDate) -> Option<Problem> {
    if !store::is_register(path) {
        return None;
    }
    let given = match seat.desk.store().compare(path) {
        Ok(Given::Copy(_)) => return None,
        Ok(given @ Given::Another(_)) => given,
        Err(problem) => return Some(problem),
    };
    let (name, path) = (path.file_name().unwrap_or_default().to_string_lossy(), path.display().to_string());
    let present = if seat.is_settled() { Present::There } else { Present::NotYet };
    Some(given.refusal(Named { name: &name, path: &path }, present, today))
}

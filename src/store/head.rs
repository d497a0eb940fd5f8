//! The short code of a state of the register, to be printed on paper and found again in the log.

use std::collections::BTreeMap;

use rusqlite::Connection;
use sha2::{Digest, Sha256};

use crate::domain::id::{Id, Origin};
use crate::problem::Problem;

use super::chain::{Tip, hex};
use super::trouble::{Doing, Fault};
use super::{Store, rows, tips};

/// A moment of the log: the batch after which the register had a state, and what has come since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// None for the empty register.
    pub batch: Option<Id>,
    pub author: String,
    /// As the log writes it: `2026-11-21T10:15:00+00:00`.
    pub at: String,
    pub changes: u64,
    pub changes_since: u64,
}

/// How many characters of a code must be given: two groups. A chance hit is one in four thousand million.
const LEAST: usize = 8;

/// The code of a state: the first ten bytes of the SHA-256 over the ends of its chains, a line each in the order of their
/// origins, as five groups of four capital hexadecimal digits.
pub fn code(tips: &BTreeMap<Origin, Tip>) -> String {
    groups(&Sha256::digest(tips::print(tips)))
}

/// The first ten bytes of a hash, as five groups of four capital hexadecimal digits.
pub fn groups(hash: &[u8]) -> String {
    let digits = hex(hash).to_uppercase();
    let groups: Vec<&str> = (0..5).filter_map(|group| digits.get(4 * group..4 * group + 4)).collect();
    groups.join("-")
}

/// What is compared of a code as a person types it from paper: its digits, in capitals.
pub fn digits(code: &str) -> Option<String> {
    let plain = code.replace(['-', ' ', '–'], "").to_uppercase();
    let is_code = (LEAST..=20).contains(&plain.len()) && plain.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_code.then_some(plain)
}

impl Store {
    /// The code of the register as it now stands.
    pub fn head(&self) -> String {
        code(&self.tips)
    }

    /// The moment at which the register had this code, or one that begins so; `None` if it never had.
    pub fn moment(&self, wanted: &str) -> Result<Option<Moment>, Problem> {
        let Some(wanted) = digits(wanted) else {
            let hint = "It is at the foot of the minutes and of the audit trail: arising check --fingerprint 4F3A-91C2-07BD-E1A2-9C33.";
            return Err(Problem::new("Could not look for it", format!("“{wanted}” is not a fingerprint"), hint));
        };
        find(&self.db, &wanted).map_err(|fault| Doing::Reading.failed(fault))
    }
}

/// Goes through the states after each batch, in the log's order.
fn find(db: &Connection, wanted: &str) -> Result<Option<Moment>, Fault> {
    let mut statement =
        db.prepare("SELECT c.origin, c.seq, c.hash, c.batch FROM change c ORDER BY c.lamport, c.origin, c.seq")?;
    let mut found = statement.query([])?;
    let (mut tips, mut batch) = (BTreeMap::new(), String::new());
    while let Some(row) = found.next()? {
        let of: String = row.get(3)?;
        if of != batch && is_at(&tips, wanted) {
            return described(db, &batch, tips::count(&tips)).map(Some);
        }
        tips.insert(rows::origin(row, 0)?, Tip { seq: rows::number(row, 1)?, hash: row.get(2)? });
        batch = of;
    }
    if is_at(&tips, wanted) { described(db, &batch, tips::count(&tips)).map(Some) } else { Ok(None) }
}

fn is_at(tips: &BTreeMap<Origin, Tip>, wanted: &str) -> bool {
    code(tips).replace('-', "").starts_with(wanted)
}

fn described(db: &Connection, batch: &str, changes: u64) -> Result<Moment, Fault> {
    let all = db.query_row("SELECT count(*) FROM change", [], |row| rows::number(row, 0))?;
    if batch.is_empty() {
        return Ok(Moment { batch: None, author: String::new(), at: String::new(), changes, changes_since: all });
    }
    let (author, at) =
        db.query_row("SELECT author, at FROM batch WHERE id = ?1", [batch], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(Moment { batch: batch.parse().ok(), author, at, changes, changes_since: all.saturating_sub(changes) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_five_groups_and_is_read_as_people_type_it() {
        let empty = code(&BTreeMap::new());
        assert_eq!(empty, "E3B0-C442-98FC-1C14-9AFB");
        assert_eq!(digits("e3b0 c442–98fc"), Some("E3B0C44298FC".into()));
        assert_eq!(digits("E3B0"), None, "too short to prove anything");
        assert_eq!(digits("OVERDUE-ACTIONS"), None);
    }
}

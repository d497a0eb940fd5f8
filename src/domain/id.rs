//! Identity in the log: which copy of the register wrote a change, and its position among that copy's changes.

use std::fmt;
use std::hash::Hasher;
use std::ops::{Deref, DerefMut};
use std::slice;
use std::str::FromStr;

/// One copy of a register on one machine; random, kept outside the file so that a copied file gets a new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Origin(pub u64);

impl Origin {
    /// Stands for "the origin that will write this", before the store has numbered the changes.
    pub const PENDING: Origin = Origin(0);
}

/// Identifies a change, and whatever that change created (a plan, an action, a party, a batch).
///
/// `seq` counts from 1 without gaps within one origin, so a lost change is noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id {
    pub origin: Origin,
    pub seq: u64,
}

impl Id {
    /// The id that the `index`-th operation (from 0) of a batch not yet written will be given.
    pub fn pending(index: usize) -> Id {
        Id { origin: Origin::PENDING, seq: index as u64 }
    }

    /// The real id behind a pending one, once it is known that the batch begins at `first`.
    #[must_use]
    pub fn settled(self, first: Id) -> Id {
        if self.origin == Origin::PENDING { Id { origin: first.origin, seq: first.seq + self.seq } } else { self }
    }
}

/// A list of ids, most of which follow one another: a snapshot writes them as that.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ids(pub Vec<Id>);

impl Deref for Ids {
    type Target = Vec<Id>;

    fn deref(&self) -> &Vec<Id> {
        &self.0
    }
}

impl DerefMut for Ids {
    fn deref_mut(&mut self) -> &mut Vec<Id> {
        &mut self.0
    }
}

impl<'a> IntoIterator for &'a Ids {
    type Item = &'a Id;
    type IntoIter = slice::Iter<'a, Id>;

    fn into_iter(self) -> slice::Iter<'a, Id> {
        self.0.iter()
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.origin, self.seq)
    }
}

/// Hashes ids by one multiplication for each of their numbers; origins are random already.
#[derive(Clone, Copy, Debug, Default)]
pub struct IdHasher(u64);

impl Hasher for IdHasher {
    fn finish(&self) -> u64 {
        // The table uses the lowest bits first; after a multiplication the highest are the best mixed.
        self.0.rotate_left(26)
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, number: u64) {
        // 2^64 divided by the golden ratio: consecutive numbers end far apart.
        self.0 = (self.0 ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

/// The text is not `<16 hexadecimal digits>.<number>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnId;

impl FromStr for Origin {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let digits = text.len() == 16 && text.bytes().all(|b| b.is_ascii_hexdigit());
        let value = u64::from_str_radix(text, 16).map_err(|_| NotAnId)?;
        if digits { Ok(Origin(value)) } else { Err(NotAnId) }
    }
}

impl FromStr for Id {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let (origin, seq) = text.split_once('.').ok_or(NotAnId)?;
        Ok(Id { origin: origin.parse()?, seq: seq.parse().map_err(|_| NotAnId)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_and_reads_back() {
        let id = Id { origin: Origin(0xab), seq: 7 };
        assert_eq!(id.to_string(), "00000000000000ab.7");
        assert_eq!("00000000000000ab.7".parse(), Ok(id));
        assert_eq!("ab.7".parse::<Id>(), Err(NotAnId));
    }

    #[test]
    fn a_pending_id_is_settled_by_where_its_batch_begins() {
        let first = Id { origin: Origin(9), seq: 40 };
        assert_eq!(Id::pending(2).settled(first), Id { origin: Origin(9), seq: 42 });
        assert_eq!(first.settled(Id::pending(0)), first);
    }
}

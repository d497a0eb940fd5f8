//! The words by which a run of actions is compared, as compact bytes.

use serde::{Deserialize, Serialize};

use crate::domain::alike::{Lists, Worded};
use crate::domain::register::Register;

use super::snapshot::{Damaged, read as parsed};

/// What stands for a word or a recommendation takes eight bytes; everything else is a small number.
#[derive(Serialize)]
struct WordedLine<'a> {
    known: Vec<u8>,
    above: Vec<u8>,
    of_above: Vec<&'a [u32]>,
    under: &'a [u32],
    own: Vec<&'a [u32]>,
}

#[derive(Deserialize)]
struct ReadLine<'a> {
    known: &'a [u8],
    above: &'a [u8],
    of_above: Vec<Vec<u32>>,
    under: Vec<u32>,
    own: Vec<Vec<u32>>,
}

/// The words of the run's actions.
pub fn pack(register: &Register, run: usize) -> Result<Vec<u8>, postcard::Error> {
    let worded = Worded::of(register, run);
    let bytes = |all: &[u64]| all.iter().flat_map(|one| one.to_le_bytes()).collect();
    postcard::to_stdvec(&WordedLine {
        known: bytes(&worded.known),
        above: bytes(&worded.above),
        of_above: worded.of_above.iter().collect(),
        under: &worded.under,
        own: worded.own.iter().collect(),
    })
}

pub fn read(bytes: &[u8]) -> Result<Worded, Damaged> {
    let line: ReadLine<'_> = parsed(bytes)?;
    let numbers = |bytes: &[u8]| bytes.as_chunks().0.iter().map(|one| u64::from_le_bytes(*one)).collect();
    let lists = |lines: Vec<Vec<u32>>| {
        let mut lists = Lists::default();
        for line in lines {
            lists.push(line);
        }
        lists
    };
    Ok(Worded {
        known: numbers(line.known),
        above: numbers(line.above),
        of_above: lists(line.of_above),
        under: line.under,
        own: lists(line.own),
    })
}

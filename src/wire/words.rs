//! The words by which a run of actions is compared, as compact bytes.

use crate::domain::alike::{Lists, Worded};
use crate::domain::register::Register;

use super::snapshot::{Damaged, read as parsed};

/// Words and recommendations, for each of which eight bytes stand; the words of the recommendations; under which each action is; and the
/// words of each. Lists are where each ends, then all of them one after another, so that none is allocated by itself.
type Line<B> = (B, B, ListsLine, Vec<u32>, ListsLine);
type ListsLine = (Vec<usize>, Vec<u32>);

/// The words of the run's actions.
pub fn pack(register: &Register, run: usize) -> Result<Vec<u8>, postcard::Error> {
    let Worded { known, above, of_above, under, own } = Worded::of(register, run);
    let bytes = |all: &[u64]| -> Vec<u8> { all.iter().flat_map(|one| one.to_le_bytes()).collect() };
    let line: Line<Vec<u8>> = (bytes(&known), bytes(&above), of_above.into_parts(), under, own.into_parts());
    postcard::to_stdvec(&line)
}

pub fn read(bytes: &[u8]) -> Result<Worded, Damaged> {
    let (known, above, of_above, under, own): Line<&[u8]> = parsed(bytes)?;
    let numbers = |bytes: &[u8]| bytes.as_chunks().0.iter().map(|one| u64::from_le_bytes(*one)).collect();
    let (of_above, own) = (Lists::of_parts(of_above), Lists::of_parts(own));
    Ok(Worded { known: numbers(known), above: numbers(above), of_above, under, own })
}

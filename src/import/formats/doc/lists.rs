//! The list numbers of an old Word document: rules, and the uses of them that paragraphs name.

use std::collections::BTreeMap;

use super::bytes::Bytes;
use super::file::{File, Part};
use crate::import::formats::list_label::Count;
use crate::import::formats::list_rules::{LEVELS, Level, List, Lists, PATTERN};

/// Bytes of a list's entry, of a level's header, and of a use.
const LIST: usize = 28;
const LEVEL: usize = 28;
const USE: usize = 16;
/// The most uses that a paragraph can name.
const USES: usize = 0x07fe;

/// The rules and their uses; damaged ones number nothing.
pub fn read(file: &File) -> Lists {
    let mut lists = Lists::default();
    let (rules, length) = file.part_and_more(Part::Lists);
    add_rules(rules, length, &mut lists);
    add_uses(file.part(Part::ListUses), &mut lists);
    lists
}

/// The levels of all lists follow one another, after the entries of the lists.
fn add_rules(part: Bytes, length: usize, lists: &mut Lists) -> Option<()> {
    if length == 0 {
        return None;
    }
    let count = usize::from(part.u16(0)?);
    let mut rest = part.from(2 + count * LIST);
    for at in 0..count {
        let entry = part.part(2 + at * LIST, LIST)?;
        let is_simple = entry.u8(26)? & 1 != 0;
        let mut levels = BTreeMap::new();
        for level in 0..if is_simple { 1 } else { LEVELS } {
            let (read, end) = self::level(rest)?;
            levels.insert(level, read);
            rest = rest.from(end);
        }
        lists.rules.insert(entry.u32(0)?.to_string(), levels);
    }
    Some(())
}

/// A use names its list, and after all uses come the exceptions of each.
fn add_uses(part: Bytes, lists: &mut Lists) -> Option<()> {
    let count = part.size(0)?.min(part.len() / USE).min(USES);
    let mut rest = part.from(4 + count * USE);
    for at in 0..count {
        let entry = part.part(4 + at * USE, USE)?;
        let mut list = List { rules: entry.u32(0)?.to_string(), ..List::default() };
        rest = rest.from(4);
        for _ in 0..entry.u8(12)? {
            rest = rest.from(depart(rest, &mut list).unwrap_or(rest.len()));
        }
        lists.lists.insert((at + 1).to_string(), list);
    }
    Some(())
}

/// One exception, and its length.
fn depart(part: Bytes, list: &mut List) -> Option<usize> {
    let flags = part.u32(4)?;
    let at = u8::try_from(flags & 0xf).ok().filter(|at| *at < LEVELS)?;
    if flags & 0x20 != 0 {
        let (level, length) = level(part.from(8))?;
        list.starts.insert(at, level.start);
        list.levels.insert(at, level);
        return Some(8 + length);
    }
    if flags & 0x10 != 0 {
        list.starts.insert(at, part.u32(0)?);
    }
    Some(8)
}

/// A level, and its length.
fn level(part: Bytes) -> Option<(Level, usize)> {
    let flags = part.u8(5)?;
    let changes = usize::from(part.u8(24)?) + usize::from(part.u8(25)?);
    let (words, end) = part.words(LEVEL + changes)?;
    let level = Level {
        start: part.u32(0)?,
        count: count(part.u8(4)?),
        pattern: words.chars().take(PATTERN).flat_map(pattern).collect(),
        restart: if flags & 8 == 0 { None } else { Some(part.u8(26)?) },
        has_gap: part.u8(15)? != 2,
        is_legal: flags & 4 != 0,
        style: None,
    };
    Some((level, end))
}

/// Small numbers in the text of a level stand for the numbers of levels.
fn pattern(c: char) -> Vec<char> {
    match u32::from(c) {
        at if at < u32::from(LEVELS) => ['%'].into_iter().chain(char::from_digit(at + 1, 10)).collect(),
        _ => vec![c],
    }
}

fn count(number: u8) -> Count {
    match number {
        1 => Count::UpperRoman,
        2 => Count::LowerRoman,
        3 => Count::UpperLetter,
        4 => Count::LowerLetter,
        5 => Count::Ordinal,
        22 => Count::Padded,
        23 => Count::Bullet,
        255 => Count::Nothing,
        _ => Count::Decimal,
    }
}

//! The names that dates are written with: months, weekdays, seasons, and numbers in words.

use std::sync::LazyLock;

use chrono::Weekday;

use super::phrase::{Part, Season};

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The months in Welsh; in Wales a board's papers are in both languages.
const WELSH_MONTHS: [&str; 12] = [
    "ionawr",
    "chwefror",
    "mawrth",
    "ebrill",
    "mai",
    "mehefin",
    "gorffennaf",
    "awst",
    "medi",
    "hydref",
    "tachwedd",
    "rhagfyr",
];

const WEEKDAYS: [(&str, Weekday, &[&str]); 7] = [
    ("monday", Weekday::Mon, &["mon"]),
    ("tuesday", Weekday::Tue, &["tue", "tues"]),
    ("wednesday", Weekday::Wed, &["wed", "weds"]),
    ("thursday", Weekday::Thu, &["thu", "thur", "thurs"]),
    ("friday", Weekday::Fri, &["fri"]),
    ("saturday", Weekday::Sat, &["sat"]),
    ("sunday", Weekday::Sun, &["sun"]),
];

const SEASONS: [(&str, Season); 4] =
    [("spring", Season::Spring), ("summer", Season::Summer), ("autumn", Season::Autumn), ("winter", Season::Winter)];

const PARTS: [(&str, Part); 8] = [
    ("early", Part::Early),
    ("start", Part::Early),
    ("beginning", Part::Early),
    ("mid", Part::Middle),
    ("middle", Part::Middle),
    ("late", Part::Late),
    ("end", Part::End),
    ("diwedd", Part::End),
];

const COUNTS: [&str; 13] =
    ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// `October`, `Oct`, `Sept`, `Hydref`: 1 to 12.
pub fn month(word: &str) -> Option<u32> {
    // No two of them begin with the same three letters.
    let begins = first_three(word)?;
    let named = |names: &[&str; 12]| names.iter().position(|name| name.as_bytes().starts_with(&begins));
    let is_it = |name: &str| same(word, name);
    let english = named(&MONTHS).filter(|at| {
        word.len() == 3 || word.len() == 4 && is_it("sept") || MONTHS.get(*at).is_some_and(|name| is_it(name))
    });
    let welsh = || named(&WELSH_MONTHS).filter(|at| WELSH_MONTHS.get(*at).is_some_and(|name| is_it(name)));
    u32::try_from(english.or_else(welsh)? + 1).ok()
}

/// The month whose name `word` probably is, cut short or mistyped: `Septem`, `Ocotber`. `None` where two are possible.
pub fn likely_month(word: &str) -> Option<&'static str> {
    let word = word.to_ascii_lowercase();
    // One letter may be wrong in a short word, two (as in letters that changed places) in a long one.
    let allowed = if word.len() < 5 { 1 } else { 2 };
    if !(4..=11).contains(&word.len()) || month(&word).is_some() {
        return None;
    }
    let letters = word.chars().count();
    let is_near = |name: &str| name.len().abs_diff(letters) <= allowed && distance(&word, name) <= allowed;
    let fits = |name: &&&'static str| name.starts_with(&word) || is_near(name);
    let mut likely = MONTHS.iter().filter(fits);
    let only = likely.next()?;
    likely.next().is_none().then_some(only)
}

pub fn weekday(word: &str) -> Option<Weekday> {
    let begins = first_three(word)?;
    let (name, day, short) = WEEKDAYS.iter().find(|(name, ..)| name.as_bytes().starts_with(&begins))?;
    (same(word, name) || short.iter().any(|short| same(word, short))).then_some(*day)
}

/// Words that a date may begin with, besides months, weekdays, numbers in words, parts and seasons.
const OTHERS: [&str; 10] =
    ["the", "from", "between", "qtr", "quarter", "financial", "fiscal", "christmas", "xmas", "easter"];

/// The numbers of quarters and halves.
const ORDINALS: [&str; 4] = ["first", "second", "third", "fourth"];

/// For each first letter, the second letters of the words that a date may begin with, as bits.
static BEGINNINGS: LazyLock<[u32; 26]> = LazyLock::new(|| {
    let mut letters = [0; 26];
    let months = MONTHS.into_iter().chain(WELSH_MONTHS);
    let days = months.chain(WEEKDAYS.iter().map(|(name, ..)| *name));
    let named = PARTS.iter().map(|(name, _)| *name).chain(SEASONS.iter().map(|(name, _)| *name));
    for name in days.chain(named).chain(OTHERS).chain(ORDINALS) {
        if let Some([first, second, _]) = first_three(name).and_then(places)
            && let Some(seconds) = letters.get_mut(first)
        {
            *seconds |= 1 << second;
        }
    }
    letters
});

/// The places of three letters in the alphabet.
fn places(begins: [u8; 3]) -> Option<[usize; 3]> {
    let at = begins.map(|letter| usize::from(letter.wrapping_sub(b'a')));
    at.iter().all(|at| *at < 26).then_some(at)
}

/// Whether the first two letters are those of a word that a date may begin with.
fn is_beginning(begins: [u8; 3]) -> bool {
    let seconds = |[first, second, _]: [usize; 3]| BEGINNINGS.get(first).map(|seconds| seconds >> second & 1);
    places(begins).and_then(seconds) == Some(1)
}

/// Whether a word may be the first of a date: nearly every word of prose is not, as its first letters mostly show.
pub fn may_begin(word: &str) -> bool {
    let Some(begins) = first_three(word) else { return ["q", "h", "fy"].iter().any(|name| same(word, name)) };
    if !is_beginning(begins) {
        return false;
    }
    let is_day = MONTHS.iter().any(|name| name.as_bytes().starts_with(&begins))
        || WEEKDAYS.iter().any(|(name, ..)| name.as_bytes().starts_with(&begins));
    is_day
        || month(word).is_some()
        || OTHERS.iter().any(|name| same(word, name))
        || ordinal(word).is_some()
        || part(word).is_some()
        || season(word).is_some()
}

/// The first three letters in lower case.
fn first_three(word: &str) -> Option<[u8; 3]> {
    word.as_bytes().first_chunk::<3>().map(|letters| letters.map(|letter| letter.to_ascii_lowercase()))
}

pub fn season(word: &str) -> Option<Season> {
    SEASONS.iter().find(|(name, _)| same(word, name)).map(|(_, season)| *season)
}

pub fn part(word: &str) -> Option<Part> {
    PARTS.iter().find(|(name, _)| same(word, name)).map(|(_, part)| *part)
}

/// `a`, `two` … `twelve`.
pub fn count(word: &str) -> Option<u32> {
    if same(word, "a") || same(word, "an") {
        return Some(1);
    }
    let at = COUNTS.iter().position(|count| same(word, count)).filter(|at| *at > 0)?;
    u32::try_from(at).ok()
}

/// `first` to `fourth`, of the quarters and halves of a year.
pub fn ordinal(word: &str) -> Option<u32> {
    let at = ORDINALS.iter().position(|name| same(word, name))?;
    u32::try_from(at + 1).ok()
}

/// Words are compared as written, because this is done for every word of prose.
fn same(word: &str, name: &str) -> bool {
    word.eq_ignore_ascii_case(name)
}

/// How many letters must be changed, added or removed to turn one word into the other.
fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.chars().count()).collect();
    for (i, a) in one.chars().enumerate() {
        let (mut diagonal, mut left) = (i, i + 1);
        for (b, cell) in other.chars().zip(row.iter_mut().skip(1)) {
            let next = (*cell + 1).min(left + 1).min(diagonal + usize::from(a != b));
            (diagonal, left) = (std::mem::replace(cell, next), next);
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

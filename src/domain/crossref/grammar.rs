//! The grammar of cross-references: words that refer elsewhere, what kind of thing they refer to, and its numbers.

/// A reference in a text, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct Found {
    pub at: usize,
    pub len: usize,
    pub to: To,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) enum To {
    /// The row above.
    Above,
    Numbers(Noun, Vec<String>),
    /// Another document, or something that has no number here.
    Elsewhere,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Noun {
    Recommendation,
    /// An action, an item, a point, or a bare number with a dot.
    Action,
}

const ABOVE: [&str; 11] = [
    "as above",
    "as outlined above",
    "as per above",
    "as stated above",
    "as noted above",
    "as set out above",
    "as detailed above",
    "as mentioned above",
    "see above",
    "refer to above",
    "please see above",
];

const LEADING: [&str; 25] = [
    "as per",
    "as for",
    "as in",
    "as under",
    "as outlined in",
    "as set out in",
    "as stated in",
    "as detailed in",
    "as noted in",
    "please see",
    "see",
    "please refer to",
    "refer to",
    "refers to",
    "referred to in",
    "covered by",
    "covered in",
    "covered under",
    "covered within",
    "same as",
    "duplicate of",
    "merged with",
    "addressed by",
    "addressed in",
    "addressed under",
];

/// Words that may come between those and the noun.
const FILLING: [&str; 12] =
    ["also", "the", "our", "update", "updates", "progress", "response", "comments", "for", "on", "under", "against"];

const NOUNS: [(&str, Noun); 13] = [
    ("recommendations", Noun::Recommendation),
    ("recommendation", Noun::Recommendation),
    ("recs", Noun::Recommendation),
    ("rec", Noun::Recommendation),
    ("actions", Noun::Action),
    ("action", Noun::Action),
    ("items", Noun::Action),
    ("item", Noun::Action),
    ("points", Noun::Action),
    ("point", Noun::Action),
    ("number", Noun::Action),
    ("no", Noun::Action),
    ("ref", Noun::Action),
];

/// A range of more numbers than this is not followed.
const MANY: u32 = 12;

/// Every reference in a text, in order.
pub(in super::super) fn find(text: &str) -> Vec<Found> {
    // Places must be the same in both texts, so only ASCII letters change.
    let lower = text.to_ascii_lowercase();
    let (mut all, mut from) = (Vec::new(), 0);
    for at in starts(&lower) {
        if at >= from
            && let Some(rest) = lower.get(at..)
            && let Some((to, len)) = above(rest).or_else(|| pointer(rest, text.get(at..).unwrap_or("")))
        {
            all.push(Found { at, len, to });
            from = at + len;
        }
    }
    all
}

impl Found {
    /// Whether the text says little besides the reference.
    pub fn is_all_of(&self, text: &str) -> bool {
        let (before, after) = (text.get(..self.at).unwrap_or(""), text.get(self.at + self.len..).unwrap_or(""));
        before.split_whitespace().count() + after.split_whitespace().filter(|word| word.len() > 1).count() <= 3
    }
}

/// Where words that can begin a reference start.
fn starts(lower: &str) -> impl Iterator<Item = usize> + '_ {
    let mut was_letter = false;
    lower.bytes().zip(lower.bytes().skip(1)).enumerate().filter_map(move |(at, two)| {
        let is_letter = two.0.is_ascii_alphanumeric();
        let is_start = is_letter && !was_letter && BEGINNINGS.contains(&two);
        was_letter = is_letter;
        is_start.then_some(at)
    })
}

/// The first two letters of what a reference can begin with.
const BEGINNINGS: [(u8, u8); 9] = [
    (b'a', b'd'),
    (b'a', b's'),
    (b'c', b'o'),
    (b'd', b'u'),
    (b'm', b'e'),
    (b'p', b'l'),
    (b'r', b'e'),
    (b's', b'a'),
    (b's', b'e'),
];

fn above(rest: &str) -> Option<(To, usize)> {
    ABOVE.iter().find(|words| word(rest, words).is_some()).map(|words| (To::Above, words.len()))
}

fn pointer(rest: &str, original: &str) -> Option<(To, usize)> {
    let mut tail = LEADING.iter().find_map(|words| word(rest, words))?;
    while let Some(after) = FILLING.iter().find_map(|words| word(tail, words)) {
        tail = after;
    }
    let named = NOUNS.iter().find_map(|(words, noun)| Some((*noun, word(tail, words)?)));
    let (noun, tail) = named.unwrap_or((Noun::Action, tail));
    let (numbers, tail) = numbers(tail.trim_start_matches(['.', ' ', '#']))?;
    // "See 2021" is not a reference; "see 4.2" is one.
    if named.is_none() && !numbers.iter().all(|number| number.contains('.')) {
        return None;
    }
    let len = rest.len() - tail.len();
    let to = if is_of_another(original.get(len..)?) { To::Elsewhere } else { To::Numbers(noun, numbers) };
    Some((to, len))
}

/// What comes after these words, where the text begins with them.
fn word<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    let rest = text.strip_prefix(words)?;
    (!rest.starts_with(|c: char| c.is_alphanumeric())).then(|| rest.trim_start_matches([' ', '\u{a0}', ':']))
}

/// "of DHR 17", "in the Adult D plan": the number belongs to another plan.
fn is_of_another(after: &str) -> bool {
    let mut words = after.split_whitespace();
    let is_link = matches!(words.next(), Some("of" | "in" | "from"));
    let next = words.find(|word| !matches!(*word, "the" | "our"));
    is_link && next.is_some_and(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()))
}

/// `1`, `4.2`, `1, 2 and 3`, `1-3`; and what comes after.
fn numbers(text: &str) -> Option<(Vec<String>, &str)> {
    let (first, mut tail) = number(text)?;
    let mut all = vec![first];
    loop {
        let next = [", and ", ", ", " and ", " & ", "/", " + "].iter().find_map(|between| {
            let (next, rest) = number(tail.strip_prefix(between)?)?;
            Some((vec![next], rest))
        });
        let next = next.or_else(|| range(all.last()?, tail));
        let Some((more, rest)) = next else { return Some((all, tail)) };
        all.extend(more);
        tail = rest;
    }
}

/// What follows the first number of a range: after `1`, `-3` is 2 and 3.
fn range<'a>(first: &str, tail: &'a str) -> Option<(Vec<String>, &'a str)> {
    let after = ["-", "–", " to ", " - ", " – "].iter().find_map(|between| tail.strip_prefix(between))?;
    let (last, rest) = number(after)?;
    let (first, last): (u32, u32) = (first.parse().ok()?, last.parse().ok()?);
    (first < last && last - first < MANY).then(|| ((first + 1..=last).map(|n| n.to_string()).collect(), rest))
}

/// `7`, `7.2`, `7a`: at most three digits, so that a year is not one.
fn number(text: &str) -> Option<(String, &str)> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let whole = digits(text);
    let mut len = whole;
    if let Some(rest) = text.get(whole..).and_then(|rest| rest.strip_prefix('.')) {
        let part = digits(rest);
        len += if part > 0 { part + 1 } else { 0 };
    }
    let letter = text.get(len..)?.bytes().take_while(u8::is_ascii_lowercase).count();
    len += usize::from(letter == 1);
    let (number, rest) = text.split_at_checked(len)?;
    let is_number = (1..=3).contains(&whole) && !rest.starts_with(|c: char| c.is_alphanumeric() || c == '%');
    is_number.then(|| (number.to_owned(), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reference_is_looked_for_where_it_begins() {
        for words in ABOVE.iter().chain(&LEADING) {
            assert_eq!(starts(words).next(), Some(0), "{words}");
        }
    }
}

//! The words of the filter language, and cutting a filter into its tokens.

use super::super::particular::{Nature, Particular};
use super::super::party::name_key;
use super::{Flag, Role};

/// What precedes a colon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Party(Role),
    Rating,
    Due,
    Changed,
    Finding,
    Recommendation,
    Reference,
    Plan,
    /// A term of the recommendation.
    Particular(Particular),
}

const KEYS: [(&str, Key); 10] = [
    ("lead", Key::Party(Role::Lead)),
    ("via", Key::Party(Role::Via)),
    ("party", Key::Party(Role::Either)),
    ("rating", Key::Rating),
    ("due", Key::Due),
    ("changed", Key::Changed),
    ("finding", Key::Finding),
    ("rec", Key::Recommendation),
    ("ref", Key::Reference),
    ("plan", Key::Plan),
];

pub(super) const FLAGS: [(&str, Flag); 12] = [
    ("overdue", Flag::Overdue),
    ("challenge", Flag::Challenge),
    ("flag", Flag::Doubt),
    ("gone", Flag::Gone),
    ("conflict", Flag::Conflict),
    ("closed", Flag::Closed),
    ("open", Flag::Open),
    ("proposed", Flag::Proposed),
    ("extension", Flag::Extension),
    ("unanswered", Flag::Unanswered),
    ("agenda", Flag::Agenda),
    ("discussed", Flag::Discussed),
];

/// Every word that can precede a colon.
pub(super) fn keys() -> impl Iterator<Item = (&'static str, Key)> {
    let terms = Particular::ALL.iter().filter(|particular| particular.nature() == Nature::Term);
    KEYS.into_iter().chain(terms.map(|particular| (particular.key(), Key::Particular(*particular))))
}

/// Finds actions that have a near-duplicate.
pub(super) const DUPLICATE: &str = "duplicate";

/// Every term of one word.
pub(super) fn bare_words() -> impl Iterator<Item = &'static str> {
    FLAGS.map(|(name, _)| name).into_iter().chain([DUPLICATE])
}

/// One term as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Token {
    pub is_not: bool,
    /// What precedes the first colon, where both are outside quotes.
    pub key: Option<String>,
    /// What the commas outside quotes separate; one value where there is no key.
    pub values: Vec<String>,
    /// Whether any of it was quoted: then it is not a one-word term.
    pub is_quoted: bool,
}

/// Cuts at spaces outside quotes. A quote left open ends with the text.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut all = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (token, tail) = token(rest);
        all.push(token);
        rest = tail.trim_start();
    }
    all
}

fn token(text: &str) -> (Token, &str) {
    let after_sign = text.strip_prefix('-').filter(|rest| rest.starts_with(|c: char| !c.is_whitespace()));
    let text = after_sign.unwrap_or(text);
    let mut token = Token { is_not: after_sign.is_some(), ..Token::default() };
    let (mut value, mut is_inside) = (String::new(), false);
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' if is_inside && chars.next_if(|(_, next)| *next == '"').is_some() => value.push('"'),
            '"' => {
                is_inside = !is_inside;
                token.is_quoted = true;
            }
            c if c.is_whitespace() && !is_inside => {
                token.values.push(value);
                return (token, text.get(at..).unwrap_or(""));
            }
            ':' if token.key.is_none() && !token.is_quoted && is_word(&value) => {
                token.key = Some(std::mem::take(&mut value));
            }
            ',' if token.key.is_some() && !is_inside => token.values.push(std::mem::take(&mut value)),
            c => value.push(c),
        }
    }
    token.values.push(value);
    (token, "")
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(char::is_alphabetic)
}

/// Those of `known` most like `wanted`, best first: at most three, and only if they are close.
pub fn nearest<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let wanted = name_key(wanted);
    let mut scored: Vec<(usize, &str)> =
        known.into_iter().filter_map(|name| Some((unlike(&wanted, name)?, name))).collect();
    scored.sort_unstable();
    scored.dedup();
    scored.into_iter().take(3).map(|(_, name)| name).collect()
}

/// How different two names are; `None` where they are unrelated.
fn unlike(wanted: &str, name: &str) -> Option<usize> {
    let key = name_key(name);
    if wanted.is_empty() || key.is_empty() {
        return None;
    }
    let edits = distance(wanted, &key);
    if key.starts_with(wanted) {
        Some(0)
    } else if edits * 3 <= wanted.chars().count().max(3) {
        Some(edits)
    } else if key.contains(wanted) || (wanted.contains(&key) && key.len() > 2) {
        Some(edits + 10)
    } else {
        None
    }
}

/// How many letters must be added, dropped, changed or swapped with a neighbour to get from one word to the other.
pub fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().take(64).collect(), b.chars().take(64).collect());
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    let mut last_x = None;
    for (i, x) in a.iter().enumerate() {
        let mut left = i + 1;
        let mut next = vec![left];
        let (mut swaps, mut last_y) = (before.iter(), None);
        for (y, (diagonal, above)) in b.iter().zip(row.iter().zip(row.iter().skip(1))) {
            let swap = last_y.and_then(|last| swaps.next().filter(|_| last == x && last_x == Some(y)));
            let changed = (diagonal + usize::from(x != y)).min(above + 1).min(left + 1);
            left = swap.map_or(changed, |swap| changed.min(swap + 1));
            next.push(left);
            last_y = Some(y);
        }
        last_x = Some(x);
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or(0)
}

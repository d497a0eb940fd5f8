//! Cuts a text into numbers, words and marks, each with its place, so that the grammar sees one kind of dash and space.

/// What separates a token from the previous one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    None,
    Space,
    /// A line break, or the beginning of the text.
    Line,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind<'a> {
    /// Nine digits or fewer; a longer run of digits is a mark, because it cannot be part of a date.
    Number {
        value: u32,
        digits: usize,
    },
    Word(&'a str),
    /// Dashes of every kind are `-`, quotes and apostrophes are `'`.
    Mark(char),
    /// A blank line: no date continues after it.
    Break,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    pub kind: Kind<'a>,
    /// Bytes from the beginning of the text.
    pub start: usize,
    pub end: usize,
    pub gap: Gap,
}

/// The tokens still to be read.
pub type Rest<'a> = &'a [Token<'a>];

/// What was read from the front, and what is still to be read.
pub type Read<'a, T> = Option<(T, Rest<'a>)>;

pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let (mut at, mut gap) = (0, Gap::Line);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let blank = run(rest, char::is_whitespace);
        if blank.is_empty() {
            let length = token_length(rest);
            let kind = rest.get(..length).map_or(Kind::Break, kind);
            found.push(Token { kind, start: at, end: at + length, gap });
            (at, gap) = (at + length, Gap::None);
            continue;
        }
        let lines = blank.matches('\n').count().max(blank.matches('\r').count());
        if lines > 1 && !found.is_empty() {
            found.push(Token { kind: Kind::Break, start: at, end: at + blank.len(), gap: Gap::Line });
        }
        gap = if lines > 0 || found.is_empty() { Gap::Line } else { Gap::Space };
        at += blank.len();
    }
    found
}

/// A number, with how many digits it was written in.
pub fn number(rest: Rest<'_>) -> Option<(u32, usize, Rest<'_>)> {
    let (first, rest) = rest.split_first()?;
    match first.kind {
        Kind::Number { value, digits } => Some((value, digits, rest)),
        Kind::Word(_) | Kind::Mark(_) | Kind::Break => None,
    }
}

pub fn any_word(rest: Rest<'_>) -> Read<'_, &str> {
    let (first, rest) = rest.split_first()?;
    match first.kind {
        Kind::Word(word) => Some((word, rest)),
        Kind::Number { .. } | Kind::Mark(_) | Kind::Break => None,
    }
}

/// One of these words, in any case.
pub fn word<'a>(rest: Rest<'a>, words: &[&str]) -> Option<Rest<'a>> {
    let (found, rest) = any_word(rest)?;
    words.iter().any(|word| word.eq_ignore_ascii_case(found)).then_some(rest)
}

/// One of these words, or nothing.
pub fn skip<'a>(rest: Rest<'a>, words: &[&str]) -> Rest<'a> {
    word(rest, words).unwrap_or(rest)
}

pub fn mark<'a>(rest: Rest<'a>, marks: &[char]) -> Read<'a, char> {
    let (first, rest) = rest.split_first()?;
    match first.kind {
        Kind::Mark(found) if marks.contains(&found) => Some((found, rest)),
        Kind::Mark(_) | Kind::Number { .. } | Kind::Word(_) | Kind::Break => None,
    }
}

/// One of these marks, or nothing.
pub fn skip_mark<'a>(rest: Rest<'a>, marks: &[char]) -> Rest<'a> {
    mark(rest, marks).map_or(rest, |(_, rest)| rest)
}

/// Whether the next token touches the one before it.
pub fn touches(rest: Rest<'_>) -> bool {
    rest.first().is_some_and(|token| token.gap == Gap::None)
}

fn kind(text: &str) -> Kind<'_> {
    match text.chars().next() {
        Some(c) if c.is_ascii_digit() => match text.parse() {
            Ok(value) if text.len() <= 9 => Kind::Number { value, digits: text.len() },
            Ok(_) | Err(_) => Kind::Mark('#'),
        },
        Some(c) if c.is_alphabetic() => Kind::Word(text),
        Some('‐' | '‑' | '‒' | '–' | '—' | '−') => Kind::Mark('-'),
        Some('‘' | '’' | '`' | '´') => Kind::Mark('\''),
        Some(c) => Kind::Mark(c),
        None => Kind::Break,
    }
}

fn token_length(text: &str) -> usize {
    match text.chars().next() {
        Some(c) if c.is_ascii_digit() => run(text, |c| c.is_ascii_digit()).len(),
        Some(c) if c.is_alphabetic() => run(text, char::is_alphabetic).len(),
        Some(c) => c.len_utf8(),
        None => 0,
    }
}

fn run(text: &str, of: impl Fn(char) -> bool) -> &str {
    let end = text.find(|c| !of(c)).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

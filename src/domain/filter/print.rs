//! Printing a filter as text that reads back the same.

use std::fmt;

use super::dates::{DateTest, Direction};
use super::words::{DUPLICATE, FLAGS, Key, bare_words, keys};
use super::{Filter, Flag, Term, Test};

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let terms: Vec<String> = self.terms.iter().map(ToString::to_string).collect();
        f.write_str(&terms.join(" "))
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_not {
            f.write_str("-")?;
        }
        let dates = |tests: &[DateTest], way| tests.iter().map(|test| test.print(way)).collect::<Vec<_>>().join(",");
        let words = |texts: &[String]| texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(",");
        match &self.test {
            Test::Party(role, wanted) => {
                let names: Vec<String> = wanted.iter().map(|wanted| quoted(&wanted.name)).collect();
                write!(f, "{}:{}", name(Key::Party(*role)), names.join(","))
            }
            Test::Rating(levels) => {
                let levels: Vec<String> = levels.iter().map(|word| quoted(word.as_deref().unwrap_or("none"))).collect();
                write!(f, "{}:{}", name(Key::Rating), levels.join(","))
            }
            Test::Due(tests) => write!(f, "{}:{}", name(Key::Due), dates(tests, Direction::Ahead)),
            Test::Changed(tests) => write!(f, "{}:{}", name(Key::Changed), dates(tests, Direction::Back)),
            Test::Finding(numbers) => write!(f, "{}:{}", name(Key::Finding), words(numbers)),
            Test::Recommendation(numbers) => write!(f, "{}:{}", name(Key::Recommendation), words(numbers)),
            Test::Reference(references) => write!(f, "{}:{}", name(Key::Reference), words(references)),
            Test::Plan(slugs) => write!(f, "{}:{}", name(Key::Plan), words(slugs)),
            Test::Particular(particular, texts) => write!(f, "{}:{}", name(Key::Particular(*particular)), words(texts)),
            Test::Flag(flag) => f.write_str(flag_name(*flag)),
            Test::Duplicate(_) => f.write_str(DUPLICATE),
            Test::Found(text, _) => f.write_str(&bare(text)),
            Test::Text(needle) => f.write_str(&bare(&needle.text)),
        }
    }
}

fn name(key: Key) -> &'static str {
    keys().find(|(_, other)| *other == key).map_or("", |(name, _)| name)
}

fn flag_name(flag: Flag) -> &'static str {
    FLAGS.iter().find(|(_, other)| *other == flag).map_or("", |(name, _)| name)
}

/// A value to follow a colon, in quotes where it needs them: `party:` and this is a term.
pub fn quoted(text: &str) -> String {
    let needs = text.is_empty() || text.contains(|c: char| c.is_whitespace() || matches!(c, ',' | '"'));
    if needs { in_quotes(text) } else { text.into() }
}

/// A word to search for, in quotes where it would otherwise be read as a term.
fn bare(text: &str) -> String {
    let is_flag = bare_words().any(|name| name == text);
    let needs =
        is_flag || text.starts_with('-') || text.contains(|c: char| c.is_whitespace() || matches!(c, ':' | '"'));
    if needs { in_quotes(text) } else { text.into() }
}

fn in_quotes(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

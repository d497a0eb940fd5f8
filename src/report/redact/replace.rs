//! Finds and replaces a name in text, regardless of spacing and case.

use super::people::{Person, Reach, says_little};
use crate::text::composed;

/// A name and its replacement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    words: Vec<String>,
    by: String,
    reach: Reach,
    /// Whether each word must begin with a capital: "Hugh" and not "hugh".
    is_exact: bool,
}

const TITLES: [&str; 11] = ["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "rev"];

impl Rule {
    /// The name with its post, the name, the surname after a title or an initial, and before the first names.
    pub fn all(person: &Person, initials: &str) -> Vec<Rule> {
        let rule = |text: &str, by: &str| Rule {
            words: words(&composed(text)),
            by: by.to_owned(),
            reach: person.reach,
            is_exact: false,
        };
        let mut all = vec![Rule { is_exact: !person.name.contains([' ', '\u{a0}']), ..rule(&person.name, initials) }];
        if let Some(post) = &person.post {
            all.push(rule(&person.written, post));
        }
        let surname = person.name.rsplit([' ', '\u{a0}']).next().unwrap_or(&person.name);
        let titled = TITLES.iter().map(|title| rule(&format!("{title} {surname}"), initials));
        all.extend(titled.map(|rule| Rule { reach: Reach::Everywhere, ..rule }));
        let first = person.name.strip_suffix(surname).map(str::trim).filter(|first| !first.is_empty());
        if let Some((first, initial)) = first.and_then(|first| Some((first, first.chars().next()?)))
            && !says_little(surname)
        {
            let turned = [format!("{surname} {first}"), format!("{initial} {surname}")];
            all.extend(turned.map(|turned| Rule { is_exact: true, ..rule(&turned, initials) }));
        }
        all.retain(|rule| !rule.words.is_empty());
        all
    }

    /// The number of letters to match.
    pub fn length(&self) -> usize {
        self.words.iter().map(String::len).sum()
    }

    /// Whether a text, in lower case, has the last word of the name somewhere.
    pub fn may_be_in(&self, lower: &str) -> bool {
        self.words.last().is_some_and(|word| lower.contains(word))
    }

    /// The text with every occurrence of the name replaced; whole words only: "Ann Lee" is not in "Ann Leeds".
    pub fn applied(&self, text: &str) -> String {
        if self.reach == Reach::Alone {
            return if words(text) == self.words { self.by.clone() } else { text.to_owned() };
        }
        let mut made = String::with_capacity(text.len());
        let mut rest = text;
        let mut before = None;
        while let Some(letter) = rest.chars().next() {
            let starts = letter.is_alphanumeric() && !before.is_some_and(char::is_alphanumeric);
            let (taken, put) = match starts.then(|| self.end_in(rest)).flatten() {
                Some(end) => (end, self.by.as_str()),
                None => (letter.len_utf8(), rest.get(..letter.len_utf8()).unwrap_or_default()),
            };
            made.push_str(put);
            before = rest.get(..taken).and_then(|part| part.chars().next_back());
            rest = rest.get(taken..).unwrap_or_default();
        }
        made
    }

    /// The end of the name, if the text begins with it.
    fn end_in(&self, text: &str) -> Option<usize> {
        let mut at = 0;
        for (place, word) in self.words.iter().enumerate() {
            let rest = text.get(at..)?;
            let gap = rest.len() - rest.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '\'').len();
            let is_gap = |gap: &str| gap.chars().all(|c| c.is_whitespace() || ".,-–—():_".contains(c));
            if place > 0 && (gap == 0 || !rest.get(..gap).is_some_and(is_gap)) {
                return None;
            }
            let start = at + if place > 0 { gap } else { 0 };
            let own = text.get(start..)?;
            let length = own.find(|c: char| !is_letter(c)).unwrap_or(own.len());
            let own = of_whom(own.get(..length)?, word);
            if !own.to_lowercase().eq(word) || self.is_exact && !own.starts_with(char::is_uppercase) {
                return None;
            }
            at = start + own.len();
        }
        Some(at)
    }
}

/// "Quimby" of "Quimby's", unless the name itself ends so.
fn of_whom<'a>(own: &'a str, word: &str) -> &'a str {
    let ends = ["'s", "’s", "'S", "’S", "'", "’"];
    let bare = ends.iter().find_map(|end| own.strip_suffix(end)).filter(|_| own.to_lowercase() != word);
    bare.unwrap_or(own)
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || c == '\'' || c == '’'
}

/// The words of a text in lower case.
pub fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !is_letter(c)).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

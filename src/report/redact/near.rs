//! What a person must still look at in a redacted report: parts of the names that were replaced.

use std::collections::BTreeSet;

use super::Redacted;
use super::people::says_little;
use super::replace::words;
use crate::report::document::Document;
use crate::text::composed;

/// How many words around a part of a name are quoted on each side.
const AROUND: usize = 3;
/// How many places are listed for one part of a name.
const LISTED: usize = 3;

/// A sentence for each name that could be an agency's, and for each part of a known name that is left in the document: it may
/// be the person, or an ordinary word.
pub fn near_misses(redacted: &Redacted, document: &Document) -> Vec<String> {
    let names = redacted.people().iter().flat_map(|person| words(&composed(&person.name)));
    let parts: BTreeSet<String> = names.filter(|word| !says_little(word)).collect();
    let texts: Vec<String> = document.texts().map(|text| composed(text).into_owned()).collect();
    let guessed = redacted.guessed().into_iter();
    let guessed = guessed.map(|name| format!("Check by eye: “{name}” was taken for a person and replaced"));
    guessed.chain(parts.iter().filter_map(|part| sentence(part, &texts))).collect()
}

fn sentence(part: &str, texts: &[String]) -> Option<String> {
    let mut quotes: Vec<String> = texts.iter().flat_map(|text| quotes(part, text)).collect();
    let all = quotes.len();
    quotes.dedup();
    quotes.truncate(LISTED);
    let times = if all == 1 { "once".to_owned() } else { format!("{all} times") };
    (all > 0).then(|| format!("Check by eye: part of a name is left {times}: {}", quotes.join("; ")))
}

/// The places in which the part stands with a capital, or the beginning of it where a quotation was cut, with the words around
/// it.
fn quotes(part: &str, text: &str) -> Vec<String> {
    let all: Vec<&str> = text.split_whitespace().collect();
    let places = (0..all.len()).filter(|at| all.get(*at).is_some_and(|word| is_part(part, word)));
    let around =
        |at: usize| all.iter().take(at + AROUND + 1).skip(at.saturating_sub(AROUND)).copied().collect::<Vec<_>>();
    places.map(|at| format!("“{}”", around(at).join(" "))).collect()
}

fn is_part(part: &str, word: &str) -> bool {
    let is_cut = word.contains('…');
    let own = word.trim_matches(|c: char| !c.is_alphanumeric());
    let own = own.strip_suffix("'s").or_else(|| own.strip_suffix("’s")).unwrap_or(own);
    let is_it = |one: String| one == part || is_cut && !says_little(&one) && part.starts_with(&one);
    own.starts_with(char::is_uppercase)
        && own.split(|c: char| !c.is_alphanumeric()).any(|one| is_it(one.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_name_is_found_with_its_ending_and_where_it_was_cut() {
        for word in ["Quimby", "(Quimby’s", "QUIMBY;", "Quim…”", "Mary-Quimby"] {
            assert!(is_part("quimby", word), "{word}");
        }
        for word in ["quimby", "Quimbyshire", "Quim", "Qu…", "Other"] {
            assert!(!is_part("quimby", word), "{word}");
        }
    }
}

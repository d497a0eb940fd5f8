//! The words of an action cut into parts: each reads as an action, and no word of substance is lost.

use super::places::with_article;
use crate::domain::split::unmarked;
use crate::problem::Problem;
use crate::text;

/// What joins two parts in one sentence, and stays with neither.
const JOINTS: [&str; 7] = [" and", " then", " while", ",", ";", "–", "—"];

/// The parts that begin at these places, and the first. Numbers and labels of lines, and what joins two parts, are left out.
pub fn cut(text: &str, at: &[usize]) -> Vec<String> {
    let mut begins: Vec<usize> = std::iter::once(0).chain(at.iter().copied()).collect();
    begins.sort_unstable();
    begins.dedup();
    let ends = begins.iter().skip(1).copied().chain([text.len()]);
    let parts = begins.iter().zip(ends).filter_map(|(from, to)| text.get(*from..to));
    parts.map(whole).filter(|part| !part.is_empty()).collect()
}

fn whole(part: &str) -> String {
    let mut part = unmarked(part.trim());
    while let Some(shorter) = JOINTS.iter().find_map(|joint| part.strip_suffix(joint)) {
        part = shorter.trim_end();
    }
    text::capital(part)
}

/// Where the parts that begin with these words begin, one for each.
///
/// # Errors
/// Says which words are not there, or are there more than once.
pub fn beginnings(text: &str, words: &[String]) -> Result<Vec<usize>, Problem> {
    words.iter().map(|words| beginning(text, words)).collect()
}

fn beginning(text: &str, words: &str) -> Result<usize, Problem> {
    let no = |why: String, hint: &str| Err(Problem::new("Nothing was split", why, hint));
    let shown = text::one_line(words.trim());
    let found: Vec<usize> = text.char_indices().map(|(at, _)| at).filter(|at| begins(text, *at, words)).collect();
    match found.as_slice() {
        [] => no(format!("“{shown}” is not in the words of the action"), "Write the words as the action has them."),
        [0] => {
            no(format!("the action itself begins with “{shown}”"), "Give the words with which the next part begins.")
        }
        [only] => Ok(with_article(text, *only)),
        several => no(
            format!("“{shown}” occurs {} times in the words of the action", several.len()),
            "Give more of the words.",
        ),
    }
}

/// Whether the words begin here, however they are spaced and capitalised.
fn begins(text: &str, at: usize, words: &str) -> bool {
    let is_edge = text.get(..at).is_some_and(|before| !before.ends_with(char::is_alphanumeric));
    let wanted: Vec<String> = words.split_whitespace().map(text::lower).collect();
    let there = text.get(at..).unwrap_or_default();
    if !is_edge || wanted.is_empty() || there.starts_with(char::is_whitespace) {
        return false;
    }
    let own: Vec<String> = there.split_whitespace().take(wanted.len()).map(text::lower).collect();
    let is_word = |(at, (own, wanted)): (usize, (&String, &String))| {
        let is_last = at + 1 == words.split_whitespace().count();
        let rest = own.strip_prefix(wanted.as_str());
        rest.is_some_and(|rest| rest.is_empty() || is_last && !rest.starts_with(char::is_alphanumeric))
    };
    own.len() == wanted.len() && own.iter().zip(&wanted).enumerate().all(is_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_reads_as_an_action() {
        let text = "Harbour Police to publish guidance, and the ICB to train its nurses";
        let at = beginnings(text, &["ICB to  train".into()]).unwrap();
        assert_eq!(cut(text, &at), ["Harbour Police to publish guidance", "The ICB to train its nurses"]);
        let lines = "1. Write it;\n2. Train staff";
        assert_eq!(cut(lines, &[13]), ["Write it", "Train staff"]);
        assert_eq!(cut("Write it. Send it.", &[10]), ["Write it.", "Send it."]);
    }

    #[test]
    fn words_that_are_not_there_or_there_twice_are_refused() {
        let text = "Train staff, train nurses and train doctors";
        let why = |words: &str| beginnings(text, &[words.to_owned()]).unwrap_err().why;
        assert_eq!(why("teach"), "“teach” is not in the words of the action");
        assert_eq!(why("train"), "“train” occurs 3 times in the words of the action");
        assert_eq!(why("Train staff"), "the action itself begins with “Train staff”");
        assert_eq!(beginnings(text, &["train nurses".into()]).unwrap(), [13]);
    }
}

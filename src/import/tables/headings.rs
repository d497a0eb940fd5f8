//! Lines that introduce a part of a document: a finding, all findings, the key to the ratings, the acronyms.

use crate::import::words::vocabulary::{Vocabulary, position, words};
use crate::import::words::{clean, number};

/// The longest heading.
const LONGEST: usize = 100;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heading {
    /// Their numbers, and the words after them on the same line.
    Findings {
        numbers: Vec<String>,
        text: String,
    },
    AllFindings,
    /// Its number, and the words after it on the same line.
    Recommendation {
        number: String,
        text: String,
    },
    Key,
    Acronyms,
}

/// Words of a plan's title that no key has in front of its name.
const OF_A_PLAN: [&str; 6] = ["action", "plan", "recommendation", "tracker", "outcome", "progress"];

/// What a line introduces; `None` for all other lines.
pub fn of(line: &str, vocabulary: &Vocabulary) -> Option<Heading> {
    let line = clean::line(line);
    if let Some(heading) = finding(&line, vocabulary).or_else(|| recommendation(&line)).or_else(|| short(&line)) {
        return Some(heading);
    }
    let text = words(&line);
    if line.len() > LONGEST || text.is_empty() {
        return is_whole_key(&line, vocabulary).then_some(Heading::Key);
    }
    let has = |phrases: &[String]| phrases.iter().any(|phrase| position(&text, phrase).is_some());
    let headings = &vocabulary.headings;
    if has(&headings.acronyms) {
        return Some(Heading::Acronyms);
    }
    let is_key_line = text.first().is_some_and(|first| first == "key") && line.get(3..4) == Some(":");
    if (names_key(&text, vocabulary) && !line.ends_with('.')) || text == ["key"] || is_key_line {
        return Some(Heading::Key);
    }
    let first = text.first().map_or("", String::as_str);
    let heads_all = ["recommendation", "action", "overarching", "cross", "all", "learning"].contains(&first);
    (heads_all && has(&headings.all_findings) && !line.ends_with('.')).then_some(Heading::AllFindings)
}

/// "Key to RAG ratings used in this action plan" names the key; "Business plan: actions, leads and RAG ratings" a plan.
fn names_key(text: &[String], vocabulary: &Vocabulary) -> bool {
    let is_of_plan = text.iter().any(|word| OF_A_PLAN.contains(&word.as_str()));
    let mut places = vocabulary.headings.key.iter().filter_map(|phrase| position(text, phrase));
    places.any(|(at, _)| at == 0 || !is_of_plan)
}

/// "RAG key: Red = …; Amber = …; Green = …", however long.
fn is_whole_key(line: &str, vocabulary: &Vocabulary) -> bool {
    let Some((head, rest)) = line.split_once(':') else { return false };
    let head = words(head);
    let is_key = head == ["key"] || vocabulary.headings.key.iter().any(|phrase| position(&head, phrase).is_some());
    is_key && head.len() <= 5 && rest.split(';').filter(|part| part.contains(['=', ':', '–'])).count() > 1
}

/// Where, inside a cell, the document's text after the table begins: at a heading after an empty line.
pub fn inside(cell: &str, vocabulary: &Vocabulary) -> Option<usize> {
    let mut start = 0;
    let mut is_gap = false;
    for line in cell.split_inclusive('\n') {
        if line.trim().is_empty() {
            is_gap = true;
        } else {
            if is_gap && of(line, vocabulary).is_some() {
                return Some(start);
            }
            is_gap = false;
        }
        start += line.len();
    }
    None
}

/// "In relation to Finding 4: …", "Finding 2", "Findings 1 and 2:".
fn finding(line: &str, vocabulary: &Vocabulary) -> Option<Heading> {
    let lower = line.to_ascii_lowercase();
    let intro = ["in relation to", "in respect of", "relating to", "regarding"].iter();
    let begin = intro.filter_map(|intro| lower.strip_prefix(intro).map(|_| intro.len())).max().unwrap_or(0);
    let rest = line.get(begin..)?.trim_start();
    let rest =
        vocabulary.headings.finding.iter().filter_map(|word| after_word(rest, word)).min_by_key(|rest| rest.len())?;
    let (numbers, rest) = numbers(rest);
    let text = rest.strip_prefix([':', '.', '-', '–', '—', ')']).or_else(|| rest.is_empty().then_some(rest))?;
    (!numbers.is_empty()).then(|| Heading::Findings { numbers, text: text.trim().to_owned() })
}

/// "R3 – …", "R3: …": a number without a blank, a mark, and a sentence.
fn short(line: &str) -> Option<Heading> {
    let rest = line.strip_prefix('R')?;
    let end = rest.find(|c: char| !c.is_ascii_digit()).filter(|end| (1..=2).contains(end))?;
    let (number, after) = rest.split_at_checked(end)?;
    let text = after.trim_start().strip_prefix([':', '.', '-', '–', '—', ')'])?.trim();
    let is_sentence = text.starts_with(char::is_uppercase) && text.split_whitespace().count() > 2;
    is_sentence.then(|| Heading::Recommendation { number: number.to_owned(), text: text.to_owned() })
}

/// "Recommendation 3: …", "Recommendation 3", "Recommendation Three", "Rec. No. 3 – …", "Rec 3 - …".
fn recommendation(line: &str) -> Option<Heading> {
    if let Some(found) = number::in_letters(line) {
        return Some(Heading::Recommendation { number: found.number, text: found.text.to_owned() });
    }
    let rest = ["recommendation", "rec.", "rec "].iter().find_map(|word| {
        let head = line.get(..word.len()).filter(|head| head.eq_ignore_ascii_case(word))?;
        line.get(head.len()..)
    })?;
    let rest = rest.trim_start();
    let rest = ["no.", "no", "number", "#"]
        .iter()
        .find_map(|word| {
            let head = rest.get(..word.len()).filter(|head| head.eq_ignore_ascii_case(word))?;
            rest.get(head.len()..)
        })
        .unwrap_or(rest)
        .trim_start();
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '.')).unwrap_or(rest.len());
    let number = rest.get(..end)?.trim_end_matches('.');
    let after = rest.get(number.len()..)?.trim_start();
    let text = after.strip_prefix([':', '.', '-', '–', '—', ')']).or_else(|| after.is_empty().then_some(after))?;
    let text = text.trim().to_owned();
    number::is_number(number).then(|| Heading::Recommendation { number: number.to_owned(), text })
}

/// What follows a word at the beginning of a text, in the singular or the plural.
fn after_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let head = text.get(..word.len()).filter(|head| head.eq_ignore_ascii_case(word))?;
    let rest = text.get(head.len()..)?;
    let rest = rest.strip_prefix('s').unwrap_or(rest);
    rest.strip_prefix(' ').map(str::trim_start)
}

/// "1", "1 and 2", "1, 2 & 3", "A".
fn numbers(text: &str) -> (Vec<String>, &str) {
    let (mut all, mut rest) = (Vec::new(), text);
    loop {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let token = rest.get(..end).unwrap_or("");
        let is_letter = token.len() == 1 && token.chars().all(|c| c.is_ascii_uppercase());
        if !(is_letter || number::is_number(token)) {
            return (all, rest);
        }
        all.push(token.to_owned());
        rest = rest.get(end..).unwrap_or("").trim_start();
        let next = ["and ", "& ", ", "].iter().find_map(|joint| rest.strip_prefix(joint));
        match next.filter(|next| next.starts_with(|c: char| c.is_ascii_digit())) {
            Some(next) => rest = next,
            None => return (all, rest),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading(line: &str) -> Option<Heading> {
        of(line, &Vocabulary::built_in().unwrap())
    }

    #[test]
    fn headings_are_distinguished_from_prose() {
        let one = |numbers: &[&str], text: &str| {
            Some(Heading::Findings { numbers: numbers.iter().map(ToString::to_string).collect(), text: text.into() })
        };
        assert_eq!(heading("[bookmark: _x]In relation to Finding 4: "), one(&["4"], ""));
        assert_eq!(heading("Finding 2 – Nobody asked her"), one(&["2"], "Nobody asked her"));
        assert_eq!(heading("Findings 1 and 2:"), one(&["1", "2"], ""));
        assert_eq!(heading("Recommendations across all findings"), Some(Heading::AllFindings));
        assert_eq!(heading("Key to RAG ratings"), Some(Heading::Key));
        assert_eq!(heading("Key to RAG ratings used in this action plan"), Some(Heading::Key));
        assert_eq!(heading("Business plan 2026-27: actions, leads and RAG ratings"), None);
        assert_eq!(heading("Key to acronyms/abbreviations used"), Some(Heading::Acronyms));
        assert_eq!(heading("Finding 3 was about the police."), None);
        let rec = |number: &str, text: &str| Some(Heading::Recommendation { number: number.into(), text: text.into() });
        assert_eq!(heading("Recommendation 3: The board should ask."), rec("3", "The board should ask."));
        assert_eq!(heading("RECOMMENDATION No. 12"), rec("12", ""));
        assert_eq!(heading("Rec 3 - The board should ask."), rec("3", "The board should ask."));
        assert_eq!(heading("Recommendation Three"), rec("3", ""));
        assert_eq!(heading("R3 – The board should ask."), rec("3", "The board should ask."));
        assert_eq!(heading("R3 was about the police."), None);
        assert_eq!(heading("R3: Green"), None);
        assert_eq!(heading("Rec 3 was about the police."), None);
        assert_eq!(heading("Recommendation 3 was about the police."), None);
        assert_eq!(heading("Recommendations 1 to 3"), None);
        assert_eq!(heading("We looked across all findings of the review."), None);
    }

    #[test]
    fn a_heading_in_a_cell_is_found_only_behind_an_empty_line() {
        let vocabulary = Vocabulary::built_in().unwrap();
        assert_eq!(inside("Green\n\n\nFinding 3:\ntext", &vocabulary), Some(8));
        assert_eq!(inside("Finding 3:\ntext", &vocabulary), None);
    }
}

//! The label of an action in prose: "Action 3 (JS):", "ACTION 3.1 –", "Action – Clerk:", "Action i):", "Actions for RV:".

use crate::domain::date_text;
use crate::import::cells::leads::said::Said;
use crate::import::words::{number, vocabulary};

/// Words around "action" that belong to it.
const BEFORE: [&str; 5] = ["agreed", "key", "new", "further", "next"];
const AFTER: [&str; 11] =
    ["point", "points", "item", "items", "agreed", "required", "arising", "no", "number", "ref", "needed"];

/// Words that make a title of it: "Action Log – 14 August" introduces a list.
const TITLES: [&str; 6] = ["log", "list", "tracker", "sheet", "summary", "register"];
const AFTER_TITLE: [&str; 10] =
    ["from", "arising", "agreed", "of", "at", "on", "point", "item", "required", "outstanding"];

/// The most words of such a title.
const LONGEST: usize = 12;

/// What the label says, and the words after it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label {
    pub number: Option<String>,
    pub lead: Option<String>,
    pub rest: String,
    /// Whether the lines below it are the actions.
    pub is_list: bool,
}

/// What a line says that begins "Action"; `None` for all other lines.
pub fn of(line: &str, said: &Said<'_>) -> Option<Label> {
    let line = line.replace("**", "").replace("__", "");
    let begins = |word: &str| line.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
    let is_near = BEFORE.iter().chain(&["action", "ap"]).any(|word| begins(word));
    let marks = ["):", ":", ") ", " – ", " — ", " - "];
    let mut places: Vec<(usize, usize)> =
        marks.iter().filter_map(|mark| line.find(mark).map(|at| (at, mark.len()))).filter(|_| is_near).collect();
    places.sort_unstable_by_key(|(at, length)| (*at, std::cmp::Reverse(*length)));
    let at_mark = |(at, length): (usize, usize)| {
        let whole = line.get(..at + length)?.trim_end_matches([':', '–', '—', '-', ' ']);
        read(whole, line.get(at + length..)?, said)
    };
    let colon = places.iter().copied().filter(|(at, length)| line.get(*at..at + length).is_some_and(is_colon));
    colon.chain(places.iter().copied()).find_map(at_mark).or_else(|| unmarked(line.trim(), said).filter(|_| is_near))
}

fn is_colon(mark: &str) -> bool {
    mark.ends_with(':')
}

/// "Action point 2.1 RV to …", "Actions for Tom Wells": no mark after it.
fn unmarked(line: &str, said: &Said<'_>) -> Option<Label> {
    let is_for = line.to_lowercase().starts_with("actions for ");
    if let Some(label) = read(line, "", said).filter(|label| is_for && label.lead.is_some()) {
        return Some(label);
    }
    let number = line.split_whitespace().take(4).find(|word| is_number(word))?;
    let (head, rest) = line.split_at(line.find(number)? + number.len());
    read(head, rest, said).filter(|_| rest.trim_start().starts_with(char::is_uppercase))
}

/// The number of "Action 1.1", "Action 3:" or "ACTION POINT 2", where the line says nothing else.
pub fn alone(line: &str) -> Option<String> {
    let line = line.replace("**", "");
    let mut words = line.trim().trim_end_matches([':', '.']).split_whitespace();
    let is_action = words.next().is_some_and(|word| word.eq_ignore_ascii_case("action"));
    let last = words.next_back().filter(|word| number::is_number(word))?;
    let is_rest = words.all(|word| AFTER.contains(&word.trim_end_matches('.').to_lowercase().as_str()));
    (is_action && is_rest).then(|| bare(last))
}

fn read(head: &str, rest: &str, said: &Said<'_>) -> Option<Label> {
    let spelled: String = head.replace(" – ", " ").replace(" — ", " ").replace(" - ", " ");
    let mut words = spelled.split([' ', '\u{a0}']).filter(|word| !word.is_empty()).peekable();
    words.next_if(|word| BEFORE.contains(&word.to_lowercase().as_str()));
    let first = words.next()?.trim_end_matches('.').to_lowercase();
    // "AP1".
    let glued = first.trim_start_matches(char::is_alphabetic).to_owned();
    let first = first.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
    let is_plural = ["actions", "action(s)"].contains(&first.as_str());
    if !is_plural && first != "action" && first != "ap" {
        return None;
    }
    words.next_if(|word| AFTER.contains(&word.trim_end_matches('.').to_lowercase().as_str()));
    let number = words.next_if(|word| is_number(word)).map(bare).or_else(|| is_number(&glued).then_some(glued));
    let left: Vec<&str> = words.collect();
    let is_title = left.iter().any(|word| TITLES.contains(&word.to_lowercase().as_str()));
    let rest = rest.trim().trim_start_matches([':', '–', '—']).trim_start();
    if is_title {
        return None;
    }
    let own = said.names(&left.join(" "));
    if !left.is_empty() && own.is_none() {
        return None;
    }
    let lead = own.or_else(|| said.names(rest).filter(|_| is_plural && rest.starts_with("for ")));
    let is_list = rest.is_empty() || lead.is_some() && rest.starts_with("for ") && is_plural;
    Some(Label { number, lead, rest: rest.to_owned(), is_list })
}

/// "Action Log – 14th August 2026", "Actions from 3 June", "Agreed actions": the actions come below it.
pub fn is_title(line: &str) -> bool {
    let line = line.trim();
    let spelled = vocabulary::words(line);
    let Some(at) = spelled.iter().position(|word| word == "action").filter(|_| spelled.len() <= LONGEST) else {
        return false;
    };
    let (before, after) = (spelled.get(..at).unwrap_or(&[]), spelled.get(at + 1..).unwrap_or(&[]));
    let is_usual = |word: &String| BEFORE.contains(&word.as_str()) || ["outstanding", "open"].contains(&word.as_str());
    let is_sentence = line.ends_with(['.', ';', ',']);
    // The words are compared without their plural s.
    let is_plural = line.to_lowercase().contains("actions");
    before.iter().all(is_usual)
        && !is_sentence
        && (introduces(line, after) || after.is_empty() && is_plural && !line.ends_with(':'))
}

/// Whether what follows "action" makes a title of it: "log", "from 3 June", "arising from the last meeting".
fn introduces(line: &str, after: &[String]) -> bool {
    let Some(first) = after.first().map(String::as_str) else { return false };
    let has_date = |line: &str| !date_text::find(line, None).is_empty();
    let is_dated = has_date(line) || has_date(&format!("{line} 2024")) || after.iter().any(|word| word == "meeting");
    let is_list = TITLES.contains(&first);
    let is_whole = after.len() == 1 && (is_list || !line.ends_with(':'));
    let is_open = line.contains([':', '–', '—']) && !line.ends_with(':') && !is_dated;
    !is_open && (is_list || AFTER_TITLE.contains(&first)) && (is_dated && !line.ends_with(':') || is_whole)
}

/// "a) Ring the printers", "(ii) Ring the printers": the letter, and the words after it.
pub fn lettered(line: &str) -> Option<(String, &str)> {
    let (head, text) = line.split_once(' ')?;
    let is_marked = head.ends_with(')') || head.ends_with('.') && head.len() < 4;
    let letters = bare(head);
    let is_letter = letters.len() <= 4 && !letters.is_empty() && letters.chars().all(|c| c.is_ascii_lowercase());
    (is_marked && is_letter && is_number(head)).then_some((letters, text.trim()))
}

/// "3", "3.1", "(3)", "iv)", "a)".
fn is_number(word: &str) -> bool {
    let bare = bare(word);
    let is_marked = word.ends_with([')', '.']);
    let is_roman = !bare.is_empty() && bare.len() <= 5 && bare.chars().all(|c| "ivxIVX".contains(c));
    let is_letter = bare.len() == 1 && bare.starts_with(|c: char| c.is_ascii_lowercase());
    number::is_number(&bare) || is_roman && (is_marked || bare.len() > 1 && bare == bare.to_lowercase()) || is_letter
}

fn bare(word: &str) -> String {
    word.trim_start_matches(['(', '#']).trim_end_matches(['.', ')', ':']).to_owned()
}

/// "The board manager will write to all. [Action: JS]" → the words before it, and who.
pub fn bracketed(line: &str) -> Option<(&str, String)> {
    let line = line.trim_end_matches('.');
    let inside_ends = line.strip_suffix([')', ']'])?;
    let open = inside_ends.rfind(['(', '['])?;
    let (text, inside) = (inside_ends.get(..open)?.trim(), inside_ends.get(open + 1..)?);
    let head = inside.get(..6).filter(|head| head.eq_ignore_ascii_case("action"))?;
    let lead = inside.get(head.len()..)?.trim_matches([' ', ':', '–', '-', 's']);
    let is_short = !lead.is_empty() && lead.split_whitespace().count() <= super::NAMES;
    (is_short && !text.is_empty()).then(|| (text, lead.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::words::vocabulary::Vocabulary;

    fn label(line: &str) -> Option<(String, String, String)> {
        let vocabulary = Vocabulary::built_in().unwrap();
        let found = of(line, &Said::new(&vocabulary))?;
        Some((found.number.unwrap_or_default(), found.lead.unwrap_or_default(), found.rest))
    }

    #[test]
    fn labels_give_number_lead_and_words_in_any_spelling() {
        for (line, number, lead) in [
            ("Action: Ring the printers", "", ""),
            ("ACTION 3: Ring the printers", "3", ""),
            ("AP3: Ring the printers", "3", ""),
            ("Action i): Ring the printers", "i", ""),
            ("Action (ii): Ring the printers", "ii", ""),
            ("Action a) Ring the printers", "a", ""),
            ("Action point 2.1 Ring the printers", "2.1", ""),
            ("Action 4 – Ring the printers", "4", ""),
            ("Action – Treasurer: Ring the printers", "", "Treasurer"),
            ("**Action** (KM): Ring the printers", "", "KM"),
            ("Action for KM: Ring the printers", "", "KM"),
            ("Action KM/TS: Ring the printers", "", "KM; TS"),
            ("Agreed action 2 (Sidney Marsh) – Ring the printers", "2", "Sidney Marsh"),
        ] {
            assert_eq!(label(line), Some((number.into(), lead.into(), "Ring the printers".into())), "{line}");
        }
    }

    #[test]
    fn other_lines_have_no_label() {
        for line in ["Actions from 3 June", "Action 3 was completed", "The action: plan was discussed", "Action plan"] {
            assert_eq!(label(line), None, "{line}");
        }
        assert_eq!(label("Action log – update: noted"), None);
    }

    #[test]
    fn titles_of_actions_are_distinguished_from_actions_and_prose() {
        for line in [
            "Action Log – 14th August 2026",
            "Actions from 3 June",
            "Agreed actions",
            "ACTION LIST",
            "Outstanding actions",
        ] {
            assert!(is_title(line), "{line}");
        }
        for line in [
            "Action plan",
            "Action log – update: noted",
            "Action: Ring the printers by 3 May",
            "Action 3 was completed",
            "Update the action log",
            "Actions:",
            "Actions: for Treasurer",
            "The actions of 3 June were agreed by all who were there",
        ] {
            assert!(!is_title(line), "{line}");
        }
    }

    #[test]
    fn a_name_after_it_introduces_a_list() {
        let vocabulary = Vocabulary::built_in().unwrap();
        let said = Said::new(&vocabulary);
        let list = |line: &str| of(line, &said).filter(|found| found.is_list).map(|found| found.lead);
        assert_eq!(list("Actions: for Treasurer"), Some(Some("Treasurer".into())));
        assert_eq!(list("Actions for KM:"), Some(Some("KM".into())));
        assert_eq!(list("Actions for Sidney Marsh"), Some(Some("Sidney Marsh".into())));
        assert_eq!(list("Actions:"), Some(None));
    }
}

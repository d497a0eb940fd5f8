//! Where a part of an action could begin: at a line, at a sentence, after an “and”, or where the words go on to what another
//! lead is to do.

use crate::domain::allot::edges;
use crate::domain::split::{Mark, mark, starts, unmarked};

/// A place in the words of an action, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub at: usize,
    /// Whether a part most likely begins here.
    pub is_proposed: bool,
}

/// What follows a lead where the words say what it is to do.
const DUTIES: [&str; 6] = [" to ", " will ", " shall ", " should ", " must ", " are to "];

/// What may come before such a lead within a sentence.
const JOINTS: [&str; 4] = [" and", " then", " while", ","];

/// Every place at which a part could begin, other than the start. Proposed are the lines that are labelled as actions, and those
/// numbered or bulleted as the first one is (a list below other words says more of one action); else each duty of another lead,
/// of those that `names` gives; else each line of a list, or each sentence, where there are as many as `pairs` of a lead and a
/// date.
pub fn places(text: &str, names: &[String], pairs: usize) -> Vec<Place> {
    let plain: Vec<usize> = starts(text).into_iter().filter(|at| !is_behind_number(text, *at)).collect();
    let first = mark(text.trim_start());
    let begins = |at: &usize| text.get(*at..).and_then(mark);
    let is_begun = |at: &usize| begins(at).is_some_and(|mark| mark == Mark::Label || Some(mark) == first);
    let marked: Vec<usize> = plain.iter().copied().filter(is_begun).collect();
    let duties = duties(text, names);
    let listed: Vec<usize> = plain.iter().copied().filter(|at| begins(at).is_some()).collect();
    let proposed = if marked.is_empty() { &duties } else { &marked };
    let proposed = if proposed.is_empty() && pairs > 1 && listed.len() == pairs { &listed } else { proposed };
    let proposed = if proposed.is_empty() && pairs > 1 && plain.len() + 1 == pairs { &plain } else { proposed };
    let mut all: Vec<usize> = plain.iter().chain(&duties).copied().chain(joined(text)).collect();
    all.sort_unstable();
    all.dedup();
    // An introduction that ends in a colon is no part: its first line goes with it.
    let is_introduced = |at: usize| text.get(..at).is_some_and(|before| before.trim_end().ends_with(':'));
    all.iter().map(|at| Place { at: *at, is_proposed: proposed.contains(at) && !is_introduced(*at) }).collect()
}

/// Whether nothing but a number or a bullet is before it on its line: "2. Train" is one beginning, not two.
fn is_behind_number(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    !line.trim().is_empty() && unmarked(&format!("{line}…")).trim() == "…"
}

/// What follows an "and" within a sentence: never proposed, since it joins nouns as often as duties.
fn joined(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices(" and ").map(|(at, found)| at + found.len())
}

/// Where one of these is said to have to do something, other than at the start.
fn duties(text: &str, names: &[String]) -> Vec<usize> {
    let is_duty = |end: usize| {
        let rest = crate::text::lower(text.get(end..).unwrap_or_default());
        DUTIES.iter().any(|duty| rest.starts_with(duty))
    };
    let begins = names.iter().flat_map(|name| edges(name, text)).filter(|(_, end)| is_duty(*end));
    let begins = begins.filter_map(|(at, _)| begin(text, at));
    let mut all: Vec<usize> = begins.collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Where the words of a duty begin, with the article before its lead; none where nothing is joined to them there.
fn begin(text: &str, at: usize) -> Option<usize> {
    let at = with_article(text, at);
    let before = text.get(..at)?.trim_end();
    let is_line = text.get(before.len()..at).is_some_and(|gap| gap.contains('\n'));
    let is_new = is_line || before.ends_with(['.', ';', '!', '?']);
    // "Collaboration between Housing and the ICB to …" has one duty: only a second one is another part.
    let sentence = crate::text::lower(before.rsplit(['.', ';', '\n']).next().unwrap_or_default());
    let is_second = || DUTIES.iter().any(|duty| sentence.contains(duty));
    let is_joined = JOINTS.iter().any(|joint| sentence.ends_with(joint)) && is_second();
    Some(at).filter(|_| (is_new || is_joined) && !before.is_empty())
}

const ARTICLES: [&str; 6] = ["the ", "The ", "a ", "A ", "an ", "An "];

/// "the ICB" begins at its article.
pub fn with_article(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    let article = ARTICLES.iter().find(|article| before.ends_with(*article));
    let begin = article.map_or(at, |article| at - article.len());
    let is_word = text.get(..begin).is_some_and(|before| before.ends_with(char::is_alphanumeric));
    if is_word { at } else { begin }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proposed<'a>(text: &'a str, names: &[&str], count: usize) -> Vec<&'a str> {
        let names: Vec<String> = names.iter().map(ToString::to_string).collect();
        let places = places(text, &names, count);
        places.iter().filter(|place| place.is_proposed).map(|place| text.get(place.at..).unwrap()).collect()
    }

    #[test]
    fn a_part_begins_at_the_duty_of_another_lead() {
        let text = "Harbour Police to publish guidance, and the ICB to train its nurses by July 2027";
        let names = ["Harbour Police", "ICB"];
        assert_eq!(proposed(text, &names, 2), ["the ICB to train its nurses by July 2027"]);
        let talk = "Harbour Police to talk to the ICB to learn what it needs";
        assert_eq!(proposed(talk, &names, 2), Vec::<&str>::new(), "the ICB is not said to do anything");
        let one = "Collaboration between Housing and the ICB to check every case";
        assert_eq!(proposed(one, &["Housing", "ICB"], 2), Vec::<&str>::new());
        let lines = "Harbour Police will publish it\nICB will train";
        assert_eq!(proposed(lines, &names, 1), ["ICB will train"]);
    }

    #[test]
    fn numbered_lines_come_first_and_sentences_only_where_their_number_says_so() {
        assert_eq!(proposed("1. Write it. Send it\n2. Train", &[], 1), ["2. Train"]);
        assert_eq!(places("1. Write it\n2. Train", &[], 1).len(), 1, "a number is no sentence");
        assert_eq!(proposed("• Write\n• Train:\n1. nurses\n2. doctors", &[], 1), ["• Train:\n1. nurses\n2. doctors"]);
        assert_eq!(proposed("Review every month:\n• who leads\n• who helps", &[], 1), Vec::<&str>::new());
        assert_eq!(proposed("Write a guide\n• with a picture\nAction: Train", &[], 1), ["Action: Train"]);
        let list = "Leads to:\n• report to the board\n• update it on housing";
        assert_eq!(proposed(list, &[], 2), ["• update it on housing"], "as many as there are leads and dates");
        assert_eq!(proposed(list, &[], 1), Vec::<&str>::new());
        assert_eq!(proposed("Write it. Send it.", &[], 2), ["Send it."]);
        assert_eq!(proposed("Write it. Send it.", &[], 1), Vec::<&str>::new());
        assert_eq!(places("Write it. Send it and check it.", &[], 1).len(), 2, "and can still be chosen");
    }
}

//! One of many: an action for each of several organisations, with progress from one only.

use super::super::party::PartyKind;
use super::Challenge;
use super::quote::one_line;
use super::seen::{START, Seen};

/// What a word that counts organisations may be followed by, up to the organisation itself.
const ORGANISATIONS: [&str; 24] = [
    "agencies",
    "agency",
    "authorities",
    "authority",
    "borough",
    "boroughs",
    "council",
    "councils",
    "department",
    "departments",
    "district",
    "districts",
    "force",
    "forces",
    "organisation",
    "organisations",
    "organization",
    "organizations",
    "partner",
    "partners",
    "school",
    "schools",
    "trust",
    "trusts",
];

/// The words after which "each" names those who do it, rather than those it is done for.
const DOERS: [&str; 9] = ["from", "by", "that", "ensure", "ensures", "ask", "asks", "require", "request"];

/// Names of organisations end in, or hold, one of these.
const NAMES: [&str; 20] = [
    "Association",
    "Authority",
    "Board",
    "CCG",
    "College",
    "Council",
    "Foundation",
    "Group",
    "Homes",
    "Hospital",
    "Housing",
    "ICB",
    "NHS",
    "Partnership",
    "Police",
    "Probation",
    "School",
    "Service",
    "Services",
    "Trust",
];

/// Green for each organisation, but progress is from one of them only.
pub(super) fn one_of_all(seen: &Seen<'_>) -> Option<Challenge> {
    let word = seen.settled?;
    let many = asked_of_many(seen)?;
    if seen.said.is_empty() || seen.said.iter().any(|said| is_of_many(said.text)) {
        return None;
    }
    let (entry, one) = only_one(seen)?;
    let quote = seen.words(entry, START);
    let sentence = format!("{word} for “{many}”, but progress names only {one}: {}", quote.words);
    Some(Challenge { sentence, place: quote.place })
}

/// The words that ask it of several: in the action, or the name of a lead that stands for all.
fn asked_of_many(seen: &Seen<'_>) -> Option<String> {
    let words: Vec<&str> = seen.action.text().split_whitespace().collect();
    let found = (0..words.len()).find_map(|at| {
        let len = counted(words.get(at..)?)?;
        let is_doer = at == 0 || words.get(at - 1).is_some_and(|before| is_doer(before));
        let named = words.get(at..=at + len).filter(|_| is_doer)?;
        Some(one_line(&named.join(" ")).trim_end_matches([',', ':', ';']).to_owned())
    });
    let for_all = || {
        let mut leads = seen.action.leads().iter().map(|lead| lead.party);
        let is_everyone = |id| seen.register.party(id).is_some_and(|party| party.kind() == PartyKind::Everyone);
        leads.find(|id| is_everyone(*id)).map(|id| seen.register.party_name(id).to_owned())
    };
    found.or_else(for_all)
}

fn is_doer(before: &str) -> bool {
    before.ends_with(['.', ':', ';', '•', '-']) || DOERS.iter().any(|doer| doer.eq_ignore_ascii_case(before))
}

/// "each District and Borough Council", "all of the agencies": how many words to the organisation.
fn counted(words: &[&str]) -> Option<usize> {
    let first = words.first()?;
    if !["each", "every", "all", "both"].iter().any(|count| count.eq_ignore_ascii_case(first)) {
        return None;
    }
    let is_end = |word: &str| word.ends_with(['.', ',', ';', ':']);
    let stops = ["to", "for", "from", "with", "in", "by", "at", "on"];
    let mut last = None;
    for (at, word) in words.iter().enumerate().skip(1).take(5) {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        if stops.contains(&bare) || (at > 3 && last.is_none()) {
            break;
        }
        if ORGANISATIONS.iter().any(|one| one.eq_ignore_ascii_case(bare)) {
            last = Some(at);
        }
        if is_end(word) {
            break;
        }
    }
    last
}

/// Whether progress itself mentions several: "all partners", "councils have", "both forces".
fn is_of_many(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_plural = |word: &&str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        bare.ends_with('s') && ORGANISATIONS.iter().any(|one| one.eq_ignore_ascii_case(bare))
    };
    words.iter().any(is_plural) || (0..words.len()).any(|at| words.get(at..).and_then(counted).is_some())
}

/// The one organisation that progress names as doing it: after "by" or "from", or as whose update it is.
fn only_one(seen: &Seen<'_>) -> Option<(usize, String)> {
    let named =
        seen.said.iter().enumerate().flat_map(|(at, said)| doers(said.text).into_iter().map(move |run| (at, run)));
    let mut named: Vec<(usize, String)> = named.collect();
    named.dedup_by(|a, b| a.1 == b.1);
    match named.as_slice() {
        [(at, run)] => (!is_list(run)).then(|| (*at, run.clone())),
        [] => {
            let by = seen.said.first()?.by?;
            let is_same = seen.said.iter().all(|said| said.by == Some(by)) && !is_list(by);
            is_same.then(|| (0, by.to_owned()))
        }
        [_, _, ..] => None,
    }
}

/// Names of organisations after "by" or "from"; a list of several is one run.
fn doers(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let after = |at: usize| words.get(at + 1..).unwrap_or_default();
    let begins = words.iter().enumerate().filter(|(_, word)| matches!(**word, "by" | "from" | "(by" | "(from"));
    let runs = begins.map(|(at, _)| run(after(at)));
    runs.filter(|run| run.split(' ').any(|word| NAMES.contains(&word))).collect()
}

/// The capitalised words that a text begins with, and the small words between them.
fn run(words: &[&str]) -> String {
    let is_small = |word: &str| matches!(word, "the" | "of" | "and" | "&" | "for");
    let is_part = |word: &&&str| word.starts_with(char::is_uppercase) || is_small(word);
    let mut run: Vec<&str> = Vec::new();
    for word in words.iter().take_while(is_part) {
        run.push(word.trim_end_matches(['.', ';', ')', ':']));
        if word.ends_with(['.', ';', ')', ':']) {
            break;
        }
    }
    while run.last().is_some_and(|word| is_small(word)) {
        run.pop();
    }
    run.strip_prefix(&["the"]).unwrap_or(&run).join(" ")
}

fn is_list(run: &str) -> bool {
    run.contains([',', '&', '/', ';']) || run.split(' ').any(|word| word == "and")
}

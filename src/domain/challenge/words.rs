//! Questions about what progress says, and does not say.

use super::super::action::Action;
use super::super::crossref;
use super::super::query::is_done;
use super::phrases::{Found, Tells};
use super::seen::{Quote, START, Seen};
use super::{Challenge, quote};

/// How many actions of a plan are checked to see whether its progress is recorded at all.
const LOOKED_AT: usize = 200;

/// Words that say that something is done, but not what, when or how.
const NOTHING_BUT: [&str; 18] = [
    "achieved",
    "action",
    "actioned",
    "all",
    "been",
    "closed",
    "complete",
    "completed",
    "done",
    "fully",
    "has",
    "implemented",
    "is",
    "met",
    "now",
    "task",
    "this",
    "yes",
];

/// Not raised in a log that holds no progress: its empty cells say nothing about this action.
pub(super) fn without_progress(seen: &Seen<'_>) -> Option<Challenge> {
    let word = seen.settled.filter(|_| seen.said.is_empty())?;
    let plan = seen.register.plan(seen.action.plan)?;
    let has_progress = |action: &Action| action.progress().next().is_some();
    let is_usual = seen.register.actions_of(plan).take(LOOKED_AT).any(has_progress);
    is_usual.then(|| Challenge::plain(format!("{word}, but no progress is recorded at all")))
}

/// "Completed", and nothing more.
pub(super) fn nothing_but_done(seen: &Seen<'_>) -> Option<Challenge> {
    let word = seen.settled?;
    let [said] = seen.said.as_slice() else { return None };
    let mut words = said.text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    words.peek()?;
    let is_bare = words.all(|word| NOTHING_BUT.iter().any(|known| known.eq_ignore_ascii_case(word)));
    let quote = seen.words(0, START);
    (is_bare && said.date.is_none()).then(|| Challenge {
        sentence: format!("{word}, and all that progress says is {}", quote.words),
        place: quote.place,
    })
}

/// What it refers to is not done, though this is rated as done.
pub(super) fn points_to_unfinished(seen: &Seen<'_>) -> Option<Challenge> {
    let word = seen.settled?;
    let (entry, found) = pointer(seen)?;
    let text = seen.said.get(entry)?.text;
    let meant = crossref::meant(seen.register, seen.action, text, &found);
    let open = meant.iter().filter_map(|id| seen.register.action(*id)).find(|other| !is_done(seen.register, other))?;
    let rating = open.rating().unwrap_or("not rated");
    let what = format!("{word}, but it refers to {}, which is {rating}", seen.register.reference(open));
    Some(Challenge::quoting(&what, &seen.words(entry, place(&found))))
}

pub(super) fn points_elsewhere(seen: &Seen<'_>) -> Option<Challenge> {
    let (entry, found) = pointer(seen)?;
    let is_all = found.is_all_of(seen.said.get(entry)?.text);
    is_all.then(|| Challenge::quoting("Progress only refers elsewhere", &seen.words(entry, place(&found))))
}

pub(super) fn still_to_come(seen: &Seen<'_>) -> Option<Challenge> {
    told(seen, Tells::Later, "but progress says that something is still to be done")
}

/// Not raised where starting it was the whole action: "Convene a group" is done when it is convened.
pub(super) fn only_begun(seen: &Seen<'_>) -> Option<Challenge> {
    let challenge = told(seen, Tells::Begun, "but progress reports only a beginning")?;
    let asked = seen.action.text().to_ascii_lowercase();
    let told = challenge.sentence.to_ascii_lowercase();
    let stems = ["conven", "draft", "recruit", "book", "begin", "commence"];
    (!stems.iter().any(|stem| asked.contains(stem) && told.contains(stem))).then_some(challenge)
}

pub(super) fn not_all_of_it(seen: &Seen<'_>) -> Option<Challenge> {
    told(seen, Tells::NotAll, "but progress says that not all was done")
}

pub(super) fn in_another_way(seen: &Seen<'_>) -> Option<Challenge> {
    told(seen, Tells::Instead, "but not in the way planned")
}

/// The document says that it is complete, but it is not rated so.
pub(super) fn done_but_not_rated_so(seen: &Seen<'_>) -> Option<Challenge> {
    if seen.settled.is_some() {
        return None;
    }
    let (entry, quote) = seen.said.iter().enumerate().rev().find_map(|(at, said)| Some((at, said_done(said.text)?)))?;
    let rating = seen.action.rating().unwrap_or("Not rated");
    let quote = seen.words(entry, quote);
    Some(Challenge { sentence: format!("{rating}, but progress says {}", quote.words), place: quote.place })
}

fn told(seen: &Seen<'_>, tells: Tells, what: &str) -> Option<Challenge> {
    let word = seen.settled?;
    let quote: Quote = seen.not_overtaken(tells)?;
    Some(Challenge::quoting(&format!("{word}, {what}"), &quote))
}

/// The last reference in the progress: which entry, and where in it.
fn pointer(seen: &Seen<'_>) -> Option<(usize, crossref::Found)> {
    seen.said.iter().enumerate().rev().find_map(|(at, said)| Some((at, crossref::find(said.text).pop()?)))
}

fn place(found: &crossref::Found) -> Found {
    Found { at: found.at, len: found.len }
}

/// Where a sentence says that the action is complete: "Completed March 2022", "this action is now complete"; not
/// "Completed a review", which was only part of it.
fn said_done(text: &str) -> Option<Found> {
    let lower = text.to_ascii_lowercase();
    super::phrases::word_starts(&lower).find_map(|at| {
        let (before, rest) = lower.split_at_checked(at)?;
        let after = rest.strip_prefix("completed").or_else(|| rest.strip_prefix("complete"))?;
        let sentence =
            before.get(quote::sentence(&lower, Found { at, len: 0 }).0..)?.trim_matches([' ', '\n', '•', '-']);
        let is_end = after.trim_start().is_empty() || after.starts_with(['.', ',', ':', ';', '\n', ')', '–', '-']);
        let next = after.split_whitespace().next().unwrap_or("");
        let is_dated = next.starts_with(|c: char| c.is_ascii_digit()) || super::super::date_text::month(next).is_some();
        let says_all = sentence.is_empty() && (is_end || is_dated || matches!(next, "and" | "in" | "on" | "by"));
        let says_so = is_end
            && ["action is", "action has been", "action marked as", "action has been marked as", "action is now"]
                .iter()
                .any(|words| sentence.ends_with(words));
        (says_all || says_so).then_some(Found { at, len: 8 })
    })
}

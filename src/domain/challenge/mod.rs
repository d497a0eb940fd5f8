//! Challenges: what a chair might ask about an action, with the words that raise the question.

mod phrases;
#[cfg(test)]
mod tests;
mod when;

use chrono::{Datelike, NaiveDate};

use super::action::Action;
use super::progress::EntryOrigin;
use super::query::is_settled;
use super::register::Register;
use super::target::{PartialDate, Target};
use phrases::{Found, Last, Tells, excerpt};

/// Asks one question; `None` where there is nothing to ask.
type Ask = fn(&Seen<'_>) -> Option<String>;

/// Every question but the last resort, in the order in which they are shown.
const QUESTIONS: [Ask; 10] = [
    without_progress,
    moved_often,
    pointing_elsewhere,
    another_year,
    late,
    still_to_come,
    only_begun,
    not_all_of_it,
    in_another_way,
    done_but_not_rated_so,
];

/// The questions that an action raises, each a sentence without full stop; none for most. Suggestions only: nothing
/// changes by them (product rule 7), and they never make an action overdue (product rule 2). A closed action is asked
/// nothing: whoever agreed to close it has looked at the evidence.
pub fn challenges(register: &Register, action: &Action, today: NaiveDate) -> Vec<String> {
    if action.is_closed() {
        return Vec::new();
    }
    let seen = Seen::new(register, action, today);
    let asked: Vec<String> =
        QUESTIONS.iter().filter_map(|ask| ask(&seen)).filter(|question| !is_dismissed(action, question)).collect();
    // "When was it done?" could be asked of most settled actions: only where there is nothing better to ask.
    let last = || without_date(&seen).filter(|question| !is_dismissed(action, question));
    if asked.is_empty() { last().into_iter().collect() } else { asked }
}

/// Whether somebody put a question aside. Its numbers do not count: "late by 3 days" is the same question a day later.
fn is_dismissed(action: &Action, question: &str) -> bool {
    let steady = |text: &str| text.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
    action.dismissed().iter().any(|one| steady(&one.challenge) == steady(question))
}

/// Whether there is any question: the same as asking for all, and cheaper.
pub fn is_challenged(register: &Register, action: &Action, today: NaiveDate) -> bool {
    if action.is_closed() {
        return false;
    }
    let seen = Seen::new(register, action, today);
    let mut asked = QUESTIONS.iter().chain(&[without_date as Ask]).filter_map(|ask| ask(&seen));
    asked.any(|question| !is_dismissed(action, &question))
}

/// An action as the questions look at it.
struct Seen<'a> {
    action: &'a Action,
    /// The rating's word, where the scheme calls it settled.
    settled: Option<&'a str>,
    said: Vec<Said<'a>>,
    /// What progress dates: entries as the document dated them, and the months that any entry names. An entry written
    /// here is dated by when it was said, which is no witness of when a thing was done.
    evidence: Vec<Evidence>,
    today: NaiveDate,
}

/// A progress entry's text and the phrases in it.
struct Said<'a> {
    text: &'a str,
    last: Last,
}

/// A day or month to which progress bears witness, and where: which entry, and where in it.
struct Evidence {
    date: PartialDate,
    entry: usize,
    found: Found,
}

/// The beginning of a text.
const START: Found = Found { at: 0, len: 0 };

impl<'a> Seen<'a> {
    fn new(register: &Register, action: &'a Action, today: NaiveDate) -> Seen<'a> {
        let settled = action.rating().filter(|_| is_settled(register, action));
        let mut seen = Seen { action, settled, said: Vec::new(), evidence: Vec::new(), today };
        for (place, entry) in action.progress().enumerate() {
            let said = &entry.said;
            // Places must be the same in both texts, so only ASCII letters change.
            let lower = said.text.to_ascii_lowercase();
            let evidence = |(date, found)| Evidence { date, entry: place, found };
            // The words that name a day are better to quote than the beginning of the entry: they come later.
            let dated = said.date.filter(|_| said.origin == EntryOrigin::Imported);
            seen.evidence.extend(dated.map(|date| evidence((date, START))));
            seen.evidence.extend(when::mentions(&lower).into_iter().map(evidence));
            seen.said.push(Said { text: &said.text, last: Last::in_text(&lower) });
        }
        seen
    }

    /// The target that gives the last day.
    fn target(&self) -> Option<(&'a Target, NaiveDate)> {
        let due = self.action.due()?;
        let target = self.action.targets().iter().find(|target| target.last() == Some(due))?;
        Some((target, due))
    }

    /// The sentence of an entry in which something was found.
    fn words(&self, entry: usize, found: Found) -> String {
        self.said.get(entry).map_or_else(String::new, |said| excerpt(said.text, &found))
    }

    /// Where the last such phrase stands: which entry, and where in it.
    fn last(&self, tells: Tells) -> Option<(usize, Found)> {
        self.said.iter().enumerate().rev().find_map(|(at, said)| Some((at, said.last.of(tells)?)))
    }

    /// The words around the last such phrase, unless something said after it is done.
    fn not_overtaken(&self, tells: Tells) -> Option<String> {
        let (entry, found) = self.last(tells)?;
        let done = self.last(Tells::Done).map(|(entry, found)| (entry, found.at));
        let is_overtaken = done.is_some_and(|done| done > (entry, found.at));
        (!is_overtaken).then(|| self.words(entry, found))
    }
}

fn without_progress(seen: &Seen<'_>) -> Option<String> {
    let word = seen.settled.filter(|_| seen.said.is_empty())?;
    Some(format!("{word}, but no progress is recorded at all"))
}

fn moved_often(seen: &Seen<'_>) -> Option<String> {
    (seen.settled.is_none() && seen.action.slips > 2)
        .then(|| format!("The target was moved {} times", seen.action.slips))
}

fn pointing_elsewhere(seen: &Seen<'_>) -> Option<String> {
    let (entry, found) = seen.last(Tells::Elsewhere)?;
    Some(format!("Progress only points elsewhere: {}", seen.words(entry, found)))
}

/// The month of the target, but of the year after or before: one of the two may be a slip of the pen.
fn another_year(seen: &Seen<'_>) -> Option<String> {
    let (target, due) = seen.target()?;
    let evidence = seen.evidence.iter().find(|evidence| is_year_off(evidence.date, due))?;
    let words = seen.words(evidence.entry, evidence.found);
    Some(format!("The target is {}, but progress says {words}: the same month of another year", target.raw))
}

/// Late but settled: the latest that progress speaks of is after the target; or it was rated so after the target.
fn late(seen: &Seen<'_>) -> Option<String> {
    let (word, (target, due)) = seen.settled.zip(seen.target())?;
    if seen.evidence.iter().any(|evidence| is_year_off(evidence.date, due)) {
        return None;
    }
    let latest = seen.evidence.iter().max_by_key(|evidence| evidence.date.first());
    if let Some(latest) = latest.filter(|latest| latest.date.first().is_some_and(|first| first > due)) {
        let words = seen.words(latest.entry, latest.found);
        return Some(format!("{word}, but after its target {}: {words}", target.raw));
    }
    let rated = seen.action.rating.head().filter(|head| head.id != seen.action.id && head.day > due)?;
    Some(format!("{word} only since {}, after its target {}", rated.day.format("%-d %b %Y"), target.raw))
}

/// Settled and past its target, but nothing says when it was done.
fn without_date(seen: &Seen<'_>) -> Option<String> {
    let (word, (target, due)) = seen.settled.zip(seen.target())?;
    let said = seen.said.last().filter(|_| due < seen.today && seen.evidence.is_empty())?;
    let words = excerpt(said.text, &START);
    Some(format!("{word} for {}, but nothing says when it was done: {words}", target.raw))
}

fn still_to_come(seen: &Seen<'_>) -> Option<String> {
    let word = seen.settled?;
    seen.not_overtaken(Tells::Later)
        .map(|words| format!("{word}, but progress speaks of what is still to come: {words}"))
}

fn only_begun(seen: &Seen<'_>) -> Option<String> {
    let word = seen.settled?;
    seen.not_overtaken(Tells::Begun).map(|words| format!("{word}, but progress tells of a beginning: {words}"))
}

fn not_all_of_it(seen: &Seen<'_>) -> Option<String> {
    let word = seen.settled?;
    seen.not_overtaken(Tells::NotAll).map(|words| format!("{word}, but progress says that not all was done: {words}"))
}

fn in_another_way(seen: &Seen<'_>) -> Option<String> {
    let word = seen.settled?;
    seen.not_overtaken(Tells::Instead).map(|words| format!("{word}, but in another way than planned: {words}"))
}

/// The document says that it is complete, and nobody has rated it so.
fn done_but_not_rated_so(seen: &Seen<'_>) -> Option<String> {
    let said = seen.said.last()?;
    let is_done = said.text.trim_start().get(..8).is_some_and(|start| start.eq_ignore_ascii_case("complete"));
    if !is_done || seen.settled.is_some() {
        return None;
    }
    let rating = seen.action.rating().unwrap_or("Not rated");
    Some(format!("{rating}, but progress says {}", excerpt(said.text, &START)))
}

fn is_year_off(date: PartialDate, due: NaiveDate) -> bool {
    date.month == Some(due.month()) && (date.year - due.year()).abs() == 1
}

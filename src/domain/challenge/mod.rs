//! Challenges: what a chair might ask about an action, with the words that raise the question.

mod phrases;
#[cfg(test)]
mod tests;
mod when;

use chrono::NaiveDate;

use super::action::Action;
use super::progress::{Entry, EntryOrigin};
use super::query::is_settled;
use super::register::Register;
use super::target::{PartialDate, Target};
use phrases::{BEGUN, DONE, ELSEWHERE, Found, INSTEAD, LATER, NOT_ALL, excerpt, last_of};

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
/// changes by them (product rule 7), and they never make an action overdue (product rule 2).
pub fn challenges(register: &Register, action: &Action, today: NaiveDate) -> Vec<String> {
    let seen = Seen::new(register, action, today);
    let asked: Vec<String> = QUESTIONS.iter().filter_map(|ask| ask(&seen)).collect();
    // "When was it done?" could be asked of most settled actions: only where there is nothing better to ask.
    if asked.is_empty() { without_date(&seen).into_iter().collect() } else { asked }
}

/// Whether there is any question: the same as asking for all, and cheaper.
pub fn is_challenged(register: &Register, action: &Action, today: NaiveDate) -> bool {
    let seen = Seen::new(register, action, today);
    QUESTIONS.iter().chain(&[without_date as Ask]).any(|ask| ask(&seen).is_some())
}

/// An action as the questions look at it.
struct Seen<'a> {
    action: &'a Action,
    /// The rating's word, where the scheme calls it settled.
    settled: Option<&'a str>,
    entries: Vec<&'a Entry>,
    today: NaiveDate,
}

/// A day or month to which progress bears witness.
struct Evidence {
    date: PartialDate,
    words: String,
}

impl<'a> Seen<'a> {
    fn new(register: &Register, action: &'a Action, today: NaiveDate) -> Seen<'a> {
        let settled = action.rating().filter(|_| is_settled(register, action));
        Seen { action, settled, entries: action.progress().collect(), today }
    }

    /// The target that gives the last day.
    fn target(&self) -> Option<(&'a Target, NaiveDate)> {
        let due = self.action.due()?;
        let target = self.action.targets().iter().find(|target| target.last() == Some(due))?;
        Some((target, due))
    }

    /// What progress dates: entries as the document dated them, and the months that any entry names. An entry written
    /// here is dated by when it was said, which is no witness of when a thing was done.
    fn evidence(&self) -> Vec<Evidence> {
        let dated = self.entries.iter().filter(|entry| entry.said.origin == EntryOrigin::Imported);
        let dated = dated.filter_map(|entry| {
            Some(Evidence { date: entry.said.date?, words: excerpt(&entry.said.text, &Found { at: 0, len: 0 }) })
        });
        let named = self.entries.iter().flat_map(|entry| {
            let text = &entry.said.text;
            let evidence = |(date, found)| Evidence { date, words: excerpt(text, &found) };
            when::mentions(text).into_iter().map(evidence)
        });
        named.chain(dated).collect()
    }

    /// Where the last of these phrases stands: which entry, and where in it.
    fn last(&self, phrases: &[&str]) -> Option<(usize, Found)> {
        let found = self.entries.iter().enumerate().rev();
        found.filter_map(|(at, entry)| Some((at, last_of(&entry.said.text, phrases)?))).next()
    }

    /// The words around the last of these phrases, unless something said after it is done.
    fn not_overtaken(&self, phrases: &[&str]) -> Option<String> {
        let (entry, found) = self.last(phrases)?;
        let done = self.last(&DONE).map(|(entry, found)| (entry, found.at));
        if done.is_some_and(|done| done > (entry, found.at)) {
            return None;
        }
        self.entries.get(entry).map(|entry| excerpt(&entry.said.text, &found))
    }
}

fn without_progress(seen: &Seen<'_>) -> Option<String> {
    let word = seen.settled.filter(|_| seen.entries.is_empty())?;
    Some(format!("{word}, but no progress is recorded at all"))
}

fn moved_often(seen: &Seen<'_>) -> Option<String> {
    let is_open = seen.settled.is_none() && !seen.action.is_closed();
    (is_open && seen.action.slips > 2).then(|| format!("The target was moved {} times", seen.action.slips))
}

fn pointing_elsewhere(seen: &Seen<'_>) -> Option<String> {
    let (entry, found) = seen.last(&ELSEWHERE)?;
    let words = seen.entries.get(entry).map(|entry| excerpt(&entry.said.text, &found))?;
    Some(format!("Progress only points elsewhere: {words}"))
}

/// The month of the target, but of the year after or before: one of the two may be a slip of the pen.
fn another_year(seen: &Seen<'_>) -> Option<String> {
    let (target, due) = seen.target()?;
    let evidence = seen.evidence().into_iter().find(|evidence| is_year_off(evidence.date, due))?;
    Some(format!("The target is {}, but progress says {}: the same month of another year", target.raw, evidence.words))
}

/// Late but settled: the latest that progress speaks of is after the target; or it was rated so after the target.
fn late(seen: &Seen<'_>) -> Option<String> {
    let (word, (target, due)) = seen.settled.zip(seen.target())?;
    let evidence = seen.evidence();
    if evidence.iter().any(|evidence| is_year_off(evidence.date, due)) {
        return None;
    }
    let latest = evidence.into_iter().max_by_key(|evidence| evidence.date.first());
    if let Some(latest) = latest.filter(|latest| latest.date.first().is_some_and(|first| first > due)) {
        return Some(format!("{word}, but after its target {}: {}", target.raw, latest.words));
    }
    let rated = seen.action.rating.head().filter(|head| head.id != seen.action.id && head.day > due)?;
    Some(format!("{word} only since {}, after its target {}", rated.day.format("%-d %b %Y"), target.raw))
}

/// Settled and past its target, but nothing says when it was done.
fn without_date(seen: &Seen<'_>) -> Option<String> {
    let (word, (target, due)) = seen.settled.zip(seen.target())?;
    let said = seen.entries.last().filter(|_| due < seen.today && seen.evidence().is_empty())?;
    let words = excerpt(&said.said.text, &Found { at: 0, len: 0 });
    Some(format!("{word} for {}, but nothing says when it was done: {words}", target.raw))
}

fn still_to_come(seen: &Seen<'_>) -> Option<String> {
    let word = seen.settled?;
    seen.not_overtaken(&LATER).map(|words| format!("{word}, but progress speaks of what is still to come: {words}"))
}

fn only_begun(seen: &Seen<'_>) -> Option<String> {
    let word = seen.settled?;
    seen.not_overtaken(&BEGUN).map(|words| format!("{word}, but progress tells of a beginning: {words}"))
}

fn not_all_of_it(seen: &Seen<'_>) -> Option<String> {
    let word = seen.settled?;
    seen.not_overtaken(&NOT_ALL).map(|words| format!("{word}, but progress says that not all was done: {words}"))
}

fn in_another_way(seen: &Seen<'_>) -> Option<String> {
    let word = seen.settled?;
    seen.not_overtaken(&INSTEAD).map(|words| format!("{word}, but in another way than planned: {words}"))
}

/// The document says that it is complete, and nobody has rated it so.
fn done_but_not_rated_so(seen: &Seen<'_>) -> Option<String> {
    let text = seen.entries.last().map(|entry| entry.said.text.trim_start())?;
    let is_done = text.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("complete"));
    if !is_done || seen.settled.is_some() || seen.action.is_closed() {
        return None;
    }
    let rating = seen.action.rating().unwrap_or("Not rated");
    Some(format!("{rating}, but progress says {}", excerpt(text, &Found { at: 0, len: 0 })))
}

fn is_year_off(date: PartialDate, due: NaiveDate) -> bool {
    use chrono::Datelike;
    date.month == Some(due.month()) && (date.year - due.year()).abs() == 1
}

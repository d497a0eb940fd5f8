//! An action as the challenges see it: its rating, what was said, and the days and months in its progress.

use chrono::NaiveDate;

use super::super::action::Action;
use super::super::progress::EntryOrigin;
use super::super::query::is_settled;
use super::super::register::Register;
use super::super::target::{PartialDate, Target};
use super::phrases::{Found, Last, Tells};
use super::quote::{excerpt, sentence};
use super::when;

pub(super) struct Seen<'a> {
    pub register: &'a Register,
    pub action: &'a Action,
    /// The rating's word, where the scheme calls it settled.
    pub settled: Option<&'a str>,
    pub said: Vec<Said<'a>>,
    /// What progress dates: entries as the document dated them, and the months that any entry names. An entry written
    /// here is dated by when it was said, which is not evidence of when a thing was done.
    pub evidence: Vec<Evidence>,
    pub today: NaiveDate,
}

/// A progress entry's text and the phrases in it.
pub(super) struct Said<'a> {
    pub text: &'a str,
    pub date: Option<PartialDate>,
    pub by: Option<&'a str>,
    last: Last,
}

/// A day or month that progress gives, and where: which entry, and where in it.
#[derive(Clone, Copy)]
pub(super) struct Evidence {
    pub date: PartialDate,
    pub entry: usize,
    pub found: Found,
    /// Its sentence is about the future, so it dates nothing done.
    pub is_ahead: bool,
}

/// Words that raise a challenge.
pub(super) struct Quote {
    pub words: String,
    /// The entry, and where in it the sentence begins; none for words outside the progress.
    pub place: Option<(usize, usize)>,
}

/// The beginning of a text.
pub(super) const START: Found = Found { at: 0, len: 0 };

impl<'a> Seen<'a> {
    pub fn new(register: &'a Register, action: &'a Action, today: NaiveDate) -> Seen<'a> {
        let settled = action.rating().filter(|_| is_settled(register, action));
        let mut seen = Seen { register, action, settled, said: Vec::new(), evidence: Vec::new(), today };
        for (place, entry) in action.progress().enumerate() {
            let said = &entry.said;
            // Places must be the same in both texts, so only ASCII letters change.
            let lower = said.text.to_ascii_lowercase();
            let mut ahead = Ahead::default();
            let evidence = |(date, found)| Evidence { date, entry: place, found, is_ahead: ahead.is(&lower, found) };
            // The words that name a day are better to quote than the beginning of the entry: they come later.
            let dated = said.date.filter(|_| said.origin == EntryOrigin::Imported);
            seen.evidence.extend(dated.map(|date| Evidence { date, entry: place, found: START, is_ahead: false }));
            seen.evidence.extend(when::mentions(&lower).into_iter().map(evidence));
            let last = Last::in_text(&lower);
            seen.said.push(Said { text: &said.text, date: dated, by: said.by.as_deref(), last });
        }
        seen
    }

    /// The target that gives the last day.
    pub fn target(&self) -> Option<(&'a Target, NaiveDate)> {
        let due = self.action.due()?;
        let target = self.action.targets().iter().find(|target| target.last() == Some(due))?;
        Some((target, due))
    }

    /// The sentence of an entry in which something was found.
    pub fn words(&self, entry: usize, found: Found) -> Quote {
        let text = self.said.get(entry).map_or("", |said| said.text);
        Quote { words: excerpt(text, found), place: Some((entry, sentence(text, found).0)) }
    }

    /// What says that something was done, or will be, on a day.
    pub fn done_on(&self) -> impl Iterator<Item = &Evidence> {
        self.evidence.iter().filter(|evidence| !evidence.is_ahead)
    }

    /// The words around the last such phrase, unless something said after it is done.
    pub fn not_overtaken(&self, tells: Tells) -> Option<Quote> {
        let (entry, found) = self.last(tells)?;
        let done = self.last(Tells::Done).map(|(entry, found)| (entry, found.at));
        let is_overtaken = done.is_some_and(|done| done > (entry, found.at));
        (!is_overtaken).then(|| self.words(entry, found))
    }

    /// Where the last such phrase is: which entry, and where in it.
    fn last(&self, tells: Tells) -> Option<(usize, Found)> {
        self.said.iter().enumerate().rev().find_map(|(at, said)| Some((at, said.last.of(tells)?)))
    }
}

impl Quote {
    pub fn outside(words: String) -> Quote {
        Quote { words, place: None }
    }
}

/// Whether a sentence is about the future; the last sentence checked is remembered, because one may name many days.
#[derive(Default)]
struct Ahead {
    last: Option<((usize, usize), bool)>,
}

impl Ahead {
    fn is(&mut self, lower: &str, found: Found) -> bool {
        let (start, end) = sentence(lower, found);
        if let Some((_, is_ahead)) = self.last.filter(|(place, _)| *place == (start, end)) {
            return is_ahead;
        }
        let is_ahead = lower.get(start..end).is_some_and(|words| Last::in_text(words).of(Tells::Later).is_some());
        self.last = Some(((start, end), is_ahead));
        is_ahead
    }
}

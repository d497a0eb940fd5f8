//! What lists and counts ask of every action: kept beside it, so that an action is read only where more of it is wanted.

use chrono::{Days, NaiveDate};

use super::action::Action;
use super::conflict;
use super::id::Id;
use super::query;
use super::register::Register;

/// An action in outline.
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outline<'a> {
    pub id: Id,
    pub plan: Id,
    pub recommendation: Option<Id>,
    /// The reference stored with it; empty where none is.
    pub reference: &'a str,
    /// The rating's word; none for "not rated".
    pub rating: Option<&'a str>,
    /// The last day on which it can still be done on time.
    pub due: Option<NaiveDate>,
    /// Whether it has more than one target.
    pub has_targets: bool,
    pub changed: Option<NaiveDate>,
    pub flags: usize,
    pub is_closed: bool,
    /// Whether it is withdrawn, and no one has changed it since without knowing.
    pub is_hidden: bool,
    /// Whether a field of it was recorded separately by two people.
    pub in_conflict: bool,
}

impl Outline<'_> {
    pub fn of(action: &Action) -> Outline<'_> {
        Outline {
            id: action.id,
            plan: action.plan,
            recommendation: action.recommendation,
            reference: action.stored_reference().unwrap_or_default(),
            rating: action.rating(),
            due: action.due(),
            has_targets: action.targets().len() > 1,
            changed: action.changed,
            flags: action.flags().len(),
            is_closed: action.is_closed(),
            is_hidden: action.is_hidden(),
            in_conflict: conflict::is_in(action),
        }
    }

    /// Whether the scheme calls its rating settled (product rule 2).
    pub fn is_settled(&self, register: &Register) -> bool {
        query::settles(register, self.plan, self.rating)
    }

    /// Whether nothing remains to be done: settled by its rating, or closed.
    pub fn is_done(&self, register: &Register) -> bool {
        self.is_closed || self.is_settled(register)
    }

    /// Its last possible day is past, and it is neither settled nor closed (product rules 1 and 2).
    pub fn is_overdue(&self, register: &Register, today: NaiveDate) -> bool {
        self.due.is_some_and(|due| due < today) && !self.is_done(register)
    }

    /// Whether it is due from today until so many days later, and not done.
    pub fn is_due_within(&self, register: &Register, today: NaiveDate, days: u64) -> bool {
        let until = today.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX);
        self.due.is_some_and(|due| (today..=until).contains(&due)) && !self.is_done(register)
    }
}

/// The outlines of many actions, with each different text once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outlines {
    each: Vec<Kept>,
    /// All references, one after another.
    references: String,
    /// All entries, one after another.
    entries: Vec<Id>,
    /// The words of ratings.
    ratings: Vec<String>,
}

#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Kept {
    id: Id,
    plan: Id,
    recommendation: Option<Id>,
    /// Where the reference begins and ends.
    reference: (u32, u32),
    /// Where the entries begin and end.
    entries: (u32, u32),
    /// The place of the rating's word among them.
    rating: Option<u16>,
    due: Option<NaiveDate>,
    changed: Option<NaiveDate>,
    flags: u32,
    has_targets: bool,
    is_closed: bool,
    is_hidden: bool,
    in_conflict: bool,
    /// Whether the action has changed since.
    is_old: bool,
}

impl Outlines {
    /// Adds an outline, and the action's entries; false if there are more than can be kept.
    #[must_use]
    pub fn push(&mut self, outline: &Outline<'_>, entries: &[Id]) -> bool {
        let Some(kept) = self.kept(outline, entries) else { return false };
        self.each.push(kept);
        true
    }

    fn kept(&mut self, outline: &Outline<'_>, entries: &[Id]) -> Option<Kept> {
        let Outline { id, plan, recommendation, due, has_targets, changed, is_closed, is_hidden, in_conflict, .. } =
            *outline;
        let end = |length: usize| u32::try_from(length).ok();
        let (reference, first) = (end(self.references.len())?, end(self.entries.len())?);
        self.references.push_str(outline.reference);
        self.entries.extend_from_slice(entries);
        let rating = outline.rating.map(|word| self.rating(word));
        let rating = rating.map(u16::try_from).transpose().ok()?;
        let flags = u32::try_from(outline.flags).ok()?;
        Some(Kept {
            id,
            plan,
            recommendation,
            reference: (reference, end(self.references.len())?),
            entries: (first, end(self.entries.len())?),
            rating,
            due,
            changed,
            flags,
            has_targets,
            is_closed,
            is_hidden,
            in_conflict,
            is_old: false,
        })
    }

    /// The place of a rating's word.
    fn rating(&mut self, word: &str) -> usize {
        let known = self.ratings.iter().position(|other| other == word);
        known.unwrap_or_else(|| {
            self.ratings.push(word.to_owned());
            self.ratings.len() - 1
        })
    }

    pub fn len(&self) -> usize {
        self.each.len()
    }

    pub fn is_empty(&self) -> bool {
        self.each.is_empty()
    }

    /// The outline of the action at that place, unless it has changed since.
    pub fn get(&self, at: usize) -> Option<Outline<'_>> {
        let kept = self.each.get(at).filter(|kept| !kept.is_old)?;
        let (start, end) = kept.reference;
        Some(Outline {
            id: kept.id,
            plan: kept.plan,
            recommendation: kept.recommendation,
            reference: self.references.get(start as usize..end as usize)?,
            rating: kept.rating.and_then(|at| self.ratings.get(usize::from(at))).map(String::as_str),
            due: kept.due,
            has_targets: kept.has_targets,
            changed: kept.changed,
            flags: kept.flags as usize,
            is_closed: kept.is_closed,
            is_hidden: kept.is_hidden,
            in_conflict: kept.in_conflict,
        })
    }

    /// The entries of the action at that place, unless it has changed since.
    pub fn entries(&self, at: usize) -> Option<&[Id]> {
        let kept = self.each.get(at).filter(|kept| !kept.is_old)?;
        self.entries.get(kept.entries.0 as usize..kept.entries.1 as usize)
    }

    /// The action at that place is about to change.
    pub fn forget(&mut self, at: usize) {
        if let Some(kept) = self.each.get_mut(at) {
            kept.is_old = true;
        }
    }
}

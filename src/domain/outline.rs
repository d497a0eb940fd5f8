//! What lists and counts ask of every action: kept beside it, so that an action is read only where more of it is wanted.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use chrono::{Days, NaiveDate};

use super::action::{Action, Lead};
use super::conflict;
use super::id::{Id, IdHasher};
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
    pub parties: Named<'a>,
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
            parties: Named::By(action),
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

/// The parties that an action names.
#[derive(Clone, Copy, Debug)]
pub enum Named<'a> {
    By(&'a Action),
    /// Places among the parties that these actions name.
    Kept {
        all: &'a [Id],
        leads: &'a [u32],
        via: &'a [u32],
    },
}

impl<'a> Named<'a> {
    pub fn leads(self) -> impl Iterator<Item = Id> + 'a {
        self.each(|action| action.leads(), |leads, _| leads)
    }

    pub fn all(self) -> impl Iterator<Item = Id> + 'a {
        self.leads().chain(self.via())
    }

    /// Those it goes via.
    pub fn via(self) -> impl Iterator<Item = Id> + 'a {
        self.each(|action| action.via(), |_, via| via)
    }

    fn each(
        self,
        read: impl Fn(&'a Action) -> &'a [Lead],
        kept: impl Fn(&'a [u32], &'a [u32]) -> &'a [u32],
    ) -> impl Iterator<Item = Id> + 'a {
        let (read, all, kept): (&[Lead], &[Id], &[u32]) = match self {
            Named::By(action) => (read(action), &[], &[]),
            Named::Kept { all, leads, via } => (&[], all, kept(leads, via)),
        };
        read.iter().map(|lead| lead.party).chain(kept.iter().filter_map(|at| all.get(*at as usize).copied()))
    }
}

impl PartialEq for Named<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.leads().eq(other.leads()) && self.via().eq(other.via())
    }
}

impl Eq for Named<'_> {}

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
    /// The parties named, each once.
    parties: Vec<Id>,
    places: HashMap<Id, u32, BuildHasherDefault<IdHasher>>,
    /// Of all actions, one after another: the places of the leads among the parties, then of those they go via.
    named: Vec<u32>,
}

#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Kept {
    id: Id,
    plan: Id,
    recommendation: Option<Id>,
    /// Where the reference begins; it ends where the next begins, and so do the others.
    reference: u32,
    entries: u32,
    leads: u32,
    via: u32,
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
        let Some(kept) = self.kept(outline) else { return false };
        self.references.push_str(outline.reference);
        self.entries.extend_from_slice(entries);
        self.each.push(kept);
        true
    }

    fn kept(&mut self, outline: &Outline<'_>) -> Option<Kept> {
        let Outline { id, plan, recommendation, due, has_targets, changed, is_closed, is_hidden, in_conflict, .. } =
            *outline;
        let end = |length: usize| u32::try_from(length).ok();
        let leads = end(self.named.len())?;
        outline.parties.leads().try_for_each(|party| self.name(party))?;
        let via = end(self.named.len())?;
        outline.parties.via().try_for_each(|party| self.name(party))?;
        let rating = outline.rating.map(|word| self.rating(word));
        let rating = rating.map(u16::try_from).transpose().ok()?;
        let flags = u32::try_from(outline.flags).ok()?;
        Some(Kept {
            id,
            plan,
            recommendation,
            reference: end(self.references.len())?,
            entries: end(self.entries.len())?,
            leads,
            via,
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

    /// Notes a party that the next action names.
    fn name(&mut self, party: Id) -> Option<()> {
        let next = u32::try_from(self.parties.len()).ok()?;
        let at = *self.places.entry(party).or_insert(next);
        if at == next {
            self.parties.push(party);
        }
        self.named.push(at);
        Some(())
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
        let next = self.each.get(at + 1);
        let end = |all: usize, start: fn(&Kept) -> u32| next.map_or(all, |next| start(next) as usize);
        let (leads, via) = (kept.leads as usize, kept.via as usize);
        Some(Outline {
            id: kept.id,
            plan: kept.plan,
            recommendation: kept.recommendation,
            reference: self
                .references
                .get(kept.reference as usize..end(self.references.len(), |kept| kept.reference))?,
            rating: kept.rating.and_then(|at| self.ratings.get(usize::from(at))).map(String::as_str),
            due: kept.due,
            has_targets: kept.has_targets,
            changed: kept.changed,
            flags: kept.flags as usize,
            is_closed: kept.is_closed,
            is_hidden: kept.is_hidden,
            in_conflict: kept.in_conflict,
            parties: Named::Kept {
                all: &self.parties,
                leads: self.named.get(leads..via)?,
                via: self.named.get(via..end(self.named.len(), |kept| kept.leads))?,
            },
        })
    }

    /// Each action with its entries, as they were kept.
    pub fn each(&self) -> impl Iterator<Item = (Id, &[Id])> {
        let ends = self.each.iter().skip(1).map(|next| next.entries as usize).chain([self.entries.len()]);
        let entries = |kept: &Kept, end| self.entries.get(kept.entries as usize..end).unwrap_or_default();
        self.each.iter().zip(ends).map(move |(kept, end)| (kept.id, entries(kept, end)))
    }

    /// The entries of the action at that place, unless it has changed since.
    pub fn entries(&self, at: usize) -> Option<&[Id]> {
        let kept = self.each.get(at).filter(|kept| !kept.is_old)?;
        let end = self.each.get(at + 1).map_or(self.entries.len(), |next| next.entries as usize);
        self.entries.get(kept.entries as usize..end)
    }

    /// The action at that place is about to change.
    pub fn forget(&mut self, at: usize) {
        if let Some(kept) = self.each.get_mut(at) {
            kept.is_old = true;
        }
    }
}

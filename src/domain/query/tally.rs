//! Counting actions for the line above the list.

use chrono::NaiveDate;

use super::super::id::Id;
use super::super::outline::Outline;
use super::super::plan::Plan;
use super::super::rating::Level;
use super::super::register::Register;
use super::SOON;

/// How many actions there are, and their ratings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub actions: usize,
    /// Every level of the schemes concerned, in scheme order; levels of several plans with the same word count as one.
    pub by_level: Vec<(Level, usize)>,
    pub not_rated: usize,
    pub overdue: usize,
    /// Closed, or recorded as not to be implemented; counted at their ratings too.
    pub closed: usize,
    /// Due within 30 days and not done.
    pub due_soon: usize,
    /// Changed on or after the day asked for.
    pub changed: usize,
    /// Doubts of the actions; with a plan, those of its recommendations and its own too.
    pub flags: usize,
    /// Actions of which a field was recorded separately by two people.
    pub conflicts: usize,
}

/// Counts any list of actions. `since`: from which day on a change counts; `None` counts none.
pub fn tally<'a>(
    register: &Register,
    actions: impl IntoIterator<Item = Outline<'a>>,
    today: NaiveDate,
    since: Option<NaiveDate>,
) -> Tally {
    let mut counting = Counting { register, tally: Tally::default(), plans: Vec::new(), at: 0 };
    actions.into_iter().for_each(|action| counting.count(&action, today, since));
    counting.tally
}

/// Counts the visible actions of one plan, with every level of its scheme.
pub fn tally_plan(register: &Register, plan: &Plan, today: NaiveDate, since: Option<NaiveDate>) -> Tally {
    let mut counting = Counting { register, tally: Tally::default(), plans: Vec::new(), at: 0 };
    counting.know(plan.id);
    register.outlines_of(plan).for_each(|action| counting.count(&action, today, since));
    let of_recs = register.recommendations_of(plan).filter_map(|rec| rec.flags.get());
    counting.tally.flags += of_recs.chain(plan.flags.get()).map(Vec::len).sum::<usize>();
    counting.tally
}

/// How one action counts. Small, because there is one of each action of a list.
#[allow(clippy::struct_excessive_bools, reason = "each is a count of its own")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its position among the levels counted; `None` is "not rated".
    level: Option<u32>,
    is_overdue: bool,
    is_closed: bool,
    is_due_soon: bool,
    is_changed: bool,
    flags: u32,
    in_conflict: bool,
}

impl Tally {
    /// How an action was counted, so that it can be counted again after a change to it alone.
    pub fn standing(
        &self,
        register: &Register,
        action: &Outline<'_>,
        today: NaiveDate,
        since: Option<NaiveDate>,
    ) -> Standing {
        let scheme = register.scheme(action.plan);
        let word = action.rating.filter(|word| scheme.levels.iter().any(|level| level.word == *word));
        let level = word.and_then(|word| self.by_level.iter().position(|(level, _)| level.word == word));
        Standing::of(register, action, level, (today, since))
    }

    /// Counts an action.
    pub fn add(&mut self, standing: Standing) {
        self.shift(standing, |count, by| *count += by);
    }

    /// Removes an action from the count.
    pub fn take_away(&mut self, standing: Standing) {
        self.shift(standing, |count, by| *count = count.saturating_sub(by));
    }

    fn shift(&mut self, standing: Standing, shift: fn(&mut usize, usize)) {
        let Standing { level, is_overdue, is_closed, is_due_soon, is_changed, flags, in_conflict } = standing;
        match level.and_then(|place| self.by_level.get_mut(place as usize)) {
            Some((_, count)) => shift(count, 1),
            None => shift(&mut self.not_rated, 1),
        }
        shift(&mut self.actions, 1);
        shift(&mut self.overdue, usize::from(is_overdue));
        shift(&mut self.closed, usize::from(is_closed));
        shift(&mut self.due_soon, usize::from(is_due_soon));
        shift(&mut self.changed, usize::from(is_changed));
        shift(&mut self.flags, flags as usize);
        shift(&mut self.conflicts, usize::from(in_conflict));
    }
}

impl Standing {
    fn of(
        register: &Register,
        action: &Outline<'_>,
        level: Option<usize>,
        days: (NaiveDate, Option<NaiveDate>),
    ) -> Standing {
        let (today, since) = days;
        Standing {
            level: level.and_then(|place| u32::try_from(place).ok()),
            is_overdue: action.is_overdue(register, today),
            is_closed: action.is_closed,
            is_due_soon: action.is_due_within(register, today, SOON),
            is_changed: since.is_some_and(|since| action.changed.is_some_and(|day| day >= since)),
            flags: u32::try_from(action.flags).unwrap_or(u32::MAX),
            in_conflict: action.in_conflict,
        }
    }
}

struct Counting<'a> {
    register: &'a Register,
    tally: Tally,
    /// Where each word of a plan's scheme is counted.
    plans: Vec<(Id, Vec<(String, usize)>)>,
    /// The plan of the last action: actions come plan by plan.
    at: usize,
}

impl Counting<'_> {
    fn count(&mut self, action: &Outline<'_>, today: NaiveDate, since: Option<NaiveDate>) {
        self.know(action.plan);
        let places = self.plans.get(self.at).map_or(&[][..], |(_, places)| places);
        let place = places.iter().find(|(word, _)| action.rating == Some(word)).map(|(_, place)| *place);
        self.tally.add(Standing::of(self.register, action, place, (today, since)));
    }

    /// Makes room for the levels of a plan's scheme.
    fn know(&mut self, plan: Id) {
        let is_it = |(other, _): &(Id, Vec<(String, usize)>)| *other == plan;
        if self.plans.get(self.at).is_some_and(is_it) {
            return;
        }
        self.at = self.plans.iter().position(is_it).unwrap_or(self.plans.len());
        if self.at < self.plans.len() {
            return;
        }
        let mut places: Vec<(String, usize)> = Vec::new();
        for level in self.register.scheme(plan).levels {
            let known = self.tally.by_level.iter().position(|(other, _)| other.word == level.word);
            let place = known.unwrap_or(self.tally.by_level.len());
            places.push((level.word.clone(), place));
            if known.is_none() {
                self.tally.by_level.push((level, 0));
            }
        }
        self.plans.push((plan, places));
    }
}

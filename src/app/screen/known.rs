//! A cache of what is expensive to compute about actions, kept until they change, so that no key costs a pass over all
//! actions.
//!
//! It is filled while no key is pressed, in steps of about a millisecond each. A key that needs what is not there yet reads
//! that from the register; only near-duplicates it never waits for: they are shown once they are found.

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasherDefault;

use chrono::NaiveDate;

use super::rows::Order;
use crate::app::message::World;
use crate::domain::alike::{self, Like, Likeness, Search};
use crate::domain::challenge;
use crate::domain::filter::{Filter, Found, List};
use crate::domain::id::{Id, IdHasher};
use crate::domain::index::Index;
use crate::domain::outline::Outline;
use crate::domain::query::{self, PartyCount, Standing, Tally};
use crate::domain::register::Register;

/// How many actions are taken into the index at a time.
const INDEXED_AT_A_TIME: usize = 100;
/// How many actions' challenges are computed at a time.
const LOOKED_AT_A_TIME: usize = 40;

type ById<T> = HashMap<Id, T, BuildHasherDefault<IdHasher>>;

#[derive(Default)]
pub struct Known {
    /// The day for which the cache is valid.
    pub day: NaiveDate,
    /// All actions walked, in order.
    pub order: Order,
    /// What the list shows for actions that have been in view, and for others as far as there was time.
    seen: ById<Seen>,
    /// How many of those seen raise a challenge.
    challenged: usize,
    /// How many actions walked, from the first, have been looked at for it.
    looked: usize,
    /// What filters ask about the first actions walked, or about all.
    index: Index,
    /// The parties that the actions of other plans name.
    elsewhere: Elsewhere,
    /// Which actions of the register are alike; built again after texts change.
    likeness: Likeness,
    /// The near-duplicates being looked for.
    search: Option<Search>,
    /// The near-duplicates of actions that are or may soon be selected.
    beside: ById<Beside>,
    alike: Alike,
}

/// The near-duplicates of an action.
#[derive(Default)]
struct Beside {
    likes: Vec<Like>,
    /// Whether they are to be looked for again, because the action was changed.
    is_old: bool,
}

/// All actions that have a near-duplicate, looked for while a filter asks for them.
#[derive(Default)]
struct Alike {
    /// How many actions have been looked at.
    next: usize,
    search: Option<Search>,
    found: Vec<Id>,
    /// Whether words or dismissals have changed since.
    is_old: bool,
}

/// What the list shows for an action that has to be computed.
#[derive(Clone, Copy, Debug)]
struct Seen {
    is_challenged: bool,
    standing: Standing,
}

/// The parties that the actions of plans not walked name.
#[derive(Default)]
struct Elsewhere {
    /// The plans still to be read.
    plans: Vec<Id>,
    /// How many actions of the last of them have been read.
    next: usize,
    named: HashSet<Id>,
}

impl Known {
    /// Knows of these actions only their order; `plans` are those walked.
    pub fn of<'a>(plans: &[Id], walked: impl Iterator<Item = Outline<'a>>, world: World<'_>) -> Known {
        let others = world.register.visible_plans().map(|plan| plan.id).filter(|id| !plans.contains(id));
        Known {
            day: world.today(),
            order: Order::of(world.register, plans, walked),
            elsewhere: Elsewhere { plans: others.collect(), ..Elsewhere::default() },
            ..Known::default()
        }
    }

    /// Whether an action in view raises a challenge.
    pub fn is_challenged(&self, action: Id) -> bool {
        self.seen.get(&action).is_some_and(|seen| seen.is_challenged)
    }

    /// How many of the actions walked raise a challenge, once all have been looked at.
    pub fn challenged(&self) -> Option<usize> {
        (self.looked >= self.order.actions.len()).then_some(self.challenged)
    }

    /// The actions similar to this one, as far as known yet.
    pub fn beside(&self, action: Id) -> &[Like] {
        self.beside.get(&action).map_or(&[], |beside| beside.likes.as_slice())
    }

    /// Computes what is shown for actions that have come into view.
    pub fn look(&mut self, in_view: impl Iterator<Item = Id>, tally: &Tally, world: World<'_>) {
        let (register, today) = (world.register, world.today());
        for id in in_view {
            if !self.seen.contains_key(&id)
                && let Some(action) = register.action(id)
            {
                let is_challenged = challenge::is_challenged(register, action, today);
                let standing = tally.standing(register, &Outline::of(action), today, Some(today));
                self.challenged += usize::from(is_challenged);
                self.seen.insert(id, Seen { is_challenged, standing });
            }
        }
    }

    /// Recounts these actions after a change limited to their own fields. `None` if their earlier counts are unknown.
    pub fn recount(&mut self, changed: &[Id], tally: &Tally, world: World<'_>) -> Option<Tally> {
        let (register, today) = (world.register, world.today());
        self.forget_likes(changed, world);
        let mut tally = tally.clone();
        for id in changed {
            let (action, seen) = (register.action(*id)?, self.seen.remove(id)?);
            self.challenged -= usize::from(seen.is_challenged);
            tally.take_away(seen.standing);
            tally.add(tally.standing(register, &Outline::of(action), today, Some(today)));
            self.look(std::iter::once(*id), &tally, world);
            let place = self.order.actions.iter().position(|walked| walked == id)?;
            self.index.replace(place, register, action, today);
        }
        Some(tally)
    }

    /// Near-duplicates may have been dismissed, or have other words.
    fn forget_likes(&mut self, changed: &[Id], world: World<'_>) {
        self.search = None;
        self.alike.is_old = true;
        if !self.likeness.is_fresh(world.register, changed) {
            self.beside.clear();
            self.likeness = Likeness::default();
        }
        for action in changed.iter().filter_map(|id| world.register.action(*id)) {
            if let Some(beside) = self.beside.get_mut(&action.id) {
                beside.likes.retain(|like| !alike::is_dismissed(world.register, action, like));
                beside.is_old = true;
            }
        }
    }

    fn has_likes(&self, action: Id) -> bool {
        self.beside.get(&action).is_some_and(|beside| !beside.is_old)
    }

    /// The actions walked that pass a filter.
    pub fn found(&self, filter: &Filter, world: World<'_>) -> Found {
        let (register, today) = (world.register, world.today());
        filter.found(List { register, actions: &self.order.actions, index: &self.index, today })
    }

    /// All parties with what they have among the actions walked.
    pub fn party_counts(&mut self, world: World<'_>) -> Vec<PartyCount> {
        while !self.elsewhere.plans.is_empty() {
            self.elsewhere.read_on(world);
        }
        let rest = self.order.actions.iter().skip(self.index.count).filter_map(|id| world.register.action(*id));
        let named = self.elsewhere.named.iter().copied();
        query::party_counts_in(world.register, &self.index, rest, named, world.today())
    }
}

/// Near-duplicates for a filter.
impl Known {
    /// A filter that is being set, with the near-duplicates found so far.
    pub fn with_duplicates(&mut self, filter: Filter) -> Filter {
        if !filter.wants_duplicates() {
            return filter;
        }
        if self.alike.is_old {
            self.alike = Alike::default();
        }
        filter.with_duplicates(&self.alike.found)
    }

    /// The filter that is set, where more near-duplicates have been found for it. After a change they stay what they were, so that
    /// the list does.
    pub fn with_more_duplicates(&self, filter: &Filter) -> Option<Filter> {
        let is_wanted = filter.wants_duplicates() && !self.alike.is_old;
        is_wanted.then(|| filter.clone().with_duplicates(&self.alike.found)).filter(|more| more != filter)
    }

    fn has_more_alike(&self, filter: &Filter) -> bool {
        let is_wanted = filter.wants_duplicates() && !self.alike.is_old;
        is_wanted && (!self.likeness.is_complete() || self.likeness.nth(self.alike.next).is_some())
    }

    fn look_alike(&mut self, world: World<'_>) {
        let Some(id) = self.likeness.nth(self.alike.next) else { return };
        let search = self.alike.search.get_or_insert_with(|| Search::new(id));
        if let Some(likes) = search.go_on(&self.likeness, world.register) {
            self.alike.found.extend((!likes.is_empty()).then_some(id));
            self.alike.search = None;
            self.alike.next += 1;
        }
    }
}

/// What is prepared for.
pub struct Wants<'a> {
    /// The actions that are or may soon be selected.
    pub near: &'a [Id],
    pub filter: &'a Filter,
    pub tally: &'a Tally,
}

/// While no key is pressed.
impl Known {
    /// Whether everything is ready.
    pub fn is_complete(&self, near: &[Id], filter: &Filter) -> bool {
        let is_whole = self.index.count >= self.order.actions.len() && self.elsewhere.plans.is_empty();
        let is_looked_at = self.looked >= self.order.actions.len();
        let has_likes = self.likeness.is_complete() && near.iter().all(|id| self.has_likes(*id));
        is_whole && is_looked_at && has_likes && !self.has_more_alike(filter)
    }

    /// Takes one step.
    pub fn make_more(&mut self, wants: &Wants<'_>, world: World<'_>) {
        if self.index.count < self.order.actions.len() {
            self.index_more(world);
        } else if !self.elsewhere.plans.is_empty() {
            self.elsewhere.read_on(world);
        } else if !self.likeness.is_complete() {
            self.likeness.go_on(world.register);
        } else if !self.look_beside(wants.near, world) {
            if self.has_more_alike(wants.filter) {
                self.look_alike(world);
            } else {
                self.look_further(wants.tally, world);
            }
        }
    }

    /// Takes in the next actions, or reads them: not both in one step.
    fn index_more(&mut self, world: World<'_>) {
        let next = self.order.actions.iter().skip(self.index.count).take(INDEXED_AT_A_TIME);
        for id in at_hand(next, world.register) {
            match world.register.action(*id) {
                Some(action) => self.index.add(world.register, action, world.today()),
                None => self.index.count += 1,
            }
        }
    }

    /// Goes on looking for the near-duplicates of the first of these that has none known; whether there was one.
    fn look_beside(&mut self, near: &[Id], world: World<'_>) -> bool {
        let Some(id) = near.iter().copied().find(|id| !self.has_likes(*id)) else { return false };
        if self.search.as_ref().is_none_or(|search| search.action() != id) {
            self.search = Some(Search::new(id));
        }
        let found = self.search.as_mut().and_then(|search| search.go_on(&self.likeness, world.register));
        if let Some(likes) = found {
            self.beside.insert(id, Beside { likes, is_old: false });
            self.search = None;
        }
        true
    }

    fn look_further(&mut self, tally: &Tally, world: World<'_>) {
        let to = (self.looked + LOOKED_AT_A_TIME).min(self.order.actions.len());
        let next = self.order.actions.get(self.looked..to).unwrap_or_default();
        let next: Vec<Id> = at_hand(next.iter(), world.register).copied().collect();
        self.looked += next.len();
        self.look(next.into_iter(), tally, world);
    }
}

/// Those of the next actions that are in memory. If the first is not, it is read, with those beside it, and that is all for this
/// step.
fn at_hand<'a>(next: impl Iterator<Item = &'a Id>, register: &Register) -> impl Iterator<Item = &'a Id> {
    let mut next = next.peekable();
    let is_read_now = next.peek().is_some_and(|id| {
        // Where it can no longer be read, the screen is about to end.
        !register.is_in_memory(**id) && register.action(**id).is_some()
    });
    let mut is_first = true;
    next.take_while(move |id| !is_read_now && (std::mem::take(&mut is_first) || register.is_in_memory(**id)))
}

impl Elsewhere {
    fn read_on(&mut self, world: World<'_>) {
        let register = world.register;
        let Some(plan) = self.plans.last().and_then(|id| register.plan(*id)) else {
            self.plans.pop();
            return;
        };
        let next = plan.actions.get(self.next..).unwrap_or_default().iter().take(INDEXED_AT_A_TIME);
        for id in at_hand(next, register) {
            self.next += 1;
            let action = register.action(*id).filter(|action| register.is_shown(action));
            self.named.extend(action.into_iter().flat_map(query::parties_of));
        }
        if self.next >= plan.actions.len() {
            self.plans.pop();
            self.next = 0;
        }
    }
}

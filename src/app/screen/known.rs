//! A cache of what is expensive to compute about actions, kept until they change, so that no key costs a pass over all
//! actions.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::rows::Walked;
use crate::app::message::World;
use crate::domain::action::Action;
use crate::domain::alike::{Like, Likeness};
use crate::domain::challenge;
use crate::domain::id::Id;
use crate::domain::query::{self, Standing, Tally};

/// How many texts are built at a time when idle: about two milliseconds' worth.
const TEXTS_AT_A_TIME: usize = 1_000;

#[derive(Default)]
pub struct Known {
    /// The day for which the cache is valid.
    pub day: NaiveDate,
    /// For actions that have been in view.
    seen: HashMap<Id, Seen>,
    /// All actions walked, in order.
    walked: Vec<Walked>,
    /// The searchable texts of the first actions walked, or of all.
    texts: Vec<String>,
    /// Which actions of the register are alike; built when idle, and again after texts change.
    likeness: Option<Likeness>,
    /// The selected action, with similar ones.
    beside: Option<(Id, Vec<Like>)>,
}

/// What the list shows for an action that has to be computed.
#[derive(Clone, Copy, Debug)]
struct Seen {
    is_challenged: bool,
    standing: Standing,
}

impl Known {
    /// Forgets what is known about these actions.
    pub fn of<'a>(walked: impl Iterator<Item = &'a Action>, day: NaiveDate) -> Known {
        Known { day, walked: walked.map(Walked::of).collect(), ..Known::default() }
    }

    pub fn walked(&self) -> &[Walked] {
        &self.walked
    }

    /// Whether an action in view raises a challenge.
    pub fn is_challenged(&self, action: Id) -> bool {
        self.seen.get(&action).is_some_and(|seen| seen.is_challenged)
    }

    /// The actions similar to the selected one, as far as known yet.
    pub fn beside(&self, action: Id) -> &[Like] {
        self.beside.as_ref().filter(|(of, _)| *of == action).map_or(&[], |(_, likes)| likes)
    }

    /// Finds the actions similar to the selected one.
    pub fn look_beside(&mut self, action: Option<Id>, world: World<'_>) {
        let Some(id) = action.filter(|id| self.beside.as_ref().is_none_or(|(of, _)| of != id)) else { return };
        let own = self.likeness.as_ref().zip(world.register.action(id));
        self.beside = own.map(|(likeness, own)| (id, likeness.like(world.register, own)));
    }

    /// Computes what is shown for actions that have come into view.
    pub fn look(&mut self, in_view: impl Iterator<Item = Id>, tally: &Tally, world: World<'_>) {
        let (register, today) = (world.register, world.today());
        for action in in_view.filter_map(|id| register.action(id)) {
            self.seen.entry(action.id).or_insert_with(|| Seen {
                is_challenged: challenge::is_challenged(register, action, today),
                standing: tally.standing(register, action, today, Some(today)),
            });
        }
    }

    /// Recounts these actions after a change limited to their own fields. `None` if their earlier counts are unknown.
    pub fn recount(&mut self, changed: &[Id], tally: &Tally, world: World<'_>) -> Option<Tally> {
        let (register, today) = (world.register, world.today());
        self.beside = None;
        self.likeness.take_if(|likeness| !likeness.is_fresh(register, changed));
        let mut tally = tally.clone();
        for id in changed {
            let (action, seen) = (register.action(*id)?, self.seen.remove(id)?);
            tally.take_away(seen.standing);
            tally.add(tally.standing(register, action, today, Some(today)));
            self.look(std::iter::once(*id), &tally, world);
            let place = self.walked.iter().position(|walked| walked.action == *id)?;
            if let Some(text) = self.texts.get_mut(place) {
                *text = query::search_text(register, action);
            }
        }
        Some(tally)
    }

    /// Whether everything slow to build is ready.
    pub fn is_complete(&self) -> bool {
        self.has_all_texts() && self.likeness.is_some()
    }

    /// Builds some more of it when idle: texts first, then similar actions.
    pub fn make_more(&mut self, world: World<'_>) {
        if self.has_all_texts() {
            self.likeness.get_or_insert_with(|| Likeness::of(world.register));
        } else {
            self.make_texts_to(self.texts.len() + TEXTS_AT_A_TIME, world);
        }
    }

    fn has_all_texts(&self) -> bool {
        self.texts.len() >= self.walked.len()
    }

    /// Every action walked, with its searchable text.
    pub fn texts(&mut self, world: World<'_>) -> impl Iterator<Item = (Walked, &str)> {
        self.make_texts_to(self.walked.len(), world);
        self.walked.iter().copied().zip(self.texts.iter().map(String::as_str))
    }

    fn make_texts_to(&mut self, count: usize, world: World<'_>) {
        let register = world.register;
        let missing = self.walked.iter().take(count).skip(self.texts.len());
        let text = |walked: &Walked| {
            register.action(walked.action).map(|action| query::search_text(register, action)).unwrap_or_default()
        };
        self.texts.extend(missing.map(text));
    }
}

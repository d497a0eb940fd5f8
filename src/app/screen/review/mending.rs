//! Corrections to the document under review. Every step can be undone, and nothing is written.

use super::{Cut, Review, Version};
use crate::app::message::World;
use crate::domain::flag::COLUMN;
use crate::domain::mend::{self, ActionPlace, At, Doubt, Words};
use crate::domain::rating::Level;
use crate::domain::reconcile::likely_plan;
use crate::problem::Problem;

impl Review {
    /// Accepts a suggestion.
    pub fn accept(&mut self, doubt: Doubt, option: &str, world: World<'_>) -> Result<String, Problem> {
        let before = self.now.clone();
        let told = self.accepted(doubt, option, world)?;
        self.mended(before, world);
        Ok(told)
    }

    /// What a column holds is remembered with the document once it is confirmed.
    fn accepted(&mut self, doubt: Doubt, option: &str, world: World<'_>) -> Result<String, Problem> {
        let column = self.flag(doubt).filter(|flag| flag.field == COLUMN).map(|flag| flag.raw.clone());
        let told = mend::accept(&mut self.now.draft, doubt, option, world.today())?;
        self.now.columns.extend(column.map(|column| (column, option.to_owned())));
        Ok(told)
    }

    /// Accepts every suggestion that is the only one for its doubt; returns how many.
    pub fn accept_all(&mut self, world: World<'_>) -> usize {
        let before = self.now.clone();
        let (mut taken, mut skipped) = (0, 0);
        while let Some(doubt) = mend::doubts(&self.now.draft).get(skipped).copied() {
            let options = self.flag(doubt).map(mend::options).unwrap_or_default();
            let is_done = match options.as_slice() {
                [only] => self.accepted(doubt, only, world).is_ok(),
                [] | [_, ..] => false,
            };
            if is_done {
                taken += 1;
            } else {
                skipped += 1;
            }
        }
        if taken > 0 {
            self.mended(before, world);
        }
        taken
    }

    /// Leaves the doubtful text as written.
    pub fn leave(&mut self, doubt: Doubt, world: World<'_>) -> Option<String> {
        let before = self.now.clone();
        let told = mend::leave(&mut self.now.draft, doubt)?;
        self.mended(before, world);
        Some(told)
    }

    /// Decides whether to use the document's value for a field.
    pub fn decide(&mut self, difference: usize, take: Take, world: World<'_>) -> Option<String> {
        let found = self.difference(difference)?;
        let takes = match take {
            Take::Document => true,
            Take::Here => false,
            Take::TheOther => !found.is_taken,
        };
        let words = match (takes, self.is_return()) {
            (true, false) => "the document’s wording will be used",
            (false, false) => "the register’s wording is kept",
            (true, true) => "it will be imported",
            (false, true) => "the register stays as it is",
        };
        let told = format!("{} {}: {words}", found.reference, found.field);
        let key = found.key();
        let before = self.now.clone();
        if takes {
            self.put_others_back(difference);
        }
        self.now.decided.insert(key, takes);
        self.mended(before, world);
        Some(told)
    }

    /// Corrects an item's fields.
    pub fn set_words(&mut self, at: At, new: &Words, world: World<'_>) -> Result<(), Problem> {
        let before = self.now.clone();
        mend::set_words(&mut self.now.draft, at, new)?;
        self.mended(before, world);
        Ok(())
    }

    pub fn set_level(&mut self, place: usize, level: &Level, world: World<'_>) -> Result<(), Problem> {
        let before = self.now.clone();
        mend::set_level(&mut self.now.draft, place, level)?;
        self.mended(before, world);
        Ok(())
    }

    /// Sets the plan's title and short name; the short name of an existing plan makes this a later version of it.
    pub fn call(&mut self, title: &str, slug: &str, world: World<'_>) {
        let before = self.now.clone();
        title.clone_into(&mut self.now.draft.title);
        slug.clone_into(&mut self.now.slug);
        self.likely = likely_plan(&self.now.draft, slug, world.register);
        self.mended(before, world);
    }

    /// Where an action can be cut in two.
    pub fn cuts(&self, place: ActionPlace) -> Vec<Cut> {
        mend::action(self.draft(), place).map(super::cuts::of).unwrap_or_default()
    }

    pub fn split(&mut self, place: ActionPlace, cut: &Cut, world: World<'_>) {
        let before = self.now.clone();
        mend::split(&mut self.now.draft, place, cut.pieces.clone());
        self.mended(before, world);
    }

    /// Joins an action with the one above; the cursor follows it.
    pub fn join(&mut self, place: ActionPlace, world: World<'_>) -> Option<String> {
        let before = self.now.clone();
        let joined = mend::join_with_above(&mut self.now.draft, place)?;
        self.mended(before, world);
        self.go_to(At::Action(joined));
        Some(format!("Joined with {}", self.reference_of(At::Action(joined))))
    }

    fn go_to(&mut self, at: At) {
        if let Some(found) = self.items.iter().position(|item| *item == super::ReviewLine::Row(at)) {
            self.put(found);
        }
    }

    pub(super) fn mended(&mut self, before: Version, world: World<'_>) {
        if before != self.now {
            self.past.push(before);
            self.undone.clear();
        }
        self.refresh(world);
    }

    /// Undoes the last correction; returns whether there was one.
    pub fn undo(&mut self, world: World<'_>) -> bool {
        let Some(before) = self.past.pop() else { return false };
        self.undone.push(std::mem::replace(&mut self.now, before));
        self.refresh(world);
        true
    }

    /// Redoes what was last undone; returns whether there was anything.
    pub fn redo(&mut self, world: World<'_>) -> bool {
        let Some(after) = self.undone.pop() else { return false };
        self.past.push(std::mem::replace(&mut self.now, after));
        self.refresh(world);
        true
    }
}

/// Whose value is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Take {
    Document,
    Here,
    /// The opposite choice.
    TheOther,
}

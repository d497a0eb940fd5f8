//! Marked actions: what rates, dates or reassigns one action does so to all that are marked and shown.

use super::rows::WalkRow;
use super::walk::{Look, Walk};
use crate::app::message::World;
use crate::domain::id::Id;

/// Whether an action is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Set,
    Unset,
}

impl Walk {
    pub fn mark_of(&self, action: Id) -> Mark {
        if self.marked.contains(&action) { Mark::Set } else { Mark::Unset }
    }

    pub fn marked(&self) -> usize {
        self.marked.len()
    }

    /// Marks the selected action, or unmarks it.
    pub fn turn_mark(&mut self) -> Option<Mark> {
        let action = self.action()?;
        if self.marked.remove(&action) {
            return Some(Mark::Unset);
        }
        self.marked.insert(action);
        Some(Mark::Set)
    }

    /// Marks every action shown.
    pub fn mark_shown(&mut self) {
        self.marked.extend(self.rows.iter().filter_map(WalkRow::action));
    }

    pub fn unmark(&mut self) {
        self.marked.clear();
    }

    /// The marked actions that are shown, in their order.
    pub fn marked_shown(&self) -> Vec<Id> {
        if self.marked.is_empty() {
            return Vec::new();
        }
        self.rows.iter().filter_map(WalkRow::action).filter(|id| self.marked.contains(id)).collect()
    }

    /// The actions that a key changes: those marked and shown, else the selected one. The card shows one action, and
    /// what is not seen is not changed.
    pub fn chosen(&self) -> Vec<Id> {
        let marked = if self.look == Look::Card { Vec::new() } else { self.marked_shown() };
        if marked.is_empty() { self.action().into_iter().collect() } else { marked }
    }

    /// How many marked actions are hidden by the filter or folded away.
    pub fn marked_hidden(&self) -> usize {
        self.marked.len().saturating_sub(self.marked_shown().len())
    }

    /// What was withdrawn meanwhile is no longer marked.
    pub(super) fn forget_gone_marks(&mut self, world: World<'_>) {
        self.marked.retain(|id| world.register.action(*id).is_some() && !world.register.is_hidden(*id));
    }
}

//! What filters and counts ask about many actions, kept for each action in a list, so that no key reads them all again.
//!
//! An action is known by its place in the list. The index is made one action after another, while no key is pressed; what
//! is not in it yet is read from the register.

mod named;
#[cfg(test)]
mod tests;
mod words;

use chrono::NaiveDate;

use super::action::Action;
use super::bits::Bits;
use super::query;
use super::register::Register;

pub use named::{Named, Parties, position};
pub use words::Words;

#[derive(Clone, Debug, Default)]
pub struct Index {
    /// How many actions it holds, from the first in the list.
    pub count: usize,
    pub words: Words,
    pub named: Named,
    /// The overdue ones.
    pub late: Bits,
}

impl Index {
    /// Takes in the next action of the list.
    pub fn add(&mut self, register: &Register, action: &Action, today: NaiveDate) {
        let place = self.count;
        self.count += 1;
        self.words.add(place, &query::search_text(register, action));
        self.named.add(register, action);
        self.mark_late(place, register, action, today);
    }

    /// Reads an action again whose own fields have changed.
    pub fn replace(&mut self, place: usize, register: &Register, action: &Action, today: NaiveDate) {
        if place < self.count {
            self.words.replace(place, query::search_text(register, action));
            self.named.replace(place, register, action);
            self.mark_late(place, register, action, today);
        }
    }

    fn mark_late(&mut self, place: usize, register: &Register, action: &Action, today: NaiveDate) {
        if query::is_overdue(register, action, today) {
            self.late.insert(place);
        } else {
            self.late.remove(place);
        }
    }
}

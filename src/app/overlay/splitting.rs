//! Splitting an action of the register: the places at which another part can begin, and which of them are chosen.

use crate::domain::action::Action;
use crate::domain::id::Id;
use crate::domain::parts::{self, Part};
use crate::domain::register::Register;

pub struct Splitting {
    pub action: Id,
    /// Never empty.
    pub places: Vec<Begins>,
    /// Which of the places is selected.
    pub cursor: usize,
}

/// A place in the words of the action, and whether a part begins there.
pub struct Begins {
    pub at: usize,
    pub is_chosen: bool,
}

impl Splitting {
    /// None where the words cannot be divided. What is proposed is chosen.
    pub fn new(register: &Register, action: &Action) -> Option<Splitting> {
        let places = parts::places_in(register, action);
        let cursor = places.iter().position(|place| place.is_proposed).unwrap_or(0);
        let begins = places.iter().map(|place| Begins { at: place.at, is_chosen: place.is_proposed });
        let all = Splitting { action: action.id, places: begins.collect(), cursor };
        Some(all).filter(|all| !all.places.is_empty())
    }

    pub fn step(&mut self, by: isize) {
        let last = self.places.len().saturating_sub(1);
        self.cursor = self.cursor.saturating_add_signed(by).min(last);
    }

    /// Lets a part begin at the selected place, or no longer.
    pub fn toggle(&mut self) {
        if let Some(place) = self.places.get_mut(self.cursor) {
            place.is_chosen = !place.is_chosen;
        }
    }

    /// The words from the start and from each place up to the next.
    pub fn segments<'a>(&self, text: &'a str) -> Vec<&'a str> {
        let begins = std::iter::once(0).chain(self.places.iter().map(|place| place.at));
        let ends = self.places.iter().map(|place| place.at).chain([text.len()]);
        begins.zip(ends).map(|(from, to)| text.get(from..to).unwrap_or_default().trim()).collect()
    }

    /// The words of each part.
    pub fn texts(&self, text: &str) -> Vec<String> {
        let at: Vec<usize> = self.places.iter().filter(|place| place.is_chosen).map(|place| place.at).collect();
        parts::cut(text, &at)
    }

    /// The parts, with what each would get.
    pub fn parts(&self, register: &Register) -> Vec<Part> {
        let action = register.action(self.action);
        action.map(|action| parts::parts(register, action, &self.texts(action.text()))).unwrap_or_default()
    }
}

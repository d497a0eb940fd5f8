//! The orders in which a list can be shown.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::fmt;

use chrono::NaiveDate;

use super::action::Action;
use super::id::Id;
use super::register::Register;
use crate::problem::Problem;

/// What a list is sorted by. Actions without it come last; ties stay in document order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Key {
    /// Plan by plan, in document order.
    #[default]
    Reference,
    /// Earliest first.
    Target,
    /// In the order of the scheme's levels.
    Rating,
    /// By the name of the first lead.
    Lead,
    /// Latest first.
    Changed,
}

impl Key {
    pub const ALL: [Key; 5] = [Key::Reference, Key::Target, Key::Rating, Key::Lead, Key::Changed];

    /// The key with that name.
    ///
    /// # Errors
    /// Names the keys that exist.
    pub fn parse(name: &str) -> Result<Key, Problem> {
        let wanted = name.trim().to_lowercase();
        let found = Key::ALL.into_iter().find(|key| key.name() == wanted);
        found.ok_or_else(|| {
            let names: Vec<&str> = Key::ALL.iter().map(|key| key.name()).collect();
            let hint = format!("Sort by {}.", names.join(", "));
            Problem::new("Could not sort", format!("“{}” is not a sort order", name.trim()), hint)
        })
    }

    pub fn name(self) -> &'static str {
        match self {
            Key::Reference => "ref",
            Key::Target => "target",
            Key::Rating => "rating",
            Key::Lead => "lead",
            Key::Changed => "changed",
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Puts `actions` in order.
pub fn apply(register: &Register, actions: &mut [&Action], key: Key) {
    let places: HashMap<Id, usize> = register.visible_actions().enumerate().map(|(at, a)| (a.id, at)).collect();
    actions.sort_by_cached_key(|action| places.get(&action.id).copied().unwrap_or(usize::MAX));
    apply_to_listed(register, actions, |action| action, key);
}

/// The same for rows about actions that are in document order.
pub fn apply_to_listed<T>(register: &Register, rows: &mut [T], of: impl Fn(&T) -> &Action, key: Key) {
    match key {
        Key::Reference => {}
        Key::Target => rows.sort_by_cached_key(|row| (of(row).due().is_none(), of(row).due())),
        Key::Rating => {
            let steps = steps(register);
            rows.sort_by_cached_key(|row| step(&steps, of(row)));
        }
        Key::Lead => rows.sort_by_cached_key(|row| lead(register, of(row))),
        Key::Changed => rows.sort_by_cached_key(|row| Reverse(of(row).changed.unwrap_or(NaiveDate::MIN))),
    }
}

/// The position of each word in the scheme of its plan.
fn steps(register: &Register) -> HashMap<(Id, String), usize> {
    let of_plan = |id: Id| register.scheme(id).levels.into_iter().enumerate().map(move |(at, l)| ((id, l.word), at));
    register.plans.iter().flat_map(|plan| of_plan(plan.id)).collect()
}

fn step(steps: &HashMap<(Id, String), usize>, action: &Action) -> usize {
    let place = action.rating().and_then(|word| steps.get(&(action.plan, word.to_owned())).copied());
    place.unwrap_or(usize::MAX)
}

fn lead(register: &Register, action: &Action) -> (bool, String) {
    let first = action.leads().first().map(|lead| register.party_name(lead.party).to_lowercase());
    (first.is_none(), first.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{day, harbour, today};
    use super::*;

    #[test]
    fn each_order_puts_what_has_none_last_and_keeps_the_document_order_otherwise() {
        let mut log = harbour();
        log.act(&log.rate("8.2", "r")).unwrap();
        log.today = day("2026-10-01");
        log.act(&log.note("9.1", "heard")).unwrap();
        log.today = today();
        let cases = [
            ("ref", "7.1 7.2 7.3 8.1 8.2 9.1 9.2"),
            ("target", "7.1 9.1 7.3 7.2 8.2 8.1 9.2"),
            ("rating", "7.3 8.2 7.2 9.1 7.1 9.2 8.1"),
            ("lead", "9.1 8.2 9.2 7.3 8.1 7.1 7.2"),
            ("Changed ", "8.2 9.1 7.1 7.2 7.3 8.1 9.2"),
        ];
        for (name, wanted) in cases {
            let mut actions: Vec<&Action> = log.register.actions.iter().rev().collect();
            apply(&log.register, &mut actions, Key::parse(name).unwrap());
            let order: Vec<String> = actions.iter().map(|action| log.register.reference(action)).collect();
            assert_eq!(order.join(" "), wanted, "{name}");
        }
    }

    #[test]
    fn an_unknown_sort_order_names_the_known_ones() {
        let problem = Key::parse("size").unwrap_err();
        assert_eq!(
            problem.to_string(),
            "Could not sort: “size” is not a sort order. Sort by ref, target, rating, lead, changed."
        );
    }
}

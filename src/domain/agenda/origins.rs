//! Where the words of an action come from: the action that it was split from, and those that were joined with it.

use chrono::NaiveDate;

use super::super::action::Action;
use super::super::register::Register;
use super::super::withdrawal::JOINED_WITH;

/// Those of a register, found without looking through it for every action.
pub struct Origins<'a> {
    register: &'a Register,
    /// Actions that were joined with another: the day, and the reference of that one.
    joined: Vec<(NaiveDate, &'a str, &'a Action)>,
}

impl<'a> Origins<'a> {
    pub fn of(register: &'a Register) -> Origins<'a> {
        let joined = register.actions.iter().filter_map(|action| {
            let head = action.withdrawn.head()?;
            let reference = head.value.as_ref()?.reason.strip_prefix(JOINED_WITH)?;
            Some((head.day, reference, action)).filter(|_| register.is_hidden(action.id))
        });
        Origins { register, joined: joined.collect() }
    }

    /// The actions whose words an action took over, each with the day. Nothing is followed that was there before `first`, the
    /// day of the first meeting: it carried nothing.
    pub fn before(&self, action: &Action, first: NaiveDate) -> Vec<(NaiveDate, &'a Action)> {
        let joined = self
            .joined
            .iter()
            .filter(|(_, reference, other)| other.plan == action.plan && *reference == self.register.reference(action));
        let joined = joined.map(|(day, _, other)| (*day, *other));
        self.split_from(action, first).into_iter().chain(joined).collect()
    }

    /// The first action that was read in the same row, where this one was added to it later.
    fn split_from(&self, action: &Action, first: NaiveDate) -> Option<(NaiveDate, &'a Action)> {
        let added = action.reference.head().filter(|head| head.id == action.id && head.day >= first)?.day;
        // What was imported and left as it was is no part of another; only the rest is looked for in all actions.
        action.changed.filter(|changed| *changed >= added)?;
        let raw = action.raw.get()?;
        let is_it = |other: &&Action| other.plan == action.plan && other.raw.get() == Some(raw);
        let whole = self.register.actions.iter().find(is_it)?;
        (whole.id != action.id).then_some((added, whole))
    }
}

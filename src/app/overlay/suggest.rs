//! Parties offered while a name is typed.

use super::field::{FormField, Holds, Parties, Room};
use super::ranking::rank;
use crate::app::message::World;
use crate::domain::party::{Party, PartyKind, name_key};

/// Parties offered for what is typed: those known by name, or the typed name as a new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Suggestion {
    Known(String),
    New(String),
}

impl Suggestion {
    pub fn name(&self) -> &str {
        match self {
            Suggestion::Known(name) | Suggestion::New(name) => name,
        }
    }
}

/// How many suggestions a field shows.
pub const SUGGESTIONS: usize = 6;

impl FormField {
    /// What matches the typed letters, best first.
    pub fn suggestions(&self, world: World<'_>) -> Vec<Suggestion> {
        let Holds::Parties(parties) = &self.holds else { return Vec::new() };
        if self.text().is_empty() { bodies(parties, world) } else { fitting(parties, self.text(), world) }
    }
}

/// The subgroups that can meet, before a letter is typed: first those of the plan.
fn bodies(parties: &Parties, world: World<'_>) -> Vec<Suggestion> {
    if parties.room != Room::OneBody || !parties.chosen.is_empty() {
        return Vec::new();
    }
    let subgroups = known(world).filter(|party| party.kind() == PartyKind::Subgroup);
    let others = subgroups.map(Party::name).filter(|name| !parties.also.iter().any(|first| first == name));
    let names = parties.also.iter().map(String::as_str).chain(others);
    names.take(SUGGESTIONS).map(|name| Suggestion::Known(name.to_owned())).collect()
}

/// The parties of the register, including those already chosen: typing the name of one means that one and no other.
fn known(world: World<'_>) -> impl Iterator<Item = &Party> {
    world.register.parties.iter().filter(move |party| !world.register.is_hidden(party.id))
}

fn fitting(parties: &Parties, typed: &str, world: World<'_>) -> Vec<Suggestion> {
    let (typed, person) = person(parties.room, typed);
    let names = names(parties, world);
    let mut order = rank(typed, names.iter().map(|(name, also)| (name.as_str(), also.as_str())));
    let called = |name: &str| known(world).any(|party| party.name() == name && party.is_called(typed));
    let is_subgroup = |name: &str| parties.room == Room::OneBody && is_subgroup(name, world);
    order.sort_by_key(|at| names.get(*at).map(|(name, _)| (!called(name), !is_subgroup(name))));
    let known = order.into_iter().filter_map(|at| names.get(at)).take(SUGGESTIONS);
    let mut found: Vec<_> = known.map(|(name, _)| Suggestion::Known(format!("{name}{person}"))).collect();
    let is_known = names.iter().any(|(name, _)| name_key(name) == name_key(typed));
    if !is_known && parties.room != Room::OneParty {
        found.push(Suggestion::New(format!("{typed}{person}")));
    }
    found
}

/// The letters of a party, and the person after them: "pol" and "=B. Officer".
fn person(room: Room, typed: &str) -> (&str, String) {
    match typed.split_once('=').filter(|_| room == Room::People) {
        Some((party, name)) if !name.trim().is_empty() => (party.trim(), format!("={}", name.trim())),
        Some((party, _)) => (party.trim(), String::new()),
        None => (typed, String::new()),
    }
}

/// The names that can be chosen, each with its other names: those of the register, then those of the document under review.
fn names(parties: &Parties, world: World<'_>) -> Vec<(String, String)> {
    let mut names: Vec<_> = known(world).map(|party| (party.name().to_owned(), party.aliases().join(" "))).collect();
    let is_new = |name: &&String| {
        let key = name_key(name);
        !names.iter().any(|(known, _)| name_key(known) == key)
    };
    let also: Vec<_> = parties.also.iter().filter(is_new).map(|name| (name.clone(), String::new())).collect();
    names.extend(also);
    names
}

fn is_subgroup(name: &str, world: World<'_>) -> bool {
    let found = world.register.parties.iter().find(|party| party.name() == name);
    found.is_some_and(|party| party.kind() == PartyKind::Subgroup)
}

//! Parties offered while a name is typed.

use super::field::{FormField, Holds, Parties, Room};
use super::ranking::{rank, words_begin};
use crate::app::message::World;
use crate::domain::attending::{self, Reading};
use crate::domain::party::{Party, PartyKind, name_key};

/// What can be chosen for what is typed. A name that the register does not have is asked about before it is added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Suggestion {
    /// A party of the register; at a meeting, with a person's name behind `=`.
    Known(String),
    /// The question whether to add this; the answers stand below it.
    Ask(String),
    /// It is added.
    New(String),
    /// Any words, where they need not be a party.
    Typed(String),
    /// A person of no agency here, with what was typed.
    Words(String),
}

impl Suggestion {
    /// What a field keeps of it.
    pub fn name(&self) -> &str {
        match self {
            Suggestion::Known(name)
            | Suggestion::Ask(name)
            | Suggestion::New(name)
            | Suggestion::Typed(name)
            | Suggestion::Words(name) => name,
        }
    }

    /// How it reads in the list.
    pub fn words(&self, room: Room) -> String {
        match self {
            Suggestion::Known(name) => attending::as_minuted(name),
            Suggestion::Ask(name) => format!("{name} is not {} here: add it?", kind(room)),
            Suggestion::New(name) => match name.split_once('=') {
                Some((agency, "")) => format!("Yes, add {agency}"),
                Some((agency, person)) => format!("Yes, add {agency}, with {person} for it"),
                None => format!("Yes, add {name}"),
            },
            Suggestion::Typed(name) => format!("{name}  (as typed)"),
            Suggestion::Words(name) => format!("No: {} is a person of no agency here", name.trim_start_matches('=')),
        }
    }
}

/// What a name would be, if it were added.
fn kind(room: Room) -> &'static str {
    match room {
        Room::OneBody | Room::Bodies => "a subgroup",
        Room::Several | Room::OneParty | Room::People | Room::Speaker => "an agency",
    }
}

/// How many suggestions a field shows.
pub const SUGGESTIONS: usize = 6;

/// How many ways to read an unknown name are offered.
const READINGS: usize = 2;

impl FormField {
    /// What matches the typed letters, best first.
    pub fn suggestions(&self, world: World<'_>) -> Vec<Suggestion> {
        let Holds::Parties(parties) = &self.holds else { return Vec::new() };
        match (self.text(), parties.room) {
            ("", _) => bodies(parties, world),
            (typed, Room::People) => people(parties, typed, world),
            (typed, Room::Several | Room::Bodies | Room::OneBody | Room::OneParty | Room::Speaker) => {
                fitting(parties, typed, world)
            }
        }
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
    let names = names(parties, world);
    let mut found: Vec<_> = fit(parties, typed, &names, world).into_iter().map(Suggestion::Known).collect();
    let is_known = names.iter().any(|(name, _)| name_key(name) == name_key(typed));
    match parties.room {
        Room::OneParty => {}
        _ if is_known => {}
        Room::Speaker => found.push(Suggestion::Typed(typed.to_owned())),
        Room::OneBody | Room::Bodies | Room::Several | Room::People => {
            found.extend([Suggestion::Ask(typed.to_owned()), Suggestion::New(typed.to_owned())]);
        }
    }
    found
}

/// The parties that fit, best first: one called so, then (where one body meets) subgroups.
fn fit(parties: &Parties, typed: &str, names: &[(String, String)], world: World<'_>) -> Vec<String> {
    let mut order = rank(typed, names.iter().map(|(name, also)| (name.as_str(), also.as_str())));
    let called = |name: &str| known(world).any(|party| party.name() == name && party.is_called(typed));
    let is_subgroup = |name: &str| parties.room == Room::OneBody && is_subgroup(name, world);
    order.sort_by_key(|at| names.get(*at).map(|(name, _)| (!called(name), !is_subgroup(name))));
    order.into_iter().filter_map(|at| names.get(at)).map(|(name, _)| name.clone()).take(SUGGESTIONS).collect()
}

/// Who is there: an agency, an agency with a person in whichever order they are typed, or a person alone.
fn people(parties: &Parties, typed: &str, world: World<'_>) -> Vec<Suggestion> {
    let with = |agency: &str, name: &str| if name.is_empty() { agency.to_owned() } else { format!("{agency}={name}") };
    if let Some((party, name)) = attending::known(world.register, typed) {
        return vec![Suggestion::Known(with(party.name(), name))];
    }
    let (names, readings) = (names(parties, world), attending::readings(typed));
    let mut found: Vec<Suggestion> = Vec::new();
    if readings.is_empty() {
        found.extend(fit(parties, typed, &names, world).into_iter().map(Suggestion::Known));
    }
    for Reading { agency, name } in readings.iter().filter(|reading| !reading.agency.is_empty()) {
        let begun = names.iter().filter(|(label, also)| words_begin(agency, label) || words_begin(agency, also));
        found.extend(begun.map(|(label, _)| Suggestion::Known(with(label, name))));
    }
    found.truncate(SUGGESTIONS);
    let likeliest = readings.first().map_or(typed, |reading| reading.agency);
    if !likeliest.is_empty() {
        found.push(Suggestion::Ask(likeliest.to_owned()));
        let is_likely = readings.first().is_some_and(Reading::is_likely);
        let new = readings.iter().filter(|reading| reading.is_likely() == is_likely);
        let new = new.take(READINGS).map(|reading| format!("{}={}", reading.agency, reading.name));
        found.extend(new.map(Suggestion::New));
        found.extend(readings.is_empty().then(|| Suggestion::New(typed.to_owned())));
    }
    // A name by itself is most likely a person's: that answer comes first.
    let is_person = readings.is_empty() && !attending::is_like_agency(typed);
    let ask = found.iter().position(|one| matches!(one, Suggestion::Ask(_)));
    let place = ask.filter(|_| is_person).map_or(found.len(), |ask| ask + 1);
    found.insert(place, Suggestion::Words(format!("={}", attending::in_words(typed))));
    found
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

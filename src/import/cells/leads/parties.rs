//! The parties of a plan: spellings folded together, posts and teams under their agencies, meanings as aliases.

use std::collections::HashMap;

use super::heading::is_initials;
use super::names::Names;
use super::parse::{self, Named};
use crate::domain::draft::DraftParty;
use crate::domain::party::{PartyKind, name_key};

/// How many parties are searched for short names and meanings; no plan has as many.
pub const MOST: usize = 500;

/// Parties as they are collected, in the order in which the plan names them.
pub struct Parties<'a> {
    names: &'a Names<'a>,
    list: Vec<DraftParty>,
    by_identity: HashMap<String, usize>,
}

/// The finished list, and the party that each name became.
pub struct Folded {
    pub list: Vec<DraftParty>,
    by_raw: HashMap<String, usize>,
}

impl Folded {
    pub fn place(&self, named: &Named) -> Option<usize> {
        self.by_raw.get(&key(named)).copied()
    }
}

/// A name without its brackets and without its last word for a team: "Complex Needs Team (CC)" → "Complex Needs".
pub fn base(name: &str, names: &Names<'_>) -> Option<String> {
    let body = name.split('(').next().unwrap_or(name).trim();
    let (stem, _) = body.rsplit_once(' ').filter(|_| names.is_team(body)).unwrap_or((body, ""));
    (stem.contains(' ') && stem != name).then(|| stem.to_owned())
}

impl<'a> Parties<'a> {
    pub fn new(names: &'a Names<'a>) -> Parties<'a> {
        Parties { names, list: Vec::new(), by_identity: HashMap::new() }
    }

    pub fn add(&mut self, named: &Named) {
        let agency = named.agency.as_ref().map(|agency| {
            let kind = parse::kind(agency, self.names);
            self.place(agency, kind)
        });
        let place = self.place(&named.name, named.kind);
        if let Some(party) = self.list.get_mut(place) {
            party.agency = party.agency.or(agency.filter(|agency| *agency != place));
            if name_key(&named.raw) != name_key(&party.name) && !named.is_by_heading() {
                party.aliases.push(named.raw.clone());
                party.aliases.extend(initials_of(named));
            }
        }
        self.by_identity.insert(key(named), place);
    }

    /// Finishes the collection: generic names, short names of teams, agencies of teams, aliases.
    pub fn folded(mut self) -> Folded {
        let mut to: Vec<usize> = (0..self.list.len()).collect();
        let looked_at = self.list.len().min(MOST);
        for place in 0..looked_at {
            if let Some(target) = self.generic(place).or_else(|| self.short(place)).filter(|target| *target != place) {
                self.merge(place, target);
                if let Some(slot) = to.get_mut(place) {
                    *slot = target;
                }
            }
        }
        (0..looked_at).for_each(|place| self.roll_up(place));
        (0..looked_at).for_each(|place| self.name_all(place));
        self.compacted(&to)
    }

    fn place(&mut self, name: &str, kind: PartyKind) -> usize {
        let identity = self.identity(name, kind);
        if let Some(place) = self.by_identity.get(&identity) {
            return *place;
        }
        self.list.push(DraftParty { name: name.to_owned(), kind, aliases: Vec::new(), agency: None });
        self.by_identity.insert(identity, self.list.len() - 1);
        self.list.len() - 1
    }

    /// The same for all spellings and for acronym and meaning; for "PQA Subgroup" the same as for "PQA".
    fn identity(&self, name: &str, kind: PartyKind) -> String {
        if kind == PartyKind::Everyone {
            return "everyone".into();
        }
        let short = self
            .names
            .without_group(name)
            .filter(|base| Names::is_acronym(base) || self.names.in_glossary(base).is_some());
        let name = short.unwrap_or(name);
        if let Some((acronym, _)) = self.names.in_glossary(name).or_else(|| self.in_glossary_at_end(name)) {
            return format!("glossary {}", name_key(acronym));
        }
        match self.names.vocabulary.by_key.get(&name_key(name)) {
            Some(place) => format!("known {place}"),
            None => name_key(name),
        }
    }

    /// "CRC" where the glossary has "KSS CRC" and nothing else with that ending.
    fn in_glossary_at_end(&self, name: &str) -> Option<&'a (String, String)> {
        let ending = format!(" {name}");
        let mut found =
            self.names.glossary.iter().filter(|(acronym, _)| Names::is_acronym(name) && acronym.ends_with(&ending));
        found.next().filter(|_| found.next().is_none())
    }

    /// "Police", where just one other agency's name has that ending; "CC", where just one is "Cornshire Council".
    fn generic(&self, place: usize) -> Option<usize> {
        let party = self.list.get(place)?;
        let lower = party.name.to_lowercase();
        let words = &self.names.vocabulary.parties;
        let ending = format!(" {lower}");
        let is_ending = |name: &str| words.generic.contains(&lower) && name.to_lowercase().ends_with(&ending);
        let is_initials =
            |name: &str| words.councils.contains(&lower) && name.ends_with(" Council") && initials(name) == party.name;
        let is_it = |(_, other): &(usize, &DraftParty)| {
            other.kind == PartyKind::Agency && (is_ending(&other.name) || is_initials(&other.name))
        };
        let mut others = self.list.iter().enumerate().filter(is_it);
        let (target, _) = others.next()?;
        others.next().is_none().then_some(target)
    }

    /// "Complex Needs", where just one other party is "Complex Needs Team (CC)".
    fn short(&self, place: usize) -> Option<usize> {
        let party = self.list.get(place)?;
        let body = party.name.split('(').next().unwrap_or(&party.name).trim();
        if self.names.is_team(body) || !body.contains(' ') {
            return None;
        }
        let key = name_key(body);
        let is_it = |(at, other): &(usize, &DraftParty)| {
            let is_same_agency = party.agency.is_none() || other.agency.is_none() || party.agency == other.agency;
            let own = other.name.split('(').next().unwrap_or(&other.name).trim();
            let has_team = self.names.is_team(own) && base(own, self.names).is_some_and(|base| name_key(&base) == key);
            *at != place && is_same_agency && has_team
        };
        let mut others = self.list.iter().enumerate().filter(is_it);
        let (target, _) = others.next()?;
        others.next().is_none().then_some(target)
    }

    fn merge(&mut self, from: usize, to: usize) {
        let Some(old) = self.list.get(from).cloned() else { return };
        if let Some(party) = self.list.get_mut(to) {
            party.aliases.push(old.name);
            party.aliases.extend(old.aliases);
            party.agency = party.agency.or(old.agency);
        }
    }

    /// A team or group known only by its acronym: its kind from its meaning, its agency from the word before it.
    fn roll_up(&mut self, place: usize) {
        let Some(party) = self.list.get(place) else { return };
        let known = self.names.vocabulary.party(&party.name);
        let meaning =
            known.and_then(|known| known.aliases.first().cloned()).or_else(|| self.names.spelled_out(&party.name));
        let kind = match (&meaning, known, self.names.in_glossary(&party.name)) {
            (Some(meaning), None, None) if Names::is_acronym(&party.name) => parse::kind(meaning, self.names),
            (Some(_) | None, _, _) => party.kind,
        };
        let named = [Some(party.name.clone()), meaning];
        let before = named.iter().flatten().flat_map(|name| self.names.words_before(name));
        let agencies = before.filter(|word| Names::is_acronym(word)).filter_map(|word| {
            self.list.iter().position(|other| other.name == word && other.kind == PartyKind::Agency)
        });
        let is_unit = !self.names.is_taken_for_person(&party.name);
        let above = if kind == PartyKind::Post && party.agency.is_none() && is_unit { most(agencies) } else { None };
        if let Some(party) = self.list.get_mut(place) {
            party.kind = kind;
            party.agency = party.agency.or(above.filter(|above| *above != place));
        }
    }

    /// All other spellings of its name that the document or common use gives.
    fn name_all(&mut self, place: usize) {
        let Some(party) = self.list.get(place) else { return };
        let mut more: Vec<String> = party.aliases.clone();
        let short = self.names.without_group(&party.name).filter(|base| Names::is_acronym(base)).map(str::to_owned);
        let asked = short.clone().unwrap_or_else(|| party.name.clone());
        more.extend(short);
        match self.names.in_glossary(&asked).or_else(|| self.in_glossary_at_end(&asked)) {
            Some((acronym, meaning)) => more.extend([acronym.clone(), meaning.clone()]),
            None => match self.names.vocabulary.party(&asked) {
                Some(known) => more.extend(std::iter::once(&known.name).chain(&known.aliases).cloned()),
                None => more.extend(self.names.spelled_out(&asked)),
            },
        }
        let whole = format!("{} Partnership", party.name);
        more.extend(Some(whole).filter(|whole| self.names.is_safer(&party.name) && self.names.has_phrase(whole)));
        let mut keys = vec![name_key(&party.name)];
        more.retain(|alias| {
            let key = name_key(alias);
            let is_new = !key.is_empty() && !keys.contains(&key);
            keys.push(key);
            is_new
        });
        if let Some(party) = self.list.get_mut(place) {
            party.aliases = more;
        }
    }

    /// Without the parties that were merged into another.
    fn compacted(self, to: &[usize]) -> Folded {
        let kept: Vec<usize> = to.iter().enumerate().filter(|(at, to)| at == *to).map(|(at, _)| at).collect();
        let places: HashMap<usize, usize> = kept.iter().enumerate().map(|(new, old)| (*old, new)).collect();
        let new = |old: usize| places.get(&to.get(old).copied().unwrap_or(old)).copied();
        let by_raw = self.by_identity.iter().filter_map(|(raw, old)| new(*old).map(|new| (raw.clone(), new))).collect();
        let party = |old: &usize| {
            self.list.get(*old).map(|party| DraftParty { agency: party.agency.and_then(new), ..party.clone() })
        };
        Folded { list: kept.iter().filter_map(party).collect(), by_raw }
    }
}

/// "Jane Smith (JS)": the initials beside a person's name.
fn initials_of(named: &Named) -> Option<String> {
    let inside = named.raw.strip_prefix(&named.name)?.trim().strip_prefix('(')?.strip_suffix(')')?;
    is_initials(inside).then(|| inside.to_owned())
}

/// Kept apart from identities by its first letter.
fn key(named: &Named) -> String {
    format!("\u{1}{}\u{1}{}", named.name, named.raw)
}

fn initials(name: &str) -> String {
    name.split_whitespace().filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase()).collect()
}

fn most(places: impl Iterator<Item = usize>) -> Option<usize> {
    let mut counts: HashMap<usize, usize> = HashMap::new();
    places.for_each(|place| *counts.entry(place).or_default() += 1);
    counts.into_iter().max_by_key(|(place, count)| (*count, std::cmp::Reverse(*place))).map(|(place, _)| place)
}

//! The draft's parties: those the register has under any of their names, and the ones to add.

use std::collections::{HashMap, HashSet};

use crate::domain::action::Lead;
use crate::domain::change::{Kind, Op, Value};
use crate::domain::draft::{Draft, DraftLead, DraftParty};
use crate::domain::id::Id;
use crate::domain::party::{Party, PartyKind, name_key};
use crate::domain::register::Register;

/// Stand-in places of parties to be added begin here, far above those of any other operation.
const FIRST: usize = 1 << 40;

/// Where each party of the draft is, or will be.
pub struct Parties<'a> {
    draft: &'a Draft,
    register: &'a Register,
    /// By the draft's place.
    known: HashMap<usize, Id>,
    /// The draft's places of parties to add, in the order in which they are needed.
    new: Vec<usize>,
    /// Whether the plan is new, and so may add names to known parties.
    is_new_plan: bool,
}

impl<'a> Parties<'a> {
    pub fn new(draft: &'a Draft, register: &'a Register, is_new_plan: bool) -> Parties<'a> {
        let names = Known::new(register);
        let known = draft.parties.iter().enumerate().filter_map(|(at, party)| Some((at, names.find(party)?)));
        Parties { draft, register, known: known.collect(), new: Vec::new(), is_new_plan }
    }

    /// The leads with the ids of their parties.
    pub fn leads(&mut self, leads: &[DraftLead]) -> Vec<Lead> {
        let mut all: Vec<Lead> = Vec::new();
        for lead in leads {
            let party = self.id(lead.party, 0);
            if !all.iter().any(|other| other.party == party) {
                all.push(Lead { party, raw: lead.raw.clone() });
            }
        }
        all
    }

    /// The party that the register has for a place of the draft.
    pub fn known(&self, place: usize) -> Option<Id> {
        self.known.get(&place).copied()
    }

    fn id(&mut self, place: usize, depth: usize) -> Id {
        if let Some(id) = self.known.get(&place) {
            return *id;
        }
        let above = self.draft.parties.get(place).and_then(|party| party.agency).filter(|_| depth < 8);
        if let Some(above) = above {
            self.id(above, depth + 1);
        }
        let id = Id::pending(FIRST + self.new.len());
        self.new.push(place);
        self.known.insert(place, id);
        id
    }

    /// All operations, those for parties last, with real pending ids everywhere.
    pub fn finished(self, mut ops: Vec<Op>) -> Vec<Op> {
        let begin = ops.len();
        let added: Vec<Op> =
            self.new.iter().filter_map(|place| self.draft.parties.get(*place)).map(|party| self.add(party)).collect();
        ops.extend(added);
        if self.is_new_plan {
            ops.extend(self.lessons());
        }
        ops.into_iter().map(|op| op.moved(begin)).collect()
    }

    fn add(&self, party: &DraftParty) -> Op {
        let mut values = vec![Value::Name(party.name.clone()), Value::PartyKind(party.kind)];
        if !party.aliases.is_empty() {
            values.push(Value::Aliases(party.aliases.clone()));
        }
        if let Some(agency) = party.agency.and_then(|agency| self.known(agency)) {
            values.push(Value::Agency(Some(agency)));
        }
        Op::Add { kind: Kind::Party, values }
    }

    /// Further names of parties that were here before, where no other party has them.
    fn lessons(&self) -> Vec<Op> {
        let places: Vec<(usize, &Party)> =
            self.known.iter().filter_map(|(place, id)| Some((*place, self.register.party(*id)?))).collect();
        let mut ops = Vec::new();
        let all = self.register.parties.iter();
        let called = all.flat_map(|own| std::iter::once(own.name()).chain(own.aliases().iter().map(String::as_str)));
        let taken: HashSet<String> = called.map(name_key).collect();
        for (place, party) in sorted(places) {
            let draft = self.draft.parties.get(place);
            let names = draft.into_iter().flat_map(|draft| std::iter::once(&draft.name).chain(&draft.aliases));
            let is_free = |name: &&String| !taken.contains(&name_key(name));
            let mut aliases = party.aliases().to_vec();
            let before = aliases.len();
            aliases.extend(names.filter(is_free).cloned());
            if aliases.len() > before {
                ops.push(Op::Set { on: party.id, value: Value::Aliases(aliases), replaces: party.aliases.ids() });
            }
        }
        ops
    }
}

fn sorted(mut places: Vec<(usize, &Party)>) -> Vec<(usize, &Party)> {
    places.sort_by_key(|(place, _)| *place);
    places.dedup_by_key(|(_, party)| party.id);
    places
}

/// The register's parties by their names, each as it is compared; of two with one name, the first.
#[derive(Default)]
struct Known {
    names: HashMap<String, Id>,
    aliases: HashMap<String, Id>,
    everyone: Option<Id>,
}

impl Known {
    fn new(register: &Register) -> Known {
        let mut known = Known::default();
        for party in register.parties.iter().filter(|own| !register.is_hidden(own.id)) {
            known.names.entry(name_key(party.name())).or_insert(party.id);
            for alias in party.aliases() {
                known.aliases.entry(name_key(alias)).or_insert(party.id);
            }
            if party.kind() == PartyKind::Everyone {
                known.everyone = known.everyone.or(Some(party.id));
            }
        }
        known
    }

    /// By name first; then where a name of one is an alias of the other.
    fn find(&self, party: &DraftParty) -> Option<Id> {
        if party.kind == PartyKind::Everyone {
            return self.everyone;
        }
        let key = name_key(&party.name);
        let by_own_alias = || party.aliases.iter().find_map(|alias| self.names.get(&name_key(alias)));
        self.names.get(&key).or_else(|| self.aliases.get(&key)).or_else(by_own_alias).copied()
    }
}

impl Op {
    /// The same operation with stand-in places counted from `begin`.
    fn moved(mut self, begin: usize) -> Op {
        let first = FIRST as u64;
        for id in
            self.ids_mut().into_iter().filter(|id| **id >= Id::pending(FIRST) && id.origin == Id::pending(0).origin)
        {
            id.seq = id.seq - first + begin as u64;
        }
        self
    }
}

//! Choosing parties: who leads an action and who oversees it.

use super::super::action::Lead;
use super::super::change::{Kind, Op, Value};
use super::super::id::Id;
use super::super::intent::PartyChoice;
use super::super::multi_value::Field;
use super::super::party::{Party, PartyKind, name_key};
use super::super::register::Register;
use super::{Subject, filled};
use crate::problem::Problem;

/// Sets who leads; an empty list means no lead.
pub fn assign(on: &Subject<'_>, leads: &[PartyChoice]) -> Result<Vec<Op>, Problem> {
    let mut chosen = Chosen::on(on, on.action.leads(), lead_kind);
    let leads = chosen.all(leads)?;
    chosen.done(on, leads, &on.action.leads, Value::Leads, ("already has no lead", "is already led by"))
}

/// Sets through whom it is overseen. A new party is a subgroup: that is what "via" means.
pub fn oversee(on: &Subject<'_>, via: &[PartyChoice]) -> Result<Vec<Op>, Problem> {
    let mut chosen = Chosen::on(on, on.action.via(), |_| PartyKind::Subgroup);
    let via = chosen.all(via)?;
    chosen.done(on, via, &on.action.via, Value::Via, ("already has no via", "is already via"))
}

/// The party that `name`, as typed, means: one with that name, else one with that alias.
pub fn party_called<'a>(register: &'a Register, name: &str) -> Option<&'a Party> {
    let key = name_key(name);
    let visible = || register.parties.iter().filter(|party| !register.is_hidden(party.id));
    visible().find(|party| name_key(party.name()) == key).or_else(|| visible().find(|party| party.is_called(name)))
}

/// The leads of an action not yet added, and the operations that add the new parties among them.
pub fn named(register: &Register, choices: &[PartyChoice]) -> Result<(Vec<Op>, Vec<Lead>), Problem> {
    let what = "No action was added".into();
    let mut chosen = Chosen { register, what, now: &[], ops: Vec::new(), made: Vec::new(), kind: lead_kind };
    let leads = chosen.all(choices)?;
    Ok((chosen.ops, leads))
}

/// What people write for no agency, as [`name_key`] folds it.
const NO_ONE: &str = "none";

fn lead_kind(name: &str) -> PartyKind {
    if is_subgroup_name(name) { PartyKind::Subgroup } else { PartyKind::Agency }
}

fn is_subgroup_name(name: &str) -> bool {
    name_key(name).ends_with("subgroup")
}

/// A choice being made: the parties before it, and the operations for new ones.
struct Chosen<'a> {
    register: &'a Register,
    /// What did not happen, for a refusal.
    what: String,
    now: &'a [Lead],
    ops: Vec<Op>,
    /// Names of new parties by their keys.
    made: Vec<(String, Id)>,
    kind: fn(&str) -> PartyKind,
}

impl<'a> Chosen<'a> {
    fn on(on: &Subject<'a>, now: &'a [Lead], kind: fn(&str) -> PartyKind) -> Chosen<'a> {
        let what = format!("{} was not changed", on.reference);
        Chosen { register: on.register, what, now, ops: Vec::new(), made: Vec::new(), kind }
    }

    fn all(&mut self, choices: &[PartyChoice]) -> Result<Vec<Lead>, Problem> {
        let mut leads: Vec<Lead> = Vec::new();
        for choice in choices {
            let lead = self.one(choice)?;
            if leads.iter().all(|other| other.party != lead.party) {
                leads.push(lead);
            }
        }
        Ok(leads)
    }

    fn one(&mut self, choice: &PartyChoice) -> Result<Lead, Problem> {
        match choice {
            PartyChoice::Known(id) => {
                let party = self.register.party(*id).filter(|party| !self.register.is_hidden(party.id));
                let gone = || Problem::new(&self.what, "one of the agencies is not in the register", "");
                party.map(|party| self.lead(party.id, party.name())).ok_or_else(gone)
            }
            PartyChoice::New(name) => self.named(name),
        }
    }

    /// Keeps the document's wording for a party that was there before.
    fn lead(&self, party: Id, raw: &str) -> Lead {
        let before = self.now.iter().find(|lead| lead.party == party).cloned();
        before.unwrap_or_else(|| Lead { party, raw: raw.into() })
    }

    fn named(&mut self, name: &str) -> Result<Lead, Problem> {
        let key = name_key(name);
        let Some(name) = filled(name).filter(|_| !key.is_empty() && key != NO_ONE) else {
            let why = format!("“{}” is not a name", name.trim());
            let hint = "The name of an agency has letters or digits; “none” stands for no agency, and alone.";
            return Err(Problem::new(&self.what, why, hint));
        };
        if let Some(party) = party_called(self.register, name) {
            return Ok(self.lead(party.id, name));
        }
        let known = self.made.iter().find(|(other, _)| *other == key).map(|(_, id)| *id);
        let party = known.unwrap_or_else(|| self.make(key, name));
        Ok(Lead { party, raw: name.into() })
    }

    fn make(&mut self, key: String, name: &str) -> Id {
        let id = Id::pending(self.ops.len());
        let values = vec![Value::Name(name.into()), Value::PartyKind((self.kind)(name))];
        self.ops.push(Op::Add { kind: Kind::Party, values });
        self.made.push((key, id));
        id
    }

    /// The operations, unless nothing would change. `words` say so: without names, and in front of them.
    fn done(
        mut self,
        on: &Subject<'_>,
        leads: Vec<Lead>,
        field: &Field<Vec<Lead>>,
        wrap: fn(Vec<Lead>) -> Value,
        words: (&str, &str),
    ) -> Result<Vec<Op>, Problem> {
        let is_same = leads.iter().map(|lead| lead.party).eq(self.now.iter().map(|lead| lead.party));
        if is_same && !field.in_conflict() {
            let names: Vec<&str> = leads.iter().map(|lead| self.register.party_name(lead.party)).collect();
            let what = if names.is_empty() { words.0.into() } else { format!("{} {}", words.1, names.join(" · ")) };
            return Err(on.problem(&what, "", ""));
        }
        self.ops.push(on.set(field, wrap(leads)));
        self.ops.extend(on.settled("lead"));
        Ok(self.ops)
    }
}

//! Correcting who is who: a party's name, two names for one party, and what was added by mistake.

use super::super::action::Lead;
use super::super::change::{Op, Value};
use super::super::chase::Address;
use super::super::id::Id;
use super::super::meeting::Attendance;
use super::super::party::{Party, name_key};
use super::super::register::Register;
use super::super::timing::Moves;
use super::super::withdrawal::{SAME_AS, Withdrawal};
use super::choosing::party_called;
use super::filled;
use crate::problem::Problem;

/// Renames a party. Its old name is kept as another name for it, so that documents that use it still mean it.
pub fn rename(register: &Register, party: Id, name: &str) -> Result<Vec<Op>, Problem> {
    let party = known(register, party)?;
    let no = |why: String, hint: &str| Err(Problem::new(format!("{} was not renamed", party.name()), why, hint));
    let Some(name) = filled(name).filter(|name| !name_key(name).is_empty()) else {
        return no("there is no name".into(), "Type the name that it should have.");
    };
    if party.name() == name && !party.name.in_conflict() {
        return no("that is already its name".into(), "");
    }
    if let Some(other) = party_called(register, name).filter(|other| other.id != party.id) {
        let hint =
            format!("If they are one agency, say so: `arising party same {:?} {:?}`.", other.name(), party.name());
        return no(format!("{} is called that", other.name()), &hint);
    }
    let aliases = with_names(party, &[party.name().to_owned()], name);
    let renamed = Op::Set { on: party.id, value: Value::Name(name.into()), replaces: party.name.ids() };
    Ok(std::iter::once(renamed).chain(named(party, aliases)).collect())
}

/// Two names are one party: whatever the other leads, oversees, attended or holds goes to the one that is kept.
pub fn same(register: &Register, kept: Id, other: Id) -> Result<Vec<Op>, Problem> {
    let (kept, other) = (known(register, kept)?, known(register, other)?);
    let other = if kept.id == other.id { twin(register, kept) } else { Some(other) };
    let Some(other) = other else {
        let why = format!("both names already mean {}", kept.name());
        return Err(Problem::new("Nothing was changed", why, ""));
    };
    let mut ops = named(kept, with_names(kept, &names(other), kept.name())).into_iter().collect::<Vec<_>>();
    ops.extend(with_address(kept, other));
    for action in register.actions.iter().filter(|action| !register.is_hidden(action.id)) {
        let moved = |leads: &[Lead]| moved(leads, |lead| Some(&mut lead.party), (other.id, kept.id));
        let set = |value, replaces| Op::Set { on: action.id, value, replaces };
        ops.extend(moved(action.leads()).map(|leads| set(Value::Leads(leads), action.leads.ids())));
        ops.extend(moved(action.via()).map(|via| set(Value::Via(via), action.via.ids())));
    }
    for party in register.parties.iter().filter(|party| party.agency() == Some(other.id)) {
        let agency = Some(kept.id).filter(|kept| *kept != party.id);
        ops.push(Op::Set { on: party.id, value: Value::Agency(agency), replaces: party.agency.ids() });
    }
    for meeting in register.visible_meetings() {
        let set = |value, replaces| Op::Set { on: meeting.id, value, replaces };
        if meeting.body() == Some(other.id) {
            ops.push(set(Value::Body(Some(kept.id)), meeting.body.ids()));
        }
        let people = moved(meeting.attendance(), |person: &mut Attendance| person.party.as_mut(), (other.id, kept.id));
        ops.extend(people.map(|people| set(Value::Attendance(people), meeting.attendance.ids())));
        if meeting.moves().iter().any(|one| one.party == Some(other.id)) {
            let mut moves = Moves(meeting.moves().to_vec());
            moves.0.iter_mut().filter(|one| one.party == Some(other.id)).for_each(|one| one.party = Some(kept.id));
            ops.push(set(Value::Moves(moves), meeting.moves.ids()));
        }
    }
    ops.push(withdrawal(register, other, &format!("{SAME_AS}{}", kept.name())));
    Ok(ops)
}

/// Where only the other party's address is known, mail goes there.
fn with_address(kept: &Party, other: &Party) -> Option<Op> {
    let is_wanted = kept.address().is_empty() && !other.address().is_empty();
    let address = Value::Address(Address(other.address().to_owned()));
    is_wanted.then(|| Op::Set { on: kept.id, value: address, replaces: kept.address.ids() })
}

/// The party of the same name that another copy of the register added.
fn twin<'a>(register: &'a Register, party: &Party) -> Option<&'a Party> {
    let visible = register.parties.iter().filter(|other| !register.is_hidden(other.id));
    visible.into_iter().find(|other| other.id != party.id && name_key(other.name()) == name_key(party.name()))
}

/// Withdraws a party that was added by mistake.
pub fn withdraw(register: &Register, party: Id, reason: &str) -> Result<Vec<Op>, Problem> {
    let party = known(register, party)?;
    let no = |why: String, hint: &str| Err(Problem::new(format!("{} was not withdrawn", party.name()), why, hint));
    let Some(reason) = filled(reason) else {
        return no("there is no reason".into(), "Say why it does not belong in the register.");
    };
    let is_used = |lead: &Lead| lead.party == party.id;
    let used = register.visible_actions().filter(|action| action.leads().iter().chain(action.via()).any(is_used));
    let used: Vec<String> = used.take(3).map(|action| register.reference(action)).collect();
    if !used.is_empty() {
        let why = format!("it leads or oversees {}", used.join(", "));
        return no(why, "Give its actions another lead, or say which agency it is the same as.");
    }
    Ok(vec![withdrawal(register, party, reason)])
}

/// Withdraws a plan that was added by mistake, with all that is in it.
pub fn withdraw_plan(register: &Register, plan: Id, reason: &str) -> Result<Vec<Op>, Problem> {
    let Some(plan) = register.plan(plan).filter(|plan| !register.is_hidden(plan.id)) else {
        return Err(Problem::new("Nothing was withdrawn", "there is no such plan, or it is withdrawn", ""));
    };
    let Some(reason) = filled(reason) else {
        let hint = "Say why it should not be in the register.";
        return Err(Problem::new(format!("{} was not withdrawn", plan.slug()), "there is no reason", hint));
    };
    let withdrawal = Withdrawal { reason: reason.into(), seen: register.heads_of(plan.id) };
    Ok(vec![Op::Set { on: plan.id, value: Value::Withdrawn(Some(withdrawal)), replaces: plan.withdrawn.ids() }])
}

fn withdrawal(register: &Register, party: &Party, reason: &str) -> Op {
    let withdrawal = Withdrawal { reason: reason.into(), seen: register.heads_of(party.id) };
    Op::Set { on: party.id, value: Value::Withdrawn(Some(withdrawal)), replaces: party.withdrawn.ids() }
}

/// A list in which one party stands for another, once; none if nothing changes.
fn moved<T: Clone>(all: &[T], party: impl Fn(&mut T) -> Option<&mut Id>, (from, to): (Id, Id)) -> Option<Vec<T>> {
    let mut all = all.to_vec();
    let mut is_there = false;
    let mut is_moved = false;
    all.retain_mut(|one| {
        let Some(party) = party(one) else { return true };
        is_moved |= *party == from;
        let is_repeated = (*party == from || *party == to) && is_there;
        is_there |= *party == from || *party == to;
        if *party == from {
            *party = to;
        }
        !is_repeated
    });
    is_moved.then_some(all)
}

fn names(party: &Party) -> Vec<String> {
    std::iter::once(party.name().to_owned()).chain(party.aliases().iter().cloned()).collect()
}

/// The other names of a party with more of them; none that is its name itself.
fn with_names(party: &Party, more: &[String], name: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for alias in party.aliases().iter().chain(more) {
        let key = name_key(alias);
        if key != name_key(name) && !all.iter().any(|known| name_key(known) == key) {
            all.push(alias.clone());
        }
    }
    all
}

fn named(party: &Party, aliases: Vec<String>) -> Option<Op> {
    let is_new = party.aliases() != aliases.as_slice();
    is_new.then(|| Op::Set { on: party.id, value: Value::Aliases(aliases), replaces: party.aliases.ids() })
}

pub(super) fn known(register: &Register, id: Id) -> Result<&Party, Problem> {
    let found = register.party(id).filter(|party| !register.is_hidden(party.id));
    found.ok_or_else(|| Problem::new("There is no such agency", "", "Choose it again."))
}

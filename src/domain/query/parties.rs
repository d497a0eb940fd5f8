//! How much each party has to do, for choosing one.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::super::action::Action;
use super::super::id::Id;
use super::super::party::{Party, PartyKind};
use super::super::register::Register;
use super::is_overdue;

/// What a filter by this party would show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyCount {
    pub party: Id,
    pub name: String,
    pub kind: PartyKind,
    /// Actions that it, or a post or team of it, leads or oversees.
    pub actions: usize,
    pub overdue: usize,
    /// Further actions for all agencies, and so for this one.
    pub for_all: usize,
}

#[derive(Clone, Copy, Default)]
struct Count {
    actions: usize,
    overdue: usize,
    /// Of its own actions, those that are also for all agencies.
    shared: usize,
}

/// All parties with what they have among `actions`, most first, then by name.
pub fn party_counts<'a>(
    register: &Register,
    actions: impl IntoIterator<Item = &'a Action>,
    today: NaiveDate,
) -> Vec<PartyCount> {
    let mut counts: HashMap<Id, Count> = HashMap::new();
    let mut for_all = 0;
    for action in actions {
        let is_for_all = action.leads().iter().any(|lead| is_everyone(register, lead.party));
        let is_late = is_overdue(register, action, today);
        for_all += usize::from(is_for_all);
        for party in concerned(register, action) {
            let count = counts.entry(party).or_default();
            count.actions += 1;
            count.overdue += usize::from(is_late);
            count.shared += usize::from(is_for_all);
        }
    }
    sorted(register, &counts, for_all)
}

/// Whether the party, or a post or team of it, leads or oversees the action.
pub fn concerns(register: &Register, action: &Action, party: Id) -> bool {
    action.leads().iter().chain(action.via()).any(|lead| chain(register, lead.party).contains(&party))
}

/// Whether the party, or a post or team of it, leads the action.
pub fn leads(register: &Register, action: &Action, party: Id) -> bool {
    action.leads().iter().any(|lead| chain(register, lead.party).contains(&party))
}

/// The party and those it belongs to, from itself upwards; stops where the chain is circular.
pub fn chain(register: &Register, party: Id) -> Vec<Id> {
    let mut chain = vec![party];
    while let Some(above) = chain.last().and_then(|id| register.party(*id)).and_then(Party::agency) {
        if chain.contains(&above) {
            break;
        }
        chain.push(above);
    }
    chain
}

/// Whether "all agencies" means this party too: an agency, or something inside one.
pub fn is_of_agency(register: &Register, party: Id) -> bool {
    chain(register, party).iter().filter_map(|id| register.party(*id)).any(|party| party.kind() == PartyKind::Agency)
}

fn is_everyone(register: &Register, party: Id) -> bool {
    register.party(party).is_some_and(|party| party.kind() == PartyKind::Everyone)
}

fn concerned(register: &Register, action: &Action) -> Vec<Id> {
    let named = action.leads().iter().chain(action.via());
    let mut all: Vec<Id> = named.flat_map(|lead| chain(register, lead.party)).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The parties that have something in the register: an action, a meeting, or a party within them. An action for all
/// agencies is one for every agency. The others are in no list: they are left over from what was put right.
pub fn listed(register: &Register) -> HashSet<Id> {
    let leads = register.visible_actions().flat_map(|action| action.leads().iter().chain(action.via()));
    let mut listed: HashSet<Id> = leads.map(|lead| lead.party).collect();
    listed.extend(register.parties.iter().filter_map(Party::agency));
    if listed.iter().any(|party| is_everyone(register, *party)) {
        let ids = register.parties.iter().map(|party| party.id);
        listed.extend(ids.filter(|party| is_of_agency(register, *party)));
    }
    for meeting in register.visible_meetings() {
        listed.extend(meeting.body());
        listed.extend(meeting.attendance().iter().map(|person| person.party));
    }
    listed.retain(|party| !register.is_hidden(*party));
    listed
}

fn sorted(register: &Register, counts: &HashMap<Id, Count>, for_all: usize) -> Vec<PartyCount> {
    let listed = listed(register);
    let shown = register.parties.iter().filter(|party| counts.contains_key(&party.id) || listed.contains(&party.id));
    let mut all: Vec<PartyCount> = shown
        .map(|party| {
            let count = counts.get(&party.id).copied().unwrap_or_default();
            let further = if is_of_agency(register, party.id) { for_all - count.shared } else { 0 };
            let (name, kind) = (party.name().to_owned(), party.kind());
            PartyCount { party: party.id, name, kind, actions: count.actions, overdue: count.overdue, for_all: further }
        })
        .collect();
    all.sort_by(|a, b| b.actions.cmp(&a.actions).then_with(|| a.name.to_lowercase().cmp(&b.name.to_lowercase())));
    all
}

//! How much each party has to do, for choosing one.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::super::action::Action;
use super::super::id::Id;
use super::super::index::{Index, position};
use super::super::outline::Outline;
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
    let mut counting = Counting::default();
    actions.into_iter().for_each(|action| counting.count(register, action, today));
    counting.sorted(register, &listed(register))
}

/// The same for the actions of an index and `rest`; `named` are the parties that other actions of the register name.
pub fn party_counts_in<'a>(
    register: &Register,
    index: &Index,
    rest: impl IntoIterator<Item = &'a Action>,
    named: impl IntoIterator<Item = Id>,
    today: NaiveDate,
) -> Vec<PartyCount> {
    let mut counting = Counting::default();
    let mut named: HashSet<Id> = named.into_iter().collect();
    named.extend(counting.count_all(register, index));
    for action in rest {
        counting.count(register, action, today);
        named.extend(parties_of(action));
    }
    counting.sorted(register, &listed_with(register, named))
}

#[derive(Default)]
struct Counting {
    counts: HashMap<Id, Count>,
    for_all: usize,
}

impl Counting {
    fn count(&mut self, register: &Register, action: &Action, today: NaiveDate) {
        let is_for_all = action.leads().iter().any(|lead| is_everyone(register, lead.party));
        let is_late = is_overdue(register, action, today);
        self.for_all += usize::from(is_for_all);
        for party in concerned(register, action) {
            self.counts.entry(party).or_default().add(is_late, is_for_all);
        }
    }

    /// Counts what is in the index, and returns the parties named there.
    fn count_all(&mut self, register: &Register, index: &Index) -> Vec<Id> {
        let all = &register.parties;
        let above = |party: &Party| chain(register, party.id).iter().filter_map(|id| position(register, *id)).collect();
        let chains: Vec<Vec<usize>> = all.iter().map(above).collect();
        let everyone: Vec<bool> = all.iter().map(|party| party.kind() == PartyKind::Everyone).collect();
        let mut counts = vec![Count::default(); all.len()];
        // The last action that each party was counted for: one party may be named twice.
        let mut counted = vec![usize::MAX; all.len()];
        let mut named = vec![false; all.len()];
        for (place, parties) in index.named.iter().enumerate() {
            let is_for_all = parties.leads.iter().any(|at| everyone.get(*at as usize) == Some(&true));
            let is_late = index.late.contains(place);
            self.for_all += usize::from(is_for_all);
            parties.all().for_each(|at| named.get_mut(at).into_iter().for_each(|is_named| *is_named = true));
            for at in parties.all().filter_map(|at| chains.get(at)).flatten() {
                if let (Some(last), Some(count)) = (counted.get_mut(*at), counts.get_mut(*at))
                    && *last != place
                {
                    *last = place;
                    count.add(is_late, is_for_all);
                }
            }
        }
        let has_some = all.iter().zip(counts).filter(|(_, count)| count.actions > 0);
        self.counts.extend(has_some.map(|(party, count)| (party.id, count)));
        all.iter().zip(named).filter(|(_, is_named)| *is_named).map(|(party, _)| party.id).collect()
    }

    fn sorted(&self, register: &Register, listed: &HashSet<Id>) -> Vec<PartyCount> {
        let is_shown = |party: &&Party| self.counts.contains_key(&party.id) || listed.contains(&party.id);
        let shown = register.parties.iter().filter(is_shown);
        let mut all: Vec<PartyCount> = shown
            .map(|party| {
                let count = self.counts.get(&party.id).copied().unwrap_or_default();
                let further = if is_of_agency(register, party.id) { self.for_all - count.shared } else { 0 };
                let (name, kind) = (party.name().to_owned(), party.kind());
                let (actions, overdue) = (count.actions, count.overdue);
                PartyCount { party: party.id, name, kind, actions, overdue, for_all: further }
            })
            .collect();
        all.sort_by(|a, b| b.actions.cmp(&a.actions).then_with(|| a.name.to_lowercase().cmp(&b.name.to_lowercase())));
        all
    }
}

impl Count {
    fn add(&mut self, is_late: bool, is_for_all: bool) {
        self.actions += 1;
        self.overdue += usize::from(is_late);
        self.shared += usize::from(is_for_all);
    }
}

/// The parties that an action names as its leads and as those it goes via.
pub fn parties_of(action: &Action) -> impl Iterator<Item = Id> {
    action.leads().iter().chain(action.via()).map(|lead| lead.party)
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

/// The plans in which the party, or a post or team of it, leads or oversees an action: only there does "all agencies" mean it.
pub fn plans_with(register: &Register, party: Id) -> Vec<Id> {
    plans_where(register, |action| action.parties.all().any(|named| chain(register, named).contains(&party)))
}

/// The plans that have such an action.
pub fn plans_where(register: &Register, is_such: impl Fn(Outline<'_>) -> bool) -> Vec<Id> {
    let plans = register.visible_plans().filter(|plan| register.outlines_of(plan).any(&is_such));
    plans.map(|plan| plan.id).collect()
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
    listed_with(register, register.visible_actions().flat_map(parties_of).collect())
}

/// The same, where the parties that actions name are known.
fn listed_with(register: &Register, mut listed: HashSet<Id>) -> HashSet<Id> {
    listed.extend(register.parties.iter().filter_map(Party::agency));
    if listed.iter().any(|party| is_everyone(register, *party)) {
        let ids = register.parties.iter().map(|party| party.id);
        listed.extend(ids.filter(|party| is_of_agency(register, *party)));
    }
    for meeting in register.visible_meetings() {
        listed.extend(meeting.body());
        listed.extend(meeting.attendance().iter().filter_map(|person| person.party));
        listed.extend(meeting.moves().iter().filter_map(|one| one.party));
    }
    listed.retain(|party| !register.is_hidden(*party));
    listed
}

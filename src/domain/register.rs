//! The register in memory: what you get by applying every change in order.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::action::Action;
use super::finding::Finding;
use super::id::{Id, IdHasher, Origin};
use super::party::Party;
use super::plan::Plan;
use super::progress::Entry;
use super::rating::{Level, Scheme, level_in_brag};
use super::recommendation::{Recommendation, Under};

/// Where a thing stands in the register's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    Plan(usize),
    Party(usize),
    Finding(usize),
    Recommendation(usize),
    Action(usize),
    /// The action and the entry's place in it.
    Entry(usize, usize),
}

/// Where everything stands. It is asked some ten times for every action listed, so its hashing is the cheapest there is.
pub type Slots = HashMap<Id, Slot, BuildHasherDefault<IdHasher>>;

/// All plans of one board, and their parties.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Register {
    pub plans: Vec<Plan>,
    pub parties: Vec<Party>,
    pub findings: Vec<Finding>,
    pub recommendations: Vec<Recommendation>,
    pub actions: Vec<Action>,
    pub slots: Slots,
    /// The greatest Lamport time seen.
    pub lamport: u64,
    /// The last number seen of each origin.
    pub last: HashMap<Origin, u64>,
    /// Changes by newer versions of the program, kept but not understood.
    pub unknown: u64,
}

impl Register {
    pub fn plan(&self, id: Id) -> Option<&Plan> {
        match self.slots.get(&id)? {
            Slot::Plan(at) => self.plans.get(*at),
            Slot::Party(_) | Slot::Finding(_) | Slot::Recommendation(_) | Slot::Action(_) | Slot::Entry(..) => None,
        }
    }

    pub fn party(&self, id: Id) -> Option<&Party> {
        match self.slots.get(&id)? {
            Slot::Party(at) => self.parties.get(*at),
            Slot::Plan(_) | Slot::Finding(_) | Slot::Recommendation(_) | Slot::Action(_) | Slot::Entry(..) => None,
        }
    }

    pub fn finding(&self, id: Id) -> Option<&Finding> {
        match self.slots.get(&id)? {
            Slot::Finding(at) => self.findings.get(*at),
            Slot::Plan(_) | Slot::Party(_) | Slot::Recommendation(_) | Slot::Action(_) | Slot::Entry(..) => None,
        }
    }

    pub fn recommendation(&self, id: Id) -> Option<&Recommendation> {
        match self.slots.get(&id)? {
            Slot::Recommendation(at) => self.recommendations.get(*at),
            Slot::Plan(_) | Slot::Party(_) | Slot::Finding(_) | Slot::Action(_) | Slot::Entry(..) => None,
        }
    }

    pub fn action(&self, id: Id) -> Option<&Action> {
        match self.slots.get(&id)? {
            Slot::Action(at) => self.actions.get(*at),
            Slot::Plan(_) | Slot::Party(_) | Slot::Finding(_) | Slot::Recommendation(_) | Slot::Entry(..) => None,
        }
    }

    pub fn entry(&self, id: Id) -> Option<(&Action, &Entry)> {
        match self.slots.get(&id)? {
            Slot::Entry(action, at) => self.actions.get(*action).and_then(|a| a.entries.get(*at).map(|e| (a, e))),
            Slot::Plan(_) | Slot::Party(_) | Slot::Finding(_) | Slot::Recommendation(_) | Slot::Action(_) => None,
        }
    }

    /// The name of a party, or a word that says it is missing.
    pub fn party_name(&self, id: Id) -> &str {
        self.party(id).map_or("unknown party", Party::name)
    }

    /// Plans that have not been withdrawn, in the order in which they came in.
    pub fn visible_plans(&self) -> impl Iterator<Item = &Plan> {
        self.plans.iter().filter(|plan| !self.is_hidden(plan.id))
    }

    /// Actions not withdrawn, of plans and recommendations not withdrawn, in document order plan by plan.
    pub fn visible_actions(&self) -> impl Iterator<Item = &Action> {
        self.visible_plans().flat_map(|plan| self.actions_of(plan))
    }

    /// The visible actions of one plan: recommendation by recommendation, then those without one.
    pub fn actions_of<'a>(&'a self, plan: &'a Plan) -> impl Iterator<Item = &'a Action> {
        let under = plan.recommendations.iter().filter_map(|id| self.recommendation(*id));
        let under = under.filter(|rec| !self.is_hidden(rec.id)).flat_map(|rec| rec.actions.iter());
        let alone = plan.actions.iter().filter(|id| self.action(**id).is_some_and(|a| a.recommendation.is_none()));
        under.chain(alone).filter_map(|id| self.action(*id)).filter(|action| !self.is_hidden(action.id))
    }

    /// The plan's scheme, or Red/Amber/Green/Blue where it states none.
    pub fn scheme(&self, plan: Id) -> Scheme {
        self.plan(plan).and_then(|plan| plan.scheme.get().cloned()).unwrap_or_else(Scheme::brag)
    }

    /// The level at which an action is rated, in its plan's scheme.
    pub fn level(&self, action: &Action) -> Option<Level> {
        let word = action.rating()?;
        self.plan(action.plan)?.scheme.get().map_or_else(|| level_in_brag(word), |s| s.level(word).cloned())
    }

    /// `7.2`: recommendation 7, its second action; `3` or the action's own number in a log without recommendations.
    pub fn reference(&self, action: &Action) -> String {
        match action.recommendation.and_then(|id| self.recommendation(id)) {
            Some(rec) => format!("{}.{}", rec.number(), action.ordinal),
            None => action.number.get().cloned().unwrap_or_else(|| action.ordinal.to_string()),
        }
    }

    /// The numbers of the findings over an action; `all` for the cross-cutting group.
    pub fn finding_numbers(&self, action: &Action) -> Vec<String> {
        let under = action.recommendation.and_then(|id| self.recommendation(id)).and_then(|rec| rec.under.get());
        match under {
            None | Some(Under::Nothing) => Vec::new(),
            Some(Under::AllFindings) => vec!["all".into()],
            Some(Under::Findings(ids)) => {
                ids.iter().filter_map(|id| self.finding(*id)).map(|f| f.number().into()).collect()
            }
        }
    }
}

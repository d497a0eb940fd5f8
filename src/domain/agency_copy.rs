//! What an agency copy holds of a register: the actions that concern one party, what they stand under, and nothing else.
//!
//! Need-to-know is decided value by value. What is in force is given; earlier wordings are not, because an action that was split
//! once said what is now another agency's. Earlier ratings and targets are: the action's history counts them. What the document
//! said around the action (its cells, notes and doubts) is withheld, and so is everything about meetings.

use std::collections::HashSet;

use super::action::{Action, Lead};
use super::change::{Batch, Change, Kind, Op, Value};
use super::erasing::ERASED;
use super::id::Id;
use super::multi_value::Field;
use super::party::PartyKind;
use super::query;
use super::recommendation::{Recommendation, Under};
use super::register::Register;
use crate::problem::Problem;

/// For whom a copy was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgencyCopy {
    pub party: Id,
    pub name: String,
    /// How many actions the register had when it was made.
    pub actions: u64,
}

impl AgencyCopy {
    /// "Agency copy for Sussex Police: 6 of 27 actions".
    pub fn label(&self, register: &Register) -> String {
        let own = register.visible_actions().count();
        format!("Agency copy for {}: {own} of {} actions", self.name, self.actions)
    }
}

/// What one party may know.
pub struct Concern<'a> {
    register: &'a Register,
    party: Id,
    things: HashSet<Id>,
    /// What it was given before and no longer concerns it: that this is so is all that it is told.
    former: HashSet<Id>,
    /// Changes whose words it is known to have had, all of them: their erasure reaches it whatever concerns it now.
    had: HashSet<Id>,
}

impl Concern<'_> {
    /// What concerns a party now, and did at some time in the `log`.
    pub fn of<'a>(register: &'a Register, log: &[Batch], party: Id) -> Concern<'a> {
        let mut things: HashSet<Id> = query::chain(register, party).into_iter().collect();
        let plans = plans_of(register, party);
        for action in register.visible_actions().filter(|action| is_theirs(register, action, (party, &plans))) {
            things.extend([action.id, action.plan]);
            things.extend(leads(action).flat_map(|lead| query::chain(register, lead.party)));
            let rec = action.recommendation.and_then(|id| register.recommendation(id));
            things.extend(rec.iter().flat_map(|rec| std::iter::once(rec.id).chain(findings(register, rec))));
            let entries = action.entries.iter().map(|entry| entry.id);
            things.extend(entries.filter(|entry| !register.is_hidden(*entry)));
        }
        let changes = || log.iter().flat_map(|batch| &batch.changes);
        let own =
            changes().filter_map(|change| given_to(change, |value| names(value, |lead| is_own(register, lead, party))));
        let own: HashSet<Id> = own.collect();
        let once: HashSet<Id> = own.iter().filter_map(|id| register.action(*id)).map(|action| action.plan).collect();
        let is_to_all =
            |value: &Value| matches!(value, Value::Leads(_)) && names(value, |lead| is_for_all(register, lead, party));
        let for_all = changes().filter_map(|change| given_to(change, is_to_all));
        let is_in = |id: &Id| register.action(*id).is_some_and(|action| once.contains(&action.plan));
        let led = own.iter().copied().chain(for_all.filter(is_in));
        let with_entries = |action: &Action| action.entries.iter().map(|entry| entry.id).chain([action.id]).collect();
        let former = led.filter_map(|id| register.action(id)).flat_map(|action| -> Vec<Id> { with_entries(action) });
        let former = former.filter(|id| !things.contains(id)).collect();
        Concern { register, party, things, former, had: HashSet::new() }
    }

    /// The same, of a party that is known to have had all the words of these changes.
    #[must_use]
    pub fn having_had(self, had: HashSet<Id>) -> Self {
        Concern { had, ..self }
    }

    /// The copy to be made.
    ///
    /// # Errors
    /// In an agency copy, and where nothing concerns the party.
    pub fn copy(&self) -> Result<AgencyCopy, Problem> {
        let refused = |why: String, hint: &str| Err(Problem::new("No agency copy was made", why, hint));
        if let Some(copy) = &self.register.copy.0 {
            let hint = "To give it back: arising share -o FILE.";
            return refused(format!("this is itself the agency copy for {}", copy.name), hint);
        }
        let name = self.register.party_name(self.party).to_owned();
        if self.actions() == 0 {
            let hint = "Check who leads and oversees what: arising list lead:NAME.";
            return refused(format!("no action concerns {name}"), hint);
        }
        let actions = self.register.visible_actions().count() as u64;
        Ok(AgencyCopy { party: self.party, name, actions })
    }

    /// How many actions it is given.
    pub fn actions(&self) -> usize {
        self.register.visible_actions().filter(|action| self.things.contains(&action.id)).count()
    }

    /// What is given of a change: all of it, the part that concerns the party, or nothing.
    pub fn excerpt(&self, change: &Change) -> Option<Op> {
        self.part(change.id, &change.op)
    }

    fn part(&self, id: Id, op: &Op) -> Option<Op> {
        match op {
            Op::Add { kind, values } => {
                let is_known = self.things.contains(&id) && !matches!(kind, Kind::Meeting | Kind::Minute { .. });
                let given = values.iter().filter(|value| self.may_know(id, id, value)).cloned();
                is_known.then(|| Op::Add { kind: kind.clone(), values: given.chain(self.reference(id)).collect() })
            }
            Op::Set { on, value, .. } => {
                let ends = matches!(value, Value::Leads(_) | Value::Via(_) | Value::Withdrawn(_));
                let is_end = ends && self.former.contains(on) && self.is_in_force(*on, id, value);
                let is_known = self.things.contains(on) && self.may_know(*on, id, value);
                (is_known || is_end).then(|| op.clone())
            }
            Op::Erase { what, ground, restated } => {
                let part = |id: Id, op: &Op| {
                    let once = || self.had.contains(&id).then(|| op.clone());
                    Some((id, self.part(id, op).or_else(once).or_else(|| self.without_words(id, op))?))
                };
                let restated: Vec<(Id, Op)> = restated.iter().filter_map(|(id, op)| part(*id, op)).collect();
                let (what, ground) = (what.clone(), ground.clone());
                (!restated.is_empty()).then_some(Op::Erase { what, ground, restated })
            }
            Op::Unknown { .. } | Op::Absent => None,
        }
    }

    /// Of an erased entry that was taken back, or is of an action handed on: that all its words are to go. Nobody knows who was given
    /// them in a file while they stood.
    fn without_words(&self, id: Id, op: &Op) -> Option<Op> {
        let is_entry = matches!(op, Op::Add { kind: Kind::Entry { .. }, .. });
        (is_entry && self.former.contains(&id)).then(|| op.clone().map_text(|_| ERASED.to_owned()))
    }

    /// Whether a value that a change wrote is given.
    fn may_know(&self, on: Id, by: Id, value: &Value) -> bool {
        match given(value) {
            Given::Always => true,
            Given::InForce => self.is_in_force(on, by, value),
            Given::Never => false,
        }
    }

    fn is_in_force(&self, on: Id, by: Id, value: &Value) -> bool {
        let heads = self.register.thing(on).map(|thing| thing.heads(value)).unwrap_or_default();
        heads.iter().any(|head| head.id == by)
    }

    /// An action of an early build stores no reference; it would be counted again among those that are given.
    fn reference(&self, id: Id) -> Option<Value> {
        let action = self.register.action(id).filter(|action| action.stored_reference().is_none())?;
        Some(Value::Reference(self.register.reference(action)))
    }
}

/// Whether an action is led by the party or reported to it, on either side of a conflict; or led by all agencies, in a plan
/// in which the party takes part: another plan's are no business of it, and none that all agencies only oversee, as in a
/// filter.
fn is_theirs(register: &Register, action: &Action, (party, plans): (Id, &[Id])) -> bool {
    let is_led_by_all = || on_each_side(&action.leads).any(|lead| is_for_all(register, lead, party));
    leads(action).any(|lead| is_own(register, lead, party)) || (plans.contains(&action.plan) && is_led_by_all())
}

/// The plans in which the party leads or oversees an action.
fn plans_of(register: &Register, party: Id) -> Vec<Id> {
    let is_its = |action: &Action| leads(action).any(|lead| is_own(register, lead, party));
    let plans = register.visible_plans().filter(|plan| register.actions_of(plan).any(is_its));
    plans.map(|plan| plan.id).collect()
}

/// Whether a lead is the party, or a post or team of it.
fn is_own(register: &Register, lead: &Lead, party: Id) -> bool {
    query::chain(register, lead.party).contains(&party)
}

/// Whether a lead is "all agencies", and the party one of them.
fn is_for_all(register: &Register, lead: &Lead, party: Id) -> bool {
    let is_everyone = register.party(lead.party).is_some_and(|party| party.kind() == PartyKind::Everyone);
    is_everyone && query::is_of_agency(register, party)
}

/// Whether a value names such a lead, or such a group that oversees.
fn names(value: &Value, is_such: impl Fn(&Lead) -> bool) -> bool {
    let (Value::Leads(leads) | Value::Via(leads)) = value else { return false };
    leads.iter().any(is_such)
}

/// The action to which a change gave such a value.
fn given_to(change: &Change, is_such: impl Fn(&Value) -> bool) -> Option<Id> {
    match &change.op {
        Op::Add { values, .. } => values.iter().any(is_such).then_some(change.id),
        Op::Set { on, value, .. } => is_such(value).then_some(*on),
        Op::Unknown { .. } | Op::Erase { .. } | Op::Absent => None,
    }
}

/// All who lead an action or oversee it, on every side of a conflict.
fn leads(action: &Action) -> impl Iterator<Item = &Lead> {
    on_each_side(&action.leads).chain(on_each_side(&action.via))
}

fn on_each_side(field: &Field<Vec<Lead>>) -> impl Iterator<Item = &Lead> {
    field.heads().iter().flat_map(|head| &head.value)
}

fn findings(register: &Register, rec: &Recommendation) -> Vec<Id> {
    let shown = |ids: &[Id]| ids.iter().copied().filter(|id| !register.is_hidden(*id)).collect();
    match rec.under.get() {
        Some(Under::Findings(ids)) => shown(ids),
        Some(Under::AllFindings) => register.plan(rec.plan).map(|plan| shown(&plan.findings)).unwrap_or_default(),
        Some(Under::Nothing) | None => Vec::new(),
    }
}

/// When a value of a field is given.
enum Given {
    /// Those that were replaced too.
    Always,
    InForce,
    Never,
}

fn given(value: &Value) -> Given {
    match value {
        Value::Rating(_)
        | Value::Targets(_)
        | Value::Reference(_)
        | Value::Above(_)
        | Value::Number(_)
        | Value::NumberInferred(_)
        | Value::Slug(_)
        | Value::Scheme(_)
        | Value::AsAt(_)
        | Value::PartyKind(_) => Given::Always,
        Value::Text(_)
        | Value::Title(_)
        | Value::Name(_)
        | Value::Agency(_)
        | Value::Aliases(_)
        | Value::Marking(_)
        | Value::Outcome(_)
        | Value::Scope(_)
        | Value::Under(_)
        | Value::Acceptance(_)
        | Value::Leads(_)
        | Value::Via(_)
        | Value::Closure(_)
        | Value::EvidenceAt(_)
        | Value::Follows(_)
        | Value::Extension(_)
        | Value::Dismissed(_) => Given::InForce,
        Value::Address(_)
        | Value::Asked(_)
        | Value::Flags(_)
        | Value::Raw(_)
        | Value::Source(_)
        | Value::Notes(_)
        | Value::Glossary(_)
        | Value::Withdrawn(_)
        | Value::ReviewOn(_)
        | Value::DisposeOn(_)
        | Value::Agenda(_)
        | Value::Attendance(_)
        | Value::Moves(_)
        | Value::Times(_)
        | Value::Body(_)
        | Value::Chair(_)
        | Value::Day(_)
        | Value::NextMeeting(_)
        | Value::Received(_)
        | Value::Stage(_) => Given::Never,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::action::Action;
    use super::super::fixture::{Log, harbour, some_act};
    use super::*;

    /// The log as the copy for a party has it.
    fn copied(log: &Log, party: Id) -> Vec<Batch> {
        let concern = Concern::of(&log.register, &log.batches, party);
        let given = |change: &Change| Change { op: concern.excerpt(change).unwrap_or(Op::Absent), ..change.clone() };
        let batch = |batch: &Batch| Batch { changes: batch.changes.iter().map(given).collect(), ..batch.clone() };
        log.batches.iter().map(batch).collect()
    }

    /// Everything that an agency reads about an action.
    fn told(register: &Register, action: &Action) -> Vec<String> {
        let entries = action.progress().map(|entry| format!("{:?}", entry.said));
        let mut all: Vec<String> = entries.collect();
        all.push(register.reference(action));
        all.push(format!("{:?} {:?} {}", action.targets(), action.original_targets, action.slips));
        all.push(format!("{:?} {:?} {:?}", action.rating(), action.rating_move, action.closure.get()));
        all.push(format!("{} {:?}", action.text(), action.extension.get()));
        all.extend(leads(action).map(|lead| register.party_name(lead.party).to_owned()));
        all
    }

    proptest! {
        /// Whatever was done before: the copy shows the actions that concern its party as the register does, and no others.
        #[test]
        fn a_copy_shows_its_partys_actions_as_the_register_does(
            acts in prop::collection::vec((0_u8..13, 0_usize..3, 0_usize..4), 0..30),
            undos in prop::collection::vec(any::<bool>(), 30),
        ) {
            let mut log = harbour();
            for (act, is_undone) in acts.into_iter().zip(undos) {
                // What the rules refuse is not part of any history.
                if log.act(&some_act(&log, act)).is_ok() && is_undone {
                    drop(log.undo());
                }
            }
            let register = &log.register;
            for party in register.parties.iter().map(|party| party.id) {
                let copy = Register::fold(&copied(&log, party));
                let own = |register: &Register| -> Vec<Vec<String>> {
                    let plans = plans_of(register, party);
                    let theirs = register.visible_actions().filter(|action| is_theirs(register, action, (party, &plans)));
                    theirs.map(|action| told(register, action)).collect()
                };
                prop_assert_eq!(own(&copy), own(register));
                prop_assert_eq!(copy.visible_actions().count(), own(register).len());
                prop_assert_eq!(copy.unknown, 0);
            }
        }
    }
}

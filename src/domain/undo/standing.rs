//! What has been built on a thing that a batch added: later edits and additions that undoing would hide.

use std::collections::HashSet;

use super::super::action::{Action, Lead};
use super::super::change::{Kind, Op, Value};
use super::super::field;
use super::super::id::Id;
use super::super::meeting::Meeting;
use super::super::multi_value::{Field, Head};
use super::super::party::Party;
use super::super::thing::Thing;
use super::{UNDONE, Undo, refused};
use crate::problem::Problem;

impl Undo<'_> {
    /// Whether its parent was added by the same batch, and goes with it.
    pub(super) fn is_inside_added(&self, kind: &Kind) -> bool {
        match kind {
            Kind::Plan | Kind::Party | Kind::Meeting => false,
            Kind::Minute { meeting, .. } => self.adds(*meeting),
            Kind::Finding { plan } | Kind::Recommendation { plan } => self.adds(*plan),
            Kind::Action { plan, recommendation } => self.adds(*plan) || recommendation.is_some_and(|id| self.adds(id)),
            Kind::Entry { action, .. } => self.adds(*action),
        }
    }

    /// Refuses where a value of an added thing is no longer what the batch set, or something was added under it since.
    pub(super) fn check_untouched(&self, id: Id, values: &[Value]) -> Result<(), Problem> {
        let reported = self.register.thing(id).map(Thing::reported).unwrap_or_default();
        for like in reported {
            let heads = field::heads(self.register, id, &like);
            if heads.len() > 1 || heads.last().map_or(&like, |head| &head.value) != self.left(id, values, &like) {
                return Err(self.changed_since(id, &like, heads.last()));
            }
        }
        match self.came_since(id) {
            Some(child) => Err(refused(format!("{} has had {} added since", self.name(id), self.what(child)))),
            None => Ok(()),
        }
    }

    /// Whether a party that the batch added has been changed, or is used by anything but the batch itself.
    pub(super) fn is_kept(&self, party: Id, values: &[Value]) -> bool {
        let is_changed = || self.check_untouched(party, values).is_err();
        self.used_elsewhere.contains(&party) || is_changed()
    }

    /// The value that the batch left in a field of a thing that it added.
    fn left<'b>(&'b self, id: Id, values: &'b [Value], like: &'b Value) -> &'b Value {
        let added = || values.iter().rev().find(|value| field::same_field(value, like)).unwrap_or(like);
        self.wrote(id, like).unwrap_or_else(added)
    }

    /// Something visible under a thing that the batch did not add.
    fn came_since(&self, id: Id) -> Option<Id> {
        let register = self.register;
        let under_action = register.action(id).into_iter().flat_map(|action| action.entries.iter().map(|e| e.id));
        let under_rec = register.recommendation(id).into_iter().flat_map(|rec| rec.actions.iter().copied());
        let under_plan = register
            .plan(id)
            .into_iter()
            .flat_map(|plan| plan.recommendations.iter().chain(&plan.findings).chain(&plan.actions).copied());
        let under_meeting = register.meeting(id).into_iter().flat_map(|meeting| meeting.minutes.iter().map(|m| m.id));
        let mut under = under_action.chain(under_rec).chain(under_plan).chain(under_meeting);
        under.find(|child| !self.adds(*child) && !register.is_hidden(*child))
    }

    fn what(&self, child: Id) -> String {
        let is_entry = self.register.entry(child).is_some();
        let is_minute = self.register.minute(child).is_some();
        if is_entry {
            "a progress entry".into()
        } else if is_minute {
            "a minute".into()
        } else {
            self.name(child)
        }
    }

    pub(super) fn changed_since(&self, on: Id, like: &Value, now: Option<&Head<Value>>) -> Problem {
        let when = now.map(|head| format!(", on {}", head.day.format("%-d %b %Y"))).unwrap_or_default();
        let to = now.and_then(|head| rating_in(&head.value)).map(|word| format!(", to {word}")).unwrap_or_default();
        let mut problem =
            refused(format!("the {} of {} has changed since{when}{to}", like.field_name(), self.name(on)));
        problem.hint = "Nothing was changed; set it to what it should be.".into();
        problem
    }
}

/// Of the parties that the batch added, those that something outside it names.
pub(super) fn used_elsewhere(undo: &Undo<'_>) -> HashSet<Id> {
    let adds_party = |change: &super::Change| matches!(change.op, Op::Add { kind: Kind::Party, .. });
    if !undo.batch.changes.iter().any(adds_party) {
        return HashSet::new();
    }
    let of_actions = undo.register.actions.iter().filter(|action| !undo.adds(action.id) && !is_undone(action));
    let named = of_actions.flat_map(|action| named_elsewhere(undo, action)).map(|lead| lead.party);
    let bodies = undo.register.meetings.iter().filter(|meeting| !undo.adds(meeting.id)).filter_map(Meeting::body);
    let there = undo.register.meetings.iter().filter(|meeting| !undo.adds(meeting.id)).flat_map(Meeting::attendance);
    let members = undo.register.parties.iter().filter(|party| !undo.adds(party.id));
    let named = named.chain(bodies).chain(there.filter_map(|person| person.party));
    named.chain(members.filter_map(Party::agency)).filter(|id| undo.adds(*id)).collect()
}

/// Whether adding it was undone: only redoing that brings it back, after what this batch did.
fn is_undone(action: &Action) -> bool {
    matches!(action.withdrawn.get(), Some(Some(withdrawal)) if withdrawal.reason == UNDONE)
}

/// The parties of an action, except those that the batch itself put there.
fn named_elsewhere<'a>(undo: &Undo<'_>, action: &'a Action) -> impl Iterator<Item = &'a Lead> {
    let written = |field: &Field<Vec<Lead>>, wrap: fn(Vec<Lead>) -> Value| {
        field
            .get()
            .zip(undo.wrote(action.id, &wrap(Vec::new())))
            .is_some_and(|(now, wrote)| wrap(now.clone()) == *wrote)
    };
    let leads = if written(&action.leads, Value::Leads) { &[][..] } else { action.leads() };
    let via = if written(&action.via, Value::Via) { &[][..] } else { action.via() };
    leads.iter().chain(via)
}

fn rating_in(value: &Value) -> Option<&str> {
    if let Value::Rating(rating) = value { Some(rating.as_deref().unwrap_or("not rated")) } else { None }
}

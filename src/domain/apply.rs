//! What a change does to a register.

use super::action::{Action, RatingMove, Targets};
use super::change::{Batch, Cause, Change, Kind, Op, Value};
use super::finding::Finding;
use super::id::Id;
use super::meeting::{Meeting, Minute, MinuteText, Worked};
use super::party::Party;
use super::plan::Plan;
use super::progress::{Entry, EntryText};
use super::recommendation::Recommendation;
use super::register::Register;
use super::slots::Slot;
use super::thing::{Thing, Written};
use super::timing;

impl Register {
    /// The register that a log produces. The order in which batches are given does not matter, nor does giving one twice:
    /// the log has its own order.
    pub fn fold<'a>(batches: impl IntoIterator<Item = &'a Batch>) -> Register {
        let mut all: Vec<(&Batch, &Change)> =
            batches.into_iter().flat_map(|batch| batch.changes.iter().map(move |change| (batch, change))).collect();
        all.sort_by_key(|(_, change)| (change.lamport, change.id));
        all.dedup_by_key(|(_, change)| change.id);
        let mut register = Register::default();
        for (batch, change) in all {
            register.apply_change(batch, change);
        }
        register.find_clashes();
        register
    }

    /// Applies a batch that comes after everything known.
    pub fn apply(&mut self, batch: &Batch) {
        for change in &batch.changes {
            self.apply_change(batch, change);
        }
    }

    /// Applies one change of `batch`.
    pub fn apply_change(&mut self, batch: &Batch, change: &Change) {
        self.lamport = self.lamport.max(change.lamport);
        let last = self.last.entry(change.id.origin).or_default();
        *last = (*last).max(change.id.seq);
        let day = batch.at.date_naive();
        match &change.op {
            Op::Add { kind, values } => {
                let written = Written { id: change.id, lamport: change.lamport, day, replaces: &[] };
                self.add(change.id, kind);
                self.open_if_meeting(change.id, kind, batch);
                let is_homeless = |value: &&Value| !self.set(change.id, value, &written, &batch.cause);
                let homeless = values.iter().filter(is_homeless).count();
                self.unknown += u64::from(homeless > 0);
                if !matches!(batch.cause, Cause::Import { .. }) {
                    self.touch(change.id, batch);
                }
            }
            Op::Set { on, value, replaces } => {
                let written = Written { id: change.id, lamport: change.lamport, day, replaces };
                let is_known = self.set(*on, value, &written, &batch.cause);
                // In an agency copy, what it is about may be withheld.
                let may_be_withheld = self.withheld > 0 && self.slot(*on).is_none();
                self.unknown += u64::from(!is_known && !may_be_withheld);
                // To be asked about is not to be changed.
                if !matches!(value, Value::Asked(_)) {
                    self.touch(*on, batch);
                }
            }
            Op::Unknown { .. } => self.unknown += 1,
            Op::Erase { .. } => {}
            Op::Absent => self.withheld += 1,
        }
    }

    fn add(&mut self, id: Id, kind: &Kind) {
        if self.slot(id).is_some() {
            return;
        }
        match kind {
            Kind::Plan => {
                self.slots.insert(id, Slot::Plan(self.plans.len()));
                self.plans.push(Plan::new(id));
            }
            Kind::Party => {
                self.slots.insert(id, Slot::Party(self.parties.len()));
                self.parties.push(Party::new(id));
            }
            Kind::Finding { plan } => {
                self.slots.insert(id, Slot::Finding(self.findings.len()));
                self.findings.push(Finding::new(id, *plan));
                self.in_plan(*plan, |plan| plan.findings.push(id));
            }
            Kind::Recommendation { plan } => {
                self.slots.insert(id, Slot::Recommendation(self.recommendations.len()));
                self.recommendations.push(Recommendation::new(id, *plan));
                self.in_plan(*plan, |plan| plan.recommendations.push(id));
            }
            Kind::Action { plan, recommendation } => self.add_action(id, *plan, *recommendation),
            Kind::Entry { action, said } => self.add_entry(id, *action, said),
            Kind::Meeting => {
                self.slots.insert(id, Slot::Meeting(self.meetings.len()));
                self.meetings.push(Meeting::new(id));
            }
            Kind::Minute { meeting, said } => self.add_minute(id, *meeting, said),
        }
    }

    /// Notes when a meeting was opened.
    fn open_if_meeting(&mut self, id: Id, kind: &Kind, batch: &Batch) {
        if let (Kind::Meeting, Some(Slot::Meeting(at))) = (kind, self.slot(id))
            && let Some(meeting) = self.meetings.get_mut(at)
        {
            meeting.opened = Some(timing::opened(batch.at.naive_local()));
        }
    }

    fn add_action(&mut self, id: Id, plan: Id, recommendation: Option<Id>) {
        let above = match recommendation.and_then(|rec| self.slot(rec)) {
            Some(Slot::Recommendation(at)) => self.recommendations.get_mut(at),
            Some(_) | None => None,
        };
        let ordinal = if let Some(above) = above {
            above.actions.push(id);
            above.actions.len()
        } else {
            self.plan(plan).map_or(0, |plan| plan.actions.len()) + 1
        };
        self.slots.insert(id, Slot::Action(self.actions.len()));
        let mut action = Action::new(id, plan, recommendation, u32::try_from(ordinal).unwrap_or(u32::MAX));
        action.added_under = recommendation;
        self.actions.push(action);
        self.in_plan(plan, |plan| plan.actions.push(id));
    }

    fn add_entry(&mut self, id: Id, action: Id, said: &EntryText) {
        if let Some(Slot::Action(at)) = self.slot(action)
            && let Some(action) = self.actions.get_mut(at)
        {
            self.slots.insert(id, Slot::Entry(at, action.entries.len()));
            action.entries.push(Entry::new(id, said.clone()));
        }
    }

    fn add_minute(&mut self, id: Id, meeting: Id, said: &MinuteText) {
        if let Some(Slot::Meeting(at)) = self.slot(meeting)
            && let Some(meeting) = self.meetings.get_mut(at)
        {
            self.slots.insert(id, Slot::Minute(at, meeting.minutes.len()));
            meeting.minutes.push(Minute::new(id, said.clone()));
        }
    }

    fn in_plan(&mut self, plan: Id, change: impl FnOnce(&mut Plan)) {
        if let Some(Slot::Plan(at)) = self.slot(plan)
            && let Some(plan) = self.plans.get_mut(at)
        {
            change(plan);
        }
    }

    /// Remembers that the action concerned was changed, on which day and in which meeting.
    fn touch(&mut self, id: Id, batch: &Batch) {
        let Some(Slot::Action(at) | Slot::Entry(at, _)) = self.slot(id) else { return };
        let Some(action) = self.actions.get_mut(at) else { return };
        action.changed = action.changed.max(Some(batch.at.date_naive()));
        let action = action.id;
        let Some(Slot::Meeting(at)) = batch.meeting.and_then(|meeting| self.slot(meeting)) else {
            return;
        };
        if let Some(meeting) = self.meetings.get_mut(at) {
            work_on(meeting, action, batch);
        }
    }

    /// Whether the value found its field. One for a field that the thing does not have stays in the log and changes nothing.
    fn set(&mut self, on: Id, value: &Value, written: &Written<'_>, cause: &Cause) -> bool {
        if let Value::Rating(_) | Value::Targets(_) = value
            && let Some(Slot::Action(at)) = self.slot(on)
            && let Some(action) = self.actions.get_mut(at)
        {
            note_move(action, value, written, cause);
        }
        let is_known = self.thing_mut(on).is_some_and(|thing| thing.set(value, written));
        if let Value::Above(_) = value {
            self.rehome(on);
        }
        is_known
    }

    /// Puts an action at the end of the recommendation that it was moved to, or moved back to.
    fn rehome(&mut self, id: Id) {
        let Some(action) = self.action(id) else { return };
        let moved_to = action.above.get().and_then(|above| above.0);
        let (from, to) = (action.recommendation, moved_to.or(action.added_under));
        if from == to {
            return;
        }
        self.under(from, |actions| actions.retain(|other| *other != id));
        self.under(to, |actions| actions.push(id));
        if let Some(Slot::Action(at)) = self.slot(id)
            && let Some(action) = self.actions.get_mut(at)
        {
            action.recommendation = to;
        }
    }

    fn under(&mut self, rec: Option<Id>, change: impl FnOnce(&mut Vec<Id>)) {
        if let Some(Slot::Recommendation(at)) = rec.and_then(|rec| self.slot(rec))
            && let Some(rec) = self.recommendations.get_mut(at)
        {
            change(&mut rec.actions);
        }
    }

    fn thing_mut(&mut self, id: Id) -> Option<&mut dyn Thing> {
        match self.slot(id)? {
            Slot::Plan(at) => self.plans.get_mut(at).map(|plan| plan as &mut dyn Thing),
            Slot::Party(at) => self.parties.get_mut(at).map(|party| party as &mut dyn Thing),
            Slot::Finding(at) => self.findings.get_mut(at).map(|finding| finding as &mut dyn Thing),
            Slot::Recommendation(at) => self.recommendations.get_mut(at).map(|rec| rec as &mut dyn Thing),
            Slot::Action(at) => self.actions.get_mut(at).map(|action| action as &mut dyn Thing),
            Slot::Entry(at, entry) => {
                self.actions.get_mut(at)?.entries.get_mut(entry).map(|entry| entry as &mut dyn Thing)
            }
            Slot::Meeting(at) => self.meetings.get_mut(at).map(|meeting| meeting as &mut dyn Thing),
            Slot::Minute(at, minute) => {
                self.meetings.get_mut(at)?.minutes.get_mut(minute).map(|minute| minute as &mut dyn Thing)
            }
        }
    }

    /// Whether a thing is withdrawn, and no one has changed it since without knowing.
    pub fn is_hidden(&self, id: Id) -> bool {
        if let Some(Slot::Action(at)) = self.slot(id) {
            return self.actions.is_hidden(at);
        }
        let Some(thing) = self.thing(id) else { return true };
        match thing.withdrawn().get() {
            Some(Some(withdrawal)) => self.heads_of(id).iter().all(|id| withdrawal.seen.contains(id)),
            Some(None) | None => false,
        }
    }

    /// The ids of all values in force of a thing, and of what was added under it: what a withdrawal of it has seen.
    pub fn heads_of(&self, id: Id) -> Vec<Id> {
        let mut ids = self.thing(id).map(Thing::edits).unwrap_or_default();
        if let Some(action) = self.action(id) {
            ids.extend(action.entries.iter().map(|entry| entry.id));
            ids.sort_unstable();
            ids.dedup();
        }
        ids.extend(self.meeting(id).into_iter().flat_map(|meeting| &meeting.minutes).map(|minute| minute.id));
        ids
    }
}

/// What is undone was not work on the action.
fn work_on(meeting: &mut Meeting, action: Id, batch: &Batch) {
    let worked = Worked { action, batch: batch.id };
    match &batch.cause {
        Cause::Undo { of } => meeting.worked.retain(|worked| worked.batch != *of),
        Cause::Edit | Cause::Redo { .. } if !meeting.worked.contains(&worked) => meeting.worked.push(worked),
        Cause::Edit | Cause::Redo { .. } | Cause::Import { .. } | Cause::Erasure => {}
    }
}

/// Keeps what an action said before the rating or target that it is about to be given.
fn note_move(action: &mut Action, value: &Value, written: &Written<'_>, cause: &Cause) {
    if let Value::Rating(rating) = value {
        note_rating_move(action, rating.as_deref(), written, cause);
    } else if let Value::Targets(targets) = value {
        note_slip(action, targets, written, cause);
    }
}

/// Keeps the previous rating; undoing a rating forgets it, and so does one by whoever had not seen it, which moved it from another.
fn note_rating_move(action: &mut Action, to: Option<&str>, w: &Written<'_>, cause: &Cause) {
    if w.id == action.id || action.rating() == to {
        return;
    }
    let heads = action.rating.heads();
    let is_separate = !heads.is_empty() && !heads.iter().any(|head| w.replaces.contains(&head.id));
    action.rating_move = match cause {
        Cause::Undo { .. } => None,
        _ if is_separate => None,
        Cause::Edit | Cause::Import { .. } | Cause::Redo { .. } | Cause::Erasure => {
            Some(RatingMove { from: action.rating().map(Into::into), day: w.day })
        }
    };
}

/// Keeps the first targets and counts how often they were moved. Undoing a move counts one less; undoing the last one
/// forgets the first targets.
fn note_slip(action: &mut Action, to: &Targets, w: &Written<'_>, cause: &Cause) {
    let is_undo = matches!(cause, Cause::Undo { .. });
    // Setting a target where there was none is not a move, so undoing it takes none off the count.
    let is_move = if is_undo { !to.dates.is_empty() } else { !action.targets().is_empty() };
    let is_regrouped =
        if is_undo { action.targets.get().is_some_and(Targets::is_regrouped) } else { to.is_regrouped() };
    if w.id == action.id || !is_move || is_regrouped {
        return;
    }
    if is_undo {
        action.slips = action.slips.saturating_sub(1);
    } else {
        action.slips += 1;
        action.original_targets = action.original_targets.take().or_else(|| action.targets.get().cloned());
    }
    if action.slips == 0 {
        action.original_targets = None;
    }
}

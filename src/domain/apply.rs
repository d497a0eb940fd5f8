//! What a change makes of a register.

use chrono::NaiveDate;

use super::action::{Action, RatingMove, Targets};
use super::change::{Batch, Cause, Change, Kind, Op, Value};
use super::finding::Finding;
use super::id::Id;
use super::meeting::{Meeting, Minute, MinuteText};
use super::multi_value::{Field, Head};
use super::party::Party;
use super::plan::Plan;
use super::progress::{Entry, EntryText};
use super::recommendation::Recommendation;
use super::register::{Register, Slot};
use super::withdrawal::Withdrawal;

/// Where a value comes from: the change, when, and what it replaces.
struct Written<'a> {
    id: Id,
    lamport: u64,
    day: NaiveDate,
    replaces: &'a [Id],
    cause: &'a Cause,
}

impl Register {
    /// The register that a log makes. The order of the batches given does not matter, nor does giving one twice; the
    /// log's own order does.
    pub fn fold<'a>(batches: impl IntoIterator<Item = &'a Batch>) -> Register {
        let mut all: Vec<(&Batch, &Change)> =
            batches.into_iter().flat_map(|batch| batch.changes.iter().map(move |change| (batch, change))).collect();
        all.sort_by_key(|(_, change)| (change.lamport, change.id));
        all.dedup_by_key(|(_, change)| change.id);
        let mut register = Register::default();
        for (batch, change) in all {
            register.apply_change(batch, change);
        }
        register
    }

    /// Takes in a batch that comes after everything known.
    pub fn apply(&mut self, batch: &Batch) {
        for change in &batch.changes {
            self.apply_change(batch, change);
        }
    }

    /// Takes in one change of `batch`.
    pub fn apply_change(&mut self, batch: &Batch, change: &Change) {
        self.lamport = self.lamport.max(change.lamport);
        let last = self.last.entry(change.id.origin).or_default();
        *last = (*last).max(change.id.seq);
        let day = batch.at.date_naive();
        match &change.op {
            Op::Add { kind, values } => {
                let written =
                    Written { id: change.id, lamport: change.lamport, day, replaces: &[], cause: &batch.cause };
                self.add(change.id, kind);
                for value in values {
                    self.set(change.id, value, &written);
                }
                if !matches!(batch.cause, Cause::Import { .. }) {
                    self.touch(change.id, day);
                }
            }
            Op::Set { on, value, replaces } => {
                let written = Written { id: change.id, lamport: change.lamport, day, replaces, cause: &batch.cause };
                self.set(*on, value, &written);
                self.touch(*on, day);
            }
            Op::Unknown { .. } => self.unknown += 1,
        }
    }

    fn add(&mut self, id: Id, kind: &Kind) {
        if self.slots.contains_key(&id) {
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

    fn add_action(&mut self, id: Id, plan: Id, recommendation: Option<Id>) {
        let ordinal = match recommendation.and_then(|rec| self.slots.get(&rec).copied()) {
            Some(Slot::Recommendation(at)) => {
                let siblings = &mut self.recommendations[at].actions;
                siblings.push(id);
                siblings.len()
            }
            Some(_) | None => self.plan(plan).map_or(0, |plan| plan.actions.len()) + 1,
        };
        self.slots.insert(id, Slot::Action(self.actions.len()));
        self.actions.push(Action::new(id, plan, recommendation, u32::try_from(ordinal).unwrap_or(u32::MAX)));
        self.in_plan(plan, |plan| plan.actions.push(id));
    }

    fn add_entry(&mut self, id: Id, action: Id, said: &EntryText) {
        if let Some(Slot::Action(at)) = self.slots.get(&action).copied() {
            let entries = &mut self.actions[at].entries;
            self.slots.insert(id, Slot::Entry(at, entries.len()));
            entries.push(Entry { id, said: said.clone(), withdrawn: Field::Unset });
        }
    }

    fn add_minute(&mut self, id: Id, meeting: Id, said: &MinuteText) {
        if let Some(Slot::Meeting(at)) = self.slots.get(&meeting).copied() {
            let minutes = &mut self.meetings[at].minutes;
            self.slots.insert(id, Slot::Minute(at, minutes.len()));
            minutes.push(Minute { id, said: said.clone(), withdrawn: Field::Unset });
        }
    }

    fn in_plan(&mut self, plan: Id, change: impl FnOnce(&mut Plan)) {
        if let Some(Slot::Plan(at)) = self.slots.get(&plan).copied() {
            change(&mut self.plans[at]);
        }
    }

    /// Remembers that the action concerned was changed on `day`.
    fn touch(&mut self, id: Id, day: NaiveDate) {
        if let Some(Slot::Action(at) | Slot::Entry(at, _)) = self.slots.get(&id).copied() {
            let changed = &mut self.actions[at].changed;
            *changed = (*changed).max(Some(day));
        }
    }

    fn set(&mut self, on: Id, value: &Value, written: &Written<'_>) {
        match self.slots.get(&on).copied() {
            Some(Slot::Plan(at)) => set_plan(&mut self.plans[at], value, written),
            Some(Slot::Party(at)) => set_party(&mut self.parties[at], value, written),
            Some(Slot::Finding(at)) => set_finding(&mut self.findings[at], value, written),
            Some(Slot::Recommendation(at)) => set_recommendation(&mut self.recommendations[at], value, written),
            Some(Slot::Action(at)) => set_action(&mut self.actions[at], value, written),
            Some(Slot::Entry(action, at)) => {
                if let Value::Withdrawn(v) = value {
                    put(&mut self.actions[action].entries[at].withdrawn, v, written);
                }
            }
            Some(Slot::Meeting(at)) => set_meeting(&mut self.meetings[at], value, written),
            Some(Slot::Minute(meeting, at)) => {
                if let Value::Withdrawn(v) = value {
                    put(&mut self.meetings[meeting].minutes[at].withdrawn, v, written);
                }
            }
            None => {}
        }
    }

    /// Whether a thing is withdrawn: said to be, and nobody has changed it since without knowing.
    pub fn is_hidden(&self, id: Id) -> bool {
        match self.slots.get(&id) {
            Some(Slot::Plan(at)) => hides(&self.plans[*at].withdrawn, || plan_heads(&self.plans[*at])),
            Some(Slot::Party(at)) => hides(&self.parties[*at].withdrawn, Vec::new),
            Some(Slot::Finding(at)) => hides(&self.findings[*at].withdrawn, || finding_heads(&self.findings[*at])),
            Some(Slot::Recommendation(at)) => {
                hides(&self.recommendations[*at].withdrawn, || recommendation_heads(&self.recommendations[*at]))
            }
            Some(Slot::Action(at)) => hides(&self.actions[*at].withdrawn, || action_heads(&self.actions[*at])),
            Some(Slot::Entry(action, at)) => hides(&self.actions[*action].entries[*at].withdrawn, Vec::new),
            Some(Slot::Meeting(at)) => hides(&self.meetings[*at].withdrawn, || meeting_heads(&self.meetings[*at])),
            Some(Slot::Minute(meeting, at)) => hides(&self.meetings[*meeting].minutes[*at].withdrawn, Vec::new),
            None => true,
        }
    }

    /// The ids of all values in force of a thing: what a withdrawal of it has seen.
    pub fn heads_of(&self, id: Id) -> Vec<Id> {
        match self.slots.get(&id) {
            Some(Slot::Plan(at)) => plan_heads(&self.plans[*at]),
            Some(Slot::Finding(at)) => finding_heads(&self.findings[*at]),
            Some(Slot::Recommendation(at)) => recommendation_heads(&self.recommendations[*at]),
            Some(Slot::Action(at)) => action_heads(&self.actions[*at]),
            Some(Slot::Meeting(at)) => meeting_heads(&self.meetings[*at]),
            Some(Slot::Party(_) | Slot::Entry(..) | Slot::Minute(..)) | None => Vec::new(),
        }
    }
}

fn hides(withdrawn: &Field<Option<Withdrawal>>, heads: impl FnOnce() -> Vec<Id>) -> bool {
    match withdrawn.get() {
        Some(Some(withdrawal)) => heads().iter().all(|id| withdrawal.seen.contains(id)),
        Some(None) | None => false,
    }
}

fn put<T: Clone>(field: &mut Field<T>, value: &T, written: &Written<'_>) {
    let head = Head { id: written.id, lamport: written.lamport, day: written.day, value: value.clone() };
    field.set(head, written.replaces);
}

fn set_plan(plan: &mut Plan, value: &Value, w: &Written<'_>) {
    match value {
        Value::Slug(v) => put(&mut plan.slug, v, w),
        Value::Title(v) => put(&mut plan.title, v, w),
        Value::Scheme(v) => put(&mut plan.scheme, v, w),
        Value::Glossary(v) => put(&mut plan.glossary, v, w),
        Value::Notes(v) => put(&mut plan.notes, v, w),
        Value::AsAt(v) => put(&mut plan.as_at, v, w),
        Value::Marking(v) => put(&mut plan.marking, v, w),
        Value::Source(v) => put(&mut plan.source, v, w),
        Value::Flags(v) => put(&mut plan.flags, v, w),
        Value::Withdrawn(v) => put(&mut plan.withdrawn, v, w),
        _ => {}
    }
}

fn set_party(party: &mut Party, value: &Value, w: &Written<'_>) {
    match value {
        Value::Name(v) => put(&mut party.name, v, w),
        Value::PartyKind(v) => put(&mut party.kind, v, w),
        Value::Aliases(v) => put(&mut party.aliases, v, w),
        Value::Agency(v) => put(&mut party.agency, v, w),
        Value::Withdrawn(v) => put(&mut party.withdrawn, v, w),
        _ => {}
    }
}

fn set_finding(finding: &mut Finding, value: &Value, w: &Written<'_>) {
    match value {
        Value::Number(v) => put(&mut finding.number, v, w),
        Value::Text(v) => put(&mut finding.text, v, w),
        Value::Withdrawn(v) => put(&mut finding.withdrawn, v, w),
        _ => {}
    }
}

fn set_recommendation(rec: &mut Recommendation, value: &Value, w: &Written<'_>) {
    match value {
        Value::Number(v) => put(&mut rec.number, v, w),
        Value::NumberInferred(v) => put(&mut rec.number_inferred, v, w),
        Value::Text(v) => put(&mut rec.text, v, w),
        Value::Outcome(v) => put(&mut rec.outcome, v, w),
        Value::Under(v) => put(&mut rec.under, v, w),
        Value::Acceptance(v) => put(&mut rec.acceptance, v, w),
        Value::Flags(v) => put(&mut rec.flags, v, w),
        Value::Raw(v) => put(&mut rec.raw, v, w),
        Value::Source(v) => put(&mut rec.source, v, w),
        Value::Withdrawn(v) => put(&mut rec.withdrawn, v, w),
        _ => {}
    }
}

fn set_action(action: &mut Action, value: &Value, w: &Written<'_>) {
    match value {
        Value::Number(v) => put(&mut action.number, v, w),
        Value::Text(v) => put(&mut action.text, v, w),
        Value::Leads(v) => put(&mut action.leads, v, w),
        Value::Via(v) => put(&mut action.via, v, w),
        Value::Closure(v) => put(&mut action.closure, v, w),
        Value::Flags(v) => put(&mut action.flags, v, w),
        Value::Dismissed(v) => put(&mut action.dismissed, v, w),
        Value::Raw(v) => put(&mut action.raw, v, w),
        Value::Source(v) => put(&mut action.source, v, w),
        Value::Withdrawn(v) => put(&mut action.withdrawn, v, w),
        Value::Rating(v) => {
            note_rating_move(action, v.as_deref(), w);
            put(&mut action.rating, v, w);
        }
        Value::Targets(v) => {
            note_slip(action, v, w);
            put(&mut action.targets, v, w);
        }
        _ => {}
    }
}

fn set_meeting(meeting: &mut Meeting, value: &Value, w: &Written<'_>) {
    match value {
        Value::Body(v) => put(&mut meeting.body, v, w),
        Value::Day(v) => put(&mut meeting.day, v, w),
        Value::Chair(v) => put(&mut meeting.chair, v, w),
        Value::Attendance(v) => put(&mut meeting.attendance, v, w),
        Value::Agenda(v) => put(&mut meeting.agenda, v, w),
        Value::NextMeeting(v) => put(&mut meeting.next, v, w),
        Value::Stage(v) => put(&mut meeting.stage, v, w),
        Value::Withdrawn(v) => put(&mut meeting.withdrawn, v, w),
        _ => {}
    }
}

/// Keeps the rating before this one; taking a rating back forgets it.
fn note_rating_move(action: &mut Action, to: Option<&str>, w: &Written<'_>) {
    if w.id == action.id || action.rating() == to {
        return;
    }
    action.rating_move = match w.cause {
        Cause::Undo { .. } => None,
        Cause::Edit | Cause::Import { .. } | Cause::Redo { .. } => {
            Some(RatingMove { from: action.rating().map(Into::into), day: w.day })
        }
    };
}

/// Keeps the first targets and counts how often they were moved; taking a move back counts one less, and the first
/// targets are forgotten with the last move.
fn note_slip(action: &mut Action, to: &Targets, w: &Written<'_>) {
    let is_undo = matches!(w.cause, Cause::Undo { .. });
    // Setting a target where there was none is no move; and undoing that takes none back.
    let is_move = if is_undo { !to.dates.is_empty() } else { !action.targets().is_empty() };
    if w.id == action.id || !is_move {
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

fn plan_heads(plan: &Plan) -> Vec<Id> {
    [
        plan.slug.ids(),
        plan.title.ids(),
        plan.scheme.ids(),
        plan.glossary.ids(),
        plan.notes.ids(),
        plan.as_at.ids(),
        plan.marking.ids(),
        plan.source.ids(),
        plan.flags.ids(),
    ]
    .concat()
}

fn finding_heads(finding: &Finding) -> Vec<Id> {
    [finding.number.ids(), finding.text.ids()].concat()
}

fn recommendation_heads(rec: &Recommendation) -> Vec<Id> {
    [rec.number.ids(), rec.number_inferred.ids(), rec.text.ids(), rec.outcome.ids(), rec.under.ids(), rec.flags.ids()]
        .into_iter()
        .chain([rec.acceptance.ids()])
        .flatten()
        .collect()
}

fn action_heads(action: &Action) -> Vec<Id> {
    let mut ids =
        [action.number.ids(), action.text.ids(), action.leads.ids(), action.via.ids(), action.targets.ids()].concat();
    ids.extend([action.rating.ids(), action.closure.ids(), action.flags.ids(), action.dismissed.ids()].concat());
    ids.extend(action.entries.iter().map(|entry| entry.id));
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn meeting_heads(meeting: &Meeting) -> Vec<Id> {
    let mut ids = [meeting.body.ids(), meeting.day.ids(), meeting.chair.ids(), meeting.attendance.ids()].concat();
    ids.extend([meeting.agenda.ids(), meeting.next.ids(), meeting.stage.ids()].concat());
    ids.extend(meeting.minutes.iter().map(|minute| minute.id));
    ids
}

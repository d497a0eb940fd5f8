//! What a change is about: its plan, its reference and what it is called in a sentence.

use super::super::change::{Batch, Change, Kind, Op, Value};
use super::super::date_words;
use super::super::id::Id;
use super::super::meeting::MinuteText;
use super::super::party::Party;
use super::super::recommendation::Recommendation;
use super::super::register::Register;
use super::quoting::Quoting;
use super::regrouped::Shape;

/// A batch being described against the register before it. What the batch itself adds is looked up in the batch.
pub(in crate::domain) struct Telling<'a> {
    pub before: &'a Register,
    pub batch: &'a Batch,
    pub quoting: Quoting,
    pub shape: Shape,
}

/// A thing's plan, its reference and what it is called.
#[derive(Default)]
pub(super) struct Named {
    pub plan: Option<Id>,
    /// That of its action, if it is one or belongs to one.
    pub reference: String,
    /// `7.1`, `recommendation 7`, `adult-c`, `Sussex Police`.
    pub label: String,
}

impl<'a> Telling<'a> {
    pub(super) fn place(&self, id: Id) -> Named {
        self.known_place(id)
            .or_else(|| self.new_place(id))
            .unwrap_or_else(|| Named { label: "?".into(), ..Named::default() })
    }

    pub(super) fn party_name(&self, id: Id) -> String {
        let known = self.before.party(id).map(Party::name);
        let new = || {
            self.initial(id)
                .iter()
                .find_map(|value| if let Value::Name(name) = value { Some(name.as_str()) } else { None })
        };
        known.or_else(new).unwrap_or("unknown agency").to_owned()
    }

    /// The first values of a thing that this batch adds.
    pub(super) fn initial(&self, id: Id) -> &'a [Value] {
        match self.change(id).map(|change| &change.op) {
            Some(Op::Add { values, .. }) => values,
            Some(Op::Set { .. } | Op::Unknown { .. } | Op::Erase { .. } | Op::Absent) | None => &[],
        }
    }

    pub(super) fn kind(&self, id: Id) -> Option<&'a Kind> {
        match self.change(id).map(|change| &change.op) {
            Some(Op::Add { kind, .. }) => Some(kind),
            Some(Op::Set { .. } | Op::Unknown { .. } | Op::Erase { .. } | Op::Absent) | None => None,
        }
    }

    /// Ids of one batch follow each other, so no search is needed unless only some of its changes are at hand.
    fn place_in_batch(&self, id: Id) -> Option<usize> {
        let place = id.seq.checked_sub(self.batch.id.seq).filter(|_| id.origin == self.batch.id.origin)?;
        let is_it = |place: &usize| self.batch.changes.get(*place).is_some_and(|change| change.id == id);
        let search = || self.batch.changes.binary_search_by_key(&id, |change| change.id).ok();
        usize::try_from(place).ok().filter(is_it).or_else(search)
    }

    fn change(&self, id: Id) -> Option<&'a Change> {
        self.batch.changes.get(self.place_in_batch(id)?)
    }

    fn known_place(&self, id: Id) -> Option<Named> {
        let register = self.before;
        let action = register.action(id).or(register.entry(id).map(|(action, _)| action));
        let of_action = action.map(|action| of_action(action.plan, register.reference(action)));
        let of_rec =
            || register.recommendation(id).map(|rec| named(Some(rec.plan), format!("recommendation {}", rec.number())));
        let of_finding =
            || register.finding(id).map(|finding| named(Some(finding.plan), format!("finding {}", finding.number())));
        let of_plan = || register.plan(id).map(|plan| named(Some(id), plan.slug().to_owned()));
        let of_party = || register.party(id).map(|party| named(None, party.name().to_owned()));
        let of_minute = || register.minute(id).map(|(meeting, minute)| self.minute_place(meeting.id, &minute.said));
        let of_meeting = || {
            register.meeting(id).map(|meeting| named(None, format!("meeting of {}", register.meeting_name(meeting))))
        };
        let known = of_action.or_else(of_rec).or_else(of_finding).or_else(of_plan).or_else(of_party);
        known.or_else(of_meeting).or_else(of_minute)
    }

    fn new_place(&self, id: Id) -> Option<Named> {
        let number = || self.initial(id).iter().find_map(number_in).unwrap_or("").to_owned();
        Some(match self.kind(id)? {
            Kind::Plan => named(Some(id), self.initial(id).iter().find_map(slug_in).unwrap_or("").to_owned()),
            Kind::Party => named(None, self.party_name(id)),
            Kind::Finding { plan } => named(Some(*plan), format!("finding {}", number())),
            Kind::Recommendation { plan } => named(Some(*plan), format!("recommendation {}", number())),
            Kind::Action { plan, recommendation } => of_action(*plan, self.new_reference(id, *plan, *recommendation)),
            Kind::Entry { action, .. } => self.place(*action),
            Kind::Meeting => named(None, self.new_meeting(id)),
            Kind::Minute { meeting, said } => self.minute_place(*meeting, said),
        })
    }

    /// A minute is about its action or recommendation; without one, about its meeting.
    fn minute_place(&self, meeting: Id, said: &MinuteText) -> Named {
        self.place(said.action.or(said.recommendation).unwrap_or(meeting))
    }

    fn new_meeting(&self, id: Id) -> String {
        let values = self.initial(id);
        let body = values.iter().find_map(|value| if let Value::Body(body) = value { *body } else { None });
        let day = values.iter().find_map(|value| if let Value::Day(day) = value { Some(*day) } else { None });
        let body = body.map_or_else(|| "meeting".to_owned(), |body| self.party_name(body));
        let day = day.map(|day| format!(", {}", date_words::day(day))).unwrap_or_default();
        format!("meeting of {body}{day}")
    }

    fn new_reference(&self, id: Id, plan: Id, rec: Option<Id>) -> String {
        if let Some(reference) = self.initial(id).iter().find_map(reference_in) {
            return reference.to_owned();
        }
        let before = match rec {
            Some(rec) => self.before.recommendation(rec).map_or(0, |rec| rec.actions.len()),
            None => self.before.plan(plan).map_or(0, |plan| plan.actions.len()),
        };
        let ordinal = before + self.added_before(id, plan, rec) + 1;
        match rec {
            Some(rec) => format!("{}.{ordinal}", self.number_of(rec)),
            None => self.initial(id).iter().find_map(number_in).map_or_else(|| ordinal.to_string(), ToOwned::to_owned),
        }
    }

    /// How many actions the batch adds before this one in the same place that the register does not have yet.
    fn added_before(&self, id: Id, plan: Id, rec: Option<Id>) -> usize {
        let earlier = self.place_in_batch(id).and_then(|place| self.batch.changes.get(..place)).unwrap_or(&[]);
        let new =
            earlier.iter().rev().take_while(|change| Some(change.id) != rec && self.before.slot(change.id).is_none());
        let is_beside = |change: &&Change| match &change.op {
            Op::Add { kind: Kind::Action { plan: other, recommendation }, .. } => {
                *recommendation == rec && (rec.is_some() || *other == plan)
            }
            Op::Add { .. } | Op::Set { .. } | Op::Unknown { .. } | Op::Erase { .. } | Op::Absent => false,
        };
        new.filter(is_beside).count()
    }

    pub(super) fn number_of(&self, rec: Id) -> String {
        let known = self.before.recommendation(rec).map(Recommendation::number);
        known.or_else(|| self.initial(rec).iter().find_map(number_in)).unwrap_or("?").to_owned()
    }
}

fn of_action(plan: Id, reference: String) -> Named {
    Named { plan: Some(plan), label: reference.clone(), reference }
}

fn named(plan: Option<Id>, label: String) -> Named {
    Named { plan, reference: String::new(), label }
}

fn reference_in(value: &Value) -> Option<&str> {
    if let Value::Reference(reference) = value { Some(reference) } else { None }
}

fn number_in(value: &Value) -> Option<&str> {
    if let Value::Number(number) = value { Some(number) } else { None }
}

fn slug_in(value: &Value) -> Option<&str> {
    if let Value::Slug(slug) = value { Some(slug) } else { None }
}

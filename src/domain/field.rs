//! Any field of any thing through one door: its values in force, as [`Value`]s.

use chrono::NaiveDate;

use super::action::{Closure, Targets};
use super::change::Value;
use super::flag::Source;
use super::id::Id;
use super::meeting::{Agenda, Stage};
use super::multi_value::{Field, Head};
use super::party::PartyKind;
use super::rating::Scheme;
use super::recommendation::{Acceptance, Under};
use super::register::Register;
use super::withdrawal::Withdrawal;

/// Whether both are values of the same field.
pub fn same_field(a: &Value, b: &Value) -> bool {
    std::mem::discriminant(a) == std::mem::discriminant(b)
}

/// The values not yet replaced, oldest first, of that field of `on` of which `like` is a value.
pub fn heads(register: &Register, on: Id, like: &Value) -> Vec<Head<Value>> {
    let (plan, party) = (register.plan(on), register.party(on));
    let (rec, action, meeting) = (register.recommendation(on), register.action(on), register.meeting(on));
    match like {
        Value::Acceptance(_) => lift(rec.map(|r| &r.acceptance), Value::Acceptance),
        Value::Agenda(_) => lift(meeting.map(|m| &m.agenda), Value::Agenda),
        Value::Attendance(_) => lift(meeting.map(|m| &m.attendance), Value::Attendance),
        Value::Body(_) => lift(meeting.map(|m| &m.body), Value::Body),
        Value::Chair(_) => lift(meeting.map(|m| &m.chair), Value::Chair),
        Value::Day(_) => lift(meeting.map(|m| &m.day), Value::Day),
        Value::Dismissed(_) => lift(action.map(|a| &a.dismissed), Value::Dismissed),
        Value::NextMeeting(_) => lift(meeting.map(|m| &m.next), Value::NextMeeting),
        Value::Stage(_) => lift(meeting.map(|m| &m.stage), Value::Stage),
        Value::Agency(_) => lift(party.map(|p| &p.agency), Value::Agency),
        Value::Aliases(_) => lift(party.map(|p| &p.aliases), Value::Aliases),
        Value::AsAt(_) => lift(plan.map(|p| &p.as_at), Value::AsAt),
        Value::Closure(_) => lift(action.map(|a| &a.closure), Value::Closure),
        Value::Flags(_) => {
            let plan_or_rec = plan.map(|p| &p.flags).or(rec.map(|r| &r.flags));
            lift(plan_or_rec.or(action.map(|a| &a.flags)), Value::Flags)
        }
        Value::Glossary(_) => lift(plan.map(|p| &p.glossary), Value::Glossary),
        Value::Leads(_) => lift(action.map(|a| &a.leads), Value::Leads),
        Value::Marking(_) => lift(plan.map(|p| &p.marking), Value::Marking),
        Value::Name(_) => lift(party.map(|p| &p.name), Value::Name),
        Value::Notes(_) => lift(plan.map(|p| &p.notes), Value::Notes),
        Value::Number(_) => lift(number_of(register, on), Value::Number),
        Value::NumberInferred(_) => lift(rec.map(|r| &r.number_inferred), Value::NumberInferred),
        Value::Outcome(_) => lift(rec.map(|r| &r.outcome), Value::Outcome),
        Value::PartyKind(_) => lift(party.map(|p| &p.kind), Value::PartyKind),
        Value::Rating(_) => lift(action.map(|a| &a.rating), Value::Rating),
        Value::Raw(_) => lift(rec.map(|r| &r.raw).or(action.map(|a| &a.raw)), Value::Raw),
        Value::Scheme(_) => lift(plan.map(|p| &p.scheme), Value::Scheme),
        Value::Slug(_) => lift(plan.map(|p| &p.slug), Value::Slug),
        Value::Source(_) => {
            let plan_or_rec = plan.map(|p| &p.source).or(rec.map(|r| &r.source));
            lift(plan_or_rec.or(action.map(|a| &a.source)), Value::Source)
        }
        Value::Targets(_) => lift(action.map(|a| &a.targets), Value::Targets),
        Value::Text(_) => lift(text_of(register, on), Value::Text),
        Value::Title(_) => lift(plan.map(|p| &p.title), Value::Title),
        Value::Under(_) => lift(rec.map(|r| &r.under), Value::Under),
        Value::Via(_) => lift(action.map(|a| &a.via), Value::Via),
        Value::Withdrawn(_) => lift(withdrawn_of(register, on), Value::Withdrawn),
    }
}

/// What a field is worth that nobody has set: the same as a thing that was added without it.
pub fn empty(like: &Value) -> Value {
    match like {
        Value::Acceptance(_) => Value::Acceptance(Acceptance::NotStated),
        Value::Agenda(_) => Value::Agenda(Agenda::default()),
        Value::Attendance(_) => Value::Attendance(Vec::new()),
        Value::Body(_) => Value::Body(None),
        Value::Chair(_) => Value::Chair(String::new()),
        Value::Day(_) => Value::Day(NaiveDate::default()),
        Value::Dismissed(_) => Value::Dismissed(Vec::new()),
        Value::NextMeeting(_) => Value::NextMeeting(None),
        Value::Stage(_) => Value::Stage(Stage::Open),
        Value::Agency(_) => Value::Agency(None),
        Value::Aliases(_) => Value::Aliases(Vec::new()),
        Value::AsAt(_) => Value::AsAt(None),
        Value::Closure(_) => Value::Closure(Closure::Open),
        Value::Flags(_) => Value::Flags(Vec::new()),
        Value::Glossary(_) => Value::Glossary(Vec::new()),
        Value::Leads(_) => Value::Leads(Vec::new()),
        Value::Marking(_) => Value::Marking(super::marking::USUAL.into()),
        Value::Name(_) => Value::Name(String::new()),
        Value::Notes(_) => Value::Notes(Vec::new()),
        Value::Number(_) => Value::Number(String::new()),
        Value::NumberInferred(_) => Value::NumberInferred(false),
        Value::Outcome(_) => Value::Outcome(None),
        Value::PartyKind(_) => Value::PartyKind(PartyKind::Agency),
        Value::Rating(_) => Value::Rating(None),
        Value::Raw(_) => Value::Raw(Vec::new()),
        Value::Scheme(_) => Value::Scheme(Scheme::brag()),
        Value::Slug(_) => Value::Slug(String::new()),
        Value::Source(_) => Value::Source(Source::default()),
        Value::Targets(_) => Value::Targets(Targets::default()),
        Value::Text(_) => Value::Text(String::new()),
        Value::Title(_) => Value::Title(String::new()),
        Value::Under(_) => Value::Under(Under::Nothing),
        Value::Via(_) => Value::Via(Vec::new()),
        Value::Withdrawn(_) => Value::Withdrawn(None),
    }
}

fn lift<T: Clone>(field: Option<&Field<T>>, wrap: fn(T) -> Value) -> Vec<Head<Value>> {
    let heads = field.map_or(&[][..], Field::heads).iter();
    heads.map(|h| Head { id: h.id, lamport: h.lamport, day: h.day, value: wrap(h.value.clone()) }).collect()
}

fn number_of(register: &Register, on: Id) -> Option<&Field<String>> {
    let of_rec = register.recommendation(on).map(|rec| &rec.number);
    of_rec.or(register.action(on).map(|action| &action.number)).or(register.finding(on).map(|finding| &finding.number))
}

fn text_of(register: &Register, on: Id) -> Option<&Field<String>> {
    let of_action = register.action(on).map(|action| &action.text);
    of_action.or(register.recommendation(on).map(|rec| &rec.text)).or(register.finding(on).map(|finding| &finding.text))
}

fn withdrawn_of(register: &Register, on: Id) -> Option<&Field<Option<Withdrawal>>> {
    let of_action = register.action(on).map(|action| &action.withdrawn);
    let of_action = of_action.or(register.entry(on).map(|(_, entry)| &entry.withdrawn));
    let above = register.recommendation(on).map(|rec| &rec.withdrawn).or(register.plan(on).map(|plan| &plan.withdrawn));
    let beside = register.finding(on).map(|f| &f.withdrawn).or(register.party(on).map(|party| &party.withdrawn));
    let meeting = register.meeting(on).map(|meeting| &meeting.withdrawn);
    let minute = register.minute(on).map(|(_, minute)| &minute.withdrawn);
    of_action.or(above).or(beside).or(meeting).or(minute)
}

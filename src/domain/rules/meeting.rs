//! Meetings: started, held, ended, corrected, agreed. Only one is open at a time.

use chrono::NaiveDate;

use super::super::change::{Kind, Op, Value};
use super::super::id::Id;
use super::super::intent::{Attendee, Begin, PartyChoice, Rest};
use super::super::meeting::{Agenda, Attendance, Meeting, MinuteKind, MinuteText, Receipt, Received, Stage};
use super::super::multi_value::Field;
use super::super::party::{PartyKind, name_key};
use super::super::register::Register;
use super::super::withdrawal::Withdrawal;
use super::choosing::party_called;
use super::filled;
use crate::problem::Problem;

/// Starts a meeting.
pub fn begin(register: &Register, begin: &Begin) -> Result<Vec<Op>, Problem> {
    if let Some(open) = register.open_meeting() {
        let why = format!("the meeting of {} is still open", register.meeting_name(open));
        return Err(Problem::new("No meeting was started", why, "End it first: only one meeting can be open."));
    }
    let mut naming = Naming::new(register);
    let body = naming.party(&begin.body, PartyKind::Subgroup)?;
    let attendance = naming.people(&begin.attendance)?;
    let mut values = vec![Value::Body(Some(body)), Value::Day(begin.day)];
    values.extend(filled(&begin.chair).map(|chair| Value::Chair(chair.into())));
    values.extend((!attendance.is_empty()).then_some(Value::Attendance(attendance)));
    values.push(Value::Agenda(begin.agenda.clone()));
    values.extend(begin.next.map(|next| Value::NextMeeting(Some(next))));
    values.push(Value::Stage(Stage::Open));
    naming.ops.push(Op::Add { kind: Kind::Meeting, values });
    Ok(naming.ops)
}

/// Ends the meeting that is open, and records what becomes of the items that it did not reach.
pub fn end(register: &Register, next: Option<NaiveDate>, rest: &Rest) -> Result<Vec<Op>, Problem> {
    let meeting = open(register)?;
    let mut ops = vec![set(meeting, &meeting.stage, Value::Stage(Stage::Ended))];
    if next.is_some() && next != meeting.next() {
        ops.push(set(meeting, &meeting.next, Value::NextMeeting(next)));
    }
    ops.extend(left(register, meeting, rest)?);
    Ok(ops)
}

fn left(register: &Register, meeting: &Meeting, rest: &Rest) -> Result<Vec<Op>, Problem> {
    let items = meeting.unreached().filter(|id| !register.is_hidden(*id));
    let all: Result<Vec<Vec<Op>>, Problem> = match rest {
        Rest::Left => Ok(Vec::new()),
        Rest::Carried(reason) => items.map(|id| carry(register, id, reason)).collect(),
        Rest::TakenAsRead(word) => items.map(|id| take_as_read(register, id, word)).collect(),
    };
    Ok(all?.concat())
}

/// Opens an ended meeting again, for corrections.
pub fn reopen(register: &Register, id: Id) -> Result<Vec<Op>, Problem> {
    let meeting = known(register, id)?;
    let refuse = |why: String, hint: &str| Err(Problem::new("The meeting was not reopened", why, hint));
    if let Some(open) = register.open_meeting() {
        let why = format!("the meeting of {} is open", register.meeting_name(open));
        return refuse(why, "End it first: only one meeting can be open.");
    }
    match meeting.stage() {
        Stage::Ended => Ok(vec![set(meeting, &meeting.stage, Value::Stage(Stage::Reopened))]),
        Stage::Agreed => refuse("its minutes are agreed".into(), "Write the correction in the next meeting."),
        Stage::Open | Stage::Reopened => refuse("it is already open".into(), ""),
    }
}

/// The minutes of an ended meeting are agreed: nothing more belongs to it.
pub fn agree(register: &Register, id: Id) -> Result<Vec<Op>, Problem> {
    let meeting = known(register, id)?;
    match meeting.stage() {
        Stage::Ended => Ok(vec![set(meeting, &meeting.stage, Value::Stage(Stage::Agreed))]),
        Stage::Agreed => Err(Problem::new("The minutes are already agreed", "", "")),
        Stage::Open | Stage::Reopened => {
            Err(Problem::new("The minutes were not agreed", "the meeting is still open", "End it first."))
        }
    }
}

/// An item goes to the next meeting.
pub fn carry(register: &Register, action: Id, reason: &str) -> Result<Vec<Op>, Problem> {
    minute(register, (MinuteKind::CarriedForward, Some(action), None), reason)
}

/// An item is taken as read.
pub fn take_as_read(register: &Register, action: Id, word: &str) -> Result<Vec<Op>, Problem> {
    if filled(word).is_none() {
        let hint = "Say in a word why, such as “report circulated”, or carry it forward.";
        return Err(Problem::new("Nothing was taken as read", "there is no reason", hint));
    }
    minute(register, (MinuteKind::TakenAsRead, Some(action), None), word)
}

/// Records what was decided.
pub fn decision(register: &Register, action: Option<Id>, text: &str) -> Result<Vec<Op>, Problem> {
    if filled(text).is_none() {
        return Err(Problem::new("No decision was recorded", "there is no text", "Type what was decided."));
    }
    minute(register, (MinuteKind::Decision, action, None), text)
}

/// What the meeting made of updates of agencies.
pub fn receive(register: &Register, updates: &[Receipt]) -> Result<Vec<Op>, Problem> {
    let meeting = open(register)?;
    let mut all: Vec<Receipt> = meeting.received().collect();
    let before = all.len();
    for update in updates {
        if all.iter().all(|one| one.batch != update.batch) {
            all.push(*update);
        }
    }
    if all.len() == before {
        return Err(Problem::new("Nothing was accepted", "the meeting has decided on these updates already", ""));
    }
    Ok(vec![set(meeting, &meeting.received, Value::Received(Received(all)))])
}

/// Records a point that is not about an action.
pub fn note(register: &Register, recommendation: Option<Id>, text: &str) -> Result<Vec<Op>, Problem> {
    if filled(text).is_none() {
        return Err(Problem::new("Nothing was recorded", "there is no text", "Type what was said."));
    }
    if recommendation.is_some_and(|id| register.recommendation(id).is_none() || register.is_hidden(id)) {
        return Err(Problem::new("Nothing was recorded", "there is no such recommendation", "Choose it again."));
    }
    minute(register, (MinuteKind::Matter, None, recommendation), text)
}

fn minute(
    register: &Register,
    (kind, action, recommendation): (MinuteKind, Option<Id>, Option<Id>),
    text: &str,
) -> Result<Vec<Op>, Problem> {
    let meeting = open(register)?;
    let said = MinuteText { action, recommendation, kind, text: text.trim().into() };
    Ok(vec![Op::Add { kind: Kind::Minute { meeting: meeting.id, said }, values: Vec::new() }])
}

/// Marks an item as discussed, or unmarks it.
pub fn discuss(register: &Register, action: Id) -> Result<Vec<Op>, Problem> {
    let meeting = open(register)?;
    let mark = meeting.minutes_of(action).find(|minute| minute.said.kind == MinuteKind::Discussed);
    let Some(mark) = mark else { return minute(register, (MinuteKind::Discussed, Some(action), None), "") };
    let withdrawal = Withdrawal { reason: "not discussed after all".into(), seen: Vec::new() };
    let value = Value::Withdrawn(Some(withdrawal));
    Ok(vec![Op::Set { on: mark.id, value, replaces: mark.withdrawn.ids() }])
}

/// Records who is there and who chairs.
pub fn attend(register: &Register, chair: &str, people: &[Attendee]) -> Result<Vec<Op>, Problem> {
    let meeting = open(register)?;
    let mut naming = Naming::new(register);
    let attendance = naming.people(people)?;
    let is_new = |attendance: &Vec<Attendance>| meeting.attendance() != attendance || meeting.attendance.in_conflict();
    let attendance = Some(attendance).filter(is_new);
    let chair = Some(chair.trim()).filter(|chair| meeting.chair() != *chair || meeting.chair.in_conflict());
    if attendance.is_none() && chair.is_none() {
        return Err(Problem::new("The attendance is unchanged", "that is already recorded", ""));
    }
    naming.ops.extend(chair.map(|chair| set(meeting, &meeting.chair, Value::Chair(chair.into()))));
    naming.ops.extend(attendance.map(|all| set(meeting, &meeting.attendance, Value::Attendance(all))));
    Ok(naming.ops)
}

/// Changes the agenda; what has been dealt with stays on it.
pub fn order(register: &Register, agenda: &Agenda) -> Result<Vec<Op>, Problem> {
    let meeting = open(register)?;
    let gone = meeting.items().iter().find(|item| meeting.is_dealt_with(**item) && !agenda.items.contains(item));
    if let Some(action) = gone.and_then(|id| register.action(*id)) {
        let why = format!("{} has been dealt with", register.reference(action));
        return Err(Problem::new("The agenda is unchanged", why, "It stays on the agenda."));
    }
    if meeting.agenda.get() == Some(agenda) && !meeting.agenda.in_conflict() {
        return Err(Problem::new("The agenda is unchanged", "that is already the agenda", ""));
    }
    Ok(vec![set(meeting, &meeting.agenda, Value::Agenda(agenda.clone()))])
}

pub(super) fn open(register: &Register) -> Result<&Meeting, Problem> {
    register.open_meeting().ok_or_else(|| Problem::new("No meeting is open", "", "Start one first."))
}

fn known(register: &Register, id: Id) -> Result<&Meeting, Problem> {
    let found = register.meeting(id).filter(|_| !register.is_hidden(id));
    found.ok_or_else(|| Problem::new("There is no such meeting", "", "Choose it again."))
}

pub(super) fn set<T>(meeting: &Meeting, field: &Field<T>, value: Value) -> Op {
    Op::Set { on: meeting.id, value, replaces: field.ids() }
}

/// Parties being named, with the operations that add the new ones.
pub(super) struct Naming<'a> {
    register: &'a Register,
    pub(super) ops: Vec<Op>,
    made: Vec<(String, Id)>,
}

impl<'a> Naming<'a> {
    pub(super) fn new(register: &'a Register) -> Naming<'a> {
        Naming { register, ops: Vec::new(), made: Vec::new() }
    }

    fn people(&mut self, people: &[Attendee]) -> Result<Vec<Attendance>, Problem> {
        let mut all = Vec::new();
        for Attendee { party, name, presence } in people {
            if party.is_none() && filled(name).is_none() {
                continue;
            }
            let party = party.as_ref().map(|party| self.party(party, PartyKind::Agency)).transpose()?;
            all.push(Attendance { party, name: name.trim().into(), presence: *presence });
        }
        Ok(all)
    }

    pub(super) fn party(&mut self, choice: &PartyChoice, kind: PartyKind) -> Result<Id, Problem> {
        let name = match choice {
            PartyChoice::Known(id) => return Ok(*id),
            PartyChoice::New(name) => name,
        };
        let key = name_key(name);
        let Some(name) = filled(name).filter(|_| !key.is_empty()) else {
            let why = format!("“{}” is not a name", name.trim());
            return Err(Problem::new("Nothing was saved", why, "Type the name of the body or the agency."));
        };
        let known = party_called(self.register, name).map(|party| party.id);
        let made = self.made.iter().find(|(other, _)| *other == key).map(|(_, id)| *id);
        Ok(known.or(made).unwrap_or_else(|| {
            let id = Id::pending(self.ops.len());
            let values = vec![Value::Name(name.into()), Value::PartyKind(kind)];
            self.ops.push(Op::Add { kind: Kind::Party, values });
            self.made.push((key, id));
            id
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::{Log, day, harbour, today};
    use super::super::super::intent::Intent;
    use super::super::super::meeting::{AgendaRule, Presence};
    use super::super::super::recommendation::Acceptance;
    use super::*;

    fn begun() -> (Log, String) {
        let mut log = harbour();
        let items = vec![log.action("7.1"), log.action("7.2")];
        let begin = Begin {
            body: PartyChoice::New("Practice Subgroup".into()),
            day: today(),
            chair: "A. Chair".into(),
            attendance: vec![Attendee {
                party: Some(PartyChoice::New("Harbour Hospice".into())),
                name: "B. Nurse".into(),
                presence: Presence::Apologies,
            }],
            agenda: Agenda { rules: vec![AgendaRule::Overdue], items, of: None },
            next: None,
        };
        let said = log.say(&Intent::BeginMeeting(begin));
        (log, said)
    }

    #[test]
    fn a_meeting_is_started_held_ended_corrected_and_agreed() {
        let (mut log, said) = begun();
        assert_eq!(said, "meeting of Practice Subgroup, 21 Nov 2026 started");
        let (first, second) = (log.action("7.1"), log.action("7.2"));
        assert_eq!(log.say(&Intent::Discuss { action: first }), "7.1 discussed");
        let carry = Intent::CarryForward { action: second, reason: "No report yet".into() };
        assert_eq!(log.say(&carry), "7.2 carried forward: “No report yet”");
        let decide = |text: &str| Intent::Decide { action: Some(first), text: text.into() };
        assert_eq!(log.say(&decide("Ask the chief")), "7.1 decided: “Ask the chief”");
        assert!(log.say(&decide(" ")).starts_with("No decision was recorded"));
        let meeting = log.register.open_meeting().unwrap();
        assert!(meeting.is_dealt_with(first) && meeting.is_dealt_with(second));
        let id = meeting.id;
        let end = Intent::EndMeeting { next: Some(day("2027-02-01")), rest: Rest::Left };
        assert!(log.say(&end).starts_with("meeting of Practice Subgroup, 21 Nov 2026 ended"));
        assert!(log.register.open_meeting().is_none());
        assert!(log.say(&Intent::Discuss { action: first }).starts_with("No meeting is open"));
        assert!(log.say(&Intent::ReopenMeeting { meeting: id }).ends_with("reopened for corrections"));
        assert!(log.say(&Intent::AgreeMinutes { meeting: id }).contains("still open"));
        log.say(&Intent::EndMeeting { next: None, rest: Rest::Left });
        assert!(log.say(&Intent::AgreeMinutes { meeting: id }).ends_with("minutes agreed"));
        assert!(log.say(&Intent::ReopenMeeting { meeting: id }).contains("its minutes are agreed"));
    }

    #[test]
    fn discussing_twice_unmarks_and_undo_marks_again() {
        let (mut log, _) = begun();
        let first = log.action("7.1");
        let is_marked = |log: &Log| log.register.open_meeting().unwrap().is_dealt_with(first);
        log.say(&Intent::Discuss { action: first });
        assert!(is_marked(&log));
        assert_eq!(log.say(&Intent::Discuss { action: first }), "7.1 not discussed after all");
        assert!(!is_marked(&log));
        assert_eq!(log.undo().unwrap(), "undone: 7.1 not discussed after all");
        assert!(is_marked(&log));
        assert_eq!(log.undo().unwrap(), "undone: 7.1 discussed");
        assert!(!is_marked(&log));
    }

    #[test]
    fn matters_belong_to_a_recommendation_or_to_the_meeting_and_say_something() {
        let (mut log, _) = begun();
        let rec = log.register.recommendations[0].id;
        let note = |recommendation, text: &str| Intent::Note { recommendation, text: text.into() };
        assert_eq!(
            log.say(&note(Some(rec), "An example was asked for")),
            "recommendation 7 noted: “An example was asked for”"
        );
        let general = log.say(&note(None, "The room is cold"));
        assert_eq!(general, "meeting of Practice Subgroup, 21 Nov 2026 noted: “The room is cold”");
        assert!(log.say(&note(None, " ")).contains("there is no text"));
        assert!(log.say(&note(Some(log.action("7.1")), "x")).contains("no such recommendation"));
        log.undo().unwrap();
        assert_eq!(log.register.open_meeting().unwrap().minutes().count(), 1);
        log.say(&Intent::EndMeeting { next: None, rest: Rest::Left });
        assert!(log.say(&note(None, "Too late")).starts_with("No meeting is open"));
    }

    #[test]
    fn attendance_and_chair_can_change_during_a_meeting() {
        let (mut log, _) = begun();
        let nurse = Attendee::typed("Harbour Hospice=B. Nurse", Presence::Apologies);
        let attend = |chair: &str, people: &[Attendee]| Intent::Attend { chair: chair.into(), people: people.to_vec() };
        assert!(log.say(&attend("A. Chair", std::slice::from_ref(&nurse))).contains("already recorded"));
        let late = Attendee::typed("Harbour Port=C. Late", Presence::Present);
        let said = log.say(&attend("D. Deputy", &[nurse, late]));
        assert!(said.contains("chair A. Chair → D. Deputy"), "{said}");
        let meeting = log.register.open_meeting().unwrap();
        assert_eq!((meeting.chair(), meeting.attendance().len()), ("D. Deputy", 2));
        log.undo().unwrap();
        let meeting = log.register.open_meeting().unwrap();
        assert_eq!((meeting.chair(), meeting.attendance().len()), ("A. Chair", 1));
    }

    #[test]
    fn only_one_meeting_is_open_at_a_time() {
        let (mut log, _) = begun();
        let again = Begin {
            body: PartyChoice::New("Another".into()),
            day: today(),
            chair: String::new(),
            attendance: Vec::new(),
            agenda: Agenda::default(),
            next: None,
        };
        let said = log.say(&Intent::BeginMeeting(again));
        assert!(said.contains("the meeting of Practice Subgroup, 21 Nov 2026 is still open"), "{said}");
        assert_eq!(log.undo().unwrap(), "undone: meeting of Practice Subgroup, 21 Nov 2026 started");
        assert!(log.register.open_meeting().is_none());
        assert_eq!(log.register.visible_meetings().count(), 0);
    }

    #[test]
    fn not_accepted_not_implemented_and_dismissed_need_a_reason() {
        let mut log = harbour();
        let action = log.action("7.1");
        let rec = log.register.action(action).unwrap().recommendation.unwrap();
        let accept = |acceptance| Intent::Accept { recommendation: rec, acceptance };
        assert!(log.say(&accept(Acceptance::NotAccepted { reason: " ".into() })).contains("there is no reason"));
        let said = log.say(&accept(Acceptance::NotAccepted { reason: "The law forbids it".into() }));
        assert_eq!(said, "recommendation 7 not accepted: “The law forbids it”");
        let abandon = |reason: &str| Intent::Abandon { action, reason: reason.into() };
        assert!(log.say(&abandon("")).contains("there is no reason"));
        assert_eq!(log.say(&abandon("The ward closed")), "7.1 will not be implemented: “The ward closed”");
        assert!(log.register.action(action).unwrap().is_closed());
        let dismiss =
            |reason: &str| Intent::Dismiss { action, challenge: "Late by 3 days".into(), reason: reason.into() };
        assert!(log.say(&dismiss("")).contains("there is no reason"));
        assert_eq!(log.say(&dismiss("Seen in May")), "7.1 challenge dismissed (Seen in May): Late by 3 days");
    }
}

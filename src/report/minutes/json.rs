//! Minutes for other programs: the meeting, the attendance, and what was done item by item.

use serde_json::{Value, json};

use super::super::cells;
use super::presence;
use super::record::Record;
use crate::domain::action::Action;
use crate::domain::describe;
use crate::domain::meeting::Attendance;

pub fn of(record: &Record) -> Value {
    let (register, meeting) = (record.register, record.meeting);
    let ((discussed, others), (missed, read)) = (record.dealt(), record.rest());
    let names = |actions: Vec<&Action>| -> Vec<String> {
        actions.iter().map(|action| cells::reference(register, action)).collect()
    };
    let person = |one: &Attendance| json!({ "name": one.name, "party": one.party.map(|party| register.party_name(party)), "attendance": presence(one.presence) });
    json!({
        "meeting": {
            "body": meeting.body().map(|body| register.party_name(body)),
            "date": meeting.day(),
            "chair": meeting.chair(),
            "stage": describe::stage_word(record.stage),
            "next": meeting.next(),
        },
        "attendance": meeting.attendance().iter().map(person).collect::<Vec<_>>(),
        "items": discussed.into_iter().map(|action| item(record, action)).collect::<Vec<_>>(),
        "also_changed": others.into_iter().map(|action| item(record, action)).collect::<Vec<_>>(),
        "matters": rows(&["under", "point"], record.matters()),
        "decisions": rows(&["ref", "decision"], record.decisions()),
        "actions": rows(&["ref", "action", "owner", "new"], record.owners()),
        "closures": rows(&["ref", "action", "what", "evidence"], record.closures()),
        "carried_forward": rows(&["ref", "action", "why"], record.carried()),
        "as_read": rows(&["ref", "action", "why"], record.as_read()),
        "not_reached": names(missed),
        "taken_as_read": names(read),
    })
}

/// An item as at the end of the meeting, with what was done.
fn item(record: &Record, action: &Action) -> Value {
    json!({
        "plan": record.register.plan(action.plan).map(crate::domain::plan::Plan::slug),
        "ref": record.register.reference(action),
        "text": action.text(),
        "leads": cells::leads(record.register, action),
        "targets": action.targets().iter().map(|target| target.raw.as_str()).collect::<Vec<_>>(),
        "rating": action.rating(),
        "points": record.points(action.id),
    })
}

fn rows(names: &[&str], rows: Vec<Vec<String>>) -> Value {
    let row = |cells: Vec<String>| {
        let pairs = names.iter().zip(cells).map(|(name, cell)| ((*name).to_owned(), Value::from(cell)));
        Value::Object(pairs.collect())
    };
    rows.into_iter().map(row).collect()
}

//! Minutes for other programs: the meeting, the attendance, and what was done item by item.

use serde_json::{Value, json};

use super::super::cells;
use super::presence;
use super::record::Record;
use super::tables;
use crate::domain::action::Action;
use crate::domain::describe;
use crate::domain::id::Id;
use crate::domain::meeting::Attendance;
use crate::domain::timing::{self, CameOrWent, Movement};

pub fn of(record: &Record) -> Value {
    let (register, meeting) = (record.register, record.meeting);
    let ((discussed, others), (missed, read)) = (record.dealt(), record.rest());
    let names = |actions: Vec<&Action>| -> Vec<String> {
        actions.iter().map(|action| cells::reference(register, action)).collect()
    };
    let party = |party: Option<Id>| party.map(|party| register.party_name(party));
    let person =
        |one: &Attendance| json!({ "name": one.name, "party": party(one.party), "attendance": presence(one.presence) });
    let moved = |one: &CameOrWent| json!({ "name": one.name, "party": party(one.party), "what": movement(one.movement), "at": timing::time_words(one.at) });
    let tasks = tables::whole(record, record.tasks().into_iter().map(|task| task.row(record)).collect());
    let whole = |rows| tables::whole(record, rows);
    json!({
        "meeting": meeting_of(record),
        "attendance": meeting.attendance().iter().map(person).collect::<Vec<_>>(),
        "came_and_went": meeting.moves().iter().map(moved).collect::<Vec<_>>(),
        "items": discussed.into_iter().map(|action| item(record, action)).collect::<Vec<_>>(),
        "also_changed": others.into_iter().map(|action| item(record, action)).collect::<Vec<_>>(),
        "matters": rows(&["under", "point"], record.matters().into_iter().map(|row| row.said).collect()),
        "decisions": rows(&["ref", "decision"], whole(record.decisions())),
        "actions": rows(&["ref", "action", "owner", "by", "new"], tasks),
        "closures": rows(&["ref", "action", "what", "evidence"], whole(record.closures())),
        "carried_forward": rows(&["ref", "action", "why"], whole(record.carried())),
        "as_read": rows(&["ref", "action", "why"], whole(record.as_read())),
        "not_reached": names(missed),
        "not_reached_items": rows(&["ref", "action", "carried"], whole(record.not_reached())),
        "taken_as_read": names(read),
    })
}

fn movement(movement: Movement) -> &'static str {
    match movement {
        Movement::Joined => "joined",
        Movement::Left => "left",
    }
}

/// The meeting itself.
pub fn meeting_of(record: &Record) -> Value {
    let meeting = record.meeting;
    json!({
        "body": meeting.body().map(|body| record.register.party_name(body)),
        "date": meeting.day(),
        "chair": meeting.chair(),
        "stage": describe::stage_word(record.stage),
        "next": meeting.next(),
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

pub fn rows(names: &[&str], rows: Vec<Vec<String>>) -> Value {
    let row = |cells: Vec<String>| {
        let pairs = names.iter().zip(cells).map(|(name, cell)| ((*name).to_owned(), Value::from(cell)));
        Value::Object(pairs.collect())
    };
    rows.into_iter().map(row).collect()
}

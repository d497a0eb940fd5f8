//! The minutes of a meeting, generated from what was recorded while it was open. Nothing is typed just for them.
//!
//! They show leads, targets and texts as at the end of the meeting, not today's. They always cover the whole meeting:
//! a filter is refused, because minutes with parts left out would not be its minutes.

mod json;
mod record;
mod words;

use super::Material;
use super::cells;
use super::document::{Cell, Document, Run, Table};
use crate::domain::action::Action;
use crate::domain::change::Batch;
use crate::domain::date_words;
use crate::domain::id::Id;
use crate::domain::meeting::{Meeting, Presence, Stage};
use crate::domain::moment::{self, Named};
use crate::domain::register::Register;
use crate::problem::Problem;
use crate::text::{self, counted};
use record::Record;

/// The width of an item's heading.
const HEADING: usize = 80;

pub fn report(material: &Material) -> Result<Document, Problem> {
    if !material.filter.is_empty() {
        let why = format!("minutes cover the whole meeting, and “{}” would leave some of it out", material.filter);
        let hint = "Leave out the filter; to choose a meeting, use --meeting, as in `--meeting OPS`.";
        return Err(Problem::new("No minutes were produced", why, hint));
    }
    let now = chosen(material.register, &material.options.meeting)?;
    let then = as_left(material.log, now);
    let meeting = then.meeting(now.id).unwrap_or(now);
    let record = Record::new(material, &then, (meeting, now.stage()));
    let mut document = Document::new(format!("Minutes: {}", then.meeting_name(meeting)), material.today);
    document.actions = record.dealt().0.iter().map(|action| action.id).collect();
    document.data = Some(json::of(&record));
    opening(&mut document, &record);
    items(&mut document, &record);
    for (title, table) in tables(&record) {
        part(&mut document, title, table);
    }
    rest(&mut document, &record);
    Ok(document)
}

/// The register as at the last batch of a meeting.
fn as_left(log: &[Batch], meeting: &Meeting) -> Register {
    let last = log.iter().rposition(|batch| batch.meeting == Some(meeting.id));
    let begun = || log.iter().position(|batch| batch.changes.iter().any(|change| change.id == meeting.id));
    let end = last.or_else(begun).map_or(log.len(), |at| at + 1);
    Register::fold(log.iter().take(end))
}

/// The meeting named ("OPS", "2026-11-21"; the screen passes its id), or else the latest.
fn chosen<'a>(register: &'a Register, words: &str) -> Result<&'a Meeting, Problem> {
    let refuse = |why: String, hint: &str| Err(Problem::new("There are no minutes to produce", why, hint));
    match moment::meeting_named(words, register) {
        Named::Meeting(meeting) => Ok(meeting),
        Named::Nothing if words.is_empty() => {
            refuse("no meeting is recorded".into(), "Start one on the screen with m, or with `arising meeting start`.")
        }
        // The name is not repeated: for a meeting that was undone, the screen has only the id.
        Named::Nothing => refuse("no such meeting is recorded".into(), "`arising meetings` lists the meetings."),
        Named::Several(last, other) => {
            refuse(format!("“{words}” could be {last} or {other}"), "Give more of its name or its date with --meeting.")
        }
    }
}

/// The body, date, chair and attendance.
fn opening(document: &mut Document, record: &Record) {
    let (register, meeting) = (record.register, record.meeting);
    document.paragraph(match record.stage {
        Stage::Open | Stage::Reopened => "Draft: the meeting is still open.",
        Stage::Ended => "Draft, to be agreed.",
        Stage::Agreed => "Agreed.",
    });
    let body = meeting.body().map(|body| register.party_name(body).to_owned());
    let facts = [
        ("Body", body.unwrap_or_default()),
        ("Date", meeting.day().map(date_words::day).unwrap_or_default()),
        ("Chair", meeting.chair().to_owned()),
        ("Next meeting", meeting.next().map(date_words::day).unwrap_or_default()),
    ];
    facts.into_iter().filter(|(_, what)| !what.is_empty()).for_each(|(label, what)| document.labelled(label, what));
    let mut table = Table::new("Attendance", [("Name", 30), ("For", 30), ("Attendance", 12)]);
    for one in meeting.attendance() {
        let party = one.party.map_or("", |party| register.party_name(party));
        table.rows.push([one.name.as_str(), party, presence(one.presence)].map(Cell::new).into());
    }
    part(document, "Attendance", Some(table));
}

fn presence(presence: Presence) -> &'static str {
    match presence {
        Presence::Present => "present",
        Presence::Apologies => "apologies",
    }
}

/// The items discussed, in agenda order, and separately anything else changed while the meeting was open, here or by
/// others, so that no one reads it as discussed.
fn items(document: &mut Document, record: &Record) {
    let (discussed, others) = record.dealt();
    matters(document, record, "Matters discussed", &discussed);
    if discussed.is_empty() {
        document.paragraph("None.");
    }
    if !others.is_empty() {
        matters(document, record, "Also changed while the meeting was open", &others);
    }
}

fn matters(document: &mut Document, record: &Record, title: &str, actions: &[&Action]) {
    document.heading(1, title);
    let columns = [("Ref", 10), ("Action", 30), ("Lead", 14), ("Target", 10), ("Rating", 8), ("Discussion", 40)];
    let mut aside = Table::new(title, columns);
    for (at, action) in actions.iter().enumerate() {
        let reference = cells::reference(record.register, action);
        let about = text::truncate(&text::one_line(action.text()), HEADING);
        document.heading(2, format!("{}. {reference} {about}", at + 1));
        standing(document, record.register, action);
        let points = record.points(action.id);
        if points.is_empty() {
            document.paragraph(NOTHING);
        }
        aside.rows.push(row(record.register, action, &points));
        document.list(points);
    }
    if !aside.rows.is_empty() {
        document.asides.push(aside);
    }
}

const AS_READ: &str = "Taken as read, with a word";

/// The text for an item that was discussed but not changed.
const NOTHING: &str = "Discussed; no changes.";

fn row(register: &Register, action: &Action, points: &[String]) -> Vec<Cell> {
    let said = if points.is_empty() { NOTHING.to_owned() } else { points.join("\n") };
    vec![
        Cell::new(cells::reference(register, action)),
        Cell::new(action.text()),
        Cell::new(cells::leads(register, action)),
        Cell::new(cells::targets(action.targets())),
        cells::rating(register, action),
        Cell::new(said),
    ]
}

/// "Lead: CFT · Target: Sep 2026 · Rating: A Amber", as at the end of the meeting.
fn standing(document: &mut Document, register: &Register, action: &Action) {
    let rating = cells::rating(register, action).text;
    let targets = cells::targets(action.targets()).replace('\n', ", ");
    let facts = [("Lead", cells::leads(register, action)), ("Target", targets), ("Rating", rating)];
    let runs = facts.into_iter().filter(|(_, what)| !what.is_empty()).enumerate().flat_map(|(at, (label, what))| {
        let gap = if at == 0 { "" } else { " · " };
        [Run::bold(format!("{gap}{label}: ")), Run::plain(what)]
    });
    document.runs(runs.collect());
}

/// The sections that list across all items; none for an optional section that is empty.
fn tables(record: &Record) -> [(&'static str, Option<Table>); 6] {
    let made = |title: &str, columns: [(&str, usize); 4], rows: Vec<Vec<String>>| {
        let mut table = Table::new(title, columns);
        table.columns.retain(|column| !column.title.is_empty());
        table.rows = rows.into_iter().map(|row| row.into_iter().map(Cell::new).collect()).collect();
        table
    };
    let filled = |table: Table| (!table.rows.is_empty()).then_some(table);
    let none = ("", 0);
    let matters = made("Other matters", [("Relating to", 16), ("Point", 60), none, none], record.matters());
    let closed = [("Ref", 10), ("Action", 34), ("Status", 14), ("Evidence or reason", 30)];
    let owners = [("Ref", 10), ("Action", 36), ("Lead and target", 22), ("Change", 20)];
    [
        ("Other matters", filled(matters)),
        ("Decisions", Some(made("Decisions", [("Ref", 10), ("Decision", 66), none, none], record.decisions()))),
        ("Actions and leads", Some(made("Actions and leads", owners, record.owners()))),
        ("Closed or proposed for closure", filled(made("Closed or proposed for closure", closed, record.closures()))),
        (
            "Carried forward",
            Some(made("Carried forward", [("Ref", 10), ("Action", 40), ("Reason", 26), none], record.carried())),
        ),
        (AS_READ, filled(made(AS_READ, [("Ref", 10), ("Action", 40), ("Reason", 26), none], record.as_read()))),
    ]
}

fn part(document: &mut Document, title: &str, table: Option<Table>) {
    let Some(table) = table else { return };
    document.heading(1, title);
    if table.rows.is_empty() {
        document.paragraph("None.");
    } else {
        document.table(table);
    }
}

/// What was on the agenda but not reached, and what was taken as read, plan by plan.
fn rest(document: &mut Document, record: &Record) {
    let (missed, read) = record.rest();
    let name = |action: &Action| record.register.reference(action);
    let counted_name = |action: &Action| match record.carried_with_this(action) {
        Some(carried) if carried.times > 1 => format!("{} ({})", name(action), carried.words()),
        Some(_) | None => name(action),
    };
    group(document, "On the agenda but not reached", &missed, by_plan(record.register, &missed, counted_name));
    group(document, "Taken as read", &read, by_plan(record.register, &read, name));
}

fn group(document: &mut Document, title: &str, actions: &[&Action], lines: Vec<String>) {
    if !actions.is_empty() {
        document.heading(1, title);
        document.paragraph(format!("{}.", counted(actions.len(), "action")));
        document.list(lines);
    }
}

/// "Adult M: 1.1, 1.2 and so on", one line per plan.
fn by_plan(register: &Register, actions: &[&Action], name: impl Fn(&Action) -> String) -> Vec<String> {
    let line = |plan: Id| {
        let own = actions.iter().filter(|action| action.plan == plan);
        let names: Vec<String> = own.map(|action| name(action)).collect();
        (!names.is_empty()).then(|| names.join(", "))
    };
    let lines = register.visible_plans().filter_map(|plan| Some(format!("{}: {}", plan.title(), line(plan.id)?)));
    lines.collect()
}

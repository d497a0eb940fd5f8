//! The minutes of a meeting, generated from what was recorded while it was open. Nothing is typed just for them.
//!
//! They show leads, targets and texts as at the end of the meeting, not today's. They always cover the whole meeting:
//! a filter is refused, because minutes with parts left out would not be its minutes.

mod json;
mod lists;
mod record;
mod tables;
mod words;

use super::Material;
use super::cells;
use super::document::{Cell, Document, Run, Table};
use crate::domain::action::Action;
use crate::domain::change::Batch;
use crate::domain::date_words;
use crate::domain::meeting::{Meeting, Presence, Stage};
use crate::domain::moment::{self, Named};
use crate::domain::plan::Plan;
use crate::domain::register::Register;
use crate::domain::timing;
use crate::problem::Problem;
use crate::text::counted;
use record::Record;

pub fn report(material: &Material) -> Result<Document, Problem> {
    of_meeting(material, |record| {
        let name = record.register.meeting_name(record.meeting);
        let mut document = Document::new(format!("Minutes: {name}"), material.today);
        document.actions = record.dealt().0.iter().map(|action| action.id).collect();
        document.data = Some(json::of(record));
        opening(&mut document, record);
        items(&mut document, record);
        for (title, table) in sections(record) {
            part(&mut document, title, table);
        }
        rest(&mut document, record);
        document
    })
}

/// After the meeting: what each person and agency is to do by when, a page for each.
pub fn action_lists(material: &Material) -> Result<Document, Problem> {
    of_meeting(material, |record| lists::document(record, material.today))
}

/// Makes something of the record of the meeting asked for, with the register as that meeting left it.
fn of_meeting(material: &Material, make: impl FnOnce(&Record) -> Document) -> Result<Document, Problem> {
    if !material.filter.is_empty() {
        let why = format!("minutes cover the whole meeting, and “{}” would leave some of it out", material.filter);
        let hint = "Leave out the filter; to choose a meeting, use --meeting, as in `--meeting OPS`.";
        return Err(Problem::new("No minutes were produced", why, hint));
    }
    let now = chosen(material.register, &material.options.meeting)?;
    // An open one is left as it stands now: undoing its end, say, is a change that belongs to no meeting.
    let is_open = material.register.open_meeting().is_some_and(|open| open.id == now.id);
    let then = if is_open { Register::fold(material.log.iter()) } else { as_left(material.log, now) };
    let meeting = then.meeting(now.id).unwrap_or(now);
    Ok(make(&Record::new(material, &then, (meeting, now.stage()))))
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
        ("Plan", record.only_plan().map(|plan| plan.title().to_owned()).unwrap_or_default()),
        ("Next meeting", meeting.next().map(date_words::day).unwrap_or_default()),
    ];
    facts.into_iter().filter(|(_, what)| !what.is_empty()).for_each(|(label, what)| document.labelled(label, what));
    let mut table = Table::new("Attendance", [("Name", 30), ("For", 30), ("Attendance", 12)]);
    for one in meeting.attendance() {
        let party = one.party.map_or("", |party| register.party_name(party));
        table.rows.push([one.name.as_str(), party, presence(one.presence)].map(Cell::new).into());
    }
    part(document, "Attendance", Some(table));
    let moves = timing::came_and_went(register, meeting);
    if !moves.is_empty() {
        document.list(moves.into_iter().map(|one| format!("{one}.")));
    }
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
    let mut rows = Vec::new();
    let mut plan = None;
    for (at, action) in actions.iter().enumerate() {
        if record.only_plan().is_none() && plan != Some(action.plan) {
            plan = Some(action.plan);
            document.heading(2, record.register.plan(action.plan).map_or("", Plan::title));
        }
        let points = record.points(action.id);
        item(document, record, (at + 1, action), &points);
        rows.push((Some(action.plan), row(record.register, action, &points)));
    }
    if !rows.is_empty() {
        let columns = [("Ref", 10), ("Action", 30), ("Lead", 14), ("Target", 10), ("Rating", 8), ("Discussion", 40)];
        document.asides.push(tables::of_plans(record, title, &columns, rows));
    }
}

/// An item with all of its words, how it stands, and what was said and done about it.
fn item(document: &mut Document, record: &Record, (place, action): (usize, &Action), points: &[String]) {
    let level = if record.only_plan().is_some() { 2 } else { 3 };
    document.heading(level, format!("{place}. Action {}", record.register.reference(action)));
    action.text().lines().filter(|line| !line.trim().is_empty()).for_each(|line| document.paragraph(line));
    standing(document, record.register, action);
    if points.is_empty() {
        document.paragraph(NOTHING);
    }
    document.list(points.iter().cloned());
}

const AS_READ: &str = "Taken as read, with a word";
const OWNERS: &str = "Actions and owners";
const NOT_REACHED: &str = "On the agenda but not reached";

/// What follows the reference of something that is to be done.
const TASK: [(&str, usize); 4] = [("Action", 40), ("Who", 20), ("By when", 14), ("What is new", 16)];

/// The text for an item that was discussed but not changed.
const NOTHING: &str = "Discussed; no changes.";

fn row(register: &Register, action: &Action, points: &[String]) -> Vec<Cell> {
    let said = if points.is_empty() { NOTHING.to_owned() } else { points.join("\n") };
    vec![
        Cell::new(register.reference(action)),
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
fn sections(record: &Record) -> [(&'static str, Option<Table>); 7] {
    let made = |title: &str, columns: &[(&str, usize)], rows| tables::by_reference(record, title, columns, rows);
    let filled = |table: Table| (!table.rows.is_empty()).then_some(table);
    let (left, missed) = (record.not_reached(), [("Action", 50), ("Carried", 16)]);
    // Nobody is told how often something was carried when nothing was.
    let is_again = left.iter().any(|row| row.said.last().is_some_and(|times| !times.is_empty()));
    let missed = if is_again { &missed[..] } else { &missed[..1] };
    let matters = record.matters().into_iter();
    let matters = matters.map(|row| (row.plan, row.said.into_iter().map(Cell::new).collect())).collect();
    let matters = tables::of_plans(record, "Other matters", &[("Relating to", 16), ("Point", 60)], matters);
    let tasks = record.tasks().into_iter().map(|task| task.row(record)).collect();
    let why = [("Action", 40), ("Reason", 26)];
    let closed = [("Action", 34), ("Status", 14), ("Evidence or reason", 30)];
    [
        ("Other matters", filled(matters)),
        ("Decisions", Some(made("Decisions", &[("Decision", 66)], record.decisions()))),
        (OWNERS, Some(made(OWNERS, &TASK, tasks))),
        ("Closed or proposed for closure", filled(made("Closed or proposed for closure", &closed, record.closures()))),
        ("Carried forward", Some(made("Carried forward", &why, record.carried()))),
        (AS_READ, filled(made(AS_READ, &why, record.as_read()))),
        (NOT_REACHED, filled(made(NOT_REACHED, missed, left))),
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

/// What the body oversees and did not have on its agenda, plan by plan.
fn rest(document: &mut Document, record: &Record) {
    let (_, read) = record.rest();
    group(document, "Not on this agenda", &read, by_plan(record, &read));
}

fn group(document: &mut Document, title: &str, actions: &[&Action], lines: Vec<String>) {
    if !actions.is_empty() {
        document.heading(1, title);
        document.paragraph(format!("{}.", counted(actions.len(), "action")));
        document.list(lines);
    }
}

/// "Adult M: 1.1, 1.2 and so on", one line per plan; without the plan where the meeting was about that only.
fn by_plan(record: &Record, actions: &[&Action]) -> Vec<String> {
    let register = record.register;
    let line = |plan: &Plan| {
        let own = actions.iter().filter(|action| action.plan == plan.id);
        let names: Vec<String> = own.map(|action| register.reference(action)).collect();
        let is_named = record.only_plan().is_none_or(|only| only.id != plan.id);
        let title = if is_named { format!("{}: ", plan.title()) } else { String::new() };
        (!names.is_empty()).then(|| format!("{title}{}", names.join(", ")))
    };
    register.visible_plans().filter_map(line).collect()
}

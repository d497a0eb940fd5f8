//! Action lists after a meeting: a page for each person who was there or sent apologies, and for each owner who was not, with
//! what they are to do by when.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::super::cells;
use super::super::document::{Block, Document};
use super::record::{Record, Task};
use super::tables::{self, Row};
use super::{TASK, json, presence};
use crate::domain::action::Action;
use crate::domain::date_words;
use crate::domain::id::Id;
use crate::domain::meeting::Attendance;
use crate::domain::party::{Party, PartyKind};
use crate::domain::query;
use crate::domain::undertaking::Owner;

/// Whose list it is.
struct Whose {
    owner: Owner,
    /// "B. Officer, Sussex Police (apologies)".
    title: String,
}

/// What is on a list.
struct List {
    title: String,
    tasks: Vec<Task>,
    /// Its own items of the agenda that are still to be done, and what the meeting made of each.
    open: Vec<Row>,
}

pub fn document(record: &Record, today: NaiveDate) -> Document {
    let name = record.register.meeting_name(record.meeting);
    let mut document = Document::new(format!("Action lists: {name}"), today);
    let (lists, idle): (Vec<List>, Vec<List>) =
        everyone(record).iter().map(|whose| list(record, whose)).partition(List::is_needed);
    document.actions = lists.iter().flat_map(List::actions).collect();
    document.data = Some(data(record, &lists));
    if let Some(plan) = record.only_plan() {
        document.labelled("Plan", plan.title());
    }
    if let Some(next) = record.meeting.next() {
        document.labelled("Next meeting", date_words::day(next));
    }
    for (at, list) in lists.iter().enumerate() {
        if at > 0 {
            document.blocks.push(Block::PageBreak);
        }
        page(&mut document, record, list);
    }
    if !idle.is_empty() {
        let names: Vec<&str> = idle.iter().map(|list| list.title.as_str()).collect();
        document.heading(1, "Nothing to do from this meeting");
        document.list(names.into_iter().map(ToOwned::to_owned));
    }
    document
}

fn page(document: &mut Document, record: &Record, list: &List) {
    document.heading(1, &list.title);
    if list.tasks.is_empty() {
        document.paragraph("Nothing new from this meeting.");
    } else {
        let rows = list.tasks.iter().map(|task| task.clone().row(record)).collect();
        document.table(tables::by_reference(record, "To do", &TASK, rows));
    }
    if !list.open.is_empty() {
        document.heading(2, "Still open from before");
        let columns = [("Action", 40), ("Target", 14), ("Rating", 12), ("At this meeting", 18)];
        let rows = list.open.iter().map(|row| Row { said: row.said.clone(), ..*row }).collect();
        document.table(tables::by_reference(record, "Still open from before", &columns, rows));
    }
}

/// Everyone who was at the meeting or sent apologies, then whoever else is to do something.
fn everyone(record: &Record) -> Vec<Whose> {
    let of = |person: &Attendance| {
        let party = person.party.map_or("", |party| record.register.party_name(party));
        let name = if person.name.is_empty() { party.to_owned() } else { person.name.clone() };
        let of_both = !person.name.is_empty() && !party.is_empty();
        let who = if of_both { format!("{name}, {party}") } else { name.clone() };
        let owner = Owner { name, party: person.party };
        Whose { owner, title: format!("{who} ({})", presence(person.presence)) }
    };
    let mut all: Vec<Whose> = record.meeting.attendance().iter().map(of).collect();
    for task in record.tasks() {
        for owner in &task.owners {
            if all.iter().all(|whose| !is_for(record, owner, &whose.owner)) {
                all.push(Whose { owner: owner.clone(), title: format!("{} (not at the meeting)", owner.name) });
            }
        }
    }
    all
}

fn list(record: &Record, whose: &Whose) -> List {
    let is_own = |task: &Task| task.owners.iter().any(|owner| is_for(record, owner, &whose.owner));
    let tasks: Vec<Task> = record.tasks().into_iter().filter(is_own).collect();
    let is_new = |action: &Action| tasks.iter().any(|task| task.action == Some(action.id) && task.is_of_action());
    let plans = whose.owner.party.map(|party| query::plans_with(record.register, party)).unwrap_or_default();
    let is_everyone = |party: Id| record.register.party(party).is_some_and(|party| party.kind() == PartyKind::Everyone);
    let is_led = |action: &Action| {
        let mut leads = action.leads().iter();
        leads.any(|lead| {
            if is_everyone(lead.party) && !plans.contains(&action.plan) {
                return false;
            }
            let owner = Owner { name: record.register.party_name(lead.party).into(), party: Some(lead.party) };
            is_for(record, &owner, &whose.owner)
        })
    };
    let items = record.meeting.items().iter().filter_map(|id| record.register.action(*id));
    let open = items.filter(|action| is_led(action) && !query::is_done(record.register, action) && !is_new(action));
    List { title: whose.title.clone(), open: open.map(|action| still(record, action)).collect(), tasks }
}

/// An item that remains to be done.
fn still(record: &Record, action: &Action) -> Row {
    let (register, targets) = (record.register, cells::targets(action.targets()).replace('\n', ", "));
    let said = vec![action.text().to_owned(), targets, cells::rating(register, action).text, record.fate(action)];
    Row::of(record, Some(action.id), said)
}

/// Whether what is asked of one is for the other: the same name; the same party, or one within the other; or everyone.
fn is_for(record: &Record, asked: &Owner, whose: &Owner) -> bool {
    let register = record.register;
    if asked.name == whose.name {
        return true;
    }
    let (Some(of), Some(own)) = (asked.party, whose.party) else { return false };
    // What is asked of a person by name is not asked of the others of that agency.
    let is_of_party = register.party(of).map(Party::name) == Some(asked.name.as_str());
    let is_within = |one: Id, other: Id| query::chain(register, one).contains(&other);
    let is_everyone = register.party(of).is_some_and(|party| party.kind() == PartyKind::Everyone);
    is_of_party && (is_within(of, own) || is_within(own, of) || is_everyone && query::is_of_agency(register, own))
}

impl List {
    fn is_needed(&self) -> bool {
        !self.tasks.is_empty() || !self.open.is_empty()
    }

    fn actions(&self) -> impl Iterator<Item = Id> {
        let open = self.open.iter().filter_map(|row| row.action);
        self.tasks.iter().filter_map(|task| task.action).chain(open)
    }
}

fn data(record: &Record, lists: &[List]) -> Value {
    let one = |list: &List| {
        let tasks = list.tasks.iter().map(|task| task.clone().row(record)).collect();
        let open = list.open.iter().map(|row| Row { said: row.said.clone(), ..*row }).collect();
        json!({
            "for": list.title,
            "to_do": json::rows(&["ref", "action", "owner", "by", "new"], tables::whole(record, tasks)),
            "open": json::rows(&["ref", "action", "target", "rating", "at_meeting"], tables::whole(record, open)),
        })
    };
    json!({ "meeting": json::meeting_of(record), "lists": lists.iter().map(one).collect::<Vec<_>>() })
}

//! The calendar: when open actions are due, and when bodies meet next; as a table, or as a file that calendars import.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::Material;
use super::cells;
use super::dates::{Date, DateStatus};
use super::document::{Cell, Document, Table};
use crate::domain::action::Action;
use crate::domain::date_words;
use crate::domain::id::Id;
use crate::domain::meeting::Meeting;
use crate::domain::query;
use crate::domain::target::Target;
use crate::problem::Problem;
use crate::text::{counted, one_line, truncate};

/// How much of an action's text names it in a calendar, in columns.
const SHOWN: usize = 200;

/// How long after its target an action that is done or withdrawn is still told to calendars that may have it.
const YEAR: Days = Days::new(366);

/// Every target of an open action, and every next meeting, earliest first. A calendar that has imported a date which no longer
/// stands is told so, for a year.
pub fn report(material: &Material) -> Result<Document, Problem> {
    let mut actions = material.actions();
    actions.retain(|action| !query::is_done(material.register, action));
    let mut dates: Vec<Date> = actions.iter().flat_map(|action| targets(material, action)).collect();
    dates.extend(meetings(material, &actions));
    dates.sort_by(|a, b| (a.day, &a.id).cmp(&(b.day, &b.id)));
    let mut document = Document::new("Calendar", material.today);
    document.paragraph(format!("{}.", counted(dates.len(), "date")));
    if !dates.is_empty() {
        document.table(table(&dates));
    }
    actions.retain(|action| action.targets().iter().any(|target| target.last().is_some()));
    document.actions = actions.iter().map(|action| action.id).collect();
    document.dates = dates.into_iter().chain(cancelled(material)).collect();
    Ok(document)
}

fn table(dates: &[Date]) -> Table {
    let mut table = Table::new("Dates, earliest first", [("Day", 10), ("What", 40), ("Details", 40)]);
    let row = |date: &Date| [date_words::day(date.day), date.title.clone(), date.details.clone()].map(Cell::new);
    table.rows = dates.iter().map(|date| row(date).to_vec()).collect();
    table
}

/// The targets of an action: each is a date of its own, on its last day.
fn targets(material: &Material, action: &Action) -> Vec<Date> {
    let register = material.register;
    let reference = cells::reference(register, action);
    let title = truncate(&one_line(&format!("{reference} due: {}", action.text())), SHOWN);
    let leads = cells::leads(register, action).replace('\n', ", ");
    let leads = if leads.is_empty() { "none".into() } else { leads };
    let rating = crate::domain::form::rating(register, action).replace("– ", "");
    let plan = register.plan(action.plan).map_or("", |plan| plan.title());
    let details = format!("Lead: {leads}. Rating: {rating}. {plan}");
    let days = action.targets().iter().filter_map(Target::last).enumerate();
    let date = |(place, day): (usize, NaiveDate)| Date {
        status: DateStatus::Stands,
        id: format!("{}-{}", action.id, place + 1),
        day,
        title: title.clone(),
        details: details.clone(),
        version: version(action),
        changed: action.changed.or_else(|| action.text.head().map(|head| head.day)),
    };
    days.map(date).collect()
}

/// The dates of actions that have been done, closed or withdrawn since a calendar may have imported them, and those that an
/// action has no longer; not of what was done already as it was imported.
fn cancelled(material: &Material) -> Vec<Date> {
    let (register, today) = (material.register, material.today);
    let matches = |action: &&Action| material.filter.matches(register, action, today).is_some();
    let is_out = |action: &&Action| {
        register.is_hidden(action.id)
            || (query::is_done(register, action) && query::done_on(register, action).is_some())
    };
    let out = register.actions.iter().filter(is_out).filter(matches).flat_map(|action| {
        let words = if query::is_completed(register, action) { "Done" } else { "No longer due" };
        targets(material, action).into_iter().map(move |date| (words, date))
    });
    let live = register.visible_actions().filter(|action| !query::is_done(register, action)).filter(matches);
    let dropped = live.flat_map(|action| dropped(material, action)).map(|date| ("No longer due", date));
    let is_recent = |date: &Date| date.day.checked_add_days(YEAR).is_none_or(|until| until >= today);
    let all = out.chain(dropped).filter(|(_, date)| is_recent(date));
    let cancelled = |(words, date): (&str, Date)| {
        let title = format!("{words}: {}", date.title);
        Date { title, status: DateStatus::Cancelled, ..date }
    };
    all.map(cancelled).collect()
}

/// The dates that an action had at first, where it now has fewer.
fn dropped(material: &Material, action: &Action) -> Vec<Date> {
    let first = action.original_targets.as_ref().map_or(&[][..], |first| first.dates.as_slice());
    let left = action.targets().iter().filter(|target| target.last().is_some()).count();
    let days = first.iter().filter_map(Target::last).enumerate().skip(left);
    let model = targets(material, action).into_iter().next();
    let date = |(place, day): (usize, NaiveDate)| {
        Some(Date { id: format!("{}-{}", action.id, place + 1), day, ..model.clone()? })
    };
    days.filter_map(date).collect()
}

/// Goes up with every change to what its dates say.
fn version(action: &Action) -> u64 {
    let of = [
        action.targets.head().map(|head| head.lamport),
        action.text.head().map(|head| head.lamport),
        action.leads.head().map(|head| head.lamport),
        action.rating.head().map(|head| head.lamport),
        action.reference.head().map(|head| head.lamport),
        action.closure.head().map(|head| head.lamport),
        action.withdrawn.head().map(|head| head.lamport),
    ];
    of.into_iter().flatten().max().unwrap_or(0)
}

/// When each body meets next, as its latest meeting said: all bodies, or those that lead or oversee one of the actions.
fn meetings(material: &Material, actions: &[&Action]) -> Vec<Date> {
    let is_all = material.filter.is_empty();
    let concerns = |body: Id| is_all || actions.iter().any(|action| query::concerns(material.register, action, body));
    let mut latest: BTreeMap<Id, &Meeting> = BTreeMap::new();
    for meeting in material.register.visible_meetings() {
        let Some(body) = meeting.body().filter(|body| concerns(*body)) else { continue };
        let known = latest.entry(body).or_insert(meeting);
        if known.day() <= meeting.day() {
            *known = meeting;
        }
    }
    let date = |(body, meeting): (Id, &Meeting)| {
        let head = meeting.next.head()?;
        Some(Date {
            id: format!("meeting-{body}"),
            day: head.value.filter(|day| *day >= material.today)?,
            title: format!("{} meets", material.register.party_name(body)),
            details: String::new(),
            version: head.lamport,
            changed: Some(head.day),
            status: DateStatus::Stands,
        })
    };
    latest.into_iter().filter_map(date).collect()
}

//! The pack for a meeting: its agenda, and of each item how it stands, what was last decided, and what has changed since the
//! body last met. The chair's copy adds what the chair may want to ask; the members' copy holds nothing of that.

mod item;
mod sitting;

use serde_json::{Map, Value, json};

use super::document::{Cell, Document, Run};
use super::plans;
use super::{Material, Readers};
use crate::domain::date_words;
use crate::domain::difference;
use crate::domain::meeting::Meeting;
use crate::domain::moment::{Moment, Side};
use crate::domain::plan::Plan;
use crate::problem::Problem;
use crate::text::counted;
use item::Item;
use sitting::Sitting;

pub fn report(material: &Material) -> Result<Document, Problem> {
    let sitting = Sitting::of(material)?;
    let items = items(material, &sitting);
    let mut document = Document::new(title(&sitting, material.options.readers), material.today);
    document.actions = items.iter().map(|item| item.action.id).collect();
    document.data = Some(data(material, &sitting, &items));
    opening(&mut document, material, &sitting);
    let actions: Vec<_> = items.iter().map(|item| item.action).collect();
    let only = plans::only(material.register, &actions);
    plans::name(&mut document, material.register, only);
    overview(&mut document, material, only, &items);
    let mut plan = None;
    for (at, item) in items.iter().enumerate() {
        if only.is_none() && plan != Some(item.action.plan) {
            plan = Some(item.action.plan);
            document.heading(1, material.register.plan(item.action.plan).map_or("", Plan::title));
        }
        document.heading(if only.is_some() { 1 } else { 2 }, format!("{}. Action {}", at + 1, item.reference));
        item.write(&mut document);
    }
    sheet(&mut document, material, only, &items);
    Ok(document)
}

fn title(sitting: &Sitting, readers: Readers) -> String {
    let copy = match readers {
        Readers::Members => "",
        Readers::Chair => " (chair’s copy)",
    };
    format!("Meeting pack: {}{copy}", sitting.name())
}

fn items<'a>(material: &Material<'a>, sitting: &Sitting<'a>) -> Vec<Item<'a>> {
    let then = sitting.before.map(|last| Moment::of_meeting(last, material.register, Side::End).register(material.log));
    let changed = then.map(|then| difference::between(&then, material.register)).unwrap_or_default();
    let why = sitting.why(material);
    sitting.items.iter().map(|action| Item::new(material, action, why(action), &changed)).collect()
}

fn opening(document: &mut Document, material: &Material, sitting: &Sitting) {
    match material.options.readers {
        Readers::Members => {}
        Readers::Chair => document.runs(vec![Run::bold("For the chair only: not to be passed on.")]),
    }
    for (label, what) in sitting.facts() {
        document.labelled(label, what);
    }
    document.paragraph(match sitting.before.and_then(Meeting::day) {
        Some(day) => {
            format!("{}. Changes are those since {}.", counted(sitting.items.len(), "item"), date_words::day(day))
        }
        None => format!("{}. No earlier meeting is recorded.", counted(sitting.items.len(), "item")),
    });
}

/// What is on the agenda, whose it is, and why.
fn overview(document: &mut Document, material: &Material, only: Option<&Plan>, items: &[Item]) {
    if items.is_empty() {
        return;
    }
    document.heading(1, "Agenda");
    let row = |(at, item): (usize, &Item)| {
        let number = (at + 1).to_string();
        let cells = [&number, &item.reference, &item.lead, &item.target, &item.why].map(Cell::new);
        (Some(item.action.plan), cells.into())
    };
    let columns = [("Item", 6), ("Ref", 8), ("Lead", 26), ("Target", 20), ("Why it is here", 26)];
    let rows = items.iter().enumerate().map(row).collect();
    document.table(plans::table(material.register, only, ("Agenda", &columns), rows));
}

/// The same for formats that hold only tables.
fn sheet(document: &mut Document, material: &Material, only: Option<&Plan>, items: &[Item]) {
    let mut columns = vec![
        ("Ref", 8),
        ("Action", 30),
        ("Lead", 14),
        ("Target", 12),
        ("Rating", 8),
        ("Why it is here", 14),
        ("Latest progress", 30),
        ("Last decision", 24),
        ("Since the last meeting", 30),
    ];
    columns.extend(material.options.readers.is_chair().then_some((item::FOR_CHAIR, 30)));
    let row = |item: &Item| (Some(item.action.plan), item.cells(material).into_iter().collect::<Vec<Cell>>());
    if !items.is_empty() {
        let rows = items.iter().map(row).collect();
        document.asides.push(plans::table(material.register, only, ("Every item in full", &columns), rows));
    }
}

fn data(material: &Material, sitting: &Sitting, items: &[Item]) -> Value {
    let meeting = json!({ "body": sitting.body_name(), "date": sitting.day });
    let items: Vec<Map<String, Value>> = items.iter().map(|item| item.data(material)).collect();
    let copy = match material.options.readers {
        Readers::Members => "members",
        Readers::Chair => "chair",
    };
    json!({ "copy": copy, "meeting": meeting, "since": sitting.before.and_then(Meeting::day), "items": items })
}

//! Net changes between two dates or meetings, plan by plan, with the figures then and now.

use std::collections::HashSet;

use super::Material;
use super::cells;
use super::document::{Cell, Document, Merge, Table};
use crate::domain::difference::{self, Difference};
use crate::domain::id::Id;
use crate::domain::meeting::Stage;
use crate::domain::moment::{Moment, Side};
use crate::domain::outline::Outline;
use crate::domain::query::{self, Tally};
use crate::domain::register::Register;
use crate::problem::Problem;
use crate::text::counted;

pub fn report(material: &Material) -> Result<Document, Problem> {
    let (then, now) = ends(material);
    let found = differences(material, &then.1, &now.1);
    let mut document = Document::new("What changed", material.today);
    document.paragraph(format!("From {} to {}.", then.0.words, now.0.words));
    document.paragraph(summary(&found));
    document.heading(1, "Figures");
    document.table(numbers(material, &then, &now));
    for plan in now.1.visible_plans().chain(then.1.visible_plans().filter(|plan| now.1.is_hidden(plan.id))) {
        let own = found.iter().filter(|one| one.line.plan == Some(plan.id) && one.line.what != "minute");
        let own: Vec<&Difference> = own.collect();
        if !own.is_empty() {
            document.heading(1, plan.title());
            document.table(table(&now.1, plan.title(), &own));
        }
    }
    for (title, kinds) in [("Meetings", &["meeting", "minute"][..]), ("Agencies", &["party"][..])] {
        let own = found.iter().filter(|one| kinds.contains(&one.line.what.as_str()));
        let sentences: Vec<String> = own.map(|one| one.line.sentence.clone()).collect();
        if !sentences.is_empty() {
            document.heading(1, title);
            document.list(sentences);
        }
    }
    Ok(document)
}

/// The differences in actions that match the filter at either moment; all differences if there is no filter.
pub fn differences(material: &Material, then: &Register, now: &Register) -> Vec<Difference> {
    let mut found = difference::between(then, now);
    if !material.filter.is_empty() {
        let (mut wanted, filter) = (HashSet::new(), material.filter);
        for register in [then, now] {
            let matching = |id: &Id| {
                let action = register.action(*id);
                action.is_some_and(|action| filter.matches(register, action, material.today).is_some())
            };
            wanted.extend(found.iter().filter_map(|one| one.action).filter(matching));
        }
        found.retain(|one| one.action.is_some_and(|id| wanted.contains(&id)));
    }
    found
}

/// A moment, with the register as it was then.
pub type End = (Moment, Register);

/// The two moments to compare, the earlier first, each with its register.
pub fn ends(material: &Material) -> (End, End) {
    let from = material.options.from.clone().unwrap_or_else(|| since_the_last_meeting(material));
    let to = material.options.to.clone().unwrap_or_else(|| Moment::now(material.today));
    let stood = |moment: Moment| {
        let register = moment.register(material.log);
        (moment, register)
    };
    let (from, to) = (stood(from), stood(to));
    if from.1.lamport > to.1.lamport { (to, from) } else { (from, to) }
}

/// From the given moment, else since the last meeting that has ended, else since the register was created.
fn since_the_last_meeting(material: &Material) -> Moment {
    if let Some(before) = material.options.since.and_then(|day| day.pred_opt()) {
        return Moment::end_of(before);
    }
    let register = material.register;
    let last = register.visible_meetings().rfind(|meeting| meeting.stage() != Stage::Open);
    let left = last.map(|meeting| Moment::of_meeting(meeting, register, Side::End));
    let begun = || material.log.first().map(|batch| Moment::after(batch.id, batch.at));
    left.or_else(begun).unwrap_or_else(|| Moment::now(material.today))
}

fn summary(found: &[Difference]) -> String {
    let actions: HashSet<Id> = found.iter().filter_map(|one| one.action).collect();
    match (found.len(), actions.len()) {
        (0, _) => "No differences.".into(),
        (all, 0) => format!("{}.", counted(all, "difference")),
        (all, actions) => format!("{}, in {}.", counted(all, "difference"), counted(actions, "action")),
    }
}

/// Counts of actions at both moments; overdue is judged as at each.
fn numbers(material: &Material, then: &End, now: &End) -> Table {
    let (was, is) = (tally(material, then), tally(material, now));
    let mut table = Table::new("Figures then and now", [("", 24), ("Then", 8), ("Now", 8)]);
    let mut row = |label: &str, was: usize, is: usize| {
        table.rows.push(vec![Cell::new(label), Cell::new(was.to_string()), Cell::new(is.to_string())]);
    };
    row("Actions", was.actions, is.actions);
    let mut levels: Vec<&str> = is.by_level.iter().map(|(level, _)| level.word.as_str()).collect();
    levels.extend(was.by_level.iter().map(|(level, _)| level.word.as_str()).filter(|word| !has(&is, word)));
    for word in levels {
        row(word, at(&was, word), at(&is, word));
    }
    row("Not rated", was.not_rated, is.not_rated);
    row("Overdue", was.overdue, is.overdue);
    table
}

fn tally(material: &Material, (moment, register): &End) -> Tally {
    let matches =
        |action: &&crate::domain::action::Action| material.filter.matches(register, action, moment.day).is_some();
    query::tally(register, register.visible_actions().filter(matches).map(Outline::of), moment.day, None)
}

fn has(tally: &Tally, word: &str) -> bool {
    tally.by_level.iter().any(|(level, _)| level.word == word)
}

fn at(tally: &Tally, word: &str) -> usize {
    tally.by_level.iter().find(|(level, _)| level.word == word).map_or(0, |(_, count)| *count)
}

/// One row per difference; an action is named once, above all its differences.
fn table(now: &Register, plan: &str, found: &[&Difference]) -> Table {
    let columns = [("Ref", 6), ("Action", 30), ("What changed", 54)];
    let mut table = Table::new(format!("What changed in {plan}"), columns);
    for (place, one) in found.iter().enumerate() {
        let same = |other: Option<&&Difference>| one.action.is_some() && other.is_some_and(|o| o.action == one.action);
        let above = place.checked_sub(1).is_some_and(|above| same(found.get(above)));
        let merge = match (above, same(found.get(place + 1))) {
            (true, _) => Merge::GoesOn,
            (false, true) => Merge::Begins,
            (false, false) => Merge::Alone,
        };
        let action = one.action.and_then(|id| now.action(id));
        let text = action.map_or("", |action| action.text());
        let named = |text: &str| Cell { merge, ..Cell::new(text) };
        let changed = Cell { hue: hue(now, one), ..Cell::new(without_reference(one)) };
        table.rows.push(vec![named(&one.line.reference), named(text), changed]);
    }
    table
}

/// The colour of a rating that changed.
fn hue(now: &Register, one: &Difference) -> Option<crate::domain::rating::Hue> {
    let action = one.action.filter(|_| one.line.what == "rating").and_then(|id| now.action(id))?;
    cells::rating(now, action).hue
}

/// "Amber → Green" from "7.2 Amber → Green", since the reference is shown beside it.
pub fn without_reference(one: &Difference) -> &str {
    let sentence = one.line.sentence.as_str();
    let rest = sentence.strip_prefix(&one.line.reference).and_then(|rest| rest.strip_prefix(' '));
    rest.filter(|_| !one.line.reference.is_empty()).unwrap_or(sentence)
}

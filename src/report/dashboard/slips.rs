//! Slippage: how many targets were moved, how often and by how much.

use chrono::{Days, NaiveDate};

use super::super::cells;
use super::super::document::{Cell, Document, Table};
use super::Counted;
use crate::domain::action::Action;
use crate::domain::query;
use crate::domain::target::Target;

pub fn add(document: &mut Document, counted: &Counted) {
    document.heading(1, "Targets moved");
    let moved: Vec<&Action> = counted.actions.iter().copied().filter(|action| action.slips > 0).collect();
    if moved.is_empty() {
        document.paragraph("No targets have been moved.");
        return;
    }
    let columns = [("Plan", 30), ("Actions", 8), ("Moves", 8), ("Average delay", 14), ("Longest delay", 30)];
    let mut table = Table::new("Targets moved, by plan", columns);
    for plan in counted.material.register.visible_plans() {
        let own: Vec<&Action> = moved.iter().copied().filter(|action| action.plan == plan.id).collect();
        if !own.is_empty() {
            table.rows.push(row(counted, plan.title(), &own));
        }
    }
    document.table(table);
}

fn row(counted: &Counted, name: &str, actions: &[&Action]) -> Vec<Cell> {
    let moves: u32 = actions.iter().map(|action| action.slips).sum();
    let days: Vec<i64> = actions.iter().filter_map(|action| days_later(action)).collect();
    let average =
        i64::try_from(days.len()).ok().filter(|count| *count > 0).map(|count| days.iter().sum::<i64>() / count);
    let furthest = actions.iter().max_by_key(|action| days_later(action).unwrap_or(i64::MIN));
    // Counted from where the longest delay is, so that of a single one both are the same.
    let first = furthest.and_then(|action| first_and_now(action)).map(|(first, _)| first);
    let average = average.zip(first).and_then(|(days, first)| in_words(days, first));
    let average = average.unwrap_or_else(|| "unknown".into());
    let furthest = furthest.map(|action| moved(counted, action)).unwrap_or_default();
    let numbers = [actions.len().to_string(), moves.to_string(), average, furthest];
    [name.to_owned()].into_iter().chain(numbers).map(Cell::new).collect()
}

/// "7.1: from Jul 2021 to Jan 2024, 2 years 6 months later, moved 3 times".
fn moved(counted: &Counted, action: &Action) -> String {
    let register = counted.material.register;
    let raw = |targets: &[Target]| cells::targets(targets).replace('\n', ", ");
    let first = action.original_targets.as_ref().map(|first| raw(&first.dates)).unwrap_or_default();
    let later = first_and_now(action).map(|(first, now)| query::late_by(first, now)).filter(|by| !by.is_empty());
    let later = later.map(|by| format!(", {by} later")).unwrap_or_default();
    let times = query::times_moved(action).unwrap_or_default();
    format!("{}: from {first} to {}{later}, {times}", cells::reference(register, action), raw(action.targets()))
}

fn first_and_now(action: &Action) -> Option<(NaiveDate, NaiveDate)> {
    let first = action.original_targets.as_ref()?.dates.iter().filter_map(Target::last).max()?;
    Some((first, action.due()?))
}

fn days_later(action: &Action) -> Option<i64> {
    first_and_now(action).map(|(first, now)| (now - first).num_days())
}

/// "2 years 3 months".
fn in_words(days: i64, first: NaiveDate) -> Option<String> {
    let now = first.checked_add_days(Days::new(u64::try_from(days).ok()?))?;
    Some(query::late_by(first, now)).filter(|by| !by.is_empty())
}

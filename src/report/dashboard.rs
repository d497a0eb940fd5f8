//! The numbers: by plan and rating, by lead, and by subgroup.

use super::Material;
use super::document::{Cell, Column, Document, Table};
use crate::domain::action::Action;
use crate::domain::party::PartyKind;
use crate::domain::query::{self, Tally};
use crate::problem::Problem;

pub fn report(material: &Material) -> Result<Document, Problem> {
    let (register, today) = (material.register, material.today);
    let actions = material.actions();
    let mut document = Document::new("Dashboard", today);
    document.heading(1, "By plan");
    document.table(by_plan(material, &actions));
    for (title, kinds) in [
        ("By lead", &[PartyKind::Agency, PartyKind::Post, PartyKind::Everyone][..]),
        ("By subgroup", &[PartyKind::Subgroup][..]),
    ] {
        let mut table =
            Table::new(title, [("Party", 30), ("Actions", 8), ("Overdue", 8), ("And for all agencies", 10)]);
        let counts = query::party_counts(register, actions.iter().copied(), today);
        for count in counts.into_iter().filter(|count| kinds.contains(&count.kind) && count.actions > 0) {
            let numbers = [count.actions, count.overdue, count.for_all].map(|number| Cell::new(number.to_string()));
            table.rows.push([Cell::new(count.name)].into_iter().chain(numbers).collect());
        }
        if !table.rows.is_empty() {
            document.heading(1, title);
            document.table(table);
        }
    }
    Ok(document)
}

/// One line for each plan and one for all; each rating of any of their schemes has a column.
fn by_plan(material: &Material, actions: &[&Action]) -> Table {
    let tally = |chosen: &[&Action]| query::tally(material.register, chosen.iter().copied(), material.today, None);
    let all = tally(actions);
    let words: Vec<&str> = all.by_level.iter().map(|(level, _)| level.word.as_str()).collect();
    let titles =
        ["Plan", "Actions"].into_iter().chain(words.iter().copied()).chain(["Not rated", "Overdue", "Due in 30 days"]);
    let columns = titles.map(|title| Column { title: title.into(), share: if title == "Plan" { 30 } else { 8 } });
    let mut rows = Vec::new();
    for plan in material.register.visible_plans() {
        let own: Vec<&Action> = actions.iter().copied().filter(|action| action.plan == plan.id).collect();
        if !own.is_empty() {
            rows.push(row(plan.title(), &tally(&own), &words));
        }
    }
    rows.push(row("All plans", &all, &words));
    Table { caption: "Actions by plan and rating".into(), columns: columns.collect(), rows }
}

fn row(name: &str, tally: &Tally, words: &[&str]) -> Vec<Cell> {
    let at = |word: &&str| tally.by_level.iter().find(|(level, _)| level.word == **word).map_or(0, |(_, count)| *count);
    let numbers = [tally.actions].into_iter().chain(words.iter().map(at));
    let numbers = numbers.chain([tally.not_rated, tally.overdue, tally.due_soon]);
    [Cell::new(name)].into_iter().chain(numbers.map(|number| Cell::new(number.to_string()))).collect()
}

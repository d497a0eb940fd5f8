//! `arising plans` and `arising parties`: what the register holds.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::{Serialize, Serializer, ser::SerializeMap};

use super::args::Format;
use super::context::Context;
use super::json;
use super::page::{Cell, Column};
use crate::domain::action::Action;
use crate::domain::id::Id;
use crate::domain::party::Party;
use crate::domain::plan::Plan;
use crate::domain::query;
use crate::domain::register::Register;
use crate::problem::Problem;

#[derive(Debug, Serialize)]
struct PlanRow<'a> {
    plan: &'a str,
    title: &'a str,
    findings: usize,
    recommendations: usize,
    actions: usize,
    ratings: Ratings,
    overdue: usize,
    flags: usize,
}

/// How many actions have each rating, in the order of the plan's scheme; "not rated" last.
#[derive(Debug)]
struct Ratings(Vec<(String, usize)>);

impl Serialize for Ratings {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        self.0.iter().try_for_each(|(word, count)| map.serialize_entry(word, count))?;
        map.end()
    }
}

pub fn plans(context: &Context, format: &Format) -> Result<String, Problem> {
    let (register, today) = (context.look()?, context.today());
    let rows: Vec<PlanRow<'_>> = register.visible_plans().map(|plan| plan_row(&register, plan, today)).collect();
    if format.json {
        return Ok(json::array(rows));
    }
    let mut page = context.page();
    if rows.is_empty() {
        page.line("no plan yet; read one with `arising import FILE`");
    }
    let cells: Vec<Vec<Cell>> = rows.iter().map(plan_cells).collect();
    page.table(&[Column::Fit(24), Column::Rest, Column::Fit(12), Column::Fit(60)], &cells);
    Ok(page.finish())
}

fn plan_row<'a>(register: &'a Register, plan: &'a Plan, today: NaiveDate) -> PlanRow<'a> {
    let actions: Vec<&Action> = register.actions_of(plan).collect();
    let visible = |ids: &[Id]| ids.iter().filter(|id| !register.is_hidden(**id)).count();
    let of_recommendations = plan.recommendations.iter().filter_map(|id| register.recommendation(*id));
    let of_recommendations: usize = of_recommendations
        .filter(|rec| !register.is_hidden(rec.id))
        .map(|rec| rec.flags.get().map_or(0, Vec::len))
        .sum();
    PlanRow {
        plan: plan.slug(),
        title: plan.title(),
        findings: visible(&plan.findings),
        recommendations: visible(&plan.recommendations),
        actions: actions.len(),
        ratings: ratings(register, plan, &actions),
        overdue: actions.iter().filter(|action| query::is_overdue(register, action, today)).count(),
        flags: actions.iter().map(|action| action.flags().len()).sum::<usize>()
            + of_recommendations
            + plan.flags.get().map_or(0, Vec::len),
    }
}

fn ratings(register: &Register, plan: &Plan, actions: &[&Action]) -> Ratings {
    let words = register.scheme(plan.id).levels.into_iter().map(|level| level.word);
    let count = |word: &str| actions.iter().filter(|action| action.rating() == Some(word)).count();
    let mut counts: Vec<(String, usize)> =
        words.map(|word| (word.clone(), count(&word))).filter(|(_, count)| *count > 0).collect();
    let rated: usize = counts.iter().map(|(_, count)| count).sum();
    if rated < actions.len() {
        counts.push(("not rated".into(), actions.len() - rated));
    }
    Ratings(counts)
}

fn plan_cells(row: &PlanRow<'_>) -> Vec<Cell> {
    let mut standing: Vec<String> = row.ratings.0.iter().map(|(word, count)| format!("{count} {word}")).collect();
    if row.overdue > 0 {
        standing.push(format!("{} overdue", row.overdue));
    }
    if row.flags > 0 {
        standing.push(format!("{} in doubt", row.flags));
    }
    vec![
        Cell::new(row.plan),
        Cell::new(row.title),
        Cell::new(plural(row.actions, "action")),
        Cell::new(standing.join(", ")),
    ]
}

/// "27 actions: 1 Amber, 26 Green; 2 overdue; 1 in doubt".
pub fn counts<'a>(register: &Register, actions: impl Iterator<Item = &'a Action>, today: NaiveDate) -> String {
    let mut ratings: Vec<(String, usize)> = Vec::new();
    let (mut all, mut overdue, mut doubtful) = (0, 0, 0);
    for action in actions {
        all += 1;
        overdue += usize::from(query::is_overdue(register, action, today));
        doubtful += usize::from(!action.flags().is_empty());
        let word = action.rating().unwrap_or("not rated");
        match ratings.iter_mut().find(|(known, _)| known == word) {
            Some((_, count)) => *count += 1,
            None => ratings.push((word.into(), 1)),
        }
    }
    let ratings: Vec<String> = ratings.iter().map(|(word, count)| format!("{count} {word}")).collect();
    let mut line = format!("{}: {}", plural(all, "action"), ratings.join(", "));
    [(overdue, "overdue"), (doubtful, "in doubt")].iter().filter(|(count, _)| *count > 0).for_each(|(count, what)| {
        line.push_str(&format!("; {count} {what}"));
    });
    line
}

/// "1 action", "2 actions".
pub fn plural(count: usize, thing: &str) -> String {
    if count == 1 { format!("1 {thing}") } else { format!("{count} {thing}s") }
}

#[derive(Debug, Serialize)]
struct PartyRow<'a> {
    name: &'a str,
    kind: &'static str,
    agency: Option<&'a str>,
    aliases: &'a [String],
    leads: usize,
    via: usize,
}

pub fn parties(context: &Context, format: &Format) -> Result<String, Problem> {
    let register = context.look()?;
    let (mut leads, mut via) = (HashMap::new(), HashMap::new());
    for action in register.visible_actions() {
        action.leads().iter().for_each(|lead| *leads.entry(lead.party).or_insert(0) += 1);
        action.via().iter().for_each(|lead| *via.entry(lead.party).or_insert(0) += 1);
    }
    let visible = register.parties.iter().filter(|party| !register.is_hidden(party.id));
    let mut rows: Vec<PartyRow<'_>> = visible.map(|party| party_row(&register, party, &leads, &via)).collect();
    rows.sort_by_key(|row| row.name.to_lowercase());
    if format.json {
        return Ok(json::array(rows));
    }
    let mut page = context.page();
    if rows.is_empty() {
        page.line("no party yet; they come with the plans");
    }
    let cells: Vec<Vec<Cell>> = rows.iter().map(party_cells).collect();
    page.table(&[Column::Rest, Column::Fit(9), Column::Fit(30), Column::Fit(9), Column::Fit(9)], &cells);
    Ok(page.finish())
}

fn party_row<'a>(
    register: &'a Register,
    party: &'a Party,
    leads: &HashMap<Id, usize>,
    via: &HashMap<Id, usize>,
) -> PartyRow<'a> {
    PartyRow {
        name: party.name(),
        kind: json::kind_word(party.kind()),
        agency: party.agency().and_then(|id| register.party(id)).map(Party::name),
        aliases: party.aliases(),
        leads: leads.get(&party.id).copied().unwrap_or(0),
        via: via.get(&party.id).copied().unwrap_or(0),
    }
}

fn party_cells(row: &PartyRow<'_>) -> Vec<Cell> {
    let count = |count: usize, what: &str| if count > 0 { format!("{what} {count}") } else { String::new() };
    vec![
        Cell::new(row.name),
        Cell::new(row.kind),
        Cell::new(row.agency.unwrap_or("")),
        Cell::new(count(row.leads, "leads")),
        Cell::new(count(row.via, "via")),
    ]
}

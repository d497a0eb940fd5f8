//! `arising plans` and `arising parties`: what the register holds.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::{Serialize, Serializer, ser::SerializeMap};

use super::args::Format;
use super::context::Context;
use super::page::{Cell, Column};
use crate::domain::action::Action;
use crate::domain::id::Id;
use crate::domain::outline::Outline;
use crate::domain::party::Party;
use crate::domain::plan::Plan;
use crate::domain::query::{self, Tally};
use crate::domain::register::Register;
use crate::domain::retention::Due;
use crate::json;
use crate::problem::Problem;
use crate::text::counted;

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
    review_on: Option<String>,
    dispose_on: Option<String>,
    /// "review" or "disposal".
    due_for: Option<&'static str>,
}

/// The number of actions at each rating, in the order of the plan's scheme; "not rated" last.
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
    let (look, today) = (context.look()?, context.today());
    let register = look.register();
    let rows: Vec<PlanRow<'_>> = register.visible_plans().map(|plan| plan_row(register, plan, today)).collect();
    if format.json {
        return Ok(json::array(rows));
    }
    let mut page = context.page();
    if rows.is_empty() {
        page.line("no plans yet; import one with `arising import FILE`");
    }
    let cells: Vec<Vec<Cell>> = rows.iter().map(plan_cells).collect();
    page.table(&[Column::Fit(24), Column::Rest, Column::Fit(12), Column::Fit(60)], &cells);
    let due = register.visible_plans().filter_map(|plan| Some(Due::of(plan, today)?.sentence(plan.title(), today)));
    due.for_each(|sentence| page.line(&sentence));
    Ok(page.finish())
}

fn plan_row<'a>(register: &'a Register, plan: &'a Plan, today: NaiveDate) -> PlanRow<'a> {
    let visible = |ids: &[Id]| ids.iter().filter(|id| !register.is_hidden(**id)).count();
    let tally = query::tally_plan(register, plan, today, None);
    PlanRow {
        plan: plan.slug(),
        title: plan.title(),
        findings: visible(&plan.findings),
        recommendations: visible(&plan.recommendations),
        actions: tally.actions,
        overdue: tally.overdue,
        flags: tally.flags,
        ratings: Ratings::of(tally),
        review_on: plan.review_on().map(|day| day.to_string()),
        dispose_on: plan.dispose_on().map(|day| day.to_string()),
        due_for: Due::of(plan, today).map(Due::word),
    }
}

impl Ratings {
    fn of(tally: Tally) -> Ratings {
        let rated = tally.by_level.into_iter().map(|(level, count)| (level.word, count));
        let all = rated.chain([("not rated".to_owned(), tally.not_rated)]);
        Ratings(all.filter(|(_, count)| *count > 0).collect())
    }

    /// "1 Amber, 26 Green".
    fn summary(&self) -> String {
        self.0.iter().map(|(word, count)| format!("{count} {word}")).collect::<Vec<_>>().join(", ")
    }
}

fn plan_cells(row: &PlanRow<'_>) -> Vec<Cell> {
    let standing = format!("{}{}", row.ratings.summary(), besides(row.overdue, row.flags));
    vec![Cell::new(row.plan), Cell::new(row.title), Cell::new(counted(row.actions, "action")), Cell::new(standing)]
}

/// "27 actions: 1 Amber, 26 Green; 2 overdue; 1 doubt".
pub fn counts<'a>(register: &Register, actions: impl IntoIterator<Item = &'a Action>, today: NaiveDate) -> String {
    let tally = query::tally(register, actions.into_iter().map(Outline::of), today, None);
    let besides = besides(tally.overdue, tally.flags);
    format!("{}: {}{besides}", counted(tally.actions, "action"), Ratings::of(tally).summary())
}

fn besides(overdue: usize, flags: usize) -> String {
    let overdue = if overdue > 0 { format!("; {overdue} overdue") } else { String::new() };
    let flags = if flags > 0 { format!("; {}", counted(flags, "doubt")) } else { String::new() };
    overdue + &flags
}

#[derive(Debug, Serialize)]
struct PartyRow<'a> {
    name: &'a str,
    kind: &'static str,
    agency: Option<&'a str>,
    aliases: &'a [String],
    /// Where mail to it goes; absent where it is not known.
    #[serde(skip_serializing_if = "str::is_empty")]
    address: &'a str,
    leads: usize,
    via: usize,
}

pub fn parties(context: &Context, format: &Format) -> Result<String, Problem> {
    let look = context.look()?;
    let register = look.whole_register();
    let (mut leads, mut via) = (HashMap::new(), HashMap::new());
    for action in register.visible_actions() {
        action.leads().iter().for_each(|lead| *leads.entry(lead.party).or_insert(0) += 1);
        action.via().iter().for_each(|lead| *via.entry(lead.party).or_insert(0) += 1);
    }
    let listed = query::listed(register);
    let visible = register.parties.iter().filter(|party| listed.contains(&party.id));
    let mut rows: Vec<PartyRow<'_>> = visible.map(|party| party_row(register, party, &leads, &via)).collect();
    rows.sort_by_key(|row| row.name.to_lowercase());
    if format.json {
        return Ok(json::array(rows));
    }
    let mut page = context.page();
    if rows.is_empty() {
        page.line("no agencies yet; they come with the plans");
    }
    let cells: Vec<Vec<Cell>> = rows.iter().map(party_cells).collect();
    let columns = [Column::Rest, Column::Fit(9), Column::Fit(30), Column::Fit(9), Column::Fit(9), Column::Fit(40)];
    page.table(&columns, &cells);
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
        address: party.address(),
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
        Cell::new(row.address),
    ]
}

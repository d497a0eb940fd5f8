//! A plan's columns as its board lays them out, with names and order taken from the source document's cells.
//!
//! What a column holds is decided by its content: the field that most of its cells contain. This needs no word list,
//! and a column whose content is not understood is reproduced as it was.

mod held;

use super::cells;
use super::verbatim::{LeadNames, Source};
use crate::domain::action::Action;
use crate::domain::particular::{Nature, Particular};
use crate::domain::plan::Plan;
use crate::domain::recommendation::Recommendation;
use crate::domain::register::Register;

/// What a column of a plan's table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    Recommendation,
    Particular(Particular),
    Number,
    Action,
    Target,
    /// The current target, if it was moved.
    Revised,
    Lead,
    Via,
    Progress,
    Rating,
    /// The state of the closure and its evidence.
    Closing,
    /// None of these: the source's own text.
    Raw,
}

/// A column with its title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanColumn {
    pub title: String,
    pub holds: Holds,
}

/// The usual columns, in the usual order, under the titles that most boards use.
fn usual() -> impl Iterator<Item = (Holds, &'static str)> {
    let particulars = Particular::ALL.iter().map(|of| (Holds::Particular(*of), of.title()));
    std::iter::once((Holds::Recommendation, "Recommendation")).chain(particulars).chain(OF_ACTION)
}

const OF_ACTION: [(Holds, &str); 9] = [
    (Holds::Number, "No."),
    (Holds::Action, "Action"),
    (Holds::Target, "Target date"),
    (Holds::Revised, "Revised target date"),
    (Holds::Lead, "Lead"),
    (Holds::Via, "Overseen by"),
    (Holds::Progress, "Progress / next steps"),
    (Holds::Rating, "RAG rating"),
    (Holds::Closing, "Closure and evidence"),
];

impl Holds {
    /// The usual share of the page width.
    pub fn share(self) -> usize {
        match self {
            Holds::Number => 4,
            Holds::Target | Holds::Revised | Holds::Rating => 8,
            Holds::Lead | Holds::Via => 12,
            Holds::Closing | Holds::Raw => 14,
            Holds::Particular(of) => match of.nature() {
                Nature::Prose => 14,
                Nature::Term => 8,
            },
            Holds::Recommendation => 20,
            Holds::Action | Holds::Progress => 26,
        }
    }
}

/// The board's own columns, then the usual ones for anything not covered.
pub fn of(register: &Register, plan: &Plan, actions: &[&Action]) -> Vec<PlanColumn> {
    let mut columns = own(register, actions);
    for (holds, title) in usual() {
        let known = columns.clone();
        let is_needed = |holds| is_needed(register, (plan, &known), actions, holds);
        if columns.iter().all(|column| column.holds != holds) && is_needed(holds) {
            let place = place(&columns, holds);
            columns.insert(place, PlanColumn { title: title.into(), holds });
        }
    }
    columns
}

/// Inserts it before the first column that usually follows it.
fn place(columns: &[PlanColumn], holds: Holds) -> usize {
    let rank = |holds: Holds| usual().position(|(usual, _)| usual == holds);
    let is_before = |column: &PlanColumn| rank(column.holds).is_some_and(|r| Some(r) < rank(holds));
    columns.iter().rposition(is_before).map_or(0, |last| last + 1)
}

fn is_needed(register: &Register, (plan, columns): (&Plan, &[PlanColumn]), actions: &[&Action], holds: Holds) -> bool {
    let source =
        |action| Source { register, rec: recommendation(register, action), action, columns, names: LeadNames::AsNamed };
    let recs = || plan.recommendations.iter().filter_map(|id| register.recommendation(*id));
    match holds {
        Holds::Recommendation => recs().next().is_some(),
        Holds::Particular(of) => recs().any(|rec| !of.of(rec).is_empty()),
        Holds::Number => actions.iter().any(|action| action.number.get().is_some()),
        Holds::Target => !actions.iter().all(|action| source(action).tells_targets() || action.targets().is_empty()),
        Holds::Revised => actions.iter().any(|action| action.original_targets.is_some()),
        Holds::Action | Holds::Lead | Holds::Progress => true,
        Holds::Rating => columns.is_empty() || actions.iter().any(|action| action.rating().is_some()),
        Holds::Closing => actions.iter().any(|action| cells::closure(action).is_some()),
        Holds::Via | Holds::Raw => false,
    }
}

fn recommendation<'a>(register: &'a Register, action: &Action) -> Option<&'a Recommendation> {
    action.recommendation.and_then(|id| register.recommendation(id))
}

/// The source's columns, in its order; none if the source had no table.
fn own(register: &Register, actions: &[&Action]) -> Vec<PlanColumn> {
    let mut titles: Vec<&str> = Vec::new();
    for action in actions {
        let rec = recommendation(register, action);
        let of_rec = rec.and_then(|rec| rec.raw.get()).into_iter().flatten();
        for cell in of_rec.chain(action.raw.get().into_iter().flatten()) {
            let title = cell.column.trim();
            if !title.is_empty() && !titles.contains(&title) {
                titles.push(title);
            }
        }
    }
    let mut columns: Vec<PlanColumn> = Vec::new();
    for (title, held) in titles.iter().zip(held::held(register, actions, &titles)) {
        let is_taken = |holds: Holds| columns.iter().any(|column| column.holds == holds);
        match held {
            Some(holds) if !is_taken(holds) => columns.push(PlanColumn { title: (*title).to_owned(), holds }),
            Some(_) | None => columns.push(PlanColumn { title: (*title).to_owned(), holds: Holds::Raw }),
        }
    }
    columns
}

/// The source's text in a column, from the action's cells or its recommendation's.
pub fn raw<'a>(rec: Option<&'a Recommendation>, action: &'a Action, title: &str) -> Option<&'a str> {
    let of_rec = rec.and_then(|rec| rec.raw.get()).into_iter().flatten();
    let mut cells = action.raw.get().into_iter().flatten().chain(of_rec);
    cells.find(|cell| cell.column.trim() == title).map(|cell| cell.text.as_str())
}

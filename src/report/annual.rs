//! The extract for the annual report: the status of each recommendation, and what was not implemented, with reasons.
//!
//! The Care Act 2014, Schedule 2, paragraph 4(1), requires a board to report what it has done to implement the findings
//! of its reviews and, where it decides not to implement a finding, the reasons.

use super::Material;
use super::document::{Cell, Document, Table};
use crate::domain::action::Action;
use crate::domain::finding::Finding;
use crate::domain::particular::{Nature, Particular};
use crate::domain::plan::Plan;
use crate::domain::query;
use crate::domain::recommendation::{Acceptance, Recommendation, Under};
use crate::domain::register::Register;
use crate::problem::Problem;

pub fn report(material: &Material) -> Result<Document, Problem> {
    let actions = material.actions();
    let mut document = Document::new("Annual report: implementation of review findings", material.today);
    for plan in material.register.visible_plans() {
        let own: Vec<&Action> = actions.iter().copied().filter(|action| action.plan == plan.id).collect();
        if !own.is_empty() || material.filter.is_empty() {
            document.heading(1, plan.title());
            by_finding(&mut document, material, plan, &own);
            refused(&mut document, material, plan, &own);
        }
    }
    document.actions = actions.iter().map(|action| action.id).collect();
    Ok(document)
}

fn by_finding(document: &mut Document, material: &Material, plan: &Plan, actions: &[&Action]) {
    let terms = stated_terms(material.register, plan);
    let of_rec = [("Finding", 10), ("Recommendation", 40)];
    let of_actions = [("Accepted", 12), ("Actions", 8), ("Done", 8), ("Overdue", 8), ("Not implemented", 10)];
    let columns = of_rec.into_iter().chain(terms.iter().map(|term| (term.label(), 10))).chain(of_actions);
    let mut table = Table::new(format!("{}: status of each recommendation", plan.title()), columns);
    for rec in material.register.recommendations_of(plan) {
        let own: Vec<&Action> =
            actions.iter().copied().filter(|action| action.recommendation == Some(rec.id)).collect();
        if !own.is_empty() || is_answerless(material, rec) {
            let name = format!("{} {}", rec.number(), rec.text());
            let stated = terms.iter().map(|term| Cell::new(term.of(rec)));
            let of_rec = [Cell::new(finding(material.register, rec)), Cell::new(name)].into_iter().chain(stated);
            table.rows.push(of_rec.chain(counts(material, accepted(rec), &own)).collect());
        }
    }
    let alone: Vec<&Action> = actions.iter().copied().filter(|action| action.recommendation.is_none()).collect();
    if !alone.is_empty() {
        let of_rec = [Cell::new(""), Cell::new("No recommendation")].into_iter();
        let of_rec = of_rec.chain(terms.iter().map(|_| Cell::new("")));
        table.rows.push(of_rec.chain(counts(material, "", &alone)).collect());
    }
    document.table(table);
}

/// Whether a recommendation has no actions; a filter selects actions, so it leaves such a recommendation out.
fn is_answerless(material: &Material, rec: &Recommendation) -> bool {
    material.filter.is_empty() && rec.actions.iter().all(|id| material.register.is_hidden(*id))
}

/// The terms stated by any recommendation of the plan; each gets a column.
fn stated_terms(register: &Register, plan: &Plan) -> Vec<Particular> {
    let is_stated = |term: &Particular| register.recommendations_of(plan).any(|rec| !term.of(rec).is_empty());
    let terms = Particular::ALL.iter().copied().filter(|of| of.nature() == Nature::Term);
    terms.filter(is_stated).collect()
}

fn counts(material: &Material, accepted: &str, actions: &[&Action]) -> Vec<Cell> {
    let count =
        |is: &dyn Fn(&Action) -> bool| Cell::new(actions.iter().filter(|action| is(action)).count().to_string());
    let done = |action: &Action| query::is_completed(material.register, action);
    vec![
        Cell::new(accepted),
        Cell::new(actions.len().to_string()),
        count(&done),
        count(&|action| query::is_overdue(material.register, action, material.today)),
        count(&|action| query::not_implemented(action).is_some()),
    ]
}

/// "1, 2", "all findings".
fn finding(register: &Register, rec: &Recommendation) -> String {
    match rec.under.get() {
        None | Some(Under::Nothing) => String::new(),
        Some(Under::AllFindings) => "all findings".into(),
        Some(Under::Findings(ids)) => {
            ids.iter().filter_map(|id| register.finding(*id)).map(Finding::number).collect::<Vec<_>>().join(", ")
        }
    }
}

fn accepted(rec: &Recommendation) -> &'static str {
    match rec.acceptance.get() {
        None | Some(Acceptance::NotStated) => "not stated",
        Some(Acceptance::Accepted) => "yes",
        Some(Acceptance::Partly { .. }) => "partly",
        Some(Acceptance::NotAccepted { .. }) => "no",
    }
}

/// What was not accepted or not implemented, with reasons; a sentence if there is nothing.
fn refused(document: &mut Document, material: &Material, plan: &Plan, actions: &[&Action]) {
    let register = material.register;
    let mut table = Table::new(
        "Not accepted or not implemented",
        [("Ref", 8), ("Not accepted or not implemented", 40), ("Reason", 40)],
    );
    let is_asked = |rec: &&Recommendation| {
        is_answerless(material, rec) || actions.iter().any(|action| action.recommendation == Some(rec.id))
    };
    for rec in register.recommendations_of(plan).filter(is_asked) {
        if let Some(Acceptance::Partly { reason } | Acceptance::NotAccepted { reason }) = rec.acceptance.get() {
            let name = format!("Recommendation {}", rec.number());
            table.rows.push(vec![Cell::new(name), Cell::new(rec.text()), Cell::new(reason)]);
        }
    }
    for action in actions {
        if let Some(reason) = query::not_implemented(action) {
            let reference = register.reference(action);
            table.rows.push(vec![Cell::new(reference), Cell::new(action.text()), Cell::new(reason)]);
        }
    }
    if table.rows.is_empty() {
        document.paragraph("No recommendation or action is recorded as not accepted or not implemented.");
    } else {
        document.heading(2, "Not accepted or not implemented, with reasons");
        document.table(table);
    }
}

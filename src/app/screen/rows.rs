//! The list of the walk as rows: plans, findings and recommendations as headings over the actions.

use std::collections::BTreeSet;

use crate::domain::id::Id;
use crate::domain::plan::Plan;
use crate::domain::recommendation::Under;
use crate::domain::register::Register;

/// Why an action is in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Here {
    /// It matches by itself.
    Own,
    /// Only because it is for all agencies.
    ForAll,
    /// It no longer matches, but was changed since the filter was set: the cursor's action must not vanish under the hand.
    Changed,
}

/// What stands over a group of recommendations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heading {
    Findings(Vec<Id>),
    AllFindings,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// Nothing: room above a heading.
    Gap,
    Plan(Id),
    Heading(Heading),
    Recommendation(Id),
    Action(Id, Here),
}

impl Row {
    pub fn action(&self) -> Option<Id> {
        match self {
            Row::Action(id, _) => Some(*id),
            Row::Gap | Row::Plan(_) | Row::Heading(_) | Row::Recommendation(_) => None,
        }
    }
}

/// An action that is to be listed.
#[derive(Clone, Copy, Debug)]
pub struct Shown {
    pub action: Id,
    pub here: Here,
}

/// Puts headings over the actions shown, which come in document order plan by plan.
pub fn build(register: &Register, shown: &[Shown], folded: &BTreeSet<Id>, plan_headings: PlanHeadings) -> Vec<Row> {
    let mut rows = Vec::with_capacity(shown.len() * 2);
    let (mut plan, mut under, mut rec): (Option<&Plan>, Option<&Under>, Option<Id>) = (None, None, None);
    for item in shown {
        let Some(action) = register.action(item.action) else { continue };
        if plan.map(|p| p.id) != Some(action.plan) {
            plan = register.plan(action.plan);
            (under, rec) = (None, None);
            if plan_headings == PlanHeadings::Shown {
                push_heading(&mut rows, Row::Plan(action.plan));
            }
        }
        let own = action.recommendation.and_then(|id| register.recommendation(id));
        if let Some(own) = own
            && rec != Some(own.id)
        {
            let over = own.under.get().unwrap_or(&Under::Nothing);
            if under != Some(over) {
                under = Some(over);
                if let Some(heading) = heading(over) {
                    push_heading(&mut rows, Row::Heading(heading));
                }
            }
            rec = Some(own.id);
            rows.push(Row::Recommendation(own.id));
        }
        if !rec.is_some_and(|id| folded.contains(&id)) {
            rows.push(Row::Action(item.action, item.here));
        }
    }
    rows
}

/// Whether the plans' names stand over their actions: only when several plans are walked together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanHeadings {
    Shown,
    Hidden,
}

fn heading(under: &Under) -> Option<Heading> {
    match under {
        Under::Nothing => None,
        Under::AllFindings => Some(Heading::AllFindings),
        Under::Findings(ids) => Some(Heading::Findings(ids.clone())),
    }
}

fn push_heading(rows: &mut Vec<Row>, row: Row) {
    if !matches!(rows.last(), None | Some(Row::Plan(_))) {
        rows.push(Row::Gap);
    }
    rows.push(row);
}

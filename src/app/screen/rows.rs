//! The list of the walk as rows: plans, findings and recommendations as headings over the actions.

use std::collections::BTreeSet;

use crate::domain::action::Action;
use crate::domain::id::Id;
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

/// An action in its place in the walk. Kept beside each other, so that filtering need not touch the actions themselves.
#[derive(Clone, Copy, Debug)]
pub struct Walked {
    pub action: Id,
    pub plan: Id,
    pub recommendation: Option<Id>,
}

impl Walked {
    pub fn of(action: &Action) -> Walked {
        Walked { action: action.id, plan: action.plan, recommendation: action.recommendation }
    }
}

/// An action that is to be listed.
#[derive(Clone, Copy, Debug)]
pub struct Shown {
    pub walked: Walked,
    pub here: Here,
}

/// Puts headings over the actions shown, which come in document order plan by plan.
pub fn build(register: &Register, shown: &[Shown], folded: &BTreeSet<Id>, plan_headings: PlanHeadings) -> Vec<Row> {
    let mut rows = Vec::with_capacity(shown.len() * 2);
    let (mut plan, mut under, mut rec): (Option<Id>, Option<&Under>, Option<Id>) = (None, None, None);
    for Shown { walked, here } in shown {
        if plan != Some(walked.plan) {
            plan = Some(walked.plan);
            (under, rec) = (None, None);
            if plan_headings == PlanHeadings::Shown {
                push_heading(&mut rows, Row::Plan(walked.plan));
            }
        }
        if rec != walked.recommendation
            && let Some(own) = walked.recommendation.and_then(|id| register.recommendation(id))
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
            rows.push(Row::Action(walked.action, *here));
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

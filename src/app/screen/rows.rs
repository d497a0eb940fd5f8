//! The list of the walk as rows: plans, findings and recommendations as headings over the actions.

use std::collections::BTreeSet;

use crate::domain::action::Action;
use crate::domain::id::Id;
use crate::domain::plan::Plan;
use crate::domain::recommendation::Under;
use crate::domain::register::Register;

/// Why an action is in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Here {
    /// It matches by itself.
    Own,
    /// It is listed only because it is for all agencies.
    ForAll,
    /// It no longer matches, but was changed since the filter was set: the selected action must not vanish.
    Changed,
}

/// The heading of a group of recommendations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heading {
    Findings(Vec<Id>),
    AllFindings,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WalkRow {
    /// A blank line above a heading.
    Gap,
    Plan(Id),
    Heading(Heading),
    Recommendation(Id),
    Action(Id, Here),
}

impl WalkRow {
    pub fn action(&self) -> Option<Id> {
        match self {
            WalkRow::Action(id, _) => Some(*id),
            WalkRow::Gap | WalkRow::Plan(_) | WalkRow::Heading(_) | WalkRow::Recommendation(_) => None,
        }
    }
}

/// An action's position in the walk. Stored compactly, so that filtering need not touch the actions themselves.
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

/// An action to list, or a recommendation without actions.
#[derive(Clone, Copy, Debug)]
pub enum Shown {
    Action(Walked, Here),
    Answerless { plan: Id, recommendation: Id },
}

impl Shown {
    fn plan(self) -> Id {
        match self {
            Shown::Action(walked, _) => walked.plan,
            Shown::Answerless { plan, .. } => plan,
        }
    }

    fn recommendation(self) -> Option<Id> {
        match self {
            Shown::Action(walked, _) => walked.recommendation,
            Shown::Answerless { recommendation, .. } => Some(recommendation),
        }
    }

    /// The recommendation, if it has no actions.
    pub fn answerless(self) -> Option<Id> {
        match self {
            Shown::Action(..) => None,
            Shown::Answerless { recommendation, .. } => Some(recommendation),
        }
    }

    /// Why an action is listed.
    pub fn here(self) -> Option<Here> {
        match self {
            Shown::Action(_, here) => Some(here),
            Shown::Answerless { .. } => None,
        }
    }
}

/// Merges the recommendations without actions into the actions walked, which are in document order.
pub fn with_answerless(register: &Register, plans: &[Id], actions: Vec<Shown>) -> Vec<Shown> {
    let is_answerless = |rec: &Id| {
        let rec = register.recommendation(*rec).filter(|rec| !register.is_hidden(rec.id));
        rec.is_some_and(|rec| rec.actions.iter().all(|id| register.is_hidden(*id)))
    };
    let plans: Vec<&Plan> = plans.iter().filter_map(|id| register.plan(*id)).collect();
    if !plans.iter().any(|plan| plan.recommendations.iter().any(is_answerless)) {
        return actions;
    }
    let (mut all, mut rest) = (Vec::with_capacity(actions.len() + 1), actions.into_iter().peekable());
    for plan in plans {
        for rec in &plan.recommendations {
            if is_answerless(rec) {
                all.push(Shown::Answerless { plan: plan.id, recommendation: *rec });
            }
            while let Some(own) = rest.next_if(|shown| shown.recommendation() == Some(*rec)) {
                all.push(own);
            }
        }
        while let Some(own) = rest.next_if(|shown| shown.plan() == plan.id) {
            all.push(own);
        }
    }
    all
}

/// Adds headings to what is shown, which is in document order plan by plan.
pub fn build(register: &Register, shown: &[Shown], folded: &BTreeSet<Id>, plan_headings: PlanHeadings) -> Vec<WalkRow> {
    let mut rows = Vec::with_capacity(shown.len() * 2);
    let (mut plan, mut under, mut rec): (Option<Id>, Option<&Under>, Option<Id>) = (None, None, None);
    for one in shown {
        if plan != Some(one.plan()) {
            plan = Some(one.plan());
            (under, rec) = (None, None);
            if plan_headings == PlanHeadings::Shown {
                push_heading(&mut rows, WalkRow::Plan(one.plan()));
            }
        }
        if rec != one.recommendation()
            && let Some(own) = one.recommendation().and_then(|id| register.recommendation(id))
        {
            let over = own.under.get().unwrap_or(&Under::Nothing);
            if under != Some(over) {
                under = Some(over);
                if let Some(heading) = heading(over) {
                    push_heading(&mut rows, WalkRow::Heading(heading));
                }
            }
            rec = Some(own.id);
            rows.push(WalkRow::Recommendation(own.id));
        }
        match one {
            Shown::Action(walked, here) if !rec.is_some_and(|id| folded.contains(&id)) => {
                rows.push(WalkRow::Action(walked.action, *here));
            }
            Shown::Action(..) | Shown::Answerless { .. } => {}
        }
    }
    rows
}

/// Whether plan names are shown above their actions: only if several plans are walked together.
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

fn push_heading(rows: &mut Vec<WalkRow>, row: WalkRow) {
    if !matches!(rows.last(), None | Some(WalkRow::Plan(_))) {
        rows.push(WalkRow::Gap);
    }
    rows.push(row);
}

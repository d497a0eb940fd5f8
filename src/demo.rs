//! The demonstration register: a fictional plan and the record of three meetings about it.
//!
//! Both are files in `assets/demo/`, compiled in, so that the demonstration needs no files and never shows a real plan.
//! The plan is imported like any document, and its history goes through the same rules as other changes.

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};
use serde::Deserialize;

use crate::desk::Desk;
use crate::domain::date_text;
use crate::domain::draft::Draft;
use crate::domain::id::Id;
use crate::domain::intent::Intent;
use crate::env::Env;
use crate::import::{self, Options};
use crate::intake;
use crate::problem::Problem;

/// The plan as the board's document would have it.
pub const PLAN: &str = include_str!("../assets/demo/riverside.txt");
/// The document name recorded for the plan.
pub const FILE: &str = "riverside.txt";
/// The plan's short name on the command line.
const SLUG: &str = "riverside";
const HISTORY: &str = include_str!("../assets/demo/history.toml");

/// One step in the history of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub at: DateTime<FixedOffset>,
    pub author: String,
    /// The action's reference.
    pub reference: String,
    pub edit: Edit,
}

/// What was done, before references and dates are resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    Rate { rating: String },
    Progress { text: String, by: Option<String> },
    Retarget { date: String, reason: String },
    Propose { evidence: String },
    Close { evidence: String },
}

/// Fills an empty register with the demonstration: the plan, then its history up to the day of `env`, each step with
/// its own author and time.
pub fn fill(desk: &mut Desk, env: &Env) -> Result<(), Problem> {
    fill_from(desk, &plan()?, env)
}

/// The plan as it is read on the day of its import.
pub fn plan() -> Result<Draft, Problem> {
    let options = Options { today: begun(&steps()?)?.date_naive(), ..Options::default() };
    import::read(FILE, PLAN.as_bytes(), &options)
}

/// As [`fill`], with the plan read already.
pub fn fill_from(desk: &mut Desk, draft: &Draft, env: &Env) -> Result<(), Problem> {
    let steps = steps()?;
    let written = begun(&steps)?;
    let beginning = Env { now: written, today: written.date_naive(), author: "SAB Manager".into() };
    let found = intake::compare(desk, draft, SLUG)?;
    intake::write(desk, &found, FILE, &beginning)?;
    steps.iter().filter(|step| step.at.date_naive() <= env.today).try_for_each(|step| replay(desk, step))
}

/// When the plan was imported: two weeks before anything else was done.
fn begun(steps: &[Step]) -> Result<DateTime<FixedOffset>, Problem> {
    let first = steps.first().ok_or_else(|| broken("its history is empty"))?;
    Ok(first.at - TimeDelta::days(14))
}

fn replay(desk: &mut Desk, step: &Step) -> Result<(), Problem> {
    let env = Env { now: step.at, today: step.at.date_naive(), author: step.author.clone() };
    let register = desk.register();
    let mut actions = register.visible_actions();
    let action = actions.find(|action| register.reference(action) == step.reference).map(|action| action.id);
    let action = action.ok_or_else(|| broken(&format!("there is no action {}", step.reference)))?;
    drop(actions);
    let intent = step.edit.intent(action, env.today);
    desk.write(&intent, &env).map(drop)
}

impl Edit {
    fn intent(&self, action: Id, today: NaiveDate) -> Intent {
        match self.clone() {
            Edit::Rate { rating } => Intent::Rate { action, rating: Some(rating), note: None },
            Edit::Progress { text, by } => Intent::Progress { action, date: Some(today.into()), text, by },
            Edit::Retarget { date, reason } => {
                Intent::Retarget { action, dates: vec![date_text::target(&date, Some(today))], reason }
            }
            Edit::Propose { evidence } => Intent::ProposeClosure { action, evidence },
            Edit::Close { evidence } => Intent::AgreeClosure { action, evidence },
        }
    }
}

/// The history of the plan, oldest first.
pub fn steps() -> Result<Vec<Step>, Problem> {
    let history: History = toml::from_str(HISTORY).map_err(|error| broken(&error.to_string()))?;
    history.step.into_iter().map(Row::step).collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct History {
    step: Vec<Row>,
}

/// A step as written in the file, with exactly one edit.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    at: String,
    by: String,
    #[serde(rename = "ref")]
    reference: String,
    rate: Option<String>,
    progress: Option<String>,
    said_by: Option<String>,
    target: Option<String>,
    reason: Option<String>,
    propose: Option<String>,
    close: Option<String>,
}

impl Row {
    fn step(self) -> Result<Step, Problem> {
        let at = DateTime::parse_from_rfc3339(&self.at).map_err(|error| broken(&format!("{}: {error}", self.at)))?;
        let said_by = self.said_by;
        let mut edits = [
            self.rate.map(|rating| Edit::Rate { rating }),
            self.progress.map(|text| Edit::Progress { text, by: said_by }),
            self.target.zip(self.reason).map(|(date, reason)| Edit::Retarget { date, reason }),
            self.propose.map(|evidence| Edit::Propose { evidence }),
            self.close.map(|evidence| Edit::Close { evidence }),
        ]
        .into_iter()
        .flatten();
        match (edits.next(), edits.next()) {
            (Some(edit), None) => Ok(Step { at, author: self.by, reference: self.reference, edit }),
            (None, _) | (Some(_), Some(_)) => {
                Err(broken(&format!("the step at {} does not have exactly one edit", self.at)))
            }
        }
    }
}

fn broken(why: &str) -> Problem {
    Problem::new("Could not build the demonstration", why, "This is a fault in the program; please report it.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::action::Action;
    use crate::domain::query;

    /// The references expected from the plan's text: recommendation, then action count.
    fn references() -> Vec<String> {
        let mut references = Vec::new();
        let mut number = 0;
        let mut count = 0;
        for line in PLAN.lines() {
            if let Some(rest) = line.strip_prefix("\tRecommendation ") {
                number = rest.split('.').next().and_then(|n| n.parse().ok()).unwrap_or(number);
                count = 0;
            } else if line.starts_with("\t· Action:") {
                count += 1;
                references.push(format!("{number}.{count}"));
            }
        }
        references
    }

    #[test]
    fn the_plan_is_large_enough_to_show_everything() {
        let references = references();
        assert_eq!(references.len(), 24);
        assert!(references.contains(&"12.1".into()));
        for word in ["\tRed", "\tAmber", "\tGreen", "Blue:", "\tAll agencies", " via ", " / ", "31 September"] {
            assert!(PLAN.contains(word), "{word}");
        }
    }

    fn at(moment: &str) -> Env {
        let now = DateTime::parse_from_rfc3339(moment).expect("a moment");
        Env { now, today: now.date_naive(), author: "Test".into() }
    }

    fn filled() -> Desk {
        let mut desk = Desk::in_memory().expect("a register in memory");
        fill(&mut desk, &at("2026-11-21T10:00:00+00:00")).expect("the demonstration");
        desk
    }

    #[test]
    fn the_demo_shows_every_feature() {
        let desk = filled();
        let register = desk.register();
        let today = NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day");
        let actions: Vec<&Action> = register.visible_actions().collect();
        let count = |is: &dyn Fn(&Action) -> bool| actions.iter().filter(|action| is(action)).count();
        assert_eq!((actions.len(), register.visible_plans().count()), (24, 1));
        for word in ["Red", "Amber", "Green", "Blue"] {
            assert!(count(&|action| action.rating() == Some(word)) >= 2, "{word}");
        }
        assert!(count(&|action| action.rating().is_none()) >= 4, "not rated");
        assert!(count(&|action| query::is_overdue(register, action, today)) >= 4, "overdue");
        assert!(count(&|action| query::is_due_within(register, action, today, 30)) >= 3, "due soon");
        assert!(count(&|action| action.leads().len() > 1) >= 1, "two leads");
        assert!(count(&|action| !action.via().is_empty()) >= 6, "via a subgroup");
        assert!(count(&|action| action.slips > 0) >= 3, "targets moved");
        assert!(count(&|action| action.is_closed()) >= 1, "closed");
        assert!(count(&query::is_proposed) >= 1, "proposed for closing");
        let doubtful: Vec<&str> = actions.iter().flat_map(|a| a.flags()).map(|flag| flag.raw.as_str()).collect();
        assert_eq!(doubtful, ["31 September 2026"]);
    }

    #[test]
    fn the_demo_history_has_nothing_in_the_future() {
        let mut desk = Desk::in_memory().expect("a register in memory");
        fill(&mut desk, &at("2026-03-20T10:00:00+00:00")).expect("the demonstration");
        let register = desk.register();
        let blue = register.visible_actions().filter(|action| action.rating() == Some("Blue")).count();
        assert_eq!(blue, 0, "the first Blue was given in June");
    }

    #[test]
    fn the_history_is_in_order_and_about_actions_of_the_plan() {
        let steps = steps().expect("the history is well formed");
        let references = references();
        for step in &steps {
            assert!(references.contains(&step.reference), "{}", step.reference);
        }
        assert!(steps.is_sorted_by_key(|step| step.at));
        assert!(steps.iter().filter(|step| matches!(step.edit, Edit::Retarget { .. })).count() >= 3);
    }
}

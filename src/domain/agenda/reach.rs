//! Whose actions an agenda draws on: those of the body that meets, of one plan, or all.

use super::super::action::Action;
use super::super::id::Id;
use super::super::meeting::{Reach, Whose};
use super::super::plan::Plan;
use super::super::query;
use super::super::register::Register;
use crate::problem::Problem;

const BODY: &str = "this body";
const PLAN: &str = "this plan";
const ALL: &str = "all";

/// Words that end the name of a body that reviews the whole of a plan, not only what it leads.
const BOARDS: [&str; 6] = ["board", "partnership", "executive", "sab", "csp", "lscb"];

/// Where an agenda reaches unless told otherwise. A meeting begun within a plan stays in it. A board reviews all of its
/// plan, and so does a body that leads and oversees nothing there.
pub fn usual(register: &Register, body: Option<Id>, name: &str, plan: Option<Id>) -> Reach {
    let own = Reach { whose: Whose::Body, plan };
    let has_own = || register.visible_actions().any(|action| is_within(register, own, body, action));
    let whose = if !is_board(name) && has_own() { Whose::Body } else { Whose::Any };
    Reach { whose, plan }
}

fn is_board(name: &str) -> bool {
    let name = crate::text::lower(name);
    let last = name.split(|c: char| !c.is_alphanumeric()).rfind(|word| !word.is_empty());
    last.is_some_and(|last| BOARDS.iter().any(|word| last.ends_with(word)))
}

/// Whether a body's agenda may hold an action.
pub fn is_within(register: &Register, reach: Reach, body: Option<Id>, action: &Action) -> bool {
    let is_own = || body.is_some_and(|body| query::concerns(register, action, body));
    reach.plan.is_none_or(|plan| plan == action.plan) && (reach.whose == Whose::Any || is_own())
}

/// In the words in which it is typed: "this body", "this body in adult-c", "adult-c", "all".
pub fn words(register: &Register, reach: Reach) -> String {
    let plan = reach.plan.and_then(|plan| register.plan(plan)).map(Plan::slug);
    match (reach.whose, plan) {
        (Whose::Body, None) => BODY.into(),
        (Whose::Body, Some(plan)) => format!("{BODY} in {plan}"),
        (Whose::Any, Some(plan)) => plan.to_owned(),
        (Whose::Any, None) => ALL.into(),
    }
}

/// The reach that was typed; `here` is the plan that "this plan" means.
///
/// # Errors
/// What may be typed, where this is none of it.
pub fn typed(register: &Register, text: &str, here: Option<Id>) -> Result<Reach, Problem> {
    let text = text.trim();
    let folded = crate::text::lower(text);
    let (whose, rest) = match folded.strip_prefix(BODY) {
        Some(rest) => (Whose::Body, rest.trim().trim_start_matches("in ").trim()),
        None => (Whose::Any, folded.as_str()),
    };
    let unclear = || {
        let slugs: Vec<&str> = register.visible_plans().map(Plan::slug).collect();
        let hint = format!("Write this body, this plan, all, or a plan: {}.", slugs.join(", "));
        Problem::new("No agenda was made", format!("“{text}” does not say whose actions"), hint)
    };
    let plan = match rest {
        "" if whose == Whose::Body => None,
        ALL => None,
        PLAN => Some(here.or_else(|| only_plan(register)).ok_or_else(unclear)?),
        slug => Some(register.visible_plans().find(|plan| plan.slug() == slug).ok_or_else(unclear)?.id),
    };
    Ok(Reach { whose, plan })
}

fn only_plan(register: &Register) -> Option<Id> {
    let mut plans = register.visible_plans();
    plans.next().filter(|_| plans.next().is_none()).map(|plan| plan.id)
}

//! `arising marking`: the protective marking on the screen and on every page produced from a plan.

use clap::Args;

use super::Answer;
use super::context::Context;
use super::edit;
use super::reference;
use crate::domain::intent::Intent;
use crate::domain::plan::Plan;
use crate::problem::Problem;

#[derive(Args, Debug)]
#[command(after_help = "Examples:
  arising marking adult-c OFFICIAL
  arising marking adult-c 'OFFICIAL-SENSITIVE PERSONAL'
  arising marking adult-c none          remove the marking
  arising marking                       list each plan's marking
  
  A plan is OFFICIAL-SENSITIVE until you change its marking. To mark a single report differently, use
  `arising report --marking`.")]
pub struct Marking {
    /// The plan's short name; without it, all plans are listed
    pub plan: Option<String>,
    /// The marking, or `none`
    #[arg(value_name = "WORDS", requires = "plan")]
    pub words: Vec<String>,
}

pub fn marking(context: &Context, args: &Marking) -> Result<Answer, Problem> {
    match &args.plan {
        Some(plan) if !args.words.is_empty() => change(context, plan, &args.words.join(" ")),
        Some(_) | None => list(context, args.plan.as_deref()),
    }
}

fn change(context: &Context, plan: &str, words: &str) -> Result<Answer, Problem> {
    let (mut desk, env) = (context.change()?, context.clock.env());
    let plan = reference::plan(desk.register(), plan)?.id;
    let marking = if words.trim().eq_ignore_ascii_case("none") { String::new() } else { words.trim().to_owned() };
    let written = desk.write(&Intent::Mark { plan, marking }, &env)?;
    let mut page = context.page();
    page.line(&format!("saved: {}", written.sentence));
    let notes = edit::notes(context, &desk);
    Ok(Answer { text: page.finish(), notes, ..Answer::default() })
}

fn list(context: &Context, plan: Option<&str>) -> Result<Answer, Problem> {
    let look = context.look()?;
    let only = plan.map(|plan| reference::plan(look.register(), plan)).transpose()?.map(|plan| plan.id);
    let mut page = context.page();
    let plans = look.register().visible_plans().filter(|plan| only.is_none_or(|only| only == plan.id));
    plans.for_each(|plan| page.line(&summary(plan)));
    Ok(Answer::from(page.finish()))
}

fn summary(plan: &Plan) -> String {
    let marking = if plan.marking().is_empty() { "no marking" } else { plan.marking() };
    format!("{}: {marking}", plan.slug())
}

//! `arising retention`: when a plan is due for review and for disposal.

use chrono::NaiveDate;
use clap::Args;

use super::Answer;
use super::context::Context;
use super::dates::{self, MaybeDay};
use super::edit;
use super::reference;
use crate::domain::date_words;
use crate::domain::intent::Intent;
use crate::domain::plan::Plan;
use crate::domain::retention::Due;
use crate::problem::Problem;

#[derive(Args, Debug)]
#[command(after_help = "Examples:
  arising retention adult-c --review-on 2026-11-01 --dispose-on 2032-11-01
  arising retention adult-c --review-on none      remove the review date
  arising retention adult-c --none                remove both dates
  arising retention                               list each plan's dates

  From its date on, the screen and `arising plans` show that a plan is due. Nothing is withdrawn or erased
  until you do it: see `arising withdraw` and `arising erase`.")]
pub struct Retention {
    /// The plan's short name; without it, all plans are listed
    pub plan: Option<String>,
    /// Day on which the board decides whether the plan is still needed, or `none`
    #[arg(long, value_name = "DATE", requires = "plan", value_parser = dates::day_or_none)]
    pub review_on: Option<MaybeDay>,
    /// Day from which the plan is no longer kept, or `none`
    #[arg(long, value_name = "DATE", requires = "plan", value_parser = dates::day_or_none)]
    pub dispose_on: Option<MaybeDay>,
    /// Remove both dates
    #[arg(long, requires = "plan", conflicts_with_all = ["review_on", "dispose_on"])]
    pub none: bool,
}

pub fn retention(context: &Context, args: &Retention) -> Result<Answer, Problem> {
    let is_change = args.none || args.review_on.is_some() || args.dispose_on.is_some();
    match &args.plan {
        Some(plan) if is_change => change(context, plan, args),
        Some(_) | None => list(context, args.plan.as_deref()),
    }
}

/// A date that is not given stays as it is.
fn change(context: &Context, plan: &str, args: &Retention) -> Result<Answer, Problem> {
    let (mut desk, env) = (context.change()?, context.clock.env());
    let plan = reference::plan(desk.register(), plan)?;
    let (review_on, dispose_on) = if args.none {
        (None, None)
    } else {
        (args.review_on.unwrap_or(plan.review_on()), args.dispose_on.unwrap_or(plan.dispose_on()))
    };
    let intent = Intent::Retain { plan: plan.id, review_on, dispose_on };
    let written = desk.write(&intent, &env)?;
    let mut page = context.page();
    page.line(&format!("saved: {}", written.sentence));
    let notes = edit::notes(context, &desk);
    Ok(Answer { text: page.finish(), notes, ..Answer::default() })
}

fn list(context: &Context, plan: Option<&str>) -> Result<Answer, Problem> {
    let (look, today) = (context.look()?, context.today());
    let only = plan.map(|plan| reference::plan(look.register(), plan)).transpose()?.map(|plan| plan.id);
    let mut page = context.page();
    let plans = look.register().visible_plans().filter(|plan| only.is_none_or(|only| only == plan.id));
    plans.for_each(|plan| page.line(&summary(plan, today)));
    Ok(Answer::from(page.finish()))
}

/// "adult-c: review on 1 Nov 2026, dispose on 1 Nov 2032; due for review since 1 Nov 2026".
fn summary(plan: &Plan, today: NaiveDate) -> String {
    let on = |what: &str, day: Option<NaiveDate>| day.map(|day| format!("{what} on {}", date_words::day(day)));
    let dates = [on("review", plan.review_on()), on("dispose", plan.dispose_on())];
    let dates: Vec<String> = dates.into_iter().flatten().collect();
    let dates = if dates.is_empty() { "no review or disposal date".to_owned() } else { dates.join(", ") };
    let due = Due::of(plan, today).map(|due| format!("; {}", due.words())).unwrap_or_default();
    format!("{}: {dates}{due}", plan.slug())
}

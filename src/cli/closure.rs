//! `arising closure`, `arising add` and `arising accept`, through the same rules as on the screen.

use super::Answer;
use super::closure_args::{Accept, Add, ClosureCommand};
use super::context::Context;
use super::edit::{change, chosen, done, target_dates};
use super::reference;
use crate::domain::id::Id;
use crate::domain::intent::Intent;
use crate::domain::recommendation::Acceptance;
use crate::domain::register::Register;
use crate::env::Env;
use crate::problem::Problem;

pub fn closure(context: &Context, command: &ClosureCommand) -> Result<Answer, Problem> {
    let reference = match command {
        ClosureCommand::Propose { reference, .. }
        | ClosureCommand::Agree { reference, .. }
        | ClosureCommand::Reopen { reference, .. }
        | ClosureCommand::Abandon { reference, .. } => reference,
    };
    change(context, std::slice::from_ref(reference), |_, action, _| {
        Ok(match command.clone() {
            ClosureCommand::Propose { evidence, .. } => Intent::ProposeClosure { action, evidence },
            ClosureCommand::Agree { evidence, .. } => Intent::AgreeClosure { action, evidence },
            ClosureCommand::Reopen { reason, .. } => Intent::Reopen { action, reason },
            ClosureCommand::Abandon { reason, .. } => Intent::Abandon { action, reason },
        })
    })
}

pub fn add(context: &Context, args: &Add) -> Result<Answer, Problem> {
    write(context, |register, env| {
        let (plan, recommendation) = home(register, args)?;
        let leads = chosen(register, &args.lead, (args.new, "No action was added"))?;
        let dates = target_dates(&args.target, env)
            .map_err(|problem| Problem { what: "No action was added".into(), ..problem })?;
        Ok(Intent::AddAction { plan, recommendation, text: args.text.clone(), leads, dates })
    })
}

/// The plan and the recommendation that it goes under; the only plan need not be named.
fn home(register: &Register, args: &Add) -> Result<(Id, Option<Id>), Problem> {
    if let Some(under) = &args.under {
        let rec = reference::recommendation_called(register, under)?;
        let plan = register.recommendation(rec).map(|rec| rec.plan);
        return plan.map(|plan| (plan, Some(rec))).ok_or_else(|| {
            Problem::new("No action was added", "its recommendation is not in a plan", "Choose another with --under.")
        });
    }
    if let Some(slug) = &args.plan {
        return Ok((reference::plan(register, slug)?.id, None));
    }
    let mut plans = register.visible_plans();
    match (plans.next(), plans.next()) {
        (Some(only), None) => Ok((only.id, None)),
        (None, _) => {
            Err(Problem::new("No action was added", "there is no plan yet", "Import one with `arising import FILE`."))
        }
        (Some(_), Some(_)) => {
            let hint = "Say which: --under adult-c:7, or --plan where it has no recommendations.";
            Err(Problem::new("No action was added", "there are several plans", hint))
        }
    }
}

pub fn accept(context: &Context, args: &Accept) -> Result<Answer, Problem> {
    write(context, |register, _| {
        let recommendation = reference::recommendation_called(register, &args.recommendation)?;
        let acceptance = match (&args.partly, &args.not) {
            (Some(reason), _) => Acceptance::Partly { reason: reason.clone() },
            (None, Some(reason)) => Acceptance::NotAccepted { reason: reason.clone() },
            (None, None) if args.clear => Acceptance::NotStated,
            (None, None) => Acceptance::Accepted,
        };
        Ok(Intent::Accept { recommendation, acceptance })
    })
}

fn write(
    context: &Context,
    wanted: impl FnOnce(&Register, &Env) -> Result<Intent, Problem>,
) -> Result<Answer, Problem> {
    let (mut desk, env) = (context.change()?, context.clock.env());
    let intent = wanted(desk.register(), &env)?;
    let written = desk.write(&intent, &env)?;
    Ok(done(context, &desk, &written))
}

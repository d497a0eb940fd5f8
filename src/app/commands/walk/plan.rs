//! Commands on a plan and its recommendations: acceptance, marking and retention.

use crate::app::command::{self, Command, Whose};
use crate::app::commands::{cannot_write, current};
use crate::app::message::{Effect, Route, World};
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::overlay::choice::{Choice, ChoiceOption, Chosen, PlanStep};
use crate::app::overlay::field::{FormField, Holds};
use crate::app::overlay::form::{Answer, Form, Purpose};
use crate::app::overlay::retention;
use crate::app::scope::Scope;
use crate::app::screen::Screen;
use crate::domain::id::Id;
use crate::domain::intent::Intent;
use crate::domain::marking;
use crate::domain::plan::Plan;
use crate::domain::recommendation::{Acceptance, Recommendation};

const ROW: Command = Command { scopes: &[Scope::Walk], ..command::ROW };

pub const COMMANDS: &[Command] = &[
    Command {
        name: "recommendation.accept",
        whose: Whose::Board,
        keys: &["A"],
        label: "accepted?",
        help: "Record whether the recommendation is accepted, partly accepted or not accepted, and why.",
        also: "reject refuse",
        why_not: no_recommendation,
        run: accept,
        ..ROW
    },
    Command {
        name: "plan.marking",
        whose: Whose::Board,
        keys: &["M"],
        scopes: &[Scope::Walk, Scope::Plans],
        label: "marking",
        help: "Change the plan's marking on the screen and in every report.",
        also: "official sensitive classification",
        why_not: no_plan,
        run: mark,
        ..ROW
    },
    Command {
        name: "plan.retention",
        whose: Whose::Board,
        scopes: &[Scope::Walk, Scope::Plans],
        label: "retention",
        help: "Change when the plan is due for review and for disposal.",
        also: "keep destroy disposal",
        why_not: no_plan,
        run: |model, world| {
            plan(model, world).map(retention::retain).map_or_else(Vec::new, |form| model.open_form(form))
        },
        ..ROW
    },
];

fn recommendation<'a>(model: &Model, world: World<'a>) -> Option<&'a Recommendation> {
    let id = model.screen.walk().and_then(|walk| walk.recommendation(world))?;
    world.register.recommendation(id)
}

fn no_recommendation(model: &Model, world: World<'_>) -> Option<String> {
    let none = || recommendation(model, world).is_none().then(|| "No recommendation is selected".into());
    cannot_write(model, world).or_else(none)
}

fn accept(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let Some(rec) = recommendation(model, world) else { return Vec::new() };
    let now = rec.acceptance.get().cloned().unwrap_or_default();
    let so = |is: bool| if is { "current" } else { "" };
    let simply = |acceptance: Acceptance| PlanStep::Accept(rec.id, acceptance);
    let (partly, not) = (matches!(now, Acceptance::Partly { .. }), matches!(now, Acceptance::NotAccepted { .. }));
    let items = vec![
        offer("Accepted", so(now == Acceptance::Accepted), simply(Acceptance::Accepted)),
        offer("Partly accepted, with the reason", so(partly), PlanStep::Answer(rec.id, Answer::Partly)),
        offer("Not accepted, with the reason", so(not), PlanStep::Answer(rec.id, Answer::NotAccepted)),
        offer("Not stated", so(now == Acceptance::NotStated), simply(Acceptance::NotStated)),
    ];
    model.overlays.push(Overlay::Choice(Choice::new("The recommendation is", items)));
    Vec::new()
}

fn offer(label: &str, note: &str, step: PlanStep) -> ChoiceOption {
    ChoiceOption { note: note.into(), ..ChoiceOption::new(label, Chosen::Plan(step)) }
}

/// The plan being walked or selected.
pub fn plan<'a>(model: &Model, world: World<'a>) -> Option<&'a Plan> {
    let id = match &model.screen {
        Screen::Walk(walk) => match walk.route {
            Route::Plan(id) => Some(id),
            Route::AllPlans => current(model, world).map(|action| action.plan),
        },
        Screen::Plans(plans) => plans.plan(),
        Screen::Welcome(_) | Screen::Review(_) | Screen::Paper(_) | Screen::History(_) => None,
    };
    id.and_then(|id| world.register.plan(id))
}

pub fn no_plan(model: &Model, world: World<'_>) -> Option<String> {
    cannot_write(model, world).or_else(|| plan(model, world).is_none().then(|| "No plan is selected".into()))
}

fn mark(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let Some(plan) = plan(model, world) else { return Vec::new() };
    let so = |words: &str| if plan.marking() == words { "current" } else { "" };
    let mut items: Vec<ChoiceOption> =
        marking::KNOWN.iter().map(|words| offer(words, so(words), PlanStep::Mark(plan.id, (*words).into()))).collect();
    items.push(offer("No marking", so(""), PlanStep::Mark(plan.id, String::new())));
    items.push(offer("Your own wording", "", PlanStep::MarkWithOwn(plan.id)));
    model.overlays.push(Overlay::Choice(Choice::new("Mark this plan", items)));
    Vec::new()
}

/// Carries out what was chosen.
pub fn carry_out(model: &mut Model, step: PlanStep, world: World<'_>) -> Vec<Effect> {
    let intent = match step {
        PlanStep::Accept(recommendation, acceptance) => Intent::Accept { recommendation, acceptance },
        PlanStep::Mark(plan, marking) => Intent::Mark { plan, marking },
        PlanStep::Answer(rec, answer) => return model.open_form(reason(rec, answer, world)),
        PlanStep::MarkWithOwn(plan) => {
            let now = world.register.plan(plan).map_or("", Plan::marking);
            let field = FormField::new("Marking", Holds::Words, now);
            return model.open_form(Form::new(Purpose::Mark(plan), "Marking of this plan".into(), vec![field]));
        }
    };
    vec![Effect::Write { intent, draft: None }]
}

fn reason(id: Id, answer: Answer, world: World<'_>) -> Form {
    let number = world.register.recommendation(id).map_or("", Recommendation::number);
    let how = match answer {
        Answer::Partly => "partly accepted",
        Answer::NotAccepted => "not accepted",
    };
    let title = format!("Why recommendation {number} is {how}");
    Form::new(Purpose::Accept(answer, id), title, vec![FormField::new("Reason", Holds::Text, "")])
}

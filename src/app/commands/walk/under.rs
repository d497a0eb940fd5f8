//! Moving the selected action to another recommendation of its plan.

use crate::app::commands::{cannot_edit, current};
use crate::app::message::{Effect, World};
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::overlay::choice::{Choice, ChoiceOption, Chosen};
use crate::domain::action::Action;
use crate::domain::id::Id;
use crate::domain::intent::Intent;
use crate::domain::recommendation::Recommendation;
use crate::text;

pub fn cannot_move(model: &Model, world: World<'_>) -> Option<String> {
    cannot_edit(model, world).or_else(|| {
        let is_alone = |action| others(action, world).next().is_none();
        current(model, world).filter(|action| is_alone(action)).map(|_| "Its plan has no other recommendation".into())
    })
}

pub fn choose(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let Some(action) = current(model, world) else { return Vec::new() };
    let widest = others(action, world).map(|rec| rec.number().chars().count()).max().unwrap_or(0);
    let item = |rec: &Recommendation| {
        let label = format!("{:>widest$}  {}", rec.number(), text::one_line(rec.text()));
        ChoiceOption::new(label, Chosen::MoveTo(rec.id))
    };
    let title = format!("Move {} to which recommendation? It keeps its number", world.register.reference(action));
    let choice = Choice::new(title, others(action, world).map(item).collect());
    model.overlays.push(Overlay::Choice(choice));
    Vec::new()
}

pub fn move_to(model: &mut Model, to: Id, world: World<'_>) -> Vec<Effect> {
    let Some(action) = current(model, world) else { return Vec::new() };
    vec![Effect::Write { intent: Intent::Move { action: action.id, to, reference: None }, draft: None }]
}

/// The recommendations of its plan that it is not under.
fn others<'a>(action: &Action, world: World<'a>) -> impl Iterator<Item = &'a Recommendation> {
    let own = action.recommendation;
    let plan = world.register.plan(action.plan).into_iter();
    plan.flat_map(|plan| world.register.recommendations_of(plan)).filter(move |rec| Some(rec.id) != own)
}

//! What `+` adds: an action or, in a meeting, a matter or decision not about an action.

use crate::app::command::{self, Command, Whose};
use crate::app::commands::{cannot_write, current};
use crate::app::message::{Effect, World};
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::overlay::choice::{Adding, Choice, ChoiceOption, Chosen, Home};
use crate::app::overlay::field::{FormField, Holds, Parties};
use crate::app::overlay::form::{ActionEdit, Form, Purpose};
use crate::app::overlay::meeting_form;
use crate::app::scope::Scope;

const ROW: Command = Command { scopes: &[Scope::Walk], ..command::ROW };

pub const COMMANDS: &[Command] = &[Command {
    name: "action.add",
    whose: Whose::Board,
    keys: &["+"],
    scopes: &[Scope::Walk],
    label: "add",
    help: "Add an action under the same recommendation; in a meeting, also a matter or decision not about an action.",
    also: "new create",
    why_not: cannot_add,
    run: add,
    ..ROW
}];

fn cannot_add(model: &Model, world: World<'_>) -> Option<String> {
    let nowhere = || world.register.open_meeting().is_none() && home(model, world).is_none();
    cannot_write(model, world)
        .or_else(|| nowhere().then(|| "Go to the recommendation that the action will belong to".into()))
}

/// Where an action added at the cursor would go.
fn home(model: &Model, world: World<'_>) -> Option<Home> {
    let rec = model.screen.walk().and_then(|walk| walk.recommendation(world));
    let of_rec = rec.and_then(|id| world.register.recommendation(id));
    let of_rec = of_rec.map(|rec| Home { plan: rec.plan, recommendation: Some(rec.id) });
    of_rec.or_else(|| current(model, world).map(|action| Home { plan: action.plan, recommendation: None }))
}

fn add(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let home = home(model, world);
    match (home, world.register.open_meeting()) {
        (Some(home), None) => carry_out(model, Adding::Action(home), world),
        (None, None) => Vec::new(),
        (home, Some(_)) => {
            model.overlays.push(Overlay::Choice(Choice::new("Add what?", offers(home, world))));
            Vec::new()
        }
    }
}

fn offers(home: Option<Home>, world: World<'_>) -> Vec<ChoiceOption> {
    let offer = |label: String, adding| ChoiceOption::new(label, Chosen::Add(adding));
    let under = home.map(|home| place(home, world)).unwrap_or_default();
    let mut items: Vec<ChoiceOption> =
        home.map(|home| offer(format!("An action {under}"), Adding::Action(home))).into_iter().collect();
    let rec = home.and_then(|home| home.recommendation);
    items.extend(rec.map(|rec| offer(format!("A matter {under}, without an action"), Adding::Matter(Some(rec)))));
    items.push(offer("A matter for the whole meeting".into(), Adding::Matter(None)));
    items.push(offer("A decision of the whole meeting".into(), Adding::Decision));
    items
}

/// "under recommendation 7".
fn place(home: Home, world: World<'_>) -> String {
    match home.recommendation.and_then(|id| world.register.recommendation(id)) {
        Some(rec) => format!("under recommendation {}", rec.number()),
        None => "of this plan".into(),
    }
}

/// Opens the form for what was chosen.
pub fn carry_out(model: &mut Model, adding: Adding, world: World<'_>) -> Vec<Effect> {
    let form = match adding {
        Adding::Action(home) => new_action(home, world),
        Adding::Matter(under) => meeting_form::note(under, world),
        Adding::Decision => meeting_form::decide(),
    };
    model.open_form(form)
}

fn new_action(Home { plan, recommendation }: Home, world: World<'_>) -> Form {
    let title = format!("New action {}", place(Home { plan, recommendation }, world));
    let fields = vec![
        FormField::new("Action", Holds::Text, ""),
        FormField::new("Lead", Holds::Parties(Parties::default()), ""),
        FormField::new("Target", Holds::Target, ""),
    ];
    Form::new(
        Purpose::Change(ActionEdit::NewAction { plan, recommendation }, recommendation.unwrap_or(plan)),
        title,
        fields,
    )
}

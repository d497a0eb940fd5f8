//! The user's name, under which changes are recorded: asked for before the first change where the computer gives none, and
//! changed by a command.

use crate::app::command::{self, Command};
use crate::app::message::{Effect, World};
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::overlay::field::{FormField, Holds};
use crate::app::overlay::form::{Form, Purpose};
use crate::app::scope::Scope;
use crate::problem::Problem;

const ROW: Command = Command { scopes: &[Scope::Walk, Scope::Plans], ..command::ROW };

pub const COMMANDS: &[Command] = &[Command {
    name: "name",
    label: "your name",
    help: "Change your name, under which your changes are recorded from then on.",
    also: "user author unnamed who am i",
    run: change,
    ..ROW
}];

fn change(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let name = if world.env.is_named() { world.env.author.as_str() } else { "" };
    open(model, "Your name: what you change is recorded under it from now on", name)
}

/// Asks before the first change.
pub fn ask(model: &mut Model) -> Vec<Effect> {
    open(model, "Your name, for the record of who changed what (asked once)", "")
}

fn open(model: &mut Model, title: &str, name: &str) -> Vec<Effect> {
    let field = FormField::offering("Your name", Holds::Words, name);
    model.overlays.push(Overlay::Form(Form::new(Purpose::Name, title.into(), vec![field])));
    Vec::new()
}

/// Enter: the name is kept, and the change that waited for it is written.
pub fn save(model: &mut Model) -> Vec<Effect> {
    let Some(form) = model.form_mut() else { return Vec::new() };
    let name = form.words(0);
    if name.is_empty() {
        form.refuse(Problem::new("Nothing was saved", "there is no name", "Type yours; it can be changed later."));
        return Vec::new();
    }
    vec![Effect::Name(name)]
}

/// The name is kept.
pub fn end(model: &mut Model, name: &str) -> Vec<Effect> {
    leave(model);
    let key = model.keymap.key_of("palette");
    model.say(format!("Your changes are recorded as {name}; {key} “your name” changes that"));
    vec![Effect::GoOn]
}

/// Esc: what waited for a name is not written, and its form can be saved again.
pub fn leave(model: &mut Model) {
    if matches!(model.overlays.last(), Some(Overlay::Form(Form { purpose: Purpose::Name, .. }))) {
        model.overlays.pop();
    }
    if let Some(form) = model.form_mut() {
        form.sent = false;
    }
}

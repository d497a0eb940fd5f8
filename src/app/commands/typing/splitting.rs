//! Keys while an action is split.

use crate::app::command::{self, Command, Footer};
use crate::app::message::{Effect, World};
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::overlay::splitting::Splitting;
use crate::app::scope::Scope;
use crate::domain::intent::Intent;

const ROW: Command = Command { scopes: &[Scope::Splitting], ..command::ROW };

pub const COMMANDS: &[Command] = &[
    Command {
        name: "split.toggle",
        keys: &["Space"],
        label: "begin a part",
        help: "Begin a part at the selected place; press again to leave the words together.",
        footer: Footer::Rank(1),
        run: |model, _| change(model, Splitting::toggle),
        ..ROW
    },
    Command {
        name: "split.do",
        keys: &["Enter"],
        label: "split",
        help: "Split the action into the parts shown.",
        footer: Footer::Rank(0),
        run: split,
        ..ROW
    },
    Command {
        name: "split.down",
        keys: &["Down", "j", "Tab"],
        label: "down",
        help: "Move to the next place.",
        run: |model, _| change(model, |splitting| splitting.step(1)),
        ..ROW
    },
    Command {
        name: "split.up",
        keys: &["Up", "k", "BackTab"],
        label: "up",
        help: "Move to the previous place.",
        run: |model, _| change(model, |splitting| splitting.step(-1)),
        ..ROW
    },
    Command {
        name: "split.close",
        keys: &["Esc", "Ctrl-C"],
        label: "close",
        help: "Close without splitting.",
        footer: Footer::Rank(2),
        run: |model, _| {
            model.overlays.pop();
            Vec::new()
        },
        ..ROW
    },
];

fn change(model: &mut Model, change: impl FnOnce(&mut Splitting)) -> Vec<Effect> {
    if let Some(splitting) = model.overlays.last_mut().and_then(Overlay::splitting_mut) {
        change(splitting);
    }
    Vec::new()
}

fn split(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let Some(splitting) = model.overlays.last_mut().and_then(Overlay::splitting_mut) else { return Vec::new() };
    let text = world.register.action(splitting.action).map_or("", |action| action.text());
    let (action, texts) = (splitting.action, splitting.texts(text));
    if texts.len() < 2 {
        let key = model.keymap.key_of("split.toggle");
        model.say(format!("There is only one part; {key} begins another at the selected place"));
        return Vec::new();
    }
    model.overlays.pop();
    vec![Effect::Write { intent: Intent::SplitAction { action, texts }, draft: None }]
}

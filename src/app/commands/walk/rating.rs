//! Rating the selected action with one key.

use crate::app::command::{self, Command, Footer};
use crate::app::commands::{cannot_edit, current};
use crate::app::message::{Effect, World};
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::overlay::choice::{Choice, ChoiceOption, Chosen};
use crate::app::scope::Scope;
use crate::domain::intent::Intent;
use crate::domain::rating::{Hue, Level};

const ROW: Command = Command { scopes: &[Scope::Walk], ..command::ROW };
pub const COMMANDS: &[Command] = &[
    Command {
        name: "rate.red",
        keys: &["r"],
        label: "rate",
        help: "Rate the action Red, in its plan's own wording.",
        footer: Footer::Rank(0),
        why_not: cannot_edit,
        run: |m, w| by_hue(m, w, Hue::Red),
        ..ROW
    },
    Command {
        name: "rate.amber",
        keys: &["a"],
        label: "rate",
        help: "Rate the action Amber, in its plan's own wording.",
        footer: Footer::Rank(0),
        why_not: cannot_edit,
        run: |m, w| by_hue(m, w, Hue::Amber),
        ..ROW
    },
    Command {
        name: "rate.green",
        keys: &["g"],
        label: "rate",
        help: "Rate the action Green, in its plan's own wording.",
        footer: Footer::Rank(0),
        why_not: cannot_edit,
        run: |m, w| by_hue(m, w, Hue::Green),
        ..ROW
    },
    Command {
        name: "rate.blue",
        keys: &["b"],
        label: "rate",
        help: "Rate the action Blue, in its plan's own wording.",
        footer: Footer::Rank(0),
        why_not: cannot_edit,
        run: |m, w| by_hue(m, w, Hue::Blue),
        ..ROW
    },
    Command {
        name: "rate.clear",
        keys: &["-"],
        scopes: &[Scope::Walk],
        label: "not rated",
        help: "Clear the rating: not rated.",
        why_not: cannot_edit,
        run: |model, world| rate(model, world, None),
        ..ROW
    },
    Command {
        name: "rate.pick",
        keys: &["s"],
        scopes: &[Scope::Walk],
        label: "ratings",
        help: "Choose from all the ratings in the plan's scheme.",
        also: "rag rating status grade",
        why_not: cannot_edit,
        run: pick,
        ..ROW
    },
];

/// The first level of that colour; a scheme may have several or none.
fn by_hue(model: &mut Model, world: World<'_>, hue: Hue) -> Vec<Effect> {
    let Some(action) = current(model, world) else { return Vec::new() };
    let scheme = world.register.scheme(action.plan);
    let levels: Vec<&Level> = scheme.levels.iter().filter(|level| level.hue == hue).collect();
    match levels.as_slice() {
        [] => {
            model.say(format!("This plan has no such rating; it has {}", words(&scheme.levels)));
            Vec::new()
        }
        [only] => rate(model, world, Some(only.word.clone())),
        [..] => pick(model, world),
    }
}

fn words(levels: &[Level]) -> String {
    levels.iter().map(|level| level.word.as_str()).collect::<Vec<_>>().join(", ")
}

pub fn rate(model: &mut Model, world: World<'_>, rating: Option<String>) -> Vec<Effect> {
    let Some(action) = current(model, world) else { return Vec::new() };
    vec![Effect::Write { intent: Intent::Rate { action: action.id, rating, note: None }, draft: None }]
}

fn pick(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let Some(action) = current(model, world) else { return Vec::new() };
    let item = |label: &str, note: &str, rating: Option<String>| ChoiceOption {
        label: label.to_owned(),
        also: note.to_owned(),
        note: note.to_owned(),
        why_not: None,
        chosen: Chosen::Rating(rating),
    };
    let levels = world.register.scheme(action.plan).levels;
    let mut items: Vec<ChoiceOption> = levels.iter().map(|l| item(&l.word, &l.meaning, Some(l.word.clone()))).collect();
    items.push(item("not rated", "", None));
    model.overlays.push(Overlay::Choice(Choice::new("Rate as", items)));
    Vec::new()
}

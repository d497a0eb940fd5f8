//! Rating the action under the cursor with one key.

use super::{cannot_edit, current};
use crate::app::command::{Command, Place, Scope};
use crate::app::model::{Effect, Model, World};
use crate::app::overlay::Overlay;
use crate::app::overlay::choice::{Choice, Chosen, Item};
use crate::domain::intent::Intent;
use crate::domain::rating::{Hue, Level};

macro_rules! rate_row {
    ($name:literal, $key:literal, $help:literal, $run:expr) => {
        Command {
            name: $name,
            keys: &[$key],
            scope: Scope::Walk,
            label: "rate",
            help: $help,
            place: Place::Footer(0),
            why_not: cannot_edit,
            run: $run,
        }
    };
}

pub(super) const RED: Command =
    rate_row!("rate.red", "r", "Rates the action Red, in its plan's own wording.", |m, w| by_hue(m, w, Hue::Red));
pub(super) const AMBER: Command =
    rate_row!("rate.amber", "a", "Rates the action Amber, in its plan's own wording.", |m, w| by_hue(m, w, Hue::Amber));
pub(super) const GREEN: Command =
    rate_row!("rate.green", "g", "Rates the action Green, in its plan's own wording.", |m, w| by_hue(m, w, Hue::Green));
pub(super) const BLUE: Command =
    rate_row!("rate.blue", "b", "Rates the action Blue, in its plan's own wording.", |m, w| by_hue(m, w, Hue::Blue));

pub(super) const CLEAR: Command = Command {
    name: "rate.clear",
    keys: &["-"],
    scope: Scope::Walk,
    label: "not rated",
    help: "Takes the rating away: not rated.",
    place: Place::HelpOnly,
    why_not: cannot_edit,
    run: |model, world| rate(model, world, None),
};

pub(super) const PICK: Command = Command {
    name: "rate.pick",
    keys: &["s"],
    scope: Scope::Walk,
    label: "ratings",
    help: "Chooses among all ratings of the plan's own scheme.",
    place: Place::HelpOnly,
    why_not: cannot_edit,
    run: pick,
};

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

pub(super) fn rate(model: &mut Model, world: World<'_>, rating: Option<String>) -> Vec<Effect> {
    let Some(action) = current(model, world) else { return Vec::new() };
    vec![Effect::Write { intent: Intent::Rate { action: action.id, rating, note: None }, draft: None }]
}

fn pick(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let Some(action) = current(model, world) else { return Vec::new() };
    let item = |label: &str, note: &str, rating: Option<String>| Item {
        label: label.to_owned(),
        also: note.to_owned(),
        note: note.to_owned(),
        why_not: None,
        chosen: Chosen::Rating(rating),
    };
    let levels = world.register.scheme(action.plan).levels;
    let mut items: Vec<Item> = levels.iter().map(|l| item(&l.word, &l.meaning, Some(l.word.clone()))).collect();
    items.push(item("not rated", "", None));
    model.overlays.push(Overlay::Choice(Choice::new("Rate as", items)));
    Vec::new()
}

//! Rating the selected action, or all that are marked, with one key.

use super::marks::{cannot_change, chosen, on_each};
use crate::app::command::{self, Command, Footer};
use crate::app::message::{Effect, World};
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::overlay::choice::{Choice, ChoiceOption, Chosen};
use crate::app::scope::Scope;
use crate::domain::id::Id;
use crate::domain::intent::Intent;
use crate::domain::rating::{Hue, Level};
use crate::text::counted;

const ROW: Command = Command { scopes: &[Scope::Walk], ..command::ROW };
pub const COMMANDS: &[Command] = &[
    Command {
        name: "rate.red",
        keys: &["r"],
        label: "rate",
        help: "Rate the action Red, in its plan's own wording.",
        footer: Footer::Rank(0),
        why_not: cannot_change,
        run: |m, w| by_hue(m, w, Hue::Red),
        ..ROW
    },
    Command {
        name: "rate.amber",
        keys: &["a"],
        label: "rate",
        help: "Rate the action Amber, in its plan's own wording.",
        footer: Footer::Rank(0),
        why_not: cannot_change,
        run: |m, w| by_hue(m, w, Hue::Amber),
        ..ROW
    },
    Command {
        name: "rate.green",
        keys: &["g"],
        label: "rate",
        help: "Rate the action Green, in its plan's own wording.",
        footer: Footer::Rank(0),
        why_not: cannot_change,
        run: |m, w| by_hue(m, w, Hue::Green),
        ..ROW
    },
    Command {
        name: "rate.blue",
        keys: &["b"],
        label: "rate",
        help: "Rate the action Blue, in its plan's own wording.",
        footer: Footer::Rank(0),
        why_not: cannot_change,
        run: |m, w| by_hue(m, w, Hue::Blue),
        ..ROW
    },
    Command {
        name: "rate.clear",
        keys: &["-"],
        scopes: &[Scope::Walk],
        label: "not rated",
        help: "Clear the rating: not rated.",
        why_not: cannot_change,
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
        why_not: cannot_change,
        run: pick,
        ..ROW
    },
];

/// The level of that colour in each action's scheme; a scheme may have several or none.
fn by_hue(model: &mut Model, world: World<'_>, hue: Hue) -> Vec<Effect> {
    let chosen = chosen(model, world);
    let schemes: Vec<(Id, Vec<Level>)> =
        chosen.iter().map(|action| (action.id, world.register.scheme(action.plan).levels)).collect();
    let mut words = Vec::new();
    for (id, levels) in &schemes {
        let of_hue: Vec<&Level> = levels.iter().filter(|level| level.hue == hue).collect();
        match of_hue.as_slice() {
            [] if schemes.len() == 1 => {
                model.say(format!("This plan has no such rating; it has {}", self::words(levels)));
                return Vec::new();
            }
            // The rules refuse it, and name the action.
            [] => words.push((*id, hue_word(hue).to_owned())),
            [only] => words.push((*id, only.word.clone())),
            [..] => return pick(model, world),
        }
    }
    let ids: Vec<Id> = words.iter().map(|(id, _)| *id).collect();
    let mut given = words.into_iter().map(|(_, word)| word);
    write(&ids, || given.next())
}

fn hue_word(hue: Hue) -> &'static str {
    match hue {
        Hue::Red => "Red",
        Hue::Amber => "Amber",
        Hue::Green => "Green",
        Hue::Blue => "Blue",
        Hue::Grey => "grey",
    }
}

fn words(levels: &[Level]) -> String {
    levels.iter().map(|level| level.word.as_str()).collect::<Vec<_>>().join(", ")
}

pub fn rate(model: &mut Model, world: World<'_>, rating: Option<&str>) -> Vec<Effect> {
    let ids: Vec<Id> = chosen(model, world).iter().map(|action| action.id).collect();
    if ids.is_empty() { Vec::new() } else { write(&ids, || rating.map(ToOwned::to_owned)) }
}

fn write(ids: &[Id], mut rating: impl FnMut() -> Option<String>) -> Vec<Effect> {
    let intent = on_each(ids, |action| Intent::Rate { action, rating: rating(), note: None });
    vec![Effect::Write { intent, draft: None }]
}

/// Every level of the schemes of the actions, each once.
fn pick(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let item = |label: &str, note: &str, rating: Option<String>| ChoiceOption {
        label: label.to_owned(),
        also: note.to_owned(),
        note: note.to_owned(),
        why_not: None,
        chosen: Chosen::Rating(rating),
    };
    let chosen = chosen(model, world);
    let mut levels: Vec<Level> = Vec::new();
    for level in chosen.iter().flat_map(|action| world.register.scheme(action.plan).levels) {
        if levels.iter().all(|other| other.word != level.word) {
            levels.push(level);
        }
    }
    let mut items: Vec<ChoiceOption> = levels.iter().map(|l| item(&l.word, &l.meaning, Some(l.word.clone()))).collect();
    items.push(item("not rated", "", None));
    let title =
        if chosen.len() > 1 { format!("Rate {} as", counted(chosen.len(), "action")) } else { "Rate as".into() };
    model.overlays.push(Overlay::Choice(Choice::new(title, items)));
    Vec::new()
}

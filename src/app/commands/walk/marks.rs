//! Marking several actions, to rate, date or reassign them in one go.

use crate::app::command::{self, Command, Footer};
use crate::app::commands::{cannot_write, no_action};
use crate::app::message::{Effect, World};
use crate::app::model::Model;
use crate::app::scope::Scope;
use crate::app::screen::marks::Mark;
use crate::app::screen::walk::{Look, Walk};
use crate::domain::action::Action;
use crate::domain::change::{Batch, Cause, Change, Op};
use crate::domain::id::Id;
use crate::domain::intent::Intent;
use crate::domain::rules;
use crate::problem::Problem;
use crate::text::counted;

const ROW: Command = Command { scopes: &[Scope::Walk], ..command::ROW };

pub const COMMANDS: &[Command] = &[
    Command {
        name: "mark",
        keys: &["t"],
        label: "mark",
        help: "Mark the action, or unmark it: a rating, target, lead or subgroup then goes to all marked actions at once.",
        also: "tick select several bulk many choose",
        footer: Footer::Rank(8),
        why_not: no_action,
        run: mark,
        ..ROW
    },
    Command {
        name: "mark.all",
        keys: &["*"],
        label: "mark all",
        help: "Mark every action shown.",
        also: "tick select everything bulk",
        why_not: nothing_shown,
        run: mark_all,
        ..ROW
    },
    Command {
        name: "mark.none",
        label: "unmark all",
        help: "Unmark every action, as Esc does.",
        also: "untick deselect clear marks",
        why_not: nothing_marked,
        run: |model, _| {
            unmark(model);
            Vec::new()
        },
        ..ROW
    },
];

/// The actions that a key changes: those marked and shown, else the selected one.
pub fn chosen<'a>(model: &Model, world: World<'a>) -> Vec<&'a Action> {
    let ids = model.screen.walk().map(Walk::chosen).unwrap_or_default();
    ids.into_iter().filter_map(|id| world.register.action(id)).collect()
}

/// Why no action can be changed.
pub fn cannot_change(model: &Model, world: World<'_>) -> Option<String> {
    cannot_write(model, world).or_else(|| chosen(model, world).is_empty().then(|| "No action is selected".into()))
}

/// The same for each of these actions.
pub fn on_each(actions: &[Id], intent: impl FnMut(Id) -> Intent) -> Intent {
    let mut all: Vec<Intent> = actions.iter().copied().map(intent).collect();
    match all.pop() {
        Some(only) if all.is_empty() => only,
        Some(last) => Intent::Several(all.into_iter().chain([last]).collect()),
        None => Intent::Several(all),
    }
}

/// "5 marked actions".
pub fn marked_words(model: &Model, shown: usize) -> String {
    match model.screen.walk().map_or(0, Walk::marked_hidden) {
        0 => format!("{shown} marked actions"),
        hidden => format!("{shown} marked actions; {hidden} more marked but not shown stay as they are"),
    }
}

fn mark(model: &mut Model, _: World<'_>) -> Vec<Effect> {
    let turned = model.screen.walk_mut().and_then(Walk::turn_mark);
    match turned {
        Some(Mark::Set) => say_marked(model),
        Some(Mark::Unset) => say_unmarked(model),
        None => {}
    }
    Vec::new()
}

fn mark_all(model: &mut Model, _: World<'_>) -> Vec<Effect> {
    if let Some(walk) = model.screen.walk_mut() {
        walk.mark_shown();
    }
    say_marked(model);
    Vec::new()
}

pub fn unmark(model: &mut Model) {
    if let Some(walk) = model.screen.walk_mut() {
        walk.unmark();
    }
    model.say("No action is marked any more");
}

fn say_marked(model: &mut Model) {
    let Some(walk) = model.screen.walk() else { return };
    let (marked, is_card) = (counted(walk.marked(), "action"), walk.look == Look::Card);
    let key = |name| model.keymap.key_of(name);
    let [target, leads, via] = ["action.target", "action.leads", "action.via"].map(key);
    model.say(if is_card {
        format!("{marked} marked; the card changes only the action that it shows")
    } else {
        format!(
            "{marked} marked: a rating goes to all of them, and so do {target} target, {leads} leads and {via} subgroup"
        )
    });
}

fn say_unmarked(model: &mut Model) {
    let left = model.screen.walk().map_or(0, Walk::marked);
    model.say(if left == 0 {
        "Unmarked; no other is marked".into()
    } else {
        format!("Unmarked; {} still marked", counted(left, "action"))
    });
}

/// After a change of marked actions: what was refused, and which marked ones it did not go to.
pub fn tell_left(model: &mut Model, batch: &Batch, refused: &[Problem]) {
    let hidden = model.screen.walk().filter(|walk| is_of_marked(walk, batch)).map_or(0, Walk::marked_hidden);
    let refused = (!refused.is_empty()).then(|| format!("{} not changed: {}", refused.len(), rules::refusals(refused)));
    let hidden = (hidden > 0).then(|| format!("{} marked but not shown: not changed", counted(hidden, "action")));
    let told: Vec<String> = model.elsewhere.take().into_iter().chain(refused).chain(hidden).collect();
    model.elsewhere = (!told.is_empty()).then(|| told.join("; "));
}

fn is_of_marked(walk: &Walk, batch: &Batch) -> bool {
    let is_marked = |change: &Change| match &change.op {
        Op::Set { on, .. } => walk.mark_of(*on) == Mark::Set,
        Op::Add { .. } | Op::Unknown { .. } | Op::Erase { .. } | Op::Absent => false,
    };
    batch.cause == Cause::Edit && batch.changes.iter().any(is_marked)
}

fn nothing_shown(model: &Model, _: World<'_>) -> Option<String> {
    let shown = model.screen.walk().map_or(0, Walk::shown);
    (shown == 0).then(|| "No action is shown".into())
}

fn nothing_marked(model: &Model, _: World<'_>) -> Option<String> {
    let marked = model.screen.walk().map_or(0, Walk::marked);
    (marked == 0).then(|| format!("No action is marked; {} marks one", model.keymap.key_of("mark")))
}

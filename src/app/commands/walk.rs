//! Moving through the walk and choosing how it is shown.

use super::no_action;
use crate::app::command::{Command, Place, Scope, always};
use crate::app::layout::{Arrangement, arrangement};
use crate::app::model::{Effect, Model, World};
use crate::app::screen::Screen;
use crate::app::screen::plans::Plans;
use crate::app::screen::walk::{self, Focus, Look, Moved, Walk};

macro_rules! walk_row {
    ($name:literal, $keys:expr, $label:literal, $help:literal, $place:expr, $run:expr) => {
        Command {
            name: $name,
            keys: $keys,
            scope: Scope::Walk,
            label: $label,
            help: $help,
            place: $place,
            why_not: always,
            run: $run,
        }
    };
}

pub const COMMANDS: &[Command] = &[
    walk_row!(
        "walk.next",
        &["n"],
        "next",
        "Goes to the next action of the walk; in a meeting, to the next item not yet discussed.",
        Place::Footer(2),
        next
    ),
    walk_row!("walk.previous", &["N"], "previous", "Goes to the action before.", Place::HelpOnly, |m, _| along(m, -1)),
    walk_row!(
        "walk.down",
        &["Down", "j"],
        "down",
        "Moves down: a line of the detail, or an action.",
        Place::HelpOnly,
        |m, _| { arrow(m, 1) }
    ),
    walk_row!(
        "walk.up",
        &["Up", "k"],
        "up",
        "Moves up: a line of the detail, or an action.",
        Place::HelpOnly,
        |m, _| { arrow(m, -1) }
    ),
    walk_row!("walk.page-down", &["PgDn"], "page", "Moves a page down.", Place::HelpOnly, |m, _| paged(m, 1)),
    walk_row!("walk.page-up", &["PgUp"], "page", "Moves a page up.", Place::HelpOnly, |m, _| paged(m, -1)),
    walk_row!("walk.first", &["Home"], "first", "Goes to the first action.", Place::HelpOnly, |m, _| on_walk(m, |w| {
        w.first();
    })),
    walk_row!("walk.last", &["End"], "last", "Goes to the last action.", Place::HelpOnly, |m, _| on_walk(m, |w| {
        w.last();
    })),
    walk_row!(
        "walk.fold",
        &["Left", "h"],
        "fold",
        "Folds the actions of this recommendation away.",
        Place::HelpOnly,
        fold
    ),
    walk_row!("walk.unfold", &["Right", "l"], "unfold", "Brings folded actions back.", Place::HelpOnly, unfold),
    walk_row!(
        "walk.focus",
        &["Tab", "BackTab"],
        "detail",
        "Moves between the list and the detail, so that the arrows scroll it.",
        Place::HelpOnly,
        focus
    ),
    walk_row!(
        "walk.open",
        &["Enter"],
        "open",
        "Opens the action: the arrows scroll its detail.",
        Place::HelpOnly,
        open
    ),
    Command {
        name: "walk.card",
        keys: &["z"],
        scope: Scope::Walk,
        label: "card",
        help: "Shows one action on the whole screen, for the projector; again goes back.",
        place: Place::Footer(6),
        why_not: no_action,
        run: card,
    },
    walk_row!("walk.back", &["Esc"], "back", "Goes back: card, detail, then the register.", Place::HelpOnly, back),
];

fn on_walk(model: &mut Model, act: impl FnOnce(&mut Walk)) -> Vec<Effect> {
    if let Some(walk) = model.screen.walk_mut() {
        act(walk);
    }
    walk::keep_in_view(model);
    Vec::new()
}

/// The next item of the open meeting's agenda; without one, the next action.
fn next(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    if super::meeting::agenda::next_item(model, world) { Vec::new() } else { along(model, 1) }
}

fn along(model: &mut Model, by: isize) -> Vec<Effect> {
    let Some(walk) = model.screen.walk_mut() else { return Vec::new() };
    let (moved, shown) = (walk.step(by), walk.shown());
    walk::keep_in_view(model);
    if moved == Moved::Not {
        let end = if by > 0 { "last" } else { "first" };
        model.say(format!("This is the {end} of {shown}"));
    }
    Vec::new()
}

fn arrow(model: &mut Model, by: i16) -> Vec<Effect> {
    walk::scroll(model, by);
    Vec::new()
}

fn paged(model: &mut Model, pages: i16) -> Vec<Effect> {
    let rows = i16::try_from(walk::page(model)).unwrap_or(i16::MAX).saturating_sub(2).max(1);
    let Some(walk) = model.screen.walk_mut() else { return Vec::new() };
    match walk.focus {
        Focus::Detail => walk.detail_top = walk.detail_top.saturating_add_signed(pages * rows),
        Focus::List => walk.page(isize::from(pages), isize::from(rows)),
    }
    walk::keep_in_view(model);
    Vec::new()
}

fn fold(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    on_walk(model, |walk| walk.fold(world))
}

fn unfold(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    on_walk(model, |walk| walk.unfold(world))
}

fn focus(model: &mut Model, _: World<'_>) -> Vec<Effect> {
    on_walk(model, |walk| {
        walk.focus = match walk.focus {
            Focus::List => Focus::Detail,
            Focus::Detail => Focus::List,
        };
    })
}

/// Enter on a folded heading unfolds it; on an action it goes into the detail.
fn open(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    on_walk(model, |walk| match walk.action() {
        Some(_) => walk.focus = Focus::Detail,
        None => walk.unfold(world),
    })
}

fn card(model: &mut Model, _: World<'_>) -> Vec<Effect> {
    on_walk(model, |walk| {
        walk.detail_top = 0;
        (walk.look, walk.focus) = match walk.look {
            Look::ListAndDetail => (Look::Card, Focus::List),
            Look::Card => (Look::ListAndDetail, Focus::List),
        };
    })
}

/// One step out: from the card, from the detail, from the walk to the register.
fn back(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let one_at_a_time = arrangement(model.size) == Arrangement::OneAtATime;
    let Some(walk) = model.screen.walk_mut() else { return Vec::new() };
    if walk.look == Look::Card {
        walk.look = Look::ListAndDetail;
    } else if walk.focus == Focus::Detail {
        walk.focus = Focus::List;
        walk.detail_top = if one_at_a_time { 0 } else { walk.detail_top };
    } else if model.past.is_some() {
        return vec![Effect::ComeBack];
    } else if world.register.visible_plans().count() > 1 {
        to_register(model, world);
    } else {
        model.say("This is the outermost screen; q leaves");
    }
    Vec::new()
}

/// Shows the register, with the cursor on the plan that was walked.
pub fn to_register(model: &mut Model, world: World<'_>) {
    let from = model.screen.walk().map(|walk| walk.scope);
    let mut plans = Plans::default();
    plans.refresh(world);
    if let Some(walk::Scope::Plan(id)) = from {
        plans.cursor = plans.lines.iter().position(|line| line.plan == id).unwrap_or(0);
    }
    model.show(Screen::Plans(plans));
}

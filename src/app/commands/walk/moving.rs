//! Moving through the walk and choosing how it is shown.

use super::marks;
use crate::app::command::{self, Command, Footer};
use crate::app::commands::meeting::agenda;
use crate::app::commands::no_action;
use crate::app::layout::{Arrangement, arrangement};
use crate::app::message::{Effect, Route, World};
use crate::app::model::Model;
use crate::app::scope::Scope;
use crate::app::screen::Screen;
use crate::app::screen::plans::Plans;
use crate::app::screen::walk::{Focus, Look, Moved, Walk, page_step};
use crate::app::screen::window;

const ROW: Command = Command { scopes: &[Scope::Walk], ..command::ROW };

pub const COMMANDS: &[Command] = &[
    Command {
        name: "walk.next",
        keys: &["n"],
        label: "next",
        help: "Go to the next action; in a meeting, to the next item not yet discussed.",
        footer: Footer::Rank(2),
        run: next,
        ..ROW
    },
    Command {
        name: "walk.previous",
        keys: &["N"],
        label: "previous",
        help: "Go to the previous action.",
        run: |m, _| along(m, -1),
        ..ROW
    },
    Command {
        name: "walk.down",
        keys: &["Down", "j"],
        label: "down",
        help: "Move down one action, or one line of the detail.",
        run: |m, _| arrow(m, 1),
        ..ROW
    },
    Command {
        name: "walk.up",
        keys: &["Up", "k"],
        label: "up",
        help: "Move up one action, or one line of the detail.",
        run: |m, _| arrow(m, -1),
        ..ROW
    },
    Command {
        name: "walk.page-down",
        keys: &["PgDn"],
        label: "page",
        help: "Move down a page.",
        run: |m, _| paged(m, 1),
        ..ROW
    },
    Command {
        name: "walk.page-up",
        keys: &["PgUp"],
        label: "page",
        help: "Move up a page.",
        run: |m, _| paged(m, -1),
        ..ROW
    },
    Command {
        name: "walk.first",
        keys: &["Home"],
        label: "first",
        help: "Go to the first action.",
        run: |m, _| {
            on_walk(m, |w| {
                w.first();
            })
        },
        ..ROW
    },
    Command {
        name: "walk.last",
        keys: &["End"],
        label: "last",
        help: "Go to the last action.",
        run: |m, _| {
            on_walk(m, |w| {
                w.last();
            })
        },
        ..ROW
    },
    Command {
        name: "walk.fold",
        keys: &["Left", "h"],
        label: "fold",
        help: "Fold away this recommendation's actions.",
        run: fold,
        ..ROW
    },
    Command {
        name: "walk.unfold",
        keys: &["Right", "l"],
        label: "unfold",
        help: "Unfold folded actions.",
        run: unfold,
        ..ROW
    },
    Command {
        name: "walk.focus",
        keys: &["Tab", "BackTab"],
        label: "detail",
        help: "Switch between the list and the detail, which the arrows then scroll.",
        run: focus,
        ..ROW
    },
    Command {
        name: "walk.open",
        keys: &["Enter"],
        label: "open",
        help: "Open the action; the arrows then scroll its detail.",
        run: open,
        ..ROW
    },
    Command {
        name: "walk.card",
        keys: &["z"],
        label: "card",
        help: "Fill the screen with one action, for the projector; press again to go back.",
        also: "full projector zoom present large",
        footer: Footer::Rank(7),
        why_not: no_action,
        run: card,
        ..ROW
    },
    Command {
        name: "walk.back",
        keys: &["Esc"],
        label: "back",
        help: "Go back: card, detail, marks, then the register.",
        run: back,
        ..ROW
    },
];

fn on_walk(model: &mut Model, act: impl FnOnce(&mut Walk)) -> Vec<Effect> {
    if let Some(walk) = model.screen.walk_mut() {
        act(walk);
    }
    model.keep_in_view();
    Vec::new()
}

/// The next item of the open meeting's agenda; without one, the next action.
fn next(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    if agenda::next_item(model, world) {
        return Vec::new();
    }
    if agenda::is_finished(model, world) {
        let key = model.keymap.key_of("meeting.open");
        model.say(format!("Agenda finished: {key} for the minutes and to end the meeting"));
        return Vec::new();
    }
    along(model, 1)
}

fn along(model: &mut Model, by: isize) -> Vec<Effect> {
    let Some(walk) = model.screen.walk_mut() else { return Vec::new() };
    let (moved, shown) = (walk.step(by), walk.shown());
    model.keep_in_view();
    if moved == Moved::Not {
        let end = if by > 0 { "last" } else { "first" };
        model.say(format!("This is the {end} of {shown}"));
    }
    Vec::new()
}

fn arrow(model: &mut Model, by: i16) -> Vec<Effect> {
    model.screen.scroll(by, model.size);
    Vec::new()
}

fn paged(model: &mut Model, pages: i16) -> Vec<Effect> {
    let rows = i16::try_from(page_step(window::page(model.size))).unwrap_or(i16::MAX);
    let Some(walk) = model.screen.walk_mut() else { return Vec::new() };
    match walk.focus {
        Focus::Detail => walk.detail_top = walk.detail_top.saturating_add_signed(pages * rows),
        Focus::List => walk.page(isize::from(pages), isize::from(rows)),
    }
    model.keep_in_view();
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
    } else if walk.marked() > 0 {
        marks::unmark(model);
    } else if model.past.is_some() {
        return vec![Effect::ReturnToPresent];
    } else if world.register.visible_plans().count() > 1 {
        to_register(model, world);
    } else {
        let key = model.keymap.key_of("quit");
        model.say(format!("There is nothing further back; {key} quits"));
    }
    Vec::new()
}

/// Shows the register, with the cursor on the plan that was walked.
pub fn to_register(model: &mut Model, world: World<'_>) {
    let from = model.screen.walk().map(|walk| walk.route);
    let mut plans = Plans::default();
    plans.refresh(world);
    if let Some(Route::Plan(id)) = from {
        plans.cursor = plans.lines.iter().position(|line| line.plan == id).unwrap_or(0);
    }
    model.show(Screen::Plans(plans));
}

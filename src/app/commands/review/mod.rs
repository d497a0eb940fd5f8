//! Reviewing a document before it is imported: the commands, and moving about.

pub mod columns;
pub mod deciding;
pub mod mend;
pub mod reading;

use crate::app::command::{self, Command, Footer};
use crate::app::commands::cannot_write;
use crate::app::message::{Effect, World};
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::overlay::choice::{Choice, ChoiceOption, Chosen};
use crate::app::scope::Scope;
use crate::app::screen::Screen;
use crate::app::screen::review::Review;
use crate::app::screen::walk::Focus;
use crate::app::screen::window;
use crate::text;

const ROW: Command = Command { scopes: &[Scope::Review], ..command::ROW };

pub const COMMANDS: &[Command] = &[
    Command {
        name: "review.accept",
        keys: &["Enter"],
        label: "accept",
        help: "Accept the suggestion; without one, open the line for correction, or accept the plan as read.",
        footer: Footer::Rank(0),
        run: deciding::accept,
        ..ROW
    },
    Command {
        name: "review.correct",
        keys: &["e"],
        label: "correct",
        help: "Correct what was understood.",
        footer: Footer::Rank(1),
        run: |m, w| mend::open(m, w),
        ..ROW
    },
    Command {
        name: "review.leave-as-it-is",
        keys: &["x"],
        label: "as written",
        help: "Leave the doubtful text as written; for a difference, keep the register's version.",
        footer: Footer::Rank(2),
        why_not: deciding::nothing_to_leave,
        run: deciding::leave_as_it_is,
        ..ROW
    },
    Command {
        name: "review.rows",
        keys: &["s"],
        label: "split/join",
        help: "Split an action into several, or join it with the one above.",
        footer: Footer::Rank(4),
        why_not: deciding::no_row,
        run: deciding::rows,
        ..ROW
    },
    Command {
        name: "review.columns",
        keys: &["c"],
        label: "columns",
        help: "Show how each column of the document was read, and change it.",
        footer: Footer::Rank(5),
        why_not: columns::none,
        run: columns::open,
        ..ROW
    },
    Command {
        name: "review.accept-all",
        keys: &["A"],
        label: "accept all",
        help: "Accept every suggestion and import the document.",
        footer: Footer::Rank(3),
        why_not: cannot_import,
        run: accept_all,
        ..ROW
    },
    Command {
        name: "review.take-in",
        keys: &["t"],
        label: "import",
        help: "Import the document as it is; unsettled doubts stay marked on their actions.",
        footer: Footer::Rank(3),
        why_not: cannot_import,
        run: import,
        ..ROW
    },
    Command {
        name: "review.next-doubt",
        keys: &["n"],
        label: "next doubt",
        help: "Go to the next doubt.",
        run: |m, _| go(m, Review::next_doubt),
        ..ROW
    },
    Command {
        name: "review.down",
        keys: &["Down", "j"],
        label: "down",
        help: "Move down.",
        run: |m, _| step(m, 1),
        ..ROW
    },
    Command { name: "review.up", keys: &["Up", "k"], label: "up", help: "Move up.", run: |m, _| step(m, -1), ..ROW },
    Command {
        name: "review.page-down",
        keys: &["PgDn"],
        label: "page",
        help: "Move down a page.",
        run: |m, _| page(m, 1),
        ..ROW
    },
    Command {
        name: "review.page-up",
        keys: &["PgUp"],
        label: "page",
        help: "Move up a page.",
        run: |m, _| page(m, -1),
        ..ROW
    },
    Command {
        name: "review.first",
        keys: &["Home"],
        label: "first",
        help: "Go to the first line.",
        run: |m, _| go(m, Review::first),
        ..ROW
    },
    Command {
        name: "review.last",
        keys: &["End"],
        label: "last",
        help: "Go to the last line.",
        run: |m, _| go(m, |review| review.put(usize::MAX)),
        ..ROW
    },
    Command {
        name: "review.detail",
        keys: &["Right", "l", "Tab"],
        label: "detail",
        help: "Go to the document's wording, to scroll it.",
        run: |m, _| go(m, |review| review.focus = Focus::Detail),
        ..ROW
    },
    Command {
        name: "review.list",
        keys: &["Left", "h", "BackTab"],
        label: "list",
        help: "Go back to the list.",
        run: |m, _| go(m, |review| review.focus = Focus::List),
        ..ROW
    },
    Command {
        name: "review.close",
        keys: &["Esc"],
        label: "leave",
        help: "Close the document without importing it.",
        footer: Footer::Rank(6),
        run: close,
        ..ROW
    },
];

fn go(model: &mut Model, how: impl FnOnce(&mut Review)) -> Vec<Effect> {
    if let Some(review) = model.screen.review_mut() {
        how(review);
    }
    model.keep_in_view();
    Vec::new()
}

fn step(model: &mut Model, by: i16) -> Vec<Effect> {
    go(model, |review| review.scroll(by))
}

fn page(model: &mut Model, by: i16) -> Vec<Effect> {
    let lines = i16::try_from(window::page(model.size)).unwrap_or(i16::MAX);
    step(model, lines.saturating_sub(1).max(1) * by)
}

fn cannot_import(model: &Model, world: World<'_>) -> Option<String> {
    let review = model.screen.review()?;
    let why = if review.is_return() {
        let is_empty = review.found.ops.is_empty();
        is_empty.then(|| "Nothing to import: all of it is recorded already, kept or still to be answered".into())
    } else {
        let is_empty = review.draft().all_actions().next().is_none();
        is_empty.then(|| "There are no actions in this document to import".into())
    };
    cannot_write(model, world).or(why)
}

fn accept_all(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let Some(review) = model.screen.review_mut() else { return Vec::new() };
    if review.is_return() {
        return reply_to_all(model, world);
    }
    review.accept_all(world);
    import(model, world)
}

/// What a return says about an action that was only suggested has not been seen yet: it is shown before it is imported.
fn reply_to_all(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let replied = model.screen.review_mut().map_or(0, |review| review.reply_to_all(world));
    if replied == 0 {
        return import(model, world);
    }
    let key = model.keymap.key_of("review.take-in");
    model.say(format!("{} accepted; {key} imports the return", text::counted(replied, "suggestion")));
    Vec::new()
}

fn import(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let likely = model.screen.review().and_then(|review| review.likely);
    if let Some(plan) = likely.and_then(|(id, _)| world.register.plan(id)) {
        let items = vec![
            ChoiceOption::new(
                format!("Compare it with “{}”, as a later version of it", plan.title()),
                Chosen::LaterVersion(plan.id),
            ),
            ChoiceOption::new("Import it as a separate plan", Chosen::SeparatePlan),
        ];
        model.overlays.push(Overlay::Choice(Choice::new("Most of these actions are already in a plan", items)));
        return Vec::new();
    }
    model.screen.review().map(|review| Effect::Import(Box::new(review.taken()))).into_iter().collect()
}

pub fn import_as_separate_plan(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    deciding::keep_apart(model, world);
    import(model, world)
}

/// Closes the document; asks first if it has corrections.
pub fn close(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    if let Some(review) = model.screen.review_mut()
        && review.focus == Focus::Detail
    {
        review.focus = Focus::List;
        return Vec::new();
    }
    let corrections = model.screen.review().map_or(0, Review::corrections);
    if corrections == 0 {
        return leave(model, world);
    }
    let lost = if corrections == 1 {
        "your correction will be lost".into()
    } else {
        format!("your {corrections} corrections will be lost")
    };
    let items = vec![
        ChoiceOption::new("Stay", Chosen::Nothing),
        ChoiceOption::new(format!("Close without importing; {lost}"), Chosen::LeaveReview),
    ];
    model.overlays.push(Overlay::Choice(Choice::new("Close this document?", items)));
    Vec::new()
}

/// Goes back to the first screen.
pub fn leave(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    model.show(Screen::first(world));
    model.refresh(world);
    model.say("Closed without importing");
    Vec::new()
}

//! Mapping the columns of a document.

use crate::app::command::{self, Command, Footer};
use crate::app::message::{Effect, World};
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::overlay::choice::{Choice, ChoiceOption, Chosen};
use crate::app::overlay::reading::Reading;
use crate::app::scope::Scope;
use crate::app::screen::review::{Holds, Review};

const ROW: Command = Command { scopes: &[Scope::Columns], ..command::ROW };

pub const COMMANDS: &[Command] = &[
    Command {
        name: "columns.choose",
        keys: &["Enter", "e"],
        label: "set what it holds",
        help: "Set what the selected column holds; the document is read again at once.",
        footer: Footer::Rank(0),
        run: |m, _| offer(m, Holds::Only),
        ..ROW
    },
    Command {
        name: "columns.also",
        keys: &["+"],
        label: "a second field",
        help: "Set a second field for the column, such as a deadline and a status in one cell.",
        footer: Footer::Rank(1),
        run: |m, _| offer(m, Holds::Also),
        ..ROW
    },
    Command {
        name: "columns.unused",
        keys: &["-", "x"],
        label: "not used",
        help: "Leave the column out; its text is kept with the original cells.",
        footer: Footer::Rank(2),
        run: |m, _| set(m, None, Holds::Only),
        ..ROW
    },
    Command {
        name: "columns.down",
        keys: &["Down", "j"],
        label: "down",
        help: "Go to the next column.",
        run: |m, _| step(m, 1),
        ..ROW
    },
    Command {
        name: "columns.up",
        keys: &["Up", "k"],
        label: "up",
        help: "Go to the previous column.",
        run: |m, _| step(m, -1),
        ..ROW
    },
    Command {
        name: "columns.page-down",
        keys: &["PgDn", "End"],
        label: "page",
        help: "Move down a page.",
        run: |m, _| step(m, 10),
        ..ROW
    },
    Command {
        name: "columns.page-up",
        keys: &["PgUp", "Home"],
        label: "page",
        help: "Move up a page.",
        run: |m, _| step(m, -10),
        ..ROW
    },
    Command {
        name: "columns.close",
        keys: &["Esc", "c"],
        label: "back",
        help: "Go back to what was understood.",
        footer: Footer::Rank(3),
        run: |m, _| {
            if let Some(review) = m.screen.review_mut() {
                review.show_columns();
            }
            Vec::new()
        },
        ..ROW
    },
];

fn step(model: &mut Model, by: isize) -> Vec<Effect> {
    if let Some(review) = model.screen.review_mut() {
        review.step_column(by);
    }
    Vec::new()
}

/// Offers every field that a column can hold.
fn offer(model: &mut Model, holds: Holds) -> Vec<Effect> {
    let Some(review) = model.screen.review().filter(|review| review.column().is_some()) else { return Vec::new() };
    let items = review.kinds.iter().map(|kind| ChoiceOption {
        label: kind.name.clone(),
        also: kind.sentence.clone(),
        note: kind.sentence.clone(),
        why_not: None,
        chosen: Chosen::Column(kind.key.clone(), holds),
    });
    let items = items.collect();
    let title = match holds {
        Holds::Only => "What does this column hold?",
        Holds::Also => "What else does it hold?",
    };
    model.overlays.push(Overlay::Choice(Choice::new(title, items)));
    Vec::new()
}

pub fn set(model: &mut Model, field: Option<&str>, holds: Holds) -> Vec<Effect> {
    let Some(review) = model.screen.review_mut() else { return Vec::new() };
    if !review.set_column(field, holds) {
        model.say("It is already read that way");
        return Vec::new();
    }
    let (path, columns) = (review.path.clone(), review.now.columns.clone());
    let name = review.draft().file.clone();
    model.overlays.push(Overlay::Reading(Reading::new(name)));
    vec![Effect::Read { path, columns }]
}

/// Opens the columns of the document.
pub fn open(model: &mut Model, _: World<'_>) -> Vec<Effect> {
    if let Some(review) = model.screen.review_mut() {
        review.show_columns();
    }
    Vec::new()
}

/// Why there are no columns to show.
pub fn none(model: &Model, _: World<'_>) -> Option<String> {
    let has_columns = |review: &Review| review.draft().tables.iter().any(|table| !table.columns.is_empty());
    (!model.screen.review().is_some_and(has_columns)).then(|| "This document has no table".into())
}

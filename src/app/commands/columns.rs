//! Saying what the columns of a document hold.

use super::review::{review, review_mut};
use crate::app::command::{Command, Place, Scope, always};
use crate::app::model::{Effect, Model, World};
use crate::app::overlay::Overlay;
use crate::app::overlay::choice::{Choice, Chosen, Item};
use crate::app::overlay::reading::Reading;
use crate::app::screen::review::{Holds, Review};

macro_rules! columns_row {
    ($name:literal, $keys:expr, $label:literal, $help:literal, $place:expr, $run:expr) => {
        Command {
            name: $name,
            keys: $keys,
            scope: Scope::Columns,
            label: $label,
            help: $help,
            place: $place,
            why_not: always,
            run: $run,
        }
    };
}

pub const COMMANDS: &[Command] = &[
    columns_row!(
        "columns.choose",
        &["Enter", "e"],
        "say what it holds",
        "Says what the column under the cursor holds; the document is read again at once.",
        Place::Footer(0),
        |m, _| offer(m, Holds::Only)
    ),
    columns_row!(
        "columns.also",
        &["+"],
        "a second field",
        "Says what the column holds beside its first field: a deadline and a status in one cell.",
        Place::Footer(1),
        |m, _| offer(m, Holds::Also)
    ),
    columns_row!(
        "columns.unused",
        &["-", "x"],
        "not used",
        "Leaves the column out; its words stay with the raw cells.",
        Place::Footer(2),
        |m, _| set(m, None, Holds::Only)
    ),
    columns_row!("columns.down", &["Down", "j"], "down", "Goes to the next column.", Place::HelpOnly, |m, _| step(
        m, 1
    )),
    columns_row!("columns.up", &["Up", "k"], "up", "Goes to the column before.", Place::HelpOnly, |m, _| step(m, -1)),
    columns_row!("columns.page-down", &["PgDn", "End"], "page", "Goes a page down.", Place::HelpOnly, |m, _| step(
        m, 10
    )),
    columns_row!("columns.page-up", &["PgUp", "Home"], "page", "Goes a page up.", Place::HelpOnly, |m, _| step(m, -10)),
    columns_row!(
        "columns.close",
        &["Esc", "c"],
        "back",
        "Goes back to what was understood.",
        Place::Footer(3),
        |m, _| {
            if let Some(review) = review_mut(m) {
                review.show_columns();
            }
            Vec::new()
        }
    ),
];

fn step(model: &mut Model, by: isize) -> Vec<Effect> {
    if let Some(review) = review_mut(model) {
        review.step_column(by);
    }
    Vec::new()
}

/// Offers every field that a column can hold.
fn offer(model: &mut Model, holds: Holds) -> Vec<Effect> {
    let Some(review) = review(model).filter(|review| review.column().is_some()) else { return Vec::new() };
    let items = review.kinds.iter().map(|kind| Item {
        label: kind.name.clone(),
        also: kind.sentence.clone(),
        note: kind.sentence.clone(),
        why_not: None,
        chosen: Chosen::Column(kind.key.clone(), holds),
    });
    let items = items.collect();
    let title = match holds {
        Holds::Only => "What does this column hold?",
        Holds::Also => "What does it hold besides?",
    };
    model.overlays.push(Overlay::Choice(Choice::new(title, items)));
    Vec::new()
}

pub fn set(model: &mut Model, field: Option<&str>, holds: Holds) -> Vec<Effect> {
    let Some(review) = review_mut(model) else { return Vec::new() };
    if !review.set_column(field, holds) {
        model.say("It is read so already");
        return Vec::new();
    }
    let (path, columns) = (review.path.clone(), review.now.columns.clone());
    let name = review.draft().file.clone();
    model.overlays.push(Overlay::Reading(Reading::new(name)));
    vec![Effect::Read { path, columns }]
}

/// Opens the columns of the document.
pub fn open(model: &mut Model, _: World<'_>) -> Vec<Effect> {
    if let Some(review) = review_mut(model) {
        review.show_columns();
    }
    Vec::new()
}

/// Why there are no columns to show.
pub fn none(model: &Model, _: World<'_>) -> Option<String> {
    let has_columns = |review: &Review| review.draft().tables.iter().any(|table| !table.columns.is_empty());
    (!review(model).is_some_and(has_columns)).then(|| "This document has no table".into())
}

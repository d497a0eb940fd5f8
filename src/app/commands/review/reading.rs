//! While a document is being read.

use crate::app::command::{self, Command, Footer};
use crate::app::message::{Effect, World};
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::scope::Scope;

const ROW: Command = Command { scopes: &[Scope::Reading], ..command::ROW };

pub const COMMANDS: &[Command] = &[Command {
    name: "reading.stop",
    keys: &["Esc", "Ctrl-C"],
    scopes: &[Scope::Reading],
    label: "stop",
    help: "Stop reading the document; nothing will have changed.",
    footer: Footer::Rank(0),
    run: stop,
    ..ROW
}];

fn stop(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    if end(model)
        && let Some(review) = model.screen.review_mut()
    {
        review.forget_columns(world);
    }
    model.say("Stopped; nothing was changed");
    vec![Effect::StopReading]
}

/// Removes the box when reading is over; returns whether it was in progress.
pub fn end(model: &mut Model) -> bool {
    let before = model.overlays.len();
    model.overlays.retain(|overlay| !matches!(overlay, Overlay::Reading(_)));
    model.overlays.len() < before
}

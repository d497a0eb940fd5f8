//! While a document is being read.

use super::review::review_mut;
use crate::app::command::{Command, Place, Scope, always};
use crate::app::model::{Effect, Model, World};
use crate::app::overlay::Overlay;

pub const COMMANDS: &[Command] = &[Command {
    name: "reading.stop",
    keys: &["Esc", "Ctrl-C"],
    scope: Scope::Reading,
    label: "stop",
    help: "Stops reading the document; nothing is changed.",
    place: Place::Footer(0),
    why_not: always,
    run: stop,
}];

fn stop(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    if end(model)
        && let Some(review) = review_mut(model)
    {
        review.forget_columns(world);
    }
    model.say("Stopped; nothing was changed");
    vec![Effect::StopReading]
}

/// Takes the box away: reading is over. Answers whether it was going on.
pub fn end(model: &mut Model) -> bool {
    let before = model.overlays.len();
    model.overlays.retain(|overlay| !matches!(overlay, Overlay::Reading(_)));
    model.overlays.len() < before
}

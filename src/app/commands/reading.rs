//! While a document is being read.

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

fn stop(model: &mut Model, _: World<'_>) -> Vec<Effect> {
    end(model);
    model.say("Stopped; nothing was changed");
    vec![Effect::StopReading]
}

/// Takes the box away: reading is over.
pub fn end(model: &mut Model) {
    model.overlays.retain(|overlay| !matches!(overlay, Overlay::Reading(_)));
}

//! While a document is being read.

use std::collections::BTreeMap;

use crate::app::command::{self, Command, Footer};
use crate::app::message::{Effect, ImportRequest, Reviewed, World};
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::overlay::choice::{Choice, ChoiceOption, Chosen};
use crate::app::scope::Scope;
use crate::text;

const ROW: Command = Command { scopes: &[Scope::Reading], ..command::ROW };

pub const COMMANDS: &[Command] = &[Command {
    name: "reading.stop",
    keys: &["Esc", "Ctrl-C"],
    scopes: &[Scope::Reading],
    label: "stop",
    help: "Stops reading the document; nothing will have changed.",
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

/// Asks whether to import the responses of an agency's return, which is not a plan and has nothing to review.
pub fn ask_of_return(model: &mut Model, read: Reviewed) {
    let Reviewed { slug, draft, .. } = read;
    let label = format!("yes: {} from {}", text::counted(draft.answers.len(), "answer"), draft.file);
    let taken = ImportRequest { draft, slug, decided: BTreeMap::new(), columns: Vec::new() };
    let items = vec![
        ChoiceOption::new(label, Chosen::Import(Box::new(taken))),
        ChoiceOption::new("no: change nothing", Chosen::Nothing),
    ];
    model.overlays.push(Overlay::Choice(Choice::new("This is a return. Import its responses?", items)));
}

/// Removes the box when reading is over; returns whether it was in progress.
pub fn end(model: &mut Model) -> bool {
    let before = model.overlays.len();
    model.overlays.retain(|overlay| !matches!(overlay, Overlay::Reading(_)));
    model.overlays.len() < before
}

//! Merges a copy of the register that was opened or dropped on the window, after a look at what it brings.

use crate::app::message::{Conflicting, Effect, MergeOffer, Waiting, World};
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::overlay::choice::{Choice, ChoiceOption, Chosen};
use crate::app::screen::Screen;
use crate::domain::id::Id;
use crate::domain::intent::Intent;

/// Shows what a file would bring, and asks.
pub fn offer(model: &mut Model, offer: MergeOffer) {
    let MergeOffer { path, name, sentence, conflicts } = offer;
    let merge = ChoiceOption { note: sentence, ..ChoiceOption::new("Merge", Chosen::Merge(path)) };
    let leave = ChoiceOption::new("Leave it", Chosen::Nothing);
    let told = conflicts.into_iter().map(|conflict| ChoiceOption {
        why_not: Some("Merge first; then settle it where it is".into()),
        ..ChoiceOption::new(format!("≠ {conflict}"), Chosen::Nothing)
    });
    let items = [merge, leave].into_iter().chain(told).collect();
    model.overlays.push(Overlay::Choice(Choice::new(format!("{name} is a copy of this register"), items)));
}

/// A copy waits to be merged: the present register shows it until it is.
pub fn wait(model: &mut Model, waiting: Waiting) {
    let standing = model.past.as_mut().map_or(&mut model.standing, |past| &mut past.standing);
    standing.waiting = Some(waiting);
}

/// The register has changed as a whole.
pub fn merged(model: &mut Model, sentence: String, world: World<'_>) {
    if let Screen::Welcome(_) = &model.screen {
        model.show(Screen::first(world));
    }
    model.refresh(world);
    model.say(sentence);
    model.keep_in_view();
}

/// Asks which of the values recorded separately is kept.
pub fn ask(model: &mut Model, on: Id, conflicts: Vec<Conflicting>) {
    let several = conflicts.len() > 1;
    let title = match conflicts.as_slice() {
        [only] => format!("{}: keep which?", only.subject),
        _ => "Recorded separately: keep which?".to_owned(),
    };
    let items = conflicts.into_iter().flat_map(|conflict| {
        let subject = conflict.subject;
        conflict.sides.into_iter().map(move |side| {
            let sentence = side.sentence();
            let label = if several { format!("{subject}: {sentence}") } else { sentence };
            ChoiceOption::new(label, Chosen::Settle(on, side.change))
        })
    });
    model.overlays.push(Overlay::Choice(Choice::new(title, items.collect())));
}

pub fn settle(on: Id, change: Id) -> Vec<Effect> {
    vec![Effect::Write { intent: Intent::Settle { on, change }, draft: None }]
}

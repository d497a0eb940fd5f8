//! Merges a copy of the register that was opened or dropped on the window, after a look at what it brings.

use crate::app::message::{Conflicting, Effect, MergeOffer, Waiting, World};
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::overlay::choice::{Choice, ChoiceOption, Chosen};
use crate::app::screen::Screen;
use crate::domain::conflict;
use crate::domain::fork::Forks;
use crate::domain::id::Id;
use crate::domain::intent::Intent;
use crate::problem::Problem;
use crate::text::counted;

/// Shows what a file would bring, and asks.
pub fn offer(model: &mut Model, offer: MergeOffer) {
    let MergeOffer { path, forks, name, changes, told } = offer;
    let (title, label) = match changes {
        Some(changes) => {
            let (what, how) = match forks {
                Forks::Refuse => ("is a copy of this register", ""),
                Forks::AsNewCopy => ("has another history of one copy", " as a new copy's"),
            };
            (format!("{name} {what}"), format!("Merge {}{how}", counted(changes, "change")))
        }
        None => (format!("{name} is a copy of a register"), "Use it as the register here".to_owned()),
    };
    let merge = ChoiceOption::new(label, Chosen::Merge(path, forks));
    let leave = ChoiceOption::new("Leave it", Chosen::Nothing);
    let told = told.into_iter().map(|line| ChoiceOption {
        why_not: Some("This says what the file brings; choose whether to merge it".into()),
        ..ChoiceOption::new(line, Chosen::Nothing)
    });
    let items = [merge, leave].into_iter().chain(told).collect();
    model.overlays.push(Overlay::Choice(Choice::new(title, items)));
}

/// A copy waits to be merged: the present register shows it until it is.
pub fn wait(model: &mut Model, waiting: Waiting) {
    let standing = model.past.as_mut().map_or(&mut model.standing, |past| &mut past.standing);
    standing.waiting = Some(waiting);
}

/// The file is not the register that was here: said at once on every screen, and it stays above the walk.
pub fn suspect(model: &mut Model, problem: Problem) {
    let standing = model.past.as_mut().map_or(&mut model.standing, |past| &mut past.standing);
    standing.suspect = Some(format!("{}: {}", problem.what, problem.why));
    model.refuse(problem);
}

/// The register has changed as a whole.
pub fn merged(model: &mut Model, sentence: String, world: World<'_>) {
    if let Screen::Welcome(_) = &model.screen {
        model.show(Screen::first(world));
    }
    model.refresh(world);
    let is_any = world.register.visible_actions().any(conflict::is_in);
    let filter = model.keymap.key_of("find.filter");
    model.say(if is_any { format!("{sentence}. In a plan, {filter} conflict shows what to settle") } else { sentence });
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

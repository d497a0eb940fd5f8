//! Keys in the filter and search line, and in the line that asks for a document.

use super::{everywhere, find};
use crate::app::command::{Command, Place, Scope, always};
use crate::app::model::{Effect, Model, World};
use crate::app::overlay::Overlay;
use crate::app::overlay::line::{Line, Purpose};

pub const COMMANDS: &[Command] = &[
    Command {
        name: "line.take",
        keys: &["Enter"],
        scope: Scope::Line,
        label: "done",
        help: "Keeps the filter, or reads the document.",
        place: Place::Footer(0),
        why_not: always,
        run: take,
    },
    Command {
        name: "line.close",
        keys: &["Esc", "Ctrl-C"],
        scope: Scope::Line,
        label: "back",
        help: "Closes and goes back to the filter there was.",
        place: Place::Footer(1),
        why_not: always,
        run: close,
    },
];

fn pop(model: &mut Model) -> Option<Line> {
    match model.overlays.pop() {
        Some(Overlay::Line(line)) => Some(line),
        Some(other) => {
            model.overlays.push(other);
            None
        }
        None => None,
    }
}

/// A filter that cannot be understood stays in the line, with the reason.
fn take(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let Some(mut line) = pop(model) else { return Vec::new() };
    if line.purpose == Purpose::ImportPath {
        let path = line.editor.text().trim().to_owned();
        return if path.is_empty() { Vec::new() } else { everywhere::read(model, path) };
    }
    if line.purpose == Purpose::Words {
        find::set_words(model, line.editor.text().trim().to_owned(), world);
        return Vec::new();
    }
    match line.filter(world) {
        Ok(filter) => find::set(model, filter, world),
        Err(problem) => {
            line.problem = Some(problem);
            model.overlays.push(Overlay::Line(line));
        }
    }
    Vec::new()
}

fn close(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let Some(line) = pop(model) else { return Vec::new() };
    match line.purpose {
        Purpose::Filter | Purpose::Search => find::set(model, line.before, world),
        Purpose::Words => find::set_words(model, line.words_before, world),
        Purpose::ImportPath => {}
    }
    Vec::new()
}

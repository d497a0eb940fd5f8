//! Keys in the filter and search line, and in the line that asks for a document.

use crate::app::command::{self, Command, Footer};
use crate::app::commands::everywhere;
use crate::app::commands::walk::finding;
use crate::app::message::{Effect, World};
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::overlay::line::{InputLine, Purpose};
use crate::app::scope::Scope;

const ROW: Command = Command { scopes: &[Scope::Line], ..command::ROW };

pub const COMMANDS: &[Command] = &[
    Command {
        name: "line.take",
        keys: &["Enter"],
        label: "done",
        help: "Apply the filter, or read the document.",
        footer: Footer::Rank(0),
        run: take,
        ..ROW
    },
    Command {
        name: "line.complete",
        keys: &["Tab"],
        label: "complete",
        help: "Complete the path of a document from what its folder holds.",
        footer: Footer::Rank(1),
        why_not: no_path,
        run: complete,
        ..ROW
    },
    Command {
        name: "line.close",
        keys: &["Esc", "Ctrl-C"],
        label: "back",
        help: "Close and restore the previous filter.",
        footer: Footer::Rank(1),
        run: close,
        ..ROW
    },
];

fn no_path(model: &Model, _: World<'_>) -> Option<String> {
    match model.under_help() {
        Some(Overlay::Line(line)) if line.purpose == Purpose::ImportPath => None,
        Some(_) | None => Some("Only the path of a document can be completed".into()),
    }
}

fn complete(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    if let Some(Overlay::Line(line)) = model.overlays.last_mut() {
        line.complete(world);
    }
    Vec::new()
}

/// Shows what the text in the line would find, as far as it can be understood.
pub fn preview(model: &mut Model, world: World<'_>) {
    let Some(Overlay::Line(line)) = model.overlays.last_mut() else { return };
    line.look(world);
    if line.purpose == Purpose::Words {
        let words = line.editor.text().to_owned();
        return finding::set_words(model, words, world);
    }
    let understood = line.filter(world);
    line.problem = understood.as_ref().err().cloned();
    if let Ok(filter) = understood {
        finding::set(model, filter, world);
    }
}

fn pop(model: &mut Model) -> Option<InputLine> {
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
        if path.ends_with(['/', '\\']) && line.paths.is_found() {
            model.overlays.push(Overlay::Line(line));
            let key = model.keymap.key_of("line.complete");
            model.say(format!("That is a folder; type the name of a document in it, which {key} completes"));
            return Vec::new();
        }
        return if path.is_empty() { Vec::new() } else { everywhere::read(model, path) };
    }
    if line.purpose == Purpose::Words {
        finding::set_words(model, line.editor.text().trim().to_owned(), world);
        return Vec::new();
    }
    match line.filter(world) {
        Ok(filter) => finding::set(model, filter, world),
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
        Purpose::Filter | Purpose::Search => finding::set(model, line.before, world),
        Purpose::Words => finding::set_words(model, line.words_before, world),
        Purpose::ImportPath => {}
    }
    Vec::new()
}

//! Copying to the clipboard, and giving the mouse to the terminal so that text can be selected with it.

use crate::app::command::{self, Command};
use crate::app::message::{Effect, Mouse, World};
use crate::app::model::Model;
use crate::app::scope::Scope;
use crate::domain::{date_words, describe};
use crate::report::lines;

/// The most that is copied, in bytes: terminals ignore a longer text without saying so.
const MOST: usize = 50_000;

/// The width of a copied report's lines.
const COLS: usize = 100;

pub const COMMANDS: &[Command] = &[
    Command {
        name: "copy",
        keys: &["Y"],
        scopes: &[Scope::Walk, Scope::Paper, Scope::History],
        label: "copy",
        help: "Copy the action to the clipboard as one sentence; in the history the change, in a report all of it.",
        also: "clipboard paste",
        why_not: nothing_to_copy,
        run: copy,
        ..command::ROW
    },
    Command {
        name: "mouse",
        keys: &["F8"],
        scopes: &[Scope::Always],
        label: "mouse",
        help: "Release the mouse so that you can select text with it; press again to give it back.",
        run: switch_mouse,
        ..command::ROW
    },
];

/// What there is to copy, and what it is called.
fn copied(model: &Model, world: World<'_>) -> Option<(String, String)> {
    if let Some(paper) = model.screen.paper() {
        let lines: Vec<String> = lines::of(&paper.document, COLS).iter().map(lines::Line::text).collect();
        let text = format!("{}\n\n{}\n", paper.document.marking, lines.join("\n"));
        return Some((text.trim_start().to_owned(), "the report".into()));
    }
    if let Some(history) = model.screen.history() {
        let entry = history.current()?;
        let day = date_words::day(entry.at.date_naive());
        return Some((format!("{day}, {}: {}", entry.author, entry.line.sentence), "the change".into()));
    }
    let action = super::current(model, world)?;
    let sentence = describe::sentence::action(world.register, action, world.today());
    Some((sentence, world.register.reference(action)))
}

fn nothing_to_copy(model: &Model, world: World<'_>) -> Option<String> {
    match copied(model, world) {
        None => Some("There is nothing to copy here".into()),
        Some((text, what)) if text.len() > MOST => {
            let key = model.keymap.key_of("paper.write");
            Some(format!("Not copied: {what} is too long for a terminal's clipboard; {key} saves it to a file"))
        }
        Some(_) => None,
    }
}

fn copy(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let Some((text, what)) = copied(model, world) else { return Vec::new() };
    model.say(format!("Copied {what} to the clipboard"));
    vec![Effect::Copy(text)]
}

fn switch_mouse(model: &mut Model, _: World<'_>) -> Vec<Effect> {
    model.mouse = model.mouse.other();
    let key = model.keymap.key_of("mouse");
    model.say(match model.mouse {
        Mouse::OfTerminal => format!("The mouse now selects text; {key} gives it back to the program"),
        Mouse::OfProgram => "The mouse works in the program again".into(),
    });
    vec![Effect::Mouse(model.mouse)]
}

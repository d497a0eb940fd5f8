//! Commands on every screen: help, palette, colours, quit.

use super::{cannot_write, review};
use crate::app::command::{self, Command, Footer};
use crate::app::keymap::Binding;
use crate::app::message::{Effect, World};
use crate::app::model::{Curtain, Model, ThemeChoice};
use crate::app::overlay::Overlay;
use crate::app::overlay::choice::{Choice, ChoiceOption, Chosen};
use crate::app::overlay::help::Help;
use crate::app::overlay::line::{InputLine, Purpose};
use crate::app::overlay::paths::separator;
use crate::app::overlay::reading::Reading;
use crate::app::scope::Scope;
use crate::app::screen::review::Review;
use crate::domain::filter::Filter;

const ROW: Command = Command { scopes: &[Scope::Everywhere], ..command::ROW };

pub const COMMANDS: &[Command] = &[
    Command {
        name: "undo",
        keys: &["u"],
        label: "undo",
        help: "Undo your last change, then the one before it.",
        also: "take back mistake",
        why_not: cannot_take_back,
        run: undo,
        ..ROW
    },
    Command {
        name: "redo",
        keys: &["Ctrl-R"],
        label: "redo",
        help: "Redo what was undone.",
        why_not: cannot_take_back,
        run: redo,
        ..ROW
    },
    Command {
        name: "help",
        keys: &["?", "F1"],
        label: "help",
        help: "Show every key that works here, and why others do not.",
        also: "keys shortcuts manual how",
        footer: Footer::Rank(0),
        run: |model, _| {
            model.overlays.push(Overlay::Help(Help::default()));
            Vec::new()
        },
        ..ROW
    },
    Command {
        name: "palette",
        keys: &[":"],
        label: "commands",
        help: "Find any command by a few letters of its name.",
        run: palette,
        ..ROW
    },
    Command {
        name: "import",
        keys: &["I"],
        label: "import",
        help: "Import an action plan from a document into this register.",
        also: "open load read word excel pdf merge bundle return",
        why_not: cannot_write,
        run: open_import,
        ..ROW
    },
    Command {
        name: "theme",
        keys: &["T"],
        label: "colours",
        help: "Switch the colours: dark, light, colour-safe, sixteen colours, none.",
        also: "dark light contrast",
        run: next_theme,
        ..ROW
    },
    Command {
        name: "blank",
        keys: &["B"],
        label: "blank",
        help: "Blank the screen until a key is pressed.",
        also: "hide black projector privacy",
        run: blank,
        ..ROW
    },
    Command {
        name: "blank.while-typing",
        keys: &["F9"],
        scopes: &[Scope::Always],
        label: "blank",
        help: "Blank the screen, even while you type, until a key is pressed.",
        run: blank,
        ..ROW
    },
    Command {
        name: "redraw",
        keys: &["Ctrl-L"],
        label: "redraw",
        help: "Redraw the screen.",
        run: |_, _| vec![Effect::Redraw],
        ..ROW
    },
    Command {
        name: "suspend",
        keys: &["Ctrl-Z"],
        label: "pause",
        help: "Suspend the program and return to the shell; fg resumes it.",
        run: |_, _| vec![Effect::Suspend],
        ..ROW
    },
    Command {
        name: "quit",
        keys: &["q", "Ctrl-C"],
        label: "quit",
        help: "Quit; everything is already saved, and you are asked first if a document under review has corrections.",
        also: "exit leave close stop",
        run: quit,
        ..ROW
    },
];

/// In a review this undoes corrections, which write nothing.
fn cannot_take_back(model: &Model, world: World<'_>) -> Option<String> {
    if model.screen.review().is_some() { None } else { cannot_write(model, world) }
}

fn undo(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let Some(review) = model.screen.review_mut() else { return vec![Effect::Undo] };
    let said = if review.undo(world) { "Undone" } else { "Nothing has been corrected yet" };
    model.say(said);
    Vec::new()
}

fn redo(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let Some(review) = model.screen.review_mut() else { return vec![Effect::Redo] };
    let said = if review.redo(world) { "Redone" } else { "Nothing has been undone" };
    model.say(said);
    Vec::new()
}

/// Corrections to a document not yet imported would be lost by quitting, so this asks first, as Esc does.
fn quit(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let corrections = model.screen.review().map_or(0, Review::corrections);
    if corrections > 0 { review::close(model, world) } else { vec![Effect::Quit] }
}

/// Reads a document for review.
pub fn read(model: &mut Model, path: String) -> Vec<Effect> {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(&path).trim_matches(['"', '\'']).to_owned();
    model.overlays.push(Overlay::Reading(Reading::new(name)));
    vec![Effect::Read { path, columns: Vec::new() }]
}

/// Asks for the path of a document.
pub fn open_import(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    if model.screen.review().map_or(0, Review::corrections) > 0 {
        model.say("Import this document, or close it with Esc, before opening another");
        return Vec::new();
    }
    // A copy that waits is the most likely file.
    let waiting = model.standing.waiting.as_ref().map(|waiting| waiting.path.clone()).unwrap_or_default();
    let folder = model.papers.trim_end_matches(['/', '\\']);
    let mut line = match (waiting.is_empty(), folder.is_empty()) {
        (true, false) => InputLine::for_path(&format!("{folder}{}", separator(folder))),
        (true, true) | (false, _) => InputLine::new(Purpose::ImportPath, waiting, Filter::default()),
    };
    line.look(world);
    model.overlays.push(Overlay::Line(line));
    Vec::new()
}

fn blank(model: &mut Model, _: World<'_>) -> Vec<Effect> {
    model.curtain = Curtain::Drawn;
    Vec::new()
}

fn palette(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let keymap = &model.keymap;
    let here = model.screen.scopes();
    let is_here = |binding: &&Binding| binding.command.scopes.iter().any(|scope| here.contains(scope));
    let bindings = keymap.all().iter().filter(is_here).filter(|binding| binding.command.name != "palette");
    let items = bindings.map(|binding| {
        let Command { name, help, also, .. } = *binding.command;
        let (label, rest) = help.split_once(". ").unwrap_or((help, ""));
        ChoiceOption {
            also: [also, name, rest].join(" "),
            note: binding.key_names(),
            why_not: binding.command.unavailable(model, world),
            ..ChoiceOption::new(label.trim_end_matches('.'), Chosen::Command(name))
        }
    });
    let items = items.collect();
    model.overlays.push(Overlay::Choice(Choice::new("What do you want to do?", items).of("command")));
    Vec::new()
}

fn next_theme(model: &mut Model, _: World<'_>) -> Vec<Effect> {
    let (next, name) = match model.theme {
        ThemeChoice::Dark => (ThemeChoice::Light, "light"),
        ThemeChoice::Light => (ThemeChoice::Safe, "colour-safe"),
        ThemeChoice::Safe => (ThemeChoice::Sixteen, "sixteen colours"),
        ThemeChoice::Sixteen => (ThemeChoice::Plain, "no colour"),
        ThemeChoice::Plain => (ThemeChoice::Dark, "dark"),
    };
    model.theme = next;
    model.say(format!("Colours: {name}"));
    Vec::new()
}

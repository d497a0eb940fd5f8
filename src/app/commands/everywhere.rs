//! What works on every screen: help, palette, colours, leaving.

use crate::app::command::{self, Command, Place, Scope, always};
use crate::app::keymap;
use crate::app::model::{Curtain, Effect, Model, ThemeChoice, World};
use crate::app::overlay::Overlay;
use crate::app::overlay::choice::{Choice, Chosen, Item};
use crate::app::overlay::help::Help;
use crate::app::overlay::line::{Line, Purpose};
use crate::app::overlay::reading::Reading;
use crate::app::screen::Screen;
use crate::domain::filter::Filter;

use super::cannot_write;

pub const COMMANDS: &[Command] = &[
    Command {
        name: "help",
        keys: &["?", "F1"],
        scope: Scope::Everywhere,
        label: "help",
        help: "Shows every key that works here, and why the others do not.",
        place: Place::Footer(0),
        why_not: always,
        run: |model, _| {
            model.overlays.push(Overlay::Help(Help::default()));
            Vec::new()
        },
    },
    Command {
        name: "palette",
        keys: &[":"],
        scope: Scope::Everywhere,
        label: "commands",
        help: "Finds any command by a few letters of its name.",
        place: Place::HelpOnly,
        why_not: always,
        run: palette,
    },
    Command {
        name: "import",
        keys: &["I"],
        scope: Scope::Everywhere,
        label: "import",
        help: "Reads an action plan from a document into this register.",
        place: Place::HelpOnly,
        why_not: |model, _| cannot_write(model),
        run: open_import,
    },
    Command {
        name: "theme",
        keys: &["T"],
        scope: Scope::Everywhere,
        label: "colours",
        help: "Changes the colours: dark, light, colour-safe, sixteen colours, none.",
        place: Place::HelpOnly,
        why_not: always,
        run: next_theme,
    },
    Command {
        name: "blank",
        keys: &["B"],
        scope: Scope::Everywhere,
        label: "blank",
        help: "Blanks the screen until a key is pressed; F9 does so while you type.",
        place: Place::HelpOnly,
        why_not: always,
        run: blank,
    },
    Command {
        name: "blank.while-typing",
        keys: &["F9"],
        scope: Scope::Always,
        label: "blank",
        help: "Blanks the screen until a key is pressed, which does nothing else.",
        place: Place::HelpOnly,
        why_not: always,
        run: blank,
    },
    Command {
        name: "redraw",
        keys: &["Ctrl-L"],
        scope: Scope::Everywhere,
        label: "redraw",
        help: "Draws the whole screen anew.",
        place: Place::HelpOnly,
        why_not: always,
        run: |_, _| vec![Effect::Redraw],
    },
    Command {
        name: "suspend",
        keys: &["Ctrl-Z"],
        scope: Scope::Everywhere,
        label: "pause",
        help: "Pauses the program and goes to the shell; fg comes back.",
        place: Place::HelpOnly,
        why_not: always,
        run: |_, _| vec![Effect::Suspend],
    },
    Command {
        name: "quit",
        keys: &["q", "Ctrl-C"],
        scope: Scope::Everywhere,
        label: "quit",
        help: "Leaves; everything is already saved, but a document under review is asked about.",
        place: Place::HelpOnly,
        why_not: always,
        run: quit,
    },
];

/// Corrections of a document that was not taken in are lost by leaving, so they are asked about first, as Esc does.
fn quit(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    match &model.screen {
        Screen::Review(review) if review.corrections() > 0 => super::review::close(model, world),
        Screen::Review(_)
        | Screen::Walk(_)
        | Screen::Plans(_)
        | Screen::Welcome(_)
        | Screen::Paper(_)
        | Screen::History(_) => vec![Effect::Quit],
    }
}

/// Has a document read, to review it.
pub fn read(model: &mut Model, path: String) -> Vec<Effect> {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(&path).trim_matches(['"', '\'']).to_owned();
    model.overlays.push(Overlay::Reading(Reading::new(name)));
    vec![Effect::Read { path, columns: Vec::new() }]
}

/// Asks for the path of a document.
pub fn open_import(model: &mut Model, _: World<'_>) -> Vec<Effect> {
    if let Screen::Review(review) = &model.screen
        && review.corrections() > 0
    {
        model.say("Take this document in, or leave it with Esc, before reading another");
        return Vec::new();
    }
    model.overlays.push(Overlay::Line(Line::new(Purpose::ImportPath, String::new(), Filter::default())));
    Vec::new()
}

fn blank(model: &mut Model, _: World<'_>) -> Vec<Effect> {
    model.curtain = Curtain::Drawn;
    Vec::new()
}

fn palette(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let here = keymap::on_screen(model);
    let commands = command::all().filter(|command| here.contains(&command.scope) && command.name != "palette");
    let items = commands.map(|command| Item {
        label: format!("{}: {}", command.name, command.help.trim_end_matches('.')),
        also: String::new(),
        note: command.key_names(),
        why_not: (command.why_not)(model, world),
        chosen: Chosen::Command(command.name),
    });
    let items = items.collect();
    model.overlays.push(Overlay::Choice(Choice::new("Do what?", items)));
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

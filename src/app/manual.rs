//! The list of keys, for the help screen, `docs/KEYS.md` and `arising keys`: taken from the current keys, so it cannot
//! be wrong.

use std::fmt::Write as _;

use super::keymap::{Binding, Keymap};
use super::message::World;
use super::model::Model;
use super::overlay::Overlay;
use super::scope::Scope;
use super::screen::Screen;

/// How to choose other keys.
const OWN_KEYS: &str = "## Your own keys\n\n\
    Write a text file `keys.toml` in the data folder (`ARISING_DATA`, or the platform's folder, see the README), one row \
    a command, with one key or several:\n\n\
    ```toml\n\"action.progress\" = \"P\"\n\"find.words\" = [\"/\", \"F5\"]\n\"theme\" = []\n```\n\n\
    A row replaces the command's keys; `[]` leaves it to the palette. Footer, help and palette show the new keys. \
    A key runs one command in one place, so to give a key away, give its command another one in the same file. \
    These keys are fixed: Esc, Enter, Tab, Shift-Tab, Backspace, the arrows, Home, End, PgUp, PgDn, F1 and Ctrl-C. \
    They always do what they do here, so that no file can lock you out. \
    Where you type (forms, lists, the filter line) only keys that type nothing can be chosen, like Ctrl-T, Alt-N or F5. \
    If a row is mistaken, the program says so as it opens, with the line, and the built-in keys apply; `arising keys` \
    lists every mistake.\n";

/// One line of help.
pub struct HelpLine<'a> {
    pub binding: &'a Binding,
    /// Why it is unavailable now.
    pub why_not: Option<String>,
}

/// Running a meeting, step by step.
const MEETING: [(&[&str], &str); 10] = [
    (&["meeting.open"], "Start the meeting: who meets, who is here, what is on the agenda."),
    (&["walk.next"], "Go to the next item not yet discussed."),
    (&["rate.red", "rate.amber", "rate.green", "rate.blue"], "Rate it."),
    (&["action.progress", "action.target", "action.close"], "Add progress, move the target date, close it."),
    (&["meeting.decide", "meeting.carry", "meeting.as-read"], "Minute a decision, carry it forward, take it as read."),
    (&["meeting.discuss"], "Mark it as discussed, if there is nothing else to record."),
    (&["action.add"], "Add an action, or a matter or a decision that is about none."),
    (&["undo"], "Take back the last change."),
    (&["meeting.open"], "See the agenda, who is here and the minutes so far; at the end, end the meeting."),
    (&["report"], "Afterwards: the minutes to send, and the actions of each agency."),
];

/// How a meeting is run: the keys of each step, and what they do. Empty in an agency's copy, where none can be.
pub fn meeting(model: &Model, world: World<'_>) -> Vec<(String, &'static str)> {
    let keys = |names: &[&str]| names.iter().map(|name| model.keymap.key_of(name)).collect::<Vec<_>>().join(" ");
    let is_typing = model.under_help().is_some();
    let is_where_they_begin = !is_typing && matches!(model.screen, Screen::Walk(_) | Screen::Plans(_));
    let steps = MEETING.iter().filter(|_| is_where_they_begin && world.register.copy.0.is_none());
    steps.map(|(names, words)| (keys(names), *words)).collect()
}

/// The commands of the screen under the help, or of what is typed in over it, grouped by scope.
pub fn help<'a>(model: &'a Model, world: World<'_>) -> Vec<(Scope, Vec<HelpLine<'a>>)> {
    let line = |binding: &'a Binding| HelpLine { binding, why_not: binding.command.unavailable(model, world) };
    let group = |scope: &Scope| (*scope, model.keymap.in_scope(*scope).map(line).collect());
    let scopes = model.under_help().map_or_else(|| model.screen.scopes(), Overlay::scopes);
    scopes.iter().map(group).collect()
}

/// All keys as a Markdown document.
pub fn markdown(keymap: &Keymap) -> String {
    let palette = keymap.key_of("palette");
    let mut text = format!(
        "# Keys

Written by the program from its command table (`arising keys --markdown`); a test compares the two.
\
         The name is what the palette (`{palette}`) finds, and what `keys.toml` calls the command.

{OWN_KEYS}"
    );
    for scope in Scope::ALL {
        text.push_str(&section(keymap, scope));
    }
    text
}

fn section(keymap: &Keymap, scope: Scope) -> String {
    let mut text = format!("\n## {}\n\n| key | what it does | name |\n|---|---|---|\n", scope.title());
    for Binding { command, keys } in keymap.in_scope(scope) {
        let keys: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
        // Writing to a string cannot fail.
        writeln!(text, "| {} | {} | `{}` |", keys.join(" "), command.help, command.name).ok();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::table;

    #[test]
    fn every_command_is_in_it() {
        let text = markdown(&table::keymap());
        for command in table::all() {
            assert!(text.contains(&format!("`{}`", command.name)), "{} is missing", command.name);
        }
    }
}

//! What a command is: a row of the table that keys, footer, help, palette, documentation and tests all read.

use super::message::{Effect, World};
use super::model::Model;
use super::scope::Scope;
use crate::domain::agency_copy::AgencyCopy;

/// Whether the footer shows a command, and with what priority: lower ranks stay longest as the window narrows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Footer {
    /// Wherever its keys work.
    Rank(u8),
    /// The same, with another priority while a meeting is open.
    Meeting {
        open: u8,
        otherwise: u8,
    },
    /// Only in this scope.
    In(Scope, u8),
    Hidden,
}

impl Footer {
    /// Its rank in the footer of a scope, if it is shown there.
    pub fn rank(self, scope: Scope, in_meeting: bool) -> Option<u8> {
        match self {
            Footer::Meeting { open, otherwise } => Some(if in_meeting { open } else { otherwise }),
            Footer::Rank(rank) => Some(rank),
            Footer::In(own, rank) => (own == scope).then_some(rank),
            Footer::Hidden => None,
        }
    }
}

/// Who can do it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    Anyone,
    /// Only the board: not in an agency copy.
    Board,
}

/// One thing that the program can do.
pub struct Command {
    /// `rate.red`: its name in the palette, the configuration and the documentation.
    pub name: &'static str,
    /// The built-in keys, as spelled by [`super::key::Key`].
    pub keys: &'static [&'static str],
    pub scopes: &'static [Scope],
    /// The label in the footer. Neighbours with the same label share one entry.
    pub label: &'static str,
    /// The label now, where what it does depends on what is on the screen.
    pub label_now: fn(&Model, World<'_>) -> Option<&'static str>,
    /// One sentence, in the imperative.
    pub help: &'static str,
    /// Other words that people look for it by.
    pub also: &'static str,
    pub footer: Footer,
    pub whose: Whose,
    /// Why it is unavailable now, if it is.
    pub why_not: fn(&Model, World<'_>) -> Option<String>,
    pub run: fn(&mut Model, World<'_>) -> Vec<Effect>,
}

/// The defaults of a row: always available, and not in the footer.
pub const ROW: Command = Command {
    name: "",
    keys: &[],
    scopes: &[],
    label: "",
    label_now: |_, _| None,
    help: "",
    also: "",
    footer: Footer::Hidden,
    whose: Whose::Anyone,
    why_not: |_, _| None,
    run: |_, _| Vec::new(),
};

impl Command {
    /// Runs it, or says why it is unavailable now.
    pub fn press(&self, model: &mut Model, world: World<'_>) -> Vec<Effect> {
        match self.unavailable(model, world) {
            None => (self.run)(model, world),
            Some(reason) => {
                model.say(reason);
                Vec::new()
            }
        }
    }

    /// Why it is unavailable now, if it is.
    pub fn unavailable(&self, model: &Model, world: World<'_>) -> Option<String> {
        let copy = world.register.copy.0.as_ref().filter(|_| self.whose == Whose::Board);
        let refused = |copy: &AgencyCopy| format!("This is the agency copy for {}: the board does that", copy.name);
        copy.map(refused).or_else(|| (self.why_not)(model, world))
    }
}

impl PartialEq for Command {
    fn eq(&self, other: &Command) -> bool {
        self.name == other.name
    }
}

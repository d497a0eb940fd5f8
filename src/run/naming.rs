//! Under which name changes are recorded: the computer's, or the one that the user gives before the first change.

use super::stage::Stage;
use crate::app::{Effect, Msg};
use crate::env::Env;
use crate::files::a_name;
use crate::writing;

impl Stage {
    /// The time and the author of what comes next.
    pub fn set_env(&mut self, env: Env) {
        let author = self.name.clone().unwrap_or(env.author);
        self.env = Env { author, ..env };
    }

    /// Whether it changes the register of someone whose name is not known. What is only tried out needs none.
    pub(super) fn must_be_named(&self, effect: &Effect) -> bool {
        let changes = matches!(
            effect,
            Effect::Write { .. }
                | Effect::Undo
                | Effect::Redo
                | Effect::Import(_)
                | Effect::Chase(_)
                | Effect::Merge { .. }
                | Effect::Erase { .. }
                | Effect::Decline { .. }
        );
        changes && !self.env.is_named() && self.taught.is_some() && self.seat.is_kept()
    }

    pub(super) fn keep_name(&mut self, name: &str) -> Msg {
        let Some(name) = a_name(name) else { return Msg::AskName };
        let kept = self.taught.as_deref().map_or(Ok(()), |folder| writing::own_name(folder, &name));
        self.env.author.clone_from(&name);
        self.name = Some(name.clone());
        match kept {
            Ok(()) => Msg::Named(name),
            Err(problem) => Msg::Failed(problem),
        }
    }
}

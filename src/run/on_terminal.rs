//! What an effect asks of the terminal: to stop for the shell, the clipboard, the mouse.

use super::Session;
use crate::app::{Effect, Msg, message};
use crate::problem::Problem;
use crate::term::Mouse;

impl Session<'_> {
    pub(super) fn on_terminal(&mut self, effect: &Effect) {
        match effect {
            Effect::Suspend => {
                if let Err(problem) = self.term.suspend() {
                    self.stage.send(Msg::Failed(problem));
                }
            }
            Effect::Copy(text) => {
                if let Err(error) = self.term.copy(text) {
                    self.stage.send(Msg::Failed(Problem::new("Not copied", error.to_string(), "")));
                }
            }
            Effect::Mouse(mouse) => drop(self.term.mouse(match mouse {
                message::Mouse::OfProgram => Mouse::On,
                message::Mouse::OfTerminal => Mouse::Off,
            })),
            // A failure to redraw now is noticed at the next draw.
            Effect::Redraw => drop(self.term.forget_screen()),
            Effect::OpenDemo => {
                self.is_looked_after = false;
                self.look_after();
            }
            Effect::Write { .. }
            | Effect::Undo
            | Effect::Redo
            | Effect::KeepDraft { .. }
            | Effect::ForgetDraft { .. }
            | Effect::Read { .. }
            | Effect::StopReading
            | Effect::Show(_)
            | Effect::Export(_)
            | Effect::Chase(_)
            | Effect::Open(_)
            | Effect::Import(_)
            | Effect::Tell(_)
            | Effect::ShowPast(_)
            | Effect::ReturnToPresent
            | Effect::Unseal { .. }
            | Effect::Merge { .. }
            | Effect::Erase { .. }
            | Effect::AskConflicts(_)
            | Effect::AskProposer { .. }
            | Effect::AskUpdates
            | Effect::Decline { .. }
            | Effect::Name(_)
            | Effect::GoOn
            | Effect::Sync
            | Effect::CreateEmpty
            | Effect::Quit => {}
        }
    }
}

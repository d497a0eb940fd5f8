//! Prints the keys from the same table that the screen uses.

use super::Answer;
use super::args::Keys as Args;
use super::context::Context;
use crate::app::manual;
use crate::app::scope::Scope;
use crate::keys::Keys;
use crate::problem::Problem;
use crate::store::Places;

pub fn print(context: &Context, args: &Args) -> Answer {
    let Keys { keymap, problems } = Keys::load(Places::of_this_machine().data.as_deref());
    let notes = problems.iter().map(Problem::to_string).collect();
    if args.markdown {
        return Answer { text: manual::markdown(&keymap), notes, ..Answer::default() };
    }
    let mut page = context.page();
    for scope in Scope::ALL {
        page.line(scope.title());
        for binding in keymap.in_scope(scope) {
            page.line(&format!("  {:<18} {}", binding.key_names(), binding.command.help));
        }
        page.blank();
    }
    Answer { text: page.finish(), notes, ..Answer::default() }
}

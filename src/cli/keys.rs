//! Prints the keys from the same table that the screen uses.

use super::args::Keys;
use super::context::Context;
use crate::app::command::Scope;
use crate::app::manual;

pub fn print(context: &Context, args: &Keys) -> String {
    if args.markdown {
        return manual::markdown();
    }
    let mut page = context.page();
    for scope in Scope::ALL {
        page.line(scope.title());
        for command in manual::commands(scope) {
            page.line(&format!("  {:<18} {}", command.key_names(), command.help));
        }
        page.blank();
    }
    page.finish()
}

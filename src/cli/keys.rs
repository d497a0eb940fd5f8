//! Prints the keys from the same table that the screen uses.

use super::args::Keys;
use super::context::Context;
use crate::app::scope::Scope;
use crate::app::{manual, table};

pub fn print(context: &Context, args: &Keys) -> String {
    let keymap = table::keymap();
    if args.markdown {
        return manual::markdown(&keymap);
    }
    let mut page = context.page();
    for scope in Scope::ALL {
        page.line(scope.title());
        for binding in keymap.in_scope(scope) {
            page.line(&format!("  {:<18} {}", binding.key_names(), binding.command.help));
        }
        page.blank();
    }
    page.finish()
}

//! Prints the keys of the screen, from the same table that the screen itself uses.

use super::args::Keys;
use super::context::Context;
use crate::app::command::Scope;
use crate::app::manual;
use crate::problem::Problem;

pub fn print(context: &Context, args: &Keys) -> Result<String, Problem> {
    if args.markdown {
        return Ok(manual::markdown());
    }
    let mut page = context.page();
    for scope in Scope::ALL {
        page.line(scope.title());
        for command in manual::commands(scope) {
            page.line(&format!("  {:<18} {}", command.key_names(), command.help));
        }
        page.line("");
    }
    Ok(page.finish())
}

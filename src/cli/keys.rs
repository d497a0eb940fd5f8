//! Prints the keys of the screen, from the same table that the screen itself uses.

use super::context::Context;
use crate::problem::Problem;

pub fn print(context: &Context) -> Result<String, Problem> {
    let mut page = context.page();
    page.line("? on the screen shows every key, and why a key does nothing at the moment.");
    Ok(page.finish())
}

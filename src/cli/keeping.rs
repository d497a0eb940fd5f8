//! `init`, `check`, `backup`, `restore`: the care of the file.

use super::Answer;
use super::args::{Backup, Format, Restore};
use super::context::Context;
use crate::desk::Desk;
use crate::problem::Problem;

pub fn init(context: &Context) -> Result<String, Problem> {
    if context.register.exists() {
        let why = format!("there is already a file {}", context.register.display());
        return Err(Problem::new("No register was made", why, "Name another with --register FILE."));
    }
    Desk::create(&context.register)?;
    let mut page = context.page();
    page.line(&format!("An empty register is at {}", context.register.display()));
    Ok(page.finish())
}

pub fn check(_context: &Context, _format: &Format) -> Result<Answer, Problem> {
    Err(Problem::new("Not checked", "", ""))
}

pub fn backup(_context: &Context, _args: &Backup) -> Result<String, Problem> {
    Err(Problem::new("No backup", "", ""))
}

pub fn restore(_context: &Context, _args: &Restore) -> Result<String, Problem> {
    Err(Problem::new("Not restored", "", ""))
}

//! `init`, `backup` and `move-home`: a new register, copies of it, and another place for it.

use std::path::Path;

use super::context::Context;
use super::keeping_args::Backup;
use super::keeping_args::Init;
use crate::desk::Desk;
use crate::files::absolute;
use crate::problem::Problem;
use crate::store::{self, Access, Places};

pub fn init(context: &Context, args: &Init) -> Result<String, Problem> {
    let path = context.register()?;
    if path.exists() {
        let why = format!("{} already exists", path.display());
        return Err(Problem::new("No register was created", why, "Name another file with --register FILE."));
    }
    if args.anew {
        Desk::create_anew(path)?
    } else {
        Desk::create(path)?
    };
    let mut page = context.page();
    page.line(&format!("Created an empty register at {}", path.display()));
    Ok(page.finish())
}

pub fn backup(context: &Context, args: &Backup) -> Result<String, Problem> {
    context.only_now()?;
    let mut desk = context.desk(Access::ReadOnly)?;
    let written = match &args.output {
        Some(path) => {
            desk.store().backup_to(path)?;
            path.clone()
        }
        None => desk.back_up(&context.clock.env())?,
    };
    let mut page = context.page();
    page.line(&format!("Copy saved to {}", written.display()));
    Ok(page.finish())
}

pub fn move_home(context: &Context) -> Result<String, Problem> {
    context.only_now()?;
    let (from, to) = (context.register()?, context.home()?);
    if is_one_file(from, &to) {
        let why = format!("the register is already at {}", to.display());
        return Err(Problem::new("Nothing was moved", why, "To move another: arising --register FILE move-home."));
    }
    let moved = store::move_to(from, &to, &context.clock.env().now, &Places::of_this_machine())?;
    let mut page = context.page();
    page.line(&format!("Moved from {} to {}", from.display(), to.display()));
    page.line(&format!("The old file is kept as {}", moved.kept.display()));
    Ok(page.finish())
}

fn is_one_file(one: &Path, other: &Path) -> bool {
    absolute(one).ok().is_some_and(|one| absolute(other).is_ok_and(|other| one == other))
}

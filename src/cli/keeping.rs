//! `init` and `backup`: a new register, and copies of it.

use super::context::Context;
use super::keeping_args::Backup;
use super::keeping_args::Init;
use crate::desk::Desk;
use crate::problem::Problem;
use crate::store::Access;

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
    let desk = context.desk(Access::ReadOnly)?;
    let written = match &args.to {
        Some(path) => {
            desk.store().backup_to(path)?;
            path.clone()
        }
        None => desk.store().backup(&context.clock.env().now)?,
    };
    let mut page = context.page();
    page.line(&format!("Copy saved to {}", written.display()));
    Ok(page.finish())
}

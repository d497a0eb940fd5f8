//! `init`, `backup` and `restore`: looking after the file.

use std::path::{Path, PathBuf};

use super::args::{Backup, Restore};
use super::context::Context;
use super::keeping_args::Init;
use super::page::{Cell, Column};
use crate::desk::Desk;
use crate::problem::Problem;
use crate::store::{self, Access, BackupFile, Other, Places};

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

pub fn restore(context: &Context, args: &Restore) -> Result<String, Problem> {
    context.only_now()?;
    let backups = store::backups(context.register()?, &Places::of_this_machine());
    match &args.backup {
        None => Ok(listed(context, &backups)),
        Some(wanted) => {
            let other = if args.force { Other::Replace } else { Other::Refuse };
            bring_back(context, &named(wanted, &backups)?, other)
        }
    }
}

fn listed(context: &Context, backups: &[BackupFile]) -> String {
    let mut page = context.page();
    if backups.is_empty() {
        page.line("No backups yet; one is made each day before the first change.");
        return page.finish();
    }
    let row = |backup: &BackupFile| {
        let made = backup.made.format("%Y-%m-%d %H:%M").to_string();
        vec![Cell::new(made), Cell::new(format!("{} changes", backup.changes)), Cell::new(file_name(&backup.path))]
    };
    page.table(&[Column::Fit(16), Column::Fit(16), Column::Rest], &backups.iter().map(row).collect::<Vec<_>>());
    page.line("Restore one with `arising restore NAME`; the present register is kept beside it.");
    page.finish()
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// A backup by its path, or by its name among the register's backups.
fn named(wanted: &Path, backups: &[BackupFile]) -> Result<PathBuf, Problem> {
    if wanted.exists() {
        return Ok(wanted.to_owned());
    }
    let own = backups.iter().find(|backup| backup.path.file_name() == Some(wanted.as_os_str()));
    own.map(|backup| backup.path.clone()).ok_or_else(|| {
        let why = format!("there is no backup {}", wanted.display());
        Problem::new("Nothing was restored", why, "`arising restore` lists the backups.")
    })
}

fn bring_back(context: &Context, backup: &Path, other: Other) -> Result<String, Problem> {
    let (to, places) = (context.register()?, Places::of_this_machine());
    let restored = store::restore(backup, to, &context.clock.env().now, other, &places)?;
    let mut page = context.page();
    page.line(&format!("Restored {}, {} changes.", file_name(backup), restored.changes));
    if let Some(kept) = restored.kept {
        page.line(&format!("The previous register is kept at {}", kept.display()));
    }
    Ok(page.finish())
}

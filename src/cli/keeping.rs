//! `init`, `backup` and `restore`: looking after the file.

use std::path::{Path, PathBuf};

use super::args::{Backup, Restore};
use super::context::Context;
use super::keeping_args::Init;
use super::page::{Cell, Column};
use crate::desk::Desk;
use crate::domain::date_words;
use crate::problem::Problem;
use crate::store::{self, Access, BackupFile, Compared, Other, Places};

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
            let all = [backups, store::put_aside(context.register()?)].concat();
            let backup = named(wanted, &all)?;
            if !args.anyway {
                keep_what_is_new(context.register()?, &backup)?;
            }
            bring_back(context, &backup, other)
        }
    }
}

fn listed(context: &Context, backups: &[BackupFile]) -> String {
    let mut page = context.page();
    let aside = context.register().map(store::put_aside).unwrap_or_default();
    if backups.is_empty() && aside.is_empty() {
        page.line("No backups yet; one is made each day before the first change.");
        return page.finish();
    }
    let row = |backup: &BackupFile, what: &str| {
        let made = backup.made.format("%Y-%m-%d %H:%M").to_string();
        let name = format!("{}{what}", file_name(&backup.path));
        vec![Cell::new(made), Cell::new(format!("{} changes", backup.changes)), Cell::new(name)]
    };
    let own = backups.iter().map(|backup| row(backup, ""));
    let rows: Vec<Vec<Cell>> = own.chain(aside.iter().map(|file| row(file, ASIDE))).collect();
    page.table(&[Column::Fit(16), Column::Fit(16), Column::Rest], &rows);
    page.line("Restore one with `arising restore NAME`; the present register is kept beside it.");
    page.finish()
}

/// Said of a register that another one took the place of.
const ASIDE: &str = "  (put aside by a restore)";

/// Refuses to replace a register that has changes which the backup lacks. One that is missing or cannot be read has
/// nothing to lose: it is what a backup is for.
fn keep_what_is_new(register: &Path, backup: &Path) -> Result<(), Problem> {
    let Ok(compared) = store::compare(backup, register) else { return Ok(()) };
    if !compared.is_same || compared.here_only == 0 {
        return Ok(());
    }
    let why = format!(
        "{} of this register {} not in {}{}",
        changes(compared.here_only),
        are(compared.here_only),
        file_name(backup),
        last(&compared)
    );
    let hint =
        "To go back all the same, add --anyway; the present register is then kept, and listed by `arising restore`.";
    Err(Problem::new("Nothing was restored", why, hint))
}

/// What a database is that was given where a document was expected.
pub fn not_a_document(register: &Path, file: &Path) -> Problem {
    let refuse =
        |why: String, hint: &str| Problem::new(format!("Nothing was imported from {}", file_name(file)), why, hint);
    let compared = match store::compare(file, register) {
        Ok(compared) => compared,
        Err(_) if !register.exists() => {
            let hint = "Open it with `arising open FILE`, or with --register.";
            return refuse("it is a database and not a document".into(), hint);
        }
        Err(problem) => return problem,
    };
    if !compared.is_same {
        let hint = "Open it with `arising open FILE`; to have one of its plans here, import the document or a report of the plan.";
        return refuse("it is another register".into(), hint);
    }
    let (here, there) = (compared.here_only, compared.there_only);
    let why = format!(
        "it is a copy of this register: {} of this register {} not in it{}, and it has {} that {} not here",
        changes(here),
        are(here),
        last(&compared),
        changes(there),
        are(there),
    );
    refuse(why, "Bringing two copies together is not possible yet. `arising restore FILE` goes back to the copy.")
}

fn changes(count: u64) -> String {
    if count == 1 { "1 change".into() } else { format!("{count} changes") }
}

fn are(count: u64) -> &'static str {
    if count == 1 { "is" } else { "are" }
}

/// " (the last by A. Chair on 21 Nov 2026)".
fn last(compared: &Compared) -> String {
    let last = compared.last_here.as_ref();
    let day = |at: &str| at.get(..10).and_then(|day| day.parse().ok()).map(date_words::day).unwrap_or_default();
    last.map(|(at, author)| format!(" (the last by {author} on {})", day(at))).unwrap_or_default()
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

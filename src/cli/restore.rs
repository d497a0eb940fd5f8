//! `restore`: lists what can be restored, and puts it back once what would be missing from it is accepted.

use std::path::{Path, PathBuf};

use super::context::Context;
use super::gate;
use super::keeping_args::Restore;
use super::page::{Cell, Column, Page};
use crate::domain::given::Apart;
use crate::problem::Problem;
use crate::store::{self, BackupFile, Kept, Other, Places, Restored};
use crate::text::counted;

pub fn restore(context: &Context, args: &Restore) -> Result<String, Problem> {
    context.only_now()?;
    let (to, places) = (context.register()?, Places::of_this_machine());
    let (backups, kept) = (store::restorable(to, &places), store::kept(to, &places));
    let Some(wanted) = &args.backup else { return Ok(listed(context, &backups, &kept)) };
    let backup = named(wanted, &backups, &kept)?;
    let apart = store::difference(&backup, to)?;
    if let Some(apart) = &apart
        && !apart.here.is_empty()
        && !args.anyway
    {
        accept(context, apart, wanted)?;
    }
    let other = if args.force { Other::Replace } else { Other::Refuse };
    let restored = store::restore(&backup, to, &context.clock.env().now, other, &places)?;
    Ok(done(context, &backup, &restored, apart.as_ref()))
}

fn listed(context: &Context, backups: &[BackupFile], kept: &[Kept]) -> String {
    let mut page = context.page();
    if backups.is_empty() {
        page.line("No backups yet; one is made each day before the first change.");
    }
    let row = |backup: &BackupFile| {
        let made = backup.made.format("%Y-%m-%d %H:%M").to_string();
        vec![Cell::new(made), Cell::new(changes(backup.changes)), Cell::new(backup.name())]
    };
    page.table(&[Column::Fit(16), Column::Fit(16), Column::Rest], &backups.iter().map(row).collect::<Vec<_>>());
    for kept in kept {
        replaced(&mut page, kept);
    }
    if !backups.is_empty() || !kept.is_empty() {
        page.line("Restore one with `arising restore \"NAME\"`; the present register is kept beside it.");
    }
    page.finish()
}

/// "2026-11-28 10:15  41 changes  board before 2026-11-28T101500.sqlite, replaced when copy.sqlite was restored".
fn replaced(page: &mut Page, kept: &Kept) {
    let at = kept.at.format("%Y-%m-%d %H:%M");
    let changes = kept.changes.map_or("unreadable".into(), changes);
    let restored = kept.restored.as_deref().unwrap_or("a backup");
    page.line(&format!("{at}  {changes}  {}, replaced when {restored} was restored", file_name(&kept.path)));
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// A backup by its path, or by its name in the list.
fn named(wanted: &Path, backups: &[BackupFile], kept: &[Kept]) -> Result<PathBuf, Problem> {
    if wanted.exists() {
        return Ok(wanted.to_owned());
    }
    let backups = backups.iter().map(|backup| (backup.name(), &backup.path));
    let mut listed = backups.chain(kept.iter().map(|kept| (file_name(&kept.path), &kept.path)));
    let own = listed.find(|(name, _)| wanted.as_os_str() == name.as_str());
    own.map(|(_, path)| path.clone()).ok_or_else(|| {
        let why = format!("there is no backup {}", wanted.display());
        Problem::new("Nothing was restored", why, "`arising restore` lists the backups.")
    })
}

/// Asks at a terminal whether the changes that the backup lacks may go; elsewhere refuses, and names the option.
fn accept(context: &Context, apart: &Apart, wanted: &Path) -> Result<(), Problem> {
    let losses = apart.losses(context.today());
    match gate::ask(&format!("{losses}.\nThe present register will be kept. Restore the backup anyway?")) {
        Some(true) => Ok(()),
        Some(false) => Err(Problem::new("Nothing was restored", "", "")),
        None => {
            let hint = format!(
                "To restore it anyway, and keep the present register: arising restore --anyway \"{}\".",
                wanted.display()
            );
            Err(Problem::new("Nothing was restored", losses, hint))
        }
    }
}

fn done(context: &Context, backup: &Path, restored: &Restored, apart: Option<&Apart>) -> String {
    let (mut page, today) = (context.page(), context.today());
    page.line(&format!("Restored {}, {}.", store::name_of(backup), changes(restored.changes)));
    let is_lost = apart.is_some_and(|apart| !apart.here.is_empty());
    if let Some(apart) = apart {
        if is_lost {
            page.line(&format!("{} not in it.", apart.here.counted_are(today)));
        } else {
            page.line("Nothing that was here is missing from it.");
        }
        if !apart.there.is_empty() {
            page.line(&format!("{} that the previous register did not have.", apart.there.counted(today)));
        }
    }
    if let Some(kept) = &restored.kept {
        page.line(&format!("The previous register is kept at {}", kept.display()));
        if is_lost {
            page.line(&format!("To go back to it: arising restore \"{}\"", file_name(kept)));
        }
    }
    page.finish()
}

/// "1 change", "240 changes".
fn changes(count: u64) -> String {
    counted(usize::try_from(count).unwrap_or(usize::MAX), "change")
}

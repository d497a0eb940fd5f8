//! `merge` and `share`: copies of one register that are edited apart and brought together.

use std::fs;
use std::path::PathBuf;

use chrono::DateTime;
use serde::Serialize;

use super::agency_copy;
use super::context::Context;
use super::merge_args::{Merge, Share};
use super::sealing;
use crate::desk::{self, Desk};
use crate::domain::conflict::{Conflict, Side};
use crate::domain::date_words;
use crate::domain::describe::net;
use crate::domain::fork::Forks;
use crate::json;
use crate::problem::Problem;
use crate::seal::Lock;
use crate::store::{self, Newcomer, Opened, Target, Terms, Trial, Unsigned};
use crate::text::counted;

/// What `merge --json` prints.
#[derive(Debug, Serialize)]
struct MergeRow {
    dry_run: bool,
    changes: usize,
    by: Vec<String>,
    /// The first day on which one of them was made.
    since: Option<String>,
    conflicts: Vec<ConflictRow>,
    /// How many progress entries say what another entry of their action says.
    possible_duplicates: usize,
    /// The names of parties that were added on both sides.
    twins: Vec<String>,
    /// The copies that this computer had not met.
    first: Vec<FirstRow>,
}

#[derive(Debug, Serialize)]
struct FirstRow {
    computer: String,
    /// The short form of its key.
    key: String,
}

#[derive(Debug, Serialize)]
struct ConflictRow {
    plan: Option<String>,
    #[serde(rename = "ref")]
    reference: String,
    field: &'static str,
    /// Oldest first; the last is in force.
    values: Vec<ValueRow>,
}

#[derive(Debug, Serialize)]
struct ValueRow {
    value: String,
    by: String,
    at: String,
}

/// What `share --json` prints.
#[derive(Debug, Serialize)]
struct ShareRow {
    file: String,
    changes: u64,
    since: Option<String>,
    sealed: bool,
}

pub fn merge(context: &Context, args: &Merge) -> Result<String, Problem> {
    context.only_now()?;
    let files = store::copies(&args.files)?;
    let unsigned = if args.unsigned { Unsigned::Take } else { Unsigned::Refuse };
    let forks = if args.as_new_copy { Forks::AsNewCopy } else { Forks::Refuse };
    let opened = Opened::with(&files, &sealing::keys(&files, args)?)?;
    let terms = |trial| Terms { unsigned, trial, opened: &opened, forks };
    let merged = if context.register()?.exists() {
        let terms = terms(if args.dry_run { Trial::Try } else { Trial::Write });
        context.change()?.merge(&others(context, files)?, terms, &context.clock.env())?
    } else {
        into_new(context, &files, terms(Trial::Write), args.dry_run)?
    };
    Ok(if args.json { json::line(&row(&merged, args.dry_run)) + "\n" } else { said(context, &merged, args.dry_run) })
}

/// Without the register itself, which may lie in the folder that was named.
fn others(context: &Context, files: Vec<PathBuf>) -> Result<Vec<PathBuf>, Problem> {
    let own = fs::canonicalize(context.register()?).ok();
    let others: Vec<PathBuf> = files.into_iter().filter(|file| fs::canonicalize(file).ok() != own).collect();
    if others.is_empty() {
        let hint = "Name a bundle, or another copy of the register.";
        return Err(Problem::new("Nothing was merged", "that is the register itself", hint));
    }
    Ok(others)
}

/// Where there is no register yet, the first file says of which one this is a copy. If it cannot be merged, or only to look,
/// no register is left behind.
fn into_new(context: &Context, files: &[PathBuf], terms: Terms<'_>, is_trial: bool) -> Result<desk::Merge, Problem> {
    let path = context.register()?;
    let Some(first) = files.first() else { return Err(Problem::new("Nothing was merged", "no file was named", "")) };
    let mut new = Desk::create_copy(path, first, terms.opened)?;
    let merged = new.merge(files, terms, &context.clock.env());
    drop(new);
    if merged.is_err() || is_trial {
        fs::remove_file(path).ok();
    }
    merged
}

fn row(merged: &desk::Merge, dry_run: bool) -> MergeRow {
    let desk::Merge { brought, register, .. } = merged;
    MergeRow {
        dry_run,
        changes: brought.changes,
        by: brought.by.clone(),
        since: brought.since.map(|day| day.to_string()),
        conflicts: brought.conflicts.iter().map(|conflict| conflict_row(conflict, merged)).collect(),
        possible_duplicates: brought.repeated.iter().filter(|id| register.entry(**id).is_some()).count(),
        twins: brought.twins.clone(),
        first: merged.first.iter().map(first_row).collect(),
    }
}

fn first_row(new: &Newcomer) -> FirstRow {
    FirstRow { computer: new.computer.clone(), key: new.key.clone() }
}

fn conflict_row(conflict: &Conflict, merged: &desk::Merge) -> ConflictRow {
    let register = &merged.register;
    let place = net::of(register, conflict.on, "", "");
    let sides = conflict.sides(register, &merged.log).into_iter();
    ConflictRow {
        plan: place.plan.and_then(|plan| register.plan(plan)).map(|plan| plan.slug().to_owned()),
        reference: place.reference,
        field: conflict.field(),
        values: sides.map(|side| ValueRow { value: side.value, by: side.author, at: side.at.to_rfc3339() }).collect(),
    }
}

fn said(context: &Context, merged: &desk::Merge, dry_run: bool) -> String {
    let (mut page, brought) = (context.page(), &merged.brought);
    if brought.is_empty() {
        page.line("Nothing new: everything in it is here already.");
        return page.finish();
    }
    page.line(&format!("{} {}.", if dry_run { "Would merge" } else { "Merged" }, brought.sentence()));
    merged.first.iter().for_each(|new| page.line(&format!("{}.", new.sentence())));
    for conflict in &brought.conflicts {
        let sides: Vec<String> = conflict.sides(&merged.register, &merged.log).iter().map(Side::sentence).collect();
        page.line(&format!("≠ {}: {}", conflict.subject(&merged.register), sides.join("; ")));
    }
    for name in brought.twins.iter().filter(|_| !dry_run) {
        page.line(&format!(
            "{name} was added on both sides. To make one of them: arising party same \"{name}\" \"{name}\""
        ));
    }
    if !brought.conflicts.is_empty() && !dry_run {
        page.line("The last is shown until it is settled: `arising list conflict`, then set the field again.");
    }
    page.finish()
}

pub fn share(context: &Context, args: &Share) -> Result<String, Problem> {
    context.only_now()?;
    let lock = sealing::lock(args)?;
    if let Some(party) = &args.party {
        return agency_copy::share(context, args, party, lock.as_ref());
    }
    let whom = args.to.as_deref().map(str::trim).filter(|whom| !whom.is_empty());
    let shared =
        context.change()?.share(Target { path: &args.output, lock: lock.as_ref() }, whom, &context.clock.env())?;
    let file = args.output.display().to_string();
    if args.json {
        return Ok(json::line(&ShareRow {
            file,
            changes: shared.changes,
            since: shared.since,
            sealed: lock.is_some(),
        }) + "\n");
    }
    let changes = counted(usize::try_from(shared.changes).unwrap_or(usize::MAX), "change");
    let mut page = context.page();
    let day = shared.since.as_deref().and_then(|at| DateTime::parse_from_rfc3339(at).ok()).map(|at| at.date_naive());
    let since = day.map(|day| format!(" since {}", date_words::day(day))).unwrap_or_default();
    page.line(&format!("Saved to {file}: {changes}{since}{}.", sealed(lock.as_ref())));
    page.line("To bring it in, on the other computer: arising merge FILE");
    Ok(page.finish())
}

/// Words for how a bundle is sealed, if it is.
pub fn sealed(lock: Option<&Lock>) -> &'static str {
    match lock {
        Some(Lock::Passphrase(_)) => ", sealed with the passphrase",
        Some(Lock::Recipients(_)) => ", sealed to the keys given",
        None => "",
    }
}

//! `check`: whether the file, its hash chain, what is shown and what this computer knows from outside the file agree.

use serde::Serialize;

use super::Answer;
use super::context::Context;
use super::keeping_args::Check;
use super::trust::{self, CopyRow};
use crate::domain::agency_copy::AgencyCopy;
use crate::json;
use crate::problem::Problem;
use crate::store::{Access, Beside, Missing, Moment, Store, Verified, Writer};
use crate::text::counted;

/// What `check --json` prints.
#[derive(Debug, Serialize)]
struct CheckRow<'a> {
    ok: bool,
    changes: Option<u64>,
    batches: Option<u64>,
    /// How many copies of the register have contributed changes.
    origins: Option<usize>,
    /// The code of the state that was checked.
    head: Option<String>,
    problem: Option<&'a str>,
    /// With `--trust`: the copies that have written.
    #[serde(skip_serializing_if = "Option::is_none")]
    copies: Option<Vec<CopyRow>>,
}

/// A register that was found whole.
struct Sound {
    verified: Verified,
    head: String,
    moment: Option<Moment>,
    /// The copies that have written, if asked for.
    writers: Option<Vec<Writer>>,
    /// What an agency copy is, and how many changes are withheld from it.
    copy: Option<(String, u64)>,
}

pub fn check(context: &Context, args: &Check) -> Answer {
    let checked = verify(context, args);
    let text = match (&checked, args.json) {
        (Ok(sound), true) => json::line(&passed(sound)) + "\n",
        (Err(problem), true) => json::line(&failed(&problem.to_string())) + "\n",
        (Ok(sound), false) => said(context, sound),
        (Err(_), false) => String::new(),
    };
    let beside = checked.iter().flat_map(|sound| &sound.verified.beside);
    let notes = beside.map(note).collect();
    Answer { text, notes, problems: checked.err().into_iter().collect(), ..Answer::default() }
}

fn verify(context: &Context, args: &Check) -> Result<Sound, Problem> {
    // Not the register in memory: the file is read once, to be verified.
    let mut store = Store::open(context.existing()?, Access::ReadWrite)?;
    let found = store.verifier().run();
    store.accept(&found);
    let verified = found?;
    if verified.snapshot_misleads {
        return Err(Problem::new(
            "What was shown did not match the history",
            "the copy kept for fast opening had been altered",
            "That copy has been discarded and the history itself is intact; check again.",
        ));
    }
    if let Some(format) = verified.newer {
        let why =
            format!("a newer arising wrote it (format {format}): its history is intact, but this version cannot tell");
        let why = format!("{why} whether its tables, triggers and views are right");
        return Err(Problem::new("The register could not be checked in full", why, "Check it with the newer arising."));
    }
    if let Some(other) = &verified.other_key {
        return Err(other.problem());
    }
    settle_missing(context, &store, &verified.missing, args.explain.as_deref())?;
    let moment = args.head.as_deref().map(|code| at_head(&store, code)).transpose()?;
    store.meet(&context.clock.env().now);
    let writers = args.trust.then(|| store.writers()).transpose()?;
    let copy = store.agency_copy()?.map(|copy| of_copy(&store, &copy)).transpose()?;
    Ok(Sound { verified, head: store.head(), moment, writers, copy })
}

/// What an agency copy is, and how many changes are withheld from it.
fn of_copy(store: &Store, copy: &AgencyCopy) -> Result<(String, u64), Problem> {
    Ok((copy.label(&store.register()?), store.withheld()?))
}

/// States that are missing from the file are explained now, or are a problem.
fn settle_missing(context: &Context, store: &Store, missing: &[Missing], why: Option<&str>) -> Result<(), Problem> {
    let Some(most) = missing.iter().max_by_key(|state| state.changes()) else { return Ok(()) };
    if let Some(why) = why.filter(|why| !why.trim().is_empty()) {
        return store.explain(missing, &context.clock.env().now, why);
    }
    Err(Problem::new(
        "This is not the register that was saved here",
        format!("{} not in this file. An older copy has replaced it, or its history was rewritten", known(most)),
        "Keep this file, and compare it with the backups that arising restore lists. If an older copy was put back on \
         purpose, record the reason: arising check --explain \"REASON\".",
    ))
}

fn known(state: &Missing) -> String {
    let changes = state.changes();
    match &state.backup {
        None => format!("this computer saved {changes} changes, and the last of them is"),
        Some(path) => {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            format!("the backup “{name}” contains changes that are")
        }
    }
}

fn at_head(store: &Store, code: &str) -> Result<Moment, Problem> {
    store.moment(code)?.ok_or_else(|| {
        let why = format!("no state of this register has the fingerprint {code}");
        let hint = "Compare it with the paper character by character. If it is right, this is a different register, or \
                    its history was rewritten.";
        Problem::new("The record never had that fingerprint", why, hint)
    })
}

/// What is said of a copy beside the register.
fn note(copy: &Beside) -> String {
    let name = copy.path.file_name().unwrap_or_default().to_string_lossy();
    let changes = counted(usize::try_from(copy.changes).unwrap_or(usize::MAX), "change");
    let verb = if copy.changes == 1 { "is" } else { "are" };
    format!("{name} beside it has {changes} that {verb} not here: arising merge \"{}\"", copy.path.display())
}

fn passed(sound: &Sound) -> CheckRow<'static> {
    let verified = &sound.verified;
    CheckRow {
        ok: true,
        changes: Some(verified.changes),
        batches: Some(verified.batches),
        origins: Some(verified.origins),
        head: Some(sound.head.clone()),
        problem: None,
        copies: sound.writers.as_deref().map(trust::rows),
    }
}

fn failed(problem: &str) -> CheckRow<'_> {
    CheckRow {
        ok: false,
        changes: None,
        batches: None,
        origins: None,
        head: None,
        problem: Some(problem),
        copies: None,
    }
}

fn said(context: &Context, sound: &Sound) -> String {
    let count = |changes: u64| counted(usize::try_from(changes).unwrap_or(usize::MAX), "change");
    let mut page = context.page();
    page.line(&format!("The register is intact: {}, each exactly as written.", count(sound.verified.changes)));
    if let Some((label, withheld)) = &sound.copy {
        page.line(&format!("{label}. The words of {} are withheld, all or in part: only the full register proves what is shown of them.", count(*withheld)));
    }
    match &sound.moment {
        None => page.line(&format!("Its fingerprint is {}.", sound.head)),
        Some(moment) => {
            let by = if moment.author.is_empty() {
                String::new()
            } else {
                format!(", written by {} on {}", moment.author, moment.at)
            };
            page.line(&format!(
                "It had that fingerprint after {}{by}; {} since.",
                count(moment.changes),
                count(moment.changes_since)
            ));
        }
    }
    sound.writers.iter().flatten().for_each(|writer| page.line(&trust::line(writer)));
    page.finish()
}

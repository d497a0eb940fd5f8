//! `share --for` and `updates`: what an agency is given, and what it gave back.

use serde::Serialize;

use super::context::Context;
use super::merge::sealed;
use super::merge_args::{Share, Updates};
use crate::desk::{Desk, SharedFor};
use crate::domain::id::Id;
use crate::domain::intent::Intent;
use crate::domain::meeting::Receipt;
use crate::domain::register::Register;
use crate::domain::rules::party_called;
use crate::domain::updates::{self, Update};
use crate::json;
use crate::problem::Problem;
use crate::seal::Lock;
use crate::store::Target;
use crate::text::counted;

/// What `share --for --json` prints.
#[derive(Debug, Serialize)]
struct CopyRow {
    file: String,
    party: String,
    /// How many actions it shows, and how many the register has.
    actions: usize,
    of: u64,
    changes: u64,
    sealed: bool,
}

/// A line of `updates --json`.
#[derive(Debug, Serialize)]
struct UpdateRow {
    number: usize,
    party: String,
    author: String,
    at: String,
    #[serde(rename = "ref")]
    reference: String,
    sentence: String,
}

/// Writes an agency copy.
pub fn share(context: &Context, args: &Share, party: &str, lock: Option<&Lock>) -> Result<String, Problem> {
    let mut desk = context.change()?;
    let id = named(desk.register(), party)?;
    let SharedFor { of, own, shared } = desk.share_for(Target { path: &args.output, lock }, id)?;
    let file = args.output.display().to_string();
    if args.json {
        let row = CopyRow {
            file,
            party: of.name,
            actions: own,
            of: of.actions,
            changes: shared.changes,
            sealed: lock.is_some(),
        };
        return Ok(json::line(&row) + "\n");
    }
    let mut page = context.page();
    page.line(&format!(
        "Saved to {file}: the agency copy for {}, {own} of {} actions{}.",
        of.name,
        of.actions,
        sealed(lock)
    ));
    page.line("The agency opens it with arising, rates its actions and records progress, and gives it back: arising share -o FILE");
    page.line("To bring in what it gives back: arising merge FILE, then arising updates");
    Ok(page.finish())
}

fn named(register: &Register, name: &str) -> Result<Id, Problem> {
    party_called(register, name).map(|party| party.id).ok_or_else(|| {
        let why = format!("there is no agency called {name}");
        Problem::new("No agency copy was made", why, "`arising parties` lists them.")
    })
}

/// Lists what agencies gave back, or accepts or declines it.
pub fn updates(context: &Context, args: &Updates) -> Result<String, Problem> {
    context.only_now()?;
    if args.accept.is_none() && args.decline.is_none() {
        let look = context.look()?;
        return listed(context, &look.desk, args);
    }
    let mut desk = context.change()?;
    let waiting = desk.updates()?;
    let mut page = context.page();
    if let Some(which) = &args.accept {
        let chosen: Vec<Receipt> = chosen(&waiting, which)?.into_iter().map(|update| update.of).collect();
        let written = desk.write(&Intent::Receive { updates: chosen }, &context.clock.env())?;
        page.line(&format!("saved: {}", written.sentence));
    }
    if let Some(which) = &args.decline {
        let reason = args.reason.as_deref().unwrap_or("");
        for update in chosen(&waiting, which)? {
            let written = desk.decline(update, reason, &context.clock.env())?;
            page.line(&format!("saved: {}", written.sentence));
        }
    }
    Ok(page.finish())
}

fn listed(context: &Context, desk: &Desk, args: &Updates) -> Result<String, Problem> {
    let (register, waiting) = (desk.register(), desk.updates()?);
    if args.json {
        let rows = waiting.iter().enumerate().map(|(at, update)| row(register, at + 1, update));
        return Ok(json::array(rows));
    }
    let mut page = context.page();
    match updates::summary(register, &waiting) {
        None => page.line("No agency has sent anything that is still to be accepted."),
        Some(summary) => page.line(&format!("{summary}:")),
    }
    for (at, update) in waiting.iter().enumerate() {
        page.line(&format!("{:>3}  {}", at + 1, update.line(register)));
    }
    if !waiting.is_empty() {
        page.line("In a meeting: arising updates --accept all, or --decline NUMBER --reason \"…\" to set one back.");
    }
    Ok(page.finish())
}

fn row(register: &Register, number: usize, update: &Update) -> UpdateRow {
    let reference = register.action(update.of.action).map(|action| register.reference(action)).unwrap_or_default();
    UpdateRow {
        number,
        party: register.party_name(update.of.party).to_owned(),
        author: update.author.clone(),
        at: update.at.to_rfc3339(),
        reference,
        sentence: update.sentence.clone(),
    }
}

/// Those named by number ("1,3"), or all.
fn chosen<'a>(waiting: &'a [Update], which: &str) -> Result<Vec<&'a Update>, Problem> {
    if which == "all" && !waiting.is_empty() {
        return Ok(waiting.iter().collect());
    }
    let one = |number: &str| {
        let place = number.trim().parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let unknown = || {
            let why = format!("there is no update {} among {}", number.trim(), counted(waiting.len(), "update"));
            Problem::new("Nothing was changed", why, "`arising updates` lists them with their numbers.")
        };
        place.and_then(|place| waiting.get(place)).ok_or_else(unknown)
    };
    which.split(',').map(one).collect()
}

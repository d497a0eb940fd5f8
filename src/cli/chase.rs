//! `arising chase`: a mail to every lead with something overdue, due or unanswered, as drafts for a mail program.

use std::path::PathBuf;

use clap::Args;

use super::context::Context;
use super::edit;
use super::page::{self, Page};
use super::{Answer, dates};
use crate::chasing::usual_return;
use crate::domain::action::Action;
use crate::domain::chase::{Letter, Why, asked_words};
use crate::domain::id::Id;
use crate::domain::query;
use crate::domain::register::Register;
use crate::domain::rules::party_called;
use crate::post::{self, Outcome};
use crate::problem::Problem;
use crate::text::counted;

#[derive(Args, Debug)]
#[command(after_help = "Examples:
  arising chase -o chasing                 drafts that Outlook, Thunderbird and Mail open ready to send
  arising chase --for 'Sussex Police' --due 60d -o chasing --return-by 2026-12-12
  arising chase --dry-run                  who would be asked what
  arising list unanswered                  what was asked and not answered since

Addresses: arising party address, arising party addresses. `arising undo` takes back the record of who was asked.")]
pub struct Chase {
    /// Folder for the drafts
    #[arg(long, short, value_name = "FOLDER", required_unless_present = "dry_run")]
    pub output: Option<PathBuf>,
    /// Ask about what is due within so many days, too
    #[arg(long, value_name = "DAYS", default_value = "30d", value_parser = days)]
    pub due: u64,
    /// Ask only this party, by any of its names
    #[arg(long = "for", value_name = "PARTY")]
    pub only: Option<String>,
    /// The day by which to answer [default: in two weeks]
    #[arg(long, value_name = "DATE", value_parser = dates::day)]
    pub return_by: Option<dates::MaybeDay>,
    /// Whom to return the form to
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub contact: String,
    /// Marking of the mails and the forms, '' for none [default: the plans' own marking]
    #[arg(long, value_name = "TEXT")]
    pub marking: Option<String>,
    /// Show who would be asked what, and write nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// "30d", or "30".
fn days(text: &str) -> Result<u64, String> {
    let number = text.trim().trim_end_matches(['d', 'D']);
    let days = number.parse::<u64>().ok().filter(|days| *days <= 3650);
    days.ok_or_else(|| "write a number of days: 30d".into())
}

pub fn chase(context: &Context, args: &Chase) -> Result<Answer, Problem> {
    context.only_now()?;
    let today = context.today();
    if args.dry_run {
        let look = context.look()?;
        let letters = post::preview(&look.desk, &wanted(look.whole_register(), args, context)?, today)?;
        let mut page = context.page();
        for letter in &letters {
            told(&mut page, look.register(), letter);
        }
        unled(&mut page, look.register(), context);
        page.line("Nothing was written: this was a dry run.");
        return Ok(Answer::from(page.finish()));
    }
    let mut desk = context.change()?;
    let folder = args.output.clone().unwrap_or_default();
    let chase = wanted(desk.register(), args, context)?;
    let Outcome { letters, files, written } = post::chase(&mut desk, &chase, &folder, &context.clock.env())?;
    let register = desk.register();
    let mut page = context.page();
    for (letter, file) in letters.iter().zip(&files) {
        let count = counted(letter.actions.len(), "action");
        let to = if letter.to.is_empty() { ", no address is known" } else { "" };
        let name = register.party_name(letter.party);
        page.line(&page::one_line(&format!("{name}: {count}{to}, {}", file.display())));
    }
    unled(&mut page, register, context);
    page.line(&page::one_line(&format!("Saved {} to {}", counted(files.len(), "draft"), folder.display())));
    page.line(&format!("saved: {}", written.sentence));
    let notes = edit::notes(context, &desk);
    Ok(Answer { text: page.finish(), notes, ..Answer::default() })
}

fn wanted(register: &Register, args: &Chase, context: &Context) -> Result<post::Chase, Problem> {
    Ok(post::Chase {
        days: args.due,
        only: args.only.as_deref().map(|name| party(register, name)).transpose()?,
        by: args.return_by.unwrap_or_else(|| usual_return(context.today())),
        contact: args.contact.clone(),
        marking: args.marking.as_deref().map(|marking| marking.trim().to_owned()),
    })
}

/// A post is asked with its agency.
fn party(register: &Register, name: &str) -> Result<Id, Problem> {
    let found = party_called(register, name).ok_or_else(|| {
        let why = format!("no agency is called “{}”", name.trim());
        Problem::new("Nobody was asked", why, "`arising parties` lists them.")
    })?;
    Ok(query::chain(register, found.id).last().copied().unwrap_or(found.id))
}

/// A letter, action by action.
fn told(page: &mut Page, register: &Register, letter: &Letter) {
    let to = if letter.to.is_empty() { "no address is known" } else { &letter.to };
    page.line(&format!("{}, {} ({to})", register.party_name(letter.party), counted(letter.actions.len(), "action")));
    for (id, why) in &letter.actions {
        if let Some(action) = register.action(*id) {
            let reference = super::reference::full(register, action);
            page.paragraph(
                2,
                &format!("{reference}  {}: {}", reasons(register, action, *why).join(", "), action.text()),
            );
        }
    }
}

fn reasons(register: &Register, action: &Action, why: Why) -> Vec<String> {
    let asked = asked_words(register, action).filter(|_| why.unanswered);
    let when = [(why.overdue, "overdue"), (why.due, "due")];
    let when = when.into_iter().filter(|(is_so, _)| *is_so).map(|(_, word)| word.to_owned());
    when.chain(asked).collect()
}

/// What is overdue and has no lead is asked of nobody.
fn unled(page: &mut Page, register: &Register, context: &Context) {
    let is_unled = |action: &&Action| action.leads().is_empty() && query::is_overdue(register, action, context.today());
    let all: Vec<String> =
        register.visible_actions().filter(is_unled).map(|action| super::reference::full(register, action)).collect();
    if !all.is_empty() {
        page.line(&format!("Overdue, with no lead to ask: {}", all.join(", ")));
    }
}

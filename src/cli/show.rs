//! `arising show`: one action in full, with its history.

use std::thread;

use chrono::NaiveDate;

use super::args::Show;
use super::context::{Context, Look};
use super::history;
use super::page::Page;
use super::{asides, reference, table};
use crate::desk::TrailEntry;
use crate::domain::action::{Action, Closure};
use crate::domain::alike::{Like, Likeness};
use crate::domain::conflict;
use crate::domain::describe::Quoting;
use crate::domain::filter::Match;
use crate::domain::particular::Particular;
use crate::domain::progress::Entry;
use crate::domain::query;
use crate::domain::recurring;
use crate::domain::register::Register;
use crate::domain::said::{self, Said};
use crate::domain::target::Target;
use crate::json::{self, ActionRow};
use crate::problem::Problem;
use crate::store;

pub fn show(context: &Context, args: &Show) -> Result<String, Problem> {
    let look = context.look()?;
    if args.json {
        let action = reference::find(look.register(), &args.reference)?;
        let history = history::of(context, &look, action)?;
        let row = ActionRow::new(look.register(), action, Match::Own, context.today());
        return Ok(json::line(&ActionRow { history: Some(history), ..row }) + "\n");
    }
    let register = look.register();
    // Most of the time goes into the words of all actions, so they are read beside the rest.
    thread::scope(|scope| {
        let words = || store::likeness(register);
        let beside = thread::Builder::new().spawn_scoped(scope, words).ok();
        let words = || beside.and_then(|beside| beside.join().ok()).unwrap_or_else(words);
        printed(context, &look, &args.reference, words)
    })
}

/// The page about an action. The words of all actions are asked for last.
fn printed(
    context: &Context,
    look: &Look,
    reference: &str,
    words: impl FnOnce() -> Likeness,
) -> Result<String, Problem> {
    let (register, today) = (look.register(), context.today());
    let action = reference::find(register, reference)?;
    let history = history::told(context, look, action, Quoting::Whole)?;
    let alike = words().like(register, action);
    let mut page = context.page();
    heading(&mut page, register, action, today);
    page.blank();
    page.paragraph(0, action.text());
    page.blank();
    facts(&mut page, register, action, &alike, today);
    entries(&mut page, action);
    doubts(&mut page, action);
    minutes(&mut page, register, action);
    trail(&mut page, register, &history);
    Ok(page.finish())
}

fn heading(page: &mut Page, register: &Register, action: &Action, today: NaiveDate) {
    let plan = register.plan(action.plan).map_or("", |plan| plan.title());
    let overdue = if query::is_overdue(register, action, today) { "   ! overdue" } else { "" };
    page.line(&format!("{}   {plan}{overdue}", reference::full(register, action)));
}

fn facts(page: &mut Page, register: &Register, action: &Action, alike: &[Like], today: NaiveDate) {
    let findings = register.finding_numbers(action);
    if !findings.is_empty() {
        page.labelled("Finding", &findings.join(", "));
    }
    if let Some(rec) = action.recommendation.and_then(|id| register.recommendation(id)) {
        page.labelled("Recommendation", &format!("{} {}", rec.number(), rec.text()));
        for particular in Particular::ALL.iter().filter(|particular| !particular.of(rec).is_empty()) {
            page.labelled(particular.label(), particular.of(rec));
        }
    }
    if !action.heading().is_empty() {
        page.labelled("Heading", action.heading());
    }
    page.labelled("Leads", &or_none(&table::names(register, action.leads())));
    if !action.via().is_empty() {
        page.labelled("Overseen by", &table::names(register, action.via()));
    }
    let targets: Vec<String> = action.targets().iter().map(meaning).collect();
    let late = action.due().filter(|_| query::is_overdue(register, action, today));
    let late = late.map(|due| format!(", overdue by {}", query::late_by(due, today))).unwrap_or_default();
    page.labelled("Target", &format!("{}{late}", or_none(&targets.join("; "))));
    if let Some(asked) = action.extension() {
        page.labelled("Extension", &format!("requested to {}{}", asked.wanted(), asked.because()));
    }
    if let Some(original) = &action.original_targets {
        let first: Vec<String> = original.dates.iter().map(meaning).collect();
        let moved = query::times_moved(action).unwrap_or_default();
        page.labelled("Original", &format!("{}; {moved}", first.join("; ")));
    }
    asides::asked(page, register, action);
    page.labelled("Rating", &rating(register, action));
    for conflict in conflict::of(action, action.id) {
        let values = conflict.values(register).join(" and ");
        let settle = "recorded separately; the next change settles it";
        page.labelled("≠ Conflict", &format!("{}: {values}, {settle}", conflict.field()));
    }
    match action.closure.get() {
        Some(Closure::Proposed { evidence }) => page.labelled("Closure", &with("proposed", evidence)),
        Some(Closure::Closed { evidence }) => page.labelled("Closure", &with("closed", evidence)),
        Some(Closure::NotImplemented { reason }) => page.labelled("Closure", &format!("not implemented: {reason}")),
        Some(Closure::Open) | None => {}
    }
    if !action.evidence_at().is_empty() {
        page.labelled("Evidence", &format!("at {}", action.evidence_at()));
    }
    for words in recurring::words(register, action) {
        page.labelled("Again", &words);
    }
    asides::asides(page, register, action, alike, today);
    if let Some(source) = action.source.get() {
        page.labelled("Source", &format!("{}, {}", source.file, source.place));
    }
}

fn with(what: &str, why: &str) -> String {
    if why.is_empty() { what.into() } else { format!("{what}: {why}") }
}

fn or_none(text: &str) -> String {
    if text.is_empty() { "none".into() } else { text.into() }
}

/// "Oct 2021 (until 2021-10-31)".
fn meaning(target: &Target) -> String {
    match (target.last(), &target.flag) {
        (Some(last), _) if target.raw == last.to_string() => target.raw.clone(),
        (Some(last), _) => format!("{} (until {last})", target.raw),
        (None, Some(why)) => format!("{} (no date: {why})", target.raw),
        (None, None) => format!("{} (no date)", target.raw),
    }
}

fn rating(register: &Register, action: &Action) -> String {
    match register.level(action) {
        Some(level) if level.meaning.is_empty() => format!("{} {}", level.letter, level.word),
        Some(level) => format!("{} {}: {}", level.letter, level.word, level.meaning),
        None => action.rating().unwrap_or("not rated").to_owned(),
    }
}

fn entries(page: &mut Page, action: &Action) {
    let entries: Vec<&Entry> = action.progress().collect();
    if entries.is_empty() {
        return;
    }
    page.blank();
    page.line("Progress");
    for entry in entries {
        let date = entry.said.date.map_or_else(|| "undated".into(), |date| date.to_string());
        let by = entry.said.by.as_ref().map(|by| format!("{by}: ")).unwrap_or_default();
        page.labelled(&format!("  {date}"), &format!("{by}{}", entry.said.text));
    }
}

fn doubts(page: &mut Page, action: &Action) {
    if action.flags().is_empty() {
        return;
    }
    page.blank();
    page.line("In doubt");
    for flag in action.flags() {
        let suggestion = flag
            .suggestion
            .as_ref()
            .map(|likely| format!(" Perhaps {}.", likely.trim_end_matches(['.', '?'])))
            .unwrap_or_default();
        let raw = if flag.why.contains(&flag.raw) { String::new() } else { format!(" “{}”", flag.raw) };
        page.labelled(&format!("  {}", flag.field), &format!("{}{raw}.{suggestion}", flag.why));
    }
}

/// What meetings said about it, and how challenges were answered.
fn minutes(page: &mut Page, register: &Register, action: &Action) {
    let said: Vec<Said> = said::about(register, action, None).collect();
    if !said.is_empty() {
        page.blank();
        page.line("Minutes");
    }
    for Said { day, body, words } in said {
        let day = day.map_or_else(|| "undated".into(), |day| day.to_string());
        page.labelled(&format!("  {day}"), &[body, words].concat());
    }
}

/// What was said and done, with the meeting in which it was.
fn trail(page: &mut Page, register: &Register, history: &[TrailEntry]) {
    page.blank();
    page.line("History");
    for entry in history {
        let day = entry.at.date_naive();
        let meeting = entry.meeting.and_then(|id| register.meeting(id)).map(|one| register.meeting_name(one));
        let meeting = meeting.map(|name| format!("; meeting of {name}")).unwrap_or_default();
        page.labelled(&format!("  {day}"), &format!("{} ({}{meeting})", entry.line.sentence, entry.author));
    }
}

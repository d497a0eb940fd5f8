//! `arising split` and `arising join`: an action that is really several, and several that are really one.

use serde::Serialize;

use super::Answer;
use super::context::Context;
use super::edit::done;
use super::page::Page;
use super::reference;
use super::regroup_args::{Join, Split};
use super::table;
use crate::domain::action::Action;
use crate::domain::date_words;
use crate::domain::id::Id;
use crate::domain::intent::Intent;
use crate::domain::parts::{self, Part};
use crate::domain::register::Register;
use crate::json;
use crate::problem::Problem;

pub fn split(context: &Context, args: &Split) -> Result<Answer, Problem> {
    if args.dry_run {
        return shown(context, args);
    }
    let (mut desk, env) = (context.change()?, context.clock.env());
    let action = reference::find(desk.register(), &args.reference)?;
    let intent = Intent::SplitAction { action: action.id, texts: texts(desk.register(), action, &args.at)? };
    let written = desk.write(&intent, &env)?;
    Ok(done(context, &desk, &written))
}

pub fn join(context: &Context, args: &Join) -> Result<Answer, Problem> {
    let (mut desk, env) = (context.change()?, context.clock.env());
    let register = desk.register();
    let into = reference::find(register, &args.reference)?;
    // A reference without a plan is one of the same plan.
    let plan = args.reference.trim().rsplit_once(':').map(|(plan, _)| plan);
    let whole = |other: &String| match plan.filter(|_| !other.contains(':')) {
        Some(plan) => format!("{plan}:{other}"),
        None => other.clone(),
    };
    let id = |other: &String| reference::find(register, &whole(other)).map(|action| action.id);
    let others = args.others.iter().map(id).collect::<Result<Vec<Id>, Problem>>()?;
    let intent = Intent::JoinActions { into: into.id, others };
    let written = desk.write(&intent, &env)?;
    Ok(done(context, &desk, &written))
}

/// The words of each part: where the given words begin, or else where the program proposes it.
fn texts(register: &Register, action: &Action, given: &[String]) -> Result<Vec<String>, Problem> {
    let words = action.text();
    let at = if given.is_empty() { proposed(register, action)? } else { parts::beginnings(words, given)? };
    Ok(parts::cut(words, &at))
}

fn proposed(register: &Register, action: &Action) -> Result<Vec<usize>, Problem> {
    let places = parts::places_in(register, action);
    let at: Vec<usize> = places.iter().filter(|place| place.is_proposed).map(|place| place.at).collect();
    if !at.is_empty() {
        return Ok(at);
    }
    let opening =
        |at: usize| -> Vec<&str> { action.text().get(at..).unwrap_or_default().split_whitespace().take(4).collect() };
    let sentence = places.first().map_or("WORDS".into(), |place| opening(place.at).join(" "));
    let why = "its words have no numbered lines and give no second lead something to do";
    let hint = format!("Say with which words a part begins: --at {sentence:?}.");
    Err(Problem::new(format!("{} was not split", register.reference(action)), why, hint))
}

/// The parts as they would be, with what each gets.
fn shown(context: &Context, args: &Split) -> Result<Answer, Problem> {
    let look = context.look()?;
    let register = look.register();
    let action = reference::find(register, &args.reference)?;
    let parts = parts::parts(register, action, &texts(register, action, &args.at)?);
    if args.json {
        let rows: Vec<PartRow<'_>> = parts.iter().map(|part| PartRow::new(register, part)).collect();
        return Ok(Answer::from(json::line(&rows) + "\n"));
    }
    let mut page = context.page();
    for (at, part) in parts.iter().enumerate() {
        let reference = register.reference(action);
        let name = if at == 0 { format!("{}  stays {reference}", at + 1) } else { format!("{}  new", at + 1) };
        page.line(&name);
        paint(&mut page, register, part);
    }
    page.line("Nothing was changed.");
    Ok(Answer::from(page.finish()))
}

fn paint(page: &mut Page, register: &Register, part: &Part) {
    page.labelled("  Action", &part.text);
    let dates: Vec<&str> = part.targets.iter().map(|target| target.raw.as_str()).collect();
    page.labelled("  Leads", &or_none(table::names(register, &part.leads)));
    page.labelled("  Target", &or_none(dates.join("; ")));
    for (_, entry) in part.entries.iter().filter_map(|id| register.entry(*id)) {
        let date = entry.said.date.map_or_else(|| "undated".into(), date_words::partial);
        page.labelled("  Progress", &format!("{date}: {}", entry.said.text));
    }
}

fn or_none(words: String) -> String {
    if words.is_empty() { "none".into() } else { words }
}

/// One part as `--json` prints it.
#[derive(Serialize)]
struct PartRow<'a> {
    text: &'a str,
    leads: Vec<&'a str>,
    targets: Vec<&'a str>,
    progress: Vec<&'a str>,
}

impl<'a> PartRow<'a> {
    fn new(register: &'a Register, part: &'a Part) -> PartRow<'a> {
        let entries = part.entries.iter().filter_map(|id| register.entry(*id));
        PartRow {
            text: &part.text,
            leads: part.leads.iter().map(|lead| register.party_name(lead.party)).collect(),
            targets: part.targets.iter().map(|target| target.raw.as_str()).collect(),
            progress: entries.map(|(_, entry)| entry.said.text.as_str()).collect(),
        }
    }
}

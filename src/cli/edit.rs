//! The edits `rate`, `progress`, `target`, `lead`, `via`, `text`, `undo` and `redo`, through the same rules as on the screen.

use chrono::Datelike;

use super::Answer;
use super::context::Context;
use super::edit_args::{Lead, Progress, Rate, Retarget, Reword, Via};
use super::reference;
use crate::desk::{Desk, Written};
use crate::domain::action::Action;
use crate::domain::date_text;
use crate::domain::date_words;
use crate::domain::filter::distance;
use crate::domain::id::Id;
use crate::domain::intent::{Intent, PartyChoice};
use crate::domain::party::name_key;
use crate::domain::rating::means_not_rated;
use crate::domain::register::Register;
use crate::domain::rules::party_called;
use crate::domain::target::{PartialDate, Target};
use crate::env::Env;
use crate::problem::Problem;

pub fn rate(context: &Context, args: &Rate) -> Result<Answer, Problem> {
    change(context, &args.references, |_, action, _| {
        let rating = Some(args.rating.trim().to_owned()).filter(|word| !means_not_rated(word));
        Ok(Intent::Rate { action, rating, note: args.note.clone() })
    })
}

pub fn progress(context: &Context, args: &Progress) -> Result<Answer, Problem> {
    change(context, std::slice::from_ref(&args.reference), |_, action, env| {
        let date = args.on.as_deref().map(|on| entry_date(on, env)).transpose()?;
        Ok(Intent::Progress { action, date, text: joined(&args.text, &args.more), by: args.by.clone() })
    })
}

pub fn target(context: &Context, args: &Retarget) -> Result<Answer, Problem> {
    change(context, std::slice::from_ref(&args.reference), |register, action, env| {
        let reason = args.reason.clone();
        if args.decline {
            return Ok(Intent::DeclineExtension { action, reason });
        }
        if args.accept {
            return accepted(register, action, &reason);
        }
        let dates = target_dates(&joined(&args.date, &args.more), env)?;
        if args.request {
            return Ok(Intent::RequestExtension { action, dates, reason, by: args.by.clone() });
        }
        Ok(Intent::Retarget { action, dates, reason })
    })
}

/// The target that was asked for, with the reason that was given for it unless there is another.
fn accepted(register: &Register, action: Id, reason: &str) -> Result<Intent, Problem> {
    let Some(asked) = register.action(action).and_then(Action::extension) else {
        let hint = "`arising list extension` lists the requests that are open.";
        return Err(Problem::new("The target was not changed", "no extension is requested", hint));
    };
    let reason = if reason.trim().is_empty() { asked.reason.clone() } else { reason.to_owned() };
    Ok(Intent::Retarget { action, dates: asked.dates.clone(), reason })
}

/// Dates separated by semicolons. `none` must be written out: an empty argument is probably a script's mistake.
pub(super) fn target_dates(written: &str, env: &Env) -> Result<Vec<Target>, Problem> {
    let dates: Vec<&str> = written.split(';').map(str::trim).filter(|date| !date.is_empty()).collect();
    match dates[..] {
        [] => Err(Problem::new(
            "The target was not changed",
            "no date was given",
            "Give a date, or `none` for no target.",
        )),
        [word] if word.eq_ignore_ascii_case("none") => Ok(Vec::new()),
        _ => dates.into_iter().map(|date| target_date(date, env)).collect(),
    }
}

pub fn lead(context: &Context, args: &Lead) -> Result<Answer, Problem> {
    change(context, std::slice::from_ref(&args.reference), |register, action, _| {
        let leads = chosen(register, &args.parties, (args.new, "The leads were not changed"))?;
        Ok(Intent::Assign { action, leads })
    })
}

pub fn via(context: &Context, args: &Via) -> Result<Answer, Problem> {
    change(context, std::slice::from_ref(&args.reference), |register, action, _| {
        let via = chosen(register, &args.subgroups, (args.new, "The subgroup was not changed"))?;
        Ok(Intent::Oversee { action, via })
    })
}

pub fn text(context: &Context, args: &Reword) -> Result<Answer, Problem> {
    change(context, std::slice::from_ref(&args.reference), |_, action, _| {
        Ok(Intent::Reword { action, text: joined(&args.text, &args.more) })
    })
}

pub fn undo(context: &Context) -> Result<Answer, Problem> {
    let mut desk = context.change()?;
    let written = desk.undo(&context.clock.env())?;
    Ok(done(context, &desk, &written))
}

pub fn redo(context: &Context) -> Result<Answer, Problem> {
    let mut desk = context.change()?;
    let written = desk.redo(&context.clock.env())?;
    Ok(done(context, &desk, &written))
}

/// Finds the actions, works out the intended change of each and writes them as one. If one is not found, nothing is written.
pub(super) fn change(
    context: &Context,
    references: &[String],
    mut wanted: impl FnMut(&Register, Id, &Env) -> Result<Intent, Problem>,
) -> Result<Answer, Problem> {
    let (mut desk, env) = (context.change()?, context.clock.env());
    let actions = reference::find_all(desk.register(), references)?;
    let intents = actions.iter().map(|action| wanted(desk.register(), *action, &env));
    let mut intents: Vec<Intent> = intents.collect::<Result<_, _>>()?;
    let intent = if intents.len() == 1 { intents.remove(0) } else { Intent::Several(intents) };
    let written = desk.write(&intent, &env)?;
    Ok(done(context, &desk, &written))
}

/// What is to be said after a change was written: about the register, and where it was recorded without a name.
pub(super) fn notes(context: &Context, desk: &Desk) -> Vec<String> {
    let nameless =
        (!context.clock.env().is_named()).then_some("recorded as unnamed; `arising name \"A. Name\"` gives your name");
    desk.notice().into_iter().chain(nameless).map(ToOwned::to_owned).collect()
}

pub(super) fn done(context: &Context, desk: &Desk, written: &Written) -> Answer {
    let mut page = context.page();
    page.line(&format!("saved: {}", written.sentence));
    Answer { text: page.finish(), notes: notes(context, desk), problems: written.refused.clone(), ..Answer::default() }
}

pub(super) fn joined(first: &str, more: &[String]) -> String {
    std::iter::once(first).chain(more.iter().map(String::as_str)).collect::<Vec<_>>().join(" ")
}

fn entry_date(on: &str, env: &Env) -> Result<PartialDate, Problem> {
    date_text::entry_date(on, env.today).ok_or_else(|| {
        let why = format!("`{on}` is not a date that can be read with certainty");
        let days = date_words::examples(env.today);
        Problem::new("Nothing was added", why, format!("Write it as {days}, or as “yesterday” or “Sept 2026”."))
    })
}

/// A date with certain first and last days; the command line has no way to settle a doubt.
fn target_date(date: &str, env: &Env) -> Result<Target, Problem> {
    let target = date_text::typed_target(date, env.today);
    match (target.span, &target.flag) {
        (Some(_), _) => Ok(target),
        (None, _) if date_text::is_dateless(date) => Ok(target),
        (None, why) => {
            let why = why.clone().unwrap_or_else(|| format!("`{date}` is not a date that can be read with certainty"));
            let why = why.trim_end_matches('.').to_owned();
            let ahead = date_words::example(env.today);
            Err(Problem::new(
                "The target was not changed",
                why,
                format!(
                    "Write it as {}, as “end of sept” or “Q3 {}”, or as “ongoing” or “TBC”.",
                    date_words::examples(ahead),
                    ahead.year()
                ),
            ))
        }
    }
}

/// The parties of these names; `none`, written out, is nobody. `what` did not happen where a name is in doubt.
pub(super) fn chosen(
    register: &Register,
    names: &[String],
    (new, what): (bool, &str),
) -> Result<Vec<PartyChoice>, Problem> {
    match names {
        [word] if word.trim().eq_ignore_ascii_case("none") => Ok(Vec::new()),
        names => names.iter().map(|name| choose(register, name, (new, what))).collect(),
    }
}

/// The party of that name; a name similar to a known one is queried rather than added.
fn choose(register: &Register, name: &str, (new, what): (bool, &str)) -> Result<PartyChoice, Problem> {
    let known = || register.parties.iter().filter(|party| !register.is_hidden(party.id));
    if let Some(party) = party_called(register, name) {
        return Ok(PartyChoice::Known(party.id));
    }
    if new {
        return Ok(PartyChoice::New(name.trim().to_owned()));
    }
    let unknown = || format!("no agency is called {}", name.trim());
    if let Some(party) = known().find(|party| is_like(name, party.name())) {
        let hint = format!("If you mean {}, type that; if this is a new agency, add --new.", party.name());
        return Err(Problem::new(what, unknown(), hint));
    }
    if name.contains([',', ';']) {
        let hint = "Give each agency as a separate argument; if this is the name of one new agency, add --new.";
        return Err(Problem::new(what, unknown(), hint));
    }
    Ok(PartyChoice::New(name.trim().to_owned()))
}

/// Whether one name could be a misspelling or a part of the other.
pub(super) fn is_like(one: &str, other: &str) -> bool {
    let (one, other) = (name_key(one), name_key(other));
    let letters = one.chars().count().min(other.chars().count());
    distance(&one, &other) <= letters.div_ceil(4) || (letters > 2 && other.contains(&one))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typing_slip_resembles_the_name_and_another_name_does_not() {
        assert!(is_like("Susex Police", "Sussex Police"));
        assert!(is_like("RCFT", "RCHT"));
        assert!(is_like("Police", "Sussex Police"));
        assert!(!is_like("Kent Police Authority", "Sussex Police"));
        assert!(!is_like("Head of Nursing (CFT)", "CFT"));
        assert!(!is_like("NHS", "CFT"));
    }
}

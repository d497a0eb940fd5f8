//! What may be done to a register: every rule about actions, in one place.

mod adding;
mod agency;
mod asking;
mod attending;
mod choosing;
mod closing;
mod extending;
mod joining;
pub(super) mod meeting;
mod moving;
mod parties;
mod plan;
mod settling;
mod several;
mod splitting;
#[cfg(test)]
mod tests;

pub use agency::board_only;
pub use asking::addresses;
pub use choosing::party_called;
pub use joining::made_one;
pub use several::{Decided, decide_each, sentence as refusals};

use chrono::NaiveDate;

use super::action::{Action, Dismissal, Targets};
use super::change::{Kind, Op, Value};
use super::date_words;
use super::flag::Flag;
use super::id::Id;
use super::intent::Intent;
use super::multi_value::Field;
use super::progress::{EntryOrigin, EntryText};
use super::rating::{Scheme, means_not_rated};
use super::register::Register;
use super::target::{PartialDate, Target};
use super::withdrawal::Withdrawal;
use crate::problem::Problem;

/// The operations that carry out `intent`, ready for the store to number and append.
///
/// # Errors
/// A [`Problem`] that names the action and the rule, where the intent breaks a rule or would change nothing.
pub fn decide(register: &Register, intent: &Intent, today: NaiveDate) -> Result<Vec<Op>, Problem> {
    agency::may(register, intent)?;
    let on = |id: &Id| Subject::find(register, *id, today);
    match intent {
        Intent::Rate { action, rating, note } => rate(&on(action)?, rating.as_deref(), note.as_deref()),
        Intent::Progress { action, date, text, by } => progress(&on(action)?, *date, text, by.as_deref()),
        Intent::Retarget { action, dates, reason } => retarget(&on(action)?, dates, reason),
        Intent::RequestExtension { action, dates, reason, by } => extending::request(&on(action)?, dates, reason, by),
        Intent::DeclineExtension { action, reason } => extending::decline(&on(action)?, reason),
        Intent::Assign { action, leads } => choosing::assign(&on(action)?, leads),
        Intent::Oversee { action, via } => choosing::oversee(&on(action)?, via),
        Intent::Reword { action, text } => reword(&on(action)?, text),
        Intent::Renumber { action, reference } => renumber(&on(action)?, reference),
        Intent::Move { action, to, reference } => moving::to(&on(action)?, *to, reference.as_deref()),
        Intent::AddAction { plan, recommendation, text, leads, dates } => {
            adding::action(register, (*plan, *recommendation), text, (leads, dates))
        }
        Intent::SplitAction { action, texts } => splitting::split(&on(action)?, texts),
        Intent::JoinActions { into, others } => joining::join(&on(into)?, others),
        Intent::ProposeClosure { action, evidence } => closing::propose(&on(action)?, evidence),
        Intent::AgreeClosure { action, evidence } => closing::agree(&on(action)?, evidence),
        Intent::Close(closing) => closing::close(&on(&closing.action)?, closing),
        Intent::PlaceEvidence { action, at } => closing::place(&on(action)?, at),
        Intent::Reopen { action, reason } => closing::reopen(&on(action)?, reason),
        Intent::Withdraw { action, reason } => withdraw(&on(action)?, reason),
        Intent::Settle { on, change } => settling::settle(register, *on, *change),
        Intent::SettleFlag { action, index } => settle_flag(&on(action)?, *index),
        Intent::Abandon { action, reason } => closing::abandon(&on(action)?, reason),
        Intent::Dismiss { action, challenge, reason } => dismiss(&on(action)?, challenge, reason),
        Intent::Accept { recommendation, acceptance } => plan::accept(register, *recommendation, acceptance),
        Intent::BeginMeeting(begin) => meeting::begin(register, begin),
        Intent::EndMeeting { next, rest } => meeting::end(register, *next, rest),
        Intent::ReopenMeeting { meeting } => meeting::reopen(register, *meeting),
        Intent::AgreeMinutes { meeting } => meeting::agree(register, *meeting),
        Intent::Discuss { action } => on(action).and_then(|on| meeting::discuss(register, on.action.id)),
        Intent::CarryForward { action, reason } => {
            on(action).and_then(|on| meeting::carry(register, on.action.id, reason))
        }
        Intent::TakeAsRead { action, word } => {
            on(action).and_then(|on| meeting::take_as_read(register, on.action.id, word))
        }
        Intent::Decide { action, text } => {
            let action = action.as_ref().map(|id| on(id).map(|on| on.action.id)).transpose()?;
            meeting::decision(register, action, text)
        }
        Intent::Note { recommendation, text } => meeting::note(register, *recommendation, text),
        Intent::Attend { chair, people } => meeting::attend(register, chair, people),
        Intent::ComeOrGo { people, movement, at } => attending::come_or_go(register, people, (*movement, *at)),
        Intent::Schedule { items, start, minutes } => attending::schedule(register, items, (*start, *minutes)),
        Intent::Receive { updates } => meeting::receive(register, updates),
        Intent::RenameParty { party, name } => parties::rename(register, *party, name),
        Intent::SameParty { kept, other } => parties::same(register, *kept, *other),
        Intent::WithdrawParty { party, reason } => parties::withdraw(register, *party, reason),
        Intent::WithdrawPlan { plan, reason } => parties::withdraw_plan(register, *plan, reason),
        Intent::Mark { plan, marking } => plan::mark(register, *plan, marking),
        Intent::Retain { plan, review_on, dispose_on } => plan::retain(register, *plan, *review_on, *dispose_on),
        Intent::Address { of } => asking::address(register, of),
        Intent::Ask { asked, by } => asking::ask(register, asked, *by, today),
        Intent::SetAgenda { agenda } => meeting::order(register, agenda),
        Intent::Several(_) => decide_each(register, intent, today).map(|decided| decided.ops),
    }
}

/// The action that an intent is about, known to be there and not withdrawn.
struct Subject<'a> {
    register: &'a Register,
    action: &'a Action,
    /// `7.1`, for sentences.
    reference: String,
    today: NaiveDate,
}

impl<'a> Subject<'a> {
    fn find(register: &'a Register, id: Id, today: NaiveDate) -> Result<Subject<'a>, Problem> {
        let Some(action) = register.action(id) else {
            return Err(Problem::new("There is no such action", "", "Press Esc and choose it again."));
        };
        let reference = register.reference(action);
        let hidden = |id: &Id| register.is_hidden(*id);
        if hidden(&id) {
            let reason = action.withdrawn.get().and_then(Option::as_ref).map_or("", |w| w.reason.as_str());
            return Err(Problem::new(format!("{reference} is withdrawn"), reason, "Undo the withdrawal first."));
        }
        if action.recommendation.as_ref().is_some_and(hidden) {
            return Err(Problem::new(format!("{reference} cannot be changed"), "its recommendation is withdrawn", ""));
        }
        if hidden(&action.plan) {
            return Err(Problem::new(format!("{reference} cannot be changed"), "its plan is withdrawn", ""));
        }
        Ok(Subject { register, action, reference, today })
    }

    fn set<T>(&self, field: &Field<T>, value: Value) -> Op {
        Op::Set { on: self.action.id, value, replaces: field.ids() }
    }

    fn entry(&self, text: &str) -> Op {
        self.dated_entry(self.today.into(), text, None)
    }

    fn dated_entry(&self, date: PartialDate, text: &str, by: Option<&str>) -> Op {
        let said = EntryText {
            date: Some(date),
            text: text.trim().into(),
            by: by.and_then(filled).map(Into::into),
            origin: EntryOrigin::Written,
        };
        Op::Add { kind: Kind::Entry { action: self.action.id, said }, values: Vec::new() }
    }

    /// Settles the doubts about a field: the user has now set it.
    fn settled(&self, field: &str) -> Option<Op> {
        let left: Vec<Flag> = self.action.flags().iter().filter(|flag| flag.field != field).cloned().collect();
        (left.len() < self.action.flags().len()).then(|| self.set(&self.action.flags, Value::Flags(left)))
    }

    fn problem(&self, what: &str, why: &str, hint: &str) -> Problem {
        Problem::new(format!("{} {what}", self.reference), why, hint)
    }
}

/// The text without the spaces around it, unless that leaves nothing.
fn filled(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

fn rate(on: &Subject<'_>, rating: Option<&str>, note: Option<&str>) -> Result<Vec<Op>, Problem> {
    let scheme = on.register.scheme(on.action.plan);
    let wanted = rating.map_or(Ok(None), |name| level_word(on, &scheme, name))?;
    let note = note.and_then(filled).map(|text| on.entry(text));
    let field = &on.action.rating;
    let is_same = on.action.rating() == wanted.as_deref() && !field.in_conflict();
    if is_same && note.is_none() {
        let now = wanted.as_deref().unwrap_or("not rated");
        return Err(on.problem(&format!("is already {now}"), "", ""));
    }
    let rating = (!is_same).then(|| on.set(field, Value::Rating(wanted)));
    let settled = rating.is_some().then(|| on.settled("rating")).flatten();
    Ok(rating.into_iter().chain(settled).chain(note).collect())
}

fn level_word(on: &Subject<'_>, scheme: &Scheme, name: &str) -> Result<Option<String>, Problem> {
    match scheme.level(name) {
        Some(level) => Ok(Some(level.word.clone())),
        None if means_not_rated(name) => Ok(None),
        None => {
            let levels: Vec<String> = scheme.levels.iter().map(|l| format!("{} {}", l.letter, l.word)).collect();
            Err(on.problem(
                "was not rated",
                &format!("this plan has no rating “{}”", name.trim()),
                &format!("It has {}, and - for not rated.", levels.join(", ")),
            ))
        }
    }
}

fn progress(on: &Subject<'_>, date: Option<PartialDate>, text: &str, by: Option<&str>) -> Result<Vec<Op>, Problem> {
    let what = "was not updated";
    if filled(text).is_none() {
        return Err(on.problem(what, "there is no text", "Type what was said."));
    }
    let date = date.unwrap_or_else(|| on.today.into());
    match date.first() {
        None => Err(on.problem(what, &format!("there is no such date as {date}"), "Give a date such as 2026-09-12.")),
        Some(first) if first > on.today => {
            let why = format!("{} is in the future, and progress records what has happened", date_words::partial(date));
            Err(on.problem(what, &why, "Give the day on which it was said."))
        }
        Some(_) => Ok(vec![on.dated_entry(date, text, by)]),
    }
}

fn retarget(on: &Subject<'_>, dates: &[Target], reason: &str) -> Result<Vec<Op>, Problem> {
    let dates: Vec<Target> = dates.iter().filter(|date| filled(&date.raw).is_some()).cloned().collect();
    let field = &on.action.targets;
    if on.action.targets() == dates && !field.in_conflict() {
        let raws: Vec<&str> = dates.iter().map(|date| date.raw.as_str()).collect();
        let now =
            if raws.is_empty() { "already has no target".into() } else { format!("already has {}", raws.join(" · ")) };
        return Err(on.problem(&now, "", "Type the new date."));
    }
    let is_clear = dates.iter().all(|date| date.span.is_some());
    let settled = is_clear.then(|| on.settled("target")).flatten();
    let set = on.set(field, Value::Targets(Targets { dates, reason: reason.trim().into() }));
    Ok(std::iter::once(set).chain(settled).chain(extending::answered(on)).collect())
}

fn reword(on: &Subject<'_>, text: &str) -> Result<Vec<Op>, Problem> {
    let Some(text) = filled(text) else {
        return Err(on.problem("was not reworded", "there is no text", "To remove the action, withdraw it."));
    };
    if on.action.text() == text && !on.action.text.in_conflict() {
        return Err(on.problem("already says that", "", ""));
    }
    let set = on.set(&on.action.text, Value::Text(text.into()));
    Ok(std::iter::once(set).chain(on.settled("text")).collect())
}

/// How long a number may be.
const LONGEST_NUMBER: usize = 20;

/// Calls an action by another number, which no other action of its plan has, nor had before it was withdrawn.
fn renumber(on: &Subject<'_>, reference: &str) -> Result<Vec<Op>, Problem> {
    let no = |why: String, hint: &str| Err(on.problem("keeps its number", &why, hint));
    let Some(number) = filled(reference).filter(|number| number.chars().count() <= LONGEST_NUMBER) else {
        return no(
            format!("a number has 1 to {LONGEST_NUMBER} characters"),
            "Write it as the board does: 1.4, R1.A3, 1a.",
        );
    };
    if number.contains(|c: char| c.is_whitespace() || c == ':') {
        return no(format!("“{number}” holds a space or a colon"), "Write it without: 1.4, R1.A3, 1a.");
    }
    if on.reference == number && !on.action.reference.in_conflict() {
        return no("that is its number already".into(), "");
    }
    let is_taken = |other: &&Action| {
        other.plan == on.action.plan && other.id != on.action.id && on.register.reference(other) == number
    };
    if let Some(other) = on.register.actions.iter().find(is_taken) {
        let whose = if on.register.is_hidden(other.id) { "a withdrawn action" } else { "another action" };
        return no(format!("{number} is the number of {whose}"), "Choose another, or change that one first.");
    }
    Ok(vec![on.set(&on.action.reference, Value::Reference(number.into()))])
}

fn withdraw(on: &Subject<'_>, reason: &str) -> Result<Vec<Op>, Problem> {
    let Some(reason) = filled(reason) else {
        return Err(on.problem("was not withdrawn", "there is no reason", "Say why it is no longer an action."));
    };
    let withdrawal = Withdrawal { reason: reason.into(), seen: on.register.heads_of(on.action.id) };
    Ok(vec![on.set(&on.action.withdrawn, Value::Withdrawn(Some(withdrawal)))])
}

fn dismiss(on: &Subject<'_>, challenge: &str, reason: &str) -> Result<Vec<Op>, Problem> {
    let Some(reason) = filled(reason) else {
        return Err(on.problem("challenge was not dismissed", "there is no reason", "Say why it does not count."));
    };
    if on.action.dismissed().iter().any(|one| one.challenge == challenge) {
        return Err(on.problem("challenge is already dismissed", "", ""));
    }
    let mut all = on.action.dismissed().to_vec();
    all.push(Dismissal { challenge: challenge.into(), reason: reason.into() });
    Ok(vec![on.set(&on.action.dismissed, Value::Dismissed(all))])
}

fn settle_flag(on: &Subject<'_>, index: usize) -> Result<Vec<Op>, Problem> {
    let mut flags: Vec<Flag> = on.action.flags().to_vec();
    if index >= flags.len() {
        return Err(on.problem("no longer has that doubt", "", "It may already have been settled."));
    }
    flags.remove(index);
    Ok(vec![on.set(&on.action.flags, Value::Flags(flags))])
}

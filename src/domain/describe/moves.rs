//! A change to a field in a sentence, in the way that the field's row of the table names.

use std::collections::BTreeSet;

use super::super::action::{Above, Closure, Dismissal, Extension, Follows, Targets};
use super::super::change::{Kind, Value};
use super::super::chase::{Asked, Request};
use super::super::date_words;
use super::super::flag::Flag;
use super::super::id::Id;
use super::super::meeting::{Agenda, MinuteKind, Receipt, Received, Stage, Verdict};
use super::super::recommendation::Acceptance;
use super::super::slots::Slot;
use super::super::table::values;
use super::super::timing::{self, CameOrWent, Moves, Planned, Times};
use super::super::undo::UNDONE;
use super::super::withdrawal::Withdrawal;
use super::plain::move_told;
use super::regrouped;
use super::subject::Telling;
use crate::text::counted;

/// A change to one field.
struct Move<'a> {
    on: Id,
    /// What the thing is called.
    label: &'a str,
    /// What the field is called.
    name: &'static str,
    then: &'a Value,
    now: &'a Value,
}

macro_rules! sentences {
    ($($variant:ident($type:ty) $log:literal $name:literal $word:literal $told:ident $(or $unset:expr)?;)*) => {
        fn told(telling: &Telling<'_>, change: &Move<'_>) -> String {
            match change.now {
                $(Value::$variant(now) => $told(telling, change, now)),*
            }
        }

        fn word(value: &Value) -> &'static str {
            match value {
                $(Value::$variant(_) => $word),*
            }
        }
    };
}
values!(sentences);

impl Telling<'_> {
    /// A change to a field of the thing called `label`.
    pub(super) fn sentence(&self, on: Id, label: &str, then: &Value, now: &Value) -> String {
        told(self, &Move { on, label, name: now.field_name(), then, now })
    }

    /// The field in one word; for withdrawing and restoring, the thing.
    pub(super) fn what(&self, on: Id, value: &Value) -> &'static str {
        if let Value::Withdrawn(_) = value { self.thing(on) } else { word(value) }
    }

    fn thing(&self, id: Id) -> &'static str {
        let known = self.before.slot(id).map(|slot| match slot {
            Slot::Plan(_) => "plan",
            Slot::Party(_) => "party",
            Slot::Finding(_) => "finding",
            Slot::Recommendation(_) => "recommendation",
            Slot::Action(_) => "action",
            Slot::Entry(..) => "progress",
            Slot::Meeting(_) => "meeting",
            Slot::Minute(..) => "minute",
        });
        let new = || {
            self.kind(id).map(|kind| match kind {
                Kind::Plan => "plan",
                Kind::Party => "party",
                Kind::Finding { .. } => "finding",
                Kind::Recommendation { .. } => "recommendation",
                Kind::Action { .. } => "action",
                Kind::Entry { .. } => "progress",
                Kind::Meeting => "meeting",
                Kind::Minute { .. } => "minute",
            })
        };
        known.or_else(new).unwrap_or("unknown")
    }

    /// How the adding of a thing in the register was described.
    fn added_again(&self, on: Id, label: &str) -> String {
        let register = self.before;
        let of_entry = register
            .entry(on)
            .map(|(_, entry)| format!("{label} progress added: {}", self.quoting.quote(&entry.said.text)));
        let of_action =
            || register.action(on).map(|action| format!("{label} added: {}", self.quoting.quote(action.text())));
        let of_rec =
            || register.recommendation(on).map(|rec| format!("{label} added: {}", self.quoting.quote(rec.text())));
        let of_plan = || register.plan(on).map(|plan| super::batches::imported(register, plan));
        let of_minute = || register.minute(on).map(|(_, minute)| super::minute_told(self.quoting, label, &minute.said));
        let of_meeting = || register.meeting(on).map(|_| format!("{label} started"));
        let other = || format!("{label} added");
        let known = of_entry.or_else(of_action).or_else(of_rec).or_else(of_plan);
        known.or_else(of_minute).or_else(of_meeting).unwrap_or_else(other)
    }
}

/// "recommendation 7 outcome none → Staff know".
fn moved<T>(telling: &Telling<'_>, change: &Move<'_>, _: &T) -> String {
    let shown = |value: &Value| telling.plain(value).map_or_else(|| "none".into(), |text| telling.quoting.short(&text));
    let Move { label, name, then, now, .. } = change;
    format!("{label} {name} {} → {}", shown(then), shown(now))
}

/// "1.2 moved from recommendation 1 to 3".
fn rehomed(telling: &Telling<'_>, change: &Move<'_>, above: &Above) -> String {
    let action = telling.before.action(change.on);
    let added_under = action.and_then(|action| action.added_under);
    let number = |rec: Option<Id>| rec.map_or_else(|| "none".into(), |rec| telling.number_of(rec));
    let then = if let Value::Above(then) = change.then { then.0 } else { None };
    let (from, to) = (number(then.or(added_under)), number(above.0.or(added_under)));
    format!("{} moved from recommendation {from} to {to}", change.label)
}

/// For what is too long to quote.
fn changed<T>(_: &Telling<'_>, change: &Move<'_>, _: &T) -> String {
    format!("{} {} changed", change.label, change.name)
}

fn settled<T>(_: &Telling<'_>, change: &Move<'_>, _: &T) -> String {
    format!("{} {} confirmed", change.label, change.name)
}

fn renamed(_: &Telling<'_>, change: &Move<'_>, name: &str) -> String {
    format!("party {} renamed {name}", change.label)
}

/// Also when it is reworded because it was split, or because others were joined with it.
fn reworded(telling: &Telling<'_>, change: &Move<'_>, text: &str) -> String {
    let how = regrouped::of_whole(telling, change.on).unwrap_or_else(|| "reworded".into());
    format!("{} {how}: {}", change.label, telling.quoting.quote(text))
}

#[expect(clippy::ref_option, reason = "called with what the value holds, whatever its type")]
fn rated(_: &Telling<'_>, change: &Move<'_>, rating: &Option<String>) -> String {
    let then = if let Value::Rating(Some(word)) = change.then { word } else { "not rated" };
    format!("{} {then} → {}", change.label, rating.as_deref().unwrap_or("not rated"))
}

/// "7.1 target Oct 2026 → Dec 2026 (the conference moved)".
fn retargeted(telling: &Telling<'_>, change: &Move<'_>, targets: &Targets) -> String {
    let is_unclear = targets.dates.iter().any(|target| target.span.is_none());
    let doubt = if is_unclear { ", no date recognised" } else { "" };
    let reason = targets.reason.trim();
    let because = if reason.is_empty() { String::new() } else { format!(" ({})", telling.quoting.short(reason)) };
    format!("{}{doubt}{because}", moved(telling, change, targets))
}

/// "7.1 extension to Mar 2027 requested (Harbour Council): the contract is late".
#[expect(clippy::ref_option, reason = "called with what the value holds, whatever its type")]
fn extended(telling: &Telling<'_>, change: &Move<'_>, now: &Option<Extension>) -> String {
    let (label, short) = (change.label, |text: &str| telling.quoting.short(text));
    match (change.then, now) {
        (_, Some(asked)) => {
            format!("{label} extension to {} requested{}", short(&asked.wanted()), short(&asked.because()))
        }
        (Value::Extension(Some(_)), None) => format!("{label} extension request answered"),
        (_, None) => format!("{label} no extension requested"),
    }
}

/// "7.1 asked of Sussex Police, to answer by 12 Dec 2026": the latest that were asked.
fn asked(telling: &Telling<'_>, change: &Move<'_>, now: &Asked) -> String {
    let before: &[Request] = if let Value::Asked(then) = change.then { &then.of } else { &[] };
    let new: Vec<&Request> = now.of.iter().filter(|one| !before.contains(one)).collect();
    let names: Vec<&str> = new.iter().map(|one| telling.before.party_name(one.party)).collect();
    let by = new.iter().find_map(|one| one.by).map(|day| format!(", to answer by {}", date_words::day(day)));
    if names.is_empty() {
        return format!("{} no longer asked", change.label);
    }
    format!("{} asked of {}{}", change.label, names.join(" and "), by.unwrap_or_default())
}

fn closed(telling: &Telling<'_>, change: &Move<'_>, closure: &Closure) -> String {
    let (label, quoting) = (change.label, telling.quoting);
    match closure {
        Closure::Open => format!("{label} reopened"),
        Closure::Proposed { evidence } if evidence.is_empty() => format!("{label} proposed for closure"),
        Closure::Closed { evidence } if evidence.is_empty() => format!("{label} closed"),
        Closure::Proposed { evidence } => format!("{label} proposed for closure: {}", quoting.quote(evidence)),
        Closure::Closed { evidence } => format!("{label} closed: {}", quoting.quote(evidence)),
        Closure::NotImplemented { reason } => format!("{label} will not be implemented: {}", quoting.quote(reason)),
    }
}

/// "7.1 evidence is at minutes.docx".
fn placed(_: &Telling<'_>, change: &Move<'_>, at: &str) -> String {
    match at {
        "" => format!("{} place of the evidence cleared", change.label),
        at => format!("{} evidence is at {at}", change.label),
    }
}

/// "7.3 is the next of 7.1".
fn followed(telling: &Telling<'_>, change: &Move<'_>, of: &Follows) -> String {
    match of.0 {
        Some(before) => format!("{} is the next of {}", change.label, telling.place(before).label),
        None => format!("{} is no longer the next of another", change.label),
    }
}

fn accepted(telling: &Telling<'_>, change: &Move<'_>, acceptance: &Acceptance) -> String {
    let (label, quoting) = (change.label, telling.quoting);
    match acceptance {
        Acceptance::NotStated => format!("{label} acceptance cleared"),
        Acceptance::Accepted => format!("{label} accepted"),
        Acceptance::Partly { reason } => format!("{label} partly accepted: {}", quoting.quote(reason)),
        Acceptance::NotAccepted { reason } => format!("{label} not accepted: {}", quoting.quote(reason)),
    }
}

fn dismissed(telling: &Telling<'_>, change: &Move<'_>, now: &[Dismissal]) -> String {
    let before: &[Dismissal] = if let Value::Dismissed(all) = change.then { all } else { &[] };
    let short = |text: &str| telling.quoting.short(text);
    match now.iter().find(|one| !before.contains(one)) {
        Some(new) => {
            format!("{} challenge dismissed ({}): {}", change.label, short(&new.reason), short(&new.challenge))
        }
        None => format!("{} challenge raised again", change.label),
    }
}

fn doubted(telling: &Telling<'_>, change: &Move<'_>, now: &[Flag]) -> String {
    let before: &[Flag] = if let Value::Flags(flags) = change.then { flags } else { &[] };
    let (label, short) = (change.label, |text: &str| telling.quoting.short(text));
    let settled = before.iter().find(|flag| !now.contains(flag));
    let raised = now.iter().find(|flag| !before.contains(flag));
    match (settled, raised) {
        (Some(flag), None) => format!("{label} doubt about the {} settled: {}", flag.field, short(&flag.why)),
        (None, Some(flag)) => format!("{label} doubt about the {}: {}", flag.field, short(&flag.why)),
        (Some(_), Some(_)) | (None, None) => format!("{label} doubts changed"),
    }
}

/// "7.3 is on the agenda", where one item was added; else how many there are.
fn listed(telling: &Telling<'_>, change: &Move<'_>, agenda: &Agenda) -> String {
    let before: &[Id] = if let Value::Agenda(then) = change.then { &then.items } else { &[] };
    let new: Vec<&Id> = agenda.items.iter().filter(|item| !before.contains(item)).collect();
    if let ([only], true) = (new.as_slice(), agenda.items.len() == before.len() + 1) {
        return format!("{} put on the agenda", telling.place(**only).label);
    }
    let gone: Vec<&Id> = before.iter().filter(|item| !agenda.items.contains(item)).collect();
    if let ([only], []) = (gone.as_slice(), new.as_slice()) {
        return format!("{} taken off the agenda", telling.place(**only).label);
    }
    format!("{} agenda of {}", change.label, counted(agenda.items.len(), "item"))
}

/// "OPS, 21 Nov 2026: accepted 2 updates from Sussex Police".
fn received(telling: &Telling<'_>, change: &Move<'_>, now: &Received) -> String {
    let before: &[Receipt] = if let Value::Received(before) = change.then { &before.0 } else { &[] };
    let parts = [(Verdict::Accepted, "accepted"), (Verdict::Declined, "did not accept")].map(|(verdict, word)| {
        let new = now.0.iter().filter(|one| one.verdict == verdict && !before.contains(one));
        let parties: Vec<&str> = new.map(|one| telling.before.party_name(one.party)).collect();
        let names: BTreeSet<&str> = parties.iter().copied().collect();
        let from = names.into_iter().collect::<Vec<_>>().join(" and ");
        (!parties.is_empty()).then(|| format!("{word} {} from {from}", counted(parties.len(), "update")))
    });
    let told: Vec<String> = parts.into_iter().flatten().collect();
    let told = if told.is_empty() { "has no such updates any more".to_owned() } else { told.join(", ") };
    format!("{} {told}", change.label)
}

/// "Ann Lee (Sussex Police) joined at 10:20": the latest.
fn came_or_went(telling: &Telling<'_>, change: &Move<'_>, now: &Moves) -> String {
    let before: &[CameOrWent] = if let Value::Moves(before) = change.then { &before.0 } else { &[] };
    let is_new = |at: &usize| now.0.get(*at).is_some_and(|one| !before.contains(one));
    let told: Vec<String> = (0..now.0.len()).filter(is_new).map(|at| move_told(telling, &now.0, at)).collect();
    if told.is_empty() { format!("{} {} corrected", change.label, change.name) } else { told.join("; ") }
}

/// "7.1 planned for 10:30, 15 min"; many at once are counted.
fn timed(telling: &Telling<'_>, change: &Move<'_>, now: &Times) -> String {
    let before: &[Planned] = if let Value::Times(before) = change.then { &before.0 } else { &[] };
    let of = |slots: &[Planned], item: Id| slots.iter().find(|slot| slot.item == item).copied();
    let new: Vec<&Planned> = now.0.iter().filter(|slot| of(before, slot.item) != Some(**slot)).collect();
    let gone: Vec<&Planned> = before.iter().filter(|slot| of(&now.0, slot.item).is_none()).collect();
    match (new.as_slice(), gone.as_slice()) {
        ([only], []) => format!("{} planned for {}", telling.place(only.item).label, timing::slot_words(**only)),
        ([], [only]) => format!("{} has no planned time any more", telling.place(only.item).label),
        (new, gone) => format!("{} planned times of {} changed", change.label, counted(new.len() + gone.len(), "item")),
    }
}

fn attended<T>(telling: &Telling<'_>, change: &Move<'_>, _: &T) -> String {
    let people = telling.plain(change.now).map_or_else(|| "none".into(), |text| telling.quoting.short(&text));
    format!("{} attendance: {people}", change.label)
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "called with what the value holds, whatever its type")]
fn staged(_: &Telling<'_>, change: &Move<'_>, stage: &Stage) -> String {
    let label = change.label;
    match stage {
        Stage::Open => format!("{label} open again"),
        Stage::Ended => format!("{label} ended"),
        Stage::Reopened => format!("{label} reopened for corrections"),
        Stage::Agreed => format!("{label}: minutes agreed"),
    }
}

fn text_of<'a>(telling: &'a Telling<'_>, id: Id) -> &'a str {
    telling.before.action(id).map_or("", |action| action.text())
}

/// Whether it only marks an item as discussed: taking the mark off withdraws nothing that was said.
fn is_mark(telling: &Telling<'_>, on: Id) -> bool {
    telling.before.minute(on).is_some_and(|(_, minute)| minute.said.kind == MinuteKind::Discussed)
}

/// Withdrawing; or adding again, where an undo or a redo brings back what an undo had withdrawn.
#[expect(clippy::ref_option, reason = "called with what the value holds, whatever its type")]
fn withdrawn(telling: &Telling<'_>, change: &Move<'_>, now: &Option<Withdrawal>) -> String {
    let (on, label) = (change.on, change.label);
    let was_undone = matches!(change.then, Value::Withdrawn(Some(withdrawal)) if withdrawal.reason == UNDONE);
    match now {
        None if was_undone => regrouped::of_part(telling, on).map_or_else(
            || telling.added_again(on, label),
            |whole| format!("{label} split from {whole}: {}", telling.quoting.quote(text_of(telling, on))),
        ),
        None => format!("{label} restored"),
        Some(withdrawal) if telling.before.entry(on).is_some() => {
            regrouped::moved(telling, on, label, &withdrawal.reason)
                .unwrap_or_else(|| format!("{label} progress withdrawn: {}", withdrawal.reason))
        }
        Some(withdrawal) if is_mark(telling, on) => format!("{label} {}", withdrawal.reason),
        Some(withdrawal) => format!("{label} withdrawn: {}", withdrawal.reason),
    }
}

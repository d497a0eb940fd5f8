//! What agencies wrote in their own copies, for the board's meeting to accept.
//!
//! Once merged, an update is in force like any other change. Accepting it makes it part of a meeting's work, so that the minutes
//! report it with the agency's name; what is not accepted is set back, with the reason as a decision.

use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::change::{Batch, Cause, Op, Value};
use super::date_words;
use super::describe;
use super::id::{Id, Origin};
use super::meeting::{Meeting, Receipt, Verdict};
use super::register::Register;
use super::rules;
use super::trail;
use super::undo;
use super::withdrawal::Withdrawal;
use crate::problem::Problem;
use crate::text::counted;

/// One update: what an agency did to an action at one time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Update {
    pub of: Receipt,
    /// Who wrote it.
    pub author: String,
    pub at: DateTime<FixedOffset>,
    /// "7.1 Red → Amber, progress added: “…”".
    pub sentence: String,
}

impl Update {
    /// "7.1 Red → Amber · Sussex Police (D. Okoro), 12 Nov 2026".
    pub fn line(&self, register: &Register) -> String {
        format!("{} · {}", self.sentence, self.from(register))
    }

    /// "Sussex Police (D. Okoro), 12 Nov 2026".
    pub fn from(&self, register: &Register) -> String {
        let day = date_words::day(self.at.date_naive());
        format!("{} ({}), {day}", register.party_name(self.of.party), self.author)
    }
}

/// The updates on which no meeting has decided and that were not undone, oldest first. `log` is in its order; `agencies` says
/// in whose agency copy each origin wrote.
pub fn waiting(log: &[Batch], register: &Register, agencies: &BTreeMap<Origin, Id>) -> Vec<Update> {
    if agencies.is_empty() {
        return Vec::new();
    }
    let decided: HashSet<Id> =
        register.visible_meetings().flat_map(Meeting::received).map(|received| received.batch).collect();
    let undone = undo::undone(log);
    let mut before = Register::default();
    let mut found = Vec::new();
    for batch in log {
        let party = agencies.get(&batch.id.origin).copied();
        let is_open = !decided.contains(&batch.id) && !undone.contains(&batch.id);
        if let Some(party) = party.filter(|_| is_open && batch.cause == Cause::Edit) {
            found.extend(update(&before, batch, party, register));
        }
        before.apply(batch);
    }
    found
}

fn update(before: &Register, batch: &Batch, party: Id, register: &Register) -> Option<Update> {
    let action = batch.changes.iter().find_map(|change| trail::about_action(register, change))?;
    let sentence = describe::batch(before, batch);
    let of = Receipt { action, batch: batch.id, party, verdict: Verdict::Accepted };
    Some(Update { of, author: batch.author.clone(), at: batch.at, sentence })
}

/// The operations that set an update back: `inverse` undoes it, and the reason stands in place of "undone" and as a decision.
///
/// # Errors
/// Where no reason is given or no meeting is open.
pub fn decline(register: &Register, update: &Update, inverse: Vec<Op>, reason: &str) -> Result<Vec<Op>, Problem> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Problem::new("The update stays", "there is no reason", "Say why it is not accepted."));
    }
    let receipt = Receipt { verdict: Verdict::Declined, ..update.of };
    let received = rules::meeting::receive(register, &[receipt])?;
    let words = format!("Update from {} not accepted: {reason}", update.from(register));
    let decision = rules::meeting::decision(register, Some(update.of.action), &words)?;
    let back = inverse.into_iter().map(|op| because(op, reason));
    Ok(received.into_iter().chain(back).chain(decision).collect())
}

fn because(op: Op, reason: &str) -> Op {
    match op {
        Op::Set { on, value: Value::Withdrawn(Some(withdrawal)), replaces } => {
            let withdrawal = Withdrawal { reason: format!("not accepted: {reason}"), ..withdrawal };
            Op::Set { on, value: Value::Withdrawn(Some(withdrawal)), replaces }
        }
        other => other,
    }
}

/// "9 updates from Sussex Police since 12 Nov 2026"; one sentence for all agencies, or nothing.
pub fn summary(register: &Register, updates: &[Update]) -> Option<String> {
    let since: NaiveDate = updates.iter().map(|update| update.at.date_naive()).min()?;
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for update in updates {
        *counts.entry(register.party_name(update.of.party)).or_default() += 1;
    }
    let parts: Vec<String> =
        counts.iter().map(|(name, count)| format!("{} from {name}", counted(*count, "update"))).collect();
    Some(format!("{} since {}", parts.join(", "), date_words::day(since)))
}

//! An agency's return beside the register: each answer becomes a progress entry, a new rating or an extension request of the
//! action it names. What the register has changed since the form was made is never overwritten unasked.

mod answered;
mod find;
mod own;

use std::collections::HashSet;

use super::pair::is_same;
use super::{Decisions, Difference, Reconciled};
use crate::domain::action::Action;
use crate::domain::change::Op;
use crate::domain::draft::{Draft, DraftAnswer};
use crate::domain::id::Id;
use crate::domain::party::PartyKind;
use crate::domain::query::concerns;
use crate::domain::register::Register;
use crate::domain::rules::party_called;
use answered::Answered;

/// A difference, and what adopting it would write.
struct Line {
    difference: Difference,
    ops: Vec<Op>,
    /// Whether the user decided it.
    is_decided: bool,
}

/// What importing a return would do. An answer already recorded changes nothing; what is unclear is asked.
pub fn answers(draft: &Draft, register: &Register, decisions: &Decisions) -> Reconciled {
    let mut result = Reconciled::default();
    let mut found: Vec<(usize, &DraftAnswer, &Action)> = Vec::new();
    for (at, answer) in draft.answers.iter().enumerate() {
        match find::find(register, &decisions.asked, (at, answer)) {
            Ok(action) => found.push((at, answer, action)),
            // A row as the form had it, in which nothing was written, loses nothing.
            Err(query) => result
                .queries
                .extend(Some(*query).filter(|_| says_something(answer) || !find::was_asked(register, answer))),
        }
    }
    let mut lines = Vec::new();
    for (at, answer, action) in &found {
        let others: Vec<&DraftAnswer> = found
            .iter()
            .filter(|(other, _, own)| other != at && own.id == action.id)
            .map(|(_, other, _)| *other)
            .collect();
        let why = reservation(draft, register, (action, answer), &others);
        let mut answered = Answered {
            draft,
            register,
            decisions,
            action,
            answer,
            at: *at,
            why,
            lines: Vec::new(),
            queries: Vec::new(),
        };
        answered.compare();
        result.queries.append(&mut answered.queries);
        let new = answered.lines.into_iter().filter(|line| says_new(&lines, line)).collect::<Vec<_>>();
        if new.is_empty() && says_something(answer) {
            result.same.push(action.id);
        }
        lines.extend(new);
    }
    settle(&mut lines);
    for line in lines {
        result.ops.extend(if line.difference.is_taken { line.ops } else { Vec::new() });
        result.differs.push(line.difference);
    }
    result.overtaken = decisions.asked.overtaken(&draft.form).filter(|_| !result.differs.is_empty());
    result
}

pub fn says_something(answer: &DraftAnswer) -> bool {
    !(answer.entries.is_empty() && answer.rating.is_empty() && answer.targets.is_empty())
}

/// The same answer given twice is one.
fn says_new(lines: &[Line], line: &Line) -> bool {
    lines.iter().all(|other| other.difference.key() != line.difference.key())
}

/// Of several values for one field, one is adopted: that which the user chose.
fn settle(lines: &mut [Line]) {
    let mut taken: HashSet<(Id, &'static str)> = HashSet::new();
    for is_decided in [true, false] {
        for line in lines.iter_mut().filter(|line| line.is_decided == is_decided && line.difference.is_taken) {
            let Difference { on, field, .. } = line.difference;
            line.difference.is_taken = field == PROGRESS || taken.insert((on, field));
        }
    }
}

/// The field of which an action can have several.
pub const PROGRESS: &str = "progress";

/// Why an answer as a whole is not adopted unasked: it is not the party's to give, it is late, or there are two.
fn reservation(
    draft: &Draft,
    register: &Register,
    (action, answer): (&Action, &DraftAnswer),
    others: &[&DraftAnswer],
) -> Option<String> {
    let party = &draft.form.party;
    if action.is_closed() {
        return Some("the action is closed".into());
    }
    match party_called(register, party) {
        None if !party.is_empty() => return Some(format!("no agency here is called “{party}”")),
        Some(known) if !is_its(register, action, known.id) => {
            return Some(format!("{party} does not lead this action"));
        }
        Some(_) | None => {}
    }
    let other = others.iter().find(|other| contradicts(answer, other))?;
    Some(format!("this return answers it twice, and says something else in {}", other.place))
}

fn is_its(register: &Register, action: &Action, party: Id) -> bool {
    let is_for_all = |id: Id| register.party(id).is_some_and(|lead| lead.kind() == PartyKind::Everyone);
    concerns(register, action, party) || action.leads().iter().any(|lead| is_for_all(lead.party))
}

fn contradicts(one: &DraftAnswer, other: &DraftAnswer) -> bool {
    let words =
        |answer: &DraftAnswer| answer.entries.iter().map(|entry| entry.text.as_str()).collect::<Vec<_>>().join(" ");
    let dates = |answer: &DraftAnswer| answer.targets.iter().map(|target| target.raw.clone()).collect::<Vec<_>>();
    says_something(other)
        && says_something(one)
        && !(is_same(&words(one), &words(other)) && one.rating == other.rating && dates(one) == dates(other))
}

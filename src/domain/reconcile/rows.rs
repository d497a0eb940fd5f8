//! A row of a document whose action was split here, or joined with another: the later version still has it as it was.

use std::collections::{HashMap, HashSet};

use super::Merge;
use super::compare::{Sides, are_same_dates, is_said};
use super::pair::{is_row_unchanged, is_same};
use crate::domain::action::{Action, Lead};
use crate::domain::allot;
use crate::domain::change::Value;
use crate::domain::draft::{DraftAction, DraftLead};
use crate::domain::flag::RawCell;
use crate::domain::id::Id;
use crate::domain::parts;
use crate::domain::plan::Plan;
use crate::domain::progress::EntryText;
use crate::domain::register::Register;
use crate::domain::rules;
use crate::domain::target::Target;
use crate::domain::withdrawal::JOINED_WITH;
use crate::text::words;

/// The words of the document for an action that were read then, and those it has now; none where the action still has the
/// words with which it was added, which are then compared as they are.
pub fn as_read<'a>(own: &'a Action, new: &'a DraftAction) -> Option<(&'a str, &'a str)> {
    own.text.head().filter(|head| head.id != own.id)?;
    let text = words(&new.text);
    let now = new.raw.iter().find(|cell| !text.is_empty() && has_words(&words(&cell.text), &text))?;
    let then = own.raw.get()?.iter().find(|cell| cell.column == now.column)?;
    Some((&then.text, &now.text))
}

fn has_words(all: &[String], part: &[String]) -> bool {
    all.windows(part.len().max(1)).any(|own| own == part)
}

/// Actions read in one row, of which the document has one now: the paired one, and those that were split from it.
pub fn parts_of(plan: &Plan, register: &Register, paired: &HashMap<Id, &DraftAction>) -> HashMap<Id, Vec<Id>> {
    let taken: HashSet<Id> = paired.keys().copied().collect();
    let left = plan.actions.iter().filter(|id| !taken.contains(id) && !register.is_hidden(**id));
    let mut rows: HashMap<&[RawCell], Vec<&Action>> = HashMap::new();
    for action in left.filter_map(|id| register.action(*id)) {
        rows.entry(raw(action)).or_default().push(action);
    }
    let mut all = HashMap::new();
    for (id, new) in paired {
        let Some(own) = register.action(*id) else { continue };
        let is_part = |other: &&&Action| is_same_row(own, other) && !is_dropped(other, new);
        let beside = rows.get(raw(own)).into_iter().flatten();
        let others: HashSet<Id> = beside.filter(is_part).map(|other| other.id).collect();
        if !others.is_empty() {
            // In the order in which they were added: the first is the one that was split.
            let is_one = |one: &&Id| others.contains(one) || *one == id && !register.is_hidden(**one);
            all.insert(*id, plan.actions.iter().filter(is_one).copied().collect());
        }
    }
    all
}

fn is_same_row(own: &Action, other: &Action) -> bool {
    let raw = raw(own);
    !raw.is_empty() && raw == self::raw(other) && own.source.get() == other.source.get()
}

/// Whether the document had the words of a part in its row, and has them no longer.
fn is_dropped(part: &Action, new: &DraftAction) -> bool {
    let text = words(part.text());
    let is_in = |cells: &[RawCell]| {
        let all: HashSet<String> = cells.iter().flat_map(|cell| words(&cell.text)).collect();
        let known = text.iter().filter(|word| all.contains(*word)).count();
        known * 10 >= text.len() * 8
    };
    is_in(raw(part)) && !is_in(&new.raw)
}

fn raw(action: &Action) -> &[RawCell] {
    action.raw.get().map_or(&[], Vec::as_slice)
}

/// The action that an action was joined with, however often that was joined with another since.
pub fn joined_into<'a>(register: &'a Register, own: &Action) -> Option<&'a Action> {
    let mut found: Option<&Action> = None;
    for _ in 0..register.actions.len() {
        let last = found.unwrap_or(register.action(own.id)?);
        let withdrawal = last.withdrawn.get().and_then(Option::as_ref).filter(|_| register.is_hidden(last.id));
        let Some(reference) = withdrawal.and_then(|withdrawal| withdrawal.reason.strip_prefix(JOINED_WITH)) else {
            break;
        };
        let is_it = |other: &&Action| other.plan == own.plan && register.reference(other) == reference;
        found = Some(register.actions.iter().find(is_it)?);
    }
    found
}

impl Merge<'_> {
    /// Compares a row with the actions that it was split into. Nothing of it is adopted unasked but new progress, since the
    /// document does not say which part it means.
    pub(super) fn compare_parts(&mut self, own: &Action, ids: &[Id], new: &DraftAction) {
        let register = self.register;
        let parts: Vec<&Action> = ids.iter().filter_map(|id| register.action(*id)).collect();
        self.asked_only.extend(ids);
        if is_row_unchanged(own.raw.get(), &new.raw) {
            for part in &parts {
                self.compare_action(part, new);
            }
            return;
        }
        let before = self.result.differs.len();
        let is_whole = self.made_whole(own, &parts, new);
        let asked: Vec<Id> = self.result.differs.iter().skip(before).map(|difference| difference.on).collect();
        let rows = self.rows_of_parts(&parts, new, is_whole.then_some(0));
        let compared = if is_whole { 1 } else { parts.len() };
        for (part, row) in parts.iter().zip(&rows).take(compared) {
            self.compare_action(part, row);
        }
        self.result.same.retain(|id| !asked.contains(id));
        let is_left =
            |part: &&Action| !ids.contains(&part.id) || parts.iter().skip(compared).any(|one| one.id == part.id);
        for part in std::iter::once(own).chain(parts.iter().copied()).filter(is_left) {
            self.ops.set(part.id, Value::Raw(new.raw.clone()), part.raw.ids());
            self.ops.set(part.id, Value::Source(new.source.clone()), part.source.ids());
        }
    }

    /// Compares a row with an action that was joined with another: new progress goes to that one, and nothing else is adopted
    /// unasked, which would bring the action back.
    pub(super) fn compare_joined(&mut self, own: &Action, into: &Action, new: &DraftAction) {
        self.asked_only.insert(own.id);
        if !is_row_unchanged(own.raw.get(), &new.raw) {
            let row = DraftAction { progress: unsaid(&[into, own], new), ..DraftAction::default() };
            self.entries(into, &row, &self.register.reference(into));
        }
        self.compare_action(own, &DraftAction { progress: Vec::new(), ..new.clone() });
    }

    /// Asks about words that are new in the document. Adopting them makes one action of the parts again.
    fn made_whole(&mut self, own: &Action, parts: &[&Action], new: &DraftAction) -> bool {
        let [first, others @ ..] = parts else { return false };
        let is_old = as_read(own, new).is_some_and(|(then, now)| is_same(then, now));
        let here: Vec<&str> = parts.iter().map(|part| part.text()).collect();
        if is_old || is_same(&here.join("\n"), &new.text) {
            return false;
        }
        let said = |part: &&Action| format!("{}: {}", self.register.reference(part), part.text());
        let (here, reference) = (parts.iter().map(said).collect::<Vec<_>>().join("\n"), self.register.reference(first));
        let sides = Sides { on: first.id, reference: &reference, field: "text", here, document: new.text.clone() };
        let is_taken = self.differs(sides, &first.text.ids());
        if is_taken {
            let ops = rules::made_one(self.register, first, others, &new.text);
            self.ops.extend(ops);
        }
        is_taken
    }

    /// For each part, what the row says of it: its own words, leads and dates where all parts together have those of the row,
    /// and the new progress that is about it, or all of it for the part at `all_for`.
    fn rows_of_parts(&self, parts: &[&Action], new: &DraftAction, all_for: Option<usize>) -> Vec<DraftAction> {
        let (leads, via) = (self.lead_of(parts, Action::leads, &new.leads), self.lead_of(parts, Action::via, &new.via));
        let due: Vec<Target> = parts.iter().flat_map(|part| part.targets()).cloned().collect();
        let is_due = is_covered(&due, &new.targets) && is_covered(&new.targets, &due);
        let row = |part: &&Action| DraftAction {
            text: part.text().to_owned(),
            leads: leads(part),
            via: via(part),
            targets: if is_due { part.targets().to_vec() } else { new.targets.clone() },
            progress: Vec::new(),
            ..new.clone()
        };
        let mut rows: Vec<DraftAction> = parts.iter().map(row).collect();
        let pieces: Vec<DraftAction> =
            parts.iter().map(|part| parts::whole(self.register, part, part.text())).collect();
        for said in unsaid(parts, new) {
            let at = all_for.unwrap_or_else(|| allot::owner(&said, &pieces));
            if let Some(row) = rows.get_mut(at) {
                row.progress.push(said);
            }
        }
        rows
    }

    /// The leads of the row for a part: its own of them, where all parts together have exactly these.
    fn lead_of<'a>(
        &'a self,
        parts: &[&Action],
        leads: fn(&Action) -> &[Lead],
        new: &'a [DraftLead],
    ) -> impl Fn(&Action) -> Vec<DraftLead> + 'a {
        let mut all: Vec<Lead> = Vec::new();
        for lead in parts.iter().flat_map(|part| leads(part)) {
            if all.iter().all(|known| known.party != lead.party) {
                all.push(lead.clone());
            }
        }
        let is_same = self.are_same(&all, new);
        move |part| {
            let is_of_part = |lead: &&DraftLead| {
                let known = self.parties.known(lead.party);
                leads(part).iter().any(|own| Some(own.party) == known)
            };
            new.iter().filter(|lead| !is_same || is_of_part(lead)).cloned().collect()
        }
    }
}

/// The progress of a row that none of these actions has or had.
fn unsaid(actions: &[&Action], new: &DraftAction) -> Vec<EntryText> {
    let is_new = |said: &&EntryText| !actions.iter().any(|action| is_said(action, said));
    new.progress.iter().filter(is_new).cloned().collect()
}

fn is_covered(dates: &[Target], by: &[Target]) -> bool {
    dates
        .iter()
        .all(|date| by.iter().any(|other| are_same_dates(std::slice::from_ref(date), std::slice::from_ref(other))))
}

//! What a merge brought, in words: how much, by whom, since when, and what it leaves to settle.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::change::{Batch, Change, Kind, Op, Value};
use super::conflict::{self, Conflict};
use super::date_words;
use super::id::{Id, Origin};
use super::register::Register;
use crate::text::counted;

/// How many authors are named.
const NAMED: usize = 3;

/// What a merge brought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brought {
    pub changes: usize,
    /// In an agency copy, how many changes are no longer withheld.
    pub filled: u64,
    /// Who wrote them, and on which computer: "D. Okoro (SXP-L-0417)".
    pub by: Vec<String>,
    /// The first day on which one was made.
    pub since: Option<NaiveDate>,
    /// How many of each kind: "rating", "progress entry".
    pub kinds: Vec<(usize, &'static str)>,
    /// The conflicts that it made.
    pub conflicts: Vec<Conflict>,
    /// The progress entries that say, about the same action, what one here says.
    pub repeated: Vec<Id>,
    /// The names of parties that were added on both sides.
    pub twins: Vec<String>,
}

impl Brought {
    /// What `log` holds beyond the changes that were `here`. `register` is what the log amounts to.
    pub fn beyond(
        log: &[Batch],
        here: &BTreeMap<Origin, u64>,
        register: &Register,
        computers: &BTreeMap<Origin, String>,
    ) -> Brought {
        let is_new = |id: Id| here.get(&id.origin).is_none_or(|last| id.seq > *last);
        let mut brought = Brought::default();
        let mut kinds: BTreeMap<usize, (usize, &'static str)> = BTreeMap::new();
        for batch in log {
            let is_told = |change: &&Change| is_new(change.id) && change.op != Op::Absent;
            let new: Vec<&Change> = batch.changes.iter().filter(is_told).collect();
            if new.is_empty() {
                continue;
            }
            brought.changes += new.len();
            let day = batch.at.date_naive();
            brought.since = Some(brought.since.map_or(day, |since| since.min(day)));
            let by = computers
                .get(&batch.id.origin)
                .map_or_else(|| batch.author.clone(), |on| format!("{} ({on})", batch.author));
            if !brought.by.contains(&by) {
                brought.by.push(by);
            }
            for (place, word) in new.into_iter().filter_map(kind) {
                kinds.entry(place).or_insert((0, word)).0 += 1;
            }
        }
        brought.kinds = kinds.into_values().collect();
        let news = |conflict: &Conflict| conflict.heads.iter().any(|head| is_new(head.id));
        brought.conflicts = conflict::all(register).into_iter().filter(news).collect();
        brought.twins = twins(register, is_new);
        brought.repeated = repeated(register, is_new);
        brought
    }

    pub fn is_empty(&self) -> bool {
        self.changes == 0 && self.filled == 0
    }

    /// What it brings, in short pieces: by whom and since when, what, and what it leaves to settle.
    pub fn pieces(&self) -> Vec<String> {
        let by = if self.changes == 0 { String::new() } else { format!("by {}{}", self.authors(), self.since()) };
        [by, self.counted_kinds(), self.filled(), self.left()].into_iter().filter(|piece| !piece.is_empty()).collect()
    }

    /// "14 changes by D. Okoro (SXP-L-0417) since 12 Nov 2026: 3 ratings, 9 progress entries; 2 conflicts, 1 possible duplicate".
    pub fn sentence(&self) -> String {
        let (kinds, left) = (self.counted_kinds(), self.left());
        let kinds = if kinds.is_empty() { kinds } else { format!(": {kinds}") };
        let left = if left.is_empty() { left } else { format!("; {left}") };
        if self.changes == 0 {
            return format!("{}{left}", self.filled());
        }
        let filled = if self.filled == 0 { String::new() } else { format!("; {}", self.filled()) };
        let left = filled + &left;
        format!("{} by {}{}{kinds}{left}", counted(self.changes, "change"), self.authors(), self.since())
    }

    /// "5 changes that were withheld from this copy until now".
    fn filled(&self) -> String {
        let count = usize::try_from(self.filled).unwrap_or(usize::MAX);
        if count == 0 {
            return String::new();
        }
        format!("{} withheld from this copy until now", counted(count, "change"))
    }

    fn since(&self) -> String {
        self.since.map(|day| format!(" since {}", date_words::day(day))).unwrap_or_default()
    }

    fn counted_kinds(&self) -> String {
        self.kinds.iter().map(|(count, word)| counted(*count, word)).collect::<Vec<_>>().join(", ")
    }

    fn left(&self) -> String {
        let words = |count: usize, words: String| (count > 0).then_some(words);
        let (conflicts, repeated, twins) = (self.conflicts.len(), self.repeated.len(), self.twins.len());
        let left = [
            words(conflicts, counted(conflicts, "conflict")),
            words(repeated, counted(repeated, "possible duplicate")),
            words(twins, format!("{} added twice", counted(twins, "agency"))),
        ];
        left.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    fn authors(&self) -> String {
        let named: Vec<&str> = self.by.iter().take(NAMED).map(String::as_str).collect();
        match self.by.len().saturating_sub(NAMED) {
            0 => named.join(", "),
            more => format!("{} and {}", named.join(", "), counted(more, "other")),
        }
    }
}

/// What a change counts as, with its place in the sentence; none for what only accompanies another.
fn kind(change: &Change) -> Option<(usize, &'static str)> {
    match &change.op {
        Op::Add { kind, .. } => match kind {
            Kind::Plan => Some((0, "plan")),
            Kind::Action { .. } => Some((1, "action")),
            Kind::Entry { .. } => Some((3, "progress entry")),
            Kind::Meeting => Some((5, "meeting")),
            Kind::Minute { .. } => Some((6, "minute")),
            Kind::Party | Kind::Finding { .. } | Kind::Recommendation { .. } => None,
        },
        Op::Set { value: Value::Rating(_), .. } => Some((2, "rating")),
        Op::Set { value: Value::Targets(_), .. } => Some((4, "target date")),
        Op::Erase { .. } => Some((7, "erasure")),
        Op::Set { .. } | Op::Unknown { .. } | Op::Absent => None,
    }
}

/// Names that two parties have, one of them new.
fn twins(register: &Register, is_new: impl Fn(Id) -> bool) -> Vec<String> {
    let mut seen: BTreeMap<String, (usize, bool)> = BTreeMap::new();
    for party in register.parties.iter().filter(|party| !register.is_hidden(party.id)) {
        let (count, any_new) = seen.entry(party.name().to_owned()).or_default();
        *count += 1;
        *any_new |= is_new(party.id);
    }
    seen.into_iter().filter(|(_, (count, any_new))| *count > 1 && *any_new).map(|(name, _)| name).collect()
}

/// New entries with the words of another entry of their action.
fn repeated(register: &Register, is_new: impl Fn(Id) -> bool) -> Vec<Id> {
    let mut found = Vec::new();
    for action in register.visible_actions() {
        let mut seen = BTreeSet::new();
        let shown = action.entries.iter().filter(|entry| !register.is_hidden(entry.id));
        let mut texts: Vec<(bool, Id, &str)> = shown.map(|e| (is_new(e.id), e.id, e.said.text.as_str())).collect();
        texts.sort_by_key(|(is_new, ..)| *is_new);
        for (is_new, id, text) in texts {
            if !seen.insert(text) && is_new {
                found.push(id);
            }
        }
    }
    found
}

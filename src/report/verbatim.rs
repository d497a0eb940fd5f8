//! The source document's own wording, wherever it is still true: a plan imported from Word goes back to Word unchanged.
//!
//! Text that was read from a cell and not changed since is reproduced as that cell, not in our own wording, so that
//! whoever reads it again, a person or the importer, finds the same in it.

use super::columns::{self, Holds, PlanColumn};
use crate::domain::action::{Action, Lead};
use crate::domain::date_text;
use crate::domain::progress::{Entry, EntryOrigin, EntryText};
use crate::domain::recommendation::Recommendation;
use crate::domain::register::Register;
use crate::domain::target::{PartialDate, Target};

/// How many letters and digits beside an update may be its date and author.
const MARK: usize = 24;

/// An action with the columns that show it.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    pub register: &'a Register,
    pub rec: Option<&'a Recommendation>,
    pub action: &'a Action,
    pub columns: &'a [PlanColumn],
    pub names: LeadNames,
}

/// Whose wording is used for leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeadNames {
    /// The document's.
    AsWritten,
    /// The register's.
    AsNamed,
}

impl<'a> Source<'a> {
    pub fn cell(self, column: &PlanColumn) -> Option<&'a str> {
        columns::raw(self.rec, self.action, &column.title).filter(|cell| !cell.trim().is_empty())
    }

    /// The progress cell, if the reproduced cells hold every imported entry and hardly anything else.
    pub fn progress(self) -> Option<&'a str> {
        let cell = self.progress_cell()?;
        let imported: Vec<_> =
            self.action.entries.iter().filter(|entry| entry.said.origin == EntryOrigin::Imported).collect();
        let said: Vec<String> = imported.iter().map(|entry| folded(&entry.said.text)).collect();
        let cells: Vec<String> = self.given_back().map(folded).collect();
        let is_there = imported.iter().all(|entry| matches!(entry.withdrawn.get(), None | Some(None)));
        let is_whole = || said.iter().all(|entry| cells.iter().any(|cell| is_in(entry, cell)));
        let letters: usize = said.iter().map(String::len).sum();
        let is_all = || folded(cell).len() <= letters + MARK * (imported.len() + 1);
        (is_there && is_whole() && is_all() && self.tells_days(&imported) && !self.is_shared()).then_some(cell)
    }

    fn progress_cell(self) -> Option<&'a str> {
        let column = self.columns.iter().find(|column| column.holds == Holds::Progress)?;
        self.cell(column)
    }

    /// Whether another part of the action, read in the same row, has progress of the row that this one has not.
    fn is_shared(self) -> bool {
        let is_part = |other: &&Action| {
            let is_same_row = other.raw.get().is_some() && other.raw.get() == self.action.raw.get();
            other.id != self.action.id && other.plan == self.action.plan && is_same_row
        };
        let has = |said: &EntryText| self.action.entries.iter().any(|own| own.said == *said);
        // A part, and what it was split from, was changed when that was done.
        let all = self.action.changed.iter().flat_map(|_| self.register.actions.iter());
        let mut parts = all.filter(is_part);
        parts.any(|other| {
            other.entries.iter().any(|entry| entry.said.origin == EntryOrigin::Imported && !has(&entry.said))
        })
    }

    /// The cells to reproduce as they were, if any.
    fn given_back(self) -> impl Iterator<Item = &'a str> {
        let is_kept = |column: &&PlanColumn| matches!(column.holds, Holds::Progress | Holds::Raw);
        self.columns.iter().filter(is_kept).filter_map(move |column| self.cell(column))
    }

    /// Whether the date of each entry occurs in the cells or in their column titles.
    fn tells_days(self, entries: &[&Entry]) -> bool {
        let mut missing: Vec<_> = entries.iter().filter_map(|entry| entry.said.date).map(PartialDate::first).collect();
        let titles = self.columns.iter().map(|column| column.title.as_str());
        for text in self.given_back().chain(titles) {
            if missing.is_empty() {
                break;
            }
            let told = date_text::find(text, None);
            missing.retain(|day| told.iter().all(|found| found.date.first() != *day));
        }
        missing.is_empty()
    }

    /// Whether the original targets occur in the prose of a reproduced cell and need no separate column.
    pub fn tells_targets(self) -> bool {
        let first = first_targets(self.action);
        let is_told = |cell: &str| {
            let cell = folded(cell);
            first.iter().all(|target| cell.contains(&folded(&target.raw)))
        };
        // Whether the cell is reproduced takes longest to find out.
        let may_be = || self.progress_cell().is_some_and(is_told);
        // Without a cell, only targets without a word are told.
        let no_words = || first.iter().all(|target| folded(&target.raw).is_empty());
        !first.is_empty() && (no_words() || may_be() && self.progress().is_some())
    }

    /// The target cell, if it states the original targets and nothing else.
    pub fn targets(self, column: &PlanColumn) -> Option<&'a str> {
        let cell = self.cell(column)?;
        let said: String = first_targets(self.action).iter().map(|target| folded(&target.raw)).collect();
        (said == folded(cell)).then_some(cell)
    }

    /// The lead cell, if it names the current leads and no others.
    pub fn leads(self, column: &PlanColumn) -> Option<&'a str> {
        let cell = self.cell(column).filter(|_| self.names == LeadNames::AsWritten)?;
        let named: Vec<&Lead> = self.action.leads().iter().chain(self.action.via()).collect();
        let mut rest = folded(cell);
        for lead in &named {
            rest = rest.replacen(&take(&rest, &folded(&lead.raw))?, "", 1);
        }
        (!named.is_empty() && rest.replacen("via", "", 1).len() <= 3 * named.len()).then_some(cell)
    }

    /// The recommendation cell, if it has both number and text.
    pub fn recommendation(self, column: &PlanColumn) -> Option<&'a str> {
        let (cell, rec) = (self.cell(column)?, self.rec?);
        let whole = folded(cell);
        let label = whole.strip_suffix(&folded(rec.text()))?;
        (label.len() <= MARK && label.ends_with(&folded(rec.number()))).then_some(cell)
    }
}

/// The targets as first set.
pub fn first_targets(action: &Action) -> &[Target] {
    action.original_targets.as_ref().map_or(action.targets(), |first| first.dates.as_slice())
}

/// The text if it is found, else nothing.
fn take(rest: &str, wanted: &str) -> Option<String> {
    (!wanted.is_empty() && rest.contains(wanted)).then(|| wanted.to_owned())
}

/// Whether an entry was read from a cell, both folded: it is part of the cell, or all of it after a word ("Completed 1
/// May").
fn is_in(entry: &str, cell: &str) -> bool {
    cell.contains(entry) || cell.len() > 3 && entry.contains(cell)
}

pub fn folded(text: &str) -> String {
    let composed = crate::text::composed(text);
    let mut folded = String::with_capacity(composed.len());
    for c in composed.chars() {
        // Nearly every letter is one of these, and this is done for every cell of a plan.
        if c.is_ascii() {
            folded.extend(c.is_ascii_alphanumeric().then(|| c.to_ascii_lowercase()));
        } else if c.is_alphanumeric() {
            folded.extend(c.to_lowercase());
        }
    }
    folded
}

//! What a cell of the source document said, where it still holds: what came in as Word goes out as Word.
//!
//! Words that were read from a cell and not changed since are given back as that cell, and not in words of ours, so that
//! whoever reads them again, a person or the importer, finds in them what was found before.

use super::columns::{self, Holds, PlanColumn};
use crate::domain::action::{Action, Lead};
use crate::domain::date_text;
use crate::domain::progress::EntryOrigin;
use crate::domain::recommendation::Recommendation;
use crate::domain::target::Target;

/// Letters and digits beside an update that name its date and its giver.
const MARK: usize = 24;

/// An action with the columns in which it is shown.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    pub rec: Option<&'a Recommendation>,
    pub action: &'a Action,
    pub columns: &'a [PlanColumn],
    pub names: LeadNames,
}

/// In whose words leads are told.
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

    /// The cell of progress, where the cells that are given back hold every imported entry, and hardly anything else.
    pub fn progress(self) -> Option<&'a str> {
        let column = self.columns.iter().find(|column| column.holds == Holds::Progress)?;
        let cell = self.cell(column)?;
        let imported: Vec<_> =
            self.action.entries.iter().filter(|entry| entry.said.origin == EntryOrigin::Imported).collect();
        let whole = imported.iter().all(|entry| {
            let is_there = matches!(entry.withdrawn.get(), None | Some(None));
            is_there && self.given_back().any(|cell| is_in(&entry.said.text, cell))
        });
        let said: usize = imported.iter().map(|entry| folded(&entry.said.text).len()).sum();
        let is_dated = imported.iter().filter_map(|entry| entry.said.date).all(|date| self.tells(date.first()));
        (whole && is_dated && folded(cell).len() <= said + MARK * (imported.len() + 1)).then_some(cell)
    }

    /// Cells that are given back as they were, if anything is.
    fn given_back(self) -> impl Iterator<Item = &'a str> {
        let is_kept = |column: &&PlanColumn| matches!(column.holds, Holds::Progress | Holds::Raw);
        self.columns.iter().filter(is_kept).filter_map(move |column| self.cell(column))
    }

    /// Whether a date stands in the cells or the titles of their columns.
    fn tells(self, day: Option<chrono::NaiveDate>) -> bool {
        let titles = self.columns.iter().map(|column| column.title.as_str());
        let told = |text: &str| date_text::find(text, None).iter().any(|found| found.date.first() == day);
        self.given_back().chain(titles).any(told)
    }

    /// Whether the first targets stand in the prose of a cell that is given back, and need no column of their own.
    pub fn tells_targets(self) -> bool {
        let first = first_targets(self.action);
        let cell = self.progress().map(folded).unwrap_or_default();
        !first.is_empty() && first.iter().all(|target| cell.contains(&folded(&target.raw)))
    }

    /// The cell of targets, where it says the first targets and nothing else.
    pub fn targets(self, column: &PlanColumn) -> Option<&'a str> {
        let cell = self.cell(column)?;
        let said: String = first_targets(self.action).iter().map(|target| folded(&target.raw)).collect();
        (said == folded(cell)).then_some(cell)
    }

    /// The cell of leads, where it names those in force and nobody else.
    pub fn leads(self, column: &PlanColumn) -> Option<&'a str> {
        let cell = self.cell(column).filter(|_| self.names == LeadNames::AsWritten)?;
        let named: Vec<&Lead> = self.action.leads().iter().chain(self.action.via()).collect();
        let mut rest = folded(cell);
        for lead in &named {
            rest = rest.replacen(&take(&rest, &folded(&lead.raw))?, "", 1);
        }
        (!named.is_empty() && rest.replacen("via", "", 1).len() <= 3 * named.len()).then_some(cell)
    }

    /// The cell of the recommendation, where it says its number and its words.
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

/// What is looked for, where it is there.
fn take(rest: &str, wanted: &str) -> Option<String> {
    (!wanted.is_empty() && rest.contains(wanted)).then(|| wanted.to_owned())
}

/// Whether an entry was read from a cell: it says a part of it, or all of it with a word before ("Completed 1 May").
fn is_in(entry: &str, cell: &str) -> bool {
    let (entry, cell) = (folded(entry), folded(cell));
    cell.contains(&entry) || cell.len() > 3 && entry.contains(&cell)
}

pub fn folded(text: &str) -> String {
    let composed = crate::text::composed(text);
    composed.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

//! What the reader of documents is told beforehand: what the user taught it, and what is said now about the columns.

use std::path::Path;

use chrono::NaiveDate;

use crate::domain::draft::Draft;
use crate::import::Options;
use crate::import::words::column_choices;
use crate::import::words::taught::Taught;
use crate::problem::Problem;

/// What is known about documents before one is read.
#[derive(Clone, Debug, Default)]
pub struct Guidance {
    taught: Taught,
    /// What columns hold, as the user says now.
    pub said: Vec<(String, String)>,
    /// The only sheet to read, of a workbook.
    pub sheet: Option<String>,
    pub memory: Memory,
}

/// Whether what was said about the same header row before still counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Memory {
    #[default]
    Kept,
    Dropped,
}

impl Guidance {
    /// What the data folder holds, where there is one, and what is said now about the columns.
    pub fn load(folder: Option<&Path>, said: &[(String, String)]) -> Guidance {
        Guidance { taught: Taught::load(folder), said: said.to_vec(), ..Guidance::default() }
    }

    /// Why a file of the data folder was left out, a sentence each.
    pub fn problems(&self) -> &[Problem] {
        &self.taught.problems
    }

    /// For reading a document on a day.
    pub fn options(&self, today: NaiveDate) -> Options {
        let kept = self.taught.options(today);
        let explained = match self.memory {
            Memory::Kept => kept.explained.clone(),
            Memory::Dropped => Vec::new(),
        };
        Options { sheet: self.sheet.clone(), columns: self.said.clone(), explained, ..kept }
    }

    /// What was said earlier about the columns of a document, and still holds.
    pub fn said_before(&self, draft: &Draft) -> Vec<(String, String)> {
        if self.memory == Memory::Dropped {
            return Vec::new();
        }
        let now = |name: &str| self.said.iter().any(|(said, _)| column_choices::is_same(said, name));
        let all = draft.tables.iter().flat_map(|table| self.taught.mappings.of(table));
        let mut before: Vec<(String, String)> = all.filter(|(name, _)| !now(name)).cloned().collect();
        before.sort();
        before.dedup();
        before
    }

    /// Keeps what was said now for the next document with these header rows; answers what that was.
    pub(super) fn learn(&mut self, draft: &Draft) -> Result<Vec<(String, String)>, Problem> {
        let is_less = self.memory == Memory::Dropped && self.taught.mappings.forget(draft);
        let learnt = self.taught.mappings.learn(draft, &self.said);
        if is_less || !learnt.is_empty() {
            self.taught.mappings.save()?;
        }
        Ok(learnt)
    }
}

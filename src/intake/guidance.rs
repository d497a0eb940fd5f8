//! What the document reader is given in advance: the user's vocabulary and column mappings, saved and new.

use std::path::Path;

use chrono::NaiveDate;

use crate::domain::draft::Draft;
use crate::import::Options;
use crate::import::words::column_choices;
use crate::import::words::taught::Taught;
use crate::problem::Problem;

/// Guidance for reading documents.
#[derive(Clone, Debug, Default)]
pub struct Guidance {
    taught: Taught,
    /// The user's new column mappings.
    pub said: Vec<(String, String)>,
    /// The only sheet of a workbook to read.
    pub sheet: Option<String>,
    pub memory: Memory,
}

/// Whether earlier mappings for the same header row still apply.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Memory {
    #[default]
    Kept,
    Dropped,
}

impl Guidance {
    /// Loads the data folder, if there is one, and adds the new mappings.
    pub fn load(folder: Option<&Path>, said: &[(String, String)]) -> Guidance {
        Guidance { taught: Taught::load(folder), said: said.to_vec(), ..Guidance::default() }
    }

    /// Why files of the data folder were left out, one sentence each.
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

    /// The earlier mappings that apply to a document.
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

    /// Remembers the new mappings for the next document with these header rows; returns them.
    pub(super) fn learn(&mut self, draft: &Draft) -> Result<Vec<(String, String)>, Problem> {
        let is_less = self.memory == Memory::Dropped && self.taught.mappings.forget(draft);
        let learnt = self.taught.mappings.learn(draft, &self.said);
        if is_less || !learnt.is_empty() {
            self.taught.mappings.save()?;
        }
        Ok(learnt)
    }
}

//! A fork: two histories that one copy of the register has written, because a backup was restored or a data folder copied, and
//! both continued.

use chrono::NaiveDate;

use super::date_words;
use super::id::Origin;
use crate::text::{self, counted};

/// What is done with a fork.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forks {
    /// It is named, and nothing is merged.
    Refuse,
    /// What the other side has beyond the common part is taken as the changes of a new copy. Only the user says so.
    AsNewCopy,
}

/// A copy with two histories, one here and one in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fork {
    pub origin: Origin,
    /// What its computer is called, if that is known.
    pub computer: Option<String>,
    pub here: ForkSide,
    pub there: ForkSide,
}

/// One side of a fork, beyond what both have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForkSide {
    pub changes: u64,
    /// Who wrote the first of them, and when.
    pub author: String,
    pub since: NaiveDate,
}

impl Fork {
    /// "the copy on SXP-L-0417 has written two different histories: …"
    pub fn sentence(&self) -> String {
        let (here, there) = (self.here.words(), self.there.words());
        format!("{}: here {here}, and in that file {there}", self.what())
    }

    /// The same in lines.
    pub fn lines(&self) -> [String; 3] {
        let (here, there) = (self.here.words(), self.there.words());
        [text::capital(&self.what()), format!("Here {here}"), format!("In that file {there}")]
    }

    fn what(&self) -> String {
        let on = self.computer.as_ref().map(|computer| format!(" on {computer}")).unwrap_or_default();
        format!("the copy{on} has written two different histories")
    }
}

impl ForkSide {
    fn words(&self) -> String {
        let changes = counted(usize::try_from(self.changes).unwrap_or(usize::MAX), "change");
        format!("{changes} since {}, the first by {}", date_words::day(self.since), self.author)
    }
}

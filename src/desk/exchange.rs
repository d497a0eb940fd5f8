//! What a hub needs of a register: the rows that it lacks, and a way in for those that it has.

use std::collections::{BTreeMap, HashSet};

use super::{Desk, Merge};
use crate::domain::agency_copy::{AgencyCopy, Concern};
use crate::domain::brought::Brought;
use crate::domain::change::Batch;
use crate::domain::id::{Id, Origin};
use crate::domain::register::CopyFor;
use crate::env::Env;
use crate::problem::Problem;
use crate::store::{Began, Drift, Merged, Sent, Taken, Tip};

/// What was here before rows came.
#[derive(Clone, Debug)]
pub struct Before {
    here: BTreeMap<Origin, u64>,
    known: BTreeMap<Origin, Began>,
}

impl Desk {
    /// The rows beyond the ends that another place has.
    pub fn beyond(&mut self, has: &BTreeMap<Origin, Tip>) -> Result<Sent, Problem> {
        self.catch_up()?;
        self.store.beyond(has)
    }

    /// What a party may have of these rows, as an agency copy would hold them. `had` are the changes of which it was given all
    /// words: an agency that no action concerns any more is told that, and what was erased, and is given no copy.
    pub fn as_given(
        &mut self,
        log: &[Batch],
        party: Id,
        had: HashSet<Id>,
    ) -> Result<Option<(Option<AgencyCopy>, Sent)>, Problem> {
        let knows = !had.is_empty();
        let concern = Concern::of(&self.register, log, party).having_had(had);
        let of = concern.copy().ok();
        if of.is_none() && !knows {
            return Ok(None);
        }
        Ok(Some((of, self.store.as_given(&concern)?)))
    }

    /// What is here now.
    pub fn before(&self) -> Result<Before, Problem> {
        let here = self.store.ends()?.into_iter().map(|(origin, tip)| (origin, tip.seq)).collect();
        Ok(Before { here, known: self.store.began()? })
    }

    /// Takes a page of rows from a hub. The register in memory is brought up to date by [`Desk::came`].
    pub fn take_rows(&mut self, sent: Sent, source: &str, env: &Env) -> Result<Taken, Problem> {
        self.store.take_rows(sent, source, &env.author, &env.now)
    }

    /// Brings the register up to date after the last page, and says what all of them brought.
    pub fn came(&mut self, before: Before, taken: Taken, env: &Env) -> Result<Merge, Problem> {
        let merged = self.store.came(before.here, &before.known, taken, &env.now)?;
        let Merged { log, here, register, filled, computers, first } = merged;
        let brought = Brought { filled, ..Brought::beyond(&log, &here, &register, &computers) };
        self.register.copy = CopyFor(self.store.agency_copy()?);
        self.hold(register.clone(), Drift::default());
        Ok(Merge { brought, log, register, first })
    }
}

//! How far a register in memory has drifted from the snapshot of its file, part by part.

use sha2::{Digest, Sha256};

use crate::domain::change::{Batch, Op};
use crate::domain::register::Register;
use crate::wire::snapshot::{self, pack};

use super::chain::Hash;
use super::trouble::Fault;
use super::vouched::Vouched;

/// How far a register in memory has drifted from the snapshot of its file.
#[derive(Clone, Debug, Default)]
pub struct Drift {
    /// How many changes the snapshot has.
    pub(super) changes: u64,
    /// The digest of each part; none where it is no longer as in the file.
    parts: Vec<Option<Hash>>,
    /// The version of each block of recommendations up to which that is known.
    versions: Vec<u64>,
    /// The snapshot that the register grew from, until this computer vouches for it: no later one is vouched for before.
    doubtful: Option<Hash>,
}

/// One part, ready to be written.
#[derive(Clone, Debug)]
pub struct Part {
    pub(super) digest: Hash,
    pub(super) state: Vec<u8>,
}

impl Drift {
    /// Of a register that is as its snapshot, which has so many changes and is made of those parts.
    pub(super) fn none(register: &Register, changes: u64, parts: Vec<Hash>, snapshot: Hash) -> Drift {
        let parts = parts.into_iter().map(Some).collect();
        Drift { changes, parts, versions: versions(register), doubtful: Some(snapshot) }
    }

    /// After `batch` was applied to `register`.
    pub fn note(&mut self, register: &Register, batch: &Batch) {
        for change in &batch.changes {
            let about = match &change.op {
                Op::Add { .. } => Some(change.id),
                Op::Set { on, .. } => Some(*on),
                Op::Unknown { .. } | Op::Erase { .. } | Op::Absent => None,
            };
            about.into_iter().flat_map(|id| snapshot::parts_of(register, id)).for_each(|part| self.forget(part));
        }
        self.forget(snapshot::place_of_rest());
        // What is changed may be named by a recommendation.
        let now = versions(register);
        let earlier = std::mem::replace(&mut self.versions, now.clone());
        let changed = (0..).zip(now).filter(|(block, version)| earlier.get(*block) != Some(version));
        changed.for_each(|(block, _)| self.forget(snapshot::place_of_recommendations(block)));
    }

    /// That part is no longer as in the file.
    fn forget(&mut self, part: usize) {
        if let Some(digest) = self.parts.get_mut(part) {
            *digest = None;
        }
    }

    /// Packs the next part that the file does not have yet.
    pub fn pack_next(&mut self, register: &Register) -> Result<Option<Part>, Fault> {
        self.parts.resize(snapshot::parts(register), None);
        let Some((part, digest)) = self.parts.iter_mut().enumerate().find(|(_, digest)| digest.is_none()) else {
            return Ok(None);
        };
        let state = pack(register, part).map_err(std::io::Error::other)?;
        // Where something could not be read, a part with it would say that there is none.
        if register.actions.watch().is_lost() {
            return Ok(None);
        }
        let packed = Part { digest: Sha256::digest(&state).into(), state };
        *digest = Some(packed.digest);
        Ok(Some(packed))
    }

    /// Packs more parts, of some `most` bytes; and whether those were the last.
    pub(super) fn pack_some(&mut self, register: &Register, most: usize) -> Result<(Vec<Part>, bool), Fault> {
        let (mut parts, mut bytes) = (Vec::new(), 0);
        while bytes < most {
            let Some(part) = self.pack_next(register)? else { return Ok((parts, true)) };
            bytes += part.state.len();
            parts.push(part);
        }
        Ok((parts, false))
    }

    /// After a failure: the next snapshot is made from nothing, and is due after as many changes as after one that was written.
    pub fn put_off(&mut self, register: &Register) {
        let (changes, doubtful) = (count(register), self.doubtful);
        *self = Drift { changes, doubtful, ..Drift::default() };
    }

    /// Whether the register is what the log says, as far as this computer has compared them.
    pub(super) fn is_vouched(&mut self, vouched: &Vouched) -> bool {
        self.doubtful = self.doubtful.filter(|snapshot| !vouched.is_for(snapshot));
        self.doubtful.is_none()
    }

    /// The digests of all parts, if each has been packed as it now is.
    pub(super) fn whole(&self, register: &Register) -> Option<Vec<u8>> {
        let whole: Option<Vec<Hash>> = self.parts.iter().copied().collect();
        whole.filter(|parts| parts.len() == snapshot::parts(register)).map(|parts| parts.concat())
    }
}

fn versions(register: &Register) -> Vec<u64> {
    (0..register.recommendations.blocks()).map(|block| register.recommendations.version(block)).collect()
}

pub(super) fn count(register: &Register) -> u64 {
    register.last.values().fold(0, |sum, seq| sum.saturating_add(*seq))
}

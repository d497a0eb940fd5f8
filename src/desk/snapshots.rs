//! When the register is written as a snapshot, so that the next opening is fast.

use super::{Desk, KEPT_RUNS};
use crate::domain::actions::RUN;
use crate::domain::register::Register;
use crate::problem::Problem;
use crate::store::{Blocks, Piece, Resting, SnapshotWriter};

/// When a snapshot that is due is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Snapshots {
    /// After the change with which it falls due: for a command, which ends.
    AtOnce,
    /// Piece by piece while no key is pressed, with [`Desk::next_piece`].
    AtRest,
}

impl Desk {
    /// After a change: writes a snapshot if one is due, unless that is done at rest.
    pub(super) fn keep_snapshot(&mut self) {
        if self.snapshots == Snapshots::AtOnce && self.store.is_snapshot_due(&self.drift, Resting::No) {
            // Only a cache: if it cannot be written, the next opening reads the log.
            self.store.keep_snapshot(&self.register, &mut self.drift).ok();
        }
    }

    /// Lets go of the actions of a large register, which the file's snapshot has: they are read again when something is asked of
    /// them. For a command that goes on after an import.
    pub fn put_actions_down(&mut self) -> Result<(), Problem> {
        if self.register.actions.len() > KEPT_RUNS * RUN && !self.store.is_snapshot_due(&self.drift, Resting::No) {
            // The one goes before the other comes.
            self.register = Register { copy: std::mem::take(&mut self.register.copy), ..Register::default() };
            let (register, drift) = self.store.folded(Blocks::WhenAsked)?;
            self.hold(register, drift);
        }
        Ok(())
    }

    /// From now on snapshots are written piece by piece through the writer, which has a connection of its own; none for a register
    /// that has no file.
    pub fn rest_for_snapshots(&mut self) -> Option<SnapshotWriter> {
        let writer = self.store.snapshot_writer()?;
        self.snapshots = Snapshots::AtRest;
        Some(writer)
    }

    /// Whether a snapshot should be written while no key is pressed, to keep the next opening fast.
    pub fn is_snapshot_due(&self) -> bool {
        self.store.is_snapshot_due(&self.drift, Resting::Yes)
    }

    /// The next piece of it, if one is due.
    pub fn next_piece(&mut self) -> Result<Option<Piece>, Problem> {
        if self.is_snapshot_due() { self.store.next_piece(&self.register, &mut self.drift) } else { Ok(None) }
    }

    /// A piece was not written, for example because the file had moved on.
    pub fn put_snapshot_off(&mut self) {
        self.drift.put_off(&self.register);
    }
}

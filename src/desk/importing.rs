//! How a document's operations get into the register, which can be as many as a register has.

use super::{Desk, Written};
use crate::domain::change::{Batch, Cause, Kind, Op};
use crate::domain::rules;
use crate::env::Env;
use crate::problem::Problem;
use crate::store::Along;

impl Desk {
    /// Writes the result of reconciling a document with this register, as one batch.
    pub fn import(&mut self, ops: &[Op], cause: Cause, env: &Env) -> Result<Written, Problem> {
        let retry = || {
            Problem::new(
                "NOT SAVED",
                "the register was changed by another program meanwhile",
                "Import the document again.",
            )
        };
        self.import_if_current(ops.to_vec(), cause, env, || {})?.ok_or_else(retry)
    }

    /// The same; `None` if others have written meanwhile: [`Desk::catch_up`], and compare the document again. `kept` is called
    /// once it is on disk.
    pub fn import_if_current(
        &mut self,
        ops: Vec<Op>,
        cause: Cause,
        env: &Env,
        kept: impl FnOnce(),
    ) -> Result<Option<Written>, Problem> {
        rules::board_only(&self.register, "Ask the board to import it.")?;
        self.whole()?;
        let written = self.store.append_if_current(ops, &self.stamp(env, cause), Along::default())?;
        Ok(written.map(|batch| {
            kept();
            self.take(batch)
        }))
    }

    /// Applies a batch. What an import adds is let go of word by word, so that it is not held twice.
    pub(super) fn apply(&mut self, batch: &mut Batch) {
        let mut changes = std::mem::take(&mut batch.changes);
        for change in &mut changes {
            self.register.apply_change(batch, change);
            if let (Cause::Import { .. }, Op::Add { kind, values }) = (&batch.cause, &mut change.op) {
                *values = Vec::new();
                if let Kind::Entry { said, .. } = kind {
                    said.text = String::new();
                }
            }
        }
        batch.changes = changes;
    }
}

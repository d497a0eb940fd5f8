//! Which batch the next undo or redo is about: walking back past what was undone and redone before.

use std::collections::HashSet;

use super::super::change::{Batch, Cause};
use super::super::id::Id;

/// What undo and redo need to know about a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchHead {
    pub id: Id,
    pub author: String,
    pub cause: Cause,
}

/// The batch to undo next: the latest edit or import of the user's own still in force.
///
/// The result is written with `Cause::Undo { of }` and this id. Reads only as far back as needed.
pub fn to_undo(heads_newest_first: impl Iterator<Item = BatchHead>, is_own: impl Fn(&BatchHead) -> bool) -> Option<Id> {
    let mut seen = Seen::default();
    heads_newest_first.into_iter().find(|head| seen.is_done(head) && is_own(head)).map(|head| head.id)
}

/// The undo of the user's own to redo next, unless the user has done something else since.
///
/// The result is written with `Cause::Redo { of }` and this id, which is that of the undo.
pub fn to_redo(heads_newest_first: impl Iterator<Item = BatchHead>, is_own: impl Fn(&BatchHead) -> bool) -> Option<Id> {
    let mut redone = HashSet::new();
    for head in heads_newest_first {
        match head.cause {
            Cause::Redo { of } => drop(redone.insert(of)),
            Cause::Undo { .. } if is_own(&head) && !redone.contains(&head.id) => return Some(head.id),
            Cause::Edit | Cause::Import { .. } if is_own(&head) => return None,
            Cause::Undo { .. } | Cause::Edit | Cause::Import { .. } | Cause::Erasure => {}
        }
    }
    None
}

/// The batches whose undo is in force.
pub fn undone(log: &[Batch]) -> HashSet<Id> {
    let mut seen = Seen::default();
    for batch in log.iter().rev() {
        let head = BatchHead { id: batch.id, author: String::new(), cause: batch.cause.clone() };
        seen.is_done(&head);
    }
    seen.undone
}

/// What later batches did to earlier ones.
#[derive(Default)]
struct Seen {
    /// Undos that were redone.
    redone: HashSet<Id>,
    /// Batches whose undo is in force.
    undone: HashSet<Id>,
}

impl Seen {
    /// Adds the next older batch, and returns whether it is an edit or import in force.
    fn is_done(&mut self, head: &BatchHead) -> bool {
        match head.cause {
            Cause::Redo { of } => {
                self.redone.insert(of);
                false
            }
            Cause::Undo { of } => {
                if !self.redone.contains(&head.id) {
                    self.undone.insert(of);
                }
                false
            }
            Cause::Edit | Cause::Import { .. } => !self.undone.contains(&head.id),
            Cause::Erasure => false,
        }
    }
}

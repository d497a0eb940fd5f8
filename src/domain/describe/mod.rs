//! What happened, in a sentence: for the line on the screen, the audit trail, the minutes and undo.

use super::change::{Batch, Change};
use super::id::Id;
use super::register::Register;

/// One change as the audit trail shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    pub plan: Option<Id>,
    /// `7.1`; empty for what is about no action.
    pub reference: String,
    /// `rating`, `progress`, `target`, `leads`, `via`, `text`, `closure`, `flag`, `action`, `party`, `plan` …
    pub what: String,
    pub sentence: String,
    pub from: Option<String>,
    pub to: Option<String>,
}

/// One change, told against the register as it was before its batch, or at any point of its batch before the change.
pub fn change(before: &Register, batch: &Batch, change: &Change) -> Line {
    let _ = (before, batch, change);
    Line::default()
}

/// What a whole batch did: "7.1 Green → Amber".
pub fn batch(before: &Register, batch: &Batch) -> String {
    batch.changes.first().map_or_else(String::new, |first| change(before, batch, first).sentence)
}

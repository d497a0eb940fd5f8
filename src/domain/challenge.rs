//! Challenges: what a chair might ask about an action that its plan calls settled, with the words that raise it.

use chrono::NaiveDate;

use super::action::Action;
use super::register::Register;

/// The questions that an action raises, each a sentence; none for most. Suggestions only (product rule 7).
pub fn challenges(register: &Register, action: &Action, today: NaiveDate) -> Vec<String> {
    let _ = (register, action, today);
    Vec::new()
}

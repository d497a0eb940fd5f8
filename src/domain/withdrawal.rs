//! Withdrawing: nothing is deleted; a withdrawn thing is hidden, with the reason kept.

use super::id::Id;

/// How the reason begins where a party turned out to be another one, whose name follows.
pub const SAME_AS: &str = "the same as ";

/// How the reason begins where an action was joined with another one, whose reference follows.
pub const JOINED_WITH: &str = "joined with ";

/// How the reason begins where a progress entry went to another action, whose reference follows.
pub const MOVED_TO: &str = "moved to ";

/// Why a thing was withdrawn, and what had been seen of it.
///
/// Withdrawing never overrides an edit: a thing is hidden only while all its values are among those that the person who
/// withdrew it had seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawal {
    pub reason: String,
    pub seen: Vec<Id>,
}

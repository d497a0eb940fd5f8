//! The protective marking on the screen and on every page produced from a plan.
//!
//! The words are those of the Government Security Classifications; a board may use its own, or none.

use super::plan::Plan;

/// A plan's marking unless another is chosen: it is about a person who was harmed.
pub const USUAL: &str = "OFFICIAL-SENSITIVE";

/// The markings to choose from; any other wording may be typed.
pub const KNOWN: [&str; 2] = [USUAL, "OFFICIAL"];

/// A longer marking would leave no room for the title of the screen.
pub const LONGEST: usize = 60;

/// The marking of what is produced from several plans: the strictest. One that adds words to another is stricter
/// (`OFFICIAL` < `OFFICIAL-SENSITIVE`); markings that cannot be compared are all named.
pub fn of<'a>(plans: impl IntoIterator<Item = &'a Plan>) -> String {
    let mut all: Vec<&str> = Vec::new();
    for marking in plans.into_iter().map(Plan::marking) {
        if !all.iter().any(|other| other.starts_with(marking)) {
            all.retain(|other| !marking.starts_with(other));
            all.push(marking);
        }
    }
    all.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::super::fixture::harbour;
    use super::super::intent::Intent;
    use super::*;

    #[test]
    fn the_strictest_marking_counts_and_what_cannot_be_compared_is_joined() {
        let mut log = harbour();
        let plan = log.register.plans[0].id;
        let marked = |marking: &str| {
            let mut log = log.clone();
            log.say(&Intent::Mark { plan, marking: marking.into() });
            log.register.plans[0].clone()
        };
        let of = |words: &[&str]| of(&words.iter().map(|words| marked(words)).collect::<Vec<_>>());
        assert_eq!(of(&[]), "");
        assert_eq!(of(&["", "OFFICIAL", USUAL, "OFFICIAL"]), USUAL);
        assert_eq!(of(&[USUAL, "OFFICIAL-SENSITIVE PERSONAL"]), "OFFICIAL-SENSITIVE PERSONAL");
        assert_eq!(of(&["Private", "OFFICIAL", ""]), "Private · OFFICIAL");
        assert_eq!(log.register.plans[0].marking(), USUAL);
        let said = log.say(&Intent::Mark { plan, marking: " ".into() });
        assert_eq!(said, format!("{} marking {USUAL} → none", log.register.plans[0].slug()));
        assert!(log.say(&Intent::Mark { plan, marking: String::new() }).contains("already its marking"));
        log.undo().unwrap();
        assert_eq!(log.register.plans[0].marking(), USUAL);
        assert!(log.say(&Intent::Mark { plan, marking: "x".repeat(LONGEST + 1) }).contains("too long"));
    }
}

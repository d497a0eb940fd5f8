//! The protective marking that stands on the screen and on every page made from a plan.
//!
//! The words are those of the Government Security Classifications; a board may use its own, or none.

use super::plan::Plan;

/// What a plan is marked with until somebody says otherwise: it is about a person who was harmed.
pub const USUAL: &str = "OFFICIAL-SENSITIVE";

/// The markings to choose from; any other words may be written.
pub const KNOWN: [&str; 2] = [USUAL, "OFFICIAL"];

/// Longer words would not leave the title of the screen its place.
pub const LONGEST: usize = 60;

/// The marking of what is made from several plans: the strictest. One that is another with words added is stricter
/// (`OFFICIAL` < `OFFICIAL-SENSITIVE`); of what cannot be compared, each is named.
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
        assert!(log.say(&Intent::Mark { plan, marking: String::new() }).contains("is so already"));
        log.undo().unwrap();
        assert_eq!(log.register.plans[0].marking(), USUAL);
        assert!(log.say(&Intent::Mark { plan, marking: "x".repeat(LONGEST + 1) }).contains("too long"));
    }
}

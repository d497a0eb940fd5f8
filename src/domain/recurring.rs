//! Actions that are done again: when, as typed, and which follows which.

use chrono::{Months, NaiveDate};

use super::action::Action;
use super::date_text;
use super::date_words;
use super::id::Id;
use super::register::Register;
use super::target::{Span, Target};
use crate::problem::Problem;

/// Words for how often, and their months.
const WORDS: [(&str, u32); 13] = [
    ("yes", 12),
    ("y", 12),
    ("annual", 12),
    ("annually", 12),
    ("yearly", 12),
    ("every year", 12),
    ("six-monthly", 6),
    ("six monthly", 6),
    ("half-yearly", 6),
    ("quarterly", 3),
    ("every quarter", 3),
    ("monthly", 1),
    ("every month", 1),
];

/// What may be typed.
pub const OFFERS: &str = "“yes” for again in 12 months, “6 months”, “quarterly” or a date; “no” for not again";

/// When an action that is closed today is to be done again; none for not again.
///
/// # Errors
/// Where the words are no time to come.
pub fn again(typed: &str, today: NaiveDate) -> Result<Option<Target>, Problem> {
    let words = typed.trim().to_lowercase();
    if ["", "no", "n", "not again", "never"].contains(&words.as_str()) {
        return Ok(None);
    }
    let named = WORDS.iter().find(|(word, _)| *word == words).map(|(_, months)| *months);
    let months = named.or_else(|| words.parse().ok().filter(|months| (1..=120).contains(months)));
    if let Some(day) = months.and_then(|months| today.checked_add_months(Months::new(months))) {
        return Ok(Some(Target { raw: date_words::day(day), span: Some(Span { first: day, last: day }), flag: None }));
    }
    let words = words.strip_prefix("every ").or_else(|| words.strip_prefix("again ")).unwrap_or(typed.trim());
    let target = date_text::typed_target(words, today);
    match target.span {
        Some(span) if span.last > today => Ok(Some(target)),
        Some(_) => Err(refused(typed, "is not after today")),
        None => Err(refused(typed, "is not a time at which it could be done again")),
    }
}

fn refused(typed: &str, why: &str) -> Problem {
    Problem::new("Nothing was saved", format!("“{}” {why}", typed.trim()), format!("Type {OFFERS}."))
}

/// The action of which this one is the next.
pub fn before<'a>(register: &'a Register, action: &Action) -> Option<&'a Action> {
    let id = action.follows.get()?.0?;
    register.action(id).filter(|_| !register.is_hidden(id))
}

/// The actions that were made as the next of this one, which is closed or was.
pub fn after<'a>(register: &'a Register, action: &Action) -> Vec<&'a Action> {
    let Some(plan) = register.plan(action.plan).filter(|_| action.is_closed()) else { return Vec::new() };
    register.actions_of(plan).filter(|other| other.follows.get().is_some_and(|of| of.0 == Some(action.id))).collect()
}

/// Whether one of two actions is the next of the other: that they are alike is no slip.
pub fn are_one(register: &Register, action: &Action, other: Id) -> bool {
    let of = |action: &Action| action.follows.get().and_then(|of| of.0);
    of(action) == Some(other) || register.action(other).and_then(of) == Some(action.id)
}

/// "the next of 2.1", "again as 2.3, by 12 Nov 2027": how an action recurs, for cards and lists.
pub fn words(register: &Register, action: &Action) -> Vec<String> {
    let before =
        before(register, action).map(|one| format!("the next of {}, which was closed", register.reference(one)));
    let after = after(register, action).into_iter().map(|one| {
        let by: Vec<&str> = one.targets().iter().map(|target| target.raw.as_str()).collect();
        let by = if by.is_empty() { String::new() } else { format!(", by {}", by.join("; ")) };
        format!("again as {}{by}", register.reference(one))
    });
    before.into_iter().chain(after).collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{harbour, today};
    use super::super::intent::{Closing, ClosingStep, Intent};
    use super::*;

    fn at(typed: &str) -> String {
        match again(typed, today()) {
            Ok(Some(target)) => target.raw,
            Ok(None) => "not again".into(),
            Err(problem) => format!("? {problem}"),
        }
    }

    #[test]
    fn how_often_is_read_in_the_words_that_boards_use() {
        let year = date_words::day(today().checked_add_months(Months::new(12)).unwrap());
        let half = date_words::day(today().checked_add_months(Months::new(6)).unwrap());
        for typed in ["", "no", "No", "n"] {
            assert_eq!(at(typed), "not again", "{typed}");
        }
        for typed in ["yes", "Y", "annually", "12", "12 months", "in 12 months", "every 12 months"] {
            assert_eq!(at(typed), year, "{typed}");
        }
        for typed in ["6", "6 months", "six-monthly", "every 6 months"] {
            assert_eq!(at(typed), half, "{typed}");
        }
        assert_eq!(at("Sept 2031"), "Sept 2031");
        assert!(at("yesterday").contains("is not after today"), "{}", at("yesterday"));
        assert!(at("perhaps").contains("is not a time at which"), "{}", at("perhaps"));
    }

    #[test]
    fn the_next_is_written_with_the_closure_and_one_undo_takes_back_both() {
        let mut log = harbour();
        let action = log.action("7.1");
        log.act(&Intent::ProposeClosure { action, evidence: "Seen".into() }).unwrap();
        let before = log.register.visible_actions().count();
        let again = again("yes", today()).unwrap();
        let closing = Closing { action, step: ClosingStep::Agree, evidence: String::new(), at: String::new(), again };
        log.act(&Intent::Close(closing)).unwrap();
        let closed = log.register.action(action).unwrap();
        let next = after(&log.register, closed);
        assert_eq!((next.len(), log.register.visible_actions().count()), (1, before + 1));
        assert_eq!((next[0].text(), next[0].leads().len()), (closed.text(), closed.leads().len()));
        assert_eq!(next[0].recommendation, closed.recommendation);
        assert_eq!(self::before(&log.register, next[0]).map(|one| one.id), Some(action));
        assert!(words(&log.register, closed)[0].starts_with("again as "), "{:?}", words(&log.register, closed));
        log.undo().unwrap();
        let closed = log.register.action(action).unwrap();
        assert!(!closed.is_closed());
        assert_eq!(log.register.visible_actions().count(), before);
    }
}

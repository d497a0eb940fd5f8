//! The form that an agency fills in: its columns, and what it says of an action. Reports write it, and a return is compared with it.

use super::action::{Action, Lead};
use super::date_words;
use super::progress::Entry;
use super::rating::Scheme;
use super::register::Register;
use super::target::Target;

pub const REFERENCE: &str = "Ref";
pub const RECOMMENDATION: &str = "Recommendation";
pub const ACTION: &str = "Action";
pub const LEAD: &str = "Lead";
pub const TARGET: &str = "Target date";
pub const RATING: &str = "RAG rating";
pub const PROGRESS: &str = "Latest progress";
/// The columns that are not to be filled in.
pub const OWN: [&str; 7] = [REFERENCE, RECOMMENDATION, ACTION, LEAD, TARGET, RATING, PROGRESS];

/// The columns to fill in.
pub const NEW_RATING: &str = "New rating";
pub const NEW_DATE: &str = "Proposed new date";
/// What a drop-down list shows until something is chosen.
pub const PROMPT: &str = "Choose";
/// Before the name of the party.
pub const RESPONSE: &str = "Response from ";

/// The table at the end, which says what form it is and asks who filled it in.
pub const ABOUT: &str = "About this return";
pub const PARTY: &str = "Form for";
pub const MADE: &str = "Form made";
pub const RECORD: &str = "Record";
pub const RETURN_BY: &str = "Return by";
pub const RETURN_TO: &str = "Return to";
pub const PERSON: &str = "Completed by";
pub const FILLED: &str = "Date completed";

/// "AFRS / Larkfield Housing via POS".
pub fn leads(register: &Register, action: &Action) -> String {
    let via = names(register, action.via());
    let leads = names(register, action.leads());
    if via.is_empty() { leads } else { format!("{leads} via {via}").trim_start().to_owned() }
}

pub fn names(register: &Register, leads: &[Lead]) -> String {
    leads.iter().map(|lead| register.party_name(lead.party)).collect::<Vec<_>>().join(" / ")
}

/// The targets as written.
pub fn targets(targets: &[Target]) -> String {
    targets.iter().map(|target| target.raw.as_str()).collect::<Vec<_>>().join("\n")
}

/// The latest entry.
pub fn latest(action: &Action) -> String {
    action.progress().max_by_key(|entry| entry.said.date).map(entry).unwrap_or_default()
}

/// "16 Dec 2021 (CFT): text".
pub fn entry(entry: &Entry) -> String {
    let said = &entry.said;
    let by = said.by.as_ref().map(|by| format!("({by})"));
    let head = [said.date.map(date_words::partial), by].into_iter().flatten().collect::<Vec<_>>().join(" ");
    if head.is_empty() { said.text.clone() } else { format!("{head}: {}", said.text) }
}

/// Letter and word: "A Amber".
pub fn rating(register: &Register, action: &Action) -> String {
    rated(&register.scheme(action.plan), action.rating())
}

/// The same of any rating.
pub fn rated(scheme: &Scheme, rating: Option<&str>) -> String {
    match (rating, rating.and_then(|word| scheme.level(word))) {
        (Some(_), Some(level)) => format!("{} {}", level.letter, level.word),
        (Some(word), None) => word.to_owned(),
        (None, _) => "– not rated".into(),
    }
}

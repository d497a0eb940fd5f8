//! People at a meeting as they are typed: "RCHT - Ann Lee", "Ann Lee, RCHT", "Ann Lee (RCHT)", "RCHT=Ann Lee".

use super::intent::{Attendee, PartyChoice};
use super::meeting::Presence;
use super::party::Party;
use super::register::Register;
use super::rules::party_called;
use crate::problem::Problem;

/// An agency, and the person who comes from it; either may be empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading<'a> {
    pub agency: &'a str,
    pub name: &'a str,
}

impl Reading<'_> {
    /// Whether its agency looks like one, and its person does not.
    pub fn is_likely(&self) -> bool {
        is_like_agency(self.agency) && !is_like_agency(self.name)
    }
}

/// What stands between a person and an agency.
const BETWEEN: [&str; 6] = [",", ": ", " / ", "–", "—", "-"];

/// Words between a person and an agency that also occur in names: they count only before an agency that is known.
const LINKS: [&str; 4] = [" of ", " from ", " for ", " at "];

/// Words that agencies have in their names, and people do not.
const OF_AGENCIES: [&str; 20] = [
    "authority",
    "board",
    "care",
    "college",
    "council",
    "fire",
    "foundation",
    "health",
    "hospice",
    "hospital",
    "housing",
    "icb",
    "nhs",
    "partnership",
    "police",
    "probation",
    "school",
    "service",
    "services",
    "trust",
];

/// The agency of the register that a text names, and the person: empty where it names the agency alone.
pub fn known<'a, 'b>(register: &'a Register, typed: &'b str) -> Option<(&'a Party, &'b str)> {
    if let Some(party) = party_called(register, typed) {
        return Some((party, ""));
    }
    let linked =
        LINKS.iter().flat_map(|link| typed.match_indices(link).map(|(at, link)| at_cut(typed, at, link.len())));
    let linked = linked.flatten().map(|(name, agency)| Reading { agency, name });
    let all = readings(typed).into_iter().chain(linked).chain(beside(typed));
    let mut all = all.filter(|reading| party_called(register, reading.name).is_none());
    all.find_map(|reading| Some((party_called(register, reading.agency)?, reading.name)))
}

/// A person's name with an agency before or after it and nothing between: "Ann Lee RCHT". Only for agencies that are known.
fn beside(typed: &str) -> impl Iterator<Item = Reading<'_>> {
    let cuts = typed.match_indices(' ').filter_map(|(at, _)| at_cut(typed, at, 1));
    let both = cuts
        .flat_map(|(first, second)| [Reading { agency: second, name: first }, Reading { agency: first, name: second }]);
    both.filter(|reading| has_letters(reading) && !is_like_agency(reading.name))
}

/// The ways to read a text as an agency and a person, the likeliest first; none for a single name.
pub fn readings(typed: &str) -> Vec<Reading<'_>> {
    if let Some((agency, name)) = typed.split_once('=') {
        return vec![Reading { agency: agency.trim(), name: name.trim() }];
    }
    let bracket = typed.trim().strip_suffix(')').and_then(|open| open.rsplit_once('(')).into_iter();
    let bracket = bracket.map(|(outside, inside)| (outside.trim(), inside.trim()));
    let cuts =
        BETWEEN.iter().flat_map(|mark| typed.match_indices(mark)).filter(|(at, mark)| is_apart(typed, *at, mark));
    let pairs = bracket.chain(cuts.filter_map(|(at, mark)| at_cut(typed, at, mark.len())));
    let both = |(first, second)| [Reading { agency: second, name: first }, Reading { agency: first, name: second }];
    let mut all: Vec<Reading<'_>> = pairs.flat_map(both).filter(|reading| has_letters(reading)).collect();
    all.sort_by_key(|reading| (!is_like_agency(reading.agency), is_like_agency(reading.name)));
    all
}

/// "Lee-Smith" is one name; a hyphen between two has a space beside it.
fn is_apart(typed: &str, at: usize, mark: &str) -> bool {
    let space = |text: Option<&str>, beside: fn(&str) -> bool| text.is_some_and(beside);
    let before = space(typed.get(..at), |text| text.ends_with(' '));
    let after = space(typed.get(at + mark.len()..), |text| text.starts_with(' '));
    mark != "-" || before || after
}

fn at_cut(typed: &str, at: usize, length: usize) -> Option<(&str, &str)> {
    Some((typed.get(..at)?.trim(), typed.get(at + length..)?.trim()))
}

fn has_letters(reading: &Reading<'_>) -> bool {
    [reading.agency, reading.name].iter().all(|part| part.chars().any(char::is_alphabetic))
}

/// "RCHT", "Newquay Trust": only which of two readings is offered first depends on it.
pub fn is_like_agency(part: &str) -> bool {
    let is_short = part.chars().count() > 1 && part.chars().all(|c| c.is_uppercase() || c.is_ascii_digit());
    is_short || part.split(' ').any(|word| OF_AGENCIES.contains(&word.to_lowercase().as_str()))
}

/// How the minutes write what is typed: `Sussex Police=A. Name` is "Sussex Police (A. Name)".
pub fn as_minuted(typed: &str) -> String {
    match typed.split_once('=') {
        Some(("", name)) => name.to_owned(),
        Some((agency, "")) => agency.to_owned(),
        Some((agency, name)) => format!("{agency} ({name})"),
        None => typed.to_owned(),
    }
}

/// A person of no agency of the register, with what was typed about them: "Ann Lee (RCHT)".
pub fn in_words(typed: &str) -> String {
    match readings(typed).first() {
        Some(Reading { agency: "", name }) => (*name).to_owned(),
        Some(Reading { agency, name: "" }) => (*agency).to_owned(),
        Some(Reading { agency, name }) => format!("{name} ({agency})"),
        None => typed.trim().to_owned(),
    }
}

impl Attendee {
    /// As a form keeps it: "Sussex Police", "Sussex Police=A. Name", or "=A. Name" for a person of no agency.
    pub fn typed(text: &str, presence: Presence) -> Attendee {
        let (party, name) = text.split_once('=').unwrap_or((text, ""));
        let party = Some(party.trim()).filter(|party| !party.is_empty());
        Attendee { party: party.map(|party| PartyChoice::New(party.into())), name: name.trim().into(), presence }
    }

    /// As a command has it: an agency that the register does not have is added only where it is written before “=”.
    ///
    /// # Errors
    /// Where no agency of the register is named.
    pub fn said(register: &Register, text: &str, presence: Presence) -> Result<Attendee, Problem> {
        if text.contains('=') {
            return Ok(Attendee::typed(text, presence));
        }
        if let Some((party, name)) = known(register, text) {
            return Ok(Attendee { party: Some(PartyChoice::Known(party.id)), name: name.into(), presence });
        }
        let likely = readings(text).first().copied().unwrap_or(Reading { agency: text, name: "" });
        let hint = format!(
            "Write “{}={}” to add it as an agency, or “={}” for a person of no agency here.",
            likely.agency,
            likely.name,
            in_words(text)
        );
        Err(Problem::new("The meeting is unchanged", format!("“{text}” names no agency of this register"), hint))
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::harbour;
    use super::*;

    #[test]
    fn a_person_and_a_known_agency_are_told_apart_however_they_are_written() {
        let log = harbour();
        let agency = log.register.parties.iter().find(|party| party.name() == "Saltmarsh Police").expect("an agency");
        for typed in [
            "Saltmarsh Police - Ann Lee-Smith",
            "Ann Lee-Smith, Saltmarsh Police",
            "Ann Lee-Smith (Saltmarsh Police)",
            "Saltmarsh Police (Ann Lee-Smith)",
            "Saltmarsh Police: Ann Lee-Smith",
            "Ann Lee-Smith – Saltmarsh police",
            "Saltmarsh Police=Ann Lee-Smith",
            "Ann Lee-Smith of Saltmarsh Police",
            "Ann Lee-Smith / Saltmarsh Police",
        ] {
            let (party, name) = known(&log.register, typed).unwrap_or_else(|| panic!("{typed} names no one"));
            assert_eq!((party.id, name), (agency.id, "Ann Lee-Smith"), "{typed}");
        }
        let (party, name) = known(&log.register, "Ann Lee, Head of Nursing, Saltmarsh Police").expect("three parts");
        assert_eq!((party.id, name), (agency.id, "Ann Lee, Head of Nursing"));
        assert!(known(&log.register, "Ann Lee").is_none());
        assert!(known(&log.register, "Ann Lee, Newquay Trust").is_none());
    }

    #[test]
    fn an_unknown_agency_is_read_both_ways_and_kept_as_words() {
        let first = |typed| readings(typed).first().map(|reading| (reading.agency, reading.name));
        assert_eq!(first("RCHT - Ann Lee"), Some(("RCHT", "Ann Lee")));
        assert_eq!(first("Ann Lee, RCHT"), Some(("RCHT", "Ann Lee")));
        assert_eq!(first("Newquay Trust: Ann Lee"), Some(("Newquay Trust", "Ann Lee")));
        assert_eq!(readings("Ann Lee, Acme").len(), 2);
        assert_eq!(readings("Ann Lee-Smith"), []);
        assert_eq!(in_words("RCHT - Ann Lee"), "Ann Lee (RCHT)");
        assert_eq!(in_words("Ann Lee"), "Ann Lee");
    }

    #[test]
    fn a_command_never_adds_an_agency_unasked() {
        let log = harbour();
        let said = |text: &str| Attendee::said(&log.register, text, Presence::Present);
        let refused = said("RCHT - Ann Lee").expect_err("RCHT is not known").to_string();
        assert!(refused.contains("“RCHT=Ann Lee”") && refused.contains("“=Ann Lee (RCHT)”"), "{refused}");
        assert_eq!(said("RCHT=Ann Lee").expect("said so").party, Some(PartyChoice::New("RCHT".into())));
        assert_eq!(said("=Ann Lee").expect("no agency").party, None);
        assert!(matches!(said("Ann Lee, Saltmarsh Police").expect("known").party, Some(PartyChoice::Known(_))));
    }
}

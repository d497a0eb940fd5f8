//! The people whom a register names.

use std::collections::{BTreeMap, HashSet};

use super::super::Material;
use crate::domain::change::{Cause, Kind, Op};
use crate::domain::id::Id;
use crate::domain::party::{Party, PartyKind, name_key};
use crate::domain::register::Register;

/// A person, with the post given beside the name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub name: String,
    pub post: Option<String>,
    /// As recorded, including the post.
    pub written: String,
    /// Whether the name can be searched for within other text, or is so short that it must stand alone.
    pub reach: Reach,
}

/// Where a name is searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    Everywhere,
    /// An account name such as "root", or a name that is a word too, such as "May": only where it stands alone or after a
    /// title.
    Alone,
}

/// Words that occur only in the names of posts and bodies.
const NOT_OF_PEOPLE: &[&str] = &[
    "academy",
    "action",
    "admin",
    "administrator",
    "adult",
    "adults",
    "advice",
    "adviser",
    "advisor",
    "age",
    "agencies",
    "agency",
    "all",
    "alliance",
    "ambulance",
    "analyst",
    "assistant",
    "association",
    "authority",
    "board",
    "business",
    "care",
    "carers",
    "centre",
    "chair",
    "charity",
    "chief",
    "children",
    "citizens",
    "clerk",
    "clinical",
    "college",
    "commissioner",
    "commissioning",
    "committee",
    "community",
    "complex",
    "concern",
    "constable",
    "constabulary",
    "coordinator",
    "council",
    "county",
    "crisis",
    "deputy",
    "designated",
    "detective",
    "developer",
    "development",
    "diocese",
    "director",
    "district",
    "doctor",
    "drug",
    "education",
    "executive",
    "fire",
    "forum",
    "foundation",
    "fund",
    "governance",
    "gp",
    "group",
    "guest",
    "head",
    "health",
    "healthwatch",
    "homes",
    "hospice",
    "hospital",
    "housing",
    "independent",
    "initiative",
    "inspector",
    "integrated",
    "justice",
    "lay",
    "lead",
    "learning",
    "legal",
    "local",
    "manager",
    "member",
    "members",
    "mental",
    "midwife",
    "minister",
    "ministry",
    "minute",
    "minutes",
    "national",
    "needs",
    "network",
    "nhs",
    "nurse",
    "nursing",
    "observer",
    "office",
    "officer",
    "operational",
    "outreach",
    "panel",
    "partners",
    "partnership",
    "police",
    "policy",
    "practice",
    "practitioner",
    "prison",
    "probation",
    "professional",
    "programme",
    "project",
    "providers",
    "psychology",
    "public",
    "quality",
    "recovery",
    "refuge",
    "regional",
    "representative",
    "rescue",
    "research",
    "safeguarding",
    "safer",
    "samaritans",
    "school",
    "secretariat",
    "secretary",
    "senior",
    "sergeant",
    "service",
    "services",
    "social",
    "society",
    "solutions",
    "specialist",
    "steering",
    "strategic",
    "subgroup",
    "superintendent",
    "support",
    "surgery",
    "taskforce",
    "team",
    "the",
    "trainer",
    "training",
    "transformation",
    "trust",
    "uk",
    "unit",
    "university",
    "vice",
    "victims",
    "voluntary",
    "wellbeing",
    "women",
    "work",
    "worker",
    "workforce",
    "youth",
];

/// Names that are words of a plan too: months, days, ratings and a few common ones. In a sentence they are left alone.
const WORDS_TOO: &[&str] = &[
    "amber",
    "april",
    "august",
    "blue",
    "bill",
    "date",
    "december",
    "faith",
    "february",
    "friday",
    "grace",
    "green",
    "grey",
    "hope",
    "january",
    "july",
    "joy",
    "june",
    "march",
    "mark",
    "may",
    "monday",
    "november",
    "october",
    "plan",
    "rating",
    "red",
    "saturday",
    "september",
    "status",
    "sunday",
    "text",
    "thursday",
    "title",
    "tuesday",
    "wednesday",
    "will",
];

/// Everyone, in order of name.
pub fn known(material: &Material) -> Vec<Person> {
    let register = material.register;
    let meetings = register.meetings.iter();
    let met = meetings.flat_map(|m| {
        let gone = m.moves().iter().map(|one| one.name.as_str());
        m.attendance().iter().map(|a| a.name.as_str()).chain(gone).chain([m.chair()])
    });
    let chairs = material.told.iter().filter(|told| told.line.what == "chair");
    let chaired = chairs.flat_map(|told| [told.line.from.as_deref(), told.line.to.as_deref()]).flatten();
    let sure = met.chain(chaired).filter_map(|name| person(register, name));
    let wrote = material.told.iter().filter_map(|told| author(register, &told.author));
    let gave = register.actions.iter().flat_map(|action| &action.entries).filter_map(|entry| entry.said.by.as_deref());
    let asked = register.actions.iter().filter_map(|action| action.extension()).map(|asked| asked.by.as_str());
    let gave = gave
        .chain(asked)
        .flat_map(|by| by.split(['/', ';', '&', ',']))
        .filter_map(|by| full(register, by).or_else(|| single(register, by)));
    let mut all = BTreeMap::new();
    for one in sure.chain(wrote).chain(gave).chain(leads(material)) {
        let known: &mut Person = all.entry(name_key(&one.name)).or_insert_with(|| one.clone());
        if known.post.is_none() {
            *known = one;
        }
    }
    all.into_values().collect()
}

/// People who are leads, and those named beside a post that is a lead.
fn leads(material: &Material) -> Vec<Person> {
    let register = material.register;
    let typed = typed(material);
    // "Dee Marsh (CFT)" is a person, whatever kind of party is recorded; "First Light" of a document is recognised by its kind.
    let is_one = |party: &&Party| {
        let is_name = party.kind() == PartyKind::Post || party.name().contains([',', '(']);
        is_name || typed.contains(&party.id) && is_alone(register, party)
    };
    let parties = register.parties.iter().filter(is_one);
    let own = parties.flat_map(|party| party.aliases().iter().map(String::as_str).chain([party.name()]));
    let own = own.filter_map(|name| full(register, first_part(name)).or_else(|| after_post(register, name)));
    let all = register.actions.iter().flat_map(|action| action.leads().iter().chain(action.via()));
    let beside = all.filter_map(|lead| {
        let party = register.party_name(lead.party);
        let is_other = |part: &&str| !name_key(party).contains(&name_key(part));
        let part = parts(&lead.raw).into_iter().filter(is_other).find_map(|part| full(register, part));
        let post = NOT_OF_PEOPLE.iter().any(|word| is_word(word, party)).then(|| party.to_owned());
        part.map(|person| Person { post, written: lead.raw.clone(), ..person })
    });
    own.chain(beside).collect()
}

/// The names that only their shape says are people's: a party that was typed and could be an agency.
pub fn guessed(material: &Material) -> Vec<String> {
    let (register, typed) = (material.register, typed(material));
    let could_be =
        |party: &&Party| party.kind() == PartyKind::Agency && typed.contains(&party.id) && is_alone(register, party);
    let names = register.parties.iter().filter(could_be).map(Party::name);
    names.filter(|name| is_like_a_name(name)).map(str::to_owned).collect()
}

fn first_part(name: &str) -> &str {
    name.split(['(', ',']).next().unwrap_or(name)
}

/// The person in "Designated nurse (Zelda Quimby)", whose post it is.
fn after_post(register: &Register, name: &str) -> Option<Person> {
    let mut parts = parts(name).into_iter();
    let post = parts.next().filter(|part| NOT_OF_PEOPLE.iter().any(|word| is_word(word, part)))?;
    let person = parts.find_map(|part| full(register, part))?;
    Some(Person { post: Some(post.to_owned()), written: name.trim().to_owned(), ..person })
}

/// The parties that a user typed. No document gave them a kind, so a person's name among them is recorded as an agency.
fn typed(material: &Material) -> HashSet<Id> {
    let edits = material.log.iter().filter(|batch| batch.cause == Cause::Edit).flat_map(|batch| &batch.changes);
    edits.filter(|change| matches!(change.op, Op::Add { kind: Kind::Party, .. })).map(|change| change.id).collect()
}

/// Whether nothing else says that it is an agency: other names, or parties that belong to it.
fn is_alone(register: &Register, party: &Party) -> bool {
    party.aliases().is_empty() && !register.parties.iter().any(|other| other.agency() == Some(party.id))
}

/// A person named for certain: "Ann Other", "Ann" or "Ann Other, Head of Care"; none if it is only a post or party.
pub fn person(register: &Register, written: &str) -> Option<Person> {
    let parts = parts(written);
    // A person who was made a lead is a party too; a name of two words is a person's all the same.
    let is_name = |part: &&str| !is_post(part) && (is_like_a_name(part) || !is_party(register, part));
    let name = parts.iter().copied().find(is_name)?;
    let posts: Vec<&str> = parts.iter().copied().filter(|part| is_post(part)).collect();
    let post = (!posts.is_empty()).then(|| posts.join(", "));
    let reach = if WORDS_TOO.contains(&name.to_lowercase().as_str()) { Reach::Alone } else { Reach::Everywhere };
    Some(Person { name: name.to_owned(), post, written: written.trim().to_owned(), reach })
}

/// An author; a single word is an account name.
fn author(register: &Register, name: &str) -> Option<Person> {
    let person = person(register, name)?;
    let reach = if person.name.contains(' ') { Reach::Everywhere } else { Reach::Alone };
    Some(Person { reach, ..person })
}

/// A person named where a party might be.
fn full(register: &Register, written: &str) -> Option<Person> {
    person(register, written).filter(|person| is_like_a_name(&person.name))
}

/// A single name where a party might be: "Zelda", but not "OPS" or "Board".
fn single(register: &Register, written: &str) -> Option<Person> {
    let person = person(register, written)?;
    let mut letters = person.name.chars();
    let is_one = letters.next().is_some_and(char::is_uppercase) && letters.clone().count() > 0;
    let is_name = is_one && letters.all(char::is_alphabetic);
    is_name.then_some(Person { reach: Reach::Alone, ..person })
}

/// Two to four capitalised words, none of them typical of posts or parties.
fn is_like_a_name(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let capital = |word: &&str| {
        let mut letters = word.chars();
        let is_initial = word.trim_end_matches('.').chars().count() == 1;
        letters.next().is_some_and(char::is_uppercase) && (is_initial || letters.any(char::is_lowercase))
    };
    let is_of_post = NOT_OF_PEOPLE.iter().any(|word| is_word(word, name));
    let has_surname = words.last().is_some_and(|word| word.chars().count() > 1);
    (2..=4).contains(&words.len()) && has_surname && !is_of_post && words.iter().all(capital)
}

/// Whether a word is one of posts and bodies, or too short to be looked for.
pub fn says_little(word: &str) -> bool {
    word.chars().count() < 3 || NOT_OF_PEOPLE.iter().any(|other| other.eq_ignore_ascii_case(word))
}

/// "Jane Smith", "Head of Care" and "CFT" from "Jane Smith, Head of Care (CFT)".
fn parts(written: &str) -> Vec<&str> {
    let marks = [" – ", " — ", " - ", ",", "(", ")", ":", "\n"];
    let all = marks.iter().fold(vec![written], |all, mark| all.into_iter().flat_map(|part| part.split(mark)).collect());
    all.into_iter().map(str::trim).filter(|part| part.chars().any(char::is_alphabetic)).collect()
}

/// Whether it begins like a post: "Head of Care" or "SAB Manager", but not "Bo Officer", which is a name.
fn is_post(part: &str) -> bool {
    let first = part.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or("");
    let is_short_name = first.chars().count() > 1 && !first.chars().any(char::is_lowercase);
    is_short_name || NOT_OF_PEOPLE.iter().any(|word| is_word(word, first))
}

fn is_word(word: &str, text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|own| own.eq_ignore_ascii_case(word))
}

/// Whether an agency or subgroup has this name; a person can be a party only as a post.
fn is_party(register: &Register, name: &str) -> bool {
    register.parties.iter().any(|party| party.kind() != PartyKind::Post && party.is_called(name))
}

//! Takes people's names out of a report: people the register knows by name appear by their initials.
//!
//! Posts and agencies stay. A name that stands only in somebody's free text is not known to be one, and stays; whoever
//! publishes a report still reads it. The mapping is nowhere in the output.

use std::collections::BTreeSet;

use super::Material;
use super::document::Document;
use crate::domain::register::Register;

/// The document with every known person's name replaced.
pub fn names(document: Document, material: &Material) -> Document {
    let mut people: Vec<(String, String)> = people(material).into_iter().map(|name| (initials(&name), name)).collect();
    // The longest first, so that "Ann Lee Other" is not left as "A.L. Other".
    people.sort_by_key(|(_, name)| std::cmp::Reverse(name.len()));
    document.map_text(|text| people.iter().fold(text.to_owned(), |text, (short, name)| replaced(&text, name, short)))
}

/// Who attended, chaired or wrote, where it is no party of the register and more than one word.
fn people(material: &Material) -> BTreeSet<String> {
    let register = material.register;
    let meetings = register.visible_meetings();
    let met = meetings.flat_map(|m| m.attendance().iter().map(|a| a.name.as_str()).chain([m.chair()]));
    let wrote = material.told.iter().map(|told| told.author.as_str());
    met.chain(wrote).map(str::trim).filter(|name| is_person(register, name)).map(ToOwned::to_owned).collect()
}

/// Two words or more, each beginning with a capital, without a word that only posts have.
fn is_person(register: &Register, name: &str) -> bool {
    const POSTS: [&str; 14] = [
        "head",
        "chair",
        "manager",
        "lead",
        "officer",
        "director",
        "nurse",
        "sab",
        "board",
        "team",
        "coordinator",
        "secretary",
        "independent",
        "business",
    ];
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_post = words.iter().any(|word| POSTS.contains(&word.to_lowercase().as_str()));
    let capital = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
    words.len() > 1 && words.iter().all(capital) && !is_post && !register.parties.iter().any(|p| p.is_called(name))
}

/// "A.O."
fn initials(name: &str) -> String {
    name.split_whitespace().filter_map(|word| word.chars().next()).map(|letter| format!("{letter}.")).collect()
}

/// Whole words only: "Ann Lee" is not in "Ann Leeds".
fn replaced(text: &str, name: &str, by: &str) -> String {
    let mut made = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(name) {
        let inside = before.chars().next_back().is_some_and(char::is_alphanumeric)
            || after.chars().next().is_some_and(char::is_alphanumeric);
        made.extend([before, if inside { name } else { by }]);
        rest = after;
    }
    made + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_becomes_initials_and_a_post_stays() {
        let register = Register::default();
        assert!(is_person(&register, "Ann Other") && !is_person(&register, "Chair of POS"));
        assert!(!is_person(&register, "SAB Manager"));
        assert_eq!(
            replaced("Ann Other met Ann Otherwise", "Ann Other", &initials("Ann Other")),
            "A.O. met Ann Otherwise"
        );
    }
}

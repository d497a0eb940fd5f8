//! Takes people's names out of a report: anyone the register names appears by post or initials.
//!
//! That covers those who attended, chaired, made changes or gave an update, and people named as leads or beside a post.
//! Posts and agencies stay. The names are replaced in the values of the log, before a report cuts, joins or counts any of
//! them. A name that occurs only in free text is not recognised and stays, so a report must still be read before it is
//! published: [`near_misses`] lists what to look for. The mapping is not in the output.

mod near;
mod people;
mod replace;

use chrono::NaiveDate;

use super::{Material, Names, Options};
use crate::domain::change::Batch;
use crate::domain::filter::Filter;
use crate::domain::register::Register;
use crate::domain::trail::{self, TrailEntry};
use crate::text::composed;
pub use near::near_misses;
use people::Person;
use replace::Rule;

/// A report's material with every known name replaced.
pub struct Redacted<'a> {
    of: Material<'a>,
    people: Vec<Person>,
    register: Register,
    log: Vec<Batch>,
    told: Vec<TrailEntry>,
    filter: Filter,
    options: Options,
}

impl<'a> Redacted<'a> {
    pub fn new(material: &Material<'a>) -> Redacted<'a> {
        let people = people::known(material);
        let redaction = Redaction::replacing(&people);
        let change = |text: &str| redaction.text(text);
        let log: Vec<Batch> = material.log.iter().map(|batch| batch.clone().map_text(change)).collect();
        let marking = material.options.marking.as_deref().map(change);
        Redacted {
            of: *material,
            register: Register { copy: material.register.copy.clone(), ..Register::fold(&log) },
            told: trail::entries_in_full(&log),
            filter: material.filter.clone().reworded(material.register, change),
            options: Options { marking, names: Names::Shown, ..material.options.clone() },
            people,
            log,
        }
    }

    pub fn material(&self) -> Material<'_> {
        let Redacted { register, log, told, filter, options, .. } = self;
        Material { register, log, told, filter, options, today: self.of.today }
    }

    /// The names that were replaced on the strength of their shape alone.
    pub fn guessed(&self) -> Vec<String> {
        people::guessed(&self.of)
    }

    pub fn people(&self) -> &[Person] {
        &self.people
    }
}

/// The register that a log produces, with every known name replaced.
pub fn without_names(register: &Register, log: &[Batch], today: NaiveDate) -> Register {
    let (told, filter, options) = (trail::entries_in_full(log), Filter::default(), Options::default());
    Redacted::new(&Material { register, log, told: &told, today, filter: &filter, options: &options }).register
}

/// Characters that could part a name without being seen.
const UNSEEN: [char; 6] = ['\u{ad}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}'];

/// How the names of a register are replaced.
#[derive(Clone, Debug, Default)]
struct Redaction {
    /// Longest first, so that "Ann Lee Other" does not become "A.L. Other".
    rules: Vec<Rule>,
}

impl Redaction {
    fn replacing(people: &[Person]) -> Redaction {
        let mut taken: Vec<String> = Vec::new();
        let mut rules = Vec::new();
        for person in people {
            let initials = distinct(&initials(&composed(&person.name)), &mut taken);
            rules.extend(Rule::all(person, &initials));
        }
        rules.sort_by_key(|rule| std::cmp::Reverse(rule.length()));
        Redaction { rules }
    }

    /// The text with every known name replaced, however the accents of either are written.
    fn text(&self, text: &str) -> String {
        let text = composed(text).replace(UNSEEN, "");
        let lower = text.to_lowercase();
        // Most texts hold no name at all.
        self.rules.iter().filter(|rule| rule.may_be_in(&lower)).fold(text, |text, rule| rule.applied(&text))
    }
}

/// "A.O."
fn initials(name: &str) -> String {
    let letters = name.split([' ', '-', '\u{a0}']).filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    letters.flat_map(char::to_uppercase).flat_map(|letter| [letter, '.']).collect()
}

/// No two people share initials: the second becomes "A.O.2".
fn distinct(initials: &str, taken: &mut Vec<String>) -> String {
    let numbered = (2..).map(|number: usize| format!("{initials}{number}"));
    let free = std::iter::once(initials.to_owned()).chain(numbered).find(|name| !taken.contains(name));
    let free = free.unwrap_or_else(|| initials.to_owned());
    taken.push(free.clone());
    free
}

#[cfg(test)]
mod tests {
    use super::people::person;
    use super::*;
    use crate::domain::register::Register;

    fn redaction(names: &[&str]) -> Redaction {
        let register = Register::default();
        let people: Vec<Person> = names.iter().filter_map(|name| person(&register, name)).collect();
        Redaction::replacing(&people)
    }

    #[test]
    fn a_person_becomes_initials_or_the_post_beside_the_name_and_a_post_stays() {
        let redaction = redaction(&["Ann Other", "Pat Lee, Head of Care", "SAB Manager", "Chair of POS"]);
        let text = redaction.text("Ann Other met Ann Otherwise, Pat Lee, Head of Care, and the SAB Manager.");
        assert_eq!(text, "A.O. met Ann Otherwise, Head of Care, and the SAB Manager.");
        assert_eq!(redaction.text("Pat Lee and ANN\nOTHER; Ms Other (Dr Lee)"), "P.L. and A.O.; A.O. (P.L.)");
    }

    #[test]
    fn a_name_is_found_in_every_form_in_which_it_is_usually_written() {
        let redaction = redaction(&["Zelda Quimby"]);
        let text = "Zelda Quimby's form, Quimby, Zelda, Z. Quimby and Z Quimby; Zelda_Quimby.docx, Zel\u{ad}da\u{a0}Quim\u{200b}by.";
        assert_eq!(redaction.text(text), "Z.Q.'s form, Z.Q., Z.Q. and Z.Q.; Z.Q..docx, Z.Q..");
        assert_eq!(redaction.text("size Z quimby"), "size Z quimby");
    }

    #[test]
    fn a_name_that_is_a_word_too_is_one_only_alone_or_after_a_title() {
        let redaction = redaction(&["May", "Hugh", "Text"]);
        assert_eq!(redaction.text("In May 2021 Mrs May met Hugh; a hugh text"), "In May 2021 M. met H.; a hugh text");
        assert_eq!((redaction.text("May"), redaction.text("Text")), ("M.".into(), "T.".into()));
    }

    #[test]
    fn a_surname_that_is_a_post_is_a_name_all_the_same() {
        let redaction = redaction(&["A. Chair", "Bo Officer", "The Chair", "Board Manager"]);
        let text = redaction.text("A. Chair, Bo Officer, the Chair and the Board Manager");
        assert_eq!(text, "A.C., B.O., the Chair and the Board Manager");
    }

    #[test]
    fn a_name_is_found_however_its_accents_are_written() {
        for name in ["Siân Évans", "Sia\u{302}n E\u{301}vans"] {
            let redaction = redaction(&[name]);
            assert_eq!(redaction.text("Siân Évans and Sia\u{302}n E\u{301}vans"), "S.É. and S.É.");
        }
    }

    #[test]
    fn two_people_never_share_their_initials() {
        let redaction = redaction(&["Ann Other", "Abe Oaks", "Amy O'Neil"]);
        assert_eq!(redaction.text("Ann Other, Abe Oaks, Amy O'Neil"), "A.O., A.O.2, A.O.3");
    }
}

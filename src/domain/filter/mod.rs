//! Filters: which actions are shown, in a language that is the same on the command line and on the screen.
//!
//! Terms are AND-ed, commas mean "or" within a term, `-` negates a term, quotes keep words together (a quote
//! within quotes is doubled). Any other word is searched for in all text.

mod dates;
mod found;
mod matches;
mod outlined;
mod parse;
mod print;
#[cfg(test)]
mod tests;
mod words;

pub use found::{Found, List};
pub use words::{distance, nearest};

use memchr::memmem::Finder;

use super::action::Action;
use super::id::Id;
use super::particular::Particular;
use super::query;
use super::register::Register;
use crate::text;
use dates::DateTest;

pub use print::quoted;

/// How an action matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Match {
    Own,
    /// Only because it is for all agencies, and so for the one asked for (product rule 6).
    ForAll,
}

/// Which actions are shown. Empty: all.
///
/// Party names are understood when it is parsed: parse it again after the register's parties have changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    terms: Vec<Term>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Term {
    is_not: bool,
    test: Test,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Test {
    Party(Role, Vec<Wanted>),
    /// Words of levels in lower case; `None` is "not rated".
    Rating(Vec<Option<String>>),
    Due(Vec<DateTest>),
    Changed(Vec<DateTest>),
    /// Numbers in lower case; `all` is the group across all findings.
    Finding(Vec<String>),
    Recommendation(Vec<String>),
    /// `7.2`, or with the plan's slug `adult-c:7.2`, in lower case.
    Reference(Vec<String>),
    /// Slugs in lower case.
    Plan(Vec<String>),
    /// A term of the recommendation, in any of these words.
    Particular(Particular, Vec<String>),
    Flag(Flag),
    /// The actions that had a near-duplicate when the filter was read, in the order of their ids.
    Duplicate(Vec<Id>),
    Text(Box<Needle>),
    /// The same, already searched for in another wording of the register: the words, and where they were, in order.
    Found(String, Vec<Id>),
}

/// The role in which a party is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Lead,
    Via,
    Either,
}

/// The parties that one name of a filter means.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Wanted {
    /// The party's own name, which is printed.
    name: String,
    /// It and all that belong to it, in the order of their ids.
    own: Vec<Id>,
    /// The parties that stand for all agencies, where it is an agency.
    everyone: Vec<Id>,
    /// The plans it takes part in: "all agencies" of another review are not it. Empty where it takes part in none.
    plans: Vec<Id>,
}

impl Wanted {
    /// Whether "all agencies" in this plan are these too.
    fn takes_part(&self, plan: Id) -> bool {
        self.plans.is_empty() || self.plans.contains(&plan)
    }
}

/// Terms of one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flag {
    Overdue,
    Challenge,
    Doubt,
    /// No longer in the latest version of its document.
    Gone,
    /// A field has two values that were recorded separately.
    Conflict,
    Closed,
    Open,
    Proposed,
    /// An extension is requested.
    Extension,
    /// Its leads were asked about it by mail, and nothing was heard since.
    Unanswered,
    /// On the agenda of the meeting that is open.
    Agenda,
    /// Discussed or carried forward in the meeting that is open.
    Discussed,
}

/// Text to search for: in small letters to be printed, and folded to be found.
#[derive(Clone, Debug)]
struct Needle {
    text: String,
    finder: Finder<'static>,
}

impl Needle {
    fn new(text: &str) -> Needle {
        let folded = query::folded(text);
        Needle { text: text::lower(text), finder: Finder::new(folded.as_bytes()).into_owned() }
    }

    fn is_in(&self, text: &str) -> bool {
        self.finder.find(text.as_bytes()).is_some()
    }
}

impl PartialEq for Needle {
    fn eq(&self, other: &Needle) -> bool {
        self.finder.needle() == other.finder.needle()
    }
}

impl Eq for Needle {}

impl Filter {
    /// Whether it shows everything.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether it only searches for words.
    pub fn is_words(&self) -> bool {
        !self.is_empty() && self.split_words().0.is_empty()
    }

    /// Whether it searches the text of actions.
    fn searches_text(&self) -> bool {
        self.terms.iter().any(|term| matches!(term.test, Test::Text(_)))
    }

    /// The filter without what asks for the open meeting's agenda, for where no meeting is open.
    #[must_use]
    pub fn without_agenda(mut self) -> Filter {
        self.terms.retain(|term| !matches!(term.test, Test::Flag(Flag::Agenda)));
        self
    }

    /// Whether it asks for near-duplicates.
    pub fn wants_duplicates(&self) -> bool {
        self.terms.iter().any(|term| matches!(term.test, Test::Duplicate(_)))
    }

    /// The filter where these actions are the ones that have a near-duplicate.
    #[must_use]
    pub fn with_duplicates(mut self, alike: &[Id]) -> Filter {
        for term in &mut self.terms {
            if let Test::Duplicate(ids) = &mut term.test {
                alike.clone_into(ids);
                ids.sort_unstable();
            }
        }
        self
    }

    /// The one-word term that a searched word is probably a slip of: `overdue` for `overdeu`.
    pub fn likely_meant(&self) -> Option<&'static str> {
        self.terms.iter().find_map(|term| match &term.test {
            Test::Text(needle) => words::nearest(&needle.text, words::bare_words()).first().copied(),
            Test::Party(..)
            | Test::Rating(_)
            | Test::Due(_)
            | Test::Changed(_)
            | Test::Finding(_)
            | Test::Recommendation(_)
            | Test::Reference(_)
            | Test::Plan(_)
            | Test::Particular(..)
            | Test::Flag(_)
            | Test::Duplicate(_)
            | Test::Found(..) => None,
        })
    }

    /// The filter for a copy of `register` in other words: it matches the same actions there, and is printed with `change`
    /// applied to the names and words in it.
    #[must_use]
    pub fn reworded(mut self, register: &Register, change: impl Fn(&str) -> String) -> Filter {
        for term in &mut self.terms {
            match &mut term.test {
                Test::Party(_, all) => all.iter_mut().for_each(|wanted| wanted.name = change(&wanted.name)),
                Test::Text(needle) => {
                    let has = |action: &&Action| needle.is_in(&query::search_text(register, action));
                    let mut found: Vec<Id> = register.actions.iter().filter(has).map(|action| action.id).collect();
                    found.sort_unstable();
                    term.test = Test::Found(change(&needle.text), found);
                }
                Test::Reference(names) | Test::Plan(names) | Test::Particular(_, names) => {
                    for name in names {
                        *name = text::lower(&change(name));
                    }
                }
                Test::Rating(_)
                | Test::Due(_)
                | Test::Changed(_)
                | Test::Finding(_)
                | Test::Recommendation(_)
                | Test::Flag(_)
                | Test::Duplicate(_)
                | Test::Found(..) => {}
            }
        }
        self
    }

    /// The filter without the words it searches for, and those words, separated by spaces.
    pub fn split_words(&self) -> (Filter, String) {
        let is_word = |term: &&Term| matches!(term.test, Test::Text(_)) && !term.is_not;
        let text =
            |term: &'_ Term| if let Test::Text(needle) = &term.test { needle.text.clone() } else { String::new() };
        let words = self.terms.iter().filter(is_word).map(text);
        let rest = self.terms.iter().filter(|term| !is_word(term)).cloned().collect();
        (Filter { terms: rest }, words.collect::<Vec<_>>().join(" "))
    }
}

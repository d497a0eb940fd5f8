//! The particulars of a recommendation: those of its fields that read as one text, such as its intended outcome.
//!
//! Whatever handles them (the columns of a document, drafts and their review, comparing, filters, the walk, reports, JSON) goes
//! through all of them, so that a new one needs no more than its row in the table of fields.

use std::collections::BTreeMap;

use super::change::Value;
use super::recommendation::Recommendation;
use super::table::things;
#[allow(clippy::wildcard_imports, reason = "the types of whatever rows the table has")]
use super::table::types::*;

/// What the text of a particular is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// Sentences: shown in full, searched as text.
    Prose,
    /// One of a few words: a narrow column, and a filter term.
    Term,
}

/// One of a few known words, or whatever else a document writes in their place.
pub trait Term {
    /// What a text that is not empty means.
    fn read(text: &str) -> Self;

    fn words(&self) -> &str;
}

/// A value that reads as text, empty for none.
pub trait Worded {
    fn words(&self) -> &str;

    fn read(text: &str) -> Self;
}

impl Worded for Option<String> {
    fn words(&self) -> &str {
        self.as_deref().unwrap_or("")
    }

    fn read(text: &str) -> Option<String> {
        (!text.is_empty()).then(|| text.to_owned())
    }
}

impl<T: Term> Worded for Option<T> {
    fn words(&self) -> &str {
        self.as_ref().map_or("", Term::words)
    }

    fn read(text: &str) -> Option<T> {
        let text = text.trim();
        (!text.is_empty()).then(|| T::read(text))
    }
}

/// Everything the table says about a particular.
struct Row {
    label: &'static str,
    title: &'static str,
    sentence: &'static str,
    nature: Nature,
    words: fn(&Recommendation) -> Vec<&str>,
    ids: fn(&Recommendation) -> Vec<Id>,
    value: fn(&str) -> Value,
    kept: fn(&str) -> String,
}

macro_rules! particulars {
    ($(
        $(#[$about:meta])*
        $thing:ident($($fixed:ident: $fixed_type:ty),*) {
            $(
                $(#[$doc:meta])*
                $field:ident: $variant:ident($type:ty) $weight:ident
                    $(reads $nature:ident $label:literal $title:literal $sentence:literal)?;
            )*
        } with { $($(#[$part_doc:meta])* $part:ident: $part_type:ty),* $(,)? }
    )*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Particular {
            $($($(#[doc = $sentence] $variant,)?)*)*
        }

        impl Particular {
            pub const ALL: &[Particular] = &[$($($((Particular::$variant, $label).0,)?)*)*];

            fn row(self) -> Row {
                match self {
                    $($($(Particular::$variant => Row {
                        label: $label,
                        title: $title,
                        sentence: $sentence,
                        nature: Nature::$nature,
                        words: |rec| rec.$field.heads().iter().map(|head| head.value.words()).collect(),
                        ids: |rec| rec.$field.ids(),
                        value: |text| Value::$variant(Worded::read(text)),
                        kept: |text| <$type as Worded>::read(text).words().to_owned(),
                    },)?)*)*
                }
            }
        }
    };
}
things!(particulars);

impl Particular {
    /// Its name in the log, in JSON, in filters, on the command line and in the lists of words.
    pub fn key(self) -> &'static str {
        self.value("").log_name()
    }

    /// "Outcome": what it is called in front of its words.
    pub fn label(self) -> &'static str {
        self.row().label
    }

    /// "Outcome to be achieved": what it is called in a document.
    pub fn title(self) -> &'static str {
        self.row().title
    }

    /// "What is to be achieved": what a column of it holds.
    pub fn sentence(self) -> &'static str {
        self.row().sentence
    }

    pub fn nature(self) -> Nature {
        self.row().nature
    }

    /// What a recommendation says about it, empty for nothing.
    pub fn of(self, rec: &Recommendation) -> &str {
        self.all(rec).pop().unwrap_or("")
    }

    /// Whether two copies changed it independently, and it has not been settled.
    pub fn is_in_conflict(self, rec: &Recommendation) -> bool {
        self.ids(rec).len() > 1
    }

    /// Everything it says about it: more than one text where it is in conflict, the one in force last.
    pub fn all(self, rec: &Recommendation) -> Vec<&str> {
        (self.row().words)(rec)
    }

    /// The changes that a new value replaces.
    pub fn ids(self, rec: &Recommendation) -> Vec<Id> {
        (self.row().ids)(rec)
    }

    /// The value that a text means.
    pub fn value(self, text: &str) -> Value {
        (self.row().value)(text)
    }

    /// The words in which a text is kept: "Local" for "LOCAL".
    pub fn kept(self, text: &str) -> String {
        (self.row().kept)(text)
    }

    /// The one of that [`Particular::key`].
    pub fn named(key: &str) -> Option<Particular> {
        Particular::ALL.iter().copied().find(|particular| particular.key() == key)
    }
}

/// What a document says about each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Particulars {
    texts: BTreeMap<Particular, String>,
}

impl Particulars {
    /// Empty for nothing.
    pub fn get(&self, particular: Particular) -> &str {
        self.texts.get(&particular).map_or("", String::as_str)
    }

    /// An empty text removes the particular.
    pub fn put(&mut self, particular: Particular, text: &str) {
        let kept = particular.kept(text);
        if kept.is_empty() {
            self.texts.remove(&particular);
        } else {
            self.texts.insert(particular, kept);
        }
    }

    /// Those that say something, in the order of the table.
    pub fn stated(&self) -> impl Iterator<Item = (Particular, &str)> {
        self.texts.iter().map(|(particular, text)| (*particular, text.as_str()))
    }
}

impl<'a> FromIterator<(Particular, &'a str)> for Particulars {
    fn from_iter<T: IntoIterator<Item = (Particular, &'a str)>>(stated: T) -> Particulars {
        let mut particulars = Particulars::default();
        stated.into_iter().for_each(|(particular, text)| particulars.put(particular, text));
        particulars
    }
}

#[cfg(test)]
mod tests {
    use super::super::change::{Cause, Op};
    use super::super::difference;
    use super::super::fixture::{Log, harbour, today};
    use super::super::query;
    use super::*;

    fn first(log: &Log) -> &Recommendation {
        &log.register.recommendations[0]
    }

    fn put(log: &mut Log, particular: Particular, text: &str) {
        let (on, replaces) = (first(log).id, particular.ids(first(log)));
        log.write(Cause::Edit, vec![Op::Set { on, value: particular.value(text), replaces }]);
    }

    /// Whatever its row says, each can be set, reported, found and undone.
    #[test]
    fn every_particular_is_set_found_reported_and_undone() {
        for particular in Particular::ALL.iter().copied() {
            let mut log = harbour();
            let (before, was) = (log.register.clone(), particular.of(first(&log)).to_owned());
            put(&mut log, particular, "Across the estuary");
            assert_eq!(particular.of(first(&log)), "Across the estuary");
            assert_eq!(Particular::named(particular.key()), Some(particular));
            let action = log.register.action(log.action("7.1")).unwrap();
            assert!(query::search_text(&log.register, action).contains("across the estuary"));
            let differs = difference::between(&before, &log.register);
            let sentences: Vec<&str> = differs.iter().map(|differs| differs.line.sentence.as_str()).collect();
            let shown = if was.is_empty() { "none" } else { &was };
            let key = particular.key();
            assert_eq!(sentences, [format!("recommendation 7 {key} {shown} → Across the estuary")]);
            log.undo().unwrap();
            assert_eq!(particular.of(first(&log)), was);
        }
    }

    #[test]
    fn two_copies_that_set_it_separately_keep_both_and_a_withdrawal_overrides_neither() {
        for particular in Particular::ALL.iter().copied() {
            let mut log = harbour();
            let mut other = log.copy(2, "Ben");
            put(&mut log, particular, "Here");
            put(&mut other, particular, "There");
            log.merge(&other);
            assert!(particular.is_in_conflict(first(&log)));
            assert_eq!(particular.all(first(&log)).len(), 2);
            put(&mut log, particular, "Everywhere");
            assert_eq!(particular.all(first(&log)), ["Everywhere"]);
            assert!(log.register.heads_of(first(&log).id).contains(&particular.ids(first(&log))[0]));
        }
    }

    #[test]
    fn a_term_is_a_filter_of_its_own() {
        for term in Particular::ALL.iter().filter(|particular| particular.nature() == Nature::Term) {
            let mut log = harbour();
            put(&mut log, *term, "Across the estuary");
            let text = format!("{}:\"across the estuary\"", term.key());
            let filter = super::super::filter::Filter::parse(&text, &log.register, today()).unwrap();
            assert_eq!(filter.to_string(), text);
            let found = |reference: &str| {
                let action = log.register.action(log.action(reference)).unwrap();
                filter.matches(&log.register, action, today()).is_some()
            };
            assert!(found("7.1") && !found("8.1"));
        }
    }
}

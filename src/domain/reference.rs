//! References: what a board calls an action. The number that its document printed; a count only where it printed none.
//!
//! A reference is given once, when the action is added, and stored: nothing that is added, withdrawn or imported later
//! changes it.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

/// What an action is numbered after: its recommendation's number, where it has one, and its own, as printed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Printed<'a> {
    pub recommendation: Option<&'a str>,
    pub own: Option<&'a str>,
}

/// The references of one plan, and those still to be given. `Home` says under which recommendation an action is.
#[derive(Clone, Debug)]
pub struct References<Home> {
    /// Of actions in force, in lower case.
    standing: HashSet<String>,
    /// Also of withdrawn ones, and those still to be given: a count is never given twice.
    given: HashSet<String>,
    under: HashMap<Home, Siblings>,
    /// Whether the document counts its actions from 1 under every recommendation.
    starts_again: bool,
}

/// The references under one recommendation.
#[derive(Clone, Debug, Default)]
struct Siblings {
    count: usize,
    last: String,
    /// By what stands before it, the greatest number at the end of one: of "R1.A3", 3 after "R1.A".
    greatest: HashMap<String, u32>,
}

impl<Home: Copy + Eq + Hash> References<Home> {
    /// For a document with these numbers, in its order. A count never takes a number that is printed further on.
    pub fn new<'a>(printed: impl IntoIterator<Item = (Home, Printed<'a>)>) -> References<Home> {
        let all: Vec<(Home, Printed<'a>)> = printed.into_iter().collect();
        let mut homes: HashMap<&str, Home> = HashMap::new();
        let plain = all.iter().filter(|(_, printed)| printed.recommendation.is_some());
        let plain = plain.filter_map(|(home, printed)| Some((home, printed.own.filter(|own| is_plain(own))?)));
        let starts_again = plain.fold(false, |again, (home, own)| again || *homes.entry(own).or_insert(*home) != *home);
        let (standing, given, under) = (HashSet::new(), HashSet::new(), HashMap::new());
        let mut references = References { standing, given, under, starts_again };
        let wholes = all.iter().filter_map(|(_, printed)| references.whole(*printed)).map(|whole| whole.to_lowercase());
        references.given = wholes.collect();
        references
    }

    /// Says that an action has this reference already; a withdrawn one leaves its printed number free.
    pub fn know(&mut self, home: Home, reference: &str, is_withdrawn: bool) {
        if !is_withdrawn {
            self.standing.insert(reference.to_lowercase());
        }
        self.given.insert(reference.to_lowercase());
        self.under.entry(home).or_default().add(reference);
    }

    /// The reference of one more action.
    pub fn give(&mut self, home: Home, printed: Printed<'_>) -> String {
        let reference = self.printed(printed).unwrap_or_else(|| self.next(home, printed.recommendation));
        self.know(home, &reference, false);
        reference
    }

    /// What would be counted next, for a suggestion.
    pub fn next(&self, home: Home, recommendation: Option<&str>) -> String {
        let siblings = self.under.get(&home);
        let is_free = |reference: &String| !self.given.contains(&reference.to_lowercase());
        if let Some(free) = siblings.and_then(|siblings| siblings.continued().find(is_free)) {
            return free;
        }
        let counted = |at: usize| recommendation.map_or_else(|| at.to_string(), |number| format!("{number}.{at}"));
        let count = siblings.map_or(0, |siblings| siblings.count);
        (count + 1..=count + self.given.len() + 1).map(counted).find(is_free).unwrap_or_default()
    }

    /// What comes after the last reference under a recommendation, free or not: "1.10" after "1.9".
    pub fn next_of_kind(&self, home: Home) -> Option<String> {
        self.under.get(&home)?.continued().next()
    }

    /// Whether an action has the printed number already.
    pub fn stands(&self, printed: Printed<'_>) -> bool {
        self.whole(printed).is_some_and(|whole| self.has(&whole))
    }

    /// Whether an action in force has the reference.
    pub fn has(&self, reference: &str) -> bool {
        self.standing.contains(&reference.to_lowercase())
    }

    /// The number as printed; the second of two that are printed the same gets a letter.
    fn printed(&self, printed: Printed<'_>) -> Option<String> {
        let whole = self.whole(printed)?;
        let lettered = ('b'..='z').map(|letter| format!("{whole}{letter}"));
        std::iter::once(whole.clone()).chain(lettered).find(|reference| !self.has(reference))
    }

    fn whole(&self, printed: Printed<'_>) -> Option<String> {
        let own = usable(printed.own?)?;
        Some(match printed.recommendation.filter(|_| self.starts_again && is_plain(&own)) {
            Some(number) if own.starts_with(|c: char| c.is_ascii_digit()) => format!("{number}.{own}"),
            Some(number) => format!("{number}{own}"),
            None => own,
        })
    }
}

/// A number that says nothing of its recommendation: "3", "a", "iv".
fn is_plain(own: &str) -> bool {
    own.chars().all(|c| c.is_ascii_digit()) || own.len() <= 4 && own.chars().all(char::is_alphabetic)
}

/// Whether a printed number can be a reference: "2.3(b)" can, "5 & 6" and "SAR1:3" cannot.
pub fn is_usable(printed: &str) -> bool {
    usable(printed).is_some()
}

/// A number as it can be typed: without blanks and without a dot at its end. None for what is no number.
fn usable(printed: &str) -> Option<String> {
    let own: String = printed.split_whitespace().collect();
    // The bracket of "2.3(b)" is half of a pair.
    let is_mark = |c: char| matches!(c, '.' | ':') || c == ')' && !own.contains('(');
    let own = own.trim_end_matches(is_mark).to_owned();
    let is_typed = |c: char| c.is_alphanumeric() || ".-/_()".contains(c);
    (!own.is_empty() && own.chars().count() <= 16 && own.chars().all(is_typed)).then_some(own)
}

impl Siblings {
    fn add(&mut self, reference: &str) {
        let (stem, number) = cut(reference);
        if let Ok(number) = number.parse() {
            let greatest = self.greatest.entry(stem.to_owned()).or_insert(number);
            *greatest = number.max(*greatest);
        }
        self.count += 1;
        reference.clone_into(&mut self.last);
    }

    /// The references after the greatest that is numbered as the last one is: "R1.A4" after "R1.A3", "1d" after "1c".
    fn continued(&self) -> impl Iterator<Item = String> + use<> {
        let last = self.last.as_str();
        let shared = cut(last).0.to_owned();
        let greatest = self.greatest.get(&shared).copied();
        let counted = greatest.into_iter().flat_map(|number| number.saturating_add(1)..);
        let letter = last.chars().next_back().filter(|c| c.is_ascii_lowercase() && last.len() > 1);
        let before = letter.and_then(|_| last.get(..last.len() - 1)).unwrap_or_default().to_owned();
        let letters =
            letter.into_iter().flat_map(|letter| letter..='z').skip(1).map(move |letter| format!("{before}{letter}"));
        counted.map(move |number| format!("{shared}{number}")).chain(letters)
    }
}

/// A reference without the digits at its end, and those.
fn cut(reference: &str) -> (&str, &str) {
    reference.split_at(reference.trim_end_matches(|c: char| c.is_ascii_digit()).len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed<'a>(recommendation: &'a str, own: &'a str) -> Printed<'a> {
        let some = |text: &'a str| Some(text).filter(|text| !text.is_empty());
        Printed { recommendation: some(recommendation), own: some(own) }
    }

    /// The references of actions given as (recommendation, own number), in order.
    fn given(numbers: &[(&str, &str)]) -> Vec<String> {
        let numbered = || numbers.iter().map(|(rec, own)| (*rec, printed(rec, own)));
        let mut references = References::new(numbered());
        numbered().map(|(home, printed)| references.give(home, printed)).collect()
    }

    #[test]
    fn a_printed_number_is_the_reference() {
        assert_eq!(given(&[("1", "1.1"), ("1", "1.3"), ("1", "1.4"), ("3", "3.2")]), ["1.1", "1.3", "1.4", "3.2"]);
        assert_eq!(given(&[("1", "R1.A1"), ("1", "R1.A3"), ("2", "R2.A1")]), ["R1.A1", "R1.A3", "R2.A1"]);
        assert_eq!(given(&[("1", "1a"), ("1", "1c"), ("", "DHR4/7")]), ["1a", "1c", "DHR4/7"]);
        assert_eq!(given(&[("1", "7"), ("2", "8")]), ["7", "8"]);
    }

    #[test]
    fn a_count_is_given_only_where_no_number_is_printed() {
        assert_eq!(given(&[("1", ""), ("1", ""), ("2", "")]), ["1.1", "1.2", "2.1"]);
        assert_eq!(given(&[("", ""), ("", "")]), ["1", "2"]);
        assert_eq!(given(&[("1", "1.1"), ("1", "1.4"), ("1", "")]), ["1.1", "1.4", "1.5"]);
        assert_eq!(given(&[("1", "R1.A3"), ("1", "")]), ["R1.A3", "R1.A4"]);
        assert_eq!(given(&[("1", "1c"), ("1", "")]), ["1c", "1d"]);
        assert_eq!(given(&[("2", "2.3(b)."), ("2", "2.4)")]), ["2.3(b)", "2.4"]);
        assert_eq!(given(&[("", ""), ("", "3"), ("", "2"), ("", "")]), ["1", "3", "2", "4"]);
        assert_eq!(given(&[("1", "see the annex to the report"), ("1", "a:b")]), ["1.1", "1.2"]);
    }

    #[test]
    fn a_count_goes_on_from_the_greatest_of_its_kind_however_many_there_are() {
        assert_eq!(given(&[("1", "A9"), ("1", "B2"), ("1", "A3"), ("1", "")]), ["A9", "B2", "A3", "A10"]);
        let many = vec![("", ""); 30_000];
        let given = given(&many);
        assert_eq!((given[0].as_str(), given[29_999].as_str()), ("1", "30000"));
    }

    #[test]
    fn numbers_that_start_again_under_every_recommendation_carry_its_number() {
        assert_eq!(given(&[("1", "1"), ("1", "2"), ("2", "1")]), ["1.1", "1.2", "2.1"]);
        assert_eq!(given(&[("1", "a"), ("1", "b"), ("2", "a")]), ["1a", "1b", "2a"]);
    }

    #[test]
    fn a_number_printed_twice_is_told_apart_by_a_letter() {
        assert_eq!(given(&[("1", "1.4"), ("1", "1.4"), ("1", "1.4")]), ["1.4", "1.4b", "1.4c"]);
    }

    #[test]
    fn a_withdrawn_actions_count_is_never_given_again_but_its_printed_number_is() {
        let mut references = References::new([]);
        references.know("1", "1.1", false);
        references.know("1", "1.2", true);
        assert_eq!(references.give("1", printed("1", "")), "1.3");
        assert_eq!(references.give("1", printed("1", "1.2")), "1.2");
    }
}

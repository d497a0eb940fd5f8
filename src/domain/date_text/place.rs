//! Which year a date inside prose belongs to, judged by what surrounds it.

use super::phrase::{Phrase, Unit, Year};
use super::token::{Gap, Kind, Rest, Token, mark};

/// Words after which a month alone is a date and not a name ("in September", but "the September edition").
const TIME_WORDS: [&str; 8] = ["in", "by", "since", "until", "from", "during", "for", "end"];

/// How far from the year of its surroundings a year of two digits may be.
const NEAR: u32 = 4;

/// The years of the surroundings.
#[derive(Clone, Copy, Debug)]
pub struct Context {
    /// The year a date that names none belongs to.
    pub year: Option<i32>,
    /// The year near which a year of two digits is likely; where nothing else is known, that of the first certain date.
    pub near: Option<i32>,
}

/// The position of a possible date in the text.
pub struct Place<'a> {
    pub before: Rest<'a>,
    pub rest: Rest<'a>,
    pub after: Rest<'a>,
    pub context: Context,
}

impl Place<'_> {
    /// The date in its year, if that is certain enough.
    pub fn with_certain_year(&self, phrase: Phrase) -> Option<Phrase> {
        let is_month = matches!(phrase.unit, Unit::Month(_));
        let year = match phrase.year {
            Year::Given(year) => Some(year),
            Year::Short(year) if is_month && phrase.part.is_none() => Some(year).filter(|_| self.can_be_a_year(year)),
            Year::Short(year) => Some(year).filter(|_| self.is_near(year) || self.ends_a_phrase()),
            Year::Missing => self.context.year.filter(|_| self.says_a_date(phrase)),
        };
        year.map(|year| Phrase { year: Year::Given(year), ..phrase })
    }

    /// "Nov 23" is November 2023 at the head of an update or near the year of its surroundings, but not after "on".
    fn can_be_a_year(&self, year: i32) -> bool {
        let follows = |words: &[&str]| self.before.last().is_some_and(|token| token.is_one_of(words));
        !follows(&["on", "the"]) && (self.is_near(year) || self.is_head() || follows(&["in", "since", "completed"]))
    }

    fn is_near(&self, year: i32) -> bool {
        self.context.near.is_some_and(|near| near.abs_diff(year) <= NEAR)
    }

    /// "12 June 21." and "12 June 21: …", but not "12 June 21 people".
    fn ends_a_phrase(&self) -> bool {
        self.after.first().is_none_or(|token| match token.kind {
            Kind::Mark(_) | Kind::Break => true,
            Kind::Word(word) => token.gap == Gap::Line || word.starts_with(char::is_uppercase),
            Kind::Number { .. } => false,
        })
    }

    /// At the beginning of a line or sentence, after a name in capitals, or before a colon or dash.
    fn is_head(&self) -> bool {
        let begins = match self.before.last().map(|token| token.kind) {
            None | Some(Kind::Break) => true,
            Some(Kind::Mark(mark)) => mark != '-' && mark != ',',
            Some(Kind::Word(word)) => word.len() > 1 && word.chars().all(char::is_uppercase),
            Some(Kind::Number { .. }) => false,
        };
        let starts_line = self.rest.first().is_some_and(|token| token.gap == Gap::Line);
        begins || starts_line || mark(self.after, &[':', '-']).is_some()
    }

    /// A date without a year that is a date all the same.
    fn says_a_date(&self, phrase: Phrase) -> bool {
        let first = self.rest.iter().find_map(Token::word);
        let is_name = first.is_some_and(|word| word.starts_with(char::is_uppercase));
        match phrase.unit {
            Unit::Day { .. } => first.is_some(),
            Unit::Month(_) if phrase.part.is_some() => true,
            Unit::Month(_) => is_name && self.before.last().is_some_and(|token| token.is_one_of(&TIME_WORDS)),
            Unit::Quarter(_)
            | Unit::FinancialQuarter(_)
            | Unit::Season(_)
            | Unit::Christmas
            | Unit::Easter
            | Unit::Year
            | Unit::FinancialYear => false,
        }
    }
}

impl<'a> Token<'a> {
    fn word(&self) -> Option<&'a str> {
        match self.kind {
            Kind::Word(word) => Some(word),
            Kind::Number { .. } | Kind::Mark(_) | Kind::Break => None,
        }
    }

    fn is_one_of(&self, words: &[&str]) -> bool {
        self.word().is_some_and(|word| words.iter().any(|one| one.eq_ignore_ascii_case(word)))
    }
}

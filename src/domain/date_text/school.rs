//! School terms and years: no two areas have the same days, so they are doubtful, but their months are likely.

use super::names;
use super::numeric;
use super::phrase::{Part, Season};
use super::token::{Read, Rest, any_word, skip, skip_mark, word};

/// A school term or year by its months.
struct Months {
    first: &'static str,
    last: &'static str,
    /// It lies in the later of the two years of a school year.
    is_later: bool,
    /// It ends in the year after the one in which it begins.
    crosses: bool,
}

/// The months that a school term or year likely means, in words that are a date; what follows it is still to be read.
///
/// `Autumn term 2026`, `end of the Summer term 2026/27`, `academic year 2026/27`.
pub fn likely(rest: Rest<'_>) -> Read<'_, String> {
    let (part, rest) = part(rest);
    let rest = skip(skip(rest, &["of"]), &["the"]);
    let (months, rest) = term(rest).or_else(|| school_year(rest))?;
    let rest = skip_mark(rest, &[',', '-', '(']);
    let of_school_year = |(year, rest)| (year + i32::from(months.is_later), rest);
    let (year, rest) = numeric::financial_year(rest).map(of_school_year).or_else(|| numeric::whole_year(rest))?;
    Some((months.words(part, year), skip_mark(rest, &[')'])))
}

impl Months {
    /// Of the one that begins in `year`.
    fn words(&self, part: Option<Part>, year: i32) -> String {
        let first = format!("{} {year}", self.first);
        let last = format!("{} {}", self.last, year + i32::from(self.crosses));
        match part {
            Some(Part::Early) => first,
            Some(Part::End | Part::Late) => last,
            Some(Part::Middle | Part::FirstHalf | Part::SecondHalf) | None => format!("{first} - {last}"),
        }
    }
}

fn part(rest: Rest<'_>) -> (Option<Part>, Rest<'_>) {
    let named = any_word(rest).and_then(|(name, rest)| Some((names::part(name)?, rest)));
    named.map_or((None, rest), |(part, rest)| (Some(part), rest))
}

fn school_year(rest: Rest<'_>) -> Read<'_, Months> {
    let rest = word(word(rest, &["academic", "school"])?, &["year"])?;
    Some((Months { first: "Sept", last: "July", is_later: false, crosses: true }, rest))
}

fn term(rest: Rest<'_>) -> Read<'_, Months> {
    let (name, rest) = any_word(rest)?;
    let (first, last, is_later) = match names::season(name)? {
        Season::Autumn => ("Sept", "Dec", false),
        Season::Spring => ("Jan", "Apr", true),
        Season::Summer => ("Apr", "July", true),
        Season::Winter => return None,
    };
    Some((Months { first, last, is_later, crosses: false }, word(skip(rest, &["school"]), &["term"])?))
}

//! Whether dates in digits have the day or the month first. One date may show it for all the others of its column.

use super::numeric;
use super::token::{Rest, Token, tokens};
use crate::domain::date_words;
use chrono::NaiveDate;

/// What comes first in a date in digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Order {
    /// As in the United Kingdom, and wherever nothing shows otherwise.
    DayFirst,
    MonthFirst,
}

/// A date in digits, as written.
struct Digits<'a> {
    first: u32,
    second: u32,
    year: i32,
    tokens: Rest<'a>,
}

/// The first date of a text that can be read in one order only, as written, with that order.
pub fn proof(text: &str) -> Vec<(&str, Order)> {
    let tokens = tokens(text);
    let proves = |found: &Digits<'_>| match (found.first, found.second) {
        (13..=31, 1..=12) => Some(Order::DayFirst),
        (1..=12, 13..=31) => Some(Order::MonthFirst),
        _ => None,
    };
    let shown = |found: &Digits<'_>| Some((found.written(text)?, proves(found)?));
    // "Section 4.15.12" is no date.
    let is_date = |(written, _): &(&str, Order)| written.contains('/') || written.len() >= 8;
    all(&tokens).iter().filter_map(shown).filter(is_date).collect()
}

/// The first date of a text that can be read in both orders, as written, with its day if the month comes first.
pub fn ambiguous(text: &str) -> Option<(&str, NaiveDate)> {
    let tokens = tokens(text);
    let found = all(&tokens).into_iter().find(|found| {
        (1..=12).contains(&found.first) && (1..=12).contains(&found.second) && found.first != found.second
    })?;
    Some((found.written(text)?, found.month_first()?))
}

/// The text with its dates in digits, which have the month first, in words: "01/02/2027" → "2 Jan 2027".
pub fn month_first(text: &str) -> String {
    let tokens = tokens(text);
    let (mut made, mut from) = (String::new(), 0);
    for found in all(&tokens) {
        let (Some(day), Some((start, end))) = (found.month_first(), found.place()) else { continue };
        made.push_str(text.get(from..start).unwrap_or_default());
        made.push_str(&date_words::day(day));
        from = end;
    }
    made + text.get(from..).unwrap_or_default()
}

impl Digits<'_> {
    fn month_first(&self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year, self.first, self.second)
    }

    fn place(&self) -> Option<(usize, usize)> {
        Some((self.tokens.first()?.start, self.tokens.last()?.end))
    }

    fn written<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.place().and_then(|(start, end)| text.get(start..end))
    }
}

/// The dates of three numbers in a text, in order.
fn all<'a>(tokens: &'a [Token<'a>]) -> Vec<Digits<'a>> {
    let mut found = Vec::new();
    let mut rest: Rest<'a> = tokens;
    while let Some((_, next)) = rest.split_first() {
        rest = match numeric::three(rest) {
            Some((first, second, year, after)) => {
                let tokens = rest.get(..rest.len() - after.len()).unwrap_or_default();
                found.push(Digits { first, second, year, tokens });
                after
            }
            None => next,
        };
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_beyond_twelve_shows_the_order() {
        assert_eq!(proof("12/31/2026"), [("12/31/2026", Order::MonthFirst)]);
        assert_eq!(proof("by 31.12.2026"), [("31.12.2026", Order::DayFirst)]);
        assert_eq!(proof("01/02/2027, May 2026, 2026-12-31"), []);
        assert_eq!(
            ambiguous("on 01/02/27").map(|(written, day)| (written, day.to_string())),
            Some(("01/02/27", "2027-01-02".into()))
        );
        assert_eq!(ambiguous("03/03/2027"), None);
    }

    #[test]
    fn dates_with_the_month_first_are_put_into_words() {
        assert_eq!(month_first("01/02/2027: sent; 6/30/27 agreed"), "2 Jan 2027: sent; 30 Jun 2027 agreed");
        assert_eq!(month_first("May 2027 or 31/12/2027"), "May 2027 or 31/12/2027");
    }
}

//! Whether dates in digits have the day or the month first. One date may show it for all the others of its column.

use super::numeric;
use super::token::{Rest, tokens};
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digits<'a> {
    pub written: &'a str,
    first: u32,
    second: u32,
    year: i32,
    /// The byte at which it begins.
    start: usize,
}

/// The dates of three numbers in a text, in order.
pub fn dates(text: &str) -> Vec<Digits<'_>> {
    let mut found = Vec::new();
    if !text.contains(|c: char| c.is_ascii_digit()) {
        return found;
    }
    let tokens = tokens(text);
    let mut rest: Rest<'_> = &tokens;
    while let Some((token, next)) = rest.split_first() {
        let Some((first, second, year, after)) = numeric::three(rest) else {
            rest = next;
            continue;
        };
        let end = after.first().map_or(text.len(), |token| token.start);
        let written = text.get(token.start..end).unwrap_or_default().trim_end();
        found.push(Digits { written, first, second, year, start: token.start });
        rest = after;
    }
    found
}

impl Digits<'_> {
    /// The only order in which it is a date. "Section 4.15.12" is none.
    pub fn order(&self) -> Option<Order> {
        let is_date = self.written.contains('/') || self.written.len() >= 8;
        match (self.first, self.second) {
            (13..=31, 1..=12) if is_date => Some(Order::DayFirst),
            (1..=12, 13..=31) if is_date => Some(Order::MonthFirst),
            _ => None,
        }
    }

    /// The day that it is if the month comes first, where it can be read in both orders and is another in each.
    pub fn either(&self) -> Option<NaiveDate> {
        let both = 1..=12;
        let is_either = both.contains(&self.first) && both.contains(&self.second) && self.first != self.second;
        self.month_first().filter(|_| is_either)
    }

    fn month_first(&self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year, self.first, self.second)
    }
}

/// The text with its dates in digits, which have the month first, in words: "01/02/2027" → "2 Jan 2027".
pub fn month_first(text: &str) -> String {
    let (mut made, mut from) = (String::new(), 0);
    for found in dates(text) {
        let Some(day) = found.month_first() else { continue };
        made.push_str(text.get(from..found.start).unwrap_or_default());
        made.push_str(&date_words::day(day));
        from = found.start + found.written.len();
    }
    made + text.get(from..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_beyond_twelve_shows_the_order() {
        let shown = |text| dates(text).first().and_then(|found| Some((found.written, found.order()?)));
        assert_eq!(shown("12/31/2026"), Some(("12/31/2026", Order::MonthFirst)));
        assert_eq!(shown("by 31.12.2026 at last"), Some(("31.12.2026", Order::DayFirst)));
        for text in ["01/02/2027", "May 2026", "2026-12-31", "Section 4.15.12"] {
            assert_eq!(shown(text), None, "{text}");
        }
        let either = |text| dates(text).first().and_then(Digits::either).map(|day| day.to_string());
        assert_eq!(either("on 01/02/27").as_deref(), Some("2027-01-02"));
        assert_eq!(either("03/03/2027"), None);
    }

    #[test]
    fn dates_with_the_month_first_are_put_into_words() {
        assert_eq!(month_first("01/02/2027: sent; 6/30/27 agreed"), "2 Jan 2027: sent; 30 Jun 2027 agreed");
        assert_eq!(month_first("May 2027 or 31/12/2027"), "May 2027 or 31/12/2027");
    }
}

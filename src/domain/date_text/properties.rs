//! What holds for every text and every date.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::token::tokens;
use super::{entry_date, find, grammar, suggestion, target};
use crate::domain::date_words;
use crate::domain::target::{PartialDate, Span};

fn date() -> impl Strategy<Value = NaiveDate> {
    (0_u64..54_000).prop_map(|days| NaiveDate::from_ymd_opt(1950, 1, 1).expect("a date") + Days::new(days))
}

/// Any text, and texts made of the pieces that dates are made of.
fn text() -> impl Strategy<Value = String> {
    let pieces = "(Oct|may |Sept\\.|mid|end of |early |Q[0-9]|Winter |w/c |next |fri |FY|in |2 weeks |\
                  [0-9]{1,5}|[0-9]{2}/[0-9]{2}|20[0-9]{2}|/|-|–|'|\\.|, |:| |\n|\n\n|é|\u{a0}|st|to |and ){0,9}";
    prop_oneof![any::<String>(), pieces.prop_map(|text| text)]
}

proptest! {
    #[test]
    fn any_text_is_read_or_declined_with_a_reason(raw in text(), today in date(), year in any::<i32>()) {
        for target in [target(&raw, None), target(&raw, Some(today))] {
            prop_assert_eq!(target.span.is_none(), target.flag.is_some());
            prop_assert!(target.span.is_none_or(|span| span.first <= span.last));
        }
        prop_assert!(entry_date(&raw, today).is_none_or(|date| date.first().is_some()));
        for context in [None, Some(2023), Some(year)] {
            let mut at = 0;
            for found in find(&raw, context) {
                prop_assert!(found.start >= at && found.start < found.end);
                prop_assert_eq!(raw.get(found.start..found.end), Some(found.written.as_str()));
                prop_assert!(found.span.first <= found.span.last && found.date.first().is_some());
                at = found.end;
            }
        }
    }

    #[test]
    fn a_suggestion_reads_as_a_date(raw in text(), around in date()) {
        let around = [Span { first: around, last: around }];
        if let Some(likely) = suggestion(&raw, &around) {
            prop_assert!(target(&raw, None).span.is_none());
            prop_assert!(target(&likely, None).span.is_some(), "{}", likely);
        }
    }

    #[test]
    fn every_printed_date_reads_back(day in date(), length in 0_u64..500, today in date()) {
        let last = day + Days::new(length);
        let one = Some(Span { first: day, last: day });
        for printed in [date_words::day(day), date_words::weekday(day), PartialDate::from(day).to_string()] {
            prop_assert_eq!(target(&printed, None).span, one, "{}", printed);
            prop_assert_eq!(target(&printed, Some(today)).span, one, "{}", printed);
            prop_assert_eq!(entry_date(&printed, today), Some(day.into()), "{}", printed);
            prop_assert_eq!(find(&format!("Since {printed}, it"), None).first().map(|found| found.span), one);
        }
        let both = Span { first: day, last };
        let printed = date_words::span(both);
        let days = printed.split(',').next().unwrap_or_default();
        prop_assert_eq!(target(days, None).span, Some(both), "{}", days);
    }

    #[test]
    fn every_partial_date_reads_back(day in date(), today in date()) {
        let month = PartialDate { day: None, ..day.into() };
        for date in [month, PartialDate { month: None, ..month }] {
            for printed in [date.to_string(), date_words::partial(date)] {
                let span = target(&printed, Some(today)).span;
                prop_assert_eq!(span.map(|span| (span.first, span.last)), date.first().zip(date.last()), "{}", printed);
                prop_assert_eq!(entry_date(&printed, today), Some(date), "{}", printed);
            }
        }
    }

    #[test]
    fn an_entry_without_a_year_is_never_in_the_future(day in date(), today in date()) {
        let words = date_words::day(day);
        let without_year = words.rsplit_once(' ').map_or("", |(start, _)| start);
        let date = entry_date(without_year, today).and_then(PartialDate::first);
        prop_assert!(date.is_some_and(|date| date <= today), "{}", without_year);
    }

    #[test]
    fn a_date_begins_only_where_one_may(raw in text()) {
        let tokens = tokens(&raw);
        for at in 0..tokens.len() {
            let rest = &tokens[at..];
            prop_assert!(grammar::may_begin(rest) || grammar::dates(rest).is_none(), "{:?}", rest.first());
        }
    }
}

#[test]
fn a_date_may_begin_with_each_name_that_dates_have() {
    for raw in [
        "Oct 2021",
        "SEPT 21",
        "Tues 5 May 2024",
        "the 5th of May 2024",
        "between May and June 2024",
        "From May to June 2024",
        "end of May 2024",
        "first half of 2024",
        "Q2 2024",
        "qtr 2 2024",
        "second quarter of 2024",
        "FY 2024/25",
        "financial year 2024-25",
        "Xmas 2024",
        "Winter 2024",
        "Mid-June 2024",
        "2024 Q1",
        "31/03/2024",
    ] {
        let tokens = tokens(raw);
        assert!(grammar::may_begin(&tokens) && grammar::dates(&tokens).is_some(), "{raw}");
    }
}

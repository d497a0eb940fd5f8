//! What the spellings of dates mean.

use chrono::NaiveDate;

use super::{entry_date, find, suggestion, target};
use crate::domain::target::Span;

fn day(iso: &str) -> NaiveDate {
    iso.parse().expect("a date")
}

fn today() -> NaiveDate {
    // A Saturday.
    day("2026-11-21")
}

fn means(raw: &str, today: Option<NaiveDate>) -> String {
    let target = target(raw, today);
    assert_eq!(target.raw, raw);
    match target.span {
        Some(Span { first, last }) => format!("{first} {last}"),
        None => format!("? {}", target.flag.expect("a reason")),
    }
}

#[test]
fn cells_of_documents() {
    let cells = [
        ("Oct 2021", "2021-10-01 2021-10-31"),
        ("Sept 2021", "2021-09-01 2021-09-30"),
        ("Sept. 2021", "2021-09-01 2021-09-30"),
        ("Oct-21", "2021-10-01 2021-10-31"),
        ("Oct '21", "2021-10-01 2021-10-31"),
        ("Oct ’21", "2021-10-01 2021-10-31"),
        ("Oct 21", "2021-10-01 2021-10-31"),
        ("October, 2021", "2021-10-01 2021-10-31"),
        ("10/2021", "2021-10-01 2021-10-31"),
        ("March2022", "2022-03-01 2022-03-31"),
        ("31/03/2022", "2022-03-31 2022-03-31"),
        ("31.03.24", "2024-03-31 2024-03-31"),
        ("31-03-2024", "2024-03-31 2024-03-31"),
        ("1/4/22", "2022-04-01 2022-04-01"),
        ("16th December 2021", "2021-12-16 2021-12-16"),
        ("16th of December 2021", "2021-12-16 2021-12-16"),
        ("Thursday 16 December 2021", "2021-12-16 2021-12-16"),
        ("16-Dec-21", "2021-12-16 2021-12-16"),
        ("16.Dec.2021", "2021-12-16 2021-12-16"),
        ("December 16, 2021", "2021-12-16 2021-12-16"),
        ("2021-10-31", "2021-10-31 2021-10-31"),
        ("2021-10-31 00:00:00", "2021-10-31 2021-10-31"),
        ("2021-10-31T00:00:00", "2021-10-31 2021-10-31"),
        ("2021-10-31T12:00:00.000Z", "2021-10-31 2021-10-31"),
        ("2021-10", "2021-10-01 2021-10-31"),
        ("end of Feb 2024", "2024-02-21 2024-02-29"),
        ("End Feb 2023", "2023-02-21 2023-02-28"),
        ("mid-June 2024", "2024-06-10 2024-06-20"),
        ("Early 2024", "2024-01-01 2024-03-31"),
        ("Easter 2024", "2024-03-29 2024-04-01"),
        ("by Easter 2027", "2027-03-26 2027-03-29"),
        ("End of the financial year 2024/25", "2025-03-01 2025-03-31"),
        ("early in 2022", "2022-01-01 2022-03-31"),
        ("mid 2024", "2024-05-01 2024-08-31"),
        ("late 2024", "2024-10-01 2024-12-31"),
        ("by the end of 2024", "2024-12-01 2024-12-31"),
        ("first half of 2024", "2024-01-01 2024-06-30"),
        ("Q1 2024", "2024-01-01 2024-03-31"),
        ("Q1-Q2 2024", "2024-01-01 2024-06-30"),
        ("Q3/Q4 21/22", "2021-10-01 2022-03-31"),
        ("Spring/Summer 2024", "2024-03-01 2024-08-31"),
        ("(Oct 2021)", "2021-10-01 2021-10-31"),
        ("2024 Q4", "2024-10-01 2024-12-31"),
        ("Q2 21/22", "2021-07-01 2021-09-30"),
        ("Q4 2021/22", "2022-01-01 2022-03-31"),
        ("end of Q2 24/25", "2024-09-01 2024-09-30"),
        ("24/25 FY", "2024-04-01 2025-03-31"),
        ("FY24/25", "2024-04-01 2025-03-31"),
        ("financial year 2024-25", "2024-04-01 2025-03-31"),
        ("Summer 2012", "2012-06-01 2012-08-31"),
        ("Autumn 2012", "2012-09-01 2012-11-30"),
        ("Spring 2012", "2012-03-01 2012-05-31"),
        ("Winter 2023", "2023-12-01 2024-02-29"),
        ("Winter 2023/24", "2023-12-01 2024-02-29"),
        ("Christmas 2024", "2024-12-25 2024-12-25"),
        ("2024", "2024-01-01 2024-12-31"),
        ("January/ February 2024", "2024-01-01 2024-02-29"),
        ("January-February 2024", "2024-01-01 2024-02-29"),
        ("January and February 2024", "2024-01-01 2024-02-29"),
        ("March - May 2024", "2024-03-01 2024-05-31"),
        ("Dec - Feb 2024", "2023-12-01 2024-02-29"),
        ("Nov 2023 – Feb 2024", "2023-11-01 2024-02-29"),
        ("12-14 June 2024", "2024-06-12 2024-06-14"),
        ("between March and May 2024", "2024-03-01 2024-05-31"),
        ("w/c 10 June 2024", "2024-06-10 2024-06-16"),
        ("week ending 14/06/2024", "2024-06-08 2024-06-14"),
        ("by Oct 2021", "2021-10-01 2021-10-31"),
        ("Review Oct 2021", "2021-10-01 2021-10-31"),
        ("Target date: 31/10/2021.", "2021-10-31 2021-10-31"),
        ("no later than\n31 October 2021", "2021-10-31 2021-10-31"),
        ("H1 2026", "2026-01-01 2026-06-30"),
        ("H2 26/27", "2026-10-01 2027-03-31"),
        ("Quarter Three 2026", "2026-07-01 2026-09-30"),
        ("By 01.04.2027 at the latest", "2027-04-01 2027-04-01"),
        ("Mis Medi 2026", "2026-09-01 2026-09-30"),
        ("14 Gorffennaf 2026", "2026-07-14 2026-07-14"),
        ("diwedd Mawrth 2027", "2027-03-21 2027-03-31"),
        ("44500", "2021-10-31 2021-10-31"),
        ("44500.0", "2021-10-31 2021-10-31"),
    ];
    for (raw, meaning) in cells {
        assert_eq!(means(raw, None), meaning, "{raw}");
    }
}

#[test]
fn what_is_not_certain_is_not_guessed() {
    let cells = [
        ("", "no date is given"),
        ("Ongoing", "“Ongoing” has no date in it"),
        ("ASAP", "“ASAP” has no date in it"),
        ("TBC", "“TBC” has no date in it"),
        ("June", "“June” has no year"),
        ("Mid-June", "“Mid-June” has no year"),
        ("12/9", "“12/9” has no year"),
        ("June update", "“June update” has no date in it"),
        ("3 months", "“3 months” says how long, not from when"),
        ("today", "“today” has no date in it"),
        ("Oct 202", "the year in “Oct 202” is not complete"),
        ("31/02/2024", "there is no such day as “31/02/2024”"),
        ("29 Feb 2023", "there is no such day as “29 Feb 2023”"),
        ("12/31/2021", "“12/31/2021” is not a date with the day first; perhaps 31 Dec 2021"),
        ("21/22", "“21/22” has two years and no date; perhaps financial year 2021/22"),
        ("2011-12", "“2011-12” has two years and no date; perhaps financial year 2011/12"),
        ("Friday 16 December 2021", "“Friday 16 December 2021” names the wrong weekday: it is Thu 16 Dec 2021"),
        ("May 2024 - March 2024", "“May 2024 - March 2024” ends before it begins"),
        ("Ongoing, review Oct 2021", "“Ongoing, review Oct 2021” has more in it than a date; perhaps Oct 2021"),
        ("Jan 2022\n\nMar 2022", "“Jan 2022 Mar 2022” has several dates in it"),
        ("Ocotber 2021", "“Ocotber 2021” has no date in it; perhaps October 2021"),
        ("32/01/2024", "there is no such day as “32/01/2024”"),
        ("2024-13-01", "there is no such day as “2024-13-01”"),
        ("32 January 2024", "there is no such day as “32 January 2024”"),
        ("0ct 2O21", "“0ct 2O21” has no date in it; perhaps Oct 2021"),
        ("Oct 2021?", "“Oct 2021?” has more in it than a date; perhaps Oct 2021"),
        ("03/27", "“03/27” is not a day and a month; perhaps Mar 2027"),
        ("11-26", "“11-26” is not a day and a month; perhaps Nov 2026"),
        ("26/11", "“26/11” has no year"),
        ("20261130", "“20261130” has no date in it; perhaps 30 Nov 2026"),
        (
            "Autumn term 2026",
            "“Autumn term 2026” goes by school terms, whose days differ from place to place; perhaps Sept 2026 - Dec 2026",
        ),
        (
            "by the end of Summer term 2026/27",
            "“by the end of Summer term 2026/27” goes by school terms, whose days differ from place to place; perhaps July 2027",
        ),
        (
            "academic year 26/27",
            "“academic year 26/27” goes by school terms, whose days differ from place to place; perhaps Sept 2026 - July 2027",
        ),
        (
            "Original: 31/03/26 Revised: 30/09/26",
            "“Original: 31/03/26 Revised: 30/09/26” has several dates in it; perhaps 30/09/26",
        ),
        (
            "31/03/26 (extended to 30/09/26)",
            "“31/03/26 (extended to 30/09/26)” has several dates in it; perhaps 30/09/26",
        ),
        ("31/03/26 and 30/09/26", "“31/03/26 and 30/09/26” has several dates in it"),
        ("1. Sept 2026", "“1. Sept 2026” has more in it than a date; perhaps Sept 2026"),
        ("Oct 2", "“Oct 2” has no year"),
        ("61000", "“61000” has no date in it"),
        ("7", "“7” has no date in it"),
    ];
    for (raw, why) in cells {
        assert_eq!(means(raw, None), format!("? {why}"), "{raw}");
    }
}

#[test]
fn typed_targets_count_from_today() {
    let typed = [
        ("today", "2026-11-21 2026-11-21"),
        ("tomorrow", "2026-11-22 2026-11-22"),
        ("+30d", "2026-12-21 2026-12-21"),
        ("2 weeks", "2026-12-05 2026-12-05"),
        ("in two weeks", "2026-12-05 2026-12-05"),
        ("a fortnight", "2026-12-05 2026-12-05"),
        ("3 months", "2027-02-21 2027-02-21"),
        ("1y", "2027-11-21 2027-11-21"),
        ("next friday", "2026-11-27 2026-11-27"),
        ("sat", "2026-11-28 2026-11-28"),
        ("12 sep", "2027-09-12 2027-09-12"),
        ("21 nov", "2026-11-21 2026-11-21"),
        ("12/9", "2027-09-12 2027-09-12"),
        ("29 feb", "2028-02-29 2028-02-29"),
        ("end of march", "2027-03-21 2027-03-31"),
        ("nov", "2026-11-01 2026-11-30"),
        ("end of month", "2026-11-30 2026-11-30"),
        ("by the end of next month", "2026-12-31 2026-12-31"),
        ("next month", "2026-12-01 2026-12-31"),
        ("next week", "2026-11-23 2026-11-29"),
        ("Q1", "2027-01-01 2027-03-31"),
        ("dec - feb", "2026-12-01 2027-02-28"),
        ("sep 5", "2027-09-05 2027-09-05"),
        ("oct 21", "? “oct 21” can be 21 Oct or Oct 2021"),
    ];
    for (raw, meaning) in typed {
        assert_eq!(means(raw, Some(today())), meaning, "{raw}");
    }
}

#[test]
fn typed_entry_dates_are_past() {
    let typed = [
        ("today", "2026-11-21"),
        ("yesterday", "2026-11-20"),
        ("fri", "2026-11-20"),
        ("last fri", "2026-11-20"),
        ("sat", "2026-11-21"),
        ("last sat", "2026-11-14"),
        ("12 sep", "2026-09-12"),
        ("12/9", "2026-09-12"),
        ("22 nov", "2025-11-22"),
        ("2026-09-12", "2026-09-12"),
        ("12 Sep 2026", "2026-09-12"),
        ("Sep 2026", "2026-09"),
        ("nov", "2026-11"),
        ("dec", "2025-12"),
        ("-3d", "2026-11-18"),
        ("3 days ago", "2026-11-18"),
        ("last month", "2026-10"),
        ("2025", "2025"),
    ];
    for (raw, date) in typed {
        assert_eq!(entry_date(raw, today()).map(|date| date.to_string()).as_deref(), Some(date), "{raw}");
    }
    for raw in ["", "soon", "3 days", "next fri", "31/02/2026", "nov 23", "12/31/2025"] {
        assert_eq!(entry_date(raw, today()), None, "{raw}");
    }
}

#[test]
fn a_length_of_time_beyond_any_plan_is_no_date() {
    let today = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
    assert!(super::typed_target("in 100 years", today).span.is_some());
    for far in ["250 Y", "in 90000 days", "3000 months"] {
        assert_eq!(super::typed_target(far, today).span, None, "{far}");
    }
}

#[test]
fn a_typed_target_says_the_same_in_three_years() {
    for (typed, kept) in [
        ("end of feb", "end of feb 2027"),
        ("+30d", "21 Dec 2026"),
        ("fri", "27 Nov 2026"),
        ("feb", "feb 2027"),
        ("12 sep", "12 sep 2027"),
        ("12/9", "12 Sep 2027"),
        ("next month", "Dec 2026"),
        ("Sept 2026", "Sept 2026"),
        ("early 2027", "early 2027"),
        ("when it is agreed", "when it is agreed"),
    ] {
        let target = super::typed_target(typed, today());
        assert_eq!(target.raw, kept, "{typed}");
        assert_eq!(super::target(kept, None).span, target.span, "{kept} means the same without a today");
    }
}

#[test]
fn suggestions_come_from_the_neighbours() {
    let year = |year: i32| Span { first: day(&format!("{year}-01-01")), last: day(&format!("{year}-12-31")) };
    let around = [year(2021), year(2021), year(2022), year(2021)];
    let likely = |raw| suggestion(raw, &around);
    assert_eq!(likely("Oct 202").as_deref(), Some("Oct 2021"));
    assert_eq!(likely("Mid-June").as_deref(), Some("Mid-June 2021"));
    assert_eq!(likely("12/9").as_deref(), Some("12/9/2021"));
    assert_eq!(likely("Oct 2021"), None);
    assert_eq!(likely("Ongoing"), None);
    assert_eq!(suggestion("Oct 202", &[]), None);
    assert_eq!(suggestion("Oct 202", &[year(2021), year(2022)]), None);
}

#[test]
fn dates_in_prose() {
    let prose: [(&str, &[(&str, &str)]); 24] = [
        ("Guide published on 16/12/2021. Meetings began.", &[("16/12/2021", "2021-12-16")]),
        ("commenced January 2022", &[("January 2022", "2022-01")]),
        ("in January/ February 2024.", &[("January/ February 2024", "2024")]),
        ("January-February 2024", &[("January-February 2024", "2024")]),
        ("Board end of February 2024", &[("end of February 2024", "2024-02")]),
        ("reported early 2024 and", &[("early 2024", "2024")]),
        ("Early in 2022 it", &[("Early in 2022", "2022")]),
        ("Q2 21/22 audit", &[("Q2 21/22", "2021")]),
        ("Summer 2012", &[("Summer 2012", "2012")]),
        ("updated in March2022 again", &[("March2022", "2022-03")]),
        ("Nov 23: new leaflet. ABC/DEF August 23 - video", &[("Nov 23", "2023-11"), ("August 23", "2023-08")]),
        ("November 2023: December 22 began", &[("November 2023", "2023-11"), ("December 22", "2022-12")]),
        ("Since June 2021 and in July 2022", &[("June 2021", "2021-06"), ("July 2022", "2022-07")]),
        ("the Domestic Abuse Act 2021 and Care Act 2014", &[]),
        ("Strategy 2019-2024, Plan 2021-2024, see 21/22", &[]),
        ("1. Page 12 of 2020, a 5 -year plan, 24/7", &[]),
        ("on November 23 the board met", &[]),
        ("between Jan 2021-22", &[]),
        ("mid-June, the September edition", &[]),
        ("12/31/2021 and 31/02/2024 and 1.12.2021.4", &[]),
        ("Completed August 23", &[("August 23", "2023-08")]),
        ("In May 2023 an audit Oct 22 Video", &[("May 2023", "2023-05"), ("Oct 22", "2022-10")]),
        ("on 12 June 10 people came", &[]),
        ("it may 20 times march", &[]),
    ];
    for (text, expected) in prose {
        let found = find(text, None);
        let found: Vec<_> = found.iter().map(|f| (f.written.clone(), f.date.to_string())).collect();
        let expected: Vec<_> = expected.iter().map(|(w, d)| ((*w).to_owned(), (*d).to_owned())).collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn prose_borrows_the_year_of_its_surroundings() {
    let found = find("audit Oct 22 Video; due mid-June, in May and on 3rd April", Some(2023));
    let found: Vec<_> = found.iter().map(|f| f.date.to_string()).collect();
    assert_eq!(found, ["2022-10", "2023-06", "2023-05", "2023-04-03"]);
}

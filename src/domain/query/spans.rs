//! The time from one day to another, in words.

use chrono::{Months, NaiveDate};

/// How late something due on `due` is: "5 years 3 months", "12 days"; empty where it is not late.
///
/// Counted by the calendar: from 31 January, a month is over on the last day of February.
pub fn late_by(due: NaiveDate, today: NaiveDate) -> String {
    if today <= due { String::new() } else { between(due, today) }
}

/// The time until `due`: "today", "in 12 days", "in 2 months 3 days"; empty where that has passed.
pub fn due_in(due: NaiveDate, today: NaiveDate) -> String {
    match due.cmp(&today) {
        std::cmp::Ordering::Less => String::new(),
        std::cmp::Ordering::Equal => "today".into(),
        std::cmp::Ordering::Greater => format!("in {}", between(today, due)),
    }
}

/// The two greatest of years, months and days.
fn between(from: NaiveDate, to: NaiveDate) -> String {
    let months = whole_months(from, to);
    let days = after_months(from, months).map_or(0, |start| (to - start).num_days());
    let parts = [(i64::from(months / 12), "year"), (i64::from(months % 12), "month"), (days, "day")];
    let mut parts = parts.into_iter().skip_while(|(count, _)| *count == 0).take(2);
    let words: Vec<String> = parts.by_ref().filter(|(count, _)| *count > 0).map(counted).collect();
    words.join(" ")
}

fn counted((count, unit): (i64, &str)) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {unit}{plural}")
}

fn whole_months(from: NaiveDate, to: NaiveDate) -> u32 {
    let guess = u32::try_from((to - from).num_days() / 28).unwrap_or(0);
    let floor = u32::try_from((to - from).num_days() / 31).unwrap_or(0);
    (floor..=guess).rev().find(|months| after_months(from, *months).is_some_and(|day| day <= to)).unwrap_or(0)
}

fn after_months(from: NaiveDate, months: u32) -> Option<NaiveDate> {
    from.checked_add_months(Months::new(months))
}

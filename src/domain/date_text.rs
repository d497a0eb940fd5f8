//! STAND-IN
use super::target::{PartialDate, Span, Target};
use chrono::NaiveDate;
pub fn target(raw: &str, _today: Option<NaiveDate>) -> Target {
    let span = NaiveDate::parse_from_str(raw, "%Y-%m-%d").ok().map(|d| Span { first: d, last: d });
    Target { raw: raw.into(), span, flag: None }
}
pub fn entry_date(raw: &str, _today: NaiveDate) -> Option<PartialDate> {
    NaiveDate::parse_from_str(raw, "%Y-%m-%d").ok().map(Into::into)
}

//! stub
use super::target::*;
use chrono::NaiveDate;
pub fn target(raw: &str, _today: Option<NaiveDate>) -> Target {
    Target { raw: raw.into(), span: None, flag: None }
}
pub fn entry_date(_raw: &str, today: NaiveDate) -> Option<PartialDate> {
    Some(today.into())
}

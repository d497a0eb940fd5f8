//! The deadline of a sentence, as written: "by 31 March 2024", "by the next meeting", "within two weeks".

use crate::domain::date_text;

/// The deadline that a sentence gives.
pub fn of(text: &str) -> Option<&str> {
    by(text).or_else(|| within(text))
}

/// "within two weeks", "in the next 3 months".
fn within(text: &str) -> Option<&str> {
    let (at, _) = [" within ", " in next ", " in the next "].iter().find_map(|said| text.match_indices(said).last())?;
    let rest = text.get(at + 1..)?;
    let end = rest.find(['.', ',', ';', '\n']).unwrap_or(rest.len());
    let said = rest.get(..end)?.trim();
    let is_time = ["week", "weeks", "month", "months", "days"].iter().any(|unit| said.ends_with(unit));
    (is_time && said.split_whitespace().count() <= 5).then_some(said)
}

fn by(text: &str) -> Option<&str> {
    let (at, _) = text.match_indices(" by ").last()?;
    let rest = text.get(at + 4..)?;
    let end = rest.find([',', ';', '\n']).into_iter().chain(rest.find(". ")).min().unwrap_or(rest.len());
    let said = rest.get(..end)?.trim().trim_end_matches('.');
    let lower = said.to_lowercase();
    let is_date = date_text::span(said).is_some() || date_text::suggestion(said, &[]).is_some();
    let is_meeting = lower.ends_with("next meeting") && said.split_whitespace().count() <= 4;
    let is_month = said.split_whitespace().count() <= 3
        && date_text::find(&format!("{said} 2024"), None).first().is_some_and(|found| found.start == 0);
    (is_date || is_meeting || is_month).then_some(said)
}

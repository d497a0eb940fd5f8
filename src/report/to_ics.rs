//! A document's dates as an iCalendar file: each with an identity that stays, so that importing it again updates.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use icalendar::{Calendar, Class, Component, Event, EventLike, EventStatus, Property};

use super::dates::{Date, DateStatus};
use super::document::Document;
use crate::problem::Problem;

pub fn render(document: &Document) -> Result<Vec<u8>, Problem> {
    let mut calendar = Calendar::empty();
    let head = [("VERSION", "2.0"), ("PRODID", "-//arising//calendar//EN"), ("METHOD", "PUBLISH")];
    for (name, value) in head {
        calendar.append_property(Property::new(name, value));
    }
    for date in &document.dates {
        calendar.push(event(document, date));
    }
    Ok(calendar.to_string().into_bytes())
}

fn event(document: &Document, date: &Date) -> Event {
    let mark = if document.marking.is_empty() { String::new() } else { format!("{}. ", document.marking) };
    let mut event = Event::new();
    event.uid(&format!("{}@{}.arising", date.id, document.identity));
    event.timestamp(midnight(document.day));
    event.sequence(u32::try_from(date.version).unwrap_or(u32::MAX));
    event.last_modified(midnight(date.changed.unwrap_or(document.day)));
    event.starts(date.day);
    event.ends(date.day.succ_opt().unwrap_or(date.day));
    event.summary(&date.title);
    event.description(format!("{mark}{}", date.details).trim());
    event.class(Class::Private);
    match date.status {
        DateStatus::Stands => {}
        DateStatus::Cancelled => drop(event.status(EventStatus::Cancelled)),
    }
    // Nobody is busy because something is due.
    event.add_property("TRANSP", "TRANSPARENT");
    event.done()
}

fn midnight(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_cannot_become_lines_of_the_calendar() {
        let day = NaiveDate::from_ymd_opt(2026, 9, 12).unwrap();
        let mut document = Document::new("Calendar", day);
        document.identity = "ab".into();
        let title = "1 due: a, b; c\\d\nEND:VEVENT\nBEGIN:VALARM".to_owned();
        let (id, details) = ("x.1-1".into(), "é".repeat(300));
        document.dates = vec![Date { id, day, title, details, version: 7, changed: None, status: DateStatus::Stands }];
        let text = String::from_utf8(render(&document).unwrap()).unwrap();
        assert_eq!(text.matches("END:VEVENT\r\n").count(), 1, "{text}");
        assert!(text.contains("SUMMARY:1 due: a\\, b\\; c\\\\d\\nEND:VEVENT\\nBEGIN:VALARM\r\n"), "{text}");
        assert!(text.lines().all(|line| line.len() <= 75), "{text}");
        assert!(text.contains("DTSTART;VALUE=DATE:20260912\r\n") && text.contains("DTEND;VALUE=DATE:20260913\r\n"));
    }
}

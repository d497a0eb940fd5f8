//! Which columns of a plan hold ratings and which hold progress, by what their cells say.

use chrono::NaiveDate;

use crate::domain::progress::EntryText;
use crate::import::columns::{Column, Field};
use crate::import::gather::{Gathered, Part, join};
use crate::import::progress::{self, Dating};
use crate::import::ratings;
use crate::import::vocabulary::Vocabulary;

/// The field that holds the ratings, if any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Roles {
    rating: Option<Field>,
    /// Whether the cells of a column of deadlines and status are a date and a rating, and no prose.
    pub parts: bool,
}

impl Roles {
    /// A status or progress column whose cells are all words for a rating is the rating.
    pub fn of(rows: &[Gathered], vocabulary: &Vocabulary) -> Roles {
        let cells = |field| texts(rows, field);
        let is_rating = |field: &Field| ratings::are_ratings(&cells(*field), vocabulary);
        let has_rating = rows.iter().flat_map(|row| &row.parts).any(|part| part.column.fields.contains(&Field::Rating));
        let is_led = || ratings::are_led_by_ratings(&cells(Field::Status), vocabulary);
        let rating = match [Field::Status, Field::Progress].into_iter().find(is_rating) {
            _ if has_rating => Some(Field::Rating),
            Some(field) => Some(field),
            None => is_led().then_some(Field::Status),
        };
        let shared: Vec<String> = rows.iter().filter_map(shared).map(Part::text).collect();
        let filled = shared.iter().filter(|text| !text.trim().is_empty());
        let (cut, whole): (Vec<&String>, Vec<&String>) =
            filled.partition(|text| ratings::parted(text, vocabulary).is_some());
        let parts = rating.is_none() && cut.len() * 10 >= (cut.len() + whole.len()) * 6 && !cut.is_empty();
        Roles { rating, parts }
    }

    /// The cell that rates a row, with the colour behind it.
    pub fn rating(self, row: &Gathered, vocabulary: &Vocabulary) -> Option<(String, Option<String>)> {
        if self.parts {
            let part = shared(row)?;
            return ratings::parted(&part.text(), vocabulary).map(|(_, rating)| (rating, part.shade.clone()));
        }
        let field = self.rating?;
        let part = row.parts.iter().find(|part| part.column.fields.contains(&field))?;
        Some((part.pieces.join("\n"), part.shade.clone()))
    }

    /// The progress entries of a row, from all columns that hold prose about how it stands.
    pub fn progress(self, row: &Gathered, today: NaiveDate, vocabulary: &Vocabulary) -> Vec<EntryText> {
        let is_cut =
            |part: &Part| self.parts && is_shared(&part.column) && ratings::parted(&part.text(), vocabulary).is_some();
        let parts = row.parts.iter().filter(|part| self.is_prose(&part.column) && !is_cut(part));
        let mut all: Vec<EntryText> =
            parts.flat_map(|part| progress::entries(&part.text(), dating(&part.column), today)).collect();
        let says_more = |cell: &String| {
            let is_long = cell.split_whitespace().count() > 4 && !ratings::is_rating(cell, vocabulary);
            is_long || ratings::leading(cell, vocabulary).is_some() || ratings::is_acceptance(cell, vocabulary)
        };
        if let Some(cell) = self.rating(row, vocabulary).map(|found| found.0).filter(says_more) {
            all.extend(progress::entries(&cell, Dating::Told, today));
        }
        all.extend(completed(row, today));
        all
    }

    fn is_prose(self, column: &Column) -> bool {
        let holds = |field| column.fields.contains(&field) && self.rating != Some(field);
        holds(Field::Progress) || holds(Field::Status)
    }
}

fn dating(column: &Column) -> Dating {
    if column.fields.contains(&Field::Target) { Dating::BesideTarget } else { Dating::Told }
}

impl Part {
    pub fn text(&self) -> String {
        join(&self.pieces)
    }
}

fn is_shared(column: &Column) -> bool {
    column.fields.contains(&Field::Target) && column.fields.contains(&Field::Status)
}

/// The cell that holds a deadline and a status.
pub fn shared(row: &Gathered) -> Option<&Part> {
    row.parts.iter().find(|part| is_shared(&part.column))
}

/// "Completed 12/03/2024", from a column of its own.
fn completed(row: &Gathered, today: NaiveDate) -> Vec<EntryText> {
    let cell = row.text(Field::Completed);
    if cell.trim().is_empty() {
        return Vec::new();
    }
    progress::entries(&format!("Completed {}", cell.trim()), Dating::Told, today)
}

fn texts(rows: &[Gathered], field: Field) -> Vec<String> {
    rows.iter().map(|row| row.text(field)).filter(|text| !text.trim().is_empty()).collect()
}

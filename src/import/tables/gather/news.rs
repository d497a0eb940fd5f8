//! News of an action in a row of its own below it: "Update 14/10/26: draft shared".

use super::{Gathered, Part, Walk};
use crate::domain::date_text;
use crate::import::table::Rows;
use crate::import::tables::columns::{self, Column};
use crate::import::words::clean;
use crate::import::words::roles::Role;
use crate::import::words::vocabulary::{Vocabulary, words};

/// The most words in front of an update, and the fewest of an update that is marked by a month only.
const MARK: usize = 6;
const WORDS: usize = 4;

impl Walk<'_> {
    /// Whether a row of one cell, or of a label and one, is news of the action above: "Update 14/10/26: draft shared".
    pub fn is_update(&self, filled: &[&Part], cut: Rows) -> bool {
        let Some(first) = filled.first() else { return false };
        let holds = |roles: &[Role]| roles.iter().any(|role| first.column.roles.contains(role));
        let is_place = match cut {
            Rows::Whole => !holds(&[Role::Progress, Role::Status, Role::Target, Role::Lead]),
            Rows::MaybeParts => holds(&[Role::Number, Role::RecommendationNumber]),
        };
        if filled.len() > 2 || !is_place || !self.gathering.rows.last().is_some_and(|last| self.is_here(last)) {
            return false;
        }
        let cells: Vec<String> = filled.iter().map(|part| clean::line(&part.text())).collect();
        // "3 May 2026" in front of an action may say when it was agreed.
        let is_agreed = || cells.first().is_some_and(|cell| begins_with_date(cell));
        let may_be_action = filled.len() > 1 || holds(&[Role::Action]);
        let is_two_cells_of_action = filled.len() > 1 && holds(&[Role::Action]);
        !is_two_cells_of_action && is_news(&cells.join(": "), self.vocabulary) && !(may_be_action && is_agreed())
    }
}

/// Adds an update to the action above.
pub fn update(last: &mut Gathered, row: &Gathered) {
    let filled: Vec<String> = row.parts.iter().filter(|part| part.is_filled()).map(Part::text).collect();
    let column = Column { name: "Row below".into(), roles: vec![Role::Progress], ..Column::default() };
    last.parts.push(Part { column, pieces: vec![filled.join(": ")], shade: None });
    last.stand_also(&row.places);
}

/// "Update: drafted", "Progress (May 2026) – two visits made", "14/10/26: drafted".
fn is_news(text: &str, vocabulary: &Vocabulary) -> bool {
    let marks = [": ", " – ", " — ", " - "].iter().filter_map(|mark| Some((text.find(mark)?, mark.len()))).min();
    let Some((end, length)) = marks else { return is_dated(text) };
    let (mark, news) = (text.get(..end).unwrap_or(""), text.get(end + length..).unwrap_or("").trim());
    if news.is_empty() || mark.split_whitespace().count() > MARK || mark.eq_ignore_ascii_case("note") {
        return is_dated(text);
    }
    let dates = date_text::find(mark, None);
    let label = dates.iter().fold(mark.to_owned(), |label, found| label.replace(&found.written, " "));
    let label: Vec<String> = words(&label).into_iter().filter(|word| !is_joint(word)).collect();
    let is_day = dates.iter().any(|found| found.date.day.is_some());
    let is_sentence = news.split_whitespace().count() >= WORDS;
    match label.as_slice() {
        [] => is_day || !dates.is_empty() && is_sentence,
        _ => columns::label(&label.join(" "), vocabulary).contains(&Role::Progress),
    }
}

/// "Update 14/10/26 draft shared".
fn is_dated(text: &str) -> bool {
    let Some((word, rest)) = text.split_once(' ') else { return false };
    if !["update", "updated", "progress"].contains(&word.to_lowercase().as_str()) {
        return false;
    }
    let found = date_text::find(rest, None).into_iter().next();
    let day = found.filter(|found| found.start == 0 && found.date.day.is_some());
    day.is_some_and(|day| rest.get(day.end..).is_some_and(|news| news.split_whitespace().count() > 1))
}

fn begins_with_date(text: &str) -> bool {
    date_text::find(text, None).first().is_some_and(|found| found.start == 0)
}

fn is_joint(word: &str) -> bool {
    ["as", "at", "of", "on", "from", "for", "to", "in", "the", "dated"].contains(&word)
}

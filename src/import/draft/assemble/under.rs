//! What the heading above a row says about it.

use super::cells;
use super::status::StatusColumns;
use crate::domain::draft::Draft;
use crate::domain::flag::{Flag, HEADING, RawCell};
use crate::import::cells::leads::LeadCells;
use crate::import::cells::leads::heading::{self, Said};
use crate::import::cells::ratings;
use crate::import::tables::gather::Gathered;
use crate::import::words::roles::Role;
use crate::import::words::vocabulary::Vocabulary;

/// For each row that names no lead: who leads according to the heading above it.
///
/// The title of a plan that names its leads itself is not asked, unless it is one of several such headings.
pub fn leads(rows: &[Gathered], title: Option<&str>, vocabulary: &Vocabulary) -> Vec<Option<Said>> {
    let asked: Vec<Option<&str>> =
        rows.iter().map(|row| row.heading.as_deref().filter(|_| !row.has(Role::Lead))).collect();
    let mut said = heading::all(&asked, vocabulary);
    let is_title = |at: usize| title.is_some() && asked.get(at).copied().flatten() == title;
    let others = said.iter().enumerate().any(|(at, said)| said.is_some() && !is_title(at));
    if !others && rows.iter().any(|row| row.has(Role::Lead)) {
        said.iter_mut()
            .filter(|said| said.as_ref().is_some_and(|said| !said.is_explicit))
            .for_each(|said| *said = None);
    }
    said
}

/// A doubt about an action whose lead only the title of the document names.
pub fn doubt(row: &Gathered, said: Option<&Said>, title: Option<&str>) -> Option<Flag> {
    said.filter(|said| !said.is_explicit && title.is_some() && row.heading.as_deref() == title)?;
    let title = title.unwrap_or_default();
    let why = "the lead is taken from the title of the document, which does not say that it is one".to_owned();
    Some(Flag { field: "lead".into(), why, raw: title.to_owned(), suggestion: None })
}

/// The cells of a row that name parties, with those of its heading, and the agency that the heading names.
pub fn cells(row: &Gathered, said: Option<&Said>, agency: Option<String>) -> LeadCells {
    let lead = said.map_or_else(|| cells::pieces(row, Role::Lead), |said| said.lead.clone());
    LeadCells { lead, via: cells::pieces(row, Role::Via), under: agency }
}

/// For each row, the agency whose name is the heading above it. The title of the document is no such heading.
pub fn agencies(rows: &[Gathered], title: Option<&str>, vocabulary: &Vocabulary) -> Vec<Option<String>> {
    let headings = rows.iter().map(|row| row.heading.as_deref());
    let below_title = headings.map(|heading| heading.filter(|heading| Some(*heading) != title));
    heading::agencies(&below_title.collect::<Vec<_>>(), vocabulary)
}

/// The rating in the heading above a row: "Closed actions", "RED – overdue".
pub fn rating(row: &Gathered, vocabulary: &Vocabulary) -> Option<String> {
    let heading = row.heading.as_deref()?;
    let spelled: Vec<&str> = heading.split_whitespace().filter(|word| !is_things(word)).collect();
    let rest = spelled.join(" ");
    let is_short = (1..=ratings::LONGEST).contains(&spelled.len());
    let is_whole = is_short && ratings::is_rating(&rest, vocabulary) && ratings::leading(&rest, vocabulary).is_none();
    let is_word = is_whole && (spelled.len() == 1 || !ratings::names_colour(&rest));
    let led = || ratings::leading(&rest, vocabulary).map(|(head, _)| head);
    if is_word { Some(rest) } else { led() }
}

fn is_things(word: &str) -> bool {
    ["action", "actions", "item", "items"].contains(&word.to_lowercase().as_str())
}

/// A doubt where headings rate the actions below them.
pub fn rated(rows: &[Gathered], status: StatusColumns, vocabulary: &Vocabulary) -> Option<Flag> {
    let is_bare = |row: &&Gathered| status.rating(row, vocabulary).is_none_or(|(cell, _)| cell.trim().is_empty());
    let mut names: Vec<&str> = rows
        .iter()
        .filter(is_bare)
        .filter(|row| rating(row, vocabulary).is_some())
        .filter_map(|row| row.heading.as_deref())
        .collect();
    names.dedup();
    let shown: Vec<String> = names.iter().take(5).map(|name| format!("“{name}”")).collect();
    let why = format!("ratings are taken from the headings above the actions: {}", shown.join(", "));
    (!names.is_empty()).then(|| Flag { field: "rating".into(), why, raw: names.join("; "), suggestion: None })
}

/// The heading as one of the cells beside an action.
pub fn raw(row: &Gathered) -> Option<RawCell> {
    let text = row.heading.clone()?;
    Some(RawCell { column: HEADING.into(), text })
}

/// The title of the whole document is not a heading of its rows.
pub fn forget(draft: &mut Draft, title: &str) {
    let under = draft.recommendations.iter_mut().flat_map(|rec| &mut rec.actions);
    for action in under.chain(&mut draft.actions) {
        action.raw.retain(|cell| cell.column != HEADING || cell.text != title);
    }
}

/// A doubt where headings name agencies without calling them leads.
pub fn flag(said: &[Option<Said>]) -> Option<Flag> {
    let mut names: Vec<&str> =
        said.iter().flatten().filter(|said| !said.is_explicit).map(|said| said.lead.as_str()).collect();
    names.dedup();
    let shown: Vec<String> = names.iter().take(5).map(|name| format!("“{name}”")).collect();
    let why = format!("leads are taken from headings that do not say they are leads: {}", shown.join(", "));
    (!names.is_empty()).then(|| Flag { field: "lead".into(), why, raw: names.join("; "), suggestion: None })
}

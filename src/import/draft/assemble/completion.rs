//! "Completion date" beside "Target date": when an action was done, where none of the dates is still to come.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::domain::date_text;
use crate::domain::flag::Flag;
use crate::import::cells::answers::{self, Answer};
use crate::import::cells::ratings::{self, Ratings};
use crate::import::tables::columns::Column;
use crate::import::tables::gather::{Gathered, Part};
use crate::import::words::clean;
use crate::import::words::roles::Role;
use crate::import::words::vocabulary::{Vocabulary, words};

use super::{ActionPath, action_at};
use crate::domain::draft::Draft;

/// What such a column is called. On its own it holds targets.
const NAMES: [&str; 3] = ["completion date", "date of completion", "completion"];

/// Has such columns hold the dates on which actions were done.
pub fn settle(rows: &mut [Gathered], today: NaiveDate, vocabulary: &Vocabulary) {
    let is_one = |column: &Column| is_completion(column) && !vocabulary.choices.says(&column.name, Role::Target);
    let is_beside = |row: &Gathered| {
        row.parts.iter().any(|part| part.column.roles.contains(&Role::Target) && !is_completion(&part.column))
    };
    let beside = || rows.iter().filter(|row| is_beside(row)).flat_map(|row| &row.parts);
    let found: BTreeSet<&str> = beside().filter(|part| is_one(&part.column)).map(name).collect();
    if found.is_empty() {
        return;
    }
    let is_to_come = |part: &&Part| found.contains(name(part)) && day(part).is_some_and(|day| day > today);
    let to_come: BTreeSet<&str> = rows.iter().flat_map(|row| &row.parts).filter(is_to_come).map(name).collect();
    let done: BTreeSet<String> = found.difference(&to_come).map(|name| (*name).to_owned()).collect();
    for part in rows.iter_mut().filter(|row| is_beside(row)).flat_map(|row| &mut row.parts) {
        if is_completion(&part.column) && done.contains(&part.column.name) {
            part.column.roles = vec![Role::Completed];
        }
    }
}

/// Doubts that an action is open where such a column says when it was done, or that it was.
pub fn doubt(
    draft: &mut Draft,
    rows: &[Gathered],
    actions: &[Option<ActionPath>],
    today: NaiveDate,
    ratings: &mut Ratings,
    vocabulary: &Vocabulary,
) {
    for (row, path) in rows.iter().zip(actions) {
        let Some(part) = row.parts.iter().find(|part| tells(&part.column)) else { continue };
        let (is_past, is_said) = (day(part).is_some_and(|day| day <= today), says_so(part, vocabulary));
        let Some(action) = path.and_then(|path| action_at(draft, path)).filter(|_| is_past || is_said) else {
            continue;
        };
        let is_told = part.column.roles.contains(&Role::Progress);
        let rating = match action.rating.as_deref() {
            Some(word) if ratings.settles(word) => continue,
            Some(word) => format!("the rating is {word}"),
            // Its progress says so, and is doubted.
            None if is_past && part.column.roles.contains(&Role::Completed) => continue,
            None if is_told && ratings::says_done(&part.text()).is_some() => continue,
            None => "the action is not rated".to_owned(),
        };
        let why = format!("“{}” says that it is done, but {rating}", part.column.name);
        let (raw, suggestion) = (clean::line(&part.text()), Some(ratings.done(vocabulary)));
        action.flags.push(Flag { field: "rating".into(), why, raw, suggestion });
    }
}

/// "Date completed", and "Date of completion and outcome".
fn tells(column: &Column) -> bool {
    let name = words(&column.name);
    let says = |word: &str| name.iter().any(|own| own == word);
    let is_dated = says("date") && (says("completion") || says("completed"));
    column.roles.contains(&Role::Completed) || column.roles == [Role::Progress] && is_dated
}

/// "Yes", "Complete", "✓".
fn says_so(part: &Part, vocabulary: &Vocabulary) -> bool {
    let cell = part.text();
    let is_yes = answers::of(&cell).is_some_and(|(answer, _)| answer == Answer::Yes);
    is_yes || ratings::known(&cell, vocabulary).is_some_and(|known| known.settled)
}

/// The last day of the date with which a cell begins.
pub fn day(part: &Part) -> Option<NaiveDate> {
    let text = part.dated();
    date_text::find(text.trim(), None).first().filter(|found| found.start == 0).map(|found| found.span.last)
}

fn is_completion(column: &Column) -> bool {
    column.roles == [Role::Target] && NAMES.contains(&words(&column.name).join(" ").as_str())
}

fn name(part: &Part) -> &str {
    &part.column.name
}

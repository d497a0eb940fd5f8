//! What a column of yes and no says about its actions: done or not done, asked once for the column.

use chrono::NaiveDate;

use super::{ActionPath, action_at};
use crate::domain::draft::Draft;
use crate::domain::flag::Flag;
use crate::domain::progress::{EntryOrigin, EntryText};
use crate::import::cells::answers::{self, Answer};
use crate::import::cells::progress::{self, Dating};
use crate::import::cells::ratings::{self, Ratings};
use crate::import::tables::gather::{Gathered, Part};
use crate::import::words::clean;
use crate::import::words::roles::Role;
use crate::import::words::vocabulary::Vocabulary;

fn part(row: &Gathered) -> Option<&Part> {
    row.parts.iter().find(|part| part.column.roles.contains(&Role::Done) && part.is_filled())
}

/// A cell that gives a rating instead of an answer.
pub fn rating(row: &Gathered, vocabulary: &Vocabulary) -> Option<String> {
    let cell = part(row)?.text();
    (answers::of(&cell).is_none() && ratings::is_rating(&cell, vocabulary)).then_some(cell)
}

/// What a cell says besides yes and no: "50%", "Yes – sent in May", or something else.
pub fn entries(row: &Gathered, today: NaiveDate, vocabulary: &Vocabulary) -> Vec<EntryText> {
    let Some(part) = part(row) else { return Vec::new() };
    let cell = part.text();
    match answers::of(&cell) {
        Some((Answer::Part, _)) => {
            let text = format!("{} done", clean::line(&cell));
            vec![EntryText { date: None, text, by: None, origin: EntryOrigin::Imported }]
        }
        Some((Answer::Yes | Answer::No, rest)) => progress::entries(rest, Dating::MarksAndSentences, today),
        None if rating(row, vocabulary).is_some() => Vec::new(),
        None => progress::entries(&cell, Dating::MarksAndSentences, today),
    }
}

/// Rates what is done, where nothing else rates it, and doubts a rating that says otherwise.
pub fn settle(
    draft: &mut Draft,
    rows: &[Gathered],
    actions: &[Option<ActionPath>],
    ratings: &mut Ratings,
    vocabulary: &Vocabulary,
) {
    let mut rated: Option<(String, usize)> = None;
    for (row, path) in rows.iter().zip(actions) {
        let Some(part) = part(row) else { continue };
        let Some((answer, _)) = answers::of(&part.text()) else { continue };
        let Some(action) = path.and_then(|path| action_at(draft, path)) else { continue };
        let name = &part.column.name;
        let count = &mut rated.get_or_insert_with(|| (name.clone(), 0)).1;
        match (answer, action.rating.as_deref()) {
            (Answer::Yes, None) => {
                action.rating = Some(ratings.done(vocabulary));
                *count += 1;
            }
            (Answer::Yes, Some(word)) if !ratings.settles(word) => {
                let why = format!("“{name}” says that it is done, but the rating is {word}");
                let suggestion = Some(ratings.done(vocabulary));
                action.flags.push(Flag { field: "rating".into(), why, raw: clean::line(&part.text()), suggestion });
            }
            (Answer::No | Answer::Part, Some(word)) if ratings.settles(word) => {
                let why = format!("“{name}” says that it is not done, but the rating is {word}");
                let raw = clean::line(&part.text());
                action.flags.push(Flag { field: "rating".into(), why, raw, suggestion: None });
            }
            (Answer::Yes | Answer::No | Answer::Part, _) => {}
        }
    }
    draft.flags.extend(rated.and_then(|(name, count)| asked(&name, count, ratings, vocabulary)));
}

/// The doubt about the column, unless the user has said what it holds.
fn asked(name: &str, count: usize, ratings: &mut Ratings, vocabulary: &Vocabulary) -> Option<Flag> {
    if vocabulary.choices.says(name, Role::Done) {
        return None;
    }
    let rated = match count {
        0 => "none is rated by it".to_owned(),
        1 => format!("1 action is done and rated {}", ratings.done(vocabulary)),
        _ => format!("{count} actions are done and rated {}", ratings.done(vocabulary)),
    };
    Some(Flag::column(name, format!("“{name}” is read as done or not done: {rated}"), "done"))
}

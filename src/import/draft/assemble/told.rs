//! What each row says by itself about its action. It is most of the work, and no row needs another for it, so a long plan is
//! read from two places at once.

use std::thread;

use chrono::NaiveDate;

use super::status::StatusColumns;
use super::{cells, closing, done, numbering};
use crate::domain::action::Closure;
use crate::domain::flag::{Flag, RawCell};
use crate::domain::progress::EntryText;
use crate::domain::target::Target;
use crate::import::tables::gather::Gathered;
use crate::import::words::roles::Role;
use crate::import::words::vocabulary::Vocabulary;

/// Fewer rows are read sooner than a second thread has begun.
const MANY: usize = 200;

/// An action as far as its row gives it without the rest of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub number: Option<String>,
    pub text: String,
    pub targets: Vec<Target>,
    pub original_targets: Vec<Target>,
    pub closure: Closure,
    pub progress: Vec<EntryText>,
    pub raw: Vec<RawCell>,
    pub flags: Flags,
}

/// The doubts about it, in two parts: what else is doubted stands between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flags {
    pub of_targets: Vec<Flag>,
    pub of_number: Option<Flag>,
}

/// Whether a row has a cell for a recommendation.
pub fn has_level(row: &Gathered) -> bool {
    row.parts.iter().any(|part| part.column.roles.contains(&Role::Recommendation))
}

/// For each row: what it says of its action, if it has one.
pub fn of_all(
    rows: &[Gathered],
    status: StatusColumns,
    today: NaiveDate,
    vocabulary: &Vocabulary,
) -> Vec<Option<Told>> {
    let told = |rows: &[Gathered]| rows.iter().map(|row| of(row, status, today, vocabulary)).collect::<Vec<_>>();
    if rows.len() < MANY {
        return told(rows);
    }
    let (first, second) = rows.split_at(rows.len() / 2);
    thread::scope(|scope| {
        let beside = thread::Builder::new().spawn_scoped(scope, || told(second));
        let mut all = told(first);
        // Where no second thread can be had, or it failed, one does it all.
        all.extend(beside.ok().and_then(|beside| beside.join().ok()).unwrap_or_else(|| told(second)));
        all
    })
}

fn of(row: &Gathered, status: StatusColumns, today: NaiveDate, vocabulary: &Vocabulary) -> Option<Told> {
    let has_level = has_level(row);
    if !cells::has_action(row) || !has_level && cells::is_prose(row) {
        return None;
    }
    let numbered = numbering::of(row);
    let (dates, of_targets) = cells::targets(row, status, vocabulary);
    let (targets, original_targets) = dates.in_force();
    let mut progress = status.progress(row, today, vocabulary);
    progress.extend(done::entries(row, today, vocabulary));
    progress.extend(cells::done(&targets, today));
    Some(Told {
        number: numbered.action,
        text: cells::action(row),
        targets,
        original_targets,
        closure: closing::of(row),
        progress,
        raw: cells::raw(row, |column| !has_level || !cells::is_of_recommendation(column)),
        flags: Flags { of_targets, of_number: numbered.date },
    })
}

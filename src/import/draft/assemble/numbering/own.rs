//! A column that numbers actions although each row has a recommendation too: "A1", "A2" and "A3", two of them under one.

use std::collections::HashSet;

use super::super::{ActionPath, action_at, cells};
use super::{stem, unmarked};
use crate::domain::draft::{Draft, DraftAction, DraftRecommendation};
use crate::import::tables::gather::Gathered;
use crate::import::words::roles::Role;
use crate::import::words::{clean, number};

/// Gives every action the number of its row where the rows of one recommendation have different ones.
pub fn give(draft: &mut Draft, rows: &[Gathered], actions: &[Option<ActionPath>]) {
    let numbers: Vec<(ActionPath, String)> =
        rows.iter().zip(actions).filter_map(|(row, path)| Some(((*path)?, printed(row)?))).collect();
    if !are_of_actions(&numbers) {
        return;
    }
    for (path, number) in numbers {
        if let Some(action) = action_at(draft, path) {
            action.number.get_or_insert(number);
        }
    }
    forget_borrowed(&mut draft.recommendations);
}

/// "R1a – Add the scale" and "R1b – Brief all teams" below "R1", or "1(a) Add the scale" below none: where every action
/// of a plan begins so, that is its number.
pub fn take_from_text(draft: &mut Draft) {
    let is_mixed = !draft.actions.is_empty() && draft.recommendations.iter().any(|rec| !rec.actions.is_empty());
    let found: Option<Vec<(String, String)>> = if is_mixed {
        None
    } else if draft.actions.is_empty() {
        let all = draft.recommendations.iter().flat_map(|rec| rec.actions.iter().map(|action| (&rec.number, action)));
        all.map(|(rec, action)| in_text(action).filter(|found| is_under(&found.0, rec))).collect()
    } else {
        draft.actions.iter().map(in_text).collect()
    };
    let Some(found) = found.filter(|found| found.len() > 1 && are_apart(found)) else { return };
    let below = draft.recommendations.iter_mut().flat_map(|rec| &mut rec.actions);
    for (action, (number, text)) in below.chain(&mut draft.actions).zip(found) {
        action.number = Some(number);
        action.text = text;
    }
}

/// The number in front of an action that has none of its own, and its words.
fn in_text(action: &DraftAction) -> Option<(String, String)> {
    let found = number::of(&action.text).filter(|_| action.number.is_none())?;
    let head = action.text.strip_suffix(found.text)?.trim_end_matches([' ', '–', '—', '-', ':', '.']);
    let head = if head.contains('(') { &found.number } else { head.trim_end_matches(')') };
    let is_one = !found.text.contains('\n') && !head.contains(' ');
    (is_one && !found.text.is_empty()).then(|| (head.to_owned(), found.text.to_owned()))
}

fn is_under(number: &str, rec: &str) -> bool {
    let number = number::of(number).map_or_else(|| number.to_owned(), |found| found.number);
    stem(&number) == rec && number != rec
}

fn are_apart(found: &[(String, String)]) -> bool {
    let mut seen = HashSet::new();
    found.iter().all(|(number, _)| seen.insert(number))
}

/// Recommendations that are all numbered as their first action is have no numbers of their own.
fn forget_borrowed(recs: &mut [DraftRecommendation]) {
    let is_borrowed =
        |rec: &DraftRecommendation| rec.actions.first().is_some_and(|first| first.number.as_ref() == Some(&rec.number));
    if recs.iter().all(is_borrowed) {
        for rec in recs {
            rec.number.clear();
        }
    }
}

/// The number in a column of its own.
fn printed(row: &Gathered) -> Option<String> {
    let is_shared = [Role::Action, Role::Recommendation].iter().any(|other| cells::shares(row, Role::Number, *other));
    let cell = clean::line(&row.text(Role::Number));
    let number = unmarked(&cell);
    (!is_shared && !number.is_empty()).then(|| number.to_owned())
}

/// Whether no two rows have the same number, none is "1.2", which has its recommendation's in it, and one recommendation has
/// two of them.
fn are_of_actions(numbers: &[(ActionPath, String)]) -> bool {
    let mut seen = HashSet::new();
    let is_simple = |number: &str| !number.contains(char::is_whitespace) && stem(number) == number;
    let are_all = numbers.iter().all(|(_, number)| is_simple(number) && seen.insert(number));
    let is_same =
        |one: &ActionPath, next: &ActionPath| one.recommendation.is_some() && one.recommendation == next.recommendation;
    are_all && numbers.iter().zip(numbers.iter().skip(1)).any(|((one, _), (next, _))| is_same(one, next))
}

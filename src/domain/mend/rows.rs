//! Rows that the document does not divide as its author meant: one action into several, or two into one.

use super::{ActionPlace, action_mut};
use crate::domain::allot;
use crate::domain::draft::{Draft, DraftAction, DraftLead};
use crate::domain::target::Target;

/// Puts the pieces in the place of an action. A piece without its own number gets the original's with a letter.
pub fn split(draft: &mut Draft, place: ActionPlace, pieces: Vec<DraftAction>) {
    let Some(actions) = list_mut(draft, place) else { return };
    if pieces.len() < 2 || place.action >= actions.len() {
        return;
    }
    let whole = actions.remove(place.action).number;
    let numbered = pieces.into_iter().enumerate().map(|(at, piece)| {
        let number = || whole.as_ref().map(|whole| lettered(whole, at));
        DraftAction { number: piece.number.clone().or_else(number), ..piece }
    });
    let made: Vec<DraftAction> = numbered.collect();
    actions.splice(place.action..place.action, made);
}

/// The pieces of an action whose words are cut like this, each with what belongs to it; doubts stay with the first.
pub fn cut(action: &DraftAction, texts: &[&str]) -> Vec<DraftAction> {
    let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
    let piece = |(at, part): (usize, DraftAction)| {
        if at == 0 { part } else { DraftAction { number: None, flags: Vec::new(), ..part } }
    };
    allot::parts(action, &texts).into_iter().enumerate().map(piece).collect()
}

/// Joins an action with the one above it: under the same recommendation, or, where it is the first there, with the
/// last of the recommendation above, which then takes on the words of this one. Returns where the joined action is, or
/// `None` where there is nothing above.
pub fn join_with_above(draft: &mut Draft, place: ActionPlace) -> Option<ActionPlace> {
    if let Some(above) = place.action.checked_sub(1) {
        let actions = list_mut(draft, place)?;
        if place.action >= actions.len() {
            return None;
        }
        let lower = actions.remove(place.action);
        let above = ActionPlace { action: above, ..place };
        absorb(action_mut(draft, above)?, lower);
        return Some(above);
    }
    join_recommendations(draft, place.recommendation?)
}

fn list_mut(draft: &mut Draft, place: ActionPlace) -> Option<&mut Vec<DraftAction>> {
    match place.recommendation {
        Some(at) => draft.recommendations.get_mut(at).map(|rec| &mut rec.actions),
        None => Some(&mut draft.actions),
    }
}

/// The recommendation at `at` was the rest of the one above: its first action too.
fn join_recommendations(draft: &mut Draft, at: usize) -> Option<ActionPlace> {
    let above = at.checked_sub(1)?;
    if at >= draft.recommendations.len() {
        return None;
    }
    let lower = draft.recommendations.remove(at);
    let upper = draft.recommendations.get_mut(above)?;
    append(&mut upper.text, &lower.text);
    for (particular, more) in lower.particulars.stated() {
        let mut text = upper.particulars.get(particular).to_owned();
        append(&mut text, more);
        upper.particulars.put(particular, &text);
    }
    upper.raw.extend(lower.raw);
    let mut actions = lower.actions.into_iter();
    match (upper.actions.last_mut(), actions.next()) {
        (Some(last), Some(first)) => absorb(last, first),
        (None, Some(first)) => upper.actions.push(first),
        (_, None) => {}
    }
    let joined = upper.actions.len().checked_sub(1)?;
    upper.actions.extend(actions);
    Some(ActionPlace { recommendation: Some(above), action: joined })
}

/// Moves everything from one action into another.
fn absorb(upper: &mut DraftAction, lower: DraftAction) {
    append(&mut upper.text, &lower.text);
    for (own, others) in [(&mut upper.leads, lower.leads), (&mut upper.via, lower.via)] {
        let new: Vec<DraftLead> = others.into_iter().filter(|new| own.iter().all(|o| o.party != new.party)).collect();
        own.extend(new);
    }
    let new: Vec<Target> = lower.targets.into_iter().filter(|target| !upper.targets.contains(target)).collect();
    upper.targets.extend(new);
    upper.rating = upper.rating.take().or(lower.rating);
    upper.progress.extend(lower.progress);
    let flags: Vec<_> = lower.flags.into_iter().filter(|flag| !upper.flags.contains(flag)).collect();
    upper.flags.extend(flags);
    if upper.raw != lower.raw {
        upper.raw.extend(lower.raw);
    }
    if upper.source.place != lower.source.place && !lower.source.place.is_empty() {
        upper.source.place = format!("{}; {}", upper.source.place, lower.source.place);
    }
}

/// "A1" → "A1b".
fn lettered(number: &str, at: usize) -> String {
    let letter = u8::try_from(at).ok().and_then(|at| b'a'.checked_add(at)).filter(u8::is_ascii_lowercase);
    letter.map_or_else(|| format!("{number}-{}", at + 1), |letter| format!("{number}{}", char::from(letter)))
}

fn append(words: &mut String, more: &str) {
    if !words.is_empty() && !more.is_empty() {
        words.push('\n');
    }
    words.push_str(more);
}

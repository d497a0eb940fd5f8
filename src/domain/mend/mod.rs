//! Correcting a draft before it is imported: finding its doubts, settling them one by one, splitting and joining rows.

mod answers;
mod rows;
mod settle;
#[cfg(test)]
mod tests;
mod words;

use super::draft::{Draft, DraftAction, DraftRecommendation};
use super::flag::{Flag, RawCell, Source};

pub use answers::{AnswerWords, answer, answer_words, leave_out, set_answer};
pub use rows::{cut, join_with_above, split};
pub use settle::{accept, leave, options};
pub use words::{Words, scheme, set_level, set_words, words};

/// The part of a draft that something is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum At {
    Plan,
    Recommendation(usize),
    Action(ActionPlace),
}

/// Where in a draft an action is: under a recommendation, or in the list of those without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ActionPlace {
    pub recommendation: Option<usize>,
    pub action: usize,
}

/// One doubt: whose it is, and which of its flags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Doubt {
    pub at: At,
    pub flag: usize,
}

/// Every doubt, in document order: about the document, its recommendations, its actions.
pub fn doubts(draft: &Draft) -> Vec<Doubt> {
    let things = std::iter::once(At::Plan).chain(places(draft));
    things.flat_map(|at| (0..flags(draft, at).len()).map(move |flag| Doubt { at, flag })).collect()
}

/// Every recommendation and action, in document order.
pub fn places(draft: &Draft) -> impl Iterator<Item = At> {
    let under = draft.recommendations.iter().enumerate().flat_map(|(at, rec)| {
        let actions = (0..rec.actions.len()).map(move |action| ActionPlace { recommendation: Some(at), action });
        std::iter::once(At::Recommendation(at)).chain(actions.map(At::Action))
    });
    under.chain((0..draft.actions.len()).map(|action| At::Action(ActionPlace { recommendation: None, action })))
}

pub fn recommendation(draft: &Draft, at: At) -> Option<&DraftRecommendation> {
    match at {
        At::Recommendation(at) | At::Action(ActionPlace { recommendation: Some(at), .. }) => {
            draft.recommendations.get(at)
        }
        At::Plan | At::Action(ActionPlace { recommendation: None, .. }) => None,
    }
}

pub fn action(draft: &Draft, place: ActionPlace) -> Option<&DraftAction> {
    match place.recommendation {
        Some(at) => draft.recommendations.get(at)?.actions.get(place.action),
        None => draft.actions.get(place.action),
    }
}

fn action_mut(draft: &mut Draft, place: ActionPlace) -> Option<&mut DraftAction> {
    match place.recommendation {
        Some(at) => draft.recommendations.get_mut(at)?.actions.get_mut(place.action),
        None => draft.actions.get_mut(place.action),
    }
}

/// "7.2" for an action, "7" for a recommendation, "plan".
pub fn reference(draft: &Draft, at: At) -> String {
    match at {
        At::Plan => "plan".into(),
        At::Recommendation(_) => recommendation(draft, at).map(|rec| rec.number.clone()).unwrap_or_default(),
        At::Action(place) => {
            let all = draft.references();
            order(draft, place).and_then(|at| all.get(at)).cloned().unwrap_or_default()
        }
    }
}

/// The position of an action among all of the draft, in document order.
pub fn order(draft: &Draft, place: ActionPlace) -> Option<usize> {
    let above = draft.recommendations.iter().take(place.recommendation.unwrap_or(usize::MAX));
    action(draft, place).map(|_| above.map(|rec| rec.actions.len()).sum::<usize>() + place.action)
}

/// The doubts about a thing.
pub fn flags(draft: &Draft, at: At) -> &[Flag] {
    match at {
        At::Plan => &draft.flags,
        At::Recommendation(_) => recommendation(draft, at).map_or(&[], |rec| &rec.flags),
        At::Action(place) => action(draft, place).map_or(&[], |action| &action.flags),
    }
}

pub fn flag(draft: &Draft, doubt: Doubt) -> Option<&Flag> {
    flags(draft, doubt.at).get(doubt.flag)
}

fn flags_mut(draft: &mut Draft, at: At) -> Option<&mut Vec<Flag>> {
    match at {
        At::Plan => Some(&mut draft.flags),
        At::Recommendation(at) => draft.recommendations.get_mut(at).map(|rec| &mut rec.flags),
        At::Action(place) => action_mut(draft, place).map(|action| &mut action.flags),
    }
}

/// The cells of the document that hold a thing.
pub fn raw(draft: &Draft, at: At) -> &[RawCell] {
    match at {
        At::Plan => &[],
        At::Recommendation(_) => recommendation(draft, at).map_or(&[], |rec| &rec.raw),
        At::Action(place) => action(draft, place).map_or(&[], |action| &action.raw),
    }
}

/// Where in the document a thing is.
pub fn source(draft: &Draft, at: At) -> Option<&Source> {
    match at {
        At::Plan => None,
        At::Recommendation(_) => recommendation(draft, at).map(|rec| &rec.source),
        At::Action(place) => action(draft, place).map(|action| &action.source),
    }
}

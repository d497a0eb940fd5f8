//! Which action of a draft is which action of the register: by number and by words.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::domain::action::Action;
use crate::domain::draft::{Draft, DraftAction, DraftRecommendation};
use crate::domain::id::Id;
use crate::domain::plan::Plan;
use crate::domain::recommendation::Recommendation;
use crate::domain::register::Register;
use crate::text::words;

/// Texts with this share of their words in common (in hundredths) are the same text, reworded.
const REWORDED: usize = 60;

/// The things found in both. Places point into the draft's lists.
#[derive(Clone, Debug, Default)]
pub struct Pairs {
    pub recommendations: HashMap<usize, Id>,
    /// By the recommendation's place (if any) and the action's place under it.
    pub actions: HashMap<(Option<usize>, usize), Id>,
    /// Imported actions that have no pair.
    pub gone: Vec<Id>,
}

/// Pairs the draft with the plan.
pub fn pair(draft: &Draft, plan: &Plan, register: &Register) -> Pairs {
    let mut pairs = Pairs::default();
    pair_recommendations(draft, plan, register, &mut pairs);
    for (at, rec) in draft.recommendations.iter().enumerate() {
        let own = pairs.recommendations.get(&at).and_then(|id| register.recommendation(*id));
        let ids = own.map_or(&[][..], |own| own.actions.as_slice());
        pair_actions(Some(at), &rec.actions, ids, register, &mut pairs);
    }
    let loose = |id: &&Id| register.action(**id).is_some_and(|action| action.recommendation.is_none());
    let ids: Vec<Id> = plan.actions.iter().filter(loose).copied().collect();
    pair_actions(None, &draft.actions, &ids, register, &mut pairs);
    let paired: HashSet<Id> = pairs.actions.values().copied().collect();
    let is_gone = |id: &&Id| {
        let is_imported = register.action(**id).is_some_and(|action| action.source.get().is_some());
        is_imported && !paired.contains(id) && !register.is_hidden(**id)
    };
    pairs.gone = plan.actions.iter().filter(is_gone).copied().collect();
    pairs
}

/// Two texts' common words, in hundredths of all.
pub fn likeness(a: &str, b: &str) -> usize {
    let (a, b): (BTreeSet<String>, BTreeSet<String>) = (words(a).into_iter().collect(), words(b).into_iter().collect());
    let common = a.intersection(&b).count();
    (common * 200).checked_div(a.len() + b.len()).unwrap_or(100)
}

/// Whether they say the same but for case, spaces and punctuation.
pub fn is_same(a: &str, b: &str) -> bool {
    a == b || words(a) == words(b)
}

fn pair_recommendations(draft: &Draft, plan: &Plan, register: &Register, pairs: &mut Pairs) {
    let mut left: Vec<_> = plan.recommendations.iter().filter_map(|id| register.recommendation(*id)).collect();
    let mut take = |fits: &dyn Fn(&Recommendation, &DraftRecommendation) -> bool| {
        for (at, rec) in draft.recommendations.iter().enumerate() {
            if pairs.recommendations.contains_key(&at) {
                continue;
            }
            if let Some(found) = left.iter().position(|own| fits(own, rec)) {
                pairs.recommendations.insert(at, left.remove(found).id);
            }
        }
    };
    take(&|own, rec| own.number() == rec.number && likeness(own.text(), &rec.text) >= 30);
    take(&|own, rec| likeness(own.text(), &rec.text) >= REWORDED);
}

fn pair_actions(at: Option<usize>, actions: &[DraftAction], ids: &[Id], register: &Register, pairs: &mut Pairs) {
    let mut left: Vec<&Action> = ids.iter().filter_map(|id| register.action(*id)).collect();
    let mut take = |place: usize, fits: &dyn Fn(&Action) -> bool| {
        if pairs.actions.contains_key(&(at, place)) {
            return;
        }
        if let Some(found) = left.iter().position(|own| fits(own)) {
            pairs.actions.insert((at, place), left.remove(found).id);
        }
    };
    for (place, action) in actions.iter().enumerate() {
        take(place, &|own| own.raw.get() == Some(&action.raw) && is_same(own.text(), &action.text));
    }
    for (place, action) in actions.iter().enumerate() {
        take(place, &|own| is_same(own.text(), &action.text));
    }
    for (place, action) in actions.iter().enumerate() {
        let is_numbered = |own: &Action| action.number.is_some() && own.number.get() == action.number.as_ref();
        take(place, &|own| is_numbered(own) && likeness(own.text(), &action.text) >= 30);
    }
    for (place, action) in actions.iter().enumerate() {
        take(place, &|own| likeness(own.text(), &action.text) >= REWORDED);
    }
}

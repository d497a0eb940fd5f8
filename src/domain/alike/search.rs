//! The search for one action's near-duplicates, in small steps.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::super::action::Action;
use super::super::id::Id;
use super::super::recurring;
use super::super::register::Register;
use super::likeness::{Item, Likeness, Word, share};
use super::{Like, is_dismissed};

/// How many words of other actions are compared in one step: about a millisecond's worth.
const COMPARED_AT_A_TIME: usize = 200_000;
/// How many of those alike are read again in one step.
const READ_AT_A_TIME: usize = 10;
/// From this likeness up, two actions of different plans are alike.
const BETWEEN_PLANS: f32 = 0.20;
/// From this likeness up, two actions of one plan are: a plan repeats its own words.
const WITHIN_PLAN: f32 = 0.30;
/// From this likeness up, two shared words are enough, for short actions; otherwise it takes three.
const FEW_WORDS: f32 = 0.35;
/// How many are suggested.
const SUGGESTED: usize = 3;
/// How many of the shared words are named.
const NAMED: usize = 4;

/// A search that is under way.
#[derive(Clone, Debug)]
pub struct Search {
    action: Id,
    stage: Stage,
    found: Vec<Like>,
}

#[derive(Clone, Debug)]
enum Stage {
    /// How alike every other action is, as far as the words before `next` say.
    Compare { next: usize, scores: Vec<f32> },
    /// Those alike enough, the most alike on top.
    Choose(BinaryHeap<Candidate>),
}

#[derive(Clone, Copy, Debug)]
struct Candidate {
    score: f32,
    place: usize,
}

impl Search {
    pub fn new(action: Id) -> Search {
        Search { action, stage: Stage::Compare { next: 0, scores: Vec::new() }, found: Vec::new() }
    }

    /// The action whose near-duplicates are looked for.
    pub fn action(&self) -> Id {
        self.action
    }

    /// Takes one small step; what was found, once that is known: the most alike first, and none that was dismissed.
    pub fn go_on(&mut self, likeness: &Likeness, register: &Register) -> Option<Vec<Like>> {
        let place = likeness.place(register, self.action);
        let (Some(own), Some(action)) =
            (place.and_then(|place| likeness.items.get(place)), register.action(self.action))
        else {
            return Some(Vec::new());
        };
        let words = likeness.words(register, action);
        match &mut self.stage {
            Stage::Compare { next, scores } => {
                scores.resize(likeness.items.len(), 0.0);
                *next = compare(likeness, &words, *next, scores);
                if *next >= words.len() {
                    self.stage = Stage::Choose(candidates(likeness, own, scores));
                }
                None
            }
            Stage::Choose(heap) => choose(likeness, register, (action, own, &words), heap, &mut self.found),
        }
    }
}

/// Adds to every action's score what the words from `next` on say, as far as one step goes; how far that is.
fn compare(likeness: &Likeness, words: &[Word<'_>], mut next: usize, scores: &mut [f32]) -> usize {
    let mut compared = 0;
    for word in words.iter().skip(next) {
        if compared >= COMPARED_AT_A_TIME {
            break;
        }
        let having = likeness.having(word.id);
        let weight = share(word.is_own) * likeness.rarity(word.id).powi(2);
        for other in having {
            if let Some(score) = scores.get_mut(other.place()) {
                *score += weight * other.share();
            }
        }
        compared += having.len();
        next += 1;
    }
    next
}

/// The other actions that are alike enough; not those under the same recommendation.
fn candidates(likeness: &Likeness, own: &Item, scores: &[f32]) -> BinaryHeap<Candidate> {
    let is_sibling = |other: &Item| own.recommendation.is_some() && other.recommendation == own.recommendation;
    let all = likeness.items.iter().zip(scores).enumerate().filter_map(|(place, (other, score))| {
        let score = score / (own.length * other.length);
        let enough = if own.plan == other.plan { WITHIN_PLAN } else { BETWEEN_PLANS };
        let is_alike = score >= enough && other.action != own.action && !is_sibling(other);
        is_alike.then_some(Candidate { score, place })
    });
    all.collect()
}

/// Goes through the most alike, as far as one step goes; what was found, once there is no more to find.
fn choose(
    likeness: &Likeness,
    register: &Register,
    (action, own, words): (&Action, &Item, &[Word<'_>]),
    heap: &mut BinaryHeap<Candidate>,
    found: &mut Vec<Like>,
) -> Option<Vec<Like>> {
    for _ in 0..READ_AT_A_TIME {
        let next = if found.len() < SUGGESTED { heap.pop() } else { None };
        let Some(next) = next else { return Some(std::mem::take(found)) };
        let other = likeness.items.get(next.place);
        let like = other.and_then(|other| likened(likeness, register, words, (own, other), next.score));
        if let Some(like) = like {
            // Its action is read for that: one is enough for a step.
            let is_one = recurring::are_one(register, action, like.action);
            found.extend(Some(like).filter(|like| !is_one && !is_dismissed(register, action, like)));
            return None;
        }
    }
    None
}

/// Two actions as near-duplicates, where they share enough words in their own texts.
fn likened(
    likeness: &Likeness,
    register: &Register,
    words: &[Word<'_>],
    (own, other): (&Item, &Item),
    score: f32,
) -> Option<Like> {
    let theirs = likeness.words_only(register, other.action);
    let mut shared: Vec<(&Word<'_>, f32, bool)> = words
        .iter()
        .filter_map(|mine| {
            let is_theirs = *theirs.get(&mine.id)?;
            let weight = likeness.rarity(mine.id).powi(2) * share(mine.is_own) * share(is_theirs);
            Some((mine, weight / (own.length * other.length), mine.is_own && is_theirs))
        })
        .collect();
    let of_both = shared.iter().filter(|(_, _, is_of_both)| *is_of_both).count();
    let wanted = if score < FEW_WORDS { 3 } else { 2 };
    if of_both < 2 || shared.len() < wanted {
        return None;
    }
    shared.sort_by(|a, b| b.1.total_cmp(&a.1));
    let words = shared.iter().take(NAMED).map(|(mine, ..)| mine.spelled.to_owned()).collect();
    Some(Like { action: other.action, words, score })
}

impl PartialEq for Candidate {
    fn eq(&self, other: &Candidate) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Candidate {}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Candidate) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Candidate {
    /// Of two that are equally alike, the first read is the greater.
    fn cmp(&self, other: &Candidate) -> Ordering {
        self.score.total_cmp(&other.score).then_with(|| other.place.cmp(&self.place))
    }
}

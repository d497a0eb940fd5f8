//! What the words that are kept with a register say of its actions is what their texts say, whatever has changed since.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::super::action::Action;
use super::super::actions::{Actions, RUN, RunSource};
use super::super::change::{Cause, Op, Value};
use super::super::fixture::{Import, Log, Row};
use super::super::id::Id;
use super::super::intent::Intent;
use super::super::outline::{Outline, Outlines};
use super::super::recommendation::Under;
use super::super::register::Register;
use super::{Like, Likeness, Worded};

const WORDS: [&str; 24] = [
    "custody",
    "hoarding",
    "MARAC",
    "curiosity",
    "pension",
    "leaflet",
    "ombudsman",
    "Théâtre",
    "advocate",
    "capacity",
    "record",
    "records",
    "recording",
    "supervision",
    "supervisors",
    "discharge",
    "pressure",
    "ulcer",
    "transition",
    "carer",
    "the",
    "ensure",
    "review",
    "of",
];

/// Texts that are the same in every run of the test.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    fn text(&mut self, words: usize) -> String {
        let words: Vec<&str> = (0..words).map(|_| WORDS[self.below(WORDS.len())]).collect();
        words.join(" ")
    }
}

/// Two plans with more actions than a run holds, three under each recommendation.
fn log(chance: &mut Chance) -> Log {
    let mut import = Import::default();
    for slug in ["a", "b"] {
        let plan = import.plan(slug, None);
        for number in 0..60 {
            let rec = import.rec(plan, &number.to_string(), &chance.text(4), Under::Nothing);
            for _ in 0..3 {
                let text = chance.text(7);
                import.row(plan, rec, &Row { text: &text, ..Row::default() });
            }
        }
    }
    let mut log = Log::new();
    log.write(Cause::Import { file: "x.txt".into() }, import.ops);
    log
}

/// A file in which the actions and their words are.
struct Shelf {
    all: Actions,
    outlines: Outlines,
    words: Vec<Worded>,
}

impl RunSource for Shelf {
    fn run(&self, at: usize) -> Option<Vec<Action>> {
        Some(self.all.run(at).to_vec())
    }

    fn outlines(&self, block: usize, _: usize) -> Option<Outlines> {
        (block == 0).then(|| self.outlines.clone())
    }

    fn words(&self, at: usize) -> Option<Worded> {
        self.words.get(at).cloned()
    }

    fn is_lost(&self) -> bool {
        false
    }
}

/// The register as it is when it is opened: none of its actions is in memory.
fn opened(register: &Register) -> Register {
    let mut outlines = Outlines::default();
    for action in register.actions.iter() {
        let entries: Vec<Id> = action.entries.iter().map(|entry| entry.id).collect();
        assert!(outlines.push(&Outline::of(action), &entries));
    }
    let words = (0..register.actions.runs()).map(|run| Worded::of(register, run)).collect();
    let shelf = Shelf { all: register.actions.clone(), outlines, words };
    Register { actions: Actions::kept(register.actions.len(), Arc::new(shelf)), ..register.clone() }
}

/// Rewords, withdraws, rates and adds, here and there.
fn work(log: &mut Log, chance: &mut Chance) {
    for turn in 0..40 {
        let action = log.register.actions[chance.below(log.register.actions.len())].clone();
        let rec = log.register.recommendations[chance.below(log.register.recommendations.len())].clone();
        let text = Value::Text(chance.text(6));
        let op = match turn % 5 {
            0 => Op::Set { on: rec.id, value: text, replaces: rec.text.ids() },
            1 => Op::Set { on: action.id, value: text, replaces: action.text.ids() },
            2 => Op::Set { on: action.id, value: Value::Rating(Some("Red".into())), replaces: action.rating.ids() },
            3 => Op::Add {
                kind: super::super::change::Kind::Action { plan: rec.plan, recommendation: Some(rec.id) },
                values: vec![text],
            },
            _ => {
                let intent = Intent::Withdraw { action: action.id, reason: "no longer needed".into() };
                log.act(&intent).unwrap();
                continue;
            }
        };
        log.write(Cause::Edit, vec![op]);
    }
}

fn found(likeness: &Likeness, register: &Register) -> Vec<(Id, Vec<Like>)> {
    register.visible_actions().map(|action| (action.id, likeness.like(register, action))).collect()
}

#[test]
fn near_duplicates_are_the_same_from_the_words_that_are_kept_as_from_the_texts() {
    let mut chance = Chance(3);
    let mut log = log(&mut chance);
    let mut kept = opened(&log.register);
    assert!(kept.actions.runs() > 1);
    assert_eq!(found(&Likeness::of(&kept), &kept), found(&Likeness::of(&log.register), &log.register));
    kept = opened(&log.register);
    let before = log.batches.len();
    work(&mut log, &mut chance);
    log.batches[before..].iter().for_each(|batch| kept.apply(batch));
    for run in 0..kept.actions.runs() {
        assert_eq!(Worded::now(&kept, run), Worded::of(&log.register, run), "run {run}");
    }
    let all = found(&Likeness::of(&kept), &kept);
    assert!(all.iter().filter(|(_, likes)| !likes.is_empty()).count() > 50);
    assert_eq!(all, found(&Likeness::of(&log.register), &log.register));
}

#[test]
fn what_is_read_in_two_halves_is_what_is_read_as_a_whole() {
    let mut chance = Chance(11);
    let mut log = log(&mut chance);
    work(&mut log, &mut chance);
    let (register, runs) = (&log.register, log.register.actions.runs());
    let whole = found(&Likeness::of(register), register);
    for half in 0..=runs {
        let mut read = Likeness::of_runs(register, 0..half);
        read.append(Likeness::of_runs(register, half..runs));
        assert_eq!(found(&read.completed(register), register), whole, "{half}");
    }
    assert_eq!(found(&Likeness::of_runs(register, 0..1).completed(register), register), whole);
    assert!(whole.iter().any(|(_, likes)| !likes.is_empty()));
}

#[test]
fn to_compare_the_words_that_are_kept_no_action_is_read() {
    let log = log(&mut Chance(5));
    let kept = opened(&log.register);
    assert!(Likeness::of(&kept).is_complete());
    assert!((0..kept.actions.runs()).all(|run| !kept.actions.is_read(run)));
    assert_eq!(Worded::now(&kept, 0).len(), RUN);
}

/// How alike every two actions are, worked out from their texts word by word.
fn by_hand(register: &Register) -> HashMap<(Id, Id), f64> {
    let words = |text: &str| -> HashSet<u64> { super::stem::words(text).map(|(stem, _)| stem).collect() };
    let rec = |action: &Action| register.recommendation(action.recommendation.unwrap()).unwrap().text().to_owned();
    let all: Vec<(&Action, HashMap<u64, f64>)> = register
        .visible_actions()
        .map(|action| {
            let mut shares: HashMap<u64, f64> = words(&rec(action)).into_iter().map(|word| (word, 0.6)).collect();
            shares.extend(words(action.text()).into_iter().map(|word| (word, 1.0)));
            (action, shares)
        })
        .collect();
    let count = |count: usize| f64::from(u32::try_from(count).unwrap());
    let having = |word: &u64| count(all.iter().filter(|one| one.1.contains_key(word)).count());
    let different: HashSet<u64> = all.iter().flat_map(|one| one.1.keys().copied()).collect();
    let weight = |word: u64| (word, (1.0 + count(all.len()) / having(&word)).ln());
    let weights: HashMap<u64, f64> = different.into_iter().map(weight).collect();
    let dot = |one: &HashMap<u64, f64>, other: &HashMap<u64, f64>| -> f64 {
        one.iter().filter_map(|(word, share)| Some(share * other.get(word)? * weights[word].powi(2))).sum()
    };
    let pairs = all.iter().flat_map(|one| all.iter().map(move |other| (one, other)));
    let alike = |one: &HashMap<u64, f64>, other: &HashMap<u64, f64>| {
        dot(one, other) / (dot(one, one) * dot(other, other)).sqrt()
    };
    pairs.map(|(one, other)| ((one.0.id, other.0.id), alike(&one.1, &other.1))).collect()
}

#[test]
fn how_alike_two_actions_are_is_the_cosine_of_their_weighted_words() {
    let log = log(&mut Chance(7));
    let kept = opened(&log.register);
    let (by_hand, likeness) = (by_hand(&log.register), Likeness::of(&kept));
    let mut compared = 0;
    for (action, likes) in found(&likeness, &kept) {
        for like in likes {
            assert!((by_hand[&(action, like.action)] - f64::from(like.score)).abs() < 1e-4);
            compared += 1;
        }
    }
    assert!(compared > 300, "{compared}");
}

use super::super::change::Cause;
use super::super::fixture::{Import, Log, Row};
use super::super::intent::Intent;
use super::super::recommendation::Under;
use super::{Likeness, Search, sentence};

/// Two plans: what each action of the first asks for, and of the second, one recommendation an action.
fn plans(first: &[&str], second: &[&str]) -> Log {
    let mut import = Import::default();
    for (slug, texts) in [("a", first), ("b", second)] {
        let plan = import.plan(slug, None);
        for (at, text) in texts.iter().enumerate() {
            let rec = import.rec(plan, &(at + 1).to_string(), "", Under::Nothing);
            import.row(plan, rec, &Row { text, ..Row::default() });
        }
    }
    let mut log = Log::new();
    log.write(Cause::Import { file: "x.txt".into() }, import.ops);
    log
}

const FIRST: [&str; 4] = [
    "All frontline practitioners to have had MARAC training",
    "Write to the ombudsman about pensions",
    "Publish a leaflet on fire safety in hoarded homes",
    "Embed professional curiosity in supervision",
];
const SECOND: [&str; 4] = [
    "Deliver MARAC training to frontline staff and volunteers",
    "Recruit a choir master for the festival",
    "Supervisors to encourage professional curiosity",
    "Ensure that agencies work together and provide support",
];

fn suggested(log: &Log, slug: &str, reference: &str) -> Vec<String> {
    let register = &log.register;
    let is_it = |plan: super::Id| register.plan(plan).is_some_and(|plan| plan.slug() == slug);
    let action = register.visible_actions().find(|a| is_it(a.plan) && register.reference(a) == reference).unwrap();
    Likeness::of(register).like(register, action).iter().map(|like| sentence(register, action, like)).collect()
}

#[test]
fn actions_of_two_plans_that_ask_for_the_same_are_found_both_ways() {
    let log = plans(&FIRST, &SECOND);
    assert_eq!(
        suggested(&log, "a", "1.1"),
        ["Much like b:1.1: “Deliver MARAC training to frontline staff and volunteers”"]
    );
    assert_eq!(
        suggested(&log, "b", "1.1"),
        ["Much like a:1.1: “All frontline practitioners to have had MARAC training”"]
    );
    assert_eq!(suggested(&log, "a", "4.1"), ["Much like b:3.1: “Supervisors to encourage professional curiosity”"]);
    for other in ["2.1", "3.1"] {
        assert_eq!(suggested(&log, "a", other), Vec::<String>::new());
    }
    assert_eq!(suggested(&log, "b", "4.1"), Vec::<String>::new(), "common words say nothing");
}

#[test]
fn the_words_that_they_share_are_named() {
    let log = plans(&FIRST, &SECOND);
    let register = &log.register;
    let action = register.visible_actions().next().unwrap();
    let like = &Likeness::of(register).like(register, action)[0];
    let mut words = like.words.clone();
    words.sort();
    assert_eq!(words, ["MARAC", "frontline", "training"]);
}

#[test]
fn a_dismissed_suggestion_is_not_made_again() {
    let mut log = plans(&FIRST, &SECOND);
    let action = log.register.visible_actions().next().unwrap().id;
    let challenge = suggested(&log, "a", "1.1").remove(0);
    log.act(&Intent::Dismiss { action, challenge, reason: "Other people".into() }).unwrap();
    assert_eq!(suggested(&log, "a", "1.1"), Vec::<String>::new());
    assert_eq!(suggested(&log, "b", "1.1").len(), 1);
}

#[test]
fn new_words_are_noticed() {
    let mut log = plans(&FIRST, &SECOND);
    let likeness = Likeness::of(&log.register);
    let action = log.register.visible_actions().next().unwrap().id;
    log.act(&Intent::Rate { action, rating: Some("g".into()), note: None }).unwrap();
    assert!(likeness.is_fresh(&log.register, &[action]));
    log.act(&Intent::Reword { action, text: "Paint the hall".into() }).unwrap();
    assert!(!likeness.is_fresh(&log.register, &[action]));
}

#[test]
fn near_duplicates_are_found_among_any_number_of_actions_a_little_at_a_time() {
    let fillers: Vec<String> =
        (0..5_200).map(|at| format!("Paint hall {} of manor {}", word(at), word(at / 7))).collect();
    let many: Vec<&str> = SECOND.into_iter().chain(fillers.iter().map(String::as_str)).collect();
    let log = plans(&FIRST, &many);
    let register = &log.register;
    let (mut likeness, mut steps) = (Likeness::default(), 0);
    while !likeness.is_complete() {
        likeness.go_on(register);
        steps += 1;
    }
    assert!(steps > 20, "{steps} steps");
    let action = register.visible_actions().next().unwrap();
    let mut search = Search::new(action.id);
    let found = std::iter::repeat_with(|| search.go_on(&likeness, register)).find_map(|found| found).unwrap();
    let found: Vec<String> = found.iter().map(|like| sentence(register, action, like)).collect();
    assert_eq!(found, ["Much like b:1.1: “Deliver MARAC training to frontline staff and volunteers”"]);
}

/// A word for a number.
fn word(number: usize) -> String {
    let letter = |digit: char| char::from(b'k' + u8::try_from(digit.to_digit(10).unwrap()).unwrap());
    number.to_string().chars().map(letter).collect::<String>() + "x"
}

#[test]
fn the_forms_of_a_word_count_as_one_and_common_words_not_at_all() {
    let words = super::stem::words("ensure the Recorded records, recording MARAC");
    let (stems, spelled): (Vec<u64>, Vec<&str>) = words.unzip();
    assert_eq!(spelled, ["Recorded", "records", "recording", "MARAC"]);
    assert!(stems[..3].iter().all(|stem| *stem == stems[0]) && stems[3] != stems[0], "{stems:?}");
}

use memchr::memmem::Finder;

use super::super::fixture::{harbour, today};
use super::super::query::search_text;
use super::{Index, Words};

fn holding(words: &Words, texts: &[&str], part: &str) -> Vec<usize> {
    words.holding(texts.len(), &Finder::new(part), |place| texts[place].to_owned()).iter().collect()
}

#[test]
fn a_part_of_a_word_is_found_in_every_text_that_holds_it() {
    let texts = ["7.1\nreview custody records\n", "review of the audit\n", "custom records\naudit\n"];
    let mut words = Words::default();
    texts.iter().enumerate().for_each(|(place, text)| words.add(place, text));
    for (part, wanted) in [
        ("r", vec![0, 1, 2]),
        ("cust", vec![0, 2]),
        ("custody", vec![0]),
        ("view", vec![0, 1]),
        ("1", vec![0]),
        ("nowhere", vec![]),
        ("dy rec", vec![0]),
        ("records audit", vec![]),
        ("the audit", vec![1]),
        ("", vec![0, 1, 2]),
    ] {
        assert_eq!(holding(&words, &texts, part), wanted, "{part}");
    }
}

#[test]
fn a_changed_text_is_found_by_its_new_words_only() {
    let texts = ["review custody", "audit the board"];
    let mut words = Words::default();
    texts.iter().enumerate().for_each(|(place, text)| words.add(place, text));
    words.replace(0, "publish a leaflet".into());
    assert_eq!(holding(&words, &texts, "custody"), Vec::<usize>::new());
    assert_eq!(holding(&words, &texts, "leaf"), [0]);
    assert_eq!(holding(&words, &texts, "a"), [0, 1]);
}

#[test]
fn a_word_of_many_actions_and_one_of_few_are_both_found() {
    let mut words = Words::default();
    let texts: Vec<String> = (0..500).map(|at| format!("common w{}x", at / 5)).collect();
    texts.iter().enumerate().for_each(|(place, text)| words.add(place, text));
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    assert_eq!(holding(&words, &texts, "common").len(), 500);
    assert_eq!(holding(&words, &texts, "w70x"), [350, 351, 352, 353, 354]);
}

#[test]
fn every_action_is_found_by_the_words_of_its_own_text() {
    let log = harbour();
    let actions: Vec<_> = log.register.visible_actions().collect();
    let mut index = Index::default();
    for action in &actions {
        index.add(&log.register, action, today());
    }
    let texts: Vec<String> = actions.iter().map(|action| search_text(&log.register, action)).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    for word in texts.iter().flat_map(|text| text.split_whitespace()) {
        let wanted: Vec<usize> = (0..texts.len()).filter(|place| texts[*place].contains(word)).collect();
        assert_eq!(holding(&index.words, &texts, word), wanted, "{word}");
    }
    assert_eq!(index.late.count(), 2);
}

//! Doubts settled and rows put right, on a small draft.

use chrono::NaiveDate;

use super::*;
use crate::domain::date_text;
use crate::domain::draft::{DraftLead, DraftParty};
use crate::domain::party::PartyKind;
use crate::domain::progress::{EntryOrigin, EntryText};

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
}

fn flag_of(field: &str, raw: &str, suggestion: Option<&str>) -> Flag {
    Flag { field: field.into(), why: "w".into(), raw: raw.into(), suggestion: suggestion.map(str::to_owned) }
}

fn party(name: &str) -> DraftParty {
    DraftParty { name: name.into(), kind: PartyKind::Agency, aliases: Vec::new(), agency: None }
}

fn act(text: &str, party: usize, target: &str) -> DraftAction {
    DraftAction {
        text: text.into(),
        leads: vec![DraftLead { party, raw: "as written".into() }],
        targets: vec![date_text::target(target, None)],
        ..DraftAction::default()
    }
}

/// Two recommendations: one action with four doubts; two actions.
fn draft() -> Draft {
    let mut first = act("Write to the board by 15/12/24", 0, "Oct 202");
    first.progress = vec![EntryText { date: None, text: "It is done".into(), by: None, origin: EntryOrigin::Imported }];
    first.flags = vec![
        flag_of("target", "Oct 202", Some("Oct 2023")),
        flag_of("lead", "RCFT", Some("RCHT or CFT?")),
        flag_of("text", "15/12/24", Some("15/12/23")),
        flag_of("rating", "It is done", Some("Green")),
    ];
    let number = flag_of("number", "Check", Some("2"));
    let rec = |number: &str, actions, flags| DraftRecommendation {
        number: number.into(),
        text: format!("Recommendation {number}"),
        actions,
        flags,
        ..DraftRecommendation::default()
    };
    let second = vec![act("Check it", 1, "May 2024"), act("Tell them", 2, "June 2024")];
    Draft {
        recommendations: vec![rec("1", vec![first], vec![]), rec("2", second, vec![number])],
        parties: vec![party("RCFT"), party("RCHT"), party("CFT")],
        ..Draft::default()
    }
}

const FIRST: ActionPlace = ActionPlace { recommendation: Some(0), action: 0 };

fn texts(draft: &Draft) -> Vec<String> {
    places(draft)
        .filter_map(|at| match at {
            At::Action(place) => action(draft, place).map(|action| format!("{} {}", reference(draft, at), action.text)),
            At::Plan | At::Recommendation(_) => None,
        })
        .collect()
}

#[test]
fn doubts_come_in_document_order_with_their_options() {
    let draft = draft();
    let told: Vec<(String, Vec<String>)> = doubts(&draft)
        .into_iter()
        .map(|doubt| (reference(&draft, doubt.at), options(flag(&draft, doubt).unwrap())))
        .collect();
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let expected = [
        ("1.1", words(&["Oct 2023"])),
        ("1.1", words(&["RCHT", "CFT"])),
        ("1.1", words(&["15/12/23"])),
        ("1.1", words(&["Green"])),
        ("2", words(&["2"])),
    ];
    assert_eq!(told, expected.map(|(reference, options)| (reference.to_owned(), options)));
}

#[test]
fn accepting_every_suggestion_corrects_each_field_and_leaves_no_doubt() {
    let mut draft = draft();
    let mut told = Vec::new();
    while let Some(doubt) = doubts(&draft).first().copied() {
        let option = options(flag(&draft, doubt).unwrap()).remove(0);
        told.push(accept(&mut draft, doubt, &option, today()).unwrap());
    }
    assert_eq!(
        told,
        [
            "1.1 target: Oct 202 → Oct 2023",
            "1.1 lead: RCFT → RCHT",
            "1.1 text: 15/12/24 → 15/12/23",
            "1.1 rating: It is done → Green",
            "2 number: 2"
        ]
    );
    let mended = action(&draft, FIRST).unwrap();
    assert_eq!(mended.targets[0].last(), NaiveDate::from_ymd_opt(2023, 10, 31));
    assert_eq!((mended.leads[0].party, mended.leads[0].raw.as_str()), (1, "as written"));
    assert_eq!(mended.text, "Write to the board by 15/12/23");
    assert_eq!(mended.rating.as_deref(), Some("Green"));
}

#[test]
fn a_suggestion_whose_words_are_not_there_changes_nothing() {
    let mut draft = draft();
    draft.recommendations[0].actions[0].text = "Otherwise".into();
    let before = draft.clone();
    let doubt = Doubt { at: At::Action(FIRST), flag: 2 };
    let problem = accept(&mut draft, doubt, "15/12/23", today()).unwrap_err();
    assert!(problem.to_string().contains("by hand, or leave"), "{problem}");
    assert_eq!(draft, before);
}

#[test]
fn leaving_a_doubt_keeps_the_words() {
    let mut draft = draft();
    assert_eq!(leave(&mut draft, Doubt { at: At::Action(FIRST), flag: 0 }).unwrap(), "1.1 target: left as written");
    let action = action(&draft, FIRST).unwrap();
    assert_eq!((action.targets[0].raw.as_str(), action.targets[0].span, action.flags.len()), ("Oct 202", None, 3));
}

#[test]
fn correcting_a_field_settles_the_doubts_about_it() {
    let mut draft = draft();
    let at = At::Action(FIRST);
    let new = Words { leads: vec!["cft".into(), "New Agency".into()], rating: "a".into(), ..words(&draft, at) };
    set_words(&mut draft, at, &new).unwrap();
    let mended = action(&draft, FIRST).unwrap();
    assert_eq!(mended.leads.iter().map(|lead| lead.party).collect::<Vec<_>>(), [2, 3]);
    assert_eq!(mended.rating.as_deref(), Some("Amber"));
    assert_eq!(mended.flags.iter().map(|flag| flag.field.as_str()).collect::<Vec<_>>(), ["target", "text"]);
    let refused = set_words(&mut draft, at, &Words { rating: "Pink".into(), ..new });
    assert!(refused.unwrap_err().to_string().contains("Red, Amber, Green, Blue"));
}

#[test]
fn a_row_is_split_and_joined_again() {
    let mut draft = draft();
    let place = ActionPlace { recommendation: Some(1), action: 1 };
    let pieces = cut(action(&draft, place).unwrap(), &["Tell", "Them"]);
    split(&mut draft, place, pieces);
    assert_eq!(texts(&draft), ["1.1 Write to the board by 15/12/24", "2.1 Check it", "2.2 Tell", "2.3 Them"]);
    let joined = join_with_above(&mut draft, ActionPlace { action: 2, ..place }).unwrap();
    assert_eq!(joined, place);
    assert_eq!(texts(&draft)[2], "2.2 Tell\nThem");
    assert_eq!(action(&draft, place).unwrap().targets.len(), 1, "the same target is not kept twice");
}

#[test]
fn the_first_row_of_a_recommendation_joins_the_recommendation_above() {
    let mut draft = draft();
    let joined = join_with_above(&mut draft, ActionPlace { recommendation: Some(1), action: 0 }).unwrap();
    assert_eq!(joined, FIRST);
    assert_eq!(texts(&draft), ["1.1 Write to the board by 15/12/24\nCheck it", "1.2 Tell them"]);
    assert_eq!(draft.recommendations[0].text, "Recommendation 1\nRecommendation 2");
    assert_eq!(join_with_above(&mut draft, FIRST), None);
}

#[test]
fn renaming_a_rating_renames_it_on_its_actions() {
    let mut draft = draft();
    draft.recommendations[0].actions[0].rating = Some("Green".into());
    let mut level = words::scheme(&draft).levels[2].clone();
    level.word = "On track".into();
    level.letter = 'O';
    set_level(&mut draft, 2, &level).unwrap();
    assert_eq!(draft.recommendations[0].actions[0].rating.as_deref(), Some("On track"));
    level.letter = 'R';
    assert!(set_level(&mut draft, 2, &level).unwrap_err().to_string().contains("letter R"));
}

#[test]
fn a_date_in_front_of_an_update_is_settled_there() {
    let mut draft = draft();
    let entry = |text: &str| EntryText { date: None, text: text.into(), by: None, origin: EntryOrigin::Imported };
    let first = &mut draft.recommendations[0].actions[0];
    first.progress = vec![entry("Begun in November"), entry("Nov meeting: award")];
    first.flags = vec![flag_of("progress", "Nov", Some("Nov 2025"))];
    let doubt = doubts(&draft)[0];
    accept(&mut draft, doubt, "Nov 2025", today()).unwrap();
    let texts: Vec<&str> =
        draft.recommendations[0].actions[0].progress.iter().map(|entry| entry.text.as_str()).collect();
    assert_eq!(texts, ["Begun in November", "Nov 2025 meeting: award"]);
}

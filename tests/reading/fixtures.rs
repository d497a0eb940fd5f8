//! Fictional plans of other boards, in both text forms, with other headers, orders and words.

use super::corpus::truths;
use arising::domain::draft::{Draft, DraftAction, DraftLead, DraftUnder};
use arising::domain::particular::Particular;
use arising::domain::party::PartyKind;
use arising::import::{Options, read};
use chrono::NaiveDate;
use proptest::prelude::*;

fn options() -> Options {
    Options { today: NaiveDate::from_ymd_opt(2026, 1, 31).unwrap(), ..Options::default() }
}

fn bytes(file: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/fixtures/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn draft(file: &str) -> Draft {
    read(file, &bytes(file), &options()).unwrap()
}

fn names(draft: &Draft, leads: &[DraftLead]) -> Vec<String> {
    leads.iter().map(|lead| draft.parties[lead.party].name.clone()).collect()
}

fn dates(action: &DraftAction) -> Vec<String> {
    action.progress.iter().map(|entry| entry.date.map(|date| date.to_string()).unwrap_or_default()).collect()
}

fn last_days(action: &DraftAction) -> Vec<String> {
    action.targets.iter().map(|target| target.last().map(|day| day.to_string()).unwrap_or_default()).collect()
}

#[test]
fn cells_in_another_order_with_a_column_of_numbers() {
    let draft = draft("cells_numbered.txt");
    assert_eq!(draft.title, "SAR \"Robin\" – Multi-agency Action Plan");
    assert_eq!(draft.as_at, NaiveDate::from_ymd_opt(2025, 3, 14));
    let shape: Vec<_> = draft.recommendations.iter().map(|rec| (rec.number.as_str(), rec.actions.len())).collect();
    assert_eq!(shape, [("1", 2), ("2", 1), ("3", 1)]);
    let (one, two) = (&draft.recommendations[0].actions[0], &draft.recommendations[0].actions[1]);
    assert_eq!(one.text, "Write a one-page guide to self-neglect.\n• with a flow chart\n• with contacts");
    let outcome = draft.recommendations[0].particulars.get(Particular::Outcome);
    assert_eq!(outcome, "Staff say that the guide helps them.");
    assert_eq!(
        (names(&draft, &one.leads), names(&draft, &one.via)),
        (vec!["Principal Social Worker (WCC)".into()], vec!["Practice Group".into()])
    );
    assert_eq!(dates(one), ["2024-06-12", "2024-10-10"]);
    assert_eq!(names(&draft, &two.leads), ["Westmarsh Police", "MHFT"]);
    assert_eq!(two.progress[0].date.map(|date| date.to_string()).as_deref(), Some("2025-01"));
    let ratings: Vec<_> = draft.all_actions().map(|(_, action)| action.rating.clone().unwrap_or_default()).collect();
    assert_eq!(ratings, ["Blue", "Amber", "Red", ""]);
    let scheme = draft.scheme.as_ref().unwrap();
    assert_eq!(scheme.levels[0].meaning, "Completed and embedded");
    assert_eq!(draft.glossary.len(), 2);
    assert_eq!(
        draft.notes,
        ["Westmarsh Safeguarding Adults Board", "Updated 14 March 2025", "Contact the board office with questions."]
    );
    let three = &draft.recommendations[2].actions[0];
    assert_eq!(draft.parties[three.leads[0].party].kind, PartyKind::Everyone);
    let broken = &draft.recommendations[1].actions[0];
    assert_eq!(broken.targets[0].span, None);
    assert_eq!(broken.flags.len(), 1, "{:?}", broken.flags);
}

#[test]
fn rows_with_findings_in_a_column() {
    let draft = draft("rows_findings.txt");
    assert_eq!(draft.as_at, NaiveDate::from_ymd_opt(2024, 6, 30));
    let numbers: Vec<&str> = draft.findings.iter().map(|finding| finding.number.as_str()).collect();
    assert_eq!(numbers, ["A", "B"]);
    let shape: Vec<_> =
        draft.recommendations.iter().map(|rec| (rec.number.as_str(), rec.text.as_str(), rec.actions.len())).collect();
    assert_eq!(
        shape,
        [
            ("1", "Ask everyone alone.", 2),
            ("2", "Make safe homes easier to find.", 1),
            ("3", "Share information early.", 2)
        ]
    );
    assert_eq!(draft.recommendations[1].under, DraftUnder::Findings(vec![0]));
    assert_eq!(draft.recommendations[2].under, DraftUnder::Findings(vec![1]));
    let all: Vec<&DraftAction> = draft.all_actions().map(|(_, action)| action).collect();
    let leads: Vec<Vec<String>> = all.iter().map(|action| names(&draft, &action.leads)).collect();
    assert_eq!(leads[0], ["NHS Fenwick ICB"]);
    assert_eq!(leads[2], ["Fenwick Borough Council", "Haven House"]);
    assert_eq!(leads[4], ["Designated Nurse (ICB)", "Head of Housing", "Refuge"]);
    let ratings: Vec<_> = all.iter().map(|action| action.rating.clone().unwrap_or_default()).collect();
    assert_eq!(ratings, ["Green", "Amber", "Red", "", "Green"]);
    assert_eq!(draft.scheme, None);
    let days: Vec<Vec<String>> = all.iter().map(|action| last_days(action)).collect();
    assert_eq!(days[0], ["2023-10-31"]);
    assert_eq!(days[3], ["2024-12-31"]);
    assert_eq!(days[4], [""]);
    assert_eq!(dates(all[0]), ["2023-11"]);
}

#[test]
fn a_log_without_recommendations_keeps_its_own_numbers() {
    let draft = draft("cells_log.txt");
    assert_eq!(draft.recommendations.len(), 0);
    let numbers: Vec<_> = draft.actions.iter().map(|action| action.number.clone().unwrap_or_default()).collect();
    assert_eq!(numbers, ["A12", "A13", "B1"]);
    let ratings: Vec<_> = draft.actions.iter().map(|action| action.rating.clone().unwrap_or_default()).collect();
    assert_eq!(ratings, ["Complete", "Ongoing", "Carried forward"]);
    let scheme = draft.scheme.as_ref().unwrap();
    assert!(scheme.is_settled("Complete") && !scheme.is_settled("Ongoing"));
    assert_eq!(draft.actions[0].source.place, "table 1, row 2");
    assert_eq!(draft.actions[2].targets, []);
}

#[test]
fn sub_actions_sections_and_a_cell_of_date_and_rating() {
    let draft = draft("rows_outputs.txt");
    let numbers: Vec<_> = draft.actions.iter().map(|action| action.number.clone().unwrap_or_default()).collect();
    assert_eq!(numbers, ["A", "Ai", "1", "2"]);
    let ratings: Vec<_> = draft.actions.iter().map(|action| action.rating.clone().unwrap_or_default()).collect();
    assert_eq!(ratings, ["Ongoing", "Completed", "Cancelled", "Ongoing"]);
    let raws: Vec<&str> = draft.actions.iter().map(|action| action.targets[0].raw.as_str()).collect();
    assert_eq!(raws, ["Summer 2024", "30/06/24", "Mid-June", "End 2024"]);
    assert!(draft.actions[2].flags.iter().any(|flag| flag.field == "target"));
    assert_eq!(draft.notes, ["Outputs", "General items"]);
    assert_eq!(dates(&draft.actions[0]), ["2024-04-26"]);
    assert_eq!(draft.actions[1].text, "Ai) Put the notes together and send them round.");
}

#[test]
fn rows_cut_by_pages_are_joined_and_a_lost_number_is_inferred() {
    let draft = draft("rows_pages.txt");
    assert_eq!(draft.title, "Harbourside Safeguarding Partnership – Review H7 Improvement Plan");
    let recs = &draft.recommendations;
    let shape: Vec<_> = recs.iter().map(|rec| (rec.number.as_str(), rec.number_inferred, rec.actions.len())).collect();
    assert_eq!(shape, [("1", false, 1), ("2", false, 1), ("3", true, 1), ("4", false, 1)]);
    assert_eq!(recs[0].text, "Health and council staff to agree who leads when a person has several needs.");
    assert_eq!(recs[0].actions[0].text, "Agree a lead professional protocol.");
    assert_eq!(names(&draft, &recs[0].actions[0].leads), ["NHT", "LCC"]);
    assert_eq!(last_days(&recs[0].actions[0]), ["2024-03-31"]);
    assert_eq!(dates(&recs[0].actions[0]), ["", "2024-06"]);
    assert_eq!(recs[0].actions[0].progress[1].by.as_deref(), Some("HCP"));
    assert_eq!(last_days(&recs[2].actions[0]), ["2024-07-31"]);
    assert_eq!(recs[2].flags.len(), 1);
    assert!(
        recs[3].actions[0].progress[0].text.ends_with("agreed in December 2023 by the board."),
        "{:?}",
        recs[3].actions[0].progress
    );
    assert_eq!(recs[3].actions[0].source.place, "table 2, row 4; table 3, row 2");
    assert_eq!(recs[1].actions[0].rating, None);
    assert!(recs[1].actions[0].flags.iter().any(|flag| flag.field == "rating"));
}

#[test]
fn texts_are_shown_clean_and_kept_raw() {
    let text = "Recommendation,Action,Lead\n\"Recommendation 1. Listen\u{a0}to  staff\",\
        \"· Action: [bookmark: _Hlk7766]Leads to:\n· write a guide\u{a0}with them\n· send it  out\",HR\n";
    let draft = read("plan.csv", text.as_bytes(), &options()).unwrap();
    let (rec, action) = (&draft.recommendations[0], &draft.recommendations[0].actions[0]);
    assert_eq!(rec.text, "Listen to staff");
    assert_eq!(action.text, "Leads to:\n• write a guide with them\n• send it out");
    assert_eq!(action.source.place, "table 1, row 2");
    assert!(action.raw.iter().any(|cell| cell.text.contains("[bookmark: _Hlk7766]")), "{:?}", action.raw);
}

#[test]
fn a_report_without_actions_is_refused_and_its_table_named() {
    let problem = read("no_plan.txt", &bytes("no_plan.txt"), &options()).unwrap_err();
    assert_eq!(problem.what, "This does not look like an action plan");
    assert!(problem.to_string().contains("Indicator"), "{problem}");
    let problem = read("letter.txt", b"Dear all,\n\nPlease find attached the plan.\n", &options()).unwrap_err();
    assert_eq!(problem.what, "This does not look like an action plan");
}

#[test]
fn other_kinds_of_file_end_in_one_sentence() {
    for bytes in [&b"PK\x03\x04rest"[..], b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-1.7", b"", b"\0\0\0\0\0"] {
        let problem = read("plan", bytes, &options()).unwrap_err();
        assert!(!problem.what.is_empty() && !problem.to_string().contains('\n'), "{problem}");
    }
}

#[test]
fn every_encoding_gives_the_same_draft() {
    let text = String::from_utf8(bytes("cells_numbered.txt")).unwrap();
    let wanted = read("plan.txt", text.as_bytes(), &options()).unwrap();
    let utf16: Vec<u8> = std::iter::once(0xfeff_u16).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(read("plan.txt", &utf16, &options()).unwrap(), wanted);
    let windows = text.replace('\n', "\r\n");
    assert_eq!(read("plan.txt", windows.as_bytes(), &options()).unwrap(), wanted);
    let western: Vec<u8> = text
        .chars()
        .map(|c| match c {
            '–' => 0x96,
            '·' => 0xb7,
            c => u8::try_from(u32::from(c)).unwrap(),
        })
        .collect();
    assert_eq!(read("plan.txt", &western, &options()).unwrap(), wanted);
}

/// What must hold of any text that is read: see the truths of the fuzzer; and no action is invented: each of its words
/// is in the document.
fn holds(bytes: &[u8]) {
    match read("x", bytes, &options()) {
        Ok(draft) => {
            truths::draft(&draft);
            let letters = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
            let written = letters(&String::from_utf8_lossy(bytes));
            for (_, action) in draft.all_actions() {
                for word in action.text.split_whitespace() {
                    assert!(written.contains(&letters(word)), "“{word}” is nowhere in the document: {:?}", action.text);
                }
            }
        }
        Err(problem) => assert!(!problem.what.is_empty() && !problem.to_string().contains('\n'), "{problem}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_end_in_a_draft_or_a_problem(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        holds(&bytes);
    }

    #[test]
    fn any_table_ends_in_a_draft_or_a_problem(cells in proptest::collection::vec("[\\t\\n ]{0,3}(Action:?|Lead|Recommendation 1\\.|Target date|Status|via |\\(|\\)|12/3/24|Oct 202|é|Finding 2:|, and |/|;|Red|[a-zA-Z0-9.]{0,6})[\\t\\n ]{0,3}", 0..120)) {
        let text = format!("Recommendation\tAction\tLead\tTarget date\tStatus\n{}", cells.concat());
        holds(text.as_bytes());
        let text = format!("\tRecommendation\n\tAction\n\tLead\n\tStatus\n\n{}", cells.concat());
        holds(text.as_bytes());
    }

    #[test]
    fn a_damaged_plan_ends_in_a_draft_or_a_problem(at in 0_usize..2000, cut in 0_usize..2000, byte in any::<u8>()) {
        for file in ["cells_numbered.txt", "rows_pages.txt"] {
            let mut bytes = bytes(file);
            let length = bytes.len();
            bytes[at % length] = byte;
            bytes.truncate(cut % length + 1);
            holds(&bytes);
        }
    }
}

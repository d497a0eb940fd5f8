//! What is done and what is not, as a plan's own key and its columns of completion say. All plans are fictional.

use arising::domain::draft::Draft;
use arising::import::{Options, read};

fn draft(lines: &[&str]) -> Draft {
    let options = Options { today: "2026-12-01".parse().unwrap(), ..Options::default() };
    read("plan.csv", lines.join("\n").as_bytes(), &options).unwrap()
}

fn settled(draft: &Draft) -> Vec<String> {
    let levels = draft.scheme.iter().flat_map(|scheme| &scheme.levels);
    levels.filter(|level| level.settled).map(|level| level.word.clone()).collect()
}

fn doubts(draft: &Draft) -> Vec<Vec<String>> {
    let doubts = |action: &arising::domain::draft::DraftAction| -> Vec<String> {
        let flags = action.flags.iter().filter(|flag| flag.field == "rating");
        flags.map(|flag| format!("{} → {}", flag.why, flag.suggestion.as_deref().unwrap_or("–"))).collect()
    };
    draft.actions.iter().map(doubts).collect()
}

#[test]
fn a_key_that_calls_green_on_track_leaves_its_actions_open() {
    let below = draft(&[
        "Ref,Action,Lead,Deadline,BRAG",
        "1.1,Write the guidance,Council,30/09/2026,Green",
        "1.2,Launch it,Council,30/09/2026,Blue",
        ",,,,",
        "Key,Blue,Complete,,",
        ",Green,\"On target, not complete\",,",
        ",Amber,Slippage,,",
        ",Red,Overdue,,",
    ]);
    assert_eq!(settled(&below), ["Blue"]);
    let above = draft(&[
        "\"Key to BRAG: B = Complete and embedded; R = Off track; A = At risk of missing its date; G = On track, not yet complete\"",
        "",
        "Ref,Action,Lead,Deadline,BRAG",
        "1.1,Write the guidance,Council,30/09/2026,G",
    ]);
    assert_eq!(settled(&above), ["Blue"]);
    let green = above.scheme.as_ref().unwrap().levels.iter().find(|level| level.word == "Green").unwrap();
    assert_eq!(green.meaning, "On track, not yet complete");
    let beside = draft(&[
        "Key:,Blue = complete; Green = on track; Amber = some slippage; Red = late,,,",
        "Ref,Action,Lead,Deadline,RAG",
        "1,Write the guidance,Council,30/09/2026,Green",
    ]);
    assert_eq!(settled(&beside), ["Blue"]);
    let usual = draft(&[
        "RAG key: Red = not begun; Amber = under way; Green = objective completed / on target",
        "",
        "Ref,Action,Lead,Deadline,RAG",
        "1,Write the guidance,Council,30/09/2026,Green",
    ]);
    assert_eq!(settled(&usual), ["Green"]);
}

#[test]
fn purple_is_done_only_as_the_key_says_and_without_one_it_is_doubted() {
    let plan = ["Ref,Action,Lead,Deadline,RAG", "1,Write it,Council,30/09/2026,Purple", "2,Do,Council,30/09/2026,Red"];
    let keyed = draft(&[&["Key: Purple = paused; Red = late", ""], &plan[..]].concat());
    assert_eq!((settled(&keyed), keyed.flags), (vec![], vec![]));
    let bare = draft(&plan);
    assert_eq!(settled(&bare), ["Purple"]);
    assert_eq!(bare.flags[0].why, "“Purple” is in no key; it is read as done, as Blue is");
}

#[test]
fn a_completion_date_beside_a_target_is_when_it_was_done() {
    let plan = draft(&[
        "No,Action,Lead,Target date,Completion date,RAG",
        "1,Poster campaign,Council,30/06/2026,12/06/2026,",
        "2,Training,Council,30/06/2026,,Amber",
        "3,Letter,Council,01/09/2026,Sept 2026 - letter sent,Amber",
        "4,Survey,Council,01/09/2026,Complete,",
        "5,Audit,Council,01/09/2026,Not complete,Red",
    ]);
    assert!(plan.actions.iter().all(|action| action.targets.len() == 1 && action.original_targets.is_empty()));
    let said: Vec<_> = plan.actions.iter().flat_map(|action| &action.progress).map(|entry| &*entry.text).collect();
    let wanted = [
        "Completed 12/06/2026",
        "Completed Sept 2026 - letter sent",
        "Completion date: Complete",
        "Completion date: Not complete",
    ];
    assert_eq!(said, wanted);
    let none: [&str; 0] = [];
    let doubts = doubts(&plan);
    assert_eq!(doubts[0], ["the action is not rated, but its status says that it is done → Green"]);
    assert_eq!(doubts[1], none);
    assert_eq!(doubts[2], ["“Completion date” says that it is done, but the rating is Amber → Green"]);
    assert_eq!(doubts[3], ["“Completion date” says that it is done, but the action is not rated → Green"]);
    assert_eq!(doubts[4], none);
}

#[test]
fn a_completion_date_that_is_still_to_come_stays_a_target() {
    let plan = draft(&[
        "No,Action,Lead,Timescale,Completion date",
        "1,Poster campaign,Council,Six months,30/06/2027",
        "2,Training,Council,One year,30/11/2026",
    ]);
    let last = |at: usize| plan.actions[at].targets.iter().filter_map(arising::domain::target::Target::last).max();
    assert_eq!((last(0), last(1)), ("2027-06-30".parse().ok(), "2026-11-30".parse().ok()));
}

#[test]
fn a_column_of_completion_and_outcome_that_begins_with_a_date_raises_a_doubt() {
    let plan = draft(&[
        "Ref,Action,Lead,Target Date,Date of Completion and Outcome",
        "1,Poster campaign,Council,June 2026,12/06/2026 – 40 posters placed",
        "2,Bid,Council,June 2026,Achieved Aug 2026",
        "3,Training,Council,June 2026,Still to be arranged for March 2027",
    ]);
    let doubts = doubts(&plan);
    assert!(doubts[0][0].contains("“Date of Completion and Outcome” says that it is done"), "{doubts:?}");
    assert_eq!((doubts[0].len(), doubts[1].len(), doubts[2].len()), (1, 1, 0), "{doubts:?}");
}

#[test]
fn what_is_no_past_date_is_never_called_completed() {
    let plan = draft(&[
        "Ref,Action,Lead,Target date,Date completed",
        "1,Toolkit,Council,Sept 2026,N/A - superseded",
        "2,Audit,Council,Sept 2026,31/12/2027",
    ]);
    let said: Vec<_> = plan.actions.iter().flat_map(|action| &action.progress).map(|entry| &*entry.text).collect();
    assert_eq!(said, ["Date completed: N/A - superseded", "Date completed: 31/12/2027"]);
    assert!(doubts(&plan).iter().all(Vec::is_empty));
}

#[test]
fn an_agencys_response_beside_its_actions_is_no_action() {
    let plan = draft(&[
        "Rec,Recommendation,Agency response,Actions to be taken,Who,By",
        "1,Review the policy,Accepted,Revise the policy,Council,31 Dec 2026",
        "2,Audit the records,Accepted in principle,Plan an audit,Police,31 Jan 2027",
    ]);
    let actions = |at: usize| &plan.recommendations[at].actions;
    assert_eq!((actions(0)[0].text.as_str(), actions(1)[0].text.as_str()), ("Revise the policy", "Plan an audit"));
    assert_eq!(actions(0)[0].progress[0].text, "Agency response: Accepted");
    let alone =
        draft(&["Recommendation,Agency response,Who,By", "Review the policy,It will be revised,Council,31 Dec 2026"]);
    assert_eq!(alone.recommendations[0].actions[0].text, "It will be revised");
}

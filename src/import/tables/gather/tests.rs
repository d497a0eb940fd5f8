//! Rows that are about the action above them, and rows that only look as if they were.

use crate::domain::draft::{Draft, DraftAction};
use crate::import::{Options, read};

const HEADER: &str = "Ref,Action,Lead,By when,RAG,Progress\n";

fn draft(rows: &str) -> Draft {
    let options = Options { today: "2026-12-01".parse().unwrap(), ..Options::default() };
    read("plan.csv", format!("{HEADER}{rows}").as_bytes(), &options).unwrap()
}

fn texts(draft: &Draft) -> Vec<&str> {
    draft.all_actions().map(|(_, action)| action.text.as_str()).collect()
}

/// The doubts about the text of an action.
fn doubts(action: &DraftAction) -> Vec<&str> {
    action.flags.iter().filter(|flag| flag.field == "text").map(|flag| flag.why.as_str()).collect()
}

/// Each update with its day.
fn progress(action: &DraftAction) -> Vec<String> {
    let said = action.progress.iter().map(|entry| (entry.date.map(|date| date.to_string()), &entry.text));
    said.map(|(date, text)| format!("{}: {text}", date.unwrap_or_default())).collect()
}

#[test]
fn a_row_that_the_page_has_cut_is_one_action() {
    let draft = draft(
        "1.1,Write a pathway for people who,Council,Dec 2026,Amber,3 July 2026: first draft; comments from\n\
         ,refuse services,,,,police and housing received\n2.1,Hold a learning event,SAB,Feb 2027,Green,Booked\n",
    );
    assert_eq!(texts(&draft), ["Write a pathway for people who refuse services", "Hold a learning event"]);
    assert_eq!(progress(&draft.actions[0]), ["2026-07-03: first draft; comments from police and housing received"]);
    assert!(draft.actions.iter().all(|action| doubts(action).is_empty()));
    assert_eq!(draft.actions[0].source.place, "table 1, rows 2–3");
}

#[test]
fn a_row_that_may_continue_the_one_above_is_doubted() {
    let draft = draft(
        "1.1,Write a pathway with the,Council,Dec 2026,Amber,\n,Police and others,,,,\n\
         2.1,Hold a learning event.,SAB,Feb 2027,Green,\n,Print leaflets for all wards,,,,\n",
    );
    assert_eq!(texts(&draft)[..2], ["Write a pathway with the Police and others", "Hold a learning event."]);
    assert_eq!(
        doubts(&draft.actions[0]),
        ["the row below has no number, lead, target or rating, and was read as the rest of this action"]
    );
    let may_continue =
        ["its row has no number, lead, target or rating: please check that it does not continue the action above"];
    assert_eq!((draft.actions.len(), doubts(&draft.actions[2])), (3, may_continue.to_vec()));
}

#[test]
fn a_row_with_a_lead_or_in_a_plan_of_small_letters_is_an_action() {
    let owned = draft("1,Write a pathway for people who,Council,Dec 2026,Amber,\n,refuse services,SAB,,,\n");
    assert_eq!(owned.actions.len(), 2);
    let small = draft("1,write a pathway,Council,Dec 2026,Amber,\n,train all staff,,,,\n");
    assert_eq!((small.actions.len(), doubts(&small.actions[1]).len()), (2, 1));
}

#[test]
fn nothing_goes_on_below_a_heading() {
    let draft = draft(
        "1,Write a pathway for people,ASC,Dec 2026,Amber,\nTraining of staff,,,,,\n,share leaflets with them,,,,\n",
    );
    assert_eq!(texts(&draft), ["Write a pathway for people", "share leaflets with them"]);
}

#[test]
fn a_cell_that_goes_on_alone_in_the_next_row_is_no_heading() {
    let draft = draft("1,Write a pathway,Adult Social Care,Dec 2026,Amber,\n,,and Police,,,\n");
    let leads: Vec<&str> = draft.actions[0].leads.iter().map(|lead| draft.parties[lead.party].name.as_str()).collect();
    assert_eq!((draft.actions.len(), leads), (1, vec!["Adult Social Care", "Police"]));
}

#[test]
fn an_update_in_a_row_of_its_own_is_progress_of_the_action_above() {
    let draft = draft(
        "1.1,Publish policy,ASC,Dec 2026,Amber,Begun\nUpdate 14/10/26: draft shared with Board,,,,,\n\
         1.2,Train staff,ASC,Mar 2027,Green,\n3 May 2026 – 30 of 60 trained,,,,,\nProgress,Rooms are booked,,,,\n\
         October 2026: Quarter 3,,,,,\n1.3,Ring the wards,ASC,Mar 2027,Green,\n",
    );
    assert_eq!(progress(&draft.actions[0]), [": Begun", "2026-10-14: draft shared with Board"]);
    assert_eq!(progress(&draft.actions[1]), ["2026-05-03: 30 of 60 trained", ": Progress: Rooms are booked"]);
    let headings: Vec<_> = draft.actions.iter().map(|action| crate::domain::flag::heading(&action.raw)).collect();
    assert_eq!(headings, [None, None, Some("October 2026: Quarter 3")]);
}

#[test]
fn a_date_in_front_of_an_action_makes_no_update_of_it() {
    let rows = "Date,Action,Lead,RAG\n3 May 2026,Write to all agencies,ICB,Amber\n4 May 2026,Ring all the wards,,\n";
    let draft = read("log.csv", rows.as_bytes(), &Options::default()).unwrap();
    assert_eq!(texts(&draft), ["Write to all agencies", "Ring all the wards"]);
}

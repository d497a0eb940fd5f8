//! Putting right what was accepted when it was imported: who is who, and what was added by mistake.

use crate::kit::desk::Desk;

const LOG: &str = "Ref,Action,Lead,Due\n\
1,Paint the pier rail,RCFT,30/04/2027\n\
2,Mend the slipway,RCHT,31/05/2027\n\
3,Count the lifebelts,RCFT and RCHT,30/06/2027\n";

fn board() -> Desk {
    let desk = Desk::empty();
    let file = desk.folder().join("piers.csv");
    std::fs::write(&file, LOG).unwrap();
    desk.run(&["import", &file.to_string_lossy()]).expect_done();
    desk
}

fn all(desk: &Desk) -> String {
    let list = desk.run(&["list", "--json"]).expect_done().out;
    list + &desk.run(&["parties", "--json"]).expect_done().out
}

#[test]
fn two_names_are_made_one_party_and_one_undo_parts_them() {
    let desk = board();
    desk.run(&["meeting", "start", "RCHT", "--present", "RCHT=A. Nurse"]).expect_done();
    desk.run(&["meeting", "end"]).expect_done();
    let before = all(&desk);
    let said = desk.run(&["party", "same", "RCFT", "RCHT"]).expect_done().out;
    assert_eq!(said, "saved: RCHT is the same as RCFT: 2 actions changed\n");
    assert_eq!(desk.references(&["lead:RCFT"]), ["1", "2", "3"]);
    assert_eq!(desk.references(&["lead:RCHT"]), ["1", "2", "3"], "the other name still finds them");
    let parties = desk.run(&["parties"]).expect_done().out;
    assert_eq!(parties.lines().count(), 1, "{parties}");
    let third = desk.run(&["show", "3"]).expect_done().out;
    assert!(!third.contains("RCFT, RCFT"), "{third}");
    assert!(desk.run(&["meetings"]).expect_done().out.contains("RCFT,"));
    // A later version that uses the other name means the same party, and changes nothing.
    let file = desk.folder().join("piers-may.csv");
    std::fs::write(&file, LOG).unwrap();
    let said = desk.run(&["import", &file.to_string_lossy()]).expect_done().out;
    assert_eq!(desk.references(&["lead:RCFT"]), ["1", "2", "3"], "{said}");
    assert_eq!(desk.run(&["parties"]).expect_done().out.lines().count(), 1, "{said}");
    desk.run(&["undo"]).expect_done();
    assert_eq!(all(&desk), before);
    let said = desk.run(&["party", "same", "RCFT", "RCXX"]);
    assert!(said.err.contains("no agency is called “RCXX”"), "{}", said.err);
}

#[test]
fn a_party_is_renamed_and_its_old_name_still_means_it() {
    let desk = board();
    let before = all(&desk);
    let said = desk.run(&["party", "rename", "RCFT", "Rowan Coast Trust"]).expect_done().out;
    assert!(said.contains("Rowan Coast Trust"), "{said}");
    assert_eq!(desk.references(&["lead:RCFT"]), ["1", "3"]);
    assert_eq!(desk.references(&["lead:\"Rowan Coast Trust\""]), ["1", "3"]);
    let taken = desk.run(&["party", "rename", "RCHT", "RCFT"]);
    assert!(taken.err.contains("Rowan Coast Trust is called that"), "{}", taken.err);
    desk.run(&["undo"]).expect_done();
    assert_eq!(all(&desk), before);
}

#[test]
fn what_was_added_by_mistake_is_withdrawn_with_a_reason() {
    let desk = board();
    let before = all(&desk);
    let used = desk.run(&["withdraw", "--party", "RCHT", "--reason", "Misread"]);
    assert!(used.err.contains("it leads or oversees 2, 3"), "{}", used.err);
    desk.run(&["lead", "2", "RCFT"]).expect_done();
    desk.run(&["lead", "3", "RCFT"]).expect_done();
    let parties = desk.run(&["parties"]).expect_done().out;
    assert!(!parties.contains("RCHT"), "a party with nothing to do is in no list: {parties}");
    desk.run(&["withdraw", "--party", "RCHT", "--reason", "Misread"]).expect_done();
    for _ in 0..3 {
        desk.run(&["undo"]).expect_done();
    }
    assert_eq!(all(&desk), before);
    assert!(desk.run(&["withdraw", "--plan", "piers"]).err.contains("there is no reason"));
    let said = desk.run(&["withdraw", "--plan", "piers", "--reason", "The wrong register"]).expect_done().out;
    assert!(said.contains("piers withdrawn"), "{said}");
    assert!(desk.references(&[]).is_empty());
    assert!(desk.run(&["plans"]).expect_done().out.contains("no plans yet"));
    desk.run(&["undo"]).expect_done();
    assert_eq!(all(&desk), before);
}

#[test]
fn a_number_is_changed_once_and_never_given_twice() {
    let desk = board();
    let before = all(&desk);
    let said = desk.run(&["number", "2", "R1.A2"]).expect_done().out;
    assert!(said.contains("R1.A2"), "{said}");
    assert_eq!(desk.references(&[]), ["1", "R1.A2", "3"]);
    desk.run(&["progress", "R1.A2", "Stone ordered"]).expect_done();
    desk.run(&["number", "3", "R1.A2"]).expect_refused(&["R1.A2 is the number of another action"]);
    desk.run(&["number", "3", "a b"]).expect_refused(&["holds a space or a colon"]);
    desk.run(&["undo"]).expect_done();
    desk.run(&["undo"]).expect_done();
    assert_eq!(all(&desk), before);
}

const HARBOUR: &str = "Recommendation,Ref,Action,Lead,Due,RAG\n\
1 Make the piers safe,1.1,Paint the pier rail,RCFT,30/04/2027,Red\n\
1 Make the piers safe,1.2,Mend the slipway,RCHT,31/05/2027,Amber\n\
2 Know what there is,2.1,Count the lifebelts,RCFT,30/06/2027,Green\n";

#[test]
fn an_action_moves_to_another_recommendation_and_stays_there() {
    let desk = Desk::empty();
    let file = desk.folder().join("harbour.csv");
    std::fs::write(&file, HARBOUR).unwrap();
    desk.run(&["import", &file.to_string_lossy()]).expect_done();
    let before = all(&desk);
    let said = desk.run(&["move", "1.2", "2"]).expect_done().out;
    assert_eq!(said, "saved: 1.2 moved from recommendation 1 to 2\n");
    assert_eq!(desk.action("1.2")["recommendation"]["number"], "2", "it keeps its number");
    assert_eq!(desk.references(&["rec:2"]), ["2.1", "1.2"]);
    assert!(desk.run(&["move", "1.2", "2"]).err.contains("it is under recommendation 2 already"));
    assert!(desk.run(&["move", "1.2", "7"]).err.contains("Its recommendations are: 1, 2."));
    // The next action under the recommendation is counted after its own.
    let log = desk.run(&["log"]).expect_done().out;
    assert!(log.contains("1.2 moved from recommendation 1 to 2"), "{log}");
    // A later version that still has it in its old place moves nothing back, and finds it.
    let later = desk.folder().join("harbour-may.csv");
    std::fs::write(&later, HARBOUR.replace("31/05/2027", "31/08/2027")).unwrap();
    let said = desk.run(&["import", &later.to_string_lossy()]).expect_done().out;
    assert_eq!(desk.references(&["rec:2"]), ["2.1", "1.2"], "{said}");
    assert_eq!(desk.references(&[]).len(), 3, "{said}");
    for _ in 0..2 {
        desk.run(&["undo"]).expect_done();
    }
    assert_eq!(all(&desk), before);
    let said = desk.run(&["move", "1.2", "2", "--number", "2.2"]).expect_done().out;
    assert!(said.contains("1.2 moved from recommendation 1 to 2") && said.contains("2.2"), "{said}");
    assert_eq!(desk.references(&["rec:2"]), ["2.1", "2.2"]);
    desk.run(&["undo"]).expect_done();
    assert_eq!(all(&desk), before, "one undo takes back the move and the number");
}

//! One command for several actions, and what only the screen could do before.

use crate::kit::desk::{Desk, fixture};
use serde_json::Value;

fn desk() -> Desk {
    let desk = Desk::empty();
    desk.run(&["import", &fixture("review/harbour.csv")]).expect_done();
    desk
}

fn all(desk: &Desk) -> Vec<Value> {
    serde_json::from_str(&desk.run(&["list", "--json"]).expect_done().out).unwrap()
}

fn of<'a>(all: &'a [Value], reference: &str) -> &'a Value {
    all.iter().find(|action| action["ref"] == reference).expect("an action")
}

#[test]
fn several_actions_are_rated_at_once_and_one_undo_takes_it_back() {
    let desk = desk();
    let before = all(&desk);
    let said = desk.run(&["rate", "1.1", "1.2,2.1", "none"]).expect_done().out;
    assert_eq!(said, "saved: rating of 3 actions cleared\n");
    assert!(["1.1", "1.2", "2.1"].iter().all(|at| of(&all(&desk), at)["rating"].is_null()));
    let log: Vec<Value> = serde_json::from_str(&desk.run(&["log", "--json"]).expect_done().out).unwrap();
    let [.., first, _, last] = log.as_slice() else { panic!("no log") };
    assert_eq!(first["batch"], last["batch"], "one act");
    let said = desk.run(&["undo"]).expect_done().out;
    assert!(said.starts_with("saved: undone: rating of 3 actions cleared"), "{said}");
    assert_eq!(all(&desk), before);
}

#[test]
fn what_cannot_be_rated_so_is_named_and_the_rest_is_done() {
    let desk = desk();
    desk.run(&["rate", "1.1,2.1", "none"]).expect_done();
    desk.run(&["rate", "1.1", "green"]).expect_done();
    let said = desk.run(&["rate", "1.1", "1.2", "2.1", "green"]);
    assert_eq!((said.code, said.out.as_str()), (1, "saved: 2 actions rated Green\n"), "{}", said.err);
    assert!(said.err.contains("1.1 is already Green"), "{}", said.err);
    let before = all(&desk);
    desk.run(&["rate", "1.1", "9.9", "red"]).expect_refused(&["No action has the reference 9.9"]);
    assert_eq!(all(&desk), before, "where one is not found, nothing is written");
    let all_refused = desk.run(&["rate", "1.1", "1.2", "green"]);
    assert!(all_refused.err.contains("1.1 is already Green; 1.2 is already Green"), "{}", all_refused.err);
}

#[test]
fn several_actions_get_a_target_leads_and_a_subgroup_at_once() {
    let desk = desk();
    let said = desk.run(&["target", "1.1,1.2", "2027-03-31", "--reason", "The contract is late"]).expect_done().out;
    assert_eq!(said, "saved: target of 2 actions moved to 2027-03-31 (The contract is late)\n");
    let said = desk.run(&["lead", "1.1,1.2", "Harbour Rowing Club"]).expect_done().out;
    assert_eq!(said, "saved: 2 actions now led by Harbour Rowing Club\n");
    assert_eq!(desk.references(&["lead:\"Harbour Rowing Club\""]), ["1.1", "1.2"]);
    let said = desk.run(&["via", "1.1,1.2", "Quality Subgroup"]).expect_done().out;
    assert_eq!(said, "saved: 2 actions now overseen by Quality Subgroup\n");
    let said = desk.run(&["via", "1.1", "none"]).expect_done().out;
    assert!(said.contains("1.1 via Quality Subgroup → none"), "{said}");
    desk.run(&["undo"]).expect_done();
    desk.run(&["via", "1.2", "Qualty Subgroup"]).expect_refused(&["If you mean Quality Subgroup"]);
}

#[test]
fn an_action_is_reworded_closed_by_two_commands_and_reopened() {
    let desk = desk();
    let said = desk.run(&["text", "1.1", "Write", "to", "every", "ward"]).expect_done().out;
    assert!(said.contains("1.1") && of(&all(&desk), "1.1")["text"] == "Write to every ward", "{said}");
    desk.run(&["closure", "agree", "1.1"]).expect_refused(&["1.1"]);
    let said = desk.run(&["closure", "propose", "1.1", "Audit of 12 Nov"]).expect_done().out;
    assert_eq!(said, "saved: 1.1 proposed for closure: “Audit of 12 Nov”\n");
    let said = desk.run(&["closure", "agree", "1.1"]).expect_done().out;
    assert_eq!(said, "saved: 1.1 closed: “Audit of 12 Nov”\n");
    assert_eq!(of(&all(&desk), "1.1")["closed"], true);
    desk.run(&["closure", "reopen", "1.1", "--reason", "Another ward"]).expect_done();
    assert_eq!(of(&all(&desk), "1.1")["closed"], false);
    let said = desk.run(&["closure", "abandon", "1.2", "The ward closed"]).expect_done().out;
    assert!(said.contains("1.2 will not be implemented: “The ward closed”"), "{said}");
}

#[test]
fn an_action_is_added_under_a_recommendation_with_its_lead_and_target() {
    let desk = desk();
    let add = ["add", "Write to every ward", "--under", "1", "--lead", "Harbour Police", "--target", "end of feb 2027"];
    let said = desk.run(&add).expect_done().out;
    assert_eq!(said, "saved: 1.3 added: “Write to every ward”\n");
    let all = all(&desk);
    assert_eq!(of(&all, "1.3")["targets"][0]["last"], "2027-02-28");
    desk.run(&["add", "Where?"]).expect_refused(&["an action belongs to one"]);
    desk.run(&["add", "Where?", "--under", "99"]).expect_refused(&["99", "Its recommendations are"]);
    desk.run(&["add", "When?", "--under", "1", "--target", "someday"]).expect_refused(&["No action was added"]);
}

#[test]
fn a_recommendation_is_accepted_in_part_or_not_with_the_reason() {
    let desk = desk();
    let said = |arguments: &[&str]| desk.run(arguments).expect_done().out;
    assert_eq!(said(&["accept", "1"]), "saved: recommendation 1 accepted\n");
    assert_eq!(
        said(&["accept", "1", "--partly", "Only the trusts"]),
        "saved: recommendation 1 partly accepted: “Only the trusts”\n"
    );
    assert_eq!(said(&["accept", "1", "--not", "It is law"]), "saved: recommendation 1 not accepted: “It is law”\n");
    assert_eq!(said(&["accept", "1", "--clear"]), "saved: recommendation 1 acceptance cleared\n");
    desk.run(&["accept", "99"]).expect_refused(&["99"]);
    assert_eq!(desk.run(&["accept", "1", "--partly", "x", "--not", "y"]).code, 2);
}

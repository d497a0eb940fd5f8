//! Where mail to parties goes: set one by one, or from a list of which every row is told; and in no report.

use std::fs;

use crate::kit::desk::Desk;

const PLAN: &str = "No,Action,Lead,Target date,RAG,Progress\n\
1,Mend the lamps on the north steps,Harbour Office,31/01/2026,Red,\n\
2,Count the life belts each spring,Harbour Office,30/04/2026,Amber,\n\
3,Train the ferry crews in rescue,Pier Trust,31/05/2027,Amber,\n";

fn board() -> Desk {
    let desk = Desk::empty();
    fs::write(desk.path("quay.csv"), PLAN).unwrap();
    desk.run(&["import", "quay.csv"]).expect_done();
    desk
}

fn address(desk: &Desk, name: &str) -> Option<String> {
    let all = desk.json(&["parties", "--json"]);
    let party = all.as_array().unwrap().iter().find(|party| party["name"] == name).unwrap().clone();
    party["address"].as_str().map(ToOwned::to_owned)
}

#[test]
fn an_address_is_set_cleared_and_taken_back() {
    let desk = board();
    desk.run(&["party", "address", "Pier Trust", "a@example.org; Clerk <b@example.org>"]).expect_done();
    assert_eq!(address(&desk, "Pier Trust").as_deref(), Some("a@example.org, Clerk <b@example.org>"));
    desk.run(&["party", "address", "Pier Trust", "not mail"]).expect_refused(&["no mail address", "name@example.org"]);
    desk.run(&["party", "address", "Pier Trust", ""]).expect_done();
    assert_eq!(address(&desk, "Pier Trust"), None);
    desk.run(&["undo"]).expect_done();
    assert_eq!(address(&desk, "Pier Trust").as_deref(), Some("a@example.org, Clerk <b@example.org>"));
}

#[test]
fn each_row_of_a_list_is_taken_or_says_why_not() {
    let desk = board();
    let list = "Agency;Mail\nharbour office;a@example.org\nHarbour Office;b@example.org\nPier Trast;c@example.org\n\
                Lighthouse;d@example.org\nPier Trust;\n";
    fs::write(desk.path("list.csv"), list).unwrap();
    let dry = desk.run(&["party", "addresses", "list.csv", "--dry-run"]);
    assert!(dry.out.contains("this was a dry run"), "{}", dry.out);
    assert_eq!(address(&desk, "Harbour Office"), None);
    let said = desk.run(&["party", "addresses", "list.csv"]);
    assert_eq!(said.code, 1, "not every row was taken");
    for words in ["Row 4", "If you mean Pier Trust", "Row 5", "no agency is called “Lighthouse”", "Row 6"] {
        assert!(said.err.contains(words), "{words} in {}", said.err);
    }
    assert!(!said.err.contains("Row 1 "), "a heading is no mistake: {}", said.err);
    assert_eq!(address(&desk, "Harbour Office").as_deref(), Some("a@example.org, b@example.org"));
    desk.run(&["undo"]).expect_done();
    assert_eq!(address(&desk, "Harbour Office"), None, "one undo takes back the list");
}

#[test]
fn an_alias_that_two_parties_have_is_not_guessed() {
    let desk = board();
    desk.run(&["party", "rename", "Harbour Office", "Harbour Authority"]).expect_done();
    desk.run(&["lead", "3", "Pier Trust", "Harbour Trust"]).expect_done();
    desk.run(&["party", "rename", "Harbour Trust", "Trust of the Harbour"]).expect_done();
    fs::write(desk.path("list.csv"), "Harbour Office,a@example.org\nHarbour Trust,b@example.org\n").unwrap();
    desk.run(&["party", "addresses", "list.csv"]).expect_done();
    assert_eq!(address(&desk, "Harbour Authority").as_deref(), Some("a@example.org"), "an alias is a name");
    assert_eq!(address(&desk, "Trust of the Harbour").as_deref(), Some("b@example.org"));
}

#[test]
fn an_address_is_in_no_report() {
    let desk = board();
    desk.run(&["meeting", "start", "Quay Board", "--agenda", "everything", "--of", "all"]).expect_done();
    desk.run(&["party", "address", "Harbour Office", "zanzibar@example.org"]).expect_done();
    desk.run(&["party", "address", "Harbour Office", "Zanzibar <zanzibar@example.org>"]).expect_done();
    desk.run(&["meeting", "end"]).expect_done();
    let kinds = ["plan", "overdue", "exceptions", "minutes", "dashboard", "annual", "changes", "audit", "calendar"];
    for kind in kinds {
        for format in ["md", "html", "csv", "json", "txt"] {
            let said = desk.run(&["report", kind, "--format", format]).expect_done().out;
            assert!(!said.to_lowercase().contains("zanzibar"), "{kind} as {format}: {said}");
        }
    }
    let asked = [&["report", "agency", "party:Harbour Office"][..], &["log"], &["log", "--json"], &["show", "1"]];
    for arguments in asked {
        let said = desk.run(arguments).expect_done().out;
        assert!(!said.to_lowercase().contains("zanzibar"), "{arguments:?}: {said}");
    }
}

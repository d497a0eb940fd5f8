//! The number that a board printed is the action's reference, everywhere and for ever.

use serde_json::Value;

use crate::kit::desk::Desk;

const GAPS: &str = "Ref,Recommendation,Action,Lead,Target date,RAG
2.1,See people sooner,Ring within a day,Marsh Police,31/03/2027,Amber
2.4,See people sooner,Visit within a week,Fenwick Council,31/03/2027,Amber
5.2,Keep better notes,Write the note,Fenwick Council,31/03/2027,Green
";

/// A register with one plan of these rows; what the import said.
fn board(rows: &str) -> (Desk, String) {
    let desk = Desk::empty();
    let said = import(&desk, "plan.csv", rows);
    (desk, said)
}

fn import(desk: &Desk, name: &str, rows: &str) -> String {
    std::fs::write(desk.path(name), rows).unwrap();
    desk.run(&["import", name, "--plan", "plan"]).expect_done().out
}

#[test]
fn the_printed_number_is_on_every_screen_and_in_every_report() {
    let (desk, _) = board(GAPS);
    assert_eq!(desk.references(&[]), ["2.1", "2.4", "5.2"]);
    desk.run(&["rate", "2.4", "Red"]).expect_done();
    assert_eq!(desk.action("2.4")["rating"]["word"], Value::from("Red"));
    for report in [&["plan"][..], &["agency", "party:\"Fenwick Council\""], &["audit"]] {
        let arguments = [&["report"], report, &["--format", "txt"]].concat();
        let text = desk.run(&arguments).expect_done().out;
        assert!(text.contains("2.4"), "{report:?}: {text}");
        assert!(!text.contains("2.2"), "{report:?}: {text}");
    }
    let log = desk.run(&["log"]).expect_done().out;
    assert!(log.contains("2.4 Amber → Red"), "{log}");
}

#[test]
fn a_number_of_any_shape_is_kept_as_printed() {
    for (numbers, recommendation) in [(["R1.A1", "R1.A3"], "Recommendation,"), (["1a", "1c"], "Recommendation,")] {
        let rows = numbers.map(|number| format!("{number},See people sooner,Do {number} well,Marsh Police,Amber\n"));
        let (desk, _) = board(&format!("Ref,{recommendation}Action,Lead,RAG\n{}", rows.concat()));
        assert_eq!(desk.references(&[]), numbers);
    }
    let (desk, _) = board("Ref,Action,Lead,RAG\nDHR4/7,Ring,Marsh Police,Amber\nDHR4/9,Visit,Marsh Police,Green\n");
    assert_eq!(desk.references(&[]), ["DHR4/7", "DHR4/9"]);
    desk.run(&["progress", "DHR4/9", "Visited"]).expect_done();
}

#[test]
fn a_reference_never_changes_whatever_is_added_taken_back_or_imported_later() {
    let (desk, _) = board(GAPS);
    let add = |row: &str| import(&desk, "more.csv", &GAPS.replace("5.2,", &format!("{row}5.2,")));
    add(",See people sooner,Ring again,Marsh Police,31/03/2027,Red\n");
    assert_eq!(desk.references(&[]), ["2.1", "2.4", "2.5", "5.2"]);
    desk.run(&["undo"]).expect_done();
    assert_eq!(desk.references(&[]), ["2.1", "2.4", "5.2"]);
    add("2.5,See people sooner,Write to them,Marsh Police,31/03/2027,Red\n");
    assert_eq!(desk.references(&[]), ["2.1", "2.4", "2.5", "5.2"]);
    let without_first = GAPS.lines().filter(|line| !line.starts_with("2.1")).collect::<Vec<_>>().join("\n");
    import(&desk, "shorter.csv", &without_first);
    assert_eq!(desk.references(&[]), ["2.1", "2.4", "2.5", "5.2"]);
    assert_eq!(desk.action("2.4")["text"], Value::from("Visit within a week"));
}

#[test]
fn a_number_that_stands_twice_is_a_doubt_with_the_next_free_one() {
    let (desk, said) = board(&GAPS.replace("2.4,", "2.1,"));
    assert_eq!(desk.references(&[]), ["2.1", "2.1b", "5.2"]);
    assert!(said.contains("2.1b number: the number 2.1 appears twice in this document"), "{said}");
    assert!(said.contains("perhaps 2.2"), "{said}");
}

#[test]
fn a_number_that_a_spreadsheet_changed_is_a_doubt_with_what_was_typed() {
    let (_, said) = board(&GAPS.replace("2.4,", "2 Apr 2026,"));
    assert!(said.contains("this is a date, not a number"), "{said}");
    assert!(said.contains("perhaps 2.4"), "{said}");
    let rows = "2.8,See people sooner,Ring,Marsh Police,,Red\n2.9,See people sooner,Visit,Marsh Police,,Red\n";
    let (desk, said) = board(&format!(
        "Ref,Recommendation,Action,Lead,Target date,RAG\n{rows}2.1,See people sooner,Write,Marsh Police,,Red\n"
    ));
    assert_eq!(desk.references(&[]), ["2.8", "2.9", "2.1"]);
    assert!(said.contains("2.1 is out of order; a spreadsheet may have made it of 2.10"), "{said}");
}

#[test]
fn recommendations_with_the_stem_of_their_actions_number_are_numbered_as_the_action() {
    let rows = "Ref,Objective,Action,Target date\n1.1,Know how many,Count the boats,1 March 2027\n1.2,Keep dry,Paint the boats,1 June 2027\n2.1,Keep safe,Publish the tides,1 May 2027\n";
    let (desk, said) = board(rows);
    assert!(!said.contains("in doubt"), "{said}");
    assert_eq!(desk.references(&[]), ["1.1", "1.2", "2.1"]);
}

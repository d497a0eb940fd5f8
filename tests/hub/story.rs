//! Laptops and a hub, from its setting up on: apart, together, and with the hub away.

use super::office::Office;
use crate::kit::server::Server;

const BOARD: &str = "Riverside SAB";

#[test]
fn three_laptops_and_a_hub_that_comes_and_goes_end_with_one_record() {
    let Some(mut server) = Server::own() else { return };
    let name = server.database().name.clone();
    let (first, second, third) = {
        let office = Office::new(&server);
        let first = office.first(BOARD);
        (first, office.further("second", BOARD), office.further("third", BOARD))
    };
    assert_ne!(name, "");
    assert_eq!(second.head(), first.head());
    server.stop();
    first.run(&["rate", "adult-m:1.1", "amber"]).expect_done();
    second.run(&["rate", "adult-m:1.1", "red"]).expect_done();
    third.run(&["progress", "adult-m:1.1", "Rang the harbour office."]).expect_done();
    let away = second.run(&["hub", "sync"]).expect_refused(&["The hub is away", "Nothing is lost"]);
    assert!(!away.err.contains("words of"), "{}", away.err);
    let away = second.run(&["hub", "sync", "--json"]).expect_refused(&["The hub is away"]);
    let row: serde_json::Value = serde_json::from_str(&away.out).unwrap();
    assert!(row["problem"].as_str().unwrap().contains("The hub is away") && row["sent"].is_null(), "{row}");
    server.start();
    for laptop in [&first, &second, &third, &first, &second] {
        laptop.sync();
    }
    assert_eq!(first.head(), second.head());
    assert_eq!(first.head(), third.head());
    assert_eq!(first.log(), second.log());
    let conflict = third.json(&["list", "--json", "conflict"]);
    assert_eq!(conflict.as_array().unwrap().len(), 1, "both ratings stand: {conflict}");
    for laptop in [&first, &second, &third] {
        laptop.run(&["check"]).expect_done();
        let status = laptop.json(&["hub", "status", "--json"]);
        assert_eq!((&status["to_send"], &status["to_take"], &status["away"]), (&0.into(), &0.into(), &().into()));
    }
}

#[test]
fn sending_and_taking_say_what_they_did() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    let first = office.first(BOARD);
    let second = office.further("second", BOARD);
    second.run(&["progress", "adult-m:1.1", "Rang the harbour office."]).expect_done();
    assert_eq!(
        second.run(&["hub", "status"]).expect_done().out.lines().last().unwrap(),
        "Riverside SAB: 1 change to send."
    );
    assert_eq!(second.run(&["hub", "push"]).expect_done().out, "Sent: 1 change.\n");
    assert_eq!(second.run(&["hub", "push"]).expect_done().out, "The hub has everything that is here.\n");
    assert_eq!(
        first.run(&["hub", "status"]).expect_done().out.lines().last().unwrap(),
        "Riverside SAB: 1 change to take."
    );
    let taken = first.run(&["hub", "pull"]).expect_done().out;
    assert!(taken.starts_with("Taken: 1 change by Ann Other"), "{taken}");
    assert_eq!(first.run(&["hub", "pull"]).expect_done().out, "Nothing new on the hub.\n");
    let merges = first.run(&["log", "--merges"]).expect_done().out;
    assert!(merges.contains("the hub"), "{merges}");
    let done = first.json(&["hub", "sync", "--json"]);
    assert_eq!((&done["sent"], &done["taken"], &done["problem"]), (&0.into(), &0.into(), &().into()));
}

#[test]
fn without_a_register_of_its_own_a_laptop_begins_with_what_the_hub_has() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    let first = office.first(BOARD);
    let second = office.stranger("second");
    second.run(&["hub", "join", &second.url]).expect_refused(&["The hub was not used"]);
    office.admit(&second, BOARD, &[]);
    let said = second.run(&["hub", "join", &second.url]).expect_done().out;
    assert!(said.contains("It is new") && said.contains("Taken: "), "{said}");
    assert_eq!(second.head(), first.head());
    assert_eq!(second.uuid(), first.uuid());
    // What it writes is its own.
    second.run(&["rate", "adult-m:1.1", "amber"]).expect_done();
    second.sync();
    first.sync();
    assert_eq!(second.log(), first.log());
}

#[test]
fn a_register_of_another_board_is_told_so() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    office.first(BOARD);
    let other = office.further("other", BOARD);
    let elsewhere = other.desk.path("elsewhere.sqlite");
    other.run(&["--register", elsewhere.to_str().unwrap(), "init"]).expect_done();
    let said = other.run(&["--register", elsewhere.to_str().unwrap(), "hub", "join", &other.url]);
    said.expect_refused(&["it has no board of this register that the role", "--uuid"]);
    for command in ["sync", "push", "pull", "status"] {
        let run =
            |more: &[&str]| other.run(&[&["--register", elsewhere.to_str().unwrap(), "hub", command], more].concat());
        run(&[]).expect_refused(&["has joined none", "arising hub join"]);
        // Whoever reads JSON gets JSON, whatever happened.
        let said = run(&["--json"]).expect_refused(&["has joined none"]);
        let row: serde_json::Value = serde_json::from_str(&said.out).unwrap();
        let why = if command == "status" { &row["away"] } else { &row["problem"] };
        assert!(why.as_str().unwrap().contains("has joined none"), "{row}");
    }
}

#[test]
fn the_help_of_each_way_shows_an_example_of_itself() {
    let desk = crate::kit::desk::Desk::empty();
    for command in ["sync", "push", "pull", "status"] {
        let help = desk.run(&["hub", command, "--help"]).expect_done().out;
        assert!(help.contains(&format!("\n  arising hub {command}")), "{help}");
    }
    assert!(desk.run(&["hub", "join", "--help"]).expect_done().out.contains("host=FOLDER"));
}

//! Erased words go from the hub and from every laptop, however late, and never come back.

use crate::kit::server::Server;

use super::office::{Laptop, Office};

const BOARD: &str = "Riverside SAB";
const NAME: &str = "Philomena Hartwright";
const ERASE: [&str; 6] = ["erase", "--words", NAME, "--ground", "Request of 3 Nov", "--yes"];

fn on_hub(office: &Office<'_>) -> i64 {
    let with = |table: &str, column: &str| {
        office.number(&format!("SELECT count(*) FROM arising.{table} WHERE {column} LIKE '%{NAME}%'"))
    };
    with("change_words", "body") + with("grant_", "excerpt") + with("erased", "body") + with("batch_words", "cause")
}

fn rings(laptop: &Laptop, action: &str) {
    laptop.run(&["progress", action, &format!("{NAME} rang.")]).expect_done();
}

#[test]
fn an_erasure_reaches_the_hub_and_the_other_laptops() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    let first = office.first(BOARD);
    let second = office.further("second", BOARD);
    rings(&first, "adult-m:1.1");
    first.sync();
    second.sync();
    assert!(on_hub(&office) > 0);
    second.run(&ERASE).expect_done();
    second.sync();
    assert_eq!((on_hub(&office), office.count("erased")), (0, 1));
    first.sync();
    assert!(!first.run(&["show", "adult-m:1.1"]).expect_done().out.contains(NAME));
    let held = std::fs::read(first.desk.register()).unwrap();
    assert!(!held.windows(NAME.len()).any(|window| window == NAME.as_bytes()), "the words are still in the register");
    first.run(&["check"]).expect_done();
    assert_eq!(first.head(), second.head());
    // A laptop that begins now never sees them.
    let third = office.further("third", BOARD);
    assert_eq!(third.head(), first.head());
    third.run(&["check"]).expect_done();
    assert!(!third.holds(NAME));
}

#[test]
fn words_that_a_laptop_sends_after_their_erasure_stay_away() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    let first = office.first(BOARD);
    let second = office.further("second", BOARD);
    // The second has it from a file, and erases it before the first has sent it.
    rings(&first, "adult-m:1.1");
    let bundle = first.desk.path("to-second.arising");
    first.run(&["share", "-o", bundle.to_str().unwrap()]).expect_done();
    second.run(&["merge", bundle.to_str().unwrap()]).expect_done();
    second.run(&ERASE).expect_done();
    second.sync();
    first.run(&["hub", "push"]).expect_done();
    assert_eq!(on_hub(&office), 0);
    first.sync();
    assert_eq!(first.head(), second.head());
    first.run(&["check"]).expect_done();
}

#[test]
fn words_that_are_erased_many_pages_later_are_sent_and_taken_together_with_their_erasure() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    let first = office.first(BOARD);
    rings(&first, "adult-m:1.1");
    first.write_many(12);
    first.run(&ERASE).expect_done();
    first.sync();
    assert_eq!((on_hub(&office), office.count("erased")), (0, 1));
    let second = office.further("second", BOARD);
    assert_eq!(second.head(), first.head());
    second.run(&["check"]).expect_done();
}

#[test]
fn an_erasure_reaches_an_agencys_laptop_too() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    let board = office.first(BOARD);
    let name = board.some_agency();
    let own = board.actions(&[&format!("party:\"{name}\"")])[0].clone();
    rings(&board, &own);
    let agency = office.agency("agency", BOARD, &board, &name);
    assert!(agency.run(&["show", &own]).expect_done().out.contains(NAME));
    rings(&agency, &own);
    agency.sync();
    board.sync();
    board.run(&ERASE).expect_done();
    board.sync();
    assert_eq!(on_hub(&office), 0);
    agency.sync();
    assert!(!agency.run(&["show", &own]).expect_done().out.contains(NAME));
    let held = std::fs::read(agency.desk.register()).unwrap();
    assert!(!held.windows(NAME.len()).any(|window| window == NAME.as_bytes()), "the words are still in the register");
    agency.run(&["check"]).expect_done();
}

#[test]
fn an_erasure_reaches_an_agency_even_of_an_entry_that_was_taken_back_meanwhile() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    let board = office.first(BOARD);
    let name = board.some_agency();
    let own = board.actions(&[&format!("party:\"{name}\"")])[0].clone();
    rings(&board, &own);
    let agency = office.agency("agency", BOARD, &board, &name);
    assert!(agency.run(&["show", &own]).expect_done().out.contains(NAME));
    board.run(&["undo"]).expect_done();
    board.run(&ERASE).expect_done();
    board.sync();
    agency.sync();
    let held = std::fs::read(agency.desk.register()).unwrap();
    assert!(!held.windows(NAME.len()).any(|window| window == NAME.as_bytes()), "the words are still in the register");
    agency.run(&["check"]).expect_done();
}

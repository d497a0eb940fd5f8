//! The hub on the screen: `S`, and a meeting into which other laptops' changes come by themselves.

use std::time::Duration;

use super::office::{Laptop, Office};
use crate::kit::pty::{Pty, Start};
use crate::kit::server::Server;

const BOARD: &str = "Riverside SAB";
const SOON: Duration = Duration::from_secs(5);

/// The screen of a laptop, on one of its plans.
fn screen(laptop: &Laptop) -> Pty {
    let register = laptop.desk.register();
    let start = Start::arising(laptop.desk.folder(), &["--register", register.to_str().unwrap()]);
    let mut screen =
        start.env("PGPASSFILE", laptop.passfile().to_str().unwrap()).env("ARISING_AUTHOR", "The Chair").run();
    screen.wait_for("Adult M");
    if screen.screen_text().contains("2 plans") {
        screen.press("<enter>");
    }
    screen.wait_for("Write a short referral");
    screen
}

#[test]
fn one_key_sends_and_takes_and_says_what_came() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    let (first, second) = (office.first(BOARD), office.further("second", BOARD));
    first.run(&["progress", "adult-m:1.1", "Rang the harbour office."]).expect_done();
    first.sync();
    let mut screen = screen(&second);
    screen.press("S");
    screen.wait_for("From the hub: 1 change by Ann Other");
    screen.wait_for("Rang the harbour office.");
    screen.press("a");
    screen.wait_for("Amber");
    screen.press("S");
    screen.wait_for("1 change sent to the hub");
    screen.press("S");
    screen.wait_for("nothing new, and everything that is here");
    screen.press("q");
    assert_eq!(screen.exit_code(SOON), 0);
    screen.assert_restored();
    first.sync();
    assert_eq!(first.head(), second.head());
}

#[test]
fn in_a_meeting_other_laptops_changes_come_by_themselves_and_its_own_go_out() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    let (first, second) = (office.first(BOARD), office.further("second", BOARD));
    second.run(&["meeting", "start", "OPS", "--agenda", "everything", "--of", "adult-m"]).expect_done();
    let mut screen = screen(&second);
    first.run(&["progress", "adult-m:1.1", "Said in another room."]).expect_done();
    first.sync();
    screen.wait_for("Said in another room.");
    screen.press("p");
    screen.wait_for("Progress on");
    screen.type_text("Agreed by all.");
    screen.press("<enter>");
    screen.wait_for("saved");
    let mut came = false;
    for _ in 0..40 {
        first.sync();
        came = first.run(&["show", "adult-m:1.1"]).expect_done().out.contains("Agreed by all.");
        if came {
            break;
        }
    }
    assert!(came, "what is written in the meeting goes out by itself");
    screen.press("q");
    assert_eq!(screen.exit_code(SOON), 0);
}

#[test]
fn a_hub_that_is_away_is_one_word_and_work_goes_on() {
    let Some(mut server) = Server::own() else { return };
    let second = {
        let office = Office::new(&server);
        office.first(BOARD);
        office.further("second", BOARD)
    };
    server.stop();
    let mut screen = screen(&second);
    assert!(!screen.screen_text().contains("hub"), "it is not asked before it is used");
    screen.press("S");
    screen.wait_for("hub away");
    screen.wait_for("All is saved here, and is sent later");
    screen.press("a");
    screen.wait_for("Amber");
    screen.wait_for("hub away");
    server.start();
    screen.press("S");
    screen.wait_for("1 change sent to the hub");
    screen.wait_gone("hub away");
    screen.press("q");
    assert_eq!(screen.exit_code(SOON), 0);
}

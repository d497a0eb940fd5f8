//! Laptop and server killed at any moment: what was confirmed is there, on both.

use std::collections::BTreeSet;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use crate::kit::server::Server;

use super::office::{Laptop, Office};

const BOARD: &str = "Riverside SAB";

/// How often something is killed; more when asked to.
fn rounds() -> u32 {
    let asked = std::env::var("ARISING_TEST_HUB_KILLS").ok().and_then(|rounds| rounds.parse().ok());
    asked.unwrap_or(6)
}

/// A moment below this one, another each time.
fn moment(most: u64) -> Duration {
    Duration::from_millis(getrandom::u64().unwrap() % most)
}

fn entry(laptop: &str, number: u32) -> String {
    format!("Entry {number} of the {laptop} laptop.")
}

/// Writes an entry; once the command is done, it is confirmed.
fn write(laptop: &Laptop, text: &str) {
    laptop.run(&["progress", "adult-m:1.1", text]).expect_done();
}

/// Starts a sync and kills it, the server, or neither. Whether the sync was confirmed.
fn sync(server: &mut Server, laptop: &Laptop, kind: u32) -> bool {
    let mut child = laptop.command(&["hub", "sync"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    match kind {
        0 => {
            thread::sleep(moment(400));
            child.kill().ok();
            child.wait().unwrap().success()
        }
        1 => {
            thread::sleep(moment(400));
            server.kill();
            let is_done = child.wait().unwrap().success();
            server.start();
            is_done
        }
        _ => {
            let is_done = child.wait().unwrap().success();
            server.kill();
            server.start();
            is_done
        }
    }
}

fn shows(laptop: &Laptop, entries: &BTreeSet<String>) {
    let shown = laptop.run(&["show", "adult-m:1.1"]).expect_done().out;
    for entry in entries {
        assert!(shown.contains(entry.as_str()), "lost: {entry}");
    }
}

#[test]
fn killed_at_any_moment_laptop_and_hub_keep_what_was_confirmed() {
    // With the disk waited for, as IT runs it.
    let Some(mut server) = Server::with("-c shared_buffers=32MB") else { return };
    let (name, first, second) = {
        let office = Office::new(&server);
        let first = office.first(BOARD);
        (office.database.name.clone(), first, office.further("second", BOARD))
    };
    let (mut written, mut confirmed) = (BTreeSet::new(), BTreeSet::new());
    for round in 0..rounds() {
        for (word, laptop) in [("first", &first), ("second", &second)] {
            let text = entry(word, round);
            write(laptop, &text);
            written.insert(text);
            if sync(&mut server, laptop, (round + u32::from(word == "second")) % 3) {
                confirmed.extend(written.iter().filter(|entry| entry.contains(word)).cloned());
            }
        }
        // What a sync confirmed is on the hub, whatever was killed since.
        let office = Office::again(&server, &name);
        for entry in &confirmed {
            let sql = format!("SELECT count(*) FROM arising.change_words WHERE body LIKE '%{entry}%'");
            assert_eq!(office.number(&sql), 1, "confirmed and lost: {entry}");
        }
    }
    for laptop in [&first, &second, &first] {
        laptop.sync();
    }
    shows(&first, &written);
    shows(&second, &written);
    assert_eq!(first.head(), second.head());
    first.run(&["check"]).expect_done();
    second.run(&["check"]).expect_done();
}

//! Laptop and server killed at any moment: what was confirmed is there, on both.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use crate::kit::server::Server;

use super::office::{Laptop, Office};

const BOARD: &str = "Riverside SAB";

/// How often something is killed; more when asked to.
fn rounds() -> u32 {
    let asked = std::env::var("ARISING_TEST_HUB_KILLS").ok().and_then(|rounds| rounds.parse().ok());
    asked.unwrap_or(6)
}

/// A moment before this one, another each time.
fn moment(most: Duration) -> Duration {
    most.mul_f64(f64::from(getrandom::u32().unwrap()) / f64::from(u32::MAX))
}

fn entry(laptop: &str, number: u32) -> String {
    format!("Entry {number} of the {laptop} laptop.")
}

/// Writes an entry; once the command is done, it is confirmed.
fn write(laptop: &Laptop, text: &str) {
    laptop.run(&["progress", "adult-m:1.1", text]).expect_done();
}

/// Starts a sync and kills it, the server, or neither, at a moment while it is at work: those that nothing disturbs say how long
/// that is. Whether the sync was confirmed.
fn sync(server: &mut Server, laptop: &Laptop, kind: u32, longest: &mut Duration) -> bool {
    let begun = Instant::now();
    let mut child = laptop.command(&["hub", "sync"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    if kind == 0 {
        thread::sleep(moment(*longest));
        child.kill().ok();
        return child.wait().unwrap().success();
    }
    if kind == 1 {
        thread::sleep(moment(*longest));
        server.kill();
    }
    let is_done = child.wait().unwrap().success();
    if kind == 2 {
        *longest = begun.elapsed();
        server.kill();
    }
    server.start();
    is_done
}

/// How often each entry is on the hub.
fn on_hub(office: &Office<'_>) -> BTreeMap<String, usize> {
    let sql = "SELECT body FROM arising.change_words WHERE body LIKE '%Entry % of the % laptop.%'";
    let mut owner = office.database.owner();
    owner.batch_execute("SET ROLE arising_owner").unwrap();
    let mut all = BTreeMap::new();
    for row in owner.query(sql, &[]).unwrap() {
        let body: String = row.get(0);
        let (from, to) = (body.find("Entry ").unwrap(), body.find(" laptop.").unwrap() + " laptop.".len());
        *all.entry(body[from..to].to_owned()).or_default() += 1;
    }
    all
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
    let Some(mut server) = Server::waiting() else { return };
    let (name, first, second) = {
        let office = Office::new(&server);
        let first = office.first(BOARD);
        (office.database.name.clone(), first, office.further("second", BOARD))
    };
    let (mut written, mut confirmed, mut cut) = (BTreeSet::new(), BTreeSet::new(), 0);
    let (begun, mut longest) = (Instant::now(), Duration::from_millis(200));
    for round in 0..rounds() {
        for (word, laptop) in [("first", &first), ("second", &second)] {
            let text = entry(word, round);
            write(laptop, &text);
            written.insert(text);
            if sync(&mut server, laptop, (round + u32::from(word == "second")) % 3, &mut longest) {
                confirmed.extend(written.iter().filter(|entry| entry.contains(word)).cloned());
            } else {
                cut += 1;
            }
        }
        // What a sync confirmed is on the hub, whatever was killed since.
        let there = on_hub(&Office::again(&server, &name));
        for entry in &confirmed {
            assert_eq!(there.get(entry), Some(&1), "confirmed and lost: {entry}");
        }
    }
    println!("{} rounds in {:?}; {cut} of {} syncs were cut", rounds(), begun.elapsed(), 2 * rounds());
    for laptop in [&first, &second, &first] {
        laptop.sync();
    }
    shows(&first, &written);
    shows(&second, &written);
    assert_eq!(first.head(), second.head());
    first.run(&["check"]).expect_done();
    second.run(&["check"]).expect_done();
}

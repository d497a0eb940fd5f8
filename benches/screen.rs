//! How fast the screen is, as ratios that are comparable between computers: `cargo bench --bench screen`.
//!
//! Each row is a goal with its number. Process start-up is excluded on both sides.
#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a measurement that cannot be made ends the run")]

mod support;

use std::path::{Path, PathBuf};
use std::time::Duration;

use arising::desk::Desk;
use arising::store::{Places, Store};
use criterion::Criterion;
use support::commit::Bare;
use support::hello::Hello;
use support::ledger::{Goal, Ledger};
use support::register::{Shape, fill};
use support::screen::{Screen, draw, env, terminal};

const SMALL: Shape = Shape { actions: 100, changes: 1_000 };
const USUAL: Shape = Shape { actions: 1_000, changes: 20_000 };
const HUGE: Shape = Shape { actions: 100_000, changes: 260_000 };

fn main() {
    // `cargo test --benches` only checks that this compiles.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let mut criterion = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(100))
        .measurement_time(Duration::from_secs(1))
        .configure_from_args();
    let mut ledger = Ledger::default();
    hello(&mut criterion, &mut ledger);
    let files = [("100", SMALL), ("1k", USUAL), ("100k", HUGE)].map(|(name, shape)| (name, make(folder.path(), shape)));
    for (name, file) in &files {
        first_frame(&mut criterion, &mut ledger, name, file);
        keys(&mut criterion, &mut ledger, name, file);
    }
    bare_commit(&mut criterion, &mut ledger, folder.path());
    tell(&ledger);
}

/// A register of that shape, with nothing kept outside its folder.
fn make(folder: &Path, shape: Shape) -> PathBuf {
    let path = folder.join(format!("{}.sqlite", shape.actions));
    let store = Store::create_in(&path, &Places::default()).expect("a register");
    let mut desk = Desk::over(store).expect("an empty register");
    fill(&mut desk, shape, &env()).expect("made-up contents are accepted");
    path
}

fn hello(criterion: &mut Criterion, ledger: &mut Ledger) {
    ledger.time(criterion, "hello's first frame", || {
        let hello = Hello::new(1_000);
        draw(&mut terminal(), |frame| hello.draw(frame));
    });
    let (mut hello, mut screen) = (Hello::new(1_000), terminal());
    ledger.time(criterion, "hello's cursor", || {
        hello.step(1);
        draw(&mut screen, |frame| hello.draw(frame));
    });
}

fn first_frame(criterion: &mut Criterion, ledger: &mut Ledger, name: &str, file: &Path) {
    ledger.time(criterion, &format!("first frame at {name}"), || drop(Screen::open(file)));
}

fn keys(criterion: &mut Criterion, ledger: &mut Ledger, name: &str, file: &Path) {
    let mut screen = Screen::open(file);
    screen.rest();
    ledger.time(criterion, &format!("cursor at {name}"), || screen.keys("j"));
    screen.keys("Home");
    ledger.time(criterion, &format!("page at {name}, there and back"), || screen.keys("PgDn PgUp"));
    screen.keys("Home / c u");
    ledger.time(criterion, &format!("search letter at {name}, typed and deleted"), || screen.keys("s Backspace"));
    screen.keys("Esc");
    ledger.time(criterion, &format!("party filter at {name}, four keys"), || screen.keys("f 7 Enter Backspace"));
    ledger.time(criterion, &format!("saved change at {name}, two with the cursor"), || screen.keys("r a j"));
}

fn bare_commit(criterion: &mut Criterion, ledger: &mut Ledger, folder: &Path) {
    let bare = Bare::new(&folder.join("bare.sqlite"));
    ledger.time(criterion, "bare commit", || bare.commit());
}

fn tell(ledger: &Ledger) {
    let goal = |must, aim| Goal { must, aim };
    println!("\nRatios of the medians of this run\n");
    ledger.ratio("1", "first frame at 1k", "hello's first frame", goal(3.0, 1.5));
    ledger.ratio("2", "first frame at 100k", "hello's first frame", goal(10.0, 2.0));
    ledger.absolute("2", "first frame at 100k", goal(300.0, 150.0));
    ledger.ratio("3", "cursor at 1k", "hello's cursor", goal(1.3, 1.0));
    ledger.ratio("3", "page at 1k, there and back", "hello's cursor", goal(2.6, 2.0));
    ledger.ratio("4", "cursor at 100k", "cursor at 100", goal(1.2, 1.05));
    ledger.ratio("6", "search letter at 1k, typed and deleted", "cursor at 1k", goal(3.0, 2.4));
    ledger.ratio("6", "party filter at 1k, four keys", "cursor at 1k", goal(6.0, 4.8));
    ledger.absolute("7", "search letter at 100k, typed and deleted", goal(32.0, 10.0));
    ledger.saved("8", "1k", goal(1.5, 1.2));
    ledger.ratio(
        "8",
        "saved change at 100k, two with the cursor",
        "saved change at 100, two with the cursor",
        goal(1.2, 1.05),
    );
}

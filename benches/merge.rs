//! How fast 20,000 changes of another copy are merged, timing the whole process: `cargo bench --bench merge`.
//!
//! The ratios are relative to a check of the register that comes of it, which reads and proves the same rows.
#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a measurement that cannot be made ends the run")]

#[path = "support/ledger.rs"]
#[allow(dead_code, reason = "some of it is for the screen only")]
mod ledger;
#[path = "support/register.rs"]
mod register;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use arising::desk::Desk;
use arising::env::Env;
use arising::problem::Problem;
use arising::store::{Access, Places, Store, Target};
use chrono::Local;
use criterion::Criterion;
use ledger::{Goal, Ledger};

const ACTIONS: usize = 1_000;
const CHANGES: u64 = 20_000;

fn main() {
    // `cargo test --benches` only checks that this compiles.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    apart(folder.path()).expect("two copies");
    let mut criterion =
        Criterion::default().sample_size(10).measurement_time(Duration::from_secs(5)).configure_from_args();
    let mut ledger = Ledger::default();
    for (name, file) in [("merge of a bundle", "back.arising"), ("merge of a register", "copy.sqlite")] {
        ledger.time(&mut criterion, name, || {
            fs::copy(folder.path().join("base.sqlite"), folder.path().join("here.sqlite")).expect("a register");
            run(folder.path(), &["merge", file]);
        });
    }
    ledger.time(&mut criterion, "check of the result", || run(folder.path(), &["check"]));
    println!("\nMilliseconds, and the ratio to a check of the result\n");
    for name in ["merge of a bundle", "merge of a register"] {
        ledger.absolute("14", name, Goal { must: 4_000.0, aim: 2_000.0 });
        ledger.ratio("14", name, "check of the result", Goal { must: 8.0, aim: 4.0 });
    }
}

/// A register, and a copy of it with that many more changes.
fn apart(folder: &Path) -> Result<(), Problem> {
    let now = Local::now().fixed_offset();
    let env = Env { now, today: now.date_naive(), author: "The Chair".into() };
    let mut desk = Desk::over(Store::create_in(&folder.join("base.sqlite"), &Places::default())?)?;
    register::fill(&mut desk, register::Shape { actions: ACTIONS, changes: 0 }, &env)?;
    desk.store().backup_to(&folder.join("copy.sqlite"))?;
    let mut copy = Desk::open_in(&folder.join("copy.sqlite"), Access::ReadWrite, &Places::default())?;
    let wanted = copy.register().lamport + CHANGES;
    register::work(&mut copy, wanted, &env)?;
    copy.share(Target { path: &folder.join("back.arising"), lock: None }, None, &env).map(|_| ())
}

/// Runs the program once in a separate home folder.
fn run(folder: &Path, arguments: &[&str]) {
    let status = Command::new(env!("CARGO_BIN_EXE_arising"))
        .args(arguments)
        .current_dir(folder)
        .env("HOME", folder)
        .env("ARISING_REGISTER", folder.join("here.sqlite"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .expect("the program runs");
    assert!(status.success(), "{arguments:?}");
}

//! How fast documents are imported, timing the whole process from start to exit: `cargo bench --bench import`.
//!
//! The ratios are relative to a process that only prints its version.
#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a measurement that cannot be made ends the run")]

#[path = "support/documents.rs"]
mod documents;
#[path = "support/ledger.rs"]
#[allow(dead_code, reason = "some of it is for the screen only")]
mod ledger;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use criterion::Criterion;
use ledger::{Goal, Ledger};

/// The number of actions in the long plans; forty pages of PDF hold 360.
const LONG: usize = 1_000;
const PAGES: usize = 360;
const SHORT: usize = 27;

fn main() {
    // `cargo test --benches` only checks that this compiles.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let mut criterion =
        Criterion::default().sample_size(10).measurement_time(Duration::from_secs(3)).configure_from_args();
    let mut ledger = Ledger::default();
    ledger.time(&mut criterion, "start and end", || run(folder.path(), &["--version"]));
    let files = made(folder.path());
    for file in &files {
        let name = file.file_name().and_then(|name| name.to_str()).expect("a name");
        ledger.time(&mut criterion, name, || {
            fs::remove_file(folder.path().join("register.sqlite")).ok();
            run(folder.path(), &["import", name]);
        });
    }
    println!("\nMilliseconds, and the ratio to a process that does nothing\n");
    for file in files.iter().filter_map(|file| file.file_name()?.to_str()) {
        let (must, aim) = if file.starts_with("short") { (50.0, 20.0) } else { (300.0, 100.0) };
        ledger.absolute("13", file, Goal { must, aim });
        ledger.ratio("13", file, "start and end", Goal { must: must / 3.0, aim: aim / 3.0 });
    }
}

/// Writes the documents, each to a file.
fn made(folder: &Path) -> Vec<PathBuf> {
    let (long, short) = (documents::plan(LONG), documents::plan(SHORT));
    let files = [
        ("long.xlsx", documents::xlsx(&long)),
        ("long.docx", documents::docx(&long)),
        ("long.odt", documents::odt(&long)),
        ("long.csv", documents::csv(&long)),
        ("forty-pages.pdf", documents::pdf(&documents::plan(PAGES))),
        ("short.xlsx", documents::xlsx(&short)),
        ("short.docx", documents::docx(&short)),
    ];
    let written = files.into_iter().map(|(name, bytes)| {
        let file = folder.join(name);
        fs::write(&file, bytes).expect("a document");
        file
    });
    written.collect()
}

/// Runs the program once in a separate home folder.
fn run(folder: &Path, arguments: &[&str]) {
    let status = Command::new(env!("CARGO_BIN_EXE_arising"))
        .args(arguments)
        .current_dir(folder)
        .env("HOME", folder)
        .env("ARISING_REGISTER", folder.join("register.sqlite"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .expect("the program runs");
    assert!(status.success(), "{arguments:?}");
}

//! Every input that the fuzzer's corpus keeps goes through its part of the program again, quickly and without a panic.

#[path = "../fuzz/src/copies.rs"]
mod copies;
#[path = "../fuzz/src/rows.rs"]
mod rows;
#[path = "../fuzz/src/targets.rs"]
mod targets;
#[path = "../fuzz/src/truths.rs"]
pub mod truths;
#[path = "../fuzz/src/whole.rs"]
mod whole;

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use self::targets::{TARGETS, Target};

/// The longest that one small input may take, on a busy machine and without optimisation.
const LONGEST: Duration = Duration::from_secs(5);

fn kept(target: &Target) -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus").join(target.name);
    let mut files: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn every_corpus_input_is_read_or_refused_quickly() {
    for target in &TARGETS {
        let files = kept(target);
        assert!(!files.is_empty(), "no input is kept for {}", target.name);
        for file in files {
            let bytes = fs::read(&file).unwrap();
            // The test's own thread would not say which input it was.
            let started = Instant::now();
            let run = target.run;
            let ended = std::thread::spawn(move || run(&bytes)).join();
            assert!(ended.is_ok(), "{} trips over {}", target.name, file.display());
            assert!(started.elapsed() < LONGEST, "{} takes {:?}", file.display(), started.elapsed());
        }
    }
}

#[test]
fn every_folder_of_the_corpus_belongs_to_a_target() {
    let corpus = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus");
    for entry in fs::read_dir(corpus).unwrap() {
        let name = entry.unwrap().file_name();
        assert!(TARGETS.iter().any(|target| *target.name == *name), "no target is called {}", name.display());
    }
}

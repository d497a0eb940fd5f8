//! Your own keys on the screen: they run the commands, every list of keys shows them, and a mistake stops nothing.

use std::fs;
use std::path::Path;

use arising::desk::Desk;
use arising::keys::{FILE, Keys};
use tempfile::TempDir;

use crate::kit::headless::{Headless, env};

fn folder(text: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join(FILE), text).expect("written");
    folder
}

fn demo(data: &Path) -> Headless {
    let mut desk = Desk::in_memory().expect("a register in memory");
    arising::demo::fill(&mut desk, &env()).expect("the demo fills it");
    Headless::with_keys(desk, (120, 40), Keys::load(Some(data)))
}

#[test]
fn your_own_keys_run_commands_and_are_shown_wherever_keys_are() {
    let data = folder("\"action.progress\" = \"P\"\n\"walk.next\" = [\"w\", \"F5\"]\n");
    let mut app = demo(data.path());
    app.see("P progress").not_see("p progress").see("w next");
    app.press("w").see("2 of 24");
    app.press("F5").see("3 of 24");
    app.press("p").not_see("Progress on");
    app.press("P").see("Progress on");
    app.press("Esc");
    app.press("?").see("P                 Add a dated progress entry.");
    app.press("Esc");
    app.press(":").type_text("action.progress").see("action.progress").see("P");
    app.press("Enter").see("Progress on");
}

#[test]
fn a_mistaken_file_is_reported_as_the_program_opens_and_the_built_in_keys_apply() {
    let data = folder("\"action.progres\" = \"P\"\n");
    let mut app = demo(data.path());
    let words = app.screen().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("Could not use your own keys"), "{words}");
    assert!(
        words.contains("line 1: there is no command `action.progres`; the nearest is `action.progress`"),
        "{words}"
    );
    app.see("p progress");
    app.press("p").see("Progress on");
}

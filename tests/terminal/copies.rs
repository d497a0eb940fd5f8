//! Copies of a register at a terminal: one is begun from a bundle, and a file that is not to be trusted says so.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::kit::folder::{Forger, rechain, without_triggers};
use crate::kit::pty::{Pty, Start};

/// The program without a terminal, on this home's computer.
fn arising(home: &Path, file: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_arising"));
    for name in ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "ARISING_REGISTER"] {
        command.env_remove(name);
    }
    #[cfg(windows)]
    command.env("ARISING_DATA", home.join("data"));
    command.env("HOME", home).env("ARISING_TODAY", "2026-11-21").env("ARISING_AUTHOR", "Test");
    let said = command.arg("--register").arg(file).args(arguments).output().expect("arising runs");
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    String::from_utf8(said.stdout).expect("text")
}

/// A register with the demonstration plan, in a folder of this name.
fn register(home: &Path, folder: &str) -> PathBuf {
    let file = home.join(folder).join("board.sqlite");
    std::fs::create_dir_all(home.join(folder)).expect("a folder");
    arising(home, &file, &["import", concat!(env!("CARGO_MANIFEST_DIR"), "/assets/demo/riverside.txt")]);
    file
}

fn open(home: &Path, file: &Path) -> Pty {
    Start::arising(home, &["open", file.to_str().expect("a plain path")]).run()
}

#[test]
fn a_bundle_becomes_the_register_where_there_is_none() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let file = register(here.path(), "board");
    let bundle = there.path().join("board.arising");
    arising(here.path(), &file, &["share", "-o", bundle.to_str().unwrap()]);
    let copy = there.path().join("copy.sqlite");
    for is_dropped in [true, false] {
        let mut pty = open(there.path(), &copy);
        pty.wait_for("fictional plan");
        if is_dropped {
            pty.paste(bundle.to_str().unwrap());
            pty.wait_for("Use it as the register here");
            pty.press("Esc");
            pty.wait_gone("Use it as the register here");
            assert!(!copy.exists(), "looking makes nothing");
            continue;
        }
        pty.press("2");
        pty.type_text(bundle.to_str().unwrap());
        pty.press("Enter");
        pty.wait_for("board.arising is a copy of a register");
        pty.press("Enter");
        pty.wait_for("Merged ");
        pty.wait_for("1.1");
        pty.press("r");
        pty.wait_for("saved");
    }
    arising(there.path(), &copy, &["check"]);
    assert!(arising(there.path(), &copy, &["log", "--merges"]).contains(" from board.arising"));
    arising(here.path(), &file, &["merge", copy.to_str().unwrap()]);
    let lists =
        [(here.path(), &file), (there.path(), &copy)].map(|(home, file)| arising(home, file, &["list", "--json"]));
    assert_eq!(lists[0], lists[1]);
}

#[test]
fn a_register_in_a_synced_folder_opens_with_a_standing_word() {
    let home = tempfile::tempdir().unwrap();
    let file = register(home.path(), "OneDrive - Harbour Council");
    let mut pty = open(home.path(), &file);
    pty.wait_for("This register is in OneDrive, which can replace it while it is open");
    pty.press("j");
    pty.wait_for("2 of 24");
    assert!(pty.screen_text().contains("This register is in OneDrive"), "it stands");
    pty.press("r");
    pty.wait_for("saved");
    let elsewhere = register(home.path(), "board");
    let pty = open(home.path(), &elsewhere);
    pty.wait_for("1.1");
    assert!(!pty.screen_text().contains("can replace it"));
}

#[test]
fn a_file_with_another_key_for_a_known_copy_says_so_on_the_screen() {
    let home = tempfile::tempdir().unwrap();
    let file = register(home.path(), "board");
    arising(home.path(), &file, &["check"]);
    let db = rusqlite::Connection::open(&file).unwrap();
    without_triggers(&db, |db| rechain(db, Forger::WithAnotherKey));
    drop(db);
    let mut pty = open(home.path(), &file);
    pty.wait_for("This is not the register that was here");
    pty.press("j");
    pty.wait_for("2 of 24");
    assert!(pty.screen_text().contains("it names another key for the copy on"), "it stands");
}

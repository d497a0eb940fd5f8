//! What was saved is opened in its own program: a file that stands for the system's opener notes what it is given.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::kit::pty::{PATIENCE, Start};

/// A folder with an opener of either name that writes down its argument, and waits for a key as a careless one would.
fn opener(home: &Path) -> (PathBuf, String) {
    let (bin, note) = (home.join("bin"), home.join("opened.txt"));
    fs::create_dir(&bin).unwrap();
    for name in ["xdg-open", "open"] {
        let script = format!("#!/bin/sh\nprintf '%s\\n' \"$#:$1\" >> '{}'\ncat\n", note.display());
        fs::write(bin.join(name), script).unwrap();
        fs::set_permissions(bin.join(name), fs::Permissions::from_mode(0o755)).unwrap();
    }
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap_or_default());
    (note, path)
}

fn wait_for(note: &Path, words: &str) {
    let end = Instant::now() + PATIENCE;
    while !fs::read_to_string(note).unwrap_or_default().contains(words) {
        assert!(Instant::now() < end, "{words} is not in {:?}", fs::read_to_string(note));
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn import(home: &Path, plan: &Path) -> PathBuf {
    let file = home.join("board.sqlite");
    let mut command = Command::new(env!("CARGO_BIN_EXE_arising"));
    for name in ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "ARISING_REGISTER"] {
        command.env_remove(name);
    }
    command.env("HOME", home).env("ARISING_TODAY", "2026-11-21").env("ARISING_AUTHOR", "Test");
    let done = command.arg("--register").arg(&file).arg("import").arg(plan).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    file
}

#[test]
fn what_was_saved_is_beside_the_imported_plan_and_a_key_opens_it_or_its_folder() {
    let home = tempfile::tempdir().unwrap();
    let home = fs::canonicalize(home.path()).unwrap();
    let plans = home.join("P; x");
    fs::create_dir(&plans).unwrap();
    fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/demo/riverside.txt"), plans.join("riverside.txt")).unwrap();
    let file = import(&home, &plans.join("riverside.txt"));
    let (note, path) = opener(&home);
    let start = Start::arising(&home, &["open", file.to_str().unwrap()]).env("PATH", &path);
    let mut pty = start.run();
    pty.wait_for("1.1");
    pty.press("x");
    pty.wait_for("Show which report?");
    pty.type_text("overdue");
    pty.press("Enter");
    pty.wait_for("Overdue actions");
    pty.press("w");
    pty.wait_for("which kind of file");
    pty.type_text("txt");
    pty.press("Enter");
    pty.wait_for("overdue-riverside-2026-11-21.txt");
    pty.press("Enter");
    pty.wait_for("opens it");
    let written = plans.join("overdue-riverside-2026-11-21.txt");
    assert!(written.is_file(), "it lies beside the plan");
    pty.press("o");
    wait_for(&note, &format!("1:{}\n", written.display()));
    pty.wait_for("Opening");
    pty.press("O");
    wait_for(&note, &format!("1:{}\n", plans.display()));
    pty.press("Esc");
    pty.wait_gone("Overdue actions");
    pty.press("q");
    assert_eq!(pty.exit_code(PATIENCE), 0);
    pty.assert_restored();
}

#[test]
fn a_computer_without_an_opener_says_where_the_file_is() {
    let home = tempfile::tempdir().unwrap();
    let home = fs::canonicalize(home.path()).unwrap();
    let plan = home.join("riverside.txt");
    fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/demo/riverside.txt"), &plan).unwrap();
    let file = import(&home, &plan);
    let empty = home.join("empty");
    fs::create_dir(&empty).unwrap();
    let start = Start::arising(&home, &["open", file.to_str().unwrap()]).env("PATH", empty.to_str().unwrap());
    let mut pty = start.run();
    pty.wait_for("1.1");
    pty.press("D");
    pty.wait_for("By plan");
    pty.press("w");
    pty.wait_for("which kind of file");
    pty.type_text("txt");
    pty.press("Enter");
    pty.wait_for("dashboard-riverside");
    pty.press("Enter");
    pty.wait_for("opens it");
    pty.press("o");
    pty.wait_for("Nothing was opened");
    pty.press("Esc");
    pty.wait_gone("By plan");
    pty.press("q");
    assert_eq!(pty.exit_code(PATIENCE), 0);
}

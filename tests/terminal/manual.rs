//! `arising man` at a terminal: a page to read, never the codes that it is made of.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use crate::kit::desk::Desk;
use crate::kit::pty::Start;

const SOON: Duration = Duration::from_secs(10);

#[test]
fn a_manual_page_is_read_at_a_terminal_and_is_roff_in_a_pipe() {
    let desk = Desk::empty();
    let piped = desk.run(&["man", "progress"]).expect_done().out;
    assert!(piped.contains(".TH") && piped.contains(".SH"), "{piped}");
    let pty = Start::arising(desk.folder(), &["man", "progress"]).env("PATH", "/nowhere").run();
    pty.wait_for("--on <DATE>");
    assert_eq!(pty.exit_code(SOON), 0);
    assert!(!pty.screen_text().contains(".SH"), "{}", pty.screen_text());
}

#[test]
fn the_systems_pager_shows_it_where_there_is_one() {
    let desk = Desk::empty();
    let man = desk.path("man");
    fs::write(&man, "#!/bin/sh\n[ \"$1 $2\" = \"-l -\" ] && read -r first && echo \"paged: $first\"\n").unwrap();
    fs::set_permissions(&man, fs::Permissions::from_mode(0o755)).unwrap();
    let pty = Start::arising(desk.folder(), &["man"]).env("PATH", desk.folder().to_str().unwrap()).run();
    pty.wait_for("paged: ");
    assert_eq!(pty.exit_code(SOON), 0);
    assert!(!pty.screen_text().contains("Usage:"), "{}", pty.screen_text());
}

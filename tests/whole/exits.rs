//! The one way out of the command line.

#[cfg(unix)]
use std::time::Duration;

use super::{HOSTILE, hostile};
use crate::kit::desk::{Desk, Said};
#[cfg(unix)]
use crate::kit::pty::Start;

/// What no printed line holds, whatever was in a register, a path or an argument.
fn is_obeyed(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[track_caller]
fn expect_harmless(said: &Said) {
    for text in [&said.out, &said.err] {
        assert!(!text.contains(is_obeyed), "{text:?}");
    }
}

#[test]
fn no_command_prints_a_code_that_a_terminal_would_obey() {
    let desk = hostile();
    let commands: [&[&str]; 14] = [
        &["list"],
        &["list", "--json"],
        &["show", "1"],
        &["show", "1", "--json"],
        &["plans"],
        &["plans", "--json"],
        &["parties"],
        &["parties", "--json"],
        &["log"],
        &["log", "--json"],
        &["meetings"],
        &["check"],
        &["check", "--json"],
        &["marking"],
    ];
    for command in commands {
        let said = desk.run(command);
        expect_harmless(&said);
        if command.contains(&"--json") {
            serde_json::from_str::<serde_json::Value>(&said.out).unwrap_or_else(|error| panic!("{command:?}: {error}"));
        }
    }
    for report in ["plan", "overdue", "agency", "exceptions", "dashboard", "annual", "changes", "audit", "minutes"] {
        for format in ["txt", "csv", "html", "md", "json"] {
            let said = desk.run(&["report", report, "--format", format]);
            expect_harmless(&said);
            if format == "json" && said.code == 0 {
                serde_json::from_str::<serde_json::Value>(&said.out)
                    .unwrap_or_else(|error| panic!("{report}: {error}"));
            }
        }
    }
}

#[test]
fn a_path_or_an_argument_is_printed_harmless_and_on_one_line() {
    let desk = hostile();
    let code = "a\u{1b}[2Jb\u{9b}c\nSaved d";
    let said = desk.run(&["report", "plan", "--format", "txt", "-o", &format!("{code}.txt")]);
    expect_harmless(&said);
    // Windows allows no control characters in a name, and is told so in one line.
    let expected = if cfg!(windows) { (1, 0, 1) } else { (0, 1, 0) };
    assert_eq!((said.code, said.out.lines().count(), said.err.lines().count()), expected, "{said:?}");
    let arguments: [&[&str]; 6] = [
        &[code],
        &["list", code],
        &["show", code],
        &["report", code],
        &["import", code],
        &["list", "--no-such-option", code],
    ];
    for arguments in arguments {
        let said = desk.run(arguments);
        expect_harmless(&said);
        assert!(said.code > 0 || said.out.lines().all(|line| !line.starts_with("Saved")), "{said:?}");
        assert!(!said.err.lines().any(|line| line.starts_with("Saved")), "{arguments:?}: {}", said.err);
    }
    let named =
        Desk::empty().command(&["--register", &format!("{}.sqlite", HOSTILE.replace('\0', "")), "list"]).output();
    expect_harmless(&Said::from(named.unwrap()));
}

/// Colours are the only codes that a terminal gets.
#[cfg(unix)]
#[test]
fn on_a_terminal_only_our_colours_are_codes() {
    let desk = hostile();
    let pty =
        Start::arising(&desk.path(""), &["list"]).env("ARISING_REGISTER", &desk.register().display().to_string()).run();
    assert_eq!(pty.exit_code(Duration::from_secs(10)), 0);
    let written = String::from_utf8_lossy(&pty.written()).into_owned();
    assert!(written.contains("HYPERLINK"), "{written:?}");
    let colours = ["\u{1b}[91m", "\u{1b}[92m", "\u{1b}[93m", "\u{1b}[96m", "\u{1b}[0m"];
    let rest = colours.iter().fold(written, |rest, colour| rest.replace(colour, ""));
    assert!(!rest.contains(is_obeyed), "{rest:?}");
}

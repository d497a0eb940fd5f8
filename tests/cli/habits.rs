//! What scripts and other people on the machine rely on: exit codes, messages, private files, harmless output.

use std::io::{Read, Write};
use std::process::Stdio;

use crate::kit::desk::{Desk, fixture};

#[test]
fn the_version_says_whether_this_build_can_use_a_network() {
    let said = Desk::empty().run(&["--version"]).expect_done().out;
    let build = if cfg!(feature = "hub") { "with hub" } else { "no network code" };
    assert_eq!(said, format!("arising {} ({build})\n", env!("CARGO_PKG_VERSION")));
    assert_eq!(Desk::empty().run(&["hub"]).code, 2, "a hub without a command, or no such command");
}

#[test]
fn bad_usage_exits_with_2_and_a_refusal_with_1() {
    let desk = Desk::with_plans();
    assert_eq!(desk.run(&["frobnicate"]).code, 2);
    assert_eq!(desk.run(&["rate", "adult-m:1.1"]).code, 2);
    assert_eq!(desk.run(&["list", "--sort", "mood"]).code, 2);
    assert_eq!(desk.run(&["list", "--today", "31/02/2026"]).code, 2);
    desk.run(&["rate", "adult-m:1.1", "purple"]).expect_refused(&["purple", "Green"]);
    desk.run(&["rate", "adult-m:1.1", "green"]).expect_refused(&["already"]);
    desk.run(&["list", "pary:Wexmere"]).expect_refused(&["party"]);
    desk.run(&["list", "party:\"Wexmer Police\""]).expect_refused(&["Wexmere Police"]);
    desk.run(&["undo", "--author", "Nobody Yet"]).expect_refused(&["undo"]);
    desk.run(&["target", "adult-m:1.1", "Oct 202"]).expect_refused(&["target"]);
    desk.run(&["target", "adult-m:1.1", ""]).expect_refused(&["no date was given", "none"]);
    desk.run(&["progress", "adult-m:1.1", "x", "--on", "someday"]).expect_refused(&["someday"]);
    desk.run(&["lead", "adult-m:1.1", "Wexmere Polce"]).expect_refused(&["Wexmere Police", "--new"]);
    desk.run(&["lead", "adult-m:1.1", "Police"]).expect_refused(&["Wexmere Police", "--new"]);
    desk.run(&["lead", "adult-m:1.1", "Coastguard, Lifeboats"]).expect_refused(&["--new"]);
}

#[test]
fn without_a_register_every_command_says_how_to_get_one() {
    let desk = Desk::empty();
    for arguments in [&["list"][..], &["show", "1.1"], &["undo"], &["log"], &["check"], &["backup"], &["plans"]] {
        desk.run(arguments).expect_refused(&["no register", "arising import"]);
    }
    assert!(!desk.register().exists());
}

#[test]
fn every_command_has_help_with_an_example() {
    let desk = Desk::empty();
    let all = desk.run(&["--help"]).expect_done().out;
    for name in [
        "open",
        "demo",
        "init",
        "import",
        "list",
        "show",
        "plans",
        "parties",
        "rate",
        "progress",
        "target",
        "lead",
        "undo",
        "redo",
        "log",
        "check",
        "backup",
        "restore",
        "keys",
        "completions",
        "man",
    ] {
        assert!(all.contains(&format!("  {name} ")), "{name} is not listed: {all}");
        let help = desk.run(&[name, "--help"]).expect_done().out;
        assert!(help.contains("Example") && help.contains("arising "), "{name}: {help}");
    }
    assert!(!all.contains("read-document") && !all.contains("CLOCK"), "inner workings are not for users: {all}");
}

#[test]
fn manual_completions_and_keys_are_printed() {
    let desk = Desk::empty();
    assert!(desk.run(&["man"]).expect_done().out.contains(".TH"));
    assert!(desk.run(&["completions", "bash"]).expect_done().out.contains("_arising"));
    assert!(!desk.run(&["keys"]).expect_done().out.is_empty());
}

#[test]
fn the_screen_without_a_terminal_prints_one_line_and_exits_with_1() {
    let desk = Desk::with_plans();
    for arguments in [&["open"][..], &["demo"], &[]] {
        let said = desk.run(arguments).expect_refused(&["terminal"]);
        assert!(said.out.is_empty() && !said.err.contains('\u{1b}'), "{said:?}");
    }
}

#[cfg(unix)]
#[test]
fn files_are_private_whatever_the_umask() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::empty();
    let register = desk.path("boards/2026/board.sqlite");
    let script = format!("umask 000; exec {} import {}", env!("CARGO_BIN_EXE_arising"), fixture("adult-m.txt"));
    let mut command = std::process::Command::new("sh");
    command.args(["-c", &script]).env_clear().env("HOME", desk.path("home")).env("ARISING_REGISTER", &register);
    assert!(command.output().unwrap().status.success());
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&register), 0o600);
    assert_eq!(mode(&desk.path("boards")), 0o700);
    assert_eq!(mode(&desk.path("boards/2026")), 0o700);
}

#[test]
fn a_document_that_cannot_be_read_leaves_every_byte_as_it_was() {
    let desk = Desk::with_plans();
    let before = std::fs::read(desk.register()).unwrap();
    let garbage: Vec<u8> = (0..60_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    std::fs::write(desk.path("garbage.csv"), &garbage).unwrap();
    std::fs::write(desk.path("empty.txt"), "").unwrap();
    std::fs::write(desk.path("letter.txt"), "Dear Ann,\n\nThank you for your letter.\n").unwrap();
    for name in ["garbage.csv", "empty.txt", "letter.txt", "none.txt"] {
        desk.run(&["import", name]).expect_refused(&[name]);
    }
    desk.run(&["import", "."]).expect_refused(&["folder"]);
    assert_eq!(std::fs::read(desk.register()).unwrap(), before);
}

#[test]
fn readable_documents_are_imported_and_the_exit_code_reports_the_others() {
    let desk = Desk::empty();
    std::fs::write(desk.path("letter.txt"), "Dear Ann,\n").unwrap();
    let said = desk.run(&["import", "letter.txt", &fixture("adult-m.txt")]).expect_refused(&["letter.txt"]);
    assert!(said.out.contains("9 new"), "{said:?}");
    assert_eq!(desk.json(&["plans", "--json"]).as_array().unwrap().len(), 1);
}

#[test]
fn nothing_in_a_document_reaches_the_terminal_raw() {
    let desk = Desk::empty();
    let hostile = std::fs::read_to_string(fixture("adult-m.txt")).unwrap();
    let hostile = hostile
        .replace("listen to fifty", "listen")
        .replace("fifty calls", "fi\u{1b}[2Jfty\u{202e} ca\u{9b}31m\u{200b}lls");
    // Windows allows no control characters in a name.
    let name = if cfg!(windows) { "na[31mme\u{202e}.txt" } else { "na\u{1b}[31mme\u{202e}.txt" };
    std::fs::write(desk.path(name), hostile).unwrap();
    let bad = |text: &str| {
        text.chars().find(|c| *c != '\n' && *c != '\r' && (c.is_control() || "\u{202e}\u{200b}".contains(*c)))
    };
    let said = desk.run(&["import", name]);
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(bad(&said.out), None, "{:?}", said.out);
    for arguments in [
        &["list"][..],
        &["list", "--json"],
        &["list", "--csv"],
        &["show", "5.1"],
        &["show", "5.1", "--json"],
        &["log"],
        &["log", "--json"],
        &["plans"],
        &["plans", "--json"],
        &["parties"],
    ] {
        assert_eq!(bad(&desk.run(arguments).expect_done().out), None, "{arguments:?}");
    }
    for arguments in
        [&["show", "\u{1b}[31m"][..], &["list", "pary:\u{1b}\u{202e}"], &["\u{1b}[2J"], &["import", "\u{9b}31m"]]
    {
        let said = desk.run(arguments);
        assert_ne!(said.code, 0);
        assert_eq!(bad(&said.err), None, "{:?}", said.err);
    }
    let listed = desk.json(&["show", "5.1", "--json"]);
    assert!(listed["text"].as_str().unwrap().starts_with("Listen to fi"), "{listed}");
}

#[test]
fn a_closed_pipe_is_no_error() {
    let desk = Desk::with_plans();
    let mut child = desk.command(&["list", "--json"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""));
}

#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_cannot_be_printed_is_an_error() {
    let desk = Desk::with_plans();
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = desk.command(&["list"]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("Could not print"));
}

#[test]
fn colour_is_only_for_terminals() {
    let desk = Desk::with_plans();
    assert!(!desk.run(&["list"]).expect_done().out.contains('\u{1b}'));
}

#[test]
fn a_sound_register_passes_and_an_altered_history_is_named() {
    let desk = Desk::with_plans();
    desk.run(&["rate", "adult-m:1.1", "red"]).expect_done();
    desk.run(&["check"]).expect_done();
    assert_eq!(desk.json(&["check", "--json"])["ok"], true);
    let mut bytes = std::fs::read(desk.register()).unwrap();
    let at = bytes.windows(12).rposition(|window| window == b"Wexmere Poli").unwrap();
    bytes[at] = b'V';
    std::fs::OpenOptions::new().write(true).open(desk.register()).unwrap().write_all(&bytes).unwrap();
    let said = desk.run(&["check"]);
    assert_eq!(said.code, 1, "{said:?}");
    assert!(!said.err.is_empty());
    assert_ne!(desk.run(&["rate", "adult-m:1.1", "amber"]).code, 0, "nothing is written onto an altered history");
}

#[test]
fn a_doubt_and_a_challenge_have_their_own_marks_in_a_list_as_in_the_walk() {
    let desk = Desk::empty();
    let rows = "Ref,Action,Lead,Target date,Progress,RAG\n\
                1.1,Write to every ward,Wexmere Police,Oct 202,,Green\n\
                1.2,Audit twenty cases,Wexmere Police,Jan 2024,The audit has not started.,Green\n";
    std::fs::write(desk.path("wards.csv"), rows).unwrap();
    desk.run(&["import", "wards.csv"]).expect_done();
    let list = desk.run(&["list"]).expect_done();
    let marked = |reference: &str, mark: &str| {
        list.out.lines().any(|line| line.starts_with(reference) && line.trim_end().ends_with(&format!("  {mark}")))
    };
    assert!(marked("1.1", "~?") && marked("1.2", "?"), "{list:?}");
    assert!(list.out.contains("~ in doubt, ? challenged"), "{list:?}");
}

#[test]
fn a_backup_restores_the_earlier_register() {
    let desk = Desk::with_plans();
    desk.run(&["backup", "-o", "copy.sqlite"]).expect_done();
    desk.run(&["rate", "adult-m:1.1", "red"]).expect_done();
    assert!(!desk.run(&["restore"]).expect_done().out.is_empty());
    desk.run(&["restore", "--anyway", "copy.sqlite"]).expect_done();
    assert_eq!(desk.action("adult-m:1.1")["rating"]["word"], "Green");
    desk.run(&["check"]).expect_done();
    desk.run(&["rate", "adult-m:1.1", "amber"]).expect_done();
}

#[test]
fn an_empty_register_is_created_once() {
    let desk = Desk::empty();
    desk.run(&["init"]).expect_done();
    assert_eq!(desk.run(&["list", "--json"]).expect_done().out, "[]\n");
    desk.run(&["init"]).expect_refused(&["already"]);
}

#[test]
fn a_file_that_is_no_register_is_refused_and_left_alone() {
    let desk = Desk::empty();
    std::fs::write(desk.register(), "not a register at all, but somebody's notes\n".repeat(200)).unwrap();
    let before = std::fs::read(desk.register()).unwrap();
    for arguments in [&["list"][..], &["check"], &["rate", "1.1", "red"]] {
        assert_eq!(desk.run(arguments).code, 1, "{arguments:?}");
    }
    assert_eq!(desk.run(&["import", &fixture("adult-m.txt")]).code, 1);
    assert_eq!(std::fs::read(desk.register()).unwrap(), before);
}

#[test]
fn keys_prints_your_own_keys_and_reports_mistakes_beside_the_built_in_ones() {
    let desk = Desk::empty();
    let data = desk.path("data");
    std::fs::create_dir(&data).unwrap();
    let keys = |text: &str| {
        std::fs::write(data.join("keys.toml"), text).unwrap();
        let said = desk.command(&["keys"]).env("ARISING_DATA", &data).output().unwrap();
        assert!(said.status.success());
        (String::from_utf8(said.stdout).unwrap(), String::from_utf8(said.stderr).unwrap())
    };
    let (out, err) = keys("\"action.progress\" = \"P\"\n");
    assert!(out.contains("  P                  Add a dated progress entry."), "{out}");
    assert_eq!(err, "");
    let (out, err) = keys("\"action.progress\" = \"a\"\n\"nothing\" = \"P\"\n");
    assert!(out.contains("  p                  Add a dated progress entry."), "{out}");
    assert!(err.contains("line 1: `a` for `action.progress` is already the key of `rate.amber`"), "{err}");
    assert!(err.contains("line 2: there is no command `nothing`"), "{err}");
}

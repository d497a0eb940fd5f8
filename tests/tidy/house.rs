//! What every file says of itself, how long it may be, and what may not be written.

use super::assert_none;
use super::source::{Source, sources};

/// Lines that a file and a function may have; tests at a file's end do not count.
const FILE_LINES: usize = 400;
const FUNCTION_LINES: usize = 60;

/// Longer ones, with the reason.
const LONG: [(&str, &str); 0] = [];

/// What may not be written outside tests.
const FORBIDDEN: [&str; 6] = [".unwrap()", ".expect(", "todo!", "unimplemented!", "dbg!", "panic!("];

/// Ways to write to the terminal.
const PRINTING: [&str; 6] = ["println!", "print!", "eprintln!", "eprint!", "io::stdout", "io::stderr"];

/// The files that may use them, and why. Every line that a command prints goes through the first.
const PRINTERS: [(&str, &str); 6] = [
    ("cli/gate.rs", "prints for all commands"),
    ("cli/page.rs", "asks how wide the terminal is"),
    ("import/child/mod.rs", "answers the program that started it"),
    ("run/plain/mod.rs", "says one harmless line at a time, between the questions"),
    ("term/mod.rs", "asks whether there is a terminal"),
    ("term/session.rs", "draws the screen"),
];

#[test]
fn every_printed_line_passes_the_gate() {
    let mut breaches = Vec::new();
    for source in sources().iter().filter(|source| !PRINTERS.iter().any(|(path, _)| *path == source.path)) {
        for (at, code) in source.code.iter().enumerate() {
            let found = PRINTING.iter().find(|word| code.contains(*word));
            breaches.extend(
                found.map(|word| format!("src/{}:{}: `{word}`: print through cli/gate.rs", source.path, at + 1)),
            );
        }
    }
    assert_none(&breaches);
}

#[test]
fn every_file_says_in_its_first_sentence_what_it_is_for() {
    let says = |source: &&Source| {
        let first: Vec<&str> = source.lines.iter().map_while(|line| line.strip_prefix("//!")).collect();
        first.join(" ").contains('.') || first.join(" ").trim_end().ends_with(':')
    };
    let silent: Vec<String> =
        sources().iter().filter(|source| !says(source)).map(|source| source.path.clone()).collect();
    assert_none(&silent);
}

#[test]
fn files_and_functions_stay_short() {
    let mut breaches = Vec::new();
    for source in sources() {
        let has_reason = LONG.iter().any(|(path, reason)| *path == source.path && !reason.is_empty());
        if has_reason {
            continue;
        }
        if source.lines.len() > FILE_LINES {
            breaches.push(format!("src/{}: {} lines", source.path, source.lines.len()));
        }
        breaches.extend(long_functions(&source));
    }
    assert_none(&breaches);
}

/// Functions of more lines than they may have: from the line with `fn` to the closing brace under it.
fn long_functions(source: &Source) -> Vec<String> {
    let mut long = Vec::new();
    for (start, line) in source.code.iter().enumerate() {
        let indent = line.len() - line.trim_start().len();
        let words: Vec<&str> = line.split_whitespace().take(4).collect();
        if !words.contains(&"fn") || line.trim_end().ends_with(';') {
            continue;
        }
        let closes = |line: &String| *line == format!("{}}}", " ".repeat(indent));
        let length = source.code[start..].iter().position(closes).map_or(1, |at| at + 1);
        if length > FUNCTION_LINES && !line.trim_end().ends_with('}') {
            long.push(format!("src/{}:{}: a function of {length} lines", source.path, start + 1));
        }
    }
    long
}

#[test]
fn nothing_panics_outside_tests() {
    let mut breaches = Vec::new();
    for source in sources() {
        for (at, code) in source.code.iter().enumerate() {
            let found = FORBIDDEN.iter().filter(|word| code.contains(*word));
            breaches.extend(found.map(|word| format!("src/{}:{}: `{word}`", source.path, at + 1)));
        }
    }
    assert_none(&breaches);
}

/// Parts in which a new variant of one of our enums must be answered wherever the enum is taken apart.
const ANSWERED: [&str; 2] = ["domain", "wire"];

/// A field or a kind of thing that is new must not fall through an arm for all the rest.
#[test]
fn no_catch_all_arm_over_our_own_enums() {
    let sources = sources();
    let enums: Vec<String> = sources.iter().flat_map(|source| &source.code).filter_map(|code| enum_in(code)).collect();
    assert!(enums.iter().any(|name| name == "Value"), "the enums were not found");
    let mut breaches = Vec::new();
    for source in sources.iter().filter(|source| ANSWERED.contains(&source.layer.as_str())) {
        let found = arms_for_the_rest(&source.code, &enums);
        breaches.extend(found.iter().map(|line| format!("src/{}:{line}: an arm for all other variants", source.path)));
    }
    assert_none(&breaches);
}

fn enum_in(code: &str) -> Option<String> {
    let (_, name) = code.split_once("enum ")?;
    Some(name.chars().take_while(|c| c.is_alphanumeric()).collect())
}

/// The lines with `_ =>` that do nothing, or that stand beside arms for the variants of one of these enums.
fn arms_for_the_rest(code: &[String], enums: &[String]) -> Vec<usize> {
    let depth = |line: &str| line.len() - line.trim_start().len();
    let is_ours = |arm: &str| {
        let pattern = arm.split("=>").next().unwrap_or_default();
        let begins = |name: &String| {
            let after = pattern.split_once(&format!("{name}::")).map_or("", |(_, after)| after);
            after.starts_with(|c: char| c.is_uppercase() || c == '$')
        };
        enums.iter().any(begins)
    };
    let mut found = Vec::new();
    for (at, line) in code.iter().enumerate().filter(|(_, line)| line.trim_start().starts_with("_ =>")) {
        let above = code[..at].iter().rev().filter(|other| !other.trim().is_empty());
        let mut beside =
            above.take_while(|other| depth(other) >= depth(line)).filter(|other| depth(other) == depth(line));
        if line.trim() == "_ => {}" || beside.any(|arm| is_ours(arm)) {
            found.push(at + 1);
        }
    }
    found
}

#[test]
fn a_catch_all_arm_is_found() {
    let (enums, lines) = (["Value".to_owned()], |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>());
    assert_eq!(arms_for_the_rest(&lines("match v {\n  Value::A(_) => f(\n    b,\n  ),\n  _ => c,\n}"), &enums), [5]);
    assert_eq!(arms_for_the_rest(&lines("match 1 {\n  1 => Value::A,\n  _ => Value::B,\n}"), &enums), [0; 0]);
}

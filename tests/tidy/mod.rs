//! The rules of the house, read off the source: who may use whom, how long things may be, and what may not be written.
//!
//! A reader of docs/ARCHITECTURE.md may rely on every statement there about layers, because a breach fails here.

mod circles;
mod named;
mod pipeline;

use std::fs;
use std::path::{Path, PathBuf};

/// A part of the program: where its files are, which other parts it may use, and which crates only it and its like name.
struct Layer {
    name: &'static str,
    may_use: &'static [&'static str],
    crates: &'static [&'static str],
}

const fn layer(name: &'static str, may_use: &'static [&'static str], crates: &'static [&'static str]) -> Layer {
    Layer { name, may_use, crates }
}

/// Every part of the program may use itself and these. `std` is looked at separately: see [`PURE`].
const LAYERS: [Layer; 23] = [
    layer("problem", &[], &[]),
    layer("text", &[], &["unicode_normalization", "unicode_segmentation", "unicode_width"]),
    layer("env", &[], &["chrono"]),
    layer("domain", &["problem", "text"], &["chrono", "unicode_segmentation"]),
    layer("wire", &["domain", "problem"], &["chrono", "postcard", "serde", "serde_json"]),
    layer(
        "import",
        &["domain", "problem", "text", "wire"],
        &[
            "calamine",
            "cfb",
            "chardetng",
            "chrono",
            "csv",
            "encoding_rs",
            "memchr",
            "roxmltree",
            "rustix",
            "serde",
            "serde_json",
            "tempfile",
            "toml",
            "zip",
        ],
    ),
    layer(
        "store",
        &["domain", "problem", "wire"],
        &["chrono", "getrandom", "rusqlite", "rustix", "serde", "serde_json", "sha2", "tempfile", "directories"],
    ),
    layer(
        "app",
        &["domain", "env", "problem", "report", "text"],
        &["chrono", "nucleo_matcher", "unicode_segmentation"],
    ),
    layer(
        "view",
        &["app", "domain", "env", "problem", "report", "text"],
        &["chrono", "ratatui", "unicode_segmentation", "unicode_width"],
    ),
    layer("term", &["app", "problem"], &["crossterm", "memchr", "ratatui", "rustix", "signal_hook", "unicode_width"]),
    layer("desk", &["domain", "env", "problem", "store"], &["chrono"]),
    layer("intake", &["desk", "domain", "env", "import", "problem"], &["chrono"]),
    layer("demo", &["desk", "domain", "env", "import", "intake", "problem"], &["chrono", "serde", "toml"]),
    layer("keys", &["app", "import", "problem"], &["toml"]),
    layer("clock", &["env"], &["chrono"]),
    layer("json", &["domain", "text"], &["chrono", "serde", "serde_json"]),
    layer("writing", &["problem"], &["rustix", "tempfile"]),
    layer("report", &["domain", "json", "problem", "text"], &["chrono", "rust_xlsxwriter", "serde_json", "zip"]),
    layer("docs", ANY, ANY),
    layer("run", ANY, ANY),
    layer("cli", ANY, ANY),
    layer("lib", ANY, &[]),
    layer("main", ANY, &[]),
];

const ANY: &[&str] = &["*"];

/// Crates that exactly these parts or files may name, whatever stands in [`LAYERS`]. `run` only hands the terminal's frame
/// to the view.
const RESERVED: [(&str, &[&str]); 4] = [
    ("rusqlite", &["store"]),
    ("crossterm", &["term"]),
    ("ratatui", &["view", "term", "run"]),
    ("unpdf", &["import/formats/pdf/library.rs"]),
];

/// Parts that touch neither files nor network, start nothing and never ask the clock.
const PURE: [&str; 7] = ["problem", "text", "domain", "json", "report", "app", "view"];
const IMPURE: [&str; 11] = [
    "std::fs",
    "std::net",
    "std::process",
    "std::thread",
    "std::env",
    "std::time",
    "SystemTime::now",
    "Instant::now",
    "Local::now",
    "Utc::now",
    "Local::today",
];

/// Lines that a file and a function may have; tests at a file's end do not count.
const FILE_LINES: usize = 400;
const FUNCTION_LINES: usize = 60;

/// Longer ones, with the reason.
const LONG: [(&str, &str); 0] = [];

/// What may not be written outside tests.
const FORBIDDEN: [&str; 6] = [".unwrap()", ".expect(", "todo!", "unimplemented!", "dbg!", "panic!("];

struct Source {
    /// From `src/`: "domain/apply.rs".
    path: String,
    layer: String,
    /// Without the tests at its end.
    lines: Vec<String>,
    /// Lines of code with comments and the insides of string literals taken out.
    code: Vec<String>,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    collect(&root, &mut found);
    found.sort();
    found.iter().filter(|path| !is_test_only(path)).map(|path| Source::read(&root, path)).collect()
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of the source") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Files that only tests compile: `tests.rs`, and modules declared under `#[cfg(test)]`.
fn is_test_only(path: &Path) -> bool {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let folder = path.parent().expect("a file is in a folder");
    let in_tests = path.components().any(|part| part.as_os_str() == "tests");
    let parents = [folder.join("mod.rs"), folder.join("lib.rs"), folder.with_extension("rs")];
    let declared = parents.iter().filter_map(|parent| fs::read_to_string(parent).ok()).any(|text| {
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        lines.windows(2).any(|pair| {
            let name = pair[1].trim_start_matches("pub ").trim_start_matches("pub(crate) ");
            pair[0] == "#[cfg(test)]" && name == format!("mod {stem};")
        })
    });
    stem == "tests" || in_tests || declared
}

impl Source {
    fn read(root: &Path, path: &Path) -> Source {
        let text = fs::read_to_string(path).expect("a readable file");
        let path = path.strip_prefix(root).expect("under src").to_string_lossy().replace('\\', "/");
        let layer = path.split('/').next().unwrap_or_default().trim_end_matches(".rs").to_owned();
        let lines: Vec<String> = text.lines().map(ToOwned::to_owned).collect();
        let end = lines.windows(2).position(|pair| pair[0] == "#[cfg(test)]" && pair[1].starts_with("mod tests"));
        let lines = lines[..end.unwrap_or(lines.len())].to_vec();
        let code = lines.iter().map(|line| without_words(line)).collect();
        Source { path, layer, lines, code }
    }

    /// None for a file in no part that the table knows, which is a breach of its own.
    fn layer(&self) -> Option<&'static Layer> {
        LAYERS.iter().find(|layer| layer.name == self.layer)
    }
}

/// The line without its comment and without what stands between quotation marks.
fn without_words(line: &str) -> String {
    let mut code = String::new();
    let mut in_text = false;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if in_text => {
                chars.next();
            }
            '"' => in_text = !in_text,
            '\'' if !in_text && chars.clone().nth(1) == Some('\'') => {
                chars.nth(1);
            }
            '/' if !in_text && chars.peek() == Some(&'/') => break,
            c if !in_text => code.push(c),
            _ => {}
        }
    }
    code
}

fn allows(list: &[&str], name: &str) -> bool {
    list == ANY || list.contains(&name)
}

/// The parts of the program that a line names: `crate::store`, and in nested lists `crate::{desk, store::Access}`.
fn parts_named(code: &str) -> Vec<String> {
    let mut named = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        if let Some(list) = rest.strip_prefix('{') {
            named.extend(top_level(list).iter().map(|item| first_name(item)));
        } else {
            named.push(first_name(rest));
        }
    }
    named
}

/// The items of a list up to its closing brace.
fn top_level(list: &str) -> Vec<String> {
    let mut items = vec![String::new()];
    let mut depth = 0;
    for c in list.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => items.push(String::new()),
            c if depth == 0 => items.last_mut().expect("never empty").push(c),
            _ => {}
        }
    }
    items
}

fn first_name(path: &str) -> String {
    path.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// Crates of ours that a line names as the start of a path.
fn crates_named<'a>(code: &str, crates: &'a [String]) -> Vec<&'a str> {
    let is_start = |at: usize| !code[..at].ends_with(|c: char| c.is_alphanumeric() || "_:".contains(c));
    let names = |name: &String| code.match_indices(&format!("{name}::")).any(|(at, _)| is_start(at));
    crates.iter().filter(|name| names(name)).map(String::as_str).collect()
}

/// Whole `use` statements on one line each, other lines as they are.
fn statements(code: &[String]) -> Vec<(usize, String)> {
    let mut joined: Vec<(usize, String)> = Vec::new();
    let mut open = false;
    for (at, line) in code.iter().enumerate() {
        let starts = line.trim_start().starts_with("use ") || line.trim_start().starts_with("pub use ");
        match joined.last_mut() {
            Some((_, statement)) if open => statement.push_str(line.trim()),
            _ => joined.push((at + 1, line.clone())),
        }
        open = (open || starts) && !line.contains(';');
    }
    joined
}

fn our_crates() -> Vec<String> {
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).expect("Cargo.toml");
    let mut section = String::new();
    let mut crates = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            line.clone_into(&mut section);
        } else if section.ends_with("dependencies]")
            && let Some((name, _)) = line.split_once('=')
        {
            crates.push(name.trim().replace('-', "_"));
        }
    }
    crates
}

fn assert_none(breaches: &[String]) {
    assert!(breaches.is_empty(), "\n{}\n", breaches.join("\n"));
}

#[test]
fn every_file_belongs_to_a_part() {
    let strays = sources().into_iter().filter(|source| source.layer().is_none());
    assert_none(
        &strays.map(|source| format!("src/{}: add `{}` to the table", source.path, source.layer)).collect::<Vec<_>>(),
    );
}

#[test]
fn no_part_uses_what_is_above_it() {
    let mut breaches = Vec::new();
    for source in sources() {
        let Some(layer) = source.layer() else { continue };
        for (line, code) in statements(&source.code) {
            for part in parts_named(&code) {
                let known = LAYERS.iter().any(|layer| layer.name == part);
                if known && part != layer.name && !allows(layer.may_use, &part) {
                    breaches.push(format!("src/{}:{line}: `{}` may not use `{part}`", source.path, layer.name));
                }
            }
        }
    }
    assert_none(&breaches);
}

#[test]
fn each_crate_is_named_only_where_it_belongs() {
    let crates = our_crates();
    assert!(crates.contains(&"rusqlite".to_owned()), "the manifest was not understood");
    let mut breaches = Vec::new();
    for source in sources() {
        let Some(layer) = source.layer() else { continue };
        for (line, code) in statements(&source.code) {
            for name in crates_named(&code, &crates) {
                let reserved = RESERVED.iter().find(|(reserved, _)| *reserved == name);
                let is_here = |who: &&str| [layer.name, source.path.as_str()].contains(who);
                let allowed = reserved.map_or_else(|| allows(layer.crates, name), |(_, who)| who.iter().any(is_here));
                if !allowed {
                    breaches
                        .push(format!("src/{}:{line}: `{}` may not name the crate `{name}`", source.path, layer.name));
                }
            }
        }
    }
    assert_none(&breaches);
}

#[test]
fn what_is_pure_asks_neither_files_nor_the_clock() {
    let mut breaches = Vec::new();
    for source in sources().iter().filter(|source| PURE.contains(&source.layer.as_str())) {
        for (line, code) in statements(&source.code) {
            breaches.extend(
                IMPURE
                    .iter()
                    .filter(|impure| code.contains(*impure))
                    .map(|impure| format!("src/{}:{line}: `{impure}` in `{}`", source.path, source.layer)),
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
fn nothing_is_longer_than_can_be_read() {
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
fn nothing_gives_up_where_it_should_answer() {
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
fn no_arm_takes_whatever_variants_are_left() {
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

/// docs/ARCHITECTURE.md names the test behind each promise; a name that no test has would be an empty promise.
#[test]
fn every_test_that_the_map_names_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let map = fs::read_to_string(root.join("docs/ARCHITECTURE.md")).expect("the map");
    let (_, invariants) = map.split_once("## What must stay true").expect("the table of invariants");
    let table = invariants.lines().filter(|line| line.starts_with("| ")).skip(1);
    let named: Vec<&str> = table.filter_map(|row| row.rsplit(" | ").next()).flat_map(quoted).collect();
    assert!(named.len() > 10, "the table was not understood");
    let mut files = Vec::new();
    collect(&root.join("src"), &mut files);
    collect(&root.join("tests"), &mut files);
    let code: String = files.iter().map(|file| fs::read_to_string(file).expect("a readable file")).collect();
    let missing = named.iter().filter(|name| !code.contains(&format!("fn {name}(")));
    assert_none(
        &missing.map(|name| format!("docs/ARCHITECTURE.md names {name}, which no test is called")).collect::<Vec<_>>(),
    );
}

fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

#[test]
fn the_checks_themselves_see_a_breach() {
    assert_eq!(parts_named("use crate::{desk, store::{Access, Store}};"), ["desk", "store"]);
    assert_eq!(parts_named("fn f(x: &crate::app::key::Key) {"), ["app"]);
    let crates = ["rusqlite".to_owned(), "serde".to_owned()];
    assert_eq!(crates_named("use rusqlite::Connection;", &crates), ["rusqlite"]);
    assert!(crates_named("use serde_json::Value; mod_serde::x", &crates).is_empty());
    assert_eq!(without_words(r#"a("crate::b \" c") // crate::d"#), "a()  ".trim_end().to_owned() + " ");
    let (enums, lines) = (["Value".to_owned()], |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>());
    assert_eq!(arms_for_the_rest(&lines("match v {\n  Value::A(_) => f(\n    b,\n  ),\n  _ => c,\n}"), &enums), [5]);
    assert_eq!(arms_for_the_rest(&lines("match 1 {\n  1 => Value::A,\n  _ => Value::B,\n}"), &enums), [0; 0]);
    assert_eq!(statements(&["use a::{".into(), "    b,".into(), "};".into(), "c".into()]).len(), 2);
}

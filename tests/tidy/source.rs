//! The source as the rules see it: files, lines without comments and words, and the names in them.

use std::fs;
use std::path::{Path, PathBuf};

use super::layers::{LAYERS, Layer};

pub struct Source {
    /// From `src/`: "domain/apply.rs".
    pub path: String,
    pub layer: String,
    /// Without the tests at its end.
    pub lines: Vec<String>,
    /// Lines of code with comments and the insides of string literals taken out.
    pub code: Vec<String>,
}

pub fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    collect(&root, &mut found);
    found.sort();
    let found = found.iter().filter(|path| !is_test_only(&root, path));
    let found: Vec<Source> = found.map(|path| Source::read(&root, path)).collect();
    assert!(found.len() > 100, "the source was not found");
    found
}

pub fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
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
fn is_test_only(root: &Path, path: &Path) -> bool {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let folder = path.parent().expect("a file is in a folder");
    let below = path.strip_prefix(root).expect("under src");
    let in_tests = below.components().any(|part| part.as_os_str() == "tests");
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
    pub fn layer(&self) -> Option<&'static Layer> {
        LAYERS.iter().find(|layer| layer.name == self.layer)
    }
}

/// The line without its comment and without what stands between quotation marks.
pub fn without_words(line: &str) -> String {
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

/// The parts of the program that a line names: `crate::store`, and in nested lists `crate::{desk, store::Access}`.
pub fn parts_named(code: &str) -> Vec<String> {
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
pub fn top_level(list: &str) -> Vec<String> {
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

pub fn first_name(path: &str) -> String {
    path.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// Crates of ours that a line names as the start of a path.
pub fn crates_named<'a>(code: &str, crates: &'a [String]) -> Vec<&'a str> {
    let is_start = |at: usize| !code[..at].ends_with(|c: char| c.is_alphanumeric() || "_:".contains(c));
    let names = |name: &String| code.match_indices(&format!("{name}::")).any(|(at, _)| is_start(at));
    crates.iter().filter(|name| names(name)).map(String::as_str).collect()
}

/// Whole `use` statements on one line each, other lines as they are.
pub fn statements(code: &[String]) -> Vec<(usize, String)> {
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

#[test]
fn the_checks_themselves_see_a_breach() {
    assert_eq!(parts_named("use crate::{desk, store::{Access, Store}};"), ["desk", "store"]);
    assert_eq!(parts_named("fn f(x: &crate::app::key::Key) {"), ["app"]);
    let crates = ["rusqlite".to_owned(), "serde".to_owned()];
    assert_eq!(crates_named("use rusqlite::Connection;", &crates), ["rusqlite"]);
    assert!(crates_named("use serde_json::Value; mod_serde::x", &crates).is_empty());
    assert_eq!(without_words(r#"a("crate::b \" c") // crate::d"#), "a()  ".trim_end().to_owned() + " ");
    assert_eq!(statements(&["use a::{".into(), "    b,".into(), "};".into(), "c".into()]).len(), 2);
}

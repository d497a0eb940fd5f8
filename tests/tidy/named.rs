//! What the documents for contributors name between backquotes: a file that they send a reader to must be there, and so
//! must a module, a type or a table.

use std::fs;
use std::path::{Path, PathBuf};

use super::assert_none;
use super::layers::LAYERS;
use super::map::quoted;

const PAPERS: [&str; 2] = ["CONTRIBUTING.md", "docs/ARCHITECTURE.md"];

#[test]
fn every_path_that_the_documents_name_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut missing = Vec::new();
    for paper in PAPERS {
        let text = fs::read_to_string(root.join(paper)).expect("a paper");
        let named: Vec<&str> = prose(&text).flat_map(quoted).collect();
        assert!(named.iter().any(|name| is_file(name)), "{paper} was not understood");
        let is_missing = |name: &&&str| {
            is_file(name) && !root.join(name).exists() || is_module(name) && !has_module(&root.join("src"), name)
        };
        missing
            .extend(named.iter().filter(is_missing).map(|name| format!("{paper} names `{name}`, which is not there")));
    }
    assert_none(&missing);
}

/// Lines outside blocks of code.
fn prose(text: &str) -> impl Iterator<Item = &str> {
    text.split("```").step_by(2).flat_map(str::lines)
}

/// A file of the user's own, in the data folder and not in the repository.
const OF_THE_USER: &str = "keys.toml";

/// `tests/fuzz/run`, `deny.toml`, and not a comment's sign, a command of several words or a made-up name with a `<` in it.
fn is_file(name: &str) -> bool {
    let is_path = name.contains('/') || [".rs", ".md", ".toml"].iter().any(|ending| name.ends_with(ending));
    is_path && name != OF_THE_USER && !name.starts_with('/') && !name.contains([' ', '<', '{', '*', ':', '…'])
}

/// `report::REPORTS`, of a part of the program.
fn is_module(name: &str) -> bool {
    let part = name.split_once("::").map(|(part, _)| part);
    part.is_some_and(|part| LAYERS.iter().any(|layer| layer.name == part))
}

/// Whether the path leads through modules to one, or to a word in the last of them.
fn has_module(src: &Path, name: &str) -> bool {
    let (mut folder, mut file) = (src.to_owned(), src.join("lib.rs"));
    for segment in name.split("::") {
        let own: [PathBuf; 2] = [folder.join(format!("{segment}.rs")), folder.join(segment).join("mod.rs")];
        match own.into_iter().find(|path| path.exists()) {
            Some(path) => (folder, file) = (folder.join(segment), path),
            None => return holds(&file, segment) || holds_in(&folder, segment),
        }
    }
    true
}

fn holds_in(folder: &Path, word: &str) -> bool {
    let files = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    files.map(|file| file.path()).any(|file| holds(&file, word))
}

fn holds(file: &Path, word: &str) -> bool {
    let is_defined = |line: &str| {
        ["fn", "struct", "enum", "const", "static", "trait", "type", "mod"]
            .iter()
            .any(|kind| line.split_once(&format!("{kind} {word}")).is_some_and(|(_, rest)| !rest.starts_with(is_name)))
    };
    fs::read_to_string(file).is_ok_and(|text| text.lines().any(is_defined))
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[test]
fn the_check_of_names_sees_what_is_missing() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    assert!(has_module(&src, "report::REPORTS") && has_module(&src, "report"));
    assert!(!has_module(&src, "report::REPORT") && !has_module(&src, "reports::x"));
    assert!(is_file("docs/FORMAT.md") && is_file("deny.toml") && !is_file("cargo test") && !is_file("src/<name>.rs"));
}

//! The importer is a pipeline: no step uses a later one, and a format is a row of one table.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::assert_none;
use super::source::{first_name, sources, statements, top_level};

/// The files and folders of `src/import`, each before those that may use it. `mod` is the file of the whole.
const STEPS: [&str; 10] =
    ["table", "options", "limits", "words", "cells", "tables", "formats", "draft", "mod", "child"];

/// Reports and the screens that offer them write some of the formats that the importer reads.
const WRITERS: [&str; 2] = ["report/mod.rs", "app/commands/paper/file.rs"];

/// The place in [`STEPS`] of a file or folder; none for what the file of the whole declares itself.
fn step(name: &str) -> Option<usize> {
    STEPS.iter().position(|step| *step == name)
}

/// What a line of the importer names in it: `words` in `crate::import::words::clean`.
fn steps_named(code: &str) -> Vec<String> {
    let mut named = Vec::new();
    for (at, prefix) in code.match_indices("crate::import") {
        let Some(rest) = code[at + prefix.len()..].strip_prefix("::") else { continue };
        match rest.strip_prefix('{') {
            Some(list) => named.extend(top_level(list).iter().map(|item| first_name(item))),
            None => named.push(first_name(rest)),
        }
    }
    named
}

#[test]
fn no_step_of_the_importer_uses_a_later_one() {
    let whole = step("mod").expect("a step");
    let mut breaches = Vec::new();
    let mut seen = BTreeSet::new();
    for source in sources() {
        let Some(path) = source.path.strip_prefix("import/") else { continue };
        let own = path.split('/').next().unwrap_or_default().trim_end_matches(".rs");
        let Some(place) = step(own) else {
            breaches.push(format!("src/{}: give `{own}` its place in the table", source.path));
            continue;
        };
        seen.insert(own.to_owned());
        for (line, code) in statements(&source.code) {
            for name in steps_named(&code) {
                if step(&name).unwrap_or(whole) > place {
                    breaches.push(format!("src/{}:{line}: `{own}` may not use `{name}`", source.path));
                }
            }
            // From a step's own file, `super` is the whole.
            let is_top = path == format!("{own}.rs") || path == format!("{own}/mod.rs");
            if is_top && place < whole && code.trim_start().starts_with("use super::") {
                let name = first_name(code.trim_start().trim_start_matches("use super::"));
                if step(&name).unwrap_or(whole) > place {
                    breaches.push(format!("src/{}:{line}: `{own}` may not use `{name}`", source.path));
                }
            }
        }
    }
    assert_eq!(seen.len(), STEPS.len(), "a step of the table is no file or folder: {seen:?}");
    assert_none(&breaches);
}

#[test]
fn file_extensions_are_named_in_the_table_of_formats_only() {
    let endings: Vec<&str> = arising::import::endings().flatten().copied().collect();
    assert!(endings.contains(&"docx"), "the table of formats was not understood");
    let is_document = arising::import::is_document;
    assert!(endings.iter().all(|ending| is_document(&format!("plans/Plan.{}", ending.to_uppercase()))));
    assert!(!is_document("notes.txt/plan") && !is_document("plan.exe"));
    let mut breaches = Vec::new();
    for source in sources().iter().filter(|source| source.path != "import/mod.rs") {
        let is_named = |ending: &&&str| source.lines.iter().any(|line| line.contains(&format!("\"{ending}\"")));
        let named: Vec<&&str> = endings.iter().filter(is_named).collect();
        if named.len() > 2 && !WRITERS.contains(&source.path.as_str()) {
            breaches.push(format!("src/{}: names {named:?}; ask `import::endings`", source.path));
        }
    }
    assert_none(&breaches);
}

#[test]
fn the_readme_names_every_format_that_is_read() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("README.md");
    let usual = arising::import::endings().filter_map(|endings| endings.first());
    let missing = usual.filter(|ending| !readme.contains(&format!(".{ending}")));
    assert_none(&missing.map(|ending| format!("README.md does not say that .{ending} is read")).collect::<Vec<_>>());
}

#[test]
fn the_checks_of_the_importer_see_a_breach() {
    assert_eq!(steps_named("use crate::import::words::clean;"), ["words"]);
    assert_eq!(steps_named("use crate::import::{Options, draft::json};"), ["Options", "draft"]);
    assert!(steps_named("use crate::domain::draft::Draft;").is_empty());
    assert!(step("formats") > step("tables") && step("look").is_none());
}

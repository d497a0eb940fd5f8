//! Every promise in docs/ARCHITECTURE.md has a test.

use std::fs;
use std::path::Path;

use super::assert_none;
use super::source::collect;

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

pub fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

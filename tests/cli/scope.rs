//! The scope of a recommendation, from the column of the Home Office's template to everything that shows it.

use arising::domain::particular::{Nature, Particular};
use arising::import::words::roles::role_names;
use serde_json::Value;

use crate::kit::desk::{Desk, fixture};

const PLAN: &str = "dhr_template.md";

fn desk() -> Desk {
    let desk = Desk::empty();
    desk.run(&["import", &fixture(PLAN), "--plan", "harriet"]).expect_done();
    desk
}

/// The same document with some of its words replaced, read as a later version.
fn later(desk: &Desk, words: &[(&str, &str)]) -> String {
    let text = std::fs::read_to_string(fixture(PLAN)).unwrap();
    let text = words.iter().fold(text, |text, (old, new)| {
        assert!(text.contains(old), "{old}");
        text.replace(old, new)
    });
    let path = desk.path("later.md");
    std::fs::write(&path, text).unwrap();
    path.display().to_string()
}

fn scope(desk: &Desk, reference: &str) -> Value {
    desk.action(reference)["recommendation"]["scope"].clone()
}

fn scopes(desk: &Desk) -> Vec<Value> {
    ["1.1", "2.1", "3.1", "4.1", "5.1"].iter().map(|reference| scope(desk, reference)).collect()
}

#[test]
fn the_column_is_read_as_one_of_three_words_or_as_written() {
    let desk = desk();
    assert_eq!(
        scopes(&desk),
        ["Local", "Regional", "National", "Marsh Vale and Fenwick"]
            .map(Value::from)
            .into_iter()
            .chain([Value::Null])
            .collect::<Vec<_>>()
    );
    let shown = desk.run(&["show", "2.1"]).expect_done().out;
    assert!(shown.contains("Scope           Regional"), "{shown}");
}

#[test]
fn a_filter_finds_it_in_any_spelling() {
    let desk = desk();
    assert_eq!(desk.references(&["scope:national"]), ["3.1"]);
    assert_eq!(desk.references(&["scope:local,regional"]), ["1.1", "1.2", "2.1"]);
    assert_eq!(desk.references(&["scope:\"Marsh Vale and Fenwick\""]), ["4.1"]);
    assert_eq!(desk.references(&["scope:none"]), ["5.1"]);
    assert_eq!(desk.references(&["-scope:local", "rating:red"]), ["4.1"]);
    assert_eq!(desk.references(&["fenwick"]), ["4.1"]);
    desk.run(&["list", "scoop:national"]).expect_refused(&["scope:"]);
}

#[test]
fn a_later_version_changes_it_and_an_empty_cell_does_not() {
    let desk = desk();
    let before = scopes(&desk);
    let file = later(&desk, &[("Regional recommendation", "national"), ("| Marsh Vale and Fenwick |", "|  |")]);
    let said = desk.run(&["import", &file, "--plan", "harriet"]).expect_done().out;
    assert!(said.contains("2 scope: in the register “Regional”, in the document “National”"), "{said}");
    assert!(
        said.contains(
            "4 scope: in the register “Marsh Vale and Fenwick”, in the document “” (empty in the document, so kept)"
        ),
        "{said}"
    );
    assert_eq!((scope(&desk, "2.1"), scope(&desk, "4.1")), ("National".into(), "Marsh Vale and Fenwick".into()));
    desk.run(&["undo"]).expect_done();
    assert_eq!(scopes(&desk), before);
}

#[test]
fn the_view_and_the_reports_have_a_column_of_it() {
    let desk = desk();
    let path = desk.path("annual.csv");
    desk.run(&["report", "annual", "--format", "csv", "--output", &path.display().to_string()]).expect_done();
    let annual = std::fs::read_to_string(&path).unwrap();
    assert!(annual.contains("Scope") && annual.contains("Marsh Vale and Fenwick"), "{annual}");
    let path = desk.path("plan.docx");
    desk.run(&["report", "plan", "--format", "docx", "--output", &path.display().to_string()]).expect_done();
    let back = Desk::empty();
    back.run(&["import", &path.display().to_string(), "--plan", "harriet"]).expect_done();
    assert_eq!(scopes(&back), scopes(&desk));
}

#[test]
fn a_plan_without_scopes_does_not_mention_them() {
    let desk = Desk::with_plans();
    assert_eq!(desk.action("adult-m:1.1")["recommendation"]["scope"], Value::Null);
    let path = desk.path("annual.txt");
    desk.run(&["report", "annual", "--format", "txt", "--output", &path.display().to_string()]).expect_done();
    assert!(!std::fs::read_to_string(&path).unwrap().contains("Scope"));
}

/// What the help leaves out, no one would ever type.
#[test]
fn the_help_names_every_field_of_a_column_and_every_term_of_a_filter() {
    let desk = Desk::empty();
    let import = desk.run(&["import", "--help"]).expect_done().out;
    for field in role_names() {
        let forms = [format!("{field},"), format!(" {field}\n"), format!("+{field} ")];
        assert!(forms.iter().any(|form| import.contains(form)), "{field}");
    }
    let filters = desk.run(&["--help"]).expect_done().out;
    for term in Particular::ALL.iter().filter(|particular| particular.nature() == Nature::Term) {
        assert!(filters.contains(&format!(" {}:", term.key())), "{term:?}");
    }
}

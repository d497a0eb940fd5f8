//! docs/FORMAT.md is what the program writes: every line in it is read and printed again, letter for letter.

use std::collections::BTreeSet;
use std::mem::discriminant;

use arising::domain::change::{Cause, Kind, Op, Value};
use arising::wire::{bundle, cause, line};

const FORMAT: &str = include_str!("../../docs/FORMAT.md");

/// The lines of JSON under a heading.
fn golden(heading: &str) -> Vec<&'static str> {
    let section = FORMAT.split("\n## ").find(|section| section.starts_with(heading)).unwrap();
    let block = section.split("```json\n").nth(1).unwrap().split("```").next().unwrap();
    block.lines().collect()
}

#[test]
fn every_thing_is_read_and_printed_again() {
    let mut kinds = BTreeSet::new();
    for text in golden("Items") {
        let op = line::parse(text);
        let Op::Add { kind, .. } = &op else { panic!("not understood: {text}") };
        kinds.insert(match kind {
            Kind::Plan => 0,
            Kind::Party => 1,
            Kind::Finding { .. } => 2,
            Kind::Recommendation { .. } => 3,
            Kind::Action { .. } => 4,
            Kind::Entry { .. } => 5,
            Kind::Meeting => 6,
            Kind::Minute { .. } => 7,
        });
        assert_eq!(line::print(&op).unwrap(), text);
    }
    assert_eq!(kinds.len(), 8, "a line for every kind");
}

#[test]
fn every_field_is_read_and_printed_again() {
    let mut fields = Vec::new();
    for text in golden("Fields") {
        let op = line::parse(text);
        let Op::Set { value, .. } = &op else { panic!("not understood: {text}") };
        assert!(text.contains(&format!("\"{}\":", value.log_name())));
        if !fields.contains(&discriminant(value)) {
            fields.push(discriminant(value));
        }
        assert_eq!(line::print(&op).unwrap(), text);
    }
    assert_eq!(fields.len(), Value::NAMES.len(), "a line for every field");
}

#[test]
fn every_cause_is_read_and_printed_again() {
    let lines = golden("Causes");
    assert_eq!(lines.len(), 5);
    for text in &lines {
        assert_eq!(cause::print(&cause::parse(text)).unwrap(), *text);
    }
    assert_eq!(cause::parse("{\"kind\":\"bulk\",\"of\":3}"), Cause::Edit, "a newer version's cause counts as an edit");
}

#[test]
fn what_a_newer_version_wrote_is_kept_word_for_word() {
    for text in golden("Lines from a newer version") {
        let op = line::parse(text);
        assert_eq!(op, Op::Unknown { body: text.into() });
        assert_eq!(line::print(&op).unwrap(), text);
    }
}

#[test]
fn ids_and_dates_that_do_not_exist_are_not_guessed() {
    for text in [
        r#"{"on":"ab.7","set":{"rating":"Amber"},"replaces":[]}"#,
        r#"{"on":"00000000000000ab.7","set":{"as_at":"2026-02-30"},"replaces":[]}"#,
        r#"{"on":"00000000000000ab.7","set":{"rating":7},"replaces":[]}"#,
        r#"{"add":{"entry":{"action":"00000000000000ab.5","said":{"date":"2026-13","text":"","by":null,"origin":"written"}}},"values":{}}"#,
        "not even JSON",
        "",
    ] {
        assert_eq!(line::parse(text), Op::Unknown { body: text.into() });
    }
}

#[test]
fn the_order_of_members_does_not_matter() {
    let op = line::parse(r#"{"replaces":[],"set":{"rating":"Amber"},"on":"00000000000000ab.7"}"#);
    assert!(matches!(op, Op::Set { value: Value::Rating(Some(_)), .. }));
}

#[test]
fn every_line_of_a_bundle_is_read_and_printed_again() {
    let lines = golden("Bundles");
    let (manifests, rest): (Vec<&str>, Vec<&str>) = lines.into_iter().partition(|line| line.starts_with("{\"uuid\""));
    assert_eq!((manifests.len(), rest.len()), (2, 4));
    for text in manifests {
        assert_eq!(bundle::print(&bundle::manifest(text).unwrap()).unwrap(), text);
    }
    for text in rest {
        assert_eq!(bundle::print(&bundle::line(text).unwrap()).unwrap(), text);
    }
}

#[test]
fn an_erasure_is_read_and_printed_again() {
    for text in golden("Erasures") {
        let op = line::parse(text);
        assert!(matches!(&op, Op::Erase { restated, .. } if restated.len() == 1), "{op:?}");
        assert_eq!(line::print(&op).unwrap(), text);
    }
}

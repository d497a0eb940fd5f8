//! Every format stays well-formed, whatever a plan's texts hold.

use super::{hostile, parts};

/// What XML 1.0 forbids, and what Unicode never makes a character.
fn is_forbidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
        || matches!(c, '\u{fdd0}'..='\u{fdef}')
        || u32::from(c) & 0xfffe == 0xfffe
}

#[test]
fn no_format_holds_a_character_that_it_forbids() {
    let desk = hostile();
    for report in ["plan", "agency", "dashboard", "annual", "audit", "exceptions"] {
        for format in ["docx", "xlsx", "html", "csv", "txt", "json", "md"] {
            let name = format!("{report}.{format}");
            let filter: &[&str] = if report == "agency" { &["party:Police"] } else { &[] };
            let said = desk.run(&[&["report", report, "--format", format, "-o", &name], filter].concat());
            if report == "agency" && said.code != 0 {
                continue;
            }
            assert_eq!(said.code, 0, "{name}: {said:?}");
            for (part, text) in parts(&std::fs::read(desk.path(&name)).unwrap()) {
                assert!(!text.contains(is_forbidden), "{name}: {part}");
                if part.rsplit('.').next().is_some_and(|kind| kind == "xml" || kind == "rels") {
                    roxmltree::Document::parse(&text).unwrap_or_else(|error| panic!("{name}: {part}: {error}"));
                }
            }
            let bytes = std::fs::read(desk.path(&name)).unwrap();
            match format {
                "json" => drop(serde_json::from_slice::<serde_json::Value>(&bytes).unwrap()),
                "csv" => {
                    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(&bytes[3..]);
                    assert!(reader.records().all(|record| record.is_ok()), "{name}");
                }
                "xlsx" | "docx" if report == "plan" => {
                    let again = desk.run(&["import", "--dry-run", &name]);
                    assert!(again.code == 0 || again.err.contains("no plan"), "{name}: {again:?}");
                }
                _ => {}
            }
        }
    }
}

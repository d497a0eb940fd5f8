//! What is fuzzed, by name. `tests/reading/corpus.rs` runs the kept inputs through the same functions.

use arising::domain::date_text;
use arising::import::{self, Options};
use arising::problem::Problem;
use chrono::NaiveDate;

use super::{copies, rows, truths, whole};

/// Takes any bytes; panics where something does not hold.
pub type Run = fn(&[u8]);

/// One part of the program and how it is given bytes.
pub struct Target {
    pub name: &'static str,
    pub run: Run,
}

/// A new reader gets a row here, and a folder with its name in `corpus`.
pub const TARGETS: [Target; 17] = [
    // Whole files of every kind, under a name that says nothing.
    Target { name: "file", run: |bytes| document("plan", bytes) },
    Target { name: "docx", run: |bytes| document("plan.docx", &whole::docx(bytes)) },
    Target { name: "odt", run: |bytes| document("plan.odt", &whole::odt(bytes)) },
    Target { name: "doc", run: |bytes| document("plan.doc", &whole::doc(bytes)) },
    Target { name: "xlsx", run: |bytes| document("plan.xlsx", &whole::xlsx(bytes)) },
    Target { name: "ods", run: |bytes| document("plan.ods", &whole::ods(bytes)) },
    Target { name: "xls", run: |bytes| document("plan.xls", &whole::xls(bytes)) },
    Target { name: "pdf", run: |bytes| document("plan.pdf", &whole::pdf(bytes)) },
    Target { name: "csv", run: |bytes| document("plan.csv", bytes) },
    Target { name: "markdown", run: |bytes| document("plan.md", bytes) },
    Target { name: "json", run: |bytes| document("plan.json", bytes) },
    Target { name: "text", run: |bytes| document("plan.txt", bytes) },
    Target { name: "mail", run: |bytes| document("answer.eml", bytes) },
    Target { name: "dates", run: dates },
    Target { name: "leads", run: truths::leads },
    Target { name: "bundle", run: copies::merge },
    Target { name: "rows", run: rows::merge },
];

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 31).expect("a date")
}

fn document(name: &str, bytes: &[u8]) {
    let options = Options { today: today(), ..Options::default() };
    match import::read(name, bytes, &options) {
        Ok(draft) => truths::draft(&draft),
        Err(problem) => is_a_sentence(&problem),
    }
}

/// What is shown to a person is short, on one line, and says what happened.
pub fn is_a_sentence(problem: &Problem) {
    let said = problem.to_string();
    assert!(!problem.what.is_empty() && said.len() < 2000 && !said.contains('\n'), "{said:?}");
}

fn dates(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    truths::target(&date_text::target(&text, None), &text);
    truths::target(&date_text::target(&text, Some(today())), &text);
    let typed = date_text::typed_target(&text, today());
    assert!(typed.span.is_none_or(|span| date_text::target(&typed.raw, None).span == Some(span)), "{typed:?}");
    assert!(date_text::entry_date(&text, today()).is_none_or(|date| date.first().is_some()));
    if let Some(likely) = date_text::suggestion(&text, &[]) {
        assert!(date_text::target(&likely, None).span.is_some(), "{likely}");
    }
    let mut at = 0;
    for found in date_text::find(&text, Some(2025)) {
        assert!(found.start >= at && found.start < found.end, "{found:?}");
        assert_eq!(text.get(found.start..found.end), Some(found.written.as_str()));
        assert!(found.span.first <= found.span.last && found.date.first().is_some(), "{found:?}");
        at = found.end;
    }
}

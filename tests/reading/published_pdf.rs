//! The published plans as PDF give the drafts that their texts give, word by word. Skipped where they are unavailable.

use crate::kit::published::{self, draft};
use arising::domain::draft::{Draft, DraftAction, DraftRecommendation, DraftUnder};
use arising::domain::particular::Particular;
use arising::domain::party::name_key;

/// Letters and figures only: lines, list glyphs and the spaces between are the printer's, not the author's.
fn letters(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    // Bookmarks are marks of the word processor and are not printed.
    while let Some((before, after)) = rest.split_once("[bookmark:") {
        kept.push_str(before);
        rest = after.split_once(']').map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    let kept = kept.replace("<b>", "").replace("</b>", "");
    kept.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn actions(draft: &Draft) -> Vec<(String, &DraftRecommendation, &DraftAction)> {
    let mut all = Vec::new();
    for rec in &draft.recommendations {
        for (at, action) in rec.actions.iter().enumerate() {
            all.push((format!("R{}.{}", rec.number, at + 1), rec, action));
        }
    }
    all
}

fn names(draft: &Draft, leads: &[arising::domain::draft::DraftLead]) -> Vec<String> {
    leads.iter().map(|lead| name_key(&draft.parties[lead.party].name)).collect()
}

fn findings(draft: &Draft, under: &DraftUnder) -> Vec<String> {
    match under {
        DraftUnder::Nothing => Vec::new(),
        DraftUnder::AllFindings => vec!["all".into()],
        DraftUnder::Findings(places) => places.iter().map(|place| draft.findings[*place].number.clone()).collect(),
    }
}

fn progress(action: &DraftAction) -> String {
    letters(&action.progress.iter().map(|entry| entry.text.as_str()).collect::<Vec<_>>().join("\n"))
}

/// Everything that both understood of one plan, action by action.
fn assert_same(pdf: &Draft, text: &Draft) {
    assert_eq!(letters(&pdf.title), letters(&text.title));
    assert_eq!(pdf.as_at, text.as_at);
    assert_eq!(pdf.scheme, text.scheme);
    assert_eq!(pdf.glossary, text.glossary);
    let notes = |draft: &Draft| draft.notes.iter().map(|note| letters(note)).collect::<Vec<_>>();
    assert_eq!(notes(pdf), notes(text));
    let own =
        |draft: &Draft| draft.findings.iter().map(|own| (own.number.clone(), letters(&own.text))).collect::<Vec<_>>();
    assert_eq!(own(pdf), own(text));
    let references = |draft: &Draft| actions(draft).into_iter().map(|found| found.0).collect::<Vec<_>>();
    assert_eq!(references(pdf), references(text));
    for ((reference, rec, action), (_, rec_text, action_text)) in actions(pdf).into_iter().zip(actions(text)) {
        assert_eq!(letters(&rec.text), letters(&rec_text.text), "{reference}");
        let outcome = |rec: &DraftRecommendation| letters(rec.particulars.get(Particular::Outcome));
        assert_eq!(outcome(rec), outcome(rec_text), "{reference}");
        assert_eq!(rec.number_inferred, rec_text.number_inferred, "{reference}");
        assert_eq!(findings(pdf, &rec.under), findings(text, &rec_text.under), "{reference}");
        assert_eq!(letters(&action.text), letters(&action_text.text), "{reference}");
        assert_eq!(names(pdf, &action.leads), names(text, &action_text.leads), "{reference}");
        assert_eq!(names(pdf, &action.via), names(text, &action_text.via), "{reference}");
        let raws = |action: &DraftAction| action.targets.iter().map(|target| target.raw.clone()).collect::<Vec<_>>();
        assert_eq!(raws(action), raws(action_text), "{reference}");
        let spans = |action: &DraftAction| action.targets.iter().map(|target| target.span).collect::<Vec<_>>();
        assert_eq!(spans(action), spans(action_text), "{reference}");
        assert_eq!(action.rating, action_text.rating, "{reference}");
        assert_eq!(progress(action), progress(action_text), "{reference}");
        let dates = |action: &DraftAction| action.progress.iter().filter_map(|entry| entry.date).collect::<Vec<_>>();
        assert_eq!(dates(action), dates(action_text), "{reference}");
        let flags = |action: &DraftAction| {
            action.flags.iter().map(|flag| (flag.field.clone(), flag.raw.clone())).collect::<Vec<_>>()
        };
        assert_eq!(flags(action), flags(action_text), "{reference}");
    }
}

#[test]
fn adult_c_as_pdf_is_the_plan_that_its_text_is() {
    let (Some(pdf), Some(text)) = (draft("adult-c.pdf"), draft("adult-c.txt")) else { return };
    assert_eq!(actions(pdf).len(), 27);
    assert_same(pdf, text);
}

#[test]
fn dhrs4_as_pdf_is_the_plan_that_its_text_is() {
    let (Some(pdf), Some(text)) = (draft("dhrs4.pdf"), draft("dhrs4.txt")) else { return };
    assert_eq!(actions(pdf).len(), 27);
    assert_same(pdf, text);
}

/// The cells of an OpenDocument text, row by row, as letters.
fn cells_of_odt(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut content = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("content.xml").unwrap(), &mut content).unwrap();
    let xml = roxmltree::Document::parse(&content).unwrap();
    let named = |name: &'static str| move |node: &roxmltree::Node| node.tag_name().name() == name;
    let words = |cell: roxmltree::Node| {
        letters(&cell.descendants().filter(roxmltree::Node::is_text).filter_map(|node| node.text()).collect::<String>())
    };
    let row = |row: roxmltree::Node| row.children().filter(named("table-cell")).map(words).collect();
    xml.descendants().filter(named("table-row")).map(row).collect()
}

#[test]
fn a_log_of_many_small_tables_has_the_rows_of_its_twin() {
    let Some(plans) = published::folder() else { return };
    let name = "logs/H08_odug_action_log_2013-05";
    let pdf = arising::import::formats::pdf::read(&std::fs::read(plans.join(format!("{name}.pdf"))).unwrap()).unwrap();
    let twin = cells_of_odt(&std::fs::read(plans.join(format!("{name}.odt"))).unwrap());
    let rows: Vec<Vec<String>> = pdf
        .tables()
        .flat_map(|table| &table.rows)
        .map(|row| row.cells.iter().map(|cell| letters(&cell.text)).collect())
        .collect();
    assert_eq!(rows.len(), 39);
    for (row, twin) in rows.iter().zip(&twin) {
        // The document counts "first", "second" in raised figures, which the twin has lost the order of.
        assert!(row == twin || row[0].starts_with("odugtowriteto"), "{row:?}, not {twin:?}");
    }
}

//! What a Word document says besides its text: struck-through words, footnotes, nested logs, embedded parts.

use super::*;
use crate::domain::draft::{Draft, DraftAction};
use crate::import::{Options, look, read as read_plan};

const HEADINGS: [&str; 6] = ["No", "Action", "Lead", "Target date", "RAG", "Progress"];

/// Read in 2026.
fn today() -> Options {
    Options { today: chrono::NaiveDate::from_ymd_opt(2026, 11, 28).unwrap(), ..Options::default() }
}

fn struck(text: &str) -> String {
    format!("<w:r><w:rPr><w:strike/></w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>")
}

/// A plan with one row of cells, each given by what is in its paragraph.
fn plan(cells: &[String]) -> String {
    let heads: Vec<String> = HEADINGS.iter().map(|name| word_cell(name)).collect();
    let cells: Vec<String> =
        cells.iter().map(|cell| tc("", &if cell.contains("<w:p>") { cell.clone() } else { p(cell) })).collect();
    tbl(&[tr(&heads), tr(&cells)])
}

fn draft(body: &str, parts: &[(&str, &str)]) -> Draft {
    read_plan("plan.docx", &docx(body, parts), &today()).unwrap()
}

fn action(draft: &Draft) -> &DraftAction {
    draft.all_actions().next().expect("an action").1
}

fn whys(draft: &Draft) -> Vec<(&str, &str)> {
    action(draft).flags.iter().map(|flag| (flag.field.as_str(), flag.why.as_str())).collect()
}

#[test]
fn struck_words_are_left_out_of_every_field_and_reported() {
    let lead = struck("Fenwick Police") + &r(" Fenwick Council");
    let date = struck("1 May 2025") + &r("1 June 2027");
    let draft = draft(&plan(&[r("1.4"), r("Write it"), lead, date, struck("Red") + &r("Green"), r("Begun")]), &[]);
    let action = action(&draft);
    let leads: Vec<&str> = action.leads.iter().map(|lead| lead.raw.as_str()).collect();
    assert_eq!(
        (leads, action.targets.len(), action.targets[0].raw.as_str()),
        (vec!["Fenwick Council"], 1, "1 June 2027")
    );
    assert_eq!(action.rating.as_deref(), Some("Green"));
    assert_eq!(action.flags, []);
    assert_eq!(
        draft.notices.first().unwrap(),
        "Struck-through words were left out of table 1, row 2: “Fenwick Police”"
    );
    assert_eq!(draft.notices.len(), 3);
}

#[test]
fn an_action_that_is_struck_out_keeps_its_words_and_is_doubted() {
    let rest = || [struck("Fenwick Police"), r("1 May 2025"), r("Red"), r("")];
    for number in [r("1.4"), struck("1.4")] {
        let cells = [&[number, struck("Write") + &r(" ") + &struck("it")][..], &rest()].concat();
        let draft = draft(&plan(&cells), &[]);
        let action = action(&draft);
        assert_eq!((action.text.as_str(), action.leads.len()), ("Write it", 1));
        assert_eq!(whys(&draft)[0], ("text", "struck out in the document: withdrawn?"));
        assert_eq!(draft.notices, [""; 0]);
    }
}

#[test]
fn styles_strike_text_through_and_a_run_can_say_that_it_is_not() {
    let styles = "<w:style w:type='character' w:styleId='Gone'><w:rPr><w:dstrike/></w:rPr></w:style>\
        <w:style w:type='character' w:styleId='Child'><w:basedOn w:val='Gone'/></w:style>\
        <w:style w:type='paragraph' w:styleId='Old'><w:rPr><w:strike w:val='1'/></w:rPr></w:style>";
    let styles = part("styles", styles);
    let in_style =
        |style: &str, text: &str| format!("<w:r><w:rPr>{style}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>");
    let old = |inside: &str| format!("<w:p><w:pPr><w:pStyle w:val='Old'/></w:pPr>{inside}</w:p>");
    let body = p(&(r("a ") + &in_style("<w:rStyle w:val='Child'/>", "b") + &in_style("<w:strike w:val='0'/>", " c")))
        + &old(&(r("d") + &in_style("<w:strike w:val='false'/>", "e")));
    let found: Vec<String> = lines(&body, &[("styles", &styles)]).iter().map(|line| marks::shown(line)).collect();
    assert_eq!(found, ["a c", "e"]);
}

/// What is shown of the paragraphs of a body, with these styles.
fn shown(body: &str, styles: &str) -> Vec<String> {
    lines(body, &[("styles", &part("styles", styles))]).iter().map(|line| marks::shown(line)).collect()
}

#[test]
fn the_default_style_and_the_defaults_of_a_document_strike_text_through_unless_a_run_says_not() {
    let run = |value: &str| format!("<w:r><w:rPr><w:strike w:val='{value}'/></w:rPr><w:t>kept</w:t></w:r>");
    let strike = "<w:rPr><w:strike/></w:rPr>";
    let normal = format!("<w:style w:type='paragraph' w:default='1' w:styleId='N'>{strike}</w:style>");
    let plain = "<w:style w:type='paragraph' w:styleId='P'><w:basedOn w:val='N'/><w:rPr><w:dstrike w:val='off'/></w:rPr></w:style>";
    let defaults = format!("<w:docDefaults><w:rPrDefault>{strike}</w:rPrDefault></w:docDefaults>");
    let based = "<w:p><w:pPr><w:pStyle w:val='P'/></w:pPr><w:r><w:t>stays</w:t></w:r></w:p>";
    for styles in [normal.clone() + plain, defaults.clone() + plain] {
        let body = p(&(r("gone ") + &run("0"))) + based + &p(&(run("false") + &r(" gone")));
        assert_eq!(shown(&body, &styles), ["kept", "stays", "kept"], "{styles}");
    }
}

#[test]
fn a_character_style_takes_away_the_line_that_its_paragraph_has() {
    let styles = "<w:style w:type='paragraph' w:styleId='Old'><w:rPr><w:strike/></w:rPr></w:style>\
        <w:style w:type='character' w:styleId='Gone'><w:rPr><w:strike/></w:rPr></w:style>";
    let twice = "<w:r><w:rPr><w:rStyle w:val='Gone'/></w:rPr><w:t>kept</w:t></w:r>";
    let body = format!("<w:p><w:pPr><w:pStyle w:val='Old'/></w:pPr>{}{twice}</w:p>", r("gone "));
    assert_eq!(shown(&body, styles), ["kept"]);
}

#[test]
fn the_style_of_a_table_strikes_through_its_cells_or_a_part_of_them() {
    let strike = "<w:rPr><w:strike/></w:rPr>";
    let of_part = |name: &str| format!("<w:tblStylePr w:type='{name}'>{strike}</w:tblStylePr>");
    let table = |look: &str| {
        let row = |cells: [&str; 2]| tr(&cells.map(word_cell));
        let properties = format!("<w:tblPr><w:tblStyle w:val='T'/><w:tblLook {look}/></w:tblPr>");
        format!("<w:tbl>{properties}{}{}{}</w:tbl>", row(["a", "b"]), row(["c", "d"]), row(["e", "f"]))
    };
    let struck_in = |inside: &str, look: &str| {
        let base = format!("<w:style w:type='table' w:styleId='B'>{inside}</w:style>");
        let styles = part("styles", &(base + "<w:style w:type='table' w:styleId='T'><w:basedOn w:val='B'/></w:style>"));
        let document = document(&table(look), &[("styles", &styles)]);
        let cells = first_table(&document).rows.iter().flat_map(|row| row.cells.iter());
        cells
            .filter(|cell| marks::is_marked(&cell.text))
            .map(|cell| marks::Marked::of(&cell.text).whole)
            .collect::<String>()
    };
    assert_eq!(struck_in(strike, ""), "abcdef");
    assert_eq!(struck_in(&of_part("lastRow"), "w:val='0040'"), "ef");
    assert_eq!(struck_in(&of_part("lastRow"), "w:val='0000'"), "");
    assert_eq!(struck_in(&of_part("lastCol"), "w:lastColumn='1'"), "bdf");
    assert_eq!(struck_in(&of_part("band2Horz"), "w:firstRow='1'"), "ef");
    let heads = "<w:tblStylePr w:type='firstRow'><w:rPr><w:strike w:val='0'/></w:rPr></w:tblStylePr>";
    assert_eq!(struck_in(&(strike.to_owned() + heads), "w:firstRow='1'"), "cdef");
}

#[test]
fn the_words_of_a_note_are_beside_the_words_that_refer_to_it() {
    let notes = part(
        "footnotes",
        "<w:footnote w:id='3'><w:p><w:r><w:t>Only with consent.</w:t></w:r></w:p></w:footnote><w:footnote w:id='4'><w:p><w:r><w:t>From May.</w:t></w:r></w:p></w:footnote>",
    );
    let referring = |text: &str, id: u8| r(text) + &format!("<w:r><w:footnoteReference w:id='{id}'/></w:r>");
    let cells =
        [r("1.4"), referring("Write it", 3), referring("Fenwick Council", 4), r("1 June 2027"), r("Green"), r("Begun")];
    let draft = draft(&plan(&cells), &[("footnotes", &notes)]);
    let action = action(&draft);
    assert_eq!(action.text, "Write it [note 1: Only with consent.]");
    assert_eq!((action.leads.len(), action.leads[0].raw.as_str()), (1, "Fenwick Council"));
    assert_eq!(whys(&draft), [("lead", "the cell under “Lead” refers to a note: From May.")]);
}

#[test]
fn a_log_inside_a_cell_is_dated_entries() {
    let entry = |date: &str, text: &str| tr(&[word_cell(date), word_cell(text)]);
    let log = tbl(&[entry("Date", "Update"), entry("3 March 2025", "Drafted"), entry("9 April 2025", "Agreed")]);
    let cells = [r("1.4"), r("Write it"), r("HR"), r("1 June 2027"), r("Green"), log + &p("")];
    let draft = draft(&plan(&cells), &[]);
    let progress = action(&draft).progress.iter();
    let said: Vec<(String, &str)> = progress
        .map(|entry| (entry.date.map(|date| date.to_string()).unwrap_or_default(), entry.text.as_str()))
        .collect();
    assert_eq!(said, [("2025-03-03".to_owned(), "Drafted"), ("2025-04-09".to_owned(), "Agreed")]);
}

#[test]
fn an_embedded_part_is_a_doubt_or_the_reason_why_there_is_no_plan() {
    let chunk = "<w:altChunk w:id='c1'/>";
    let cells = [r("1.4"), r("Write it"), r("HR"), r("1 June 2027"), r("Green"), r("Begun")];
    let found = draft(&(plan(&cells) + chunk), &[]);
    assert!(found.flags[0].why.starts_with("1 part of this document is embedded in a form that is not read."));
    let sub = p("<w:subDoc w:id='c2'/>");
    for body in [p(&r("Plan")) + chunk, p(&r("Plan")) + &sub] {
        let problem = look("plan.docx", &docx(&body, &[]), &today()).unwrap_err().to_string();
        assert!(problem.contains("embedded in a form that is not read"), "{problem}");
    }
}

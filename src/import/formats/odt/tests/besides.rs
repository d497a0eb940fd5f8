//! What an OpenDocument text says besides its text: struck-through words, footnotes, nested logs, linked sections.

use super::*;
use crate::import::{Options, look, read as read_plan};

const STYLES: &str = "<style:style style:name='S' style:family='text'><style:text-properties style:text-line-through-style='solid'/></style:style>\
    <style:style style:name='D' style:family='text'><style:text-properties style:text-line-through-type='double'/></style:style>\
    <style:style style:name='N' style:family='text'><style:text-properties style:text-line-through-style='none' style:text-line-through-type='none'/></style:style>\
    <style:style style:name='P' style:family='paragraph'><style:text-properties style:text-line-through-type='single'/></style:style>";

/// Read in 2026.
fn today() -> Options {
    Options { today: chrono::NaiveDate::from_ymd_opt(2026, 11, 28).unwrap(), ..Options::default() }
}

fn span(style: &str, text: &str) -> String {
    format!("<text:span text:style-name='{style}'>{text}</text:span>")
}

#[test]
fn styles_strike_text_through() {
    let body = p(&("a ".to_owned() + &span("S", "b ") + &span("D", "c ") + &span("N", "d")))
        + "<text:p text:style-name='P'>e <text:span text:style-name='N'>f</text:span></text:p>";
    let found: Vec<String> = lines(STYLES, &body).iter().map(|line| marks::shown(line)).collect();
    assert_eq!(found, ["a d", "f"]);
}

#[test]
fn styles_of_a_chain_and_the_default_style_strike_text_through_in_cells_too() {
    let child = "<style:style style:name='C' style:family='paragraph' style:parent-style-name='P'/>\
        <style:style style:name='K' style:family='paragraph' style:parent-style-name='P'><style:text-properties style:text-line-through-style='none'/></style:style>";
    let in_style = |style: &str, text: &str| {
        format!("<table:table-cell><text:p text:style-name='{style}'>{text}</text:p></table:table-cell>")
    };
    let body = table(&[row(&[in_style("C", "a"), in_style("K", "b"), cell("", "c")])]);
    let struck = |styles: &str| {
        let document = document(styles, &body);
        let cells = first_table(&document).rows[0].cells.iter();
        cells.map(|cell| marks::is_marked(&cell.text)).collect::<Vec<_>>()
    };
    assert_eq!(struck(&(STYLES.to_owned() + child)), [true, false, false]);
    let default = "<style:default-style style:family='paragraph'><style:text-properties style:text-line-through-style='solid'/></style:default-style>";
    assert_eq!(struck(&(STYLES.to_owned() + child + default)), [true, false, true]);
}

#[test]
fn a_plan_keeps_what_its_cells_say_besides_their_text() {
    let note = "<text:note text:note-class='endnote'><text:note-body><text:p>Only with consent.</text:p></text:note-body></text:note>";
    let entry = |date: &str, text: &str| row(&[cell("", date), cell("", text)]);
    let log = table(&[entry("When", "Update"), entry("3 March 2025", "Drafted"), entry("9 April 2025", "Agreed")]);
    let head = row(&["Action", "Lead", "RAG", "Progress"].map(|name| cell("", name)));
    let first = row(&[
        cell("", &("Write it".to_owned() + note)),
        cell("", &(span("S", "Fenwick Police") + " Fenwick Council")),
        cell("", "Green"),
        format!("<table:table-cell>{log}</table:table-cell>"),
    ]);
    let second = row(&[cell("", &span("S", "Send it")), cell("", "HR"), cell("", "Red"), cell("", "")]);
    let plan = odt(STYLES, &table(&[head, first, second]));
    let draft = read_plan("plan.odt", &plan, &today()).unwrap();
    let [first, second] = draft.actions.as_slice() else { panic!("{:?}", draft.actions) };
    assert_eq!(
        (first.text.as_str(), first.leads[0].raw.as_str()),
        ("Write it [endnote 1: Only with consent.]", "Fenwick Council")
    );
    assert_eq!(first.progress.iter().map(|entry| entry.text.as_str()).collect::<Vec<_>>(), ["Drafted", "Agreed"]);
    assert_eq!(
        (second.text.as_str(), second.flags[0].why.as_str()),
        ("Send it", "struck out in the document: withdrawn?")
    );
    assert_eq!(draft.notices, ["Struck-through words were left out of table 1, row 2: “Fenwick Police”"]);
}

#[test]
fn a_section_that_is_only_named_is_the_reason_why_there_is_no_plan() {
    let section =
        |inside: &str| format!("<text:section><text:section-source xlink:href='plan.odt'/>{inside}</text:section>");
    let problem = look("plan.odt", &odt("", &section("")), &today()).unwrap_err().to_string();
    assert!(problem.contains("embedded in a form that is not read"), "{problem}");
    assert_eq!(document("", &section(&p("Plan"))).unread, crate::import::table::Unread::default());
}

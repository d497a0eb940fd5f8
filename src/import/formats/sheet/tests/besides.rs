//! What the cells of a workbook say besides their text: struck-through words, errors, formulas without a result.

use super::*;
use crate::domain::draft::Draft;
use crate::import::{Options, read as read_plan};

/// Styles: 0 plain, 1 struck through.
const STRUCK: &str = r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="2"><font/><font><strike/></font></fonts><fills count="1"><fill><patternFill/></fill></fills><borders count="1"><border/></borders><cellXfs count="2"><xf fontId="0"/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>"#;

fn workbook(rows: &str, texts: &str) -> Vec<u8> {
    let texts = format!(
        r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" uniqueCount="2">{texts}</sst>"#
    );
    let relations = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId7" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId8" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;
    let book = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Plan" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
    let sheet = format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    );
    zipped(&[
        ("_rels/.rels", ROOT),
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", relations),
        ("xl/styles.xml", STRUCK),
        ("xl/sharedStrings.xml", &texts),
        ("xl/worksheets/sheet1.xml", &sheet),
    ])
}

fn draft(name: &str, bytes: &[u8]) -> Draft {
    read_plan(name, bytes, &Options::default()).unwrap()
}

fn whys(draft: &Draft, at: usize) -> Vec<(&str, &str, &str)> {
    let flags = draft.actions[at].flags.iter();
    flags.map(|flag| (flag.field.as_str(), flag.why.as_str(), flag.raw.as_str())).collect()
}

fn head() -> String {
    row(1, &["Action", "Lead", "Target date", "RAG"])
}

#[test]
fn struck_words_of_cells_and_of_rich_text_are_left_out() {
    let rows = head()
        + r#"<row r="2"><c r="A2" t="inlineStr"><is><r><t xml:space="preserve">Write </t></r><r><rPr><strike/></rPr><t>two</t></r><r><rPr><strike val="0"/></rPr><t xml:space="preserve"> letters</t></r></is></c><c r="B2" t="s"><v>1</v></c><c r="C2" t="inlineStr" s="1"><is><t>1 May 2025</t></is></c><c r="D2" t="s"><v>0</v></c></row>"#
        + r#"<row r="3"><c r="A3" s="1" t="s"><v>0</v></c><c r="B3" t="inlineStr"><is><t>HR</t></is></c></row>"#;
    let texts = "<si><t>Green</t></si><si><r><rPr><strike/></rPr><t>Fenwick Police</t></r><r><t xml:space=\"preserve\"> Fenwick Council</t></r></si>";
    let draft = draft("plan.xlsx", &workbook(&rows, texts));
    let first = &draft.actions[0];
    assert_eq!((first.text.as_str(), first.leads[0].raw.as_str()), ("Write letters", "Fenwick Council"));
    assert_eq!((first.targets.len(), first.rating.as_deref()), (0, Some("Green")));
    assert_eq!(draft.notices.len(), 3);
    assert_eq!(draft.actions[1].text, "Green");
    assert_eq!(whys(&draft, 1)[0].1, "struck out in the document: withdrawn?");
}

/// A passage without properties looks as its cell does; one with properties has only those.
#[test]
fn new_words_in_a_cell_that_was_struck_through_are_kept() {
    let rows = head() + r#"<row r="2"><c r="A2" s="1" t="s"><v>0</v></c><c r="B2" s="1" t="s"><v>1</v></c></row>"#;
    let old = |old: &str, new: &str| {
        format!(r#"<si><r><t xml:space="preserve">{old} </t></r><r><rPr><sz val="11"/></rPr><t>{new}</t></r></si>"#)
    };
    let texts = old("Write letters.", "Visit families.") + "<si><t>Fenwick Police</t></si>";
    let found = draft("plan.xlsx", &workbook(&rows, &texts));
    assert_eq!((found.actions[0].text.as_str(), found.actions[0].leads.len()), ("Visit families.", 0));
}

#[test]
fn struck_through_numbers_are_left_out() {
    let rows = row(1, &["Action", "Lead", "Target date", "RAG", "Ref"])
        + r#"<row r="2"><c r="A2" t="s"><v>0</v></c><c r="E2" s="1"><v>7</v></c></row><row r="3"><c r="A3" t="s"><v>1</v></c><c r="E3"><v>8</v></c></row>"#;
    let found = draft("plan.xlsx", &workbook(&rows, "<si><t>Write letters.</t></si><si><t>Visit families.</t></si>"));
    assert_eq!(found.notices, ["Struck-through words were left out of table 1, row 2: “7”"]);
}

#[test]
fn errors_and_formulas_without_a_result_are_doubts_about_their_fields() {
    let rows = head()
        + r#"<row r="2"><c r="A2" t="inlineStr"><is><t>Write to all families.</t></is></c><c r="B2" t="e"><f>X!A1</f><v>#REF!</v></c><c r="C2"><f>DATE(2027,5,1)</f><v></v></c><c r="D2" t="str"><f>IF(1,"","")</f><v></v></c></row>"#;
    let draft = draft("plan.xlsx", &workbook(&rows, ""));
    let open = "the cell under “Target date” holds a formula without a result: open the workbook, save it, and import it again";
    assert_eq!(
        whys(&draft, 0),
        [
            ("target", open, "=DATE(2027,5,1)"),
            ("lead", "the cell under “Lead” shows the error #REF! in place of a value", "#REF!"),
        ]
    );
    assert_eq!((draft.actions[0].leads.len(), draft.actions[0].targets.len()), (0, 0));
}

#[test]
fn an_error_outside_the_plan_is_reported_once() {
    let text = "Action,Lead,Days left,RAG\nWrite it,HR,#VALUE!,Green\nSend it,HR,#VALUE!,#####\n";
    let draft = draft("plan.csv", text.as_bytes());
    let whys: Vec<&str> = draft.flags.iter().map(|flag| flag.why.as_str()).collect();
    assert_eq!(whys, ["table 1: 2 cells under “Days left”: the error #VALUE! in place of a value"]);
    assert!(draft.actions[1].flags[0].why.ends_with("its column was too narrow when the file was saved"));
}

#[test]
fn an_open_document_workbook_says_the_same() {
    let styles = r#"<style:style style:name="out" style:family="table-cell"><style:text-properties style:text-line-through-type="single"/></style:style><style:style style:name="T1" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>"#;
    let cells = |cells: &[String]| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let out = |text: &str| {
        format!(
            r#"<table:table-cell table:style-name="out" office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#
        )
    };
    let error = r#"<table:table-cell table:formula="of:=1+x" office:value-type="string" office:string-value=""><text:p>Err:508</text:p></table:table-cell>"#;
    let open = r#"<table:table-cell table:formula="of:=TODAY()"/>"#;
    let rows = cells(&["Action", "Lead", "Target date", "RAG"].map(said))
        + &cells(&[
            said("Write it"),
            said(r#"<text:span text:style-name="T1">Police</text:span> Council"#),
            open.into(),
            error.into(),
        ])
        + &cells(&[out("Send it"), out("HR"), said(""), said("")]);
    let bytes = ods(styles, &format!(r#"<table:table table:name="Plan">{rows}</table:table>"#));
    let draft = draft("plan.ods", &bytes);
    assert_eq!(draft.actions[0].leads[0].raw, "Council");
    let found = whys(&draft, 0);
    assert_eq!((found[0].2, found[1].2), ("=of:=TODAY()", "Err:508"));
    assert_eq!(
        (draft.actions[1].text.as_str(), whys(&draft, 1)[0].1),
        ("Send it", "struck out in the document: withdrawn?")
    );
}

/// `LibreOffice` leaves out the style of a cell that is its column's own.
#[test]
fn cells_of_an_open_document_workbook_look_as_their_column_or_row_does() {
    let styles = r##"<style:style style:name="gone" style:family="table-cell"><style:text-properties style:text-line-through-style="solid"/></style:style><style:style style:name="good" style:family="table-cell"><style:table-cell-properties fo:background-color="#00b050"/></style:style><style:style style:name="plain" style:family="table-cell"/>"##;
    let columns = r#"<table:table-column/><table:table-column table:default-cell-style-name="gone"/><table:table-column table:number-columns-repeated="2" table:default-cell-style-name="good"/>"#;
    let plain = |text: &str| {
        format!(
            r#"<table:table-cell table:style-name="plain" office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#
        )
    };
    let first: String = ["Action", "Lead", "RAG", "Note"].map(plain).concat();
    let second = [said("Write"), said("HR"), "<table:table-cell/>".to_owned(), plain("x")].concat();
    let third = [said("Send"), plain("Police"), said("y"), said("z")].concat();
    let rows = format!(
        r#"<table:table-row>{first}</table:table-row><table:table-row>{second}</table:table-row><table:table-row table:default-cell-style-name="gone">{third}</table:table-row>"#
    );
    let book = ods(styles, &format!(r#"<table:table table:name="Plan">{columns}{rows}</table:table>"#));
    let table = table(&book);
    let gone = crate::import::formats::marks::struck;
    assert_eq!(texts(&table, 1), ["Write", gone("HR").as_str(), "", "x"]);
    assert_eq!(table.rows[1].cells[2].shade.as_deref(), Some("Green"));
    assert_eq!(texts(&table, 2), [gone("Send").as_str(), "Police", gone("y").as_str(), gone("z").as_str()]);
}

//! Workbooks built here, part by part, and what is read from them.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;
use crate::import::formats::zipped::zipped;
use crate::import::table::{Block, Cell, Table};

mod besides;
mod old;

const ROOT: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;

/// Styles: 0 plain, 1 date, 2 month, 3 percent, 4 green, 5 red, 6 two decimals.
const STYLES: &str = r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><fonts count="1"><font/></fonts><fills count="4"><fill><patternFill/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FF00B050"/></patternFill></fill><fill><patternFill patternType="solid"><fgColor rgb="FFFF0000"/></patternFill></fill></fills><borders count="1"><border/></borders><cellXfs count="7"><xf numFmtId="0" fillId="0"/><xf numFmtId="164" fillId="0"/><xf numFmtId="17" fillId="0"/><xf numFmtId="9" fillId="0"/><xf numFmtId="0" fillId="2" applyFill="1"/><xf numFmtId="0" fillId="3" applyFill="1"/><xf numFmtId="2" fillId="0"/></cellXfs></styleSheet>"#;

/// A sheet of a workbook: its name with attributes, what comes before and after the rows, and the rows.
struct Made<'a> {
    name: &'a str,
    state: &'a str,
    before: &'a str,
    rows: String,
    after: &'a str,
}

fn made<'a>(name: &'a str, rows: &str) -> Made<'a> {
    Made { name, state: "visible", before: "", rows: rows.to_owned(), after: "" }
}

fn xlsx_with(sheets: &[Made], more: &[(&str, &str)]) -> Vec<u8> {
    let (mut list, mut relations) = (String::new(), String::new());
    let mut parts = Vec::new();
    for (at, sheet) in sheets.iter().enumerate() {
        let at = at + 1;
        write!(list, r#"<sheet name="{}" sheetId="{at}" state="{}" r:id="rId{at}"/>"#, sheet.name, sheet.state)
            .unwrap();
        write!(relations, r#"<Relationship Id="rId{at}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet{at}.xml"/>"#).unwrap();
        let text = format!(
            r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}<sheetData>{}</sheetData>{}</worksheet>"#,
            sheet.before, sheet.rows, sheet.after
        );
        parts.push((format!("xl/worksheets/sheet{at}.xml"), text));
    }
    let book = format!(
        r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{list}</sheets></workbook>"#
    );
    let relations = format!(
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>"#
    );
    let mut all = vec![("_rels/.rels", ROOT), ("xl/workbook.xml", &book), ("xl/_rels/workbook.xml.rels", &relations)];
    all.push(("xl/styles.xml", STYLES));
    all.extend(parts.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    all.extend(more);
    zipped(&all)
}

fn xlsx(rows: &str) -> Vec<u8> {
    xlsx_with(&[made("Plan", rows)], &[])
}

fn word(place: &str, text: &str) -> String {
    format!(r#"<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>"#)
}

fn row(number: usize, texts: &[&str]) -> String {
    let cells = texts.iter().zip('A'..).map(|(text, column)| word(&format!("{column}{number}"), text));
    format!(r#"<row r="{number}">{}</row>"#, cells.collect::<String>())
}

fn table(bytes: &[u8]) -> Table {
    read(bytes, None).unwrap().tables().next().unwrap().clone()
}

fn texts(table: &Table, row: usize) -> Vec<&str> {
    table.rows[row].cells.iter().map(|cell| cell.text.as_str()).collect()
}

fn paragraphs(document: &Document) -> Vec<&str> {
    let blocks = document.blocks.iter();
    let paragraphs = blocks.filter_map(|block| match block {
        Block::Paragraph(text) => Some(text.as_str()),
        Block::Table(_) => None,
    });
    paragraphs.collect()
}

#[test]
fn dates_numbers_and_percentages_are_as_shown() {
    let rows = row(1, &["Action", "Lead"])
        + r#"<row r="2"><c r="A2"><v>7</v></c><c r="B2"><v>7.1</v></c><c r="C2" s="1"><v>45382</v></c><c r="D2" s="2"><v>44470</v></c><c r="E2" s="3"><v>0.5</v></c><c r="F2" t="b"><v>1</v></c><c r="G2" t="e"><v>#REF!</v></c><c r="H2" s="6"><v>7.1</v></c><c r="I2" s="1"><v>0</v></c><c r="J2" t="str"><f>A1</f><v>worked out</v></c></row>"#;
    let table = table(&xlsx(&rows));
    assert_eq!(
        texts(&table, 1),
        ["7", "7.1", "31 Mar 2024", "Oct 2021", "50%", "TRUE", "#REF!", "7.10", "", "worked out"]
    );
}

#[test]
fn titles_are_paragraphs_and_rows_keep_the_numbers_that_the_sheet_shows() {
    let rows = row(1, &["Riverside review plan"]) + &row(3, &["Action", "Lead"]) + &row(6, &["Write", "HR"]);
    let document = read(&xlsx(&rows), None).unwrap();
    assert_eq!(paragraphs(&document), ["Riverside review plan"]);
    let table = document.tables().next().unwrap();
    assert_eq!((texts(table, 2), texts(table, 5)), (vec!["Action", "Lead"], vec!["Write", "HR"]));
    assert_eq!(table.rows.len(), 6);
}

#[test]
fn merged_cells_are_marked_below_and_blank_at_the_right() {
    let rows = row(1, &["Recommendation", "Action", "Lead"])
        + &row(2, &["1. Train", "First", "HR"])
        + &row(3, &["", "Second", "HR"]);
    let merges = r#"<mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>"#;
    let book = xlsx_with(&[Made { after: merges, ..made("Plan", &rows) }], &[]);
    let table = table(&book);
    assert_eq!(texts(&table, 2), ["", "Second", "HR"]);
    assert!(table.rows[2].cells[0].is_merged && !table.rows[1].cells[0].is_merged && !table.rows[2].cells[1].is_merged);
}

#[test]
fn fills_are_words_and_blank_shaded_cells_keep_them() {
    let rows = row(1, &["Action", "RAG", "Lead"])
        + &format!(
            r#"<row r="2">{}<c r="B2" s="4"/>{}</row><row r="3">{}<c r="B3" s="5"/><c r="C3" s="5"/></row>"#,
            word("A2", "Write"),
            word("C2", "HR"),
            word("A3", "Call")
        );
    let table = table(&xlsx(&rows));
    let shades: Vec<Option<&str>> = table.rows.iter().map(|row| row.cells[1].shade.as_deref()).collect();
    assert_eq!(shades, [None, Some("Green"), Some("Red")]);
}

#[test]
fn shared_rich_text_keeps_its_lines() {
    let shared = "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" count=\"2\" uniqueCount=\"2\"><si><t>Action</t></si><si><r><t xml:space=\"preserve\">Write </t></r><r><rPr><b/></rPr><t>now&#10;then _x000D_\ncall</t></r><rPh><t>x</t></rPh></si></sst>";
    let rows = r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c></row>"#;
    let book = xlsx_with(&[made("Plan", rows)], &[("xl/sharedStrings.xml", shared)]);
    assert_eq!(texts(&table(&book), 1), ["Write now\nthen \ncall"]);
}

#[test]
fn the_place_of_a_row_names_its_sheet_where_there_are_several() {
    let rows = row(1, &["Action", "Lead", "Due"]) + &row(2, &["Write", "HR", "May 2024"]);
    let place = |book: &[u8]| {
        let draft = crate::import::read("plan.xlsx", book, &crate::import::Options::default()).unwrap();
        draft.actions.iter().map(|action| action.source.place.clone()).collect::<Vec<_>>()
    };
    assert_eq!(place(&xlsx_with(&[made("Open", &rows)], &[])), ["table 1, row 2"]);
    let both = place(&xlsx_with(&[made("Open", &rows), made("Done", &rows)], &[]));
    assert_eq!(both, ["sheet “Open”, row 2", "sheet “Done”, row 2"]);
}

#[test]
fn several_sheets_are_read_by_name_or_number_and_what_is_hidden_is_reported() {
    let plan = row(1, &["Open actions of the plan"])
        + &row(2, &["Action", "Lead"])
        + &row(3, &["Write", "HR"])
        + r#"<row r="4" hidden="1">"#
        + &word("A4", "Kept back")
        + "</row>";
    let done = row(1, &["Action", "Lead"]) + &row(2, &["Called", "NHS"]);
    let columns = r#"<cols><col min="2" max="2" hidden="1" width="9"/><col min="9" max="16384" hidden="1"/></cols>"#;
    let sheets = [
        Made { before: columns, ..made("Open", &plan) },
        Made { state: "veryHidden", ..made("Done", &done) },
        made("Blank", ""),
    ];
    let comments = r#"<comments xmlns="x"><authors/><commentList><comment ref="A3" authorId="0"><text><r><t>Ask Anna</t></r></text></comment></commentList></comments>"#;
    let related = r#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" Target="../comments1.xml"/></Relationships>"#;
    let book = xlsx_with(&sheets, &[("xl/comments1.xml", comments), ("xl/worksheets/_rels/sheet1.xml.rels", related)]);
    let all = read(&book, None).unwrap();
    assert_eq!(paragraphs(&all), ["Open actions of the plan", "Open", "Done"]);
    assert_eq!(all.tables().count(), 2);
    assert_eq!(
        all.notes,
        [
            "Hidden on the sheet “Open”, and read too: row 4.",
            "Hidden on the sheet “Open”, and read too: column B.",
            "Comment on cell A3 of the sheet “Open”: Ask Anna",
            "The sheet “Done” is hidden; it was read too.",
        ]
    );
    for choice in ["done", "2"] {
        let one = read(&book, Some(choice)).unwrap();
        assert_eq!((paragraphs(&one).len(), one.tables().next().unwrap().rows[1].text(0)), (0, "Called"), "{choice}");
    }
    let problem = read(&book, Some("Nowhere")).unwrap_err().to_string();
    assert!(problem.contains("“Nowhere”") && problem.contains("“Open”, “Done”, “Blank”"), "{problem}");
}

const SHARED_BOMB: &str = r#"<sst xmlns="x" count="4294967295" uniqueCount="4294967295"><si><t>a</t></si></sst>"#;

#[test]
fn sizes_claimed_by_a_small_file_allocate_nothing() {
    let bomb = xlsx_with(&[made("Plan", "")], &[("xl/sharedStrings.xml", SHARED_BOMB)]);
    assert!(read(&bomb, None).unwrap_err().why.contains("not as long as it says"));
    let far = xlsx(&(row(1, &["Action", "Lead"]) + r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#));
    assert!(read(&far, None).unwrap_err().why.contains("500,000 cells"));
    let wide = row(1, &["Action", "Lead"])
        + &word("XFD1", "x")
        + &(2..600).map(|at| row(at, &["Do", "HR"])).collect::<String>();
    assert!(read(&xlsx(&wide), None).is_ok(), "one stray cell does not make every row as long");
    let dimension =
        Made { before: r#"<dimension ref="A1:XFD1048576"/>"#, ..made("Plan", &row(1, &["Action", "Lead"])) };
    assert_eq!(table(&xlsx_with(&[dimension], &[])).rows.len(), 1);
    let everything = Made {
        after: r#"<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>"#,
        ..made("Plan", &row(1, &["Action", "Lead"]))
    };
    assert_eq!(table(&xlsx_with(&[everything], &[])).rows.len(), 1);
}

#[test]
fn too_many_cells_too_large_parts_and_entities_end_in_a_sentence() {
    let cell = "<c><v>1</v></c>";
    let many = format!("<row>{}</row>", cell.repeat(500_001));
    assert!(read(&xlsx(&many), None).unwrap_err().why.contains("500,000 cells"));
    let large = xlsx(&" ".repeat(65 * 1024 * 1024));
    assert!(read(&large, None).unwrap_err().why.contains("64 MB"));
    let laughs = format!("<!DOCTYPE x [<!ENTITY a \"ha\">]>{STYLES}");
    let laughs = zipped(&[("_rels/.rels", ROOT), ("xl/workbook.xml", "<workbook/>"), ("xl/styles.xml", &laughs)]);
    assert!(read(&laughs, None).unwrap_err().why.contains("document type"));
    let sheets: Vec<String> = (0..300).map(|at| format!("s{at}")).collect();
    let sheets: Vec<Made> = sheets.iter().map(|name| made(name, "")).collect();
    assert!(read(&xlsx_with(&sheets, &[]), None).unwrap_err().why.contains("200 sheets"));
}

#[test]
fn broken_locked_and_other_files_end_in_a_sentence() {
    let whole = xlsx(&row(1, &["Action", "Lead"]));
    assert!(read(&whole[..whole.len() / 2], None).unwrap_err().why.contains("damaged"));
    let mut locked = vec![0xd0, 0xcf, 0x11, 0xe0];
    locked.extend("EncryptedPackage\0".encode_utf16().flat_map(u16::to_le_bytes));
    assert!(read(&locked, None).unwrap_err().why.contains("password"));
    assert_eq!(kind(b"\xd0\xcf\x11\xe0W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0\0\0"), None);
    assert_eq!(kind(&zipped(&[("word/document.xml", "<x/>")])), None);
    let binary = zipped(&[("xl/workbook.bin", "x")]);
    assert!(read(&binary, None).unwrap_err().why.contains(".xlsb"));
}

fn ods(styles: &str, tables: &str) -> Vec<u8> {
    let content = format!(
        r#"<?xml version="1.0"?><office:document-content><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"#
    );
    zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest:manifest/>"),
        ("content.xml", &content),
    ])
}

fn said(text: &str) -> String {
    format!(r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#)
}

#[test]
fn an_open_document_workbook_gives_the_same_table() {
    let styles = r##"<number:date-style style:name="N1"><number:day/><number:month/><number:year/></number:date-style><number:date-style style:name="N2"><number:month/><number:year/></number:date-style><style:style style:name="day" style:family="table-cell" style:data-style-name="N1"/><style:style style:name="month" style:family="table-cell" style:data-style-name="N2"/><style:style style:name="good" style:family="table-cell"><style:table-cell-properties fo:background-color="#00b050"/></style:style><style:style style:name="child" style:family="table-cell" style:parent-style-name="good"/><style:style style:name="off" style:family="table"><style:table-properties table:display="false"/></style:style>"##;
    let header = format!(
        "<table:table-row>{}{}{}{}</table:table-row>",
        said("Recommendation"),
        said("Action"),
        said("Due"),
        said("RAG")
    );
    let title = format!(
        r#"<table:table-row>{}<table:table-cell table:number-columns-repeated="1023"/></table:table-row><table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>"#,
        said("Riverside plan")
    );
    let first = r#"<table:table-row><table:table-cell office:value-type="string" table:number-rows-spanned="2"><text:p>1. Train</text:p></table:table-cell><table:table-cell office:value-type="string"><office:annotation><dc:creator>Anna</dc:creator><dc:date>2024-01-01</dc:date><text:p>late?</text:p></office:annotation><text:p>Write <text:span>to</text:span><text:s text:c="1"/>all</text:p><text:p>then call</text:p></table:table-cell><table:table-cell table:style-name="day" office:value-type="date" office:date-value="2024-03-31"><text:p>03/31/24</text:p></table:table-cell><table:table-cell table:style-name="child"/></table:table-row>"#;
    let second = r#"<table:table-row table:visibility="collapse"><table:covered-table-cell/><table:table-cell><text:p>Meet</text:p></table:table-cell><table:table-cell table:style-name="month" office:value-type="date" office:date-value="2021-10-01T00:00:00"><text:p>10/21</text:p></table:table-cell><table:table-cell office:value-type="percentage" office:value="0.5"><text:p>50%</text:p></table:table-cell></table:table-row>"#;
    let end = r#"<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:style-name="good" table:number-columns-repeated="1024"/></table:table-row>"#;
    let plan = format!(r#"<table:table table:name="Plan">{title}{header}{first}{second}{end}</table:table>"#);
    let document = read(&ods(styles, &plan), None).unwrap();
    assert_eq!(paragraphs(&document), ["Riverside plan"]);
    let table = document.tables().next().unwrap();
    assert_eq!(table.rows.len(), 6);
    assert_eq!(texts(table, 3), ["Recommendation", "Action", "Due", "RAG"]);
    assert_eq!(texts(table, 4), ["1. Train", "Write to all\nthen call", "31 Mar 2024", ""]);
    assert_eq!(table.rows[4].cells[3].shade.as_deref(), Some("Green"));
    assert_eq!(texts(table, 5), ["", "Meet", "Oct 2021", "50%"]);
    assert_eq!(table.rows[5].cells[0], Cell { is_merged: true, ..Cell::default() });
    assert_eq!(
        document.notes,
        ["Hidden on the sheet “Plan”, and read too: row 6.", "Comment on cell B5 of the sheet “Plan”: Anna: late?"]
    );
    let hidden = format!(
        r#"{plan}<table:table table:name="Lists" table:style-name="off"><table:table-row>{}{}</table:table-row></table:table>"#,
        said("x"),
        said("y")
    );
    let document = read(&ods(styles, &hidden), None).unwrap();
    assert!(document.notes.contains(&"The sheet “Lists” is hidden; it was read too.".to_owned()));
    assert_eq!(paragraphs(&document), ["Riverside plan", "Plan", "Lists"]);
}

#[test]
fn an_open_document_workbook_that_repeats_itself_is_refused() {
    let row = format!(
        r#"<table:table-row table:number-rows-repeated="1048576">{}</table:table-row>"#,
        said("x").replace("<table:table-cell", r#"<table:table-cell table:number-columns-repeated="16384""#)
    );
    let book = ods("", &format!(r#"<table:table table:name="Plan">{row}</table:table>"#));
    assert!(read(&book, None).unwrap_err().why.contains("500,000 cells"));
    let locked = zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest:encryption-data/>"),
    ]);
    assert!(read(&locked, None).unwrap_err().why.contains("password"));
}

#[test]
fn a_web_page_named_like_a_workbook_is_recognised() {
    let page = b"\xef\xbb\xbf\n<HTML><table><tr><td>Action</td></tr></table></HTML>";
    let problem = read(page, None).unwrap_err();
    assert!(problem.why.contains("web page") && problem.hint.contains(".xlsx"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_bytes_give_a_document_or_a_problem(bytes in proptest::collection::vec(any::<u8>(), 0..300), place in 0..4_usize) {
        let start: &[u8] = [&b"PK\x03\x04xl/workbook.xml"[..], b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1W\0o\0r\0k\0b\0o\0o\0k\0\0\0", b"PK\x03\x04application/vnd.oasis.opendocument.spreadsheet", b""][place];
        prop_assert!(read(&[start, &bytes].concat(), None).is_err());
    }

    #[test]
    fn damaged_parts_give_a_document_or_a_problem(cut in 0..400_usize, text in "[<>/a-c=\" 0-9&;]{0,60}") {
        let rows = row(1, &["Action", "Lead"]) + r#"<row r="2"><c r="A2" s="1"><v>45382</v></c></row>"#;
        let mut damaged = rows.clone();
        damaged.insert_str(cut.min(rows.len()), &text);
        if let Ok(document) = read(&xlsx(&damaged), None) {
            prop_assert!(document.tables().count() <= 1);
        }
        let table = format!(r#"<table:table table:name="Plan"><table:table-row>{}{text}{}</table:table-row></table:table>"#, said("Action"), said("Lead"));
        if let Ok(document) = read(&ods("", &table), None) {
            prop_assert!(document.blocks.len() <= 80);
        }
    }
}

//! Small OpenDocument texts built here, one for each thing that they can do to a plan.

use proptest::prelude::*;
use proptest::sample::Index;

use super::*;
use crate::import::formats::marks;
use crate::import::formats::zipped::{damage, damaged, jumbled, zipped};
use crate::import::table::Table;

mod besides;

const NAMES: &str = "xmlns:office='o' xmlns:text='t' xmlns:table='tb' xmlns:style='s' xmlns:fo='f' xmlns:draw='d' \
    xmlns:dc='dc' xmlns:form='fm' xmlns:loext='l' xmlns:xlink='x'";

fn odt(styles: &str, body: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content {NAMES}><office:automatic-styles>{styles}</office:automatic-styles>\
         <office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    zipped(&[("mimetype", TEXT), ("content.xml", &content)])
}

fn document(styles: &str, body: &str) -> Document {
    read(&odt(styles, body)).unwrap()
}

fn p(inside: &str) -> String {
    format!("<text:p>{inside}</text:p>")
}

fn cell(properties: &str, text: &str) -> String {
    format!("<table:table-cell {properties}>{}</table:table-cell>", p(text))
}

fn row(cells: &[String]) -> String {
    format!("<table:table-row>{}</table:table-row>", cells.concat())
}

fn table(rows: &[String]) -> String {
    format!("<table:table>{}</table:table>", rows.concat())
}

fn covered() -> String {
    "<table:covered-table-cell/>".to_owned()
}

fn lines(styles: &str, body: &str) -> Vec<String> {
    let paragraph = |block| match block {
        Block::Paragraph(text) => text,
        Block::Table(table) => panic!("a table: {table:?}"),
    };
    document(styles, body).blocks.into_iter().map(paragraph).collect()
}

fn first_table(document: &Document) -> &Table {
    document.tables().next().expect("a table")
}

fn rows(body: &str) -> Vec<Vec<String>> {
    let document = document("", body);
    let shown = |cell: &crate::import::table::Cell| {
        if cell.is_merged { format!("^{}", cell.text) } else { cell.text.clone() }
    };
    first_table(&document).rows.iter().map(|row| row.cells.iter().map(shown).collect()).collect()
}

#[test]
fn headings_paragraphs_and_tables_keep_their_order() {
    let body = "<text:h>Finding 1</text:h>".to_owned()
        + &p("")
        + "<text:section>"
        + &table(&[row(&[cell("", "Action"), cell("", "Lead")])])
        + "</text:section>"
        + &p("After");
    let document = document("", &body);
    assert_eq!(document.blocks[0], Block::Paragraph("Finding 1".into()));
    assert_eq!(first_table(&document).rows[0].text(1), "Lead");
    assert_eq!(document.blocks[2], Block::Paragraph("After".into()));
}

#[test]
fn cells_merged_both_ways_stay_in_their_columns() {
    let wide = "table:number-columns-spanned='3'";
    let tall = "table:number-rows-spanned='2'";
    let body = table(&[
        row(&[cell(wide, "Open actions"), covered(), covered()]),
        row(&[cell(tall, "1. Share"), cell("", "Write"), cell("", "ICB")]),
        row(&[covered(), cell("", "Send"), cell("", "Police")]),
        row(&["<table:table-cell table:number-columns-repeated='2'/>".into(), cell("", "late")]),
    ]);
    let expected = [["Open actions", "", ""], ["1. Share", "Write", "ICB"], ["^", "Send", "Police"], ["", "", "late"]];
    assert_eq!(rows(&body), expected);
}

#[test]
fn a_cell_over_rows_and_columns_covers_a_square() {
    let square = "table:number-rows-spanned='2' table:number-columns-spanned='2'";
    let body = table(&[
        row(&[cell("", "a"), cell("", "b"), cell("", "c")]),
        row(&[cell(square, "d"), covered(), cell("", "e")]),
        row(&["<table:covered-table-cell table:number-columns-repeated='2'/>".into(), cell("", "f")]),
        row(&[cell("", "g"), cell("", "h"), cell("", "i")]),
    ]);
    let expected = [["a", "b", "c"], ["d", "", "e"], ["^", "", "f"], ["g", "h", "i"]];
    assert_eq!(rows(&body), expected);
}

#[test]
fn a_table_in_a_cell_becomes_lines_and_a_plan_in_a_frame_stays_a_table() {
    let inner = table(&[row(&[cell("", "a"), cell("", "b")])]);
    let holds = |inside: &str| format!("<table:table-cell>{inside}</table:table-cell>");
    let beside = table(&[row(&[holds(&(p("See:") + &inner)), cell("", "x")])]);
    assert_eq!(rows(&beside), [["See:\na\nb", "x"]]);
    assert_eq!(rows(&table(&[row(&[holds(&inner)])])), [["a", "b"]]);
}

const STYLES: &str = "<text:list-style style:name='L1'>\
    <text:list-level-style-number text:level='1' style:num-format='1' style:num-suffix='.'/>\
    <text:list-level-style-number text:level='2' style:num-format='a' style:num-suffix=')'/>\
    <text:list-level-style-number text:level='3' style:num-format='i' text:display-levels='2'/></text:list-style>\
    <text:list-style style:name='L2'><text:list-level-style-bullet text:level='1' text:bullet-char=''/></text:list-style>\
    <text:list-style style:name='L3'><text:list-level-style-number text:level='1' style:num-format='I' \
      loext:num-list-format='Part %1%:' text:start-value='3'/></text:list-style>";

fn item(inside: &str) -> String {
    format!("<text:list-item>{inside}</text:list-item>")
}

fn list(properties: &str, items: &[String]) -> String {
    format!("<text:list {properties}>{}</text:list>", items.concat())
}

#[test]
fn list_numbers_become_text_and_restart_where_they_should() {
    let deep = list("", &[item(&p("d"))]);
    let inner = list("", &[item(&p("b")), item(&(p("c") + &deep))]);
    let first = list("text:style-name='L1'", &[item(&(p("a") + &p("more") + &inner)), item(&p("e"))]);
    let again = list("text:style-name='L1'", &[item(&p("f"))]);
    let on = list("text:style-name='L1' text:continue-numbering='true'", &[item(&p("g"))]);
    let points = list(
        "text:style-name='L2'",
        &[item(&p("h")), "<text:list-header><text:p>i</text:p></text:list-header>".into()],
    );
    let parts = list(
        "text:style-name='L3'",
        &[item(&p("j")), "<text:list-item text:start-value='9'><text:p>k</text:p></text:list-item>".into()],
    );
    let expected =
        ["1. a", "more", "a) b", "b) c", "b.i d", "2. e", "1. f", "2. g", "• h", "i", "Part III: j", "Part IX: k"];
    assert_eq!(lines(STYLES, &[first, again, on, points, parts].concat()), expected);
}

#[test]
fn a_list_can_come_from_the_style_of_its_paragraphs() {
    let styles =
        STYLES.to_owned() + "<style:style style:name='P1' style:family='paragraph' style:list-style-name='L2'/>";
    let body = list("", &[item("<text:p text:style-name='P1'>a</text:p>"), item("<text:p text:style-name='P1'/>")]);
    assert_eq!(lines(&styles, &body), ["• a"]);
}

#[test]
fn spaces_tabs_and_breaks_are_those_that_are_shown() {
    let inside = "\n  one\n   two.<text:s/> Three<text:tab/>four<text:line-break/>fi\u{ad}ve<text:s text:c='2'/>six";
    assert_eq!(lines("", &p(inside)), ["one two.  Three\tfour\nfive  six"]);
}

#[test]
fn links_fields_boxes_and_ticks_show_their_words() {
    let inside = "See <text:a xlink:href='x'>the <text:span>policy</text:span></text:a> of <text:date>3 May</text:date>\
        <draw:frame><draw:text-box><text:p>In a box</text:p></draw:text-box></draw:frame>\
        <text:placeholder>type here</text:placeholder><text:bookmark text:name='_Hlk1'/>";
    assert_eq!(lines("", &p(inside)), ["See the policy of 3 May", "In a box"]);
    let form = "<office:forms><form:form><form:checkbox form:id='c1' form:current-state='checked'/>\
        <form:checkbox form:id='c2'/></form:form></office:forms>";
    let ticks = p("<draw:control draw:control='c1'/> done <draw:control draw:control='c2'/> open");
    assert_eq!(lines("", &(form.to_owned() + &ticks)), ["☒ done ☐ open"]);
}

#[test]
fn changes_comments_and_footnotes_are_notes_and_no_text() {
    let changes = "<text:tracked-changes><text:changed-region><text:deletion><text:p>old</text:p></text:deletion></text:changed-region>\
        <text:changed-region><text:insertion/></text:changed-region></text:tracked-changes>";
    let inside = "Write<text:change/> a<text:change-start/> policy<text:change-end/>\
        <office:annotation><dc:creator>A. Reviewer</dc:creator><dc:date>2025-03-04T10:00:00</dc:date><text:p>Still true?</text:p></office:annotation>\
        <text:note text:note-class='footnote'><text:note-citation>1</text:note-citation><text:note-body><text:p>See annex.</text:p></text:note-body></text:note>";
    let document = document("", &(changes.to_owned() + &p(inside)));
    assert_eq!(document.blocks, [Block::Paragraph("Write a policy".to_owned() + &marks::note("1"))]);
    let expected = [
        "Tracked changes were read as accepted: 1 insertion is in, 1 deletion is out.",
        "Footnote 1: See annex.",
        "Comment by A. Reviewer, 2025-03-04, on “Write a policy”: Still true?",
    ];
    assert_eq!(document.notes, expected);
}

#[test]
fn hidden_text_is_left_out_and_reported() {
    let styles =
        "<style:style style:name='T1' style:family='text'><style:text-properties text:display='none'/></style:style>";
    let body = p("for you<text:span text:style-name='T1'>not for you</text:span>");
    let document = document(styles, &body);
    assert_eq!(document.blocks, [Block::Paragraph("for you".into())]);
    assert_eq!(document.notes, ["Hidden text was left out: “not for you”"]);
}

#[test]
fn the_colour_of_a_cell_or_of_all_its_words_is_a_word() {
    let styles = "<style:style style:name='C1' style:family='table-cell'><style:table-cell-properties fo:background-color='#92d050'/></style:style>\
        <style:style style:name='C2' style:family='table-cell' style:parent-style-name='C1'/>\
        <style:style style:name='T1' style:family='text'><style:text-properties fo:background-color='#ff0000'/></style:style>";
    let marked = "<text:span text:style-name='T1'>Late</text:span>";
    let cells = [
        cell("table:style-name='C1'", "Done"),
        cell("table:style-name='C2'", "Done"),
        cell("", marked),
        cell("", &format!("Not {marked}")),
    ];
    let document = document(styles, &table(&[row(&cells)]));
    let shades: Vec<Option<&str>> =
        first_table(&document).rows[0].cells.iter().map(|cell| cell.shade.as_deref()).collect();
    assert_eq!(shades, [Some("Green"), Some("Green"), Some("Red"), None]);
}

#[test]
fn the_page_header_is_kept_separate() {
    let around = format!(
        "<office:document-styles {NAMES}><office:master-styles><style:master-page><style:header>{}</style:header>\
         </style:master-page></office:master-styles></office:document-styles>",
        p("Riverside plan")
    );
    let content = format!(
        "<office:document-content {NAMES}><office:body><office:text>{}</office:text></office:body></office:document-content>",
        p("Text")
    );
    let bytes = zipped(&[("mimetype", TEXT), ("styles.xml", &around), ("content.xml", &content)]);
    assert_eq!(read(&bytes).unwrap().headers, ["Riverside plan"]);
}

#[test]
fn locked_other_and_hostile_files_are_refused_in_a_sentence() {
    let why = |bytes: &[u8]| read(bytes).unwrap_err().to_string();
    let locked = [("mimetype", TEXT), ("META-INF/manifest.xml", "<manifest:encryption-data/>"), ("content.xml", "?")];
    assert!(why(&zipped(&locked)).contains("password-protected"));
    let sheet = "<a><body><spreadsheet/></body></a>";
    assert!(why(&zipped(&[("content.xml", sheet)])).contains("not a text"));
    let wide = |count: &str, text: &str| {
        table(&[row(&[cell(&format!("table:number-columns-repeated='{count}'"), text), cell("", "x")])])
    };
    assert!(why(&odt("", &wide("4000000000", "x"))).contains("1,000 columns"));
    let many = format!(
        "<table:table><table:table-row table:number-rows-repeated='999999'>{}</table:table-row></table:table>",
        cell("", &"word ".repeat(9000)) + &cell("", "x")
    );
    assert!(why(&odt("", &many)).contains("repeated too often"));
    assert_eq!(
        rows(&table(&[row(&[cell("table:number-columns-spanned='99999999'", "a"), cell("", "b")])])),
        [["a", "b"]]
    );
}

#[test]
fn a_text_is_distinguished_from_a_spreadsheet() {
    assert!(is_one(&odt("", "")));
    let sheet = "application/vnd.oasis.opendocument.spreadsheet";
    assert!(!is_one(&zipped(&[("mimetype", sheet), ("content.xml", "<a/>")])));
    assert!(!is_one(&zipped(&[("word/document.xml", "<a/>")])) && !is_one(b"Action,Lead"));
}

proptest! {
    #[test]
    fn a_damaged_document_is_read_or_refused(
        cuts in prop::collection::vec(any::<(Index, Index)>(), 0..4),
        damage in damage(),
    ) {
        let cells = [cell("table:number-rows-spanned='2'", "b"), cell("table:number-columns-repeated='3'", "c")];
        let body = list("text:style-name='L1'", &[item(&p("a"))]) + &table(&[row(&cells), row(&[covered()])]);
        if let Err(problem) = read(&damaged(odt(STYLES, &jumbled(body, cuts)), damage)) {
            prop_assert!(!problem.why.is_empty());
        }
    }
}

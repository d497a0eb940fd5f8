//! Small Word documents built here, one for each thing that Word can do to a plan.

use proptest::prelude::*;
use proptest::sample::Index;

use super::*;
use crate::import::formats::marks;
use crate::import::formats::zipped::{damage, damaged, jumbled, zipped};
use crate::import::table::{Cell, Table};

mod besides;

const NAMES: &str = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' \
    xmlns:w14='http://schemas.microsoft.com/office/word/2010/wordml' xmlns:mc='mc' xmlns:wps='wps' xmlns:v='v' \
    xmlns:a='a' xmlns:m='m'";

/// A document with this body, and further parts by kind.
fn docx(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let document = format!("<w:document {NAMES}><w:body>{body}</w:body></w:document>");
    let kind = |(kind, _): &(&str, &str)| format!("<Relationship Type='x/{kind}' Target='{kind}.xml'/>");
    let kinds = parts.iter().map(kind).collect::<Vec<_>>().concat();
    let root = "<Relationships><Relationship Type='x/officeDocument' Target='word/document.xml'/></Relationships>";
    let around = format!("<Relationships>{kinds}</Relationships>");
    let names: Vec<String> = parts.iter().map(|(kind, _)| format!("word/{kind}.xml")).collect();
    let mut all = vec![("_rels/.rels", root), ("word/document.xml", &document)];
    all.push(("word/_rels/document.xml.rels", &around));
    all.extend(names.iter().zip(parts).map(|(name, (_, text))| (name.as_str(), *text)));
    zipped(&all)
}

fn part(root: &str, inside: &str) -> String {
    format!("<w:{root} {NAMES}>{inside}</w:{root}>")
}

fn document(body: &str, parts: &[(&str, &str)]) -> Document {
    read(&docx(body, parts)).unwrap()
}

fn r(text: &str) -> String {
    format!("<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>")
}

fn p(inside: &str) -> String {
    format!("<w:p>{inside}</w:p>")
}

/// A cell with these properties and paragraphs.
fn tc(properties: &str, inside: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>")
}

fn word_cell(text: &str) -> String {
    tc("", &p(&r(text)))
}

fn tr(cells: &[String]) -> String {
    format!("<w:tr>{}</w:tr>", cells.concat())
}

fn tbl(rows: &[String]) -> String {
    format!("<w:tbl>{}</w:tbl>", rows.concat())
}

/// The paragraphs of a body.
fn lines(body: &str, parts: &[(&str, &str)]) -> Vec<String> {
    let paragraph = |block| match block {
        Block::Paragraph(text) => text,
        Block::Table(table) => panic!("a table: {table:?}"),
    };
    document(body, parts).blocks.into_iter().map(paragraph).collect()
}

fn line(inside: &str) -> String {
    lines(&p(inside), &[]).concat()
}

fn first_table(document: &Document) -> &Table {
    document.tables().next().expect("a table")
}

/// The rows of the only table; "^" is the lower part of a cell that began above.
fn rows(body: &str) -> Vec<Vec<String>> {
    let shown = |cell: &Cell| if cell.is_merged { format!("^{}", cell.text) } else { cell.text.clone() };
    let document = document(body, &[]);
    first_table(&document).rows.iter().map(|row| row.cells.iter().map(shown).collect()).collect()
}

/// The shade of a cell with these properties and this content.
fn shade(properties: &str, inside: &str, parts: &[(&str, &str)]) -> Option<String> {
    let document = document(&tbl(&[tr(&[word_cell("x"), tc(properties, inside)])]), parts);
    first_table(&document).rows[0].cells[1].shade.clone()
}

#[test]
fn paragraphs_and_tables_keep_their_order_and_empty_paragraphs_are_dropped() {
    let heading = "<w:p><w:pPr><w:pStyle w:val='Heading1'/></w:pPr><w:r><w:t>Finding 1</w:t></w:r></w:p>";
    let table = tbl(&[tr(&[word_cell("Action"), word_cell("Lead")])]);
    let document = document(&[heading, &p(""), &table, &p(&r("After"))].concat(), &[]);
    let [Block::Paragraph(first), Block::Table(table), Block::Paragraph(last)] = document.blocks.as_slice() else {
        panic!("{:?}", document.blocks)
    };
    assert_eq!((first.as_str(), last.as_str()), ("Finding 1", "After"));
    assert_eq!(table.rows[0].cells, [Cell::new("Action"), Cell::new("Lead")]);
}

#[test]
fn cells_merged_both_ways_stay_in_their_columns() {
    let down = |kind: &str, text: &str| tc(&format!("<w:vMerge{kind}/>"), &p(&r(text)));
    let body = tbl(&[
        tr(&[tc("<w:gridSpan w:val='3'/>", &p(&r("Open actions")))]),
        tr(&[down(" w:val='restart'", "1. Share"), word_cell("Write"), word_cell("ICB")]),
        tr(&[down("", ""), word_cell("Send"), word_cell("Police")]),
        tr(&[down("", ""), tc("<w:gridSpan w:val='2'/>", &p(&r("Print")))]),
        "<w:tr><w:trPr><w:gridBefore w:val='2'/></w:trPr>".to_owned() + &word_cell("late") + "</w:tr>",
    ]);
    let expected = [
        ["Open actions", "", ""],
        ["1. Share", "Write", "ICB"],
        ["^", "Send", "Police"],
        ["^", "Print", ""],
        ["", "", "late"],
    ];
    assert_eq!(rows(&body), expected);
}

#[test]
fn a_merge_that_continues_nothing_begins_there() {
    let body = tbl(&[tr(&[tc("<w:vMerge/>", &p(&r("1. Share"))), word_cell("Write")])]);
    assert_eq!(rows(&body), [["1. Share", "Write"]]);
}

#[test]
fn a_table_in_a_cell_becomes_lines_and_a_plan_in_a_frame_stays_a_table() {
    let inner = tbl(&[tr(&[word_cell("a"), word_cell("b")]), tr(&[word_cell("c"), word_cell("")])]);
    let body = tbl(&[tr(&[word_cell("Action"), tc("", &[&p(&r("See:")), &*inner, &p("")].concat())])]);
    assert_eq!(rows(&body), [["Action", "See:\na\nb\nc"]]);
    let framed = tbl(&[tr(&[tc("", &[&p(&r("Our plan")), &*inner].concat())])]);
    let document = document(&framed, &[]);
    assert_eq!(document.blocks[0], Block::Paragraph("Our plan".into()));
    assert_eq!(first_table(&document).rows.len(), 2);
}

#[test]
fn content_controls_around_anything_are_looked_through() {
    let sdt = |inside: &str| format!("<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>");
    let cell = tc("", &sdt(&p(&sdt(&r("Write")))));
    let body = sdt(&tbl(&[sdt(&tr(&[sdt(&cell), word_cell("ICB")]))]));
    assert_eq!(rows(&body), [["Write", "ICB"]]);
    let prompt = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Choose a date</w:t></w:r></w:sdtContent></w:sdt>";
    assert_eq!(line(&[&r("Due "), prompt].concat()), "Due ");
    let filled = prompt.replace("Choose a date", "Amber");
    assert_eq!(line(&[r("Now "), filled].concat()), "Now Amber", "filled in by a program that leaves the mark");
    let empty_cell = prompt.replace("<w:r>", "<w:tc><w:p><w:r>").replace("</w:r>", "</w:r></w:p></w:tc>");
    assert_eq!(rows(&tbl(&[tr(&[word_cell("a"), empty_cell, word_cell("c")])])), [["a", "", "c"]]);
}

#[test]
fn tracked_changes_are_read_as_accepted_and_reported() {
    let deleted = "<w:del><w:r><w:delText>old</w:delText></w:r></w:del>";
    let moved = "<w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t> here</w:t></w:r></w:moveTo>";
    let changed = [&r("The "), deleted, "<w:ins>", &r("new"), "</w:ins>", moved].concat();
    let joined = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>One, </w:t></w:r></w:p>";
    let row = "<w:tr><w:trPr><w:del/></w:trPr>".to_owned() + &word_cell("struck") + "</w:tr>";
    let body = [&p(&changed), joined, &p(&r("two")), &tbl(&[row, tr(&[word_cell("kept"), word_cell("")])])].concat();
    let document = document(&body, &[]);
    let said = |text: &str| Block::Paragraph(text.into());
    assert_eq!(document.blocks[..2], [said("The new here"), said("One, two")]);
    assert_eq!(first_table(&document).rows.len(), 1);
    let note = "Tracked changes were read as accepted: 2 insertions are in, 3 deletions are out.";
    assert_eq!(document.notes, [note, "A row that tracked changes delete was left out: “struck”"]);
}

#[test]
fn rows_that_tracked_changes_delete_are_named() {
    let gone = |text: &str| tc("", &p(&format!("<w:del><w:r><w:delText>{text}</w:delText></w:r></w:del>")));
    let marked = tr(&[gone("2"), gone("Old action")]).replacen("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>", 1);
    let unmarked = tr(&[gone("3"), gone("Older action")]);
    let moved = "<w:tr><w:trPr><w:del/></w:trPr>".to_owned()
        + &tc("", &p(&format!("<w:moveFrom>{}</w:moveFrom>", r("Moved action"))))
        + "</w:tr>";
    let kept = tr(&[word_cell("1"), word_cell("Keep this")]);
    let document = document(&tbl(&[kept, marked, unmarked, moved]), &[]);
    let named: Vec<&String> = document.notes.iter().filter(|note| note.starts_with("A row")).collect();
    let why = "A row that tracked changes delete was left out: ";
    assert_eq!(named, [&format!("{why}“2 | Old action”"), &format!("{why}“3 | Older action”")]);
}

#[test]
fn comments_footnotes_and_page_headers_are_notes_and_no_text() {
    let comments = part(
        "comments",
        "<w:comment w:id='7' w:author='A. Reviewer' w:date='2025-03-04T10:00:00Z'><w:p><w:r><w:t>Still true?</w:t></w:r></w:p></w:comment>",
    );
    let footnotes = part(
        "footnotes",
        "<w:footnote w:id='-1'><w:p><w:r><w:separator/></w:r></w:p></w:footnote><w:footnote w:id='1'><w:p><w:r><w:t>See annex.</w:t></w:r></w:p></w:footnote>",
    );
    let header = part("hdr", &p(&r("Riverside plan")));
    let body =
        p(&[&r("Write a policy"), "<w:r><w:commentReference w:id='7'/><w:footnoteReference w:id='1'/></w:r>"].concat());
    let parts = [("comments", comments.as_str()), ("footnotes", &footnotes), ("header", &header)];
    let document = document(&body, &parts);
    assert_eq!(document.blocks, [Block::Paragraph("Write a policy".to_owned() + &marks::note("footnoteReference1"))]);
    let comment = "Comment by A. Reviewer, 2025-03-04, on “Write a policy”: Still true?";
    assert_eq!(document.headers, ["Riverside plan"]);
    assert_eq!(document.notes, [comment, "Footnote 1: See annex."]);
}

fn numbering() -> String {
    let level = |at: u8, format: &str, text: &str, more: &str| {
        format!(
            "<w:lvl w:ilvl='{at}'><w:start w:val='1'/><w:numFmt w:val='{format}'/><w:lvlText w:val='{text}'/>{more}</w:lvl>"
        )
    };
    let outline =
        [level(0, "decimal", "%1.", ""), level(1, "lowerLetter", "%2)", ""), level(2, "lowerRoman", "%1.%3", "")];
    let points = level(0, "bullet", "\u{f0b7}", "");
    let heads = level(0, "upperRoman", "Part %1:", "<w:pStyle w:val='Head'/>");
    let all = [
        format!("<w:abstractNum w:abstractNumId='0'>{}</w:abstractNum>", outline.concat()),
        format!("<w:abstractNum w:abstractNumId='1'>{points}</w:abstractNum>"),
        format!("<w:abstractNum w:abstractNumId='2'>{heads}</w:abstractNum>"),
        "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>".into(),
        "<w:num w:numId='2'><w:abstractNumId w:val='1'/></w:num>".into(),
        "<w:num w:numId='3'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='5'/></w:lvlOverride></w:num>".into(),
        "<w:num w:numId='4'><w:abstractNumId w:val='2'/></w:num>".into(),
    ];
    part("numbering", &all.concat())
}

fn item(list: u8, level: u8, text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list}'/></w:numPr></w:pPr>{}</w:p>",
        r(text)
    )
}

#[test]
fn list_numbers_become_text_and_restart_where_they_should() {
    let items = [(1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1), (2, 0), (3, 0), (3, 0), (1, 0), (0, 0), (9, 0)];
    let body: String = items.iter().map(|(list, level)| item(*list, *level, "x")).collect();
    let expected = ["1. x", "a) x", "b) x", "1.i x", "2. x", "a) x", "• x", "5. x", "6. x", "7. x", "x", "x"];
    assert_eq!(lines(&body, &[("numbering", &numbering())]), expected);
}

#[test]
fn a_list_can_come_from_the_style_and_an_empty_item_is_its_number() {
    let styles = part(
        "styles",
        "<w:style w:type='paragraph' w:styleId='Head'><w:name w:val='Head'/><w:pPr><w:numPr><w:numId w:val='4'/></w:numPr></w:pPr></w:style>\
         <w:style w:type='paragraph' w:styleId='Sub'><w:basedOn w:val='Head'/></w:style>\
         <w:style w:type='paragraph' w:styleId='Inhalt1'><w:name w:val='toc 1'/></w:style>",
    );
    let using = |style: &str, text: &str| format!("<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr>{}</w:p>", r(text));
    let body = [using("Inhalt1", "Housing 3"), using("Head", "Housing"), using("Sub", "Health"), item(1, 0, "")];
    let parts = [("numbering", numbering()), ("styles", styles)];
    let parts: Vec<(&str, &str)> = parts.iter().map(|(kind, text)| (*kind, text.as_str())).collect();
    assert_eq!(lines(&body.concat(), &parts), ["Part I: Housing", "Part II: Health", "1."]);
}

#[test]
fn ticks_of_every_kind_are_boxes() {
    let control = |checked: u8, inside: &str| {
        format!(
            "<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val='{checked}'/></w14:checkbox></w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"
        )
    };
    assert_eq!(line(&control(1, &r("☒"))), "☒");
    assert_eq!(line(&(control(1, "") + &control(0, ""))), "☒☐");
    let symbol = |font: &str, code: &str| format!("<w:r><w:sym w:font='{font}' w:char='{code}'/></w:r>");
    let symbols = [("Wingdings", "F0FE"), ("Wingdings", "F0A8"), ("Wingdings 2", "F0A3"), ("Symbol", "F0B7")];
    assert_eq!(line(&symbols.map(|(font, code)| symbol(font, code)).concat()), "☑☐☐•");
    let typed = "<w:r><w:rPr><w:rFonts w:ascii='Wingdings'/></w:rPr><w:t>ü</w:t></w:r>";
    assert_eq!(line(typed), "✓");
    let form = "<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r>\
        <w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>";
    assert_eq!(line(&[form, &r(" Done")].concat()), "☒ Done");
}

#[test]
fn fields_show_their_result_and_links_their_words() {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>");
    let code = "<w:r><w:instrText> DATE </w:instrText></w:r>";
    let nested = [mark("begin"), r("12"), mark("end")].concat();
    let field = [&mark("begin"), code, &nested, &mark("separate"), &r("3 May"), &mark("end")];
    assert_eq!(line(&[&r("By "), &*field.concat(), &r(" 2026")].concat()), "By 3 May 2026");
    let link = ["<w:hyperlink>", &r("the policy"), "</w:hyperlink>"].concat();
    let simple = ["<w:fldSimple w:instr='REF x'>", &r(" now"), "</w:fldSimple>"].concat();
    assert_eq!(line(&(link + &simple)), "the policy now");
}

#[test]
fn a_text_box_is_read_once_and_after_its_paragraph() {
    let inside = format!("<w:txbxContent>{}</w:txbxContent>", p(&r("Key: Green is done")));
    let alternatives = format!(
        "<mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{inside}</wps:txbx></w:drawing></mc:Choice>\
         <mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    );
    let body = p(&[&r("Plan"), "<w:r>", &alternatives, "</w:r>"].concat());
    assert_eq!(lines(&body, &[]), ["Plan", "Key: Green is done"]);
    assert_eq!(rows(&tbl(&[tr(&[tc("", &body), word_cell("x")])])), [["Plan\nKey: Green is done", "x"]]);
}

#[test]
fn tabs_breaks_hyphens_and_spaces_are_kept_as_shown() {
    let inside = "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>co</w:t><w:softHyphen/><w:t>de</w:t><w:noBreakHyphen/><w:t>x\u{ad}y</w:t></w:r>";
    assert_eq!(line(inside), "a\tb\ncode-xy");
    let cell = tc("", &[p(&r("Jan")), p(""), p(&r("Feb")), p("")].concat());
    assert_eq!(rows(&tbl(&[tr(&[cell, word_cell("x")])])), [["Jan\n\nFeb", "x"]]);
}

#[test]
fn hidden_text_is_left_out_and_reported() {
    let hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>not for you</w:t></w:r>";
    let shown = "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>for you</w:t></w:r>";
    let row = "<w:tr><w:trPr><w:hidden/></w:trPr>".to_owned() + &word_cell("a") + &word_cell("b") + "</w:tr>";
    let document = document(&(p(&[hidden, shown].concat()) + &tbl(&[row])), &[]);
    assert_eq!(document.blocks[0], Block::Paragraph("for you".into()));
    let rows = "1 hidden row of tables was read like the others.";
    assert_eq!(document.notes, ["Hidden text was left out: “not for you”", rows]);
}

#[test]
fn the_colour_of_a_cell_is_a_word() {
    let theme = "<a:theme xmlns:a='a'><a:clrScheme><a:accent6><a:srgbClr val='70AD47'/></a:accent6><a:lt1><a:sysClr val='window' lastClr='FFFFFF'/></a:lt1></a:clrScheme></a:theme>";
    let fill = |shading: &str| shade(&format!("<w:shd {shading}/>"), &p(&r("x")), &[("theme", theme)]);
    assert_eq!(fill("w:val='clear' w:fill='FFC000'").as_deref(), Some("Amber"));
    assert_eq!(fill("w:val='clear' w:themeFill='accent6'").as_deref(), Some("Green"));
    assert_eq!(fill("w:val='solid' w:color='FF0000' w:fill='auto'").as_deref(), Some("Red"));
    assert_eq!(fill("w:val='clear' w:themeFill='accent6' w:themeFillTint='33'"), None);
    assert_eq!(fill("w:val='clear' w:themeFill='background1' w:themeFillShade='BF'"), None);
    assert_eq!(fill("w:val='clear' w:fill='auto'"), None);
}

#[test]
fn marked_words_shade_their_cell_only_where_all_are_marked() {
    let run = |properties: &str, text: &str| format!("<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>");
    let green = run("<w:highlight w:val='green'/>", "Done");
    assert_eq!(shade("", &p(&green), &[]).as_deref(), Some("Green"));
    assert_eq!(shade("", &p(&[&*green, &r(" by June")].concat()), &[]), None);
    assert_eq!(shade("", &p(&run("<w:color w:val='C00000'/>", "●")), &[]).as_deref(), Some("Red"));
    assert_eq!(shade("", &p(&run("<w:color w:val='C00000'/>", "Late")), &[]), None);
}

#[test]
fn an_unusual_name_of_the_main_part_and_lost_relationships_do_not_matter() {
    let text = format!("<w:document {NAMES}><w:body>{}</w:body></w:document>", p(&r("Plan")));
    let root = "<Relationships><Relationship Type='x/officeDocument' Target='/word/document2.xml'/></Relationships>";
    for parts in [vec![("_rels/.rels", root), ("word/document2.xml", &*text)], vec![("word/document.xml", &*text)]] {
        assert_eq!(read(&zipped(&parts)).unwrap().blocks, [Block::Paragraph("Plan".into())]);
    }
}

#[test]
fn other_files_and_hostile_ones_are_refused_in_a_sentence() {
    let why = |bytes: &[u8]| read(bytes).unwrap_err().to_string();
    assert!(why(&zipped(&[("xl/workbook.xml", "<a/>")])).contains("workbook"));
    assert!(why(&zipped(&[("a", "")])).contains("damaged"));
    let root = "<Relationships><Relationship Type='x/officeDocument' Target='xl/workbook.xml'/></Relationships>";
    assert!(why(&zipped(&[("_rels/.rels", root), ("xl/workbook.xml", "<a/>")])).contains("workbook"));
    assert!(why(b"Action,Lead\n").contains("plain text"));
    assert!(why(&docx(&"<w:tbl><w:tr><w:tc>".repeat(90_000), &[])).contains("nested"));
    let wide = tbl(&[tr(&[tc("<w:gridSpan w:val='2147483647'/>", &p(&r("x")))])]);
    assert!(why(&docx(&wide, &[])).contains("1,000 columns"));
    let many: Vec<String> = (0..400).map(|_| word_cell("x")).collect();
    assert!(why(&docx(&tbl(&[tr(&many)]), &[])).contains("256 columns"));
}

#[test]
fn negative_and_senseless_numbers_do_no_harm() {
    let odd = "<w:gridSpan w:val='-1'/><w:vMerge w:val='often'/><w:shd w:fill='#12345é'/>";
    assert_eq!(rows(&tbl(&[tr(&[tc(odd, &p(&r("x"))), word_cell("y")])])), [["x", "y"]]);
    let start = "<w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='4294967295'/><w:numFmt w:val='upperLetter'/><w:lvlText w:val='%1%%9'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>";
    let numbering = part("numbering", start);
    let found = lines(&[item(1, 0, "x"), item(1, 0, "y"), item(1, 200, "z")].concat(), &[("numbering", &numbering)]);
    assert_eq!(found, ["4294967295%1 x", "4294967295%1 y", "z"]);
}

/// A document with a bit of everything.
fn everything() -> Vec<u8> {
    let cell = tc("<w:shd w:val='clear' w:fill='92D050'/><w:vMerge w:val='restart'/>", &item(1, 1, "Write"));
    let box_ = format!("<w:r><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r>", p(&r("boxed")));
    let body = [
        p(&[&r("Plan"), &*box_, "<w:ins>", &r("new"), "</w:ins><w:r><w:commentReference w:id='1'/></w:r>"].concat()),
        tbl(&[
            tr(&[cell, tc("<w:gridSpan w:val='2'/>", &p(&r("Lead")))]),
            tr(&[tc("<w:vMerge/>", ""), word_cell("x")]),
        ]),
    ];
    let comments = part("comments", "<w:comment w:id='1'><w:p><w:r><w:t>Why?</w:t></w:r></w:p></w:comment>");
    docx(&body.concat(), &[("numbering", &numbering()), ("comments", &comments)])
}

proptest! {
    #[test]
    fn a_damaged_document_is_read_or_refused(damage in damage()) {
        if let Err(problem) = read(&damaged(everything(), damage)) {
            prop_assert!(!problem.why.is_empty());
        }
    }

    /// Damage inside the text itself, where the checks of the zip file do not catch it.
    #[test]
    fn a_document_with_senseless_xml_is_read_or_refused(cuts in prop::collection::vec(any::<(Index, Index)>(), 1..6)) {
        let table = tbl(&[tr(&[word_cell("b"), tc("<w:gridSpan w:val='2'/>", &p(&r("c")))])]);
        let body = jumbled([item(1, 0, "a"), table].concat(), cuts);
        let words = |document: Document| -> usize {
            let cells = document.tables().flat_map(|table| &table.rows).flat_map(|row| &row.cells);
            cells.map(|cell| cell.text.len()).sum()
        };
        match read(&docx(&body, &[("numbering", &numbering())])) {
            Ok(document) => prop_assert!(words(document) <= body.len(), "more words than were written"),
            Err(problem) => prop_assert!(!problem.why.is_empty()),
        }
    }
}

//! Small documents built here, one for each thing that an old Word can do to a plan.

mod besides;
mod hostile;

use super::sample::*;
use super::*;
use crate::import::formats::marks;
use crate::import::table::{Cell, Table};

const DELETED: [u8; 3] = [0x00, 0x08, 1];
const INSERTED: [u8; 3] = [0x01, 0x08, 1];
const HIDDEN: [u8; 3] = [0x3c, 0x08, 1];
const SPECIAL: [u8; 3] = [0x55, 0x08, 1];
/// Flags of cells.
const FIRST_BESIDE: u16 = 1;
const BESIDE: u16 = 2;
const BEGINS_DOWN: u16 = 0x60;
const GOES_ON: u16 = 0x20;

fn document(main: impl IntoIterator<Item = Para>) -> Document {
    read(&Sample::of(main).file()).unwrap()
}

/// The paragraphs of a document that has no tables.
fn lines_of(document: Document) -> Vec<String> {
    let paragraph = |block| match block {
        Block::Paragraph(text) => text,
        Block::Table(table) => panic!("a table: {table:?}"),
    };
    document.blocks.into_iter().map(paragraph).collect()
}

fn line(para: Para) -> String {
    lines_of(document([para])).concat()
}

fn first_table(document: &Document) -> &Table {
    document.tables().next().expect("a table")
}

/// The rows of the only table; "^" is the lower part of a cell that began above.
fn rows(main: impl IntoIterator<Item = Para>) -> Vec<Vec<String>> {
    let shown = |cell: &Cell| if cell.is_merged { format!("^{}", cell.text) } else { cell.text.clone() };
    let document = document(main);
    assert_eq!(document.tables().count(), 1);
    first_table(&document).rows.iter().map(|row| row.cells.iter().map(shown).collect()).collect()
}

/// A row of cells of equal width with this text.
fn row(texts: &[&str]) -> Vec<Para> {
    let edges: Vec<i16> = (0..=texts.len()).map(|at| i16::try_from(at * 2000).unwrap()).collect();
    texts.iter().map(|text| cell(text)).chain([row_end(&edges, &[])]).collect()
}

fn wide_row(texts: &[&str], edges: &[i16], flags: &[u16]) -> Vec<Para> {
    texts.iter().map(|text| cell(text)).chain([row_end(edges, flags)]).collect()
}

#[test]
fn paragraphs_and_tables_keep_their_order_and_empty_paragraphs_are_dropped() {
    let main = [vec![para("Finding 1"), para("")], row(&["Action", "Lead"]), vec![para("After")]].concat();
    let document = document(main);
    let [Block::Paragraph(first), Block::Table(table), Block::Paragraph(last)] = document.blocks.as_slice() else {
        panic!("{:?}", document.blocks)
    };
    assert_eq!((first.as_str(), last.as_str()), ("Finding 1", "After"));
    assert_eq!(table.rows[0].cells, [Cell::new("Action"), Cell::new("Lead")]);
}

#[test]
fn one_byte_and_two_byte_text_mix_in_one_document() {
    let main = ["“Café” – £5", "Łódź 🙂 – £5", "plain"].map(para);
    assert_eq!(lines_of(document(main)), ["“Café” – £5", "Łódź 🙂 – £5", "plain"]);
}

#[test]
fn cells_merged_both_ways_stay_in_their_columns() {
    let three = [0, 2000, 4000, 6000];
    let main = [
        wide_row(&["Open actions"], &[0, 6000], &[0]),
        wide_row(&["1. Share", "Write", "ICB"], &three, &[BEGINS_DOWN, 0, 0]),
        wide_row(&["", "Send", "Police"], &three, &[GOES_ON, 0, 0]),
        wide_row(&["", "Print"], &[0, 2000, 6000], &[GOES_ON, 0]),
        wide_row(&["", "both", ""], &three, &[0, FIRST_BESIDE, BESIDE]),
        wide_row(&["late"], &[4000, 6000], &[0]),
    ];
    let expected = [
        ["Open actions", "", ""],
        ["1. Share", "Write", "ICB"],
        ["^", "Send", "Police"],
        ["^", "Print", ""],
        ["", "both", ""],
        ["", "", "late"],
    ];
    assert_eq!(rows(main.concat()), expected);
}

#[test]
fn dragged_edges_make_no_columns() {
    let main = [
        wide_row(&["Action", "Lead"], &[-108, 3000, 6000], &[]),
        wide_row(&["Write", "ICB"], &[0, 3150, 6000], &[]),
        wide_row(&["Send", "Police"], &[-108, 2900, 6010], &[]),
    ];
    assert_eq!(rows(main.concat()), [["Action", "Lead"], ["Write", "ICB"], ["Send", "Police"]]);
    let rounded = (0..12).map(|at| wide_row(&["a", "b", "c"], &[at, 3000 + at, 3100 - at, 6000], &[]));
    assert_eq!(rows(rounded.flatten()), [["a", "b", "c"]; 12]);
}

#[test]
fn a_merge_that_continues_nothing_begins_there() {
    assert_eq!(rows(wide_row(&["1. Share", "Write"], &[0, 1000, 2000], &[GOES_ON, 0])), [["1. Share", "Write"]]);
    let later = [&[0x2b, 0xd6, 2, 0, 3][..], &[0x24, 0x56, 1, 3]].concat();
    let mut first = wide_row(&["1", "a", "", "x"], &[0, 1000, 2000, 3000, 4000], &[]);
    first[4].changes.extend(later);
    let mut second = row(&["", "b", "c", "y"]);
    second[4] = row_end(&[0, 1000, 2000, 3000, 4000], &[]).with(&[0x2b, 0xd6, 2, 0, 1]);
    assert_eq!(rows([first, second].concat()), [["1", "a", "", "x"], ["^", "b", "c", "y"]]);
}

#[test]
fn a_row_without_properties_still_has_its_cells() {
    let end = para("").with(&IN_TABLE).with(&ROW_END).mark('\u{7}', &[]);
    assert_eq!(rows([cell("a"), cell("b"), end]), [["a", "b"]]);
    // No end at all, as in a file that was cut off and repaired.
    assert_eq!(rows([cell("a"), cell("b")]), [["a", "b"]]);
}

/// A paragraph in a nested table.
fn inner(text: &str, ends: &[u8]) -> Para {
    para(text).with(&IN_TABLE).with(&[0x49, 0x66, 2, 0, 0, 0]).with(ends)
}

#[test]
fn a_table_in_a_cell_becomes_lines_and_a_plan_in_a_frame_stays_a_table() {
    let cell_end = [0x4b, 0x24, 1];
    let row_ends = [&[0x4b, 0x24, 1, 0x4c, 0x24, 1], &shape(&[0, 1000, 2000], &[])[..]].concat();
    let nested = [inner("a", &cell_end), inner("b", &cell_end), inner("", &row_ends)];
    let nested = [&nested[..], &[inner("c", &cell_end), inner("", &cell_end), inner("", &row_ends)]].concat();
    let see = para("See:").with(&IN_TABLE);
    let main = [vec![cell("Action"), see], nested.clone(), vec![cell(""), row_end(&[0, 4000, 8000], &[])]];
    assert_eq!(rows(main.concat()), [["Action", "See:\na\nb\nc"]]);
    let framed = [vec![para("Our plan").with(&IN_TABLE)], nested, vec![cell(""), row_end(&[0, 8000], &[])]];
    let document = document(framed.concat());
    assert_eq!(document.blocks[0], Block::Paragraph("Our plan".into()));
    assert_eq!(first_table(&document).rows.len(), 2);
}

#[test]
fn tracked_changes_are_read_as_accepted_and_reported() {
    let changed = para("The ").run("old", &DELETED).run("new", &INSERTED);
    let joined = para("One, ").mark('\r', &DELETED);
    let mut struck = row(&["", ""]);
    struck[0] = cell("").run("struck", &DELETED);
    struck[2] = struck[2].clone().mark('\u{7}', &DELETED);
    let mut above = row(&["kept", ""]);
    above[2] = above[2].clone().mark('\u{7}', &DELETED);
    let main = [vec![changed, joined, para("two")], struck, above].concat();
    let document = document(main);
    let said = |text: &str| Block::Paragraph(text.into());
    assert_eq!(document.blocks[..2], [said("The new"), said("One, two")]);
    assert_eq!(first_table(&document).rows.len(), 1);
    let note = "Tracked changes were read as accepted: 1 insertion is in, 3 deletions are out.";
    assert_eq!(document.notes, [note]);
}

#[test]
fn hidden_text_is_left_out_and_reported() {
    let document = document([para("").run("not for you", &HIDDEN).run("for you", &[])]);
    assert_eq!(document.blocks, [Block::Paragraph("for you".into())]);
    assert_eq!(document.notes, ["Hidden text was left out: “not for you”"]);
}

fn other(text: Text, part: Part, texts: &[&str]) -> Other {
    let texts = texts.iter().map(|text| vec![para(text)]).collect();
    Other { text, part, record: Vec::new(), texts }
}

#[test]
fn comments_footnotes_and_page_headers_are_notes_and_no_text() {
    let main = [para("Write a policy").run("\u{2}\u{5}", &SPECIAL)];
    let mut sample = Sample::of(main);
    let pages = ["", "", "", "", "", "", "", "Riverside plan", "Page ", "Version 2", "Riverside plan", ""];
    sample.others = vec![
        other(Text::Footnotes, Part::FootnoteTexts, &["\u{2} See annex."]),
        other(Text::Pages, Part::PageTexts, &pages),
        other(Text::Comments, Part::CommentTexts, &["\u{5}Still true?"]),
    ];
    let entry = [&[0; 20][..], &1_u16.to_le_bytes(), &[0; 8]].concat();
    sample.parts.push((Part::CommentPlaces, places(&[15, 16], &[entry])));
    sample.parts.push((Part::Authors, [words("B. Other"), words("A. Reviewer")].concat()));
    let date: u32 = 4 << 11 | 3 << 16 | 125 << 20;
    sample.parts.push((Part::CommentDates, [&date.to_le_bytes()[..], &[0; 14]].concat()));
    let document = read(&sample.file()).unwrap();
    assert_eq!(document.blocks, [Block::Paragraph("Write a policy".to_owned() + &marks::note("14"))]);
    assert_eq!(document.headers, ["Riverside plan"]);
    let comment = "Comment by A. Reviewer, 2025-03-04, on “Write a policy”: Still true?";
    assert_eq!(document.notes, ["Footer: Version 2", comment, "Footnote 1: See annex."]);
}

/// A level of a list with this way of counting and this text, in which small characters stand for levels.
fn level(count: u8, text: &str) -> Vec<u8> {
    let mut head = vec![1, 0, 0, 0, count];
    head.resize(28, 0);
    [head, words(text)].concat()
}

/// Two lists: numbers with letters and roman numerals below them, and bullets; the third use begins the first at 5.
fn numbering() -> Vec<(Part, Vec<u8>)> {
    let entry = |id: u8, simple: u8| {
        let mut entry = vec![id];
        entry.resize(28, 0);
        entry[26] = simple;
        entry
    };
    let outline = [level(0, "\0."), level(4, "\u{1})"), level(2, "\0.\u{2}")];
    let outline = outline.into_iter().chain((3..9).map(|_| level(0, ""))).collect::<Vec<_>>().concat();
    let lists = [&[2, 0], &entry(10, 0)[..], &entry(20, 1), &outline, &level(23, "\u{f0b7}")].concat();
    let of = |id: u8, departures: u8| {
        let mut entry = vec![id];
        entry.resize(16, 0);
        entry[12] = departures;
        entry
    };
    let departure = [5, 0, 0, 0, 0x10, 0, 0, 0];
    let uses = [&[3, 0, 0, 0], &of(10, 0)[..], &of(20, 0), &of(10, 1), &[0; 12], &departure].concat();
    vec![(Part::Lists, lists), (Part::ListUses, uses)]
}

fn item(list: u8, level: u8, text: &str) -> Para {
    para(text).with(&[0x0b, 0x46, list, 0, 0x0a, 0x26, level])
}

#[test]
fn list_numbers_become_text_and_restart_where_they_should() {
    let items = [(1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1), (2, 0), (3, 0), (3, 0), (1, 0), (0, 0), (9, 0)];
    let mut sample = Sample::of(items.map(|(list, level)| item(list, level, "x")));
    sample.parts = numbering();
    let expected = ["1. x", "a) x", "b) x", "1.i x", "2. x", "a) x", "• x", "5. x", "6. x", "7. x", "x", "x"];
    assert_eq!(lines_of(read(&sample.file()).unwrap()), expected);
}

/// A style: its number in all languages, what it is based on, what it changes about paragraphs and characters.
fn style(number: u16, based_on: u16, paragraph: &[u8], characters: &[u8]) -> Vec<u8> {
    let mut bytes = [number, based_on << 4 | 1, 2, 0, 0].map(u16::to_le_bytes).concat();
    bytes.extend(words("Name"));
    bytes.extend([0, 0]);
    for changes in [&[&[0, 0], paragraph].concat()[..], characters] {
        bytes.resize(bytes.len().next_multiple_of(2), 0);
        bytes.extend(u16::try_from(changes.len()).unwrap().to_le_bytes());
        bytes.extend(changes);
    }
    bytes.resize(bytes.len().next_multiple_of(2), 0);
    [&u16::try_from(bytes.len()).unwrap().to_le_bytes()[..], &bytes].concat()
}

/// Normal, a numbered heading, one based on it, a table-of-contents line, hidden text; the last is based on itself.
fn styles() -> (Part, Vec<u8>) {
    let none = 0x0fff;
    let all = [
        style(0, none, &[], &[]),
        style(1, 0, &[0x0b, 0x46, 1, 0], &[]),
        style(0xffe, 1, &[], &[]),
        style(19, 0, &[], &[]),
        style(0xffe, 5, &[], &HIDDEN),
        style(0xffe, 5, &[], &[]),
    ];
    (Part::Styles, [&[4, 0, 6, 0, 10, 0], &all.concat()[..]].concat())
}

#[test]
fn styles_number_hide_and_mark_the_lines_of_contents() {
    let shown = [0x3c, 0x08, 0x81];
    let main = [
        para("Housing 3").styled(3),
        para("Housing").styled(1),
        para("Health").styled(2),
        para("secret ").run("and shown", &shown).styled(4),
        para("circle").styled(5),
        para("unknown").styled(900),
    ];
    let mut sample = Sample::of(main);
    sample.parts = [numbering(), vec![styles()]].concat();
    assert_eq!(lines_of(read(&sample.file()).unwrap()), ["1. Housing", "2. Health", "and shown", "circle", "unknown"]);
}

#[test]
fn fields_show_their_result_and_links_their_words() {
    let field = |code: &str, shown: &str| format!("\u{13}{code}\u{14}{shown}\u{15}");
    let nested = field(&format!(" IF {} ", field(" DATE ", "12")), "3 May");
    assert_eq!(line(para(&format!("By {nested} 2026"))), "By 3 May 2026");
    assert_eq!(line(para(&field(" HYPERLINK \"x\" ", "the policy"))), "the policy");
    let unended = [para("a\u{13} lost"), para("b"), para("\u{15}\u{14}c")];
    assert_eq!(lines_of(document(unended)), ["a", "b", "c"]);
}

#[test]
fn ticks_of_forms_and_of_fonts_are_boxes() {
    let mut sample = Sample::default();
    let object = |at: usize| {
        let place = u32::try_from(at).unwrap().to_le_bytes();
        [&SPECIAL[..], &[0x03, 0x6a], &place].concat()
    };
    let tick = |value: u8, usual: u8| {
        let mut entry = vec![0; 0x44];
        entry[4] = 0x44;
        entry.extend([0xff; 4]);
        entry.extend([1 | value << 2, 0, 0, 0, 0, 0]);
        entry.extend(words("Check1"));
        entry.extend([0, 0, usual, 0]);
        entry
    };
    for (value, usual) in [(1, 0), (0, 1), (25, 1)] {
        let place = object(sample.data.len());
        sample.data.extend(tick(value, usual));
        let form = para("\u{13} FORMCHECKBOX ").run("\u{1}", &place).run("\u{14}\u{15} Done", &[]);
        sample.main.push(form);
    }
    let place = sample.data.len();
    let choices = ["Open", "Done"].map(words).concat();
    let choice = [&tick(0, 0)[..], &[0; 20], &[0xff, 0xff, 2, 0, 0, 0], &choices].concat();
    sample.data.extend(choice);
    sample.data[place + 0x44 + 4] = 2 | 1 << 2;
    sample.main.push(para("\u{13} FORMDROPDOWN ").run("\u{1}", &object(place)).run("\u{14}\u{15}", &[]));
    let font = |name: &str| {
        let mut entry = vec![0; 39];
        entry.extend(name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes));
        [&[u8::try_from(entry.len()).unwrap()], &entry[..]].concat()
    };
    let fonts = [&[2, 0, 0, 0], &font("Arial")[..], &font("Wingdings")].concat();
    sample.parts.push((Part::Fonts, fonts));
    let symbol = [&SPECIAL[..], &[0x09, 0x6a, 1, 0, 0xfe, 0xf0]].concat();
    sample.main.push(para("").run("(", &symbol).run(" (", &[]).run("ü", &[0x4f, 0x4a, 1, 0]));
    let lines = lines_of(read(&sample.file()).unwrap());
    assert_eq!(lines, ["☒ Done", "☐ Done", "☒ Done", "Done", "☑ (✓"]);
}

#[test]
fn a_text_box_is_read_once_and_after_its_paragraph() {
    let mut sample = Sample::of([para("Plan").run("\u{8}", &SPECIAL), para("After")]);
    let mut boxes = other(Text::Boxes, Part::BoxTexts, &["Key: Green is done", ""]);
    boxes.record = [[0; 14], [7; 14]].concat()[..22].to_vec();
    sample.others = vec![boxes];
    sample.parts.push((Part::Shapes, places(&[4, 5, 6], &[vec![7; 26], vec![7; 26]])));
    assert_eq!(lines_of(read(&sample.file()).unwrap()), ["Plan", "Key: Green is done", "After"]);
    sample.parts.clear();
    assert_eq!(lines_of(read(&sample.file()).unwrap()), ["Plan", "After", "Key: Green is done"]);
}

#[test]
fn tabs_breaks_hyphens_and_spaces_are_kept_as_shown() {
    assert_eq!(line(para("a\tb\u{b}co\u{1f}de\u{1e}x\u{a0}y\u{ad}z\u{3}")), "a\tb\ncode-x\u{a0}yz");
    assert_eq!(lines_of(document([para("one\u{c}two").mark('\u{c}', &[]), para("three")])), ["one\ntwo", "three"]);
    let stacked = [para("Jan").with(&IN_TABLE), para("").with(&IN_TABLE), para("Feb").with(&IN_TABLE), cell("")];
    let main = [&stacked[..], &[cell("x"), row_end(&[0, 1000, 2000], &[])]].concat();
    assert_eq!(rows(main), [["Jan\n\nFeb", "x"]]);
}

/// The shade of a cell with this paragraph, in a row with these changes.
fn shade(content: Para, changes: &[u8]) -> Option<String> {
    let end = row_end(&[0, 1000, 2000], &[]).with(changes);
    let document = document([cell("x"), content, end]);
    first_table(&document).rows[0].cells[1].shade.clone()
}

#[test]
fn the_colour_of_a_cell_is_a_word() {
    let full = |colour: [u8; 3]| {
        let shading = [&[0, 0, 0, 0xff], &colour[..], &[0, 0, 0]].concat();
        [&[0x12, 0xd6, 20], &[0xff; 10][..], &shading].concat()
    };
    let short = [0x09, 0xd6, 4, 0, 0, 7 << 5, 0];
    assert_eq!(shade(cell("x"), &full([0, 0xb0, 0x50])).as_deref(), Some("Green"));
    assert_eq!(shade(cell("x"), &full([0xd9, 0xe2, 0xf3])), None);
    assert_eq!(shade(cell("x"), &short).as_deref(), Some("Amber"));
    assert_eq!(shade(cell("x"), &[&full([0xd9, 0xe2, 0xf3])[..], &short].concat()), None);
    let green = para("").with(&IN_TABLE).run("Done", &[0x0c, 0x2a, 4]).mark('\u{7}', &[]);
    assert_eq!(shade(green.clone(), &[]).as_deref(), Some("Green"));
    assert_eq!(shade(green.run(" by June", &[]), &[]), None);
    let dot = para("").with(&IN_TABLE).run("●", &[0x70, 0x68, 0xc0, 0, 0, 0]).mark('\u{7}', &[]);
    assert_eq!(shade(dot, &[]).as_deref(), Some("Red"));
}

#[test]
fn properties_kept_elsewhere_and_those_of_pieces_hold_too() {
    let elsewhere = [&IN_TABLE[..], &ROW_END, &shape(&[0, 1000, 2000], &[])].concat();
    let end = para("").with(&[0x46, 0x66, 0, 0, 0, 0]).mark('\u{7}', &[]);
    let mut sample = Sample::of([cell("a"), cell("b"), end, para("gone "), para("kept")]);
    sample.data = [&u16::try_from(elsewhere.len()).unwrap().to_le_bytes()[..], &elsewhere].concat();
    sample.main[3].piece = 0x41 << 1 | 1 << 8;
    sample.main[4].piece = 1;
    sample.groups = vec![INSERTED.to_vec()];
    let document = read(&sample.file()).unwrap();
    assert_eq!(first_table(&document).rows[0].cells.len(), 2);
    assert_eq!(document.blocks[1..], [Block::Paragraph("kept".into())]);
    assert!(document.notes[0].contains("1 insertion is in, 1 deletion is out"), "{:?}", document.notes);
}

//! What a user would notice of how PDF files are read: rows, cells, joins, and what is refused.

use proptest::prelude::*;

use super::read;
use super::sample::{EDGES, Sheet, file, pdf, stream};
use crate::import::table::{Block, Document, Row, Rows};

mod besides;

const HEADER: &[&str] = &["Recommendation", "Action", "Lead", "Status"];

fn rows(document: &Document) -> Vec<&Row> {
    document.tables().flat_map(|table| &table.rows).collect()
}

fn texts(row: &Row) -> Vec<&str> {
    row.cells.iter().map(|cell| cell.text.as_str()).collect()
}

fn paragraphs(document: &Document) -> Vec<&str> {
    fn text(block: &Block) -> Option<&str> {
        match block {
            Block::Paragraph(text) => Some(text),
            Block::Table(_) => None,
        }
    }
    document.blocks.iter().filter_map(text).collect()
}

fn sheet() -> Sheet {
    Sheet::default()
}

fn why(bytes: &[u8]) -> String {
    read(bytes).unwrap_err().to_string()
}

#[test]
fn a_ruled_table_is_read_cell_by_cell_with_its_lines_joined() {
    let mut page = sheet();
    page.words(40.0, 780.0, "Harbour Lights action plan");
    let action = "Write pathways, multi- agency meetings and send it out to all.\n\nThen tell the board.";
    page.table(700.0, &[HEADER, &["1. Learn from it", action, "Board Manager", "Done"]]);
    let document = read(&pdf(&[page])).unwrap();
    assert_eq!(paragraphs(&document), ["Harbour Lights action plan"]);
    let rows = rows(&document);
    assert_eq!(texts(rows[0]), HEADER);
    let action = "Write pathways, multi-agency meetings and send it out to all.\n\nThen tell the board.";
    assert_eq!(texts(rows[1]), ["1. Learn from it", action, "Board Manager", "Done"]);
}

#[test]
fn a_line_that_ends_with_room_to_spare_ends_a_paragraph_and_a_bullet_begins_one() {
    let mut page = sheet();
    let lead = "NPS\nHousing Manager of Riverside";
    let action = "Ask the partners to do:\n\u{95} one thing of some good length\n\u{95} another thing";
    page.table(700.0, &[&["1", action, lead, "Open"]]);
    let document = read(&pdf(&[page])).unwrap();
    let cells = texts(rows(&document)[0]);
    assert_eq!(cells[1], "Ask the partners to do:\n• one thing of some good length\n• another thing");
    assert_eq!(cells[2], "NPS\nHousing Manager of Riverside");
}

#[test]
fn no_rule_between_two_cells_makes_them_one() {
    let mut page = sheet();
    let rows_in: &[&[&str]] =
        &[HEADER, &["1. One aim that goes over two rows", "Do this", "A", "Open"], &["^", "Do that", "B", "Open"]];
    let bottom = page.table(700.0, rows_in);
    // A row of one wide cell: the rules between its columns are left out.
    let low = bottom - 20.0;
    page.rule(EDGES[0], bottom, EDGES[0], low).rule(EDGES[4], bottom, EDGES[4], low);
    page.rule(EDGES[0], low, EDGES[4], low).words(60.0, low + 6.0, "Completed actions of this year and the last");
    let document = read(&pdf(&[page])).unwrap();
    let rows = rows(&document);
    assert_eq!(texts(rows[1]), ["1. One aim that goes over two rows", "Do this", "A", "Open"]);
    assert_eq!(texts(rows[2]), ["", "Do that", "B", "Open"]);
    assert!(rows[2].cells[0].is_merged && !rows[1].cells[0].is_merged && !rows[2].cells[1].is_merged);
    assert_eq!(texts(rows[3]), ["Completed actions of this year and the last", "", "", ""]);
}

#[test]
fn a_number_in_the_middle_of_its_rows_height_belongs_to_the_row() {
    let mut page = sheet();
    let text = "Write the pathway for all partners, agree it with them and publish it to every team.";
    page.table(
        700.0,
        &[
            HEADER,
            &["\n\n7", text, "\nHousing", "\n\nOpen"],
            &["\n8", "Tell the board in a\nreport of\nsome pages", "A", "B"],
        ],
    );
    let document = read(&pdf(&[page])).unwrap();
    let rows = rows(&document);
    assert_eq!((rows[1].text(0), rows[1].text(2), rows[1].text(3)), ("7", "Housing", "Open"));
    assert_eq!((rows[2].text(0), rows[2].text(2)), ("8", "A"));
}

fn cut_pages(rest: &[&[&str]]) -> Document {
    let (mut one, mut two) = (sheet(), sheet());
    one.words(40.0, 810.0, "Harbour Lights plan").words(290.0, 20.0, "1");
    let long = "Review the offer that is made to families, ask them what they think of it, write a report about what they \
                said and bring";
    one.table(160.0, &[HEADER, &["4. Families", long, "Board Manager", "Open"]]);
    two.words(40.0, 810.0, "Harbour Lights plan").words(290.0, 20.0, "2");
    two.table(790.0, rest);
    read(&pdf(&[one, two])).unwrap()
}

#[test]
fn a_row_cut_by_the_pages_edge_is_whole_again_and_the_header_is_read_once() {
    let rest: &[&[&str]] =
        &[HEADER, &["", "it to the board", "", ""], &["5. Schools", "Ask schools", "Schools", "Open"]];
    let document = cut_pages(rest);
    assert_eq!(paragraphs(&document), ["Harbour Lights plan"]);
    assert_eq!(document.tables().count(), 1);
    let rows = rows(&document);
    assert_eq!(rows.len(), 3);
    let whole = "Review the offer that is made to families, ask them what they think of it, write a report about what \
                 they said and bring it to the board";
    assert_eq!(texts(rows[1]), ["4. Families", whole, "Board Manager", "Open"]);
    assert_eq!(texts(rows[2]), ["5. Schools", "Ask schools", "Schools", "Open"]);
}

#[test]
fn a_row_is_cut_where_a_cell_ends_with_a_bare_label_or_an_open_phrase() {
    let mut first = sheet();
    let mut second = sheet();
    first.table(
        120.0,
        &[
            HEADER,
            &["Action 1 Count them", "All of it", "Ducks", "May"],
            &["Action 2", "See above.", "Geese", "Told by"],
        ],
    );
    second.table(780.0, &[&["Feed the swans", "", "", "Summer 2027"], &["Action 3 Rest", "Now", "Swans", "June"]]);
    let document = read(&pdf(&[first, second])).unwrap();
    let rows = rows(&document);
    assert_eq!(rows.len(), 4);
    assert_eq!(texts(rows[2]), ["Action 2 Feed the swans", "See above.", "Geese", "Told by Summer 2027"]);
}

#[test]
fn a_title_in_the_box_of_the_header_is_a_paragraph_above_the_table() {
    let mut page = sheet();
    page.words(60.0, 688.0, "The plan of the pond for the ducks of the year");
    page.table(700.0, &[&["\nWhat", "\nAction", "\nLead", "\nStatus"], &["1. Learn", "Count them", "Ducks", "Done"]]);
    let document = read(&pdf(&[page])).unwrap();
    assert_eq!(paragraphs(&document), ["The plan of the pond for the ducks of the year"]);
    assert_eq!(texts(rows(&document)[0]), ["What", "Action", "Lead", "Status"]);
}

/// Its words drawn one by one fall into several cells; a short one is larger than the headings, or apart from them.
#[test]
fn a_title_in_the_box_of_the_header_is_no_part_of_a_columns_name() {
    let rows_in: &[&[&str]] =
        &[&["\n\n\nWhat", "\n\n\nAction", "\n\n\nLead", "\n\n\nStatus"], &["1. Learn", "Count them", "Ducks", "Done"]];
    let mut word_by_word = sheet();
    let mut x = 150.0;
    for word in ["Plans", "of", "the", "pond", "for", "the", "ducks", "and", "the", "geese"] {
        word_by_word.words(x, 688.0, word);
        x += f32::from(u8::try_from(word.len() + 1).unwrap()) * 6.0;
    }
    let (mut large, mut apart, mut ended) = (sheet(), sheet(), sheet());
    large.sized(13.0, 184.0, 662.0, "Pond plan");
    apart.words(184.0, 688.0, "Pond plan");
    ended.words(184.0, 664.0, "Our pond");
    ended.words(184.0 + 54.0, 664.0, "plan");
    let long = "Plans of the pond for the ducks and the geese";
    for (mut page, title) in
        [(word_by_word, long), (large, "Pond plan"), (apart, "Pond plan"), (ended, "Our pond plan")]
    {
        page.table(700.0, rows_in);
        let document = read(&pdf(&[page])).unwrap();
        assert_eq!(paragraphs(&document), [title]);
        assert_eq!(texts(rows(&document)[0]), ["What", "Action", "Lead", "Status"]);
    }
}

#[test]
fn headings_of_several_lines_keep_all_their_lines() {
    let mut page = sheet();
    page.table(
        700.0,
        &[
            &["What we learned from the ducks", "\nAction", "Lead\nagency", "\nStatus"],
            &["1. Learn", "Count", "Ducks", "Done"],
        ],
    );
    let document = read(&pdf(&[page])).unwrap();
    assert_eq!(paragraphs(&document), [""; 0]);
    let names: Vec<String> = texts(rows(&document)[0]).iter().map(|name| name.replace('\n', " ")).collect();
    assert_eq!(names, ["What we learned from the ducks", "Action", "Lead agency", "Status"]);
}

#[test]
fn each_line_that_begins_action_is_a_paragraph() {
    let mut page = sheet();
    for (at, line) in [
        "We talked about ducks for most of the meeting.",
        "Action: Ducks to count the geese of the pond by May.",
        "Action 2: Geese to count the ducks of the pond by June.",
        "Actions for all: rest.",
    ]
    .iter()
    .enumerate()
    {
        page.words(40.0, 700.0 - 12.0 * f32::from(u8::try_from(at).unwrap()), line);
    }
    let document = read(&pdf(&[page])).unwrap();
    assert_eq!(paragraphs(&document).len(), 4);
}

#[test]
fn a_row_that_begins_on_the_next_page_stays_separate() {
    let document = cut_pages(&[&["5. Schools", "Ask schools", "Schools", "Open"]]);
    assert_eq!(rows(&document).len(), 3);
    assert_eq!(texts(rows(&document)[2]), ["5. Schools", "Ask schools", "Schools", "Open"]);
    let document = cut_pages(&[&["", "Ask colleges, too", "Colleges", "Open"]]);
    assert_eq!(texts(rows(&document)[2]), ["", "Ask colleges, too", "Colleges", "Open"]);
}

#[test]
fn a_table_without_a_closing_rule_continues_over_the_page() {
    let (mut one, mut two) = (sheet(), sheet());
    one.table(120.0, &[HEADER]);
    let low = one.row(102.0, &["1. Aim", "Meet them and", "Housing", "Open"]);
    for edge in EDGES {
        one.rule(edge, low, edge, low - 20.0);
    }
    let low = two.row(800.0, &["^", "^Agree it.", "^", "^"]);
    two.table(low, &[&["2. Other", "Write", "Police", "Done"]]);
    let document = read(&pdf(&[one, two])).unwrap();
    let rows = rows(&document);
    assert_eq!(texts(rows[1]), ["1. Aim", "Meet them and Agree it.", "Housing", "Open"]);
    assert_eq!(texts(rows[2]), ["2. Other", "Write", "Police", "Done"]);
}

#[test]
fn marks_on_every_page_are_not_part_of_the_plan_unless_they_are_its_title() {
    let pages: Vec<Sheet> = (1..=3)
        .map(|page| {
            let mut sheet = sheet();
            sheet.words(40.0, 820.0, "Harbour Lights plan").words(260.0, 30.0, &format!("Page {page} of 3"));
            sheet.words(40.0, 600.0, &format!("Words of part {page}."));
            sheet
        })
        .collect();
    let document = read(&pdf(&pages)).unwrap();
    assert_eq!(paragraphs(&document), ["Words of part 1.", "Words of part 2.", "Words of part 3."]);
    let tables: Vec<Sheet> = (1..=3)
        .map(|page| {
            let mut sheet = sheet();
            sheet.words(40.0, 820.0, "Harbour Lights plan");
            sheet.table(790.0, &[HEADER, &[&format!("{page}. Aim"), "Do it", "A", "Open"]]);
            sheet
        })
        .collect();
    let document = read(&pdf(&tables)).unwrap();
    assert_eq!(paragraphs(&document), ["Harbour Lights plan"]);
    assert_eq!(rows(&document).len(), 4);
}

#[test]
fn a_page_that_lies_on_its_side_is_turned() {
    let mut upright = sheet();
    upright.table(500.0, &[HEADER, &["1. Aim", "Do it", "Police", "Open"]]);
    let wanted = read(&pdf(&[upright.clone()])).unwrap();
    for (turn, extra) in
        [("0 1 -1 0 595 0 cm\n", "/Rotate 90"), ("0 1 -1 0 595 0 cm\n", ""), ("0 -1 1 0 0 842 cm\n", "/Rotate 270")]
    {
        let turned = Sheet { content: format!("{turn}{}", upright.content), extra: extra.into() };
        assert_eq!(read(&pdf(&[turned])).unwrap(), wanted, "{extra}");
    }
}

#[test]
fn rules_drawn_as_thin_areas_in_pieces_rule_as_well_and_colours_rate() {
    let mut page = sheet();
    page.fill("0.57 0.82 0.31", 100.0, 600.0, 100.0, 40.0).fill("1 1 1", 200.0, 600.0, 100.0, 40.0);
    for y in [600.0_f32, 640.0] {
        for piece in 0..20_u8 {
            page.fill("0 0 0", 100.0 + 10.0 * f32::from(piece), y, 9.5, 0.5);
        }
    }
    for x in [100.0, 200.0, 300.0] {
        page.fill("0 0 0", x, 600.0, 0.5, 40.0);
    }
    page.words(110.0, 615.0, "Met").words(110.3, 615.0, "Met").words(210.0, 615.0, "Not met");
    let document = read(&pdf(&[page])).unwrap();
    let row = rows(&document)[0];
    assert_eq!(texts(row), ["Met", "Not met"], "printed twice to look bold, read once");
    assert_eq!(row.cells[0].shade.as_deref(), Some("Green"));
    assert_eq!(row.cells[1].shade, None);
}

#[test]
fn print_that_runs_over_a_rule_is_split_there() {
    let mut page = sheet();
    page.table(700.0, &[&["", "", "", ""]]);
    page.words(44.0, 688.0, "Learn from this now           Write it down");
    let document = read(&pdf(&[page])).unwrap();
    assert_eq!(texts(rows(&document)[0]), ["Learn from this now", "Write it down", "", ""]);
}

#[test]
fn columns_without_rules_are_found_by_the_empty_space() {
    let mut page = sheet();
    page.words(40.0, 780.0, "A long line of words above the table, which goes over all of its columns");
    let mut at = 700.0;
    for row in
        [HEADER, &["1. Aim", "Do it with all of the partners", "Police", "Open"], &["2. Other", "Write", "NPS", "Done"]]
    {
        page.rule(40.0, at, 540.0, at);
        for (cell, x) in row.iter().zip(EDGES) {
            page.cell(x, at, cell);
        }
        at -= 40.0;
    }
    page.rule(40.0, at, 540.0, at);
    let document = read(&pdf(&[page])).unwrap();
    assert_eq!(paragraphs(&document).len(), 1);
    let rows = rows(&document);
    assert_eq!(texts(rows[0]), HEADER);
    assert_eq!(texts(rows[1]), ["1. Aim", "Do it with all of the partners", "Police", "Open"]);
    assert_eq!(texts(rows[2]), ["2. Other", "Write", "NPS", "Done"]);
    assert_eq!(document.tables().next().unwrap().cut, Rows::Whole);
}

#[test]
fn with_rules_only_around_the_header_every_line_of_print_may_be_a_part_of_a_row() {
    let mut page = sheet();
    page.rule(40.0, 700.0, 540.0, 700.0).rule(40.0, 680.0, 540.0, 680.0).rule(40.0, 600.0, 540.0, 600.0);
    for (y, row) in [
        (700.0, HEADER),
        (680.0, &["1. Aim", "Do it with all\nof the partners", "Police", "Open"]),
        (650.0, &["2. Other", "Write", "NPS", "Done"]),
    ] {
        for (cell, x) in row.iter().zip(EDGES) {
            page.cell(x, y, cell);
        }
    }
    let document = read(&pdf(&[page])).unwrap();
    let rows: Vec<Vec<&str>> = rows(&document).into_iter().map(texts).collect();
    assert_eq!(rows[1], ["1. Aim", "Do it with all", "Police", "Open"]);
    assert_eq!(rows[2], ["", "of the partners", "", ""]);
    assert_eq!(rows[3], ["2. Other", "Write", "NPS", "Done"]);
    assert_eq!(document.tables().next().unwrap().cut, Rows::MaybeParts);
}

#[test]
fn a_form_is_part_of_its_page() {
    let mut form = sheet();
    form.table(700.0, &[HEADER, &["1. Aim", "Do it", "Police", "Open"]]);
    let entries = "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>";
    let bytes = file(&[("", "", b"/X1 Do")], &[stream(entries, form.content.as_bytes())], "");
    assert_eq!(read(&bytes).unwrap(), read(&pdf(&[form])).unwrap());
}

#[test]
fn a_file_without_words_says_so() {
    let picture =
        stream("/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray", b"0");
    let scanned = file(&[("", "", b"500 0 0 800 0 0 cm /X1 Do")], &[picture], "");
    assert!(why(&scanned).contains("scanned images"), "{}", why(&scanned));
    assert!(why(&pdf(&[sheet()])).contains("it holds no text"));
}

#[test]
fn a_damaged_or_locked_file_ends_in_one_sentence() {
    let mut page = sheet();
    page.words(40.0, 700.0, "Words");
    let whole = pdf(&[page]);
    assert!(why(&whole[..30]).contains("damaged"));
    assert!(why(b"%PDF-1.7\n").contains("damaged"));
    let locked = "/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 \
                  /O <0000000000000000000000000000000000000000000000000000000000000000> \
                  /U <0000000000000000000000000000000000000000000000000000000000000000> >>";
    let locked = file(&[("", "", b"BT /F1 10 Tf (Words) Tj ET")], &[], locked);
    assert!(why(&locked).contains("password"), "{}", why(&locked));
}

#[test]
fn a_file_that_holds_more_than_any_plan_is_refused_in_time() {
    let begin = std::time::Instant::now();
    let many = file(&vec![("", "", b"" as &[u8]); 501], &[], "");
    assert!(why(&many).contains("more than 500 pages"));
    // Two bytes that stand for 128 spaces, over and over.
    let bomb = [129_u8, b' '].repeat(60_000);
    assert!(why(&file(&[("", "/Filter /RunLengthDecode", &bomb)], &[], "")).contains("draws more"));
    let arrays = [b"[".repeat(200), b"]".repeat(200)].concat();
    assert!(why(&file(&[("", "", &arrays)], &[], "")).contains("page 1"));
    assert!(why(&[b"%PDF-1.7\n".to_vec(), b"[".repeat(100_000)].concat()).contains("nested too deep"));
    assert!(begin.elapsed() < super::TIME, "{:?}", begin.elapsed());
}

#[test]
fn many_pages_stay_in_order_and_the_first_that_cannot_be_read_is_named() {
    let page = |at: usize| format!("BT /F1 10 Tf 1 0 0 1 40 700 Tm (Words of page {at}.) Tj ET").into_bytes();
    let pages: Vec<Vec<u8>> = (1..=40).map(page).collect();
    let of = |pages: &[Vec<u8>]| file(&pages.iter().map(|page| ("", "", page.as_slice())).collect::<Vec<_>>(), &[], "");
    let document = read(&of(&pages)).unwrap();
    let expected: Vec<String> = (1..=40).map(|at| format!("Words of page {at}.")).collect();
    assert_eq!(paragraphs(&document), expected);
    let bad = [b"[".repeat(200), b"]".repeat(200)].concat();
    let some_bad: Vec<Vec<u8>> = pages
        .into_iter()
        .enumerate()
        .map(|(at, page)| if [6, 7, 30].contains(&at) { bad.clone() } else { page })
        .collect();
    assert!(why(&of(&some_bad)).contains("page 7 "), "{}", why(&of(&some_bad)));
}

#[test]
fn forms_that_paint_forms_without_end_are_refused_in_time() {
    let paint = "/X1 Do ".repeat(30);
    let form = |next: usize| {
        let entries =
            format!("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X1 {next} 0 R >> >>");
        stream(&entries, paint.as_bytes())
    };
    let forms: Vec<Vec<u8>> = (0..20).map(|at| form(5 + at)).collect();
    let begin = std::time::Instant::now();
    assert!(read(&file(&[("", "", paint.as_bytes())], &forms, "")).is_err());
    assert!(begin.elapsed() < super::TIME, "{:?}", begin.elapsed());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Whatever happens to its bytes on the way, a file is read or refused.
    #[test]
    fn changed_bytes_are_read_or_refused(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12), end in any::<prop::sample::Index>()) {
        let mut page = sheet();
        page.words(40.0, 780.0, "Plan").table(700.0, &[HEADER, &["1. Aim", "Do it", "Police", "Open"]]);
        let mut bytes = pdf(&[page.clone(), page]);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if end.index(3) == 0 {
            let most = end.index(bytes.len());
            bytes.truncate(most);
        }
        let begin = std::time::Instant::now();
        if let Err(problem) = read(&bytes) {
            prop_assert!(problem.to_string().starts_with("Could not read this PDF: "));
        }
        prop_assert!(begin.elapsed() < super::TIME);
    }

    /// Numbers of any size in the drawing do no harm.
    #[test]
    fn any_numbers_may_be_drawn(numbers in prop::collection::vec(prop::num::f32::ANY, 4..40)) {
        let mut page = sheet();
        for four in numbers.chunks_exact(4) {
            page.rule(four[0], four[1], four[2], four[3]).fill("0 1 0", four[0], four[1], four[2], four[3]);
            page.words(four[0], four[1], "Words here").draw(&format!("{} {} {} {} 0 0 cm", four[0], four[1], four[2], four[3]));
        }
        if let Err(problem) = read(&pdf(&[page])) {
            prop_assert!(problem.to_string().starts_with("Could not read this PDF: "));
        }
    }
}

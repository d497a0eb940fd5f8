//! Lines through the words of a PDF file, and its footnotes.

use super::*;
use crate::domain::draft::Draft;
use crate::import::{Options, read as read_plan};

const COLUMNS: &[&str] = &["Action", "Lead", "RAG", "Progress"];
/// How wide a letter of the samples is, and how high above its baseline a line through it.
const LETTER: f32 = 6.0;
const MIDDLE: f32 = 2.7;

/// Draws a line through letters of the first line of a cell whose upper left corner is here.
fn strike(page: &mut Sheet, column: usize, top: f32, from: f32, letters: f32) {
    let (x, y) = (EDGES[column] + 4.0 + from * LETTER, top - 12.0 + MIDDLE);
    page.rule(x, y, x + letters * LETTER, y);
}

fn draft(page: Sheet) -> Draft {
    read_plan("plan.pdf", &pdf(&[page]), &Options::default()).unwrap()
}

#[test]
fn words_with_a_line_through_them_are_left_out_and_a_struck_action_stays() {
    let mut page = sheet();
    let second = page.row(700.0, COLUMNS);
    let third = page.row(second, &["Write to families.", "Police Council", "Red Green", "Begun"]);
    let end = page.row(third, &["Send the letters.", "HR", "Red", "Stopped"]);
    page.rule(EDGES[0], end, EDGES[4], end);
    strike(&mut page, 1, second, 0.0, 6.0);
    page.fill("0 0 0", EDGES[2] + 4.0, second - 12.0 + MIDDLE, 3.0 * LETTER, 0.7);
    strike(&mut page, 0, third, 0.0, 17.0);
    let draft = draft(page);
    let [first, second] = draft.actions.as_slice() else { panic!("{:?}", draft.actions) };
    assert_eq!((first.text.as_str(), first.leads[0].raw.as_str()), ("Write to families.", "Council"));
    assert_eq!(first.rating.as_deref(), Some("Green"));
    assert_eq!(
        (second.text.as_str(), second.flags[0].why.as_str()),
        ("Send the letters.", "struck out in the document: withdrawn?")
    );
    assert_eq!(draft.notices.len(), 2);
}

#[test]
fn underlined_words_and_rules_of_tables_are_none() {
    let mut page = sheet();
    let second = page.row(700.0, COLUMNS);
    let end = page.row(second, &["Write to families.", "Police", "Green", "Begun"]);
    page.rule(EDGES[0], end, EDGES[4], end);
    let base = second - 12.0;
    page.rule(EDGES[1] + 4.0, base - 1.2, EDGES[1] + 40.0, base - 1.2);
    // A rule that crosses the words and is much longer than they are.
    page.rule(EDGES[2], base + MIDDLE, EDGES[4], base + MIDDLE);
    let draft = draft(page);
    assert_eq!(draft.notices, [""; 0]);
    assert_eq!(draft.actions[0].leads[0].raw, "Police");
}

/// A raised number after the letters of the first line of a cell whose upper left corner is here.
fn refer(page: &mut Sheet, column: usize, top: f32, letters: f32, number: &str) {
    page.sized(6.0, EDGES[column] + 4.0 + letters * LETTER, top - 12.0 + 4.0, number);
}

#[test]
fn the_words_of_a_footnote_are_beside_the_words_that_refer_to_it() {
    let mut page = sheet();
    let second = page.row(700.0, COLUMNS);
    let third = page.row(second, &["Write to families.", "Police", "Red", "Begun"]);
    let end = page.row(third, &["Send the letters.", "HR", "Red", "Stopped"]);
    page.rule(EDGES[0], end, EDGES[4], end);
    refer(&mut page, 0, second, 18.0, "1");
    refer(&mut page, 1, third, 2.0, "2");
    page.rule(40.0, 90.0, 180.0, 90.0).sized(5.0, 40.0, 80.0, "1").sized(8.0, 45.0, 78.0, "Only with the consent of");
    page.sized(8.0, 40.0, 68.0, "the family.").sized(8.0, 40.0, 56.0, "2 From May.").words(290.0, 30.0, "1");
    let draft = draft(page);
    let [first, second] = draft.actions.as_slice() else { panic!("{:?}", draft.actions) };
    assert_eq!(first.text, "Write to families. [note 1: Only with the consent of the family.]");
    assert_eq!((second.text.as_str(), second.leads[0].raw.as_str()), ("Send the letters.", "HR"));
    let why = "the cell under “Lead” refers to a note: From May.";
    assert!(second.flags.iter().any(|flag| flag.field == "lead" && flag.why == why), "{:?}", second.flags);
    assert_eq!(draft.notes, ["Footnote 1: Only with the consent of the family.", "Footnote 2: From May."]);
}

/// The table goes over the page, and no rule closes it above the notes.
#[test]
fn a_footnote_neither_runs_into_the_last_row_nor_separates_a_table_from_its_next_page() {
    let (mut one, mut two) = (sheet(), sheet());
    let second = one.row(160.0, COLUMNS);
    let low = one.row(second, &["Review the offer that is made to families and bring", "HR", "Red", "Begun"]);
    refer(&mut one, 0, second, 21.0, "1");
    for edge in EDGES {
        one.rule(edge, low, edge, 50.0);
    }
    one.sized(7.0, 60.0, 60.0, "1 Only with consent.");
    let end = two.row(790.0, &["it to the board", "", "", ""]);
    two.rule(EDGES[0], end, EDGES[4], end);
    let draft = read_plan("plan.pdf", &pdf(&[one, two]), &Options::default()).unwrap();
    let texts: Vec<&str> = draft.actions.iter().map(|action| action.text.as_str()).collect();
    assert_eq!(
        texts,
        ["Review the offer that is made to families and bring it to the board [note 1: Only with consent.]"]
    );
}

#[test]
fn small_numbers_without_a_note_and_lines_without_a_reference_stay_as_they_are() {
    let mut page = sheet();
    let second = page.row(700.0, COLUMNS);
    let end = page.row(second, &["Fit 30 m of rail.", "Police", "Red", "Begun"]);
    page.rule(EDGES[0], end, EDGES[4], end);
    refer(&mut page, 0, second, 8.0, "2");
    page.sized(7.0, 40.0, 70.0, "3 copies were made.");
    let document = read(&pdf(&[page])).unwrap();
    assert_eq!(document.footnotes, []);
    assert_eq!(paragraphs(&document), ["3 copies were made."]);
    assert!(texts(rows(&document)[1])[0].starts_with("Fit 30 m"));
}

#[test]
fn a_pdf_whose_name_says_word_is_read_and_said_to_be_a_pdf() {
    let mut page = sheet();
    page.table(700.0, &[HEADER, &["1. Learn from it", "Write pathways", "Board Manager", "Done"]]);
    let bytes = pdf(&[page]);
    let said = |name: &str| crate::import::look(name, &bytes, &crate::import::Options::default()).unwrap().notices;
    let note = "The file's name says that it is a Word document; it is a PDF, and was read as one.";
    assert!(said("plan.docx").iter().any(|notice| notice == note), "{:?}", said("plan.docx"));
    assert!(!said("plan.pdf").iter().chain(&said("plan")).any(|notice| notice.contains("name says")));
}

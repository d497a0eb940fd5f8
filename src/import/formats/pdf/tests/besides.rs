//! Lines through the words of a PDF file.

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

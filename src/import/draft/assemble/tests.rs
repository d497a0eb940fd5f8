//! Tables with merged cells and title rows, as word processors keep them.

use super::*;
use crate::domain::particular::Particular;
use crate::import::table::{Block, Cell, Row, Table};

fn read(tables: Vec<Vec<Row>>) -> Draft {
    let blocks = tables.into_iter().map(|rows| Block::Table(Table { rows, ..Table::default() })).collect();
    let document = Document { blocks, ..Document::default() };
    assemble(&document, "plan.docx", &Options::default(), &Vocabulary::built_in().unwrap()).unwrap()
}

/// A row below a merged cell: `^` is the lower part of one.
fn row(cells: &[&str]) -> Row {
    let cell = |text: &&str| Cell { is_merged: *text == "^", ..Cell::new(text.trim_start_matches('^')) };
    Row { cells: cells.iter().map(cell).collect() }
}

fn leads(draft: &Draft, action: &DraftAction) -> Vec<String> {
    action.leads.iter().map(|lead| draft.parties[lead.party].name.clone()).collect()
}

#[test]
fn a_merged_lead_holds_for_every_row_beside_it() {
    let draft = read(vec![vec![
        row(&["Recommendation", "Action", "Lead agency", "Target date", "RAG"]),
        row(&["1. The board should ask", "Publish a guide", "ICB", "May 2024", "Green"]),
        row(&["^", "Train all staff", "^", "^", "Amber"]),
        row(&["Westmarsh Police", "", "", "", ""]),
        row(&["2. Officers should ask", "Amend the form", "", "June 2024", "Red"]),
    ]]);
    let actions: Vec<_> = draft.all_actions().collect();
    assert_eq!(leads(&draft, actions[1].1), ["ICB"]);
    assert_eq!(actions[1].1.targets, actions[0].1.targets);
    assert_eq!(leads(&draft, actions[2].1), ["Westmarsh Police"]);
    assert_eq!(actions[2].1.raw.last().map(|cell| cell.column.as_str()), Some("Heading"));
}

#[test]
fn a_title_row_that_recommends_is_the_recommendation_of_the_rows_below() {
    let draft = read(vec![vec![
        row(&["No", "Action", "Lead", "Timescale", "RAG"]),
        row(&["The board should seek assurance that agencies share what they know.", "", "", "", ""]),
        row(&["1", "Audit ten cases", "Quality Subgroup", "Dec-23", "G"]),
        row(&["2", "Report to the board", "Quality Subgroup", "Jan-24", "A"]),
        row(&["2. The trust makes sure that every ward has a lead.", "", "", "", ""]),
        row(&["3", "Write to all wards", "Trust", "Q1 2024", "●"]),
    ]]);
    let shape: Vec<_> = draft.recommendations.iter().map(|rec| (rec.number.as_str(), rec.actions.len())).collect();
    assert_eq!(shape, [("1", 2), ("2", 1)]);
    let numbers: Vec<_> = draft.all_actions().map(|(_, action)| action.number.clone().unwrap_or_default()).collect();
    assert_eq!(numbers, ["1", "2", "3"]);
    assert!(draft.flags.iter().any(|flag| flag.raw == "●"), "{:?}", draft.flags);
}

#[test]
fn a_recommendation_repeated_without_its_number_is_the_one_above() {
    let draft = read(vec![vec![
        row(&["Ref", "Recommendation", "Action", "Lead"]),
        row(&["1", "Feed the ducks", "Buy seed", "Pond Trust"]),
        row(&["", "Feed the ducks", "Write a rota", "Pond Trust"]),
        row(&["", "feed the  ducks.", "Clean the pond", "Pond Trust"]),
        row(&["2", "Feed the ducks", "Ring the bell", "Pond Trust"]),
        row(&["", "Rest", "Sit down", "Pond Trust"]),
    ]]);
    let shape: Vec<_> = draft.recommendations.iter().map(|rec| (rec.number.as_str(), rec.actions.len())).collect();
    assert_eq!(shape, [("1", 3), ("2", 1), ("3", 1)]);
}

#[test]
fn a_title_of_actions_inside_a_table_is_no_action() {
    let draft = read(vec![vec![
        row(&["Action", "Lead"]),
        row(&["Actions from 3 June", ""]),
        row(&["Buy seed for the ducks", "Pond Trust"]),
        row(&["Agreed actions of 14 August", ""]),
        row(&["Write a rota", "Pond Trust"]),
    ]]);
    let headings: Vec<_> =
        draft.actions.iter().filter_map(|action| crate::domain::flag::heading(&action.raw)).collect();
    assert_eq!(draft.actions.len(), 2);
    assert_eq!(headings, ["Actions from 3 June", "Agreed actions of 14 August"]);
}

#[test]
fn a_word_between_the_rows_of_two_columns_is_their_heading() {
    let draft = read(vec![vec![
        row(&["Action", "Owner"]),
        row(&["Ducks", ""]),
        row(&["Buy seed for the ducks", "Pond Trust"]),
        row(&["Train staff", ""]),
    ]]);
    let headings: Vec<_> = draft.actions.iter().map(|action| crate::domain::flag::heading(&action.raw)).collect();
    assert_eq!(headings, [Some("Ducks"), Some("Ducks")]);
}

#[test]
fn a_table_that_does_not_fit_is_not_mistaken_for_the_rest_of_a_plan() {
    let draft = read(vec![
        vec![row(&["Action", "Lead", "Target date"]), row(&["Write to all agencies", "ICB", "May 2024"])],
        vec![row(&["Police", "Jane Smith", "Chair"]), row(&["ICB", "Tom Brown", "Member"])],
        vec![row(&["Train all staff", "Police", "June 2024"])],
    ]);
    assert_eq!(draft.actions.len(), 2);
}

#[test]
fn a_long_plan_says_of_each_action_what_a_short_one_does() {
    let plan = |count: usize| {
        let action = |at: usize| {
            let (action, progress) = (format!("Write to ward {at}"), format!("May 2024: {at} wards answered."));
            row(&[&action, "ICB", "June 2024", "Amber", &progress])
        };
        let header = row(&["Action", "Lead", "Target date", "RAG", "Progress"]);
        read(vec![std::iter::once(header).chain((0..count).map(action)).collect()])
    };
    let (long, short) = (plan(500), plan(20));
    assert_eq!(long.actions.len(), 500);
    assert_eq!(long.actions[..20], short.actions);
    assert_eq!(long.actions[499].text, "Write to ward 499");
    assert_eq!(long.actions[499].progress[0].text, "May 2024: 499 wards answered.");
}

#[test]
fn the_title_of_a_document_is_no_lead_without_a_doubt() {
    let plan = |lead: &str| {
        let title = Block::Paragraph("Westmarsh Police action plan".into());
        let rows = vec![
            row(&["Ref", "Action", "Lead", "Target date"]),
            row(&["1", "Write a pathway", lead, "May 2024"]),
            row(&["2", "Train all staff", "", "June 2024"]),
        ];
        let blocks = vec![title, Block::Table(Table { rows, ..Table::default() })];
        let document = Document { blocks, ..Document::default() };
        assemble(&document, "plan.docx", &Options::default(), &Vocabulary::built_in().unwrap()).unwrap()
    };
    let named = plan("Housing");
    assert_eq!(leads(&named, &named.actions[1]), [] as [String; 0]);
    assert_eq!(named.flags, []);
    let blank = plan("");
    assert_eq!(leads(&blank, &blank.actions[1]), ["Westmarsh Police"]);
    let doubts: Vec<&str> = blank.actions[1].flags.iter().map(|flag| flag.field.as_str()).collect();
    assert_eq!(doubts, ["lead"]);
}

#[test]
fn each_action_may_give_its_recommendation_a_measure_of_success() {
    let draft = read(vec![vec![
        row(&["Recommendation", "Action", "Lead", "Success measure"]),
        row(&["1. Improve triage", "Write tool", "Police", "Tool in use"]),
        row(&["1. Improve triage", "Train staff", "Police", "90% of staff trained"]),
        row(&["^", "Buy seed", "Police", "Tool in use"]),
        row(&["2. Feed the ducks", "Write a rota", "Police", "Fat ducks"]),
    ]]);
    let outcome = |at: usize| draft.recommendations[at].particulars.get(Particular::Outcome);
    assert_eq!([outcome(0), outcome(1)], ["Tool in use\n90% of staff trained", "Fat ducks"]);
    let raw = draft.recommendations[0].raw.iter().find(|cell| cell.column == "Success measure");
    assert_eq!(raw.map(|cell| cell.text.as_str()), Some("Tool in use\n90% of staff trained"));
}

#[test]
fn an_outcome_without_a_recommendation_is_told_of() {
    let draft = read(vec![vec![
        row(&["Action", "Lead", "Target date", "Success measure"]),
        row(&["Write tool", "Police", "May 2024", "Tool in use"]),
    ]]);
    assert!(draft.notices.iter().any(|notice| notice.contains("“Success measure”")), "{:?}", draft.notices);
}

#[test]
fn a_printed_number_keeps_its_brackets() {
    let draft = read(vec![vec![
        row(&["Action ID", "Recommendation", "Action", "Lead"]),
        row(&["DUCK-F/2.3(b)", "2.3 Feed the ducks", "Buy seed", "Pond Trust"]),
        row(&["DUCK-F/2.3(c)", "2.3 Feed the ducks", "Write a rota", "Pond Trust"]),
        row(&["(4.1)", "4. Rest", "Sit down", "Pond Trust"]),
        row(&["4.2)", "4. Rest", "Lie down", "Pond Trust"]),
    ]]);
    let numbers: Vec<_> = draft.all_actions().filter_map(|(_, action)| action.number.as_deref()).collect();
    assert_eq!(numbers, ["DUCK-F/2.3(b)", "DUCK-F/2.3(c)", "4.1", "4.2"]);
}

#[test]
fn numbers_that_differ_under_one_recommendation_are_those_of_the_actions() {
    let numbers = |rows: [&[&str]; 3]| {
        let all = std::iter::once(row(&["Ref", "Recommendation", "Action", "Lead"])).chain(rows.map(row)).collect();
        let draft = read(vec![all]);
        assert_eq!(draft.recommendations.len(), 2);
        draft.references()
    };
    let (seed, rota) = (["Feed the ducks", "Buy seed", "Pond"], ["", "Write a rota", "Pond"]);
    let with = |first: &'static str, words: [&'static str; 3]| [first, words[0], words[1], words[2]];
    let rest = ["Rest", "Sit down", "Pond"];
    assert_eq!(numbers([&with("D1", seed), &with("D2", rota), &with("D3", rest)]), ["D1", "D2", "D3"]);
    assert_eq!(numbers([&with("1", seed), &with("2", rota), &with("3", rest)]), ["1", "2", "3"]);
    assert_eq!(numbers([&with("1", seed), &with("", rota), &with("2", rest)]), ["1.1", "1.2", "2.1"]);
}

#[test]
fn a_rating_and_its_words_in_one_cell_are_one_update() {
    let draft = read(vec![vec![
        row(&["Action", "Lead", "Target date", "Progress (RAG)"]),
        row(&["Write tool", "Police", "May 2024", "GREEN - the form has been changed"]),
        row(&["Train staff", "Police", "May 2024", "RED"]),
    ]]);
    let progress: Vec<Vec<&str>> =
        draft.actions.iter().map(|action| action.progress.iter().map(|entry| entry.text.as_str()).collect()).collect();
    assert_eq!(progress, [vec!["GREEN - the form has been changed"], vec![]]);
    assert_eq!(draft.actions[1].rating.as_deref(), Some("Red"));
}

#[test]
fn an_update_with_an_unclear_date_is_in_doubt() {
    let draft = read(vec![vec![
        row(&["Action", "Lead", "Target date", "RAG", "Progress"]),
        row(&["Write tool", "Police", "May 2024", "A", "10/03/24: begun\n22nd April: tested\n31/4/24 - agreed"]),
    ]]);
    let doubts: Vec<_> =
        draft.actions[0].flags.iter().map(|flag| (flag.raw.as_str(), flag.suggestion.as_deref())).collect();
    assert_eq!(doubts, [("22nd April", Some("22nd April 2024")), ("31/4/24", None)]);
}

/// Rows of a reference, an action and a lead, each with a colour behind the reference.
fn painted(colours: &[&str], header: &str, word: &str) -> Draft {
    let paint = |(at, colour): (usize, &&str)| {
        let mut own = row(&[&(at + 1).to_string(), "Feed the ducks", "Pond Trust", word]);
        let cell = if header == "Status" { 3 } else { 0 };
        own.cells[cell].shade = Some((*colour).to_owned());
        own
    };
    let rows = [row(&["Ref", "Action", "Lead", header])].into_iter().chain(colours.iter().enumerate().map(paint));
    read(vec![rows.collect()])
}

fn ratings(draft: &Draft) -> Vec<&str> {
    draft.all_actions().map(|(_, action)| action.rating.as_deref().unwrap_or("–")).collect()
}

#[test]
fn a_status_of_colours_or_ticks_is_rated_by_its_colours() {
    for word in ["", "✔"] {
        let draft = painted(&["Blue", "Amber", "Red"], "Status", word);
        assert_eq!(ratings(&draft), ["Blue", "Amber", "Red"], "{word}");
    }
}

#[test]
fn rows_of_one_colour_each_are_rated_by_it_and_that_is_told() {
    let draft = painted(&["Blue", "Amber", "Red"], "Deadline", "May 2027");
    assert_eq!(ratings(&draft), ["Blue", "Amber", "Red"]);
    assert!(draft.flags.iter().any(|flag| flag.why.contains("colour of each row")), "{:?}", draft.flags);
    let decorated = painted(&["Blue", "Blue", "Blue"], "Deadline", "May 2027");
    assert_eq!(ratings(&decorated), ["–", "–", "–"], "one colour throughout is decoration");
}

#[test]
fn a_word_on_another_colour_counts_and_is_queried() {
    let draft = painted(&["Red", "Green"], "Status", "Green");
    assert_eq!(ratings(&draft), ["Green", "Green"]);
    assert!(draft.flags.iter().any(|flag| flag.why.contains("on a cell coloured Red")), "{:?}", draft.flags);
}

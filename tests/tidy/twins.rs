//! Every test that reads published plans, which may be absent, has a twin on fictional plans, which always runs.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::source::collect;

/// Tests that read published plans, each with its twin.
const TWINS: [(&str, &str); 26] = [
    ("a_log_of_many_small_tables_has_the_rows_of_its_twin", "columns_without_rules_are_found_by_the_empty_space"),
    ("a_log_without_recommendations_is_read_to_its_28_rows", "a_log_without_recommendations_keeps_its_own_numbers"),
    (
        "a_published_plan_raises_few_challenges_and_the_right_ones",
        "progress_on_one_of_several_is_challenged_on_the_screen",
    ),
    (
        "a_report_of_actions_has_its_sub_actions_and_no_section_rows",
        "sub_actions_sections_and_a_cell_of_date_and_rating",
    ),
    ("a_whole_meeting_on_the_real_plan", "a_whole_meeting_on_the_fictional_plan"),
    (
        "actions_in_the_prose_of_minutes_are_offered_and_a_matrix_is_no_plan",
        "plans_and_logs_of_many_shapes_are_understood",
    ),
    ("adult_c_as_pdf_is_the_plan_that_its_text_is", "a_ruled_table_is_read_cell_by_cell_with_its_lines_joined"),
    ("adult_c_is_read_row_by_row", "cells_in_another_order_with_a_column_of_numbers"),
    ("adult_c_keeps_the_text_around_the_tables", "cells_in_another_order_with_a_column_of_numbers"),
    ("adult_c_texts_are_shown_clean_and_kept_raw", "texts_are_shown_clean_and_kept_raw"),
    ("a_duplicate_action_in_a_published_plan_is_found", "duplicates_can_be_filtered"),
    (
        "an_old_word_document_gives_the_same_plan_as_its_docx",
        "paragraphs_and_tables_keep_their_order_and_empty_paragraphs_are_dropped",
    ),
    (
        "as_at_the_day_before_a_meeting_is_the_real_plan_as_imported",
        "as_at_the_day_before_a_meeting_is_the_plan_as_imported",
    ),
    ("blanks_are_not_rated_and_people_are_not_agencies", "people_are_kept_as_written_and_no_person_is_an_agency"),
    ("importing_both_files_again_proposes_nothing", "importing_the_same_document_again_changes_nothing"),
    (
        "dhrs4_as_pdf_is_the_plan_that_its_text_is",
        "a_row_cut_by_the_pages_edge_is_whole_again_and_the_header_is_read_once",
    ),
    ("dhrs4_doubts_are_shown_and_not_decided", "unreadable_dates_are_doubts_and_never_guessed"),
    ("dhrs4_is_read_row_by_row", "rows_with_findings_in_a_column"),
    ("dhrs4_rows_cut_by_pages_are_whole_again", "rows_cut_by_pages_are_joined_and_a_lost_number_is_inferred"),
    ("every_report_of_a_published_plan_counts_the_same", "every_report_counts_the_same"),
    (
        "every_view_says_of_a_published_plan_what_its_register_says",
        "every_view_says_of_each_board_what_its_register_says",
    ),
    ("parties_of_both_plans_answer_the_filters", "a_party_is_found_by_its_name_and_all_agencies_are_marked"),
    (
        "published_plans_survive_export_to_word_and_import_changed_or_not",
        "a_changed_plan_survives_export_to_word_and_import",
    ),
    ("tables_without_a_header_row_are_understood_from_their_cells", "plans_and_logs_of_many_shapes_are_understood"),
    (
        "the_real_plans_are_filtered_by_party_as_the_board_would",
        "a_party_is_found_by_its_name_and_all_agencies_are_marked",
    ),
    ("the_real_plans_match_their_expected_lists", "the_fictional_plans_match_their_expected_lists"),
];

/// The functions of a file of tests, each with whether it is a test and with its text.
fn functions(text: &str) -> Vec<(String, bool, String)> {
    let mut found = Vec::new();
    let mut lines = text.lines().peekable();
    let mut is_test = false;
    while let Some(line) = lines.next() {
        if line == "#[test]" {
            is_test = true;
        } else if let Some(rest) = line.strip_prefix("fn ").or_else(|| line.strip_prefix("pub fn ")) {
            let name = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "}").collect();
            found.push((name, std::mem::take(&mut is_test), body.join("\n")));
        }
    }
    found
}

/// The tests of a file that read published plans, themselves or through functions of the file.
fn readers(text: &str) -> Vec<String> {
    let functions = functions(text);
    let mut reading: BTreeSet<String> = BTreeSet::from(["published::".to_owned()]);
    if text.contains("published::{self, draft") {
        reading.insert("draft(".into());
    }
    loop {
        let reads = |body: &str| reading.iter().any(|word| body.contains(word.as_str()));
        let new: Vec<String> =
            functions.iter().filter(|(_, _, body)| reads(body)).map(|(name, ..)| format!("{name}(")).collect();
        let known = reading.len();
        reading.extend(new);
        if reading.len() == known {
            break;
        }
    }
    // A function may be handed on by its name alone.
    let named = |name: &str| reading.contains(&format!("{name}("));
    let tests = functions.iter().filter(|(name, is_test, body)| {
        *is_test
            && (named(name) || functions.iter().any(|(other, ..)| named(other) && body.contains(&format!("({other})"))))
    });
    tests.map(|(name, ..)| name.clone()).collect()
}

#[test]
fn every_test_on_published_plans_has_a_twin_on_fictional_ones() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<PathBuf> = Vec::new();
    collect(&root.join("tests"), &mut files);
    let texts = files.iter().filter(|file| !file.starts_with(root.join("tests/tidy")));
    let texts: Vec<String> = texts.map(|file| fs::read_to_string(file).expect("a readable file")).collect();
    let found: BTreeSet<String> =
        texts.iter().filter(|text| text.contains("kit::published")).flat_map(|text| readers(text)).collect();
    let known: BTreeSet<String> = TWINS.iter().map(|(real, _)| (*real).to_owned()).collect();
    assert_eq!(found, known);
    let mut sources = Vec::new();
    collect(&root.join("src"), &mut sources);
    let all: String =
        sources.iter().map(|file| fs::read_to_string(file).expect("a readable file")).chain(texts).collect();
    for (real, twin) in TWINS {
        assert!(!known.contains(twin), "the twin of {real} reads published plans too");
        assert!(all.contains(&format!("fn {twin}(")), "{real} has no twin: there is no {twin}");
    }
}

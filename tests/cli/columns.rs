//! Column mappings and your own vocabulary: used, remembered, forgotten, and reported.

use std::fs;

use crate::kit::desk::{Desk, fixture};

const SHELVES: &str = "Shelf,Book,Reader,Cost\n1,Write it down,HR,5\n2,Send it out,ICB,6\n";

fn with(name: &str, text: &str) -> Desk {
    let desk = Desk::empty();
    fs::write(desk.path(name), text).unwrap();
    desk
}

/// Where the program keeps what it remembers, for the home folder of the tests.
fn data(desk: &Desk) -> std::path::PathBuf {
    desk.path("data")
}

fn run(desk: &Desk, arguments: &[&str]) -> crate::kit::desk::Said {
    crate::kit::desk::Said::from(desk.command(arguments).env("ARISING_DATA", data(desk)).output().unwrap())
}

#[test]
fn a_document_with_unknown_columns_is_refused_with_its_columns_and_read_as_mapped() {
    let desk = with("shelves.csv", SHELVES);
    let refused = run(&desk, &["import", "shelves.csv"]);
    refused.expect_refused(&[
        "does not look like an action plan",
        "Shelf | Book | Reader | Cost",
        "--map 'Book=action'",
    ]);
    assert!(!desk.register().exists());
    let said = run(&desk, &["import", "shelves.csv", "--map", "book=action", "--map", "Reader=lead"]).expect_done();
    assert!(said.out.contains("columns of table 1: Book = action, Reader = lead"), "{}", said.out);
    assert!(said.out.contains("not used of table 1: Shelf, Cost"), "{}", said.out);
    assert!(said.out.contains("remembered for this header row: Book = action, Reader = lead"), "{}", said.out);
    assert_eq!(desk.action("2")["leads"][0]["name"], "ICB");
}

#[test]
fn a_column_mapping_is_used_again_for_the_same_header_row_and_reported() {
    let desk = with("shelves.csv", SHELVES);
    run(&desk, &["import", "shelves.csv", "--map", "Book=action", "--map", "Reader=lead"]).expect_done();
    fs::write(desk.path("may.csv"), "SHELF;Books;Reader;Cost\n1;Read it aloud;HR;5\n").unwrap();
    let said = run(&desk, &["import", "may.csv"]).expect_done();
    assert!(said.out.contains("columns as mapped before: Book = action, Reader = lead"), "{}", said.out);
    assert_eq!(desk.action("may:1")["text"], "Read it aloud");
    fs::write(desk.path("other.csv"), "Shelf;Book;Reader;Price\n1;Read it aloud;HR;5\n").unwrap();
    run(&desk, &["import", "other.csv"]).expect_refused(&["does not look like an action plan"]);
}

#[test]
fn a_new_mapping_wins_and_a_dry_run_remembers_nothing() {
    let desk = with("shelves.csv", SHELVES);
    let map = |field: &'static str| ["import", "shelves.csv", "--map", "Book=action", "--map", field, "--dry-run"];
    run(&desk, &map("Reader=via")).expect_done();
    assert!(!data(&desk).join("columns.toml").exists());
    run(&desk, &map("Reader=via")[..6]).expect_done();
    assert!(desk.action("1")["leads"].as_array().unwrap().is_empty());
    let kept = fs::read_to_string(data(&desk).join("columns.toml")).unwrap();
    assert!(kept.contains("Reader = \"via\"") && kept.starts_with('#'), "{kept}");
    let said = run(&desk, &["import", "shelves.csv", "--plan", "again", "--map", "Reader=lead"]).expect_done();
    assert!(said.out.contains("columns as mapped before: Book = action\n"), "{}", said.out);
    assert_eq!(desk.action("again:1")["leads"][0]["name"], "HR");
    assert!(fs::read_to_string(data(&desk).join("columns.toml")).unwrap().contains("Reader = \"lead\""));
}

#[test]
fn a_mapping_can_be_forgotten() {
    let desk = with("shelves.csv", SHELVES);
    run(&desk, &["import", "shelves.csv", "--map", "Book=action", "--map", "Reader=lead"]).expect_done();
    let said =
        run(&desk, &["import", "shelves.csv", "--plan", "new", "--forget", "--map", "Book=action"]).expect_done();
    assert!(!said.out.contains("as mapped before"), "{}", said.out);
    assert!(desk.action("new:1")["leads"].as_array().unwrap().is_empty());
    assert!(!fs::read_to_string(data(&desk).join("columns.toml")).unwrap().contains("Reader = "));
}

#[test]
fn a_column_feeds_two_fields_and_one_is_left_out() {
    let desk = with("log.csv", "Action,Remarks,Owner\nWrite it,March 2026: begun,HR\nSend it,Not started,HR\n");
    run(&desk, &["import", "log.csv", "--map", "Remarks=progress+status", "--map", "Owner=none"]).expect_done();
    let action = desk.action("1");
    assert_eq!((&action["progress"][0]["date"], &action["progress"][0]["text"]), (&"2026-03".into(), &"begun".into()));
    assert!(action["leads"].as_array().unwrap().is_empty());
}

#[test]
fn a_table_without_header_is_read_by_the_places_of_its_columns_and_not_remembered() {
    let desk = with("list.csv", "1,Write it down,HR\n2,Send it out,ICB\n");
    let said = run(&desk, &["import", "list.csv", "--map", "column 2=action", "--map", "column 3=lead"]).expect_done();
    assert!(said.out.contains("columns of table 1: column 2 = action, column 3 = lead"), "{}", said.out);
    assert!(!said.out.contains("remembered"), "{}", said.out);
    assert_eq!(desk.references(&[]), ["1", "2"]);
    assert!(!data(&desk).join("columns.toml").exists());
}

#[test]
fn a_wrong_field_is_bad_usage_and_a_wrong_column_an_answer_that_names_the_nearest() {
    let desk = with("shelves.csv", SHELVES);
    let said = run(&desk, &["import", "shelves.csv", "--map", "Book=acton"]);
    assert_eq!(said.code, 2, "{said:?}");
    assert!(said.err.contains("the nearest is action"), "{}", said.err);
    let wrong = run(&desk, &["import", "shelves.csv", "--map", "Bok=action"]);
    wrong.expect_refused(&["shelves.csv", "headed “Bok”", "the nearest is “Book”"]);
}

#[test]
fn damaged_column_mappings_are_reported_and_stop_no_import() {
    let desk = with("plan.csv", "Action,Book\nWrite it,HR\n");
    fs::create_dir(data(&desk)).unwrap();
    let file = data(&desk).join("columns.toml");
    fs::write(&file, "[[table]]\nheader = 7\n").unwrap();
    let said = run(&desk, &["import", "plan.csv", "--map", "Book=lead"]);
    assert_eq!((said.code, said.err.lines().count()), (0, 2), "{said:?}");
    assert!(
        said.err.contains("columns.toml, line 2") && said.err.contains("Could not save the column mappings"),
        "{}",
        said.err
    );
    assert!(said.out.contains("saved"), "{}", said.out);
    assert_eq!(fs::read_to_string(&file).unwrap(), "[[table]]\nheader = 7\n");
}

#[test]
fn your_own_vocabulary_names_columns_ratings_and_agencies() {
    let desk = with("plan.csv", "Homework,Sponsor,RAG\nWrite it,The Hive,Parked\nSend it,Hive CIC,Green\n");
    run(&desk, &["import", "plan.csv"]).expect_refused(&["does not look like an action plan"]);
    fs::create_dir(data(&desk)).unwrap();
    let own = "[field.action]\nphrases = [\"homework\"]\n[field.lead]\nphrases = [\"sponsor\"]\n\
               [[level]]\nhue = \"grey\"\nsettled = true\nwords = [\"parked\"]\n\
               [[party]]\nname = \"Hive CIC\"\naliases = [\"Hive\"]\n";
    fs::write(data(&desk).join("vocabulary.toml"), own).unwrap();
    run(&desk, &["import", "plan.csv"]).expect_done();
    assert_eq!(desk.json(&["parties", "--json"]).as_array().unwrap().len(), 1);
    assert_eq!(desk.action("1")["rating"]["word"], "Parked");
    assert_eq!(desk.action("1")["closed"], false);
}

#[test]
fn a_mistake_in_your_own_vocabulary_is_one_sentence_and_the_built_in_lists_apply() {
    let desk = with("plan.csv", "Action,Lead\nWrite it,HR\n");
    fs::create_dir(data(&desk)).unwrap();
    fs::write(data(&desk).join("vocabulary.toml"), "everyone = []\n[field.leed]\nphrases = []\n").unwrap();
    let said = run(&desk, &["import", "plan.csv"]);
    assert_eq!((said.code, said.err.lines().count()), (0, 1), "{said:?}");
    assert!(said.err.contains("vocabulary.toml, line 2") && said.err.contains("nearest is lead"), "{}", said.err);
    assert_eq!(desk.references(&[]), ["1"]);
}

#[test]
fn a_missing_document_is_named_with_its_folder_and_the_other_is_imported() {
    let desk = Desk::empty();
    let said = desk.run(&["import", &fixture("adult-m.txt"), "nowhere/b.csv"]);
    let said = said.expect_refused(&["nowhere/b.csv", "there is no such file"]);
    assert!(!said.err.contains("register is unchanged") && said.out.contains("saved"), "{said:?}");
}

#[test]
fn the_json_of_an_import_is_the_contracts_object_and_nothing_else() {
    let desk = with("plan.csv", "Action,Lead,Due,Extra\nWrite it,HR,Oct 202,x\n");
    for arguments in [&["import", "plan.csv", "--json", "--dry-run"][..], &["import", "plan.csv", "--json"]] {
        let said = run(&desk, &[arguments, &["--map", "Extra=via"]].concat()).expect_done();
        assert_eq!(said.out.lines().count(), 1, "{}", said.out);
        let object: serde_json::Value = serde_json::from_str(&said.out).unwrap();
        let mut keys: Vec<&str> = object.as_object().unwrap().keys().map(String::as_str).collect();
        keys.sort_unstable();
        assert_eq!(keys, ["actions", "differs", "findings", "flags", "new", "plan", "recommendations", "same"]);
        let flags = object["flags"].as_array().unwrap();
        assert!(flags.iter().any(|flag| flag["field"] == "target" && flag["place"] == "table 1, row 2"), "{flags:?}");
    }
}

#[test]
fn doubts_come_with_their_suggestion_and_tables_that_were_not_read_are_named() {
    let text = "Plan\n\nAction\tLead\tDue\nWrite it\tHR\tOct 2023\nSend it\tHR\tOct 202\nAsk\tHR\tNov 2023\n\n\
                Shelf\tBook\n1\tEmma\n2\tPersuasion\n";
    let desk = with("plan.txt", text);
    let said = run(&desk, &["import", "plan.txt"]).expect_done();
    let line = said.out.lines().find(|line| line.contains("in doubt: 2 target")).unwrap_or_default();
    assert!(line.contains("Oct 202") && line.contains("(table 1, row 3); perhaps Oct 2023"), "{}", said.out);
    assert!(said.out.contains("not read as actions: table 2, 2 rows, “Shelf | Book”"), "{}", said.out);
}

/// A Word document with a plan of one action, with one tracked change.
fn tracked() -> Vec<u8> {
    let cell = |runs: &str| format!("<w:tc><w:p>{runs}</w:p></w:tc>");
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let changed = "<w:r><w:t xml:space=\"preserve\">Write </w:t></w:r>\
                   <w:del w:author=\"A\"><w:r><w:delText>it</w:delText></w:r></w:del>\
                   <w:ins w:author=\"A\"><w:r><w:t>the guide</w:t></w:r></w:ins>";
    let table = row(&[cell(&run("Action")), cell(&run("Lead"))]) + &row(&[cell(changed), cell(&run("HR"))]);
    let document = format!(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
         <w:body><w:tbl>{table}</w:tbl></w:body></w:document>"
    );
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in [("[Content_Types].xml", "<Types/>"), ("word/document.xml", &document)] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut zip, text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn tracked_changes_and_hidden_text_are_reported() {
    let desk = Desk::empty();
    fs::write(desk.path("plan.docx"), tracked()).unwrap();
    let said = run(&desk, &["import", "plan.docx"]).expect_done();
    assert!(said.out.contains("noted: Tracked changes were read as accepted: 1 insertion is in"), "{}", said.out);
    assert_eq!(desk.action("1")["text"], "Write the guide");
}

#[test]
fn several_documents_are_imported_in_the_order_given_with_what_the_first_has_taught() {
    let desk = with("shelves.csv", SHELVES);
    fs::write(desk.path("may.csv"), "SHELF;Books;Reader;Cost\n1;Read it aloud;HR;5\n").unwrap();
    fs::write(desk.path("broken.docx"), "no document").unwrap();
    fs::write(desk.path("june.csv"), "Shelf,Book,Reader,Cost\n1,Count the books,ICB,6\n").unwrap();
    let maps = ["--map", "Book=action", "--map", "Reader=lead"];
    let said =
        run(&desk, &[&["import", "shelves.csv", "broken.docx", "none.csv", "may.csv", "june.csv"], &maps[..]].concat());
    assert_eq!(said.code, 1, "{}", said.out);
    let place = |words: &str| said.out.find(words).unwrap_or_else(|| panic!("{words}: {}", said.out));
    assert!(place("shelves imported") < place("may imported") && place("may imported") < place("june imported"));
    assert!(said.err.contains("broken.docx") && said.err.contains("none.csv"), "{}", said.err);
    assert_eq!(desk.action("may:1")["text"], "Read it aloud");
    assert_eq!(desk.action("june:1")["text"], "Count the books");
}

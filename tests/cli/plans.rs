//! From a plan in a document to a changed one on disk: what a script sees, on fictional plans and on the real ones.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use crate::kit::desk::{Desk, fixture};
use crate::kit::published;
use serde_json::{Value, json};

fn texts(value: &Value, key: &str) -> Vec<String> {
    value.as_array().unwrap().iter().map(|part| part[key].as_str().unwrap().to_owned()).collect()
}

#[test]
fn an_import_reports_what_it_read_and_its_doubts() {
    let desk = Desk::empty();
    let said = desk.run(&["import", &fixture("adult-m.txt")]).expect_done();
    assert!(said.out.contains("9 actions"), "{}", said.out);
    assert!(said.out.contains("Nov 202"), "the unreadable date is shown: {}", said.out);
    assert!(said.out.contains("in doubt: 2.1 target"), "{}", said.out);
    assert!(said.out.contains("9 new, 0 same, 0 differ"), "{}", said.out);
}

#[test]
fn the_json_of_an_import_is_one_object_a_document() {
    let desk = Desk::empty();
    let said = desk.run(&["import", "--json", &fixture("adult-m.txt"), &fixture("dhr9.txt")]).expect_done();
    let objects: Vec<Value> = said.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(objects.len(), 2);
    assert!(said.out.starts_with(r#"{"plan":"adult-m","findings":3,"recommendations":6,"actions":9,"flags":["#));
    assert_eq!((&objects[0]["new"], &objects[0]["same"], &objects[0]["differs"]), (&json!(9), &json!(0), &json!(0)));
    assert_eq!(objects[1]["plan"], "dhr9");
    assert_eq!(objects[1]["actions"], 7);
}

#[test]
fn importing_the_same_document_again_changes_nothing() {
    let desk = Desk::with_plans();
    let before = std::fs::read(desk.register()).unwrap();
    let said = desk.run(&["import", "--json", &fixture("adult-m.txt")]).expect_done();
    let again: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!((&again["new"], &again["same"], &again["differs"]), (&json!(0), &json!(9), &json!(0)));
    assert_eq!(std::fs::read(desk.register()).unwrap(), before, "not one byte of the register changed");
}

#[test]
fn a_later_version_adds_what_is_new_and_keeps_changes_made_in_the_register() {
    let desk = Desk::with_plans();
    desk.run(&["target", "adult-m:1.1", "Dec 2026", "--reason", "Agreed in the meeting"]).expect_done();
    let later = std::fs::read_to_string(fixture("adult-m.txt")).unwrap();
    let later = later.replace("\tSept 2026\n", "\tNov 2026\n").replace("\tOct 2025\n", "\tFeb 2026\n");
    std::fs::write(desk.path("adult-m.txt"), later).unwrap();
    let dry = desk.run(&["import", "adult-m.txt", "--dry-run"]).expect_done().out;
    assert!(dry.contains("0 new, 7 same, 2 differ"), "{dry}");
    assert!(dry.contains("Nov 2026") && dry.contains("dry run"), "{dry}");
    assert_eq!(desk.action("adult-m:5.1")["targets"][0]["raw"], "Sept 2026");
    desk.run(&["import", "adult-m.txt"]).expect_done();
    assert_eq!(desk.action("adult-m:5.1")["targets"][0]["raw"], "Nov 2026", "nobody had changed it here");
    assert_eq!(desk.action("adult-m:1.1")["targets"][0]["raw"], "Dec 2026", "it was changed here");
    let again = desk.json(&["import", "adult-m.txt", "--json"]);
    assert_eq!(again["new"], 0);
    desk.run(&["undo"]).expect_done();
    assert_eq!(desk.action("adult-m:5.1")["targets"][0]["raw"], "Sept 2026", "one undo takes the import back");
}

#[test]
fn a_later_version_under_another_name_is_noticed() {
    let desk = Desk::empty();
    desk.run(&["import", &fixture("review/harbour.csv")]).expect_done();
    let said = desk.run(&["import", "--dry-run", &fixture("review/harbour-later.csv")]).expect_done();
    assert!(said.out.contains("5 of its 6 actions are already in plan harbour: imported as its later"), "{}", said.out);
    let alone = desk.run(&["import", "--dry-run", "--new", &fixture("review/harbour-later.csv")]).expect_done();
    assert!(alone.out.contains("6 new"), "{}", alone.out);
    let said = desk.run(&["import", "--plan", "harbour", &fixture("review/harbour-later.csv")]).expect_done();
    assert!(said.out.contains("1 new, 3 same, 2 differ, 1 no longer in the document"), "{}", said.out);
    assert!(!said.out.contains("already"), "{}", said.out);
}

#[test]
fn a_dry_run_writes_nothing_and_creates_no_register() {
    let desk = Desk::empty();
    let said = desk.run(&["import", "--dry-run", &fixture("adult-m.txt")]).expect_done();
    assert!(said.out.contains("9 new"), "{}", said.out);
    assert!(!desk.register().exists());
}

#[test]
fn a_plan_can_be_given_another_name() {
    let desk = Desk::empty();
    desk.run(&["import", &fixture("adult-m.txt"), "--plan", "sar-7"]).expect_done();
    assert_eq!(desk.json(&["plans", "--json"])[0]["plan"], "sar-7");
    let both = desk.run(&["import", &fixture("adult-m.txt"), &fixture("dhr9.txt"), "--plan", "x"]);
    both.expect_refused(&["--plan names one plan"]);
}

#[test]
fn a_list_has_the_keys_of_the_contract_in_their_order() {
    let desk = Desk::with_plans();
    let said = desk.run(&["list", "plan:adult-m", "rec:1", "--json"]).expect_done();
    let keys = [
        "\"plan\"",
        "\"ref\"",
        "\"findings\"",
        "\"recommendation\"",
        "\"text\"",
        "\"leads\"",
        "\"via\"",
        "\"targets\"",
        "\"rating\"",
        "\"overdue\"",
        "\"closed\"",
        "\"progress\"",
        "\"flags\"",
        "\"source\"",
    ];
    let mut from = 0;
    for key in keys {
        let found =
            said.out[from..].find(key).unwrap_or_else(|| panic!("{key} is missing or out of order: {}", said.out));
        from += found;
    }
    let action = &serde_json::from_str::<Value>(&said.out).unwrap()[0];
    assert_eq!(action["ref"], "1.1");
    assert_eq!(action["findings"], json!(["1", "2"]));
    assert_eq!(action["leads"][0]["name"], "Head of Adult Services (WCC)");
    assert_eq!(action["leads"][0]["kind"], "post");
    assert_eq!(action["leads"][0]["agency"], "WCC");
    assert_eq!(texts(&action["via"], "name"), ["OPG"]);
    assert_eq!(
        action["targets"],
        json!([{"raw": "Oct 2025", "first": "2025-10-01", "last": "2025-10-31", "flag": null}])
    );
    assert_eq!(action["rating"], json!({"letter": "G", "word": "Green", "meaning": "Done, or on course"}));
    assert_eq!((&action["overdue"], &action["closed"]), (&json!(false), &json!(false)));
    assert!(action.get("for_all").is_none() && action.get("history").is_none());
}

#[test]
fn the_documents_wording_is_kept() {
    let desk = Desk::with_plans();
    let doubtful = desk.action("adult-m:2.1");
    assert_eq!(doubtful["targets"][0]["raw"], "Nov 202");
    assert_eq!((&doubtful["targets"][0]["first"], &doubtful["targets"][0]["last"]), (&Value::Null, &Value::Null));
    assert!(doubtful["flags"].as_array().unwrap().iter().any(|flag| flag["field"] == "target"), "{doubtful}");
    assert_eq!(desk.action("adult-m:4.2")["rating"], Value::Null, "a blank is not rated, never Red");
    let two = desk.action("adult-m:3.1");
    assert_eq!(texts(&two["targets"], "raw"), ["Jan 2026", "Mar 2026"]);
    assert_eq!(texts(&two["leads"], "name").len(), 2);
    assert_eq!(desk.action("adult-m:6.1")["findings"], json!(["all"]));
    let lost = desk.action("dhr9:5.1");
    assert_eq!(lost["recommendation"]["number_inferred"], true);
}

#[test]
fn a_party_is_found_by_its_name_and_all_agencies_are_marked() {
    let desk = Desk::with_plans();
    let list = desk.json(&["list", "plan:adult-m", "party:\"Wexmere Police\"", "--json"]);
    let rows: Vec<(String, bool)> = list
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["ref"].as_str().unwrap().into(), row["for_all"] == true))
        .collect();
    let own = |reference: &str| (reference.to_owned(), false);
    assert_eq!(rows, [own("4.1"), own("4.2"), own("5.1"), ("6.2".into(), true)]);
    let shell_took_the_quotes = desk.references(&["plan:adult-m", "party:Wexmere Police"]);
    assert_eq!(shell_took_the_quotes, ["4.1", "4.2", "5.1", "6.2"]);
    assert_eq!(desk.references(&["plan:adult-m", "via:OPG"]), ["1.1", "2.1", "4.1"]);
    let text = desk.run(&["list", "plan:adult-m", "party:\"Wexmere Police\""]).expect_done().out;
    let line = text.lines().find(|line| line.contains("6.2")).unwrap();
    assert!(line.contains('*'), "{text}");
}

#[test]
fn a_rating_a_note_a_target_a_lead_and_an_undo_are_found_in_list_and_log() {
    let desk = Desk::with_plans();
    desk.run(&["rate", "adult-m:5.1", "r"]).expect_done();
    desk.run(&["rate", "adult-m:4.2", "amber", "--note", "Fifty calls heard"]).expect_done();
    desk.run(&[
        "progress",
        "adult-m:4.1",
        "New",
        "questions",
        "printed",
        "--on",
        "2026-09-10",
        "--by",
        "Wexmere Police",
    ])
    .expect_done();
    desk.run(&["target", "adult-m:5.1", "end of feb 2027", "--reason", "Waiting for the rota"]).expect_done();
    desk.run(&["lead", "adult-m:2.2", "Wexmere Police", "Harbour Office"]).expect_done();
    desk.run(&["rate", "adult-m:1.1", "red"]).expect_done();
    desk.run(&["undo"]).expect_done();

    let action = desk.action("adult-m:5.1");
    assert_eq!(action["rating"]["word"], "Red");
    assert_eq!(action["targets"][0]["last"], "2027-02-28");
    assert_eq!(desk.action("adult-m:4.2")["progress"].as_array().unwrap().last().unwrap()["text"], "Fifty calls heard");
    let entry = desk.action("adult-m:4.1")["progress"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        entry,
        json!({"date": "2026-09-10", "text": "New questions printed", "by": "Wexmere Police", "origin": "written"})
    );
    assert_eq!(texts(&desk.action("adult-m:2.2")["leads"], "name"), ["Wexmere Police", "Harbour Office"]);
    assert_eq!(desk.action("adult-m:1.1")["rating"]["word"], "Green", "taken back");

    let log = desk.json(&["log", "--json"]);
    let rating = log.as_array().unwrap().iter().find(|row| row["ref"] == "5.1" && row["to"] == "Red").unwrap();
    assert_eq!(
        (&rating["from"], &rating["author"], &rating["plan"]),
        (&json!("Amber"), &json!("Ann Other"), &json!("adult-m"))
    );
    assert!(rating["at"].as_str().unwrap().starts_with(crate::kit::desk::TODAY));
    let history = action["history"].as_array().unwrap();
    assert!(
        history.iter().any(|row| row["to"] == "Red") && history.iter().all(|row| row["ref"] == "5.1"),
        "{history:?}"
    );
}

#[test]
fn redo_restores_what_undo_reversed() {
    let desk = Desk::with_plans();
    desk.run(&["rate", "adult-m:1.1", "red"]).expect_done();
    desk.run(&["undo"]).expect_done();
    desk.run(&["redo"]).expect_done();
    assert_eq!(desk.action("adult-m:1.1")["rating"]["word"], "Red");
}

#[test]
fn the_past_can_be_seen_but_not_changed() {
    let desk = Desk::empty();
    let on = |day: &str, arguments: &[&str]| desk.run(&[&["--today", day], arguments].concat()).expect_done();
    on("2026-01-10", &["import", &fixture("adult-m.txt")]);
    on("2026-03-10", &["rate", "1.1", "red"]);
    on("2026-06-10", &["rate", "1.1", "amber"]);
    let word = |day: &str| desk.json(&["--as-at", day, "show", "1.1", "--json"])["rating"]["word"].clone();
    assert_eq!(
        (word("2026-02-01"), word("2026-03-10"), word("2026-12-01")),
        (json!("Green"), json!("Red"), json!("Amber"))
    );
    assert_eq!(desk.json(&["--as-at", "2025-12-31", "list", "--json"]), json!([]));
    desk.run(&["--as-at", "2026-02-01", "rate", "1.1", "red"]).expect_refused(&["--as-at"]);
}

#[test]
fn overdue_is_judged_by_the_day_given() {
    let desk = Desk::with_plans();
    let overdue = |day: &str| desk.references(&["plan:adult-m", "overdue", "--today", day]);
    assert!(!overdue("2026-09-30").contains(&"5.1".to_owned()), "September means its last day");
    assert!(overdue("2026-10-01").contains(&"5.1".to_owned()));
    assert!(!overdue("2026-10-01").contains(&"1.1".to_owned()), "Green is settled");
}

#[test]
fn the_plans_and_parties_are_counted() {
    let desk = Desk::with_plans();
    let said = desk.run(&["plans", "--json"]).expect_done().out;
    assert!(said.contains(r#"{"plan":"adult-m","title":"#), "{said}");
    let plan = &serde_json::from_str::<Value>(&said).unwrap()[0];
    assert_eq!((&plan["findings"], &plan["recommendations"], &plan["actions"]), (&json!(3), &json!(6), &json!(9)));
    assert_eq!(plan["ratings"]["Green"], 4);
    let parties = texts(&desk.json(&["parties", "--json"]), "name");
    assert!(parties.contains(&"Wexmere Police".to_owned()), "{parties:?}");
}

#[test]
fn an_ambiguous_reference_is_refused_and_an_unknown_one_names_the_nearest() {
    let desk = Desk::with_plans();
    desk.run(&["show", "4.1"]).expect_refused(&["adult-m:4.1", "dhr9:4.1"]);
    desk.run(&["show", "adult-m:4.9"]).expect_refused(&["adult-m:4.", "nearest"]);
    desk.run(&["show", "adult-x:4.1"]).expect_refused(&["adult-x", "adult-m"]);
    assert_eq!(desk.run(&["show", "4.2"]).expect_done().code, 0, "only one plan has a 4.2");
}

#[test]
fn lists_for_people_end_with_counts_and_a_spreadsheet_gets_all_columns() {
    let desk = Desk::with_plans();
    let text = desk.run(&["list", "plan:adult-m"]).expect_done().out;
    let last = text.lines().last().unwrap();
    assert!(last.starts_with("9 actions") && last.contains("4 Green"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 120), "{text}");
    let csv = desk.run(&["list", "plan:adult-m", "--csv"]).expect_done().out;
    assert!(csv.starts_with("\"plan\",\"ref\""), "{csv}");
    assert!(csv.contains("\"adult-m\",\"2.1\""), "{csv}");
}

/// The rows of a truth file, which says what people read in a plan, as columns by name.
fn truth(path: impl AsRef<Path>) -> Vec<HashMap<String, String>> {
    let text = std::fs::read_to_string(path).unwrap();
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap().split('\t').collect();
    let row = |line: &str| {
        header.iter().zip(line.split('\t')).map(|(key, cell)| ((*key).to_owned(), cell.to_owned())).collect()
    };
    lines.filter(|line| !line.trim().is_empty()).map(row).collect()
}

/// Compares a plan's list with its truth, row by row.
#[track_caller]
fn assert_listed(desk: &Desk, plan: &str, truth: &[HashMap<String, String>]) {
    let list = desk.json(&["list", &format!("plan:{plan}"), "--json"]);
    let list = list.as_array().unwrap();
    assert_eq!(list.len(), truth.len());
    for (action, row) in list.iter().zip(truth) {
        let reference = row["action_id"].trim_start_matches('R');
        assert_eq!(action["ref"], reference);
        let parts = |column: &str| row[column].split(';').filter(|part| !part.is_empty()).map(str::to_owned);
        let findings: Vec<String> = parts("findings").map(|f| f.trim_start_matches('F').to_lowercase()).collect();
        assert_eq!(action["findings"], json!(findings), "{reference}");
        let wanted: Vec<&str> = row["target_raw"].split('¶').map(str::trim).collect();
        assert_eq!(texts(&action["targets"], "raw"), wanted, "{reference}");
        let first = action["targets"].as_array().unwrap().iter().filter_map(|target| target["first"].as_str());
        let months: Vec<String> = first.map(|day| day[..7].to_owned()).collect();
        assert_eq!(months, parts("target_norm").collect::<Vec<_>>(), "{reference}");
        assert_eq!(texts(&action["leads"], "name").len(), parts("leads_norm").count(), "{reference}");
        assert_eq!(texts(&action["via"], "name").len(), parts("via_subgroup").count(), "{reference}");
        let rating = Some(row["rag"].as_str()).filter(|word| !word.is_empty());
        assert_eq!(action["rating"]["word"].as_str(), rating, "{reference}");
    }
    assert!(list[1]["flags"].as_array().unwrap().iter().any(|flag| flag["field"] == "target"));
}

#[test]
fn the_fictional_plans_match_their_expected_lists() {
    assert_listed(&Desk::with_plans(), "adult-m", &truth(fixture("truth-adult-m.tsv")));
}

fn real_desk() -> Option<Desk> {
    let (one, other) = (published::path("adult-c.txt")?, published::path("dhrs4.txt")?);
    let desk = Desk::empty();
    desk.run(&["import", one.to_str().unwrap(), other.to_str().unwrap()]).expect_done();
    Some(desk)
}

#[test]
fn the_real_plans_match_their_expected_lists() {
    let (Some(desk), Some(path)) = (real_desk(), published::path("truth-adult-c.tsv")) else { return };
    assert_listed(&desk, "adult-c", &truth(path));
}

#[test]
fn the_real_plans_are_filtered_by_party_as_the_board_would() {
    let Some(desk) = real_desk() else { return };
    let refs = |filter: &[&str]| -> BTreeSet<String> { desk.references(filter).into_iter().collect() };
    let set = |refs: &[&str]| -> BTreeSet<String> { refs.iter().map(|r| (*r).to_owned()).collect() };
    let police = set(&["7.1", "7.2", "8.1", "9.1", "10.1", "11.1", "16.2"]);
    assert_eq!(refs(&["plan:adult-c", "party:\"Sussex Police\""]), police);
    assert_eq!(refs(&["plan:adult-c", "via:OPS"]), set(&["1.1", "2.1", "5.1", "7.1", "10.1"]));
    assert_eq!(refs(&["plan:dhrs4", "lead:CFT"]), set(&["2.1", "7.1", "15.1", "16.1", "25.1", "23.1"]));
    assert_eq!(desk.references(&["plan:dhrs4"]).len(), 27);
    assert_eq!(desk.action("dhrs4:12.1")["recommendation"]["number_inferred"], true);
}

#[test]
fn the_demonstration_plan_in_word_is_the_same_plan() {
    let listed = |name: &str| {
        let desk = Desk::empty();
        let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo").join(name).display().to_string();
        desk.run(&["import", &document]).expect_done();
        let mut list = desk.json(&["list", "--json"]);
        for action in list.as_array_mut().unwrap() {
            action.as_object_mut().unwrap().remove("source");
        }
        list
    };
    let anew = "import riverside.txt into a new register, then `report plan --marking '' --format docx`";
    assert_eq!(listed("riverside.docx"), listed("riverside.txt"), "to update it: {anew}");
}

//! Agencies' forms and returns: made for everyone at once, filled in, and imported without taking anything unseen.

use std::fs;

use crate::kit::desk::{Desk, Said};

const PLAN: &str = "No,Action,Lead,Target date,RAG,Progress\n\
1,Mend the lamps on the north steps,Harbour Office,31/01/2027,Red,\n\
2,Count the life belts each spring,Harbour Office,30/04/2027,Amber,\n\
3,Train the ferry crews in rescue,Pier Trust,31/05/2027,Amber,\n\
4,Print the tide tables for every shop,Clerk,30/06/2027,Green,\n";

fn board() -> Desk {
    let desk = Desk::empty();
    fs::write(desk.path("quay.csv"), PLAN).unwrap();
    desk.run(&["import", "quay.csv"]).expect_done();
    desk
}

/// The form of the Harbour Office, its lines split into cells.
fn form(desk: &Desk, name: &str) -> Vec<Vec<String>> {
    desk.run(&["report", "agency", "party:Harbour Office", "-f", "csv", "-o", name]).expect_done();
    let text = fs::read_to_string(desk.path(name)).unwrap();
    let inside = |line: &str| line.strip_prefix('"').and_then(|line| line.strip_suffix('"')).unwrap_or("").to_owned();
    let cells = |line: &str| inside(line).split("\",\"").map(ToOwned::to_owned).collect();
    text.trim_start_matches('\u{feff}').lines().map(cells).collect()
}

/// Fills in the row of an action: its rating, its date, its response.
fn answer(form: &mut [Vec<String>], reference: &str, words: [&str; 3]) {
    for (at, text) in words.into_iter().enumerate() {
        edit(form, reference, at + 7, text);
    }
}

/// Writes into a cell of a row, counted from that of the reference: a form of several plans begins with a column more.
fn edit(form: &mut [Vec<String>], reference: &str, at: usize, text: &str) {
    let is_named = |cell: &String| cell == reference;
    let row = form.iter_mut().find(|row| row.iter().any(is_named)).unwrap();
    let first = row.iter().position(is_named).unwrap();
    row[first + at] = text.into();
}

fn import(desk: &Desk, name: &str, form: &[Vec<String>], more: &[&str]) -> Said {
    let lines: Vec<String> = form.iter().map(|row| format!("\"{}\"", row.join("\",\""))).collect();
    fs::write(desk.path(name), lines.join("\r\n").replace("\r\n\"\"\r\n", "\r\n\r\n")).unwrap();
    desk.run(&[&["import", name], more].concat())
}

/// The sentences of a text, without the line ends that the page made.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn rating(desk: &Desk, reference: &str) -> String {
    desk.action(reference)["rating"]["word"].as_str().unwrap_or("none").to_owned()
}

#[test]
fn what_the_board_changed_after_the_form_was_made_is_kept_unless_taken() {
    let desk = board();
    let mut form = form(&desk, "form.csv");
    desk.run(&["rate", "1", "Green", "--note", "Seen lit on a dark evening"]).expect_done();
    answer(&mut form, "1", ["A Amber", "", "Two of six lamps are mended."]);
    let said = flat(&import(&desk, "back.csv", &form, &["--dry-run"]).expect_done().out);
    assert!(
        said.contains("quay:1 rating: in the register “Green”, in the document “Amber” (changed in the register on"),
        "{said}"
    );
    assert!(said.contains("after this form was made, so not imported; --take 'quay:1.rating' imports it)"), "{said}");
    import(&desk, "back.csv", &form, &[]).expect_done();
    assert_eq!(rating(&desk, "1"), "Green");
    assert!(desk.action("1")["progress"].to_string().contains("Two of six lamps"));
    import(&desk, "back.csv", &form, &["--take", "1.rating"]).expect_done();
    assert_eq!(rating(&desk, "1"), "Amber");
    desk.run(&["undo"]).expect_done();
    desk.run(&["undo"]).expect_done();
    assert_eq!(rating(&desk, "1"), "Green");
    assert!(!desk.action("1")["progress"].to_string().contains("Two of six lamps"), "one undo takes the return back");
}

#[test]
fn an_older_return_read_after_a_newer_one_changes_no_rating() {
    let desk = board();
    let mut older = form(&desk, "older.csv");
    desk.run(&["progress", "2", "The board asked for the count"]).expect_done();
    let mut newer = form(&desk, "newer.csv");
    answer(&mut newer, "2", ["Green", "", "All belts are counted."]);
    answer(&mut older, "2", ["Red", "", "No belts are counted yet."]);
    import(&desk, "newer.csv", &newer, &[]).expect_done();
    let said = flat(&import(&desk, "older.csv", &older, &[]).expect_done().out);
    assert!(said.contains("from newer.csv, after this form was made"), "{said}");
    assert!(said.contains("an older answer: newer.csv was read on"), "{said}");
    assert_eq!(rating(&desk, "2"), "Green");
}

#[test]
fn what_is_unclear_is_asked_and_answered_by_command() {
    let desk = board();
    let mut form = form(&desk, "form.csv");
    answer(&mut form, "1", ["purple", "", ""]);
    answer(&mut form, "2", ["", "30 June 2027", "The boat is in dock."]);
    edit(&mut form, "2", 0, "22");
    let said = flat(&import(&desk, "back.csv", &form, &["--dry-run"]).expect_done().out);
    assert!(said.contains("in doubt: 1 rating: “purple” is not a rating of this plan"), "{said}");
    assert!(said.contains("no action is called 22; the words beside it are those of quay:2"), "{said}");
    assert!(said.contains("--take '22.action=quay:2' imports it"), "{said}");
    let json = desk.json(&["import", "back.csv", "--dry-run", "--json"]);
    assert_eq!(json["flags"][0]["suggestion"], "quay:2");
    import(&desk, "back.csv", &form, &["--take", "1.rating"]).expect_refused(&["purple", "Red, Amber"]);
    import(&desk, "back.csv", &form, &["--take", "1.rating=Amber", "--take", "22.action"]).expect_done();
    assert_eq!(rating(&desk, "1"), "Amber");
    let asked = &desk.action("2")["extension"];
    assert_eq!(
        (asked["targets"][0]["last"].as_str(), asked["reason"].as_str()),
        (Some("2027-06-30"), Some("The boat is in dock."))
    );
    assert_eq!(desk.references(&["extension"]), ["2"]);
    assert_eq!(desk.references(&["challenge", "ref:2"]), ["2"]);
    desk.run(&["undo"]).expect_done();
    assert_eq!((rating(&desk, "1").as_str(), desk.references(&["extension"]).len()), ("Red", 0));
}

#[test]
fn an_edit_in_a_column_that_was_not_to_be_filled_in_is_shown_and_kept() {
    let desk = board();
    let mut form = form(&desk, "form.csv");
    edit(&mut form, "1", 4, "28/02/2027");
    edit(&mut form, "2", 3, "Pier Trust");
    edit(&mut form, "2", 5, "G Green");
    let said = flat(&import(&desk, "back.csv", &form, &[]).expect_done().out);
    for words in [
        "quay:1 target: in the register “31/01/2027”, in the document “28/02/2027” (written in the column “Target date”",
        "quay:2 lead: in the register “Harbour Office”, in the document “Pier Trust” (written in the column “Lead”",
        "quay:2 rating: in the register “Amber”, in the document “Green” (written in the column “RAG rating”",
        "Nothing to change",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    import(&desk, "back.csv", &form, &["--take", "all"]).expect_done();
    assert_eq!(rating(&desk, "2"), "Green");
    assert_eq!(desk.action("2")["leads"][0]["name"], "Pier Trust");
    assert_eq!(desk.action("1")["targets"][0]["last"], "2027-02-28");
}

#[test]
fn answers_that_contradict_or_are_not_the_agencys_to_give_are_kept_back() {
    let desk = board();
    let mut form = form(&desk, "form.csv");
    answer(&mut form, "1", ["Green", "", "The lamps are lit."]);
    let mut twice = form.iter().find(|row| row[0] == "1").unwrap().clone();
    (twice[7], twice[9]) = ("Amber".into(), "One lamp is out again.".into());
    form.insert(3, twice);
    form.insert(
        4,
        ["3", "", "Train the ferry crews in rescue", "Pier Trust", "31/05/2027", "A Amber", "", "Green", "", ""]
            .map(ToOwned::to_owned)
            .to_vec(),
    );
    let said = flat(&import(&desk, "back.csv", &form, &[]).expect_done().out);
    assert!(said.contains("this return answers it twice, and says something else in table 1, row 4"), "{said}");
    assert!(
        said.contains(
            "quay:3 rating: in the register “Amber”, in the document “Green” (Harbour Office does not lead this action"
        ),
        "{said}"
    );
    assert_eq!((rating(&desk, "1").as_str(), rating(&desk, "3").as_str()), ("Red", "Amber"));
    import(&desk, "back.csv", &form, &["--take", "1.rating"]).expect_refused(&["2 answers", "1.rating=Amber"]);
    import(&desk, "back.csv", &form, &["--take", "1.rating=Amber", "--take", "3.rating"]).expect_done();
    assert_eq!((rating(&desk, "1").as_str(), rating(&desk, "3").as_str()), ("Amber", "Green"));
}

#[test]
fn an_extension_is_accepted_or_declined() {
    let desk = board();
    desk.run(&["target", "1", "28 Feb 2027", "--request", "--by", "Harbour Office", "--reason", "Frost"]).expect_done();
    let shown = desk.run(&["show", "1"]).expect_done().out;
    assert!(shown.contains("requested to 28 Feb 2027 (Harbour Office): Frost"), "{shown}");
    let board = desk.run(&["report", "exceptions"]).expect_done().out;
    assert!(board.contains("Requested to 28 Feb 2027 (Harbour Office): Frost"), "{board}");
    desk.run(&["target", "1", "--decline", "--reason", "The frost is over"]).expect_done();
    assert_eq!(desk.action("1")["targets"][0]["raw"], "31/01/2027");
    desk.run(&["target", "1", "--accept"]).expect_refused(&["no extension is requested"]);
    desk.run(&["undo"]).expect_done();
    let said = desk.run(&["target", "1", "--accept"]).expect_done().out;
    assert!(said.contains("target 31/01/2027 → 28 Feb 2027 (Frost)"), "{said}");
    assert!(desk.references(&["extension"]).is_empty());
}

#[test]
fn every_agency_with_something_to_answer_gets_a_form() {
    let desk = board();
    let dates = ["--return-by", "2027-01-15", "--contact", "quay@example.org"];
    let all = ["report", "agency", "--all", "-f", "html", "-o", "forms"];
    let said = desk.run(&[&all[..], &dates[..]].concat()).expect_done().out;
    assert!(said.contains("Saved 2 forms to forms") && said.contains("Nothing to answer: Clerk"), "{said}");
    let names: Vec<String> = fs::read_dir(desk.path("forms"))
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(names.len(), 2, "{names:?}");
    let form = fs::read_to_string(desk.path("forms").join(&names[0])).unwrap();
    assert!(form.contains("15 Jan 2027") && form.contains("quay@example.org"));
    desk.run(&["report", "plan", "--all", "-o", "forms"]).expect_refused(&["only forms for agencies"]);
}

#[test]
fn a_reference_that_another_plan_has_is_asked() {
    let desk = board();
    let huts = "No,Action,Lead,Target date,RAG\n1,Paint the beach huts white,Harbour Office,31/01/2027,Red\n";
    fs::write(desk.path("huts.csv"), huts).unwrap();
    desk.run(&["import", "huts.csv"]).expect_done();
    let mut form = form(&desk, "form.csv");
    answer(&mut form, "quay:1", ["Green", "", "Every lamp is lit."]);
    edit(&mut form, "quay:1", 0, "huts:1");
    let said = flat(&import(&desk, "back.csv", &form, &[]).expect_done().out);
    let asked = "huts:1 is another action, “Paint the beach huts white”; the words beside it are those of quay:1";
    assert!(said.contains(asked) && said.contains("'huts:1.action=quay:1|huts:1'"), "{said}");
    assert_eq!((rating(&desk, "quay:1").as_str(), rating(&desk, "huts:1").as_str()), ("Red", "Red"));
    import(&desk, "back.csv", &form, &["--take", "huts:1.action=quay:1"]).expect_done();
    assert_eq!((rating(&desk, "quay:1").as_str(), rating(&desk, "huts:1").as_str()), ("Green", "Red"));
}

#[test]
fn an_older_request_does_not_replace_a_newer_one_or_a_decision() {
    let desk = board();
    let mut older = form(&desk, "older.csv");
    let mut newer = form(&desk, "newer.csv");
    answer(&mut older, "1", ["", "28 Feb 2027", ""]);
    answer(&mut newer, "1", ["", "31 Mar 2027", "Frost"]);
    import(&desk, "newer.csv", &newer, &[]).expect_done();
    let said = flat(&import(&desk, "older.csv", &older, &[]).expect_done().out);
    assert!(
        said.contains("in the register “31/01/2027 (31 Mar 2027 is already requested)”, in the document “28 Feb 2027”"),
        "{said}"
    );
    assert_eq!(desk.action("1")["extension"]["targets"][0]["raw"], "31 Mar 2027");
    desk.run(&["target", "1", "--decline"]).expect_done();
    import(&desk, "newer.csv", &newer, &[]).expect_done();
    assert!(desk.references(&["extension"]).is_empty(), "a request that was declined is not made again");
}

#[test]
fn a_return_of_an_unknown_party_or_about_a_closed_action_is_kept_back() {
    let desk = board();
    let mut form = form(&desk, "form.csv");
    answer(&mut form, "1", ["Green", "", ""]);
    edit(&mut form, "Ref", 9, "Response from Harbor Ofice");
    let said = flat(&import(&desk, "back.csv", &form, &[]).expect_done().out);
    assert!(said.contains("(no agency here is called “Harbor Ofice”, so not imported"), "{said}");
    edit(&mut form, "Ref", 9, "Response from Harbour Office");
    edit(&mut form, "1", 1, "Lamps");
    edit(&mut form, "1", 2, "");
    edit(&mut form, "1", 0, "");
    let said = flat(&import(&desk, "back.csv", &form, &[]).expect_done().out);
    assert!(said.contains("the row has no reference, and no action has these words"), "{said}");
    assert_eq!(rating(&desk, "1"), "Red");
}

#[test]
fn who_filled_in_a_form_is_recorded_and_redacted() {
    let desk = board();
    let mut form = form(&desk, "form.csv");
    answer(&mut form, "1", ["", "28 Feb 2027", "Two lamps are lit."]);
    edit(&mut form, "Completed by", 1, "Wilma Thorne");
    import(&desk, "back.csv", &form, &[]).expect_done();
    assert_eq!(desk.action("1")["progress"][0]["by"], "Wilma Thorne, Harbour Office");
    let plan = |more: &[&str]| desk.run(&[&["report", "exceptions"], more].concat()).out;
    assert!(plan(&[]).contains("Thorne") && !plan(&["--redact"]).contains("Thorne"), "{}", plan(&["--redact"]));
}

#[test]
fn an_action_reworded_since_the_form_was_made_is_still_the_one_that_was_asked_about() {
    let desk = board();
    let mut form = form(&desk, "form.csv");
    answer(&mut form, "1", ["Green", "", ""]);
    let later =
        PLAN.replace("Mend the lamps on the north steps", "Replace every light along the harbour wall with new ones");
    fs::write(desk.path("quay.csv"), later).unwrap();
    desk.run(&["import", "quay.csv"]).expect_done();
    let text = |desk: &Desk| desk.action("1")["text"].as_str().unwrap().to_owned();
    let reworded = text(&desk);
    import(&desk, "back.csv", &form, &[]).expect_done();
    assert_eq!((rating(&desk, "1").as_str(), text(&desk)), ("Green", reworded));
}

#[test]
fn a_party_corrects_its_own_earlier_answer_on_the_same_form() {
    let desk = board();
    let form = form(&desk, "form.csv");
    let filled = |rating: &str, day: &str, words: &str| {
        let mut form = form.clone();
        answer(&mut form, "1", [rating, "", words]);
        edit(&mut form, "Date completed", 1, day);
        form
    };
    let (first, second) =
        (filled("Green", "1 Aug 2026", "All are lit."), filled("Amber", "3 Aug 2026", "Two went out."));
    import(&desk, "first.csv", &first, &[]).expect_done();
    import(&desk, "second.csv", &second, &[]).expect_done();
    assert_eq!(rating(&desk, "1"), "Amber");
    import(&desk, "first.csv", &first, &[]).expect_done();
    assert_eq!(rating(&desk, "1"), "Amber", "the earlier answer does not come back");
    desk.run(&["rate", "1", "Red"]).expect_done();
    import(&desk, "second.csv", &second, &[]).expect_done();
    assert_eq!(rating(&desk, "1"), "Red", "nor does it replace what the board decided");
}

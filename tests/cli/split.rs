//! An action that is really several is split after the import, and several that are really one are joined.

use serde_json::Value;

use crate::kit::desk::Desk;
use crate::kit::snapshot::snapshot;

const PLAN: &str = "Ref,Recommendation,Action,Lead,Target date,RAG,Progress\n\
1.1,Share what was learnt,Hold a learning event,Safeguarding Board,31/03/2027,Green,\n\
1.2,Share what was learnt,\"Harbour Police to publish guidance, and the ICB to train its nurses by July 2027\",\"Harbour Police, ICB\",\"May 2027\nJuly 2027\",Amber,\"12/06/2026: The guidance is drafted\n14/07/2026: Half of the nurses have been trained\"\n\
1.3,Share what was learnt,Print the guidance,Harbour Police,30/06/2027,Red,01/07/2026: Printer chosen\n\
2.1,Check the pathway,Audit ten cases,ICB,30/09/2027,Amber,\n";

fn board() -> Desk {
    let desk = Desk::empty();
    import(&desk, "harbour.csv", PLAN);
    desk
}

fn import(desk: &Desk, name: &str, rows: &str) -> String {
    std::fs::write(desk.path(name), rows).unwrap();
    desk.run(&["import", name, "--plan", "harbour"]).expect_done().out
}

/// Everything but the history, which only grows.
fn all(desk: &Desk) -> String {
    desk.run(&["list", "--json"]).expect_done().out + &desk.run(&["parties", "--json"]).expect_done().out
}

fn said(action: &Value) -> Vec<&str> {
    action["progress"].as_array().unwrap().iter().map(|entry| entry["text"].as_str().unwrap()).collect()
}

fn names<'a>(action: &'a Value, list: &str, key: &str) -> Vec<&'a str> {
    action[list].as_array().unwrap().iter().map(|one| one[key].as_str().unwrap()).collect()
}

fn history(desk: &Desk, reference: &str) -> String {
    let shown = desk.run(&["show", reference]).expect_done().out;
    shown.split_once("\nHistory\n").unwrap().1.to_owned()
}

#[test]
fn an_action_is_split_where_another_leads_duty_begins_and_one_undo_makes_it_whole() {
    let desk = board();
    let before = all(&desk);
    let looked = desk.run(&["split", "1.2", "--dry-run"]).expect_done().out;
    assert!(looked.contains("1  stays 1.2\n  Action        Harbour Police to publish guidance\n"), "{looked}");
    assert!(looked.contains("2  new\n  Action        The ICB to train its nurses by July 2027\n"), "{looked}");
    assert!(looked.ends_with("Nothing was changed.\n"), "{looked}");
    let parts = desk.json(&["split", "1.2", "--dry-run", "--json"]);
    assert_eq!(parts[1]["progress"][0], "Half of the nurses have been trained");
    assert_eq!(all(&desk), before);
    let saved = desk.run(&["split", "1.2"]).expect_done().out;
    assert_eq!(saved, "saved: 1.2 split into 2: the rest is 1.4\n");
    let (first, second) = (desk.action("1.2"), desk.action("1.4"));
    assert_eq!(first["text"], "Harbour Police to publish guidance");
    assert_eq!(second["text"], "The ICB to train its nurses by July 2027");
    assert_eq!(
        (names(&first, "leads", "name"), names(&second, "leads", "name")),
        (vec!["Harbour Police"], vec!["ICB"])
    );
    assert_eq!(names(&first, "targets", "raw"), ["May 2027"]);
    assert_eq!(
        (said(&first), said(&second)),
        (vec!["The guidance is drafted"], vec!["Half of the nurses have been trained"])
    );
    assert_eq!(second["progress"][0]["date"], "2026-07-14");
    assert_eq!(second["rating"]["word"], "Amber");
    assert!(first.get("original").is_none() && !desk.run(&["show", "1.2"]).out.contains("moved once"), "no date moved");
    let (whole, part) = (history(&desk, "1.2"), history(&desk, "1.4"));
    assert!(whole.contains("1.2 split, the rest is 1.4: “Harbour Police to publish guidance”"), "{whole}");
    assert!(whole.contains("1.2 progress moved to 1.4: “Half of the nurses have been trained”"), "{whole}");
    assert!(part.contains("1.4 split from 1.2: “The ICB to train its nurses by July 2027”"), "{part}");
    assert_eq!(desk.run(&["undo"]).expect_done().out, "saved: undone: 1.2 split into 2: the rest is 1.4\n");
    assert_eq!(all(&desk), before);
    desk.run(&["redo"]).expect_done();
    assert_eq!(said(&desk.action("1.4")), ["Half of the nurses have been trained"]);
    desk.run(&["check"]).expect_done();
}

#[test]
fn a_part_begins_with_the_words_that_are_given_or_nothing_is_split() {
    let desk = board();
    desk.run(&["split", "2.1"]).expect_refused(&["2.1 was not split", "--at"]);
    desk.run(&["split", "2.1", "--at", "twelve"]).expect_refused(&["“twelve” is not in the words of the action"]);
    desk.run(&["split", "1.9"]).expect_refused(&["No action has the reference 1.9"]);
    let saved = desk.run(&["split", "1.2", "--at", "by july", "--at", "ICB to train"]).expect_done().out;
    assert_eq!(saved, "saved: 1.2 split into 3: the rest is 1.4 and 1.5\n");
    assert_eq!(desk.action("1.5")["text"], "By July 2027");
    assert_eq!(desk.references(&[]), ["1.1", "1.2", "1.3", "1.4", "1.5", "2.1"]);
}

#[test]
fn actions_are_joined_and_nothing_is_guessed_or_lost() {
    let desk = board();
    let before = all(&desk);
    let saved = desk.run(&["join", "1.2", "1.3", "1.1"]).expect_done().out;
    assert_eq!(saved, "saved: 1.3 and 1.1 joined with 1.2: 1.3 was Red, 1.1 was Green, 1.2 stays Amber\n");
    assert_eq!(desk.references(&[]), ["1.2", "2.1"]);
    let joined = desk.action("1.2");
    assert!(joined["text"].as_str().unwrap().ends_with("by July 2027\nPrint the guidance\nHold a learning event"));
    assert_eq!(names(&joined, "leads", "name"), ["Harbour Police", "ICB", "Safeguarding Board"]);
    assert_eq!(names(&joined, "targets", "raw"), ["May 2027", "July 2027", "30/06/2027", "31/03/2027"]);
    assert_eq!(joined["rating"]["word"], "Amber");
    assert!(said(&joined).contains(&"Printer chosen"), "{joined}");
    let log = desk.run(&["log"]).expect_done().out;
    assert!(log.contains("1.3 withdrawn: joined with 1.2"), "{log}");
    assert!(log.contains("1.2 progress moved from 1.3: “Printer chosen”"), "{log}");
    desk.run(&["undo"]).expect_done();
    assert_eq!(all(&desk), before);
    desk.run(&["join", "1.2", "1.2"]).expect_refused(&["there is no other action to join it with"]);
}

#[test]
fn actions_of_two_plans_are_not_joined() {
    let desk = board();
    std::fs::write(desk.path("pier.csv"), "Ref,Action,Lead\n1.2,Paint the rail,Clerk\n3,Mend the lamp,Clerk\n")
        .unwrap();
    desk.run(&["import", "pier.csv"]).expect_done();
    let refused = desk.run(&["join", "harbour:1.2", "pier:3"]);
    refused.expect_refused(&["1.2 is in harbour and 3 in pier", "Only actions of the same plan can be joined"]);
    desk.run(&["join", "harbour:1.2", "1.3"]).expect_done();
}

#[test]
fn what_is_split_or_joined_in_a_meeting_is_on_its_agenda_and_in_its_minutes() {
    let desk = board();
    desk.run(&["meeting", "start", "Safeguarding Board", "--agenda", "ref:1.2, ref:1.3", "--of", "all"]).expect_done();
    desk.run(&["split", "1.2"]).expect_done();
    desk.run(&["join", "2.1", "1.3"]).expect_done();
    let ended = desk.run(&["meeting", "end"]).expect_done().out;
    assert!(!ended.contains("not reached"), "{ended}");
    let minutes = desk.run(&["report", "minutes", "--format", "txt"]).expect_done().out;
    for words in ["Split, the rest is 1.4", "Split from 1.2", "Joined with 1.3", "Withdrawn: joined with 2.1"] {
        assert!(minutes.contains(words), "{words}: {minutes}");
    }
    let (minutes, _) = minutes.split_once("Record: ").unwrap();
    snapshot("minutes", "after-a-split-and-a-join", minutes);
}

/// The same plan without printed numbers, whose rows are known by their words.
fn unnumbered() -> String {
    let numbers = ["Ref,", "1.1,", "1.2,", "1.3,", "2.1,"];
    numbers.iter().fold(PLAN.to_owned(), |rows, number| rows.replacen(number, "", 1))
}

#[test]
fn a_later_version_does_not_undo_a_split_without_a_word() {
    for (rows, wide) in [(PLAN.to_owned(), ""), (unnumbered(), " in every ward of the two hospitals")] {
        let rows = rows.replace("by July 2027\"", &format!("by July 2027{wide}\""));
        let desk = Desk::empty();
        import(&desk, "harbour.csv", &rows);
        desk.run(&["split", "1.2"]).expect_done();
        let before = all(&desk);
        let same = import(&desk, "again.csv", &rows);
        assert!(same.contains("0 new, 5 same, 0 differ") && same.contains("Nothing to change"), "{same}");
        assert_eq!(all(&desk), before);
        let trained = "Half of the nurses have been trained";
        let later = rows.replace("\nJuly 2027\",Amber", "\nJuly 2027\",Green");
        let later = later.replace(trained, &format!("{trained}\n20/08/2026: All of the nurses are trained"));
        let said = import(&desk, "later.csv", &later);
        assert!(
            said.contains("1.2 rating: in the register “Amber”, in the document “Green” (changed in the"),
            "{said}"
        );
        assert!(said.contains("1.4 rating: in the register “Amber”"), "{said}");
        assert!(!said.contains("text:") && !said.contains("lead:") && !said.contains("target: in"), "{said}");
        assert_eq!(desk.references(&[]), ["1.1", "1.2", "1.3", "1.4", "2.1"]);
        assert_eq!(desk.references(&["gone"]), Vec::<String>::new());
        assert_eq!(said_by(&desk, "1.2"), ["The guidance is drafted"]);
        assert_eq!(said_by(&desk, "1.4"), [trained, "All of the nurses are trained"]);
    }
}

fn said_by(desk: &Desk, reference: &str) -> Vec<String> {
    said(&desk.action(reference)).into_iter().map(ToOwned::to_owned).collect()
}

#[test]
fn what_was_carried_forward_stays_carried_in_the_parts_and_in_what_it_is_joined_with() {
    let desk = board();
    let meet = |day: &str, words: &[&str]| {
        let day = ["--today", day];
        let start = ["meeting", "start", "Safeguarding Board", "--agenda", "ref:2.1", "--of", "all"];
        let agenda = desk.run(&[&start[..], &day].concat()).expect_done().out;
        for reference in words {
            desk.run(&[&["meeting", "carry", *reference], &day[..]].concat()).expect_done();
        }
        desk.run(&[&["meeting", "end"], &day[..]].concat()).expect_done();
        agenda
    };
    meet("2026-09-12", &["1.2", "1.3", "2.1"]);
    desk.run(&["split", "1.2", "--today", "2026-09-20"]).expect_done();
    desk.run(&["join", "1.1", "1.3", "--today", "2026-09-20"]).expect_done();
    let agenda = meet("2026-10-12", &["1.4"]);
    for item in ["1.1", "1.2", "1.4", "2.1"] {
        assert!(agenda.contains(&format!("{item} (carried once since 12 Sep 2026")), "{item}: {agenda}");
    }
    assert!(agenda.contains("4 items"), "{agenda}");
    let next = meet("2026-11-12", &[]);
    assert!(next.contains("1.4 (carried twice since 12 Sep 2026"), "{next}");
}

#[test]
fn the_plan_goes_back_to_word_with_each_update_once() {
    let desk = board();
    desk.run(&["split", "1.2"]).expect_done();
    let plan = desk.run(&["report", "plan", "--format", "txt"]).expect_done().out;
    assert_eq!(plan.matches("The guidance is drafted").count(), 1, "{plan}");
    assert_eq!(plan.matches("Half of the nurses have been trained").count(), 1, "{plan}");
    let before = texts(&desk);
    desk.run(&["report", "plan", "--format", "docx", "-o", "plan.docx"]).expect_done();
    let said = desk.run(&["import", "plan.docx", "--plan", "harbour"]).expect_done().out;
    assert!(said.contains("0 new, 5 same"), "{said}");
    assert_eq!(texts(&desk), before);
}

/// What each action says, without where it was read.
fn texts(desk: &Desk) -> Vec<Vec<Value>> {
    let all = desk.json(&["list", "--json"]);
    let fields = ["ref", "text", "targets", "rating"];
    let row = |one: &Value| -> Vec<Value> {
        let said = said(one).into_iter().chain(names(one, "leads", "name")).map(Value::from);
        fields.iter().map(|field| one[field].clone()).chain(said).collect()
    };
    all.as_array().unwrap().iter().map(row).collect()
}

#[test]
fn new_words_of_a_split_row_are_asked_about_and_make_it_whole_only_when_taken() {
    let desk = board();
    desk.run(&["split", "1.2"]).expect_done();
    let later = PLAN.replace("train its nurses by July 2027", "train all its nurses and doctors by July 2027");
    let said = import(&desk, "later.csv", &later);
    assert!(said.contains("1.2 text: in the register “1.2: Harbour Police to publish guidance"), "{said}");
    assert!(said.contains("1.4: The ICB to train its nurses by July 2027”, in"), "{said}");
    assert!(said.contains("--take '1.2.text'"), "{said}");
    assert_eq!(desk.action("1.4")["text"], "The ICB to train its nurses by July 2027");
    desk.run(&["undo"]).expect_done();
    std::fs::write(desk.path("later.csv"), &later).unwrap();
    let parts = all(&desk);
    desk.run(&["import", "later.csv", "--plan", "harbour", "--take", "1.2.text"]).expect_done();
    assert_eq!(desk.references(&[]), ["1.1", "1.2", "1.3", "2.1"]);
    assert!(desk.action("1.2")["text"].as_str().unwrap().contains("nurses and doctors"));
    assert_eq!(said_by(&desk, "1.2").len(), 2);
    desk.run(&["undo"]).expect_done();
    assert_eq!(all(&desk), parts);
}

#[test]
fn a_part_that_the_document_drops_is_gone_and_one_that_it_splits_too_is_known() {
    let desk = board();
    desk.run(&["split", "1.2"]).expect_done();
    let dropped = PLAN
        .replace(", and the ICB to train its nurses by July 2027", "")
        .replace("\"Harbour Police, ICB\",\"May 2027\nJuly 2027\"", "Harbour Police,May 2027");
    let said = import(&desk, "dropped.csv", &dropped);
    assert!(said.contains("no longer in dropped.csv: 1.4 The ICB to train its nurses"), "{said}");
    desk.run(&["undo"]).expect_done();
    let whole = PLAN.lines().find(|line| line.starts_with("1.2")).unwrap();
    let two = "1.2,Share what was learnt,Harbour Police to publish guidance,Harbour Police,May 2027,Amber,\n1.4,Share what was learnt,The ICB to train its nurses by July 2027,ICB,July 2027,Green,";
    let rest =
        "July 2027\",Amber,\"12/06/2026: The guidance is drafted\n14/07/2026: Half of the nurses have been trained\"";
    let said = import(&desk, "two.csv", &PLAN.replace(&format!("{whole}\n{rest}"), two));
    assert!(said.contains("0 new") && !said.contains("text:"), "{said}");
    assert_eq!(desk.references(&["gone"]), Vec::<String>::new());
}

#[test]
fn a_later_version_does_not_bring_back_what_was_joined() {
    let desk = board();
    desk.run(&["join", "2.1", "1.3"]).expect_done();
    let before = all(&desk);
    let same = import(&desk, "again.csv", PLAN);
    assert!(same.contains("0 new, 4 same, 0 differ") && same.contains("Nothing to change"), "{same}");
    let later = PLAN.replace(
        "Red,01/07/2026: Printer chosen",
        "Green,\"01/07/2026: Printer chosen\n02/08/2026: Leaflets printed\"",
    );
    let said = import(&desk, "later.csv", &later);
    assert!(said.contains("1.3 rating: in the register “Red”, in the document “Green” (changed in the"), "{said}");
    assert!(
        said.contains("2.1 progress: in the register “”, in the document “2 Aug 2026: Leaflets printed”"),
        "{said}"
    );
    assert_eq!(desk.references(&[]), ["1.1", "1.2", "2.1"]);
    assert_eq!(said_by(&desk, "2.1"), ["Printer chosen", "Leaflets printed"]);
    desk.run(&["undo"]).expect_done();
    assert_eq!(all(&desk), before);
}

use super::super::change::{Cause, Op, Value};
use super::super::fixture::{Log, harbour};
use super::super::intent::{Intent, PartyChoice};
use super::super::register::Register;
use super::{TrailLine, batch, change};

/// The lines of the last batch, described against the register before it.
fn lines(log: &mut Log, intent: &Intent) -> Vec<TrailLine> {
    let before = log.register.clone();
    let batch = log.act(intent).unwrap();
    batch.changes.iter().map(|one| change(&before, &batch, one)).collect()
}

fn short(line: &TrailLine) -> (&str, &str, Option<&str>, Option<&str>) {
    (&line.reference, &line.what, line.from.as_deref(), line.to.as_deref())
}

#[test]
fn a_line_says_what_moved_from_where_to_where() {
    let mut log = harbour();
    let intent = log.rate("7.1", "a");
    let rated = lines(&mut log, &intent);
    assert_eq!(short(&rated[0]), ("7.1", "rating", Some("Green"), Some("Amber")));
    assert_eq!(rated[0].plan, Some(log.register.plans[0].id));
    let intent = log.rate("7.1", "-");
    let cleared = lines(&mut log, &intent);
    assert_eq!(short(&cleared[0]), ("7.1", "rating", Some("Amber"), None));
    let text = "word ".repeat(40);
    let intent = log.note("7.1", &text);
    let said = lines(&mut log, &intent);
    assert_eq!(short(&said[0]), ("7.1", "progress", None, Some(text.trim())));
    assert!(said[0].sentence.ends_with("word…”") && said[0].sentence.len() < 100, "{}", said[0].sentence);
}

#[test]
fn a_value_of_an_author_who_had_not_seen_the_other_is_no_move_from_it() {
    let mut log = harbour();
    let action = log.action("7.1");
    let seen = log.register.action(action).unwrap().rating.ids();
    log.act(&log.rate("7.1", "a")).unwrap();
    let before = log.register.clone();
    let op = Op::Set { on: action, value: Value::Rating(Some("Red".into())), replaces: seen };
    let separate = log.write(Cause::Edit, vec![op]);
    let line = change(&before, &separate, &separate.changes[0]);
    assert_eq!(line.sentence, "7.1 rating Red, recorded separately from Amber");
    assert_eq!(short(&line), ("7.1", "rating", None, Some("Red")));
    let action = log.register.action(action).unwrap();
    assert!(action.rating.in_conflict() && action.rating_move.is_none());
}

#[test]
fn a_new_party_has_its_own_line_and_is_named_in_the_other() {
    let mut log = harbour();
    let action = log.action("7.1");
    let lines = lines(&mut log, &Intent::Oversee { action, via: vec![PartyChoice::New("Quality Group".into())] });
    assert_eq!(short(&lines[0]), ("", "party", None, Some("Quality Group")));
    assert_eq!(lines[0].sentence, "party Quality Group added");
    assert_eq!(short(&lines[1]), ("7.1", "via", Some("OPS"), Some("Quality Group")));
}

#[test]
fn an_undo_says_what_it_reversed_and_its_line_the_resulting_value() {
    let mut log = harbour();
    log.act(&log.rate("7.1", "a")).unwrap();
    let before = log.register.clone();
    log.undo().unwrap();
    let undo = log.batches.last().unwrap();
    let told = change(&before, undo, &undo.changes[0]);
    assert_eq!(told.sentence, "undone: 7.1 Green → Amber");
    assert_eq!(short(&told), ("7.1", "rating", Some("Amber"), Some("Green")));
}

#[test]
fn an_import_is_one_sentence_and_a_line_for_each_thing() {
    let log = harbour();
    let sentence = batch(&Register::default(), &log.batches[0]);
    assert_eq!(sentence, "harbour imported from harbour.docx: 3 recommendations, 7 actions");
    let (mut lines, mut register) = (Vec::new(), Register::default());
    for one in &log.batches[0].changes {
        lines.push(change(&register, &log.batches[0], one));
        register.apply_change(&log.batches[0], one);
    }
    let references: Vec<&str> =
        lines.iter().filter(|line| line.what == "action").map(|line| line.reference.as_str()).collect();
    assert_eq!(references, ["7.1", "7.2", "7.3", "8.1", "8.2", "9.1", "9.2"]);
    // The same references come out when nothing of the batch is in the register yet.
    let first = &log.batches[0];
    let alone: Vec<TrailLine> = first.changes.iter().map(|one| change(&Register::default(), first, one)).collect();
    assert_eq!(alone, lines);
    assert!(lines.iter().any(|line| line.sentence == "recommendation 7 imported: “Improve the conference”"));
    assert!(lines.iter().any(|line| line.sentence == "7.1 progress imported: “Some process changes made”"));
}

#[test]
fn bringing_up_to_date_counts_what_changed() {
    let mut log = harbour();
    let action = log.action("7.1");
    let op = Op::Set { on: action, value: Value::Rating(Some("Red".into())), replaces: vec![action] };
    let before = log.register.clone();
    let update = log.write(Cause::Import { file: "return.docx".into() }, vec![op]);
    assert_eq!(batch(&before, &update), "harbour brought up to date from return.docx: 1 change");
}

#[test]
fn many_changes_are_summed_up_by_the_first_and_their_number() {
    let mut log = harbour();
    let rated = |log: &Log, reference: &str| {
        let action = log.action(reference);
        Op::Set { on: action, value: Value::Rating(Some("Red".into())), replaces: vec![action] }
    };
    let reworded = |log: &Log, reference: &str| {
        let action = log.action(reference);
        Op::Set { on: action, value: Value::Number("x".into()), replaces: vec![action] }
    };
    let before = log.register.clone();
    let two = log.write(Cause::Edit, vec![rated(&log, "7.1"), reworded(&log, "7.2")]);
    assert_eq!(batch(&before, &two), "7.1 Green → Red; 7.2 number none → x");
    let five: Vec<Op> = ["7.1", "7.2", "8.1", "8.2"].iter().map(|reference| rated(&log, reference)).collect();
    let five = log.write(Cause::Edit, five.into_iter().chain([reworded(&log, "9.1")]).collect());
    assert_eq!(batch(&before, &five), "7.1 Green → Red, and 4 more changes");
}

#[test]
fn the_same_to_several_actions_is_one_sentence() {
    let mut log = harbour();
    let each = |log: &Log, intent: fn(super::super::id::Id) -> Intent| {
        Intent::Several(["7.1", "7.2", "8.1"].iter().map(|reference| intent(log.action(reference))).collect())
    };
    let rate = each(&log, |action| Intent::Rate { action, rating: Some("Red".into()), note: Some("Agreed".into()) });
    assert_eq!(log.say(&rate), "3 actions rated Red, with the note “Agreed”");
    assert_eq!(log.undo().unwrap(), "undone: 3 actions rated Red");
    let lead = each(&log, |action| Intent::Assign { action, leads: vec![PartyChoice::New("Harbour Port".into())] });
    assert_eq!(log.say(&lead), "3 actions now led by Harbour Port");
    let ports = log.register.parties.iter().filter(|party| party.name() == "Harbour Port").count();
    assert_eq!(ports, 1, "a new party is added once");
    let none = each(&log, |action| Intent::Assign { action, leads: Vec::new() });
    assert_eq!(log.say(&none), "leads of 3 actions removed");
    let said = log.say(&none);
    assert!(said.starts_with("Nothing was changed: 7.1 already has no lead; 7.2 already has no lead"), "{said}");
}

#[test]
fn harmful_characters_do_not_reach_the_line() {
    let mut log = harbour();
    assert_eq!(log.say(&log.note("7.1", "red\u{1b}[2J\nand\ton")), "7.1 progress added: “red␛[2J and on”");
}

#[test]
fn a_change_of_a_newer_version_says_so() {
    let mut log = harbour();
    let before = log.register.clone();
    let unknown = log.write(Cause::Edit, vec![Op::Unknown { body: "{}".into() }]);
    assert_eq!(batch(&before, &unknown), "a change that this version of the program does not understand");
}

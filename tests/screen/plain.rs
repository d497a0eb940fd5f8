//! The conversation in lines: the same program, heard instead of seen.

use arising::run::plain::Plain;
use arising::run::stage::Stage;

use crate::kit::headless::Headless;
use crate::kit::snapshot::snapshot;

/// What is heard when these lines are typed, and the program afterwards.
fn talk(app: Headless, lines: &[&str]) -> (String, Stage) {
    let mut heard = Vec::new();
    let typed = lines.join("\n") + "\n";
    let mut plain = Plain::new(app.stage, typed.as_bytes(), &mut heard);
    plain.play().unwrap();
    let stage = plain.stage;
    (String::from_utf8(heard).unwrap(), stage)
}

fn demo() -> Headless {
    Headless::demo((120, 36))
}

#[test]
fn a_meeting_in_lines_is_the_same_record_as_on_the_screen() {
    let mut seen = demo();
    seen.press("m").type_text("POS").press("Enter Tab Tab Tab Tab Tab").type_text("overdue").press("Enter");
    seen.press("Home g p").type_text("Signed by all three.").press("Enter");
    seen.press("!").type_text("The fire service reports in March.").press("Enter Space n a Space");
    seen.press("m").type_text("end").press("Enter Enter");
    let (heard, stage) = talk(
        demo(),
        &[
            "m",
            "POS",
            "",
            "",
            "",
            "",
            "",
            "overdue",
            "",
            "",
            "2.1",
            "g",
            "action.progress",
            "Signed by all three.",
            "",
            "",
            "",
            "!",
            "The fire service reports in March.",
            "Space",
            "n",
            "a",
            "Space",
            "m",
            "end",
            "",
            "quit",
        ],
    );
    snapshot("plain", "meeting", &heard);
    assert_eq!(seen.log(), Headless::over(stage.seat.desk, (120, 36)).log(), "{heard}");
}

#[test]
fn it_says_where_one_is_in_whole_lines_without_boxes() {
    let (heard, _) = talk(
        demo(),
        &[
            "list",
            "help",
            "1.1",
            "again",
            "what is this",
            "rate",
            "",
            "9.9",
            "x",
            "overdue",
            "m",
            "back",
            "H",
            "back",
            "back",
        ],
    );
    snapshot("plain", "round", &heard);
    assert!(!heard.contains(['│', '─', '┌', '▌', '\u{1b}']), "{heard}");
}

#[test]
fn list_with_a_filter_lists_what_matches_and_quit_ends_at_a_question_too() {
    let (heard, stage) = talk(demo(), &["list rating:red", "list lead:Nobody", "list duw:30d", "x", "quit", "list"]);
    snapshot("plain", "list", &heard);
    assert!(stage.model.overlays.is_empty());
}

#[test]
fn a_question_can_be_left_and_nothing_is_written() {
    let before = demo().log();
    let lines =
        ["p", "cancel", "o", "cancel", "/", "cancel", "x", "", "d", "not a date at all", "cancel", "+", "", "quit"];
    let (heard, stage) = talk(demo(), &lines);
    assert_eq!(Headless::over(stage.seat.desk, (120, 36)).log(), before, "{heard}");
}

#[test]
fn the_end_of_input_keeps_what_was_begun_and_ends() {
    let (heard, stage) = talk(demo(), &["p"]);
    assert!(heard.contains("Progress on"), "{heard}");
    assert!(stage.seat.desk.drafts().is_ok());
}

#[test]
fn leads_are_chosen_by_name_and_one_of_several_by_its_number() {
    let (heard, stage) = talk(demo(), &["1.1", "o", "none", "Council", "1", "", "", "again", "quit"]);
    assert!(heard.contains(", saved"), "{heard}");
    let register = stage.seat.desk.register();
    let first = register.visible_actions().next().unwrap();
    assert_eq!(first.leads().len(), 1, "{heard}");
}

#[test]
fn several_actions_are_marked_and_rated_in_lines() {
    let (heard, stage) = talk(demo(), &["1.1", "mark", "2.1", "mark", "list", "r", "back", "quit"]);
    for words in [
        "1 action marked:",
        "2 actions marked:",
        "Marked: 2.1,",
        "2 actions rated Red, saved",
        "No action is marked any more",
    ] {
        assert!(heard.contains(words), "{words}\n{heard}");
    }
    let register = stage.seat.desk.register();
    let red = register.visible_actions().filter(|action| ["1.1", "2.1"].contains(&register.reference(action).as_str()));
    assert!(red.map(|action| action.rating()).eq([Some("Red"), Some("Red")]));
}

#[test]
fn who_joins_and_what_is_planned_is_said_in_lines() {
    let mut app = demo();
    app.press("m").type_text("POS").press("Enter Tab Tab Tab Tab Tab").type_text("overdue").press("Enter");
    app.stage.env.now += chrono::TimeDelta::minutes(20);
    let lines = ["meeting.arrive", "Ashmere Police=Ann Lee", "", "", "meeting.time", "15", "", "again", "quit"];
    let (heard, _) = talk(app, &lines);
    for words in [
        "Who joins the meeting",
        "Ann Lee (Ashmere Police) joined at 14:25",
        "planned for 15 min",
        "on the agenda, 15 min. The meeting has lasted 20 min.",
    ] {
        assert!(heard.contains(words), "{words}\n{heard}");
    }
}

#[test]
fn a_long_text_is_said_to_its_end() {
    let wording = "Every word of a long action is read out. ".repeat(20) + "These are the last.";
    let (heard, _) = talk(demo(), &["1.2", "e", &wording, "", "again", "quit"]);
    assert!(heard.contains("read out. These are the last."), "{heard}");
}

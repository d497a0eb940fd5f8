//! A meeting on the screen, beyond its story.

use crate::kit::headless::{Headless, env};
use crate::kit::published;
use arising::app::screen::walk::Walk;
use arising::demo;
use arising::desk::Desk;
use arising::domain::filter::Filter;
use arising::domain::intent::Intent;
use arising::import::{self, Options};
use arising::intake;
use arising::report::{self, Format, Material, Report};

/// A meeting with this agenda, of which one item is discussed.
fn begun(agenda: &str) -> Headless {
    let mut app = Headless::demo((120, 36));
    app.press("m").type_text("POS").press("Enter Tab Tab Tab Tab Tab").type_text(agenda).press("Enter");
    app.see("meeting of POS, 21 Nov 2026 started").see("0 of");
    app.press("Home Space").see("1 of");
    app
}

#[test]
fn an_interrupted_meeting_resumes_at_the_first_item_not_discussed() {
    let app = begun("overdue");
    let place = |app: &Headless| app.screen().lines().find(|line| line.starts_with('▌')).expect("a cursor").to_owned();
    let discussed = place(&app);
    let app = Headless::over(app.stage.seat.desk, (120, 36));
    app.see("The meeting of POS, 21 Nov 2026 continues").see("▼ agenda").see("1 of");
    assert_ne!(place(&app), discussed);
}

#[test]
fn after_the_last_item_the_next_key_says_how_to_end() {
    let mut app = begun("overdue");
    app.press("n Space n").see("Agenda finished: m for the minutes and to end the meeting");
    app.press("Backspace Home n").not_see("Agenda finished");
}

#[test]
fn the_key_line_names_what_a_meeting_needs() {
    let app = begun("overdue");
    let line = app.screen().lines().last().unwrap().to_owned();
    for key in ["Space discussed", "! decision", "C carry", "m meeting"] {
        assert!(line.contains(key), "{key}: {line}");
    }
}

/// A meeting that skipped an item and was interrupted at a later one resumes at the later one.
#[test]
fn an_interrupted_meeting_resumes_at_the_item_last_worked_on() {
    let mut app = begun("everything");
    app.press("n n g").see("saved");
    let place = |app: &Headless| app.screen().lines().find(|line| line.starts_with('▌')).expect("a cursor").to_owned();
    let spoken_of = place(&app);
    let app = Headless::over(app.stage.seat.desk, (120, 36));
    assert_eq!(place(&app), spoken_of);
}

/// The body of the last meeting is offered; typing its name all the same means it, and no other that is similar.
#[test]
fn a_name_already_chosen_can_be_typed_again() {
    let mut app = begun("overdue");
    app.press("m").type_text("end").press("Enter Enter").see("ended");
    app.press("m Enter").see("Start a meeting");
    app.type_text("pos").press("Enter Enter");
    app.see("meeting of POS, 21 Nov 2026 started");
    app.press("Esc f").type_text("vale").press("Enter o").type_text("Vale District").press("Enter");
    let leads = app.screen().matches("Vale District Council").count();
    app.type_text("Vale District Council").press("Enter");
    assert_eq!(app.screen().matches("Vale District Council").count(), leads, "{}", app.screen());
}

/// Undo works on every screen: the report being read stays, and the walk below it loses the agenda of the undone meeting.
#[test]
fn undoing_a_meeting_while_its_minutes_are_shown_removes_its_agenda() {
    let mut app = begun("overdue");
    app.press("m").type_text("draft").press("Enter").see("Minutes: ");
    app.press("u u").see("no such meeting is recorded").see("Minutes: ");
    app.press("Esc").not_see("▼ agenda").not_see("Nothing matches");
}

/// Undoing the end of a meeting from a report does not close the report.
#[test]
fn undoing_the_end_of_a_meeting_keeps_the_report_on_the_screen() {
    let mut app = begun("overdue");
    app.press("m").type_text("end").press("Enter Enter").see("ended");
    app.press("m").type_text("minutes").press("Enter").see("Minutes: ");
    app.press("u").see("undone").see("Minutes: ");
}

#[test]
fn a_dismissed_challenge_keeps_its_reason_and_is_not_raised_again() {
    let mut app = Headless::demo((120, 36));
    app.press("Home n").see("1.2");
    let screen = app.screen();
    assert!(screen.contains("Why this") || screen.contains('?'), "{screen}");
    app.press("y").see("Why this does not count for 1.2");
    app.type_text("Seen by the board in May").press("Enter").see("challenge dismissed (Seen by the board in May)");
    app.press("u").see("undone");
}

/// The fictional plan as a board would have it, without a history.
fn own_plan() -> Headless {
    Headless::over(read_in("riverside.txt", demo::PLAN.as_bytes()), (120, 40))
}

/// A published plan, or nothing where it is unavailable.
fn real_plan(name: &str) -> Option<Headless> {
    published::bytes(name).map(|bytes| Headless::over(read_in(name, &bytes), (120, 40)))
}

fn read_in(name: &str, bytes: &[u8]) -> Desk {
    let mut desk = Desk::in_memory().expect("a register in memory");
    let draft = import::read(name, bytes, &Options::default()).expect("a plan");
    let found = intake::compare(&desk, &draft, "plan").expect("compared");
    intake::write(&mut desk, &found, name, &env()).expect("imported");
    desk
}

/// The action under the cursor: its reference, and the key of a rating that it does not have.
fn here(app: &Headless) -> (String, &'static str) {
    let register = app.stage.seat.desk.register();
    let id = app.stage.model.screen.walk().and_then(Walk::action).expect("an action under the cursor");
    let action = register.action(id).expect("it is in the register");
    (register.reference(action), if action.rating() == Some("Amber") { "r" } else { "a" })
}

/// Twelve people sit down, and one has sent apologies; everything is on the agenda.
fn sit_down(app: &mut Headless) -> Vec<String> {
    let register = app.stage.seat.desk.register();
    let parties: Vec<String> = register.parties.iter().take(12).map(|party| party.name().to_owned()).collect();
    app.press("m").type_text("Case Review Group").press("Enter Enter Tab Tab").type_text("J. Chair").press("Tab");
    let (absent, present) = parties.split_last().expect("parties");
    for (place, party) in present.iter().enumerate() {
        app.type_text(&format!("{party}=Person {place}")).press("Enter");
    }
    app.type_text("Voluntary Sector Forum=Person 11").press("Enter Enter Tab").type_text(absent).press("Tab");
    app.type_text("everything").press("Tab").type_text("12 feb 2027").press("Enter");
    play(app, "saved meeting of Case Review Group, 21 Nov 2026 started\nsee item 1 of");
    parties
}

/// Plays some steps of a story.
fn play(app: &mut Headless, steps: &str) {
    crate::kit::story::play("a whole meeting", steps, app);
}

/// A whole meeting from the keyboard; returns what its minutes must say.
fn a_whole_meeting(app: &mut Headless) -> Vec<String> {
    let parties = sit_down(app);
    let mut expected = vec!["**Chair:** J. Chair".to_owned(), "**Next meeting:** 12 Feb 2027".to_owned()];
    expected.push(format!("|  | {} | apologies |", parties[11]));
    expected
        .extend(parties.iter().take(11).enumerate().map(|(at, party)| format!("| Person {at} | {party} | present |")));
    expected.push("| Person 11 | Voluntary Sector Forum | present |".into());
    expected.push(format!("### 1. Action {}\n", here(app).0));
    play(app, "keys Space\nsee 1 of\nkeys n p\ntype The pathway went to the board on Monday.\nkeys Tab Tab");
    play(app, "type Person 3\nkeys Enter\nsee Person 3\nkeys Enter\nsaved The pathway went");
    let (_, rating) = here(app);
    play(app, &format!("keys {rating}\nsaved →\nkeys Space\nsee 2 of"));
    play(app, "keys n d\ntype end of feb 2027\nkeys Tab\ntype Waiting for the housing data\nkeys Enter");
    play(app, "saved (Waiting for the housing data)\nkeys Space\nsee 3 of\nkeys n");
    let (_, rating) = here(app);
    play(app, &format!("keys {rating}\nsaved →\nkeys Space\nsee 4 of"));
    let evidence = "The audit report, paper 4, which forty-one cases from both localities went into";
    close(app, evidence);
    let action = "type Write to every borough\nkeys Tab";
    play(app, &format!("keys n + Enter\n{action}\ntype {}\nkeys Tab\ntype mar 2027\nkeys Enter", parties[0]));
    play(app, "saved added: “Write to every borough”\nkeys !\ntype Ask the chief for a named lead\nkeys Enter");
    // What was added is on the agenda, and spoken of.
    play(app, "saved decided\nkeys Space\nsee 7 of\nkeys +\ntype whole matter\nkeys Enter");
    play(app, "type The room is cold\nkeys Enter\nsaved noted\nkeys n C\ntype No report yet\nkeys Enter");
    play(app, "saved carried forward\nsee 8 of\nkeys m\ntype end\nkeys Enter\nsee not reached\nkeys Enter");
    play(app, "saved ended\nnot see ▼ agenda\nsee m lists its minutes");
    let said = [
        "- Update from Person 3: The pathway went to the board on Monday.",
        "→ end of feb 2027: Waiting for the housing data",
        &format!("- Closed: {evidence}"),
        "- New action: Write to every borough",
        "- Decision: Ask the chief for a named lead",
        "The room is cold",
        "| No report yet |",
    ];
    expected.extend(said.map(ToOwned::to_owned));
    expected
}

/// Proposes to close the next action that is open, and agrees it in the same meeting.
fn close(app: &mut Headless, evidence: &str) {
    play(app, "keys n c");
    let actions = app.stage.seat.desk.register().visible_actions().count();
    for _ in 0..actions {
        if !app.screen().contains("propose closure") {
            play(app, "keys Esc n c");
        }
    }
    play(app, &format!("type {evidence}\nkeys Enter\nsaved proposed for closure\nkeys c\nsee agree closure"));
    play(app, "keys Enter\nsaved closed\nsee agreed, closed\nkeys Space\nsee 5 of");
}

/// A report on everything.
fn report_of(app: &Headless, kind: &str) -> String {
    let desk = &app.stage.seat.desk;
    let (told, log) = (desk.log().expect("the trail"), desk.store().log().expect("the log"));
    let (filter, options) = (Filter::default(), report::Options::default());
    let material = Material {
        register: desk.register(),
        told: &told,
        log: &log,
        today: env().today,
        filter: &filter,
        options: &options,
    };
    let document = Report::named(kind).expect("a report").document(&material).expect("a document");
    let bytes = Format::named("md").expect("a format").render(&document).expect("bytes");
    String::from_utf8(bytes).expect("text").replace("&amp;", "&")
}

fn hold(app: &mut Headless) {
    let before = app.stage.seat.desk.register().visible_actions().count();
    let expected = a_whole_meeting(app);
    let minutes = report_of(app, "minutes");
    for words in &expected {
        assert!(minutes.contains(words.as_str()), "“{words}” is not in the minutes:\n{minutes}");
    }
    assert!(minutes.starts_with("# Minutes: Case Review Group, 21 Nov 2026\n\n*OFFICIAL-SENSITIVE"), "{minutes}");
    let ratings = minutes.lines().filter(|line| line.ends_with("→ Amber") || line.ends_with("→ Red")).count();
    assert_eq!(ratings, 2, "{minutes}");
    let (_, left) = minutes.split_once("## On the agenda but not reached").expect("what was not reached");
    let rows = left.trim_start().lines().skip(2).take_while(|line| line.starts_with("| "));
    assert_eq!(rows.count(), before - 7, "{minutes}");
    play(app, "keys m\ntype minutes of\nkeys Enter\nsee Draft, to be agreed.\nkeys Esc\nnot see Draft, to be agreed.");
}

#[test]
fn a_whole_meeting_on_the_fictional_plan() {
    hold(&mut own_plan());
}

#[test]
fn a_whole_meeting_on_the_real_plan() {
    for name in ["adult-c.docx", "dhrs4.docx"] {
        if let Some(mut app) = real_plan(name) {
            hold(&mut app);
        }
    }
}

#[test]
fn a_recommendation_without_actions_is_listed_and_can_be_given_one() {
    let mut desk = Headless::demo((120, 36)).stage.seat.desk;
    for reference in ["3.1", "3.2"] {
        let register = desk.register();
        let found = register.visible_actions().find(|action| register.reference(action) == reference);
        let action = found.expect("an action").id;
        desk.write(&Intent::Withdraw { action, reason: "Done elsewhere".into() }, &env()).expect("withdrawn");
    }
    let mut app = Headless::over(desk, (120, 36));
    play(&mut app, "keys Home n n n n\nsee No actions yet; + adds one.\nsee Stay in touch with adults");
    play(
        &mut app,
        "keys A\ntype not acc\nkeys Enter\ntype It is the law already\nkeys Enter\nsee Not accepted: It is the law",
    );
    play(
        &mut app,
        "keys +\nsee New action under recommendation 3\ntype Ask again\nkeys Enter\nsaved 3.3 added: “Ask again”",
    );
    play(&mut app, "not see No actions yet\nsee not accepted  It is the law already\nkeys u N\nsee No actions yet");
    let annual = report_of(&app, "annual");
    assert!(annual.contains("| Recommendation 3 | Stay in touch with adults"), "{annual}");
    assert!(annual.contains("It is the law already"), "{annual}");
}

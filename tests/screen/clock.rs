//! Time in a meeting: how long it has lasted, how an item keeps to its time, who comes and who goes.

use std::time::Duration;

use arising::app::Msg;
use arising::domain::timing;
use chrono::TimeDelta;

use crate::kit::headless::Headless;

fn begun(size: (u16, u16)) -> Headless {
    let mut app = Headless::demo(size);
    app.press("m").type_text("POS").press("Enter Tab Tab Tab Tab Tab").type_text("overdue").press("Enter");
    app.see("meeting of POS, 21 Nov 2026 started");
    app.press("Home");
    app
}

fn footer(app: &Headless) -> String {
    app.screen().lines().last().unwrap().to_owned()
}

/// Lets the clock go on.
fn wait(app: &mut Headless, minutes: i64) {
    app.stage.env.now += TimeDelta::minutes(minutes);
}

#[test]
fn the_footer_says_how_long_the_meeting_has_lasted() {
    let mut app = begun((120, 36));
    assert!(footer(&app).contains("0 min · √ 0 of"), "{}", footer(&app));
    wait(&mut app, 65);
    app.resize(200, 50);
    assert!(footer(&app).contains("POS · 15:10 · 1 h 05 min · 0 of"), "{}", footer(&app));
    app.resize(80, 24);
    assert!(footer(&app).contains("1 h 05 min · √ 0 of"), "{}", footer(&app));
    wait(&mut app, 60 * 24);
    assert!(!footer(&app).contains(" min"), "a meeting that was left open says nothing: {}", footer(&app));
}

#[test]
fn the_footer_says_how_an_item_keeps_to_its_minutes_and_calmly_when_it_is_over_them() {
    let mut app = begun((120, 36));
    app.press("m").type_text("time for").press("Enter").see("Time for ");
    app.type_text("15").press("Tab").type_text("14:05").press("Enter").see("planned for 14:05, 15 min, saved");
    app.see("(14:05, 15 min)");
    wait(&mut app, 4);
    assert!(footer(&app).contains("4 of 15 min · √ 0 of"), "{}", footer(&app));
    // Looking at something else meanwhile: the meeting is still on its item.
    app.press("H");
    wait(&mut app, 14);
    app.press("Esc");
    assert!(footer(&app).contains("3 min over its 15 min"), "{}", footer(&app));
    app.press("n");
    assert!(!footer(&app).contains("over its"), "{}", footer(&app));
    wait(&mut app, 5);
    app.press("N");
    assert!(
        footer(&app).contains("3 min over its 15 min"),
        "the other item's time is not this one's: {}",
        footer(&app)
    );
    app.press("u").see("undone: ");
    assert!(!footer(&app).contains("over its"), "{}", footer(&app));
}

#[test]
fn where_only_beginnings_are_planned_the_next_items_is_the_end_of_this_one() {
    let mut app = begun((120, 36));
    app.press("n");
    app.press(":")
        .type_text("meeting.time")
        .press("Enter Tab")
        .type_text("14:20")
        .press("Enter")
        .see("planned for 14:20");
    app.press("N");
    assert!(footer(&app).contains("until 14:20"), "{}", footer(&app));
    wait(&mut app, 18);
    assert!(footer(&app).contains("3 min over time"), "{}", footer(&app));
}

#[test]
fn every_item_or_those_marked_are_given_minutes_in_one_go() {
    let mut app = begun((120, 36));
    app.press("m")
        .type_text("every item")
        .press("Enter")
        .type_text("10")
        .press("Enter")
        .see("planned times of")
        .see("saved");
    assert!(footer(&app).contains("0 of 10 min"), "{}", footer(&app));
    app.press("t n t m").type_text("marked items").press("Enter").see("Time for each of 2 items");
    app.type_text("5 min").press("Enter").see("planned times of 2 items changed, saved");
    app.press("m")
        .type_text("every item")
        .press("Enter")
        .type_text("ten")
        .press("Enter")
        .see("“ten” is not a number of minutes");
}

#[test]
fn an_idle_screen_is_woken_at_most_once_a_minute_and_only_while_a_meeting_is_open() {
    let app = Headless::demo((120, 36));
    assert_eq!(app.stage.until_next_minute(), None, "without a meeting nothing wakes it");
    let mut app = begun((120, 36));
    assert_eq!(app.stage.until_next_minute(), Some(Duration::from_secs(60)), "14:05:00");
    app.stage.env.now += TimeDelta::seconds(45);
    assert_eq!(app.stage.until_next_minute(), Some(Duration::from_secs(15)));
    app.press("B");
    assert_eq!(app.stage.until_next_minute(), None, "a blanked screen shows no time");
    app.press("Esc");
    wait(&mut app, 60 * 24);
    assert_eq!(app.stage.until_next_minute(), None, "nor one that was left open");
    let mut app = begun((120, 36));
    app.press("m").type_text("end").press("Enter Enter").see("ended");
    assert_eq!(app.stage.until_next_minute(), None);
}

#[test]
fn who_joins_and_who_leaves_is_recorded_with_the_time_and_is_in_the_minutes() {
    let mut app = begun((120, 36));
    wait(&mut app, 15);
    app.press(">").see("Who joins the meeting");
    app.type_text("police=Ann Lee").press("Enter Enter");
    app.see("Ann Lee (Ashmere Police) joined at 14:20, saved");
    wait(&mut app, 40);
    app.press("<").see("Who leaves the meeting");
    app.type_text("ann").see("Ashmere Police (Ann Lee)");
    app.press("Enter Enter");
    app.see("Ann Lee (Ashmere Police) left at 15:00, saved");
    app.press("<").type_text("ashmere police=Ann Lee").press("Enter Enter").see("has left already");
    app.press("Ctrl-D");
    app.press(">").type_text("ann").press("Enter Tab").type_text("23:00").press("Enter").see("23:00 is still to come");
    app.press("Ctrl-D m").type_text("draft").press("Enter").press("End");
    app.stage.send(Msg::Command("paper.first"));
    app.see("Ann Lee (Ashmere Police) joined at 14:20.").see("Ann Lee (Ashmere Police) left at 15:00.");
    app.press("Esc u").see("undone: Ann Lee (Ashmere Police) left at 15:00");
    let meeting = app.stage.seat.desk.register().open_meeting().unwrap();
    let told = timing::came_and_went(app.stage.seat.desk.register(), meeting);
    assert_eq!(told, ["Ann Lee (Ashmere Police) joined at 14:20"]);
    assert!(meeting.attendance().iter().any(|person| person.name == "Ann Lee"), "who joins is present");
}

#[test]
fn an_action_added_in_the_meeting_is_on_its_agenda_and_one_undo_takes_both_back() {
    let mut app = begun((120, 36));
    let items = |app: &Headless| app.stage.seat.desk.register().open_meeting().unwrap().items().len();
    let before = items(&app);
    app.press("+ Enter").type_text("Write to every ward").press("Enter");
    app.see("added: “Write to every ward”").see("2.3 added: “Write to every ward”, put on the agenda, saved");
    assert_eq!(items(&app), before + 1);
    app.press("F").type_text("agenda Write").press("Enter").see("put on it by the chair");
    app.press("Backspace u").see("undone: 2.3 ").see("added: “Write to every ward”").see("saved");
    assert_eq!(items(&app), before);
}

#[test]
fn that_an_item_is_over_its_time_is_said_in_a_small_window_too() {
    let mut app = begun((80, 24));
    app.press("m").type_text("time for").press("Enter").type_text("15").press("Enter");
    wait(&mut app, 14);
    assert!(footer(&app).contains("14 of 15 min · √ 0 of 2"), "{}", footer(&app));
    wait(&mut app, 4);
    assert!(footer(&app).contains("3 min over its 15 min"), "{}", footer(&app));
}

//! A closed action looks closed, and who agrees a closure is minuted.

use crate::kit::headless::Headless;

/// Closes the selected action outside a meeting, alone.
fn close(app: &mut Headless) {
    app.press("c").type_text("The signed agreement").press("Enter").see("saved");
    app.press("c").see("Agree it yourself?");
    app.press("Down Enter").see("Evidence seen");
    app.press("Enter");
    app.see("closed").see("saved");
}

impl Headless {
    fn row_of(&self, reference: &str) -> String {
        let screen = self.screen();
        let row =
            screen.lines().find(|line| line.trim_start_matches('▌').trim_start().starts_with(&format!("{reference} ")));
        row.and_then(|row| row.split('│').next()).unwrap_or_else(|| panic!("no {reference} in:\n{screen}")).to_owned()
    }
}

#[test]
fn a_closed_action_shows_its_state_in_place_of_the_rating_and_is_not_due() {
    let mut app = Headless::demo((120, 40));
    app.press("/").type_text("housing provider two days").press("Enter").see("overdue by");
    let before = app.row_of("5.2");
    assert!(before.contains("▲ A") && before.contains('!'), "{before}");
    close(&mut app);
    let after = app.row_of("5.2");
    assert!(after.trim_end().ends_with("Closed") && !after.contains("▲ A") && !after.contains('!'), "{after}");
    app.see("○ CLOSED").not_see("overdue by").not_see("due in 1");
    app.see("24 actions, 2 closed");
    app.press("z").see("○ CLOSED").not_see("overdue by").not_see("AMBER");
    app.press("z");
    app.resize(80, 24);
    assert!(app.row_of("5.2").contains("Closed"), "{}", app.screen());
}

#[test]
fn an_action_that_will_not_be_done_says_so() {
    let mut app = Headless::demo((120, 40));
    app.press(":").type_text("not to be implemented").press("Enter");
    app.type_text("The service has ended").press("Enter").see("saved");
    app.see("○ NOT IMPLEMENTED").see("24 actions, 2 closed");
    assert!(app.row_of("1.1").contains("Not done"), "{}", app.screen());
}

#[test]
fn one_person_who_proposes_and_agrees_in_a_meeting_is_minuted_so() {
    let mut app = Headless::demo((160, 60));
    app.press("m").type_text("POS").press("Enter Enter").see("saved");
    app.press("Home c").type_text("The signed agreement").press("Enter").see("saved");
    app.press("c").see("Evidence seen").not_see("Agree it yourself?");
    app.press("Enter");
    app.press("m").type_text("draft").press("Enter").see("proposed and agreed by The Chair");
}

#[test]
fn what_another_proposed_is_agreed_without_a_question() {
    let mut app = Headless::demo((120, 40));
    app.press("c").type_text("The signed agreement").press("Enter").see("saved");
    app.stage.env.author = "B. Manager".into();
    app.press("c").see("Evidence seen").not_see("Agree it yourself?");
}

#[test]
fn an_interval_that_is_none_is_refused_and_others_are_possible() {
    let mut app = Headless::demo((120, 40));
    app.press("m").type_text("POS").press("Enter Enter").see("saved");
    app.press("Home c").type_text("The signed agreement").press("Enter c Tab Tab").type_text("perhaps");
    app.see("is not a time at which it could be done again");
    app.press("Enter").see("Nothing was saved");
    for _ in 0..7 {
        app.press("Backspace");
    }
    app.type_text("6 months").see("= a next action, by 21 May 2027");
    app.press("Enter").see("saved").see("again as 1.3, by 21 May 2027");
}

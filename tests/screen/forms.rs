//! Forms: names, dates, leads, and what Enter and Tab do.

use crate::kit::headless::Headless;

fn begun() -> Headless {
    let mut app = Headless::demo((120, 40));
    app.press("m").see("Start a meeting");
    app.type_text("POS").press("Enter Tab Tab Tab");
    app
}

#[test]
fn a_person_and_a_known_agency_are_read_in_any_order() {
    for typed in ["Ashmere Police - Ann Lee", "Ann Lee, Ashmere Police", "Ann Lee (Ashmere Police)"] {
        let mut app = begun();
        app.type_text(typed).see("► Ashmere Police (Ann Lee)").see("Enter add").not_see("add it?");
        app.press("Enter").see("Ashmere Police (Ann Lee)").not_see("►");
    }
}

#[test]
fn an_agency_that_is_not_known_is_asked_about_and_can_stay_words() {
    let mut app = begun();
    app.type_text("RCHT - Ann Lee").see("► RCHT is not an agency here: add it?").see("Enter answer");
    app.press("Enter").see("► Yes, add RCHT, with Ann Lee for it").not_see("add Ann Lee");
    app.press("Down Down").see("► No: Ann Lee (RCHT) is a person of no agency here");
    app.press("Enter").see("Ann Lee (RCHT)").not_see("=Ann Lee");
    app.press("Enter").see("saved");
    let register = app.stage.seat.desk.register();
    assert!(register.parties.iter().all(|party| !party.name().contains("RCHT")), "an agency was added unasked");
    let there =
        register.open_meeting().expect("a meeting").attendance().iter().map(|one| (one.party, one.name.as_str()));
    assert_eq!(there.collect::<Vec<_>>(), [(None, "Ann Lee (RCHT)")]);
    app.press("m").see("1 present");
}

#[test]
fn an_agency_is_added_where_that_is_said() {
    let mut app = begun();
    app.type_text("Ann Lee, RCHT").press("Enter Enter").see("RCHT (Ann Lee)");
    app.press("Enter").see("saved");
    let register = app.stage.seat.desk.register();
    assert_eq!(register.parties.iter().filter(|party| party.name() == "RCHT").count(), 1);
}

#[test]
fn tab_with_an_unanswered_question_stays_with_it() {
    let mut app = begun();
    app.type_text("RCHT - Ann Lee").press("Tab").see("► Yes, add RCHT");
}

#[test]
fn a_low_window_says_how_many_fields_follow() {
    let mut app = Headless::demo((80, 24));
    app.press("m").type_text("POS").press("Enter").see("more fields below: Tab");
    app.press("Tab Tab Tab Tab Tab Tab Tab Tab").see("above").not_see("below");
}

#[test]
fn tab_stays_in_the_last_field_and_says_what_saves() {
    let mut app = Headless::demo((120, 40));
    app.press("p").type_text("Heard from the ward").press("Tab Tab Tab").see("This is the last field: Enter to save");
    app.type_text("the ward").see("the ward  (as typed)").see("Enter choose");
    app.press("Enter").see("Enter save");
    app.press("Enter").see("saved");
}

#[test]
fn a_first_date_is_not_asked_why_and_a_moved_one_is() {
    let mut app = Headless::demo((120, 40));
    app.press("d").type_text("12 Mar 2027").see("Enter say why");
    app.press("Enter").see("Why is it moved?");
    app.press("Esc").press("Ctrl-D");
    let mut app = Headless::demo((120, 40));
    app.press("+").type_text("Mend the gate").press("Enter").see("saved");
    app.press("/").type_text("gate").press("Enter d");
    app.type_text("12 Mar 2027").see("Enter save");
    app.press("Enter").see("saved").not_see("Why is it moved?");
}

#[test]
fn the_date_field_reads_what_imports_read() {
    let mut app = Headless::demo((120, 40));
    app.press("d");
    for (typed, read) in [
        ("end of the financial year", "= 1 to 31 Mar 2027"),
        ("Easter", "= 26 to 29 Mar 2027"),
        ("ongoing", "= no date: kept as “ongoing”"),
        ("ASAP", "= no date: kept as “ASAP”"),
        ("TBC.", "= no date: kept as “TBC.”"),
    ] {
        app.type_text(typed).see(read);
        for _ in typed.chars() {
            app.press("Backspace");
        }
    }
    app.type_text("end of the financial year").press("Enter Enter").see("end of the financial year 2026/27");
}

#[test]
fn the_days_that_hints_show_are_not_past() {
    let mut app = Headless::demo((120, 40));
    app.press("m").type_text("POS").press("Enter Tab").type_text("x").see("try 12 Jan 2027 or 2027-01-12");
    let mut app = Headless::demo((120, 40));
    app.press("p Tab").type_text("x").see("try today, 21 Nov 2026 or 2026-11-21");
}

#[test]
fn any_one_of_several_leads_can_be_taken_out() {
    let mut app = Headless::demo((120, 40));
    app.press("o").type_text("AFRS").press("Enter").type_text("Ashmere Police").press("Enter");
    app.press("Left Left").see("[AFRS] · Ashmere Police").see("Backspace takes it out");
    app.press("Backspace").see("[Ashmere Police]").not_see("AFRS ·");
    app.press("Enter").see("saved");
    let register = app.stage.seat.desk.register();
    let leads = register.visible_actions().next().expect("an action").leads().iter();
    let names: Vec<&str> = leads.map(|lead| register.party_name(lead.party)).collect();
    assert!(names.contains(&"Ashmere Police") && !names.contains(&"AFRS"), "{names:?}");
}

#[test]
fn a_name_beside_a_known_agency_is_read_and_a_name_alone_is_most_likely_a_persons() {
    let mut app = begun();
    app.type_text("Ann Lee AFRS").see("AFRS (Ann Lee)");
    app.press("Enter");
    app.type_text("Karen").press("Enter").see("► No: Karen is a person of no agency here");
    // What is typed before the answer is not glued to the name.
    app.type_text("Jo Brown").see("One question first").not_see("KarenJo");
    app.press("Enter Enter").see("saved");
    let register = app.stage.seat.desk.register();
    let there = register.open_meeting().expect("a meeting").attendance().iter().map(|one| one.name.as_str());
    assert_eq!(there.collect::<Vec<_>>(), ["Ann Lee", "Karen"]);
    assert!(register.parties.iter().all(|party| !party.name().contains("Karen")));
}

#[test]
fn a_day_that_no_calendar_has_is_no_target_and_none_is_no_agency() {
    let mut app = Headless::demo((120, 40));
    app.press("d Ctrl-U").type_text("31 Feb 2027").press("Enter Enter").see("there is no such day as “31 Feb 2027”");
    app.press("Esc o").type_text("none").press("Enter Enter Enter").see("“none” is not a name");
    assert!(app.stage.seat.desk.register().parties.iter().all(|party| party.name() != "none"));
}

#[test]
fn in_a_window_too_small_to_show_anything_no_key_changes_anything() {
    let mut app = Headless::demo((120, 40));
    let before = app.log().len();
    app.resize(20, 5);
    app.see("small (20 by 5)");
    app.press("r j a p").type_text("g");
    app.resize(120, 40);
    assert_eq!(app.log().len(), before);
    app.press("g").see("saved");
}

#[test]
fn f1_shows_the_keys_of_a_form_or_list_and_what_is_typed_stays() {
    let mut app = Headless::demo((120, 40));
    app.press("p").type_text("Heard from the ward").press("F1");
    app.see("In a form").see("Close; what you typed is kept").not_see("In the walk").not_see("Running a meeting");
    app.see("Ctrl-J Ctrl-Enter Start a new line.").see("Alt-Enter   ");
    app.press("F1").see("Heard from the ward");
    app.press("Enter").see("saved");
    app.press("F").type_text("overdue").press("F1").see("In the filter and search line");
    app.press("Esc Esc f F1").see("In a list to choose from");
    app.press("Esc Esc F1").see("In the walk");
}

//! An agency copy on the screen, and what comes back from it in the board's meeting.

use crate::kit::desk::{Desk as Program, Said, fixture};
use crate::kit::headless::Headless;
use arising::desk::Desk;
use arising::store::{Access, Places};

/// The board's register and the copy of Wexmere Police, which rated 5.1 and wrote about 4.2.
fn worked_apart() -> Program {
    let board = Program::empty();
    board.run(&["import", &fixture("adult-m.txt")]).expect_done();
    board.run(&["share", "--for", "Wexmere Police", "-o", "police.sqlite"]).expect_done();
    police(&board, &["rate", "5.1", "green"]).expect_done();
    police(&board, &["progress", "4.2", "An inspector has attended since May."]).expect_done();
    board
}

fn police(board: &Program, arguments: &[&str]) -> Said {
    let path = board.path("police.sqlite");
    let arguments = [&["--register", path.to_str().unwrap(), "--author", "D. Okoro"], arguments].concat();
    Said::from(board.command(&arguments).env("ARISING_DATA", board.path("police laptop")).output().unwrap())
}

fn screen(board: &Program, register: &str, size: (u16, u16)) -> Headless {
    let places = Places { data: Some(board.path("screen")) };
    Headless::over(Desk::open_in(&board.path(register), Access::ReadWrite, &places).unwrap(), size)
}

#[test]
fn an_agency_walks_its_copy_and_is_told_what_the_board_decides() {
    let board = worked_apart();
    let mut app = screen(&board, "police.sqlite", (120, 40));
    app.see("Agency copy for Wexmere Police: 4 of 9 actions");
    app.press("Enter").see("Agency copy for Wexmere Police: 4 of 9 actions").see("5.1").not_see("2.2");
    app.press("Down Down r");
    app.see("saved");
    app.press("e").see("This is the agency copy for Wexmere Police: the board does that");
    app.press("m").not_see("Chair");
    app.press("d").see("Ask for an extension of");
    app.type_text("Dec 2027").press("Tab").type_text("Two officers left.").press("Enter");
    app.see("extension").not_see("NOT SAVED");
    assert!(app.log().last().unwrap().contains("extension"), "{:?}", app.log());
    for size in [(80, 24), (200, 50)] {
        screen(&board, "police.sqlite", size).see("Agency copy for Wexmere Police: 4 of 9");
    }
}

#[test]
fn the_register_of_several_plans_says_that_it_is_an_agency_copy() {
    let board = Program::with_plans();
    board.run(&["lead", "dhr9:1.1", "Wexmere Police"]).expect_done();
    board.run(&["share", "--for", "Wexmere Police", "-o", "both.sqlite"]).expect_done();
    for size in [(80, 24), (120, 40), (200, 50)] {
        screen(&board, "both.sqlite", size).see("2 plans, ").see("Agency copy for Wexmere Police: 6 of 16 actions");
    }
}

#[test]
fn updates_are_accepted_into_the_meeting_or_set_back_with_a_reason() {
    let board = worked_apart();
    board.run(&["merge", "police.sqlite"]).expect_done();
    let mut app = screen(&board, "board.sqlite", (120, 40));
    app.press("Enter U").see("2 updates from Wexmere Police since").see("Wexmere Police (D. Okoro)");
    app.see("5.1 Amber → Green").see("An inspector");
    app.press("Enter").see("Start a meeting with m to accept it");
    app.press("Esc");
    board.run(&["meeting", "start", "OPG", "--agenda", "everything", "--of", "all"]).expect_done();
    let mut app = screen(&board, "board.sqlite", (120, 40));
    app.press("U").type_text("Green").press("Enter");
    app.see("Accept it into the meeting").see("Do not accept it: set it back").see("Leave it for now");
    app.press("Enter");
    app.see("accepted 1 update from Wexmere Police").see("1 update from Wexmere Police since").see("An inspector");
    app.press("Enter Down Enter").see("Not accepted: 4.2 progress added");
    app.press("Enter").see("there is no reason");
    app.type_text("No evidence was attached.").press("Enter");
    app.see("did not accept 1 update from Wexmere Police");
    assert!(app.log().join("\n").contains("4.2 progress withdrawn: not accepted: No evidence was attached."));
    app.press("U").see("No agency has sent anything that is still to be accepted");
    app.press("u u");
    app.press("U").see("2 updates from Wexmere Police since");
}

/// The chair and the agency rate one action apart; the meeting sees both, settles it, and the minutes say so.
#[test]
fn chair_and_agency_rate_one_action_apart_and_the_meeting_settles_it() {
    let board = worked_apart();
    board.run(&["rate", "5.1", "red"]).expect_done();
    let mut app = screen(&board, "board.sqlite", (140, 40));
    app.press("Enter I").type_text(&board.path("police.sqlite").display().to_string()).press("Enter");
    app.see("1 conflict").see("≠ 5.1 rating: Red, by Ann Other").see("≠ 5.1 rating: Green, by D. Okoro");
    app.press("Enter").see("2 updates from Wexmere Police since").see("for the meeting to accept").see("conflicts 1");
    board.run(&["meeting", "start", "OPG", "--agenda", "everything", "--of", "all"]).expect_done();
    let mut app = screen(&board, "board.sqlite", (140, 40));
    app.press("Enter F").type_text("conflict").press("Enter");
    app.see("5.1").see("recorded separately");
    app.press("y");
    app.see("5.1 rating: keep which?").see("Red, by Ann Other").see("Green, by D. Okoro");
    app.type_text("Green").press("Enter");
    app.not_see("recorded separately");
    let minutes = board.run(&["report", "minutes"]).expect_done().out;
    let (_, own) = minutes.split_once("Action 5.1\n\nListen to fifty calls").expect("5.1 is minuted");
    assert!(own.contains("Rating") && own.contains("Green"), "{minutes}");
    assert!(own.contains("settled") || own.contains("→ Green"), "{minutes}");
}

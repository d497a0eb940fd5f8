//! What the screen counts and marks step by step is what a program that has just been opened would count and mark.

use crate::kit::headless::{Headless, env};
use arising::app::Msg;
use arising::app::message::Route;
use arising::domain::query::{self, Tally};

fn counted(program: &Headless) -> &Tally {
    &program.stage.model.screen.walk().expect("the walk").tally
}

fn counted_afresh(program: &Headless) -> Tally {
    let register = program.stage.seat.desk.register();
    let Route::Plan(plan) = program.stage.model.screen.walk().expect("the walk").route else { panic!("one plan") };
    query::tally_plan(register, register.plan(plan).expect("the plan"), env().today, Some(env().today))
}

#[test]
fn counts_keep_up_with_every_kind_of_change() {
    let mut program = Headless::demo((120, 40));
    for keys in ["r", "j a", "g u", "- Ctrl-R", "d", "PgDn b", "u", "Home c"] {
        program.press(keys);
        assert_eq!(counted(&program), &counted_afresh(&program), "after {keys}");
        program.press("Esc");
    }
}

#[test]
fn marks_keep_up_with_changes() {
    let mut program = Headless::demo((120, 40));
    program.press("j g").press("j r").press("u");
    let desk = program.stage.seat.desk.register().clone();
    let ours = program.screen();
    program.stage.send(Msg::News(Vec::new()));
    assert_eq!(ours, program.screen(), "recomputing everything changes nothing on the screen");
    assert_eq!(&desk, program.stage.seat.desk.register());
}

#[test]
fn a_search_finds_what_was_just_written() {
    let mut program = Headless::demo((120, 40));
    program.press("/").type_text("zebrafish").see("0 of");
    program.press("Esc").press("p").type_text("A zebrafish was seen").press("Ctrl-S");
    program.press("/").type_text("zebrafish").see("1 of");
}

#[test]
fn the_list_scrolls_by_pages_and_not_line_by_line() {
    let mut program = Headless::demo((120, 30));
    let top = |program: &Headless| program.stage.model.screen.walk().expect("the walk").top;
    let mut turns = 0;
    for _ in 0..20 {
        let before = top(&program);
        program.press("j");
        turns += usize::from(top(&program) != before);
    }
    assert!((1..=2).contains(&turns), "turned {turns} times in 20 lines");
}

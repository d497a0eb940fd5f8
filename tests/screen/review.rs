//! What must be true of every review, whatever keys are pressed.

use crate::kit::headless::Headless;
use arising::app::screen::Screen;
use arising::app::screen::review::Review;
use proptest::prelude::*;

/// Every key of a review except those that import the document or quit.
const KEYS: [&str; 24] = [
    "Enter",
    "e",
    "x",
    "s",
    "c",
    "n",
    "Down",
    "Up",
    "PgDn",
    "Home",
    "End",
    "Tab",
    "Left",
    "Right",
    "u",
    "Ctrl-R",
    "+",
    "-",
    "Esc",
    "b",
    "o",
    "BackTab",
    "j",
    "Backspace",
];

fn review(document: &str) -> Headless {
    let mut app = Headless::demo((100, 30));
    app.press("I").type_text(&format!("tests/fixtures/review/{document}")).press("Enter");
    app
}

/// Corrections are not written until the document is imported, so quitting asks about them first.
#[test]
fn closing_a_corrected_document_asks_first() {
    let mut app = review("harbour.csv");
    app.press("Enter q").see("Stay");
    app.press("Esc").see("Import · harbour.csv");
}

fn shown(app: &Headless) -> Option<&Review> {
    match &app.stage.model.screen {
        Screen::Review(review) => Some(review),
        Screen::Walk(_) | Screen::Plans(_) | Screen::Welcome(_) | Screen::Paper(_) | Screen::History(_) => None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    /// Nothing is written before a document is imported, and every correction can be undone, back to how it was read.
    #[test]
    fn review_keys_write_nothing_and_can_all_be_undone(
        keys in prop::collection::vec(prop::sample::select(&KEYS[..]), 0..40),
        document in prop::sample::select(vec!["harbour.csv", "logbook.csv"]),
    ) {
        let mut app = review(document);
        let first = shown(&app).expect("a review").now.clone();
        let before = app.log().len();
        for key in &keys {
            // Once it is left, keys are those of another screen.
            if shown(&app).is_some() {
                app.press(key);
                app.buffer();
            }
        }
        prop_assert_eq!(app.log().len(), before, "{:?}", keys);
        while !app.stage.model.overlays.is_empty() {
            app.press("Esc");
        }
        if let Some(review) = shown(&app) {
            for _ in 0..review.corrections() {
                app.press("u");
            }
            let now = &shown(&app).expect("still a review").now;
            prop_assert_eq!(now, &first, "{:?}", keys);
        }
    }
}

/// An import is one batch, so that one key undoes it.
#[test]
fn a_document_is_one_batch_and_one_undo() {
    let mut app = review("harbour.csv");
    let before = app.stage.seat.desk.register().visible_plans().count();
    app.press("e").press("Esc").press("A").see("saved");
    assert_eq!(app.stage.seat.desk.register().visible_plans().count(), before + 1);
    app.press("u");
    assert_eq!(app.stage.seat.desk.register().visible_plans().count(), before);
}

/// The same document imported twice changes nothing, and the screen says so.
#[test]
fn reviewing_the_same_document_again_finds_nothing_new() {
    let mut app = review("harbour.csv");
    app.press("t").see("saved");
    let before = app.log().len();
    app.press("I").type_text("tests/fixtures/review/harbour.csv").press("Enter");
    app.see("6 same").see("0 doubts");
    app.press("t").see("nothing was changed");
    assert_eq!(app.log().len(), before);
}

/// Columns mapped on the screen are remembered for the next document with the same header row.
#[test]
fn columns_explained_on_the_screen_are_remembered() {
    let folder = tempfile::tempdir().expect("a folder");
    let open = || {
        let mut app = Headless::demo((120, 36));
        app.stage.taught = Some(folder.path().to_owned());
        app.press("I").type_text("tests/fixtures/review/logbook.csv").press("Enter");
        app
    };
    let mut app = open();
    app.see("does not look like an action plan");
    app.press("Down Enter").type_text("action").press("Enter");
    app.press("Esc t").see("saved");
    let app = open();
    app.see("2 actions").see("Columns as mapped before: Undertaking = action");
}

/// A doubt about the whole plan is about no field: Enter accepts the plan as read, as the screen says.
#[test]
fn a_doubt_about_the_whole_plan_is_accepted_as_it_was_read() {
    let mut app = Headless::demo((120, 36));
    app.press("I").type_text("tests/fixtures/boards/agency_ticks.csv").press("Enter");
    app.see("This concerns the whole plan. Enter").see("1 doubt");
    app.press("Enter").see("left as written").see("0 doubts");
    assert!(app.stage.model.overlays.is_empty(), "no form is opened");
    app.press("u").see("1 doubt");
}

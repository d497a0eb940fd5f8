//! The first screen that is kept for the next opening is the one that this opening draws.

use arising::app::layout::Size;
use arising::app::model::ThemeChoice;

use arising::desk::Desk;
use arising::keys::Keys;
use arising::run::first_screen::{Around, FirstScreen, Keeper};
use arising::run::seat::Seat;
use arising::run::stage::Stage;
use arising::store::Access;
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::kit::demo;
use crate::kit::folder::Folder;
use crate::kit::headless::{Headless, env};

fn board(folder: &Folder) -> Desk {
    let mut desk = Desk::create_in(&folder.register(), &folder.places()).unwrap();
    demo::fill(&mut desk, &env());
    desk
}

fn around(size: (u16, u16), theme: ThemeChoice) -> Around {
    Around::now(Size { cols: size.0, rows: size.1 }, theme, None)
}

/// The program over the register in the folder, as it opens.
fn opened(folder: &Folder, around: &Around) -> Stage {
    let desk = Desk::open_in(&folder.register(), Access::ReadWrite, &folder.places()).unwrap();
    Stage::new(Seat::over(desk), around.size, around.theme, Keys::built_in(), env())
}

fn drawn(stage: &Stage) -> FirstScreen {
    let Size { cols, rows } = stage.model.size;
    let mut buffer = Buffer::empty(Rect::new(0, 0, cols, rows));
    let cursor = stage.paint(&mut buffer);
    FirstScreen { of: String::new(), buffer, cursor }
}

/// Keeps its first screen, and waits until it is.
fn keep(stage: &Stage, around: &Around) {
    if let Some(keeping) = Keeper::of(around, None).keep(stage) {
        keeping.join().unwrap();
    }
}

/// What an opening of the register as it now is would find.
fn kept(folder: &Folder, around: &Around) -> Option<FirstScreen> {
    let desk = Desk::open_in(&folder.register(), Access::ReadWrite, &folder.places()).unwrap();
    let of = around.of(desk.store(), &env())?;
    FirstScreen::kept(desk.store(), &of).map(|kept| FirstScreen { of: String::new(), ..kept })
}

#[test]
fn what_is_kept_is_what_is_drawn_in_every_theme_and_size() {
    use ThemeChoice::{Dark, Light, Plain, Safe, Sixteen};
    let folder = Folder::new();
    drop(board(&folder));
    for theme in [Dark, Light, Safe, Sixteen, Plain] {
        for size in [(120, 40), (80, 24), (200, 50), (30, 8)] {
            let around = around(size, theme);
            assert_eq!(kept(&folder, &around), None, "another window's");
            let stage = opened(&folder, &around);
            keep(&stage, &around);
            assert_eq!(kept(&folder, &around), Some(drawn(&stage)), "{theme:?} {size:?}");
        }
    }
}

#[test]
fn a_register_that_has_changed_since_has_no_first_screen_and_neither_has_another_day() {
    let folder = Folder::new();
    drop(board(&folder));
    let around = around((80, 24), ThemeChoice::Dark);
    let stage = opened(&folder, &around);
    keep(&stage, &around);
    let mut tomorrow = env();
    tomorrow.today = tomorrow.today.succ_opt().unwrap();
    let of = around.of(stage.seat.desk.store(), &tomorrow).unwrap();
    assert_eq!(FirstScreen::kept(stage.seat.desk.store(), &of), None);
    let mut screen = Headless { stage, is_over: false, clipboard: String::new() };
    screen.press("r a");
    assert_eq!(kept(&folder, &around), None);
}

#[test]
fn an_erasure_removes_it_and_what_a_terminal_would_obey_is_not_shown() {
    let folder = Folder::new();
    drop(board(&folder));
    let around = around((80, 24), ThemeChoice::Dark);
    let mut stage = opened(&folder, &around);
    keep(&stage, &around);
    let store = stage.seat.desk.store();
    let text = store.screen_note().unwrap().read().unwrap();
    let escaped =
        text.replacen("\u{1f}Riverside", "\u{1f}\u{1b}[2J", 1).replacen("\u{1f}R\u{1f}", "\u{1f}\u{1b}[2J\u{1f}", 1);
    let huge = text.replacen("\n80 24", "\n65535 65535", 1);
    for bad in [escaped, text.replacen("\u{1f}0\u{1f}", "\u{1f}", 1), text.replacen("\n80 24", "\n80 25", 1), huge] {
        assert!(bad != text);
        store.screen_note().unwrap().keep(&bad);
        assert_eq!(kept(&folder, &around), None);
    }
    store.screen_note().unwrap().keep(&text);
    assert!(kept(&folder, &around).is_some());
    let words = arising::domain::erasing::Erasing::Words("pathway".into());
    stage.seat.desk.erase(&words, "Request of 3 Nov", &env()).unwrap();
    assert_eq!(stage.seat.desk.store().screen_note().unwrap().read(), None);
}

const KEYS: [&str; 16] =
    ["j", "k", "r a", "r g", "r b", "Enter", "Esc", "Tab", "p", "x", "n", "m", "/", "End", "u", "t"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn whatever_was_done_the_next_opening_shows_what_was_kept(keys in prop::collection::vec(0..KEYS.len(), 0..12)) {
        let folder = Folder::new();
        drop(board(&folder));
        let around = around((100, 30), ThemeChoice::Dark);
        let mut screen = Headless { stage: opened(&folder, &around), is_over: false, clipboard: String::new() };
        for key in keys {
            screen.press(KEYS[key]);
        }
        keep(&screen.stage, &around);
        drop(screen);
        let found = kept(&folder, &around);
        let next = opened(&folder, &around);
        let is_kept = next.model.drafts.is_empty() && next.seat.desk.register().open_meeting().is_none();
        prop_assert_eq!(found, is_kept.then(|| drawn(&next)));
    }
}

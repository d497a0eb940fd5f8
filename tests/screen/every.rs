//! Every screen as the user would see it, at the widths at which it changes, with its styles.

use crate::kit::headless::Headless;
use crate::kit::snapshot::snapshot;
use arising::app::Msg;
use arising::app::model::ThemeChoice;
use arising::app::overlay::Overlay;
use arising::app::overlay::reading::Reading;

fn picture(name: &str, text: &str) {
    snapshot("screens", name, text);
}

fn demo(cols: u16, rows: u16) -> Headless {
    Headless::demo((cols, rows))
}

#[test]
fn the_walk_at_each_width() {
    for (cols, rows) in [(200, 50), (120, 40), (100, 30), (80, 24), (60, 20), (40, 10)] {
        picture(&format!("walk_{cols}x{rows}"), &demo(cols, rows).screen());
    }
}

#[test]
fn the_walk_in_each_set_of_colours() {
    for (name, theme) in [
        ("dark", ThemeChoice::Dark),
        ("light", ThemeChoice::Light),
        ("safe", ThemeChoice::Safe),
        ("sixteen", ThemeChoice::Sixteen),
        ("plain", ThemeChoice::Plain),
    ] {
        picture(&format!("walk_{name}"), &demo(100, 24).theme(theme).screen_and_styles());
    }
}

#[test]
fn a_window_too_small_asks_for_a_larger_one() {
    demo(30, 6).see("too small");
}

#[test]
fn every_overlay_on_the_walk() {
    for (name, keys) in [
        ("help", "?"),
        ("palette", ": f i l"),
        ("party_picker", "f"),
        ("party_picker_typed", "f a s"),
        ("progress_form", "p"),
        ("target_form", "d"),
        ("leads_form", "o p o"),
        ("text_form", "e"),
        ("new_action_form", "+"),
        ("close_form", "c"),
        ("filter_line", "F o v e r d u e"),
        ("filter_line_wrong", "F o v e r d o"),
        ("search_line", "/ f i r e"),
        ("ratings", "s"),
        ("nothing_matches", "/ z z z z Enter"),
        ("card", "z"),
        ("folded", "Left"),
        ("saved", "n r"),
    ] {
        picture(&format!("over_{name}"), &demo(120, 36).press(keys).screen());
    }
}

#[test]
fn an_action_being_split_at_each_width() {
    for (cols, rows) in [(120, 36), (80, 24), (50, 12)] {
        let mut app = demo(cols, rows);
        app.press("n :").type_text("action.split").press("Enter Down Space");
        picture(&format!("splitting_{cols}x{rows}"), &app.screen());
    }
}

#[test]
fn a_plan_that_is_due_for_review_or_disposal_says_so_in_the_register_and_in_its_walk() {
    let mut app = review(120, 36, "harbour.csv");
    app.press("A Esc Home :").type_text("retention").press("Enter").type_text("1 Nov 2026").press("Enter");
    app.see("due for review since 1 Nov 2026");
    app.press("Enter").see("has been due for review since 1 Nov 2026");
    app.press("Esc :").type_text("retention").press("Enter Tab").type_text("2026-11-20").press("Enter");
    app.see("due for disposal since 20 Nov 2026");
    app.press("Enter").see("has been due for disposal since 20 Nov 2026: withdraw it or erase its words");
}

/// The register shows each plan's ratings, and when it was last discussed, wherever there is room.
#[test]
fn the_register_at_each_width() {
    for (cols, rows) in [(120, 36), (80, 24), (50, 20), (60, 12)] {
        let mut app = review(cols, rows, "harbour.csv");
        app.press("A Home m").type_text("POS").press("Enter Enter Home Space m e n d Enter Enter Esc");
        picture(&format!("register_{cols}"), &app.screen());
    }
}

/// A report on the screen is as wide as is comfortable to read, and a narrow one shows its tables row by row.
#[test]
fn reports_at_each_width() {
    for (name, keys) in [("overdue", "x o v e r Enter"), ("plan", "x Enter PgDn"), ("choice", "x")] {
        for (cols, rows) in [(160, 40), (100, 30), (50, 20)] {
            picture(&format!("report_{name}_{cols}"), &demo(cols, rows).press(keys).screen());
        }
    }
}

/// A document read for review, over the demonstration plan.
fn review(cols: u16, rows: u16, document: &str) -> Headless {
    let mut app = demo(cols, rows);
    app.press("I").type_text(&format!("tests/fixtures/review/{document}")).press("Enter");
    app
}

#[test]
fn the_review_at_each_width() {
    for (cols, rows) in [(200, 50), (120, 40), (80, 24), (60, 20), (40, 10)] {
        picture(&format!("review_{cols}x{rows}"), &review(cols, rows, "harbour.csv").screen());
    }
    picture("review_narrow_detail", &review(50, 20, "harbour.csv").press("Tab").screen());
}

#[test]
fn the_review_in_light_and_without_colour() {
    for (name, theme) in [("light", ThemeChoice::Light), ("plain", ThemeChoice::Plain)] {
        let mut app = review(100, 30, "harbour.csv");
        picture(&format!("review_{name}"), &app.theme(theme).screen_and_styles());
    }
}

/// An older return read after a newer one: what is asked, what is kept, and why.
#[test]
fn the_review_of_a_return_at_each_width() {
    for (cols, rows) in [(120, 40), (80, 24), (50, 20)] {
        let mut app = review(cols, rows, "harbour.csv");
        app.press("A I").type_text("tests/fixtures/review/return-newer.csv").press("Enter t");
        app.press("I").type_text("tests/fixtures/review/return-older.csv").press("Enter");
        picture(&format!("review_return_{cols}x{rows}"), &app.screen());
        picture(&format!("review_return_kept_{cols}x{rows}"), &app.press("Enter n n").screen());
        picture(&format!("review_return_correct_{cols}x{rows}"), &app.press("e").screen());
    }
}

#[test]
fn everything_in_a_review() {
    for (name, document, keys) in [
        ("correct", "harbour.csv", "e"),
        ("choice", "harbour.csv", "n n Enter"),
        ("rows", "harbour.csv", "End Up Up Up s"),
        ("plan_form", "harbour.csv", "Down Down Down e"),
        ("level", "harbour.csv", "Down Down Down Down"),
        ("columns", "harbour.csv", "c"),
        ("columns_choice", "harbour.csv", "c Down Enter"),
        ("no_plan", "logbook.csv", ""),
        ("help", "harbour.csv", "?"),
        ("leave", "harbour.csv", "Enter Esc"),
    ] {
        picture(&format!("review_{name}"), &review(120, 36, document).press(keys).screen());
    }
    let mut later = review(120, 36, "harbour.csv");
    later.press("A Home b I").type_text("tests/fixtures/review/harbour-later.csv").press("Enter");
    picture("review_seems_later", &later.screen());
    picture("review_later", &later.press("Enter Down").screen());
}

/// The box that says a document is being read appears after a third of a second, and shows how much of the time has gone.
#[test]
fn slow_reading_shows_a_progress_bar() {
    let mut app = demo(120, 36);
    app.stage.model.overlays.push(Overlay::Reading(Reading::new("long.pdf".into())));
    app.stage.send(Msg::StillReading(200));
    app.not_see("long.pdf");
    app.stage.send(Msg::StillReading(2_500));
    picture("reading", &app.screen());
    app.press("Esc").see("Stopped; nothing was changed").not_see("long.pdf");
}

/// At any size that is not too small, the review says which document it is of.
#[test]
fn the_review_names_its_document_at_any_size() {
    for keys in ["Home", "e", "n n Enter", "c", "c Enter", "s", "Tab", "?"] {
        let mut app = review(120, 40, "harbour.csv");
        app.press(keys);
        for (cols, rows) in sizes() {
            app.resize(cols, rows);
            assert_eq!(app.screen().contains("harbour"), cols >= 40 && rows >= 10, "{keys} at {cols}x{rows}");
        }
    }
}

/// The history of an action that was rated, reworded and undone.
fn history(cols: u16, rows: u16) -> Headless {
    let mut app = demo(cols, rows);
    app.press("n n g r u H");
    app
}

#[test]
fn the_history_at_each_width() {
    for (cols, rows) in [(200, 50), (120, 40), (80, 24), (60, 20), (40, 10)] {
        picture(&format!("history_{cols}x{rows}"), &history(cols, rows).screen());
        picture(&format!("history_all_{cols}x{rows}"), &history(cols, rows).press("A Down").screen());
    }
}

#[test]
fn the_history_in_light_and_without_colour() {
    for (name, theme) in [("light", ThemeChoice::Light), ("plain", ThemeChoice::Plain)] {
        let mut app = history(100, 30);
        picture(&format!("history_{name}"), &app.press("Space Down").theme(theme).screen_and_styles());
    }
}

#[test]
fn everything_in_the_past() {
    for (name, keys) in [
        ("filtered", "A / p o s Enter"),
        ("nothing", "/ z z z Enter"),
        ("help", "?"),
        ("then", "Down Enter"),
        ("ask", "Esc @"),
        ("ask_typed", "Esc @ 3 0 Space j u n"),
        ("compared", "A Space End ="),
    ] {
        picture(&format!("past_{name}"), &history(120, 36).press(keys).screen());
    }
}

#[test]
fn a_form_on_a_narrow_screen() {
    picture("narrow_progress_form", &demo(60, 16).press("p").screen());
    picture("narrow_detail", &demo(50, 20).press("Enter").screen());
    picture("narrow_card", &demo(60, 20).press("z").screen());
}

/// Sizes on both sides of every width and height at which a screen changes, and very small and very large ones.
fn sizes() -> impl Iterator<Item = (u16, u16)> {
    let narrow = [0, 1, 20].into_iter().chain(37..=42).flat_map(|cols| [(cols, 12), (cols, 24)]);
    let low = [0, 1, 5].into_iter().chain(8..=14).flat_map(|rows| [(40, rows), (80, rows)]);
    let wide = [59, 60, 61, 79, 80, 99, 100, 101, 120, 200, 500];
    let usual = wide.into_iter().flat_map(|cols| [15, 16, 17, 18, 24, 40, 60, 200].map(|rows| (cols, rows)));
    narrow.chain(low).chain(usual)
}

/// Every screen and overlay, at every size, that is not too small says how the plan is marked.
#[test]
fn every_screen_shows_the_marking_at_any_size() {
    let keys =
        ["Home", "z", "?", ":", "f", "p", "d", "o x", "e", "F x", "/ x", "Left", "Tab", "s", "x", "x Enter PgDn"];
    for keys in keys.into_iter().chain(["H", "H A Space", "H / x", "H Enter", "@", "@ 3 m a y"]) {
        let mut app = demo(120, 40);
        app.press(keys);
        for (cols, rows) in sizes() {
            app.resize(cols, rows);
            assert_eq!(
                app.screen().contains("OFFICIAL-SENSITIVE"),
                cols >= 40 && rows >= 10,
                "{keys} at {cols}x{rows}"
            );
        }
        app.press("Esc Esc");
        app.resize(120, 40);
        app.see("OFFICIAL-SENSITIVE");
    }
}

#[test]
fn others_changes_do_not_replace_the_answer_to_your_own_key() {
    let news = || Msg::News(vec!["Ann Other: 2.2 Green → Amber".into()]);
    let mut app = demo(120, 36);
    app.press("j r");
    app.stage.send(news());
    app.see("1.2 Amber → Red, saved");
    app.see("Changed elsewhere: Ann Other: 2.2 Green → Amber");
    app.press("r");
    app.see("1.2 is already Red");
    assert!(!app.screen().contains("Changed elsewhere"), "{}", app.screen());
    app.stage.send(news());
    app.see("1.2 is already Red");
    app.see("Changed elsewhere: Ann Other: 2.2 Green → Amber");
}

//! The room's window: what it shows of what the chair's screen is on, and what it keeps to the chair.

use arising::app::model::ThemeChoice;
use arising::app::room::Spot;
use arising::domain::challenge;
use arising::view::room::{self, Room};
use arising::view::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::kit::headless::{Headless, text_of, with_styles};
use crate::kit::snapshot::snapshot;

/// A meeting at its first item.
fn begun() -> Headless {
    let mut app = Headless::demo((120, 36));
    app.press("m").type_text("POS").press("Enter Tab Tab Tab Tab Tab").type_text("overdue").press("Enter");
    app.see("meeting of POS, 21 Nov 2026 started");
    app.press("Home");
    app
}

fn spot(app: &Headless) -> Spot {
    Spot::of(&app.stage.model, app.stage.world())
}

fn window(app: &Headless, (cols, rows): (u16, u16), theme: ThemeChoice) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, cols, rows));
    let world = app.stage.seat.world(&app.stage.env);
    let theme = Theme::of(theme);
    room::draw(&Room { register: world.register, env: world.env, spot: spot(app), theme: &theme }, &mut buffer);
    buffer
}

fn seen(app: &Headless) -> String {
    text_of(&window(app, (120, 36), ThemeChoice::Dark))
}

#[test]
fn the_room_sees_the_action_its_place_on_the_agenda_and_the_decision_at_once() {
    let mut app = begun();
    for (name, size) in [("80x24", (80, 24)), ("200x60", (200, 60)), ("60x18", (60, 18))] {
        snapshot("room", name, &with_styles(&window(&app, size, ThemeChoice::Dark)));
    }
    snapshot("room", "80x24 light", &with_styles(&window(&app, (80, 24), ThemeChoice::Light)));
    snapshot("room", "80x24 without colour", &with_styles(&window(&app, (80, 24), ThemeChoice::Plain)));
    assert!(seen(&app).contains("Item 1 of "), "{}", seen(&app));
    app.press("g").see("saved");
    assert!(seen(&app).contains("Amber → Green"), "{}", seen(&app));
    app.press("!").type_text("The Council reports in March.").see("The Council reports");
    assert!(!seen(&app).contains("The Council reports"), "what is being typed is the chair's own");
    app.press("Enter").see("saved");
    assert!(seen(&app).contains("Decided: The Council reports in March."), "{}", seen(&app));
    app.press("n");
    assert!(seen(&app).contains("Item 2 of "), "{}", seen(&app));
}

#[test]
fn challenges_and_doubts_are_only_for_the_chair() {
    let mut app = Headless::demo((120, 36));
    app.press("Enter F").type_text("challenge").press("Enter Home");
    let world = app.stage.seat.world(&app.stage.env);
    let actions: Vec<_> = world.register.visible_actions().collect();
    let challenges = |action| challenge::challenges(world.register, action, world.env.today);
    assert!(actions.iter().any(|action| !challenges(action).is_empty()));
    for action in actions {
        let theme = Theme::of(ThemeChoice::Dark);
        let mut buffer = Buffer::empty(Rect::new(0, 0, 200, 60));
        let room = Room { register: world.register, env: world.env, spot: Spot::Action(action.id), theme: &theme };
        room::draw(&room, &mut buffer);
        let seen = text_of(&buffer);
        assert!(seen.contains(&world.register.reference(action)), "{seen}");
        let flat: String = seen.split_whitespace().collect::<Vec<_>>().join(" ");
        for challenge in challenges(action) {
            assert!(!flat.contains(&challenge), "{challenge}:\n{seen}");
        }
        for flag in action.flags() {
            assert!(!flat.contains(&flag.why), "{}:\n{seen}", flag.why);
        }
    }
}

#[test]
fn a_search_a_report_and_the_past_show_the_room_a_calm_page() {
    let mut app = begun();
    for keys in ["/ a", "f", "F", "x Enter", "H"] {
        assert!(matches!(spot(&app), Spot::Action(_)));
        app.press(keys);
        assert_eq!(spot(&app), Spot::Calm, "{keys}:\n{}", app.screen());
        app.press("Esc Esc");
        while !matches!(spot(&app), Spot::Action(_)) {
            app.press("Esc");
        }
    }
    app.press("f");
    snapshot("room", "calm", &with_styles(&window(&app, (80, 24), ThemeChoice::Dark)));
    assert!(seen(&app).contains("Next: "), "{}", seen(&app));
    app.press("Esc");
}

#[test]
fn blanking_the_chairs_screen_blanks_the_rooms() {
    let mut app = begun();
    app.press("B");
    assert_eq!(spot(&app), Spot::Blank);
    assert_eq!(seen(&app).trim(), "");
    app.press("j");
    assert!(seen(&app).contains("Item 1 of "), "the key only brings it back");
}

#[test]
fn at_any_size_the_words_are_whole_sentences_or_say_that_there_are_more() {
    let app = begun();
    let world = app.stage.seat.world(&app.stage.env);
    let theme = Theme::of(ThemeChoice::Plain);
    for action in world.register.visible_actions() {
        let text = action.text().split_whitespace().collect::<Vec<_>>().join(" ");
        for size in [(60, 18), (60, 10), (80, 24), (40, 12), (200, 60), (1, 1), (0, 0), (500, 3)] {
            let mut buffer = Buffer::empty(Rect::new(0, 0, size.0, size.1));
            let room = Room { register: world.register, env: world.env, spot: Spot::Action(action.id), theme: &theme };
            room::draw(&room, &mut buffer);
            let seen: String = text_of(&buffer).split_whitespace().collect::<Vec<_>>().join(" ");
            if size.0 >= 60 && size.1 >= 18 {
                assert!(seen.contains(&text) || seen.contains("(more in the plan)"), "{size:?}: {text}\n{seen}");
            }
        }
    }
}

#[test]
fn where_it_is_told_is_read_back() {
    let app = begun();
    for spot in [spot(&app), Spot::Calm, Spot::Blank] {
        assert_eq!(spot.to_string().parse(), Ok(spot));
    }
    assert!("action".parse::<Spot>().is_err() && "".parse::<Spot>().is_err());
}

#[test]
fn the_room_sees_how_long_the_meeting_has_lasted_and_what_is_planned_for_the_item() {
    let mut app = begun();
    app.press("m").type_text("time for").press("Enter").type_text("15").press("Enter").see("planned for 15 min");
    app.stage.env.now += chrono::TimeDelta::minutes(35);
    assert!(seen(&app).contains("(15 min) · 35 min"), "{}", seen(&app));
    app.press("/").type_text("fire");
    assert!(seen(&app).contains("35 min"), "the calm page has the time too: {}", seen(&app));
}

#[test]
fn a_long_action_is_shown_in_whole_sentences_and_its_decision_with_it() {
    let mut app = begun();
    let sentences = (1..=30).map(|place| format!("Sentence {place} of the wording ends here."));
    let wording = sentences.collect::<Vec<_>>().join(" ");
    app.press("e Ctrl-U").type_text(&wording).press("Enter").see("saved");
    app.press("!").type_text("The Board is told in March.").press("Enter").see("saved");
    for size in [(60, 18), (80, 24), (50, 12)] {
        let shown = text_of(&window(&app, size, ThemeChoice::Dark));
        let flat = shown.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat.contains("ends here. (more in the plan)") || flat.contains("Sentence 30"), "{size:?}\n{shown}");
        assert!(flat.contains("The Board is told in March."), "{size:?}\n{shown}");
    }
    let shown = text_of(&window(&app, (200, 60), ThemeChoice::Dark));
    assert!(shown.contains("Sentence 30"), "{shown}");
}

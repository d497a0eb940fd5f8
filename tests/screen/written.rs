//! The files that the program writes are up to date: the README's pictures and the list of keys.

use crate::kit::headless::Headless;

#[test]
fn the_picture_is_what_the_program_shows() {
    let mut app = Headless::demo((120, 36));
    app.press("f a c c Enter n n a");
    compare(&app, "walk", "The walk through an action plan");
}

#[test]
fn the_picture_of_the_review_is_what_the_program_shows() {
    let mut app = Headless::demo((120, 28));
    app.press("I").type_text("tests/fixtures/review/harbour.csv").press("Enter Down Down");
    compare(&app, "review", "The review of a document before it is imported");
}

/// With `UPDATE_PICTURE=1` the picture is updated.
fn compare(app: &Headless, name: &str, title: &str) {
    let picture = crate::kit::svg::picture(title, &app.buffer());
    let path = format!("{}/docs/{name}.svg", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UPDATE_PICTURE").is_some() {
        std::fs::write(&path, &picture).expect("the picture can be written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(kept == picture, "docs/{name}.svg is not what the program shows; update it with UPDATE_PICTURE=1");
}

#[test]
fn docs_keys_matches_the_command_table() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/KEYS.md");
    let kept = std::fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
    let written = arising::app::manual::markdown(&arising::app::table::keymap());
    assert_eq!(kept, written, "update it with: cargo run -- keys --markdown > docs/KEYS.md");
}

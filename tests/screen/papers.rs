//! A report on the screen, written to a file: the form, a file of the same name, and what the file holds.

use std::path::Path;

use crate::kit::headless::Headless;

fn see(app: &Headless, words: &str) {
    assert!(app.screen().contains(words), "{words} is not on the screen\n{}", app.screen());
}

/// The overdue report on the screen, and the form that asks where to write it.
fn asked(format: &str) -> Headless {
    let mut app = Headless::demo((120, 40));
    app.press("x").type_text("overdue").press("Enter");
    app.press("w").type_text(format).press("Enter");
    app
}

fn write_to(app: &mut Headless, path: &Path) {
    app.press("Ctrl-U").type_text(&path.display().to_string()).press("Enter");
}

#[test]
fn the_report_on_the_screen_is_written_to_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("late.docx");
    let mut app = asked("docx");
    see(&app, "overdue-riverside-2026-11-21.docx");
    write_to(&mut app, &path);
    see(&app, "Saved to");
    see(&app, "Overdue actions");
    assert!(std::fs::read(&path).unwrap().starts_with(b"PK"));
}

#[test]
fn an_existing_file_is_replaced_only_after_confirmation() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("late.txt");
    std::fs::write(&path, "old").unwrap();
    let mut app = asked("txt");
    write_to(&mut app, &path);
    see(&app, "That file exists. Replace it?");
    app.press("Enter");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "old");
    see(&app, "Save as txt");
    app.press("Enter").type_text("yes").press("Enter");
    see(&app, "Saved to");
    assert!(std::fs::read_to_string(&path).unwrap().contains("Overdue actions"));
}

#[test]
fn a_failed_save_is_reported_and_the_form_stays_open() {
    let folder = tempfile::tempdir().unwrap();
    let mut app = asked("html");
    write_to(&mut app, &folder.path().join("missing/late.html"));
    see(&app, "there is no folder");
    see(&app, "Save as html");
    app.press("Tab").type_text("other").press("Enter");
    see(&app, "is not a table layout");
    app.press("Esc");
    see(&app, "Report · overdue");
}

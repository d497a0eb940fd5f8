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
fn the_sentence_after_saving_gives_the_full_path_and_the_keys_that_open_it() {
    let folder = tempfile::tempdir_in(".").unwrap();
    let mut app = Headless::demo((160, 40));
    app.press("x").type_text("overdue").press("Enter");
    app.press("o");
    see(&app, "Nothing has been saved yet");
    app.press("w").type_text("txt").press("Enter");
    let relative = Path::new(folder.path().file_name().unwrap()).join("late.txt");
    write_to(&mut app, &relative);
    let whole = std::path::absolute(&relative).unwrap().display().to_string();
    see(&app, &format!("Saved to {whole}; o opens it, O its folder"));
    assert_eq!(app.stage.model.written.as_deref(), Some(whole.as_str()));
    std::fs::remove_file(&whole).unwrap();
    app.press("o");
    see(&app, "is no longer there");
}

#[test]
fn the_pack_is_chosen_by_whose_copy_it_is() {
    let copy = |whose: &str| {
        let mut app = Headless::demo((120, 60));
        app.press("x").type_text("pack").press("Enter");
        see(&app, "Whose copy of the pack?");
        app.type_text(whose).press("Enter");
        if app.screen().contains("For whose meeting?") {
            app.type_text("POS").press("Enter");
        }
        see(&app, "Meeting pack: POS");
        app
    };
    see(&copy("chair"), "For the chair only: not to be passed on.");
    let members = copy("members");
    members.not_see("For the chair").not_see("chair’s copy");
}

#[test]
fn the_list_of_reports_names_no_option_of_the_command_line() {
    let mut app = Headless::demo((160, 50));
    app.press("x");
    app.not_see("--").see("Minutes: the record of the last meeting, to agree and send round");
    for report in arising::report::REPORTS {
        let length = report.title.chars().count() + 2 + report.purpose.chars().count();
        assert!(!report.purpose.contains("--") && length <= 70, "{} fits a window of 80 columns", report.name);
        app.see(report.title);
    }
}

#[test]
fn the_path_of_a_document_is_completed_from_what_its_folder_holds() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["Plan A.docx", "Plan B.docx", "notes.exe", ".hidden.docx"] {
        std::fs::write(folder.path().join(name), "").unwrap();
    }
    std::fs::create_dir(folder.path().join("old plans")).unwrap();
    std::fs::copy("tests/fixtures/review/harbour.csv", folder.path().join("old plans/harbour.csv")).unwrap();
    let mut app = Headless::demo((120, 40));
    app.press("I").type_text(&format!("{}/", folder.path().display()));
    app.see("Document to read").see("Plan A.docx").see("Plan B.docx").see("old plans/");
    app.not_see("notes.exe").not_see(".hidden");
    app.type_text("pl").press("Tab");
    app.see("/Plan ").see("Plan A.docx").not_see("old plans");
    app.press("Ctrl-U").type_text(&format!("{}/o", folder.path().display())).press("Tab");
    app.see("/old plans/").see("harbour.csv");
    app.press("Enter").see("That is a folder");
    app.press("Tab").see("/old plans/harbour.csv");
    app.press("Enter").see("Harbour Bay");
    // What is written from now on is offered beside the plan.
    app.press("A Enter");
    let papers = &app.stage.model.papers;
    assert!(papers.is_empty() || papers.ends_with("old plans"), "{papers}");
}

/// The report whose return is asked for, and the form that saves it as text.
fn form_of(app: &mut Headless, agency: &str) {
    app.press("x").type_text("agency").press("Enter").type_text(agency).press("Enter");
    app.press("w").type_text("txt").press("Enter");
}

#[test]
fn an_agencys_form_says_by_when_and_to_whom_and_the_next_one_offers_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let mut app = Headless::demo((120, 40));
    form_of(&mut app, "afrs");
    see(&app, "agency-afrs-2026-11-21.txt");
    write_to(&mut app, &folder.path().join("afrs.txt"));
    app.press("Esc");
    form_of(&mut app, "larkfield");
    app.press("Ctrl-U").type_text(&folder.path().join("larkfield.txt").display().to_string());
    app.press("Tab Tab Tab").type_text("31 feb").press("Enter");
    see(&app, "“31 feb” is not one day");
    app.press("Ctrl-U").type_text("12 dec 2026");
    see(&app, "Sat 12 Dec");
    app.press("Tab").type_text("board@example.org").press("Enter");
    see(&app, "Saved to");
    app.press("Esc");
    form_of(&mut app, "afrs");
    see(&app, "12 dec 2026");
    see(&app, "board@example.org");
    write_to(&mut app, &folder.path().join("again.txt"));
    let saved = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    assert!(!saved("afrs.txt").contains("Return by"), "{}", saved("afrs.txt"));
    for name in ["larkfield.txt", "again.txt"] {
        let text = saved(name);
        assert!(text.contains("12 December 2026") || text.contains("12 Dec 2026"), "{text}");
        assert!(text.contains("board@example.org"), "{text}");
    }
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

#[test]
fn the_leads_are_chased_from_the_list_of_reports_and_undo_takes_back_that_they_were_asked() {
    let folder = tempfile::tempdir().unwrap();
    let mut app = Headless::demo((120, 40));
    app.press("x").type_text("chase").press("Enter");
    see(&app, "without an address");
    write_to(&mut app, folder.path());
    see(&app, "to answer by 5 Dec 2026");
    let drafts = std::fs::read_dir(folder.path()).unwrap().count();
    assert!(drafts > 2, "{drafts} drafts");
    app.press("F").type_text("unanswered").press("Enter");
    see(&app, "asked 21 Nov 2026");
    see(&app, "no answer");
    app.press("x").type_text("chase").press("Enter");
    write_to(&mut app, folder.path());
    see(&app, "altered by hand");
    app.press("Esc").press("u");
    see(&app, "undone");
    assert!(!app.screen().contains("no answer"), "{}", app.screen());
}

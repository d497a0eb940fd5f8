//! Under which name changes are recorded.

use crate::kit::desk::{Desk, fixture};

/// Runs without a name from the environment.
fn nameless(desk: &Desk, arguments: &[&str]) -> (String, String) {
    let done = desk.command(arguments).env_remove("ARISING_AUTHOR").output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    (text(done.stdout), text(done.stderr))
}

#[test]
fn a_name_is_given_once_and_changed_in_one_place() {
    let desk = Desk::empty();
    desk.run(&["import", &fixture("review/harbour.csv")]).expect_done();
    assert!(nameless(&desk, &["name"]).0.contains("no name is known yet"));
    let (_, notes) = nameless(&desk, &["rate", "1.1", "red"]);
    assert!(notes.contains("recorded as unnamed; `arising name"), "{notes}");
    let plan = fixture("dhr9.txt");
    assert!(!nameless(&desk, &["import", &plan, "--dry-run"]).1.contains("unnamed"), "nothing is recorded");
    assert!(nameless(&desk, &["import", &plan]).1.contains("recorded as unnamed"));
    assert!(nameless(&desk, &["name", "Bo", "Day"]).0.contains("recorded as Bo Day from now on"));
    let (_, notes) = nameless(&desk, &["rate", "harbour:1.1", "green"]);
    assert_eq!(notes, "");
    let log = desk.run(&["log", "--json"]).expect_done().out;
    assert!(log.contains("\"author\":\"Bo Day\""), "{log}");
    let said = desk.run(&["name", "Cy Dee"]);
    assert!(said.err.contains("--author says Ann Other, which counts before it"), "{said:?}");
}

#[test]
fn what_a_file_is_counts_and_not_its_name() {
    let desk = Desk::empty();
    let pictures: [(&[u8], &str); 3] = [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01", "it is a picture (PNG)"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01", "it is a picture (JPEG)"),
        (b"BM\x36\0\0\0\0\0\0\0\x36\0\0\0", "it is a picture (BMP)"),
    ];
    for (bytes, said) in pictures {
        std::fs::write(desk.path("plan.docx"), bytes).unwrap();
        desk.run(&["import", "plan.docx"])
            .expect_refused(&[said, "Import the document that the picture was made from"]);
    }
    desk.run(&["import", &fixture("review/harbour.csv")]).expect_done();
    desk.run(&["report", "plan", "--format", "xlsx", "-o", "book.xlsx"]).expect_done();
    std::fs::rename(desk.path("book.xlsx"), desk.path("plan.docx")).unwrap();
    let said = desk.run(&["import", "plan.docx", "--dry-run"]);
    let said = format!("{}{}", said.out, said.err);
    assert!(
        said.contains("The file's name says that it is a Word document; it is a workbook, and was read as one."),
        "{said}"
    );
}

#[test]
fn where_the_evidence_is_stands_in_every_form_of_the_record() {
    let desk = Desk::empty();
    desk.run(&["import", &fixture("review/harbour.csv")]).expect_done();
    let said = desk.run(&["evidence", "1.1", "minutes.docx"]).expect_done().out;
    assert!(said.contains("saved: 1.1 evidence is at minutes.docx"), "{said}");
    assert!(desk.run(&["show", "1.1"]).expect_done().out.contains("at minutes.docx"));
    assert_eq!(desk.action("1.1")["evidence"]["at"], "minutes.docx");
    assert!(desk.run(&["log"]).expect_done().out.contains("1.1 evidence is at minutes.docx"));
    assert!(desk.run(&["list", "minutes.docx"]).expect_done().out.contains("1.1"));
    desk.run(&["evidence", "1.1", "minutes.docx"]).expect_refused(&["already has its evidence at minutes.docx"]);
    desk.run(&["undo"]).expect_done();
    assert!(desk.action("1.1")["evidence"].is_null());
}

//! A quarter of a board: the agencies are chased and answer in three ways, the pack goes out, the meeting is held with the
//! room's window beside it, and what it left is on the next agenda.

use std::fs;
use std::time::Duration;

use crate::kit::board::Board;
use crate::kit::desk::Said;
use crate::kit::folder::with_part;
use crate::kit::pty::{Pty, Start};

const SOON: Duration = Duration::from_secs(2);

/// A command on that day, which must succeed.
#[track_caller]
fn on(board: &Board, day: &str, arguments: &[&str]) -> String {
    let said = Said::from(board.command(arguments).env("ARISING_TODAY", day).output().expect("arising runs"));
    said.expect_done().out
}

fn window(board: &Board, more: &[&str]) -> Pty {
    let register = board.register();
    let arguments = [&["--register", register.to_str().expect("a plain path")], more].concat();
    Start::arising(board.folder(), &arguments).run()
}

/// The Word form of an agency, answered about the action with these words.
fn answered_in_word(form: &[u8], action: &str, answer: &str) -> Vec<u8> {
    const EMPTY: &str = "</w:pPr></w:p></w:tc></w:tr>";
    with_part(form, "word/document.xml", |xml| {
        let row = xml.find(action).expect("the action is in the form");
        let cell = row + xml[row..].find(EMPTY).expect("room for an answer");
        let said = format!("</w:pPr><w:r><w:t>{answer}</w:t></w:r></w:p></w:tc></w:tr>");
        format!("{}{said}{}", &xml[..cell], &xml[cell + EMPTY.len()..])
    })
}

/// A form with separated values, answered in its last column and sent as the attachment of a mail.
fn answered_by_mail(form: &str, number: &str, answer: &str) -> String {
    let begins = format!("\"{number}\"");
    let row = form.lines().find(|line| line.starts_with(&begins)).expect("the action is in the form");
    let said = row.strip_suffix("\"\"").map(|row| format!("{row}\"{answer}\"")).expect("room for an answer");
    let form = form.replace(row, &said);
    format!(
        "From: clerk@fire.example.org\r\nSubject: RE: actions\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=\"x\"\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nPlease see attached.\r\n\
         --x\r\nContent-Type: text/csv; charset=utf-8\r\nContent-Disposition: attachment; filename=\"return.csv\"\r\n\r\n{form}\r\n--x--\r\n"
    )
}

#[test]
fn a_quarter_from_chasing_to_the_next_agenda() {
    let board = Board::with_plan();
    // Who is asked, and that it is remembered.
    on(&board, "2026-11-02", &["party", "address", "Ashmere Police", "clerk@police.example.org"]);
    on(&board, "2026-11-02", &["chase", "--due", "120d", "-o", "chasing"]);
    assert!(fs::read_dir(board.path("chasing")).expect("drafts").count() >= 4);
    let asked = board.references(&["unanswered"]);
    assert!(["1.1", "2.1", "4.1"].iter().all(|one| asked.iter().any(|asked| asked == one)), "{asked:?}");

    // Three answers: a Word form, a form in a mail, and an agency's own copy.
    on(&board, "2026-11-09", &["report", "agency", "party:ACC", "-f", "docx", "-o", "acc.docx"]);
    let form = fs::read(board.path("acc.docx")).expect("the form");
    let text = "Write and publish the pathway";
    fs::write(board.path("acc-back.docx"), answered_in_word(&form, text, "It goes to print on Friday."))
        .expect("a file");
    on(&board, "2026-11-10", &["import", "acc-back.docx"]);
    on(&board, "2026-11-09", &["report", "agency", "party:AFRS", "-f", "csv", "-o", "fire.csv"]);
    let form = fs::read_to_string(board.path("fire.csv")).expect("the form");
    fs::write(board.path("fire.eml"), answered_by_mail(&form, "2.1", "Both chief officers have signed."))
        .expect("a file");
    on(&board, "2026-11-11", &["import", "fire.eml"]);
    on(&board, "2026-11-11", &["share", "--for", "Ashmere Police", "-o", "police.sqlite"]);
    let police = |arguments: &[&str]| on(&board, "2026-11-12", &[&["--register", "police.sqlite"], arguments].concat());
    police(&["progress", "4.1", "Thirty reports were read."]);
    police(&["share", "-o", "police.arising"]);
    on(&board, "2026-11-13", &["merge", "police.arising"]);
    let left = board.references(&["unanswered"]);
    assert!(["1.1", "2.1"].iter().all(|one| left.iter().all(|left| left != one)), "answered: {left:?}");

    // The pack: the challenges are for the chair only.
    on(&board, "2026-11-14", &["report", "pack", "--meeting", "POS", "-f", "md", "-o", "pack.md"]);
    on(&board, "2026-11-14", &["report", "pack", "--meeting", "POS", "--copy", "chair", "-f", "md", "-o", "chair.md"]);
    let pack = fs::read_to_string(board.path("pack.md")).expect("the pack");
    assert!(pack.contains("It goes to print on Friday."), "{pack}");

    // The meeting, with the room's window beside it.
    let room = window(&board, &["present"]);
    let mut chair = board.open();
    chair.press("m");
    chair.wait_for("Start a meeting");
    chair.type_text("POS");
    chair.press("<enter>");
    chair.wait_for("items");
    chair.press("<enter>");
    chair.wait_for("started, saved");
    room.wait_for("1.1");
    chair.press("g");
    chair.wait_for("Green, saved");
    room.wait_for("GREEN");
    chair.press("!");
    chair.wait_for("Decision on");
    chair.type_text("Send the printed pathway to every GP");
    chair.press("<enter>");
    chair.wait_for("every GP”, saved");
    room.wait_for("Send the printed pathway to every GP");
    chair.press("n C");
    chair.wait_for("Carry forward");
    chair.type_text("The lead is away");
    chair.press("<enter>");
    chair.wait_for("The lead is away”, saved");
    let carried = room.screen_text();
    assert!(!carried.contains("Challenge"), "{carried}");
    chair.press("m");
    chair.wait_for("The meeting");
    chair.type_text("end the");
    chair.press("<enter>");
    chair.wait_for("Next meeting");
    chair.press("<enter>");
    chair.wait_for("ended");
    chair.press("q");
    assert_eq!(chair.exit_code(SOON), 0);

    // Minutes to send, and what is left on the next agenda.
    let minutes = on(&board, "2026-11-22", &["report", "minutes", "-f", "md"]);
    for words in ["Send the printed pathway to every GP", "The lead is away"] {
        assert!(minutes.contains(words), "{words} in {minutes}");
    }
    on(&board, "2027-02-01", &["meeting", "start", "POS"]);
    let next = board.references(&["agenda"]);
    assert!(next.iter().any(|reference| reference == "1.2"), "carried forward: {next:?}");
}

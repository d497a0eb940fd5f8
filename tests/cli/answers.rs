//! An answer as it comes: the whole mail is given, and the filled-in form in it is read.

use std::fs;
use std::io::{Cursor, Write};

use crate::kit::desk::Desk;

const PLAN: &str = "No,Action,Lead,Target date,RAG,Progress\n\
1,Mend the lamps on the north steps,Harbour Office,31/01/2026,Red,\n\
2,Count the life belts each spring,Harbour Office,30/04/2026,Amber,\n";

fn board() -> Desk {
    let desk = Desk::empty();
    fs::write(desk.path("quay.csv"), PLAN).unwrap();
    desk.run(&["import", "quay.csv"]).expect_done();
    desk
}

/// The form of the Harbour Office, with an answer about its first action.
fn filled(desk: &Desk) -> String {
    desk.run(&["report", "agency", "party:Harbour Office", "-f", "csv", "-o", "form.csv"]).expect_done();
    let form = fs::read_to_string(desk.path("form.csv")).unwrap();
    let line = form.lines().find(|line| line.starts_with("\"1\"")).unwrap();
    let answered = line.strip_suffix("\"\"").map(|line| format!("{line}\"Two lamps are mended.\"")).unwrap();
    form.replace(line, &answered)
}

fn mail(files: &[(&str, &str)]) -> String {
    let mut mail = "Received: from mx.example.org\r\nFrom: office@example.org\r\nSubject: RE: 2 actions\r\n\
                    MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"x\"\r\n\r\n\
                    --x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nPlease see attached.\r\n"
        .to_owned();
    for (name, text) in files {
        let head = "Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: 8bit";
        let place = format!("Content-Disposition: attachment; filename=\"{name}\"");
        mail.extend(["--x\r\n", head, "\r\n", &place, "\r\n\r\n", text, "\r\n"]);
    }
    mail + "--x--\r\n"
}

#[test]
fn the_form_in_a_mail_is_read_and_answers_what_was_asked() {
    let desk = board();
    desk.run(&["chase", "-o", "out"]).expect_done();
    let form = filled(&desk);
    fs::write(desk.path("answer.eml"), mail(&[("logo.png", "png"), ("return.csv", &form)])).unwrap();
    let said = desk.run(&["import", "answer.eml"]).expect_done().out;
    assert!(said.contains("return.csv: a return from Harbour Office: 1 answer"), "{said}");
    assert!(desk.action("1")["progress"].to_string().contains("Two lamps are mended."));
    assert_eq!(desk.references(&["unanswered"]), ["2"]);
    desk.run(&["undo"]).expect_done();
    assert_eq!(desk.references(&["unanswered"]), ["1", "2"]);
}

/// As Outlook saves a mail: a compound file with the attached file in a storage of its own.
fn outlook(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    let mut put = |path: &str, bytes: &[u8]| file.create_stream(path).unwrap().write_all(bytes).unwrap();
    put("/__properties_version1.0", &[0; 32]);
    put("/__substg1.0_0037001F", &wide("RE: 2 actions"));
    file.create_storage("/__attach_version1.0_#00000000").unwrap();
    let mut put = |path: &str, bytes: &[u8]| file.create_stream(path).unwrap().write_all(bytes).unwrap();
    put("/__attach_version1.0_#00000000/__substg1.0_3707001F", &wide(name));
    put("/__attach_version1.0_#00000000/__substg1.0_37010102", bytes);
    file.into_inner().into_inner()
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn the_form_in_a_mail_that_outlook_saved_is_read_too() {
    let desk = board();
    let form = filled(&desk);
    fs::write(desk.path("answer.msg"), outlook("Return.csv", form.as_bytes())).unwrap();
    let said = desk.run(&["import", "answer.msg"]).expect_done().out;
    assert!(said.contains("Return.csv: a return from Harbour Office: 1 answer"), "{said}");
    fs::write(desk.path("cut.msg"), &outlook("Return.csv", form.as_bytes())[..700]).unwrap();
    desk.run(&["import", "cut.msg"]).expect_refused(&["cut.msg"]);
}

#[test]
fn a_mail_without_a_form_or_with_two_says_so_and_changes_nothing() {
    let desk = board();
    let before = desk.run(&["log", "--json"]).out;
    let form = filled(&desk);
    let mails = [
        (mail(&[]), "no filled-in form is attached"),
        (mail(&[("quay.csv", PLAN)]), "no filled-in form is attached"),
        (mail(&[("a.csv", &form), ("b.csv", &form)]), "2 filled-in forms are attached"),
        (mail(&[("return.docx", "not a document")]), "return.docx in it"),
        (mail(&[])[..120].to_owned(), "no filled-in form is attached"),
    ];
    for (mail, why) in mails {
        fs::write(desk.path("answer.eml"), mail).unwrap();
        desk.run(&["import", "answer.eml"]).expect_refused(&["answer.eml", why]);
    }
    assert_eq!(desk.run(&["log", "--json"]).out, before);
}

#[test]
fn a_dash_or_not_applicable_is_a_blank_and_no_progress() {
    let desk = board();
    for blank in ["n/a", "-", "N/A."] {
        let form = filled(&desk).replace("Two lamps are mended.", blank);
        fs::write(desk.path("return.csv"), form).unwrap();
        desk.run(&["import", "return.csv"]);
        assert_eq!(desk.action("1")["progress"].as_array().map(Vec::len), Some(0), "{blank}");
    }
}

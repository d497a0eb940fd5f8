//! What agencies are sent, and what they return.

use super::*;
use crate::kit::folder::with_part;

/// Reads a return and imports it; returns what was left open.
fn returned(desk: &mut Desk, name: &str, bytes: &[u8]) -> Vec<String> {
    let options = import::Options { today: env().today, ..import::Options::default() };
    let draft = import::read(name, bytes, &options).unwrap();
    let found = intake::compare(desk, &draft, "return").unwrap();
    intake::write(desk, &found, name, &env()).unwrap();
    found.queries.iter().map(|query| format!("{}: {}", query.reference, query.why)).collect()
}

/// The rows of the form.
fn asked(paper: &report::document::Document) -> Vec<Vec<String>> {
    rows(paper).into_iter().filter(|row| row.len() > 2).collect()
}

/// What the last entry of an action says, with its date and giver, and how the action is rated.
fn last_said(desk: &Desk, reference: &str) -> (String, String, String) {
    let register = desk.register();
    let named = |action: &&Action| {
        format!("{}:{}", register.plan(action.plan).unwrap().slug(), register.reference(action)) == reference
    };
    let action = register.visible_actions().find(named).unwrap();
    let said = &action.progress().next_back().unwrap().said;
    let date = said.date.map(|date| date.to_string()).unwrap_or_default();
    (format!("{date} {}", said.text), said.by.clone().unwrap_or_default(), action.rating().unwrap_or("").to_owned())
}

#[test]
fn a_return_filled_in_in_word_becomes_progress_and_ratings_of_the_right_actions() {
    let mut desk = two_plans();
    let paper = document(&desk, "agency", "party:ACC", &options());
    let references: Vec<String> = asked(&paper).into_iter().map(|row| row[0].clone()).collect();
    let empty = "<w:p><w:pPr><w:pStyle w:val=\"TableText\"/></w:pPr></w:p></w:tc></w:tr>";
    let (first, last) = (references.first().unwrap().clone(), references.last().unwrap().clone());
    let word = Format::named("docx").unwrap().render(&paper).unwrap();
    let filled = with_part(&word, "word/document.xml", |xml| {
        let answer = |words: &str| format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc></w:tr>");
        let (form, about) = xml.split_at(xml.find("About this return").unwrap());
        let (head, tail) = form.rsplit_once(empty).unwrap();
        let first = head.replacen(empty, &answer("The list is complete."), 1);
        format!("{first}{}{tail}{about}", answer("12 Nov 2026: Signed by all."))
    });
    assert!(returned(&mut desk, "return.docx", &filled).is_empty());
    assert_eq!(last_said(&desk, &first).0, "2026-11-21 The list is complete.");
    assert_eq!(last_said(&desk, &first).1, "ACC");
    assert_eq!(last_said(&desk, &last).0, "2026-11-12 Signed by all.");
    assert_ne!(first.split(':').next(), last.split(':').next(), "two plans answer in one document");
    let (plans, after) = (desk.register().plans.len(), desk.register().clone());
    assert!(returned(&mut desk, "return.docx", &filled).is_empty());
    assert_eq!((desk.register(), plans), (&after, 2), "a second time it says nothing new");
}

#[test]
fn a_return_filled_in_in_a_spreadsheet_changes_ratings_and_says_what_it_cannot_place() {
    let mut desk = two_plans();
    let paper = document(&desk, "agency", "party:ACC", &options());
    let all = asked(&paper);
    let csv = String::from_utf8(Format::named("csv").unwrap().render(&paper).unwrap()).unwrap();
    let mut lines: Vec<String> = csv.split("\r\n").map(ToOwned::to_owned).collect();
    let answered = |line: &str, rating: &str, words: &str| {
        format!("{}\"{rating}\",\"\",\"{words}\"", line.strip_suffix("\"\",\"\",\"\"").unwrap())
    };
    lines[1] = answered(&lines[1], "r", "'-we ask for more time");
    lines[2] = answered(&lines[2], "purple", "");
    lines[3] = answered(&lines[3], "", "who?").replace(&all[2][0], "nowhere:9.9").replace(&all[2][2], "Something else");
    let left = returned(&mut desk, "return.csv", lines.join("\r\n").as_bytes());
    let (said, by, rating) = last_said(&desk, &all[0][0]);
    assert_eq!((said.as_str(), by.as_str(), rating.as_str()), ("2026-11-21 -we ask for more time", "ACC", "Red"));
    assert!(left.len() == 2 && left[0].contains("nowhere:9.9") && left[1].contains("purple"), "{left:?}");
}

#[test]
fn a_return_without_answers_proposes_nothing_and_creates_no_plan() {
    let mut desk = two_plans();
    let before = desk.register().clone();
    for format in ["docx", "csv", "xlsx", "md"] {
        let bytes = bytes(&desk, "agency", format, &options());
        assert!(returned(&mut desk, &format!("return.{format}"), &bytes).is_empty(), "{format}");
        assert_eq!(desk.register(), &before, "{format}");
    }
}

#[test]
fn a_rating_chosen_from_a_list_is_read_back_from_word_and_excel() {
    for format in ["docx", "xlsx"] {
        let mut desk = two_plans();
        let paper = document(&desk, "agency", "party:ACC", &options());
        let first = asked(&paper).remove(0);
        let made = Format::named(format).unwrap().render(&paper).unwrap();
        let chosen = if format == "docx" { chosen_in_word(&made) } else { chosen_in_excel(&made) };
        assert!(returned(&mut desk, &format!("return.{format}"), &chosen).is_empty(), "{format}");
        let (said, by, rating) = last_said(&desk, &first[0]);
        assert_eq!((said.as_str(), rating.as_str()), ("2026-11-19 The list is nearly done.", "Red"), "{format}");
        assert_eq!(by, "Jane Roe, ACC", "{format}");
        let named = |action: &&Action| first[0].ends_with(&format!(":{}", desk.register().reference(action)));
        let asked = desk.register().visible_actions().filter(named).find_map(Action::extension).cloned().unwrap();
        assert_eq!((asked.wanted().as_str(), asked.reason.as_str()), ("30 June 2027", "The list is nearly done."));
    }
}

/// As Word writes it: the prompt gives way to what was chosen.
fn chosen_in_word(made: &[u8]) -> Vec<u8> {
    with_part(made, "word/document.xml", |xml| {
        assert!(xml.contains("<w:dropDownList><w:listItem w:displayText=\"R Red\" w:value=\"R Red\"/>"));
        let (before, list) = xml.split_once("<w:showingPlcHdr/>").unwrap();
        let (prompt, after) = list.split_once("Choose").unwrap();
        let empty = "<w:p><w:pPr><w:pStyle w:val=\"TableText\"/></w:pPr></w:p></w:tc>";
        let filled = |words: &str| format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>");
        let after = after.replacen(empty, &filled("30 June 2027"), 1);
        let after = after.replacen(empty, &filled("The list is nearly done."), 1);
        let (form, about) = after.split_at(after.find("Completed by").unwrap());
        let about = about.replacen(empty, &filled("Jane Roe"), 1).replacen(empty, &filled("19 Nov 2026"), 1);
        format!("{before}{prompt}R Red{form}{about}")
    })
}

fn chosen_in_excel(made: &[u8]) -> Vec<u8> {
    let fill = |xml: String, cells: &[(&str, &str)]| {
        cells.iter().fold(xml, |xml, (cell, words)| {
            let start = xml.find(&format!("<c r=\"{cell}\"")).unwrap_or_else(|| panic!("no cell {cell}"));
            let end = start + xml[start..].find("/>").unwrap() + 2;
            let inline = format!("<c r=\"{cell}\" t=\"inlineStr\"><is><t>{words}</t></is></c>");
            format!("{}{inline}{}", &xml[..start], &xml[end..])
        })
    };
    let filled = with_part(made, "xl/worksheets/sheet1.xml", |xml| {
        assert!(xml.contains("<formula1>\"R Red,A Amber,G Green"), "{xml}");
        fill(xml, &[("I3", "R Red"), ("J3", "30 June 2027"), ("K3", "The list is nearly done.")])
    });
    let last = if filled_has(&filled, "xl/worksheets/sheet3.xml") { "sheet3" } else { "sheet2" };
    with_part(&filled, &format!("xl/worksheets/{last}.xml"), |xml| {
        fill(xml, &[("C3", "Jane Roe"), ("C4", "19 Nov 2026")])
    })
}

fn filled_has(bytes: &[u8], name: &str) -> bool {
    zip::ZipArchive::new(Cursor::new(bytes)).unwrap().by_name(name).is_ok()
}

#[test]
fn an_answer_about_a_closed_or_withdrawn_action_is_kept_back() {
    let mut desk = two_plans();
    let paper = document(&desk, "agency", "party:ACC", &options());
    let rows = asked(&paper);
    let id = |desk: &Desk, reference: &str| {
        let register = desk.register();
        let full =
            |action: &&Action| format!("{}:{}", register.plan(action.plan).unwrap().slug(), register.reference(action));
        register.visible_actions().find(|action| full(action) == reference).unwrap().id
    };
    let (closed, withdrawn) = (id(&desk, &rows[0][0]), id(&desk, &rows[1][0]));
    for intent in [
        Intent::ProposeClosure { action: closed, evidence: "seen".into() },
        Intent::AgreeClosure { action: closed, evidence: "seen".into() },
        Intent::Withdraw { action: withdrawn, reason: "entered twice".into() },
    ] {
        desk.write(&intent, &env()).unwrap();
    }
    let csv = String::from_utf8(Format::named("csv").unwrap().render(&paper).unwrap()).unwrap();
    let filled = csv.replacen("\"\",\"\",\"\"\r\n", "\"\",\"\",\"It is done.\"\r\n", 2);
    let options = import::Options { today: env().today, ..import::Options::default() };
    let draft = import::read("return.csv", filled.as_bytes(), &options).unwrap();
    let found = intake::compare(&desk, &draft, "return").unwrap();
    let [line] = found.differs.as_slice() else { panic!("{:?}", found.differs) };
    assert_eq!((line.is_taken, line.why.as_str()), (false, "the action is closed"));
    let [query] = found.queries.as_slice() else { panic!("{:?}", found.queries) };
    assert!(query.why.contains("is withdrawn: entered twice"), "{}", query.why);
    assert!(found.ops.is_empty());
}

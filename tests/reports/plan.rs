//! The plan as a report: out as Word, Markdown, a workbook or a web page, and back into a register.

use super::*;
use crate::kit::published;

#[test]
fn a_plan_survives_export_to_word_and_import() {
    let desk = demo();
    for tables in [Tables::Merged, Tables::Accessible] {
        let bytes = bytes(&desk, "plan", "docx", &Options { tables, ..options() });
        let back = read_back("plan.docx", &bytes);
        same(&back, &desk);
        let (there, here) = (&back.register().plans[0], &desk.register().plans[0]);
        assert_eq!(there.title(), here.title());
        assert_eq!(there.scheme.get(), here.scheme.get());
        assert_eq!(there.glossary.get(), here.glossary.get());
    }
}

/// Several changes of the kinds that a meeting makes, of every third action.
fn change(desk: &mut Desk) {
    let actions: Vec<Id> = desk.register().visible_actions().map(|action| action.id).step_by(3).collect();
    for action in actions {
        let dates = vec![arising::domain::date_text::target("Mar 2027", None)];
        try_to(desk, &Intent::Retarget { action, dates, reason: "waiting for the contract".into() });
        try_to(desk, &Intent::Rate { action, rating: Some("Amber".into()), note: None });
        for (text, by) in
            [("Met: two things.\nIn August 2022 it was done", Some("CFT / Jane")), ("More of it; see Nov 2023", None)]
        {
            let (text, by) = (text.to_owned(), by.map(ToOwned::to_owned));
            try_to(desk, &Intent::Progress { action, date: Some(env().today.into()), text, by });
        }
        let leads =
            vec![PartyChoice::New("Larkfield Fire Service".into()), PartyChoice::New("Head of Care (ESCC)".into())];
        try_to(desk, &Intent::Assign { action, leads });
    }
}

#[test]
fn published_plans_survive_export_to_word_and_import_changed_or_not() {
    for name in ["adult-c.docx", "dhrs4.docx", "dhrs4.xlsx"] {
        println!("{name}");
        let Some(plan) = published::bytes(name) else { continue };
        let mut desk = read_back(name, &plan);
        for tables in [Tables::Merged, Tables::Accessible] {
            same(&read_back("plan.docx", &bytes(&desk, "plan", "docx", &Options { tables, ..options() })), &desk);
        }
        change(&mut desk);
        same(&read_back("plan.docx", &bytes(&desk, "plan", "docx", &options())), &desk);
    }
}

#[test]
fn a_changed_plan_survives_export_to_word_and_import() {
    let mut desk = demo();
    change(&mut desk);
    for tables in [Tables::Merged, Tables::Accessible] {
        same(&read_back("plan.docx", &bytes(&desk, "plan", "docx", &Options { tables, ..options() })), &desk);
    }
}

#[test]
fn a_plan_survives_export_to_markdown_and_import() {
    let desk = demo();
    same(&read_back("plan.md", text(&desk, "plan", "md").as_bytes()), &desk);
}

#[test]
fn a_workbook_holds_every_action_with_its_rating() {
    let desk = demo();
    let back = read_back("plan.xlsx", &bytes(&desk, "plan", "xlsx", &options()));
    let actions = |desk: &Desk| {
        let told = |action: &Action| (action.text().to_owned(), action.rating().map(ToOwned::to_owned));
        desk.register().visible_actions().map(told).collect::<Vec<_>>()
    };
    assert_eq!(actions(&back), actions(&desk));
}

#[test]
fn nothing_in_a_plan_is_markup_or_a_formula() {
    let mut desk = demo();
    let first = action(desk.register(), "1.1");
    let hostile = "=HYPERLINK(\"http://x\") <script>alert(1)</script> & | ]]> \u{1b}[2J";
    act(&mut desk, &Intent::Reword { action: first, text: hostile.into() });
    let html = text(&desk, "plan", "html");
    assert!(!html.contains("<script") && html.contains("&lt;script&gt;"));
    assert!(text(&desk, "plan", "csv").contains("\"'=HYPERLINK"));
    for format in ["html", "csv", "md", "txt", "json"] {
        assert!(!text(&desk, "plan", format).contains('\u{1b}'), "{format}");
    }
    let sheet = part(&bytes(&desk, "plan", "xlsx", &options()), "xl/worksheets/sheet1.xml");
    assert!(!sheet.contains("<f>") && !sheet.contains("<f "), "no cell is a formula");
    let word = part(&bytes(&desk, "plan", "docx", &options()), "word/document.xml");
    roxmltree::Document::parse(&word).unwrap();
    assert!(word.contains("&lt;script&gt;"));
}

#[test]
fn word_has_headings_repeated_table_headings_marking_and_page_numbers() {
    let bytes = bytes(&demo(), "plan", "docx", &options());
    let body = part(&bytes, "word/document.xml");
    assert_eq!(body.matches("<w:tblHeader/>").count(), body.matches("<w:tbl>").count());
    assert!(body.contains("w:val=\"Heading1\"") && body.contains("<w:vMerge w:val=\"restart\"/>"));
    assert!(part(&bytes, "word/header1.xml").contains("OFFICIAL-SENSITIVE"));
    let footer = part(&bytes, "word/footer1.xml");
    assert!(footer.contains(" PAGE ") && footer.contains(" NUMPAGES ") && footer.contains("21 Nov 2026"));
}

#[test]
fn a_workbook_can_be_filtered_and_keeps_its_heading_in_sight() {
    let sheet = part(&bytes(&demo(), "plan", "xlsx", &options()), "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("<autoFilter") && sheet.contains("state=\"frozen\""));
}

#[test]
fn an_accessible_page_has_no_merged_cells_and_says_what_its_tables_are() {
    let desk = demo();
    let merged = text(&desk, "plan", "html");
    let html = bytes(&desk, "plan", "html", &Options { tables: Tables::Accessible, ..options() });
    let html = String::from_utf8(html).unwrap();
    assert!(merged.contains("rowspan") && !html.contains("rowspan"));
    assert!(html.contains("<html lang=\"en-GB\">") && html.contains("<th scope=\"col\">"));
    assert_eq!(html.matches("<table>").count(), html.matches("<caption>").count());
}

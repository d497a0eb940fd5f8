//! Reports as a board receives them: the same numbers everywhere, readable by other programs, and back into a register.

use std::io::{Cursor, Read};

use crate::kit::published;
use crate::kit::snapshot::snapshot;
use arising::demo;
use arising::desk::Desk;
use arising::domain::action::{Action, Closure, Lead};
use arising::domain::filter::Filter;
use arising::domain::id::Id;
use arising::domain::intent::{Attendee, Begin, Intent, PartyChoice};
use arising::domain::meeting::{Agenda, AgendaRule, Presence};
use arising::domain::query;
use arising::domain::register::Register;
use arising::env::Env;
use arising::import;
use arising::intake;
use arising::report::{self, FORMATS, Format, Material, Names, Options, REPORTS, Report, Tables};
use chrono::NaiveDate;

fn env() -> Env {
    Env {
        now: "2026-11-21T10:00:00+00:00".parse().unwrap(),
        today: NaiveDate::from_ymd_opt(2026, 11, 21).unwrap(),
        author: "Chair of POS".into(),
    }
}

fn demo() -> Desk {
    let mut desk = Desk::in_memory().unwrap();
    demo::fill(&mut desk, &env()).unwrap();
    desk
}

fn options() -> Options {
    Options { marking: Some("OFFICIAL-SENSITIVE".into()), ..Options::default() }
}

fn document(desk: &Desk, kind: &str, filter: &str, options: &Options) -> report::document::Document {
    let (log, told, today) = (desk.store().log().unwrap(), desk.log().unwrap(), env().today);
    let filter = Filter::parse(filter, desk.register(), today).unwrap();
    let material = Material { register: desk.register(), log: &log, told: &told, today, filter: &filter, options };
    Report::named(kind).unwrap().document(&material).unwrap()
}

fn bytes(desk: &Desk, kind: &str, format: &str, options: &Options) -> Vec<u8> {
    let filter = if kind == "agency" { "party:ACC" } else { "" };
    Format::named(format).unwrap().render(&document(desk, kind, filter, options)).unwrap()
}

fn text_as(desk: &Desk, kind: &str, format: &str, options: &Options) -> String {
    String::from_utf8(bytes(desk, kind, format, options)).unwrap()
}

fn text(desk: &Desk, kind: &str, format: &str) -> String {
    String::from_utf8(bytes(desk, kind, format, &options())).unwrap()
}

fn action(register: &Register, reference: &str) -> Id {
    register.visible_actions().find(|action| register.reference(action) == reference).unwrap().id
}

fn act(desk: &mut Desk, intent: &Intent) {
    desk.write(intent, &env()).unwrap();
}

/// Does it, unless it is so already.
fn try_to(desk: &mut Desk, intent: &Intent) {
    if let Err(problem) = desk.write(intent, &env()) {
        assert!(problem.to_string().contains("already"), "{problem}: {intent:?}");
    }
}

/// A meeting in which one rating was changed, one slip undone, one item carried forward and one decision taken.
fn met() -> Desk {
    let mut desk = demo();
    let items: Vec<Id> = ["1.2", "2.1", "4.1", "8.2"].iter().map(|one| action(desk.register(), one)).collect();
    let pos = desk.register().parties.iter().find(|party| party.name() == "POS").unwrap().id;
    let there = |name: &str, presence| Attendee { party: PartyChoice::Known(pos), name: name.into(), presence };
    act(
        &mut desk,
        &Intent::BeginMeeting(Begin {
            body: PartyChoice::Known(pos),
            day: env().today,
            chair: "Ann Other".into(),
            attendance: vec![there("Ann Other", Presence::Present), there("Bo Less", Presence::Apologies)],
            agenda: Agenda { rules: vec![AgendaRule::Overdue], items: items.clone() },
            next: None,
        }),
    );
    let rate = |rating: &str| Intent::Rate { action: items[0], rating: Some(rating.into()), note: None };
    act(&mut desk, &rate("Red"));
    desk.undo(&env()).unwrap();
    act(&mut desk, &rate("Green"));
    act(&mut desk, &Intent::Decide { action: Some(items[1]), text: "Bo Less to write to the lawyers".into() });
    act(&mut desk, &Intent::CarryForward { action: items[2], reason: "nobody from the police".into() });
    act(&mut desk, &Intent::EndMeeting { next: None });
    desk
}

/// What a plan says, without where it was read.
fn gist(register: &Register) -> Vec<String> {
    let findings = register.findings.iter().map(|finding| format!("F{} {}", finding.number(), finding.text()));
    let recs = register.recommendations.iter().map(|rec| format!("R{} {}", rec.number(), rec.text()));
    let actions = register.visible_actions().map(|action| {
        let name = |lead: &Lead| register.party_name(lead.party).to_owned();
        let (leads, via): (Vec<String>, Vec<String>) =
            (action.leads().iter().map(name).collect(), action.via().iter().map(name).collect());
        let targets: Vec<_> = action.targets().iter().map(|target| (&target.raw, target.span)).collect();
        let numbers = register.finding_numbers(action);
        let first =
            action.original_targets.as_ref().map(|first| first.dates.iter().map(|one| one.span).collect::<Vec<_>>());
        let said = action.progress().map(|entry| &entry.said).map(|said| (said.date, &said.by, &said.text));
        let said: Vec<_> = said.collect();
        let (text, rating) =
            (action.text(), (action.rating(), action.closure.get().filter(|one| **one != Closure::Open)));
        let dates = (targets, first);
        format!("{} {numbers:?} {text} {leads:?} {via:?} {dates:?} {rating:?} {said:?}", register.reference(action))
    });
    findings.chain(recs).chain(actions).collect()
}

/// Line by line, so that a failure shows only what differs.
fn same(back: &Desk, desk: &Desk) {
    let (there, here) = (gist(back.register()), gist(desk.register()));
    there.iter().zip(&here).for_each(|(there, here)| assert_eq!(there, here));
    assert_eq!(there.len(), here.len());
}

fn read_back(name: &str, bytes: &[u8]) -> Desk {
    let mut desk = Desk::in_memory().unwrap();
    let options = import::Options { today: env().today, ..import::Options::default() };
    let draft = import::read(name, bytes, &options).unwrap();
    let found = intake::compare(&desk, &draft, "riverside").unwrap();
    intake::take_in(&mut desk, &found, name, &env()).unwrap();
    desk
}

#[test]
fn a_plan_goes_out_as_word_and_comes_back_the_same() {
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

/// A published plan, or nothing where it is not at hand.
fn published(name: &str) -> Option<Desk> {
    published::bytes(name).map(|bytes| read_back(name, &bytes))
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
fn published_plans_go_out_as_word_and_come_back_the_same_changed_or_not() {
    for name in ["adult-c.docx", "dhrs4.docx", "adult-c.txt", "dhrs4.csv", "dhrs4.xlsx"] {
        println!("{name}");
        let Some(mut desk) = published(name) else { continue };
        for tables in [Tables::Merged, Tables::Accessible] {
            same(&read_back("plan.docx", &bytes(&desk, "plan", "docx", &Options { tables, ..options() })), &desk);
        }
        change(&mut desk);
        same(&read_back("plan.docx", &bytes(&desk, "plan", "docx", &options())), &desk);
    }
}

#[test]
fn a_changed_plan_goes_out_as_word_and_comes_back_the_same() {
    let mut desk = demo();
    change(&mut desk);
    for tables in [Tables::Merged, Tables::Accessible] {
        same(&read_back("plan.docx", &bytes(&desk, "plan", "docx", &Options { tables, ..options() })), &desk);
    }
}

#[test]
fn a_plan_goes_out_as_markdown_and_comes_back_the_same() {
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
fn the_same_report_is_the_same_bytes() {
    let desk = met();
    for report in REPORTS {
        for format in FORMATS {
            let make = || bytes(&desk, report.name, format.name, &options());
            assert!(make() == make(), "{} as {}", report.name, format.name);
        }
    }
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

#[test]
fn names_of_people_leave_a_redacted_report_and_posts_stay() {
    let redacted = bytes(&met(), "minutes", "txt", &Options { names: Names::Redacted, ..options() });
    let redacted = String::from_utf8(redacted).unwrap();
    assert!(!redacted.contains("Ann Other") && !redacted.contains("Bo Less"), "{redacted}");
    assert!(redacted.contains("A.O.") && redacted.contains("B.L. to write to the lawyers"), "{redacted}");
}

/// Every text in a file, whatever it is packed in.
fn all_text(bytes: &[u8]) -> String {
    let Ok(mut zip) = zip::ZipArchive::new(Cursor::new(bytes)) else {
        return String::from_utf8_lossy(bytes).into_owned();
    };
    let mut all = String::new();
    for at in 0..zip.len() {
        let mut content = Vec::new();
        zip.by_index(at).unwrap().read_to_end(&mut content).unwrap();
        all.push_str(&String::from_utf8_lossy(&content));
    }
    all
}

#[test]
fn no_report_in_any_format_names_a_person_when_names_are_redacted() {
    let mut desk = met();
    let action = action(desk.register(), "2.1");
    let by = Some("Cy Less".to_owned());
    act(&mut desk, &Intent::Progress { action, date: None, text: "Ann Other saw it; so did Mr Less".into(), by });
    let leads = vec![PartyChoice::New("Dee Marsh (ACC)".into()), PartyChoice::New("Head of Care (ACC)".into())];
    act(&mut desk, &Intent::Assign { action, leads });
    let written = Env { author: "Eve Writer".into(), ..env() };
    desk.write(&Intent::Rate { action, rating: Some("Red".into()), note: Some("for Eve Writer".into()) }, &written)
        .unwrap();
    let names = ["Ann Other", "Bo Less", "Cy Less", "Mr Less", "Dee Marsh", "Eve Writer"];
    let shown = Options { names: Names::Shown, ..options() };
    let redacted = Options { names: Names::Redacted, ..options() };
    assert!(names.iter().all(|name| all_text(&bytes(&desk, "plan", "txt", &shown)).contains(name)
        || all_text(&bytes(&desk, "audit", "txt", &shown)).contains(name)
        || all_text(&bytes(&desk, "minutes", "txt", &shown)).contains(name)));
    for report in REPORTS {
        for format in FORMATS {
            let text = all_text(&bytes(&desk, report.name, format.name, &redacted));
            for name in names {
                assert!(
                    !text.to_lowercase().contains(&name.to_lowercase()),
                    "{name} in {} as {}",
                    report.name,
                    format.name
                );
            }
        }
    }
    let plan = text_as(&desk, "plan", "txt", &redacted);
    assert!(plan.contains("Head of Care (ACC)") && plan.contains("D.M.") && plan.contains("C.L."), "{plan}");
}

#[test]
fn every_report_counts_the_same() {
    let mut desks = vec![demo(), two_plans()];
    desks.extend(["adult-c.docx", "dhrs4.docx"].iter().filter_map(|name| published(name)));
    for desk in desks {
        let (register, today) = (desk.register(), env().today);
        let all: Vec<&Action> = register.visible_actions().collect();
        let tally = query::tally(register, all.iter().copied(), today, None);
        let done = all.iter().filter(|action| query::is_done(register, action)).count();
        assert_eq!(document(&desk, "plan", "", &options()).actions.len(), tally.actions);
        assert_eq!(document(&desk, "overdue", "", &options()).actions.len(), tally.overdue);
        let exceptions = document(&desk, "exceptions", "", &options()).data.unwrap();
        let count = |part: &str| usize::try_from(exceptions[part]["count"].as_u64().unwrap()).unwrap();
        assert_eq!((count("live"), count("outstanding")), (tally.actions - done, tally.overdue));
        let dashboard: serde_json::Value = serde_json::from_str(&text(&desk, "dashboard", "json")).unwrap();
        let blocks = dashboard["blocks"].as_array().unwrap().iter();
        let by_plan = blocks.filter_map(|block| block["rows"].as_array()).find(|rows| rows[0].get("Plan").is_some());
        let own = by_plan.unwrap().iter().filter(|row| row["Plan"] != "All plans");
        let sum = |column: &str| {
            own.clone().map(|row| row[column].as_str().unwrap().parse::<usize>().unwrap()).sum::<usize>()
        };
        assert_eq!((sum("Actions"), sum("Overdue")), (tally.actions, tally.overdue));
        let annual = rows(&document(&desk, "annual", "", &options()));
        let sum = |column: usize| {
            annual.iter().filter(|row| row.len() == 7).map(|row| row[column].parse::<usize>().unwrap()).sum::<usize>()
        };
        assert_eq!((sum(3), sum(4), sum(5)), (tally.actions, done, tally.overdue));
    }
}

#[test]
fn minutes_tell_the_record_as_the_meeting_left_it() {
    let mut desk = met();
    let before = text(&desk, "minutes", "md");
    let item = action(desk.register(), "2.1");
    act(&mut desk, &Intent::Reword { action: item, text: "Something else".into() });
    act(&mut desk, &Intent::Assign { action: item, leads: vec![PartyChoice::New("Larkfield Fire Service".into())] });
    act(&mut desk, &Intent::Retarget { action: item, dates: Vec::new(), reason: "later".into() });
    assert_eq!(text(&desk, "minutes", "md"), before);
}

/// What somebody else changed while the meeting was open belongs to it, but nobody may read that it was discussed.
#[test]
fn what_was_only_changed_meanwhile_is_not_said_to_have_been_discussed() {
    let mut desk = met();
    let meeting = desk.register().meetings[0].id;
    act(&mut desk, &Intent::ReopenMeeting { meeting });
    let other = action(desk.register(), "1.1");
    act(&mut desk, &Intent::Progress { action: other, date: None, text: "Sent in by mail".into(), by: None });
    let minutes = text(&desk, "minutes", "md");
    let (discussed, rest) = minutes.split_once("## Also changed while the meeting was open").unwrap();
    assert!(discussed.contains("Rating Amber → Green") && !discussed.contains("Sent in by mail"), "{minutes}");
    assert!(rest.contains("Sent in by mail"), "{minutes}");
}

#[test]
fn minutes_for_programs_hold_the_meeting_and_a_filter_is_refused() {
    let desk = met();
    let minutes: serde_json::Value = serde_json::from_str(&text(&desk, "minutes", "json")).unwrap();
    assert_eq!(minutes["meeting"]["body"], "POS");
    assert_eq!(minutes["attendance"][1]["attendance"], "apologies");
    assert_eq!(minutes["items"][0]["points"][0], "Rating Amber → Green");
    assert_eq!(minutes["decisions"][0]["ref"], "2.1");
    assert_eq!(minutes["carried_forward"][0]["why"], "nobody from the police");
    assert_eq!(minutes["not_reached"][0], "8.2");
    // Formats that hold only tables say what was said of each item too.
    let table = text(&desk, "minutes", "csv");
    assert!(table.contains("Discussion") && table.contains("Rating Amber → Green"), "{table}");
    let (told, today, log) = (desk.log().unwrap(), env().today, desk.store().log().unwrap());
    let filter = Filter::parse("overdue", desk.register(), today).unwrap();
    let options = options();
    let material =
        Material { register: desk.register(), log: &log, told: &told, today, filter: &filter, options: &options };
    let problem = Report::named("minutes").unwrap().document(&material).unwrap_err().to_string();
    assert!(problem.contains("minutes cover the whole meeting"), "{problem}");
}

#[test]
fn what_is_written_after_the_end_is_a_correction() {
    let mut desk = met();
    let meeting = desk.register().meetings[0].id;
    let item = action(desk.register(), "8.2");
    act(&mut desk, &Intent::ReopenMeeting { meeting });
    act(&mut desk, &Intent::Rate { action: item, rating: Some("Amber".into()), note: None });
    let minutes = text(&desk, "minutes", "md");
    assert!(minutes.contains("- Correction of 21 Nov 2026: Rating Red → Amber"), "{minutes}");
    assert_eq!(minutes.matches("Correction").count(), 1);
}

#[test]
fn plain_text_fits_a_hundred_columns() {
    let desk = met();
    for report in REPORTS {
        for line in text(&desk, report.name, "txt").lines() {
            assert!(arising::text::width(line) <= 100, "{}: {line}", report.name);
        }
    }
}

#[test]
fn every_report_reads_as_it_should() {
    let desk = met();
    snapshot("reports", "report_minutes", &text(&desk, "minutes", "txt"));
    snapshot("reports", "report_overdue", &text(&desk, "overdue", "txt"));
    snapshot("reports", "report_exceptions", &text(&desk, "exceptions", "md"));
    snapshot("reports", "report_dashboard", &text(&desk, "dashboard", "txt"));
    snapshot("reports", "report_annual", &text(&desk, "annual", "csv"));
    snapshot("reports", "report_agency", &text(&desk, "agency", "csv"));
    snapshot("reports", "report_audit", &text(&desk, "audit", "txt"));
    snapshot("reports", "report_plan", &text(&desk, "plan", "md"));
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut found = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut found).unwrap();
    found
}

#[test]
fn the_command_writes_whole_files_and_says_why_it_cannot() {
    let desk = crate::kit::desk::Desk::with_plans();
    let said = desk.run(&["report", "plan", "--format", "docx"]);
    assert!(said.code == 1 && said.err.contains("-o FILE"), "{said:?}");
    let said = desk.run(&["report", "plan", "--format", "docx", "-o", "missing/plan.docx"]);
    assert!(said.code == 1 && said.err.contains("there is no folder missing"), "{said:?}");
    std::fs::write(desk.path("plan.docx"), "old").unwrap();
    desk.run(&["report", "plan", "--format", "docx", "-o", "plan.docx"]).expect_done();
    assert!(std::fs::read(desk.path("plan.docx")).unwrap().starts_with(b"PK"));
    let said = desk.run(&["report", "agency"]);
    assert!(said.code == 1 && said.err.contains("party:NAME"), "{said:?}");
    let (listed, reported) =
        (desk.json(&["list", "overdue", "--json"]), desk.json(&["report", "overdue", "--format", "json"]));
    assert_eq!(listed.as_array().unwrap().len(), reported.as_array().unwrap().len());
}

/// The demonstration with a second plan beside it.
fn two_plans() -> Desk {
    let mut desk = demo();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/adult-m.txt");
    let options = import::Options { today: env().today, ..import::Options::default() };
    let draft = import::read("adult-m.txt", &std::fs::read(path).unwrap(), &options).unwrap();
    let found = intake::compare(&desk, &draft, "adult-m").unwrap();
    intake::take_in(&mut desk, &found, "adult-m.txt", &env()).unwrap();
    let plan = desk.register().visible_plans().find(|plan| plan.slug() == "adult-m").unwrap();
    let action = desk.register().actions_of(plan).last().unwrap().id;
    act(&mut desk, &Intent::Assign { action, leads: vec![PartyChoice::New("ACC".into())] });
    desk
}

/// The same zip with one part changed.
fn with_part(bytes: &[u8], name: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let mut file = from.by_index(at).unwrap();
        let (mut content, own) = (Vec::new(), file.name().unwrap().into_owned());
        file.read_to_end(&mut content).unwrap();
        if own == name {
            content = change(String::from_utf8(content).unwrap()).into_bytes();
        }
        to.start_file(own, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut to, &content).unwrap();
    }
    to.finish().unwrap().into_inner()
}

/// Reads a return and takes it in; what was not taken.
fn returned(desk: &mut Desk, name: &str, bytes: &[u8]) -> Vec<String> {
    let options = import::Options { today: env().today, ..import::Options::default() };
    let draft = import::read(name, bytes, &options).unwrap();
    let found = intake::compare(desk, &draft, "return").unwrap();
    intake::take_in(desk, &found, name, &env()).unwrap();
    found.unplaced
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
    let references: Vec<String> = rows(&paper).into_iter().map(|row| row[0].clone()).collect();
    let empty = "<w:p><w:pPr><w:pStyle w:val=\"TableText\"/></w:pPr></w:p></w:tc></w:tr>";
    let (first, last) = (references.first().unwrap().clone(), references.last().unwrap().clone());
    let word = Format::named("docx").unwrap().render(&paper).unwrap();
    let filled = with_part(&word, "word/document.xml", |xml| {
        let answer = |words: &str| format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc></w:tr>");
        let (head, tail) = xml.rsplit_once(empty).unwrap();
        format!(
            "{}{}{tail}",
            head.replacen(empty, &answer("The list is complete."), 1),
            answer("12 Nov 2026: Signed by all.")
        )
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
    let all = rows(&paper);
    let csv = String::from_utf8(Format::named("csv").unwrap().render(&paper).unwrap()).unwrap();
    let mut lines: Vec<String> = csv.split("\r\n").map(ToOwned::to_owned).collect();
    let answered = |line: &str, rating: &str, words: &str| {
        format!("{}\"{rating}\",\"{words}\"", line.strip_suffix("\"\",\"\"").unwrap())
    };
    lines[1] = answered(&lines[1], "r", "'-we ask for more time");
    lines[2] = answered(&lines[2], "purple", "");
    lines[3] = answered(&lines[3], "", "who?").replace(&all[2][0], "nowhere:9.9").replace(&all[2][2], "Something else");
    let left = returned(&mut desk, "return.csv", lines.join("\r\n").as_bytes());
    let (said, by, rating) = last_said(&desk, &all[0][0]);
    assert_eq!((said.as_str(), by.as_str(), rating.as_str()), ("2026-11-21 -we ask for more time", "ACC", "Red"));
    assert!(left.len() == 2 && left[0].contains("purple") && left[1].contains("nowhere:9.9"), "{left:?}");
}

/// The cells of all tables of a report.
fn rows(document: &report::document::Document) -> Vec<Vec<String>> {
    let sheets = document.sheets();
    let tables = sheets.iter().flatten().map(|(_, table)| table);
    let all = tables.flat_map(|table| &table.rows);
    all.map(|row| row.iter().map(|cell| cell.text.clone()).collect()).collect()
}

#[test]
fn a_return_without_answers_proposes_nothing_and_is_no_plan() {
    let mut desk = two_plans();
    let before = desk.register().clone();
    for format in ["docx", "csv", "xlsx", "md"] {
        let bytes = bytes(&desk, "agency", format, &options());
        assert!(returned(&mut desk, &format!("return.{format}"), &bytes).is_empty(), "{format}");
        assert_eq!(desk.register(), &before, "{format}");
    }
}

#[cfg(unix)]
#[test]
fn a_report_gets_the_usual_permissions_and_what_cannot_be_written_stays_as_it_was() {
    use std::os::unix::fs::PermissionsExt;
    let desk = crate::kit::desk::Desk::with_plans();
    let write = |name: &str| desk.run(&["report", "overdue", "--format", "txt", "-o", name]);
    let mode = |name: &str| std::fs::metadata(desk.path(name)).unwrap().permissions().mode() & 0o777;
    std::fs::write(desk.path("usual"), "").unwrap();
    write("new.txt").expect_done();
    assert_eq!(mode("new.txt"), mode("usual"));
    std::fs::set_permissions(desk.path("new.txt"), std::fs::Permissions::from_mode(0o640)).unwrap();
    write("new.txt").expect_done();
    assert_eq!(mode("new.txt"), 0o640);
    std::fs::write(desk.path("old.txt"), "old").unwrap();
    std::fs::set_permissions(desk.path("old.txt"), std::fs::Permissions::from_mode(0o444)).unwrap();
    let said = write("old.txt");
    assert!(said.code == 1 && said.err.contains("read-only"), "{said:?}");
    std::fs::create_dir(desk.path("folder")).unwrap();
    assert!(write("folder").err.contains("it is a folder"));
    std::fs::write(desk.path("open.txt"), "old").unwrap();
    std::fs::write(desk.path(".~lock.open.txt#"), "").unwrap();
    assert!(write("open.txt").err.contains("open in another program"));
    for name in ["old.txt", "open.txt"] {
        assert_eq!(std::fs::read_to_string(desk.path(name)).unwrap(), "old");
    }
}

#[test]
fn minutes_are_written_by_the_command_of_meetings_too() {
    let desk = crate::kit::desk::Desk::with_plans();
    desk.run(&["meeting", "start", "OPS", "--chair", "Pat Lee, Independent Chair", "--present", "CFT=Bo Less"])
        .expect_done();
    desk.run(&["meeting", "end"]).expect_done();
    let (one, other) = (desk.run(&["meeting", "minutes", "OPS"]), desk.run(&["report", "minutes", "--meeting", "OPS"]));
    assert_eq!((one.code, &one.out), (0, &other.out));
    assert!(one.out.contains("Minutes: OPS") && one.out.contains("Bo Less"));
    let redacted = desk.run(&["meeting", "minutes", "--redact"]).out;
    assert!(redacted.contains("Independent Chair") && !redacted.contains("Pat Lee") && !redacted.contains("Bo Less"));
    let minutes = desk.json(&["meeting", "minutes", "--format", "json"]);
    assert_eq!(minutes["meeting"]["stage"], "ended");
    let refused = desk.run(&["report", "minutes", "overdue"]);
    assert!(refused.code == 1 && refused.err.contains("whole meeting"), "{refused:?}");
}

//! The exception report: what it calls completed, and what is an extension request.

use super::*;

fn counts(desk: &Desk, options: &Options) -> serde_json::Value {
    document(desk, "exceptions", "", options).data.unwrap()
}

#[test]
fn completed_means_what_the_annual_report_means() {
    for mut desk in [demo(), two_plans()] {
        let item = action(desk.register(), "8.2");
        act(&mut desk, &Intent::Abandon { action: item, reason: "The ward closed".into() });
        let annual = rows(&document(&desk, "annual", "", &options()));
        let done: usize = annual.iter().filter(|row| row.len() == 7).map(|row| row[4].parse::<usize>().unwrap()).sum();
        // Since before anything was recorded: whatever has no day of its own came later than that.
        let exceptions = counts(&desk, &options());
        let since = exceptions["since"].is_null();
        assert!(since, "no meeting is recorded");
        assert_eq!(exceptions["completed"]["count"], done);
        let dashboard = document(&desk, "dashboard", "", &options());
        let heading = format!("Completed to date: {done} actions");
        assert!(dashboard.texts().any(|text| text == heading), "no “{heading}”");
        assert_eq!(exceptions["not_implemented"]["count"], 1, "what was given up is not completed");
        assert!(text(&desk, "exceptions", "md").contains("The ward closed"));
    }
}

#[test]
fn what_was_done_already_as_it_was_imported_is_not_completed_since_the_last_meeting() {
    let mut desk = demo();
    let tomorrow = Options { since: env().today.succ_opt(), ..options() };
    assert_eq!(counts(&desk, &tomorrow)["completed"]["count"], 0);
    let item = action(desk.register(), "8.2");
    act(&mut desk, &Intent::Rate { action: item, rating: Some("Green".into()), note: None });
    let today = Options { since: Some(env().today), ..options() };
    let completed = counts(&desk, &today)["completed"].clone();
    assert!(completed["actions"].as_array().unwrap().iter().any(|one| one["ref"] == "8.2"), "{completed}");
    act(&mut desk, &Intent::Rate { action: item, rating: Some("Blue".into()), note: None });
    assert_eq!(counts(&desk, &today)["completed"]["count"], 0, "from one settled rating to another is no completion");
}

const PLAN: &str = "No,Action,Lead,Target date,RAG,Progress\n\
1,Mend the lamps on the north steps,Harbour Office,31/01/2027,Red,\n\
2,Train the ferry crews in rescue,Pier Trust,31/05/2027,Amber,\n";

#[test]
fn a_date_that_differs_in_a_newer_document_is_no_extension_request_and_a_live_request_is_one() {
    let desk = crate::kit::desk::Desk::empty();
    std::fs::write(desk.path("quay.csv"), PLAN).unwrap();
    desk.run(&["import", "quay.csv"]).expect_done();
    std::fs::write(desk.path("quay.csv"), PLAN.replace("31/05/2027", "31/08/2027")).unwrap();
    desk.run(&["import", "quay.csv"]).expect_done();
    let request = ["target", "1", "28 Feb 2027", "--request", "--by", "Harbour Office", "--reason", "Frost"];
    desk.run(&request).expect_done();
    let report = desk.json(&["report", "exceptions", "--format", "json"]);
    let references = |part: &str| -> Vec<String> {
        let all = report[part]["actions"].as_array().unwrap().iter();
        all.map(|one| one["ref"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(references("extensions"), ["1"], "{report}");
    assert_eq!(references("moved"), ["2"], "{report}");
    let page = desk.run(&["report", "exceptions"]).expect_done().out;
    let (_, requests) = page.split_once("## Extension requests: 1 action").unwrap();
    let requests = requests.split("\n## ").next().unwrap();
    assert!(requests.contains("Requested to 28 Feb 2027 (Harbour Office): Frost") && !requests.contains("ferry"));
}

#[test]
fn each_sheet_of_a_workbook_says_what_it_holds_and_both_findings_that_an_action_answers() {
    let mut desk = demo();
    let item = action(desk.register(), "8.2");
    act(&mut desk, &Intent::Rate { action: item, rating: Some("Green".into()), note: None });
    let book = bytes(&desk, "exceptions", "xlsx", &options());
    let words = super::unpacked(&book);
    for title in
        ["Exception report: Completed", "Exception report: Targets moved", "Exception report: Outstanding: past"]
    {
        assert!(words.contains(title), "no “{title}”");
    }
    assert!(part(&book, "xl/workbook.xml").contains("name=\"Completed\""), "{}", part(&book, "xl/workbook.xml"));
    for report in REPORTS.iter().filter(|report| report.name != "calendar" && report.name != "changes") {
        let document =
            document(&met(), report.name, if report.name == "agency" { "party:ACC" } else { "" }, &options());
        let book = Format::named("xlsx").unwrap().render(&document).unwrap();
        let first = part(&book, "xl/worksheets/sheet1.xml");
        assert!(first.contains("<c r=\"A1\""), "{} has no title row", report.name);
        assert!(super::unpacked(&book).contains(&document.title), "{}", report.name);
    }
    let two = crate::kit::desk::Desk::with_plans();
    assert_eq!(two.action("adult-m:1.1")["findings"], serde_json::json!(["1", "2"]));
    two.run(&["report", "plan", "plan:adult-m", "--format", "xlsx", "-o", "two.xlsx"]).expect_done();
    let book = super::unpacked(&std::fs::read(two.path("two.xlsx")).unwrap());
    assert!(book.contains("Finding 1 and Finding 2"), "{book}");
}

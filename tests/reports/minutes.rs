//! The minutes of a meeting.

use super::*;

#[test]
fn minutes_show_the_record_as_at_the_end_of_the_meeting() {
    let mut desk = met();
    let before = text(&desk, "minutes", "md");
    let item = action(desk.register(), "2.1");
    act(&mut desk, &Intent::Reword { action: item, text: "Something else".into() });
    act(&mut desk, &Intent::Assign { action: item, leads: vec![PartyChoice::New("Larkfield Fire Service".into())] });
    act(&mut desk, &Intent::Retarget { action: item, dates: Vec::new(), reason: "later".into() });
    assert_eq!(text(&desk, "minutes", "md"), before);
}

/// What another user changed while the meeting was open belongs to it, but must not be shown as discussed.
#[test]
fn changes_outside_the_discussion_are_listed_separately() {
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

/// What the minutes say in every format, unpacked, on one line.
fn said_in(desk: &Desk, report: &str, format: &str) -> String {
    let bytes = bytes(desk, report, format, &options());
    super::unpacked(&bytes).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn no_words_of_an_item_are_cut_and_its_plan_is_named_once() {
    let desk = met();
    let item = desk.register().action(action(desk.register(), "1.2")).unwrap();
    assert!(item.text().chars().count() > 120, "a long one: {}", item.text());
    for format in ["docx", "xlsx", "html", "csv", "txt", "md", "json"] {
        let said = said_in(&desk, "minutes", format);
        for words in item.text().lines().map(|line| line.trim_start_matches(['•', ' ', '-'])) {
            assert!(said.contains(words), "“{words}” is not in the {format}: {said}");
        }
        assert!(!said.contains('…'), "{format}: {said}");
    }
    let minutes = text(&desk, "minutes", "md");
    let plan = desk.register().visible_plans().next().unwrap().title();
    assert_eq!(minutes.matches(plan).count(), 1, "{minutes}");
}

#[test]
fn minutes_about_several_plans_name_each_beside_its_rows_and_in_no_reference() {
    let mut desk = two_plans();
    let of = |desk: &Desk, slug: &str| {
        let plan = desk.register().visible_plans().find(|plan| plan.slug() == slug).unwrap();
        desk.register().actions_of(plan).map(|action| action.id).take(2).collect::<Vec<Id>>()
    };
    let items = [of(&desk, "riverside"), of(&desk, "adult-m")].concat();
    let begin = Begin {
        body: PartyChoice::New("POS".into()),
        day: env().today,
        chair: String::new(),
        attendance: Vec::new(),
        agenda: Agenda { rules: vec![AgendaRule::Everything], items: items.clone(), of: None },
        next: None,
    };
    act(&mut desk, &Intent::BeginMeeting(begin));
    for action in &items {
        act(&mut desk, &Intent::Decide { action: Some(*action), text: "ACC to report by 31 January 2027".into() });
    }
    let minutes = text(&desk, "minutes", "md");
    assert!(!minutes.contains("riverside:") && !minutes.contains("adult-m:"), "{minutes}");
    let titles: Vec<String> = desk.register().visible_plans().map(|plan| plan.title().to_owned()).collect();
    let (discussed, _) = minutes.split_once("## Decisions").unwrap();
    for title in &titles {
        assert_eq!(discussed.matches(&format!("### {title}\n")).count(), 1, "{minutes}");
    }
    let table = document(&desk, "minutes", "", &options());
    let tasks = rows(&table).into_iter().filter(|row| row.last().is_some_and(|why| why == "decision"));
    let plans: Vec<String> = tasks.map(|row| row[0].clone()).collect();
    assert_eq!(plans.len(), 4);
    assert!(titles.iter().all(|title| plans.contains(title)), "{plans:?}");
}

#[test]
fn a_decision_that_names_an_owner_and_a_date_is_in_the_list_of_actions() {
    let mut desk = met();
    let meeting = desk.register().meetings[0].id;
    act(&mut desk, &Intent::ReopenMeeting { meeting });
    let item = action(desk.register(), "4.1");
    let text_of = "AFRS to bring the figures by 31 January 2027";
    act(&mut desk, &Intent::Decide { action: Some(item), text: text_of.into() });
    act(&mut desk, &Intent::Decide { action: None, text: "The report was welcomed".into() });
    let minutes: serde_json::Value = serde_json::from_str(&text(&desk, "minutes", "json")).unwrap();
    let tasks: Vec<[&str; 5]> = minutes["actions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|task| ["ref", "action", "owner", "by", "new"].map(|key| task[key].as_str().unwrap()))
        .collect();
    assert!(tasks.contains(&["2.1", "Bo Less to write to the lawyers", "Bo Less", "", "decision"]), "{tasks:?}");
    let [.., last] = tasks[..] else { panic!("no tasks") };
    assert_eq!(last[..4], ["4.1", text_of, "AFRS", "31 Jan 2027"]);
    assert!(last[4].starts_with("Correction of"), "{last:?}");
    assert!(!text(&desk, "minutes", "md").split("## Actions and owners").nth(1).unwrap().contains("welcomed"));
}

#[test]
fn what_was_not_reached_is_listed_with_its_words() {
    let desk = met();
    let missed = desk.register().action(action(desk.register(), "8.2")).unwrap().text();
    for format in ["md", "csv"] {
        let minutes = text(&desk, "minutes", format);
        assert!(minutes.contains(missed), "{minutes}");
    }
    let minutes = text(&desk, "minutes", "md");
    let (_, rest) = minutes.split_once("## On the agenda but not reached").unwrap();
    assert!(rest.contains(&format!("| 8.2 | {missed} |")), "{rest}");
}

#[test]
fn each_attendee_has_a_page_with_what_they_are_to_do_by_when() {
    let mut desk = met();
    let meeting = desk.register().meetings[0].id;
    act(&mut desk, &Intent::ReopenMeeting { meeting });
    act(&mut desk, &Intent::Decide { action: None, text: "VCHT to send the leaflet by 31 January 2027".into() });
    let lists = text(&desk, "actions", "md");
    let page = |name: &str| {
        let (_, rest) = lists.split_once(&format!("## {name}")).unwrap_or_else(|| panic!("no page of {name}: {lists}"));
        rest.split("\n## ").next().unwrap().to_owned()
    };
    assert!(page("Bo Less, POS (apologies)").contains("Bo Less to write to the lawyers"), "{lists}");
    let own = page("VCHT");
    assert!(own.contains("VCHT to send the leaflet") && own.contains("31 Jan 2027"), "{lists}");
    assert!(!own.contains("lawyers"), "only what is theirs: {own}");
    assert!(lists.contains("Nothing to do from this meeting") && lists.contains("Ann Other, POS (present)"), "{lists}");
    let word = part(&bytes(&desk, "actions", "docx", &options()), "word/document.xml");
    assert!(word.matches("w:type=\"page\"").count() + word.matches("pageBreakBefore").count() > 0, "a page each");
    let data: serde_json::Value = serde_json::from_str(&text(&desk, "actions", "json")).unwrap();
    assert_eq!(data["meeting"]["body"], "POS");
    assert!(data["lists"].as_array().unwrap().iter().any(|list| list["to_do"][0]["by"] == "31 Jan 2027"), "{data}");
}

#[test]
fn what_meetings_said_of_an_action_is_shown_with_it_and_in_its_history() {
    let desk = crate::kit::desk::Desk::with_plans();
    let decision =
        "The police to bring the first month's figures of the new model, and what they show of repeat cases, to us";
    desk.run(&["meeting", "start", "OPS", "--agenda", "ref:adult-m:1.1"]).expect_done();
    desk.run(&["meeting", "discuss", "adult-m:1.1"]).expect_done();
    desk.run(&["meeting", "decide", decision, "--about", "adult-m:1.1"]).expect_done();
    desk.run(&["meeting", "end"]).expect_done();
    let shown = desk.run(&["show", "adult-m:1.1"]).expect_done().out;
    let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        shown.contains(&format!("Minutes 2026-09-12 OPS: discussed 2026-09-12 OPS: decided: {decision}")),
        "{shown}"
    );
    let (_, history) = shown.split_once("History").unwrap();
    assert!(history.contains(&format!("decided: “{decision}” (Ann Other; meeting of OPS, 12 Sep 2026)")), "{shown}");
    let log = desk.json(&["log", "ref:adult-m:1.1", "--json"]);
    let last = log.as_array().unwrap().last().unwrap();
    assert_eq!((last["what"].as_str(), last["to"].as_str()), (Some("minute"), Some(decision)));
}

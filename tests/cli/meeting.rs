//! A meeting from scripts: what belongs to it, and what the list of meetings says.

use crate::kit::desk::{Desk, fixture};
use serde_json::{Value, json};

fn desk() -> Desk {
    let desk = Desk::empty();
    desk.run(&["import", &fixture("review/harbour.csv")]).expect_done();
    desk
}

fn read(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn changes_made_while_a_meeting_is_open_belong_to_it() {
    let desk = desk();
    let start = ["meeting", "start", "Practice Group", "--chair", "A. Chair", "--present", "Harbour Police=B. Officer"];
    let said =
        desk.run(&[&start[..], &["--apologies", "HBFT", "--agenda", "everything", "--next", "2027-02-01"]].concat());
    let said = said.expect_done();
    assert!(said.out.contains("saved: meeting of Practice Group"), "{}", said.out);
    assert!(said.out.contains("agenda, 6 items"), "{}", said.out);
    desk.run(&["rate", "1.1", "green"]).expect_done();
    desk.run(&["meeting", "discuss", "1.1"]).expect_done();
    desk.run(&["meeting", "carry", "1.2", "--reason", "No report"]).expect_done();
    desk.run(&["meeting", "decide", "Write to the chief", "--about", "3.1"]).expect_done();
    let open = read(&desk.run(&["meetings", "--json"]).expect_done().out);
    assert_eq!((&open[0]["stage"], &open[0]["discussed"], &open[0]["agenda"]), (&json!("open"), &json!(3), &json!(6)));
    desk.run(&["meeting", "end"]).expect_done();
    desk.run(&["rate", "1.2", "amber"]).expect_done();
    let log = read(&desk.run(&["log", "--json"]).expect_done().out);
    let of_meeting = |what: &str| {
        let lines = log.as_array().unwrap().iter();
        lines
            .filter(|line| line["sentence"].as_str().unwrap().contains(what))
            .map(|line| !line["meeting"].is_null())
            .collect()
    };
    let (inside, after): (Vec<bool>, Vec<bool>) = (of_meeting("1.1 Amber → Green"), of_meeting("1.2 Red → Amber"));
    assert_eq!((inside, after), (vec![true], vec![false]));
    let again = desk.run(&["meeting", "end"]);
    assert!(again.err.contains("No meeting is open"), "{}", again.err);
}

#[test]
fn what_was_carried_or_not_reached_stays_until_it_is_dealt_with() {
    let desk = desk();
    let start = |day: &str| {
        let rules = ["meeting", "start", "Practice Group", "--agenda", "rec:1", "--on", day];
        desk.run(&rules).expect_done().out
    };
    let end = |options: &[&str]| desk.run(&[&["meeting", "end"], options].concat()).expect_done().out;
    let minutes = || desk.run(&["meeting", "minutes"]).expect_done().out;
    // The first meeting carries one item and does not reach the other.
    let said = start("2026-05-28");
    assert!(said.contains("agenda, 2 items"), "{said}");
    desk.run(&["meeting", "carry", "1.1", "--reason", "No report"]).expect_done();
    let said = end(&[]);
    assert!(said.contains("on the next agenda: 1.2 (carried once since 28 May 2026)"), "{said}");
    let first = minutes();
    assert_eq!(first.matches("1.1").count(), 1, "an item is named once: {first}");
    assert!(first.contains("On the agenda but not reached"), "{first}");
    // The second, with other rules, has both again; one is taken as read.
    let second = ["meeting", "start", "Practice Group", "--agenda", "ref:3.1", "--on", "2026-07-02"];
    let said = desk.run(&second).expect_done().out;
    assert!(said.contains("agenda, 3 items"), "{said}");
    assert!(said.contains("1.1 (carried once since 28 May 2026)"), "{said}");
    assert!(desk.run(&["meeting", "as-read", "1.2", " "]).err.contains("there is no reason"));
    desk.run(&["meeting", "as-read", "1.2", "Paper circulated"]).expect_done();
    desk.run(&["meeting", "discuss", "3.1"]).expect_done();
    end(&["--carry", "--reason", "Out of time"]);
    let text = minutes();
    assert!(text.contains("Out of time; carried twice since 28 May 2026"), "{text}");
    assert!(text.contains("Taken as read, with a word") && text.contains("Paper circulated"), "{text}");
    // What was taken as read is done with; the other is carried a third time, then discussed.
    let third = ["meeting", "start", "Practice Group", "--agenda", "ref:3.1", "--on", "2026-08-20"];
    let said = desk.run(&third).expect_done().out;
    assert!(said.contains("agenda, 2 items") && said.contains("carried twice since 28 May 2026"), "{said}");
    end(&[]);
    assert!(minutes().contains("| carried 3 times since 28 May 2026 |"), "{}", minutes());
    let fourth = ["meeting", "start", "Practice Group", "--agenda", "ref:3.1"];
    let said = desk.run(&fourth).expect_done().out;
    assert!(said.contains("carried 3 times since 28 May 2026"), "{said}");
    desk.run(&["rate", "1.1", "green"]).expect_done();
    end(&["--as-read", "Reports circulated"]);
    assert!(
        desk.run(&["meeting", "start", "Practice Group", "--agenda", "ref:3.1"]).expect_done().out.contains("1 item")
    );
}

#[test]
fn ending_with_items_carried_is_one_step_and_one_undo() {
    let desk = desk();
    desk.run(&["meeting", "start", "Practice Group", "--agenda", "everything"]).expect_done();
    desk.run(&["rate", "1.1", "green"]).expect_done();
    desk.run(&["meeting", "end", "--carry"]).expect_done();
    desk.run(&["undo"]).expect_done();
    let open = read(&desk.run(&["meetings", "--json"]).expect_done().out);
    assert_eq!((&open[0]["stage"], &open[0]["discussed"]), (&json!("open"), &json!(1)), "what was rated counts");
    // What is undone was not reached.
    desk.run(&["undo"]).expect_done();
    let open = read(&desk.run(&["meetings", "--json"]).expect_done().out);
    assert_eq!(open[0]["discussed"], json!(0));
    let said = desk.run(&["meeting", "end"]).expect_done().out;
    assert!(said.contains("on the next agenda: 1.1 (carried once"), "{said}");
}

#[test]
fn what_is_counted_as_discussed_is_what_the_minutes_list() {
    let desk = desk();
    desk.run(&["meeting", "start", "Practice Group", "--agenda", "everything"]).expect_done();
    desk.run(&["rate", "1.1", "green"]).expect_done();
    desk.run(&["progress", "1.2", "Heard from the ward"]).expect_done();
    desk.run(&["meeting", "end"]).expect_done();
    assert!(desk.run(&["meetings"]).expect_done().out.contains("6 items, 2 discussed"));
    let minutes = desk.run(&["report", "minutes"]).expect_done().out;
    let discussed = minutes.split("Matters discussed").nth(1).and_then(|rest| rest.split("Not reached").next());
    assert!(discussed.is_some_and(|part| part.contains("1.1") && part.contains("1.2")), "{minutes}");
}

#[test]
fn a_mistyped_rule_is_asked_about_and_starts_nothing() {
    let desk = desk();
    let start = |rule: &str| desk.run(&["meeting", "start", "Practice Group", "--agenda", rule]);
    start("overdeu").expect_refused(&["“overdeu” is no rule, and no action contains it", "Did you mean “overdue”?"]);
    start("zzz").expect_refused(&["“zzz” is no rule", "Write any of overdue, changed"]);
    assert_eq!(read(&desk.run(&["meetings", "--json"]).expect_done().out), json!([]));
    // A filter that finds nothing today may find something next time.
    start("rating:blue").expect_done();
}

#[test]
fn an_agenda_says_whose_actions_it_draws_on_and_what_it_leaves_out() {
    let desk = desk();
    let begin = |body: &str, more: &[&str]| {
        let said = desk.run(&[&["meeting", "start", body, "--agenda", "everything"], more].concat());
        desk.run(&["undo"]).expect_done();
        said.expect_done().out
    };
    let own = begin("HBFT", &[]);
    assert!(own.contains("from the actions of this body:") && own.contains("left out, though the rules"), "{own}");
    let all = begin("HBFT", &["--of", "all"]);
    assert!(all.contains("agenda, 6 items, from the actions of all:") && !all.contains("left out"), "{all}");
    let plan = begin("HBFT", &["--of", "this plan"]);
    assert!(plan.contains("agenda, 6 items, from the actions of harbour:"), "{plan}");
    assert!(begin("Harbour Safeguarding Board", &[]).contains("agenda, 6 items, from the actions of all:"));
    let wrong = desk.run(&["meeting", "start", "HBFT", "--of", "nobody"]);
    assert!(wrong.err.contains("“nobody” does not say whose actions"), "{}", wrong.err);
}

#[test]
fn a_board_a_subgroup_and_a_new_body_each_get_the_agenda_that_is_said() {
    let desk = Desk::with_plans();
    let total = desk.references(&[]).len();
    let begin = |body: &str, more: &[&str]| {
        let said = desk.run(&[&["meeting", "start", body, "--agenda", "everything"], more].concat()).expect_done().out;
        let open = read(&desk.run(&["meetings", "--json"]).expect_done().out);
        let items = usize::try_from(open[0]["agenda"].as_u64().unwrap()).unwrap();
        desk.run(&["undo"]).expect_done();
        assert!(said.contains(&format!("agenda, {items} item")), "{said}");
        assert!(said.contains(&format!("not on this agenda: {}", total - items)), "{said}");
        let left = said.split("the rules select them: ").nth(1).and_then(|rest| rest.split(' ').next());
        (items, left.map_or(0, |left| left.parse::<usize>().unwrap()))
    };
    assert_eq!(begin("SAB", &[]), (total, 0), "a board reviews all of its plans");
    let own = desk.references(&["party:\"PQA Subgroup\""]).len();
    assert!(own > 0 && own < total);
    assert_eq!(begin("PQA Subgroup", &[]), (own, total - own));
    assert_eq!(begin("PQA Subgroup", &["--of", "all"]), (total, 0));
    let plan = desk.references(&["plan:adult-m"]).len();
    assert_eq!(begin("PQA Subgroup", &["--of", "adult-m"]), (plan, total - plan));
    assert_eq!(begin("Entirely New Panel", &[]), (total, 0));
}

#[test]
fn reports_carry_the_plans_marking_unless_another_is_given() {
    let desk = desk();
    let headed = |marking: &[&str]| {
        let report = desk.run(&[&["report", "plan"], marking].concat()).expect_done().out;
        report.lines().nth(2).unwrap_or_default().to_owned()
    };
    assert_eq!(desk.run(&["marking"]).expect_done().out, "harbour: OFFICIAL-SENSITIVE\n");
    assert!(headed(&[]).starts_with("*OFFICIAL-SENSITIVE ·"), "{}", headed(&[]));
    let said = desk.run(&["marking", "harbour", "Private", "to the board"]).expect_done().out;
    assert!(said.contains("saved: harbour marking OFFICIAL-SENSITIVE → Private to the board"), "{said}");
    assert!(headed(&[]).starts_with("*Private to the board ·"), "{}", headed(&[]));
    assert!(headed(&["--marking", "OFFICIAL"]).starts_with("*OFFICIAL ·"));
    assert!(!headed(&["--marking", ""]).contains("Private"));
    desk.run(&["import", &fixture("dhr9.txt")]).expect_done();
    assert!(headed(&[]).starts_with("*Private to the board · OFFICIAL-SENSITIVE ·"), "{}", headed(&[]));
    assert!(headed(&["plan:dhr9"]).starts_with("*OFFICIAL-SENSITIVE ·"));
    desk.run(&["marking", "harbour", "none"]).expect_done();
    assert!(headed(&[]).starts_with("*OFFICIAL-SENSITIVE ·"), "{}", headed(&[]));
    assert!(headed(&["plan:harbour"]).starts_with('*') && !headed(&["plan:harbour"]).contains("OFFICIAL"));
    desk.run(&["marking", "nobody", "OFFICIAL"]).expect_refused(&["No plan is called"]);
}

#[test]
fn a_plan_is_reported_as_due_from_the_day_of_its_review_or_disposal() {
    let desk = desk();
    assert_eq!(desk.run(&["retention"]).expect_done().out, "harbour: no review or disposal date\n");
    let said = desk.run(&["retention", "harbour", "--review-on", "1 Nov 2026", "--dispose-on", "2032-11-01"]);
    let said = said.expect_done().out;
    assert!(said.contains("harbour review date none → 1 Nov 2026; harbour disposal date none → 1 Nov 2032"), "{said}");
    let due = |today: &str| desk.run(&["--today", today, "plans"]).expect_done().out;
    assert!(!due("2026-10-31").contains("due for"), "{}", due("2026-10-31"));
    assert!(due("2026-11-02").contains(" has been due for review since 1 Nov 2026\n"), "{}", due("2026-11-02"));
    let plan = &desk.json(&["--today", "2033-01-01", "plans", "--json"])[0];
    assert_eq!((&plan["review_on"], &plan["dispose_on"]), (&"2026-11-01".into(), &"2032-11-01".into()));
    assert_eq!(plan["due_for"], "disposal");
    let listed = desk.run(&["--today", "2026-11-02", "retention", "harbour"]).expect_done().out;
    let dates = "harbour: review on 1 Nov 2026, dispose on 1 Nov 2032; due for review since 1 Nov 2026\n";
    assert_eq!(listed, dates);
    let early = desk.run(&["retention", "harbour", "--dispose-on", "2026-10-01"]);
    early.expect_refused(&["before it is reviewed on 1 Nov 2026"]);
    assert_eq!(desk.run(&["retention", "harbour", "--review-on", "Nov 2026"]).code, 2, "a month is not a day");
    desk.run(&["retention", "harbour", "--review-on", "none"]).expect_done();
    assert_eq!(desk.run(&["retention"]).expect_done().out, "harbour: dispose on 1 Nov 2032\n");
    desk.run(&["undo"]).expect_done();
    desk.run(&["retention", "harbour", "--none"]).expect_done();
    assert_eq!(desk.run(&["retention"]).expect_done().out, "harbour: no review or disposal date\n");
    desk.run(&["retention", "harbour", "--none"]).expect_refused(&["those are already its dates"]);
}

#[test]
fn who_comes_and_goes_the_agenda_and_its_times_are_recorded_from_scripts() {
    let desk = desk();
    desk.run(&["meeting", "arrive", "Harbour Police"]).expect_refused(&["No meeting is open"]);
    let start = ["meeting", "start", "Practice Group", "--present", "Harbour Police=B. Officer", "--agenda", "rec:1"];
    desk.run(&start).expect_done();
    let said = |arguments: &[&str]| desk.run(&[&["meeting"], arguments].concat()).expect_done().out;
    assert_eq!(said(&["arrive", "HBFT=Ann Lee", "--at", "00:00"]), "saved: Ann Lee (HBFT) joined at 00:00\n");
    desk.run(&["meeting", "leave", "Zoe Nobody", "--at", "00:00"])
        .expect_refused(&["Zoe Nobody is not recorded as present"]);
    assert_eq!(said(&["leave", "Ann Lee", "--at", "00:00"]), "saved: Ann Lee (HBFT) left at 00:00\n");
    desk.run(&["meeting", "leave", "Ann Lee", "--at", "00:00"]).expect_refused(&["has left already"]);
    assert_eq!(desk.run(&["meeting", "arrive", "HBFT", "--at", "25:00"]).code, 2);
    let agenda = said(&["agenda", "--put", "3.1"]);
    assert!(agenda.contains("3.1 put on the agenda"), "{agenda}");
    assert_eq!(said(&["time", "1.1,1.2", "--minutes", "15"]).lines().count(), 1);
    assert!(said(&["time", "3.1", "--from", "10:30"]).contains("3.1 planned for 10:30"));
    let agenda = said(&["agenda"]);
    for line in
        ["1.1, 15 min: ", "3.1, 10:30: ", "in the room: B. Officer (Harbour Police)", "Ann Lee (HBFT) left at 00:00"]
    {
        assert!(agenda.contains(line), "{line}\n{agenda}");
    }
    desk.run(&["meeting", "time", "4.1", "--minutes", "5"]).expect_refused(&["4.1 is not on the agenda"]);
    said(&["note", "An example was asked for", "--under", "1"]);
    said(&["note", "The room is cold"]);
    said(&["attendance", "--apologies", "HBCT=C. Late", "--chair", "D. Deputy"]);
    desk.run(&["add", "Write to every ward", "--under", "1"]).expect_done();
    let agenda = said(&["agenda"]);
    assert!(
        agenda.contains("1.3, dealt with: Write to every ward"),
        "{agenda}: what is agreed in the meeting is on its agenda"
    );
    desk.run(&["meeting", "end"]).expect_done();
    let minutes = said(&["minutes"]);
    for line in [
        "Ann Lee (HBFT) joined at 00:00.",
        "C. Late",
        "D. Deputy",
        "B. Officer",
        "An example was asked for",
        "The room is cold",
        "Write to every ward",
    ] {
        assert!(minutes.contains(line), "{line}\n{minutes}");
    }
    let minutes = read(&said(&["minutes", "--format", "json"]));
    assert_eq!(
        minutes["came_and_went"][0],
        json!({"name": "Ann Lee", "party": "HBFT", "what": "joined", "at": "00:00"})
    );
}

#[test]
fn who_is_present_is_read_in_any_order_and_no_agency_is_added_unasked() {
    let desk = desk();
    let start = ["meeting", "start", "Practice Group", "--present", "RCHT - Ann Lee"];
    desk.run(&start).expect_refused(&["“RCHT=Ann Lee”", "“=Ann Lee (RCHT)”"]);
    let start =
        ["meeting", "start", "Practice Group", "--present", "Ann Lee, Harbour Police", "--apologies", "=Bo Lay"];
    desk.run(&start).expect_done();
    let minutes = desk.run(&["meeting", "minutes", "--format", "md"]).expect_done().out;
    assert!(minutes.contains("| Ann Lee | Harbour Police | present |"), "{minutes}");
    assert!(minutes.contains("| Bo Lay |  | apologies |"), "{minutes}");
    let parties = desk.run(&["parties"]).expect_done().out;
    assert!(!parties.contains("RCHT") && !parties.contains("Ann Lee"), "{parties}");
}

#[test]
fn what_is_carried_forward_is_listed_though_more_was_done_and_what_was_off_the_agenda_was_not_taken_as_read() {
    let desk = desk();
    desk.run(&["meeting", "start", "Practice Group", "--agenda", "rec:1", "--of", "all"]).expect_done();
    desk.run(&["rate", "1.2", "amber"]).expect_done();
    desk.run(&["meeting", "carry", "1.2", "--reason", "The lead is away"]).expect_done();
    desk.run(&["meeting", "arrive", "="]).expect_refused(&["a person has no name"]);
    desk.run(&["meeting", "end"]).expect_done();
    let minutes = desk.run(&["meeting", "minutes", "--format", "md"]).expect_done().out;
    let carried = minutes.split("## Carried forward").nth(1).unwrap_or_default();
    assert!(carried.split("##").next().unwrap_or_default().contains("The lead is away"), "{minutes}");
    assert!(!minutes.contains("Taken as read"), "{minutes}");
}

#[test]
fn the_past_is_not_worked_on_in_lines_either() {
    let desk = desk();
    desk.run(&["--as-at", "2026-01-05", "plain"]).expect_refused(&["shows the past, which cannot be changed"]);
}

#[test]
fn undoing_the_end_of_a_meeting_takes_back_what_it_carried_in_the_minutes_too() {
    let desk = desk();
    desk.run(&["meeting", "start", "Practice Group", "--agenda", "rec:1", "--of", "all"]).expect_done();
    let minutes = || desk.run(&["meeting", "minutes", "--format", "json"]).expect_done().out;
    let before = minutes();
    desk.run(&["meeting", "end", "--carry", "--reason", "No time"]).expect_done();
    assert!(minutes().contains("No time"));
    desk.run(&["undo"]).expect_done();
    let (after, before) = (read(&minutes()), read(&before));
    for part in ["meeting", "items", "carried_forward", "not_reached", "also_changed"] {
        assert_eq!(after[part], before[part], "{part}");
    }
}

#[test]
fn of_two_people_of_one_name_none_is_guessed() {
    let desk = desk();
    let start = ["meeting", "start", "Practice Group", "--present", "=Ann Lee", "--present", "Harbour Police=Ann Lee"];
    desk.run(&start).expect_done();
    let refused = ["Ann Lee could be Ann Lee or Ann Lee (Harbour Police)", "Give the agency too"];
    desk.run(&["meeting", "leave", "Ann Lee"]).expect_refused(&refused);
    desk.run(&["meeting", "leave", "Harbour Police=Ann Lee"]).expect_done();
}

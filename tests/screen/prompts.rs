//! What the screen prompts the chair with: challenges, cross-references and near-duplicates; and the dashboard.

use crate::kit::headless::{Headless, env};
use crate::kit::published;
use arising::app::Msg;
use arising::desk::Desk;
use arising::domain::alike::Likeness;
use arising::domain::crossref;
use arising::domain::filter::Filter;
use arising::domain::intent::Intent;
use arising::domain::query;
use arising::domain::register::Register;
use arising::import;
use arising::intake;
use arising::report::document::{Block, Chart, Document, Shape};
use arising::report::{Format, Material, Options, Report};
use chrono::NaiveDate;

const HEAD: &str = "Recommendation No,Recommendation,Action No,Action,Lead,Target date,RAG,Progress\n";

const HARBOUR: &str = "\
1,Improve the conference,1.1,Deliver MARAC training to all frontline staff,Police,Oct 2021,Green,Training held on 12/10/2021
1,Improve the conference,1.2,Each borough council to report on its beds,SAB,Oct 2021,Green,\
Report given in July 2021 by Larkmoor Borough Council
2,Share what is known,2.1,Set up a panel,SAB,Oct 2021,Green,As per recommendation 1.
2,Share what is known,2.2,Write to the ministry,SAB,Oct 2021,Amber,";

const LARK: &str = "\
1,Train people,1.1,Frontline practitioners to have MARAC training,Council,Dec 2027,Amber,Booked
2,Paint the hall,2.1,Choose a colour,Council,Dec 2027,,";

fn desk() -> Desk {
    let mut desk = Desk::in_memory().unwrap();
    for (slug, rows) in [("harbour", HARBOUR), ("lark", LARK)] {
        import(&mut desk, slug, "plan.csv", format!("{HEAD}{rows}\n").as_bytes());
    }
    desk
}

fn import(desk: &mut Desk, slug: &str, name: &str, bytes: &[u8]) {
    let options = import::Options { today: env().today, ..import::Options::default() };
    let draft = import::read(name, bytes, &options).unwrap();
    let found = intake::compare(desk, &draft, slug).unwrap();
    intake::write(desk, &found, name, &env()).unwrap();
}

/// The screen on one action of all plans, with everything prepared that is prepared when idle.
fn on(reference: &str) -> Headless {
    let mut app = Headless::over(desk(), (160, 60));
    app.press("A F").type_text(&format!("ref:{reference}")).press("Enter");
    ready(&mut app);
    app
}

fn ready(app: &mut Headless) {
    while !app.stage.is_prepared() {
        app.stage.prepare();
    }
    app.press("F Esc");
}

#[test]
fn a_referenced_action_is_shown_beside_the_challenge() {
    let app = on("harbour:2.1");
    app.see("Progress only refers elsewhere: “As per recommendation 1”");
    app.see("1.1  ● Green  Deliver MARAC training to all frontline staff");
    app.see("Training held on 12/10/2021");
}

#[test]
fn near_duplicates_in_other_plans_are_suggested_and_can_be_dismissed() {
    let mut app = on("harbour:1.1");
    app.see("See also").see("Much like lark:1.1: “Frontline practitioners to have MARAC");
    app.see("(Amber, Council)").see("shares: ");
    app.press("y").see("Why this does not count for 1.1");
    app.type_text("Other staff").press("Enter");
    app.see("1.1 challenge dismissed (Other staff)").not_see("See also");
    app.press("u");
    ready(&mut app);
    app.see("See also");
}

/// No key waits until they are found.
#[test]
fn near_duplicates_appear_once_there_was_time_to_find_them() {
    let mut app = Headless::over(desk(), (160, 60));
    app.press("A F").type_text("ref:harbour:1.1").press("Enter").see("1.1").not_see("See also");
    ready(&mut app);
    app.see("Much like lark:1.1");
    app.press("r a").see("Much like lark:1.1");
}

#[test]
fn one_of_several_challenges_is_chosen() {
    let mut app = on("lark:1.1");
    app.see("See also").not_see("Challenge");
    app.press("g").see("Challenge").see("reports only a beginning");
    app.press("y").see("Dismiss which challenge?");
    app.type_text("begin").press("Enter");
    app.see("Why this does not count for 1.1: Green, but progress reports only a");
    app.type_text("It is enough").press("Enter");
    app.see("challenge dismissed (It is enough)").not_see("Challenge").see("See also");
}

/// While the reason is typed, another user removes what raised the challenge above the chosen one.
#[test]
fn the_chosen_challenge_is_dismissed_whatever_else_is_raised_meanwhile() {
    let mut app = on("lark:1.1");
    app.press("g y").type_text("much like").press("Enter").see("Why this does not count for 1.1: Much like");
    app.type_text("Other staff");
    let undone = app.stage.seat.desk.undo(&env()).unwrap();
    app.stage.send(Msg::News(vec![undone.sentence]));
    app.press("Enter").see("1.1 challenge dismissed (Other staff)").not_see("See also");
}

#[test]
fn progress_on_one_of_several_is_challenged_on_the_screen() {
    on("harbour:1.2").see("Green for “Each borough council”, but progress");
}

#[test]
fn duplicates_can_be_filtered() {
    let desk = desk();
    let register = desk.register();
    let filter = Filter::parse("duplicate", register, env().today).unwrap();
    let found = register.visible_actions().filter(|action| filter.matches(register, action, env().today).is_some());
    assert_eq!(found.map(|action| register.reference(action)).collect::<Vec<_>>(), ["1.1", "1.1"]);
    assert_eq!(filter.to_string(), "duplicate");
}

#[test]
fn the_list_fills_with_duplicates_as_they_are_found() {
    let mut app = Headless::over(desk(), (160, 60));
    app.press("A F").type_text("duplicate").press("Enter").see("0 of 6");
    ready(&mut app);
    app.see("2 of 6").see("Deliver MARAC training").see("Frontline practitioners to have MARAC");
    app.press("r a").see("2 of 6");
}

/// The dashboard as of a day, of what a filter shows.
fn dashboard(desk: &Desk, filter: &str, today: NaiveDate) -> Document {
    let (log, told) = (desk.store().log().unwrap(), desk.log().unwrap());
    let filter = Filter::parse(filter, desk.register(), today).unwrap();
    let options = &Options::default();
    let material = Material { register: desk.register(), log: &log, told: &told, today, filter: &filter, options };
    Report::named("dashboard").unwrap().document(&material).unwrap()
}

fn charts(document: &Document) -> Vec<&Chart> {
    let blocks = document.blocks.iter();
    blocks.filter_map(|block| if let Block::Chart(chart) = block { Some(chart) } else { None }).collect()
}

fn rows(chart: &Chart) -> Vec<Vec<&str>> {
    chart.table.rows.iter().map(|row| row.iter().map(|cell| cell.text.as_str()).collect()).collect()
}

#[test]
fn the_dashboard_counts_what_the_filter_shows() {
    let (desk, today) = (desk(), env().today);
    let all = dashboard(&desk, "", today);
    let plans = rows(charts(&all)[0]);
    let of = |name: &str| plans.iter().find(|row| row[0] == name).unwrap()[1..].to_vec();
    // Actions, Red, Amber, Green, Blue, Not rated, Overdue, Due in 30 days.
    assert_eq!(of("All plans"), ["6", "0", "2", "3", "0", "1", "1", "0"]);
    let late = dashboard(&desk, "overdue", today);
    assert_eq!(rows(charts(&late)[0])[0][1..], ["1", "0", "1", "0", "0", "0", "1", "0"]);
    assert!(charts(&late).iter().any(|chart| rows(chart).iter().any(|row| row[..2] == ["Over a year", "1"])));
}

#[test]
fn ratings_over_time_match_the_register_at_each_date() {
    let mut desk = desk();
    let action = desk.register().visible_actions().next().unwrap().id;
    for (day, rating) in [("2026-12-10", "Red"), ("2027-01-10", "Blue")] {
        let at = format!("{day}T10:00:00+00:00").parse().unwrap();
        let then = arising::env::Env { now: at, today: day.parse().unwrap(), author: "Ada".into() };
        desk.write(&Intent::Rate { action, rating: Some(rating.into()), note: None }, &then).unwrap();
    }
    let document = dashboard(&desk, "", "2027-02-02".parse().unwrap());
    let page = String::from_utf8(Format::named("html").unwrap().render(&document).unwrap()).unwrap();
    assert!(page.contains("<li>Blue: from 0 to 1, peak 1 <svg"), "{page}");
    let chart = charts(&document).into_iter().find(|chart| chart.shape == Shape::Lines).unwrap();
    let told: Vec<String> = rows(chart).iter().map(|row| row[..7].join(" ")).collect();
    assert_eq!(
        told,
        [
            "21 Nov 2026 6 0 2 3 0 1",
            "30 Nov 2026 6 0 2 3 0 1",
            "31 Dec 2026 6 1 2 2 0 1",
            "31 Jan 2027 6 0 2 2 1 1",
            "2 Feb 2027 6 0 2 2 1 1"
        ]
    );
}

#[test]
fn every_format_holds_the_figures_of_the_dashboard() {
    let document = dashboard(&desk(), "", env().today);
    let text = |format: &str| {
        let bytes = Format::named(format).unwrap().render(&document).unwrap();
        String::from_utf8(bytes).unwrap()
    };
    let csv = text("csv");
    assert!(csv.contains("\"All plans\",\"6\",\"0\",\"2\",\"3\",\"0\",\"1\",\"1\",\"0\""), "{csv}");
    assert!(text("md").contains("| All plans | 6 | 0 | 2 | 3 | 0 | 1 | 1 | 0 |"));
    let page = text("html");
    assert!(page.contains("aria-label=\"Red 0, Amber 2, Green 3, Blue 0, Not rated 1\""), "{page}");
    assert!(page.contains(">G</text>"), "a part carries its letter");
    assert!(!page.contains("<polyline"), "one point in time is no line");
    let json: serde_json::Value = serde_json::from_str(&text("json")).unwrap();
    let charts: Vec<_> = json["blocks"].as_array().unwrap().iter().filter(|block| block["chart"].is_string()).collect();
    assert_eq!(charts[0]["rows"][2]["Green"], "3");
    let plain = text("txt");
    let line = plain.lines().find(|line| line.starts_with("All plans")).unwrap();
    assert!(line.contains("A█") && line.contains("G█") && line.contains("–░"), "{line}");
    for format in ["docx", "xlsx"] {
        assert!(!Format::named(format).unwrap().render(&document).unwrap().is_empty());
    }
}

#[test]
fn the_dashboard_is_a_key_away_and_shows_what_was_listed() {
    let mut app = Headless::over(desk(), (80, 40));
    app.press("D").see("By plan").see("All plans");
    app.press("Esc A F").type_text("rating:amber").press("Enter D");
    app.see("Filter: ").see("rating:amber");
    app.press("Esc").see("▼ rating:amber");
}

/// A published plan, or nothing where it is unavailable.
fn published(name: &str) -> Option<Register> {
    let bytes = published::bytes(name)?;
    let mut desk = Desk::in_memory().unwrap();
    import(&mut desk, "plan", name, &bytes);
    Some(desk.register().clone())
}

#[test]
fn a_published_plan_raises_few_challenges_and_the_right_ones() {
    let Some(register) = published("adult-c.docx") else { return };
    let asked = |reference: &str| {
        let action = register.visible_actions().find(|action| register.reference(action) == reference).unwrap();
        query::challenges(&register, action, env().today)
    };
    for (reference, wanted) in [
        ("3.1", "progress names only"),
        ("5.1", "Progress only refers elsewhere"),
        ("8.3", "not in the way planned"),
        ("10.2", "reports only a beginning"),
        ("13.1", "all that progress says"),
        ("13.4", "still to be done"),
        ("16.1", "the same month of another year"),
    ] {
        let questions = asked(reference);
        assert!(questions.len() == 1 && questions[0].contains(wanted), "{reference}: {questions:?}");
    }
    for quiet in ["4.1", "12.1", "14.1", "16.2", "16.3"] {
        assert_eq!(asked(quiet), Vec::<String>::new(), "{quiet}");
    }
    let all: usize = register.visible_actions().map(|a| query::challenges(&register, a, env().today).len()).sum();
    assert!(all <= 23, "{all} questions about 27 actions");
    let pointing = register.visible_actions().find(|action| register.reference(action) == "5.1").unwrap();
    let meant = crossref::pointers(&register, pointing)[0].meant.clone();
    assert_eq!(meant.iter().map(|id| register.reference(register.action(*id).unwrap())).collect::<Vec<_>>(), ["1.1"]);
}

#[test]
fn a_duplicate_action_in_a_published_plan_is_found() {
    let Some(register) = published("dhrs4.docx") else { return };
    let likeness = Likeness::of(&register);
    let eight = register.visible_actions().find(|action| register.reference(action) == "8.1").unwrap();
    let likes = likeness.like(&register, eight);
    assert_eq!(register.reference(register.action(likes[0].action).unwrap()), "11.1");
    assert!(likeness.alike(&register).len() <= 6, "{}", likeness.alike(&register).len());
}

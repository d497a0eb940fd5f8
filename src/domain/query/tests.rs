use super::super::fixture::{day, harbour, today};
use super::super::intent::Intent;
use super::*;

#[test]
fn a_target_is_overdue_from_the_day_after_its_last() {
    let log = harbour();
    let action = log.register.action(log.action("7.3")).unwrap();
    assert!(!is_overdue(&log.register, action, day("2026-10-31")));
    assert!(is_overdue(&log.register, action, day("2026-11-01")));
    let settled = log.register.action(log.action("7.1")).unwrap();
    assert!(!is_overdue(&log.register, settled, today()), "Green is settled, however late");
    let unreadable = log.register.action(log.action("8.1")).unwrap();
    assert!(!is_overdue(&log.register, unreadable, today()), "no date, no lateness");
}

#[test]
fn lateness_is_given_in_years_months_and_days_of_the_calendar() {
    let cases = [
        ("2021-07-31", "2026-11-21", "5 years 3 months"),
        ("2026-11-09", "2026-11-21", "12 days"),
        ("2026-11-20", "2026-11-21", "1 day"),
        ("2026-10-21", "2026-11-21", "1 month"),
        ("2026-10-20", "2026-11-21", "1 month 1 day"),
        ("2024-01-31", "2024-02-29", "1 month"),
        ("2023-01-31", "2024-03-01", "1 year 1 month"),
        ("2025-11-21", "2026-11-21", "1 year"),
        ("2025-11-20", "2026-11-21", "1 year"),
        ("2026-11-21", "2026-11-21", ""),
        ("2026-12-01", "2026-11-21", ""),
    ];
    for (due, today, wanted) in cases {
        assert_eq!(late_by(day(due), day(today)), wanted, "{due} {today}");
    }
    assert_eq!(due_in(day("2026-12-21"), today()), "in 1 month");
    assert_eq!(due_in(day("2026-11-23"), today()), "in 2 days");
    assert_eq!(due_in(today(), today()), "today");
    assert_eq!(due_in(day("2026-11-01"), today()), "");
}

#[test]
fn a_plan_is_counted_level_by_level() {
    let mut log = harbour();
    log.act(&log.rate("7.1", "a")).unwrap();
    let plan = &log.register.plans[0];
    let tally = tally_plan(&log.register, plan, day("2026-12-01"), Some(today()));
    let levels: Vec<(char, usize)> = tally.by_level.iter().map(|(level, count)| (level.letter, *count)).collect();
    assert_eq!(levels, [('R', 1), ('A', 4), ('G', 0), ('B', 1)]);
    assert_eq!((tally.actions, tally.not_rated, tally.overdue, tally.due_soon), (7, 1, 3, 1));
    assert_eq!((tally.changed, tally.flags), (1, 1));
}

#[test]
fn a_list_is_counted_as_it_is() {
    let log = harbour();
    let late = log.register.visible_actions().filter(|action| is_overdue(&log.register, action, today()));
    let tally = tally(&log.register, late.map(super::super::outline::Outline::of), today(), None);
    assert_eq!((tally.actions, tally.overdue, tally.changed), (2, 2, 0));
}

#[test]
fn parties_are_counted_with_their_posts_and_most_first() {
    let log = harbour();
    let counts = party_counts(&log.register, log.register.visible_actions(), today());
    let told: Vec<String> = counts
        .iter()
        .map(|count| format!("{} {} {} {}", count.name, count.actions, count.overdue, count.for_all))
        .collect();
    let wanted = [
        "Harbour Council 3 1 1",
        "Audit Subgroup 2 0 0",
        "Head of Adult Care (HC) 2 1 1",
        "OPS 2 0 0",
        "Saltmarsh Police 2 0 1",
        "All agencies 1 1 0",
        "Duty Desk 1 1 1",
        "Tidewell Trust 0 0 1",
    ];
    assert_eq!(told, wanted);
}

#[test]
fn a_circle_of_agencies_ends() {
    use super::super::change::{Cause, Op, Value};
    let mut log = harbour();
    let (council, desk) = (log.party("Harbour Council"), log.party("Duty Desk"));
    let circle = Op::Set { on: council, value: Value::Agency(Some(desk)), replaces: vec![council] };
    log.write(Cause::Edit, vec![circle]);
    assert_eq!(parties::chain(&log.register, council).len(), 3);
    assert_eq!(party_counts(&log.register, log.register.visible_actions(), today()).len(), 8);
}

#[test]
fn folding_makes_spellings_alike() {
    assert_eq!(folded("  The “Board’s”\u{a0}\n PLAN "), "the \"board's\" plan");
    assert_eq!(folded("Cafe\u{301} Siân"), "cafe sian");
}

#[test]
fn a_doubt_about_the_recommendation_is_one_about_its_actions() {
    let mut log = harbour();
    log.act(&Intent::SettleFlag { action: log.action("8.1"), index: 0 }).unwrap();
    let action = log.register.action(log.action("8.1")).unwrap();
    assert!(!is_flagged(&log.register, action));
}

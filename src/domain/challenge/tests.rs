use super::super::change::Cause;
use super::super::fixture::{Import, Log, Row, day, today};
use super::super::intent::Intent;
use super::super::recommendation::Under;
use super::{challenges, is_challenged};

/// A log with one action: its target, its rating and its progress (`date`, `text`) as imported.
fn one(target: &str, rating: &str, progress: &[(&str, &str)]) -> Log {
    let mut import = Import::default();
    let plan = import.plan("x", None);
    let rec = import.rec(plan, "1", "", Under::Nothing);
    import.row(plan, rec, &Row { targets: &[target], rating, progress, ..Row::default() });
    let mut log = Log::new();
    log.today = day("2021-01-01");
    log.write(Cause::Import { file: "x.txt".into() }, import.ops);
    log.today = today();
    log
}

fn asked(log: &Log) -> Vec<String> {
    let action = log.register.action(log.action("1.1")).unwrap();
    let asked = challenges(&log.register, action, log.today);
    assert_eq!(!asked.is_empty(), is_challenged(&log.register, action, log.today));
    asked
}

/// What is asked of a Green action for October 2021 with this undated progress.
fn of_green(text: &str) -> Vec<String> {
    asked(&one("2021-10", "Green", &[("", text)]))
}

#[test]
fn nothing_is_asked_of_what_was_done_in_time() {
    let on_time: [&[(&str, &str)]; 3] = [
        &[("2021-09-30", "Toolkit published")],
        &[("", "Toolkit published on 30/10/2021.")],
        &[("2021-10", "Shared with all partners")],
    ];
    for progress in on_time {
        assert_eq!(asked(&one("2021-10", "Green", progress)), Vec::<String>::new());
    }
    assert_eq!(asked(&one("2021-10", "Amber", &[])), Vec::<String>::new(), "an open action is simply overdue");
}

#[test]
fn late_but_settled_is_asked_about_with_the_words() {
    assert_eq!(
        of_green("The tool was drafted. Guidance published December 2021."),
        ["Green, but after its target 2021-10: “Guidance published December 2021”"]
    );
    assert_eq!(
        asked(&one("2021-10", "Green", &[("2022-01-16", "Meetings commenced")])),
        ["Green, but after its target 2021-10: “Meetings commenced”"]
    );
    assert_eq!(of_green("Agreed in Jan 2022")[0], "Green, but after its target 2021-10: “Agreed in Jan 2022”");
    assert_eq!(of_green("Agreed (March2022)")[0], "Green, but after its target 2021-10: “Agreed (March2022)”");
}

#[test]
fn settled_here_after_the_target_is_late_too() {
    let mut log = one("2021-10", "Amber", &[("2021-09", "Nearly done")]);
    log.act(&log.rate("1.1", "g")).unwrap();
    assert_eq!(asked(&log), ["Green only since 21 Nov 2026, after its target 2021-10"]);
    log.undo().unwrap();
    assert_eq!(asked(&log), Vec::<String>::new());
}

#[test]
fn the_same_month_of_another_year_may_be_a_slip() {
    let log = one("2020-12", "Green", &[("", "Briefing published December 2021.")]);
    assert_eq!(
        asked(&log),
        ["The target is 2020-12, but progress says “Briefing published December 2021”: the same month of another year"]
    );
}

#[test]
fn years_alone_and_ranges_date_nothing() {
    for text in ["The Care Act 2014 and the plan 2021-2024 apply", "A review between Jan 2021-22", "In 2022 we met"] {
        assert_eq!(of_green(text), [format!("Green for 2021-10, but nothing says when it was done: “{text}”")]);
    }
}

#[test]
fn no_progress_at_all_is_asked_about() {
    assert_eq!(asked(&one("2021-10", "Blue", &[])), ["Blue, but no progress is recorded at all"]);
}

#[test]
fn words_of_the_future_are_asked_about_unless_something_done_follows() {
    let future = |words: &str| format!("Green, but progress speaks of what is still to come: “{words}”");
    assert_eq!(of_green("Shared, and will be considered."), [future("Shared, and will be considered")]);
    assert_eq!(of_green("The audit is still to be commissioned"), [future("The audit is still to be commissioned")]);
    assert_eq!(of_green("It will be audited. The audit was completed in June 2021."), Vec::<String>::new());
    assert_eq!(
        of_green("It will be audited. The audit was not completed in June 2021."),
        [
            future("It will be audited"),
            "Green, but progress says that not all was done: “The audit was not completed in June 2021”".into()
        ]
    );
    assert_eq!(of_green("Goodwill and the Williams report, June 2021"), Vec::<String>::new());
}

#[test]
fn beginnings_parts_and_other_ways_are_asked_about() {
    let cases = [
        ("Working group convened.", "Green, but progress tells of a beginning: “Working group convened”"),
        (
            "Not appropriate for partners",
            "Green, but progress says that not all was done: “Not appropriate for partners”",
        ),
        ("Met through a leaflet", "Green, but in another way than planned: “Met through a leaflet”"),
        ("As per recommendation 1.   ", "Progress only points elsewhere: “As per recommendation 1”"),
    ];
    for (text, wanted) in cases {
        assert_eq!(of_green(text), [wanted]);
    }
}

#[test]
fn a_long_sentence_is_quoted_around_the_words() {
    let text = "The board of many partners from all parts of the county and of the city will at some time meet";
    let asked = of_green(text);
    assert!(asked[0].ends_with("“…and of the city will at some time meet”"), "{asked:?}");
}

#[test]
fn complete_but_not_rated_so_is_asked_about() {
    assert_eq!(
        asked(&one("2021-10", "", &[("", "Completed March 2022")])),
        ["Not rated, but progress says “Completed March 2022”"]
    );
    let others = asked(&one("2021-10", "", &[("", "3 cohorts have now completed the course")]));
    assert_eq!(others, Vec::<String>::new());
}

#[test]
fn a_closed_action_is_asked_nothing() {
    let mut log = one("2021-10", "Green", &[]);
    let action = log.action("1.1");
    log.act(&Intent::ProposeClosure { action, evidence: "Seen in the minutes".into() }).unwrap();
    assert_eq!(asked(&log).len(), 1);
    log.act(&Intent::AgreeClosure { action, evidence: String::new() }).unwrap();
    assert_eq!(asked(&log), Vec::<String>::new());
}

#[test]
fn a_target_that_keeps_moving_is_asked_about() {
    let mut log = one("2021-10", "Amber", &[]);
    for month in ["2022-01", "2023-01", "2024-01"] {
        let dates = vec![super::super::fixture::target(month)];
        log.act(&Intent::Retarget { action: log.action("1.1"), dates, reason: String::new() }).unwrap();
    }
    assert_eq!(asked(&log), ["The target was moved 3 times"]);
}

#[test]
fn every_phrase_is_found_as_whole_words_in_any_case() {
    for (tells, phrase) in super::phrases::PHRASES {
        let found = |text: String| super::phrases::Last::in_text(&text.to_ascii_lowercase()).of(tells);
        assert_eq!(found(format!("Then: {}.", phrase.to_uppercase())).map(|found| found.at), Some(6), "{phrase}");
        assert_eq!(found(format!("x{phrase}")), None, "{phrase}");
        assert_eq!(found(format!("{phrase}x")), None, "{phrase}");
    }
}

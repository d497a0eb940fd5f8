use super::super::change::Cause;
use super::super::fixture::{Import, Log, Row, day, today};
use super::super::intent::Intent;
use super::super::party::PartyKind;
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

/// The challenges to a Green action for October 2021 with this undated progress.
fn of_green(text: &str) -> Vec<String> {
    asked(&one("2021-10", "Green", &[("", text)]))
}

#[test]
fn what_was_done_in_time_is_not_challenged() {
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
fn late_but_settled_is_challenged_with_the_words() {
    assert_eq!(
        of_green("The tool was drafted. Guidance published December 2021."),
        ["Green, but 2 months after its target 2021-10: “Guidance published December 2021”"]
    );
    assert_eq!(
        asked(&one("2021-10", "Green", &[("2022-01-16", "Meetings commenced")])),
        ["Green, but 2 months 16 days after its target 2021-10: “Meetings commenced”"]
    );
    let late = |by: &str, words: &str| format!("Green, but {by} after its target 2021-10: “{words}”");
    assert_eq!(of_green("Agreed in Jan 2022")[0], late("3 months", "Agreed in Jan 2022"));
    assert_eq!(of_green("Agreed (March2022)")[0], late("5 months", "Agreed (March2022)"));
    assert_eq!(of_green("Agreed on 03/11/21.")[0], late("3 days", "Agreed on 03/11/21"));
    assert_eq!(of_green("Launched early in 2022")[0], late("2 months 1 day", "Launched early in 2022"));
    assert_eq!(
        of_green("Published in June 2021. It will be looked at again in June 2023."),
        ["Green, but progress says that something is still to be done: “It will be looked at again in June 2023”"],
        "what is still to come was not done late"
    );
}

#[test]
fn settling_after_the_target_is_late_too() {
    let mut log = one("2021-10", "Amber", &[("2021-09", "Nearly done")]);
    log.act(&log.rate("1.1", "g")).unwrap();
    assert_eq!(asked(&log), ["Green only since 21 Nov 2026, 5 years after its target 2021-10"]);
    log.undo().unwrap();
    assert_eq!(asked(&log), Vec::<String>::new());
    let mut log = one("2021-10", "Green", &[("2021-09", "Published")]);
    log.act(&log.rate("1.1", "b")).unwrap();
    assert_eq!(asked(&log), Vec::<String>::new(), "it was done before it was Blue");
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
fn no_progress_is_challenged_where_other_actions_have_some() {
    let mut import = Import::default();
    let plan = import.plan("x", None);
    let rec = import.rec(plan, "1", "", Under::Nothing);
    let row = Row { targets: &["2021-10"], rating: "Blue", ..Row::default() };
    import.row(plan, rec, &row);
    let other = Import { ops: import.ops.clone() };
    import.row(plan, rec, &Row { progress: &[("2021-09", "Done by all")], ..row });
    let of = |import: Import| {
        let mut log = Log::new();
        log.write(Cause::Import { file: "x.txt".into() }, import.ops);
        asked(&log)
    };
    assert_eq!(of(import), ["Blue, but no progress is recorded at all"]);
    assert_eq!(of(other), Vec::<String>::new(), "a log without a column for progress says nothing by its absence");
}

#[test]
fn completed_and_nothing_more_is_challenged() {
    for text in ["Completed", "Complete.", "This action is now complete"] {
        let quoted = text.trim_end_matches('.');
        assert_eq!(of_green(text), [format!("Green, and all that progress says is “{quoted}”")]);
    }
    assert_eq!(asked(&one("2021-10", "Green", &[("2021-09-01", "Completed")])), Vec::<String>::new());
}

#[test]
fn a_month_without_its_year_is_challenged() {
    let asked = of_green("Printed in the November edition");
    assert_eq!(
        asked,
        ["Green for 2021-10, but progress names a month without its year: “Printed in the November edition”"]
    );
    assert!(of_green("Posters may be printed in March")[0].starts_with("Green for 2021-10, but nothing says when"));
}

#[test]
fn dates_that_contradict_each_other_are_challenged() {
    let text = |text: &str, targets: &[&str]| {
        let mut import = Import::default();
        let plan = import.plan("x", None);
        let rec = import.rec(plan, "1", "", Under::Nothing);
        import.row(plan, rec, &Row { text, targets, rating: "Amber", ..Row::default() });
        let mut log = Log::new();
        log.write(Cause::Import { file: "x.txt".into() }, import.ops);
        asked(&log)
    };
    assert_eq!(
        text("Launch the tool by 15/12/24", &["2024-03"]),
        ["The target is 2024-03, but the action itself mentions a later date: “Launch the tool by 15/12/24”"]
    );
    assert_eq!(text("Report ahead of the conference on 15/12/24", &["2024-03"]), Vec::<String>::new());
    assert_eq!(text("Launch the tool in March 2024", &["2024-03"]), Vec::<String>::new());
    assert_eq!(
        asked(&one("2027-10", "Amber", &[("2062-01-16", "Met")])),
        ["Progress is dated 16 Jan 2062, which is in the future: “Met”"]
    );
}

/// The challenges to a Green action with this text, these leads and this progress.
fn of_many(text: &str, lead: PartyKind, progress: &str) -> Vec<String> {
    let mut import = Import::default();
    let plan = import.plan("x", None);
    let party = import.party("All partners of the board", lead, None, &[]);
    let rec = import.rec(plan, "1", "", Under::Nothing);
    let row = Row { text, leads: &[party], rating: "Green", progress: &[("2021-05", progress)], ..Row::default() };
    import.row(plan, rec, &row);
    let mut log = Log::new();
    log.write(Cause::Import { file: "x.txt".into() }, import.ops);
    asked(&log)
}

#[test]
fn progress_on_one_of_several_is_challenged() {
    let of_agency = |text: &str, progress: &str| of_many(text, PartyKind::Agency, progress);
    let one = "Paper presented to the board by Larkmoor Borough Council.";
    assert_eq!(
        of_agency("Managers from each District and Borough Council report on their beds", one),
        ["Green for “each District and Borough Council”, but progress names only Larkmoor Borough Council: \
          “Paper presented to the board by Larkmoor Borough Council”"]
    );
    assert_eq!(of_agency("All agencies report on their beds", one).len(), 1);
    assert_eq!(of_many("Report on beds", PartyKind::Everyone, one).len(), 1, "the lead stands for all");
    for (text, progress) in [
        ("Send the leaflet to all agencies", one),
        ("Attend every conference", one),
        ("All agencies report", "Received from all agencies by Larkmoor Borough Council"),
        ("All agencies report", "Given by Larkmoor Borough Council. Given by Harbour NHS Trust."),
        ("All agencies report", "Given by Larkmoor and Harbour Borough Council"),
        ("All agencies report", "Given by Ada Lark"),
    ] {
        assert_eq!(of_agency(text, progress), Vec::<String>::new(), "{text}: {progress}");
    }
}

#[test]
fn one_sentence_raises_one_challenge() {
    assert_eq!(
        of_green("Agreed that it will be met through a leaflet"),
        ["Green, but not in the way planned: “Agreed that it will be met through a leaflet”"]
    );
}

#[test]
fn people_and_purposes_are_not_what_became_of_the_action() {
    for text in [
        "Guidance for people who have not been seen, published June 2021",
        "Published June 2021, which will help all who work with adults",
        "In June 2021 the form was found to be useful and allows risks to be shared",
        "Ongoing training is given since June 2021",
        "Convened in June 2021 by the board that no longer exists, where consent could not be had",
    ] {
        let asked = of_green(text);
        assert!(asked.iter().all(|one| !one.contains("to come") && !one.contains("not all")), "{asked:?}");
    }
}

#[test]
fn what_will_be_completed_is_not_done() {
    let asked = of_green("The review will be completed and published");
    assert_eq!(
        asked,
        ["Green, but progress says that something is still to be done: “The review will be completed and published”"]
    );
    assert_eq!(of_green("Posters to be printed in June 2021").len(), 1);
}

#[test]
fn words_about_the_future_are_challenged_unless_something_done_follows() {
    let future = |words: &str| format!("Green, but progress says that something is still to be done: “{words}”");
    assert_eq!(of_green("Shared, and will be considered."), [future("Shared, and will be considered")]);
    assert_eq!(of_green("The audit is still to be commissioned"), [future("The audit is still to be commissioned")]);
    assert_eq!(of_green("It will be audited. The audit was completed in June 2021."), Vec::<String>::new());
    assert_eq!(
        of_green("It will be audited. The audit was not completed in June 2021."),
        [
            "Green, but progress says that not all was done: “The audit was not completed in June 2021”".into(),
            future("It will be audited"),
        ]
    );
    assert_eq!(of_green("Goodwill and the Williams report, June 2021"), Vec::<String>::new());
}

#[test]
fn beginnings_parts_and_other_ways_are_challenged() {
    let cases = [
        ("Working group convened.", "Green, but progress reports only a beginning: “Working group convened”"),
        (
            "Not appropriate for partners",
            "Green, but progress says that not all was done: “Not appropriate for partners”",
        ),
        ("Met through a leaflet", "Green, but not in the way planned: “Met through a leaflet”"),
        ("As per recommendation 1.   ", "Progress only refers elsewhere: “As per recommendation 1”"),
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
fn complete_but_not_rated_so_is_challenged() {
    assert_eq!(
        asked(&one("2021-10", "", &[("", "Completed March 2022")])),
        ["Not rated, but progress says “Completed March 2022”"]
    );
    let of = |text: &str| asked(&one("2021-10", "Amber", &[("", text)]));
    assert_eq!(of("Seen. This action is now complete"), ["Amber, but progress says “This action is now complete”"]);
    for other in ["3 cohorts have now completed the course", "Completed a review of half of it"] {
        assert_eq!(of(other), Vec::<String>::new());
    }
}

#[test]
fn a_closed_action_is_not_challenged() {
    let mut log = one("2021-10", "Green", &[("", "Completed")]);
    let action = log.action("1.1");
    log.act(&Intent::ProposeClosure { action, evidence: "Seen in the minutes".into() }).unwrap();
    assert_eq!(asked(&log).len(), 1);
    log.act(&Intent::AgreeClosure { action, evidence: String::new() }).unwrap();
    assert_eq!(asked(&log), Vec::<String>::new());
}

#[test]
fn a_target_that_keeps_moving_is_challenged() {
    let mut log = one("2021-10", "Amber", &[]);
    for month in ["2022-01", "2024-01"] {
        assert_eq!(asked(&log), Vec::<String>::new());
        let dates = vec![super::super::fixture::target(month)];
        log.act(&Intent::Retarget { action: log.action("1.1"), dates, reason: String::new() }).unwrap();
    }
    assert_eq!(asked(&log), ["The target was moved twice, from “2021-10” to “2024-01”, 2 years 3 months later"]);
}

#[test]
fn every_phrase_is_found_as_whole_words_in_any_case() {
    for (tells, phrase) in super::phrases::PHRASES {
        let after = if phrase == "to be" { " printed" } else { "" };
        let found = |text: String| super::phrases::Last::in_text(&text.to_ascii_lowercase()).of(tells);
        assert_eq!(
            found(format!("Then: {}{after}.", phrase.to_uppercase())).map(|found| found.at),
            Some(6),
            "{phrase}"
        );
        assert_eq!(found(format!("x{phrase}")), None, "{phrase}");
        assert_eq!(found(format!("{phrase}x")), None, "{phrase}");
    }
}

proptest::proptest! {
    /// Whatever a stranger wrote is looked through: with any letters, and dates and phrases anywhere.
    #[test]
    fn any_text_is_searched_for_phrases(words in proptest::collection::vec(
        proptest::sample::select(vec![
            "will", "complete", "completed", "by", "NHS", "Trust", "each", "all", "agencies", "see", "4.2", "as above",
            "recommendation", "1", "1,", "12/10/2021", "Jan", "2021", "early", "in", "to be", "shown", ". ", "; ", "\n",
            "é’“", "ß", "ongoing", "\u{a0}", "–", "1-", "99", "could not", "…",
        ]), 0..40,
    ), target in proptest::sample::select(vec!["2021-10", "x", ""])) {
        let text = words.join(" ");
        let log = one(target, "Green", &[("", &text), ("2021-11", &text)]);
        for challenge in asked(&log) {
            proptest::prop_assert!(!challenge.trim().is_empty() && !challenge.contains('\n'), "{:?}", challenge);
        }
        let action = log.register.action(log.action("1.1")).unwrap();
        let said = crate::text::one_line(&text);
        for pointer in super::super::crossref::pointers(&log.register, action) {
            proptest::prop_assert!(said.contains(&pointer.words), "{:?} in {:?}", pointer.words, said);
            proptest::prop_assert!(pointer.meant.iter().all(|id| log.register.action(*id).is_some()));
        }
    }
}

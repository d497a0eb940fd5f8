use proptest::prelude::*;

use super::super::fixture::{Log, harbour, some_act, today};
use super::super::id::Id;
use super::super::index::Index;
use super::super::intent::Intent;
use super::super::outline::{Outline, Outlines};
use super::{Filter, List, Match};

/// The references that a filter shows, those "for all agencies" with a star.
fn shown(log: &Log, text: &str) -> String {
    let filter = Filter::parse(text, &log.register, today()).unwrap_or_else(|problem| panic!("{text}: {problem}"));
    let again = Filter::parse(&filter.to_string(), &log.register, today());
    assert_eq!(again.as_ref(), Ok(&filter), "{filter}");
    assert_found_as_matched(log, &filter);
    let matched = log.register.visible_actions().filter_map(|action| {
        let star = match filter.matches(&log.register, action, today())? {
            Match::Own => "",
            Match::ForAll => "*",
        };
        Some(format!("{}{star}", log.register.reference(action)))
    });
    matched.collect::<Vec<_>>().join(" ")
}

/// What is found with an index, whole, half made or empty, is what matches action by action.
fn assert_found_as_matched(log: &Log, filter: &Filter) {
    let (register, today) = (&log.register, today());
    let actions: Vec<Id> = register.visible_actions().map(|action| action.id).collect();
    let matched: Vec<_> = register.visible_actions().map(|action| filter.matches(register, action, today)).collect();
    let may_match = |action| filter.may_match(register, Outline::of(action), today);
    assert!(register.visible_actions().zip(&matched).all(|(action, is)| is.is_none() || may_match(action)), "{filter}");
    for count in [0, actions.len() / 2, actions.len()] {
        let mut index = Index::default();
        register.visible_actions().take(count).for_each(|action| index.add(register, action, today));
        let found = filter.found(List { register, actions: &actions, index: &index, today });
        let is_found = |place| match (found.own.contains(place), found.for_all.contains(place)) {
            (false, false) => None,
            (true, false) => Some(Match::Own),
            (false, true) => Some(Match::ForAll),
            (true, true) => panic!("{filter}: {place} matches in two ways"),
        };
        assert_eq!((0..actions.len()).map(is_found).collect::<Vec<_>>(), matched, "{filter}, {count} in the index");
    }
}

fn refused(log: &Log, text: &str) -> String {
    Filter::parse(text, &log.register, today()).unwrap_err().to_string()
}

#[test]
fn no_filter_shows_everything() {
    assert_eq!(shown(&harbour(), "  "), "7.1 7.2 7.3 8.1 8.2 9.1 9.2");
}

#[test]
fn an_agency_is_found_by_any_name_with_its_posts_and_what_is_for_all() {
    let log = harbour();
    assert_eq!(shown(&log, "lead:\"Saltmarsh Police\""), "7.1 7.2 9.1*");
    assert_eq!(shown(&log, "lead:police"), "7.1 7.2 9.1*");
    assert_eq!(shown(&log, "party:HC"), "7.2 7.3 8.1 9.1*", "posts and teams of the council, however deep");
    assert_eq!(shown(&log, "lead:\"head of adult care (hc)\""), "7.2 7.3 9.1*");
    assert_eq!(shown(&log, "lead:\"Tidewell Trust\""), "9.1*");
    assert_eq!(shown(&log, "lead:\"all agencies\""), "9.1");
}

#[test]
fn a_subgroup_is_found_where_it_leads_or_oversees_and_has_nothing_for_all() {
    let log = harbour();
    assert_eq!(shown(&log, "via:ops"), "7.1 9.2");
    assert_eq!(shown(&log, "lead:ops"), "");
    assert_eq!(shown(&log, "party:Operations"), "7.1 9.2");
    assert_eq!(shown(&log, "lead:\"Audit Subgroup\""), "8.2 9.2");
    assert_eq!(shown(&log, "party:police,ops"), "7.1 7.2 9.1* 9.2");
    assert_eq!(shown(&log, "-party:police"), "7.3 8.1 8.2 9.2");
}

#[test]
fn ratings_are_named_by_word_letter_or_none() {
    let log = harbour();
    assert_eq!(shown(&log, "rating:red,amber"), "7.2 7.3 8.2 9.1");
    assert_eq!(shown(&log, "rating:R,b"), "7.3 9.2");
    for nothing in ["rating:-", "rating:none", "rating:\"not rated\""] {
        assert_eq!(shown(&log, nothing), "8.1");
    }
    assert_eq!(shown(&log, "-rating:green"), "7.2 7.3 8.1 8.2 9.1 9.2");
    assert!(refused(&log, "rating:purple").contains("The ratings are red, amber, green, blue, and none"));
}

#[test]
fn dates_are_days_months_lengths_of_time_and_ranges() {
    let log = harbour();
    let cases = [
        ("overdue", "7.3 9.1"),
        ("-overdue", "7.1 7.2 8.1 8.2 9.2"),
        ("due:40d", "7.2"),
        ("due:30d", ""),
        ("due:6w", "7.2"),
        ("due:2m", "7.2"),
        ("due:<2026-10", "7.1 9.1"),
        ("due:<=2026-10", "7.1 7.3 9.1"),
        ("due:>2026-12-30", "7.2 8.2"),
        ("due:>2026-12", "8.2"),
        ("due:2026-10..2026-12", "7.2 7.3"),
        ("due:..today", "7.1 7.3 9.1"),
        ("due:today..", "7.2 8.2"),
        ("due:2021", "7.1 9.1"),
        ("due:2027-05-15", "8.2"),
        ("due:none", "8.1 9.2"),
        ("due:2021,none", "7.1 8.1 9.1 9.2"),
    ];
    for (filter, wanted) in cases {
        assert_eq!(shown(&log, filter), wanted, "{filter}");
    }
    assert!(refused(&log, "due:octember").contains("“octember” is not a date. For example due:30d"));
    assert!(refused(&log, "due:2026-02-30").contains("is not a date"));
    assert!(refused(&log, "due:..").contains("is not a date"));
}

#[test]
fn changed_actions_are_found_by_date() {
    let mut log = harbour();
    log.today = super::super::fixture::day("2026-10-02");
    log.act(&log.note("7.1", "heard")).unwrap();
    log.today = today();
    log.act(&log.rate("7.2", "g")).unwrap();
    let cases = [
        ("changed:2026-09-12..", "7.1 7.2"),
        ("changed:..2026-10", "7.1"),
        ("changed:2026-10", "7.1"),
        ("changed:today", "7.2"),
        ("changed:2w", "7.2"),
        ("changed:2m", "7.1 7.2"),
        ("changed:>30d", "7.2"),
        ("changed:none", "7.3 8.1 8.2 9.1 9.2"),
    ];
    for (filter, wanted) in cases {
        assert_eq!(shown(&log, filter), wanted, "{filter}");
    }
}

#[test]
fn places_in_the_document_are_found() {
    let log = harbour();
    let cases = [
        ("finding:1", "7.1 7.2 7.3"),
        ("finding:2", "7.1 7.2 7.3 8.1 8.2"),
        ("finding:all", "9.1 9.2"),
        ("rec:7,9", "7.1 7.2 7.3 9.1 9.2"),
        ("ref:7.2", "7.2"),
        ("ref:HARBOUR:7.2,8.1", "7.2 8.1"),
        ("ref:other:7.2", ""),
        ("plan:Harbour", "7.1 7.2 7.3 8.1 8.2 9.1 9.2"),
        ("-plan:harbour", ""),
    ];
    for (filter, wanted) in cases {
        assert_eq!(shown(&log, filter), wanted, "{filter}");
    }
    let said = refused(&log, "plan:harbor");
    assert_eq!(said, "Could not filter: there is no plan “harbor”. Did you mean harbour? There is 1 plan.");
}

#[test]
fn words_are_searched_in_all_text() {
    let mut log = harbour();
    log.act(&log.note("8.2", "Tide tables\ncompared")).unwrap();
    let cases = [
        ("TRIAGE", "7.1"),
        ("conference", "7.1 7.2 7.3"),
        ("conference intelligence", "7.3"),
        ("\"tables compared\"", "8.2"),
        ("\"compared tide\"", ""),
        ("octember", "8.1"),
        ("duty", "7.3"),
        ("8.1", "8.1"),
        ("\"the lessons\"", "9.2"),
        ("\"\"\"the lessons\"\"\"", "9.2"),
        ("-conference -audit", "8.1 9.1"),
        ("\"overdue\"", ""),
        ("12:30", ""),
        ("green", "7.1"),
    ];
    for (filter, wanted) in cases {
        assert_eq!(shown(&log, filter), wanted, "{filter}");
    }
}

#[test]
fn states_are_found_by_one_word() {
    let mut log = harbour();
    let action = log.action("7.2");
    log.act(&Intent::ProposeClosure { action, evidence: "seen".into() }).unwrap();
    assert_eq!(shown(&log, "proposed"), "7.2");
    log.act(&Intent::AgreeClosure { action, evidence: String::new() }).unwrap();
    assert_eq!(shown(&log, "closed"), "7.2");
    assert_eq!(shown(&log, "open"), "7.1 7.3 8.1 8.2 9.1 9.2");
    assert_eq!(shown(&log, "flag"), "8.1");
    assert_eq!(shown(&log, "challenge"), "7.1 9.2");
    assert_eq!(shown(&log, "Overdue rating:amber"), "9.1");
}

#[test]
fn an_unknown_term_names_the_nearest() {
    let log = harbour();
    assert_eq!(
        refused(&log, "ratng:red"),
        "Could not filter: “ratng:” is not a term. Did you mean “rating:”? To search for the words themselves, put \
         them in quotes."
    );
    assert!(refused(&log, "xyzzy:1").contains("The terms are lead: via: party:"));
    assert!(refused(&log, "lead:").contains("there is nothing after “lead:”. For example lead:"));
}

#[test]
fn an_unknown_party_names_the_nearest_and_says_how_many_there_are() {
    let log = harbour();
    assert_eq!(
        refused(&log, "lead:\"Saltmarsh Polise\""),
        "Could not filter: no party is called “Saltmarsh Polise”. Did you mean Saltmarsh Police? There are 8 parties."
    );
    assert!(refused(&log, "lead:Harbour").contains("Did you mean Harbour Council?"));
    assert!(refused(&log, "lead:zebra").ends_with("“zebra”. There are 8 parties."));
}

#[test]
fn a_quote_left_open_ends_with_the_text() {
    assert_eq!(shown(&harbour(), "lead:\"Saltmarsh Police"), "7.1 7.2 9.1*");
}

#[test]
fn an_index_finds_what_matches_whatever_the_terms() {
    let log = harbour();
    for text in
        ["conference", "-conference", "lead:police conf", "-lead:police", "-party:HC overdue", "via:OPS", "\"the \""]
    {
        assert_found_as_matched(&log, &Filter::parse(text, &log.register, today()).unwrap());
    }
}

#[test]
fn the_printed_form_is_short_and_in_the_partys_own_name() {
    let log = harbour();
    let printed = |text: &str| Filter::parse(text, &log.register, today()).unwrap().to_string();
    assert_eq!(
        printed("lead:police  -rating:g,-  DUE:<=2026-10"),
        "lead:\"Saltmarsh Police\" -rating:green,none due:..2026-10"
    );
    assert_eq!(printed("changed:30d due:+30d due:-2w Triage"), "changed:30d due:30d due:-2w triage");
}

fn a_term() -> impl Strategy<Value = String> {
    let keyed = prop::sample::select(vec![
        "lead:police",
        "via:OPS",
        "party:HC,\"Duty Desk\"",
        "rating:r,none",
        "due:30d",
        "due:-3w",
        "due:<2026-12",
        "due:>today",
        "due:2026..2027-01-03",
        "due:..1y",
        "changed:2m",
        "changed:+1d..",
        "finding:3,all",
        "rec:\"7 b\"",
        "ref:harbour:7.2",
        "plan:harbour",
        "flag",
        "open",
        "overdue",
        "challenge",
        "-closed",
        "-lead:OPS",
    ]);
    let text = "[-a-zA-ZÄß \",:’\t.]{0,8}".prop_map(|text| format!("\"{}\"", text.replace('"', "\"\"")));
    prop_oneof![keyed.prop_map(ToString::to_string), text.clone(), text.prop_map(|text| format!("-{text}"))]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_printed_is_read_back(terms in prop::collection::vec(a_term(), 0..6)) {
        let log = harbour();
        let filter = Filter::parse(&terms.join(" "), &log.register, today()).unwrap();
        let again = Filter::parse(&filter.to_string(), &log.register, today()).unwrap();
        prop_assert_eq!(again, filter);
    }

    #[test]
    fn any_text_is_a_filter_or_a_problem(text in "[-a-z:\"<>.,0-9 ü]{0,24}") {
        let log = harbour();
        if let Ok(filter) = Filter::parse(&text, &log.register, today()) {
            let again = Filter::parse(&filter.to_string(), &log.register, today()).unwrap();
            prop_assert_eq!(&again, &filter);
            let found = log.register.actions.iter().filter(|action| filter.matches(&log.register, action, today()).is_some());
            prop_assert!(found.count() <= log.register.actions.len());
        }
    }
}

/// So that what is not read for a filter would not have matched.
#[test]
fn an_outline_says_of_a_filter_what_the_action_says() {
    let mut log = harbour();
    let names =
        log.register.parties.iter().flat_map(|party| {
            ["party", "lead", "via", "-party", "-lead"].map(|key| format!("{key}:\"{}\"", party.name()))
        });
    let flags =
        ["overdue", "closed", "open", "conflict", "-overdue", "rating:red,none", "-rating:green", "open overdue"];
    let filters: Vec<String> = names.chain(flags.map(str::to_owned)).collect();
    let mut matched = 0;
    for at in 0..40 {
        // What the rules refuse changes nothing.
        drop(log.act(&some_act(&log, (u8::try_from(at % 13).unwrap(), at % 3, at % 4))));
        let (register, today) = (&log.register, log.today);
        let mut kept = Outlines::default();
        assert!(register.actions.iter().all(|action| kept.push(&Outline::of(action), &[])));
        for filter in filters.iter().filter_map(|filter| Filter::parse(filter, register, today).ok()) {
            for (at, action) in register.actions.iter().enumerate() {
                let is_found = filter.matches(register, action, today).is_some();
                matched += usize::from(is_found);
                assert_eq!(filter.may_match(register, kept.get(at).unwrap(), today), is_found, "{filter} of {at}");
            }
        }
    }
    assert!(matched > 1000, "{matched}");
}

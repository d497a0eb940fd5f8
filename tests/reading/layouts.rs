//! Layouts that boards use besides a plain table, each read as its reader would. All plans are fictional.

use arising::domain::draft::{Draft, DraftAction};
use arising::import::{Options, read};

fn named(name: &str, lines: &[&str]) -> Draft {
    let options = Options { today: "2026-12-01".parse().unwrap(), ..Options::default() };
    read(name, lines.join("\n").as_bytes(), &options).unwrap()
}

fn draft(lines: &[&str]) -> Draft {
    named("plan.csv", lines)
}

fn ratings(draft: &Draft) -> Vec<&str> {
    draft.all_actions().map(|(_, action)| action.rating.as_deref().unwrap_or("–")).collect()
}

/// Each recommendation with the numbers of its actions.
fn shape(draft: &Draft) -> Vec<(&str, &str, Vec<&str>)> {
    let number = |action: &'_ DraftAction| action.number.clone().unwrap_or_default().leak() as &str;
    let rec = |rec: &'_ arising::domain::draft::DraftRecommendation| rec.actions.iter().map(number).collect();
    draft.recommendations.iter().map(|one| (one.number.as_str(), one.text.as_str(), rec(one))).collect()
}

#[test]
fn actions_numbered_through_stay_below_a_recommendation_that_is_printed_once() {
    let draft = draft(&[
        "Action ref,Recommendation,Action,Lead,By when,Status",
        "1,Professional curiosity,Deliver six briefings,Training subgroup,31 March 2026,Complete",
        "2,,Add a prompt to the form,CSC,30/04/2026,Complete",
        "3,,Add a second prompt,CSC,30/04/2026,Complete",
        "4,Work with fathers,Audit ten cases,QA subgroup,Oct 2026,In progress",
    ]);
    let wanted = [("1", "Professional curiosity", vec!["1", "2", "3"]), ("2", "Work with fathers", vec!["4"])];
    assert_eq!(shape(&draft), wanted);
}

#[test]
fn a_recommendation_s_number_in_front_of_each_row_is_no_action_s() {
    let draft = draft(&[
        "No,Recommendation,Action,Lead,By when,RAG",
        "1,Review the protocol,Convene a working group,ASC,31/03/2026,G",
        "1,,Publish the protocol,ASC,30/09/2026,A",
        "2,Train staff,Commission training,ICB,Jan 2027,A",
    ]);
    let wanted = [("1", "Review the protocol", vec!["", ""]), ("2", "Train staff", vec![""])];
    assert_eq!(shape(&draft), wanted);
}

#[test]
fn of_ratings_by_month_the_last_one_filled_in_counts_whichever_way_they_run() {
    for header in ["RAG Oct,RAG Jan,RAG Apr", "RAG Apr,RAG Jan,RAG Oct"] {
        let forwards = header.starts_with("RAG Oct");
        let cells = |three: [&str; 3]| {
            let [a, b, c] = three;
            if forwards { format!("{a},{b},{c}") } else { format!("{c},{b},{a}") }
        };
        let rows = [
            format!("Ref,Action,Lead,Due,{header}"),
            format!("1,Write the guide,ASC,May 2027,{}", cells(["R", "A", "G"])),
            format!("2,Launch the guide,ASC,May 2027,{}", cells(["R", "A", ""])),
        ];
        let draft = draft(&rows.each_ref().map(String::as_str));
        assert_eq!(ratings(&draft), ["Green", "Amber"], "{header}");
        assert!(draft.flags.iter().any(|flag| flag.why.contains("the last one filled in is used")));
    }
}

#[test]
fn words_beside_a_coloured_sign_are_the_rating() {
    let draft = named(
        "plan.md",
        &[
            "| Ref | Action | Lead | Deadline | Status |",
            "|---|---|---|---|---|",
            "| 1 | Write the guide | CSC | 2026-09-30 | ✅ Complete |",
            "| 2 | Launch it | CSC | 2026-12-31 | 🟠 In progress |",
            "| 3 | Audit it | CSC | 2027-03-31 | 🔴 Not started |",
        ],
    );
    assert_eq!(ratings(&draft), ["Complete", "In progress", "Not started"]);
    assert!(draft.all_actions().all(|(_, action)| action.progress.is_empty() && action.flags.is_empty()));
}

#[test]
fn numbered_lines_in_a_cell_may_be_actions_with_their_own_dates_and_ratings() {
    let draft = draft(&[
        "Recommendation,Actions,Lead,Completion date,RAG",
        "\"1. The ICB should ask\",\"1.1 Revise the policy\n1.2 Audit the discharges\",ICB,\"1.1 – March 2026\n1.2 – June 2026\",\"1.1 G\n1.2 A\"",
    ]);
    let action = &draft.recommendations[0].actions[0];
    let targets: Vec<&str> = action.targets.iter().map(|target| target.raw.as_str()).collect();
    assert_eq!(targets, ["March 2026", "June 2026"]);
    let said = action.flags.iter().map(|flag| flag.why.as_str()).collect::<Vec<_>>().join("; ");
    assert!(said.contains("may be 2 actions") && said.contains("2 ratings in one cell"), "{said}");
    let pieces = arising::domain::split::splits(action);
    let pieces: Vec<_> = pieces.iter().map(|one| (one.text.as_str(), one.rating.as_deref())).collect();
    assert_eq!(pieces, [("Revise the policy", Some("Green")), ("Audit the discharges", Some("Amber"))]);
}

#[test]
fn a_share_that_a_spreadsheet_did_not_format_is_a_percentage() {
    let draft = draft(&[
        "Ref,Action,Owner,Due date,Status,% complete,Comments",
        "1,Revise the protocol,ICB,30/06/2026,In progress,0.6,Half of it read",
        "2,Train the staff,ICB,30/06/2026,Not started,0,",
    ]);
    let told: Vec<&str> = draft.actions[0].progress.iter().map(|entry| entry.text.as_str()).collect();
    assert_eq!(told, ["Half of it read", "60% done"]);
}

#[test]
fn an_officer_belongs_to_the_agency_whose_name_is_above() {
    let draft = named(
        "plan.md",
        &[
            "# SAR George: single agency action plans",
            "",
            "## Northmere Police",
            "",
            "| Ref | Action | Owner | Due | RAG |",
            "|---|---|---|---|---|",
            "| P1 | Write the guide | Head of Service | Jan 2027 | G |",
            "",
            "## Wexshire Council Adult Social Care",
            "",
            "| Ref | Action | Owner | Due | RAG |",
            "|---|---|---|---|---|",
            "| W1 | Write the guide | Head of Service | Jan 2027 | A |",
        ],
    );
    let of = |party: &arising::domain::draft::DraftParty| {
        Some((party.name.clone(), draft.parties.get(party.agency?)?.name.clone()))
    };
    let posts: Vec<(String, String)> = draft.parties.iter().filter_map(of).collect();
    let wanted = ["Northmere Police", "Wexshire Council Adult Social Care"];
    assert_eq!(posts, wanted.map(|agency| (format!("Head of Service ({agency})"), agency.to_owned())));
}

#[test]
fn what_the_board_was_asked_and_what_worried_the_coroner_are_above_the_actions() {
    let asked = draft(&[
        "Question for the Board,Board response and action,Lead,Timescale,Status",
        "How will the Board know?,Commission an audit,QA subgroup,June 2027,On track",
    ]);
    assert_eq!(asked.recommendations[0].text, "How will the Board know?");
    let worried = draft(&[
        "Matter of concern,Action to be taken,By whom,By when,Where are we now?",
        "(1) Visits were missed,Automate the list,Director of Operations,31 December 2026,List in use",
    ]);
    let rec = &worried.recommendations[0];
    assert_eq!((rec.number.as_str(), rec.text.as_str()), ("1", "Visits were missed"));
    assert_eq!(rec.actions[0].progress[0].text, "List in use");
}

/// The names of an action's leads.
fn leads(draft: &Draft, action: &DraftAction) -> Vec<String> {
    action.leads.iter().map(|lead| draft.parties[lead.party].name.clone()).collect()
}

#[test]
fn a_recommendation_or_theme_in_a_row_of_its_own_holds_until_the_next() {
    for (header, first, second) in [
        ("Recommendation", "Recommendation 1: Train all staff", "Recommendation 2: Hear fathers"),
        ("Recommendation", "The Board should train all staff", "The Board should hear the fathers too"),
        ("Theme", "Theme 1: Train all staff", "Theme 2: Hear fathers"),
        ("Finding", "Staff were not trained", "Fathers were not heard"),
    ] {
        let header = format!("{header},No,Action,Lead,Due,RAG");
        let draft = draft(&[
            &header,
            &format!("{first},,,,,"),
            ",1.1,Deliver workshops,Training Hub,31/03/2027,Green",
            ",1.2,Revise the template,Police,31/03/2027,Amber",
            &format!("{second},,,,,"),
            ",2.1,Add fathers,Midwifery,June 2027,Amber",
        ]);
        let found: Vec<(&str, usize)> =
            draft.recommendations.iter().map(|rec| (rec.number.as_str(), rec.actions.len())).collect();
        assert_eq!(found, [("1", 2), ("2", 1)], "{header}: {first}");
        assert!(first.ends_with(&draft.recommendations[0].text), "{first}");
    }
}

#[test]
fn a_heading_says_whose_column_it_is_and_what_it_holds() {
    let draft = draft(&[
        "Ref,Action,Lead and timescale,Lead comments,Lead agency RAG,Accountable board",
        "1,Revise the procedure,Procedures Group – July 2027,Going well so far,Green,SAB",
        "2,Change the template,\"Head of Midwifery, June 2027\",Stuck with the trust,Red,SAB",
    ]);
    let first = &draft.actions[0];
    assert_eq!(leads(&draft, first), ["Procedures Group"]);
    assert_eq!(first.targets[0].raw, "July 2027");
    assert_eq!(first.progress[0].text, "Going well so far");
    let via: Vec<&str> = first.via.iter().map(|lead| draft.parties[lead.party].name.as_str()).collect();
    assert_eq!((ratings(&draft), via), (vec!["Green", "Red"], vec!["SAB"]));
}

#[test]
fn a_forecast_replaces_the_original_date_and_milestones_of_days_are_deadlines() {
    let draft =
        draft(&["Ref,Action,Lead,Baseline date,Forecast date,RAG", "1,Recruit,DASS,31/12/2026,30/06/2027,Amber"]);
    assert_eq!(draft.actions[0].targets[0].raw, "30/06/2027");
    assert_eq!(draft.actions[0].original_targets[0].raw, "31/12/2026");
    let days = |name: &str| {
        let header = format!("Ref,Action,Lead,{name},RAG");
        named("plan.csv", &[&header, "1,Map the children,ASC,31/10/2026,Green", "2,Agree it,ICB,Jan 2027,Red"])
    };
    assert_eq!(days("Milestone").actions[1].targets[0].raw, "Jan 2027");
    assert!(days("Date raised").actions[1].targets.is_empty());
}

#[test]
fn a_heading_rates_the_actions_below_it_and_that_is_told() {
    let draft = named(
        "plan.md",
        &[
            "# Action log",
            "",
            "## Open actions",
            "",
            "| No | Action | Who | When |",
            "|---|---|---|---|",
            "| 14 | Revise the risk register | Board Manager | 30/06/2027 |",
            "",
            "## BLUE – completed",
            "",
            "| No | Action | Who | When |",
            "|---|---|---|---|",
            "| 11 | Book the venue | Board Manager | 30/06/2026 |",
        ],
    );
    assert_eq!(ratings(&draft), ["Open", "Blue"]);
    assert!(draft.flags.iter().any(|flag| flag.why.contains("headings above the actions")), "{:?}", draft.flags);
}

#[test]
fn two_sheets_may_each_have_a_recommendation_1() {
    let draft = named(
        "plan.md",
        &[
            "| Rec No | Recommendation | Action No | Action | Lead |",
            "|---|---|---|---|---|",
            "| 1 | Review the protocol | 1.1 | Revise it | ICB |",
            "| 1 | Improve transitions | 1.1 | Agree it | ICB |",
        ],
    );
    let numbers: Vec<&str> = draft.recommendations.iter().map(|rec| rec.number.as_str()).collect();
    assert_eq!(numbers, ["1", "1"]);
    assert!(draft.recommendations[1].flags.iter().any(|flag| flag.why.contains("appears twice")));
}

#[test]
fn numbers_headed_as_the_actions_are_the_actions_and_welsh_words_rate() {
    let draft = draft(&[
        "Action no.,Recommendation,Action,Lead,Due,RAG",
        "1a,Voice,Publish a toolkit,Police,30/09/2027,Gwyrdd",
        "1b,Voice,Hold briefings,Police,30/09/2027,Ar y gweill",
        "2,Visits,Agree a protocol,Police,30/09/2027,Coch",
    ]);
    assert_eq!(shape(&draft), [("1", "Voice", vec!["1a", "1b"]), ("2", "Visits", vec!["2"])]);
    assert_eq!(ratings(&draft), ["Gwyrdd", "Ar y gweill", "Coch"]);
    assert!(draft.flags.is_empty(), "{:?}", draft.flags);
}

#[test]
fn initials_of_a_post_are_no_person_s() {
    let draft =
        draft(&["Ref,Action,Lead,Due,RAG", "1,Write it,QA Lead,May 2027,Red", "2,Send it,QA Lead,May 2027,Red"]);
    assert!(draft.flags.iter().all(|flag| flag.field != "lead"), "{:?}", draft.flags);
}

#[test]
fn an_action_s_number_may_stand_in_front_of_its_words() {
    let draft = draft(&[
        "Recommendation,Action,Lead,Due,RAG",
        "R1 – Use the protocol,R1a – Add the scale,Fire,30/09/2027,Green",
        ",R1b – Brief all teams,Fire,30/09/2027,Green",
        "R3 – Publish a brief,R3a – Publish it,Board,30/09/2027,Green",
    ]);
    let wanted = [("1", "Use the protocol", vec!["R1a", "R1b"]), ("3", "Publish a brief", vec!["R3a"])];
    assert_eq!(shape(&draft), wanted);
    assert_eq!(draft.recommendations[0].actions[0].text, "Add the scale");
}

#[test]
fn parts_of_a_number_in_brackets_belong_to_it() {
    let recommended = draft(&[
        "Recommendation,Action,Lead,Due,RAG",
        "Recommendation 4(i) Train all,Write the course,Police,30/09/2027,Green",
        "Recommendation 4 (ii): Review all,Review it,Police,30/09/2027,Green",
    ]);
    let numbers: Vec<&str> = recommended.recommendations.iter().map(|rec| rec.number.as_str()).collect();
    assert_eq!(numbers, ["4(i)", "4(ii)"]);
    let alone = draft(&["Action,Lead,Due", "1(a) Write it,Police,30/09/2027", "1(b) Send it,Police,30/09/2027"]);
    let actions: Vec<_> = alone.actions.iter().map(|action| (action.number.as_deref(), action.text.as_str())).collect();
    assert_eq!(actions, [(Some("1(a)"), "Write it"), (Some("1(b)"), "Send it")]);
}

#[test]
fn where_nothing_is_to_be_done_no_action_is_made_and_it_is_said() {
    let draft = draft(&[
        "No,Recommendation,Action,Lead,Due,RAG",
        "1,Train all staff,No action required,,,",
        "2,Review the policy,N/A,,,",
        "3,Write to GPs,Write to all,ICB,30/09/2027,Green",
    ]);
    assert_eq!(
        shape(&draft),
        [("1", "Train all staff", vec![]), ("2", "Review the policy", vec![]), ("3", "Write to GPs", vec![""])]
    );
    let said = draft.notices.iter().filter(|notice| notice.contains("no action is made of")).count();
    assert_eq!(said, 2, "{:?}", draft.notices);
}

#[test]
fn columns_that_ask_for_a_tick_are_the_status() {
    let draft = draft(&[
        "Ref,Action,Lead,Achieved (tick),On target to achieve (please tick),Not on target (✓),Expected new completion date",
        "1,Write it,Police,✓,,,",
        "2,Send it,Police,,✓,,",
        "3,Audit it,Police,,,✓,30/09/2027",
    ]);
    assert_eq!(ratings(&draft), ["Achieved", "On target to achieve", "Not on target"]);
    let targets: Vec<usize> = draft.actions.iter().map(|action| action.targets.len()).collect();
    assert_eq!(targets, [0, 0, 1]);
}

#[test]
fn a_title_with_rag_ratings_in_it_is_no_key() {
    let title = "# Business plan 2026-27 – actions, leads and RAG ratings";
    let draft = named(
        "plan.md",
        &[title, "", "| No | Action | Lead | RAG |", "|---|---|---|---|", "| 1 | Write it | ICB | Green |"],
    );
    assert_eq!(draft.title, "Business plan 2026-27 – actions, leads and RAG ratings");
}

#[test]
fn numbers_of_recommendations_without_their_words_say_which_actions_belong_together() {
    let numbered = draft(&[
        "Rec No,Action,Lead,Due,RAG",
        "IMR 1,Update the policy,Health,30/09/2027,Green",
        "IMR 1,Train GPs,Health,30/09/2027,Amber",
        "OR 1,Review thresholds,Police,30/09/2027,Amber",
    ]);
    assert_eq!(shape(&numbered), [("IMR1", "", vec!["", ""]), ("OR1", "", vec![""])]);
    assert!(numbered.flags.is_empty(), "{:?}", numbered.flags);
    let several = draft(&["Rec No,Action,Lead,Due", "1,Write it,Health,May 2027", "\"2, 3\",Send it,Health,May 2027"]);
    assert_eq!(several.actions.len(), 2);
    assert!(several.notices.iter().any(|notice| notice.contains("is not one number")), "{:?}", several.notices);
}

#[test]
fn a_number_with_the_mark_of_a_note_is_that_number_and_another_text_is_a_doubt() {
    let draft =
        draft(&["Ref,Action,Lead", "1.1,Write it,ICB", "1.4*,Send it,ICB", "#7,Keep it,ICB", "5 & 6,Burn it,ICB"]);
    let numbers: Vec<_> = draft.actions.iter().map(|action| action.number.as_deref().unwrap_or("")).collect();
    assert_eq!(numbers, ["1.1", "1.4", "7", "5 & 6"]);
    let doubted: Vec<usize> = draft.actions.iter().map(|action| action.flags.len()).collect();
    assert_eq!(doubted, [0, 0, 0, 1]);
}

#[test]
fn numbers_of_a_list_are_no_part_of_a_name_or_a_date() {
    let draft =
        draft(&["Ref,Action,Lead,Due", "1,Write it,\"1. Police\n2. ICB\",1. Sept 26", "2,Send it,Police,May 2027"]);
    let names: Vec<&str> = draft.parties.iter().map(|party| party.name.as_str()).collect();
    assert_eq!(names, ["Police", "ICB"]);
    let target = &draft.actions[0].targets[0];
    assert!(target.span.is_none() && target.flag.as_deref().is_some_and(|why| why.contains("perhaps Sept 26")));
}

#[test]
fn the_date_in_front_of_an_update_in_prose_dates_it() {
    let draft = named(
        "plan.txt",
        &["Action plan", "", "Action 1.1: Write a pathway", "Lead: ICB", "Update 11/05/26: four briefings held."],
    );
    let progress = &draft.all_actions().next().expect("an action").1.progress[0];
    assert_eq!(
        (progress.date.map(|date| date.to_string()).as_deref(), progress.text.as_str()),
        (Some("2026-05-11"), "four briefings held.")
    );
}

#[test]
fn a_line_that_only_dates_an_update_dates_the_lines_below_it() {
    let draft = draft(&[
        "Ref,Action,Lead,Progress",
        "1,Write it,ICB,\"Update 21st May 2026\nPathway approved.\nUpdate for June 2026 meeting:\nFirst referrals.\"",
    ]);
    let entry = |entry: &arising::domain::progress::EntryText| {
        (entry.date.map(|date| date.to_string()).unwrap_or_default(), entry.text.clone())
    };
    let said: Vec<_> = draft.actions[0].progress.iter().map(entry).collect();
    assert_eq!(
        said,
        [("2026-05-21".into(), "Pathway approved.".to_owned()), ("2026-06".into(), "First referrals.".into())]
    );
}

#[test]
fn a_row_without_words_at_the_top_of_a_table_is_no_end_of_the_table_above() {
    let header = ["| No | Action | Lead | Due |", "|---|---|---|---|"];
    let first = ["| 1 | Write it | Matron | 30/09/2027 |", ""];
    let second = ["|  |  | Ward Manager | 30/11/2027 |", "| 3 | Send it | Digital | 31/12/2027 |"];
    let draft =
        named("plan.md", &[&["# Plan", ""][..], &header, &first, &["Concern 2", ""], &header, &second].concat());
    assert_eq!(draft.actions.iter().map(|action| action.leads.len()).collect::<Vec<_>>(), [1, 1, 1]);
    assert!(draft.actions[1].text.is_empty() && !draft.actions[1].flags.is_empty(), "{:?}", draft.actions[1]);
}

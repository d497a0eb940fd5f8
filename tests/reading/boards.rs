//! Plans, logs and minutes as boards of every kind write them, and documents that are none of these. All are fictional.

use arising::domain::draft::{Draft, DraftAction, DraftLead};
use arising::domain::party::PartyKind;
use arising::domain::split;
use arising::import::{Options, read};

fn options() -> Options {
    Options { today: "2026-01-31".parse().unwrap(), ..Options::default() }
}

fn fixture(folder: &str, file: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/fixtures/{folder}/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn draft(file: &str) -> Draft {
    read(file, &fixture("boards", file), &options()).unwrap()
}

fn names(draft: &Draft, leads: &[DraftLead]) -> String {
    leads.iter().map(|lead| draft.parties[lead.party].name.as_str()).collect::<Vec<_>>().join(" + ")
}

/// "1.1: Write and publish a… | Westmarsh CSP | 2023-07-31 | Green | 2023-07": what was understood of each action.
fn told(file: &str) -> Vec<String> {
    let draft = draft(file);
    let line = |(number, action): (String, &DraftAction)| {
        let words: Vec<&str> = action.text.split_whitespace().collect();
        let text = words.get(..4).map_or_else(|| words.join(" "), |words| format!("{}…", words.join(" ")));
        let target = |target: &arising::domain::target::Target| {
            target.last().map_or_else(|| format!("“{}”", target.raw), |day| day.to_string())
        };
        let targets: Vec<String> = action.targets.iter().map(target).collect();
        let dates: Vec<String> =
            action.progress.iter().map(|entry| entry.date.map_or("-".into(), |date| date.to_string())).collect();
        let rating = action.rating.as_deref().unwrap_or("none");
        let leads = names(&draft, &action.leads);
        format!("{number}: {text} | {leads} | {} | {rating} | {}", targets.join(" + "), dates.join(" "))
    };
    let under = draft.recommendations.iter().flat_map(|rec| {
        rec.actions.iter().enumerate().map(|(at, action)| (format!("{}.{}", rec.number, at + 1), action))
    });
    let own = draft.actions.iter().enumerate();
    let own = own.map(|(at, action)| (action.number.clone().unwrap_or_else(|| format!("#{}", at + 1)), action));
    under.chain(own).map(line).collect()
}

/// What is understood of each document: number, words, leads, last days, rating, days of progress.
const BOARDS: [(&str, &[&str]); 35] = [
    (
        "acceptance.csv",
        &[
            "1.1: Publish the plan on… | Council | 2024-05-31 | Complete | -",
            "2.1: None: see the reasons… | Council | “n/a” | Closed | -",
            "3.1: Review one part of… | Council | 2024-11-30 | In progress | -",
        ],
    ),
    (
        "agency_rows.md",
        &[
            "1.1: Amend the form | Westmarsh Police | 2024-03-31 | Green | -",
            "2.1: Brief all shifts | Westmarsh Police | 2024-04-30 | Green | -",
            "3.1: Train ward staff | Fenwick NHS Foundation Trust | 2024-12-31 | Amber | -",
            "4.1: Change the template | Adult Social Care | 2025-03-31 | Red | ",
        ],
    ),
    (
        "dates.csv",
        &[
            "#1: Write it up | ICB | “Completed May 2023” | Green | - 2023-05",
            "#2: Train staff | ICB | “23-Mar” | Amber | 2024-05",
            "#3: Tell people | ICB | 2025-03-31 | Amber | ",
            "#4: Ask people | ICB | “By next meeting” | Amber | ",
            "#5: Ask more | ICB | 2024-05-31 | Amber | ",
            "#6: Ask yet more | ICB | “Mid-June” | Amber | ",
        ],
    ),
    (
        "dhr.md",
        &[
            "1.1: Write and publish a… | Westmarsh CSP | 2023-07-31 | none | 2023-07",
            "1.2: Add the guide to… | All agencies | 2023-09-30 | none | ",
            "2.1: Audit 50 records | Westmarsh Police | 2023-12-31 | none | -",
            "3.1: Commission training for GPs… | NHS Fenwick ICB | 2024-06-30 | none | ",
        ],
    ),
    (
        "dhr_achieved.csv",
        &[
            "1.1.1: Review the policy and… | Fenwick Borough Council (Housing) | 2024-03-31 | none | 2024-03 2024-03-28",
            "1.2.1: Deliver training to all… | Fenwick Borough Council (Housing) | 2024-06-30 | none | ",
            "2.1.1: Amend the template of… | Fenwick NHS Foundation Trust | “Immediate” | none | - -",
        ],
    ),
    (
        "headings.md",
        &[
            "#1: Send round the minutes… |  |  | New | ",
            "#2: Publish the note on… |  |  | Completed | ",
            "#3: Agree the list of… | HB + KR |  | Carried forward | ",
            "#4: Meet the agency about… | HB + KR |  | Ongoing | ",
            "#5: Draft a letter to… | KR |  | New | ",
        ],
    ),
    (
        "key_line.md",
        &[
            "1.1: Review the policy | Adult Social Care | 2024-06-30 | Green | ",
            "1.2: Share home visit data… | Fire Service | 2024-09-30 | Amber | ",
            "2.1: Train officers | Housing | 2024-12-31 | Red | ",
        ],
    ),
    (
        "lead_in_cell.md",
        &[
            "1.1: Add a prompt to… | Westmarsh Fire and Rescue | 2025-03-31 | none | ",
            "2.1: Agree a way to… | ICB |  | Amber | ",
        ],
    ),
    (
        "lscp.md",
        &[
            "1.1: Change the assessment form… | Children's Social Care + Health visiting | 2025-03-31 | Amber | 2025-02-12 2025-03-03",
            "1.2: Tell practitioners in the… | LSCP Business Unit | “Complete” | Blue | -",
        ],
    ),
    (
        "minutes.txt",
        &[
            "#1: The Business Manager to… | Business Manager | 2024-04-30 | none | ",
            "2: JS to write to… | Jane Smith |  | none | ",
            "#3: It was agreed that… | Tom Brown |  | none | ",
            "#4: Review the joint protocol… |  | “within two weeks” | none | ",
            "#5: Housing to nominate a… | Housing | “next meeting” | none | ",
        ],
    ),
    (
        "numbered.txt",
        &[
            "1: Review the joint protocol… | Westmarsh Police | 2024-06-30 | none | ",
            "2: Train all duty officers… | Adult Social Care | 2024-09-30 | none | ",
            "3: Report to the board… | Board Manager | “TBC” | none | ",
        ],
    ),
    (
        "officers.csv",
        &[
            "DHR5/1.1: Publish a guide | CSP | 2024-09-30 | Blue | 2024-09",
            "DHR5/2.1: Review training; report back… | Police | 2024-03-31 | Amber | 2024-01 2024-08",
        ],
    ),
    (
        "outputs.md",
        &[
            "A: Paper on open records… | Tim Hall | 2024-08-31 | Ongoing | 2024-04-26",
            "Ai: Ai) Put the notes… | Tim Hall | 2024-06-30 | Completed | ",
            "1: Refresh the terms of… |  | “Draft for discussion 4 July 2024 To be agreed by the panel” | Completed | ",
            "2: Research briefs to be… | Secretariat |  | Cancelled | ",
        ],
    ),
    (
        "people.csv",
        &[
            "1: Ask the trust for… | Jane Smith |  | none | ",
            "2: Write the paper | Fenwick Council |  | none | ",
            "3: Send round the paper… | Sheela + Secretariat |  | none | ",
            "4: Invite the group | Group members + ICB |  | none | ",
            "5: Book a room | Head of Service (Westmarsh Police) |  | none | ",
            "6: Tell everyone |  |  | none | ",
        ],
    ),
    (
        "priorities.md",
        &[
            "1.1: Run a campaign in… | Comms | 2024-09-30 | none | ",
            "2.1: Write guidance for care… | ICB | 2025-03-31 | none | ",
            "3.1: Hold two forums | Healthwatch | 2025-03-31 | none | ",
        ],
    ),
    (
        "prose_plan.txt",
        &[
            "1.1: Set up a task… | Adult Social Care | 2024-06-30 | Complete | ",
            "2.1: Commission training | Fenwick NHS Trust | 2024-12-31 | In progress | ",
        ],
    ),
    (
        "rec_row.md",
        &[
            "1.1: Write a draft | Head of Safeguarding (Fenwick Council) | 2024-05-01 | Complete | ",
            "1.2: Consult schools | Education Partnership | “Within 3 months” | On track | ",
            "2.1: Send a questionnaire to… | Board Manager | “June update” | Delayed | ",
        ],
    ),
    (
        "recpara.md",
        &[
            "1.1: Audit ten discharges | NHS Pine Trust | 2023-12-31 | Green | -",
            "1.2: Report to the Board… | Quality Subgroup | 2024-01-31 | Green | -",
            "2.1: Review the rota | Pine Council | 2024-03-31 | Amber | -",
        ],
    ),
    (
        "stacked.md",
        &[
            "1.1: Write a guide Action:… | Board Manager + Learning Subgroup | 2024-03-31 + 2024-06-30 | none | ",
            "2.1: Ask people what they… | Healthwatch + Advocacy Trust | 2024-05-31 + 2024-07-31 | Red | ",
            "3.1: Share the report | Police | 2024-05-31 | Red | ",
        ],
    ),
    (
        "statuses.csv",
        &[
            "1: Write to all agencies… | ICB |  | On track | ",
            "2: Agree a protocol | ICB |  | Carried forward | ",
            "3: Publish a guide | Police |  | Completed | 2024-05",
            "4: Train staff | Police |  | Complete with caveat | ",
            "5: Commission a review | Council |  | Cancelled | ",
            "6: Ask survivors | Council |  | Not started | ",
            "7: Hold an event | Council |  | Discharged | ",
            "8: Share the learning | Council |  | Parked | ",
            "9: Check the records | Council |  | none | ",
        ],
    ),
    (
        "themes.md",
        &[
            "1.1: Agree an escalation protocol… | Business Manager | 2024-03-31 | Blue | 2024-03-12",
            "1.2: Hold two learning events… | Learning and Development Subgroup | 2024-08-31 | Amber | ",
            "2.1: Ask people what they… | Healthwatch Fenwick + Advocacy Fenwick | 2025-03-31 | Green | -",
        ],
    ),
    (
        "tracker.csv",
        &[
            "1: The board should write… | Board Manager | 2024-03-31 | Closed | 2024-03-12",
            "2: Providers should check their… | All providers | 2024-06-30 | Overdue | -",
        ],
    ),
    (
        "updates.csv",
        &[
            "#1: Write a policy | HR | 2023-12-31 | Green | 2023-06 2023-09",
            "#2: Train staff | Learning team | 2024-03-31 | Amber | 2023-06 2023-09",
        ],
    ),
    (
        "vertical.md",
        &[
            "1.1: Each agency to report… | All partner agencies + Named safeguarding leads | 2025-03-31 | Amber | 2025-01",
            "1.2: Board to audit ten… | Heron SAB Quality Subgroup | 2025-06-30 | Red | -",
            "2.1: Send a poster to… | ICB | “ASAP” | Green | -",
        ],
    ),
    (
        "vertical4.csv",
        &[
            "1.1: Convene a working group… | Fenwick Council | 2024-09-30 | Amber | - 2024-07",
            "2.1: Write a leaflet with… | Parent Carer Forum | 2024-12-31 | Red | -",
        ],
    ),
    (
        "groups.md",
        &[
            "1.1: Write a template for… | Fenwick Council | 2024-06-30 | Green | ",
            "1.2: Check ten records a… | ICB | 2024-09-30 | Amber | ",
        ],
    ),
    (
        "ticks.csv",
        &[
            "#1: Print the poster | Home Manager | 2024-03-31 | Complete | ",
            "#2: Tell the night staff… | Deputy Manager | 2024-04-15 | In progress | ",
        ],
    ),
    (
        "agency_ticks.csv",
        &[
            "#1: Share the list each… | Council + Northby Lifeboats | 2024-06-30 | none | -",
            "#2: Use the joint form… | Police | 2024-09-30 | none | ",
        ],
    ),
    (
        "spread.csv",
        &[
            "1.1: Chair to write to… | Westmarsh CSP | 2025-01-31 | none | ",
            "2.1: Send out a guide… | ICB | 2025-06-30 | none | ",
        ],
    ),
    (
        "audit.csv",
        &[
            "1.1: Keep one list | Head of HR | 2024-09-30 | Complete | -",
            "2.1: Sign each check | Head of SEND | 2024-06-30 | Not started | -",
        ],
    ),
    (
        "planner.csv",
        &[
            "#1: Draft the short briefing… | Jane Smith | 2024-06-14 | Not started | ",
            "#2: Find an author | Tom Brown | 2024-03-29 | Completed | 2024-03-27",
        ],
    ),
    (
        "minutes_items.md",
        &[
            "2. Figures: JS / TB |  |  | none | -",
            "3. Leaflet: Print the leaflet |  | “Within 2 weeks” | none | -",
            "4. Survey: Send the survey |  | “End August” | none | -",
        ],
    ),
    (
        "agency_required.csv",
        &[
            "1.1: Train all surgeries | Westmarsh ICB + Designated GP | 2024-10-31 | none | ",
            "2.1: Join the national scheme… | Fenwick Homes + Head of Tenancy | 2024-12-31 | Green | ",
        ],
    ),
    (
        "regulation.csv",
        &[
            "#1: Fit a lock with… | Registered Manager | 2025-02-14 | none | ",
            "#2: Rewrite the induction | Deputy Manager | 2025-02-28 | none | ",
        ],
    ),
    (
        "recs_tracked.md",
        &["1: The board should look… | Hospital Trust |  | Green | -", "2: The board should look… | ICB |  | Red | "],
    ),
];

#[test]
fn plans_and_logs_of_many_shapes_are_understood() {
    for (file, wanted) in BOARDS {
        assert_eq!(told(file), wanted, "{file}");
    }
}

#[test]
fn every_fixture_is_read_in_a_test() {
    let folder = format!("{}/tests/fixtures/boards", env!("CARGO_MANIFEST_DIR"));
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    for file in files {
        assert!(BOARDS.iter().any(|(own, _)| *own == file), "{file}");
    }
}

#[test]
fn a_document_that_is_no_plan_gives_no_actions_and_one_sentence() {
    let folder = format!("{}/tests/fixtures/none", env!("CARGO_MANIFEST_DIR"));
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut count = 0;
    for file in files {
        let problem = read(&file, &fixture("none", &file), &options()).expect_err(&file);
        assert_eq!(problem.what, "This does not look like an action plan", "{file}");
        assert!(!problem.to_string().contains('\n'), "{file}");
        count += 1;
    }
    assert!(count > 15, "{count}");
}

fn whys(draft: &Draft) -> String {
    draft.flags.iter().map(|flag| flag.why.as_str()).collect::<Vec<_>>().join("\n")
}

#[test]
fn inferences_are_reported() {
    let log = whys(&draft("headings.md"));
    assert!(log.contains("no header row") && log.contains("column 1 as the action") && log.contains("“KR”"), "{log}");
    assert!(whys(&draft("agency_rows.md")).contains("“Westmarsh Police”"));
    assert!(whys(&draft("people.csv")).contains("Jane Smith"));
    assert!(whys(&draft("updates.csv")).contains("“RAG Sept 2023” is used"));
    assert!(whys(&draft("statuses.csv")).contains("“Parked”"));
    assert!(whys(&draft("ticks.csv")).contains("the ticks in the columns “Not started”, “In progress”, “Complete”"));
    assert!(whys(&draft("agency_ticks.csv")).contains("who leads each action"));
    assert!(whys(&draft("groups.md")).contains("the last one filled in is used"));
    assert!(whys(&draft("recs_tracked.md")).contains("“Recommendation” is read as an action"));
    let minutes = draft("minutes.txt");
    assert!(minutes.actions.iter().all(|action| action.flags.iter().any(|flag| flag.why.contains("in prose"))));
    assert_eq!(minutes.actions[0].source.place, "paragraph 5");
}

#[test]
fn people_are_kept_as_written_and_no_person_is_an_agency() {
    let draft = draft("people.csv");
    let of_kind = |kind| {
        let parties = draft.parties.iter().filter(move |party| party.kind == kind);
        parties.map(|party| party.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(of_kind(PartyKind::Agency), ["Fenwick Council", "ICB", "Westmarsh Police"]);
    assert!(of_kind(PartyKind::Post).contains(&"Jane Smith".to_owned()));
    assert_eq!(draft.actions[4].leads[0].raw, "Karen White, Head of Service, Westmarsh Police");
    assert!(draft.actions[5].flags.iter().any(|flag| flag.field == "lead" && flag.raw == "?"));
}

#[test]
fn unreadable_dates_are_doubts_and_never_guessed() {
    let draft = draft("dates.csv");
    let asked: Vec<Vec<(String, Option<String>)>> = draft
        .actions
        .iter()
        .map(|action| action.flags.iter().map(|flag| (flag.raw.clone(), flag.suggestion.clone())).collect())
        .collect();
    let one = |raw: &str, suggestion: Option<&str>| (raw.to_owned(), suggestion.map(str::to_owned));
    assert_eq!(
        asked[0],
        [one("Completed May 2023", None), one("12 June", Some("12 June 2023")), one("3 July", Some("3 July 2023"))]
    );
    assert_eq!(asked[1], [one("23-Mar", None)]);
    assert_eq!(asked[2], []);
    assert_eq!(asked[3], [one("By next meeting", None)]);
}

#[test]
fn minutes_in_a_table_say_who_is_named_and_from_when_weeks_are_counted() {
    let draft = draft("minutes_items.md");
    let suggested = |at: usize| draft.actions[at].flags.iter().find_map(|flag| flag.suggestion.clone());
    assert!(draft.actions[0].flags.iter().any(|flag| flag.why.contains("says who, but not what")));
    assert_eq!(suggested(1).as_deref(), Some("17 Jul 2024"));
    assert_eq!(suggested(2).as_deref(), Some("End August 2024"));
    assert!(draft.notes.iter().any(|note| note.contains("Karen White sent apologies")));
}

#[test]
fn a_table_in_a_cell_is_a_doubt() {
    let text =
        "Recommendation,Actions\n1. Providers should keep one record,\"Action\nLead\nDate\nWrite it\nHR\nMay 2025\"\n";
    let draft = read("plan.csv", text.as_bytes(), &options()).unwrap();
    let flags = &draft.recommendations[0].actions[0].flags;
    assert!(flags.iter().any(|flag| flag.why.contains("this cell contains a table (Action, Lead, Date)")));
}

#[test]
fn rows_that_may_be_several_actions_can_be_split() {
    let draft = draft("stacked.md");
    let first = &draft.recommendations[0].actions[0];
    let pieces = split::splits(first);
    let told: Vec<_> = pieces
        .iter()
        .map(|piece| {
            let rating = piece.rating.clone().unwrap_or_default();
            (piece.text.as_str(), names(&draft, &piece.leads), piece.targets[0].raw.clone(), rating)
        })
        .collect();
    let row = |text, lead: &str, target: &str, rating: &str| (text, lead.into(), target.into(), rating.into());
    assert_eq!(
        told,
        [
            row("Write a guide", "Board Manager", "March 2024", "Green"),
            row("Train all staff", "Learning Subgroup", "June 2024", "Amber")
        ]
    );
    assert!(first.flags.iter().any(|flag| flag.field == "text" && flag.why.contains("can be split")));
    assert!(pieces.iter().all(|piece| piece.flags.is_empty() && piece.raw == first.raw));
    assert!(draft.recommendations[2].actions[0].flags.is_empty());
}

#[test]
fn recommendations_that_were_not_accepted_keep_their_answer() {
    let draft = draft("acceptance.csv");
    let answers: Vec<&str> = draft.all_actions().map(|(_, action)| action.progress[0].text.as_str()).collect();
    assert_eq!(answers, ["Response: Agreed", "Response: Not agreed", "Response: Partly agreed"]);
}

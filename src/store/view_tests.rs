//! The SQL views agree with the folded register, in the `sqlite3` that an analyst has.

use std::process::Command;

use proptest::prelude::*;
use rusqlite::types::Value as Cell;

use crate::domain::action::{Action, Lead};
use crate::domain::change::{Cause, Op};
use crate::domain::describe;
use crate::domain::fixture::{Log, day, harbour, target};
use crate::domain::id::Id;
use crate::domain::intent::{Attendee, Begin, Intent, PartyChoice, Rest};
use crate::domain::meeting::{Agenda, AgendaRule, Meeting, MinuteKind, Presence};
use crate::domain::particular::Particular;
use crate::domain::party::{Party, PartyKind};
use crate::domain::plan::Plan;
use crate::domain::progress::Entry;
use crate::domain::query;
use crate::domain::recommendation::Recommendation;
use crate::domain::register::Register;
use crate::domain::target::Target;

use super::chain::Tip;
use super::{Access, Store, append, connect};

/// A store holding a log made elsewhere.
fn store_of(log: &Log) -> Store {
    let store = Store::in_memory().unwrap();
    for batch in &log.batches {
        let before = super::tips::tip(&store.db, batch.id.origin).unwrap();
        assert!(before != Tip::START || batch.id.seq == 1);
        append::insert(&store.db, batch, before, &store.keeper.key).unwrap();
    }
    store
}

/// The rows of a query, cells as text.
fn rows(store: &Store, sql: &str) -> Vec<String> {
    let mut statement = store.db.prepare(sql).unwrap();
    let columns = statement.column_count();
    let cell = |cell: Cell| match cell {
        Cell::Null => "-".to_owned(),
        Cell::Integer(number) => number.to_string(),
        Cell::Real(number) => number.to_string(),
        Cell::Text(text) => text,
        Cell::Blob(_) => "blob".into(),
    };
    let row = |row: &rusqlite::Row<'_>| {
        let cells: Vec<String> = (0..columns).map(|at| cell(row.get(at).unwrap())).collect();
        Ok(cells.join(" | "))
    };
    statement.query_map([], row).unwrap().collect::<Result<_, _>>().unwrap()
}

/// The plan "harbour" after a year of work by two people, sometimes concurrently.
fn worked_on() -> Log {
    let mut log = harbour();
    let mut other = log.copy(9, "Ben");
    let reword = |log: &Log, reference: &str, text: &str| {
        let action = log.action(reference);
        Intent::Reword { action, text: text.into() }
    };
    let acts = [log.rate("7.2", "Red"), log.rate("7.2", "Green"), log.note("7.1", "Seen by the board")];
    for act in &acts {
        log.act(act).unwrap();
    }
    log.undo().unwrap();
    log.undo().unwrap();
    log.redo().unwrap();
    log.act(&log.rate("7.3", "-")).unwrap();
    let new = PartyChoice::New("Tide & Time".into());
    log.act(&Intent::Assign { action: log.action("8.1"), leads: vec![new, PartyChoice::Known(log.party("OPS"))] })
        .unwrap();
    log.act(&Intent::Oversee { action: log.action("7.1"), via: vec![] }).unwrap();
    log.act(&Intent::Retarget {
        action: log.action("7.2"),
        dates: vec![target("2026-03")],
        reason: "the conference moved".into(),
    })
    .unwrap();
    log.act(&Intent::ProposeClosure { action: log.action("9.1"), evidence: "seen".into() }).unwrap();
    log.act(&Intent::AgreeClosure { action: log.action("9.1"), evidence: "seen".into() }).unwrap();
    log.act(&Intent::ProposeClosure { action: log.action("9.2"), evidence: "leaflet".into() }).unwrap();
    let late = log.action("8.1");
    log.act(&Intent::Retarget { action: late, dates: vec![target("2026-02")], reason: "typed from memory".into() })
        .unwrap();
    log.act(&Intent::Abandon { action: late, reason: "the unit was closed".into() }).unwrap();
    let rec = log.register.recommendations[1].id;
    let plan = log.register.plans[0].id;
    log.act(&Intent::Retain { plan, review_on: Some(day("2026-11-01")), dispose_on: None }).unwrap();
    log.act(&Intent::AddAction {
        plan,
        recommendation: Some(rec),
        text: "A third".into(),
        leads: Vec::new(),
        dates: Vec::new(),
    })
    .unwrap();
    log.act(&Intent::Withdraw { action: log.action("8.2"), reason: "double".into() }).unwrap();
    log.act(&Intent::Withdraw { action: log.action("8.3"), reason: "double".into() }).unwrap();
    let rewording = [reword(&other, "8.2", "Audit twelve files"), reword(&other, "7.3", "Record all of it")];
    for act in &rewording {
        other.act(act).unwrap();
    }
    other.act(&other.rate("7.2", "Blue")).unwrap();
    log.merge(&other);
    log
}

fn list(names: &[Lead], register: &Register) -> String {
    let names: Vec<&str> = names.iter().map(|lead| register.party_name(lead.party)).collect();
    if names.is_empty() { "-".into() } else { names.join("; ") }
}

fn or_dash(text: Option<impl ToString>) -> String {
    text.map_or_else(|| "-".into(), |text| text.to_string())
}

/// The expected content of the action view.
fn folded_actions(register: &Register) -> Vec<String> {
    let today = chrono::Local::now().date_naive();
    let row = |action: &Action| {
        let raws: Vec<&str> = action.targets().iter().map(|target| target.raw.as_str()).collect();
        let cells = [
            register.plan(action.plan).unwrap().slug().to_owned(),
            register.reference(action),
            or_dash(action.recommendation.and_then(|id| register.recommendation(id)).map(Recommendation::number)),
            action.text().to_owned(),
            list(action.leads(), register),
            list(action.via(), register),
            if raws.is_empty() { "-".into() } else { raws.join("; ") },
            or_dash(action.targets().iter().filter_map(Target::first).min()),
            or_dash(action.due()),
            or_dash(action.rating()),
            u8::from(query::is_overdue(register, action, today)).to_string(),
            u8::from(action.is_closed()).to_string(),
            or_dash(Some(action.evidence_at()).filter(|at| !at.is_empty())),
            or_dash(action.extension().map(|asked| asked.dates[0].raw.clone())),
            action.flags().len().to_string(),
            action.id.to_string(),
        ];
        cells.join(" | ")
    };
    sorted(register.visible_actions().map(row).collect())
}

fn viewed_actions(store: &Store) -> Vec<String> {
    let columns =
        "plan, ref, recommendation, text, leads, via, target, target_first, target_last, rating, overdue, closed,
        nullif(evidence_at, ''), extension_requested, flags, id";
    sorted(rows(store, &format!("SELECT {columns} FROM action")))
}

fn folded_progress(register: &Register) -> Vec<String> {
    let entries = register.visible_actions().flat_map(|action| action.progress().map(move |entry| (action, entry)));
    let row = |(action, entry): (&Action, &Entry)| {
        format!("{} | {} | {}", register.reference(action), or_dash(entry.said.date), entry.said.text)
    };
    sorted(entries.map(row).collect())
}

fn folded_parties(register: &Register) -> Vec<String> {
    let visible = register.parties.iter().filter(|party| !register.is_hidden(party.id));
    let row = |party: &Party| {
        let kind = match party.kind() {
            PartyKind::Agency => "agency",
            PartyKind::Subgroup => "subgroup",
            PartyKind::Post => "post",
            PartyKind::Everyone => "everyone",
        };
        format!("{} | {kind} | {}", party.name(), or_dash(party.agency().map(|id| register.party_name(id))))
    };
    visible.map(row).collect()
}

/// The start of a meeting of the operations subgroup.
fn begin(log: &Log, items: &[Id], chair: &str) -> Begin {
    let attendee = |party: &str, name: &str, presence| Attendee {
        party: Some(party).filter(|party| !party.is_empty()).map(|party| PartyChoice::Known(log.party(party))),
        name: name.into(),
        presence,
    };
    Begin {
        body: PartyChoice::Known(log.party("OPS")),
        day: log.today,
        chair: chair.into(),
        attendance: vec![
            attendee("Saltmarsh Police", "B. Officer", Presence::Present),
            attendee("Harbour Council", "", Presence::Present),
            attendee("Tidewell Trust", "", Presence::Apologies),
            attendee("", "C. Lay", Presence::Apologies),
        ],
        agenda: Agenda { rules: vec![AgendaRule::Everything], items: items.to_vec(), of: None },
        next: None,
    }
}

fn folded_meetings(register: &Register) -> Vec<String> {
    let row = |meeting: &Meeting| {
        let count = |kind| meeting.minutes().filter(|minute| minute.said.kind == kind).count().to_string();
        let cells = [
            or_dash(meeting.body().map(|body| register.party_name(body))),
            or_dash(meeting.day()),
            meeting.chair().to_owned(),
            describe::stage_word(meeting.stage()).to_owned(),
            or_dash(meeting.next()),
            meeting.items().len().to_string(),
            meeting.items().iter().filter(|item| meeting.minutes_of(**item).next().is_some()).count().to_string(),
            count(MinuteKind::CarriedForward),
            count(MinuteKind::TakenAsRead),
            count(MinuteKind::Decision),
        ];
        cells.join(" | ")
    };
    sorted(register.visible_meetings().map(row).collect())
}

fn viewed_meetings(store: &Store) -> Vec<String> {
    let columns = "body, day, chair, stage, next_meeting, items, dealt_with, carried_forward, taken_as_read, decisions";
    sorted(rows(store, &format!("SELECT {columns} FROM meeting")))
}

fn sorted(mut rows: Vec<String>) -> Vec<String> {
    rows.sort();
    rows
}

#[test]
fn the_action_view_is_the_folded_register() {
    let log = worked_on();
    let found = viewed_actions(&store_of(&log));
    assert_eq!(found, folded_actions(&log.register));
    assert!(found.iter().any(|row| row.contains("8.2 | 8 | Audit twelve files")), "withdrawn, but changed meanwhile");
    assert!(!found.iter().any(|row| row.contains("8.3")), "withdrawn");
    assert!(log.register.actions.iter().any(|action| action.rating.in_conflict()), "the log has a conflict in it");
}

/// The next step in a random log: who acts, how, on which action and with what value.
type Step = (usize, u8, usize, usize);

/// Three people work on copies of one register, which are combined at the end.
fn random_log(steps: &[Step]) -> Log {
    let start = harbour();
    let mut copies = [start.copy(7, "Ada"), start.copy(8, "Ben"), start.copy(9, "Cem")];
    for (who, act, action, pick) in steps {
        let other = copies[(who + pick) % 3].clone();
        let log = &mut copies[*who];
        let action = log.register.actions[action % log.register.actions.len()].id;
        let text = format!("words {pick}");
        let intent = match act {
            0 => Intent::Rate { action, rating: ["Red", "Green"].get(pick % 3).map(ToString::to_string), note: None },
            1 => Intent::Progress { action, date: None, text, by: None },
            2 => Intent::Assign { action, leads: vec![PartyChoice::New(text)] },
            3 => Intent::Oversee { action, via: vec![PartyChoice::Known(log.party("OPS"))] },
            4 => Intent::Retarget { action, dates: vec![target(&format!("2026-0{}", 1 + pick % 9))], reason: text },
            5 => Intent::ProposeClosure { action, evidence: text },
            6 => Intent::AgreeClosure { action, evidence: text },
            7 => Intent::Withdraw { action, reason: text },
            8 => Intent::Reword { action, text },
            9 => Intent::Reopen { action, reason: text },
            10 => {
                drop(log.undo());
                continue;
            }
            11 => {
                drop(log.redo());
                continue;
            }
            13 => Intent::Abandon { action, reason: text },
            14 => Intent::BeginMeeting(begin(log, &[action], &text)),
            15 => Intent::Discuss { action },
            16 => Intent::CarryForward { action, reason: text },
            17 => Intent::EndMeeting { next: None, rest: Rest::Left },
            18 => {
                let recs = &log.register.recommendations;
                Intent::Move { action, to: recs[pick % recs.len()].id, reference: None }
            }
            21 => Intent::Renumber { action, reference: format!("R{pick}") },
            // Copies that add apart give one number twice.
            22 => {
                let (plan, recommendation) =
                    (log.register.plans[0].id, Some(log.register.recommendations[pick % 3].id));
                Intent::AddAction { plan, recommendation, text, leads: vec![], dates: vec![] }
            }
            19 => Intent::TakeAsRead { action, word: text },
            20 => Intent::RequestExtension { action, dates: vec![target("2026-12")], reason: text, by: String::new() },
            _ => {
                log.merge(&other);
                continue;
            }
        };
        drop(log.act(&intent));
    }
    let [mut one, two, three] = copies;
    one.merge(&two);
    one.merge(&three);
    one
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_was_done_the_views_are_the_folded_register(
        steps in prop::collection::vec((0..3_usize, 0..24_u8, 0..9_usize, 0..30_usize), 0..40)
    ) {
        let log = random_log(&steps);
        let store = store_of(&log);
        prop_assert_eq!(viewed_actions(&store), folded_actions(&log.register));
        prop_assert_eq!(sorted(rows(&store, "SELECT ref, date, text FROM progress")), folded_progress(&log.register));
        prop_assert_eq!(rows(&store, "SELECT name, kind, agency FROM party"), folded_parties(&log.register));
        prop_assert_eq!(viewed_meetings(&store), folded_meetings(&log.register));
    }
}

#[test]
fn a_number_that_two_copies_gave_is_marked_as_the_program_marks_it() {
    let start = harbour();
    let (plan, recommendation) = (start.register.plans[0].id, Some(start.register.recommendations[0].id));
    let add = |text: &str| Intent::AddAction { plan, recommendation, text: text.into(), leads: vec![], dates: vec![] };
    let mut copies = [start.copy(7, "Ada"), start.copy(8, "Ben"), start.copy(9, "Cem")];
    for (copy, text) in copies.iter_mut().zip(["One", "Two", "Three"]) {
        copy.act(&add(text)).unwrap();
    }
    let [mut log, two, three] = copies;
    log.merge(&two);
    log.merge(&three);
    let new = |log: &Log| rows(&store_of(log), "SELECT ref, text FROM action WHERE text IN ('One', 'Two', 'Three')");
    assert_eq!(new(&log), ["7.4 | One", "7.4′ | Two", "7.4′′ | Three"]);
    log.act(&Intent::Withdraw { action: log.action("7.4"), reason: "double".into() }).unwrap();
    assert_eq!(new(&log), ["7.4 | Two", "7.4′ | Three"]);
    assert_eq!(viewed_actions(&store_of(&log)), folded_actions(&Register::fold(&log.batches)));
}

#[test]
fn the_other_views_are_the_folded_register() {
    let log = worked_on();
    let (register, store) = (&log.register, store_of(&log));
    let plan = |p: &Plan| format!("{} | {} | 2026-11-01 | {}", p.slug(), p.title(), or_dash(p.dispose_on()));
    let plans: Vec<String> = register.visible_plans().map(plan).collect();
    assert_eq!(rows(&store, "SELECT plan, title, review_on, dispose_on FROM plan"), plans);
    let findings: Vec<String> = register.findings.iter().map(|f| format!("{} | {}", f.number(), f.text())).collect();
    assert_eq!(rows(&store, "SELECT number, text FROM finding"), findings);
    let recs = rows(&store, "SELECT number, findings FROM recommendation");
    assert_eq!(recs, ["7 | 1, 2", "8 | 2", "9 | all"]);
    assert_eq!(rows(&store, "SELECT name, kind, agency FROM party"), folded_parties(register));
    assert_eq!(sorted(rows(&store, "SELECT ref, date, text FROM progress")), folded_progress(register));
}

/// A particular that the view forgets has no column there.
#[test]
fn every_particular_of_a_recommendation_is_a_column_of_its_view() {
    let mut log = worked_on();
    let (on, all) = (log.register.recommendations[0].id, Particular::ALL.iter());
    let set = |of: &Particular| Op::Set { on, value: of.value(of.label()), replaces: Vec::new() };
    let ops = all.map(set).collect();
    log.write(Cause::Edit, ops);
    let store = store_of(&log);
    for particular in Particular::ALL {
        let stated = |rec: &Recommendation| or_dash(Some(particular.of(rec)).filter(|text| !text.is_empty()));
        let folded: Vec<String> = log.register.recommendations.iter().map(stated).collect();
        assert_eq!(rows(&store, &format!("SELECT {} FROM recommendation", particular.key())), folded);
    }
}

#[test]
fn meetings_and_what_they_said_are_the_folded_register() {
    let mut log = harbour();
    let items = [log.action("7.1"), log.action("7.2"), log.action("8.1")];
    log.act(&Intent::BeginMeeting(begin(&log, &items, "A. Chair"))).unwrap();
    let acts = [
        Intent::Discuss { action: items[0] },
        Intent::CarryForward { action: items[1], reason: "no report".into() },
        Intent::Decide { action: Some(items[0]), text: "Write to both".into() },
        Intent::Discuss { action: items[2] },
    ];
    for act in &acts {
        log.act(act).unwrap();
    }
    // The last item was not discussed after all.
    log.undo().unwrap();
    log.act(&Intent::Decide { action: Some(items[2]), text: "Wait for the audit".into() }).unwrap();
    log.act(&Intent::EndMeeting { next: Some(day("2027-02-01")), rest: Rest::Left }).unwrap();
    log.act(&Intent::BeginMeeting(begin(&log, &[], "A slip"))).unwrap();
    log.undo().unwrap();
    let store = store_of(&log);
    assert_eq!(viewed_meetings(&store), folded_meetings(&log.register));
    assert_eq!(viewed_meetings(&store), ["OPS | 2026-11-21 | A. Chair | ended | 2027-02-01 | 3 | 3 | 1 | 0 | 2"]);
    let people = rows(&store, "SELECT present, apologies FROM meeting");
    assert_eq!(people, ["Saltmarsh Police (B. Officer); Harbour Council | Tidewell Trust; C. Lay"]);
    assert_eq!(
        rows(&store, "SELECT body, plan, ref, kind, text FROM minute"),
        [
            "OPS | harbour | 7.1 | discussed | ",
            "OPS | harbour | 7.2 | carried_forward | no report",
            "OPS | harbour | 7.1 | decision | Write to both",
            "OPS | harbour | 8.1 | decision | Wait for the audit",
        ]
    );
}

#[test]
fn leads_have_a_row_each() {
    let log = worked_on();
    let store = store_of(&log);
    assert_eq!(
        rows(&store, "SELECT ref, role, party, kind, agency FROM lead WHERE ref = '7.2'"),
        ["7.2 | lead | Saltmarsh Police | agency | -", "7.2 | lead | Head of Adult Care (HC) | post | Harbour Council"]
    );
    let one_each = rows(&store, "SELECT count(*) FROM lead WHERE role = 'via'");
    let wanted: usize = log.register.visible_actions().map(|action| action.via().len()).sum();
    assert_eq!(one_each, [wanted.to_string()]);
}

#[test]
fn histories_tell_every_change() {
    let log = worked_on();
    let store = store_of(&log);
    let ratings = rows(&store, "SELECT author, rating_before, rating, cause FROM rating_history WHERE ref = '7.2'");
    assert_eq!(ratings.first().unwrap(), "Ada | - | Amber | import");
    assert!(ratings.contains(&"Ada | Amber | Red | edit".into()), "{ratings:?}");
    assert!(ratings.iter().any(|row| row.starts_with("Ben") && row.contains("Blue")), "{ratings:?}");
    let changes: usize = log.batches.iter().map(|batch| batch.changes.len()).sum();
    assert_eq!(rows(&store, "SELECT count(*) FROM audit"), [changes.to_string()]);
    let nameless = rows(&store, "SELECT id FROM audit WHERE what IS NULL OR thing IS NULL OR author IS NULL");
    assert_eq!(nameless, Vec::<String>::new());
    let entries = rows(&store, "SELECT ref, thing, what FROM audit WHERE thing = 'entry' LIMIT 1");
    assert_eq!(entries, ["7.1 | entry | added"]);
}

/// Debian's and Ubuntu's `sqlite3` must be able to read a register.
#[test]
fn an_analyst_reads_it_with_sqlite3() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("register.sqlite");
    let store = store_of(&worked_on());
    store.backup_to(&path).unwrap();
    let query = |sql: &str| Command::new("sqlite3").arg("-readonly").arg(&path).arg(sql).output();
    let Ok(answer) = query("SELECT ref FROM action WHERE overdue") else {
        println!("skipped: sqlite3 is not installed");
        return;
    };
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
    let ours = rows(&store, "SELECT ref FROM action WHERE overdue").join("\n") + "\n";
    assert_eq!(String::from_utf8_lossy(&answer.stdout), ours);
    for view in ["plan", "party", "finding", "recommendation", "lead", "progress", "rating_history", "audit"] {
        let answer = query(&format!("SELECT count(*) FROM {view}")).unwrap();
        let ours = rows(&store, &format!("SELECT count(*) FROM {view}")).join("\n") + "\n";
        assert_eq!(String::from_utf8_lossy(&answer.stdout), ours, "{view}");
    }
    connect::file(&path, Access::ReadOnly).unwrap();
}

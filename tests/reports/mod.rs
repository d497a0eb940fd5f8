//! Reports as a board receives them: the same numbers everywhere, readable by other programs, and back into a register.

mod agency;
mod calendar;
mod every;
mod exceptions;
mod minutes;
mod names;
mod pack;
mod plan;

use std::io::{Cursor, Read};

use arising::desk::Desk;
use arising::domain::action::{Action, Closure, Lead};
use arising::domain::filter::Filter;
use arising::domain::id::Id;
use arising::domain::intent::{Attendee, Begin, Intent, PartyChoice, Rest};
use arising::domain::meeting::{Agenda, AgendaRule, Presence};
use arising::domain::query;
use arising::domain::register::Register;
use arising::domain::trail;
use arising::env::Env;
use arising::import;
use arising::intake;
use arising::report::{self, FORMATS, Format, Material, Names, Options, REPORTS, Report, Tables};
use chrono::NaiveDate;

fn env() -> Env {
    Env {
        now: "2026-11-21T10:00:00+00:00".parse().unwrap(),
        today: NaiveDate::from_ymd_opt(2026, 11, 21).unwrap(),
        author: "Chair of POS".into(),
    }
}

fn demo() -> Desk {
    crate::kit::demo::desk(&env())
}

fn options() -> Options {
    Options { marking: Some("OFFICIAL-SENSITIVE".into()), ..Options::default() }
}

fn document(desk: &Desk, kind: &str, filter: &str, options: &Options) -> report::document::Document {
    let (log, today) = (desk.store().log().unwrap(), env().today);
    let told = trail::entries_in_full(&log);
    let filter = Filter::parse(filter, desk.register(), today).unwrap();
    let material = Material { register: desk.register(), log: &log, told: &told, today, filter: &filter, options };
    Report::named(kind).unwrap().document(&material).unwrap()
}

fn bytes(desk: &Desk, kind: &str, format: &str, options: &Options) -> Vec<u8> {
    let filter = if kind == "agency" { "party:ACC" } else { "" };
    Format::named(format).unwrap().render(&document(desk, kind, filter, options)).unwrap()
}

fn text_as(desk: &Desk, kind: &str, format: &str, options: &Options) -> String {
    String::from_utf8(bytes(desk, kind, format, options)).unwrap()
}

fn text(desk: &Desk, kind: &str, format: &str) -> String {
    String::from_utf8(bytes(desk, kind, format, &options())).unwrap()
}

fn action(register: &Register, reference: &str) -> Id {
    register.visible_actions().find(|action| register.reference(action) == reference).unwrap().id
}

fn act(desk: &mut Desk, intent: &Intent) {
    desk.write(intent, &env()).unwrap();
}

/// Does it, unless it has been done already.
fn try_to(desk: &mut Desk, intent: &Intent) {
    if let Err(problem) = desk.write(intent, &env()) {
        assert!(problem.to_string().contains("already"), "{problem}: {intent:?}");
    }
}

/// A meeting in which one rating was changed, one slip undone, one item carried forward and one decision taken.
fn met() -> Desk {
    let mut desk = demo();
    let items: Vec<Id> = ["1.2", "2.1", "4.1", "8.2"].iter().map(|one| action(desk.register(), one)).collect();
    let pos = desk.register().parties.iter().find(|party| party.name() == "POS").unwrap().id;
    let there = |name: &str, presence| Attendee { party: Some(PartyChoice::Known(pos)), name: name.into(), presence };
    act(
        &mut desk,
        &Intent::BeginMeeting(Begin {
            body: PartyChoice::Known(pos),
            day: env().today,
            chair: "Ann Other".into(),
            attendance: vec![there("Ann Other", Presence::Present), there("Bo Less", Presence::Apologies)],
            agenda: Agenda { rules: vec![AgendaRule::Overdue], items: items.clone(), of: None },
            next: None,
        }),
    );
    let rate = |rating: &str| Intent::Rate { action: items[0], rating: Some(rating.into()), note: None };
    act(&mut desk, &rate("Red"));
    desk.undo(&env()).unwrap();
    act(&mut desk, &rate("Green"));
    act(&mut desk, &Intent::Decide { action: Some(items[1]), text: "Bo Less to write to the lawyers".into() });
    act(&mut desk, &Intent::CarryForward { action: items[2], reason: "nobody from the police".into() });
    act(&mut desk, &Intent::EndMeeting { next: None, rest: Rest::Left });
    desk
}

/// What a plan says, without where it was read.
fn gist(register: &Register) -> Vec<String> {
    let findings = register.findings.iter().map(|finding| format!("F{} {}", finding.number(), finding.text()));
    let recs = register.recommendations.iter().map(|rec| format!("R{} {}", rec.number(), rec.text()));
    let actions = register.visible_actions().map(|action| {
        let name = |lead: &Lead| register.party_name(lead.party).to_owned();
        let (leads, via): (Vec<String>, Vec<String>) =
            (action.leads().iter().map(name).collect(), action.via().iter().map(name).collect());
        let targets: Vec<_> = action.targets().iter().map(|target| (&target.raw, target.span)).collect();
        let numbers = register.finding_numbers(action);
        let first =
            action.original_targets.as_ref().map(|first| first.dates.iter().map(|one| one.span).collect::<Vec<_>>());
        let said = action.progress().map(|entry| &entry.said).map(|said| (said.date, &said.by, &said.text));
        let said: Vec<_> = said.collect();
        let (text, rating) =
            (action.text(), (action.rating(), action.closure.get().filter(|one| **one != Closure::Open)));
        let dates = (targets, first);
        format!("{} {numbers:?} {text} {leads:?} {via:?} {dates:?} {rating:?} {said:?}", register.reference(action))
    });
    findings.chain(recs).chain(actions).collect()
}

/// Line by line, so that a failure shows only what differs.
fn same(back: &Desk, desk: &Desk) {
    let (there, here) = (gist(back.register()), gist(desk.register()));
    there.iter().zip(&here).for_each(|(there, here)| assert_eq!(there, here));
    assert_eq!(there.len(), here.len());
}

fn read_back(name: &str, bytes: &[u8]) -> Desk {
    let mut desk = Desk::in_memory().unwrap();
    let options = import::Options { today: env().today, ..import::Options::default() };
    let draft = import::read(name, bytes, &options).unwrap();
    let found = intake::compare(&desk, &draft, "riverside").unwrap();
    intake::write(&mut desk, &found, name, &env()).unwrap();
    desk
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut found = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut found).unwrap();
    found
}

/// The demonstration with a second plan beside it.
fn two_plans() -> Desk {
    let mut desk = demo();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/adult-m.txt");
    let options = import::Options { today: env().today, ..import::Options::default() };
    let draft = import::read("adult-m.txt", &std::fs::read(path).unwrap(), &options).unwrap();
    let found = intake::compare(&desk, &draft, "adult-m").unwrap();
    intake::write(&mut desk, &found, "adult-m.txt", &env()).unwrap();
    let plan = desk.register().visible_plans().find(|plan| plan.slug() == "adult-m").unwrap();
    let action = desk.register().actions_of(plan).last().unwrap().id;
    act(&mut desk, &Intent::Assign { action, leads: vec![PartyChoice::New("ACC".into())] });
    desk
}

/// The cells of all tables of a report.
fn rows(document: &report::document::Document) -> Vec<Vec<String>> {
    let sheets = document.sheets();
    let tables = sheets.iter().flatten().map(|(_, table)| table);
    let all = tables.flat_map(|table| &table.rows);
    all.map(|row| row.iter().map(|cell| cell.text.clone()).collect()).collect()
}

/// The words of a file: of every part of an archive, without tags, entities or breaks inside a word.
fn unpacked(bytes: &[u8]) -> String {
    let text = match zip::ZipArchive::new(Cursor::new(bytes)) {
        Ok(mut zip) => {
            let mut all = String::new();
            for at in 0..zip.len() {
                zip.by_index(at).unwrap().read_to_string(&mut all).unwrap_or_default();
                all.push('\n');
            }
            all
        }
        Err(_) => String::from_utf8(bytes.to_vec()).unwrap(),
    };
    let mut words = String::new();
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once('<') {
        words.push_str(before);
        let (tag, after) = after.split_once('>').unwrap_or((after, ""));
        if ["/w:p", "/p", "/td", "br", "/si", "/h", "/li", "/row"].iter().any(|end| tag.starts_with(end)) {
            words.push('\n');
        }
        rest = after;
    }
    words.push_str(rest);
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&#39;", "'"), ("&amp;", "&")];
    entities.iter().fold(words, |words, (entity, letter)| words.replace(entity, letter)).replace("\\\"", "\"")
}

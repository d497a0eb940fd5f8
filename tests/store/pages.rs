//! The log read a page at a time says what the whole log says.

use crate::kit::folder::{Folder, rate, stamp, stamp_at, two_actions};
use arising::desk::Desk;
use arising::domain::change::{Cause, Kind, Op, Value};
use arising::domain::describe::Quoting;
use arising::domain::id::Id;
use arising::domain::progress::{EntryOrigin, EntryText};
use arising::domain::trail::{self, Replay};
use arising::store::{Access, How, Places, Stamp, Store, Terms, Trial};

fn note(action: Id, at: usize) -> Op {
    let said = EntryText { date: None, text: format!("note {at}"), by: None, origin: EntryOrigin::Written };
    Op::Add { kind: Kind::Entry { action, said }, values: Vec::new() }
}

/// An import of more changes than a page has, in which a lead is named before the party is added.
fn import(store: &mut Store) -> Id {
    let party = Id::pending(3);
    let mut ops = two_actions();
    let lead = arising::domain::action::Lead { party, raw: "Police".into() };
    ops[1] = Op::Add {
        kind: Kind::Action { plan: Id::pending(0), recommendation: None },
        values: vec![Value::Text("Write the protocol".into()), Value::Leads(vec![lead])],
    };
    ops.push(Op::Add { kind: Kind::Party, values: vec![Value::Name("Saltmarsh Police".into())] });
    ops.extend((0..900).map(|at| note(Id::pending(1 + at % 2), at)));
    let stamp = Stamp { cause: Cause::Import { file: "plan.docx".into() }, ..stamp() };
    store.append(ops, &stamp).unwrap().changes[1].id
}

fn work(store: &mut Store, action: Id, author: &str) {
    for round in 0..3 {
        let replaces = store.register().unwrap().action(action).unwrap().rating.ids();
        let ops = std::iter::once(rate(action, "Red", &replaces)).chain((0..250).map(|at| note(action, at))).collect();
        let stamp = Stamp { author: author.into(), ..stamp_at("2026-03-13T09:00:00+00:00") };
        store.append(ops, &stamp).unwrap();
        let text = vec![Op::Set { on: action, value: Value::Text(format!("{author} {round}")), replaces: Vec::new() }];
        store.append(text, &stamp).unwrap();
    }
}

/// Two copies that wrote at the same time, merged: their batches lie across each other.
fn merged(folder: &Folder) -> (Store, Id) {
    let mut store = folder.create();
    let action = import(&mut store);
    let other = folder.path("other.sqlite");
    drop(store);
    std::fs::copy(folder.register(), &other).unwrap();
    let places = Places { data: Some(folder.path("another computer")) };
    let (mut store, mut there) =
        (folder.open(Access::ReadWrite), Store::open_in(&other, Access::ReadWrite, &places).unwrap());
    work(&mut store, action, "J. Lee");
    work(&mut there, action, "A. Other");
    drop(there);
    let how = How { terms: Terms::usual(Trial::Write), author: "J. Lee", at: stamp().at };
    store.merge(&[other], how).unwrap();
    (store, action)
}

#[test]
fn the_log_in_pages_is_the_whole_log_and_one_actions_part_is_found_alone() {
    let folder = Folder::new();
    let (store, action) = merged(&folder);
    let log = store.log().unwrap();
    let told = trail::entries(&log);
    assert!(told.len() > 2000, "{}", told.len());
    assert_eq!(told[1].line.sentence, "1 imported: “Write the protocol”");
    let desk = Desk::over(store).unwrap();
    assert_eq!(desk.log().unwrap(), told);
    for quoting in [Quoting::Beginning, Quoting::Whole] {
        let alone = trail::of_action(desk.register(), action, desk.store(), quoting).unwrap();
        assert_eq!(alone, Some(trail::of_action_in(&log, action, quoting)));
    }
    let day = "2026-03-12".parse().unwrap();
    let then = desk.until(day).unwrap();
    assert_eq!(then.action(action).unwrap().entries.len(), 450);
}

/// Someone who reads slowly must not keep others from writing.
#[test]
fn others_can_write_while_the_log_is_read_and_what_they_write_is_not_in_it() {
    let folder = Folder::new();
    let mut store = folder.create();
    let action = import(&mut store);
    let reader = folder.open(Access::ReadOnly);
    let (mut pages, mut count) = (reader.pages(), 0);
    assert!(pages.next(|_, _| count += 1).unwrap());
    store.append(vec![rate(action, "Red", &[])], &stamp()).unwrap();
    while pages.next(|_, _| count += 1).unwrap() {}
    assert_eq!(count, 904);
}

/// Of so many changes, no action stays in memory from one page to the next.
#[test]
fn the_log_is_told_the_same_while_its_actions_are_made_again_from_it() {
    let folder = Folder::new();
    let (mut store, action) = merged(&folder);
    let plan = store.register().unwrap().plans[0].clone();
    let slug = Op::Set { on: plan.id, value: Value::Slug("renamed".into()), replaces: plan.slug.ids() };
    store.append(vec![slug, rate(action, "Green", &[])], &stamp()).unwrap();
    let kind = Kind::Action { plan: plan.id, recommendation: None };
    let ops =
        (0..600).map(|at| Op::Add { kind: kind.clone(), values: vec![Value::Text(format!("Task {at}"))] }).collect();
    let added: Vec<Id> = store.append(ops, &stamp()).unwrap().changes.iter().map(|change| change.id).collect();
    let ops =
        added.iter().take(90).map(|id| Op::Set { on: *id, value: Value::Text("Redone".into()), replaces: vec![*id] });
    store.append(ops.chain(added.iter().map(|id| note(*id, 1))).collect(), &stamp()).unwrap();
    let (mut replay, mut pages, mut told) = (Replay::with(store.makers().unwrap()), store.pages(), Vec::new());
    while pages.next(|batch, change| told.extend(replay.next(batch, change))).unwrap() {
        replay.let_go(0);
    }
    assert!(told.iter().any(|entry| entry.line.from.as_deref() == Some("Task 89")));
    assert!(!replay.is_lost() && told == trail::entries(&store.log().unwrap()));
    let plans = store.plans().unwrap().plans;
    let called: Vec<(Id, &str)> = plans.iter().map(|plan| (plan.id, plan.slug())).collect();
    assert_eq!(called, [(plan.id, "renamed")]);
}

//! A copy with two histories: named with both sides, and merged as the changes of a new copy only when the user says so.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::merge::{Copies, cloned};
use crate::kit::folder::{rate, stamp_at};
use arising::domain::change::{Kind, Op};
use arising::domain::fork::Forks;
use arising::domain::id::Id;
use arising::domain::progress::{EntryOrigin, EntryText};
use arising::domain::register::Register;
use arising::problem::Problem;
use arising::store::{How, Merged, Stamp, Store, Terms, Trial};

fn by(author: &str, at: &str) -> Stamp {
    Stamp { author: author.into(), ..stamp_at(at) }
}

fn entry(action: Id, text: &str) -> Op {
    let said = EntryText { date: None, text: text.into(), by: None, origin: EntryOrigin::Written };
    Op::Add { kind: Kind::Entry { action, said }, values: Vec::new() }
}

fn merge_as(store: &mut Store, files: &[PathBuf], trial: Trial, forks: Forks) -> Result<Merged, Problem> {
    let terms = Terms { forks, ..Terms::usual(trial) };
    store.merge(files, How { terms, author: "J. Lee", at: stamp_at("2026-04-01T10:00:00+00:00").at })
}

#[track_caller]
fn resolve(store: &mut Store, file: &Path) -> Merged {
    merge_as(store, &[file.to_owned()], Trial::Write, Forks::AsNewCopy).unwrap()
}

/// A data folder that was copied, and both that continued: the first rated red, the second wrote, and rated green.
fn parted() -> Copies {
    let copies = Copies::new();
    drop(copies.open(0));
    let mut second = cloned(&copies, 1);
    let written = second
        .append(vec![entry(copies.action, "Written there.")], &by("D. Okoro", "2026-03-14T09:00:00+00:00"))
        .unwrap();
    // What follows names what only this side has.
    let withdraw = arising::domain::change::Value::Withdrawn(None);
    let said = Op::Set { on: written.id, value: withdraw, replaces: Vec::new() };
    second.append(vec![said, rate(copies.action, "Green", &[])], &by("D. Okoro", "2026-03-15T09:00:00+00:00")).unwrap();
    drop(second);
    let mut first = copies.open(0);
    first.append(vec![rate(copies.action, "Red", &[])], &by("A. Chair", "2026-03-13T09:00:00+00:00")).unwrap();
    drop(first);
    copies
}

/// Progress, ratings in force, and who wrote how much.
type Shown = (Vec<String>, Vec<Option<String>>, Vec<(String, usize)>);

/// What the register says, without ids.
fn shown(store: &Store, action: Id) -> Shown {
    let register = store.register().unwrap();
    let action = register.action(action).unwrap();
    let log = store.log().unwrap();
    assert_eq!(register, Register::fold(&log));
    let changes = || log.iter().flat_map(|batch| &batch.changes);
    let known: HashSet<Id> = changes().map(|change| change.id).collect();
    for mut op in changes().map(|change| change.op.clone()) {
        assert!(op.ids_mut().into_iter().all(|id| known.contains(id)), "an id that names nothing: {op:?}");
    }
    (
        action.progress().map(|entry| entry.said.text.clone()).collect(),
        action.rating.heads().iter().map(|head| head.value.clone()).collect(),
        log.iter().map(|batch| (batch.author.clone(), batch.changes.len())).collect(),
    )
}

#[test]
fn a_fork_is_named_with_both_sides_and_nothing_is_merged_unasked() {
    let copies = parted();
    let mut store = copies.open(0);
    let head = store.head();
    for file in [copies.path("1.sqlite"), copies.bundle(1, "b")] {
        let problem =
            merge_as(&mut store, std::slice::from_ref(&file), Trial::Write, Forks::Refuse).unwrap_err().to_string();
        for words in [
            "has written two different histories: here 1 change since 13 Mar 2026, the first by A. Chair",
            "and in that file 3 changes since 14 Mar 2026, the first by D. Okoro",
            "arising merge --as-new-copy",
        ] {
            assert!(problem.contains(words), "no “{words}” in {problem}");
        }
        let would = merge_as(&mut store, &[file], Trial::Try, Forks::AsNewCopy).unwrap();
        assert_eq!(would.log.iter().flat_map(|batch| &batch.changes).count(), 7);
        assert_eq!(store.head(), head);
    }
}

#[test]
fn the_other_history_is_merged_as_a_new_copy_once_and_the_chain_is_whole() {
    let copies = parted();
    let mut store = copies.open(0);
    resolve(&mut store, &copies.path("1.sqlite"));
    let said = shown(&store, copies.action);
    assert_eq!(said.0, ["Written there."]);
    assert_eq!(said.1, [Some("Red".into()), Some("Green".into())]);
    assert_eq!(said.2.iter().filter(|(author, _)| author == "D. Okoro").count(), 2, "author and time stay");
    let head = store.head();
    resolve(&mut store, &copies.bundle(1, "b"));
    assert_eq!(store.head(), head, "again changes nothing");
    store.check().unwrap();
    let mut second = copies.open(1);
    second.append(vec![entry(copies.action, "Later.")], &by("D. Okoro", "2026-03-20T09:00:00+00:00")).unwrap();
    drop(second);
    resolve(&mut store, &copies.path("1.sqlite"));
    assert_eq!(shown(&store, copies.action).0, ["Written there.", "Later."], "what was added since comes too");
    store.check().unwrap();
    drop(store);
    copies.open(0).check().unwrap();
}

#[test]
fn copies_that_resolve_the_same_fork_hold_the_same_rows() {
    let copies = parted();
    std::fs::copy(copies.path("0.sqlite"), copies.path("2.sqlite")).unwrap();
    resolve(&mut copies.open(0), &copies.path("1.sqlite"));
    resolve(&mut copies.open(2), &copies.bundle(1, "b"));
    assert_eq!(copies.open(0).head(), copies.open(2).head());
    let merged = merge_as(&mut copies.open(2), &[copies.path("0.sqlite")], Trial::Write, Forks::Refuse).unwrap();
    assert_eq!(merged.first.len(), 0);
}

#[test]
fn both_sides_can_resolve_it_in_either_order_and_then_say_the_same() {
    for order in [[0, 1], [1, 0]] {
        let copies = parted();
        for this in order {
            resolve(&mut copies.open(this), &copies.path(&format!("{}.sqlite", 1 - this)));
        }
        let (one, other) = (copies.open(0), copies.open(1));
        assert_eq!(shown(&one, copies.action), shown(&other, copies.action));
        one.check().unwrap();
        other.check().unwrap();
        drop((one, other));
        // What each writes about what the other wrote comes over, too.
        let written =
            copies.open(0).append(vec![entry(copies.action, "After.")], &by("A. Chair", "2026-04-02T09:00:00+00:00"));
        written.unwrap();
        let theirs = copies.open(0).register().unwrap();
        let theirs = theirs.action(copies.action).unwrap().progress().next().unwrap().id;
        let value = arising::domain::change::Value::Withdrawn(None);
        let on_theirs = Op::Set { on: theirs, value, replaces: Vec::new() };
        copies.open(0).append(vec![on_theirs], &by("A. Chair", "2026-04-03T09:00:00+00:00")).unwrap();
        resolve(&mut copies.open(1), &copies.path("0.sqlite"));
        resolve(&mut copies.open(0), &copies.path("1.sqlite"));
        assert_eq!(shown(&copies.open(0), copies.action), shown(&copies.open(1), copies.action));
        assert_eq!(shown(&copies.open(1), copies.action).0, ["Written there.", "After."]);
    }
}

#[test]
fn a_restored_backup_that_continued_is_merged_as_a_new_copy() {
    let copies = Copies::new();
    drop(copies.open(0));
    let (file, data) = (copies.path("0.sqlite"), copies.path("computer 0"));
    let (kept, kept_data) = (copies.path("kept.sqlite"), copies.path("kept data"));
    std::fs::copy(&file, &kept).unwrap();
    copy_all(&data, &kept_data);
    copies.open(0).append(vec![rate(copies.action, "Red", &[])], &by("A. Chair", "2026-03-13T09:00:00+00:00")).unwrap();
    let later = copies.path("later.sqlite");
    std::fs::rename(&file, &later).unwrap();
    // File and data folder are restored together, from one backup of the disk.
    std::fs::rename(&kept, &file).unwrap();
    std::fs::remove_dir_all(&data).unwrap();
    std::fs::rename(&kept_data, &data).unwrap();
    copies
        .open(0)
        .append(vec![rate(copies.action, "Green", &[])], &by("A. Chair", "2026-03-14T09:00:00+00:00"))
        .unwrap();
    let mut store = copies.open(0);
    merge_as(&mut store, std::slice::from_ref(&later), Trial::Write, Forks::Refuse).unwrap_err();
    resolve(&mut store, &later);
    assert_eq!(shown(&store, copies.action).1.len(), 2, "both ratings stay until one is settled");
    store.check().unwrap();
}

fn copy_all(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_all(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).unwrap();
        }
    }
}

#[test]
fn what_the_other_side_has_erased_stays_erased_and_what_is_erased_later_goes_too() {
    let copies = parted();
    let erase = |store: &mut Store, text: &str| {
        let register = store.register().unwrap();
        let found =
            register.action(copies.action).unwrap().progress().find(|entry| entry.said.text == text).unwrap().id;
        let restated = vec![(found, entry(copies.action, "[erased]"))];
        let op = Op::Erase { what: "an entry".into(), ground: "Request of 3 Nov".into(), restated };
        store.append(vec![op], &by("D. Okoro", "2026-03-18T09:00:00+00:00")).unwrap();
    };
    let mut second = copies.open(1);
    erase(&mut second, "Written there.");
    second.append(vec![entry(copies.action, "Kept for now.")], &by("D. Okoro", "2026-03-19T09:00:00+00:00")).unwrap();
    drop(second);
    let mut store = copies.open(0);
    resolve(&mut store, &copies.path("1.sqlite"));
    assert_eq!(shown(&store, copies.action).0, ["[erased]", "Kept for now."]);
    store.check().unwrap();
    erase(&mut store, "Kept for now.");
    drop(store);
    let mut second = copies.open(1);
    resolve(&mut second, &copies.path("0.sqlite"));
    assert_eq!(shown(&second, copies.action).0, ["[erased]", "[erased]"], "it wins over the words there");
    second.check().unwrap();
}

#[test]
fn a_bundle_with_only_the_later_part_of_the_other_history_is_refused() {
    let copies = parted();
    let mut second = copies.open(1);
    second.share(&copies.path("first"), Some("chair"), &stamp_at("2026-03-16T09:00:00+00:00").at).unwrap();
    second.append(vec![entry(copies.action, "Later.")], &by("D. Okoro", "2026-03-20T09:00:00+00:00")).unwrap();
    second.share(&copies.path("later"), Some("chair"), &stamp_at("2026-03-21T09:00:00+00:00").at).unwrap();
    drop(second);
    let mut store = copies.open(0);
    // Long enough that the later part begins where there is another history here.
    for text in ["One.", "Two.", "Three."] {
        store.append(vec![entry(copies.action, text)], &by("A. Chair", "2026-03-22T09:00:00+00:00")).unwrap();
    }
    let head = store.head();
    let problem =
        merge_as(&mut store, &[copies.path("later")], Trial::Write, Forks::AsNewCopy).unwrap_err().to_string();
    assert!(
        problem.contains("only the later part of a history") && problem.contains("arising share without --to"),
        "{problem}"
    );
    assert_eq!(store.head(), head);
    resolve(&mut store, &copies.path("first"));
}

#[test]
fn changes_of_a_third_copy_that_build_on_the_other_history_are_refused_whole() {
    let copies = parted();
    let theirs = copies.open(1).register().unwrap();
    let theirs = theirs.action(copies.action).unwrap().progress().next().unwrap().id;
    std::fs::copy(copies.path("1.sqlite"), copies.path("2.sqlite")).unwrap();
    let value = arising::domain::change::Value::Withdrawn(None);
    let on_theirs = Op::Set { on: theirs, value, replaces: Vec::new() };
    copies.open(2).append(vec![on_theirs], &by("T. Third", "2026-03-20T09:00:00+00:00")).unwrap();
    let mut store = copies.open(0);
    let head = store.head();
    let problem =
        merge_as(&mut store, &[copies.path("2.sqlite")], Trial::Write, Forks::AsNewCopy).unwrap_err().to_string();
    assert!(problem.contains("changes by T. Third on a third copy build on that other history"), "{problem}");
    assert_eq!(store.head(), head);
}

#[test]
fn an_altered_second_history_is_refused_as_any_other() {
    let copies = parted();
    let path = copies.path("1.sqlite");
    let db = rusqlite::Connection::open(&path).unwrap();
    crate::kit::folder::without_triggers(&db, |db| {
        db.execute(
            "UPDATE change SET body = replace(body, 'Written there.', 'Written by no one.') WHERE body LIKE '%there.%'",
            [],
        )
        .unwrap();
    });
    drop(db);
    let mut store = copies.open(0);
    let head = store.head();
    merge_as(&mut store, &[path], Trial::Write, Forks::AsNewCopy).unwrap_err();
    assert_eq!(store.head(), head);
}

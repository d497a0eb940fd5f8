//! Restore points: what is kept before an import or a merge on a day that has a backup.

use std::fs;
use std::path::{Path, PathBuf};

use crate::kit::folder::{Folder, stamp_at, two_actions, walk};
use arising::domain::change::{Batch, Cause};
use arising::domain::erasing::{self, Erasing};
use arising::domain::register::Register;
use arising::store::{
    Access, BackupFile, How, Missing, Other, Places, Stamp, Store, Terms, Trial, backups, difference, restorable,
    restore,
};

fn at(hour: u32) -> Stamp {
    stamp_at(&format!("2026-03-12T{hour:02}:00:00+00:00"))
}

fn import(hour: u32) -> Stamp {
    Stamp { cause: Cause::Import { file: "plan.docx".into() }, ..at(hour) }
}

/// A register with a change noted since the backup of the day.
fn noted() -> Folder {
    let folder = Folder::new();
    folder.create().append(two_actions(), &stamp_at("2026-03-11T09:00:00+00:00")).unwrap();
    folder.open(Access::ReadWrite).append(two_actions(), &at(9)).unwrap();
    folder
}

/// As a run of its own; the log before it.
fn write(folder: &Folder, stamp: &Stamp) -> Vec<Batch> {
    let mut store = folder.open(Access::ReadWrite);
    let before = store.log().unwrap();
    store.append(two_actions(), stamp).unwrap();
    before
}

fn is_point(backup: &BackupFile) -> bool {
    backup.path.extension().unwrap() == "point"
}

/// The changes in each restore point, and in each whole backup, most first.
fn kept(folder: &Folder) -> (Vec<u64>, Vec<u64>) {
    let all = backups(&folder.register(), &folder.places()).into_iter().filter(|backup| backup.path.is_file());
    let (points, whole): (Vec<_>, Vec<_>) = all.partition(is_point);
    let changes = |all: Vec<BackupFile>| all.iter().map(|backup| backup.changes).collect();
    (changes(points), changes(whole))
}

fn points(folder: &Folder) -> Vec<PathBuf> {
    backups(&folder.register(), &folder.places()).into_iter().filter(is_point).map(|point| point.path).collect()
}

/// The log of what a restore puts elsewhere.
fn restored(folder: &Folder, backup: &Path) -> Vec<Batch> {
    let to = folder.path(&format!("restored {}.sqlite", backup.file_stem().unwrap().to_string_lossy()));
    restore(backup, &to, &at(20).at, Other::Refuse, &folder.places()).unwrap();
    let store = Store::open_in(&to, Access::ReadOnly, &folder.places()).unwrap();
    assert_eq!(store.check().unwrap().missing, []);
    store.log().unwrap()
}

#[test]
fn an_import_on_a_day_with_a_backup_keeps_a_point_from_which_the_state_before_comes_back() {
    let folder = noted();
    let first = write(&folder, &import(10));
    let second = write(&folder, &import(11));
    assert_eq!(kept(&folder), (vec![9, 6], vec![3]), "no copy");
    let made = backups(&folder.register(), &folder.places());
    assert_eq!(made[0].made.to_string(), "2026-03-12 11:00:00");
    assert!(made[0].name().starts_with("2026-03-12T110000 9 changes "), "{}", made[0].name());
    assert!(fs::metadata(&made[0].path).unwrap().len() < fs::metadata(folder.register()).unwrap().len() / 10);
    let apart = difference(&made[1].path, &folder.register()).unwrap().unwrap();
    assert!(apart.there.is_empty() && !apart.here.is_empty());
    assert_eq!([restored(&folder, &made[1].path), restored(&folder, &made[0].path)], [first, second.clone()]);
    // In place of the register, and it goes on from there.
    restore(&made[0].path, &folder.register(), &at(12).at, Other::Refuse, &folder.places()).unwrap();
    let mut store = folder.open(Access::ReadWrite);
    assert_eq!((store.log().unwrap(), store.check().unwrap().missing), (second, vec![]));
    store.append(two_actions(), &import(13)).unwrap();
}

#[test]
fn an_import_right_after_a_backup_keeps_a_point_too() {
    let folder = noted();
    let backup = folder.open(Access::ReadWrite).backup(&at(10).at).unwrap();
    let before = write(&folder, &import(11));
    assert_eq!(kept(&folder), (vec![6], vec![6, 3]));
    assert_eq!(restored(&folder, &points(&folder)[0]), before);
    assert!(backup.exists());
}

#[test]
fn where_no_point_can_be_kept_the_register_is_copied() {
    let copied = |spoil: &dyn Fn(&Folder)| {
        let folder = noted();
        spoil(&folder);
        write(&folder, &import(10));
        assert_eq!(kept(&folder), (vec![], vec![6, 3]));
        write(&folder, &import(11));
        assert_eq!(kept(&folder), (vec![9], vec![6, 3]), "the next has the new backup to lead on from");
    };
    let since = |folder: &Folder| restorable(&folder.register(), &folder.places())[0].path.clone();
    copied(&|folder| fs::remove_file(since(folder)).unwrap());
    copied(&|folder| {
        let bytes = fs::read(since(folder)).unwrap();
        fs::write(since(folder), &bytes[..bytes.len() - 1]).unwrap();
    });
    copied(&|folder| fs::write(since(folder), vec![0; (1 << 20) + 1]).unwrap());
    copied(&|folder| {
        // There is something else of that name.
        let code = folder.open(Access::ReadOnly).head();
        let shelf = backups(&folder.register(), &folder.places())[0].path.parent().unwrap().to_owned();
        fs::create_dir(shelf.join(format!("2026-03-12T100000 6 changes {code}.point"))).unwrap();
        fs::write(shelf.join(format!("2026-03-12T100000 6 changes {code}.point/file")), "").unwrap();
    });
    let folder = noted();
    write(&folder, &stamp_at("2026-03-13T09:00:00+00:00"));
    assert_eq!(kept(&folder), (vec![], vec![6, 3]));
    let folder = noted();
    let next_day = Stamp { cause: Cause::Import { file: "plan.docx".into() }, ..stamp_at("2026-03-13T09:00:00+00:00") };
    write(&folder, &next_day);
    assert_eq!(kept(&folder), (vec![], vec![6, 3]), "a day's first backup is a whole one");
}

#[test]
fn the_last_points_of_a_day_are_kept_with_the_backups_that_they_need_and_go_on_the_next() {
    let folder = noted();
    let mut states = Vec::new();
    for hour in 10..16 {
        folder.open(Access::ReadWrite).backup(&at(hour).at).unwrap();
        states.push(write(&folder, &Stamp { at: at(hour).at + chrono::Duration::minutes(20), ..import(hour) }));
        let (points, whole) = kept(&folder);
        assert!(points.len() <= 3 && whole.len() <= 4, "{points:?} {whole:?}");
    }
    folder.open(Access::ReadWrite).backup(&at(16).at).unwrap();
    assert_eq!(kept(&folder), (vec![21, 18, 15], vec![24, 21, 18, 15, 3]));
    let found: Vec<Vec<Batch>> = points(&folder).iter().rev().map(|point| restored(&folder, point)).collect();
    assert_eq!(found, states[3..]);
    write(&folder, &stamp_at("2026-03-13T09:00:00+00:00"));
    assert_eq!(kept(&folder), (vec![], vec![24, 3]));
}

#[test]
fn a_point_that_is_damaged_renamed_or_without_its_backup_is_refused_and_the_register_stays() {
    let folder = noted();
    write(&folder, &import(10));
    let point = points(&folder).remove(0);
    let (present, whole) = (fs::read(folder.register()).unwrap(), fs::read(&point).unwrap());
    let refused = |point: &Path, words: &str| {
        let problem = restore(point, &folder.register(), &at(12).at, Other::Refuse, &folder.places()).unwrap_err();
        assert!(problem.to_string().contains(words), "{problem}");
        let problem = difference(point, &folder.register()).unwrap_err().to_string();
        assert!(problem.contains(words) && problem.contains("the register is unchanged"), "{problem}");
        assert_eq!(fs::read(folder.register()).unwrap(), present);
    };
    for cut in [0, 3, 100, whole.len() / 2, whole.len() - 1] {
        fs::write(&point, &whole[..cut]).unwrap();
        refused(&point, "this restore point is damaged");
    }
    fs::write(&point, &whole).unwrap();
    let other = point.with_file_name("2026-03-12T100000 7 changes 4F3A-91C2-07BD-E1A2-9C33.point");
    fs::copy(&point, &other).unwrap();
    refused(&other, "was given another name");
    let backup = backups(&folder.register(), &folder.places()).into_iter().find(|backup| !is_point(backup)).unwrap();
    // A later backup has more than the point.
    folder.open(Access::ReadWrite).backup(&at(11).at).unwrap();
    fs::remove_file(backup.path).unwrap();
    refused(&point, "from which this restore point leads on, is not beside it");
    let parts = walk(folder.root()).into_iter().filter(|path| path.to_string_lossy().contains(".arising-"));
    assert_eq!(parts.count(), 0, "nothing half made is left");
}

#[test]
fn an_older_file_put_in_the_registers_place_lacks_what_a_point_has() {
    let folder = noted();
    write(&folder, &import(10));
    let whole = backups(&folder.register(), &folder.places()).into_iter().find(|backup| !is_point(backup)).unwrap();
    fs::copy(whole.path, folder.register()).unwrap();
    fs::remove_dir_all(folder.path("data/origins")).unwrap();
    let missing = folder.open(Access::ReadOnly).verifier().run().unwrap().missing;
    assert_eq!(missing.iter().map(Missing::changes).collect::<Vec<_>>(), [6]);
    assert_eq!(missing[0].backup.as_deref(), points(&folder).first().map(PathBuf::as_path));
}

#[test]
fn an_erasure_is_preceded_by_a_copy_and_leaves_no_point() {
    let folder = noted();
    write(&folder, &import(10));
    assert_eq!(points(&folder).len(), 1);
    let mut store = folder.open(Access::ReadWrite);
    let log = store.log().unwrap();
    let op = erasing::decide(&log, &Register::fold(&log), &Erasing::Words("protocol".into()), "none").unwrap();
    store.append(vec![op], &Stamp { cause: Cause::Erasure, ..at(11) }).unwrap();
    assert_eq!(kept(&folder), (vec![], vec![9, 3]));
    drop(store);
    write(&folder, &import(12));
    assert_eq!(kept(&folder), (vec![], vec![10, 3]), "nothing is noted that leads on from before it");
    let before = write(&folder, &import(13));
    assert_eq!(kept(&folder), (vec![13], vec![10, 3]));
    assert_eq!(restored(&folder, &points(&folder)[0]), before);
}

/// Another computer's copy, in which words were written.
fn copy(folder: &Folder) -> (PathBuf, Store) {
    let path = folder.path("copy/register.sqlite");
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::copy(folder.register(), &path).unwrap();
    let places = Places { data: Some(folder.path("other computer")) };
    let mut store = Store::open_in(&path, Access::ReadWrite, &places).unwrap();
    store.append(two_actions(), &at(9)).unwrap();
    (path, store)
}

fn merge(folder: &Folder, file: &Path, hour: u32) -> Vec<Batch> {
    let mut store = folder.open(Access::ReadWrite);
    let before = store.log().unwrap();
    let how = How { terms: Terms::usual(Trial::Write), author: "J. Lee", at: at(hour).at };
    store.merge(&[file.to_owned()], how).unwrap();
    before
}

#[test]
fn a_merge_keeps_a_point_and_what_came_with_it_is_in_the_next_backup() {
    let folder = noted();
    let (path, mut other) = copy(&folder);
    write(&folder, &at(10));
    let before = merge(&folder, &path, 11);
    assert_eq!(kept(&folder), (vec![9], vec![3]));
    assert_eq!(restored(&folder, &points(&folder)[0]), before);
    // What was merged when is not noted line by line, so the register is copied with it.
    let before = write(&folder, &import(12));
    let arrivals = folder.open(Access::ReadOnly).arrivals().unwrap();
    assert_eq!((kept(&folder), arrivals.len()), ((vec![9], vec![12, 3]), 1));
    let last = write(&folder, &import(13));
    assert_eq!(kept(&folder), (vec![15, 9], vec![12, 3]));
    let all = backups(&folder.register(), &folder.places());
    assert_eq!([restored(&folder, &all[1].path), restored(&folder, &all[0].path)], [before, last]);
    let to = folder.path("in place.sqlite");
    restore(&all[0].path, &to, &at(20).at, Other::Refuse, &folder.places()).unwrap();
    assert_eq!(Store::open_in(&to, Access::ReadOnly, &folder.places()).unwrap().arrivals().unwrap(), arrivals);
    other.append(two_actions(), &at(14)).unwrap();
    let before = merge(&folder, &path, 15);
    assert_eq!(restored(&folder, &points(&folder)[0]), before);
}

#[test]
fn after_a_merge_that_brought_changes_without_their_words_the_register_is_copied() {
    let folder = noted();
    let (path, mut other) = copy(&folder);
    let log = other.log().unwrap();
    let own = log.last().unwrap().changes[1].id;
    let op = erasing::decide(&log, &Register::fold(&log), &Erasing::Action(own), "none").unwrap();
    other.append(vec![op], &Stamp { cause: Cause::Erasure, ..at(10) }).unwrap();
    let before = merge(&folder, &path, 11);
    assert_eq!((kept(&folder), restored(&folder, &points(&folder)[0])), ((vec![6], vec![3]), before));
    let before = write(&folder, &import(12));
    assert_eq!(kept(&folder), (vec![6], vec![10, 3]));
    let whole = backups(&folder.register(), &folder.places()).remove(0);
    assert_eq!(restored(&folder, &whole.path), before);
}

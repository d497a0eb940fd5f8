//! Drafts, backups and bringing them back.

use std::fs;
use std::io::{Read, Write};
use std::thread;

use crate::kit::folder::{Folder, stamp, stamp_at, two_actions};
use arising::domain::change::Cause;
use arising::store::{Access, Along, Other, Places, Stamp, Store, backups, restorable, restore};

#[test]
fn a_draft_survives_until_it_is_used_or_forgotten() {
    let folder = Folder::new();
    let mut store = folder.create();
    store.save_draft("progress 7.1", "The protocol was").unwrap();
    store.save_draft("progress 7.1", "The protocol was agreed ").unwrap();
    store.save_draft("target 7.2", "end of").unwrap();
    drop(store);
    let mut store = folder.open(Access::ReadWrite);
    assert_eq!(store.draft("progress 7.1").unwrap().as_deref(), Some("The protocol was agreed "));
    assert_eq!(store.drafts().unwrap().len(), 2);
    let along = Along { forget: Some("progress 7.1") };
    store.append_if_current(two_actions(), &stamp(), along).unwrap().unwrap();
    store.forget_draft("target 7.2").unwrap();
    assert_eq!(store.drafts().unwrap(), vec![]);
}

#[test]
fn a_refused_batch_keeps_its_draft() {
    let folder = Folder::new();
    let mut store = folder.create();
    store.save_draft("note", "half a sentence").unwrap();
    let along = Along { forget: Some("note") };
    store.append_if_current(Vec::new(), &stamp(), along).unwrap_err();
    assert_eq!(store.draft("note").unwrap().as_deref(), Some("half a sentence"));
}

#[test]
fn the_first_write_of_a_run_is_preceded_by_a_dated_backup() {
    let folder = Folder::new();
    let mut store = folder.create();
    let first = store.append(two_actions(), &stamp_at("2026-03-11T09:00:00+00:00")).unwrap();
    assert_eq!(backups(&folder.register(), &folder.places()), vec![], "an empty register needs none");
    drop(store);
    let mut store = folder.open(Access::ReadWrite);
    store.append(two_actions(), &stamp_at("2026-03-12T10:00:00+00:00")).unwrap();
    store.append(two_actions(), &stamp_at("2026-03-12T11:00:00+00:00")).unwrap();
    let made = backups(&folder.register(), &folder.places());
    assert_eq!(made.len(), 1);
    assert_eq!((made[0].made.to_string().as_str(), made[0].changes), ("2026-03-12 10:00:00", 3));
    let backup = arising::store::Store::open_in(&made[0].path, Access::ReadOnly, &folder.places()).unwrap();
    assert_eq!(backup.log().unwrap(), vec![first]);
}

#[test]
fn a_backup_is_restored_and_the_present_file_kept() {
    let folder = Folder::new();
    let mut store = folder.create();
    let first = store.append(two_actions(), &stamp()).unwrap();
    let backup = store.backup(&stamp().at).unwrap();
    let second = store.append(two_actions(), &stamp()).unwrap();
    let origin = store.origin();
    drop(store);
    let present = fs::read(folder.register()).unwrap();
    let restored = restore(&backup, &folder.register(), &stamp().at, Other::Refuse, &folder.places()).unwrap();
    assert_eq!(restored.changes, 3);
    let kept = restored.kept.unwrap();
    assert!(kept.file_name().unwrap().to_str().unwrap().contains("2026-03-12"), "{}", kept.display());
    assert_eq!(fs::read(&kept).unwrap(), present);
    let mut store = folder.open(Access::ReadWrite);
    assert_eq!(store.log().unwrap(), vec![first]);
    assert_ne!(store.origin(), origin, "the restored file goes on under a new origin");
    let third = store.append(two_actions(), &stamp()).unwrap();
    assert_ne!(third.id, second.id);
    assert!(backup.exists(), "the backup is still there");
    if cfg!(windows) {
        // A register that is open is not replaced there.
        let problem = restore(&backup, &folder.register(), &stamp().at, Other::Refuse, &folder.places()).unwrap_err();
        assert!(problem.why.contains("another program has the file open"), "{problem}");
        assert_eq!(store.log().unwrap().len(), 2, "nothing has changed");
        drop(store);
    }
    let again = restore(&backup, &folder.register(), &stamp().at, Other::Refuse, &folder.places()).unwrap();
    assert_ne!(again.kept.unwrap(), kept, "nothing that was kept is overwritten");
}

#[test]
fn a_lost_or_damaged_register_is_brought_back() {
    let folder = Folder::new();
    let mut store = folder.create();
    let first = store.append(two_actions(), &stamp()).unwrap();
    store.backup(&stamp().at).unwrap();
    drop(store);
    for damage in [None, Some(b"nonsense".as_slice()), Some(b"")] {
        match damage {
            Some(bytes) => fs::write(folder.register(), bytes).unwrap(),
            None => fs::remove_file(folder.register()).unwrap(),
        }
        let newest = backups(&folder.register(), &folder.places()).remove(0);
        let restored = restore(&newest.path, &folder.register(), &stamp().at, Other::Refuse, &folder.places()).unwrap();
        assert_eq!(restored.kept.is_some(), damage.is_some());
        assert_eq!(folder.open(Access::ReadWrite).log().unwrap(), vec![first.clone()]);
    }
}

#[test]
fn a_damaged_backup_is_not_restored() {
    let folder = Folder::new();
    let mut store = folder.create();
    store.append(two_actions(), &stamp()).unwrap();
    let backup = store.backup(&stamp().at).unwrap();
    drop(store);
    let mut bytes = fs::read(&backup).unwrap();
    let place = memchr::memmem::find(&bytes, b"Train the teams").unwrap();
    bytes[place] ^= 1;
    fs::write(&backup, bytes).unwrap();
    let present = fs::read(folder.register()).unwrap();
    restore(&backup, &folder.register(), &stamp().at, Other::Refuse, &folder.places()).unwrap_err();
    assert_eq!(fs::read(folder.register()).unwrap(), present);
    assert_eq!(fs::read_dir(folder.root()).unwrap().count(), 2 + 1, "register, its journal, data: nothing left over");
}

#[test]
fn the_backup_from_behind_the_first_frame_is_of_the_state_before_the_work_or_not_made() {
    let folder = Folder::new();
    folder.create().append(two_actions(), &stamp()).unwrap();
    let mut store = folder.open(Access::ReadWrite);
    let late = store.verifier_with_backup(stamp().at);
    let verified = store.verifier_with_backup(stamp().at).run().unwrap();
    fs::remove_file(verified.backup.unwrap().path).unwrap();
    store.append(two_actions(), &stamp()).unwrap();
    assert_eq!(backups(&folder.register(), &folder.places()), [], "it had been made, and is not made twice");
    assert_eq!(late.run().unwrap().backup, None, "the register has moved on");
    let mut store = folder.open(Access::ReadWrite);
    let late = store.verifier_with_backup(stamp().at);
    store.append(two_actions(), &stamp()).unwrap();
    let before_the_work = backups(&folder.register(), &folder.places());
    assert_eq!(before_the_work.iter().map(|backup| backup.changes).collect::<Vec<_>>(), [6]);
    assert_eq!(late.run().unwrap().backup, None, "the first write was faster, and made its own");
    assert_eq!(backups(&folder.register(), &folder.places()), before_the_work);
}

#[test]
fn what_is_only_half_typed_is_in_no_backup() {
    let folder = Folder::new();
    let mut store = folder.create();
    store.append(two_actions(), &stamp()).unwrap();
    store.save_draft("progress", "Perhaps ask the coroner").unwrap();
    let backup = store.backup(&stamp().at).unwrap();
    store.backup_to(&folder.path("for the chair.sqlite")).unwrap();
    for copy in [backup, folder.path("for the chair.sqlite")] {
        let bytes = fs::read(copy).unwrap();
        assert!(!bytes.windows(7).any(|word| word == b"coroner"));
    }
    assert_eq!(store.drafts().unwrap().len(), 1, "the register itself keeps it");
}

#[test]
fn half_a_backup_is_never_counted() {
    let folder = Folder::new();
    let mut store = folder.create();
    store.append(two_actions(), &stamp()).unwrap();
    let backup = store.backup(&stamp().at).unwrap();
    fs::write(backup.with_file_name(".arising-abc.part"), "half").unwrap();
    assert_eq!(backups(&folder.register(), &folder.places()).len(), 1);
}

#[test]
fn what_a_killed_program_left_half_made_is_cleared_away_once_it_is_old() {
    let folder = Folder::new();
    let mut store = folder.create();
    store.append(two_actions(), &stamp()).unwrap();
    let long_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(7200);
    for name in [".arising-old.new", ".arising-old.part", "a film.part"] {
        fs::File::create(folder.path(name)).unwrap().set_modified(long_ago).unwrap();
    }
    fs::write(folder.path(".arising-fresh.new"), "somebody makes a register at this moment").unwrap();
    folder.open(Access::ReadWrite).append(two_actions(), &stamp()).unwrap();
    let is_there = |name: &str| folder.path(name).exists();
    assert!(!is_there(".arising-old.new") && !is_there(".arising-old.part"));
    assert!(is_there("a film.part") && is_there(".arising-fresh.new"));
}

#[test]
fn a_backup_never_overwrites_a_file() {
    let folder = Folder::new();
    let mut store = folder.create();
    store.append(two_actions(), &stamp()).unwrap();
    fs::write(folder.path("minutes.docx"), "minutes").unwrap();
    store.backup_to(&folder.path("minutes.docx")).unwrap_err();
    assert_eq!(fs::read(folder.path("minutes.docx")).unwrap(), b"minutes");
    store.backup_to(&folder.path("copy.sqlite")).unwrap();
    let copy = arising::store::Store::open_in(&folder.path("copy.sqlite"), Access::ReadOnly, &folder.places());
    assert_eq!(copy.unwrap().log().unwrap(), store.log().unwrap());
}

/// A verifier on another thread, as beside the screen.
fn beside(store: &Store) -> thread::JoinHandle<()> {
    let verifier = store.verifier_with_backup(stamp().at);
    verifier.announce();
    thread::spawn(move || drop(verifier.run().unwrap()))
}

#[test]
fn a_write_while_the_file_is_being_verified_comes_after_the_backup_and_only_one_is_made() {
    for _ in 0..20 {
        let folder = Folder::new();
        folder.create().append(two_actions(), &stamp()).unwrap();
        let mut store = folder.open(Access::ReadWrite);
        let verifier = beside(&store);
        store.append(two_actions(), &stamp()).unwrap();
        verifier.join().unwrap();
        let made: Vec<u64> = backups(&folder.register(), &folder.places()).iter().map(|made| made.changes).collect();
        assert_eq!(made, [3]);
        assert_eq!(store.check().unwrap().changes, 6);
    }
}

#[test]
fn a_file_as_it_was_left_is_not_read_whole_again_and_one_that_was_touched_is() {
    let folder = Folder::new();
    let mut store = folder.create();
    store.append(two_actions(), &stamp()).unwrap();
    store.save_draft("note", "half a sentence").unwrap();
    drop(store);
    // One altered bit in the words, behind the program's back and with the times of before.
    let alter = |times: Option<fs::FileTimes>| {
        let mut bytes = fs::read(folder.register()).unwrap();
        let place = memchr::memmem::find(&bytes, b"Train the teams").unwrap();
        bytes[place] ^= 1;
        let file = fs::File::options().write(true).open(folder.register()).unwrap();
        (&file).write_all(&bytes).unwrap();
        if let Some(times) = times {
            file.set_times(times).unwrap();
        }
    };
    assert!(folder.open(Access::ReadWrite).verify().is_ok());
    let metadata = fs::metadata(folder.register()).unwrap();
    let times = fs::FileTimes::new().set_modified(metadata.modified().unwrap());
    alter(cfg!(unix).then_some(times));
    let problem = folder.open(Access::ReadWrite).verify().unwrap_err().to_string();
    assert!(problem.contains("its content was altered"), "{problem}");
    let problem = folder.open(Access::ReadWrite).append(two_actions(), &stamp()).unwrap_err().to_string();
    assert!(problem.contains("its content was altered"), "{problem}");
}

/// What the newest thing is that can be restored, and how many changes it has.
fn newest(folder: &Folder) -> (String, u64) {
    let newest = restorable(&folder.register(), &folder.places()).remove(0);
    (newest.path.extension().unwrap().to_string_lossy().into_owned(), newest.changes)
}

#[test]
fn one_backup_a_day_comes_before_single_changes_with_those_since_noted_beside_it_and_one_before_every_import() {
    let folder = Folder::new();
    folder.create().append(two_actions(), &stamp_at("2026-03-11T09:00:00+00:00")).unwrap();
    let import = Cause::Import { file: "plan.docx".into() };
    for (at, cause, dated) in [
        ("12T10:00", Cause::Edit, vec![3]),
        ("12T10:30", Cause::Edit, vec![3]),
        ("12T10:40", import, vec![9, 3]),
        ("12T11:41", Cause::Edit, vec![9, 3]),
        ("13T09:00", Cause::Edit, vec![15, 3]),
    ] {
        let stamp = Stamp { cause, ..stamp_at(&format!("2026-03-{at}:00+00:00")) };
        let mut store = folder.open(Access::ReadWrite);
        store.append(two_actions(), &stamp).unwrap();
        let made = backups(&folder.register(), &folder.places());
        assert_eq!(made.iter().map(|made| made.changes).collect::<Vec<_>>(), dated, "{at}");
        assert_eq!(newest(&folder), ("since".into(), store.check().unwrap().changes), "{at}");
    }
}

#[test]
fn a_lost_register_is_restored_with_its_last_change() {
    let folder = Folder::new();
    folder.create().append(two_actions(), &stamp()).unwrap();
    let mut store = folder.open(Access::ReadWrite);
    (0..5).for_each(|_| drop(store.append(two_actions(), &stamp()).unwrap()));
    let log = store.log().unwrap();
    drop(store);
    fs::remove_file(folder.register()).unwrap();
    let lost = folder.open_problem(&folder.register());
    assert!(lost.contains("with 18 changes"), "{lost}");
    let newest = restorable(&folder.register(), &folder.places()).remove(0);
    let restored = restore(&newest.path, &folder.register(), &stamp().at, Other::Refuse, &folder.places()).unwrap();
    assert_eq!(restored.changes, 18);
    let mut store = folder.open(Access::ReadWrite);
    assert_eq!(store.log().unwrap(), log);
    assert_eq!(store.check().unwrap().missing, []);
    store.append(two_actions(), &stamp()).unwrap();
}

#[test]
fn what_is_noted_counts_only_where_it_leads_to_the_register_as_it_is() {
    let altered = |mut bytes: Vec<u8>| {
        let middle = bytes.len() / 2;
        bytes[middle] ^= 0x55;
        bytes
    };
    // The words of one line are others, and it can still be read.
    let reworded = |bytes: Vec<u8>| {
        let first = 4 + usize::from(bytes[2]) * 256 + usize::from(bytes[3]);
        let mut text = String::new();
        flate2::read::DeflateDecoder::new(&bytes[first + 4..]).read_to_string(&mut text).unwrap();
        let text = text.replace("Train the teams", "Drain the teams");
        let mut packed = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(text.as_bytes()).unwrap();
        let packed = packed.finish().unwrap();
        let length = u32::try_from(packed.len()).unwrap().to_be_bytes();
        [&bytes[..first], &length, &packed].concat()
    };
    let spoilt: [fn(Vec<u8>) -> Vec<u8>; 5] = [
        reworded,
        |bytes| bytes[..bytes.len() - 1].to_vec(),
        |bytes| bytes[..4 + usize::from(bytes[2]) * 256 + usize::from(bytes[3])].to_vec(),
        altered,
        |_| Vec::new(),
    ];
    for spoil in spoilt {
        let folder = Folder::new();
        folder.create().append(two_actions(), &stamp()).unwrap();
        folder.open(Access::ReadWrite).append(two_actions(), &stamp()).unwrap();
        let noted = restorable(&folder.register(), &folder.places()).remove(0).path;
        fs::write(&noted, spoil(fs::read(&noted).unwrap())).unwrap();
        assert_eq!(newest(&folder), ("sqlite".into(), 3), "no more than what is whole");
        folder.open(Access::ReadWrite).append(two_actions(), &stamp()).unwrap();
        assert_eq!(backups(&folder.register(), &folder.places())[0].changes, 6, "so the register is copied");
        assert_eq!(newest(&folder), ("since".into(), 9), "and it is noted from there");
    }
}

#[test]
fn wherever_a_loss_of_power_cuts_what_is_noted_the_changes_before_come_back() {
    let folder = Folder::new();
    folder.create().append(two_actions(), &stamp()).unwrap();
    let mut store = folder.open(Access::ReadWrite);
    (0..4).for_each(|_| drop(store.append(two_actions(), &stamp()).unwrap()));
    let log = store.log().unwrap();
    let noted = restorable(&folder.register(), &folder.places()).remove(0).path;
    let whole = fs::read(&noted).unwrap();
    let mut before = 0;
    for cut in (0..=whole.len()).step_by(97).chain([whole.len()]) {
        fs::write(&noted, &whole[..cut]).unwrap();
        let newest = restorable(&folder.register(), &folder.places()).remove(0);
        assert!(newest.changes >= before, "at {cut}");
        before = newest.changes;
        let to = folder.path(&format!("restored {cut}.sqlite"));
        restore(&newest.path, &to, &stamp().at, Other::Refuse, &folder.places()).unwrap();
        let found = Store::open_in(&to, Access::ReadOnly, &folder.places()).unwrap().log().unwrap();
        assert_eq!(found, log[..found.len()], "at {cut}");
    }
    assert_eq!(before, 15);
}

#[test]
fn a_window_that_opens_while_another_saves_leaves_no_gap_in_what_is_noted() {
    let folder = Folder::new();
    folder.create().append(two_actions(), &stamp()).unwrap();
    let mut saving = folder.open(Access::ReadWrite);
    saving.append(two_actions(), &stamp()).unwrap();
    // The other window copies the register, the first saves on, and only then is the copy a backup.
    let mut opening = folder.open(Access::ReadWrite);
    let copied = opening.verifier_with_backup(stamp().at).run();
    saving.append(two_actions(), &stamp()).unwrap();
    opening.accept(&copied);
    saving.append(two_actions(), &stamp()).unwrap();
    assert_eq!(newest(&folder), ("since".into(), 12));
    let to = folder.path("restored.sqlite");
    let noted = restorable(&folder.register(), &folder.places()).remove(0).path;
    restore(&noted, &to, &stamp().at, Other::Refuse, &folder.places()).unwrap();
    let restored = Store::open_in(&to, Access::ReadOnly, &folder.places()).unwrap();
    assert_eq!(restored.log().unwrap(), saving.log().unwrap());
}

#[test]
fn what_is_noted_is_of_one_register_whatever_others_are_called() {
    let folder = Folder::new();
    let places = folder.places();
    let registers = [folder.path("adults/plan.sqlite"), folder.path("children/plan.sqlite")];
    let mut logs = Vec::new();
    for (more, path) in registers.iter().enumerate() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        Store::create_in(path, &places).unwrap().append(two_actions(), &stamp()).unwrap();
        let mut store = Store::open_in(path, Access::ReadWrite, &places).unwrap();
        (0..=more).for_each(|_| drop(store.append(two_actions(), &stamp()).unwrap()));
        logs.push(store.log().unwrap());
    }
    // A copy of one register under the same name, on the same computer.
    let copy = folder.path("copy/plan.sqlite");
    fs::create_dir_all(copy.parent().unwrap()).unwrap();
    fs::copy(&registers[0], &copy).unwrap();
    Store::open_in(&copy, Access::ReadWrite, &places).unwrap().append(two_actions(), &stamp()).unwrap();
    for (path, log) in registers.iter().zip(logs) {
        fs::remove_file(path).unwrap();
        let newest = restorable(path, &places).remove(0);
        assert_eq!(newest.name(), "the newest with the changes since");
        restore(&newest.path, path, &stamp().at, Other::Refuse, &places).unwrap();
        assert_eq!(Store::open_in(path, Access::ReadOnly, &places).unwrap().log().unwrap(), log);
    }
}

#[test]
fn what_another_computer_wrote_meanwhile_is_noted_too() {
    let folder = Folder::new();
    folder.create().append(two_actions(), &stamp()).unwrap();
    let mut store = folder.open(Access::ReadWrite);
    store.append(two_actions(), &stamp()).unwrap();
    let elsewhere = Places { data: Some(folder.path("other computer")) };
    let mut other = Store::open_in(&folder.register(), Access::ReadWrite, &elsewhere).unwrap();
    other.append(two_actions(), &stamp()).unwrap();
    store.append(two_actions(), &stamp()).unwrap();
    assert_eq!(newest(&folder), ("since".into(), 12));
    let log = store.log().unwrap();
    let restored = folder.path("restored.sqlite");
    let noted = restorable(&folder.register(), &folder.places()).remove(0).path;
    restore(&noted, &restored, &stamp().at, Other::Refuse, &folder.places()).unwrap();
    let restored = Store::open_in(&restored, Access::ReadOnly, &folder.places()).unwrap();
    assert_eq!(restored.log().unwrap(), log);
}

#[test]
fn two_programs_on_one_computer_note_what_both_write() {
    let folder = Folder::new();
    folder.create().append(two_actions(), &stamp()).unwrap();
    let (mut one, mut two) = (folder.open(Access::ReadWrite), folder.open(Access::ReadWrite));
    for _ in 0..4 {
        one.append(two_actions(), &stamp()).unwrap();
        two.append(two_actions(), &stamp()).unwrap();
    }
    assert_eq!(newest(&folder), ("since".into(), 27));
}

#[test]
fn a_backup_that_is_made_beside_the_first_change_is_one_where_the_state_before_is_noted() {
    let folder = Folder::new();
    folder.create().append(two_actions(), &stamp()).unwrap();
    folder.open(Access::ReadWrite).append(two_actions(), &stamp()).unwrap();
    let mut store = folder.open(Access::ReadWrite);
    let verifier = store.verifier_with_backup(stamp().at);
    verifier.announce();
    let beside = thread::spawn(move || verifier.run().unwrap());
    store.append(two_actions(), &stamp()).unwrap();
    let found = beside.join().unwrap();
    assert!(found.backup.is_some(), "it is made all the same");
    assert_eq!(newest(&folder).1, 9);
}

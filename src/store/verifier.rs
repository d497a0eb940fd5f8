//! Verifies a register on another thread, while the screen is shown, and makes the dated backup.
//!
//! What is verified is the backup itself, before it gets its name: it is a copy page by page, made in a moment, so that no
//! one who writes to the register has to wait until all of it has been read.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, FixedOffset};
use rusqlite::Connection;

use crate::domain::id::Origin;
use crate::problem::Problem;

use super::as_left::Mark;
use super::backup::{Shelf, Staged};
use super::chain::Tip;
use super::met::Met;
use super::place::FilePlace;
use super::since::Since;
use super::trouble::{Doing, Fault};
use super::verify::{Verified, everything_but};
use super::vouched::Vouched;
use super::witness::Witnesses;
use super::{Access, Store, beside, carry, connect, schema, tips};

/// How long the keys that follow the first frame have the computer to themselves.
const REST: Duration = Duration::from_secs(1);

/// Reads the file through a separate connection.
#[derive(Clone, Debug)]
pub struct Verifier {
    place: Option<FilePlace>,
    shelf: Option<Shelf>,
    witnesses: Witnesses,
    met: Met,
    /// Where the changes since the newest backup are noted.
    since: Option<PathBuf>,
    /// The ends of the register's chains when the verifier was created.
    tips: BTreeMap<Origin, Tip>,
    /// The snapshot that is not compared with the log.
    vouched: Vouched,
    /// The current time, if a backup is to be made.
    backup_at: Option<DateTime<FixedOffset>>,
    /// Whether it may rest first: the file is as this computer left it after it had been verified, and there is a backup of the day.
    may_rest: bool,
    under_way: Arc<UnderWay>,
}

/// How far a verifier has come, for the first write, which must not overtake it.
#[derive(Debug, Default)]
pub struct UnderWay {
    stage: Mutex<Stage>,
    moved_on: Condvar,
    /// Whether someone has waited for the copy, or for what was found.
    is_wanted: AtomicBool,
    /// What is noted beside the newest backup, if that is all that the copy will have.
    noted: Mutex<Option<Since>>,
}

#[derive(Clone, Debug, Default)]
enum Stage {
    /// None is running.
    #[default]
    Idle,
    /// One is about to be begun, as soon as the first key has been answered.
    PutOff,
    Beginning,
    /// Nothing is being read yet: the state before the first write is among the backups already, and the file is as it was
    /// left, so the keys come first.
    Resting,
    /// If secured, the state before the first write is among the backups already.
    Copying {
        is_secured: bool,
    },
    /// If copied, the state before the first write is in a copy, and that is what is being verified.
    Verifying {
        is_copied: bool,
    },
    Ended {
        is_copied: bool,
        found: Box<Result<Verified, Problem>>,
    },
}

impl UnderWay {
    fn stage(&self) -> MutexGuard<'_, Stage> {
        self.stage.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn reach(&self, stage: Stage) {
        *self.stage() = stage;
        self.moved_on.notify_all();
    }

    fn wait_while(&self, waits: impl Fn(&Stage) -> bool) -> MutexGuard<'_, Stage> {
        self.moved_on.wait_while(self.stage(), |stage| waits(stage)).unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a verifier has begun and not ended, or is about to begin.
    pub fn is_running(&self) -> bool {
        !matches!(*self.stage(), Stage::Idle | Stage::Ended { .. })
    }

    /// Has a verifier rest, until someone waits for what it does, or the time is over.
    fn rest(&self) {
        self.reach(Stage::Resting);
        let rests = |_: &mut Stage| !self.is_wanted.load(Ordering::Relaxed);
        drop(self.moved_on.wait_timeout_while(self.stage(), REST, rests));
    }

    /// Ends the rest of a verifier, or has it take none.
    fn hurry(&self) {
        let _stage = self.stage();
        self.is_wanted.store(true, Ordering::Relaxed);
        self.moved_on.notify_all();
    }

    /// Waits until no copy is being made; whether there is one of the state before the first write.
    pub fn is_copied(&self) -> bool {
        if self.is_put_off() {
            return false;
        }
        self.hurry();
        let is_before = |stage: &Stage| matches!(stage, Stage::Beginning | Stage::Resting | Stage::Copying { .. });
        let stage = self.wait_while(is_before);
        matches!(*stage, Stage::Verifying { is_copied: true } | Stage::Ended { is_copied: true, .. })
    }

    /// The same, but waits for no copy where the newest backup and what is noted beside it are that state.
    pub fn is_secured(&self) -> bool {
        let waits = |stage: &Stage| matches!(stage, Stage::Beginning | Stage::Copying { is_secured: false });
        matches!(*self.wait_while(waits), Stage::Resting | Stage::Copying { .. }) || self.is_copied()
    }

    /// What is noted beside the newest backup, if a verifier has found that this is the register as it was.
    pub fn noted(&self) -> Option<Since> {
        drop(self.wait_while(|stage| matches!(stage, Stage::Beginning)));
        self.noted.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Waits for the end of a verifier that is running, and returns what it found.
    pub fn found(&self) -> Option<Result<Verified, Problem>> {
        if self.is_put_off() {
            return None;
        }
        self.hurry();
        let running = |stage: &Stage| !matches!(stage, Stage::Idle | Stage::Ended { .. });
        match &*self.wait_while(running) {
            Stage::Ended { found, .. } => Some((**found).clone()),
            _ => None,
        }
    }

    /// No one may wait for one that has not begun: the same thread is to begin it.
    fn is_put_off(&self) -> bool {
        matches!(*self.stage(), Stage::PutOff)
    }
}

/// Lets everything else on this computer come before this thread, and those that it begins: whoever types waits for none of it. On
/// other systems threads have no priority of their own that can be lowered so simply.
fn give_way() {
    #[cfg(target_os = "linux")]
    rustix::process::nice(10).ok();
}

/// Whatever happens to the verifier, no one waits for it any longer.
struct Ending<'a>(&'a UnderWay);

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        let has_ended = matches!(*self.0.stage(), Stage::Ended { .. });
        if !has_ended {
            self.0.reach(Stage::Idle);
        }
    }
}

impl Store {
    /// For verifying in the background after the first frame; pass the result to [`Store::accept`]. It also makes the dated
    /// backup, so that the run's first write need not wait for it, and relies on a snapshot that this computer vouches for.
    pub fn verifier_with_backup(&self, at: DateTime<FixedOffset>) -> Verifier {
        let (vouched, may_rest) = (self.vouched.clone(), self.may_rest(&at));
        Verifier { vouched, backup_at: Some(at), may_rest, ..self.verifier() }
    }

    /// Whether the verifier need not begin before the first key has been answered. If so, a change that comes first relies on what
    /// it would rely on while the verifier rests: the file is as it was left, and the state before is in a backup and what is
    /// noted beside it.
    pub fn put_off_verifying(&self, at: &DateTime<FixedOffset>) -> bool {
        let may_rest = self.may_rest(at);
        if may_rest {
            self.under_way.reach(Stage::PutOff);
        }
        may_rest
    }

    fn may_rest(&self, at: &DateTime<FixedOffset>) -> bool {
        self.is_as_left() && self.has_backup_of_today(at)
    }

    /// For verifying everything, whatever is known of it.
    pub fn verifier(&self) -> Verifier {
        Verifier {
            place: self.place.clone(),
            shelf: self.shelf(),
            since: self.since_file(),
            witnesses: self.witnesses(),
            met: self.met(),
            tips: self.tips.clone(),
            vouched: Vouched::default(),
            backup_at: None,
            may_rest: false,
            under_way: Arc::clone(&self.under_way),
        }
    }
}

impl Verifier {
    /// Has the first write wait for the copy from now on: for whoever is about to [`run`](Verifier::run) it on another thread.
    pub fn announce(&self) {
        if self.place.is_some() {
            self.under_way.reach(Stage::Beginning);
        }
    }

    /// There is no such thread.
    pub fn call_off(&self) {
        self.under_way.reach(Stage::Idle);
    }

    /// Reads the whole file once. A register in memory is intact by construction.
    pub fn run(&self) -> Result<Verified, Problem> {
        let Some(place) = &self.place else {
            return Ok(Verified::default());
        };
        let _ending = Ending(&self.under_way);
        self.under_way.reach(Stage::Beginning);
        let is_secured = self.is_secured();
        if is_secured && self.may_rest {
            self.under_way.rest();
        }
        self.under_way.reach(Stage::Copying { is_secured });
        let (copy, found) = match self.look(place) {
            Ok((copy, verified)) => (copy, Ok(verified)),
            Err(fault) => (None, Err(Doing::Reading.failed(fault))),
        };
        let is_copied = copy.as_ref().is_some_and(|copy| self.is_before_the_work(copy));
        let found = found.map(|verified| self.kept(copy, is_copied || is_secured, verified));
        self.under_way.reach(Stage::Ended { is_copied, found: Box::new(found.clone()) });
        found
    }

    /// Whether the newest backup and what is noted beside it are the register as it was when the verifier was created.
    fn is_secured(&self) -> bool {
        let Some(file) = self.since.as_ref().filter(|_| self.backup_at.is_some()) else { return false };
        let noted = Since::read(file);
        let is_secured = noted.leads_to(&self.tips);
        *self.under_way.noted.lock().unwrap_or_else(PoisonError::into_inner) = Some(noted).filter(|_| is_secured);
        is_secured
    }

    fn look(&self, place: &FilePlace) -> Result<(Option<Staged>, Verified), Fault> {
        place.check(0)?;
        let db = connect::file(&place.path, Access::ReadOnly)?;
        let format = schema::examine(&db)?;
        let db = carry::readable(db)?;
        let mark = Mark::of(place);
        let copy = self.copy(&db);
        let is_copied = copy.as_ref().is_some_and(|copy| self.is_before_the_work(copy));
        self.under_way.reach(Stage::Verifying { is_copied });
        if self.backup_at.is_some() {
            give_way();
        }
        let missing = self.witnesses.missing(&db)?;
        let newer = Some(format).filter(|format| *format > schema::CURRENT);
        let other_key = self.met.other_key_in(&db)?;
        let beside = beside::found(&place.path, &db);
        // Of the two connections, one at a time: each has its own pages, and its own notion of every table.
        let verified = match &copy {
            Some(copy) => {
                drop(db);
                everything_but(&copy.open()?, &self.vouched)?
            }
            None => everything_but(&db, &self.vouched)?,
        };
        let mark = mark.filter(|mark| Mark::of(place).as_ref() == Some(mark));
        Ok((copy, Verified { missing, other_key, beside, newer, mark, ..verified }))
    }

    /// A copy of a register with changes, if a backup is wanted. Where none can be made, the register itself is verified.
    fn copy(&self, db: &Connection) -> Option<Staged> {
        let backups = self.shelf.as_ref().filter(|_| self.backup_at.is_some() && !self.tips.is_empty())?;
        connect::keep_few_pages(db).ok()?;
        let copy = backups.stage_at_leisure(db).ok();
        connect::keep_pages(db).ok()?;
        copy
    }

    /// Whether this is the state before the first write of the run: the register may have moved on since.
    fn is_before_the_work(&self, copy: &Staged) -> bool {
        copy.changes() == tips::count(&self.tips)
    }

    /// Gives the verified copy its name among the backups, if it is one.
    fn kept(&self, copy: Option<Staged>, is_backup: bool, verified: Verified) -> Verified {
        let (Some(copy), Some(backups), Some(at)) = (copy, &self.shelf, &self.backup_at) else { return verified };
        if let Ok(db) = copy.open() {
            self.met.note(&db, at);
        }
        let backup = is_backup.then(|| backups.put_down(copy, at).ok()).flatten();
        Verified { backup, ..verified }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Places, Stamp, tests};
    use super::*;

    /// A register on disk with one plan, and what to open and change it with.
    fn with_a_plan(folder: &std::path::Path) -> (PathBuf, Places, Stamp, Store) {
        let (path, places) = (folder.join("register.sqlite"), Places { data: Some(folder.join("data")) });
        let mut store = Store::create_in(&path, &places).unwrap();
        let stamp = tests::stamp();
        store.append(tests::plan(), &stamp).unwrap();
        (path, places, stamp, store)
    }

    #[test]
    fn one_change_waits_for_no_copy_where_the_state_before_is_noted_and_an_erasure_does() {
        let under_way = Arc::new(UnderWay::default());
        under_way.reach(Stage::Copying { is_secured: true });
        assert!(under_way.is_secured(), "at once");
        let erasure = std::thread::spawn({
            let under_way = Arc::clone(&under_way);
            move || under_way.is_copied()
        });
        assert!(!erasure.is_finished());
        under_way.reach(Stage::Verifying { is_copied: true });
        assert!(erasure.join().unwrap());
    }

    #[test]
    fn a_verifier_that_rests_keeps_one_change_from_nothing_and_is_woken_by_an_erasure() {
        let under_way = Arc::new(UnderWay::default());
        let wait = |under_way: &Arc<UnderWay>| {
            let under_way = Arc::clone(under_way);
            std::thread::spawn(move || under_way.is_copied())
        };
        under_way.reach(Stage::Resting);
        assert!(under_way.is_secured() && under_way.is_running(), "at once");
        let erasure = wait(&under_way);
        let begun = std::time::Instant::now();
        under_way.rest();
        assert!(begun.elapsed() < REST && !erasure.is_finished());
        under_way.reach(Stage::Verifying { is_copied: true });
        assert!(erasure.join().unwrap());
    }

    #[test]
    fn an_import_waits_for_no_copy_where_a_restore_point_can_be_kept() {
        let folder = tempfile::tempdir().unwrap();
        let (path, places, stamp, mut store) = with_a_plan(folder.path());
        store.backup(&stamp.at).unwrap();
        drop(store);
        let mut store = Store::open_in(&path, Access::ReadWrite, &places).unwrap();
        for stage in [Stage::Resting, Stage::Copying { is_secured: true }] {
            store.backed_up = false;
            store.under_way.reach(stage);
            let cause = crate::domain::change::Cause::Import { file: "plan.docx".into() };
            let import = Stamp { cause, ..stamp.clone() };
            let (done, is_done) = std::sync::mpsc::channel();
            let writing = std::thread::spawn(move || {
                store.append(tests::plan(), &import).unwrap();
                done.send(()).ok();
                store
            });
            is_done.recv_timeout(Duration::from_secs(60)).unwrap();
            store = writing.join().unwrap();
            assert!(!store.under_way.is_wanted.load(Ordering::Relaxed), "nor is the verifier hurried");
        }
    }

    #[test]
    fn a_verifier_may_rest_only_on_a_day_with_a_backup_and_over_a_file_that_nothing_else_has_written() {
        let folder = tempfile::tempdir().unwrap();
        let (path, places, stamp, mut store) = with_a_plan(folder.path());
        assert!(!store.verifier_with_backup(stamp.at).may_rest, "no backup has what was written");
        let found = store.verifier_with_backup(stamp.at).run();
        assert!(found.as_ref().is_ok_and(|verified| verified.backup.is_some()));
        store.accept(&found);
        drop(store);
        let store = Store::open_in(&path, Access::ReadWrite, &places).unwrap();
        let may_rest = |days| store.verifier_with_backup(stamp.at + chrono::Days::new(days)).may_rest;
        assert!(may_rest(0) && !may_rest(1));
        let file = std::fs::File::options().write(true).open(&path).unwrap();
        file.set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
        assert!(!may_rest(0), "another program has written it");
    }

    #[test]
    fn a_change_and_an_import_wait_for_no_verifier_that_is_put_off() {
        let under_way = UnderWay::default();
        under_way.reach(Stage::PutOff);
        assert!(!under_way.is_secured() && !under_way.is_copied(), "each sees to it itself");
        assert!(under_way.found().is_none() && under_way.noted().is_none());
        assert!(under_way.is_running(), "and relies on the file as it was left");
        assert!(!under_way.is_wanted.load(Ordering::Relaxed), "the verifier may rest all the same");
    }

    #[test]
    fn a_verifier_does_not_rest_where_someone_waited_before_it_could() {
        let under_way = Arc::new(UnderWay::default());
        under_way.reach(Stage::Beginning);
        let found = std::thread::spawn({
            let under_way = Arc::clone(&under_way);
            move || under_way.found().is_none()
        });
        while !under_way.is_wanted.load(Ordering::Relaxed) {
            std::thread::yield_now();
        }
        let begun = std::time::Instant::now();
        under_way.rest();
        assert!(begun.elapsed() < REST);
        under_way.reach(Stage::Idle);
        assert!(found.join().unwrap());
    }
}

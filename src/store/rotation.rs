//! Which backups are kept: the newest, and the first from each of the last ten days and the last eight weeks.
//!
//! The newest is the one with the most changes: the log only grows, and a clock can be wrong. A backup dated in the future
//! counts towards no day and no week, so that a week under a wrong clock does not push out the real ones.
//!
//! Of the restore points the last few of the day are kept, each with the backup from which it leads on. They are for taking back what
//! has just been imported. A day's first backup is always a whole one, so from the next day on that stands for the day, as it would
//! if the points were copies; and no backup is kept for long because a point needs it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::{Datelike, NaiveDateTime};

use super::backup::{BackupFile, gone, inside, sweep};
use super::point::is_point;
use super::since::leads_from;

const DAYS: usize = 10;
const WEEKS: usize = 8;

/// How many of those dated in the future are kept.
const AHEAD: usize = 3;

/// How many restore points are kept.
const POINTS: usize = 3;

/// Removes the backups in `folder` that are no longer kept; never the one just made.
pub fn rotate(folder: &Path, just_made: &Path, now: NaiveDateTime) -> io::Result<()> {
    sweep(folder)?;
    let (points, all): (Vec<BackupFile>, Vec<_>) = inside(folder).into_iter().partition(|file| is_point(&file.path));
    let keep = kept_points(&points, now);
    for point in points.iter().filter(|point| !keep.contains(&point.path) && point.path != just_made) {
        gone(fs::remove_file(&point.path))?;
    }
    let keep = kept(&all, now);
    let old = all.iter().filter(|backup| !keep.contains(&backup.path) && backup.path != just_made);
    old.filter(|backup| !is_needed(&backup.path)).try_for_each(|backup| remove(&backup.path))
}

/// Whether a restore point leads on from a backup.
fn is_needed(backup: &Path) -> bool {
    let points = backup.parent().into_iter().flat_map(inside).filter(|file| is_point(&file.path));
    points.into_iter().any(|point| leads_from(&point.path).is_some_and(|needed| needed == backup))
}

/// Removes a backup that no restore point needs. One that is made meanwhile counts only if the backup is there once it has its
/// name: so the backup loses its own first, and has it back where there is such a point.
fn remove(backup: &Path) -> io::Result<()> {
    let name = backup.file_name().unwrap_or_default().to_string_lossy();
    let aside = backup.with_file_name(format!(".arising-{name}.part"));
    if let Err(error) = fs::rename(backup, &aside) {
        return gone(Err(error));
    }
    if is_needed(backup) { fs::rename(&aside, backup) } else { gone(fs::remove_file(&aside)) }
}

/// The last of the day.
fn kept_points(all: &[BackupFile], now: NaiveDateTime) -> BTreeSet<PathBuf> {
    let mut points: Vec<&BackupFile> = all.iter().filter(|point| point.made.date() == now.date()).collect();
    points.sort_by_key(|point| (point.made, point.changes));
    points.into_iter().rev().take(POINTS).map(|point| point.path.clone()).collect()
}

/// A day's first backup is the state before that day's work, which is the one to go back to.
fn kept(all: &[BackupFile], now: NaiveDateTime) -> BTreeSet<PathBuf> {
    let (past, mut ahead): (Vec<&BackupFile>, Vec<_>) = all.iter().partition(|backup| backup.made <= now);
    let newest = all.iter().max_by_key(|backup| (backup.changes, backup.made));
    let days = firsts(&past, DAYS, |backup| {
        let date = backup.made.date();
        (date.year(), date.ordinal())
    });
    let weeks = firsts(&past, WEEKS, |backup| {
        let week = backup.made.date().iso_week();
        (week.year(), week.week())
    });
    ahead.sort_by_key(|backup| (backup.changes, backup.made));
    let ahead = ahead.into_iter().rev().take(AHEAD);
    days.into_iter().chain(weeks).chain(ahead).chain(newest).map(|backup| backup.path.clone()).collect()
}

/// The first backup in each of the last `count` periods that have one, by the number of changes.
fn firsts<'a>(all: &[&'a BackupFile], count: usize, period: impl Fn(&BackupFile) -> (i32, u32)) -> Vec<&'a BackupFile> {
    let mut first: BTreeMap<(i32, u32), &BackupFile> = BTreeMap::new();
    for &backup in all {
        let known = first.entry(period(backup)).or_insert(backup);
        if (backup.changes, backup.made) < (known.changes, known.made) {
            *known = backup;
        }
    }
    let mut firsts: Vec<_> = first.into_values().collect();
    firsts.sort_by_key(|backup| (backup.changes, backup.made));
    firsts.into_iter().rev().take(count).collect()
}

#[cfg(test)]
mod tests {
    use chrono::{Days, NaiveDate};

    use super::*;

    fn backup(day: u64, hour: u32) -> BackupFile {
        let date = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + Days::new(day);
        let made = date.and_hms_opt(hour, 0, 0).unwrap();
        BackupFile { path: PathBuf::from(format!("{made}")), made, changes: day }
    }

    #[test]
    fn ten_days_and_eight_weeks_are_kept_and_the_newest() {
        let all: Vec<BackupFile> = (0..100).flat_map(|day| [backup(day, 9), backup(day, 15)]).collect();
        let kept = kept(&all, backup(99, 15).made);
        assert!(kept.contains(&backup(99, 15).path), "the newest");
        assert!((90..100).all(|day| kept.contains(&backup(day, 9).path)), "the first of each of ten days");
        assert!(!kept.contains(&backup(98, 15).path));
        assert!(kept.iter().any(|path| *path < backup(50, 0).path), "eight weeks back");
        assert!(kept.len() <= 19, "{kept:?}");
    }

    #[test]
    fn what_is_dated_in_the_future_pushes_out_no_real_day() {
        let real = (0..15).map(|day| backup(day, 9));
        let wrong = (3000..3010).map(|day| BackupFile { changes: 5 + day % 3000, ..backup(day, 9) });
        let all: Vec<BackupFile> = real.chain(wrong).collect();
        let kept = kept(&all, backup(14, 12).made);
        assert!((5..15).all(|day| kept.contains(&backup(day, 9).path)), "{kept:?}");
        assert_eq!(kept.iter().filter(|path| **path > backup(2999, 0).path).count(), AHEAD, "not all of them for ever");
    }

    #[test]
    fn the_newest_is_which_holds_most_whatever_its_date() {
        let most = BackupFile { changes: 900, ..backup(3, 9) };
        let all: Vec<BackupFile> = (4..80).map(|day| backup(day, 9)).chain([most.clone()]).collect();
        assert!(kept(&all, backup(80, 9).made).contains(&most.path));
    }

    #[test]
    fn of_the_restore_points_the_last_of_the_day_are_kept() {
        let all: Vec<BackupFile> = (96..102).flat_map(|day| (9..17).map(move |hour| backup(day, hour))).collect();
        let kept = kept_points(&all, backup(99, 15).made);
        assert_eq!(kept, BTreeSet::from([14, 15, 16].map(|hour| backup(99, hour).path)));
    }

    #[test]
    fn a_backup_that_a_point_needs_by_the_time_it_is_removed_has_its_name_back() {
        let data = tempfile::tempdir().unwrap();
        let shelf = data.path().join("backups").join("register-0123");
        fs::create_dir_all(&shelf).unwrap();
        let backup = shelf.join("2026-03-12T100000 0 changes 4F3A.sqlite");
        fs::write(&backup, "a backup").unwrap();
        let (noted, point) =
            (data.path().join("origins/register.since"), shelf.join("2026-03-12T110000 0 changes 4F3A.point"));
        super::super::since::Since::begin(noted.clone(), "0123", &backup, BTreeMap::new());
        fs::copy(&noted, &point).unwrap();
        remove(&backup).unwrap();
        assert_eq!(fs::read(&backup).unwrap(), b"a backup");
        assert_eq!(fs::read_dir(&shelf).unwrap().count(), 2, "nothing is left over");
        fs::remove_file(&point).unwrap();
        remove(&backup).unwrap();
        assert_eq!(fs::read_dir(&shelf).unwrap().count(), 0);
        remove(&backup).unwrap();
    }
}

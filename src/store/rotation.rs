//! Which backups are kept: the newest, and the first from each of the last ten days and the last eight weeks.
//!
//! The newest is the one with the most changes: the log only grows, and a clock can be wrong. A backup dated in the future
//! counts towards no day and no week, so that a week under a wrong clock does not push out the real ones.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::{Datelike, NaiveDateTime};

use super::backup::{BackupFile, gone, inside, sweep};

const DAYS: usize = 10;
const WEEKS: usize = 8;

/// How many of those dated in the future are kept.
const AHEAD: usize = 3;

/// Removes the backups in `folder` that are no longer kept; never the one just made.
pub fn rotate(folder: &Path, just_made: &Path, now: NaiveDateTime) -> io::Result<()> {
    sweep(folder)?;
    let all = inside(folder);
    let keep = kept(&all, now);
    for backup in &all {
        if !keep.contains(&backup.path) && backup.path != just_made {
            gone(fs::remove_file(&backup.path))?;
        }
    }
    Ok(())
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
}

//! Which backups are kept: the newest, and the first from each of the last ten days and the last eight weeks.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::Datelike;

use super::backup::{BackupFile, inside, sweep};

const DAYS: usize = 10;
const WEEKS: usize = 8;

/// Removes the backups of `folder` that are no longer kept; never the one just made.
pub fn rotate(folder: &Path, just_made: &Path) -> io::Result<()> {
    sweep(folder)?;
    let all = inside(folder);
    let keep = kept(&all);
    for backup in &all {
        if !keep.contains(&backup.path) && backup.path != just_made {
            fs::remove_file(&backup.path)?;
        }
    }
    Ok(())
}

/// A day's first backup is the state before that day's work, which is the one to go back to.
fn kept(all: &[BackupFile]) -> Vec<PathBuf> {
    let newest = all.iter().max_by_key(|backup| (backup.made, backup.changes)).map(|backup| backup.path.clone());
    let days = firsts(all, DAYS, |backup| {
        let date = backup.made.date();
        (date.year(), date.ordinal())
    });
    let weeks = firsts(all, WEEKS, |backup| {
        let week = backup.made.date().iso_week();
        (week.year(), week.week())
    });
    days.into_iter().chain(weeks).chain(newest).collect()
}

/// The first backup in each of the last `count` periods that have one.
fn firsts(all: &[BackupFile], count: usize, period: impl Fn(&BackupFile) -> (i32, u32)) -> Vec<PathBuf> {
    let mut first: BTreeMap<(i32, u32), &BackupFile> = BTreeMap::new();
    for backup in all {
        let known = first.entry(period(backup)).or_insert(backup);
        if (backup.made, backup.changes) < (known.made, known.changes) {
            *known = backup;
        }
    }
    first.into_values().rev().take(count).map(|backup| backup.path.clone()).collect()
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
        let kept = kept(&all);
        let unique: std::collections::BTreeSet<_> = kept.iter().collect();
        assert!(kept.contains(&backup(99, 15).path), "the newest");
        assert!((90..100).all(|day| kept.contains(&backup(day, 9).path)), "the first of each of ten days");
        assert!(!kept.contains(&backup(98, 15).path));
        assert!(kept.iter().any(|path| *path < backup(50, 0).path), "eight weeks back");
        assert!(unique.len() <= 19, "{unique:?}");
    }
}

//! What is left of a register that is missing, so that no one starts an empty one without knowing.

use std::path::{Path, PathBuf};

use crate::files::absolute;
use crate::problem::Problem;

use super::backup::of_known;
use super::kept;
use super::place::Places;
use super::trouble::Doing;

/// A copy of a register that is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    pub path: PathBuf,
    /// "a backup of 12 Mar 2026 10:15 with 97 changes".
    pub what: String,
}

/// The best copy of the register that was at `path`; none if there is a file at `path`, or no register was known there.
///
/// A file that a restore kept beside it comes first: it is the state that the register last had.
pub fn left_of(path: &Path, places: &Places) -> Option<Left> {
    let path = absolute(path).ok()?;
    if path.symlink_metadata().is_ok() {
        return None;
    }
    put_aside(&path).or_else(|| backed_up(&path, places))
}

/// Refuses to start another register where a restore left the earlier one beside it: that is the record. Backups alone, far from
/// it, do not keep the user from starting again; opening says that they are there.
pub fn refuse_over(path: &Path) -> Result<(), Problem> {
    refuse_moved(path)?;
    let Ok(path) = absolute(path) else { return Ok(()) };
    let Some(left) = put_aside(&path).filter(|_| path.symlink_metadata().is_err()) else { return Ok(()) };
    let why = format!("there was a register at {}, and {} is left", path.display(), left.what);
    Err(Doing::Creating.because(why, format!("{}; to start an empty one: arising init --anew.", left.hint())))
}

/// Refuses to open or start a register where one was that has been moved elsewhere.
pub fn refuse_moved(path: &Path) -> Result<(), Problem> {
    let Ok(path) = absolute(path) else { return Ok(()) };
    let Some(old) = kept::moved_away(&path).filter(|_| path.symlink_metadata().is_err()) else { return Ok(()) };
    let name = old.file_name().unwrap_or_default().to_string_lossy();
    let why =
        format!("the register at {} was moved by arising move-home; the old file is kept as “{name}”", path.display());
    Err(Doing::Opening.because(why, "Open it where it is now: leave --register out."))
}

impl Left {
    /// What to do about a missing register.
    pub fn hint(&self) -> String {
        format!("To restore it: arising restore \"{}\"", self.path.display())
    }
}

fn put_aside(path: &Path) -> Option<Left> {
    let newest = kept::beside(path).max()?;
    let what = format!("the earlier file “{}”", newest.file_name()?.to_string_lossy());
    Some(Left { path: newest, what })
}

fn backed_up(path: &Path, places: &Places) -> Option<Left> {
    let data = places.data.as_deref()?;
    let newest = of_known(data, path).into_iter().next()?;
    let what = format!("a backup of {} with {} changes", newest.made.format("%-d %b %Y %H:%M"), newest.changes);
    Some(Left { path: newest.path, what })
}

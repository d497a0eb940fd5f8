//! File names: which ones a system takes, and which it takes for the same.

use std::borrow::Cow;
use std::io;
use std::path::{Path, PathBuf};

/// Names that Windows keeps for devices, in any folder and with any ending.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];
/// Characters that no Windows file name may have. A colon would hide the text in another file's second stream.
const FORBIDDEN: [char; 7] = ['<', '>', ':', '"', '|', '?', '*'];
/// The longest path that Windows takes as it is, less what is added for a journal.
const LONGEST: usize = 240;

/// The path with its folder's links resolved; the file itself need not exist.
pub fn absolute(path: &Path) -> io::Result<PathBuf> {
    let path = if cfg!(windows) { fit(path)? } else { Cow::Borrowed(path) };
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok(real_folder(folder)?.join(name))
}

/// A folder with its links resolved. Some disks of Windows cannot say what a path really is; there it stays as it was given.
pub fn real_folder(folder: &Path) -> io::Result<PathBuf> {
    let is_kept = || cfg!(windows) && folder.is_dir();
    dunce::canonicalize(folder).or_else(|error| if is_kept() { std::path::absolute(folder) } else { Err(error) })
}

/// The path as Windows reads it: without the dots and spaces at its end. Names that would be something other than a file
/// are refused.
fn fit(path: &Path) -> io::Result<Cow<'_, Path>> {
    let Some(name) = path.file_name() else { return Ok(Cow::Borrowed(path)) };
    let typed = name.to_string_lossy();
    match unfit(&typed) {
        Some(why) => Err(io::Error::new(io::ErrorKind::InvalidFilename, why)),
        None => Ok(Cow::Owned(path.with_file_name(trimmed(&typed)))),
    }
}

fn trimmed(name: &str) -> &str {
    name.trim_end_matches(['.', ' '])
}

/// Why Windows would not keep a file of this name, if so.
fn unfit(name: &str) -> Option<String> {
    let stem = trimmed(name).split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let is_port = |kind: &str| stem.strip_prefix(kind).is_some_and(|rest| matches!(rest.as_bytes(), [b'0'..=b'9']));
    if DEVICES.contains(&stem.as_str()) || is_port("com") || is_port("lpt") {
        return Some(format!("Windows keeps the name “{stem}” for a device; choose another name"));
    }
    let bad = name.chars().find(|c| FORBIDDEN.contains(c) || c.is_control());
    bad.map(|bad| format!("Windows allows no “{bad}” in a file name; choose another name"))
}

/// A name as the system compares it: Windows takes “Plan” and “plan” for one.
pub fn folded(name: &str) -> String {
    if cfg!(windows) { name.to_lowercase() } else { name.to_owned() }
}

/// An absolute path as `SQLite` must be given it: on Windows a long one needs the prefix that lifts the limit of 260.
pub fn for_sqlite(path: &Path) -> Cow<'_, Path> {
    let long = cfg!(windows) && path.as_os_str().len() > LONGEST;
    let spelt = path.to_string_lossy();
    match (long, spelt.strip_prefix(r"\\")) {
        (false, _) => Cow::Borrowed(path),
        (true, Some(rest)) if rest.starts_with(['?', '.']) => Cow::Borrowed(path),
        (true, Some(share)) => Cow::Owned(format!(r"\\?\UNC\{share}").into()),
        (true, None) => Cow::Owned(format!(r"\\?\{spelt}").into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_windows_keeps_for_devices_are_refused_in_a_sentence() {
        for name in ["nul", "NUL.sqlite", "con", "Com3.txt", "lpt9", "aux .docx", "prn."] {
            assert!(unfit(name).is_some_and(|why| why.contains("for a device")), "{name}");
        }
        for name in ["plan.docx", "console.txt", "com10", "company", "nullify", "annual.nul"] {
            assert_eq!(unfit(name), None, "{name}");
        }
        assert!(unfit("plan:7.docx").is_some_and(|why| why.contains("“:”")));
    }

    #[test]
    fn a_dot_at_the_end_of_a_name_is_not_part_of_it() {
        assert_eq!(fit(Path::new("plan. ")).unwrap(), Path::new("plan"));
        assert_eq!(fit(Path::new("a.b/plan.docx")).unwrap(), Path::new("a.b/plan.docx"));
    }

    #[test]
    fn a_folder_is_shown_without_the_prefix_for_long_paths() {
        let folder = tempfile::tempdir().unwrap();
        let path = absolute(&folder.path().join("none.sqlite")).unwrap();
        assert!(path.is_absolute() && !path.to_string_lossy().contains(r"\\?\"), "{}", path.display());
    }

    #[test]
    fn only_a_long_path_gets_the_prefix() {
        let short = Path::new(r"C:\short.sqlite");
        assert_eq!(for_sqlite(short), short);
        let (disk, share) = (format!(r"C:\{}\x", "a".repeat(300)), format!(r"\\server\plans\{}\x", "a".repeat(300)));
        let (given, expected) =
            if cfg!(windows) { (r"\\?\C:\", r"\\?\UNC\server\plans\") } else { ("C:", r"\\server") };
        assert!(for_sqlite(Path::new(&disk)).to_string_lossy().starts_with(given));
        assert!(for_sqlite(Path::new(&share)).to_string_lossy().starts_with(expected));
        let done = for_sqlite(Path::new(&share)).into_owned();
        assert_eq!(for_sqlite(&done), done, "once is enough");
    }
}

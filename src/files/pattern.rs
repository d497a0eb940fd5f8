//! `*.docx` as a list of files: on Windows that is for the program to do, elsewhere the shell has done it.

use std::fs;
use std::path::{Path, PathBuf};

/// The files that are meant: a name with `*` or `?` in it means all in its folder that fit, in order. One that no file fits
/// stays as it is, to be reported as missing.
pub fn meant(given: &[PathBuf]) -> Vec<PathBuf> {
    given.iter().flat_map(|path| if cfg!(windows) { fitting(path) } else { vec![path.clone()] }).collect()
}

fn fitting(path: &Path) -> Vec<PathBuf> {
    let pattern = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut found: Vec<PathBuf> = Vec::new();
    if pattern.contains(['*', '?']) {
        let names = fs::read_dir(folder.unwrap_or(Path::new("."))).into_iter().flatten().flatten();
        let names = names.map(|entry| entry.file_name()).filter(|name| fits(name.to_string_lossy().as_ref(), &pattern));
        found.extend(names.map(|name| path.with_file_name(name)));
        found.sort();
    }
    if found.is_empty() { vec![path.to_owned()] } else { found }
}

/// Whether a name fits a pattern in lower case. A lock file of Word (`~$plan.docx`) is no document.
fn fits(name: &str, pattern: &str) -> bool {
    let (name, pattern): (Vec<char>, Vec<char>) = (name.to_lowercase().chars().collect(), pattern.chars().collect());
    !name.starts_with(&['~', '$']) && fits_rest(&name, &pattern)
}

fn fits_rest(name: &[char], pattern: &[char]) -> bool {
    match (pattern.split_first(), name.split_first()) {
        (None, rest) => rest.is_none(),
        (Some(('*', after)), rest) => {
            fits_rest(name, after) || rest.is_some_and(|(_, shorter)| fits_rest(shorter, pattern))
        }
        (Some(('?', after)), Some((_, rest))) => fits_rest(rest, after),
        (Some((wanted, after)), Some((c, rest))) => wanted == c && fits_rest(rest, after),
        (Some(_), None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_letters_and_a_question_mark_for_one() {
        for (name, pattern) in [("Plan.DOCX", "*.docx"), ("a", "*"), ("plan 7.docx", "plan ?.docx"), ("ab.cd", "a*d")] {
            assert!(fits(name, pattern), "{name} {pattern}");
        }
        for (name, pattern) in [("plan.doc", "*.docx"), ("~$plan.docx", "*.docx"), ("plan 12.docx", "plan ?.docx")] {
            assert!(!fits(name, pattern), "{name} {pattern}");
        }
    }

    #[test]
    fn what_fits_is_listed_in_order_and_what_fits_nothing_stays() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.docx", "a.docx", "c.txt"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let at = |name: &str| folder.path().join(name);
        assert_eq!(fitting(&at("*.docx")), [at("a.docx"), at("b.docx")]);
        assert_eq!(fitting(&at("*.odt")), [at("*.odt")]);
        assert_eq!(fitting(&at("none.docx")), [at("none.docx")]);
    }
}

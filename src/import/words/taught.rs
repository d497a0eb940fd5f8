//! The two files that teach the reader, and that the user may edit: `columns.toml` and `vocabulary.toml`.
//!
//! Both are in the program's data folder, so that there is one folder to find, copy and name (`ARISING_DATA`). A
//! mistake in one is a sentence with its line, not a reason to refuse a document.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::mappings::Mappings;
use super::own_words;
use crate::files::{give_name, private_folder, protect};
use crate::import::options::Options;
use crate::problem::Problem;

/// Earlier column mappings, by header row.
pub const COLUMNS: &str = "columns.toml";
/// Words added to the built-in lists.
pub const VOCABULARY: &str = "vocabulary.toml";
/// The longest such file, in bytes.
const LONGEST: u64 = 1 << 20;

/// What the user has taught the reader.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taught {
    pub mappings: Mappings,
    /// Valid, or empty.
    words: String,
    /// Why a file was ignored, one sentence each.
    pub problems: Vec<Problem>,
}

impl Taught {
    /// What is in the data folder; nothing where there is no such folder.
    pub fn load(folder: Option<&Path>) -> Taught {
        let Some(folder) = folder else { return Taught::default() };
        let mappings = Mappings::load(&folder.join(COLUMNS));
        let mut problems: Vec<Problem> = mappings.problem().cloned().into_iter().collect();
        let words = own_words::load(&folder.join(VOCABULARY)).unwrap_or_else(|problem| {
            problems.push(problem);
            String::new()
        });
        Taught { mappings, words, problems }
    }

    /// For reading a document on a given day.
    pub fn options(&self, today: NaiveDate) -> Options {
        let explained = self.mappings.explained().to_vec();
        Options { today, explained, words: self.words.clone(), ..Options::default() }
    }
}

/// The text of a file; `None` where there is no such file.
pub fn text(path: &Path) -> Result<Option<String>, String> {
    match fs::metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Ok(about) if !about.is_file() => return Err("it is not a file".into()),
        Ok(about) if about.len() > LONGEST => return Err("it is larger than 1 MB".into()),
        Err(_) | Ok(_) => {}
    }
    let bytes = fs::read(path).map_err(|error| error.to_string())?;
    String::from_utf8(bytes).map(Some).map_err(|_| "it is not UTF-8 text".into())
}

/// Replaces the text of a file, all of it or nothing.
pub fn replace(path: &Path, text: &str) -> std::io::Result<()> {
    // Where the file is a link, its target is replaced.
    let path = path.canonicalize().unwrap_or_else(|_| PathBuf::from(path));
    let folder = path.parent().ok_or(ErrorKind::InvalidInput)?;
    private_folder(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    protect(file.path());
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    give_name(file, |file| file.persist(&path))
}

/// What is wrong with a TOML text, with the line.
pub fn mistake(text: &str, error: &toml::de::Error) -> String {
    let words = error.message().lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", ");
    let before = error.span().and_then(|span| text.get(..span.start));
    let line = before.map(|before| before.matches('\n').count() + 1);
    line.map_or_else(|| words.clone(), |line| format!("line {line}: {words}"))
}

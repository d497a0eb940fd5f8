//! The parts of a zipped workbook, never more of them than any plan needs.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::trouble;
use crate::problem::Problem;

/// Bytes of one part when unpacked.
const PART: u64 = 64 * 1024 * 1024;
/// Parts in a file.
const PARTS: usize = 5_000;

/// A zipped file whose parts are known to be small enough.
pub struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// The names of its parts, in the order of the file.
    names: Vec<String>,
}

impl<'a> Archive<'a> {
    /// Refuses anything that is not a whole zip file, and one that declares too large a part.
    pub fn open(bytes: &'a [u8]) -> Result<Archive<'a>, Problem> {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| trouble::damaged())?;
        if zip.len() > PARTS {
            return Err(trouble::too_large("it is made of more than 5,000 parts"));
        }
        let mut names = Vec::new();
        for at in 0..zip.len() {
            let part = zip.by_index_raw(at).map_err(|_| trouble::damaged())?;
            if part.encrypted() {
                return Err(trouble::locked());
            }
            let name = part.name().map_err(|_| trouble::damaged())?.into_owned();
            if part.size() > PART && !is_picture(&name) {
                return Err(trouble::too_large("one of its parts is larger than 64 MB when unpacked"));
            }
            names.push(name);
        }
        Ok(Archive { zip, names })
    }

    /// The names of all parts, as written.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The text of a part; `None` where there is no such part. Names are compared regardless of case, as Excel does.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, Problem> {
        let wanted = name.trim_start_matches('/');
        let is_wanted = |own: &String| own.trim_start_matches('/').eq_ignore_ascii_case(wanted);
        let Some(at) = self.names.iter().position(is_wanted) else { return Ok(None) };
        let part = self.zip.by_index(at).map_err(|_| trouble::damaged())?;
        let mut bytes = Vec::new();
        part.take(PART + 1).read_to_end(&mut bytes).map_err(|_| trouble::damaged())?;
        if bytes.len() as u64 > PART {
            return Err(trouble::too_large("one of its parts is larger than 64 MB when unpacked"));
        }
        text(bytes).map(Some)
    }
}

/// Images and videos are never unpacked, so they may be of any size.
fn is_picture(name: &str) -> bool {
    name.to_ascii_lowercase().contains("media/") || name.starts_with("Pictures/")
}

/// A document type can declare entities that grow without end; no office program writes one.
fn text(bytes: Vec<u8>) -> Result<String, Problem> {
    let text = match bytes.as_slice() {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [b'<', 0, ..] | [0, b'<', ..] => {
            crate::import::formats::decode::decode(&bytes)?
        }
        _ => String::from_utf8(bytes).map_err(|_| trouble::damaged())?,
    };
    let declares = |word: &[u8]| memchr::memmem::find(text.as_bytes(), word).is_some();
    if declares(b"<!DOCTYPE") || declares(b"<!ENTITY") {
        return Err(trouble::hostile());
    }
    Ok(text)
}

//! Opens a zipped document safely: named parts only, each bounded, none of them ever written to disk.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::decode;
use crate::problem::Problem;

/// Decompressed bytes of one part. The text of a plan has one or two megabytes.
const PART: u64 = 64 << 20;
/// Decompressed bytes of all parts read from one file.
const ALL: u64 = 128 << 20;
/// Entries in one file; a plan full of pictures has a few hundred.
const ENTRIES: usize = 20_000;

/// How the container of an old or password-protected Office document begins.
pub const OLE: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// A zipped document whose parts can be asked for by name.
pub struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    taken: u64,
}

impl<'a> Package<'a> {
    /// Reads the list of parts, and nothing of the parts themselves.
    pub fn open(bytes: &'a [u8]) -> Result<Package<'a>, Problem> {
        if bytes.starts_with(&OLE) {
            return Err(container(bytes));
        }
        if is_text(bytes) {
            return Err(plain_text());
        }
        Package::unpacked(bytes)
    }

    /// The same for bytes that may be anything: `None` if they are no such document, without finding out what they are.
    pub fn of(bytes: &'a [u8]) -> Option<Package<'a>> {
        let package = Package::unpacked(bytes).ok()?;
        (!bytes.starts_with(&OLE) && !is_text(bytes)).then_some(package)
    }

    fn unpacked(bytes: &'a [u8]) -> Result<Package<'a>, Problem> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| refused(&error))?;
        if archive.len() > ENTRIES {
            return Err(too_large("it is made of more than 20,000 parts"));
        }
        Ok(Package { archive, taken: 0 })
    }

    pub fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// Whether any part's name begins like this.
    pub fn has_folder(&self, folder: &str) -> bool {
        self.archive.file_names_raw().any(|name| name.starts_with(folder.as_bytes()))
    }

    /// The text of a part; `None` where the document has no such part.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, Problem> {
        let Some(bytes) = self.bytes(name)? else { return Ok(None) };
        if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
            return decode::decode(&bytes).map(Some);
        }
        String::from_utf8(bytes).map(Some).map_err(|_| damaged())
    }

    fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Problem> {
        let part = match self.archive.by_name(name) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(refused(&error)),
        };
        // The declared size is only the author's word: what counts is what comes out.
        let most = PART.min(ALL.saturating_sub(self.taken));
        let mut bytes = Vec::new();
        part.take(most + 1).read_to_end(&mut bytes).map_err(|_| damaged())?;
        self.taken += bytes.len() as u64;
        if bytes.len() as u64 > most {
            return Err(too_large("its text is larger than 64 MB when unpacked"));
        }
        Ok(Some(bytes))
    }
}

fn is_text(bytes: &[u8]) -> bool {
    !bytes.starts_with(b"PK") && !bytes.is_empty() && decode::decode(bytes).is_ok()
}

/// The problem with a damaged file.
pub fn damaged() -> Problem {
    Problem::new(
        "Could not read this file",
        "it is damaged or incomplete",
        "Open it in the program that made it, save it again, and import that; or ask for it to be sent again.",
    )
}

fn plain_text() -> Problem {
    Problem::new(
        "Could not read this file",
        "it is plain text, although its name says otherwise",
        "Rename it to end in .txt or .csv, and import it again.",
    )
}

pub fn too_large(why: &str) -> Problem {
    Problem::new(
        "Could not read this file",
        why,
        "No action plan is that large. Save the plan on its own in a new file, and import that.",
    )
}

pub fn protected() -> Problem {
    Problem::new(
        "Could not read this file",
        "it is password-protected",
        "Open it with its password, save a copy without one, and import that.",
    )
}

/// The problem with an Office container that is not read: a newer document with a password, or one from before 2007
/// that is damaged or not a document.
fn container(bytes: &[u8]) -> Problem {
    let holds = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(bytes, &wide).is_some()
    };
    if holds("EncryptedPackage") {
        return protected();
    }
    let (kind, newer) = if holds("WordDocument") {
        ("it is a damaged Word document from before 2007", "open it in Word, save it as .docx,")
    } else if holds("Workbook") {
        ("it is a workbook, not a document", "rename it to end in .xls,")
    } else if holds("PowerPoint Document") {
        ("it is a presentation, not a document", "copy the plan to a document, save it as .docx,")
    } else if holds("__properties_version1.0") {
        ("it is an e-mail that was saved by Outlook", "save the attached plan as a separate file,")
    } else if holds("VisioDocument") {
        ("it is a drawing, not a document", "copy the plan to a document, save it as .docx,")
    } else {
        ("it is in an older Office format", "open it in the program that made it, save it as .docx,")
    };
    Problem::new("Could not read this file", kind, format!("Please {newer} and import that."))
}

fn refused(error: &ZipError) -> Problem {
    match error {
        // Method 99 stands for encryption.
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)
        | ZipError::InvalidPassword
        | ZipError::CompressionMethodNotSupported(99) => protected(),
        _ => damaged(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::write::SimpleFileOptions;

    use super::*;
    use crate::import::formats::zipped::zipped;

    fn refusal(bytes: &[u8], part: &str) -> String {
        let text = Package::open(bytes).and_then(|mut package| package.text(part));
        text.unwrap_err().to_string()
    }

    #[test]
    fn a_part_is_read_by_its_name_and_an_absent_one_is_none() {
        let bytes = zipped(&[("a.xml", "<a/>"), ("b/c.xml", "Café")]);
        let mut package = Package::open(&bytes).unwrap();
        assert_eq!(package.text("b/c.xml"), Ok(Some("Café".into())));
        assert_eq!(package.text("c.xml"), Ok(None));
        assert!(package.has("a.xml"));
    }

    #[test]
    fn a_bomb_is_refused_before_it_is_all_unpacked() {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        writer.start_file("bomb.xml", SimpleFileOptions::default()).unwrap();
        let block = vec![0_u8; 1 << 20];
        for _ in 0..80 {
            writer.write_all(&block).unwrap();
        }
        let bytes = writer.finish().unwrap().into_inner();
        assert!(refusal(&bytes, "bomb.xml").contains("larger than 64 MB"));
    }

    #[test]
    fn locked_old_and_truncated_files_are_refused_in_a_sentence() {
        let good = zipped(&[("a.xml", "<a/>")]);
        assert!(refusal(&good[..good.len() / 2], "a.xml").contains("damaged"));
        assert!(refusal(b"", "a.xml").contains("damaged"));
        assert!(refusal(b"\x89PNG\0\0\0\x01", "a.xml").contains("damaged"));
        assert!(refusal(b"Action,Lead\n", "a.xml").contains("plain text"));
        let mut locked = good.clone();
        let directory = memchr::memmem::find(&good, b"PK\x01\x02").unwrap();
        locked[6] |= 1;
        locked[directory + 8] |= 1;
        assert!(refusal(&locked, "a.xml").contains("password-protected"));
        let office = |stream: &str| {
            let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
            [&OLE[..], &[0; 600], &name, &[0; 600]].concat()
        };
        assert!(refusal(&office("EncryptedPackage"), "a.xml").contains("password-protected"));
        assert!(refusal(&office("WordDocument"), "a.xml").contains("save it as .docx"));
    }

    #[test]
    fn too_many_parts_are_refused() {
        let names: Vec<String> = (0..=ENTRIES).map(|at| format!("{at}")).collect();
        let parts: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
        assert!(refusal(&zipped(&parts), "1").contains("20,000 parts"));
    }
}

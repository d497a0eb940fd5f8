//! Mail (.eml, and Outlook's .msg) → the files that are attached to it.

use std::io::{Cursor, Read};

use cfb::CompoundFile;
use mail_parser::{MessageParser, MimeHeaders, PartType};

use super::Named;
use super::doc::{calmly, open};
use super::foreign;
use crate::problem::Problem;

/// A file in a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attached {
    /// Without a folder.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// How deep a mail may be in another (an answer that was forwarded), and how much all files of one may hold.
const DEPTH: usize = 4;
const FILES: usize = 50;
const BYTES: usize = 50 * 1024 * 1024;
/// The longest name of a file, in characters.
const NAME: usize = 120;
/// How much of a file is looked at for the headers of a mail.
const HEAD: usize = 16 * 1024;

const COMPOUND: [u8; 4] = [0xd0, 0xcf, 0x11, 0xe0];

/// Whether a file is a mail, judging by its name and its headers, or by what Outlook writes into it.
pub fn is_one(named: Named, bytes: &[u8]) -> bool {
    // A web page that was saved as one file looks like a mail.
    let is_mail = || named == Named::Mail || (is_unmistakable(bytes) && !foreign::is_one(bytes));
    is_outlook(bytes) || (has_headers(bytes) && is_mail())
}

/// Whether it begins as every mail does: "Received: …".
fn has_headers(bytes: &[u8]) -> bool {
    let start = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes).trim_ascii_start();
    // Some programs put the line that a mailbox file has before it.
    let start = if start.starts_with(b"From ") { after_line(start) } else { start };
    let name = start.split(|byte| *byte == b':').next().unwrap_or_default();
    start.len() > name.len() && name.len() < 60 && name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
}

fn after_line(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |at| at + 1);
    bytes.get(end..).unwrap_or_default()
}

/// Whether it is a mail whatever it is called.
fn is_unmistakable(bytes: &[u8]) -> bool {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let holds = |word: &[u8]| memchr::memmem::find(head, word).is_some();
    holds(b"\nMIME-Version:") && holds(b"\nContent-Type:") && (holds(b"\nSubject:") || head.starts_with(b"Subject:"))
}

fn is_outlook(bytes: &[u8]) -> bool {
    let is_its = || open(bytes)?.is_stream("/__properties_version1.0").then_some(());
    bytes.starts_with(&COMPOUND) && calmly(is_its).is_some()
}

/// The files of a mail, and of the mails in it, in order.
pub fn attached(bytes: &[u8]) -> Result<Vec<Attached>, Problem> {
    let mut found = Found::default();
    found.read(bytes, 0);
    if found.is_too_much {
        let hint = "Save the form that is attached in a folder, and import that.";
        return Err(Problem::new("Could not read this mail", "it holds far more than a filled-in form", hint));
    }
    Ok(found.files)
}

#[derive(Default)]
struct Found {
    files: Vec<Attached>,
    bytes: usize,
    is_too_much: bool,
}

impl Found {
    fn read(&mut self, bytes: &[u8], depth: usize) {
        if depth > DEPTH {
            self.is_too_much = true;
        } else if is_outlook(bytes) {
            self.outlook(bytes, depth);
        } else if let Some(message) = MessageParser::default().parse(bytes) {
            for part in message.parts.iter().skip(1) {
                let name = part.attachment_name().unwrap_or_default();
                match &part.body {
                    PartType::Message(inner) => self.read(inner.raw_message(), depth + 1),
                    PartType::Multipart(_) => {}
                    PartType::Text(_) | PartType::Html(_) | PartType::Binary(_) | PartType::InlineBinary(_) => {
                        self.add(name, part.contents().to_vec(), depth);
                    }
                }
            }
            // A mail that is nothing but the file.
            if let [only] = message.parts.as_slice() {
                self.add(only.attachment_name().unwrap_or_default(), only.contents().to_vec(), depth);
            }
        }
    }

    fn add(&mut self, name: &str, bytes: Vec<u8>, depth: usize) {
        let name = file_name(name);
        if name.is_empty() || bytes.is_empty() {
            return;
        }
        self.bytes += bytes.len();
        if self.files.len() >= FILES || self.bytes > BYTES {
            self.is_too_much = true;
        } else if is_mail_name(&name) {
            self.read(&bytes, depth + 1);
        } else {
            self.files.push(Attached { name, bytes });
        }
    }

    fn outlook(&mut self, bytes: &[u8], depth: usize) {
        for (name, data) in calmly(|| files_of_outlook(bytes)).unwrap_or_default() {
            self.add(&name, data, depth);
        }
    }
}

/// The files of one mail, with their names.
fn files_of_outlook(bytes: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let mut file = open(bytes)?;
    let mut found = Vec::new();
    let storages: Vec<String> = file
        .walk()
        .filter(cfb::Entry::is_storage)
        .map(|entry| entry.path().to_string_lossy().replace('\\', "/"))
        .filter(|path| path.rsplit('/').next().is_some_and(|name| name.starts_with("__attach_version1.0_#")))
        .take(FILES + 1)
        .collect();
    for storage in storages {
        let name = ["3707001F", "3707001E", "3704001F", "3704001E"]
            .into_iter()
            .find_map(|kind| text(&mut file, &format!("{storage}/__substg1.0_{kind}"), kind.ends_with('F')));
        let data = stream(&mut file, &format!("{storage}/__substg1.0_37010102"));
        if let (Some(name), Some(data)) = (name, data) {
            found.push((name, data));
        }
    }
    Some(found)
}

/// A stream; none where there is none, or it claims to be longer than any form.
fn stream(file: &mut CompoundFile<Cursor<&[u8]>>, path: &str) -> Option<Vec<u8>> {
    let stream = file.open_stream(path).ok().filter(|stream| stream.len() <= BYTES as u64)?;
    let mut bytes = Vec::new();
    stream.take(BYTES as u64).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

fn text(file: &mut CompoundFile<Cursor<&[u8]>>, path: &str, is_wide: bool) -> Option<String> {
    let bytes = stream(file, path)?;
    let encoding = if is_wide { encoding_rs::UTF_16LE } else { encoding_rs::WINDOWS_1252 };
    let (text, _) = encoding.decode_without_bom_handling(&bytes);
    Some(text.trim_end_matches('\0').to_owned()).filter(|name| !name.is_empty())
}

fn is_mail_name(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

/// The endings of mails.
pub const ENDINGS: &[&str] = &["eml", "msg"];

/// The name of a file as it may be shown: without folders, and with nothing that hides.
fn file_name(written: &str) -> String {
    let last = written.rsplit(['/', '\\']).next().unwrap_or_default();
    let name = crate::text::harmless(last).replace('\n', " ");
    name.trim().chars().rev().take(NAME).collect::<Vec<_>>().into_iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn mail(parts: &str) -> Vec<u8> {
        let head = "From: a@b.uk\r\nSubject: Our return\r\nMIME-Version: 1.0\r\n\
                    Content-Type: multipart/mixed; boundary=x\r\n\r\n";
        format!("{head}--x\r\nContent-Type: text/plain\r\n\r\nDear all\r\n{parts}--x--\r\n").into_bytes()
    }

    fn part(name: &str, text: &str) -> String {
        format!("--x\r\nContent-Disposition: attachment; filename=\"{name}\"\r\n\r\n{text}\r\n")
    }

    fn names(bytes: &[u8]) -> Vec<String> {
        attached(bytes).unwrap().into_iter().map(|file| file.name).collect()
    }

    /// A mail as Outlook saves it.
    fn outlook(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut file = CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        file.create_stream("/__properties_version1.0").unwrap().write_all(&[0; 32]).unwrap();
        for (place, (name, bytes)) in files.iter().enumerate() {
            let storage = format!("/__attach_version1.0_#{place:08X}");
            file.create_storage(&storage).unwrap();
            let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
            file.create_stream(format!("{storage}/__substg1.0_3707001F")).unwrap().write_all(&wide).unwrap();
            file.create_stream(format!("{storage}/__substg1.0_37010102")).unwrap().write_all(bytes).unwrap();
        }
        file.into_inner().into_inner()
    }

    #[test]
    fn the_files_of_a_mail_are_found_in_either_form_and_in_a_forwarded_one() {
        let inner = mail(&part("return.csv", "a,b"));
        assert!(is_one(Named::Mail, &inner) && is_one(Named::Nothing, &inner));
        assert_eq!(attached(&inner).unwrap(), [Attached { name: "return.csv".into(), bytes: b"a,b".to_vec() }]);
        let inner = String::from_utf8(inner).unwrap();
        let outer = mail(&format!(
            "--x\r\nContent-Type: message/rfc822\r\n\r\n{}\r\n",
            inner.replace("--x", "--y").replace("=x", "=y")
        ));
        assert_eq!(names(&outer), ["return.csv"]);
        let saved = outlook(&[("Return é.csv", b"a,b"), ("logo.png", b"png")]);
        assert!(is_one(Named::Mail, &saved) && is_one(Named::Nothing, &saved));
        assert_eq!(names(&saved), ["Return é.csv", "logo.png"]);
        assert_eq!(names(&outlook(&[("inner.msg", &saved)])), ["Return é.csv", "logo.png"]);
    }

    #[test]
    fn a_name_has_no_folder_and_hides_nothing() {
        assert_eq!(names(&mail(&part("../../etc/x.docx", "a"))), ["x.docx"]);
        assert_eq!(names(&outlook(&[("C:\\x\\y.docx", b"a")])), ["y.docx"]);
        assert!(!names(&mail(&part("a\u{202e}xcod.exe.docx", "a")))[0].contains('\u{202e}'));
    }

    #[test]
    fn mails_in_mails_without_end_and_too_many_files_are_refused() {
        let many: String = (0..=FILES).map(|place| part(&format!("{place}.csv"), "a")).collect();
        assert!(attached(&mail(&many)).is_err());
        let mut deep = outlook(&[("a.csv", b"a")]);
        for _ in 0..=DEPTH {
            deep = outlook(&[("inner.msg", &deep)]);
        }
        assert!(attached(&deep).is_err());
    }

    #[test]
    fn prose_and_tables_are_no_mail() {
        for text in ["Action: write\nLead: ICB\n", "Subject: minutes\n\nDear all", "Task,Lead\n", ""] {
            assert!(!is_one(Named::Nothing, text.as_bytes()), "{text}");
        }
        assert!(!is_one(Named::Mail, b"PK\x03\x04 a Word document: called .eml"));
    }
}

//! Documents in formats that are recognised but not read, whatever their names say: they are never read as text.

use crate::problem::Problem;

/// How far into a file to look for its format.
const HEAD: usize = 4096;

/// What every `SQLite` database begins with.
const DATABASE: &[u8] = b"SQLite format 3\0";

/// What each format begins with, what else is near its beginning, and what it is.
const FORMS: [(&[u8], &str, &str); 8] = [
    (DATABASE, "", "it is a database and not a document"),
    (b"{\\rtf", "", "it is a Rich Text file (.rtf)"),
    (b"<?xml", "office/word/2003/wordml", "it is a Word document in the XML format of 2003"),
    (b"<?xml", "office/2006/xmlPackage", "it is a Word document in one XML file"),
    (b"MIME-Version:", "multipart/related", "it is a web page saved as one file (.mht)"),
    (&[0xdb, 0xa5], "", "it is a Word document in a format from before 1997"),
    (&[0x31, 0xbe], "", "it is a Word document in a format from before 1997"),
    (&[0x32, 0xbe], "", "it is a Word document in a format from before 1997"),
];

pub fn is_one(bytes: &[u8]) -> bool {
    kind(bytes).is_some()
}

/// The sentence for such a document.
pub fn refuse(bytes: &[u8]) -> Problem {
    let hint = if bytes.starts_with(DATABASE) {
        "Import the document that the plan is in."
    } else {
        "Please open it in Word, save it as .docx, and import that."
    };
    Problem::new("Could not read this file", kind(bytes).unwrap_or("it is in an unknown format"), hint)
}

fn kind(bytes: &[u8]) -> Option<&'static str> {
    let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes).trim_ascii_start();
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let holds = |word: &str| memchr::memmem::find(head, word.as_bytes()).is_some();
    let found = FORMS.into_iter().find(|(start, word, _)| bytes.starts_with(start) && holds(word));
    found.map(|(_, _, kind)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_is_named_and_plain_text_is_none() {
        let wordml = "\u{feff}<?xml version='1.0'?><w:wordDocument xmlns:w='http://schemas.microsoft.com/office/word/2003/wordml'/>";
        let page = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n";
        for (bytes, part) in [
            (&b"{\\rtf1\\ansi Action}"[..], "Rich Text"),
            (wordml.as_bytes(), "2003"),
            (page.as_bytes(), "web page"),
            (b"\xdb\xa5\x2d\0\0", "before 1997"),
            (b"SQLite format 3\0\x10\0", "it is a database"),
        ] {
            assert!(is_one(bytes));
            assert!(refuse(bytes).to_string().contains(part), "{}", refuse(bytes));
        }
        for text in ["Action\tLead\nWrite\tICB\n", "<?xml version='1.0'?><plan/>", "{\"plans\": []}", ""] {
            assert!(!is_one(text.as_bytes()), "{text}");
        }
    }
}

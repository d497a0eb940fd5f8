//! Documents in formats that are recognised but not read, whatever their names say: they are never read as text.

use crate::problem::Problem;

/// How far into a file to look for its format.
const HEAD: usize = 4096;

/// What every `SQLite` database begins with.
const DATABASE: &[u8] = b"SQLite format 3\0";

const PICTURE: &str = "it is a picture";
const RECORDING: &str = "it is a film";

/// What each format begins with, what else is near its beginning, and what it is.
const FORMS: [(&[u8], &str, &str); 20] = [
    (DATABASE, "", "it is a database and not a document"),
    (b"\x89PNG", "", "it is a picture (PNG)"),
    (&[0xff, 0xd8, 0xff], "", "it is a picture (JPEG)"),
    (b"GIF8", "", "it is a picture (GIF)"),
    (b"BM", "\0\0\0\0", "it is a picture (BMP)"),
    (b"II*\0", "", "it is a picture (TIFF)"),
    (b"MM\0*", "", "it is a picture (TIFF)"),
    (b"RIFF", "WEBP", "it is a picture (WebP)"),
    (b"\0\0\0", "ftypheic", "it is a picture (HEIC)"),
    (b"\0\0\0", "ftypmif1", "it is a picture (HEIC)"),
    (b"RIFF", "AVI ", "it is a film or a sound recording"),
    (b"\0\0\0", "ftyp", "it is a film or a sound recording"),
    (b"ID3", "\0", "it is a film or a sound recording"),
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
    let kind = kind(bytes).unwrap_or("it is in an unknown format");
    let hint = if kind.starts_with(PICTURE) {
        "Import the document that the picture was made from, or type the plan into a table."
    } else if bytes.starts_with(DATABASE) || kind.starts_with(RECORDING) {
        "Import the document that the plan is in."
    } else {
        "Please open it in Word, save it as .docx, and import that."
    };
    Problem::new("Could not read this file", kind, hint)
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
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a picture (PNG)"),
            (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "a picture (JPEG)"),
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "a picture (HEIC)"),
            (b"RIFF\x24\0\0\0WEBPVP8 ", "a picture (WebP)"),
            (b"\0\0\0\x18ftypmp42\0\0\0\0", "a film"),
        ] {
            assert!(is_one(bytes));
            assert!(refuse(bytes).to_string().contains(part), "{}", refuse(bytes));
        }
        for text in [
            "BMI to be measured by the ward",
            "ID3 review",
            "Action\tLead\nWrite\tICB\n",
            "<?xml version='1.0'?><plan/>",
            "{\"plans\": []}",
            "",
        ] {
            assert!(!is_one(text.as_bytes()), "{text}");
        }
    }
}

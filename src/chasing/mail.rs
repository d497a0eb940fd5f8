//! A draft as the bytes of an .eml file, which mail programs open as a message that is ready to be sent.

use mail_builder::MessageBuilder;
use mail_builder::headers::address::Address;
use mail_builder::headers::content_type::ContentType;
use mail_builder::headers::raw::Raw;
use mail_builder::headers::text::Text;
use mail_builder::headers::{Header, HeaderType};
use mail_builder::mime::MimePart;

/// What a draft holds. Who sends it and when are left to the mail program.
pub struct Mail<'a> {
    /// Addresses separated by commas; empty for none.
    pub to: &'a str,
    pub subject: &'a str,
    pub body: &'a str,
    /// The name of the attached Word document, and its bytes.
    pub form: (&'a str, &'a [u8]),
}

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// Between the parts. A body in words cannot hold it, and what is attached is encoded.
const BOUNDARY: &str = "=_arising_chase_2f9c71d05ab84e63";

pub fn draft(mail: &Mail) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut head = |name: &str, value: HeaderType| {
        bytes.extend_from_slice(format!("{name}: ").as_bytes());
        value.write_header(&mut bytes, name.len() + 2);
    };
    if !mail.to.is_empty() {
        let all = mail.to.split(", ").map(address).collect();
        head("To", HeaderType::Address(Address::new_list(all)));
    }
    head("Subject", HeaderType::Text(Text::new(mail.subject)));
    // Outlook and Thunderbird open such a file for writing rather than reading, and so does Mail with its own mark.
    head("X-Unsent", HeaderType::Raw(Raw::new("1")));
    head("X-Uniform-Type-Identifier", HeaderType::Raw(Raw::new("com.apple.mail-draft")));
    head("MIME-Version", HeaderType::Raw(Raw::new("1.0")));
    let kind = ContentType::new("multipart/mixed").attribute("boundary", BOUNDARY);
    let (name, form) = mail.form;
    let parts = vec![MimePart::new("text/plain", mail.body), MimePart::new(WORD, form).attachment(name)];
    // Without the builder's own date and number, which belong to what is sent.
    MessageBuilder::new().body(MimePart::new(kind, parts)).serialize_body(&mut bytes);
    bytes
}

/// "Safeguarding <a@b.uk>" or "a@b.uk".
fn address(one: &str) -> Address<'_> {
    match one.strip_suffix('>').and_then(|rest| rest.rsplit_once('<')) {
        Some((name, bare)) => Address::new_address(Some(name.trim()), bare),
        None => Address::new_address(None::<&str>, one),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(to: &str, subject: &str) -> String {
        let mail = Mail { to, subject, body: "One.\n\nTwo, “quoted”.\n", form: ("return-a.docx", b"PK\x03\x04") };
        String::from_utf8(draft(&mail)).unwrap()
    }

    #[test]
    fn a_draft_says_that_it_is_unsent_and_leaves_sender_and_date_to_the_mail_program() {
        let draft = written("a@b.uk, Clerk <c@d.uk>", "[OFFICIAL] Sussex Police: 2 actions");
        assert!(draft.starts_with("To: <a@b.uk>, \"Clerk\" <c@d.uk>\r\n"), "{draft}");
        assert!(draft.contains("\r\nX-Unsent: 1\r\n"), "{draft}");
        for header in ["From:", "Date:", "Message-ID:"] {
            assert!(!draft.contains(header), "{header} in {draft}");
        }
        assert!(!written("", "x").contains("To:"), "without an address there is no empty line for it");
    }

    #[test]
    fn the_same_letter_gives_the_same_bytes_and_nothing_in_it_becomes_a_header() {
        assert_eq!(written("a@b.uk", "x"), written("a@b.uk", "x"));
        let draft = written("a@b.uk", "x\r\nBcc: spy@evil.example");
        assert!(!draft.contains("\nBcc:"), "{draft}");
        assert!(draft.lines().all(|line| line.len() < 998));
    }
}

//! Bytes → text: UTF-8, UTF-16 with or without its byte order mark, and the code pages of older programs.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

use crate::problem::Problem;

/// The text of a file; a problem where the bytes are not text.
pub fn decode(bytes: &[u8]) -> Result<String, Problem> {
    let text = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => unmarked(bytes),
    };
    if is_program_or_archive(bytes) || is_binary(&text) {
        return Err(Problem::new(
            "Could not read this file",
            "it does not contain text",
            "Open the plan in the program that made it, save it as plain text, and import that.",
        ));
    }
    Ok(text.replace("\r\n", "\n").replace('\r', "\n"))
}

fn unmarked(bytes: &[u8]) -> String {
    let sample = bytes.get(..bytes.len().min(4096)).unwrap_or(bytes);
    let zeros = |parity: usize| sample.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let many = sample.len() / 4;
    if many > 0 && zeros(1) > many && zeros(0) == 0 {
        return utf16(bytes, u16::from_le_bytes);
    }
    if many > 0 && zeros(0) > many && zeros(1) == 0 {
        return utf16(bytes, u16::from_be_bytes);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) if is_nearly_utf8(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        Err(_) => code_page(bytes),
    }
}

/// Text in UTF-8 that was cut off or damaged in a few places is still read as UTF-8.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > broken * 4
}

/// Text in the code page of an older program: nearly always Western European, though not in every board's language.
fn code_page(bytes: &[u8]) -> String {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    // Without the hint, a lone "£" is mistaken for the Polish letter at its place in another code page.
    let encoding = detector.guess(Some(b"uk"), Utf8Detection::Deny);
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).filter_map(|pair| pair.try_into().ok().map(unit));
    char::decode_utf16(units).map(|found| found.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// Whether a file begins as no text does: compressed with gzip, 7-Zip or RAR, an image, or a program.
fn is_program_or_archive(bytes: &[u8]) -> bool {
    let starts: [&[u8]; 8] =
        [b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!\x1a", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"MZ\x90\0"];
    starts.iter().any(|start| bytes.starts_with(start))
}

/// Text has hardly any control characters; a program or an image has many.
fn is_binary(text: &str) -> bool {
    let is_odd = |c: &char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{b}' | '\u{c}');
    let (mut odd, mut all) = (0_usize, 0_usize);
    for c in text.chars() {
        all += 1;
        odd += usize::from(is_odd(&c));
    }
    odd * 50 > all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_are_read_from_every_encoding() {
        let words = "Café – Amber’s plan\tdue";
        let le: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = words.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked = |mark: &[u8], rest: &[u8]| [mark, rest].concat();
        for bytes in [
            words.as_bytes().to_vec(),
            marked(&[0xef, 0xbb, 0xbf], words.as_bytes()),
            marked(&[0xff, 0xfe], &le),
            marked(&[0xfe, 0xff], &be),
            b"Caf\xe9 \x96 Amber\x92s plan\tdue".to_vec(),
        ] {
            assert_eq!(decode(&bytes).as_deref(), Ok(words));
        }
    }

    #[test]
    fn one_damaged_letter_does_not_make_a_text_another_one() {
        let text = "Siân’s café – “talk” – Zoë’s plan, £5";
        let cut = &text.as_bytes()[..text.len() - 2];
        assert!(decode(&[cut, b"\xc2"].concat()).unwrap().starts_with("Siân’s café – “talk” – Zoë’s plan"));
    }

    #[test]
    fn the_signs_of_english_prose_in_a_code_page_are_what_they_were() {
        for text in [
            "the board’s plan",
            "£5,000 – agreed",
            "“Think Family”",
            "café",
            "50% • done",
            "Siân and Zoë",
            "10°C ½ × ²",
        ] {
            let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(text);
            assert_eq!(decode(&bytes).as_deref(), Ok(text));
        }
    }

    #[test]
    fn utf_16_without_its_mark_is_recognised_and_a_program_is_refused() {
        let words = "Action\tLead\tDue date\n";
        let le: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&le).as_deref(), Ok(words));
        assert!(decode(b"\x7fELF\x01\x02\x00\x00\x00\x01\x02\x03\x04\x05\x06").is_err());
    }
}

//! Letters with accents: one form of them for comparing, and none of the accents for searching.
//!
//! Word on Windows writes é as one character, macOS often as an e and an accent. Text is kept and shown as it was written;
//! only what compares two texts asks here.

use std::borrow::Cow;

use unicode_normalization::char::decompose_compatible;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// `text` with each letter and its accents as one character where there is one; borrowed when it is so already.
pub fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}

/// `text` in small letters, each composed.
pub fn lower(text: &str) -> String {
    composed(text).to_lowercase()
}

/// Whether two words are one, whatever their case and however their accents are written.
pub fn is_same_word(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other) || !(one.is_ascii() && other.is_ascii()) && lower(one) == lower(other)
}

/// Gives `put` the small letters that a person without the right keyboard types for `c`: e for é, l for Ł, fi for ﬁ,
/// and nothing for an accent that stands alone.
pub fn put_plain(c: char, mut put: impl FnMut(char)) {
    decompose_compatible(c, |part| match part {
        '\u{300}'..='\u{36f}' => {}
        part => part.to_lowercase().for_each(|small| match undecomposed(small) {
            Some(plain) => plain.chars().for_each(&mut put),
            None => put(small),
        }),
    });
}

/// Letters whose stroke or ligature Unicode does not count as an accent.
fn undecomposed(small: char) -> Option<&'static str> {
    Some(match small {
        'æ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        'þ' => "th",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ı' => "i",
        'ł' => "l",
        'ø' => "o",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn plain(text: &str) -> String {
        let mut plain = String::new();
        text.chars().for_each(|c| put_plain(c, |c| plain.push(c)));
        plain
    }

    #[test]
    fn both_forms_of_a_letter_are_one() {
        assert_eq!(composed("Cyngor Mo\u{302}n"), "Cyngor Môn");
        assert!(matches!(composed("Cyngor Môn"), Cow::Borrowed(_)));
        assert!(matches!(composed("Ynys Mon"), Cow::Borrowed(_)));
        assert_eq!(lower("SIA\u{302}N"), "siân");
        assert!(is_same_word("E\u{301}carlate", "écarlate"));
        assert!(!is_same_word("Ecarlate", "Écarlate"));
    }

    #[test]
    fn an_accent_is_not_needed_for_searching() {
        let typed = [
            ("Café", "cafe"),
            ("Cafe\u{301}", "cafe"),
            ("ŁUKASZ", "lukasz"),
            ("Straße", "strasse"),
            ("ﬁnal", "final"),
            ("Nguyễn", "nguyen"),
            ("İzmir", "izmir"),
        ];
        for (written, expected) in typed {
            assert_eq!(plain(written), expected);
        }
        assert_eq!(plain("計画 план"), "計画 план");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_form_of_a_text_is_searched_alike(text in "[a-zÀ-ſẀ-ỹ\u{300}-\u{308} ]{0,20}") {
            let decomposed: String = text.nfd().collect();
            prop_assert_eq!(plain(&decomposed), plain(&text));
            prop_assert_eq!(composed(&decomposed), composed(&text));
        }
    }
}

//! The number in front of a recommendation or an action, in any notation.

use crate::domain::date_text;

/// A number and the text after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbered<'a> {
    pub number: String,
    pub text: &'a str,
}

/// "Recommendation 7. Improve …", "7. Improve …", "R7 – Improve …", "7.2) Improve …"; `None` where none is written.
///
/// A bare number must be followed by a mark, so that "12 months after …" has none.
pub fn of(text: &str) -> Option<Numbered<'_>> {
    let text = text.trim_start();
    if let Some(found) = in_letters(text) {
        return Some(found);
    }
    if let Some((number, text)) = text.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        return is_number(number).then(|| Numbered { number: number.to_owned(), text: text.trim_start() });
    }
    let (label, rest) = after_label(text);
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '.')).unwrap_or(rest.len());
    let number = rest.get(..end)?.trim_end_matches('.');
    if !is_number(number) {
        return None;
    }
    let after = rest.get(number.len()..)?;
    let (part, after) = part_in_brackets(after).unwrap_or(("", after));
    let marked = after.trim_start().strip_prefix(['.', ':', ')', '–', '—']);
    let dashed = after.trim_start().strip_prefix("- ");
    // "1.2 That the council …", but not "3.5 posts are needed".
    let is_parted = number.contains('.') || !part.is_empty();
    let is_dotted = is_parted && after.trim_start().starts_with(char::is_uppercase);
    let is_open = after.trim().is_empty() || ((label || is_dotted) && after.starts_with(char::is_whitespace));
    let text = marked.or(dashed).or_else(|| is_open.then_some(after))?;
    if !label && marked.is_some() && text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let number = format!("{number}{part}");
    Some(Numbered { number, text: text.trim_start_matches([':', '-', '–', '.']).trim_start() })
}

/// The part of a number, "(ii)" or "(a)", and what follows it.
fn part_in_brackets(after: &str) -> Option<(&str, &str)> {
    let open = after.trim_start();
    let (part, rest) = open.split_at_checked(open.find(')')? + 1)?;
    let inner = part.strip_prefix('(')?.strip_suffix(')')?;
    let is_letter = inner.len() == 1 && inner.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_roman = (1..=5).contains(&inner.len()) && inner.bytes().all(|byte| b"ivx".contains(&byte));
    // "4 (a) and (b)" names two.
    let next = rest.trim_start_matches([' ', ',', '-', '–', '&']);
    let is_one = !["(", "and (", "or (", "to ("].iter().any(|other| next.starts_with(other));
    (is_one && (is_letter || is_roman)).then_some((part, rest))
}

/// A cell that holds a number and nothing else but a name for it in brackets: "7", "R7", "IMR 1 (Health)", "OR2".
///
/// Capitals in front of it are part of the number, because IMR 1 and OR 1 are two recommendations.
pub fn alone(text: &str) -> Option<Numbered<'_>> {
    let text = text.trim();
    let bare = of(text).filter(|found| found.text.is_empty());
    bare.or_else(|| {
        let capitals = text.find(|c: char| !c.is_ascii_uppercase()).filter(|end| (1..=4).contains(end))?;
        let (series, rest) = text.split_at_checked(capitals)?;
        let rest = rest.trim_start();
        let (number, name) = rest.split_at_checked(rest.find([' ', '(']).unwrap_or(rest.len()))?;
        let name = name.trim();
        let is_name = name.is_empty() || name.starts_with('(') && name.ends_with(')');
        let is_month = date_text::month(series).is_some();
        (is_number(number) && is_name && !is_month)
            .then(|| Numbered { number: format!("{series}{number}"), text: name.trim_matches(['(', ')']) })
    })
}

/// The same where the user says that there is a number in front: it needs no mark, only a sentence after it.
pub fn in_front(text: &str) -> Option<Numbered<'_>> {
    let bare = || {
        let (number, text) = text.trim_start().split_once(' ')?;
        let is_numbered = is_number(number) && text.trim_start().starts_with(char::is_uppercase);
        is_numbered.then(|| Numbered { number: number.to_owned(), text: text.trim_start() })
    };
    of(text).or_else(bare)
}

/// "Recommendation Three: …", "Recommendation one – …".
pub fn in_letters(text: &str) -> Option<Numbered<'_>> {
    const SPELLED: [&str; 12] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let label = "recommendation ";
    let head = text.get(..label.len()).filter(|head| head.eq_ignore_ascii_case(label))?;
    let rest = text.get(head.len()..)?.trim_start();
    let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    let (word, after) = rest.split_at_checked(end)?;
    let at = SPELLED.iter().position(|own| own.eq_ignore_ascii_case(word))?;
    let after = after.trim_start();
    let text = after.strip_prefix(['.', ':', ')', '-', '–', '—']).or_else(|| after.is_empty().then_some(after))?;
    Some(Numbered { number: (at + 1).to_string(), text: text.trim_start() })
}

fn after_label(text: &str) -> (bool, &str) {
    for label in ["recommendation", "rec.", "rec", "objective", "priority", "aim", "r"] {
        let head = text.get(..label.len()).filter(|head| head.eq_ignore_ascii_case(label));
        let Some(rest) = head.and_then(|head| text.get(head.len()..)) else { continue };
        let rest = rest.trim_start_matches([' ', '\u{a0}']);
        let rest = rest.strip_prefix("No.").or_else(|| rest.strip_prefix("no.")).unwrap_or(rest).trim_start();
        if rest.starts_with(|c: char| c.is_ascii_digit()) {
            return (true, rest);
        }
    }
    (false, text)
}

/// "7", "7.2", "12a", "3.b".
pub fn is_number(text: &str) -> bool {
    let mut parts = text.split('.');
    let is_first = parts.next().is_some_and(|part| {
        let letters = part.trim_start_matches(|c: char| c.is_ascii_digit());
        letters.len() < part.len() && part.len() - letters.len() <= 3 && letters.len() <= 1
    });
    is_first && parts.all(|part| !part.is_empty() && part.len() <= 3) && text.len() <= 9
}

/// The whole number at the beginning of "12", "12a" or "12.1".
pub fn leading(number: &str) -> Option<u32> {
    let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
    number.get(..end)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Option<(String, &str)> {
        of(text).map(|found| (found.number, found.text))
    }

    #[test]
    fn numbers_are_taken_off_however_they_are_written() {
        for (text, number) in [
            ("Recommendation 7. Improve it", "7"),
            ("Recommendation 5:  Improve it", "5"),
            ("7. Improve it", "7"),
            ("(7) Improve it", "7"),
            ("R12 – Improve it", "12"),
            ("Rec 3 Improve it", "3"),
            ("7.2) Improve it", "7.2"),
            ("12a. Improve it", "12a"),
            ("1.2 Improve it", "1.2"),
            ("4(ii) Improve it", "4(ii)"),
            ("2 (i) Improve it", "2(i)"),
            ("Recommendation 4 (b): Improve it", "4(b)"),
            ("Recommendation Three: Improve it", "3"),
        ] {
            assert_eq!(parts(text), Some((number.into(), "Improve it")), "{text}");
        }
        assert_eq!(parts("4"), Some(("4".into(), "")));
    }

    #[test]
    fn a_series_of_numbers_is_part_of_the_number() {
        let parts = |text| alone(text).map(|found| (found.number, found.text));
        assert_eq!(parts("IMR 1 (Health)"), Some(("IMR1".into(), "Health")));
        assert_eq!(parts("OR2"), Some(("OR2".into(), "")));
        assert_eq!(parts("R7"), Some(("7".into(), "")));
        for text in ["MAY 26", "NHS", "IMR 1 for Health", "Level 3", "AMHP 24/7"] {
            assert_eq!(parts(text), None, "{text}");
        }
    }

    #[test]
    fn what_only_begins_with_a_number_has_none() {
        for text in [
            "12 months after the review",
            "3.5 posts are needed",
            "Review 2 plans",
            "",
            "2021-24 strategy",
            "24/7 cover",
            "Recommendation one is met",
            "(Amended) Improve it",
            "4 (a) and (b) are merged",
            "4(a)–(c) are merged",
            "12 (twelve) months after the review",
        ] {
            assert_eq!(parts(text), None, "{text}");
        }
    }
}

//! "Lead: Police", "By when: May 2024" inside the text of an action, where the table has no column for it.

use super::columns::{self, Column};
use super::gathered::{Gathered, Part};
use crate::import::words::roles;
use crate::import::words::roles::Role;
use crate::import::words::vocabulary::Vocabulary;

/// What the text of an action can say about it.
const SAID: [Role; 4] = [Role::Lead, Role::Target, Role::Rating, Role::Status];

/// The longest label, in words.
pub const LABEL: usize = 4;

/// Gives a row what the text of its action says but none of its cells does.
pub fn add(row: &mut Gathered, vocabulary: &Vocabulary) {
    for (role, value) in said(&row.text(Role::Action), vocabulary) {
        if !row.has(role) {
            let column =
                Column { name: format!("{} in the text", roles::name(role)), roles: vec![role], ..Column::default() };
            row.parts.push(Part { column, pieces: vec![value], shade: None });
        }
    }
}

/// What separates a label and its value from the rest of a text.
const MARKS: [&str; 11] = [". ", "; ", " – ", " — ", " - ", "(", ")", "[", "]", "|", "\u{b}"];

/// The most words of a further name.
const NAME: usize = 5;

/// The labels in a text with their values.
pub fn said(text: &str, vocabulary: &Vocabulary) -> Vec<(Role, String)> {
    if !text.contains(':') {
        return Vec::new();
    }
    let text = text.replace('\u{a0}', " ");
    let mut said: Vec<(Role, String)> = Vec::new();
    let mut is_open = false;
    for (mark, piece) in text.lines().flat_map(pieces) {
        let found = labelled(piece, vocabulary);
        is_open = found.is_some() || is_open && (piece.trim().is_empty() || is_name(mark, piece));
        match said.last_mut().filter(|(role, _)| is_open && *role == Role::Lead && found.is_none()) {
            Some((_, names)) if !piece.trim().is_empty() => {
                let end = if mark == "(" { ")" } else { "" };
                names.extend([if mark == "(" { " (" } else { mark }, piece.trim().trim_end_matches('.'), end]);
            }
            Some(_) | None => said.extend(found),
        }
    }
    said
}

/// "Lead: Police; Housing (Westmarsh Homes)": what follows the first name.
fn is_name(mark: &str, piece: &str) -> bool {
    let is_short = (1..=NAME).contains(&piece.split_whitespace().count());
    matches!(mark, "; " | "(") && is_short && piece.trim_start().starts_with(char::is_uppercase) && !piece.contains(':')
}

/// A text cut at its marks: each piece with the mark in front of it.
pub fn pieces(text: &str) -> Vec<(&str, &str)> {
    let (mut pieces, mut mark, mut start) = (Vec::new(), "", 0);
    for (at, _) in text.char_indices() {
        let rest = text.get(at..).unwrap_or("");
        if let Some(next) = MARKS.iter().find(|mark| at >= start && rest.starts_with(**mark)) {
            pieces.push((mark, text.get(start..at).unwrap_or("")));
            (mark, start) = (*next, at + next.len());
        }
    }
    pieces.push((mark, text.get(start..).unwrap_or("")));
    pieces
}

fn labelled(segment: &str, vocabulary: &Vocabulary) -> Option<(Role, String)> {
    let (label, value) = segment.split_once(':')?;
    let (label, value) = (label.trim().trim_start_matches(['•', '-', '*']).trim(), value.trim().trim_end_matches('.'));
    if value.is_empty() || value.len() > 120 || label.split_whitespace().count() > LABEL {
        return None;
    }
    let roles = columns::label(label, vocabulary);
    let role = roles.into_iter().find(|role| SAID.contains(role))?;
    Some((role, value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_inside_a_text_are_found_and_other_colons_are_not() {
        let vocabulary = Vocabulary::built_in().unwrap();
        let text = "Agree a protocol: who calls whom. Lead: Westmarsh Police (Target date: May 2024)";
        let wanted = [(Role::Lead, "Westmarsh Police".to_owned()), (Role::Target, "May 2024".to_owned())];
        assert_eq!(said(text, &vocabulary), wanted);
        assert_eq!(said("Write to all agencies: ask for data", &vocabulary), []);
    }
}

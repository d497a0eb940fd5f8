//! "Lead: Police", "By when: May 2024" inside the text of an action, where the table has no column for it.

use super::columns::{self, Column};
use super::gathered::{Gathered, Part};
use crate::import::words::roles;
use crate::import::words::roles::Role;
use crate::import::words::vocabulary::Vocabulary;

/// What the text of an action can say about it.
const SAID: [Role; 4] = [Role::Lead, Role::Target, Role::Rating, Role::Status];

/// The longest label, in words.
const LABEL: usize = 4;

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

/// The labels in a text with their values.
pub fn said(text: &str, vocabulary: &Vocabulary) -> Vec<(Role, String)> {
    if !text.contains(':') {
        return Vec::new();
    }
    let text = [". ", "; ", " – ", " — ", " - ", "(", ")", "[", "]", "|", "\u{b}"]
        .iter()
        .fold(text.replace('\u{a0}', " "), |text, mark| text.replace(mark, "\n"));
    text.lines().filter_map(|segment| labelled(segment, vocabulary)).collect()
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

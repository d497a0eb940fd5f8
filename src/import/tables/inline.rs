//! "Lead: Police", "By when: May 2024" inside the text of an action, where the table has no column for it.

use super::columns::{self, Column};
use super::gathered::{Gathered, Part};
use crate::import::words::fields;
use crate::import::words::fields::Field;
use crate::import::words::vocabulary::Vocabulary;

/// What the text of an action can say of itself.
const SAID: [Field; 4] = [Field::Lead, Field::Target, Field::Rating, Field::Status];

/// The longest label, in words.
const LABEL: usize = 4;

/// Gives a row what the text of its action says and none of its cells does.
pub fn add(row: &mut Gathered, vocabulary: &Vocabulary) {
    for (field, value) in said(&row.text(Field::Action), vocabulary) {
        if !row.has(field) {
            let column = Column { name: format!("{} in the text", fields::name(field)), fields: vec![field] };
            row.parts.push(Part { column, pieces: vec![value], shade: None });
        }
    }
}

/// The labels in a text with their values.
pub fn said(text: &str, vocabulary: &Vocabulary) -> Vec<(Field, String)> {
    let text = [". ", "; ", " – ", " — ", " - ", "(", ")", "[", "]", "|", "\u{b}"]
        .iter()
        .fold(text.replace('\u{a0}', " "), |text, mark| text.replace(mark, "\n"));
    text.lines().filter_map(|segment| labelled(segment, vocabulary)).collect()
}

fn labelled(segment: &str, vocabulary: &Vocabulary) -> Option<(Field, String)> {
    let (label, value) = segment.split_once(':')?;
    let (label, value) = (label.trim().trim_start_matches(['•', '-', '*']).trim(), value.trim().trim_end_matches('.'));
    if value.is_empty() || value.len() > 120 || label.split_whitespace().count() > LABEL {
        return None;
    }
    let fields = columns::label(label, vocabulary);
    let field = fields.into_iter().find(|field| SAID.contains(field))?;
    Some((field, value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_inside_a_text_are_found_and_other_colons_are_not() {
        let vocabulary = Vocabulary::built_in().unwrap();
        let text = "Agree a protocol: who calls whom. Lead: Westmarsh Police (Target date: May 2024)";
        let wanted = [(Field::Lead, "Westmarsh Police".to_owned()), (Field::Target, "May 2024".to_owned())];
        assert_eq!(said(text, &vocabulary), wanted);
        assert_eq!(said("Write to all agencies: ask for data", &vocabulary), []);
    }
}

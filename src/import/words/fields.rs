//! What a column can hold: its name on the command line, and what a person is told about it.

use super::spelling::distance;
use super::vocabulary::words;
use crate::problem::Problem;

/// What a column can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    Number,
    RecommendationNumber,
    Finding,
    Recommendation,
    Outcome,
    Action,
    Target,
    Revised,
    Completed,
    Lead,
    Via,
    Rating,
    Status,
    Progress,
    /// Known to be a header, but of nothing that a plan keeps as a field.
    Other,
}

/// A field as a person chooses it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldName {
    pub field: Field,
    /// On the command line, in `columns.toml` and in the word lists: `recommendation_number`.
    pub key: &'static str,
    /// On the screen: "recommendation number".
    pub name: &'static str,
    /// What such a column says: "Who does it".
    pub sentence: &'static str,
}

/// What a column that is not used is called.
pub const NONE: &str = "none";
/// A cell can be cut into so many fields.
pub const MOST: usize = 2;

impl FieldName {
    /// Its name in the word lists, where columns that are not used have phrases too.
    pub fn list(&self) -> &'static str {
        if self.field == Field::Other { "other" } else { self.key }
    }
}

const fn named(field: Field, key: &'static str, name: &'static str, sentence: &'static str) -> FieldName {
    FieldName { field, key, name, sentence }
}

/// Every field with its names, in the order in which phrases of equal length are tried.
pub const FIELDS: [FieldName; 15] = [
    named(Field::Number, "number", "number", "The number of the action"),
    named(
        Field::RecommendationNumber,
        "recommendation_number",
        "recommendation number",
        "The number of the recommendation",
    ),
    named(Field::Finding, "finding", "finding", "What the review found"),
    named(Field::Recommendation, "recommendation", "recommendation", "What the review recommends"),
    named(Field::Outcome, "outcome", "outcome", "What is to be achieved"),
    named(Field::Action, "action", "action", "What is to be done"),
    named(Field::Target, "target", "target", "By when it is to be done"),
    named(Field::Revised, "revised", "revised target", "The date to which the target was moved"),
    named(Field::Completed, "completed", "completed", "The date on which it was done"),
    named(Field::Lead, "lead", "lead", "Who does it"),
    named(Field::Via, "via", "via", "The group that oversees it"),
    named(Field::Rating, "rating", "rating", "How it stands, in a colour, a letter or a word"),
    named(Field::Status, "status", "status", "How it stands, in words"),
    named(Field::Progress, "progress", "progress", "What has happened so far"),
    named(Field::Other, NONE, "not used", "Nothing that the register keeps"),
];

/// The names that `--map` takes, in the order in which they are offered; "none" comes last.
pub fn field_names() -> impl Iterator<Item = &'static str> {
    FIELDS.iter().map(|field| field.key)
}

/// The field of that name, with what a person is told about it.
pub fn named_field(key: &str) -> Option<&'static FieldName> {
    FIELDS.iter().find(|field| field.key == key)
}

/// The fields that "lead", "target+status" or "none" mean; a problem names the nearest where there is no such field.
pub fn parse(text: &str) -> Result<Vec<Field>, Problem> {
    let mut fields = Vec::new();
    for part in text.split('+').map(str::trim) {
        let field = of_key(part).ok_or_else(|| unknown(part))?;
        if !fields.contains(&field) {
            fields.push(field);
        }
    }
    if fields.len() > 1 && fields.contains(&Field::Other) {
        return Err(not_taken(text, "a column that is not used holds nothing else"));
    }
    if fields.len() > MOST {
        return Err(not_taken(text, "a column can feed two fields and no more"));
    }
    Ok(fields)
}

/// The names of fields as [`parse`] takes them; "none" for none.
pub fn print(fields: &[Field]) -> String {
    let keys: Vec<&str> = fields.iter().filter_map(|field| key(*field)).collect();
    if keys.is_empty() { NONE.to_owned() } else { keys.join("+") }
}

/// A field's name as a person reads it.
pub fn name(field: Field) -> &'static str {
    FIELDS.iter().find(|named| named.field == field).map_or(NONE, |named| named.name)
}

/// A field's name on the command line; `None` for what is not used.
pub fn key(field: Field) -> Option<&'static str> {
    FIELDS.iter().find(|named| named.field == field && field != Field::Other).map(|named| named.key)
}

fn of_key(text: &str) -> Option<Field> {
    let wanted = words(text);
    let is_it = |named: &&FieldName| words(named.key) == wanted || words(named.name) == wanted;
    FIELDS.iter().find(is_it).map(|named| named.field)
}

fn unknown(part: &str) -> Problem {
    let nearest = FIELDS.iter().map(|named| named.key).min_by_key(|key| distance(&part.to_lowercase(), key));
    let all = field_names().collect::<Vec<_>>().join(", ");
    let hint = format!("A column holds one of these, or two joined by +: {all}.");
    Problem { hint, ..not_taken(part, &format!("the nearest is {}", nearest.unwrap_or(NONE))) }
}

fn not_taken(text: &str, why: &str) -> Problem {
    Problem::new(format!("“{text}” is nothing that a column can hold"), why, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_one_field_or_two_or_none() {
        assert_eq!(parse("lead").unwrap(), [Field::Lead]);
        assert_eq!(parse(" Target + status ").unwrap(), [Field::Target, Field::Status]);
        assert_eq!(parse("recommendation number").unwrap(), [Field::RecommendationNumber]);
        assert_eq!(parse("revised target").unwrap(), [Field::Revised]);
        assert_eq!(parse("none").unwrap(), [Field::Other]);
    }

    #[test]
    fn what_is_no_field_names_the_nearest() {
        assert!(parse("leed").unwrap_err().to_string().contains("the nearest is lead"));
        assert!(parse("").unwrap_err().to_string().contains("nothing that a column can hold"));
        assert!(parse("lead+none").is_err());
        assert!(parse("lead+target+status").unwrap_err().to_string().contains("two fields"));
    }

    #[test]
    fn every_choice_is_read_back_as_it_is_printed() {
        for one in FIELDS {
            assert_eq!(parse(one.key).unwrap(), [one.field]);
            for other in FIELDS.iter().filter(|other| other.field != Field::Other && one.field != Field::Other) {
                let both = [one.field, other.field];
                let fields = parse(&print(&both)).unwrap();
                assert!(both.iter().all(|field| fields.contains(field)));
            }
        }
        assert_eq!(print(&[]), "none");
    }
}

//! What a column can hold: its name on the command line, and what a person is told about it.

use super::spelling::distance;
use super::vocabulary::words;
use crate::problem::Problem;

/// What a column can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
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
pub struct RoleName {
    pub role: Role,
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

impl RoleName {
    /// Its name in the word lists, where columns that are not used have phrases too.
    pub fn list(&self) -> &'static str {
        if self.role == Role::Other { "other" } else { self.key }
    }
}

const fn named(role: Role, key: &'static str, name: &'static str, sentence: &'static str) -> RoleName {
    RoleName { role, key, name, sentence }
}

/// Every field with its names, in the order in which phrases of equal length are tried.
pub const ROLES: [RoleName; 15] = [
    named(Role::Number, "number", "number", "The number of the action"),
    named(
        Role::RecommendationNumber,
        "recommendation_number",
        "recommendation number",
        "The number of the recommendation",
    ),
    named(Role::Finding, "finding", "finding", "What the review found"),
    named(Role::Recommendation, "recommendation", "recommendation", "What the review recommends"),
    named(Role::Outcome, "outcome", "outcome", "What is to be achieved"),
    named(Role::Action, "action", "action", "What is to be done"),
    named(Role::Target, "target", "target", "By when it is to be done"),
    named(Role::Revised, "revised", "revised target", "The date to which the target was moved"),
    named(Role::Completed, "completed", "completed", "The date on which it was done"),
    named(Role::Lead, "lead", "lead", "Who does it"),
    named(Role::Via, "via", "via", "The group that oversees it"),
    named(Role::Rating, "rating", "rating", "How it stands, in a colour, a letter or a word"),
    named(Role::Status, "status", "status", "How it stands, in words"),
    named(Role::Progress, "progress", "progress", "What has happened so far"),
    named(Role::Other, NONE, "not used", "Nothing that the register keeps"),
];

/// The names that `--map` takes, in the order in which they are offered; "none" comes last.
pub fn role_names() -> impl Iterator<Item = &'static str> {
    ROLES.iter().map(|role| role.key)
}

/// The field of that name, with what a person is told about it.
pub fn named_role(key: &str) -> Option<&'static RoleName> {
    ROLES.iter().find(|role| role.key == key)
}

/// The fields that "lead", "target+status" or "none" mean; a problem names the nearest where there is no such field.
pub fn parse(text: &str) -> Result<Vec<Role>, Problem> {
    let mut roles = Vec::new();
    for part in text.split('+').map(str::trim) {
        let role = of_key(part).ok_or_else(|| unknown(part))?;
        if !roles.contains(&role) {
            roles.push(role);
        }
    }
    if roles.len() > 1 && roles.contains(&Role::Other) {
        return Err(not_taken(text, "a column that is not used holds nothing else"));
    }
    if roles.len() > MOST {
        return Err(not_taken(text, "a column can feed two fields and no more"));
    }
    Ok(roles)
}

/// The names of fields as [`parse`] takes them; "none" for none.
pub fn print(roles: &[Role]) -> String {
    let keys: Vec<&str> = roles.iter().filter_map(|role| key(*role)).collect();
    if keys.is_empty() { NONE.to_owned() } else { keys.join("+") }
}

/// A field's name as a person reads it.
pub fn name(role: Role) -> &'static str {
    ROLES.iter().find(|named| named.role == role).map_or(NONE, |named| named.name)
}

/// A field's name on the command line; `None` for what is not used.
pub fn key(role: Role) -> Option<&'static str> {
    ROLES.iter().find(|named| named.role == role && role != Role::Other).map(|named| named.key)
}

fn of_key(text: &str) -> Option<Role> {
    let wanted = words(text);
    let is_it = |named: &&RoleName| words(named.key) == wanted || words(named.name) == wanted;
    ROLES.iter().find(is_it).map(|named| named.role)
}

fn unknown(part: &str) -> Problem {
    let nearest = ROLES.iter().map(|named| named.key).min_by_key(|key| distance(&part.to_lowercase(), key));
    let all = role_names().collect::<Vec<_>>().join(", ");
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
        assert_eq!(parse("lead").unwrap(), [Role::Lead]);
        assert_eq!(parse(" Target + status ").unwrap(), [Role::Target, Role::Status]);
        assert_eq!(parse("recommendation number").unwrap(), [Role::RecommendationNumber]);
        assert_eq!(parse("revised target").unwrap(), [Role::Revised]);
        assert_eq!(parse("none").unwrap(), [Role::Other]);
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
        for one in ROLES {
            assert_eq!(parse(one.key).unwrap(), [one.role]);
            for other in ROLES.iter().filter(|other| other.role != Role::Other && one.role != Role::Other) {
                let both = [one.role, other.role];
                let roles = parse(&print(&both)).unwrap();
                assert!(both.iter().all(|role| roles.contains(role)));
            }
        }
        assert_eq!(print(&[]), "none");
    }
}

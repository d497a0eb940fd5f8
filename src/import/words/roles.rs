//! The roles a column can have: their names on the command line, and how they are described to the user.

use super::spelling::distance;
use super::vocabulary::words;
use crate::domain::date_text::order::Order;
use crate::domain::particular::Particular;
use crate::problem::Problem;

/// The role of a column: what it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    Number,
    RecommendationNumber,
    Finding,
    Recommendation,
    Particular(Particular),
    Action,
    Target,
    Revised,
    Completed,
    Lead,
    Via,
    Rating,
    Status,
    /// Whether it is done: yes or no.
    Done,
    Progress,
    /// Not a field: the dates of the column have the day first, or the month.
    DayFirst,
    MonthFirst,
    /// Known as a header, but of nothing that a plan keeps.
    Other,
}

/// A role as the user chooses it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoleName {
    pub role: Role,
    /// On the command line, in `columns.toml` and in the word lists: `recommendation_number`.
    pub key: &'static str,
    /// On the screen: "recommendation number".
    pub name: &'static str,
    /// What such a column holds: "Who is to do it".
    pub sentence: &'static str,
}

/// What an unused column is called.
pub const NONE: &str = "none";
/// Said beside a field, in which order its dates are written.
const ORDERS: [Role; 2] = [Role::DayFirst, Role::MonthFirst];
/// The most fields one column can have.
pub const MOST: usize = 2;

impl RoleName {
    /// Its name in the word lists, where unused columns have phrases too.
    pub fn list(&self) -> &'static str {
        if self.role == Role::Other { "other" } else { self.key }
    }
}

const fn named(role: Role, key: &'static str, name: &'static str, sentence: &'static str) -> RoleName {
    RoleName { role, key, name, sentence }
}

/// Every role with its names, in the order in which phrases of equal length are tried.
pub fn all() -> impl Iterator<Item = RoleName> {
    let particular = |of: &Particular| named(Role::Particular(*of), of.key(), of.key(), of.sentence());
    OF_RECOMMENDATION.into_iter().chain(Particular::ALL.iter().map(particular)).chain(OF_ACTION)
}

const OF_RECOMMENDATION: [RoleName; 4] = [
    named(Role::Number, "number", "number", "The number of the action"),
    named(
        Role::RecommendationNumber,
        "recommendation_number",
        "recommendation number",
        "The number of the recommendation",
    ),
    named(Role::Finding, "finding", "finding", "What the review found"),
    named(Role::Recommendation, "recommendation", "recommendation", "What the review recommends"),
];

const OF_ACTION: [RoleName; 13] = [
    named(Role::Action, "action", "action", "What is to be done"),
    named(Role::Target, "target", "target", "When it is to be done by"),
    named(Role::Revised, "revised", "revised target", "The date to which the target was moved"),
    named(Role::Completed, "completed", "completed", "The date on which it was done"),
    named(Role::Lead, "lead", "lead", "Who is to do it"),
    named(Role::Via, "via", "via", "The group that oversees it"),
    named(Role::Rating, "rating", "rating", "Its status as a colour, a letter or a word"),
    named(Role::Status, "status", "status", "Its status in words"),
    named(Role::Done, "done", "done", "Whether it is done: yes or no, a tick or none, 100 %"),
    named(Role::Progress, "progress", "progress", "What has happened so far"),
    named(Role::DayFirst, "day_first", "day first", "Beside another: its dates have the day first, 31/12/2026"),
    named(Role::MonthFirst, "month_first", "month first", "Beside another: its dates have the month first, 12/31/2026"),
    named(Role::Other, NONE, "not used", "Anything the register does not keep"),
];

/// What is said beside a field whose dates have that order.
pub fn of_order(order: Order) -> Role {
    match order {
        Order::DayFirst => Role::DayFirst,
        Order::MonthFirst => Role::MonthFirst,
    }
}

/// The order of dates among the roles that the user gave a column.
pub fn order(roles: &[Role]) -> Option<Order> {
    [Order::DayFirst, Order::MonthFirst].into_iter().find(|order| roles.contains(&of_order(*order)))
}

/// Whether a role is a field, and not the order of its dates.
pub fn is_field(role: Role) -> bool {
    !ORDERS.contains(&role)
}

/// The names that `--map` takes, in the order in which they are offered; "none" comes last.
pub fn role_names() -> impl Iterator<Item = &'static str> {
    all().map(|role| role.key)
}

/// The role with that name, and its description.
pub fn named_role(key: &str) -> Option<RoleName> {
    all().find(|role| role.key == key)
}

/// The roles that "lead", "target+status" or "none" mean; a problem names the nearest where there is no such role.
pub fn parse(text: &str) -> Result<Vec<Role>, Problem> {
    let mut roles = Vec::new();
    for part in text.split('+').map(str::trim) {
        let role = of_key(part).ok_or_else(|| unknown(part))?;
        if !roles.contains(&role) {
            roles.push(role);
        }
    }
    if roles.len() > 1 && roles.contains(&Role::Other) {
        return Err(not_taken(text, "an unused column cannot hold anything else"));
    }
    let fields = roles.iter().filter(|role| !ORDERS.contains(role)).count();
    if fields == 0 && roles.first() != Some(&Role::Other) {
        return Err(not_taken(text, "it says how dates are written, not what the column holds"));
    }
    if fields > MOST {
        return Err(not_taken(text, "a column can hold at most two fields"));
    }
    Ok(roles)
}

/// The names of roles as [`parse`] takes them; "none" for none.
pub fn print(roles: &[Role]) -> String {
    let keys: Vec<&str> = roles.iter().filter_map(|role| key(*role)).collect();
    if keys.is_empty() { NONE.to_owned() } else { keys.join("+") }
}

/// A role's name on the screen.
pub fn name(role: Role) -> &'static str {
    all().find(|named| named.role == role).map_or(NONE, |named| named.name)
}

/// A role's name on the command line; `None` for an unused column.
pub fn key(role: Role) -> Option<&'static str> {
    all().find(|named| named.role == role && role != Role::Other).map(|named| named.key)
}

fn of_key(text: &str) -> Option<Role> {
    let wanted = words(text);
    let is_it = |named: &RoleName| words(named.key) == wanted || words(named.name) == wanted;
    all().find(is_it).map(|named| named.role)
}

fn unknown(part: &str) -> Problem {
    let nearest = role_names().min_by_key(|key| distance(&part.to_lowercase(), key));
    let all = role_names().collect::<Vec<_>>().join(", ");
    let hint = format!("A column holds one of these, or two joined by +: {all}.");
    Problem { hint, ..not_taken(part, &format!("the nearest is {}", nearest.unwrap_or(NONE))) }
}

fn not_taken(text: &str, why: &str) -> Problem {
    Problem::new(format!("“{text}” is not a column type"), why, "")
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
    fn an_unknown_role_names_the_nearest() {
        assert!(parse("leed").unwrap_err().to_string().contains("the nearest is lead"));
        assert!(parse("").unwrap_err().to_string().contains("is not a column type"));
        assert!(parse("lead+none").is_err());
        assert!(parse("lead+target+status").unwrap_err().to_string().contains("two fields"));
    }

    #[test]
    fn every_mapping_is_read_back_as_it_is_printed() {
        let fields = || all().filter(|named| is_field(named.role));
        for one in fields() {
            assert_eq!(parse(one.key).unwrap(), [one.role]);
            for other in all().filter(|other| other.role != Role::Other && one.role != Role::Other) {
                let both = [one.role, other.role];
                let roles = parse(&print(&both)).unwrap();
                assert!(both.iter().all(|role| roles.contains(role)));
            }
        }
        assert_eq!(print(&[]), "none");
        assert_eq!(parse("target+status+month_first").unwrap(), [Role::Target, Role::Status, Role::MonthFirst]);
        assert!(parse("month_first").unwrap_err().to_string().contains("how dates are written"));
    }
}

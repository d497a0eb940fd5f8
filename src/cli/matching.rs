//! Filters given on the command line, where the shell may have removed the quotes.

use chrono::NaiveDate;

use crate::domain::action::Action;
use crate::domain::filter::{Filter, Match};
use crate::domain::register::Register;
use crate::domain::sort;
use crate::problem::Problem;

/// The filter formed by the arguments.
pub fn filter(words: &[String], register: &Register, today: NaiveDate) -> Result<Filter, Problem> {
    let as_given = Filter::parse(&words.join(" "), register, today);
    as_given.or_else(|problem| {
        // `party:"Sussex Police"` arrives as `party:Sussex Police`. Quotes are restored only if that does not parse.
        let quoted: Vec<String> = words.iter().map(|word| requoted(word)).collect();
        Filter::parse(&quoted.join(" "), register, today).map_err(|_| problem)
    })
}

/// The visible actions that match, in the order asked for.
pub fn actions<'a>(
    register: &'a Register,
    filter: &Filter,
    key: sort::Key,
    today: NaiveDate,
) -> Vec<(&'a Action, Match)> {
    let matches = |action: &'a Action| filter.matches(register, action, today).map(|matched| (action, matched));
    let mut found: Vec<(&Action, Match)> = register.visible_actions().filter_map(matches).collect();
    sort::apply_to_listed(register, &mut found, |(action, _)| action, key);
    found
}

fn requoted(word: &str) -> String {
    match word.split_once(':') {
        Some((key, value)) if value.contains(' ') && !value.contains('"') => format!("{key}:\"{value}\""),
        Some(_) | None => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_put_back_only_where_a_value_has_spaces() {
        assert_eq!(requoted("party:Sussex Police"), "party:\"Sussex Police\"");
        assert_eq!(requoted("party:\"Sussex Police\""), "party:\"Sussex Police\"");
        assert_eq!(requoted("-lead:First Light"), "-lead:\"First Light\"");
        assert_eq!(requoted("overdue"), "overdue");
        assert_eq!(requoted("two words"), "two words");
    }
}

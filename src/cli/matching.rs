//! Filters given on the command line, where the shell may have removed the quotes.

use chrono::NaiveDate;

use crate::domain::action::Action;
use crate::domain::filter::{Filter, Match};
use crate::domain::outline::Outline;
use crate::domain::register::Register;
use crate::domain::sort;
use crate::problem::Problem;
use crate::store;

/// The filter formed by the arguments.
pub fn filter(words: &[String], register: &Register, today: NaiveDate) -> Result<Filter, Problem> {
    let as_given = Filter::parse(&words.join(" "), register, today);
    as_given.or_else(|problem| {
        // `party:"Sussex Police"` arrives as `party:Sussex Police`. Quotes are restored only if that does not parse.
        let quoted: Vec<String> = words.iter().map(|word| requoted(word)).collect();
        Filter::parse(&quoted.join(" "), register, today).map_err(|_| problem)
    })
}

/// The visible actions that match, in the order asked for. Where few may match, only those are read, and kept in `read`.
pub fn actions<'a>(
    register: &'a Register,
    read: &'a mut Vec<Action>,
    filter: &Filter,
    key: sort::Key,
    today: NaiveDate,
) -> Vec<(&'a Action, Match)> {
    let matches = |action: &'a Action| filter.matches(register, action, today).map(|matched| (action, matched));
    let mut found: Vec<(&Action, Match)> = likely(register, read, filter, today).filter_map(matches).collect();
    sort::apply_to_listed(register, &mut found, |(action, _)| action, key);
    found
}

/// The visible actions that may match, in document order.
fn likely<'a>(
    register: &'a Register,
    read: &'a mut Vec<Action>,
    filter: &Filter,
    today: NaiveDate,
) -> impl Iterator<Item = &'a Action> {
    let may_match = |outline: &Outline<'_>| filter.may_match(register, *outline, today);
    let place = |outline: Outline<'_>| register.place_of_action(outline.id);
    let places: Vec<usize> = register.visible_outlines().filter(may_match).filter_map(place).collect();
    let are_few = places.len() <= register.actions.len() / 2;
    let all: Vec<&Action> = if are_few {
        let mut by_place: Vec<(usize, usize)> = places.into_iter().zip(0..).collect();
        by_place.sort_unstable();
        let (places, nth): (Vec<usize>, Vec<usize>) = by_place.into_iter().unzip();
        // Where one can no longer be read, there is no answer at all.
        *read = store::read_some(&register.actions, &places);
        let mut in_order: Vec<(usize, &Action)> = nth.into_iter().zip(&*read).collect();
        in_order.sort_unstable_by_key(|(nth, _)| *nth);
        in_order.into_iter().map(|(_, action)| action).collect()
    } else {
        store::read_all(&register.actions);
        places.into_iter().filter_map(|at| register.actions.get(at)).collect()
    };
    all.into_iter()
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

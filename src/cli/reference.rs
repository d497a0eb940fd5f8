//! Finds the action that a reference names: `7.2`, or `adult-c:7.2` where several plans have a 7.2.

use crate::domain::action::Action;
use crate::domain::register::Register;
use crate::problem::Problem;

/// The one visible action of that reference.
pub fn find<'a>(register: &'a Register, reference: &str) -> Result<&'a Action, Problem> {
    let (slug, number) = match reference.trim().rsplit_once(':') {
        Some((slug, number)) => (Some(slug.trim()), number.trim()),
        None => (None, reference.trim()),
    };
    if let Some(slug) = slug {
        known_plan(register, slug)?;
    }
    let of_plan: Vec<&Action> = register.visible_actions().filter(|action| in_plan(register, action, slug)).collect();
    let same = |action: &&&Action| register.reference(action).eq_ignore_ascii_case(number);
    let found: Vec<&Action> = of_plan.iter().filter(same).copied().collect();
    match found.as_slice() {
        [action] => Ok(action),
        [] => Err(unknown(register, number, &of_plan)),
        several => Err(ambiguous(register, reference, several)),
    }
}

/// The reference with its plan in front where there are several plans.
pub fn full(register: &Register, action: &Action) -> String {
    let reference = register.reference(action);
    match register.visible_plans().nth(1) {
        Some(_) => format!("{}:{reference}", slug_of(register, action)),
        None => reference,
    }
}

fn slug_of<'a>(register: &'a Register, action: &Action) -> &'a str {
    register.plan(action.plan).map_or("", |plan| plan.slug())
}

fn in_plan(register: &Register, action: &Action, slug: Option<&str>) -> bool {
    slug.is_none_or(|slug| slug_of(register, action).eq_ignore_ascii_case(slug))
}

fn known_plan(register: &Register, slug: &str) -> Result<(), Problem> {
    let slugs: Vec<&str> = register.visible_plans().map(|plan| plan.slug()).collect();
    if slugs.iter().any(|known| known.eq_ignore_ascii_case(slug)) {
        return Ok(());
    }
    let hint = match slugs.as_slice() {
        [] => "Read a plan with `arising import FILE`.".into(),
        slugs => format!("There is {}.", slugs.join(", ")),
    };
    Err(Problem::new(format!("No plan is called `{slug}`"), "", hint))
}

fn unknown(register: &Register, number: &str, actions: &[&Action]) -> Problem {
    let hint = match nearest(register, number, actions) {
        Some(action) => format!("The nearest is {}: {}", full(register, action), opening(action)),
        None => "There are no actions here yet; read a plan with `arising import FILE`.".into(),
    };
    Problem::new(format!("No action has the reference {number}"), "", hint)
}

fn ambiguous(register: &Register, reference: &str, several: &[&Action]) -> Problem {
    let mut full: Vec<String> =
        several.iter().map(|action| format!("{}:{}", slug_of(register, action), register.reference(action))).collect();
    full.dedup();
    let Some(first) = full.first().filter(|_| full.len() > 1) else {
        // Two actions of one plan carry the same number in its document.
        return Problem::new(
            format!("{reference} could be any of {} actions", several.len()),
            "the plan gives them the same number",
            "Change them on the screen.",
        );
    };
    let hint = format!("Write one of {}, as in {first}.", full.join(", "));
    Problem::new(format!("{reference} could be any of {} actions", several.len()), "several plans have it", hint)
}

/// The first words of an action, to recognise it by.
pub fn opening(action: &Action) -> String {
    let line = super::page::one_line(action.text());
    crate::text::truncate(line.trim(), 60)
}

/// The reference most like the one asked for: same recommendation first, then the closest spelling.
fn nearest<'a>(register: &Register, number: &str, actions: &[&'a Action]) -> Option<&'a Action> {
    let group = |reference: &str| reference.split('.').next().unwrap_or_default().to_owned();
    let distance = |action: &&&Action| {
        let reference = register.reference(action);
        (group(&reference) != group(number), spelling_distance(&reference, number))
    };
    actions.iter().min_by_key(distance).copied()
}

/// How many letters must be added, taken or replaced to get from one word to the other.
pub fn spelling_distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().flat_map(char::to_lowercase).collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (line, letter) in one.chars().flat_map(char::to_lowercase).enumerate() {
        let mut diagonal = line;
        let mut left = line + 1;
        for (place, above) in row.iter_mut().enumerate() {
            let cost = match place.checked_sub(1).and_then(|at| other.get(at)) {
                None => line + 1,
                Some(same) if *same == letter => diagonal,
                Some(_) => 1 + diagonal.min(left).min(*above),
            };
            diagonal = std::mem::replace(above, cost);
            left = cost;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_counts_letters() {
        assert_eq!(spelling_distance("7.2", "7.2"), 0);
        assert_eq!(spelling_distance("7.2", "7.3"), 1);
        assert_eq!(spelling_distance("kitten", "sitting"), 3);
        assert_eq!(spelling_distance("", "abc"), 3);
        assert_eq!(spelling_distance("abc", ""), 3);
        assert_eq!(spelling_distance("Police", "police"), 0);
    }
}

//! Finds the action with a given reference: `7.2`, or `adult-c:7.2` where several plans have a 7.2.

use crate::domain::action::Action;
use crate::domain::id::Id;
use crate::domain::outline::Outline;
use crate::domain::plan::Plan;
use crate::domain::register::Register;
use crate::problem::Problem;

/// The one visible action with that reference.
pub fn find<'a>(register: &'a Register, reference: &str) -> Result<&'a Action, Problem> {
    let (slug, number) = match reference.trim().rsplit_once(':') {
        Some((slug, number)) => (Some(slug.trim()), number.trim()),
        None => (None, reference.trim()),
    };
    if let Some(slug) = slug {
        plan(register, slug)?;
    }
    // The mark of a number that two copies gave is on no keyboard.
    let number = &number.replace('\'', "′");
    let is_one = |action: &Outline<'_>| may_be(action, number) && in_plan(register, action.plan, slug);
    let read = |action: Outline<'_>| register.action(action.id);
    let same = |action: &&Action| register.reference(action).eq_ignore_ascii_case(number);
    let outlines = (0..register.actions.len()).filter_map(|at| register.actions.outline(at));
    // Whether an action is visible is asked of few, its reference of all.
    let found = outlines.filter(|action| is_one(action) && register.shows(action));
    let mut found: Vec<&Action> = found.filter_map(read).filter(same).collect();
    let plan_of = |action: &&Action| register.plans.iter().position(|plan| plan.id == action.plan);
    found.sort_by_key(plan_of);
    match found.as_slice() {
        [action] => Ok(action),
        [] => {
            let of_plan = register.visible_outlines().filter(|action| in_plan(register, action.plan, slug));
            Err(unknown(register, number, &of_plan.filter_map(read).collect::<Vec<_>>()))
        }
        several => Err(ambiguous(register, reference, several)),
    }
}

/// The actions with these references, each once, in the order given. Several can be written together with commas.
pub fn find_all(register: &Register, references: &[String]) -> Result<Vec<Id>, Problem> {
    let mut all: Vec<Id> = Vec::new();
    for written in references {
        // A document may print a number with a comma in it.
        let found = match find(register, written) {
            Ok(action) => vec![action.id],
            Err(problem) if !written.contains(',') => return Err(problem),
            Err(_) => {
                let parts = written.split(',').map(str::trim).filter(|part| !part.is_empty());
                parts.map(|part| find(register, part).map(|action| action.id)).collect::<Result<_, _>>()?
            }
        };
        for id in found {
            if !all.contains(&id) {
                all.push(id);
            }
        }
    }
    Ok(all)
}

/// The recommendation of that number: `7`, or `adult-c:7` where several plans have one.
pub fn recommendation_called(register: &Register, text: &str) -> Result<Id, Problem> {
    if let Some((slug, number)) = text.trim().rsplit_once(':') {
        return recommendation(register, plan(register, slug.trim())?.id, number);
    }
    let plans: Vec<&Plan> = register.visible_plans().collect();
    let found: Vec<(&Plan, Id)> =
        plans.iter().filter_map(|plan| Some((*plan, recommendation(register, plan.id, text).ok()?))).collect();
    match (found.as_slice(), plans.as_slice()) {
        ([(_, id)], _) => Ok(*id),
        ([], [only]) => recommendation(register, only.id, text),
        ([], _) => {
            let what = format!("No recommendation has the number {}", text.trim());
            Err(Problem::new(what, "", "`arising list` shows them; with several plans write adult-c:7."))
        }
        (several, _) => {
            let full: Vec<String> =
                several.iter().map(|(plan, _)| format!("{}:{}", plan.slug(), text.trim())).collect();
            let what = format!("{} could be any of {} recommendations", text.trim(), several.len());
            Err(Problem::new(what, "several plans use it", format!("Write one of {}.", full.join(", "))))
        }
    }
}

/// Whether the reference can be this one, as far as can be told without writing it out for every action of a register.
fn may_be(action: &Outline<'_>, number: &str) -> bool {
    let own = action.reference;
    own.is_empty() || number.get(..own.len()).is_some_and(|start| start.eq_ignore_ascii_case(own))
}

/// The reference, preceded by its plan where there are several plans.
pub fn full(register: &Register, action: &Action) -> String {
    let reference = register.reference(action);
    match register.visible_plans().nth(1) {
        Some(_) => format!("{}:{reference}", slug_of(register, action.plan)),
        None => reference,
    }
}

fn slug_of(register: &Register, plan: Id) -> &str {
    register.plan(plan).map_or("", |plan| plan.slug())
}

fn in_plan(register: &Register, plan: Id, slug: Option<&str>) -> bool {
    slug.is_none_or(|slug| slug_of(register, plan).eq_ignore_ascii_case(slug))
}

/// The recommendation of a plan that has this number.
pub fn recommendation(register: &Register, plan: Id, number: &str) -> Result<Id, Problem> {
    let all: Vec<_> = register.plan(plan).into_iter().flat_map(|plan| register.recommendations_of(plan)).collect();
    let wanted = number.trim();
    let found: Vec<_> = all.iter().filter(|rec| rec.number().eq_ignore_ascii_case(wanted)).collect();
    match found.as_slice() {
        [rec] => Ok(rec.id),
        [] if all.is_empty() => Err(Problem::new("The plan has no recommendations", "", "")),
        [] => {
            let numbers: Vec<&str> = all.iter().map(|rec| rec.number()).collect();
            let hint = format!("Its recommendations are: {}.", numbers.join(", "));
            Err(Problem::new(format!("No recommendation of the plan has the number {wanted}"), "", hint))
        }
        several => Err(Problem::new(
            format!("{wanted} is the number of {} recommendations", several.len()),
            "the plan gives them the same number",
            "Choose the one you mean on the screen.",
        )),
    }
}

/// The visible plan with that short name.
pub fn plan<'a>(register: &'a Register, slug: &str) -> Result<&'a Plan, Problem> {
    if let Some(plan) = register.visible_plans().find(|plan| plan.slug().eq_ignore_ascii_case(slug)) {
        return Ok(plan);
    }
    let slugs: Vec<&str> = register.visible_plans().map(Plan::slug).collect();
    let hint = match slugs.as_slice() {
        [] => "Import a plan with `arising import FILE`.".into(),
        slugs => format!("The plans are: {}.", slugs.join(", ")),
    };
    Err(Problem::new(format!("No plan is called `{slug}`"), "", hint))
}

fn unknown(register: &Register, number: &str, actions: &[&Action]) -> Problem {
    let hint = match nearest(register, number, actions) {
        Some(action) => format!("The nearest is {}: {}", full(register, action), opening(action)),
        None => "There are no actions yet; import a plan with `arising import FILE`.".into(),
    };
    Problem::new(format!("No action has the reference {number}"), "", hint)
}

fn ambiguous(register: &Register, reference: &str, several: &[&Action]) -> Problem {
    let mut full: Vec<String> = several
        .iter()
        .map(|action| format!("{}:{}", slug_of(register, action.plan), register.reference(action)))
        .collect();
    full.dedup();
    let Some(first) = full.first().filter(|_| full.len() > 1) else {
        // Two actions of one plan have the same number in its document.
        return Problem::new(
            format!("{reference} could be any of {} actions", several.len()),
            "the plan gives them the same number",
            "Choose the one you mean on the screen.",
        );
    };
    let hint = format!("Write one of {}, for example {first}.", full.join(", "));
    Problem::new(format!("{reference} could be any of {} actions", several.len()), "several plans use it", hint)
}

/// The opening words of an action, to identify it.
pub fn opening(action: &Action) -> String {
    let line = super::page::one_line(action.text());
    crate::text::truncate(line.trim(), 60)
}

/// The reference closest to the one asked for: by recommendation first, then by action.
fn nearest<'a>(register: &Register, number: &str, actions: &[&'a Action]) -> Option<&'a Action> {
    let (group, place) = parts(number);
    let distance = |action: &&&Action| {
        let (other_group, other_place) = parts(&register.reference(action));
        (group.abs_diff(other_group), place.abs_diff(other_place))
    };
    actions.iter().min_by_key(distance).copied()
}

/// `7.2` as 7 and 2; anything that is not a number counts as 0.
fn parts(reference: &str) -> (u32, u32) {
    let number = |part: Option<&str>| {
        let digits: String = part.unwrap_or("").chars().filter(char::is_ascii_digit).take(9).collect();
        digits.parse().unwrap_or(0)
    };
    let mut parts = reference.split('.');
    (number(parts.next()), number(parts.next()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_has_two_numbers() {
        assert_eq!(parts("7.12"), (7, 12));
        assert_eq!(parts("3"), (3, 0));
        assert_eq!(parts("Aii"), (0, 0));
        assert_eq!(parts("99999999999999999999.1"), (999_999_999, 1));
    }
}

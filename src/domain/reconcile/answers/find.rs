//! Which action of the register an answer is about: by its reference and its words, asked where the two disagree.

use super::super::asked::Asked;
use super::super::pair::likeness;
use super::super::query::{Offer, Query};
use crate::domain::action::Action;
use crate::domain::draft::DraftAnswer;
use crate::domain::register::Register;
use crate::text;

/// Texts with this share of their words in common (in hundredths) are the same action, reworded since.
const REWORDED: usize = 60;
/// How many actions are offered for a row, and how many characters of each.
const OFFERED: usize = 5;
const SHOWN: usize = 60;

/// The action that an answer names, if its wording is still much as it was in the form; otherwise what to ask.
pub fn find<'a>(
    register: &'a Register,
    then: &Asked,
    (at, answer): (usize, &DraftAnswer),
) -> Result<&'a Action, Box<Query>> {
    // The board may have reworded, moved or renumbered it since the form was made.
    let was = then.was.as_ref().filter(|_| !answer.is_settled("action"));
    if let Some([only]) = was.map(|was| fitting(was, answer)).as_deref()
        && let Some(action) = register.visible_actions().find(|action| action.id == only.id)
    {
        return Ok(action);
    }
    match fitting(register, answer).as_slice() {
        [only] => Ok(only),
        [one, other, ..] => Err(Box::new(one_of(register, (at, answer), one, other))),
        [] => {
            let written = Written::of(&answer.reference);
            let named = register.visible_actions().find(|action| written.names(register, action));
            Err(Box::new(asked(register, (at, answer), named)))
        }
    }
}

/// The actions that have both the reference and the words.
fn fitting<'a>(register: &'a Register, answer: &DraftAnswer) -> Vec<&'a Action> {
    let written = Written::of(&answer.reference);
    let is_certain = answer.action.is_empty() || answer.is_settled("action");
    let says = |action: &&Action| is_certain || likeness(action.text(), &answer.action) >= REWORDED;
    register.visible_actions().filter(|action| written.names(register, action)).filter(says).collect()
}

/// What to ask where two actions have both the reference and the words.
fn one_of(register: &Register, (at, answer): (usize, &DraftAnswer), one: &Action, other: &Action) -> Query {
    let (first, second) = (full_reference(register, one), full_reference(register, other));
    let why = format!("it may be {first} or {second}, which say the same");
    Query::new((at, answer), "action", why, vec![offer(register, one), offer(register, other)])
}

/// Whether a row is of the form as it was made: its reference and its words are those of an action, even of one since
/// withdrawn.
pub fn was_asked(register: &Register, answer: &DraftAnswer) -> bool {
    let written = Written::of(&answer.reference);
    register
        .actions
        .iter()
        .any(|action| written.names(register, action) && likeness(action.text(), &answer.action) >= REWORDED)
}

/// What to ask where no one action has both the reference and the words. `named`: an action with that reference.
fn asked(register: &Register, (at, answer): (usize, &DraftAnswer), named: Option<&Action>) -> Query {
    let mut alike: Vec<(usize, &Action)> = register
        .visible_actions()
        .map(|action| (likeness(action.text(), &answer.action), action))
        .filter(|(alike, _)| *alike >= REWORDED && !answer.action.is_empty())
        .collect();
    alike.sort_by_key(|(alike, _)| std::cmp::Reverse(*alike));
    let mut offered: Vec<&Action> = alike.into_iter().map(|(_, action)| action).take(OFFERED).collect();
    let of_words = offered.first().map(|action| full_reference(register, action));
    offered.extend(named.filter(|named| offered.iter().all(|own| own.id != named.id)));
    let why = why(register, answer, named, of_words.as_deref());
    let offers = offered.into_iter().map(|action| offer(register, action)).collect();
    Query::new((at, answer), "action", why, offers)
}

fn why(register: &Register, answer: &DraftAnswer, named: Option<&Action>, of_words: Option<&str>) -> String {
    if answer.reference.is_empty() {
        return of_words.map_or_else(
            || "the row has no reference, and no action has these words".into(),
            |own| format!("the row has no reference; its words are those of {own}"),
        );
    }
    let reference = &answer.reference;
    let withdrawn = register
        .actions
        .iter()
        .find(|action| register.is_hidden(action.id) && Written::of(&answer.reference).names(register, action));
    let words = of_words.map(|own| format!("; the words beside it are those of {own}")).unwrap_or_default();
    match (named, withdrawn) {
        (Some(named), _) => {
            let own = text::truncate(&text::one_line(named.text()), SHOWN);
            format!("{} is another action, “{own}”{words}", full_reference(register, named))
        }
        (None, Some(action)) => {
            let withdrawal = action.withdrawn.get().and_then(Option::as_ref);
            let reason = withdrawal.map_or(String::new(), |withdrawal| format!(": {}", withdrawal.reason));
            format!("{reference} is withdrawn{reason}{words}")
        }
        (None, None) if words.is_empty() => format!("no action is called {reference}, and none has these words"),
        (None, None) => format!("no action is called {reference}{words}"),
    }
}

fn offer(register: &Register, action: &Action) -> Offer {
    let reference = full_reference(register, action);
    let label = format!("{reference} {}", text::truncate(&text::one_line(action.text()), SHOWN));
    Offer { value: reference, label }
}

/// "adult-c:7.2".
pub fn full_reference(register: &Register, action: &Action) -> String {
    let plan = register.plan(action.plan).map_or("", |plan| plan.slug());
    format!("{plan}:{}", register.reference(action))
}

/// A reference as written in a return.
struct Written<'a> {
    slug: Option<&'a str>,
    reference: &'a str,
}

impl<'a> Written<'a> {
    fn of(text: &'a str) -> Written<'a> {
        match text.rsplit_once(':') {
            Some((slug, reference)) => Written { slug: Some(slug.trim()), reference: reference.trim() },
            None => Written { slug: None, reference: text.trim() },
        }
    }

    fn names(&self, register: &Register, action: &Action) -> bool {
        let plan = register.plan(action.plan).map_or("", |plan| plan.slug());
        self.slug.is_none_or(|slug| plan.eq_ignore_ascii_case(slug))
            && register.reference(action).eq_ignore_ascii_case(self.reference)
    }
}

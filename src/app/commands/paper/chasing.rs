//! Chasing the leads by mail: where the drafts go, what they ask about, and by when to answer.

use std::collections::HashSet;

use chrono::Days;

use super::super::cannot_write;
use crate::app::command::{self, Command, Whose};
use crate::app::message::{ChaseRequest, Effect, World};
use crate::app::model::{Asked, Model};
use crate::app::overlay::field::{FormField, Holds, blank_or_day, day};
use crate::app::overlay::form::{Form, Purpose};
use crate::app::scope::Scope;
use crate::domain::chase::letters;
use crate::domain::date_words;
use crate::domain::form as agency_form;
use crate::domain::id::Id;
use crate::domain::query::SOON;
use crate::problem::Problem;
use crate::text::counted;

pub const COMMANDS: &[Command] = &[Command {
    name: CHASE,
    whose: Whose::Board,
    scopes: &[Scope::Walk, Scope::Plans],
    label: "chase the leads by mail",
    help: "Write a draft mail to every lead with something overdue, due or unanswered, and record who was asked.",
    also: "remind reminder email e-mail letter send",
    why_not: cannot_write,
    run: ask,
    ..command::ROW
}];

pub const CHASE: &str = "chase";

/// The days that a lead has to answer, unless another day is typed.
const TO_ANSWER: u64 = 14;

/// Asks for the folder, and what to ask.
fn ask(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let today = world.today();
    let letters = letters(world.register, today, SOON, None);
    let actions: HashSet<Id> = letters.iter().flat_map(|letter| &letter.actions).map(|(id, _)| *id).collect();
    let unknown = letters.iter().filter(|letter| letter.to.is_empty()).count();
    let unknown = if unknown == 0 { String::new() } else { format!(" · {unknown} without an address") };
    let title =
        format!("Mail to {} about {}{unknown}", counted(letters.len(), "lead"), counted(actions.len(), "action"));
    let folder = model.papers.trim_end_matches(['/', '\\']);
    let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let Asked { return_by, contact } = model.asked.clone();
    let usual = || today.checked_add_days(Days::new(TO_ANSWER)).map(date_words::day).unwrap_or_default();
    let fields = vec![
        FormField::offering("Folder", Holds::Words, format!("{folder}chasing-{today}")),
        FormField::offering("Due within", Holds::Words, format!("{SOON} days")),
        FormField::offering(agency_form::RETURN_BY, Holds::Day, if return_by.is_empty() { usual() } else { return_by }),
        FormField::offering(agency_form::RETURN_TO, Holds::Words, contact),
    ];
    model.open_form(Form::new(Purpose::Chase, title, fields))
}

/// Submits the form, if it can be understood.
pub fn write(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let Some(form) = model.form_mut() else { return Vec::new() };
    match chased(form, world) {
        Ok(request) => {
            form.sent = true;
            let (return_by, contact) = (form.words(2), form.words(3));
            model.asked = Asked { return_by, contact };
            vec![Effect::Chase(Box::new(request))]
        }
        Err(problem) => {
            form.problem = Some(problem);
            Vec::new()
        }
    }
}

fn chased(form: &Form, world: World<'_>) -> Result<ChaseRequest, Problem> {
    let refuse = |why: String, hint: &str| Problem::new("Nothing was written", why, hint);
    let (path, typed, by) = (form.words(0), form.words(1), form.words(2));
    if path.is_empty() {
        return Err(refuse("the folder has no name".into(), "Type one."));
    }
    let number: String = typed.chars().take_while(char::is_ascii_digit).collect();
    let days = number.parse::<u64>().ok().filter(|days| *days <= 3650);
    let days = days.ok_or_else(|| refuse(format!("“{typed}” is no number of days"), "Type one, such as 30."))?;
    let return_by = day(&by, world.today());
    if !by.is_empty() && return_by.is_none() {
        return Err(refuse(format!("“{by}” is not one day"), &blank_or_day(world.today())));
    }
    Ok(ChaseRequest { folder: path, days, return_by, contact: form.words(3), draft: form.draft_key() })
}

//! Closing the selected action: proposed with its evidence, agreed, reopened.

use crate::app::command::{self, Command, Footer};
use crate::app::commands::{cannot_edit, current};
use crate::app::message::{Effect, World};
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::overlay::choice::{Choice, ChoiceOption, Chosen};
use crate::app::overlay::field::{FormField, Holds};
use crate::app::overlay::form::{ActionEdit, Form, Purpose};
use crate::app::scope::Scope;
use crate::domain::action::{Action, Closure};
use crate::domain::flag::Flag;
use crate::domain::id::Id;

const ROW: Command = Command { scopes: &[Scope::Walk], ..command::ROW };

pub const COMMANDS: &[Command] = &[Command {
    name: "action.close",
    keys: &["c"],
    label: "close",
    help: "Propose closure, then agree it, then reopen the action.",
    also: "complete completed done finish evidence sign off again recurring",
    footer: Footer::Rank(5),
    why_not: cannot_edit,
    run: close,
    ..ROW
}];

fn close(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let Some(action) = current(model, world) else { return Vec::new() };
    // A meeting agrees as a body; outside one it matters who proposed it.
    let is_alone = world.register.open_meeting().is_none() && world.register.copy.0.is_none();
    match (action.closure.get(), action.closure.head()) {
        (Some(Closure::Proposed { .. }), Some(head)) if is_alone => {
            vec![Effect::AskProposer { action: action.id, change: head.id }]
        }
        _ => open(model, action.id, world),
    }
}

/// Whoever proposed a closure and agrees it too, with no meeting open, is asked once whether they mean to.
pub fn agree(model: &mut Model, action: Id, by: &str, world: World<'_>) -> Vec<Effect> {
    if by != world.env.author {
        return open(model, action, world);
    }
    let reference = world.register.action(action).map(|action| world.register.reference(action)).unwrap_or_default();
    let items = vec![
        ChoiceOption::new("No: it stays proposed, for a meeting or someone else to agree", Chosen::Nothing),
        ChoiceOption::new(format!("Yes: proposed and agreed by {by}"), Chosen::AgreeOwn(action)),
    ];
    let title = format!("You proposed to close {reference}, and no meeting is open. Agree it yourself?");
    model.overlays.push(Overlay::Choice(Choice::new(title, items)));
    Vec::new()
}

/// The form that proposes, agrees or reopens.
pub fn open(model: &mut Model, action: Id, world: World<'_>) -> Vec<Effect> {
    let Some(action) = world.register.action(action) else { return Vec::new() };
    let form = form(action, &world.register.reference(action));
    model.open_form(form)
}

fn form(action: &Action, reference: &str) -> Form {
    let (kind, title, label, text) = match action.closure.get() {
        None | Some(Closure::Open) => {
            (ActionEdit::ProposeClosure, "Evidence that it is done: propose closure of", "Evidence", gone(action))
        }
        Some(Closure::Proposed { evidence }) => {
            (ActionEdit::AgreeClosure, "Evidence seen: agree closure of", "Evidence", evidence.clone())
        }
        Some(Closure::Closed { .. } | Closure::NotImplemented { .. }) => {
            (ActionEdit::Reopen, "Reopen", "Reason", String::new())
        }
    };
    let mut fields = vec![FormField::offering(label, Holds::Words, text)];
    if kind != ActionEdit::Reopen {
        fields.push(FormField::new("Link, file", Holds::Words, action.evidence_at()));
    }
    if kind == ActionEdit::AgreeClosure {
        fields.push(FormField::offering("Again?", Holds::Again, "no"));
    }
    Form::new(Purpose::Change(kind, action.id), format!("{title} {reference}"), fields)
}

/// Why an action that a later version of its document no longer has may be closed.
fn gone(action: &Action) -> String {
    action.flags().iter().find_map(Flag::gone_reason).unwrap_or_default().to_owned()
}

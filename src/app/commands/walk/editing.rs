//! Changing the selected action, or all that are marked: progress, target, leads, text and closure.

use super::marks::{cannot_change, chosen, marked_words};
use super::{target, under};
use crate::app::command::{self, Command, Footer, Whose};
use crate::app::commands::{cannot_edit, current};
use crate::app::message::{Effect, World};
use crate::app::model::Model;
use crate::app::overlay::field::{FormField, Holds, Parties, Room};
use crate::app::overlay::form::{ActionEdit, Form, Purpose};
use crate::app::scope::Scope;
use crate::domain::action::{Action, Lead};
use crate::domain::flag::Flag;

const ROW: Command = Command { scopes: &[Scope::Walk], ..command::ROW };

pub const COMMANDS: &[Command] = &[
    Command {
        name: "action.progress",
        keys: &["p"],
        label: "progress",
        help: "Add a dated progress entry.",
        also: "update note comment write",
        footer: Footer::Rank(1),
        why_not: cannot_edit,
        run: progress,
        ..ROW
    },
    Command {
        name: "action.target",
        keys: &["d"],
        label: "target",
        help: "Move the target date, with the reason, or decide an extension that is requested.",
        also: "due deadline date extension extend postpone",
        footer: Footer::Meeting { open: 3, otherwise: 2 },
        why_not: cannot_change,
        run: target::target,
        ..ROW
    },
    Command {
        name: "action.leads",
        whose: Whose::Board,
        keys: &["o"],
        label: "leads",
        help: "Change the action's leads.",
        also: "owner owners responsible assign reassign agency",
        footer: Footer::Rank(7),
        why_not: cannot_change,
        run: leads,
        ..ROW
    },
    Command {
        name: "action.via",
        whose: Whose::Board,
        keys: &["v"],
        label: "via",
        help: "Change the subgroup that oversees the action.",
        also: "oversees group owner",
        why_not: cannot_change,
        run: via,
        ..ROW
    },
    Command {
        name: "action.text",
        whose: Whose::Board,
        keys: &["e"],
        label: "text",
        help: "Change the action's text.",
        also: "edit wording reword",
        why_not: cannot_edit,
        run: text,
        ..ROW
    },
    Command {
        name: "action.number",
        whose: Whose::Board,
        label: "number",
        help: "Change the number by which the action is called.",
        also: "reference renumber",
        why_not: cannot_edit,
        run: number,
        ..ROW
    },
    Command {
        name: "action.move",
        whose: Whose::Board,
        label: "move",
        help: "Move the action to another recommendation; it keeps its number.",
        why_not: under::cannot_move,
        run: under::choose,
        ..ROW
    },
    Command {
        name: "action.withdraw",
        whose: Whose::Board,
        keys: &["W"],
        label: "withdraw",
        help: "Withdraw the action, with the reason; it is hidden, and kept in the history.",
        also: "delete remove mistake",
        why_not: cannot_edit,
        run: withdraw,
        ..ROW
    },
];

/// Opens a form about the selected action.
fn open_on(model: &mut Model, world: World<'_>, make: impl FnOnce(&Action, String) -> Form) -> Vec<Effect> {
    let Some(action) = current(model, world) else { return Vec::new() };
    let reference = world.register.reference(action);
    let form = make(action, reference);
    model.open_form(form)
}

/// Opens a form about all chosen actions.
pub(super) fn open_on_each(
    model: &mut Model,
    world: World<'_>,
    (kind, title): (ActionEdit, &str),
    fields: impl FnOnce(&[&Action]) -> Vec<FormField>,
) -> Vec<Effect> {
    let actions = chosen(model, world);
    let form = match actions.as_slice() {
        [] => return Vec::new(),
        [only] => {
            let title = format!("{title} {}", world.register.reference(only));
            Form::new(Purpose::Change(kind, only.id), title, fields(&actions))
        }
        [..] => {
            let title = format!("{title} {}", marked_words(model, actions.len()));
            let ids = actions.iter().map(|action| action.id).collect();
            Form::new(Purpose::ChangeEach(kind, ids), title, fields(&actions))
        }
    };
    model.open_form(form)
}

fn progress(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    open_on(model, world, |action, reference| {
        let fields = vec![
            FormField::new("Progress", Holds::Text, ""),
            FormField::offering("Date", Holds::EntryDate, "today"),
            FormField::new("From", speaker(action, world), ""),
        ];
        Form::new(Purpose::Change(ActionEdit::Progress, action.id), format!("Progress on {reference}"), fields)
    })
}

/// Whose update it most likely is: in a meeting, the lead's if there is only one.
fn speaker(action: &Action, world: World<'_>) -> Holds {
    let chosen = match (world.register.open_meeting(), action.leads()) {
        (Some(_), [lead]) => vec![world.register.party_name(lead.party).to_owned()],
        (Some(_) | None, _) => Vec::new(),
    };
    Holds::Parties(Parties { chosen, room: Room::Speaker, ..Parties::default() })
}

fn leads(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    open_on_each(model, world, (ActionEdit::Leads, "Leads of"), |actions| {
        vec![FormField::new("Leads", parties(common(actions, Action::leads), world), "")]
    })
}

fn via(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    open_on_each(model, world, (ActionEdit::Via, "Subgroup overseeing"), |actions| {
        vec![FormField::new("Overseen by", bodies(common(actions, Action::via), world), "")]
    })
}

/// The parties of the actions, where all have the same; else none are offered.
fn common<'a>(actions: &[&'a Action], of: fn(&Action) -> &[Lead]) -> &'a [Lead] {
    let Some((first, rest)) = actions.split_first() else { return &[] };
    let same = |other: &&Action| of(other).iter().map(|lead| lead.party).eq(of(first).iter().map(|lead| lead.party));
    if rest.iter().all(same) { of(first) } else { &[] }
}

fn parties(leads: &[Lead], world: World<'_>) -> Holds {
    Holds::Parties(Parties { chosen: names(leads, world), ..Parties::default() })
}

fn bodies(via: &[Lead], world: World<'_>) -> Holds {
    Holds::Parties(Parties { chosen: names(via, world), room: Room::Bodies, ..Parties::default() })
}

fn names(leads: &[Lead], world: World<'_>) -> Vec<String> {
    leads.iter().map(|lead| world.register.party_name(lead.party).to_owned()).collect()
}

fn text(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    open_on(model, world, |action, reference| {
        let fields = vec![FormField::new("Action", Holds::Text, action.text())];
        Form::new(Purpose::Change(ActionEdit::Text, action.id), format!("Text of {reference}"), fields)
    })
}

fn number(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    open_on(model, world, |action, reference| {
        let fields = vec![FormField::new("Number", Holds::Words, &reference)];
        Form::new(Purpose::Change(ActionEdit::Number, action.id), format!("Number of {reference}"), fields)
    })
}

fn withdraw(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    open_on(model, world, |action, reference| {
        let reason = action.flags().iter().find_map(Flag::withdrawal_reason).unwrap_or_default();
        let fields = vec![FormField::offering("Reason", Holds::Words, reason)];
        Form::new(Purpose::Change(ActionEdit::Withdraw, action.id), format!("Withdraw {reference}"), fields)
    })
}

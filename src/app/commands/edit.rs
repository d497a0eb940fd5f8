//! Changing the action under the cursor: rating, progress, target, leads, text, closing; and taking changes back.

use super::rate::{AMBER, BLUE, CLEAR, GREEN, PICK, RED};
use super::{cannot_edit, cannot_write, current, no_action};
use crate::app::command::{Command, Place, Scope};
use crate::app::model::{Effect, Model, World};
use crate::app::overlay::Overlay;
use crate::app::overlay::field::{Field, Holds};
use crate::app::overlay::form::{Form, Kind};
use crate::domain::action::{Action, Closure, Lead};
use crate::domain::intent::Intent;

macro_rules! edit_row {
    ($name:literal, $key:literal, $label:literal, $help:literal, $place:expr, $run:expr) => {
        Command {
            name: $name,
            keys: &[$key],
            scope: Scope::Walk,
            label: $label,
            help: $help,
            place: $place,
            why_not: cannot_edit,
            run: $run,
        }
    };
}

pub const COMMANDS: &[Command] = &[
    RED,
    AMBER,
    GREEN,
    BLUE,
    CLEAR,
    PICK,
    edit_row!("action.progress", "p", "progress", "Adds a dated progress entry.", Place::Footer(1), progress),
    edit_row!("action.target", "d", "target", "Moves the target date, with the reason.", Place::Footer(2), target),
    edit_row!("action.leads", "o", "leads", "Changes who leads the action.", Place::Footer(7), leads),
    edit_row!("action.via", "v", "via", "Changes the subgroup through which it is overseen.", Place::HelpOnly, via),
    edit_row!("action.text", "e", "text", "Changes the words of the action.", Place::HelpOnly, text),
    edit_row!("action.close", "c", "close", "Proposes closure, then agrees it, then reopens.", Place::HelpOnly, close),
    Command {
        name: "action.add",
        keys: &["+"],
        scope: Scope::Walk,
        label: "add",
        help: "Adds an action under the same recommendation.",
        place: Place::HelpOnly,
        why_not: cannot_edit,
        run: add,
    },
    Command {
        name: "flag.settle",
        keys: &["x"],
        scope: Scope::Walk,
        label: "settle doubt",
        help: "Marks the first doubt about the action as settled.",
        place: Place::HelpOnly,
        why_not: no_doubt,
        run: settle,
    },
    Command {
        name: "undo",
        keys: &["u"],
        scope: Scope::Everywhere,
        label: "undo",
        help: "Takes back the last change, then the one before it.",
        place: Place::HelpOnly,
        why_not: |model, _| cannot_write(model),
        run: |_, _| vec![Effect::Undo],
    },
    Command {
        name: "redo",
        keys: &["Ctrl-R"],
        scope: Scope::Everywhere,
        label: "redo",
        help: "Brings back what undo took away.",
        place: Place::HelpOnly,
        why_not: |model, _| cannot_write(model),
        run: |_, _| vec![Effect::Redo],
    },
];

/// Opens a form; what was typed into it earlier and never saved is offered.
fn open(model: &mut Model, mut form: Form) -> Vec<Effect> {
    form.kept = model.drafts.get(&form.draft_key()).cloned();
    model.overlays.push(Overlay::Form(form));
    Vec::new()
}

/// Opens a form about the action under the cursor.
fn open_on(model: &mut Model, world: World<'_>, make: impl FnOnce(&Action, String) -> Form) -> Vec<Effect> {
    let Some(action) = current(model, world) else { return Vec::new() };
    let reference = world.register.reference(action);
    open(model, make(action, reference))
}

fn progress(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    open_on(model, world, |action, reference| {
        let fields = vec![
            Field::new("Progress", Holds::Text, ""),
            Field::offering("Date", Holds::EntryDate, "today"),
            Field::new("From", Holds::Words, ""),
        ];
        Form::new(Kind::Progress, action.id, format!("Progress on {reference}"), fields)
    })
}

fn target(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    open_on(model, world, |action, reference| {
        let now: Vec<&str> = action.targets().iter().map(|target| target.raw.as_str()).collect();
        let fields =
            vec![Field::offering("Target", Holds::Target, now.join("; ")), Field::new("Reason", Holds::Words, "")];
        Form::new(Kind::Target, action.id, format!("Target of {reference}"), fields)
    })
}

fn leads(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    open_on(model, world, |action, reference| {
        let fields = vec![Field::new("Leads", parties(action.leads(), world), "")];
        Form::new(Kind::Leads, action.id, format!("Leads of {reference}"), fields)
    })
}

fn via(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    open_on(model, world, |action, reference| {
        let fields = vec![Field::new("Via", parties(action.via(), world), "")];
        Form::new(Kind::Via, action.id, format!("Overseen through, for {reference}"), fields)
    })
}

fn parties(leads: &[Lead], world: World<'_>) -> Holds {
    let names = leads.iter().map(|lead| world.register.party_name(lead.party).to_owned());
    Holds::Parties { chosen: names.collect(), pick: 0 }
}

fn text(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    open_on(model, world, |action, reference| {
        let fields = vec![Field::new("Action", Holds::Text, action.text())];
        Form::new(Kind::Text, action.id, format!("Words of {reference}"), fields)
    })
}

fn add(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    open_on(model, world, |action, reference| {
        let kind = Kind::NewAction { plan: action.plan, recommendation: action.recommendation };
        let number = action
            .recommendation
            .and_then(|id| world.register.recommendation(id))
            .map(crate::domain::recommendation::Recommendation::number);
        let title = match number {
            Some(number) => format!("New action under recommendation {number}"),
            None => format!("New action after {reference}"),
        };
        Form::new(kind, action.id, title, vec![Field::new("Action", Holds::Text, "")])
    })
}

fn close(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    open_on(model, world, |action, reference| {
        let (kind, title, label, text) = match action.closure.get() {
            None | Some(Closure::Open) => (Kind::ProposeClosure, "Propose closing", "Evidence", String::new()),
            Some(Closure::Proposed { evidence }) => {
                (Kind::AgreeClosure, "Agree to close", "Evidence seen", evidence.clone())
            }
            Some(Closure::Closed { .. }) => (Kind::Reopen, "Reopen", "Reason", String::new()),
        };
        Form::new(kind, action.id, format!("{title} {reference}"), vec![Field::new(label, Holds::Words, text)])
    })
}

fn no_doubt(model: &Model, world: World<'_>) -> Option<String> {
    cannot_write(model).or_else(|| no_action(model, world)).or_else(|| {
        let doubts = current(model, world).map_or(0, |action| action.flags().len());
        (doubts == 0).then(|| "Nothing about this action is in doubt".into())
    })
}

fn settle(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let Some(action) = current(model, world) else { return Vec::new() };
    vec![Effect::Write { intent: Intent::SettleFlag { action: action.id, index: 0 }, draft: None }]
}

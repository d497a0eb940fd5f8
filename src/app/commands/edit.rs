//! Changing the action under the cursor: rating, progress, target, leads, text, closing; and taking changes back.

use super::rate::{AMBER, BLUE, CLEAR, GREEN, PICK, RED};
use super::{cannot_edit, cannot_write, current, no_action};
use crate::app::command::{Command, Place, Scope};
use crate::app::model::{Effect, Model, World};
use crate::app::overlay::Overlay;
use crate::app::overlay::choice::{Choice, Chosen, Item};
use crate::app::overlay::field::{Field, Holds, Parties, Room};
use crate::app::overlay::form::{Form, Kind, Purpose};
use crate::app::screen::Screen;
use crate::domain::action::{Action, Closure, Lead};
use crate::domain::intent::Intent;
use crate::domain::query;

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
        name: "flag.settle",
        keys: &["y"],
        scope: Scope::Walk,
        label: "settle doubt",
        help: "Marks the first doubt about the action as settled; else puts a question about it aside, with the reason.",
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
        why_not: cannot_take_back,
        run: undo,
    },
    Command {
        name: "redo",
        keys: &["Ctrl-R"],
        scope: Scope::Everywhere,
        label: "redo",
        help: "Brings back what undo took away.",
        place: Place::HelpOnly,
        why_not: cannot_take_back,
        run: redo,
    },
];

/// In a review corrections are taken back, which write nothing.
fn cannot_take_back(model: &Model, _: World<'_>) -> Option<String> {
    if let Screen::Review(_) = model.screen { None } else { cannot_write(model) }
}

fn undo(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let Screen::Review(review) = &mut model.screen else { return vec![Effect::Undo] };
    let said = if review.undo(world) { "Taken back" } else { "Nothing is corrected here yet" };
    model.say(said);
    Vec::new()
}

fn redo(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let Screen::Review(review) = &mut model.screen else { return vec![Effect::Redo] };
    let said = if review.redo(world) { "Done again" } else { "Nothing was taken back here" };
    model.say(said);
    Vec::new()
}

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
            Field::new("From", speaker(action, world), ""),
        ];
        Form::new(Purpose::Change(Kind::Progress, action.id), format!("Progress on {reference}"), fields)
    })
}

/// Whose update it most likely is: in a meeting, that of the lead, where there is one.
fn speaker(action: &Action, world: World<'_>) -> Holds {
    let chosen = match (world.register.open_meeting(), action.leads()) {
        (Some(_), [lead]) => vec![world.register.party_name(lead.party).to_owned()],
        (Some(_) | None, _) => Vec::new(),
    };
    Holds::Parties(Parties { chosen, room: Room::Speaker, ..Parties::default() })
}

fn target(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    open_on(model, world, |action, reference| {
        let now: Vec<&str> = action.targets().iter().map(|target| target.raw.as_str()).collect();
        let fields =
            vec![Field::offering("Target", Holds::Target, now.join("; ")), Field::new("Reason", Holds::Words, "")];
        Form::new(Purpose::Change(Kind::Target, action.id), target_title(action, &reference), fields)
    })
}

fn target_title(action: &Action, reference: &str) -> String {
    match query::slips(action) {
        Some(slips) => format!("Target of {reference} · {slips}"),
        None => format!("Target of {reference}"),
    }
}

fn leads(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    open_on(model, world, |action, reference| {
        let fields = vec![Field::new("Leads", parties(action.leads(), world), "")];
        Form::new(Purpose::Change(Kind::Leads, action.id), format!("Leads of {reference}"), fields)
    })
}

fn via(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    open_on(model, world, |action, reference| {
        let fields = vec![Field::new("Via", parties(action.via(), world), "")];
        Form::new(Purpose::Change(Kind::Via, action.id), format!("Overseen through, for {reference}"), fields)
    })
}

fn parties(leads: &[Lead], world: World<'_>) -> Holds {
    let names = leads.iter().map(|lead| world.register.party_name(lead.party).to_owned());
    Holds::Parties(Parties { chosen: names.collect(), ..Parties::default() })
}

fn text(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    open_on(model, world, |action, reference| {
        let fields = vec![Field::new("Action", Holds::Text, action.text())];
        Form::new(Purpose::Change(Kind::Text, action.id), format!("Words of {reference}"), fields)
    })
}

fn close(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    open_on(model, world, |action, reference| {
        let (kind, title, label, text) = match action.closure.get() {
            None | Some(Closure::Open) => {
                (Kind::ProposeClosure, "What shows that it is done: propose closing", "Evidence", String::new())
            }
            Some(Closure::Proposed { evidence }) => {
                (Kind::AgreeClosure, "What evidence was seen: agree to close", "Evidence", evidence.clone())
            }
            Some(Closure::Closed { .. } | Closure::NotImplemented { .. }) => {
                (Kind::Reopen, "Reopen", "Reason", String::new())
            }
        };
        Form::new(
            Purpose::Change(kind, action.id),
            format!("{title} {reference}"),
            vec![Field::offering(label, Holds::Words, text)],
        )
    })
}

fn no_doubt(model: &Model, world: World<'_>) -> Option<String> {
    cannot_write(model).or_else(|| no_action(model, world)).or_else(|| {
        let doubts = current(model, world).map_or(0, |action| action.flags().len());
        (doubts == 0 && asked(model, world).is_empty()).then(|| "Nothing about this action is in doubt".into())
    })
}

/// What can be put aside of the action under the cursor: its challenges, and what is said to be much like it.
fn asked(model: &Model, world: World<'_>) -> Vec<String> {
    let action = current(model, world);
    action.map(|action| query::questions(world.register, action, world.today())).unwrap_or_default()
}

/// Settles the first doubt; where there is none, asks which question does not count, where there are several, and why.
fn settle(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let Some(action) = current(model, world) else { return Vec::new() };
    if action.flags().is_empty() {
        let questions = asked(model, world);
        return match questions.as_slice() {
            [] => Vec::new(),
            [only] => put_aside(model, only.clone(), world),
            [_, _, ..] => choose_question(model, questions),
        };
    }
    vec![Effect::Write { intent: Intent::SettleFlag { action: action.id, index: 0 }, draft: None }]
}

fn choose_question(model: &mut Model, questions: Vec<String>) -> Vec<Effect> {
    let items = questions.into_iter().map(|asked| Item::new(asked.clone(), Chosen::Question(asked))).collect();
    model.overlays.push(Overlay::Choice(Choice::new("Put which question aside?", items)));
    Vec::new()
}

/// Asks why a question does not count.
pub fn put_aside(model: &mut Model, question: String, world: World<'_>) -> Vec<Effect> {
    let Some(action) = current(model, world) else { return Vec::new() };
    let title = format!("Why this does not count for {}: {question}", world.register.reference(action));
    let fields = vec![Field::new("Reason", Holds::Text, "")];
    open(model, Form::new(Purpose::Change(Kind::Dismiss(question), action.id), title, fields))
}

//! Keys in a form: save, new line, next field, close.

use super::{mend, paper_file};
use crate::app::command::{Command, Place, Scope, always};
use crate::app::model::{Effect, Model, World};
use crate::app::overlay::Overlay;
use crate::app::overlay::field::Holds;
use crate::app::overlay::form::{Form, Purpose};
use crate::app::update::keep_drafts;

macro_rules! form_row {
    ($name:literal, $keys:expr, $label:literal, $help:literal, $place:expr, $run:expr) => {
        Command {
            name: $name,
            keys: $keys,
            scope: Scope::Form,
            label: $label,
            help: $help,
            place: $place,
            why_not: always,
            run: $run,
        }
    };
}

pub const COMMANDS: &[Command] = &[
    form_row!(
        "form.save",
        &["Enter"],
        "save",
        "Saves; in a list of parties, first takes the one found.",
        Place::Footer(0),
        save
    ),
    form_row!("form.new-line", &["Alt-Enter", "Ctrl-J"], "new line", "Begins a new line.", Place::Footer(3), new_line),
    form_row!("form.next", &["Tab"], "next field", "Goes to the next field.", Place::Footer(2), |m, w| turn(m, 1, w)),
    form_row!("form.previous", &["BackTab"], "previous", "Goes to the field before.", Place::HelpOnly, |m, w| turn(
        m, -1, w
    )),
    form_row!(
        "form.close",
        &["Esc", "Ctrl-C"],
        "keep for later",
        "Closes; what is typed is kept.",
        Place::Footer(1),
        close
    ),
    Command {
        name: "form.bring-back",
        keys: &["Ctrl-Y"],
        scope: Scope::Form,
        label: "bring back",
        help: "Brings back what was typed here earlier and never saved.",
        place: Place::Footer(0),
        why_not: nothing_kept,
        run: bring_back,
    },
    form_row!("form.discard", &["Ctrl-D"], "discard", "Closes and throws the draft away.", Place::HelpOnly, discard),
];

fn form_mut(model: &mut Model) -> Option<&mut Form> {
    match model.overlays.last_mut() {
        Some(Overlay::Form(form)) => Some(form),
        Some(Overlay::Choice(_) | Overlay::Line(_) | Overlay::Help(_) | Overlay::Reading(_)) | None => None,
    }
}

fn save(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let Some(form) = form_mut(model) else { return Vec::new() };
    if form.take_suggestion(world) {
        return Vec::new();
    }
    if form.wants_reason() {
        form.turn(1, world);
        model.say("Why is it moved? Enter again saves; without a reason, if you like");
        return Vec::new();
    }
    match &form.purpose {
        Purpose::Change(..) | Purpose::Meet(_) | Purpose::Accept(..) | Purpose::Mark(_) => write(model, world),
        Purpose::Mend(mending) => {
            let mending = *mending;
            mend::save(model, mending, world)
        }
        Purpose::Export(format) => {
            let format = *format;
            paper_file::write(model, format)
        }
    }
}

fn write(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let Some(form) = form_mut(model) else { return Vec::new() };
    match form.intent(world) {
        None => Vec::new(),
        Some(Ok(intent)) => {
            form.sent = true;
            let draft = Some(form.draft_key());
            let mut effects = keep_drafts(model);
            effects.push(Effect::Write { intent, draft });
            effects
        }
        Some(Err(problem)) => {
            form.problem = Some(problem);
            keep_drafts(model)
        }
    }
}

fn nothing_kept(model: &Model, _: World<'_>) -> Option<String> {
    match model.overlays.last() {
        Some(Overlay::Form(Form { kept: Some(_), .. })) => None,
        Some(_) | None => Some("Nothing that was typed here is waiting".into()),
    }
}

fn bring_back(model: &mut Model, _: World<'_>) -> Vec<Effect> {
    if let Some(form) = form_mut(model) {
        form.bring_back();
    }
    Vec::new()
}

fn new_line(model: &mut Model, _: World<'_>) -> Vec<Effect> {
    if let Some(form) = form_mut(model) {
        if let Some(field) = form.field_mut()
            && field.holds == Holds::Text
        {
            field.editor.insert("\n");
        }
        form.typed();
    }
    Vec::new()
}

fn turn(model: &mut Model, by: isize, world: World<'_>) -> Vec<Effect> {
    if let Some(form) = form_mut(model) {
        form.turn(by, world);
    }
    Vec::new()
}

fn close(model: &mut Model, _: World<'_>) -> Vec<Effect> {
    let effects = keep_drafts(model);
    let kept = form_mut(model).is_some_and(|form| !form.draft_is_blank());
    let key = form_mut(model).map(|form| form.draft_key());
    model.overlays.pop();
    match key {
        Some(key) if kept && model.drafts.contains_key(&key) => {
            model.say("What you typed is kept; the same key offers it");
        }
        Some(_) | None => {}
    }
    effects
}

fn discard(model: &mut Model, _: World<'_>) -> Vec<Effect> {
    let Some(key) = form_mut(model).map(|form| form.draft_key()) else { return Vec::new() };
    model.overlays.pop();
    model.drafts.remove(&key);
    vec![Effect::ForgetDraft { key }]
}

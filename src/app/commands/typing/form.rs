//! Keys in a form: save, new line, next field, close.

use crate::app::command::{self, Command, Footer};
use crate::app::commands::paper::{chasing, file};
use crate::app::commands::review::mend;
use crate::app::commands::{erasing, naming, updates};
use crate::app::message::{Effect, World};
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::overlay::field::{Holds, Room, Taken};
use crate::app::overlay::form::{Meet, Purpose};
use crate::app::overlay::suggest::Suggestion;
use crate::app::scope::Scope;
use crate::text::{self, counted};

/// How much of a discarded text is said.
const DISCARDED_COLS: usize = 40;

const ROW: Command = Command { scopes: &[Scope::Form], ..command::ROW };

pub const COMMANDS: &[Command] = &[
    Command {
        name: "form.save",
        keys: &["Enter"],
        label: "save",
        help: "Save; in a list of agencies, first add the one found. The key line says which.",
        footer: Footer::Rank(0),
        label_now: what_enter_does,
        run: save,
        ..ROW
    },
    Command {
        // Windows makes the window fill the screen at Alt-Enter, and some terminals do too.
        name: "form.new-line",
        keys: &["Ctrl-J", "Ctrl-Enter", "Alt-Enter"],
        label: "new line",
        help: "Start a new line.",
        footer: Footer::Rank(3),
        run: new_line,
        ..ROW
    },
    Command {
        name: "form.next",
        keys: &["Tab"],
        label: "next field",
        help: "Go to the next field.",
        footer: Footer::Rank(2),
        run: |m, w| turn(m, 1, w),
        ..ROW
    },
    Command {
        name: "form.previous",
        keys: &["BackTab"],
        label: "previous",
        help: "Go to the previous field.",
        run: |m, w| turn(m, -1, w),
        ..ROW
    },
    Command {
        name: "form.close",
        keys: &["Esc", "Ctrl-C"],
        label: "keep for later",
        help: "Close; what you typed is kept.",
        footer: Footer::Rank(1),
        run: close,
        ..ROW
    },
    Command {
        name: "form.bring-back",
        keys: &["Ctrl-Y"],
        label: "bring back",
        help: "Restore text typed here earlier and not saved.",
        footer: Footer::Rank(0),
        why_not: nothing_kept,
        run: bring_back,
        ..ROW
    },
    Command {
        name: "form.discard",
        keys: &["Ctrl-D"],
        label: "discard",
        help: "Close and discard what is typed here; where nothing is, the text offered from earlier.",
        run: discard,
        ..ROW
    },
];

fn save(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let Some(form) = model.form_mut() else { return Vec::new() };
    if form.take_suggestion(world) != Taken::Nothing {
        return Vec::new();
    }
    // What will be refused is refused at once.
    let is_refused = form.is_refused(world);
    if !is_refused && form.wants_reason() {
        form.turn(1, world);
        model.say("Why is it moved? Press Enter again to save, with or without a reason");
        return Vec::new();
    }
    if !is_refused && form.wants_evidence() {
        form.is_asked = true;
        form.focus = 0;
        model.say("No evidence is given that it is done: type it, or press Enter again to go on without");
        return Vec::new();
    }
    match &form.purpose {
        Purpose::Change(..)
        | Purpose::ChangeEach(..)
        | Purpose::Meet(_)
        | Purpose::Schedule(_)
        | Purpose::Accept(..)
        | Purpose::Mark(_)
        | Purpose::Retain(_)
        | Purpose::Correct(_) => write(model, world),
        Purpose::Mend(mending) => {
            let mending = *mending;
            mend::save(model, mending, world)
        }
        Purpose::Erase(what) => {
            let what = what.clone();
            erasing::ask_again(model, what, world)
        }
        Purpose::Decline(_) => updates::decline(model),
        Purpose::Export(format) => {
            let format = *format;
            file::write(model, format, world)
        }
        Purpose::Chase => chasing::write(model, world),
        Purpose::Name => naming::save(model),
        // Its keys are its own.
        Purpose::Unseal(_) => Vec::new(),
    }
}

fn write(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let Some(form) = model.form_mut() else { return Vec::new() };
    match form.intent(world) {
        None => Vec::new(),
        Some(Ok(intent)) => {
            form.sent = true;
            let draft = Some(form.draft_key());
            let mut effects = model.keep_drafts();
            effects.push(Effect::Write { intent, draft });
            effects
        }
        Some(Err(problem)) => {
            form.problem = Some(problem);
            model.keep_drafts()
        }
    }
}

fn nothing_kept(model: &Model, _: World<'_>) -> Option<String> {
    match model.under_help() {
        Some(Overlay::Form(form)) if !form.kept.is_empty() => None,
        Some(_) | None => Some("There is no unsaved text from earlier".into()),
    }
}

fn bring_back(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let effects = model.keep_drafts();
    if let Some(form) = model.form_mut() {
        form.bring_back(world);
    }
    effects
}

fn new_line(model: &mut Model, _: World<'_>) -> Vec<Effect> {
    if let Some(form) = model.form_mut() {
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
    let Some(form) = model.form_mut() else { return Vec::new() };
    if form.turn(by, world) {
        return Vec::new();
    }
    let save = model.keymap.key_of("form.save");
    let does = what_enter_does(model, world).unwrap_or("save");
    match by {
        1.. => model.say(format!("This is the last field: {save} to {does}")),
        _ => model.say("This is the first field"),
    }
    Vec::new()
}

/// What Enter does now, where that is not to save.
fn what_enter_does(model: &Model, world: World<'_>) -> Option<&'static str> {
    let Some(Overlay::Form(form)) = model.overlays.last() else { return None };
    let field = form.fields.get(form.focus)?;
    if let Holds::Parties(parties) = &field.holds
        && let Some(suggestion) = field.suggestion(world)
    {
        return Some(match (suggestion, parties.room) {
            (Suggestion::Ask(_), _) => "answer",
            (_, Room::OneBody | Room::OneParty | Room::Speaker) => "choose",
            (_, Room::Several | Room::Bodies | Room::People) => "add",
        });
    }
    match form.purpose {
        _ if form.wants_reason() && !form.is_refused(world) => Some("say why"),
        Purpose::Meet(Meet::Begin { .. }) => Some("start the meeting"),
        Purpose::Meet(Meet::End) => Some("end the meeting"),
        Purpose::Erase(_) => Some("go on"),
        Purpose::Unseal(_) => Some("open"),
        Purpose::Change(..)
        | Purpose::ChangeEach(..)
        | Purpose::Schedule(_)
        | Purpose::Meet(_)
        | Purpose::Accept(..)
        | Purpose::Mark(_)
        | Purpose::Retain(_)
        | Purpose::Correct(_)
        | Purpose::Mend(_)
        | Purpose::Decline(_)
        | Purpose::Export(_)
        | Purpose::Chase
        | Purpose::Name => None,
    }
}

fn close(model: &mut Model, _: World<'_>) -> Vec<Effect> {
    if model.form_mut().is_some_and(|form| form.purpose == Purpose::Name) {
        naming::leave(model);
        return Vec::new();
    }
    let effects = model.keep_drafts();
    let key = model.form_mut().filter(|form| !form.draft_is_blank()).map(|form| form.draft_key());
    model.overlays.pop();
    if key.is_some_and(|key| model.drafts.contains_key(&key)) {
        let back = model.keymap.key_of("form.bring-back");
        model.say(format!("What you typed is kept; open this again, and {back} brings it back"));
    }
    effects
}

fn discard(model: &mut Model, _: World<'_>) -> Vec<Effect> {
    let Some(form) = model.form_mut() else { return Vec::new() };
    let is_anything = !form.draft_is_blank() || form.go_to_kept();
    let (key, words, left) = (form.draft_key(), text::one_line(&form.draft_words()), form.kept.len());
    model.overlays.pop();
    model.drafts.remove(&key);
    if is_anything {
        let left = if left == 0 { String::new() } else { format!("; {} still kept", counted(left, "earlier text")) };
        model.say(format!("Discarded: “{}”{left}", text::truncate(&words, DISCARDED_COLS)));
    }
    vec![Effect::ForgetDraft { key }]
}

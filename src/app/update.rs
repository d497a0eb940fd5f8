//! Handles a message: changes the model and returns effects.

use super::commands::history::past;
use super::commands::paper::file;
use super::commands::review::reading;
use super::commands::typing::line;
use super::commands::walk::{closing, marks};
use super::commands::{cannot_write, erasing, everywhere, history, hub, meeting, merging, naming, unsealing, updates};
use super::key::{Input, Key};
use super::keymap::Keymap;
use super::layout::{self, Size};
use super::message::{Effect, Msg, ReportRequest, Reviewed, World};
use super::model::{Curtain, Model, Toast};
use super::overlay::Overlay;
use super::screen::Screen;
use super::screen::paper::Paper;
use super::screen::review::Review;
use crate::domain::change::{Batch, Cause, Change, Kind, Op, Value};
use crate::domain::id::Id;
use crate::problem::Problem;
use crate::report::document::Document;
use crate::text::counted;

/// Handles one message.
pub fn update(model: &mut Model, msg: Msg, world: World<'_>) -> Vec<Effect> {
    let effects = handle(model, msg, world);
    if model.past.is_none() {
        model.pace.follow(&model.screen, world);
    }
    effects
}

fn handle(model: &mut Model, msg: Msg, world: World<'_>) -> Vec<Effect> {
    match msg {
        Msg::Input(input) => on_input(model, input, world),
        Msg::Command(name) => on_command(model, name, world),
        Msg::Saved { batch, sentence, refused } => on_saved(model, (&batch, &sentence, &refused), world),
        Msg::Failed(problem) => on_failed(model, problem, world),
        Msg::News(sentences) => on_news(model, &sentences, world),
        Msg::Notice(sentence) => on_notice(model, sentence),
        Msg::Pause => model.keep_drafts(),
        Msg::Paper(request, document) => on_paper(model, *request, *document),
        Msg::Exported { path, to_check } => on_exported(model, path, to_check),
        Msg::InTheWay(export) => {
            file::in_the_way(model, *export);
            Vec::new()
        }
        Msg::History(subject, entries) => {
            history::show(model, subject, entries, world);
            Vec::new()
        }
        Msg::PastShown(look) => {
            past::past_shown(model, *look, world);
            Vec::new()
        }
        Msg::PresentShown => past::present_shown(model, world),
        Msg::Waiting(waiting) => {
            merging::wait(model, waiting);
            Vec::new()
        }
        Msg::Sealed { path } => unsealing::ask(model, path),
        Msg::Suspect(problem) => {
            merging::suspect(model, problem);
            Vec::new()
        }
        Msg::Offered(offer) => {
            reading::end(model);
            unsealing::end(model);
            merging::offer(model, *offer);
            Vec::new()
        }
        Msg::Merged(sentence, waiting) => {
            model.standing.waiting = waiting;
            merging::merged(model, sentence, world);
            Vec::new()
        }
        Msg::Hub(news, is_answer) => hub::heard(model, news, is_answer),
        Msg::Erased(sentence) => erasing::erased(model, sentence, world),
        Msg::Conflicts(on, conflicts) => {
            merging::ask(model, on, conflicts);
            Vec::new()
        }
        Msg::AskName => naming::ask(model),
        Msg::Named(name) => naming::end(model, &name),
        Msg::Proposer { action, by } => closing::agree(model, action, &by, world),
        Msg::Updates(waiting) => updates::ask(model, waiting, world),
        Msg::Read(read) => on_read(model, *read, world),
        Msg::StillReading(taken) => on_reading(model, taken),
    }
}

fn on_reading(model: &mut Model, taken: u64) -> Vec<Effect> {
    if let Some(Overlay::Reading(reading)) = model.overlays.last_mut() {
        reading.taken = taken;
    }
    Vec::new()
}

fn on_notice(model: &mut Model, sentence: String) -> Vec<Effect> {
    reading::end(model);
    unsealing::end(model);
    model.say(sentence);
    Vec::new()
}

fn on_input(model: &mut Model, input: Input, world: World<'_>) -> Vec<Effect> {
    let is_touch = !matches!(input, Input::Resize { .. } | Input::Redraw);
    if is_touch && std::mem::take(&mut model.curtain) == Curtain::Drawn {
        return Vec::new();
    }
    match input {
        // What no one can see is not changed.
        Input::Key(key) if layout::is_too_small(model.size) && !leaves(model, key) => Vec::new(),
        Input::Paste(_) if layout::is_too_small(model.size) => Vec::new(),
        Input::Key(key) => on_key(model, key, world),
        Input::Paste(text) => on_text(model, &text, world),
        Input::Resize { cols, rows } => {
            model.size = Size { cols, rows };
            model.keep_in_view();
            Vec::new()
        }
        Input::Wheel { lines, .. } => {
            if model.overlays.is_empty() {
                model.screen.scroll(lines, model.size);
            }
            Vec::new()
        }
        Input::Click { col, row } => {
            if model.overlays.is_empty() {
                model.screen.click(col, row, model.size);
            }
            Vec::new()
        }
        Input::Redraw => vec![Effect::Redraw],
    }
}

/// Whether a key leaves or closes something, which it does in a window of any size.
fn leaves(model: &Model, key: Key) -> bool {
    let command = model.keymap.command(model.listening(), key);
    let closes = |name: &str| name.rsplit('.').next() == Some("close");
    command.is_some_and(|command| ["quit", "suspend", "redraw"].contains(&command.name) || closes(command.name))
}

fn on_key(model: &mut Model, key: Key, world: World<'_>) -> Vec<Effect> {
    forget_remark(model);
    match model.keymap.command(model.listening(), key) {
        Some(command) => command.press(model, world),
        None => on_other_key(model, key, world),
    }
}

fn on_command(model: &mut Model, name: &str, world: World<'_>) -> Vec<Effect> {
    forget_remark(model);
    let command = model.keymap.named(name).map(|binding| binding.command);
    command.map_or_else(Vec::new, |command| command.press(model, world))
}

/// A remark lasts until the next key; what was saved, until there is something else to say.
fn forget_remark(model: &mut Model) {
    match model.toast {
        Some(Toast::Said(_) | Toast::Refused(_)) => model.toast = None,
        Some(Toast::Saved(_)) | None => {}
    }
}

/// A key that is not a command goes to the text being typed, if any.
fn on_other_key(model: &mut Model, key: Key, world: World<'_>) -> Vec<Effect> {
    match model.overlays.last_mut() {
        Some(Overlay::Form(form)) => form.press(key, world),
        Some(Overlay::Choice(choice)) => choice.press(key),
        Some(Overlay::Line(line)) => {
            line.press(key);
            line::preview(model, world);
        }
        Some(Overlay::Help(help)) => help.press(key),
        Some(Overlay::Reading(_) | Overlay::Splitting(_)) | None => {}
    }
    Vec::new()
}

fn on_text(model: &mut Model, text: &str, world: World<'_>) -> Vec<Effect> {
    match model.overlays.last_mut() {
        Some(Overlay::Form(form)) => form.paste(text, world),
        Some(Overlay::Choice(choice)) => choice.paste(text),
        Some(Overlay::Line(line)) => {
            line.paste(text);
            line::preview(model, world);
        }
        None if is_path(text, world) => match cannot_write(model, world) {
            Some(reason) => model.say(reason),
            None => return everywhere::read(model, text.trim().to_owned()),
        },
        Some(Overlay::Help(_) | Overlay::Reading(_) | Overlay::Splitting(_)) | None => {
            model.say("Nowhere to paste this; open a form first");
        }
    }
    Vec::new()
}

/// Whether pasted text is the path of a document, which terminals paste when a file is dropped on them.
fn is_path(text: &str, world: World<'_>) -> bool {
    let path = text.trim().trim_matches(['"', '\'']);
    !path.contains('\n') && (world.is_document)(path)
}

/// The hint for a document in which no column was recognised as actions.
fn no_plan(keymap: &Keymap) -> String {
    let (say, back) = (keymap.key_of("columns.choose"), keymap.key_of("columns.close"));
    format!("If it is one, {say} sets what a column holds; {back} {back} closes without importing.")
}

/// A document has been read: it is shown for review or, after a change of column mappings, replaces its earlier
/// version.
fn on_read(model: &mut Model, read: Reviewed, world: World<'_>) -> Vec<Effect> {
    reading::end(model);
    match &mut model.screen {
        Screen::Review(review) if review.path == read.path => {
            review.read_again(read.draft, world);
            model.say(format!("Read again; {} undoes this", model.keymap.key_of("undo")));
        }
        Screen::Review(_)
        | Screen::Walk(_)
        | Screen::Plans(_)
        | Screen::Welcome(_)
        | Screen::Paper(_)
        | Screen::History(_) => {
            // The last saved change belongs to another screen, and so does undoing it.
            model.toast = None;
            let notes = read.notes.join("; ");
            let review = Review::new(read, world);
            let asked = if review.columns.is_some() { no_plan(&model.keymap) } else { String::new() };
            let said = format!("{notes} {asked}");
            if !said.trim().is_empty() {
                model.say(said.trim());
            }
            model.show(Screen::Review(Box::new(review)));
        }
    }
    model.keep_in_view();
    Vec::new()
}

fn on_saved(
    model: &mut Model,
    (batch, sentence, refused): (&Batch, &str, &[Problem]),
    world: World<'_>,
) -> Vec<Effect> {
    close_spent_form(model);
    match &model.screen {
        Screen::Welcome(_) => model.show(Screen::first(world)),
        Screen::Review(review) => model.show(Screen::of_plan(review.home(), world)),
        Screen::Walk(_) | Screen::Plans(_) | Screen::Paper(_) | Screen::History(_) => {}
    }
    keep_what_changed(model, batch, world);
    match only_words(batch, world) {
        Some(changed) => model.refresh_changed(&changed, world),
        None => model.refresh(world),
    }
    let hint = meeting::agenda::follow(model, batch, world);
    if let Some(id) = added(batch)
        && world.register.open_meeting().is_none()
    {
        model.screen.go_to(id, model.size);
    }
    model.answer(Toast::Saved(format!("{sentence}, saved")));
    model.elsewhere = hint;
    marks::tell_left(model, batch, refused);
    model.asked_again()
}

/// The action added by this user, if any. Where an action was split, or closed to be done again, it stays the one looked at.
fn added(batch: &Batch) -> Option<Id> {
    let is_reworded = |change: &Change| matches!(change.op, Op::Set { value: Value::Text(_) | Value::Closure(_), .. });
    if batch.changes.iter().any(is_reworded) {
        return None;
    }
    let is_action = |change: &&Change| matches!(change.op, Op::Add { kind: Kind::Action { .. }, .. });
    let mut added = batch.changes.iter().filter(is_action).map(|change| change.id);
    matches!(batch.cause, Cause::Edit).then(|| added.next()).flatten()
}

/// Shows a requested report; one already on the screen is updated.
fn on_paper(model: &mut Model, request: ReportRequest, document: Document) -> Vec<Effect> {
    match &mut model.screen {
        Screen::Paper(paper) if paper.request == request => paper.update(document),
        Screen::Paper(_)
        | Screen::Walk(_)
        | Screen::Plans(_)
        | Screen::Welcome(_)
        | Screen::Review(_)
        | Screen::History(_) => {
            model.open(Screen::Paper(Box::new(Paper::new(request, document))));
        }
    }
    model.keep_in_view();
    Vec::new()
}

/// Nothing was written: the form stays open with its text and shows why.
fn on_failed(model: &mut Model, problem: Problem, world: World<'_>) -> Vec<Effect> {
    if reading::end(model)
        && let Screen::Review(review) = &mut model.screen
    {
        review.forget_columns(world);
    }
    if let Some(Overlay::Form(form)) = model.overlays.last_mut()
        && form.sent
    {
        form.refuse(problem.clone());
    }
    model.refuse(problem);
    Vec::new()
}

/// The actions whose own fields and progress the batch changed, if it changed nothing else: then all other lines of the
/// list are unaffected.
fn only_words(batch: &Batch, world: World<'_>) -> Option<Vec<Id>> {
    let action = |change: &Change| match &change.op {
        Op::Set { on, value: Value::Withdrawn(_), .. } => world.register.entry(*on).map(|(action, _)| action.id),
        Op::Set { on, .. } => world.register.action(*on).map(|action| action.id),
        Op::Add { kind: Kind::Entry { action, .. }, .. } => Some(*action),
        Op::Add { .. } | Op::Unknown { .. } | Op::Erase { .. } | Op::Absent => None,
    };
    let mut changed = batch.changes.iter().map(action).collect::<Option<Vec<Id>>>()?;
    changed.sort_unstable();
    changed.dedup();
    Some(changed)
}

/// Keeps just-changed actions in the list, whatever the filter.
fn keep_what_changed(model: &mut Model, batch: &Batch, world: World<'_>) {
    let Some(walk) = model.screen.walk_mut() else { return };
    for change in &batch.changes {
        match &change.op {
            // To be asked is not to be changed.
            Op::Set { value: Value::Asked(_), .. } => {}
            Op::Set { on, .. } => walk.keep(world.register.entry(*on).map_or(*on, |(action, _)| action.id)),
            Op::Add { kind: Kind::Entry { action, .. }, .. } => walk.keep(*action),
            Op::Add { kind: Kind::Action { .. }, .. } if matches!(batch.cause, Cause::Edit) => walk.keep(change.id),
            Op::Add { .. } | Op::Unknown { .. } | Op::Erase { .. } | Op::Absent => {}
        }
    }
}

/// Closes a form whose text is now on disk, along with its draft.
fn close_spent_form(model: &mut Model) {
    if let Some(Overlay::Form(form)) = model.overlays.last()
        && form.sent
    {
        model.drafts.remove(&form.draft_key());
        model.overlays.pop();
    }
}

/// The report is written; the form that requested it closes.
fn on_exported(model: &mut Model, path: String, to_check: usize) -> Vec<Effect> {
    let spent = match model.overlays.last() {
        Some(Overlay::Form(form)) if form.sent => Some(form.draft_key()),
        Some(_) | None => None,
    };
    close_spent_form(model);
    let check = if to_check == 0 { String::new() } else { format!("; check {} by eye", counted(to_check, "name")) };
    let keys = ["paper.open", "paper.folder"].map(|name| model.keymap.key_of(name));
    model.say(format!("Saved to {path}{check}; {} opens it, {} its folder", keys[0], keys[1]));
    model.written = Some(path);
    spent.into_iter().map(|key| Effect::ForgetDraft { key }).collect()
}

fn on_news(model: &mut Model, sentences: &[String], world: World<'_>) -> Vec<Effect> {
    model.refresh(world);
    meeting::agenda::leave_if_over(model, world);
    match sentences {
        [] => {}
        [one] => model.say_of_others(format!("Changed elsewhere: {one}")),
        [.., last] => {
            model.say_of_others(format!("{} changes elsewhere, most recently: {last}", sentences.len()));
        }
    }
    model.asked_again()
}

//! Erasing words for ever: what, on what ground, and asked once more before it is done.

use super::{cannot_write, current, no_action};
use crate::app::command::{self, Command, Whose};
use crate::app::message::{Effect, World};
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::overlay::choice::{Choice, ChoiceOption, Chosen};
use crate::app::overlay::field::{FormField, Holds};
use crate::app::overlay::form::{Form, Purpose};
use crate::app::scope::Scope;
use crate::domain::erasing::Erasing;
use crate::problem::Problem;
use crate::text;

const ROW: Command = Command { scopes: &[Scope::Walk], ..command::ROW };

pub const COMMANDS: &[Command] = &[Command {
    name: "words.erase",
    whose: Whose::Board,
    label: "erase words",
    help: "Erase words that the law requires to be erased, for ever, on a ground that the record keeps.",
    also: "delete gdpr redact forget",
    why_not: |model, world| cannot_write(model, world).or_else(|| no_action(model, world)),
    run: choose,
    ..ROW
}];

/// What is erased: an entry of the selected action, every text about it, or words wherever they stand.
fn choose(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let Some(action) = current(model, world) else { return Vec::new() };
    let reference = world.register.reference(action);
    let entries = action.progress().map(|entry| {
        let date = entry.said.date.map_or_else(|| "undated".to_owned(), |date| date.to_string());
        let label = format!("{date}  {}", text::one_line(&entry.said.text));
        ChoiceOption::new(label, Chosen::Erase(Some(Erasing::Entry(entry.id))))
    });
    let all =
        ChoiceOption::new(format!("Every text about {reference}"), Chosen::Erase(Some(Erasing::Action(action.id))));
    let words = ChoiceOption::new("Some words, wherever they stand", Chosen::Erase(None));
    let items = entries.chain([all, words]).collect();
    model.overlays.push(Overlay::Choice(Choice::new("Erase what?", items)));
    Vec::new()
}

/// Asks for the ground, and for the words where none are chosen.
pub fn ask_ground(model: &mut Model, erasing: Option<Erasing>, world: World<'_>) -> Vec<Effect> {
    let title = match &erasing {
        Some(erasing) => format!("Erase {} for ever: on what ground?", erasing.label(world.register)),
        None => "Erase words wherever they stand, for ever".to_owned(),
    };
    let words = erasing.is_none().then(|| FormField::new("Words", Holds::Words, ""));
    let fields = words.into_iter().chain([FormField::new("Ground", Holds::Words, "")]).collect();
    model.open_form(Form::new(Purpose::Erase(erasing), title, fields))
}

/// The form is filled in: asked once more, with what it comes to.
pub fn ask_again(model: &mut Model, erasing: Option<Erasing>, world: World<'_>) -> Vec<Effect> {
    let Some(form) = model.form_mut() else { return Vec::new() };
    let typed: Vec<String> = form.fields.iter().map(|field| field.editor.text().trim().to_owned()).collect();
    let (words, ground) = match typed.as_slice() {
        [words, ground] => (words.clone(), ground.clone()),
        [ground] => (String::new(), ground.clone()),
        _ => return Vec::new(),
    };
    if ground.is_empty() {
        form.problem = Some(Problem::new("Nothing was erased", "an erasure needs its ground", "The record keeps it."));
        return Vec::new();
    }
    let erasing = erasing.unwrap_or(Erasing::Words(words));
    let title = format!("Nothing brings back {}", erasing.label(world.register));
    let keep = ChoiceOption::new("Keep it", Chosen::Nothing);
    let erase = ChoiceOption::new("Erase it for ever", Chosen::EraseForEver(erasing, ground));
    model.overlays.push(Overlay::Choice(Choice::new(title, vec![keep, erase])));
    Vec::new()
}

/// It is done: the form closes, and everything is read again.
pub fn erased(model: &mut Model, sentence: String, world: World<'_>) -> Vec<Effect> {
    let mut effects = Vec::new();
    if let Some(Overlay::Form(form)) = model.overlays.last() {
        let key = form.draft_key();
        model.drafts.remove(&key);
        model.overlays.pop();
        effects.push(Effect::ForgetDraft { key });
    }
    model.toast = None;
    model.refresh(world);
    model.say(sentence);
    model.keep_in_view();
    effects
}

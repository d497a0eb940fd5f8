//! What agencies wrote in their own copies: a list to accept into the meeting, or to set back with a reason.

use crate::app::command::{self, Command, Whose};
use crate::app::commands::cannot_write;
use crate::app::message::{Effect, World};
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::overlay::choice::{Choice, ChoiceOption, Chosen, UpdateStep};
use crate::app::overlay::field::{FormField, Holds};
use crate::app::overlay::form::{Form, Purpose};
use crate::app::scope::Scope;
use crate::domain::intent::Intent;
use crate::domain::meeting::Receipt;
use crate::domain::updates::{self, Update};
use crate::text;

const ROW: Command = Command { scopes: &[Scope::Walk, Scope::Plans], ..command::ROW };

pub const COMMANDS: &[Command] = &[Command {
    name: "updates",
    whose: Whose::Board,
    keys: &["U"],
    label: "agencies' updates",
    help: "Show what agencies wrote in their own copies, to accept into the meeting or to set back.",
    also: "returns answers incoming",
    why_not: cannot_write,
    run: |_, _| vec![Effect::AskUpdates],
    ..ROW
}];

/// Lists what waits. Without an open meeting it can only be read.
pub fn ask(model: &mut Model, waiting: Vec<Update>, world: World<'_>) -> Vec<Effect> {
    let register = world.register;
    let Some(summary) = updates::summary(register, &waiting) else {
        model.say("No agency has sent anything that is still to be accepted");
        return Vec::new();
    };
    let key = model.keymap.key_of("meeting.open");
    let no_meeting = register.open_meeting().is_none().then(|| format!("Start a meeting with {key} to accept it"));
    let all: Vec<Receipt> = waiting.iter().map(|update| update.of).collect();
    let accept_all = format!("Accept all {}", waiting.len());
    let all = (all.len() > 1).then(|| ChoiceOption {
        why_not: no_meeting.clone(),
        ..ChoiceOption::new(accept_all, Chosen::Update(UpdateStep::Accept { these: all, left: 0 }))
    });
    let left = waiting.len() - 1;
    let each = waiting.into_iter().map(|update| {
        let line = text::one_line(&update.line(register));
        let step = UpdateStep::Look { update: Box::new(update), left };
        ChoiceOption { why_not: no_meeting.clone(), ..ChoiceOption::new(line, Chosen::Update(step)) }
    });
    let items = all.into_iter().chain(each).collect();
    model.overlays.push(Overlay::Choice(Choice::new(summary, items)));
    Vec::new()
}

/// What is done with it.
pub fn decide(model: &mut Model, step: UpdateStep, world: World<'_>) -> Vec<Effect> {
    match step {
        UpdateStep::Look { update, left } => {
            let title = text::one_line(&update.line(world.register));
            let accept = Chosen::Update(UpdateStep::Accept { these: vec![update.of], left });
            let items = vec![
                ChoiceOption::new("Accept it into the meeting", accept),
                ChoiceOption::new("Do not accept it: set it back", Chosen::Update(UpdateStep::Decline(update))),
                ChoiceOption::new("Leave it for now", Chosen::Nothing),
            ];
            model.overlays.push(Overlay::Choice(Choice::new(title, items)));
            Vec::new()
        }
        UpdateStep::Accept { these, left } => {
            let write = Effect::Write { intent: Intent::Receive { updates: these }, draft: None };
            std::iter::once(write).chain((left > 0).then_some(Effect::AskUpdates)).collect()
        }
        UpdateStep::Decline(update) => {
            let title = format!("Not accepted: {}", text::one_line(&update.sentence));
            let field = FormField::new("Reason", Holds::Text, "");
            model.open_form(Form::new(Purpose::Decline(update), title, vec![field]))
        }
    }
}

/// The form is filled in.
pub fn decline(model: &mut Model) -> Vec<Effect> {
    let Some(form) = model.form_mut() else { return Vec::new() };
    let Purpose::Decline(update) = &form.purpose else { return Vec::new() };
    let update = update.clone();
    let reason = form.fields.first().map(|field| field.editor.text().to_owned()).unwrap_or_default();
    form.sent = true;
    let draft = form.draft_key();
    let mut effects = model.keep_drafts();
    effects.push(Effect::Decline { update, reason, draft });
    effects
}

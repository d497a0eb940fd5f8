//! Asks for the passphrase of a sealed bundle, before what it brings can be shown.

use std::path::Path;

use crate::app::command::{self, Command, Footer};
use crate::app::commands::review::reading;
use crate::app::message::{Effect, World};
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::overlay::field::{FormField, Holds};
use crate::app::overlay::form::{Form, Purpose};
use crate::app::scope::Scope;
use crate::problem::Problem;
use crate::seal::Secret;

const ROW: Command = Command { scopes: &[Scope::Secret], ..command::ROW };

pub const COMMANDS: &[Command] = &[
    Command {
        name: "secret.open",
        keys: &["Enter"],
        label: "open",
        help: "Open the sealed bundle with the passphrase typed.",
        footer: Footer::Rank(0),
        run: open,
        ..ROW
    },
    Command {
        name: "secret.close",
        keys: &["Esc", "Ctrl-C"],
        label: "close",
        help: "Close without opening it; nothing typed is kept.",
        footer: Footer::Rank(1),
        run: close,
        ..ROW
    },
];

/// Opens the form. What is typed in it is kept nowhere.
pub fn ask(model: &mut Model, path: String) -> Vec<Effect> {
    reading::end(model);
    let name = Path::new(&path).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let field = FormField::new("Passphrase", Holds::Secret, "");
    let form = Form::new(Purpose::Unseal(path), format!("{name} is sealed with a passphrase"), vec![field]);
    model.overlays.push(Overlay::Form(form));
    Vec::new()
}

/// Opens the bundle with what was typed, to the letter.
fn open(model: &mut Model, _: World<'_>) -> Vec<Effect> {
    let Some(form) = model.form_mut() else { return Vec::new() };
    let Purpose::Unseal(path) = form.purpose.clone() else { return Vec::new() };
    let passphrase = Secret::new(form.fields.first().map(|field| field.editor.text()).unwrap_or_default());
    if passphrase.is_empty() {
        form.problem =
            Some(Problem::new("Nothing was opened", "no passphrase was typed", "The sender of the bundle knows it."));
        return Vec::new();
    }
    form.sent = true;
    vec![Effect::Unseal { path, passphrase }]
}

fn close(model: &mut Model, _: World<'_>) -> Vec<Effect> {
    model.overlays.pop();
    Vec::new()
}

/// The bundle is open.
pub fn end(model: &mut Model) {
    if let Some(Overlay::Form(Form { purpose: Purpose::Unseal(_), sent: true, .. })) = model.overlays.last() {
        model.overlays.pop();
    }
}

//! The welcome screen, before there is any plan.

use crate::app::command::{self, Command, Footer};
use crate::app::commands::everywhere;
use crate::app::message::{Effect, World};
use crate::app::model::Model;
use crate::app::scope::Scope;
use crate::app::screen::welcome::Offer;

const ROW: Command = Command { scopes: &[Scope::Welcome], ..command::ROW };

pub const COMMANDS: &[Command] = &[
    Command {
        name: "start.choose",
        keys: &["Enter"],
        label: "choose",
        help: "Choose the highlighted option.",
        footer: Footer::Rank(1),
        run: choose,
        ..ROW
    },
    Command {
        name: "start.demo",
        keys: &["1"],
        label: "demo",
        help: "Open a fictional plan, to try things out.",
        run: |m, w| take(m, w, Offer::Demo),
        ..ROW
    },
    Command {
        name: "start.import",
        keys: &["2"],
        label: "import",
        help: "Import an action plan from a document.",
        run: |m, w| take(m, w, Offer::Import),
        ..ROW
    },
    Command {
        name: "start.empty",
        keys: &["3"],
        label: "empty",
        help: "Create an empty register to import into later.",
        run: |m, w| take(m, w, Offer::Empty),
        ..ROW
    },
    Command {
        name: "start.down",
        keys: &["Down", "j", "Tab"],
        label: "down",
        help: "Go to the next option.",
        run: |m, _| step(m, 1),
        ..ROW
    },
    Command {
        name: "start.up",
        keys: &["Up", "k", "BackTab"],
        label: "up",
        help: "Go to the previous option.",
        run: |m, _| step(m, -1),
        ..ROW
    },
];

fn step(model: &mut Model, by: isize) -> Vec<Effect> {
    if let Some(welcome) = model.screen.welcome_mut() {
        welcome.step(by);
    }
    Vec::new()
}

fn choose(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let offer = model.screen.welcome().copied().unwrap_or_default().offer();
    take(model, world, offer)
}

fn take(model: &mut Model, world: World<'_>, offer: Offer) -> Vec<Effect> {
    match offer {
        Offer::Demo => vec![Effect::OpenDemo],
        Offer::Empty => vec![Effect::CreateEmpty],
        Offer::Import => everywhere::open_import(model, world),
    }
}

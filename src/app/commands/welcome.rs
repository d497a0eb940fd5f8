//! The start, when there is no plan yet.

use super::everywhere;
use crate::app::command::{Command, Place, Scope, always};
use crate::app::model::{Effect, Model, World};
use crate::app::screen::Screen;
use crate::app::screen::welcome::{Offer, Welcome};

macro_rules! welcome_row {
    ($name:literal, $keys:expr, $label:literal, $help:literal, $place:expr, $run:expr) => {
        Command {
            name: $name,
            keys: $keys,
            scope: Scope::Welcome,
            label: $label,
            help: $help,
            place: $place,
            why_not: always,
            run: $run,
        }
    };
}

pub const COMMANDS: &[Command] = &[
    welcome_row!("start.choose", &["Enter"], "choose", "Does what the cursor is on.", Place::Footer(1), choose),
    welcome_row!(
        "start.demo",
        &["1"],
        "demo",
        "Shows a fictional plan to try everything on.",
        Place::HelpOnly,
        |m, w| { take(m, w, Offer::Demo) }
    ),
    welcome_row!("start.import", &["2"], "import", "Reads an action plan from a document.", Place::HelpOnly, |m, w| {
        take(m, w, Offer::Import)
    }),
    welcome_row!(
        "start.empty",
        &["3"],
        "empty",
        "Makes an empty register to import into later.",
        Place::HelpOnly,
        |m, w| { take(m, w, Offer::Empty) }
    ),
    welcome_row!("start.down", &["Down", "j", "Tab"], "down", "Goes to the next offer.", Place::HelpOnly, |m, _| step(
        m, 1
    )),
    welcome_row!("start.up", &["Up", "k", "BackTab"], "up", "Goes to the offer before.", Place::HelpOnly, |m, _| step(
        m, -1
    )),
];

fn step(model: &mut Model, by: isize) -> Vec<Effect> {
    if let Screen::Welcome(welcome) = &mut model.screen {
        welcome.step(by);
    }
    Vec::new()
}

fn choose(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let offer = match &model.screen {
        Screen::Welcome(welcome) => welcome.offer(),
        Screen::Walk(_) | Screen::Plans(_) | Screen::Review(_) | Screen::Paper(_) | Screen::History(_) => {
            Welcome::default().offer()
        }
    };
    take(model, world, offer)
}

fn take(model: &mut Model, world: World<'_>, offer: Offer) -> Vec<Effect> {
    match offer {
        Offer::Demo => vec![Effect::OpenDemo],
        Offer::Empty => vec![Effect::CreateEmpty],
        Offer::Import => everywhere::open_import(model, world),
    }
}

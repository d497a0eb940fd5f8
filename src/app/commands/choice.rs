//! Keys in a list to choose from.

use super::{adding, columns, edit, find, meeting, paper, paper_file, past, plan, rate, review};
use crate::app::command::{self, Command, Place, Scope, always};
use crate::app::model::{Effect, Model, World};
use crate::app::overlay::Overlay;
use crate::app::overlay::choice::{Choice, Chosen, Item};
use crate::app::update;
use crate::domain::filter::Filter;
use crate::domain::id::Id;

macro_rules! choice_row {
    ($name:literal, $keys:expr, $label:literal, $help:literal, $place:expr, $run:expr) => {
        Command {
            name: $name,
            keys: $keys,
            scope: Scope::Choice,
            label: $label,
            help: $help,
            place: $place,
            why_not: always,
            run: $run,
        }
    };
}

pub const COMMANDS: &[Command] = &[
    choice_row!("choice.take", &["Enter"], "choose", "Takes the one under the cursor.", Place::Footer(0), take),
    choice_row!("choice.down", &["Down", "Tab", "Ctrl-N"], "down", "Goes down.", Place::HelpOnly, |m, _| step(m, 1)),
    choice_row!("choice.up", &["Up", "BackTab", "Ctrl-P"], "up", "Goes up.", Place::HelpOnly, |m, _| step(m, -1)),
    choice_row!("choice.page-down", &["PgDn"], "page", "Goes a page down.", Place::HelpOnly, |m, _| step(m, 10)),
    choice_row!("choice.page-up", &["PgUp"], "page", "Goes a page up.", Place::HelpOnly, |m, _| step(m, -10)),
    choice_row!("choice.close", &["Esc", "Ctrl-C"], "close", "Closes and changes nothing.", Place::Footer(1), close),
];

fn choice_mut(model: &mut Model) -> Option<&mut Choice> {
    match model.overlays.last_mut() {
        Some(Overlay::Choice(choice)) => Some(choice),
        Some(Overlay::Form(_) | Overlay::Line(_) | Overlay::Help(_) | Overlay::Reading(_)) | None => None,
    }
}

fn step(model: &mut Model, by: isize) -> Vec<Effect> {
    if let Some(choice) = choice_mut(model) {
        choice.step(by);
    }
    Vec::new()
}

fn close(model: &mut Model, _: World<'_>) -> Vec<Effect> {
    model.overlays.pop();
    Vec::new()
}

/// What cannot be chosen stays in the list and says why.
fn take(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let Some(item) = choice_mut(model).and_then(|choice| choice.current().cloned()) else { return Vec::new() };
    if let Some(reason) = item.why_not {
        model.say(reason);
        return Vec::new();
    }
    model.overlays.pop();
    carry_out(model, world, item)
}

fn carry_out(model: &mut Model, world: World<'_>, item: Item) -> Vec<Effect> {
    match item.chosen {
        Chosen::Party(id) => by_party(model, world, id),
        Chosen::Rating(rating) => rate::rate(model, world, rating),
        Chosen::Suggestion(doubt, option) => review::take_option(model, doubt, &option, world),
        Chosen::Split(place, cut) => review::split(model, place, &cut, world),
        Chosen::Join(place) => review::join(model, place, world),
        Chosen::Column(field, holds) => columns::set(model, Some(&field), holds),
        Chosen::LeaveReview => review::leave(model, world),
        Chosen::Plan(deed) => plan::carry_out(model, deed, world),
        Chosen::Add(adding) => adding::carry_out(model, adding, world),
        Chosen::Meeting(deed) => meeting::menu::carry_out(model, deed, world),
        Chosen::Question(question) => edit::put_aside(model, question, world),
        Chosen::Report(name) => paper::ask_or_show(model, name, world),
        Chosen::AgencyReport(party) => paper::show_agency(model, party, world),
        Chosen::WriteAs(format) => paper_file::ask(model, format),
        Chosen::Export(export) => vec![Effect::Export(export)],
        Chosen::TakeIn(read) => vec![Effect::TakeIn(read)],
        Chosen::AsAt(moment) => past::look_back(model, moment),
        Chosen::Since(moment) => past::compare_with_now(model, moment, world),
        Chosen::Nothing => Vec::new(),
        Chosen::Command(name) => command::named(name).map_or_else(Vec::new, |found| update::run(model, found, world)),
    }
}

fn by_party(model: &mut Model, world: World<'_>, party: Id) -> Vec<Effect> {
    let text = format!("party:\"{}\"", world.register.party_name(party));
    match Filter::parse(&text, world.register, world.today()) {
        Ok(filter) => find::set(model, filter, world),
        Err(problem) => model.refuse(problem),
    }
    Vec::new()
}

//! Keys in a list to choose from.

use crate::app::command::{self, Command, Footer};
use crate::app::commands::history::past;
use crate::app::commands::review::{columns, deciding};
use crate::app::commands::walk::{adding, closing, doubts, finding, plan, rating, target, under};
use crate::app::commands::{erasing, meeting, merging, paper, regrouping, review, updates};
use crate::app::message::{Effect, World};
use crate::app::model::Model;
use crate::app::overlay::choice::{ChoiceOption, Chosen};
use crate::app::scope::Scope;
use crate::domain::filter::Filter;
use crate::domain::id::Id;

const ROW: Command = Command { scopes: &[Scope::Choice], ..command::ROW };

pub const COMMANDS: &[Command] = &[
    Command {
        name: "choice.take",
        keys: &["Enter"],
        label: "choose",
        help: "Choose the highlighted option.",
        footer: Footer::Rank(0),
        run: take,
        ..ROW
    },
    Command {
        name: "choice.down",
        keys: &["Down", "Tab", "Ctrl-N"],
        label: "down",
        help: "Move down.",
        run: |m, _| step(m, 1),
        ..ROW
    },
    Command {
        name: "choice.up",
        keys: &["Up", "BackTab", "Ctrl-P"],
        label: "up",
        help: "Move up.",
        run: |m, _| step(m, -1),
        ..ROW
    },
    Command {
        name: "choice.page-down",
        keys: &["PgDn"],
        label: "page",
        help: "Move down a page.",
        run: |m, _| step(m, 10),
        ..ROW
    },
    Command {
        name: "choice.page-up",
        keys: &["PgUp"],
        label: "page",
        help: "Move up a page.",
        run: |m, _| step(m, -10),
        ..ROW
    },
    Command {
        name: "choice.close",
        keys: &["Esc", "Ctrl-C"],
        label: "close",
        help: "Close without changing anything.",
        footer: Footer::Rank(1),
        run: close,
        ..ROW
    },
];

fn step(model: &mut Model, by: isize) -> Vec<Effect> {
    if let Some(choice) = model.choice_mut() {
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
    let Some(item) = model.choice_mut().and_then(|choice| choice.current().cloned()) else { return Vec::new() };
    if let Some(reason) = item.why_not {
        model.say(reason);
        return Vec::new();
    }
    model.overlays.pop();
    carry_out(model, world, item)
}

fn carry_out(model: &mut Model, world: World<'_>, item: ChoiceOption) -> Vec<Effect> {
    match item.chosen {
        Chosen::Party(id) => by_party(model, world, id),
        Chosen::Rating(rating) => rating::rate(model, world, rating.as_deref()),
        Chosen::MoveTo(rec) => under::move_to(model, rec, world),
        Chosen::Target(step) => target::carry_out(model, step, world),
        Chosen::Suggestion(doubt, option) => deciding::take_option(model, doubt, &option, world),
        Chosen::Split(place, cut) => deciding::split(model, place, &cut, world),
        Chosen::Join(place) => deciding::join(model, place, world),
        Chosen::JoinWith(other) => regrouping::join_with(model, other, world),
        Chosen::Column(field, holds) => columns::set(model, Some(&field), holds),
        Chosen::LaterVersion(plan) => deciding::compare_with(model, plan, world),
        Chosen::SeparatePlan => review::import_as_separate_plan(model, world),
        Chosen::LeaveReview => review::leave(model, world),
        Chosen::Plan(step) => plan::carry_out(model, step, world),
        Chosen::Add(adding) => adding::carry_out(model, adding, world),
        Chosen::Meeting(step) => meeting::menu::carry_out(model, step, world),
        Chosen::Challenge(challenge) => doubts::dismiss(model, challenge, world),
        Chosen::Report(name) => paper::ask_or_show(model, name, world),
        Chosen::AgencyReport(party) => paper::show_agency(model, party, world),
        Chosen::Pack(readers, body) => paper::show_pack(model, readers, body, world),
        Chosen::WriteAs(format) => paper::file::ask(model, format),
        Chosen::Export(export) => vec![Effect::Export(export)],
        Chosen::Offer(query, value) => deciding::take_offer(model, &query, &value, world),
        Chosen::AsAt(moment) => past::show_past(model, moment),
        Chosen::Since(moment) => past::compare_with_now(model, moment, world),
        Chosen::Merge(path, forks) => vec![Effect::Merge { path, forks }],
        Chosen::Settle(on, change) => merging::settle(on, change),
        Chosen::Update(step) => updates::decide(model, step, world),
        Chosen::AgreeOwn(action) => closing::open(model, action, world),
        Chosen::Erase(what) => erasing::ask_ground(model, what, world),
        Chosen::EraseForEver(erasing, ground) => vec![Effect::Erase { erasing, ground }],
        Chosen::Nothing => Vec::new(),
        Chosen::Command(name) => match model.keymap.named(name).map(|binding| binding.command) {
            Some(command) => command.press(model, world),
            None => Vec::new(),
        },
    }
}

fn by_party(model: &mut Model, world: World<'_>, party: Id) -> Vec<Effect> {
    let text = format!("party:\"{}\"", world.register.party_name(party));
    match Filter::parse(&text, world.register, world.today()) {
        Ok(filter) => finding::set(model, filter, world),
        Err(problem) => model.refuse(problem),
    }
    Vec::new()
}

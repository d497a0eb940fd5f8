//! Finding: by party, by words, by a filter of any kind.

use crate::app::command::{self, Command, Footer};
use crate::app::message::{Effect, Route, World};
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::overlay::choice::{Choice, ChoiceOption, Chosen};
use crate::app::overlay::line::{InputLine, Purpose};
use crate::app::scope::Scope;
use crate::app::screen::Screen;
use crate::app::screen::walk::Walk;
use crate::domain::filter::Filter;
use crate::domain::query::{self, PartyCount};

const ROW: Command = Command { scopes: &[Scope::Walk], ..command::ROW };

pub const COMMANDS: &[Command] = &[
    Command {
        name: "find.party",
        keys: &["f"],
        label: "agency",
        scopes: &[Scope::Walk, Scope::Plans],
        help: "Show what one agency, post or subgroup leads or oversees; in the register, across all plans. Type two letters, Enter.",
        also: "owner filter who lead",
        footer: Footer::Rank(3),
        run: party_of_walk,
        ..ROW
    },
    Command {
        name: "find.words",
        keys: &["/"],
        label: "search",
        help: "Show the actions that contain what you type.",
        also: "search look for",
        footer: Footer::Rank(5),
        run: |model, _| open_line(model, Purpose::Search),
        ..ROW
    },
    Command {
        name: "find.filter",
        keys: &["F"],
        label: "filter",
        help: "Open the filter as text: lead: via: rating: overdue due:30d finding: rec: changed: duplicate conflict and words.",
        also: "search overdue due",
        run: |model, _| open_line(model, Purpose::Filter),
        ..ROW
    },
    Command {
        name: "find.clear",
        keys: &["Backspace"],
        label: "clear",
        help: "Show all actions again.",
        also: "unfilter reset everything",
        footer: Footer::Rank(5),
        why_not: no_filter,
        run: clear,
        ..ROW
    },
];

fn no_filter(model: &Model, _: World<'_>) -> Option<String> {
    let filtered = model.screen.walk().is_some_and(|walk| !walk.filter.is_empty());
    (!filtered).then(|| "No filter is on".into())
}

fn clear(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    set(model, Filter::default(), world);
    Vec::new()
}

/// Filters the walk or the history and scrolls to the cursor.
pub fn set(model: &mut Model, filter: Filter, world: World<'_>) {
    match &mut model.screen {
        Screen::Walk(walk) => walk.set_filter(filter, world),
        Screen::History(history) => {
            history.set_filter(filter.reading_duplicates(world.register), history.words.clone(), world);
        }
        Screen::Plans(_) | Screen::Welcome(_) | Screen::Review(_) | Screen::Paper(_) => {}
    }
    model.keep_in_view();
}

/// Looks for words in the history.
pub fn set_words(model: &mut Model, words: String, world: World<'_>) {
    if let Some(history) = model.screen.history_mut() {
        history.set_filter(history.filter.clone(), words, world);
    }
    model.keep_in_view();
}

fn open_line(model: &mut Model, purpose: Purpose) -> Vec<Effect> {
    let Some(walk) = model.screen.walk() else { return Vec::new() };
    let (rest, words) = walk.filter.split_words();
    let line = match purpose {
        Purpose::Search => InputLine::searching(words, rest, walk.filter.clone()),
        Purpose::Filter | Purpose::Words | Purpose::ImportPath => {
            InputLine::new(purpose, ready_for_more(&walk.filter), walk.filter.clone())
        }
    };
    model.overlays.push(Overlay::Line(line));
    Vec::new()
}

/// The filter's text, ending so that what is typed next is a separate term.
pub fn ready_for_more(filter: &Filter) -> String {
    if filter.is_empty() { String::new() } else { format!("{filter} ") }
}

/// Offers the parties; from the register, all plans are walked first.
fn party_of_walk(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    if model.screen.plans().is_some() {
        model.show(Screen::Walk(Box::new(Walk::new(Route::AllPlans))));
        model.refresh(world);
    }
    party(model, world)
}

/// Offers the parties, with how much each has to do of what is shown.
pub fn party(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let counts = match model.screen.walk_mut() {
        Some(walk) => walk.party_counts(world),
        None => query::party_counts(world.register, world.register.visible_actions(), world.today()),
    };
    let items = counts.iter().map(|count| item(count, world)).collect();
    model.overlays.push(Overlay::Choice(Choice::new("Show what one agency leads or oversees", items).of("agency")));
    Vec::new()
}

fn item(count: &PartyCount, world: World<'_>) -> ChoiceOption {
    let overdue = if count.overdue > 0 { format!("{} overdue  ", count.overdue) } else { String::new() };
    let aliases = world.register.party(count.party).map(|party| party.aliases().join(" ")).unwrap_or_default();
    ChoiceOption {
        label: count.name.clone(),
        also: aliases,
        note: format!("{overdue}{:>3}", count.actions),
        why_not: None,
        chosen: Chosen::Party(count.party),
    }
}

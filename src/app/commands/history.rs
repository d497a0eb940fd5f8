//! The history: opened, gone through, searched, narrowed, widened; and the moments of it compared.

use super::{find, past};
use crate::app::command::{Command, Place, Scope, always};
use crate::app::layout;
use crate::app::model::{Effect, Model, Wish, World};
use crate::app::overlay::Overlay;
use crate::app::overlay::line::{Line, Purpose};
use crate::app::screen::history::History;
use crate::app::screen::walk::Walk;
use crate::app::screen::{self, Screen};
use crate::domain::filter::Filter;
use crate::domain::moment::Moment;
use crate::domain::told::{Subject, Told};
use crate::report::Options;

macro_rules! row {
    ($name:literal, $keys:expr, $scope:ident, $label:literal, $help:literal, $place:expr, $why_not:expr, $run:expr) => {
        Command {
            name: $name,
            keys: $keys,
            scope: Scope::$scope,
            label: $label,
            help: $help,
            place: $place,
            why_not: $why_not,
            run: $run,
        }
    };
}

pub const COMMANDS: &[Command] = &[
    row!(
        "history",
        &["H"],
        Walk,
        "history",
        "Shows what happened to the action: who changed what, when, in which meeting.",
        Place::HelpOnly,
        past::is_looking_back,
        open_on_action
    ),
    row!(
        "history.in-register",
        &["H"],
        Plans,
        "history",
        "Shows what happened in the whole register: who changed what, when, in which meeting.",
        Place::Footer(5),
        past::is_looking_back,
        |_, _| vec![Effect::Tell(Subject::Register)]
    ),
    row!(
        "history.then",
        &["Enter"],
        History,
        "as it stood",
        "Shows the plan as it stood just after this change.",
        Place::Footer(1),
        nothing_here,
        past::at_cursor
    ),
    row!(
        "history.mark",
        &["Space"],
        History,
        "mark",
        "Marks this moment, to compare another one with it; again takes the mark away.",
        Place::Footer(5),
        nothing_here,
        |m, _| on_history(m, History::mark)
    ),
    row!(
        "history.compare",
        &["="],
        History,
        "compare",
        "Tells what differs between the marked moment, or now, and the one under the cursor.",
        Place::Footer(3),
        nothing_here,
        compare
    ),
    row!(
        "history.widen",
        &["A"],
        History,
        "all or one",
        "Shows the history of the whole register, or again that of the one action.",
        Place::Footer(4),
        no_action,
        widen
    ),
    row!(
        "history.party",
        &["f"],
        History,
        "party",
        "Shows only changes of what one party leads or oversees.",
        Place::Footer(7),
        always,
        find::party
    ),
    row!(
        "history.words",
        &["/"],
        History,
        "search",
        "Shows only changes with the words you type: in what was said, who said it, the meeting, the day.",
        Place::Footer(6),
        always,
        search
    ),
    row!(
        "history.filter",
        &["F"],
        History,
        "filter",
        "Shows only changes of actions that a filter finds: lead: via: rating: overdue finding: rec: and words.",
        Place::HelpOnly,
        always,
        filter
    ),
    row!(
        "history.clear",
        &["Backspace"],
        History,
        "clear",
        "Shows all changes again.",
        Place::Footer(7),
        no_filter,
        |m, w| on_history(m, |history| history.set_filter(Filter::default(), String::new(), w))
    ),
    row!(
        "history.down",
        &["Down", "j", "n"],
        History,
        "down",
        "Goes to the change before.",
        Place::HelpOnly,
        always,
        |m, _| { step(m, 1) }
    ),
    row!(
        "history.up",
        &["Up", "k", "N"],
        History,
        "up",
        "Goes to the change after.",
        Place::HelpOnly,
        always,
        |m, _| step(m, -1)
    ),
    row!("history.page-down", &["PgDn"], History, "page", "Goes a page down.", Place::HelpOnly, always, |m, _| page(
        m, 1
    )),
    row!("history.page-up", &["PgUp"], History, "page", "Goes a page up.", Place::HelpOnly, always, |m, _| page(m, -1)),
    row!(
        "history.first",
        &["Home"],
        History,
        "newest",
        "Goes to the newest change.",
        Place::HelpOnly,
        always,
        |m, _| step(m, isize::MIN)
    ),
    row!("history.last", &["End"], History, "oldest", "Goes to the oldest change.", Place::HelpOnly, always, |m, _| {
        step(m, isize::MAX)
    }),
    row!(
        "history.close",
        &["Esc"],
        History,
        "back",
        "Goes back to where you were.",
        Place::Footer(2),
        always,
        |m, w| {
            m.close(w);
            Vec::new()
        }
    ),
];

pub fn history_mut(model: &mut Model) -> Option<&mut History> {
    if let Screen::History(history) = &mut model.screen { Some(history) } else { None }
}

fn history(model: &Model) -> Option<&History> {
    if let Screen::History(history) = &model.screen { Some(history) } else { None }
}

/// Shows a history that was asked for; on the history screen it takes the place of what was there.
pub fn show(model: &mut Model, subject: Subject, told: Vec<Told>, world: World<'_>) {
    match history_mut(model) {
        Some(history) => history.bring(subject, told, world),
        None => model.open(Screen::History(Box::new(History::new(subject, told, world)))),
    }
    screen::keep_in_view(model);
}

fn on_history(model: &mut Model, act: impl FnOnce(&mut History)) -> Vec<Effect> {
    if let Some(history) = history_mut(model) {
        act(history);
    }
    screen::keep_in_view(model);
    Vec::new()
}

fn step(model: &mut Model, by: isize) -> Vec<Effect> {
    on_history(model, |history| history.step(by))
}

fn page(model: &mut Model, pages: isize) -> Vec<Effect> {
    let rows = isize::try_from(layout::history(model.size).list.rows).unwrap_or(1).saturating_sub(2).max(1);
    step(model, pages * rows)
}

fn open_on_action(model: &mut Model, _: World<'_>) -> Vec<Effect> {
    let action = model.screen.walk().and_then(Walk::action);
    vec![Effect::Tell(action.map_or(Subject::Register, Subject::Action))]
}

fn widen(model: &mut Model, _: World<'_>) -> Vec<Effect> {
    let Some(History { subject, on: Some(on), .. }) = history(model) else { return Vec::new() };
    vec![Effect::Tell(match subject {
        Subject::Action(_) => Subject::Register,
        Subject::Register => Subject::Action(*on),
    })]
}

fn compare(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let Some(history) = history(model) else { return Vec::new() };
    let marked = history.marked_moment().unwrap_or_else(|| Moment::now(world.today()));
    let here = history.moment();
    if here.as_ref().is_some_and(|here| here.point == marked.point) {
        model.say("This is the marked moment itself; go to another one");
        return Vec::new();
    }
    let options = Options { from: here, to: Some(marked), ..Options::default() };
    vec![Effect::Show(Box::new(Wish { report: "changes", filter: history.filter.to_string(), options }))]
}

fn search(model: &mut Model, _: World<'_>) -> Vec<Effect> {
    let Some(history) = history(model) else { return Vec::new() };
    let line = Line::for_words(history.words.clone(), history.filter.clone());
    model.overlays.push(Overlay::Line(line));
    Vec::new()
}

fn filter(model: &mut Model, _: World<'_>) -> Vec<Effect> {
    let Some(history) = history(model) else { return Vec::new() };
    let line = Line::new(Purpose::Filter, find::ready_for_more(&history.filter), history.filter.clone());
    model.overlays.push(Overlay::Line(line));
    Vec::new()
}

fn nothing_here(model: &Model, _: World<'_>) -> Option<String> {
    let here = history(model).and_then(History::current);
    if here.is_some() { None } else { Some("No change is under the cursor".into()) }
}

fn no_action(model: &Model, _: World<'_>) -> Option<String> {
    match history(model) {
        Some(History { on: None, .. }) => Some("This was opened on the whole register".into()),
        Some(_) | None => None,
    }
}

fn no_filter(model: &Model, _: World<'_>) -> Option<String> {
    let filtered = history(model).is_some_and(History::is_filtered);
    (!filtered).then(|| "No filter is on".into())
}

//! The history: opening, moving, searching, filtering, widening, and comparing its moments.

pub mod past;

use crate::app::command::{self, Command, Footer};
use crate::app::commands::walk::finding;
use crate::app::layout;
use crate::app::message::{Effect, ReportRequest, World};
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::overlay::line::{InputLine, Purpose};
use crate::app::scope::Scope;
use crate::app::screen::Screen;
use crate::app::screen::history::History;
use crate::app::screen::walk::Walk;
use crate::domain::arrival::Happening;
use crate::domain::filter::Filter;
use crate::domain::moment::Moment;
use crate::domain::trail::Subject;
use crate::report::Options;

const ROW: Command = Command { scopes: &[Scope::History], ..command::ROW };

pub const COMMANDS: &[Command] = &[
    Command {
        name: "history",
        keys: &["H"],
        scopes: &[Scope::Walk, Scope::Plans],
        label: "history",
        help: "Show the history of the action, or of everything when opened from the register: who changed what, when and in which meeting.",
        also: "audit log trail past",
        footer: Footer::Rank(8),
        why_not: past::is_past_shown,
        run: open_on_action,
        ..ROW
    },
    Command {
        name: "history.then",
        keys: &["Enter"],
        label: "as at then",
        help: "Show the plan as at just after this change.",
        footer: Footer::Rank(1),
        why_not: nothing_here,
        run: past::at_cursor,
        ..ROW
    },
    Command {
        name: "history.mark",
        keys: &["Space"],
        label: "mark",
        help: "Mark this moment to compare with another; press again to unmark.",
        footer: Footer::Rank(5),
        why_not: nothing_here,
        run: |m, _| on_history(m, History::mark),
        ..ROW
    },
    Command {
        name: "history.compare",
        keys: &["="],
        label: "compare",
        help: "Show the differences between the selected moment and the marked one, or now.",
        footer: Footer::Rank(3),
        why_not: nothing_here,
        run: compare,
        ..ROW
    },
    Command {
        name: "history.widen",
        keys: &["A"],
        label: "all or one",
        help: "Switch between the history of the whole register and of the one action.",
        footer: Footer::Rank(4),
        why_not: no_action,
        run: widen,
        ..ROW
    },
    Command {
        name: "history.party",
        keys: &["f"],
        label: "agency",
        help: "Show only changes to what one agency leads or oversees.",
        footer: Footer::Rank(7),
        run: finding::party,
        ..ROW
    },
    Command {
        name: "history.words",
        keys: &["/"],
        label: "search",
        help: "Show only changes that contain the words you type, in the text, author, meeting or date.",
        footer: Footer::Rank(6),
        run: search,
        ..ROW
    },
    Command {
        name: "history.filter",
        keys: &["F"],
        label: "filter",
        help: "Show only changes to actions that match a filter: lead: via: rating: overdue finding: rec: and words.",
        run: filter,
        ..ROW
    },
    Command {
        name: "history.clear",
        keys: &["Backspace"],
        label: "clear",
        help: "Show all changes again.",
        footer: Footer::Rank(7),
        why_not: no_filter,
        run: |m, w| on_history(m, |history| history.set_filter(Filter::default(), String::new(), w)),
        ..ROW
    },
    Command {
        name: "history.down",
        keys: &["Down", "j", "n"],
        label: "down",
        help: "Go to the next older change.",
        run: |m, _| step(m, 1),
        ..ROW
    },
    Command {
        name: "history.up",
        keys: &["Up", "k", "N"],
        label: "up",
        help: "Go to the next newer change.",
        run: |m, _| step(m, -1),
        ..ROW
    },
    Command {
        name: "history.page-down",
        keys: &["PgDn"],
        label: "page",
        help: "Move down a page.",
        run: |m, _| page(m, 1),
        ..ROW
    },
    Command {
        name: "history.page-up",
        keys: &["PgUp"],
        label: "page",
        help: "Move up a page.",
        run: |m, _| page(m, -1),
        ..ROW
    },
    Command {
        name: "history.first",
        keys: &["Home"],
        label: "newest",
        help: "Go to the newest change.",
        run: |m, _| step(m, isize::MIN),
        ..ROW
    },
    Command {
        name: "history.last",
        keys: &["End"],
        label: "oldest",
        help: "Go to the oldest change.",
        run: |m, _| step(m, isize::MAX),
        ..ROW
    },
    Command {
        name: "history.close",
        keys: &["Esc"],
        label: "back",
        help: "Go back to where you were.",
        footer: Footer::Rank(2),
        run: |m, w| {
            m.close(w);
            Vec::new()
        },
        ..ROW
    },
];

/// Shows a requested history; on the history screen it replaces the previous one.
pub fn show(model: &mut Model, subject: Subject, entries: Vec<Happening>, world: World<'_>) {
    match model.screen.history_mut() {
        Some(history) => history.bring(subject, entries, world),
        None => model.open(Screen::History(Box::new(History::new(subject, entries, world)))),
    }
    model.keep_in_view();
}

fn on_history(model: &mut Model, act: impl FnOnce(&mut History)) -> Vec<Effect> {
    if let Some(history) = model.screen.history_mut() {
        act(history);
    }
    model.keep_in_view();
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
    let Some(History { subject, on: Some(on), .. }) = model.screen.history() else { return Vec::new() };
    vec![Effect::Tell(match subject {
        Subject::Action(_) => Subject::Register,
        Subject::Register => Subject::Action(*on),
    })]
}

fn compare(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let Some(history) = model.screen.history() else { return Vec::new() };
    let marked = history.marked_moment().unwrap_or_else(|| Moment::now(world.today()));
    let here = history.moment();
    if here.as_ref().is_some_and(|here| here.point == marked.point) {
        model.say("This is the marked moment itself; select another");
        return Vec::new();
    }
    let options = Options { from: here, to: Some(marked), ..Options::default() };
    vec![Effect::Show(Box::new(ReportRequest { report: "changes", filter: history.filter.to_string(), options }))]
}

fn search(model: &mut Model, _: World<'_>) -> Vec<Effect> {
    let Some(history) = model.screen.history() else { return Vec::new() };
    let line = InputLine::for_words(history.words.clone(), history.filter.clone());
    model.overlays.push(Overlay::Line(line));
    Vec::new()
}

fn filter(model: &mut Model, _: World<'_>) -> Vec<Effect> {
    let Some(history) = model.screen.history() else { return Vec::new() };
    let line = InputLine::new(Purpose::Filter, finding::ready_for_more(&history.filter), history.filter.clone());
    model.overlays.push(Overlay::Line(line));
    Vec::new()
}

fn nothing_here(model: &Model, _: World<'_>) -> Option<String> {
    let here = model.screen.history().and_then(History::current);
    if here.is_some() { None } else { Some("No change is selected".into()) }
}

fn no_action(model: &Model, _: World<'_>) -> Option<String> {
    match model.screen.history() {
        Some(History { on: None, .. }) => Some("This history is already of the whole register".into()),
        Some(_) | None => None,
    }
}

fn no_filter(model: &Model, _: World<'_>) -> Option<String> {
    let filtered = model.screen.history().is_some_and(History::is_filtered);
    (!filtered).then(|| "No filter is on".into())
}

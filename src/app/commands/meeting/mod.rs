//! The meeting: items discussed, decided, carried forward or dropped with a reason; its menu and agenda.

pub mod agenda;
pub mod menu;

use crate::app::command::{self, Command, Footer, Whose};
use crate::app::commands::{cannot_edit, cannot_write, current};
use crate::app::message::{Effect, World};
use crate::app::model::Model;
use crate::app::overlay::choice::MeetingStep;
use crate::app::overlay::field::{FormField, Holds};
use crate::app::overlay::form::{ActionEdit, Form, Purpose};
use crate::app::scope::Scope;
use crate::domain::id::Id;
use crate::domain::intent::Intent;
use crate::domain::timing::Movement;

const ROW: Command = Command { scopes: &[Scope::Walk], ..command::ROW };

pub const COMMANDS: &[Command] = &[
    Command {
        name: "meeting.open",
        whose: Whose::Board,
        keys: &["m"],
        scopes: &[Scope::Walk, Scope::Plans],
        label: "meeting",
        help: "Start a meeting. During one: the agenda, attendance, draft minutes, ending it. After one: its minutes, or another meeting.",
        also: "begin open hold chair minutes agenda attendance apologies end finish",
        footer: Footer::Meeting { open: 2, otherwise: 4 },
        why_not: cannot_write,
        run: menu::open,
        ..ROW
    },
    Command {
        name: "meeting.discuss",
        whose: Whose::Board,
        keys: &["Space"],
        label: "discussed",
        help: "Mark the action as discussed in this meeting; press again to unmark.",
        also: "tick noted done",
        footer: Footer::Rank(1),
        why_not: no_item,
        run: |m, w| write(m, w, |action| Intent::Discuss { action }),
        ..ROW
    },
    Command {
        name: "meeting.decide",
        whose: Whose::Board,
        keys: &["!"],
        label: "decision",
        help: "Record what the meeting decided about the action.",
        also: "decision agreed resolved resolution",
        footer: Footer::Rank(2),
        why_not: no_item,
        run: |m, w| form(m, w, ActionEdit::Decide, "Decision on", "Decision"),
        ..ROW
    },
    Command {
        name: "meeting.carry",
        whose: Whose::Board,
        keys: &["C"],
        label: "carry",
        help: "Carry the action forward to the next meeting, with the reason.",
        also: "defer postpone next time",
        footer: Footer::Rank(2),
        why_not: no_item,
        run: |m, w| form(m, w, ActionEdit::CarryForward, "Carry forward", "Reason"),
        ..ROW
    },
    Command {
        name: "meeting.as-read",
        whose: Whose::Board,
        keys: &["R"],
        label: "as read",
        help: "Take the item as read, with a word on why; it is not carried forward.",
        footer: Footer::Rank(6),
        why_not: no_item,
        run: |m, w| form(m, w, ActionEdit::TakeAsRead, "Take as read:", "In a word"),
        ..ROW
    },
    Command {
        name: "meeting.arrive",
        whose: Whose::Board,
        keys: &[">"],
        scopes: &[Scope::Walk, Scope::Plans],
        label: "joins",
        also: "arrive arrival late attendance comes in",
        help: "Record who joins the meeting, and when.",
        why_not: no_meeting,
        run: |m, w| menu::carry_out(m, MeetingStep::ComeOrGo(Movement::Joined), w),
        ..ROW
    },
    Command {
        name: "meeting.leave",
        whose: Whose::Board,
        keys: &["<"],
        scopes: &[Scope::Walk, Scope::Plans],
        label: "leaves",
        also: "leave departure attendance goes out",
        help: "Record who leaves the meeting, and when.",
        why_not: no_meeting,
        run: |m, w| menu::carry_out(m, MeetingStep::ComeOrGo(Movement::Left), w),
        ..ROW
    },
    Command {
        name: "meeting.minutes",
        whose: Whose::Board,
        scopes: &[Scope::Walk, Scope::Plans],
        label: "minutes",
        help: "Show the minutes of the meeting so far.",
        also: "draft record",
        why_not: no_meeting,
        run: |m, w| of_open(m, w, MeetingStep::Minutes),
        ..ROW
    },
    Command {
        name: "meeting.end",
        whose: Whose::Board,
        scopes: &[Scope::Walk, Scope::Plans],
        label: "end",
        help: "End the meeting; what it did not reach is on the next agenda.",
        also: "finish close adjourn over stop",
        why_not: no_meeting,
        run: |m, w| of_open(m, w, |_| MeetingStep::End),
        ..ROW
    },
    Command {
        name: "meeting.time",
        whose: Whose::Board,
        label: "time",
        also: "minutes clock schedule timing agenda slot",
        help: "Plan how many minutes the item of the agenda is given, and when it begins; for all that are marked, the minutes.",
        why_not: not_on_agenda,
        run: |m, w| menu::carry_out(m, MeetingStep::Time, w),
        ..ROW
    },
    Command {
        name: "action.abandon",
        whose: Whose::Board,
        keys: &["X"],
        label: "not implemented",
        help: "Record that the action will not be implemented, and why.",
        also: "drop reject will not do",
        why_not: cannot_edit,
        run: |m, w| form(m, w, ActionEdit::Abandon, "Not to be implemented:", "Reason"),
        ..ROW
    },
];

fn of_open(model: &mut Model, world: World<'_>, step: fn(Id) -> MeetingStep) -> Vec<Effect> {
    let Some(meeting) = world.register.open_meeting().map(|meeting| meeting.id) else { return Vec::new() };
    menu::carry_out(model, step(meeting), world)
}

/// Why nothing can be minuted.
fn no_item(model: &Model, world: World<'_>) -> Option<String> {
    cannot_edit(model, world).or_else(|| no_meeting(model, world))
}

fn no_meeting(model: &Model, world: World<'_>) -> Option<String> {
    let is_none = world.register.open_meeting().is_none();
    let none = is_none.then(|| format!("No meeting is open; {} starts one", model.keymap.key_of("meeting.open")));
    cannot_write(model, world).or(none)
}

fn not_on_agenda(model: &Model, world: World<'_>) -> Option<String> {
    no_item(model, world).or_else(|| {
        let is_none =
            world.register.open_meeting().is_some_and(|meeting| menu::timed(model, meeting, world).is_empty());
        is_none.then(|| "It is not on the agenda".into())
    })
}

fn write(model: &mut Model, world: World<'_>, intent: impl FnOnce(Id) -> Intent) -> Vec<Effect> {
    let Some(action) = current(model, world) else { return Vec::new() };
    vec![Effect::Write { intent: intent(action.id), draft: None }]
}

fn form(model: &mut Model, world: World<'_>, kind: ActionEdit, title: &str, label: &'static str) -> Vec<Effect> {
    let Some(action) = current(model, world) else { return Vec::new() };
    let title = format!("{title} {}", world.register.reference(action));
    model.open_form(Form::new(Purpose::Change(kind, action.id), title, vec![FormField::new(label, Holds::Text, "")]))
}

//! Going through the agenda of the open meeting, and resuming where it left off.

use crate::app::commands::current;
use crate::app::commands::register::plans;
use crate::app::commands::walk::finding;
use crate::app::message::{Effect, World};
use crate::app::model::Model;
use crate::app::screen::Screen;
use crate::app::screen::rows::WalkRow;
use crate::app::screen::walk::Walk;
use crate::domain::agenda;
use crate::domain::change::{Batch, Cause, Change, Kind, Op, Value};
use crate::domain::filter::Filter;
use crate::domain::id::Id;
use crate::domain::meeting::Meeting;

/// The filter for the open meeting's items.
const AGENDA: &str = "agenda";

/// The filter for those of them that are still to be dealt with.
const UNREACHED: &str = "agenda -discussed";

/// Walks the items of the agenda, within their plan if all are of one; the cursor stays on its action if that is one of them.
pub fn show(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    walk(model, AGENDA, world)
}

/// Walks the items that have not been dealt with.
pub fn show_unreached(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let key = |name| model.keymap.key_of(name);
    let [carry, read, end] = ["meeting.carry", "meeting.as-read", "meeting.open"].map(key);
    model.say(format!("{carry} carries an item forward, {read} takes it as read; then {end} ends the meeting"));
    walk(model, UNREACHED, world)
}

fn walk(model: &mut Model, filter: &str, world: World<'_>) -> Vec<Effect> {
    let was = current(model, world).map(|action| action.id);
    match world.register.open_meeting().and_then(|meeting| agenda::only_plan(world.register, meeting)) {
        Some(plan) => plans::walk_plan(model, plan, world),
        None => plans::walk_everything(model, world),
    }
    match Filter::parse(filter, world.register, world.today()) {
        Ok(filter) => finding::set(model, filter, world),
        Err(problem) => model.refuse(problem),
    }
    if let Some(was) = was {
        model.screen.go_to(was, model.size);
    }
    Vec::new()
}

/// After a change: shows the agenda of a newly opened meeting, and closes that of one that has ended. Returns a hint to
/// show after the saved line.
pub fn follow(model: &mut Model, batch: &Batch, world: World<'_>) -> Option<String> {
    let opens = |change: &Change| match &change.op {
        Op::Add { kind: Kind::Meeting, .. } => matches!(batch.cause, Cause::Edit),
        Op::Set { value: Value::Stage(stage), .. } => stage.is_open(),
        Op::Add { .. } | Op::Set { .. } | Op::Unknown { .. } | Op::Erase { .. } | Op::Absent => false,
    };
    let is_open = world.register.open_meeting().is_some();
    // Undo works on every screen: a report or history being read stays open.
    let is_reading = matches!(model.screen, Screen::Paper(_) | Screen::History(_));
    if is_open && !is_reading && batch.changes.iter().any(opens) {
        show(model, world);
    }
    leave_if_over(model, world).then(|| format!("{} lists its minutes", model.keymap.key_of("meeting.open")))
}

/// Closes the agenda of a meeting that has ended, whoever ended it; returns whether it was on the screen.
pub fn leave_if_over(model: &mut Model, world: World<'_>) -> bool {
    let is_open = world.register.open_meeting().is_some();
    let is_left = |walk: &Walk| !is_open && [AGENDA, UNREACHED].contains(&walk.filter.to_string().as_str());
    for walk in model.behind.iter_mut().filter_map(Screen::walk_mut).filter(|walk| is_left(walk)) {
        walk.set_filter(Filter::default(), world);
    }
    if !model.screen.walk().is_some_and(is_left) {
        return false;
    }
    finding::set(model, Filter::default(), world);
    true
}

/// Resumes an open meeting where it left off. `last` is the last action worked on in it.
pub fn resume(model: &mut Model, last: Option<Id>, world: World<'_>) {
    let Some(meeting) = world.register.open_meeting().filter(|_| model.standing.read_only.is_none()) else { return };
    show(model, world);
    if let Some(item) = left_at(meeting, last) {
        model.screen.go_to(item, model.size);
    }
    model.say(format!("The meeting of {} continues", world.register.meeting_name(meeting)));
}

/// The item where a meeting left off: the last one worked on, unless its outcome was minuted; then the next one that was not
/// dealt with.
fn left_at(meeting: &Meeting, last: Option<Id>) -> Option<Id> {
    let items = meeting.items();
    let from = last.and_then(|last| items.iter().position(|item| *item == last)).unwrap_or(0);
    let places = (from..items.len()).chain(0..from);
    let is_in_hand = |item: Id| last == Some(item) && meeting.minutes_of(item).next().is_none();
    let is_left = |item: Id| is_in_hand(item) || !meeting.is_dealt_with(item);
    places.filter_map(|at| items.get(at)).copied().find(|item| is_left(*item)).or(last)
}

/// Whether the agenda is walked, and every item of it has been dealt with.
pub fn is_finished(model: &Model, world: World<'_>) -> bool {
    let is_walked = model.screen.walk().is_some_and(|walk| walk.filter.to_string() == AGENDA);
    let is_done = |meeting: &Meeting| !meeting.items().is_empty() && meeting.dealt_with() == meeting.items().len();
    is_walked && world.register.open_meeting().is_some_and(is_done)
}

/// Goes to the next agenda item not dealt with; returns whether there is one in the walk.
pub fn next_item(model: &mut Model, world: World<'_>) -> bool {
    let Some(meeting) = world.register.open_meeting() else { return false };
    let Some(walk) = model.screen.walk_mut() else { return false };
    let is_open =
        |row: &WalkRow| row.action().is_some_and(|id| meeting.items().contains(&id) && !meeting.is_dealt_with(id));
    let mut places = (walk.cursor + 1..walk.rows.len()).chain(0..walk.cursor);
    let next = places.find(|at| walk.rows.get(*at).is_some_and(is_open));
    let Some(next) = next.and_then(|at| walk.rows.get(at)).and_then(WalkRow::action) else { return false };
    model.screen.go_to(next, model.size);
    true
}

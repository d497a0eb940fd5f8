//! The history of one action from the changes that matter to it, so that a log of any length need not be read.
//!
//! What the whole log says of an action depends on little else: the numbers, names and parties that its own changes name, and
//! what else is in a batch that split or joined it. Where that is not enough, the whole log must be read.

use std::collections::HashSet;

use super::super::change::{Batch, Cause, Change, Kind, Op, Value};
use super::super::describe::Quoting;
use super::super::id::Id;
use super::super::register::Register;
use super::super::slots::Slot;
use super::super::withdrawal::JOINED_WITH;
use super::gathered::Gathered;
use super::{TrailEntry, told};
use crate::problem::Problem;

/// How many other actions of a batch are looked at; where there are more, reading the whole log is as quick.
const MOST: usize = 100;

/// A log of which single changes can be read.
pub trait SomeChanges {
    /// One change, as a batch without its others.
    fn change(&self, id: Id) -> Result<Option<Batch>, Problem>;

    /// Those changes of a batch that show whether it split or joined actions: what it adds as an action, and every text, raw
    /// cell and withdrawal that it sets.
    fn regrouping(&self, batch: Id) -> Result<Vec<Change>, Problem>;
}

/// The history of an action of this register, which is what the log makes; `None` where only the whole log can tell it.
pub fn of_action(
    register: &Register,
    action: Id,
    log: &impl SomeChanges,
    quoting: Quoting,
) -> Result<Option<Vec<TrailEntry>>, Problem> {
    // Changes that found no place in the register are not found from it either.
    if register.unknown > 0 {
        return Ok(None);
    }
    let mut gathered = Gathered::new(register, log);
    gathered.follow_action(action)?;
    minutes_about(register, action).try_for_each(|minute| gathered.follow(minute))?;
    if !gather_regrouped(register, &mut gathered, log)? {
        return Ok(None);
    }
    gather_named(register, &mut gathered)?;
    let count = |before: &mut Register, batch: &Batch, change: &Change| count_as_in(register, before, batch, change);
    Ok(Some(told(&gathered.into_batches(), action, quoting, count)))
}

fn minutes_about(register: &Register, action: Id) -> impl Iterator<Item = Id> {
    let minutes = register.meetings.iter().flat_map(|meeting| &meeting.minutes);
    minutes.filter(move |minute| minute.said.action == Some(action)).map(|minute| minute.id)
}

/// Makes as many actions come before those that the batch is about to add as did.
fn count_as_in(register: &Register, before: &mut Register, batch: &Batch, change: &Change) {
    let to_come = batch.changes.iter().rev().take_while(|other| other.id >= change.id);
    to_come.for_each(|other| count_before(register, before, other));
}

fn count_before(register: &Register, before: &mut Register, change: &Change) {
    let Op::Add { kind: Kind::Action { plan, recommendation }, .. } = &change.op else { return };
    let Some(action) = register.action(change.id) else { return };
    let earlier = usize::try_from(action.ordinal.saturating_sub(1)).unwrap_or_default();
    let of_rec = |before: &Register, id: Id| match before.slot(id) {
        Some(Slot::Recommendation(at)) => Some(at),
        Some(_) | None => None,
    };
    let of_plan = |before: &Register, id: Id| match before.slot(id) {
        Some(Slot::Plan(at)) => Some(at),
        Some(_) | None => None,
    };
    let above = match recommendation.and_then(|id| of_rec(before, id)) {
        Some(at) => before.recommendations.get_mut(at).map(|rec| &mut rec.actions),
        None => of_plan(before, *plan).and_then(|at| before.plans.get_mut(at)).map(|plan| &mut plan.actions),
    };
    if let Some(above) = above {
        above.resize(earlier, Id::pending(0));
    }
}

/// Reads what the changes at hand name: only what it is called matters, and where it stands.
fn gather_named<L: SomeChanges>(register: &Register, gathered: &mut Gathered<'_, L>) -> Result<(), Problem> {
    let named: HashSet<Id> = gathered.changes().flat_map(|(_, change)| named(change)).collect();
    named.into_iter().try_for_each(|id| match register.slot(id) {
        Some(Slot::Plan(_) | Slot::Party(_) | Slot::Recommendation(_)) => gathered.follow(id),
        // A minute about an action does not say when or where it met.
        Some(Slot::Meeting(_)) => gathered.only_added(id),
        Some(Slot::Finding(_) | Slot::Action(_) | Slot::Entry(..) | Slot::Minute(..)) | None => Ok(()),
    })
}

/// Every id that a change names.
fn named(change: &Change) -> Vec<Id> {
    change.op.clone().ids_mut().into_iter().map(|id| *id).collect()
}

/// Reads what else the batches did that may have split or joined the action. False: that is too much, or it is found by
/// reference among all actions.
fn gather_regrouped<L: SomeChanges>(
    register: &Register,
    gathered: &mut Gathered<'_, L>,
    log: &L,
) -> Result<bool, Problem> {
    let asks = |(batch, change): &(&Batch, &Change)| asks(batch, change);
    let asking: HashSet<Id> = gathered.changes().filter(asks).map(|(batch, _)| batch.id).collect();
    for id in asking {
        let Some(header) = log.change(id)? else { return Ok(false) };
        let mut batch = Batch { changes: log.regrouping(id)?, ..header };
        let others = others(register, &batch);
        if others.len() > MOST {
            return Ok(false);
        }
        others.iter().try_for_each(|other| gathered.follow_action(*other))?;
        if is_found_by_reference(register, gathered, &batch) {
            return Ok(false);
        }
        batch.changes.retain(|change| decides(change, &others));
        gathered.keep(batch);
    }
    Ok(true)
}

/// Whether a change is needed to tell whether its batch split or joined actions, given the actions that decide it.
fn decides(change: &Change, actions: &HashSet<Id>) -> bool {
    match &change.op {
        // One that an import makes.
        Op::Set { value: Value::Raw(_), .. } => true,
        Op::Set { on, .. } => actions.contains(on),
        Op::Add { .. } => actions.contains(&change.id),
        Op::Unknown { .. } | Op::Erase { .. } | Op::Absent => false,
    }
}

/// Whether the words for a change depend on whether its batch split or joined actions.
fn asks(batch: &Batch, change: &Change) -> bool {
    let is_kind = match &change.op {
        Op::Add { kind, .. } => matches!(kind, Kind::Action { .. } | Kind::Entry { .. }),
        Op::Set { value, .. } => matches!(value, Value::Text(_) | Value::Withdrawn(_)),
        Op::Unknown { .. } | Op::Erase { .. } | Op::Absent => false,
    };
    is_kind && matches!(batch.cause, Cause::Edit | Cause::Undo { .. } | Cause::Redo { .. })
}

/// The actions that decide whether a batch split or joined some. Two that it rewords are enough to show that it did not
/// split one.
fn others(register: &Register, batch: &Batch) -> HashSet<Id> {
    let reworded = reworded(register, batch);
    let mut others: HashSet<Id> = reworded.iter().copied().take(2).collect();
    let is_one = reworded.len() == 1;
    let is_undo = matches!(batch.cause, Cause::Undo { .. });
    for change in &batch.changes {
        match &change.op {
            Op::Add { .. } if is_one => others.extend([change.id]),
            Op::Set { on, .. } if is_one => others.extend(register.action(*on).map(|action| action.id)),
            Op::Set { on, value: Value::Withdrawn(None), .. } if is_undo => {
                others.extend(register.action(*on).map(|action| action.id));
            }
            Op::Add { .. } | Op::Set { .. } | Op::Unknown { .. } | Op::Erase { .. } | Op::Absent => {}
        }
    }
    others
}

/// The actions whose words a batch sets, each as often as it does.
fn reworded(register: &Register, batch: &Batch) -> Vec<Id> {
    let set = batch.changes.iter().filter_map(|change| match &change.op {
        Op::Set { on, value: Value::Text(_), .. } => register.action(*on),
        Op::Set { .. } | Op::Add { .. } | Op::Unknown { .. } | Op::Erase { .. } | Op::Absent => None,
    });
    set.map(|action| action.id).collect()
}

/// Whether a batch joins actions with one, or undoes that, that it does not reword.
fn is_found_by_reference<L: SomeChanges>(register: &Register, gathered: &Gathered<'_, L>, batch: &Batch) -> bool {
    let plan = |id: Id| register.action(id).map(|action| action.plan);
    let into = match reworded(register, batch).as_slice() {
        [only] => plan(*only),
        _ => None,
    };
    let is_join = |change: &Change| match &change.op {
        Op::Set { value: Value::Withdrawn(Some(now)), .. } => now.reason.starts_with(JOINED_WITH),
        Op::Set { .. } | Op::Add { .. } | Op::Unknown { .. } | Op::Erase { .. } | Op::Absent => false,
    };
    let on = |change: &Change| if let Op::Set { on, .. } = &change.op { Some(*on) } else { None };
    let was_joined = |id: Id| gathered.changes().any(|(_, change)| on(change) == Some(id) && is_join(change));
    let is_undo = matches!(batch.cause, Cause::Undo { .. });
    let comes_back = |change: &Change| match &change.op {
        Op::Set { on, value: Value::Withdrawn(None), .. } => is_undo && was_joined(*on),
        Op::Set { .. } | Op::Add { .. } | Op::Unknown { .. } | Op::Erase { .. } | Op::Absent => false,
    };
    let goes = batch.changes.iter().filter(|change| is_join(change) || comes_back(change)).filter_map(on);
    goes.filter_map(plan).any(|plan| into != Some(plan))
}

//! Undoing a batch: a further batch that puts the previous values in force again.

mod history;
mod standing;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};
use std::mem::{Discriminant, discriminant};

use super::change::{Batch, Change, Kind, Op, Value};
use super::field;
use super::id::Id;
use super::register::Register;
use super::thing::Thing;
use super::withdrawal::Withdrawal;
use crate::problem::Problem;

pub use history::{BatchHead, to_redo, to_undo, undone};

/// The reason kept when undoing withdraws something that the batch had added.
pub const UNDONE: &str = "undone";

/// The operations that undo `batch`. The inverse of an undo is a redo.
///
/// `find` gives any change of the log: a replaced value is looked up there. What counts is the value, not who wrote
/// it: a field that was changed and changed back since may still be undone.
///
/// # Errors
/// Names what was changed since, where undoing the batch would undo that too.
pub fn inverse(batch: &Batch, register: &Register, find: &dyn Fn(Id) -> Option<Change>) -> Result<Vec<Op>, Problem> {
    let undo = Undo::new(batch, register, find);
    let mut ops = Vec::new();
    for (place, change) in batch.changes.iter().enumerate().rev() {
        match &change.op {
            Op::Set { on, value, replaces } if undo.is_first(place, *on, value) => {
                ops.extend(undo.put_back(*on, value, replaces)?);
            }
            // A later change to the same field in the same batch, or one to a thing that goes as a whole.
            Op::Set { .. } => {}
            Op::Add { kind, values } => ops.extend(undo.take_away(change.id, kind, values)?),
            Op::Unknown { .. } => return Err(refused("a newer version of the program wrote it".into())),
            Op::Erase { .. } => return Err(refused("erased words cannot be brought back".into())),
            Op::Absent => return Err(refused("its words are not in this file".into())),
        }
    }
    if ops.is_empty() { Err(refused("none of it is still in force".into())) } else { Ok(ops) }
}

fn refused(why: String) -> Problem {
    Problem::new("Could not undo", why, "Nothing was changed.")
}

/// A field of a thing: which thing, and which variant of [`Value`].
type FieldKey = (Id, Discriminant<Value>);

struct Undo<'a> {
    batch: &'a Batch,
    register: &'a Register,
    find: &'a dyn Fn(Id) -> Option<Change>,
    /// The positions of the first and the last change to each field that the batch set.
    sets: HashMap<FieldKey, (usize, usize)>,
    used_elsewhere: HashSet<Id>,
}

impl<'a> Undo<'a> {
    fn new(batch: &'a Batch, register: &'a Register, find: &'a dyn Fn(Id) -> Option<Change>) -> Undo<'a> {
        let mut sets: HashMap<FieldKey, (usize, usize)> = HashMap::new();
        for (place, change) in batch.changes.iter().enumerate() {
            if let Op::Set { on, value, .. } = &change.op {
                sets.entry((*on, discriminant(value))).or_insert((place, place)).1 = place;
            }
        }
        let mut undo = Undo { batch, register, find, sets, used_elsewhere: HashSet::new() };
        undo.used_elsewhere = standing::used_elsewhere(&undo);
        undo
    }
}

impl Undo<'_> {
    /// Whether this is the batch's first value for that field, and the thing was there before the batch.
    fn is_first(&self, place: usize, on: Id, value: &Value) -> bool {
        !self.adds(on) && self.sets.get(&(on, discriminant(value))).is_some_and(|(first, _)| *first == place)
    }

    /// Whether this batch added the thing. Ids of one batch follow each other, so no search is needed.
    fn adds(&self, id: Id) -> bool {
        let place = id.seq.checked_sub(self.batch.id.seq).filter(|_| id.origin == self.batch.id.origin);
        let change = place.and_then(|place| self.batch.changes.get(usize::try_from(place).ok()?));
        change.is_some_and(|change| change.id == id && matches!(change.op, Op::Add { .. }))
    }

    /// The last value that this batch wrote into that field.
    fn wrote(&self, on: Id, like: &Value) -> Option<&Value> {
        let (_, last) = self.sets.get(&(on, discriminant(like)))?;
        self.batch.changes.get(*last).and_then(|change| value_in(change, like))
    }

    /// The field as it was: one value, or each of those that the batch settled.
    fn put_back(&self, on: Id, value: &Value, replaces: &[Id]) -> Result<Vec<Op>, Problem> {
        let heads = field::heads(self.register, on, value);
        let is_ours = heads.last().zip(self.wrote(on, value)).is_some_and(|(now, wrote)| is_same(&now.value, wrote));
        if !is_ours {
            return Err(self.changed_since(on, value, heads.last()));
        }
        // Where a withdrawn thing was read is put back; what it says is not.
        let says = |thing: &dyn Thing| thing.reported().iter().any(|like| field::same_field(like, value));
        if self.register.is_hidden(on) && self.register.thing(on).is_some_and(says) {
            return Err(refused(format!("{} has been withdrawn since", self.name(on))));
        }
        // Where another value is beside ours, it is what is left without ours.
        let is_of_batch = |id: Id| self.batch.changes.iter().any(|change| change.id == id);
        let beside = heads.iter().rev().skip(1).find(|head| !is_of_batch(head.id)).map(|head| vec![head.value.clone()]);
        let set = |value| Op::Set { on, value, replaces: heads.iter().map(|head| head.id).collect() };
        let values = beside.unwrap_or_else(|| self.before(value, replaces)).into_iter();
        Ok(values.map(|value| set(self.seen_now(on, value))).collect())
    }

    /// Withdrawing again has seen what is there now, not only what was there the first time.
    fn seen_now(&self, on: Id, value: Value) -> Value {
        match value {
            Value::Withdrawn(Some(withdrawal)) => {
                Value::Withdrawn(Some(Withdrawal { seen: self.register.heads_of(on), ..withdrawal }))
            }
            other => other,
        }
    }

    /// The values of the replaced changes, oldest first; of those that are alike, the latest.
    fn before(&self, like: &Value, replaces: &[Id]) -> Vec<Value> {
        let mut earlier: Vec<Change> = replaces.iter().filter_map(|id| (self.find)(*id)).collect();
        earlier.sort_by_key(|change| (change.lamport, change.id));
        let mut values: Vec<Value> = Vec::new();
        for value in earlier.iter().filter_map(|change| value_in(change, like)) {
            values.retain(|known| known != value);
            values.push(value.clone());
        }
        if values.is_empty() { vec![like.unset()] } else { values }
    }

    fn take_away(&self, id: Id, kind: &Kind, values: &[Value]) -> Result<Vec<Op>, Problem> {
        if self.is_inside_added(kind) {
            return self.check_untouched(id, values).map(|()| Vec::new());
        }
        if self.register.is_hidden(id) || (matches!(kind, Kind::Party) && self.is_kept(id, values)) {
            return Ok(Vec::new());
        }
        self.check_untouched(id, values)?;
        let withdrawal = Withdrawal { reason: UNDONE.into(), seen: self.register.heads_of(id) };
        let value = Value::Withdrawn(Some(withdrawal));
        let replaces = field::heads(self.register, id, &value).iter().map(|head| head.id).collect();
        Ok(vec![Op::Set { on: id, value, replaces }])
    }

    fn name(&self, id: Id) -> String {
        let register = self.register;
        let of_action = register.action(id).or(register.entry(id).map(|(action, _)| action));
        let of_action = of_action.map(|action| register.reference(action));
        let of_rec = || register.recommendation(id).map(|rec| format!("recommendation {}", rec.number()));
        let of_plan = || register.plan(id).map(|plan| plan.title().to_owned());
        let of_finding = || register.finding(id).map(|finding| format!("finding {}", finding.number()));
        let of_party = || register.party(id).map(|party| party.name().to_owned());
        let of_meeting = || {
            let meeting = register.meeting(id).or(register.minute(id).map(|(meeting, _)| meeting));
            meeting.map(|meeting| format!("the meeting of {}", register.meeting_name(meeting)))
        };
        let known = of_action.or_else(of_rec).or_else(of_plan).or_else(of_finding).or_else(of_party);
        known.or_else(of_meeting).unwrap_or("it".into())
    }
}

/// Whether a reader sees no difference. What a withdrawal had seen does not count.
fn is_same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Withdrawn(Some(a)), Value::Withdrawn(Some(b))) => a.reason == b.reason,
        (a, b) => a == b,
    }
}

/// The value for that field in a change, be it set or an added thing's first.
fn value_in<'a>(change: &'a Change, like: &Value) -> Option<&'a Value> {
    match &change.op {
        Op::Set { value, .. } => Some(value).filter(|value| field::same_field(value, like)),
        Op::Add { values, .. } => values.iter().rev().find(|value| field::same_field(value, like)),
        Op::Unknown { .. } | Op::Erase { .. } | Op::Absent => None,
    }
}

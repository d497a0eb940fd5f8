//! One act on several actions: what can be done is done, as one batch, and each refusal is named.

use chrono::NaiveDate;

use super::super::change::{Kind, Op, Value};
use super::super::id::{Id, Origin};
use super::super::intent::Intent;
use super::super::party::name_key;
use super::super::register::Register;
use super::decide;
use crate::problem::Problem;

/// What carries out an intent, and what of it is refused.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decided {
    pub ops: Vec<Op>,
    /// One for each action that stays as it is.
    pub refused: Vec<Problem>,
}

impl From<Vec<Op>> for Decided {
    fn from(ops: Vec<Op>) -> Decided {
        Decided { ops, refused: Vec::new() }
    }
}

/// Like [`decide`], with what was refused of an act on several actions.
///
/// # Errors
/// Where nothing of it can be done.
pub fn decide_each(register: &Register, intent: &Intent, today: NaiveDate) -> Result<Decided, Problem> {
    let Intent::Several(of) = intent else { return decide(register, intent, today).map(Decided::from) };
    let mut decided = Decided::default();
    for one in of {
        match decide(register, one, today) {
            Ok(ops) => add(&mut decided.ops, ops),
            Err(problem) => decided.refused.push(problem),
        }
    }
    if decided.ops.is_empty() { Err(none(decided.refused)) } else { Ok(decided) }
}

/// Adds the operations of one more action. A new party that two of them name is added once.
fn add(all: &mut Vec<Op>, ops: Vec<Op>) {
    let mut places: Vec<usize> = Vec::new();
    for mut op in ops {
        op.ids_mut().into_iter().for_each(|id| *id = moved(*id, &places));
        let known = new_party(&op).and_then(|name| all.iter().position(|other| new_party(other) == Some(name.clone())));
        places.push(known.unwrap_or(all.len()));
        if known.is_none() {
            all.push(op);
        }
    }
}

/// A pending id of the operations of one action, as that of the whole.
fn moved(id: Id, places: &[usize]) -> Id {
    let place = usize::try_from(id.seq).ok().and_then(|at| places.get(at)).filter(|_| id.origin == Origin::PENDING);
    place.map_or(id, |place| Id::pending(*place))
}

fn new_party(op: &Op) -> Option<String> {
    let Op::Add { kind: Kind::Party, values } = op else { return None };
    values.iter().find_map(|value| if let Value::Name(name) = value { Some(name_key(name)) } else { None })
}

/// The refusal of everything, in one sentence.
fn none(mut refused: Vec<Problem>) -> Problem {
    match refused.len() {
        0 => Problem::new("Nothing was changed", "no action was chosen", ""),
        1 => refused.remove(0),
        _ => Problem::new("Nothing was changed", sentence(&refused), ""),
    }
}

/// "7.1 is already Green; 7.2 was not rated: this plan has no rating “Blue”".
pub fn sentence(refused: &[Problem]) -> String {
    let told = |problem: &Problem| match problem.why.as_str() {
        "" => problem.what.clone(),
        why => format!("{}: {why}", problem.what),
    };
    refused.iter().map(told).collect::<Vec<_>>().join("; ")
}

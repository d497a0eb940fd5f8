//! What the store promises to everything above it.

use chrono::DateTime;

use crate::domain::change::{Cause, Kind, Op, Value};
use crate::domain::id::Id;
use crate::domain::register::Register;

use super::{Stamp, Store};

pub fn stamp() -> Stamp {
    let at = DateTime::parse_from_rfc3339("2026-03-12T10:15:00+00:00").unwrap();
    Stamp { author: "J. Lee".into(), at, meeting: None, cause: Cause::Edit }
}

pub fn plan() -> Vec<Op> {
    vec![
        Op::Add { kind: Kind::Plan, values: vec![Value::Slug("adult-q".into())] },
        Op::Add {
            kind: Kind::Action { plan: Id::pending(0), recommendation: None },
            values: vec![Value::Text("Write the protocol".into())],
        },
    ]
}

#[test]
fn what_is_appended_is_read_back_and_folds() {
    let mut store = Store::in_memory().unwrap();
    let batch = store.append(plan(), &stamp()).unwrap();
    assert_eq!(store.log().unwrap(), vec![batch.clone()]);
    assert_eq!(store.batch(batch.id).unwrap(), Some(batch.clone()));
    assert_eq!(store.change(batch.changes[1].id).unwrap(), Some(batch.changes[1].clone()));
    let register = Register::fold(&store.log().unwrap());
    assert_eq!(register.actions[0].text(), "Write the protocol");
    assert_eq!(register.actions[0].plan, register.plans[0].id);
}

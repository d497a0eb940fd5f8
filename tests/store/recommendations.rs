//! The snapshot of a register with more recommendations than one of its parts holds.

use arising::desk::Desk;
use arising::domain::change::{Cause, Kind, Op, Value};
use arising::domain::id::Id;
use arising::domain::register::Register;
use arising::env::Env;
use arising::store::Access;

use crate::kit::folder::{Folder, stamp};

/// A part holds 4,096 of them.
const MANY: usize = 4500;

fn env() -> Env {
    Env { now: stamp().at, today: stamp().at.date_naive(), author: "J. Lee".into() }
}

fn recommendation(plan: Id, nth: usize) -> Op {
    Op::Add { kind: Kind::Recommendation { plan }, values: vec![Value::Text(format!("Recommendation {nth}"))] }
}

/// What is imported, and then as a snapshot opened again, is what the log says.
fn imported(folder: &Folder, ops: &[Op]) -> Register {
    let mut desk = Desk::open_in(&folder.register(), Access::ReadWrite, &folder.places()).unwrap();
    desk.import(ops, Cause::Import { file: "plan.docx".into() }, &env()).unwrap();
    let mut writer = desk.rest_for_snapshots().unwrap();
    while let Some(piece) = desk.next_piece().unwrap() {
        assert!(writer.write(&[piece]));
    }
    assert!(!desk.verifier().run().unwrap().snapshot_misleads);
    let log = desk.store().log().unwrap();
    drop(desk);
    let opened = folder.open(Access::ReadWrite).register().unwrap();
    assert!(opened.actions.runs() == 0 || !opened.actions.is_read(0), "it is opened from the snapshot");
    assert!(opened == Register::fold(&log), "the snapshot is what the log says");
    opened
}

#[test]
fn a_snapshot_has_every_recommendation_whatever_else_there_is() {
    let folder = Folder::new();
    drop(folder.create());
    let plan = Op::Add { kind: Kind::Plan, values: vec![Value::Slug("adult-q".into())] };
    let all: Vec<Op> = std::iter::once(plan).chain((0..MANY).map(|nth| recommendation(Id::pending(0), nth))).collect();
    let register = imported(&folder, &all);
    assert_eq!((register.recommendations.len(), register.actions.len()), (MANY, 0));
    let (plan, first, last) = (register.plans[0].id, &register.recommendations[7], &register.recommendations[MANY - 1]);
    let action = |under: Id| Op::Add {
        kind: Kind::Action { plan, recommendation: Some(under) },
        values: vec![Value::Text("Write the protocol".into())],
    };
    let more: Vec<Op> = (0..600).map(|nth| action(if nth % 2 == 0 { first.id } else { last.id })).collect();
    let register = imported(&folder, &more);
    assert_eq!(
        (register.recommendations[7].actions.len(), register.recommendations[MANY - 1].actions.len()),
        (300, 300)
    );
    let reworded = |at: usize| {
        let rec = &register.recommendations[at];
        Op::Set { on: rec.id, value: Value::Text(format!("Reworded {at}")), replaces: rec.text.ids() }
    };
    let (early, late): (Vec<Op>, Vec<Op>) =
        ((0..300).map(reworded).collect(), (MANY - 300..MANY).map(reworded).collect());
    let register = imported(&folder, &[early, late].concat());
    let texts = [7, 4095, MANY - 1].map(|at| register.recommendations[at].text());
    assert_eq!(texts, ["Reworded 7", "Recommendation 4095", &format!("Reworded {}", MANY - 1)]);
}

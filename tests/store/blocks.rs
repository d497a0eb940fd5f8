//! A large register's outlines and recommendations are read block by block, all at once or when something is asked of them.

use crate::kit::folder::{Folder, rate, stamp};
use arising::desk::Desk;
use arising::domain::actions::OUTLINED;
use arising::domain::change::{Cause, Kind, Op, Value};
use arising::domain::id::Id;
use arising::domain::recommendations::EACH;
use arising::domain::register::Register;
use arising::env::Env;
use arising::store::{Access, Blocks, Store};

/// Three actions under each recommendation: more than a block of each.
const RECOMMENDATIONS: usize = 6000;

fn env() -> Env {
    Env { now: stamp().at, today: stamp().at.date_naive(), author: "J. Lee".into() }
}

/// A plan with so many recommendations, each with three actions.
fn plan(slug: &str, recommendations: usize) -> Vec<Op> {
    let plan = Id::pending(0);
    let add = |kind: Kind, text: &str| Op::Add { kind, values: vec![Value::Text(text.into())] };
    let mut ops = vec![Op::Add { kind: Kind::Plan, values: vec![Value::Slug(slug.into())] }];
    for _ in 0..recommendations {
        let under = Some(Id::pending(ops.len()));
        ops.push(add(Kind::Recommendation { plan }, "Partners should know one another"));
        for text in ["Write the protocol", "Train the teams", "Audit it"] {
            ops.push(add(Kind::Action { plan, recommendation: under }, text));
        }
    }
    ops
}

fn import(desk: &mut Desk, ops: &[Op]) {
    desk.import(ops, Cause::Import { file: "plan.docx".into() }, &env()).unwrap();
}

/// A register of more than a block, with its snapshot.
fn large(folder: &Folder) {
    let mut desk = Desk::over(folder.create()).unwrap();
    import(&mut desk, &plan("large", RECOMMENDATIONS));
    assert!(desk.register().actions.len() > OUTLINED && desk.register().recommendations.len() > EACH);
}

fn opened(folder: &Folder, blocks: Blocks) -> Desk {
    let store = Store::open_in(&folder.register(), Access::ReadWrite, &folder.places()).unwrap();
    Desk::reading(store, blocks).unwrap()
}

fn alter(folder: &Folder, sql: &str) {
    rusqlite::Connection::open(folder.register()).unwrap().execute_batch(sql).unwrap();
}

fn folded(desk: &Desk) -> Register {
    Register::fold(&desk.store().log().unwrap())
}

#[test]
fn what_is_asked_of_a_register_read_block_by_block_is_answered_as_of_one_read_at_once() {
    let folder = Folder::new();
    large(&folder);
    let (whole, mut asked) = (opened(&folder, Blocks::AtOnce), opened(&folder, Blocks::WhenAsked));
    let register = whole.register();
    let (actions, recs) = (&register.actions, &register.recommendations);
    for at in [0, 7, OUTLINED - 1, OUTLINED, 3 * RECOMMENDATIONS - 1] {
        let (id, place) = (actions[at].id, asked.register().place_of_action(actions[at].id));
        assert_eq!((place, asked.register().action(id)), (Some(at), Some(&actions[at])));
        assert_eq!(asked.register().outline(id), register.outline(id));
    }
    for at in [0, EACH - 1, EACH, RECOMMENDATIONS - 1] {
        assert_eq!(asked.register().recommendation(recs[at].id), Some(&recs[at]));
    }
    let nothing = Id { seq: u64::from(u32::MAX), ..actions[0].id };
    assert!(asked.register().slot(nothing).is_none() && asked.register().thing(nothing).is_none());
    // A change to what has not been read yet.
    let last = actions[3 * RECOMMENDATIONS - 2].id;
    import(&mut asked, &[rate(last, "Red", &[])]);
    assert_eq!(asked.register().outline(last).and_then(|outline| outline.rating), Some("Red"));
    assert!(asked.register().visible_outlines().eq(folded(&asked).visible_outlines()));
}

#[test]
fn adding_a_plan_to_a_large_register_reads_no_other_block_than_it_adds_to() {
    let folder = Folder::new();
    large(&folder);
    let mut desk = opened(&folder, Blocks::WhenAsked);
    import(&mut desk, &plan("next", 200));
    let register = desk.register();
    assert_eq!(
        (register.recommendations.len(), register.actions.len()),
        (RECOMMENDATIONS + 200, 3 * (RECOMMENDATIONS + 200))
    );
    assert_eq!((0..2).map(|block| register.recommendations.is_read(block)).collect::<Vec<_>>(), [false, true]);
    assert_eq!((0..2).map(|block| register.actions.is_outlined(block)).collect::<Vec<_>>(), [false, true]);
    drop(desk);
    for blocks in [Blocks::WhenAsked, Blocks::AtOnce] {
        let desk = opened(&folder, blocks);
        assert!(desk.register().visible_outlines().eq(folded(&desk).visible_outlines()), "{blocks:?}");
    }
    assert_eq!(*opened(&folder, Blocks::AtOnce).register(), folded(&opened(&folder, Blocks::AtOnce)));
}

#[test]
fn what_a_snapshot_needs_is_read_before_the_register_is_locked_to_write_it() {
    let folder = Folder::new();
    let mut desk = Desk::over(folder.create()).unwrap();
    let mut first = plan("large", RECOMMENDATIONS);
    // The last action is under the first recommendation: the words of its run are those of a block far away.
    if let Some(Op::Add { kind: Kind::Action { recommendation, .. }, .. }) = first.last_mut() {
        *recommendation = Some(Id::pending(1));
    }
    import(&mut desk, &first);
    drop(desk);
    let mut desk = opened(&folder, Blocks::WhenAsked);
    // More than the connection that writes keeps in memory: while it writes such a snapshot, no other can read.
    let mut next = plan("next", 200);
    if let Some(Op::Add { values, .. }) = next.first_mut() {
        values.push(Value::Notes(vec!["The board notes it. ".repeat(200_000)]));
    }
    import(&mut desk, &next);
    assert!(desk.register().recommendations.is_read(0) && !desk.register().actions.watch().is_lost());
    drop(desk);
    let (desk, asked) = (opened(&folder, Blocks::AtOnce), opened(&folder, Blocks::WhenAsked));
    assert_eq!(*desk.register(), folded(&desk));
    assert!(!asked.register().recommendations.is_read(0), "the snapshot is whole");
}

#[test]
fn a_block_that_is_gone_or_damaged_is_read_from_the_log() {
    for harm in ["DELETE FROM snapshot_part", "UPDATE snapshot_part SET state = zeroblob(length(state))"] {
        let folder = Folder::new();
        large(&folder);
        let desk = opened(&folder, Blocks::WhenAsked);
        alter(&folder, harm);
        let honest = folded(&desk);
        assert!(desk.register().visible_outlines().eq(honest.visible_outlines()), "after {harm}");
        assert_eq!(desk.register().recommendations, honest.recommendations, "after {harm}");
        assert!(!desk.register().actions.watch().is_lost());
    }
}

// Windows lets no one rename a file that is open.
#[cfg(unix)]
#[test]
fn nothing_is_written_on_what_could_not_be_read() {
    let folder = Folder::new();
    large(&folder);
    let mut desk = opened(&folder, Blocks::WhenAsked);
    // Neither the snapshot nor the log leads to what was asked.
    alter(&folder, "DELETE FROM snapshot_part");
    let away = folder.register().with_extension("away");
    std::fs::rename(folder.register(), &away).unwrap();
    assert_eq!(desk.register().visible_outlines().count(), 0);
    let ops = plan("next", 1);
    let problem = desk.import(&ops, Cause::Import { file: "plan.docx".into() }, &env()).unwrap_err();
    std::fs::rename(&away, folder.register()).unwrap();
    assert!(!problem.to_string().is_empty());
    let again = opened(&folder, Blocks::AtOnce);
    assert_eq!(again.register().visible_outlines().count(), 3 * RECOMMENDATIONS);
}

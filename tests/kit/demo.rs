//! The demonstration register. Its plan is read once for all tests.

use std::sync::LazyLock;

use arising::demo;
use arising::desk::Desk;
use arising::domain::draft::Draft;
use arising::env::Env;

static PLAN: LazyLock<Draft> = LazyLock::new(|| demo::plan().expect("the plan can be read"));

/// A register in memory with the plan and its history.
pub fn desk(env: &Env) -> Desk {
    let mut desk = Desk::in_memory().expect("a register in memory");
    fill(&mut desk, env);
    desk
}

pub fn fill(desk: &mut Desk, env: &Env) {
    demo::fill_from(desk, &PLAN, env).expect("the demonstration fills it");
}

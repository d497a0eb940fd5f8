//! Makes a register in a process of its own, so that the process that measures stays small and starts others quickly.

#[path = "../../support/register.rs"]
mod contents;

use std::path::Path;

use arising::desk::Desk;
use arising::env::Env;
use arising::store::{Places, Store};
use chrono::{DateTime, FixedOffset};

/// The arguments are a file, a number of actions and a number of changes.
pub fn make(file: &str, actions: &str, changes: &str) {
    let number = |text: &str| text.parse::<usize>().expect("a number");
    let shape = contents::Shape { actions: number(actions), changes: number(changes) };
    let now: DateTime<FixedOffset> = "2026-11-21T14:05:00+00:00".parse().expect("a time");
    let env = Env { now, today: now.date_naive(), author: "The Chair".into() };
    let store = Store::create_in(Path::new(file), &Places::default()).expect("a register");
    let mut desk = Desk::over(store).expect("an empty register");
    contents::fill(&mut desk, shape, &env).expect("made-up contents are accepted");
}

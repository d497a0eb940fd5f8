//! Creates a register file of any size, for measuring the program from outside: `cargo bench --bench make_register --
//! FILE ACTIONS CHANGES`.

#![allow(clippy::indexing_slicing, reason = "a measurement that cannot be made ends the run")]

#[path = "support/register.rs"]
mod register;

use std::path::Path;

use arising::desk::Desk;
use arising::env::Env;
use arising::store::{Places, Store};
use chrono::Local;

fn main() -> Result<(), String> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let [file, actions, changes] = arguments.as_slice() else {
        return Ok(());
    };
    let number = |text: &str| text.parse::<usize>().map_err(|error| format!("{text}: {error}"));
    let shape = register::Shape { actions: number(actions)?, changes: number(changes)? };
    make(Path::new(file), shape).map_err(|problem| problem.to_string())
}

fn make(file: &Path, shape: register::Shape) -> Result<(), arising::problem::Problem> {
    let now = Local::now().fixed_offset();
    let env = Env { now, today: now.date_naive(), author: "The Chair".into() };
    let mut desk = Desk::over(Store::create_in(file, &Places::default())?)?;
    register::fill(&mut desk, shape, &env)
}

//! One sitting: every row of the table at every size, and the table at the end.

mod baseline;
#[path = "../../support/documents.rs"]
#[allow(dead_code, reason = "some formats are for the bench of imports only")]
mod documents;
#[path = "../../support/hello.rs"]
mod hello_screen;
mod ledger;
mod opening;
mod place;
mod proc;
mod programs;
mod register;
mod saving;
mod session;
mod typing;
mod wanted;
mod writing;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::Command;

pub use baseline::hello;
use ledger::Ledger;
use place::{Place, Register};
pub use register::make;
use wanted::{Size, Wanted};

/// A row of the table at one size.
type Row = fn(&Place, &Register, &mut Ledger);

/// A row with registers of its own.
type Apart = fn(&Place, &mut Ledger);

/// The rows in the order of measuring: the last adds to the register.
const ROWS: [(&str, Row); 11] = [
    ("1", opening::first_screen),
    ("11", opening::first_second),
    ("12", opening::leaving),
    ("2", saving::first_change),
    ("3", saving::every_change),
    ("4", opening::memory),
    ("6", typing::search_and_parties),
    ("7", typing::pages_and_bursts),
    ("8", programs::commands),
    ("9", programs::audit),
    ("5", writing::more_rows),
];

const APART: [(&str, Apart); 7] = [
    ("1", opening::without_history),
    ("4", opening::memory_of_a_real_plan),
    ("13", opening::program_file),
    ("10", writing::documents),
    ("10", writing::workbook),
    ("10", writing::report),
    ("5", writing::large_imports),
];

/// Measures what the arguments ask for, and prints the table.
pub fn measure(arguments: &[&str]) {
    let wanted = Wanted::of(arguments);
    let place = Place::new(wanted.sizes.clone());
    let mut ledger = Ledger::default();
    for (row, measure) in APART.iter().filter(|(row, _)| wanted.has(row)) {
        attempt(row, &mut ledger, |ledger| measure(&place, ledger));
    }
    for size in &wanted.sizes {
        at(*size, &place, &wanted, &mut ledger);
    }
    ledger.print(wanted.markdown);
}

fn at(size: Size, place: &Place, wanted: &Wanted, ledger: &mut Ledger) {
    if !ROWS.iter().any(|(row, _)| wanted.has(row)) {
        return;
    }
    eprintln!("making a register of {} actions", size.actions);
    let register = place.register(size);
    for (row, measure) in ROWS.iter().filter(|(row, _)| wanted.has(row)) {
        attempt(&format!("{row} at {}", size.name), ledger, |ledger| measure(place, &register, ledger));
    }
}

/// A row that cannot be measured does not end the sitting.
fn attempt(row: &str, ledger: &mut Ledger, work: impl FnOnce(&mut Ledger)) {
    eprintln!("row {row}");
    // What earlier rows have written is on the disk first.
    Command::new("sync").status().ok();
    if catch_unwind(AssertUnwindSafe(|| work(ledger))).is_err() {
        ledger.fail(row);
    }
}

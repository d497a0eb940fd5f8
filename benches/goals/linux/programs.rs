//! Rows 8 and 9: single commands, from the start of the process to its end.

use super::ledger::{Ledger, median};
use super::place::{Place, Register};

/// One agency's actions.
const FILTER: &str = "party:\"Agency 07 of the county\"";

/// Commands on a register that this computer has verified today.
pub fn commands(place: &Place, register: &Register, ledger: &mut Ledger) {
    let (file, name) = (&register.file, register.size.name);
    let timed = |arguments: &[&str]| median(&[0; 5].map(|_| place.run(file, arguments)));
    place.run(file, &["show", "1.1"]);
    ledger.tell(&format!("8:show {name}"), timed(&["show", "1.1"]), "whole process".into());
    ledger.tell(&format!("8:list {name}"), timed(&["list", FILTER, "overdue"]), format!("list {FILTER} overdue"));
    let ratings = ["green", "blue", "green", "blue", "green", "blue"];
    let taken = ratings.map(|rating| place.run(file, &["rate", "1.1", rating]));
    ledger.tell(&format!("8:rate {name}"), median(&taken[1..]), "whole process".into());
}

pub fn audit(place: &Place, register: &Register, ledger: &mut Ledger) {
    let (file, name) = (&register.file, register.size.name);
    let log = median(&[0; 3].map(|_| place.run(file, &["log", "--json"])));
    let (_, peak) = place.run_and_peak(file, &["log", "--json"]);
    ledger.tell(&format!("9:log {name}"), peak, format!("VmHWM; it takes {log:.0} ms"));
    let check = median(&[0; 3].map(|_| place.run(file, &["check"])));
    let (_, peak) = place.run_and_peak(file, &["check"]);
    ledger.tell(&format!("9:check {name}"), check, format!("whole process; VmHWM {peak:.0} MiB"));
}

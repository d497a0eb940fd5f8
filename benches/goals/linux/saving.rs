//! Rows 2 and 3: a change from its key to the word “saved”.

use super::ledger::{Ledger, greatest, median, short};
use super::place::{Place, Register};

/// The first change, typed as soon as the first screen is whole, and later ones of the same run.
pub fn first_change(place: &Place, register: &Register, ledger: &mut Ledger) {
    let (mut first, mut later) = (Vec::new(), Vec::new());
    for _ in 0..register.size.starts {
        let mut session = place.open(&register.file);
        session.shown(&format!(" 1 of {}", register.size.actions));
        first.push(register.save(&mut session));
        session.rest();
        later.extend((0..10).map(|_| saved(register, &mut session)));
        session.leave();
    }
    ledger.ratio(&format!("2:{}", register.size.name), (median(&first), median(&later)), "ms");
}

pub fn every_change(place: &Place, register: &Register, ledger: &mut Ledger) {
    let mut session = place.open(&register.file);
    session.shown(&format!(" 1 of {}", register.size.actions));
    session.rest();
    let taken: Vec<f64> = (0..register.size.saves).map(|_| saved(register, &mut session)).collect();
    session.leave();
    let (most, usual, mut sorted) = (greatest(&taken), median(&taken), taken.clone());
    sorted.sort_by(f64::total_cmp);
    let p99 = short(sorted[sorted.len() * 99 / 100]);
    let from = format!("{} ÷ {} ms, {} saves; p99 {p99} ms", short(most), short(usual), taken.len());
    ledger.tell(&format!("3:{}", register.size.name), most / usual, from);
}

/// A change, and the pause of a fast typist after it.
fn saved(register: &Register, session: &mut super::session::Session) -> f64 {
    let taken = register.save(session);
    session.settle();
    taken
}

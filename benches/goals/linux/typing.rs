//! Rows 6 and 7: searching, the list of parties, pages, and keys that arrive all at once.

use super::ledger::{Ledger, median};
use super::place::{Place, Register};
use super::session::Session;

const PAGE_DOWN: &str = "\x1b[6~";
const HOME: &str = "\x1b[H";
const BURST: usize = 50;

fn rested(place: &Place, register: &Register) -> Session {
    let mut session = place.open(&register.file);
    session.shown(&format!(" 1 of {}", register.size.actions));
    session.rest();
    session
}

pub fn search_and_parties(place: &Place, register: &Register, ledger: &mut Ledger) {
    let mut session = rested(place, register);
    let cursor = session.keys("j", 60);
    session.key(HOME);
    let (mut letter, mut list, mut enter) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..12 {
        session.key("/");
        letter.extend(["c", "u", "s", "t"].map(|key| session.key(key)));
        session.key("\x1b");
        list.push(session.key("f"));
        enter.push(session.key("\r"));
        session.key("\x7f");
    }
    session.leave();
    for (what, samples) in [("letter", letter), ("list", list), ("enter", enter)] {
        let (name, taken) = (register.size.name, median(&samples));
        let key = format!("6:{what} {name}");
        match name {
            "1k" => ledger.ratio(&key, (taken, median(&cursor)), "ms"),
            _ => ledger.tell(&key, taken, "key to last byte".into()),
        }
    }
}

/// The program and `hello` side by side, key by key.
pub fn pages_and_bursts(place: &Place, register: &Register, ledger: &mut Ledger) {
    let (mut session, mut hello) = (rested(place, register), place.hello());
    hello.shown(" 1 of 1000");
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..4 {
        for _ in 0..15 {
            ours.push(session.key(PAGE_DOWN));
            theirs.push(hello.key(PAGE_DOWN));
        }
        session.key(HOME);
    }
    ledger.ratio(&format!("7:page {}", register.size.name), (median(&ours), median(&theirs)), "ms");
    ledger.ratio(&format!("7:burst {}", register.size.name), bursts(register, &mut session, place.hello()), "ms");
    session.leave();
    hello.leave();
}

fn bursts(register: &Register, session: &mut Session, mut hello: Session) -> (f64, f64) {
    let (keys, mut ours, mut theirs) = ("j".repeat(BURST), Vec::new(), Vec::new());
    hello.shown(" 1 of 1000");
    for at in 1..=10 {
        let place = at * BURST + 1;
        ours.push(session.until(&keys, &format!(" {place} of {}", register.size.actions)));
        theirs.push(hello.until(&keys, &format!(" {place} of 1000")));
        session.settle();
    }
    hello.leave();
    (median(&ours), median(&theirs))
}

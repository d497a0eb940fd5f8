//! Rows 1, 4, 11, 12 and 13: opening the screen, what it costs in memory, and leaving it.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use super::ledger::{Ledger, greatest, median};
use super::place::{Place, Register, published};
use super::proc;

/// The footer is drawn last, and ends with the place of the selected action.
fn footer(actions: usize) -> String {
    format!(" 1 of {actions}")
}

pub fn first_screen(place: &Place, register: &Register, ledger: &mut Ledger) {
    let size = register.size;
    ledger.ratio(&format!("1:{}", size.name), against_hello(place, &register.file, size.actions, size.starts), "ms");
    let usable: Vec<f64> = (0..size.starts).map(|_| usable(place, register)).collect();
    ledger.tell(&format!("1:usable {}", size.name), median(&usable), "start to the answer of End".into());
}

pub fn without_history(place: &Place, ledger: &mut Ledger) {
    let file = place.made("plain", 1_000, 0);
    place.attempt(&file, &["rate", "1.1", "red"]);
    ledger.ratio("1:plain", against_hello(place, &file, 1_000, 15), "ms");
}

/// First screens of the program and of `hello`, one after the other.
fn against_hello(place: &Place, file: &Path, actions: usize, starts: usize) -> (f64, f64) {
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..starts {
        let mut hello = place.hello();
        theirs.push(hello.shown(&footer(1_000)));
        hello.leave();
        let mut session = place.open(file);
        ours.push(session.shown(&footer(actions)));
        session.rest();
        session.leave();
    }
    (median(&ours), median(&theirs))
}

/// From the start to the end of the list: `End` is typed as soon as the first screen is whole.
fn usable(place: &Place, register: &Register) -> f64 {
    let (mut session, actions) = (place.open(&register.file), register.size.actions);
    session.shown(&footer(actions));
    session.until("\x1b[F", &format!(" {actions} of {actions}"));
    let taken = session.since_start();
    session.rest();
    session.leave();
    taken
}

/// The first cursor key, typed with the first screen, which waits until the register has been read; and the slowest of those that follow
/// in the second after it.
pub fn first_second(place: &Place, register: &Register, ledger: &mut Ledger) {
    let (mut first, mut slowest, mut rested) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..5 {
        let mut session = place.open(&register.file);
        session.shown(&footer(register.size.actions));
        let (mut at, mut taken) = (1, Vec::new());
        let mut step = |at: &mut usize| {
            *at += 1;
            session.until("j", &format!(" {at} of {}", register.size.actions))
        };
        first.push(step(&mut at));
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(1) {
            taken.push(step(&mut at));
            std::thread::sleep(Duration::from_millis(10));
        }
        slowest.push(greatest(&taken));
        session.rest();
        rested.extend(session.keys("j", 20));
        session.leave();
    }
    let name = register.size.name;
    ledger.tell(&format!("11:first {name}"), median(&first), "j, typed with the first screen".into());
    ledger.ratio(&format!("11:{name}"), (median(&slowest), median(&rested)), "ms");
}

pub fn leaving(place: &Place, register: &Register, ledger: &mut Ledger) {
    let (mut at_once, mut rested) = (Vec::new(), Vec::new());
    for _ in 0..5 {
        let mut session = place.open(&register.file);
        session.shown(&footer(register.size.actions));
        at_once.push(session.leave());
        let mut session = place.open(&register.file);
        session.shown(&footer(register.size.actions));
        session.rest();
        rested.push(session.leave());
    }
    let name = register.size.name;
    ledger.tell(&format!("12:{name}"), median(&rested), "q to the end of the process".into());
    ledger.tell(&format!("12:at once {name}"), median(&at_once), "q to the end of the process".into());
}

pub fn memory(place: &Place, register: &Register, ledger: &mut Ledger) {
    let mut session = place.open(&register.file);
    session.shown(&footer(register.size.actions));
    session.rest();
    session.keys("j", 20);
    session.key("\x1b[H");
    register.save(&mut session);
    session.rest();
    let now = proc::mib(session.pid, "VmRSS").unwrap_or(f64::NAN);
    let from = format!("VmHWM; {now:.1} at rest");
    ledger.tell(&format!("4:{}", register.size.name), proc::peak(session.pid), from);
    session.leave();
}

pub fn memory_of_a_real_plan(place: &Place, ledger: &mut Ledger) {
    let Some(plan) = published("adult-c.docx") else {
        return ledger.skip("4:real", "skipped: no real plan");
    };
    let file = place.path("real.sqlite");
    place.run(&file, &["import", &plan.to_string_lossy()]);
    let mut session = place.open(&file);
    session.shown(" 1 of ");
    session.rest();
    session.keys("j", 20);
    ledger.tell("4:real", proc::peak(session.pid), "VmHWM, adult-c.docx imported".into());
    session.leave();
}

/// The program's own file: in memory beside the smallest register, and on the disk.
pub fn program_file(place: &Place, ledger: &mut Ledger) {
    let file = place.made("small", 27, 0);
    let mut session = place.open(&file);
    session.shown(&footer(27));
    session.rest();
    ledger.tell("13:resident", proc::mib(session.pid, "RssFile").unwrap_or(f64::NAN), "RssFile, 27 actions".into());
    session.leave();
    let bytes = fs::metadata(env!("CARGO_BIN_EXE_arising")).map_or(0, |about| about.len());
    let mib = u32::try_from(bytes / 1024).map_or(f64::NAN, |kib| f64::from(kib) / 1024.0);
    ledger.tell("13:disk", mib, "size of the file".into());
}

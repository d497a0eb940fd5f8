//! Rows 2 and 3: a change from its key to the word “saved”.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

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
    let taken = changes(place, register, || ());
    let alone = of_the_disk(&place.path("disk"), taken.len()).expect("the disk can be written to");
    tell_slowest(&format!("3:{}", register.size.name), &taken, ("the disk alone", &alone), ledger);
    let Some(memory) = place.in_memory() else { return };
    let (mut hello, mut answers) = (place.hello(), Vec::new());
    hello.shown(" 1 of 1000");
    let taken = changes(&memory, &memory.register(register.size), || answers.push(hello.key("j")));
    hello.leave();
    tell_slowest(
        &format!("3:memory {}", register.size.name),
        &taken,
        ("hello's key in turn with it", &answers),
        ledger,
    );
}

/// `between` is done after each of them.
fn changes(place: &Place, register: &Register, mut between: impl FnMut()) -> Vec<f64> {
    let mut session = place.open(&register.file);
    session.shown(&format!(" 1 of {}", register.size.actions));
    session.rest();
    let mut change = |_| {
        let taken = saved(register, &mut session);
        between();
        taken
    };
    let taken = (0..register.size.saves).map(&mut change).collect();
    session.leave();
    taken
}

/// Beside it, `than`: how long something takes as many times that has no part in the program.
fn tell_slowest(key: &str, taken: &[f64], (what, than): (&str, &[f64]), ledger: &mut Ledger) {
    let (most, usual) = (greatest(taken), median(taken));
    let from = format!("{}, {} saves; {what} {}", slowest(taken), taken.len(), slowest(than));
    ledger.tell(key, most / usual, from);
}

/// "12.1 ÷ 2.88 ms (p99 4.72)"
fn slowest(taken: &[f64]) -> String {
    let mut sorted = taken.to_vec();
    sorted.sort_by(f64::total_cmp);
    let p99 = short(sorted[sorted.len() * 99 / 100]);
    format!("{} ÷ {} ms (p99 {p99})", short(greatest(taken)), short(median(taken)))
}

/// A change, and the pause of a fast typist after it.
fn saved(register: &Register, session: &mut super::session::Session) -> f64 {
    let taken = register.save(session);
    session.settle();
    taken
}

/// What the disk takes for the writes of a save, at the pace of a fast typist: a journal, five pages, and the journal emptied.
fn of_the_disk(folder: &Path, count: usize) -> io::Result<Vec<f64>> {
    std::fs::create_dir_all(folder)?;
    let open =
        |name: &str| OpenOptions::new().read(true).write(true).create(true).truncate(false).open(folder.join(name));
    let (pages, page) = (open("pages")?, [7; 8192]);
    pages.write_all_at(&vec![1; 16 << 20], 0)?;
    pages.sync_all()?;
    let save = || -> io::Result<()> {
        let journal = open("journal")?;
        journal.write_all_at(&vec![3; 42_000], 0)?;
        journal.sync_all()?;
        File::open(folder)?.sync_all()?;
        journal.write_all_at(&[5; 12], 0)?;
        journal.sync_all()?;
        (0..5).try_for_each(|nth| pages.write_all_at(&page, nth * 300 * 8192))?;
        pages.sync_all()?;
        journal.set_len(0)?;
        journal.sync_all()
    };
    let timed = |_| {
        thread::sleep(Duration::from_millis(25));
        let begun = Instant::now();
        save().map(|()| begun.elapsed().as_secs_f64() * 1000.0)
    };
    (0..count).map(timed).collect()
}

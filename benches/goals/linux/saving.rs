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
    let taken = changes(place, register);
    let alone = of_the_disk(&place.path("disk"), taken.len()).expect("the disk can be written to");
    let disk = format!("; the disk alone {} ÷ {}", short(greatest(&alone)), short(median(&alone)));
    tell_slowest(&format!("3:{}", register.size.name), &taken, &disk, ledger);
    let Some(memory) = place.in_memory() else { return };
    let taken = changes(&memory, &memory.register(register.size));
    tell_slowest(&format!("3:memory {}", register.size.name), &taken, "", ledger);
}

fn changes(place: &Place, register: &Register) -> Vec<f64> {
    let mut session = place.open(&register.file);
    session.shown(&format!(" 1 of {}", register.size.actions));
    session.rest();
    let taken = (0..register.size.saves).map(|_| saved(register, &mut session)).collect();
    session.leave();
    taken
}

fn tell_slowest(key: &str, taken: &[f64], more: &str, ledger: &mut Ledger) {
    let (most, usual, mut sorted) = (greatest(taken), median(taken), taken.to_vec());
    sorted.sort_by(f64::total_cmp);
    let p99 = short(sorted[sorted.len() * 99 / 100]);
    let from = format!("{} ÷ {} ms, {} saves; p99 {p99}{more}", short(most), short(usual), taken.len());
    ledger.tell(key, most / usual, from);
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

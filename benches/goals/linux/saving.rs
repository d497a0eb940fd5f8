//! Rows 2 and 3: a change from its key to the word “saved”.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::time::Instant;

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
    // What the other rows have written goes to the disk first.
    rustix::fs::sync();
    let (disk, mut alone) = (Disk::new(&place.path("disk")).expect("the disk can be written to"), Vec::new());
    let taken = changes(place, register, || alone.push(disk.save().expect("the disk can be written to")));
    tell_slowest(&format!("3:{}", register.size.name), &taken, ("the disk alone in turn with it", &alone), ledger);
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

/// The disk without the program.
struct Disk {
    folder: PathBuf,
    pages: File,
}

impl Disk {
    fn new(folder: &Path) -> io::Result<Disk> {
        std::fs::create_dir_all(folder)?;
        let pages = writable(&folder.join("pages"))?;
        pages.write_all_at(&vec![1; 16 << 20], 0)?;
        pages.sync_all()?;
        Ok(Disk { folder: folder.to_owned(), pages })
    }

    /// How long it takes for the writes of a save: a journal, five pages, and the journal emptied.
    fn save(&self) -> io::Result<f64> {
        let begun = Instant::now();
        let journal = writable(&self.folder.join("journal"))?;
        journal.write_all_at(&vec![3; 42_000], 0)?;
        journal.sync_all()?;
        File::open(&self.folder)?.sync_all()?;
        journal.write_all_at(&[5; 12], 0)?;
        journal.sync_all()?;
        (0..5).try_for_each(|nth| self.pages.write_all_at(&[7; 8192], nth * 300 * 8192))?;
        self.pages.sync_all()?;
        journal.set_len(0)?;
        journal.sync_all()?;
        Ok(begun.elapsed().as_secs_f64() * 1000.0)
    }
}

fn writable(file: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).create(true).truncate(false).open(file)
}

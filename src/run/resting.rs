//! What is done for the next opening while no key is pressed: a snapshot, written piece by piece on another thread, and what it leaves
//! over, removed piece by piece.

use std::sync::mpsc::{self, Receiver, Sender, TryRecvError};
use std::thread;

use crate::desk::Desk;
use crate::store::{Piece, SnapshotWriter, Wrote};

/// The thread that writes the pieces of a snapshot.
pub struct Resting {
    give: Sender<Work>,
    done: Receiver<Done>,
    /// How much of what it was given is not done yet.
    waiting: usize,
    /// Whether parts may be left over, of this run or an earlier one.
    must_sweep: bool,
    /// Whether the thread has ended.
    is_gone: bool,
}

enum Work {
    Write(Piece),
    Sweep,
}

enum Done {
    /// So many pieces together.
    Wrote(usize, Wrote),
    /// Whether there may be more to sweep.
    Swept(bool),
}

impl Resting {
    /// None for a register without a file, and where no thread can be had.
    pub fn begin(desk: &mut Desk) -> Option<Resting> {
        let mut writer = desk.rest_for_snapshots()?;
        let (give, take) = mpsc::channel();
        let (tell, done) = mpsc::channel();
        let work = move || {
            while let Ok(first) = take.recv() {
                for done in carried_out(&mut writer, std::iter::once(first).chain(take.try_iter())) {
                    // The receiver is gone if the program has quit meanwhile.
                    tell.send(done).ok();
                }
            }
        };
        thread::Builder::new().name("snapshot".into()).spawn(work).ok()?;
        Some(Resting { give, done, waiting: 0, must_sweep: true, is_gone: false })
    }

    /// Whether there is something to do.
    pub fn has_work(&self, desk: &Desk) -> bool {
        let may_write = self.must_sweep && desk.store().may_keep_snapshots();
        !self.is_gone && (may_write || self.waiting > 0 || desk.is_snapshot_due())
    }

    /// Gives the thread the next piece, if one is due. Whatever fails here only makes the next opening slower.
    pub fn go_on(&mut self, desk: &mut Desk) {
        loop {
            let done = match self.done.try_recv() {
                Ok(done) => done,
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) => return self.is_gone = true,
            };
            let (count, must_sweep) = match done {
                Done::Wrote(count, wrote) => {
                    if wrote == Wrote::Nothing {
                        desk.put_snapshot_off();
                    }
                    (count, wrote == Wrote::AllButSweeping)
                }
                Done::Swept(may_be_more) => (1, may_be_more),
            };
            self.waiting = self.waiting.saturating_sub(count);
            self.must_sweep |= must_sweep;
        }
        let work = match desk.next_piece() {
            Ok(Some(piece)) => Some(Work::Write(piece)),
            // Not while the thread is at work: to look would wait for its lock, and a key for that.
            Ok(None) | Err(_) if self.waiting == 0 && desk.store().may_keep_snapshots() => {
                (std::mem::take(&mut self.must_sweep) && desk.store().has_leftovers()).then_some(Work::Sweep)
            }
            Ok(None) | Err(_) => None,
        };
        if work.is_some_and(|work| self.give.send(work).is_ok()) {
            self.waiting += 1;
        }
    }
}

/// What has come together: the pieces in one go.
fn carried_out(writer: &mut SnapshotWriter, works: impl Iterator<Item = Work>) -> Vec<Done> {
    let (mut pieces, mut done) = (Vec::new(), Vec::new());
    for work in works {
        match work {
            Work::Write(piece) => pieces.push(piece),
            Work::Sweep => done.push(Done::Swept(writer.sweep())),
        }
    }
    if !pieces.is_empty() {
        done.push(Done::Wrote(pieces.len(), writer.write(&pieces)));
    }
    done
}

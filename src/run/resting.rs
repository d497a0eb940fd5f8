//! What is done for the next opening while no key is pressed: a snapshot, written piece by piece on another thread.

use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use crate::desk::Desk;
use crate::store::Piece;

/// The thread that writes the pieces of a snapshot.
pub struct Resting {
    give: Sender<Piece>,
    /// For each round of writing, whether it succeeded.
    done: Receiver<bool>,
}

impl Resting {
    /// None for a register without a file, and where no thread can be had.
    pub fn begin(desk: &mut Desk) -> Option<Resting> {
        let mut writer = desk.rest_for_snapshots()?;
        let (give, take) = mpsc::channel::<Piece>();
        let (tell, done) = mpsc::channel();
        let write = move || {
            while let Ok(first) = take.recv() {
                let pieces: Vec<Piece> = std::iter::once(first).chain(take.try_iter()).collect();
                // The receiver is gone if the program has quit meanwhile.
                tell.send(writer.write(&pieces)).ok();
            }
        };
        thread::Builder::new().name("snapshot".into()).spawn(write).ok()?;
        Some(Resting { give, done })
    }

    /// Gives the thread the next piece, if one is due. Whatever fails here only makes the next opening slower.
    pub fn go_on(&self, desk: &mut Desk) {
        if self.done.try_iter().any(|is_written| !is_written) {
            desk.put_snapshot_off();
        }
        if let Ok(Some(piece)) = desk.next_piece() {
            self.give.send(piece).ok();
        }
    }
}

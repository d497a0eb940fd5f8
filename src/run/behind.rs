//! Reads the register behind a first screen that was kept.

use std::sync::mpsc::{self, TryRecvError};
use std::thread;

use super::{Onward, lost};
use crate::app::key::Input;
use crate::app::keymap::Keymap;
use crate::app::scope::Scope;
use crate::desk::Desk;
use crate::problem::Problem;
use crate::store::Store;
use crate::term::{Next, Term, Waker};

/// What came of it.
pub enum Behind {
    /// The register, and what was typed meanwhile.
    Read(Box<Desk>, Vec<Input>),
    /// The user left before it was read.
    Left(Onward),
}

/// Wakes the loop however the thread ends.
struct Waking(Waker);

impl Drop for Waking {
    fn drop(&mut self) {
        self.0.wake();
    }
}

/// Reads the register on another thread. Keys typed meanwhile are kept for it, but for the one that quits.
pub fn read(term: &mut Term, store: Store, keymap: &Keymap) -> Result<Behind, Problem> {
    let (sender, read) = mpsc::channel();
    let waking = Waking(term.waker());
    let work = move || {
        let _waking = waking;
        // The receiver is gone if the user has left meanwhile.
        sender.send(Desk::over(store)).ok();
    };
    thread::Builder::new().name("read".into()).spawn(work).map_err(|error| lost(&error))?;
    let mut inputs = Vec::new();
    loop {
        match read.try_recv() {
            Ok(desk) => return Ok(Behind::Read(Box::new(desk?), inputs)),
            Err(TryRecvError::Disconnected) => return Err(lost(&std::io::Error::other("the register was not read"))),
            Err(TryRecvError::Empty) => {}
        }
        match term.next(None).map_err(|error| lost(&error))? {
            Next::Inputs(new) => inputs.extend(new),
            Next::Keep => term.kept(),
            Next::Leave(code) => return Ok(Behind::Left(Onward::Exit(code))),
        }
        if inputs.first().is_some_and(|input| quits(input, keymap)) {
            return Ok(Behind::Left(Onward::Leave));
        }
    }
}

fn quits(input: &Input, keymap: &Keymap) -> bool {
    let Input::Key(key) = input else { return false };
    keymap.command(&[Scope::Everywhere], *key).is_some_and(|command| command.name == "quit")
}

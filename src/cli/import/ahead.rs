//! Reads the next document while the program does something else: opens the register, or imports the document before.

use std::path::{Path, PathBuf};
use std::thread;

use crate::import::Options;
use crate::import::child::{self, Begun};
use crate::store;

/// What a file is that was named for importing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    Document,
    /// To be merged instead.
    Bundle,
    /// To be compared, or merged.
    Register,
}

impl Given {
    pub fn of(file: &Path) -> Given {
        if store::is_bundle(file) || store::is_sealed(file) {
            return Given::Bundle;
        }
        if store::is_register(file) { Given::Register } else { Given::Document }
    }
}

/// The documents of one command, the next of which is being read.
pub struct Ahead<'a> {
    /// Those whose reading has not begun.
    left: &'a [PathBuf],
    begun: Option<Begun>,
}

impl<'a> Ahead<'a> {
    pub fn new(documents: &'a [PathBuf]) -> Ahead<'a> {
        Ahead { left: documents, begun: None }
    }

    /// Begins to read the next document.
    pub fn begin_next(&mut self, options: &Options) {
        self.begun = None;
        while let Some((file, left)) = self.left.split_first() {
            self.left = left;
            if Given::of(file) == Given::Document {
                self.begun = Some(child::begin(file, options));
                return;
            }
        }
    }

    /// Whether there is another document to be read.
    pub fn has_more(&self) -> bool {
        self.begun.is_some()
    }

    /// A document, which was begun before or is begun now: what was learnt meanwhile may be read differently.
    pub fn document(&mut self, file: &Path, options: &Options) -> Begun {
        let begun = self.begun.take().filter(|begun| begun.is_of(file, options));
        begun.unwrap_or_else(|| child::begin(file, options))
    }
}

/// Frees what is no longer needed, while the program goes on or ends.
pub fn free(done: impl Send + 'static) {
    // Where no thread can be had, it is freed here.
    drop(thread::Builder::new().spawn(move || drop(done)));
}

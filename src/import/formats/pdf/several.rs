//! Reads the pages of a file, two at a time: they are most of the work that a PDF makes, and know nothing of each other.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use super::library::{File, PageKey, Refusal};
use super::page::{self, Page};
use super::{LETTERS, STACK};

/// A page's number, and what was read.
type Read = (u32, Result<Page, Refusal>);

/// The pages in order. Where one cannot be read, or they hold more than any plan, those after it may be missing.
pub fn read(file: &File, ids: &[(u32, PageKey)]) -> Vec<Read> {
    let shared = Shared {
        file,
        ids,
        next: AtomicUsize::new(0),
        letters: AtomicUsize::new(0),
        is_refused: AtomicBool::new(false),
        read: Mutex::default(),
    };
    thread::scope(|scope| {
        if ids.len() > 1 {
            let beside = thread::Builder::new().name("pdf".into()).stack_size(STACK);
            // Where no second thread can be had, one does it all.
            drop(beside.spawn_scoped(scope, || shared.work()));
        }
        shared.work();
    });
    let mut read = shared.read.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    read.sort_by_key(|(at, _)| *at);
    read.into_iter().map(|(_, read)| read).collect()
}

struct Shared<'a> {
    file: &'a File,
    ids: &'a [(u32, PageKey)],
    next: AtomicUsize,
    letters: AtomicUsize,
    is_refused: AtomicBool,
    /// By the page's place.
    read: Mutex<Vec<(usize, Read)>>,
}

impl Shared<'_> {
    /// Reads pages until there are no more, or it is known that the file is refused. They are begun in order, so all before the
    /// last one are read too.
    fn work(&self) {
        while !self.is_refused.load(Ordering::Relaxed) && self.letters.load(Ordering::Relaxed) <= LETTERS {
            let at = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(&(number, id)) = self.ids.get(at) else { return };
            let page = page::read(self.file, id, number);
            self.is_refused.fetch_or(page.is_err(), Ordering::Relaxed);
            self.letters.fetch_add(page.as_ref().map_or(0, |page| page.letters), Ordering::Relaxed);
            if let Ok(mut read) = self.read.lock() {
                read.push((at, (number, page)));
            }
        }
    }
}

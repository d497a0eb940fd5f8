//! The changes of a batch as they are stored: their words as lines, and the chain over them.
//!
//! The lines of a long batch, an import, would take as much memory as the batch itself. So each is made twice: once for its
//! digest, and again when its row is written. For a long batch a second thread does half the one and all of the other.

use std::io;
use std::sync::mpsc::sync_channel;
use std::thread;

use crate::domain::change::{Change, Op};
use crate::wire::line;

use super::chain::{self, Hash, Tip};
use super::rows;
use super::trouble::{Doing, Fault};

/// Fewer changes are sooner done than a second thread has begun.
const MANY: usize = 500;

/// How many changes are printed, and their rows written, at a time: a statement may have a hundred variables (`connect`), and this one
/// has six for each row and two for all.
pub const AT_ONCE: usize = 16;

/// How many times as many lines may wait for their rows to be written.
const WAITING: usize = 4;

/// What the row of a change has beside its place and its words.
pub struct Link {
    pub salt: [u8; 16],
    pub digest: Hash,
    pub hash: Hash,
}

/// The chain on from `before`, and its new end.
pub fn of(changes: &[Change], before: Tip, header: &Hash) -> Result<(Vec<Link>, Tip), Fault> {
    let mut tip = before;
    let mut links = Vec::with_capacity(changes.len());
    for (Change { id, lamport, .. }, (salt, digest)) in changes.iter().zip(digests(changes)?) {
        let hash = chain::link(&tip.hash, *lamport, *id, header, &digest);
        links.push(Link { salt, digest, hash });
        tip = Tip { seq: id.seq, hash };
    }
    Ok((links, tip))
}

/// A change with its link and its line.
pub type Printed<'a> = (&'a Change, &'a Link, String);

/// Gives `write` all changes in order, [`AT_ONCE`] at a time.
pub fn printed(
    changes: &[Change],
    links: &[Link],
    mut write: impl FnMut(&[Printed<'_>]) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut all = changes.chunks(AT_ONCE).zip(links.chunks(AT_ONCE));
    if changes.len() < MANY {
        return all.try_for_each(|(changes, links)| write(&joined(changes, links, bodies(changes)?)));
    }
    thread::scope(|scope| {
        let (sender, ready) = sync_channel(WAITING);
        let ahead = move || drop(changes.chunks(AT_ONCE).try_for_each(|changes| sender.send(bodies(changes))));
        let is_ahead = thread::Builder::new().spawn_scoped(scope, ahead).is_ok();
        all.try_for_each(|(changes, links)| {
            // Where no second thread can be had, one does it all.
            let made = if is_ahead { ready.recv().ok() } else { None };
            write(&joined(changes, links, made.unwrap_or_else(|| bodies(changes))?))
        })
    })
}

fn joined<'a>(changes: &'a [Change], links: &'a [Link], printed: Vec<String>) -> Vec<Printed<'a>> {
    changes.iter().zip(links).zip(printed).map(|((change, link), line)| (change, link, line)).collect()
}

fn bodies(changes: &[Change]) -> Result<Vec<String>, Fault> {
    changes.iter().map(|change| body(&change.op)).collect()
}

/// A salt for each change, and the digest of its line after that.
fn digests(changes: &[Change]) -> Result<Vec<([u8; 16], Hash)>, Fault> {
    let made = |changes: &[Change]| changes.iter().map(digest).collect::<Result<Vec<_>, Fault>>();
    if changes.len() < MANY {
        return made(changes);
    }
    let (first, second) = changes.split_at(changes.len() / 2);
    thread::scope(|scope| {
        let beside = thread::Builder::new().spawn_scoped(scope, || made(second));
        let mut all = made(first)?;
        all.extend(beside.ok().and_then(|beside| beside.join().ok()).unwrap_or_else(|| made(second))?);
        Ok(all)
    })
}

fn digest(change: &Change) -> Result<([u8; 16], Hash), Fault> {
    let salt = chain::salt()?;
    Ok((salt, chain::digest(&salt, body(&change.op)?.as_bytes())))
}

/// The line of an operation.
fn body(op: &Op) -> Result<String, Fault> {
    let body = line::print(op).map_err(io::Error::other)?;
    if body.len() > rows::LARGEST_BODY {
        let why = "one text is longer than a register can hold (16 MB)";
        return Err(Doing::Saving.because(why, "Shorten it, or split it into several.").into());
    }
    Ok(body)
}

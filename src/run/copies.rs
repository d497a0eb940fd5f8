//! A copy of the register where a document is expected: a look at what it brings, and the merge itself.

use std::path::Path;

use super::reading::expanded;
use super::seat::{Seat, waiting};
use crate::app::Msg;
use crate::app::message::{Conflicting, MergeOffer};
use crate::desk::{Merge, Written};
use crate::domain::conflict;
use crate::domain::describe::Quoting;
use crate::domain::erasing::{self, Erasing};
use crate::domain::fork::{Fork, Forks};
use crate::domain::id::Id;
use crate::domain::updates::{self, Update};
use crate::env::Env;
use crate::problem::Problem;
use crate::seal::{Keys, Needs, Secret};
use crate::store::{self, Newcomer, Opened, Terms, Trial};

/// What a copy would bring; nothing is written. One that is sealed must be opened first.
pub fn offered(seat: &mut Seat, path: &str, env: &Env) -> Msg {
    match store::seal_of(&expanded(path)) {
        Ok(Some(Needs::Passphrase)) => Msg::Sealed { path: path.to_owned() },
        Ok(Some(Needs::Identity)) => opened(seat, path, &Keys::default(), env),
        Ok(None) => looked_at(seat, path, env),
        Err(problem) => Msg::Failed(problem),
    }
}

/// What a sealed bundle would bring that this passphrase opens.
pub fn unsealed(seat: &mut Seat, path: &str, passphrase: Secret, env: &Env) -> Msg {
    opened(seat, path, &Keys { passphrases: vec![passphrase], identities: Vec::new() }, env)
}

fn opened(seat: &mut Seat, path: &str, keys: &Keys, env: &Env) -> Msg {
    match Opened::with(&[expanded(path)], keys) {
        Ok(opened) => {
            seat.opened = opened;
            looked_at(seat, path, env)
        }
        Err(problem) => Msg::Failed(problem),
    }
}

fn looked_at(seat: &mut Seat, path: &str, env: &Env) -> Msg {
    let file = expanded(path);
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let offer = |forks, changes, told| {
        Msg::Offered(Box::new(MergeOffer { path: path.to_owned(), forks, name: name.clone(), changes, told }))
    };
    if !seat.is_settled() {
        return offer(Forks::Refuse, None, Vec::new());
    }
    let found = match seat.desk.forks(&file, &seat.opened) {
        Ok(found) => found,
        Err(problem) => return Msg::Failed(problem),
    };
    let forks = if found.is_empty() { Forks::Refuse } else { Forks::AsNewCopy };
    let terms = Terms { opened: &seat.opened, forks, ..Terms::usual(Trial::Try) };
    match seat.desk.merge(&[file], terms, env) {
        Ok(merge) if merge.brought.is_empty() => {
            Msg::Notice(format!("Nothing new in {name}: everything in it is here already"))
        }
        Ok(merge) => {
            let sides = merge.brought.conflicts.iter().flat_map(|conflict| {
                let subject = conflict.subject(&merge.register);
                let sides = conflict.sides(&merge.register, &merge.log);
                sides.into_iter().map(move |side| format!("≠ {subject}: {}", side.sentence()))
            });
            let first = merge.first.iter().map(Newcomer::sentence);
            let forked = found.iter().flat_map(Fork::lines);
            let told = forked.chain(merge.brought.pieces()).chain(first).chain(sides);
            offer(forks, Some(merge.brought.changes), told.collect())
        }
        Err(problem) => Msg::Failed(problem),
    }
}

/// Merges it.
pub fn merged(seat: &mut Seat, path: &str, forks: Forks, env: &Env) -> Msg {
    let file = expanded(path);
    let merged = seat.settle_as(&file).and_then(|()| merge(seat, &file, forks, env));
    match merged {
        Ok(sentence) => Msg::Merged(sentence, waiting(&seat.desk.store().beside())),
        Err(problem) => Msg::Failed(problem),
    }
}

fn merge(seat: &mut Seat, file: &Path, forks: Forks, env: &Env) -> Result<String, Problem> {
    let opened = std::mem::take(&mut seat.opened);
    let terms = Terms { opened: &opened, forks, ..Terms::usual(Trial::Write) };
    let merge = seat.desk.merge(&[file.to_owned()], terms, env)?;
    let waiting = updates::summary(seat.desk.register(), &seat.desk.updates()?);
    let waiting = waiting.map(|summary| format!(". {summary}, for the meeting to accept")).unwrap_or_default();
    Ok(format!("Merged {}{waiting}", sentence(&merge)))
}

/// What it brings, and which copies are new to this computer.
fn sentence(merge: &Merge) -> String {
    let first = merge.first.iter().map(|new| format!(". {}", new.sentence()));
    first.fold(merge.brought.sentence(), |all, new| all + &new)
}

/// The conflicts of one thing, with who wrote what.
pub fn conflicts(seat: &Seat, on: Id) -> Msg {
    let register = seat.desk.register();
    let found = register.thing(on).map(|thing| conflict::of(thing, on)).unwrap_or_default();
    match seat.log() {
        Ok(log) => {
            let told = found.iter().map(|conflict| Conflicting {
                subject: conflict.subject(register),
                sides: conflict.sides(register, &log),
            });
            Msg::Conflicts(on, told.collect())
        }
        Err(problem) => Msg::Failed(problem),
    }
}

/// Who proposed to close an action.
pub fn proposer(seat: &Seat, action: Id, change: Id) -> Msg {
    match seat.desk.history(action, Quoting::Beginning) {
        Ok(entries) => {
            let by = entries.into_iter().find(|entry| entry.change == change).map(|entry| entry.author);
            Msg::Proposer { action, by: by.unwrap_or_default() }
        }
        Err(problem) => Msg::Failed(problem),
    }
}

/// What agencies wrote in their own copies.
pub fn updates(seat: &Seat) -> Msg {
    match seat.desk.updates() {
        Ok(waiting) => Msg::Updates(waiting),
        Err(problem) => Msg::Failed(problem),
    }
}

/// Sets an update back; the half-typed reason is no longer needed.
pub fn declined(seat: &mut Seat, update: &Update, reason: &str, draft: &str, env: &Env) -> Result<Written, Problem> {
    let written = seat.desk.decline(update, reason, env)?;
    seat.desk.forget_draft(draft)?;
    Ok(written)
}

/// Erases words, and says what that took with it.
pub fn erased(seat: &mut Seat, erasing: &Erasing, ground: &str, env: &Env) -> Msg {
    match seat.desk.erase(erasing, ground, env) {
        Ok(erased) => {
            let (changes, copies) = (erased.changes, erased.copies.len());
            Msg::Erased(erasing::told(seat.desk.register(), erasing, changes, copies))
        }
        Err(problem) => Msg::Failed(problem),
    }
}

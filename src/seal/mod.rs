//! Seals bytes with a passphrase or to keys, and opens them, in the age format, version 1 (`age-encryption.org/v1`), which
//! other tools read and write too.

mod armour;
mod file_key;
mod header;
mod key;
mod passphrase;
mod payload;
mod secret;

use std::io;

use zeroize::Zeroizing;

use file_key::FileKey;
use header::{Header, Stanza};
pub use key::{Identity, Recipient};
pub use secret::Secret;

/// How something is sealed: with a passphrase, or to everyone who holds one of these keys.
#[derive(Clone, Debug)]
pub enum Lock {
    Passphrase(Secret),
    Recipients(Vec<Recipient>),
}

/// What a user gave to open what is sealed.
#[derive(Clone, Debug, Default)]
pub struct Keys {
    pub passphrases: Vec<Secret>,
    pub identities: Vec<Identity>,
}

/// What opens something sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    Passphrase,
    Identity,
}

/// Why something sealed was not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unopened {
    /// This opens it, and none of the kind was given.
    Lacks(Needs),
    /// What was given of this kind does not open it.
    Wrong(Needs),
    /// Its passphrase takes too long to try, whoever made it so.
    TooSlow,
    /// It has a later version of the format.
    Newer,
    Damaged,
}

/// The most bytes at the beginning that [`is_sealed`] looks at.
pub const BEGINNING: usize = 64;

/// Whether a file with this beginning is sealed.
pub fn is_sealed(beginning: &[u8]) -> bool {
    header::begins(beginning) || armour::begins(beginning)
}

/// The sealed bytes: different ones each time.
pub fn seal(bytes: &[u8], lock: &Lock) -> io::Result<Vec<u8>> {
    seal_at(bytes, lock, passphrase::WORK)
}

fn seal_at(bytes: &[u8], lock: &Lock, work: u8) -> io::Result<Vec<u8>> {
    let key = FileKey::new()?;
    let stanzas: Vec<Stanza> = match lock {
        Lock::Passphrase(secret) => vec![passphrase::wrap(&key, secret, work)?],
        Lock::Recipients(all) => all.iter().map(|one| one.wrap(&key)).collect::<io::Result<_>>()?,
    };
    let mut sealed = header::print(&stanzas, &key);
    payload::seal(&key, bytes, &mut sealed)?;
    Ok(sealed)
}

/// What opens it.
pub fn needs(sealed: &[u8]) -> Result<Needs, Unopened> {
    let bare = armour::without(sealed)?;
    Ok(Header::parse(&bare)?.0.needs())
}

/// What is under the seal.
pub fn open(sealed: &[u8], keys: &Keys) -> Result<Zeroizing<Vec<u8>>, Unopened> {
    let bare = armour::without(sealed)?;
    let (header, payload) = Header::parse(&bare)?;
    let key = match header.needs() {
        Needs::Passphrase => passphrase::file_key(header.stanzas(), &keys.passphrases)?,
        Needs::Identity => key::file_key(header.stanzas(), &keys.identities)?,
    };
    if !header.fits(&key) {
        return Err(Unopened::Damaged);
    }
    payload::open(&key, payload).ok_or(Unopened::Damaged)
}

#[cfg(test)]
mod tests;

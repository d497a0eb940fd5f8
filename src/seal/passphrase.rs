//! Sealing with a passphrase: it is stretched by scrypt, so that each guess costs memory and time.

use std::io;

use scrypt::Params;
use zeroize::Zeroizing;

use super::file_key::{FileKey, Key, random};
use super::header::{Stanza, decoded, encoded};
use super::{Needs, Secret, Unopened};

pub const KIND: &str = "scrypt";
const LABEL: &[u8] = b"age-encryption.org/v1/scrypt";
/// What a passphrase costs here, as a power of two: about a second and 256 MiB, as age has it.
pub const WORK: u8 = 18;
/// What it may cost in a file: a few seconds and 1 GiB. A file that asks for more would keep the program busy for minutes, or
/// exhaust the memory.
const MOST: u8 = 20;
const BLOCK: u32 = 8;

pub fn wrap(key: &FileKey, secret: &Secret, work: u8) -> io::Result<Stanza> {
    let salt: [u8; 16] = random()?;
    let stretched = stretched(secret, &salt, work).ok_or_else(|| io::Error::from(io::ErrorKind::OutOfMemory))?;
    let arguments = vec![encoded(&salt), work.to_string()];
    Ok(Stanza { kind: KIND.into(), arguments, body: key.wrapped(&stretched)? })
}

/// The key of the file, if one of the passphrases is the right one.
pub fn file_key(stanzas: &[Stanza], secrets: &[Secret]) -> Result<FileKey, Unopened> {
    let [Stanza { arguments, body, .. }] = stanzas else { return Err(Unopened::Damaged) };
    let [salt, work] = arguments.as_slice() else { return Err(Unopened::Damaged) };
    let salt: [u8; 16] = decoded(salt).and_then(|salt| salt.as_slice().try_into().ok()).ok_or(Unopened::Damaged)?;
    let is_number = work.bytes().all(|byte| byte.is_ascii_digit()) && !work.starts_with('0');
    if !is_number || !FileKey::is_wrapped(body) {
        return Err(Unopened::Damaged);
    }
    let work = work.parse().ok().filter(|work| *work <= MOST).ok_or(Unopened::TooSlow)?;
    if secrets.is_empty() {
        return Err(Unopened::Lacks(Needs::Passphrase));
    }
    for secret in secrets {
        let stretched = stretched(secret, &salt, work).ok_or(Unopened::TooSlow)?;
        if let Some(key) = FileKey::unwrapped(body, &stretched) {
            return Ok(key);
        }
    }
    Err(Unopened::Wrong(Needs::Passphrase))
}

/// `None` where there is too little memory.
fn stretched(secret: &Secret, salt: &[u8; 16], work: u8) -> Option<Key> {
    let params = Params::new(work, BLOCK, 1).ok()?;
    // The library would end the program where memory is short.
    Vec::<u8>::new().try_reserve_exact((128 * BLOCK as usize) << work).ok()?;
    let mut key = Zeroizing::new([0; 32]);
    let salt = [LABEL, salt].concat();
    scrypt::scrypt(secret.expose().as_bytes(), &salt, &params, key.as_mut_slice()).ok()?;
    Some(key)
}

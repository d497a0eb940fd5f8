//! What is under the seal, encrypted in pieces of 64 KiB, each with its place, so that none can be left out or moved.

use std::io;

use chacha20poly1305::Nonce;
use chacha20poly1305::aead::Aead;
use zeroize::Zeroizing;

use super::file_key::{FileKey, cipher, random};

const PIECE: usize = 64 << 10;
const PROOF: usize = 16;
const SALT: usize = 16;
const PURPOSE: &[u8] = b"payload";

/// Adds what is sealed to the header before it.
pub fn seal(key: &FileKey, bytes: &[u8], sealed: &mut Vec<u8>) -> io::Result<()> {
    let salt: [u8; SALT] = random()?;
    let cipher = cipher(&key.derived(&salt, PURPOSE));
    sealed.extend(salt);
    let pieces = bytes.len().div_ceil(PIECE).max(1);
    for at in 0..pieces {
        let piece = bytes.get(at * PIECE..bytes.len().min((at + 1) * PIECE)).unwrap_or_default();
        let nonce = place(at, at + 1 == pieces);
        sealed.extend(cipher.encrypt(&nonce, piece).map_err(|_| io::Error::other("no room to encrypt"))?);
    }
    Ok(())
}

/// `None` if anything of it was changed or is missing.
pub fn open(key: &FileKey, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (salt, sealed) = sealed.split_at_checked(SALT)?;
    let cipher = cipher(&key.derived(salt, PURPOSE));
    let pieces = sealed.len().div_ceil(PIECE + PROOF);
    let mut bytes = Zeroizing::new(Vec::with_capacity(sealed.len()));
    for (at, piece) in sealed.chunks(PIECE + PROOF).enumerate() {
        let nonce = place(at, at + 1 == pieces);
        bytes.extend(Zeroizing::new(cipher.decrypt(&nonce, piece).ok()?).iter());
    }
    // Only what is empty ends with an empty piece.
    let ends_empty = sealed.len() % (PIECE + PROOF) == PROOF;
    (pieces > 0 && !(pieces > 1 && ends_empty)).then_some(bytes)
}

/// The place of a piece, and whether it is the last.
fn place(at: usize, is_last: bool) -> Nonce {
    let mut nonce = [0; 12];
    let counted = (at as u64).to_be_bytes();
    for (to, from) in nonce.iter_mut().skip(3).zip(counted) {
        *to = from;
    }
    if let Some(last) = nonce.last_mut() {
        *last = u8::from(is_last);
    }
    nonce.into()
}

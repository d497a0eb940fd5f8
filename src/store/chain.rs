//! The hash chain: each change carries a digest of its content and a hash over its whole past, so that no edit goes
//! unnoticed.

use sha2::{Digest, Sha256};

use crate::domain::id::Id;

pub type Hash = [u8; 32];

/// The end of an origin's chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tip {
    pub seq: u64,
    pub hash: Hash,
}

impl Tip {
    /// Before the first change of an origin.
    pub const START: Tip = Tip { seq: 0, hash: [0; 32] };
}

/// A batch's row as stored, without its changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    pub id: String,
    /// None where they are withheld.
    pub words: Option<HeaderWords>,
}

/// Who, when, in which meeting and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderWords {
    pub author: String,
    pub at: String,
    pub meeting: Option<String>,
    pub cause: String,
}

/// Random bytes for one change or batch.
pub fn salt() -> std::io::Result<[u8; 16]> {
    let mut salt = [0; 16];
    getrandom::fill(&mut salt).map_err(|error| std::io::Error::other(error.to_string()))?;
    Ok(salt)
}

/// The digest of a change's content. The salt stops short content from being guessed after it has been erased.
pub fn digest(salt: &[u8], body: &[u8]) -> Hash {
    Sha256::new().chain_update(salt).chain_update(body).finalize().into()
}

/// The digest of who, when and why, after a salt: each text preceded by its length in bytes (8 bytes, big-endian); for no
/// meeting the length is 2^64 - 1 and no text follows. Builds before format 1.0 wrote no salt.
pub fn header_digest(salt: &[u8], id: &str, words: &HeaderWords) -> Hash {
    let mut sha = Sha256::new().chain_update(salt);
    let HeaderWords { author, at, meeting, cause } = words;
    for text in [Some(id), Some(author), Some(at), meeting.as_deref(), Some(cause)] {
        update(&mut sha, text);
    }
    sha.finalize().into()
}

/// Adds a text, preceded by its length, to a hash.
pub fn update(sha: &mut Sha256, text: Option<&str>) {
    let length = text.map_or(u64::MAX, |text| text.len() as u64);
    sha.update(length.to_be_bytes());
    sha.update(text.unwrap_or_default());
}

/// The hash of a change, over the previous hash of its origin, its position, its batch and the digest of its content.
pub fn link(before: &Hash, lamport: u64, id: Id, header: &Hash, digest: &Hash) -> Hash {
    Sha256::new()
        .chain_update(before)
        .chain_update(lamport.to_be_bytes())
        .chain_update(id.origin.0.to_be_bytes())
        .chain_update(id.seq.to_be_bytes())
        .chain_update(header)
        .chain_update(digest)
        .finalize()
        .into()
}

/// Lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        text.extend([byte >> 4, byte & 15].map(|digit| char::from_digit(digit.into(), 16).unwrap_or('0')));
        text
    })
}

/// The reverse of [`hex`].
pub fn unhex(text: &str) -> Option<Hash> {
    let mut hash = [0; 32];
    let digits = text.as_bytes().chunks_exact(2);
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (byte, pair) in hash.iter_mut().zip(digits) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(hash)
}

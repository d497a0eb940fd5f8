//! The key of one sealed file, and what is derived from it.

use std::io;

use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

/// Bytes of the key of a file.
const LEN: usize = 16;
/// Bytes of the key with its proof, as a stanza holds it.
const WRAPPED: usize = LEN + 16;

pub type Key = Zeroizing<[u8; 32]>;

pub struct FileKey(Zeroizing<[u8; LEN]>);

impl FileKey {
    pub fn new() -> io::Result<FileKey> {
        Ok(FileKey(Zeroizing::new(random()?)))
    }

    /// Encrypted with a key that is used for nothing else.
    pub fn wrapped(&self, with: &Key) -> io::Result<Vec<u8>> {
        cipher(with).encrypt(&Nonce::default(), self.0.as_slice()).map_err(|_| io::Error::other("no room to encrypt"))
    }

    /// `None` if it was not encrypted with this key.
    pub fn unwrapped(body: &[u8], with: &Key) -> Option<FileKey> {
        let bytes = Zeroizing::new(cipher(with).decrypt(&Nonce::default(), body).ok()?);
        Some(FileKey(Zeroizing::new(bytes.as_slice().try_into().ok()?)))
    }

    /// Whether a stanza's body has the length of a wrapped key.
    pub fn is_wrapped(body: &[u8]) -> bool {
        body.len() == WRAPPED
    }

    pub fn derived(&self, salt: &[u8], purpose: &[u8]) -> Key {
        derived(self.0.as_slice(), salt, purpose)
    }

    /// What computes the proof that the header is the one that was written.
    pub fn header_mac(&self, header: &[u8]) -> Hmac<Sha256> {
        // A key shorter than a block is a block that ends in zeros.
        let mut block = Zeroizing::new([0; 64]);
        for (to, from) in block.iter_mut().zip(self.derived(&[], b"header").iter()) {
            *to = *from;
        }
        Hmac::<Sha256>::new(&(*block).into()).chain_update(header)
    }
}

pub fn derived(secret: &[u8], salt: &[u8], purpose: &[u8]) -> Key {
    let mut key = Zeroizing::new([0; 32]);
    // It fails only where more than 255 times this length is asked for.
    let filled = Hkdf::<Sha256>::new(Some(salt), secret).expand(purpose, key.as_mut_slice());
    debug_assert!(filled.is_ok());
    key
}

pub fn cipher(key: &Key) -> ChaCha20Poly1305 {
    ChaCha20Poly1305::new(&(**key).into())
}

pub fn random<const N: usize>() -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    Ok(bytes)
}

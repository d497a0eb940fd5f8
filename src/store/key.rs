//! The key with which this copy signs what it writes: Ed25519, kept outside the file, so that whoever has only the file can
//! write nothing in another's name.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

use crate::domain::id::Origin;
use crate::files::private_file;

use super::chain::{Hash, hex, unhex};

pub type Public = [u8; 32];

/// What is signed begins with this, so that a signature means nothing anywhere else.
const PURPOSE: &[u8] = b"arising: the end of a batch\0";
const CLAIM: &[u8] = b"arising: who writes as a copy\0";

#[derive(Debug)]
pub struct Key(SigningKey);

impl Key {
    pub fn generate() -> io::Result<Key> {
        let mut secret = [0; 32];
        getrandom::fill(&mut secret).map_err(|error| io::Error::other(error.to_string()))?;
        Ok(Key(SigningKey::from_bytes(&secret)))
    }

    /// The key that follows from a secret.
    pub fn of(secret: &Hash) -> Key {
        Key(SigningKey::from_bytes(secret))
    }

    /// The key of this origin, kept beside a note; none if there is none, or it cannot be read.
    pub fn beside(note: &Path, origin: Origin) -> Option<Key> {
        let text = fs::read_to_string(place(note)).ok()?;
        let secret = text.strip_prefix(&format!("{origin} "))?;
        Some(Key(SigningKey::from_bytes(&unhex(secret)?)))
    }

    /// Keeps the key of this origin beside a note, in place of an earlier one.
    pub fn keep(&self, note: &Path, origin: Origin) -> io::Result<()> {
        let place = place(note);
        fs::remove_file(&place).or_else(
            |error| {
                if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) }
            },
        )?;
        let mut file = private_file(&place)?;
        file.write_all(format!("{origin} {}", hex(self.0.as_bytes())).as_bytes())?;
        file.sync_all()
    }

    pub fn public(&self) -> Public {
        self.0.verifying_key().to_bytes()
    }

    pub fn sign(&self, hash: &Hash) -> [u8; 64] {
        self.0.sign(&message(hash)).to_bytes()
    }

    /// Signs who it is that writes with this key.
    pub fn claim(&self, who: &str) -> [u8; 64] {
        self.0.sign(&claim(who)).to_bytes()
    }
}

/// Whether the owner of a key signed who it is that writes with it.
pub fn has_claimed(public: &Public, who: &str, signature: &[u8]) -> bool {
    verified(public, &claim(who), signature)
}

/// Whether the owner of a key signed this hash.
pub fn has_signed(public: &Public, hash: &Hash, signature: &[u8]) -> bool {
    verified(public, &message(hash), signature)
}

fn verified(public: &Public, message: &[u8], signature: &[u8]) -> bool {
    let (Ok(key), Ok(signature)) = (VerifyingKey::from_bytes(public), Signature::from_slice(signature)) else {
        return false;
    };
    key.verify_strict(message, &signature).is_ok()
}

fn message(hash: &Hash) -> Vec<u8> {
    [PURPOSE, hash.as_slice()].concat()
}

fn claim(who: &str) -> Vec<u8> {
    [CLAIM, who.as_bytes()].concat()
}

fn place(note: &Path) -> PathBuf {
    let mut path = note.as_os_str().to_owned();
    path.push(".key");
    path.into()
}

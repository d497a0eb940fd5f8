//! Sealing to a key: `age1…` is given away and seals, `AGE-SECRET-KEY-1…` is kept and opens.

use std::io;
use std::str::FromStr;

use bech32::primitives::decode::CheckedHrpstring;
use bech32::{Bech32, Hrp};
use curve25519_dalek::MontgomeryPoint;
use zeroize::Zeroizing;

use super::file_key::{FileKey, Key, derived, random};
use super::header::{Stanza, decoded, encoded};
use super::{Needs, Unopened};

const KIND: &str = "X25519";
const LABEL: &[u8] = b"age-encryption.org/v1/X25519";

/// A key that is given away: whatever is sealed to it, only its holder opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient(MontgomeryPoint);

/// A key that is kept.
#[derive(Clone)]
pub struct Identity(Key);

/// What was given is not a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoKey;

impl FromStr for Recipient {
    type Err = NoKey;

    fn from_str(text: &str) -> Result<Recipient, NoKey> {
        let bytes = unspelled(text, "age").ok_or(NoKey)?;
        Ok(Recipient(MontgomeryPoint(*bytes)))
    }
}

impl FromStr for Identity {
    type Err = NoKey;

    fn from_str(text: &str) -> Result<Identity, NoKey> {
        unspelled(text, "age-secret-key-").map(Identity).ok_or(NoKey)
    }
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Identity")
    }
}

/// The bytes of a key, whose spelling guards against slips.
fn unspelled(text: &str, name: &str) -> Option<Key> {
    let spelled = CheckedHrpstring::new::<Bech32>(text).ok()?;
    let is_of_name = Hrp::parse(name).is_ok_and(|name| name == spelled.hrp());
    let bytes: Zeroizing<Vec<u8>> = Zeroizing::new(spelled.byte_iter().collect());
    let key = bytes.as_slice().try_into().ok().filter(|_| is_of_name)?;
    Some(Zeroizing::new(key))
}

impl Recipient {
    pub fn wrap(&self, key: &FileKey) -> io::Result<Stanza> {
        let secret = Zeroizing::new(random()?);
        let share = MontgomeryPoint::mul_base_clamped(*secret);
        let with = shared(&secret, self.0, share, self.0)
            .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "this is no key that can be sealed to"))?;
        Ok(Stanza { kind: KIND.into(), arguments: vec![encoded(share.as_bytes())], body: key.wrapped(&with)? })
    }
}

impl Identity {
    /// `None` if the stanza is for another key.
    fn unwrap(&self, share: MontgomeryPoint, body: &[u8]) -> Result<Option<FileKey>, Unopened> {
        let recipient = MontgomeryPoint::mul_base_clamped(*self.0);
        let with = shared(&self.0, share, share, recipient).ok_or(Unopened::Damaged)?;
        Ok(FileKey::unwrapped(body, &with))
    }
}

/// What both ends can compute and no one else; `None` where anyone could.
fn shared(secret: &Key, with: MontgomeryPoint, share: MontgomeryPoint, recipient: MontgomeryPoint) -> Option<Key> {
    let secret = Zeroizing::new(with.mul_clamped(**secret).to_bytes());
    let is_known = secret.iter().all(|byte| *byte == 0);
    let salt = [share.to_bytes(), recipient.to_bytes()].concat();
    (!is_known).then(|| derived(secret.as_slice(), &salt, LABEL))
}

/// The key of the file, if it is sealed to one of these.
pub fn file_key(stanzas: &[Stanza], identities: &[Identity]) -> Result<FileKey, Unopened> {
    let mut found = None;
    for stanza in stanzas.iter().filter(|stanza| stanza.kind == KIND) {
        let share = share(stanza).ok_or(Unopened::Damaged)?;
        for identity in identities {
            let key = identity.unwrap(share, &stanza.body)?;
            found = found.or(key);
        }
    }
    let missing = if identities.is_empty() { Unopened::Lacks } else { Unopened::Wrong };
    found.ok_or(missing(Needs::Identity))
}

fn share(stanza: &Stanza) -> Option<MontgomeryPoint> {
    let [share] = stanza.arguments.as_slice() else { return None };
    let share: [u8; 32] = decoded(share)?.try_into().ok()?;
    FileKey::is_wrapped(&stanza.body).then_some(MontgomeryPoint(share))
}

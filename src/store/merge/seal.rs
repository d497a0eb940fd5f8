//! Sealed bundles: what lies under the seals of files is brought out before they are merged, and a bundle is sealed as it is
//! written.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::files::absolute;
use crate::problem::Problem;
use crate::seal::{self, BEGINNING, Keys, Lock, Needs, Unopened};

use super::super::trouble::Fault;
use super::{bundle, named, refused};

const UNCHANGED: &str = "this register is unchanged.";

/// The bundles that lay under the seals of files.
#[derive(Clone, Default)]
pub struct Opened(BTreeMap<PathBuf, Zeroizing<Vec<u8>>>);

/// For files of which none is sealed.
pub static NONE_SEALED: Opened = Opened(BTreeMap::new());

impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl Opened {
    /// Opens those of the files that are sealed.
    pub fn with(files: &[PathBuf], keys: &Keys) -> Result<Opened, Problem> {
        let mut opened = Opened::default();
        for file in files.iter().filter(|file| is_sealed(file)) {
            let bytes = opened_file(file, keys).map_err(|fault| named(file, fault))?;
            opened.0.insert(file.clone(), bytes);
        }
        Ok(opened)
    }

    /// The bundle that lay under the seal of a file.
    pub fn of(&self, file: &Path) -> Option<&[u8]> {
        self.0.get(file).map(|bytes| bytes.as_slice())
    }
}

/// Where a bundle is written, and how it is sealed, if it is.
#[derive(Clone, Copy, Debug)]
pub struct Target<'a> {
    pub path: &'a Path,
    pub lock: Option<&'a Lock>,
}

impl<'a> From<&'a PathBuf> for Target<'a> {
    fn from(path: &'a PathBuf) -> Target<'a> {
        Target { path, lock: None }
    }
}

impl Target<'_> {
    /// A bundle as it is written.
    pub fn sealed<'b>(&self, bytes: &'b [u8]) -> Result<Cow<'b, [u8]>, Fault> {
        Ok(match self.lock {
            Some(lock) => Cow::Owned(seal::seal(bytes, lock)?),
            None => Cow::Borrowed(bytes),
        })
    }
}

/// Whether a file is sealed, whatever its name.
pub fn is_sealed(path: &Path) -> bool {
    let mut beginning = Vec::new();
    let mut read = || File::open(path)?.take(BEGINNING as u64).read_to_end(&mut beginning);
    path.metadata().is_ok_and(|about| about.is_file()) && read().is_ok() && seal::is_sealed(&beginning)
}

/// What opens a sealed file; nothing if it is not sealed.
pub fn seal_of(file: &Path) -> Result<Option<Needs>, Problem> {
    let needs = || seal::needs(&sealed_bytes(file)?).map_err(unopened);
    if is_sealed(file) { needs().map(Some).map_err(|fault| named(file, fault)) } else { Ok(None) }
}

fn opened_file(file: &Path, keys: &Keys) -> Result<Zeroizing<Vec<u8>>, Fault> {
    let bytes = seal::open(&sealed_bytes(file)?, keys).map_err(unopened)?;
    if bundle::begins(&bytes) {
        return Ok(bytes);
    }
    Err(refused("what is sealed in it is not a bundle", format!("Open it with age, and look at it; {UNCHANGED}")))
}

fn sealed_bytes(file: &Path) -> Result<Vec<u8>, Fault> {
    let file = absolute(file)?;
    bundle::bounded(&file)?;
    Ok(fs::read(file)?)
}

fn unopened(why: Unopened) -> Fault {
    let (why, hint) = match why {
        Unopened::Lacks(Needs::Passphrase) => {
            ("it is sealed with a passphrase", "Give the passphrase in a file: --passphrase-file FILE.")
        }
        Unopened::Lacks(Needs::Identity) => {
            ("it is sealed to a key", "Give the file of the key that opens it: arising merge --identity FILE.")
        }
        Unopened::Wrong(Needs::Passphrase) => {
            ("the passphrase is wrong", "Ask the sender for the passphrase; this register is unchanged.")
        }
        Unopened::Wrong(Needs::Identity) => {
            ("it is sealed to another key", "Ask the sender to seal it to yours; this register is unchanged.")
        }
        Unopened::TooSlow => (
            "its seal takes more time and memory to open than arising allows",
            "Ask the sender to seal it with arising or age; this register is unchanged.",
        ),
        Unopened::Newer => (
            "its seal has a newer format than this version of arising knows",
            "Install the newer version that wrote it; this register is unchanged.",
        ),
        Unopened::Damaged => ("it is damaged or incomplete", "Ask for it again; this register is unchanged."),
    };
    refused(why, hint)
}

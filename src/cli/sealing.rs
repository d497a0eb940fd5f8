//! What seals a bundle and what opens it: passphrases and keys, typed at the terminal or read from files. They are never given as
//! arguments, which other users of the computer can see.

use std::fs;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::gate;
use super::merge_args::{Merge, Share};
use crate::problem::Problem;
use crate::seal::{Identity, Keys, Lock, Needs, Recipient, Secret};
use crate::store;
use crate::term::secret::Asked;
use crate::text;

/// Bytes of a file with a passphrase or keys.
const LARGEST: u64 = 64 << 10;

const NOT_WRITTEN: &str = "Could not write the bundle";
const NOT_MERGED: &str = "Nothing was merged";

/// How a bundle is to be sealed, if it is.
pub fn lock(args: &Share) -> Result<Option<Lock>, Problem> {
    if !args.seal_to.is_empty() {
        let recipients = args.seal_to.iter().map(|key| recipient(key)).collect::<Result<_, _>>()?;
        return Ok(Some(Lock::Recipients(recipients)));
    }
    match &args.passphrase_file {
        Some(file) => from_file(file, NOT_WRITTEN).map(Lock::Passphrase).map(Some),
        None if args.seal => chosen().map(Lock::Passphrase).map(Some),
        None => Ok(None),
    }
}

/// What the user gives to open those of the files that are sealed.
pub fn keys(files: &[PathBuf], args: &Merge) -> Result<Keys, Problem> {
    let identities = args.identity.iter().map(|file| identities(file)).collect::<Result<Vec<_>, _>>()?.concat();
    let mut keys = Keys { passphrases: Vec::new(), identities };
    if let Some(file) = &args.passphrase_file {
        keys.passphrases.push(from_file(file, NOT_MERGED)?);
        return Ok(keys);
    }
    for file in files {
        if store::seal_of(file)? == Some(Needs::Passphrase)
            && let Some(secret) = asked_for(file)?
            && !keys.passphrases.contains(&secret)
        {
            keys.passphrases.push(secret);
        }
    }
    Ok(keys)
}

/// `None` without a terminal.
fn asked_for(file: &Path) -> Result<Option<Secret>, Problem> {
    let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy();
    ask(&format!("Passphrase of {}: ", text::one_line(&name)), NOT_MERGED)
}

/// A new passphrase, typed twice.
fn chosen() -> Result<Secret, Problem> {
    let no_terminal = || {
        Problem::new(
            NOT_WRITTEN,
            "there is no terminal to ask for a passphrase at",
            "Give it in a file: --passphrase-file FILE.",
        )
    };
    let first = ask("Passphrase for the bundle: ", NOT_WRITTEN)?.ok_or_else(no_terminal)?;
    if first.is_empty() {
        return Err(empty(NOT_WRITTEN));
    }
    let again = ask("The same passphrase again: ", NOT_WRITTEN)?.ok_or_else(no_terminal)?;
    if first == again { Ok(first) } else { Err(Problem::new(NOT_WRITTEN, "the two passphrases differ", "Try again.")) }
}

fn ask(prompt: &str, what: &str) -> Result<Option<Secret>, Problem> {
    match gate::ask_secret(prompt) {
        Ok(Asked::Typed(secret)) => Ok(Some(secret)),
        Ok(Asked::NoTerminal) => Ok(None),
        Ok(Asked::Stopped) => Err(Problem::new(what, "no passphrase was given", "")),
        Err(error) => Err(Problem::new(what, format!("the terminal could not be asked: {error}"), "")),
    }
}

/// The first line of a file.
fn from_file(file: &Path, what: &str) -> Result<Secret, Problem> {
    let text = read(file, what)?;
    let line = text.lines().next().unwrap_or_default();
    if line.is_empty() { Err(empty(what)) } else { Ok(Secret::new(line)) }
}

fn identities(file: &Path) -> Result<Vec<Identity>, Problem> {
    let text = read(file, NOT_MERGED)?;
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let keys: Result<Vec<Identity>, _> = lines.map(str::parse).collect();
    keys.ok().filter(|keys| !keys.is_empty()).ok_or_else(|| {
        let why = format!("{} holds no key that arising can use", file.display());
        Problem::new(NOT_MERGED, why, "Name a file that age-keygen made: its key begins with AGE-SECRET-KEY-1.")
    })
}

fn recipient(key: &str) -> Result<Recipient, Problem> {
    key.parse().map_err(|_| {
        let why = format!("{} is not a key to seal to", text::one_line(key));
        Problem::new(
            NOT_WRITTEN,
            why,
            "Ask the recipient for the public key, as age-keygen prints it: it begins with age1.",
        )
    })
}

fn read(file: &Path, what: &str) -> Result<Zeroizing<String>, Problem> {
    let failed = |why: String| Problem::new(what, format!("{}: {why}", file.display()), "Check the name of the file.");
    // A pipe has no size, and may be given: whoever names it wants it read.
    let size = file.metadata().map_err(|error| failed(error.to_string()))?.len();
    if size > LARGEST {
        return Err(failed("it is too large to hold a passphrase or keys".into()));
    }
    fs::read_to_string(file).map(Zeroizing::new).map_err(|error| failed(error.to_string()))
}

fn empty(what: &str) -> Problem {
    Problem::new(what, "the passphrase is empty", "Choose three or more words at random.")
}

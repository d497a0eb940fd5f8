//! The arguments of `merge` and `share`.

use std::path::PathBuf;

use clap::Args;

#[allow(clippy::struct_excessive_bools, reason = "each is a flag on the command line")]
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  arising merge register-LAPTOP2.sqlite --dry-run
  arising merge from-chair.arising from-police.arising
  arising merge /media/usb
  arising merge sealed.arising --identity my-key.txt
  arising merge old-laptop.sqlite --as-new-copy --dry-run

A sealed bundle is recognised, and its passphrase asked for.
Everything is merged or, if any of it does not fit, nothing. Merging a file again changes nothing. Where two copies set
the same field, both values are kept: `arising list conflict` shows them, and the next change settles one.")]
pub struct Merge {
    /// A register, a bundle, or a folder of them
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// Show what would come, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Also take changes without a signature, written by a build before the first release
    #[arg(long)]
    pub unsigned: bool,
    /// Where a copy has two histories, merge what the file adds to the common part as the changes of a new copy
    #[arg(long)]
    pub as_new_copy: bool,
    /// Read the passphrase of sealed bundles from the first line of a file, and do not ask
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
    /// Open bundles that are sealed to a key with the key in this file, as age-keygen makes it; may be repeated
    #[arg(long, value_name = "FILE")]
    pub identity: Vec<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:
  arising share -o for-chair.arising
  arising share --to 'Sussex Police' -o police.arising
  arising share --for 'Sussex Police' -o for-police.arising
  arising share --seal -o for-chair.arising
  arising share --seal-to age1… -o for-chair.arising

With --to, the second bundle for the same person holds only what is new since the first. A sealed bundle can be read only with
its passphrase, or with the key that belongs to the one it was sealed to. Choose three or more words at random, and give them to
the recipient by another way than the file. The age program opens it too.")]
pub struct Share {
    /// File to write
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// Write an agency copy: only what concerns this party. A name ending in .sqlite makes it a register to open, any other a
    /// bundle to merge. An agency gives back what it wrote by share without --for
    #[arg(long = "for", value_name = "PARTY", conflicts_with = "to")]
    pub party: Option<String>,
    /// Whom it is for: the next bundle for the same person holds only what is new
    #[arg(long, value_name = "NAME")]
    pub to: Option<String>,
    /// Seal it with a passphrase, which is asked for twice
    #[arg(long, conflicts_with = "seal_to")]
    pub seal: bool,
    /// Seal it to this public key, as age-keygen prints it; may be repeated
    #[arg(long, value_name = "KEY", conflicts_with = "passphrase_file")]
    pub seal_to: Vec<String>,
    /// Seal it with the passphrase in the first line of a file, and do not ask
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:
  arising updates
  arising updates --accept all
  arising updates --decline 3 --reason 'No evidence was attached'

What an agency gave back is in force once it is merged. Accepted, it is part of the open meeting and in its minutes;
declined, it is set back, and the reason is a decision of the meeting.")]
pub struct Updates {
    /// Accept into the open meeting: all, or numbers such as 1,3
    #[arg(long, value_name = "WHICH")]
    pub accept: Option<String>,
    /// Set back what is not accepted: all, or numbers
    #[arg(long, value_name = "WHICH", requires = "reason", conflicts_with = "accept")]
    pub decline: Option<String>,
    /// Why it is not accepted
    #[arg(long, value_name = "WORDS")]
    pub reason: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

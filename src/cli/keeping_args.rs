//! The arguments of `init`, `check`, `backup` and `restore`.

use std::path::PathBuf;

use clap::Args;

#[derive(Args, Debug)]
pub struct Init {
    /// Create it even if there was a register before and a copy of it is left
    #[arg(long)]
    pub anew: bool,
}

#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  arising check && echo sound\n  arising check --trust\n  arising check --fingerprint 4F3A-91C2-07BD-E1A2-9C33"
)]
pub struct Check {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Show when the record had this fingerprint (from minutes, a report or a backup's name) and what has been added since
    #[arg(long = "fingerprint", value_name = "CODE", conflicts_with = "explain")]
    pub head: Option<String>,
    /// List the copies that have written: computer, key, authors, and when this computer first met each
    #[arg(long)]
    pub trust: bool,
    /// Record why changes saved on this computer are missing, so that they are not reported again
    #[arg(long, value_name = "REASON")]
    pub explain: Option<String>,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  arising backup\n  arising backup -o /media/usb/register-copy.sqlite")]
pub struct Backup {
    /// File to write [default: a new file among the register's backups]
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  arising restore\n  arising restore register-2026-09-12.sqlite\n  arising restore --anyway copy.sqlite"
)]
pub struct Restore {
    /// Backup to restore: its path, or its name in the list
    pub backup: Option<PathBuf>,
    /// Restore even if the present register has changes that the backup lacks
    #[arg(long, requires = "backup")]
    pub anyway: bool,
    /// Restore even if it is a backup of another register
    #[arg(long, requires = "backup")]
    pub force: bool,
}

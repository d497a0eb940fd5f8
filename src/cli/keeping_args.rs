//! What `init` and `check` can be asked.

use clap::Args;

#[derive(Args, Debug)]
pub struct Init {
    /// Create it even where a register was before and something is left of it
    #[arg(long)]
    pub anew: bool,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  arising check && echo sound\n  arising check --head 4F3A-91C2-07BD-E1A2-9C33")]
pub struct Check {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Say whether the record once had this code (from minutes, a report or a backup's name), and what has come since
    #[arg(long, value_name = "CODE", conflicts_with = "explain")]
    pub head: Option<String>,
    /// Record why the register lacks changes that this computer had saved; they are not reported again
    #[arg(long, value_name = "REASON")]
    pub explain: Option<String>,
}

//! The grammar of the commands that look at the past: the audit trail, and what differs between two moments.

use clap::Args;

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  arising log\n  arising log plan:adult-c rec:7\n  arising log --json")]
pub struct Log {
    /// Only what concerns actions that match
    pub filter: Vec<String>,
    /// Prints JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:
  arising compare 2026-06-30                    since the end of June
  arising compare 'OPS 2026-06-11' 'OPS 2026-09-12' plan:adult-c
  arising compare 2026-06-30 now lead:OPS --json

A day means its end. A meeting is named by words of its body or its day; as FROM it means what the meeting
found, as TO what it left. What was changed and changed back does not appear; `arising log` has it all.")]
pub struct Compare {
    /// A day or a meeting
    pub from: String,
    /// Another day or meeting, or `now`, which it is unless said; then words that must all hold, see `arising --help`
    #[arg(value_name = "TO] [FILTER")]
    pub to_and_filter: Vec<String>,
    /// Prints JSON
    #[arg(long)]
    pub json: bool,
}

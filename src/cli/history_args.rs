//! The grammar of the commands about the past: the audit trail, and the differences between two moments.

use clap::Args;

#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  arising log\n  arising log plan:adult-c rec:7\n  arising log --json\n  arising log --merges"
)]
pub struct Log {
    /// Only changes to actions that match
    pub filter: Vec<String>,
    /// List only what was merged into this file, and when: it is not part of the record, so --json leaves it out otherwise
    #[arg(long, conflicts_with = "filter")]
    pub merges: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:
  arising compare 2026-06-30                    since the end of June
  arising compare 'OPS 2026-06-11' 'OPS 2026-09-12' plan:adult-c
  arising compare 2026-06-30 now lead:OPS --json

A day means the end of that day. Name a meeting by its body, its date or both; as FROM it means the position
when the meeting started, as TO when it ended. What was changed and changed back is left out; see `arising log`.")]
pub struct Compare {
    /// Day or meeting to compare from
    pub from: String,
    /// Day or meeting to compare with [default: now], then a filter; see `arising --help`
    #[arg(value_name = "TO] [FILTER")]
    pub to_and_filter: Vec<String>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

//! The grammar of `arising split` and `arising join`.

use clap::Args;

#[derive(Args, Debug)]
#[command(after_help = "Examples:
  arising split 1.2 --dry-run                  show the parts and what each gets, and change nothing
  arising split 1.2                            split it at its numbered lines, or where a second lead is to act
  arising split 1.2 --at 'the ICB to train'    a part begins with these words

The first part stays 1.2, with its history. The other parts take the next free references.")]
pub struct Split {
    /// Action, such as 7.2 or adult-c:7.2
    #[arg(value_name = "REF")]
    pub reference: String,
    /// A part begins with these words; give it once for each further part
    #[arg(long, value_name = "WORDS")]
    pub at: Vec<String>,
    /// Show the parts, and change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Print the parts as JSON
    #[arg(long, requires = "dry_run")]
    pub json: bool,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:
  arising join 1.2 1.3              1.2 takes over the words, leads, dates and progress of 1.3
  arising join adult-c:1.2 1.3 1.4

The others are withdrawn, with their history. The rating of REF stays, whatever theirs was.")]
pub struct Join {
    /// Action that is kept, such as 7.2 or adult-c:7.2
    #[arg(value_name = "REF")]
    pub reference: String,
    /// Actions of the same plan to join with it
    #[arg(value_name = "OTHER", required = true)]
    pub others: Vec<String>,
}

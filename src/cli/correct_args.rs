//! The grammar of `arising withdraw`, `arising number`, `arising move` and `arising party`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Args, Debug)]
#[command(after_help = "Examples:
  arising withdraw 7.2 --reason 'Written twice; it is 7.1'
  arising withdraw 7.2              with the reason that the document gives
  arising withdraw --party 'To be confirmed' --reason 'Not a party'
  arising withdraw --plan adult-d --reason 'Imported into the wrong register'")]
pub struct Withdraw {
    /// Action, such as 7.2 or adult-c:7.2
    #[arg(value_name = "REF", required_unless_present_any = ["party", "plan"], conflicts_with_all = ["party", "plan"])]
    pub reference: Option<String>,
    /// Party that was added by mistake, and neither leads nor oversees anything
    #[arg(long, value_name = "NAME", conflicts_with = "plan")]
    pub party: Option<String>,
    /// Plan that was added by mistake, by its short name
    #[arg(long, value_name = "PLAN")]
    pub plan: Option<String>,
    /// Reason [default: no longer in the document, or struck out in it, where that is so]
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub reason: String,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:
  arising number 7.2 7.3
  arising number adult-c:4.1 R4.A1")]
pub struct Number {
    /// Action, such as 7.2 or adult-c:7.2
    #[arg(value_name = "REF")]
    pub reference: String,
    /// The number that it should have
    #[arg(value_name = "NUMBER")]
    pub number: String,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:
  arising move 7.2 9                 it is still called 7.2
  arising move 7.2 9 --number 9.4
  arising move adult-c:4.1 R2")]
pub struct Move {
    /// Action, such as 7.2 or adult-c:7.2
    #[arg(value_name = "REF")]
    pub reference: String,
    /// Number of the recommendation that it should be under
    #[arg(value_name = "RECOMMENDATION")]
    pub to: String,
    /// The number that the action should have from now on [default: the one that it has]
    #[arg(long, value_name = "NUMBER")]
    pub number: Option<String>,
}

pub const PARTY_EXAMPLES: &str = "Examples:
  arising party rename 'Harbor Hospice' 'Harbour Hospice'
  arising party same RCFT RCHT
  arising party address 'Sussex Police' safeguarding@police.example.org
  arising party addresses leads.csv";

#[derive(Debug, Subcommand)]
pub enum PartyCommand {
    /// Rename a party; documents that use the old name still mean it
    #[command(after_help = "Example:\n  arising party rename 'Harbor Hospice' 'Harbour Hospice'")]
    Rename {
        /// The party, by any of its names
        party: String,
        /// Its new name
        name: String,
    },
    /// Say that two names are one party: all actions, posts and meetings of OTHER go to PARTY
    #[command(after_help = "Example:\n  arising party same RCFT RCHT      RCHT becomes another name of RCFT")]
    Same {
        /// The party whose name is kept
        party: String,
        /// The party that is the same
        other: String,
    },
    /// Set where mail to a party goes, for `arising chase`; in no report and no form
    #[command(after_help = "Examples:
  arising party address 'Sussex Police' safeguarding@police.example.org
  arising party address OPS 'chair@example.org, Clerk <clerk@example.org>'
  arising party address OPS ''           forgets it")]
    Address {
        /// The party, by any of its names
        party: String,
        /// Its address; several are separated by commas
        address: String,
    },
    /// Take addresses from a list: a name and an address on each row (.csv, .xlsx, .ods, or a table in a Word document)
    #[command(
        after_help = "Examples:\n  arising party addresses leads.csv\n  arising party addresses leads.xlsx --dry-run"
    )]
    Addresses {
        /// The list
        file: PathBuf,
        /// Show what would be taken, and change nothing
        #[arg(long)]
        dry_run: bool,
    },
}

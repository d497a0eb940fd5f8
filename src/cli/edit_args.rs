//! The grammar of `arising rate`, `arising progress`, `arising target`, `arising lead`, `arising via` and `arising text`.

use clap::Args;

#[derive(Args, Debug)]
#[command(after_help = "Examples:
  arising rate 7.2 amber
  arising rate adult-c:7.2 g --note 'Evidence seen by the chair'
  arising rate 1.1 1.2 2.3 green        all at once; one undo takes it back
  arising rate 7.2 none                 not rated

What cannot be rated so is named, and the rest is done; the exit code is then 1.")]
pub struct Rate {
    /// Actions, such as 7.2 or adult-c:7.2
    #[arg(value_name = "REF", required = true)]
    pub references: Vec<String>,
    /// A word or letter from the plan's rating scheme, or `none`
    #[arg(required = true, allow_hyphen_values = true)]
    pub rating: String,
    /// Reason, kept as a progress entry
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:
  arising progress 7.2 'Training has begun in both localities'
  arising progress 7.2 'Draft circulated' --on '12 sep' --by CFT")]
pub struct Progress {
    /// Action, such as 7.2 or adult-c:7.2
    #[arg(value_name = "REF")]
    pub reference: String,
    /// Text of the entry
    #[arg(allow_hyphen_values = true)]
    pub text: String,
    /// The rest of an unquoted text.
    #[arg(hide = true)]
    pub more: Vec<String>,
    /// Date of the entry [default: today]
    #[arg(long, value_name = "DATE")]
    pub on: Option<String>,
    /// Party that gave the update
    #[arg(long, value_name = "PARTY")]
    pub by: Option<String>,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:
  arising target 7.2 'end of feb 2027' --reason 'Waiting for the contract'
  arising target 7.2 2027-03-31
  arising target 4.1 'Jan 2027; Mar 2027'       one date for each of two leads
  arising target 7.2 2027-03-31 --request --by 'Harbour Council' --reason 'The contract is late'
  arising target 7.2,7.3,9.1 2027-03-31         the same for several, in one go
  arising target 7.2 --accept")]
pub struct Retarget {
    /// Action, such as 7.2 or adult-c:7.2; several are separated by commas
    #[arg(value_name = "REF")]
    pub reference: String,
    /// A day, month, quarter or year; separate several with ;
    #[arg(required_unless_present_any = ["accept", "decline"], default_value = "", hide_default_value = true)]
    pub date: String,
    /// The rest of an unquoted date.
    #[arg(hide = true)]
    pub more: Vec<String>,
    /// Record it as a request for an extension, for the chair to decide
    #[arg(long)]
    pub request: bool,
    /// With --request: the party that asks
    #[arg(long, value_name = "PARTY", default_value = "", hide_default_value = true, requires = "request")]
    pub by: String,
    /// Accept the extension that is requested
    #[arg(long, conflicts_with_all = ["request", "date"])]
    pub accept: bool,
    /// Decline the extension that is requested; the target stays
    #[arg(long, conflicts_with_all = ["request", "date", "accept"])]
    pub decline: bool,
    /// Reason for the move, the request or the decision
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub reason: String,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:
  arising lead 7.2 'Sussex Police'
  arising lead 7.2,7.3 CFT 'Head of Adult Safeguarding (ESCC)'
  arising lead 7.2 none")]
pub struct Lead {
    /// Action, such as 7.2 or adult-c:7.2; several are separated by commas
    #[arg(value_name = "REF")]
    pub reference: String,
    /// Agencies, subgroups or posts, by any name in the register; `none` for no lead
    #[arg(required = true, value_name = "PARTY")]
    pub parties: Vec<String>,
    /// Add unrecognised names as new parties, however similar to existing ones
    #[arg(long)]
    pub new: bool,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:
  arising via 7.2 OPS
  arising via 7.2,7.3 'Quality Subgroup'
  arising via 7.2 none")]
pub struct Via {
    /// Action, such as 7.2 or adult-c:7.2; several are separated by commas
    #[arg(value_name = "REF")]
    pub reference: String,
    /// The subgroup that oversees it, by any name in the register; `none` for none
    #[arg(required = true, value_name = "SUBGROUP")]
    pub subgroups: Vec<String>,
    /// Add an unrecognised name as a new subgroup, however similar to an existing one
    #[arg(long)]
    pub new: bool,
}

#[derive(Args, Debug)]
#[command(after_help = "Example:
  arising text 7.2 'Review the model, and report to OPS in March'")]
pub struct Reword {
    /// Action, such as 7.2 or adult-c:7.2
    #[arg(value_name = "REF")]
    pub reference: String,
    /// What the action says from now on; what it said before is kept in its history
    #[arg(value_name = "TEXT", allow_hyphen_values = true)]
    pub text: String,
    /// The rest of an unquoted text.
    #[arg(hide = true)]
    pub more: Vec<String>,
}

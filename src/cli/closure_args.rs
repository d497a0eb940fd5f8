//! The grammar of `arising closure`, `arising add` and `arising accept`.

use clap::{Args, Subcommand};

pub const EXAMPLES: &str = "Examples:
  arising closure propose 7.2 'Audit of 12 Nov 2026, seen by the chair'
  arising closure agree 7.2
  arising closure reopen 7.2 --reason 'The audit was of another ward'";

#[derive(Clone, Debug, Subcommand)]
pub enum ClosureCommand {
    /// Propose that an action be closed, with the evidence that it is done
    #[command(after_help = "Example:\n  arising closure propose 7.2 'Audit of 12 Nov 2026'")]
    Propose {
        /// Action, such as 7.2 or adult-c:7.2; several are separated by commas
        #[arg(value_name = "REF")]
        reference: String,
        /// Evidence that it is done
        #[arg(value_name = "EVIDENCE", allow_hyphen_values = true)]
        evidence: String,
    },
    /// Agree a closure that was proposed: the action is closed
    #[command(after_help = "Examples:
  arising closure agree 7.2
  arising closure agree 7.2,7.3 --evidence 'Seen by the chair'")]
    Agree {
        /// Action, such as 7.2 or adult-c:7.2; several are separated by commas
        #[arg(value_name = "REF")]
        reference: String,
        /// Evidence seen [default: what was proposed]
        #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
        evidence: String,
    },
    /// Take back a proposal or a closure
    #[command(after_help = "Example:\n  arising closure reopen 7.2 --reason 'The audit was of another ward'")]
    Reopen {
        /// Action, such as 7.2 or adult-c:7.2; several are separated by commas
        #[arg(value_name = "REF")]
        reference: String,
        /// Reason, kept as a progress entry
        #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
        reason: String,
    },
    /// Close an action as not implemented: it will not be done
    #[command(after_help = "Example:\n  arising closure abandon 7.2 'The service it was for has ended'")]
    Abandon {
        /// Action, such as 7.2 or adult-c:7.2; several are separated by commas
        #[arg(value_name = "REF")]
        reference: String,
        /// Why it will not be done
        #[arg(value_name = "REASON", allow_hyphen_values = true)]
        reason: String,
    },
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:
  arising add 'Write to every ward' --under 7
  arising add 'Write to every ward' --under adult-c:7 --lead 'Sussex Police' --target 'end of feb 2027'
  arising add 'Mend the slipway' --plan piers           a plan without recommendations

The action gets the next number of its recommendation. In a meeting it is on the agenda.")]
pub struct Add {
    /// What is to be done
    #[arg(value_name = "TEXT", allow_hyphen_values = true)]
    pub text: String,
    /// Number of the recommendation that it belongs to, such as 7 or adult-c:7
    #[arg(long, value_name = "RECOMMENDATION", conflicts_with = "plan")]
    pub under: Option<String>,
    /// The plan, by its short name, where it has no recommendations
    #[arg(long, value_name = "PLAN")]
    pub plan: Option<String>,
    /// Who leads it; repeat for several
    #[arg(long, value_name = "PARTY")]
    pub lead: Vec<String>,
    /// When it is to be done; separate several dates with ;
    #[arg(long, value_name = "DATE", default_value = "none", hide_default_value = true)]
    pub target: String,
    /// Add unrecognised leads as new parties, however similar to existing ones
    #[arg(long)]
    pub new: bool,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:
  arising accept 7
  arising accept adult-c:7 --partly 'Only the trusts can do this'
  arising accept 7 --not 'It is law already'
  arising accept 7 --clear              not stated")]
pub struct Accept {
    /// Number of the recommendation, such as 7 or adult-c:7
    #[arg(value_name = "RECOMMENDATION")]
    pub recommendation: String,
    /// It is accepted in part, for this reason
    #[arg(long, value_name = "REASON", conflicts_with_all = ["not", "clear"])]
    pub partly: Option<String>,
    /// It is not accepted, for this reason
    #[arg(long, value_name = "REASON", conflicts_with = "clear")]
    pub not: Option<String>,
    /// Take back what was said: not stated
    #[arg(long)]
    pub clear: bool,
}

//! `arising evidence`: where the evidence for an action's closure is.

use clap::Args;

use super::Answer;
use super::context::Context;
use super::edit::change;
use crate::domain::intent::Intent;
use crate::problem::Problem;

#[derive(Args, Debug)]
pub struct Evidence {
    /// Action, as `7.1` or `adult-c:7.1`
    #[arg(value_name = "REF")]
    pub reference: String,
    /// A link, or the name of a file; empty for nowhere
    #[arg(value_name = "WHERE")]
    pub at: String,
}

pub fn place(context: &Context, args: &Evidence) -> Result<Answer, Problem> {
    change(context, std::slice::from_ref(&args.reference), |_, action, _| {
        Ok(Intent::PlaceEvidence { action, at: args.at.clone() })
    })
}

//! `arising withdraw`, `arising number`, `arising move` and `arising party`: putting right what was read or added by mistake.

use super::Answer;
use super::addresses;
use super::context::Context;
use super::correct_args::{Move, Number, PartyCommand, Withdraw};
use super::edit::done;
use super::reference;
use crate::domain::action::Action;
use crate::domain::flag::Flag;
use crate::domain::id::Id;
use crate::domain::intent::Intent;
use crate::domain::register::Register;
use crate::domain::rules::party_called;
use crate::problem::Problem;

pub fn withdraw(context: &Context, args: &Withdraw) -> Result<Answer, Problem> {
    write(context, |register| {
        let reason = args.reason.clone();
        Ok(match (&args.party, &args.plan, &args.reference) {
            (Some(name), _, _) => Intent::WithdrawParty { party: party_id(register, name)?, reason },
            (None, Some(plan), _) => Intent::WithdrawPlan { plan: reference::plan(register, plan)?.id, reason },
            (None, None, text) => withdrawn(reference::find(register, text.as_deref().unwrap_or_default())?, reason),
        })
    })
}

/// The document's own reason is taken where none is given.
fn withdrawn(action: &Action, reason: String) -> Intent {
    let offered = action.flags().iter().find_map(Flag::withdrawal_reason).unwrap_or_default();
    let reason = if reason.trim().is_empty() { offered.to_owned() } else { reason };
    Intent::Withdraw { action: action.id, reason }
}

pub fn number(context: &Context, args: &Number) -> Result<Answer, Problem> {
    write(context, |register| {
        let action = reference::find(register, &args.reference)?.id;
        Ok(Intent::Renumber { action, reference: args.number.clone() })
    })
}

pub fn moved(context: &Context, args: &Move) -> Result<Answer, Problem> {
    write(context, |register| {
        let action = reference::find(register, &args.reference)?;
        let to = reference::recommendation(register, action.plan, &args.to)?;
        Ok(Intent::Move { action: action.id, to, reference: args.number.clone() })
    })
}

pub fn party(context: &Context, command: &PartyCommand) -> Result<Answer, Problem> {
    if let PartyCommand::Addresses { file, dry_run } = command {
        return addresses::import(context, file, *dry_run);
    }
    write(context, |register| {
        Ok(match command {
            PartyCommand::Rename { party, name } => {
                Intent::RenameParty { party: party_id(register, party)?, name: name.clone() }
            }
            PartyCommand::Same { party, other } => {
                Intent::SameParty { kept: party_id(register, party)?, other: party_id(register, other)? }
            }
            PartyCommand::Address { party, address } => {
                Intent::Address { of: vec![(party_id(register, party)?, address.clone())] }
            }
            PartyCommand::Addresses { .. } => Intent::Address { of: Vec::new() },
        })
    })
}

fn write(context: &Context, wanted: impl FnOnce(&Register) -> Result<Intent, Problem>) -> Result<Answer, Problem> {
    let (mut desk, env) = (context.change()?, context.clock.env());
    let intent = wanted(desk.register())?;
    let written = desk.write(&intent, &env)?;
    Ok(done(context, &desk, &written))
}

fn party_id(register: &Register, name: &str) -> Result<Id, Problem> {
    let found = party_called(register, name).map(|party| party.id);
    found.ok_or_else(|| {
        let why = format!("no agency is called “{}”", name.trim());
        Problem::new("Nothing was changed", why, "`arising parties` lists them.")
    })
}

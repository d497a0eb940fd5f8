//! Putting right what was read or added by mistake: found in the palette, because it is done once and not in a meeting.

use super::cannot_write;
use super::walk::plan::{no_plan, plan};
use crate::app::command::{self, Command, Whose};
use crate::app::message::{Effect, World};
use crate::app::model::Model;
use crate::app::overlay::correct;
use crate::app::scope::Scope;

const ROW: Command = Command { scopes: &[Scope::Walk, Scope::Plans], why_not: cannot_write, ..command::ROW };

pub const COMMANDS: &[Command] = &[
    Command {
        name: "party.rename",
        whose: Whose::Board,
        label: "rename an agency",
        help: "Rename an agency, post or subgroup; its old name still means it.",
        also: "organisation name",
        run: |model, _| model.open_form(correct::rename()),
        ..ROW
    },
    Command {
        name: "party.same",
        whose: Whose::Board,
        label: "same agency",
        help: "Say that two names are one agency, post or subgroup; its actions, posts and meetings follow.",
        also: "merge duplicate alias",
        run: |model, _| model.open_form(correct::same()),
        ..ROW
    },
    Command {
        name: "party.address",
        whose: Whose::Board,
        label: "address of an agency",
        help: "Say where mail to an agency goes; no report gives it away.",
        also: "email e-mail contact",
        run: |model, _| model.open_form(correct::address()),
        ..ROW
    },
    Command {
        name: "party.withdraw",
        whose: Whose::Board,
        label: "withdraw an agency",
        help: "Withdraw an agency, post or subgroup that was added by mistake, with the reason.",
        also: "delete remove",
        run: |model, _| model.open_form(correct::withdraw_party()),
        ..ROW
    },
    Command {
        name: "plan.withdraw",
        label: "withdraw the plan",
        help: "Withdraw the plan that was added by mistake, with the reason.",
        also: "delete remove",
        why_not: no_plan,
        run: withdraw_plan,
        ..ROW
    },
];

fn withdraw_plan(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let Some(plan) = plan(model, world) else { return Vec::new() };
    model.open_form(correct::withdraw_plan(plan))
}

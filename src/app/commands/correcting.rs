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
        label: "rename a party",
        help: "Renames a party; its old name still means it.",
        run: |model, _| model.open_form(correct::rename()),
        ..ROW
    },
    Command {
        name: "party.same",
        whose: Whose::Board,
        label: "same party",
        help: "Says that two names are one party; its actions, posts and meetings follow.",
        run: |model, _| model.open_form(correct::same()),
        ..ROW
    },
    Command {
        name: "party.address",
        whose: Whose::Board,
        label: "address of a party",
        help: "Says where mail to a party goes; no report gives it away.",
        run: |model, _| model.open_form(correct::address()),
        ..ROW
    },
    Command {
        name: "party.withdraw",
        whose: Whose::Board,
        label: "withdraw a party",
        help: "Withdraws a party that was added by mistake, with the reason.",
        run: |model, _| model.open_form(correct::withdraw_party()),
        ..ROW
    },
    Command {
        name: "plan.withdraw",
        label: "withdraw the plan",
        help: "Withdraws the plan that was added by mistake, with the reason.",
        why_not: no_plan,
        run: withdraw_plan,
        ..ROW
    },
];

fn withdraw_plan(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let Some(plan) = plan(model, world) else { return Vec::new() };
    model.open_form(correct::withdraw_plan(plan))
}

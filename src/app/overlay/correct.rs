//! The forms that put right who is who, and withdraw what was added by mistake.

use super::field::{FormField, Holds, Parties, Room};
use super::form::{Correction, Form, Purpose};
use crate::app::message::World;
use crate::domain::id::Id;
use crate::domain::intent::Intent;
use crate::domain::plan::Plan;
use crate::domain::rules::party_called;
use crate::problem::Problem;

pub fn rename() -> Form {
    let fields = vec![one("Agency"), FormField::new("New name", Holds::Words, "")];
    Form::new(
        Purpose::Correct(Correction::RenameParty),
        "Rename an agency, post or subgroup; its old name still means it".into(),
        fields,
    )
}

pub fn same() -> Form {
    let fields = vec![one("Agency"), one("Same as")];
    let title = "One agency under two names: the second becomes another name of the first";
    Form::new(Purpose::Correct(Correction::SameParty), title.into(), fields)
}

pub fn address() -> Form {
    let fields = vec![one("Agency"), FormField::new("Address", Holds::Words, "")];
    let title = "Where mail to an agency goes; several addresses are separated by commas";
    Form::new(Purpose::Correct(Correction::Address), title.into(), fields)
}

pub fn withdraw_party() -> Form {
    let fields = vec![one("Agency"), FormField::new("Reason", Holds::Words, "")];
    Form::new(
        Purpose::Correct(Correction::WithdrawParty),
        "Withdraw an agency, post or subgroup added by mistake".into(),
        fields,
    )
}

pub fn withdraw_plan(plan: &Plan) -> Form {
    let fields = vec![FormField::new("Reason", Holds::Words, "")];
    let title = format!("Withdraw the plan {} and all its actions", plan.slug());
    Form::new(Purpose::Correct(Correction::WithdrawPlan(plan.id)), title, fields)
}

fn one(label: &'static str) -> FormField {
    FormField::new(label, Holds::Parties(Parties { room: Room::OneParty, ..Parties::default() }), "")
}

impl Form {
    pub(super) fn correction_intent(&self, correction: Correction, world: World<'_>) -> Result<Intent, Problem> {
        Ok(match correction {
            Correction::RenameParty => Intent::RenameParty { party: self.party(0, world)?, name: self.words(1) },
            Correction::SameParty => Intent::SameParty { kept: self.party(0, world)?, other: self.party(1, world)? },
            Correction::Address => Intent::Address { of: vec![(self.party(0, world)?, self.words(1))] },
            Correction::WithdrawParty => Intent::WithdrawParty { party: self.party(0, world)?, reason: self.words(1) },
            Correction::WithdrawPlan(plan) => Intent::WithdrawPlan { plan, reason: self.words(0) },
        })
    }

    /// The party chosen in a field.
    fn party(&self, field: usize, world: World<'_>) -> Result<Id, Problem> {
        let name = self.fields.get(field).and_then(|field| field.chosen().first());
        let found = name.and_then(|name| party_called(world.register, name)).map(|party| party.id);
        found.ok_or_else(|| {
            let why = name.map_or("no agency was chosen".into(), |name| format!("no agency is called “{name}”"));
            Problem::new("Nothing was changed", why, "Type a few letters of its name, and Enter.")
        })
    }
}

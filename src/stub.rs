//! Stands in for the rules, undo and descriptions until they are merged; then this file goes.

use chrono::NaiveDate;

use crate::domain::action::Targets;
use crate::domain::change::{Batch, Cause, Change, Op, Value};
use crate::domain::draft::Draft;
use crate::domain::id::Id;
use crate::domain::register::Register;
use crate::domain::target::{PartialDate, Target};
use crate::problem::Problem;

pub mod intent {
    use super::{Id, PartialDate, Target};

    pub enum PartyChoice {
        Known(Id),
        New(String),
    }

    pub enum Intent {
        Rate { action: Id, rating: Option<String>, note: Option<String> },
        Progress { action: Id, date: Option<PartialDate>, text: String, by: Option<String> },
        Retarget { action: Id, dates: Vec<Target>, reason: String },
        Assign { action: Id, leads: Vec<PartyChoice> },
        Oversee { action: Id, via: Vec<PartyChoice> },
        Reword { action: Id, text: String },
        AddAction { plan: Id, recommendation: Option<Id>, text: String },
        ProposeClosure { action: Id, evidence: String },
        AgreeClosure { action: Id, evidence: String },
        Reopen { action: Id, reason: String },
        Withdraw { action: Id, reason: String },
        SettleFlag { action: Id, index: usize },
    }
}

pub mod rules {
    use super::intent::Intent;
    use super::{NaiveDate, Op, Problem, Register, Targets, Value};

    pub fn decide(register: &Register, intent: &Intent, _today: NaiveDate) -> Result<Vec<Op>, Problem> {
        match intent {
            Intent::Rate { action, rating, .. } => {
                let replaces = register.action(*action).map(|a| a.rating.ids()).unwrap_or_default();
                Ok(vec![Op::Set { on: *action, value: Value::Rating(rating.clone()), replaces }])
            }
            Intent::Retarget { action, dates, reason } => {
                let replaces = register.action(*action).map(|a| a.targets.ids()).unwrap_or_default();
                let value = Value::Targets(Targets { dates: dates.clone(), reason: reason.clone() });
                Ok(vec![Op::Set { on: *action, value, replaces }])
            }
            _ => Err(Problem::new("Not done", "this build has no rules yet", "")),
        }
    }
}

pub mod undo {
    use super::{Batch, Cause, Change, Id, Op, Problem, Register};

    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct BatchHead {
        pub id: Id,
        pub author: String,
        pub cause: Cause,
    }

    pub fn inverse(
        _batch: &Batch,
        _register: &Register,
        _find: &dyn Fn(Id) -> Option<Change>,
    ) -> Result<Vec<Op>, Problem> {
        Err(Problem::new("Not undone", "this build has no undo yet", ""))
    }

    pub fn to_undo(heads: impl Iterator<Item = BatchHead>, author: Option<&str>) -> Option<Id> {
        heads.into_iter().find(|head| author.is_none_or(|author| author == head.author)).map(|head| head.id)
    }

    pub fn to_redo(_heads: impl Iterator<Item = BatchHead>, _author: Option<&str>) -> Option<Id> {
        None
    }
}

pub mod describe {
    use super::{Batch, Change, Id, Register};

    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Line {
        pub plan: Option<Id>,
        pub reference: String,
        pub what: String,
        pub sentence: String,
        pub from: Option<String>,
        pub to: Option<String>,
    }

    pub fn change(_before: &Register, _batch: &Batch, change: &Change) -> Line {
        let what = "change".to_owned();
        let sentence = format!("change {}", change.id);
        Line { plan: None, reference: String::new(), what, sentence, from: None, to: None }
    }

    pub fn batch(_before: &Register, batch: &Batch) -> String {
        format!("{} changes", batch.changes.len())
    }
}

pub mod reconcile {
    use super::{Draft, Op, Problem, Register};

    pub fn ops(_draft: &Draft, _slug: &str, _register: &Register) -> Result<Vec<Op>, Problem> {
        Err(Problem::new("Not imported", "this build reads no documents yet", ""))
    }
}

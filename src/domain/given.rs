//! A register given back where a document is expected: whose it is, how it differs, and what to do with it.

use chrono::NaiveDate;

use super::lacking::Lacking;
use super::register::Register;
use crate::problem::Problem;
use crate::text;

/// How many plans of another register are named.
const NAMED: usize = 3;

/// How two copies of one register differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Apart {
    /// What the register has and the copy lacks.
    pub here: Lacking,
    /// What the copy has and the register lacks.
    pub there: Lacking,
}

/// A register that was given back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// A copy of the register in use.
    Copy(Apart),
    /// A different register, with the short names of its plans.
    Another(Vec<String>),
}

/// Whether there is a register that it could be a copy of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Present {
    There,
    NotYet,
}

/// A file's name, and its path as a command would name it.
#[derive(Clone, Copy, Debug)]
pub struct Named<'a> {
    pub name: &'a str,
    pub path: &'a str,
}

impl Given {
    /// A register that is not a copy of the one in use.
    pub fn another(register: &Register) -> Given {
        Given::Another(register.visible_plans().map(|plan| plan.slug().to_owned()).collect())
    }

    /// Why nothing of it is imported, and what to do instead.
    pub fn refusal(&self, file: Named<'_>, present: Present, today: NaiveDate) -> Problem {
        let (why, hint) = match self {
            Given::Copy(apart) => (apart.differences(today), apart.advice(file.path)),
            Given::Another(plans) => another(plans, file.path, present),
        };
        Problem::new(format!("{} was not imported", file.name), why, hint)
    }
}

impl Apart {
    /// "2 changes made today by Me are not in it: 1.1 Green → Red; it has 3 changes made on … that are not here".
    pub fn losses(&self, today: NaiveDate) -> String {
        let losses = format!("{} not in it: {}", self.here.counted_are(today), self.here.quoted());
        if self.there.is_empty() { losses } else { format!("{losses}. {}", self.gains(today)) }
    }

    /// "It has 3 changes made today by Ann Other that are not here".
    pub fn gains(&self, today: NaiveDate) -> String {
        let verb = if self.there.count() == 1 { "is" } else { "are" };
        format!("It has {} that {verb} not here", self.there.counted(today))
    }

    fn differences(&self, today: NaiveDate) -> String {
        let differences = match (self.here.is_empty(), self.there.is_empty()) {
            (true, true) => "and both hold the same changes".to_owned(),
            (false, true) => format!("and nothing in it is new; {} not in it", self.here.counted_are(today)),
            (true, false) => format!("and nothing that is here is missing from it. {}", self.gains(today)),
            (false, false) => format!("and {} not in it. {}", self.here.counted_are(today), self.gains(today)),
        };
        format!("it is a copy of this register, {differences}")
    }

    fn advice(&self, path: &str) -> String {
        match (self.here.is_empty(), self.there.is_empty()) {
            (true, true) => String::new(),
            (false, true) => format!("To go back to it: arising restore \"{path}\"."),
            (_, false) => format!("To bring its changes in: arising merge \"{path}\"."),
        }
    }
}

fn another(plans: &[String], path: &str, present: Present) -> (String, String) {
    let with = match plans {
        [] => "without plans".to_owned(),
        [only] => format!("with the plan {only}"),
        all => format!("with the plans {}", listed(all)),
    };
    match present {
        Present::There => (
            format!("it is another register, {with}"),
            format!(
                "Open it with: arising --register \"{path}\". To have a plan of it here, import the plan's document."
            ),
        ),
        Present::NotYet => (
            format!("it is a register, {with}, and there is none here yet"),
            format!(
                "To use it here: arising restore \"{path}\". To open it where it is: arising --register \"{path}\"."
            ),
        ),
    }
}

fn listed(plans: &[String]) -> String {
    let named: Vec<&str> = plans.iter().take(NAMED).map(String::as_str).collect();
    match plans.len().saturating_sub(NAMED) {
        0 => named.join(", "),
        more => format!("{} and {}", named.join(", "), text::counted(more, "other")),
    }
}

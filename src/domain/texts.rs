//! Every text for people that a change holds, so that one function can be applied to all of them.
//!
//! Names that programs rely on (a number, a rating's word, a doubt's field) are not among them.

use std::iter::once;

use super::change::{Batch, Cause, Kind, Op, Value};
use super::meeting::AgendaRule;
use super::particular::Term;
use super::table::types::{
    Above, Acceptance, Address, Agenda, Asked, Attendance, Closure, Dismissal, Extension, Flag, Follows, Id, Lead,
    Moves, NaiveDate, PartyKind, RawCell, Received, Scheme, Scope, Source, Stage, Targets, Times, Under, Withdrawal,
};

/// The texts of a value, to be altered in place.
pub trait Texts {
    fn texts_mut(&mut self) -> Vec<&mut String> {
        Vec::new()
    }
}

impl Batch {
    /// The same batch with `change` applied to every text in it.
    #[must_use]
    pub fn map_text(mut self, change: impl Fn(&str) -> String) -> Batch {
        self.author = change(&self.author);
        if let Cause::Import { file } = &mut self.cause {
            *file = change(file);
        }
        let ops = self.changes.iter_mut().map(|change| &mut change.op);
        ops.flat_map(Op::texts_mut).for_each(|text| *text = change(text));
        self
    }
}

impl Op {
    /// The same operation with `change` applied to every text in it.
    #[must_use]
    pub fn map_text(mut self, change: impl Fn(&str) -> String) -> Op {
        self.texts_mut().into_iter().for_each(|text| *text = change(text));
        self
    }

    fn texts_mut(&mut self) -> Vec<&mut String> {
        match self {
            Op::Add { kind, values } => {
                kind.texts_mut().into_iter().chain(values.iter_mut().flat_map(of_value)).collect()
            }
            Op::Set { value, .. } => of_value(value),
            Op::Unknown { body } => vec![body],
            Op::Erase { what, ground, restated } => {
                [what, ground].into_iter().chain(restated.iter_mut().flat_map(|(_, op)| op.texts_mut())).collect()
            }
            Op::Absent => Vec::new(),
        }
    }
}

fn of_value(value: &mut Value) -> Vec<&mut String> {
    if matches!(value, Value::Number(_) | Value::Reference(_) | Value::Rating(_)) {
        Vec::new()
    } else {
        value.texts_mut()
    }
}

impl Kind {
    fn texts_mut(&mut self) -> Vec<&mut String> {
        match self {
            Kind::Plan
            | Kind::Party
            | Kind::Meeting
            | Kind::Finding { .. }
            | Kind::Recommendation { .. }
            | Kind::Action { .. } => Vec::new(),
            Kind::Entry { said, .. } => once(&mut said.text).chain(&mut said.by).collect(),
            Kind::Minute { said, .. } => vec![&mut said.text],
        }
    }
}

/// Types without a text for people.
macro_rules! wordless {
    ($($type:ty),* $(,)?) => {
        $(impl Texts for $type {})*
    };
}
wordless!(
    Above,
    Asked,
    Follows,
    NaiveDate,
    Option<Id>,
    Option<NaiveDate>,
    PartyKind,
    Scheme,
    Stage,
    Times,
    Under,
    bool
);

impl Texts for String {
    fn texts_mut(&mut self) -> Vec<&mut String> {
        vec![self]
    }
}

impl Texts for Option<String> {
    fn texts_mut(&mut self) -> Vec<&mut String> {
        self.iter_mut().collect()
    }
}

impl<T: Term + Texts> Texts for Option<T> {
    fn texts_mut(&mut self) -> Vec<&mut String> {
        self.iter_mut().flat_map(Texts::texts_mut).collect()
    }
}

impl Texts for Moves {
    fn texts_mut(&mut self) -> Vec<&mut String> {
        self.0.iter_mut().map(|one| &mut one.name).collect()
    }
}

impl Texts for Address {
    fn texts_mut(&mut self) -> Vec<&mut String> {
        vec![&mut self.0]
    }
}

impl Texts for Scope {
    fn texts_mut(&mut self) -> Vec<&mut String> {
        match self {
            Scope::AsWritten(text) => vec![text],
            Scope::Local | Scope::Regional | Scope::National => Vec::new(),
        }
    }
}

impl Texts for Vec<String> {
    fn texts_mut(&mut self) -> Vec<&mut String> {
        self.iter_mut().collect()
    }
}

impl Texts for Vec<(String, String)> {
    fn texts_mut(&mut self) -> Vec<&mut String> {
        self.iter_mut().flat_map(|(short, long)| [short, long]).collect()
    }
}

impl Texts for Acceptance {
    fn texts_mut(&mut self) -> Vec<&mut String> {
        match self {
            Acceptance::NotStated | Acceptance::Accepted => Vec::new(),
            Acceptance::Partly { reason } | Acceptance::NotAccepted { reason } => vec![reason],
        }
    }
}

impl Texts for Closure {
    fn texts_mut(&mut self) -> Vec<&mut String> {
        match self {
            Closure::Open => Vec::new(),
            Closure::Proposed { evidence } | Closure::Closed { evidence } => vec![evidence],
            Closure::NotImplemented { reason } => vec![reason],
        }
    }
}

impl Texts for Targets {
    fn texts_mut(&mut self) -> Vec<&mut String> {
        let dates = self.dates.iter_mut().flat_map(|target| once(&mut target.raw).chain(&mut target.flag));
        dates.chain(once(&mut self.reason)).collect()
    }
}

impl Texts for Option<Extension> {
    fn texts_mut(&mut self) -> Vec<&mut String> {
        let all = self.iter_mut().flat_map(|asked| {
            let dates = asked.dates.iter_mut().flat_map(|target| once(&mut target.raw).chain(&mut target.flag));
            dates.chain([&mut asked.reason, &mut asked.by])
        });
        all.collect()
    }
}

impl Texts for Source {
    fn texts_mut(&mut self) -> Vec<&mut String> {
        vec![&mut self.file, &mut self.place]
    }
}

impl Texts for Agenda {
    fn texts_mut(&mut self) -> Vec<&mut String> {
        let filters = self
            .rules
            .iter_mut()
            .filter_map(|rule| if let AgendaRule::Filter(text) = rule { Some(text) } else { None });
        filters.collect()
    }
}

impl Texts for Received {
    fn texts_mut(&mut self) -> Vec<&mut String> {
        Vec::new()
    }
}

impl Texts for Vec<Attendance> {
    fn texts_mut(&mut self) -> Vec<&mut String> {
        self.iter_mut().map(|person| &mut person.name).collect()
    }
}

impl Texts for Vec<Dismissal> {
    fn texts_mut(&mut self) -> Vec<&mut String> {
        self.iter_mut().flat_map(|dismissal| [&mut dismissal.challenge, &mut dismissal.reason]).collect()
    }
}

impl Texts for Vec<Flag> {
    fn texts_mut(&mut self) -> Vec<&mut String> {
        self.iter_mut()
            .flat_map(|flag| [&mut flag.why, &mut flag.raw].into_iter().chain(&mut flag.suggestion))
            .collect()
    }
}

impl Texts for Vec<Lead> {
    fn texts_mut(&mut self) -> Vec<&mut String> {
        self.iter_mut().map(|lead| &mut lead.raw).collect()
    }
}

impl Texts for Vec<RawCell> {
    fn texts_mut(&mut self) -> Vec<&mut String> {
        self.iter_mut().flat_map(|cell| [&mut cell.column, &mut cell.text]).collect()
    }
}

impl Texts for Option<Withdrawal> {
    fn texts_mut(&mut self) -> Vec<&mut String> {
        self.iter_mut().map(|withdrawal| &mut withdrawal.reason).collect()
    }
}

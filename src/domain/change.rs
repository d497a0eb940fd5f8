//! Everything that can happen to a register.
//!
//! Three operations: something is added with its first values, a field gets a new value, or a newer version of the
//! program did something that this one does not understand and only keeps.

use chrono::{DateTime, FixedOffset};

use super::marking;
use super::particular::Term;
#[allow(clippy::wildcard_imports, reason = "the types of whatever rows the table has")]
use super::table::types::*;
use super::table::values;
use super::texts::Texts;

/// What can be added, and where it belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    Plan,
    Party,
    Finding { plan: Id },
    Recommendation { plan: Id },
    Action { plan: Id, recommendation: Option<Id> },
    Entry { action: Id, said: EntryText },
    Meeting,
    Minute { meeting: Id, said: MinuteText },
}

macro_rules! value {
    ($($variant:ident($type:ty) $log:literal $name:literal $word:literal $told:ident $(or $unset:expr)?;)*) => {
        /// A field and a value for it.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Value {
            $($variant($type)),*
        }

        impl Value {
            /// The names of all fields in the log.
            pub const NAMES: &[&str] = &[$($log),*];

            /// The name of its field in the log.
            pub fn log_name(&self) -> &'static str {
                match self {
                    $(Value::$variant(_) => $log),*
                }
            }

            /// What its field is called in a sentence.
            pub fn field_name(&self) -> &'static str {
                match self {
                    $(Value::$variant(_) => $name),*
                }
            }

            /// The value of its field before anything is set: the same as in a thing that was added without it.
            #[must_use]
            pub fn unset(&self) -> Value {
                match self {
                    $(Value::$variant(_) => Value::$variant(unset!($($unset)?))),*
                }
            }

            fn ids_mut(&mut self) -> Vec<&mut Id> {
                match self {
                    $(Value::$variant(value) => value.ids_mut()),*
                }
            }

            pub(super) fn texts_mut(&mut self) -> Vec<&mut String> {
                match self {
                    $(Value::$variant(value) => value.texts_mut()),*
                }
            }
        }
    };
}

macro_rules! unset {
    () => {
        Default::default()
    };
    ($unset:expr) => {
        $unset
    };
}
values!(value);

/// The smallest thing that can happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Op {
    /// The new thing's id is the change's id.
    Add { kind: Kind, values: Vec<Value> },
    /// Replaces those values of the field that the writer had seen.
    Set { on: Id, value: Value, replaces: Vec<Id> },
    /// Written by a newer version: kept word for word, shown and passed on.
    Unknown { body: String },
    /// Erases words on a ground: each of these changes is restated without them. `what` says what went, without its words.
    Erase { what: String, ground: String, restated: Vec<(Id, Op)> },
    /// Its words are not in this file: they were erased, or are withheld from this copy.
    Absent,
}

/// An operation in its place in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub id: Id,
    /// Lamport time: greater than that of every change its writer knew. Orders the log; the clock never does.
    pub lamport: u64,
    pub op: Op,
}

/// Why a batch was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    Edit,
    Import {
        file: String,
    },
    Undo {
        of: Id,
    },
    Redo {
        of: Id,
    },
    /// Words are erased on a ground; nothing undoes it.
    Erasure,
}

/// All the changes made by one act of the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// The id of its first change.
    pub id: Id,
    pub author: String,
    pub at: DateTime<FixedOffset>,
    /// The meeting that was open.
    pub meeting: Option<Id>,
    pub cause: Cause,
    /// Never empty; in the order of their ids.
    pub changes: Vec<Change>,
}

impl Op {
    /// The same operation with every pending id replaced by the real one of a batch that begins at `first`.
    #[must_use]
    pub fn settled(mut self, first: Id) -> Op {
        self.ids_mut().into_iter().for_each(|id| *id = id.settled(first));
        self
    }

    /// Every id that it names.
    pub fn ids_mut(&mut self) -> Vec<&mut Id> {
        match self {
            Op::Add { kind, values } => {
                kind.ids_mut().into_iter().chain(values.iter_mut().flat_map(Value::ids_mut)).collect()
            }
            Op::Set { on, value, replaces } => std::iter::once(on).chain(value.ids_mut()).chain(replaces).collect(),
            Op::Erase { restated, .. } => {
                restated.iter_mut().flat_map(|(id, op)| std::iter::once(id).chain(op.ids_mut())).collect()
            }
            Op::Unknown { .. } | Op::Absent => Vec::new(),
        }
    }
}

impl Kind {
    fn ids_mut(&mut self) -> Vec<&mut Id> {
        match self {
            Kind::Plan | Kind::Party | Kind::Meeting => Vec::new(),
            Kind::Finding { plan } | Kind::Recommendation { plan } => vec![plan],
            Kind::Action { plan, recommendation } => std::iter::once(plan).chain(recommendation).collect(),
            Kind::Entry { action, .. } => vec![action],
            Kind::Minute { meeting, said } => {
                std::iter::once(meeting).chain(&mut said.action).chain(&mut said.recommendation).collect()
            }
        }
    }
}

/// A type of value, and the ids that one names: pending ids are replaced through it.
pub trait Naming {
    fn ids_mut(&mut self) -> Vec<&mut Id> {
        Vec::new()
    }
}

/// Types that name no id.
macro_rules! naming_nothing {
    ($($type:ty),* $(,)?) => {
        $(impl Naming for $type {})*
    };
}
naming_nothing!(
    Acceptance,
    Address,
    Closure,
    NaiveDate,
    Option<NaiveDate>,
    Option<String>,
    PartyKind,
    Scheme,
    Source,
    Stage,
    String,
    Targets,
    Vec<(String, String)>,
    Vec<Dismissal>,
    Vec<Flag>,
    Vec<RawCell>,
    Vec<String>,
    bool,
);

impl<T: Term> Naming for Option<T> {}

impl Naming for Option<Extension> {}

impl Naming for Above {
    fn ids_mut(&mut self) -> Vec<&mut Id> {
        self.0.iter_mut().collect()
    }
}

impl Naming for Follows {
    fn ids_mut(&mut self) -> Vec<&mut Id> {
        self.0.iter_mut().collect()
    }
}

impl Naming for Option<Id> {
    fn ids_mut(&mut self) -> Vec<&mut Id> {
        self.iter_mut().collect()
    }
}

impl Naming for Agenda {
    fn ids_mut(&mut self) -> Vec<&mut Id> {
        let plan = self.of.iter_mut().filter_map(|reach| reach.plan.as_mut());
        self.items.iter_mut().chain(plan).collect()
    }
}

impl Naming for Asked {
    fn ids_mut(&mut self) -> Vec<&mut Id> {
        self.of.iter_mut().map(|one| &mut one.party).chain(&mut self.seen).collect()
    }
}

impl Naming for Received {
    fn ids_mut(&mut self) -> Vec<&mut Id> {
        self.0.iter_mut().flat_map(|one| [&mut one.action, &mut one.batch, &mut one.party]).collect()
    }
}

impl Naming for Moves {
    fn ids_mut(&mut self) -> Vec<&mut Id> {
        self.0.iter_mut().filter_map(|one| one.party.as_mut()).collect()
    }
}

impl Naming for Times {
    fn ids_mut(&mut self) -> Vec<&mut Id> {
        self.0.iter_mut().map(|slot| &mut slot.item).collect()
    }
}

impl Naming for Vec<Attendance> {
    fn ids_mut(&mut self) -> Vec<&mut Id> {
        self.iter_mut().filter_map(|person| person.party.as_mut()).collect()
    }
}

impl Naming for Vec<Lead> {
    fn ids_mut(&mut self) -> Vec<&mut Id> {
        self.iter_mut().map(|lead| &mut lead.party).collect()
    }
}

impl Naming for Under {
    fn ids_mut(&mut self) -> Vec<&mut Id> {
        match self {
            Under::Findings(ids) => ids.iter_mut().collect(),
            Under::Nothing | Under::AllFindings => Vec::new(),
        }
    }
}

impl Naming for Option<Withdrawal> {
    fn ids_mut(&mut self) -> Vec<&mut Id> {
        self.iter_mut().flat_map(|withdrawal| &mut withdrawal.seen).collect()
    }
}

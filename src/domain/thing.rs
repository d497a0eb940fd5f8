//! What any kind of thing can do with any of its fields, built from the table.

use super::change::Value;
use super::multi_value::{Field, Head};
use super::table::things;
#[allow(clippy::wildcard_imports, reason = "the types of whatever rows the table has")]
use super::table::types::*;

/// What an edit of a field counts for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// It outlives a withdrawal that has not seen it, stops an undo that would lose it, and is reported as a difference.
    Edit,
    /// It stops an undo and is reported, but does not outlive a withdrawal.
    Name,
    /// It outlives a withdrawal, and is not reported.
    Aside,
    /// None of these: where a thing was read, and whether it is withdrawn.
    Trace,
}

impl Weight {
    fn is_reported(self) -> bool {
        matches!(self, Weight::Edit | Weight::Name)
    }

    fn outlives_withdrawal(self) -> bool {
        matches!(self, Weight::Edit | Weight::Aside)
    }
}

/// Where a value comes from: the change, when, and what it replaces.
pub struct Written<'a> {
    pub id: Id,
    pub lamport: u64,
    pub day: NaiveDate,
    pub replaces: &'a [Id],
}

/// A thing of the register, whatever its kind.
pub trait Thing {
    /// Puts a value into the field it is for. False where the thing has no such field.
    fn set(&mut self, value: &Value, written: &Written<'_>) -> bool;

    /// The values not yet replaced, oldest first, of the field that `like` is a value of; none where it has no such field.
    fn heads(&self, like: &Value) -> Vec<Head<Value>>;

    /// The changes that wrote the values not yet replaced, of all its fields.
    fn written(&self) -> Vec<Id>;

    /// The changes that a withdrawal must have seen in order to hold.
    fn edits(&self) -> Vec<Id>;

    /// The fields whose edits are reported, each with the value of a thing that was added without it.
    fn reported(&self) -> Vec<Value>;

    /// The reported fields that have more than one value.
    fn in_conflict(&self) -> Vec<Value>;

    fn withdrawn(&self) -> &Field<Option<Withdrawal>>;
}

macro_rules! define {
    ($(
        $(#[$about:meta])*
        $thing:ident($($fixed:ident: $fixed_type:ty),*) {
            $(
                $(#[$doc:meta])*
                $field:ident: $variant:ident($type:ty) $weight:ident $(reads $nature:ident $($words:literal)*)?;
            )*
        } with { $($(#[$part_doc:meta])* $part:ident: $part_type:ty),* $(,)? }
    )*) => {
        $(
            $(#[$about])*
            #[derive(Clone, Debug, PartialEq, Eq)]
            pub struct $thing {
                pub id: Id,
                $(pub $fixed: $fixed_type,)*
                $($(#[$doc])* pub $field: Field<$type>,)*
                $($(#[$part_doc])* pub $part: $part_type,)*
            }

            impl $thing {
                pub fn new(id: Id, $($fixed: $fixed_type),*) -> $thing {
                    $thing { id, $($fixed,)* $($field: Field::default(),)* $($part: Default::default(),)* }
                }
            }

            impl Thing for $thing {
                fn set(&mut self, value: &Value, written: &Written<'_>) -> bool {
                    $(if let Value::$variant(value) = value {
                        put(&mut self.$field, value, written);
                        return true;
                    })*
                    false
                }

                fn heads(&self, like: &Value) -> Vec<Head<Value>> {
                    $(if let Value::$variant(_) = like {
                        return lift(&self.$field, Value::$variant);
                    })*
                    Vec::new()
                }

                fn written(&self) -> Vec<Id> {
                    let mut ids = Vec::new();
                    $(ids.extend(self.$field.heads().iter().map(|head| head.id));)*
                    ids
                }

                fn edits(&self) -> Vec<Id> {
                    let mut ids = Vec::new();
                    $(if Weight::$weight.outlives_withdrawal() {
                        ids.extend(self.$field.heads().iter().map(|head| head.id));
                    })*
                    ids
                }

                fn reported(&self) -> Vec<Value> {
                    let rows = [$((Weight::$weight, Value::$variant(Default::default()))),*];
                    let reported = rows.into_iter().filter(|(weight, _)| weight.is_reported());
                    reported.map(|(_, value)| value.unset()).collect()
                }

                fn in_conflict(&self) -> Vec<Value> {
                    let mut found = Vec::new();
                    $(if Weight::$weight.is_reported() && self.$field.in_conflict() {
                        found.push(Value::$variant(Default::default()));
                    })*
                    found
                }

                fn withdrawn(&self) -> &Field<Option<Withdrawal>> {
                    &self.withdrawn
                }
            }
        )*
    };
}
things!(define);

fn put<T: Clone>(field: &mut Field<T>, value: &T, written: &Written<'_>) {
    let head = Head { id: written.id, lamport: written.lamport, day: written.day, value: value.clone() };
    field.set(head, written.replaces);
}

fn lift<T: Clone>(field: &Field<T>, wrap: fn(T) -> Value) -> Vec<Head<Value>> {
    let heads = field.heads().iter();
    heads.map(|h| Head { id: h.id, lamport: h.lamport, day: h.day, value: wrap(h.value.clone()) }).collect()
}

#[cfg(test)]
mod tests {
    use super::super::change::{Cause, Op};
    use super::super::fixture::harbour;
    use super::super::table::values;
    use super::*;

    macro_rules! each {
        ($($variant:ident($type:ty) $log:literal $name:literal $word:literal $told:ident $(or $unset:expr)?;)*) => {
            fn every_field() -> Vec<Value> {
                vec![$(Value::$variant(Default::default())),*]
            }
        };
    }
    values!(each);

    /// A value that is in the table of values and on no thing could be written and would never be seen.
    #[test]
    fn every_field_belongs_to_a_thing_that_keeps_what_is_set() {
        for value in every_field() {
            let written = Written { id: Id::pending(1), lamport: 1, day: NaiveDate::default(), replaces: &[] };
            let (id, said) = (Id::pending(0), None);
            let mut things: Vec<Box<dyn Thing>> = vec![
                Box::new(Plan::new(id)),
                Box::new(Party::new(id)),
                Box::new(Finding::new(id, id)),
                Box::new(Recommendation::new(id, id)),
                Box::new(Action::new(id, id, said, 1)),
                Box::new(Meeting::new(id)),
            ];
            let kept = things.iter_mut().filter_map(|thing| {
                thing.set(&value, &written).then(|| thing.heads(&value).pop().map(|head| head.value))
            });
            let kept: Vec<_> = kept.collect();
            assert!(!kept.is_empty(), "{value:?} is a field of nothing");
            assert!(kept.iter().all(|kept| kept.as_ref() == Some(&value)));
        }
    }

    #[test]
    fn a_value_for_a_field_that_a_thing_does_not_have_is_counted_and_changes_nothing_else() {
        let mut log = harbour();
        let (on, before) = (log.register.findings[0].id, log.register.clone());
        log.write(Cause::Edit, vec![Op::Set { on, value: Value::Rating(None), replaces: Vec::new() }]);
        assert_eq!(log.register.unknown, before.unknown + 1);
        assert_eq!(log.register.findings, before.findings);
    }
}

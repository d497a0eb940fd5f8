//! A field of the register: the values that have not been replaced yet.
//!
//! A change names the values it saw and replaces. Two people who change a field independently leave two
//! values; both are shown, the later is in force, and the next change, which names both, settles it on every copy.

use chrono::NaiveDate;

use super::id::Id;

/// A value with the change that wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head<T> {
    pub id: Id,
    /// The change's Lamport time; order among heads is (lamport, id).
    pub lamport: u64,
    /// The day on which the change was made, for display only.
    pub day: NaiveDate,
    pub value: T,
}

/// All values of a field not yet replaced, oldest first: nearly always one, or none; two or more are in conflict.
///
/// They are not in the thing itself, because most fields of most things have none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field<T>(Box<[Head<T>]>);

impl<T> Default for Field<T> {
    fn default() -> Field<T> {
        Field(Box::default())
    }
}

impl<T> Field<T> {
    /// Of heads in order.
    pub fn of(heads: Vec<Head<T>>) -> Field<T> {
        Field(heads.into_boxed_slice())
    }

    pub fn heads(&self) -> &[Head<T>] {
        &self.0
    }

    /// The value in force: the latest.
    pub fn get(&self) -> Option<&T> {
        self.heads().last().map(|head| &head.value)
    }

    /// The head in force.
    pub fn head(&self) -> Option<&Head<T>> {
        self.heads().last()
    }

    /// Whether two people changed this independently and it has not been settled.
    pub fn in_conflict(&self) -> bool {
        self.heads().len() > 1
    }

    /// The changes that a new value must name as replaced.
    pub fn ids(&self) -> Vec<Id> {
        self.heads().iter().map(|head| head.id).collect()
    }

    /// Adds a new value, dropping those that it replaces.
    pub fn set(&mut self, head: Head<T>, replaces: &[Id]) {
        let is_left = |old: &Head<T>| !replaces.contains(&old.id) && old.id != head.id;
        let mut heads = Vec::with_capacity(self.0.len() + 1);
        heads.extend(std::mem::take(self).0.into_iter().filter(is_left));
        let place = heads.partition_point(|old| (old.lamport, old.id) < (head.lamport, head.id));
        heads.insert(place, head);
        *self = Field::of(heads);
    }
}

#[cfg(test)]
mod tests {
    use super::super::id::Origin;
    use super::*;

    fn head(origin: u64, lamport: u64, value: &str) -> Head<String> {
        Head { id: Id { origin: Origin(origin), seq: lamport }, lamport, day: NaiveDate::MIN, value: value.into() }
    }

    #[test]
    fn two_separate_edits_leave_two_values_and_the_next_edit_settles_them() {
        let mut field = Field::default();
        field.set(head(1, 1, "first"), &[]);
        let seen = field.ids();
        field.set(head(1, 2, "mine"), &seen);
        field.set(head(2, 2, "theirs"), &seen);
        assert!(field.in_conflict());
        assert_eq!(field.get().map(String::as_str), Some("theirs"));
        let both = field.ids();
        field.set(head(1, 3, "settled"), &both);
        assert_eq!(field.heads().len(), 1);
    }

    #[test]
    fn order_of_arrival_does_not_matter() {
        let (mut a, mut b) = (Field::default(), Field::default());
        a.set(head(1, 5, "x"), &[]);
        a.set(head(2, 4, "y"), &[]);
        b.set(head(2, 4, "y"), &[]);
        b.set(head(1, 5, "x"), &[]);
        assert_eq!(a, b);
    }
}

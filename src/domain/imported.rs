//! Which changes were written by imports.

use std::collections::BTreeMap;

use super::id::Id;

/// For each import, the id of its first change and the number of its last: the changes of a batch follow one another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported(BTreeMap<Id, u64>);

impl Imported {
    /// Whether an import wrote this change.
    pub fn has(&self, id: Id) -> bool {
        self.0.range(..=id).next_back().is_some_and(|(first, last)| first.origin == id.origin && id.seq <= *last)
    }
}

impl FromIterator<(Id, u64)> for Imported {
    fn from_iter<T: IntoIterator<Item = (Id, u64)>>(imports: T) -> Imported {
        Imported(imports.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::super::id::Origin;
    use super::*;

    #[test]
    fn a_change_is_found_in_the_run_that_an_import_wrote() {
        let id = |origin, seq| Id { origin: Origin(origin), seq };
        let imported: Imported = [(id(1, 5), 9), (id(3, 1), 2)].into_iter().collect();
        let found = |origin| (1..12).filter(|seq| imported.has(id(origin, *seq))).collect::<Vec<_>>();
        assert_eq!(found(1), [5, 6, 7, 8, 9]);
        assert_eq!(found(2), [0; 0]);
        assert_eq!(found(3), [1, 2]);
    }
}

//! Actions under another name: the column that holds them in a table whose header has no word for actions.

use super::contents::below;
use crate::import::cells::action_words;
use crate::import::table::{Row, Table};
use crate::import::tables::columns::{Header, label};
use crate::import::words::clean;
use crate::import::words::roles::Role;
use crate::import::words::vocabulary::{Vocabulary, words};

/// Headings of accounts, which have dates and say what is paid.
const MONEY: [&str; 8] = ["amount", "price", "invoice", "net", "vat", "quantity", "paid", "balance"];
/// What is done by whoever has given it, without a date or a status.
const PROMISES: [&str; 3] = ["commitment", "pledge", "will"];
/// The fewest words of an action, on average.
const WORDS: usize = 3;

/// The row and the column whose heading has no word for actions, in a table that says who, by when or how far: one named
/// like a thing to be done or, if there is none, the wordiest of those that read like actions.
pub fn find(table: &Table, vocabulary: &Vocabulary) -> Option<(usize, usize)> {
    let filled = || table.opening();
    if filled().any(|(_, row)| Header::of(row, vocabulary).is_some()) {
        return None;
    }
    filled().find_map(|(begin, row)| Some((begin, Headings::of(table, begin, row, vocabulary).column()?)))
}

/// A row that may name the columns of a plan.
struct Headings<'a> {
    table: &'a Table,
    begin: usize,
    row: &'a Row,
    vocabulary: &'a Vocabulary,
    /// What each heading names.
    roles: Vec<Vec<Role>>,
}

impl<'a> Headings<'a> {
    fn of(table: &'a Table, begin: usize, row: &'a Row, vocabulary: &'a Vocabulary) -> Headings<'a> {
        let roles = row.cells.iter().map(|cell| label(&cell.text, vocabulary)).collect();
        Headings { table, begin, row, vocabulary, roles }
    }

    /// The column that holds the actions.
    fn column(&self) -> Option<usize> {
        let is_followed = self.say(&[Role::Status, Role::Rating, Role::Progress]);
        let (has_lead, has_target) = (self.say(&[Role::Lead]), self.say(&[Role::Target]));
        if self.are_of_sums() || !names(self.row) || !(has_lead || has_target && is_followed) {
            return None;
        }
        let stands = is_followed || has_target;
        let named = self.named().filter(|at| stands || self.promises(*at) || self.wordiness(*at).is_some());
        named.or_else(|| self.wordiest().filter(|_| has_lead && stands))
    }

    fn say(&self, wanted: &[Role]) -> bool {
        self.roles.iter().flatten().any(|role| wanted.contains(role))
    }

    fn words(&self, at: usize) -> Vec<String> {
        words(&clean::line(self.row.text(at)))
    }

    fn are_of_sums(&self) -> bool {
        (0..self.row.cells.len()).any(|at| self.words(at).iter().any(|word| MONEY.contains(&word.as_str())))
    }

    fn promises(&self, at: usize) -> bool {
        self.words(at).iter().any(|word| PROMISES.contains(&word.as_str()))
    }

    /// Of the columns named like a thing to be done, the one with the most words; the first of several.
    fn named(&self) -> Option<usize> {
        let is_named = |at: &usize| self.vocabulary.is_stand_in(&self.words(*at));
        let length = |cell: &String| cell.split_whitespace().count();
        let longest = |at: &usize| below(self.table, self.begin, *at).iter().map(length).sum::<usize>();
        (0..self.row.cells.len()).rev().filter(is_named).max_by_key(longest)
    }

    /// Of the columns whose headings name nothing, the wordiest that reads like actions.
    fn wordiest(&self) -> Option<usize> {
        let free = (0..self.row.cells.len()).filter(|at| self.roles.get(*at).is_some_and(Vec::is_empty));
        let read = free.filter_map(|at| Some((at, self.wordiness(at)?)));
        read.max_by_key(|(_, words)| *words).map(|(at, _)| at)
    }

    /// The words in a column of actions; `None` where most of its cells do not read like one.
    fn wordiness(&self, at: usize) -> Option<usize> {
        let cells = below(self.table, self.begin, at);
        let actions = cells.iter().filter(|cell| action_words::is_action(cell, self.vocabulary)).count();
        let words: usize = cells.iter().map(|cell| cell.split_whitespace().count()).sum();
        (!cells.is_empty() && actions * 10 >= cells.len() * 6 && words >= cells.len() * WORDS).then_some(words)
    }
}

/// Whether every cell of a row could be a heading.
fn names(row: &Row) -> bool {
    let named = row.cells.iter().filter(|cell| !cell.is_blank()).count();
    named > 1 && row.cells.iter().all(|cell| clean::line(&cell.text).len() <= 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(rows: &[&[&str]]) -> Option<usize> {
        let rows = rows.iter().map(|cells| Row::new(cells.iter().copied())).collect();
        find(&Table { rows, ..Table::default() }, &Vocabulary::built_in().unwrap()).map(|(_, at)| at)
    }

    #[test]
    fn a_column_named_otherwise_holds_the_actions() {
        let list: [&[&str]; 2] = [&["Title", "Assigned to", "Due date"], &["Yard", "Port", "May 2026"]];
        assert_eq!(found(&list), Some(0));
        let both: [&[&str]; 2] =
            [&["Title", "Description", "Owner", "Due"], &["Yard", "Sweep all of it", "Port", "May"]];
        assert_eq!(found(&both), Some(1));
        let read: [&[&str]; 3] = [
            &["Shelf", "Wares", "Owner", "Due date"],
            &["3", "Write to all of the shops", "Port", "May 2026"],
            &["4", "Send the list to the office", "Port", "May 2026"],
        ];
        assert_eq!(found(&read), Some(1));
        let staff: [&[&str]; 2] = [&["Title", "Name", "Lead for"], &["Dr", "Ann Lee", "Wards"]];
        assert_eq!(found(&staff), None);
    }
}

//! Tables without a header row: what their columns hold, inferred from the cells. Always reported as a doubt.

use std::collections::BTreeMap;

use super::columns::{Column, Header};
use super::vertical;
use crate::domain::date_text;
use crate::domain::flag::Flag;
use crate::import::cells::{action_words, ratings};
use crate::import::table::{Document, Row, Table};
use crate::import::words::roles::Role;
use crate::import::words::vocabulary::Vocabulary;
use crate::import::words::{clean, number, roles};

/// How many rows to examine; more add nothing new.
const LOOKED_AT: usize = 200;

/// The shortest mean number of words in an action column.
const WORDS: usize = 3;

/// What the cells of a column are, with how many of its filled rows agree.
#[derive(Clone, Debug, Default)]
struct Tally {
    filled: usize,
    words: usize,
    actions: usize,
    ratings: usize,
    dates: usize,
    numbers: usize,
    names: usize,
    advice: usize,
    figures: usize,
}

/// Columns inferred from the cells, and whether the first row is a header of unknown words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inferred {
    pub header: Header,
    pub is_named: bool,
}

/// What the columns hold in the tables of one width, in a document none of whose tables has a header.
pub fn by_width(document: &Document, vocabulary: &Vocabulary) -> BTreeMap<usize, Inferred> {
    let mut by_width: BTreeMap<usize, Vec<&Table>> = BTreeMap::new();
    for table in document.tables() {
        let has_header = table.rows.iter().any(|row| Header::of(row, vocabulary).is_some());
        if has_header || vertical::lines(table, 1, vocabulary).is_some() {
            return BTreeMap::new();
        }
        by_width.entry(table.width()).or_default().push(table);
    }
    let tally = |(width, tables): (usize, Vec<&Table>)| Some((width, columns(&tables, vocabulary)?));
    by_width.into_iter().filter_map(tally).collect()
}

/// What the columns of headerless tables of one width hold; `None` unless one has actions and another says where they
/// stand, or who does them by when. A matrix of ratings is not a plan.
pub fn columns(tables: &[&Table], vocabulary: &Vocabulary) -> Option<Inferred> {
    let rows: Vec<&Row> =
        tables.iter().flat_map(|table| &table.rows).filter(|row| filled(row) > 1).take(LOOKED_AT).collect();
    let width = rows.iter().map(|row| row.cells.len()).max()?;
    let tally: Vec<Tally> = (0..width).map(|at| Tally::of(&rows, at, vocabulary)).collect();
    let action = action(&tally)?;
    let roles = roles(&tally, action, rows.len())?;
    let names = names(&rows, &tally, &roles, vocabulary);
    let column = |(at, roles): (usize, Vec<Role>)| {
        let name = names.as_ref().and_then(|names| names.get(at)).filter(|name| !name.is_empty());
        Column { name: name.cloned().unwrap_or_else(|| format!("Column {}", at + 1)), roles, ..Column::default() }
    };
    let columns = roles.into_iter().enumerate().map(column).collect();
    Some(Inferred { header: Header { columns, is_raised: false }, is_named: names.is_some() })
}

impl Inferred {
    /// Whether the row is the header of unknown words.
    pub fn names(&self, row: &Row) -> bool {
        let mut pairs = row.cells.iter().zip(&self.header.columns);
        self.is_named && pairs.all(|(cell, column)| cell.is_blank() || clean::line(&cell.text) == column.name)
    }

    /// What was inferred, as a doubt about the document.
    pub fn flag(&self) -> Flag {
        let named = self.header.columns.iter().enumerate().filter_map(|(at, column)| {
            let role = column.roles.first()?;
            Some(format!("column {} as the {}", at + 1, roles::name(*role)))
        });
        let named: Vec<String> = named.collect();
        let why =
            format!("the tables have no header row; their columns are inferred from the cells: {}", named.join(", "));
        Flag { field: "text".into(), why, raw: String::new(), suggestion: None }
    }
}

/// Whether the rows of a table can be rows under a header: actions are more than single words, and dates are dates.
pub fn fits(table: &Table, header: &Header, vocabulary: &Vocabulary) -> bool {
    let rows = looked_at(table, 0);
    let tally = |role| header.place(role).map(|at| Tally::of(&rows, at, vocabulary));
    let has_dates = |tally: &Tally| tally.filled < 3 || tally.dates > 0 || header.shares(Role::Target);
    tally(Role::Action).is_none_or(|tally| has_words(&tally))
        && tally(Role::Target).is_none_or(|tally| has_dates(&tally))
}

/// Whether the rows below a header row rule it out: targets that are figures, or "steps" and "activities" of one word.
pub fn denies(table: &Table, begin: usize, header: &Header, vocabulary: &Vocabulary) -> bool {
    let rows = looked_at(table, begin + 1);
    let tally = |role| header.place(role).map(|at| (at, Tally::of(&rows, at, vocabulary)));
    let is_figures = |tally: &Tally| tally.filled > 0 && tally.figures == tally.filled;
    let is_named = |at: usize| {
        header
            .columns
            .get(at)
            .is_some_and(|column| crate::import::words::vocabulary::words(&column.name).contains(&"action".to_owned()))
    };
    let no_actions =
        tally(Role::Action).is_some_and(|(at, tally)| is_figures(&tally) || !is_named(at) && !has_words(&tally));
    no_actions || tally(Role::Target).is_some_and(|(_, tally)| is_figures(&tally))
}

fn looked_at(table: &Table, begin: usize) -> Vec<&Row> {
    table.rows.iter().skip(begin).filter(|row| filled(row) > 1).take(LOOKED_AT).collect()
}

fn has_words(tally: &Tally) -> bool {
    tally.filled == 0 || tally.words >= tally.filled * 2 || tally.actions * 2 >= tally.filled
}

/// The wordiest column of those that read like actions.
fn action(tally: &[Tally]) -> Option<usize> {
    let reads = |tally: &Tally| {
        tally.filled > 0 && tally.words >= tally.filled * WORDS && tally.actions * 10 >= tally.filled * 6
    };
    let found = tally.iter().enumerate().filter(|(_, tally)| reads(tally)).max_by_key(|(_, tally)| tally.words);
    found.map(|(at, _)| at)
}

fn roles(tally: &[Tally], action: usize, rows: usize) -> Option<Vec<Vec<Role>>> {
    let most = |count: usize, tally: &Tally| tally.filled * 2 >= rows && count * 10 >= tally.filled * 7;
    let own: Vec<Option<Role>> = tally
        .iter()
        .enumerate()
        .map(|(at, tally)| match tally {
            _ if at == action => Some(Role::Action),
            tally if most(tally.ratings, tally) => Some(Role::Rating),
            tally if most(tally.numbers, tally) && at < action => Some(Role::Number),
            tally if most(tally.dates, tally) => Some(Role::Target),
            tally if at < action && most(tally.advice, tally) => Some(Role::Recommendation),
            tally if most(tally.names, tally) => Some(Role::Lead),
            tally if at > action && tally.words >= tally.filled * WORDS => Some(Role::Progress),
            _ => None,
        })
        .collect();
    let count = |role| own.iter().filter(|own| **own == Some(role)).count();
    let is_plan =
        count(Role::Rating) == 1 || count(Role::Rating) == 0 && count(Role::Target) > 0 && count(Role::Lead) > 0;
    is_plan.then(|| own.into_iter().map(|role| role.into_iter().collect()).collect())
}

/// The text of the first row, unless it has a rating or date in a column of nothing else.
fn names(rows: &[&Row], tally: &[Tally], roles: &[Vec<Role>], vocabulary: &Vocabulary) -> Option<Vec<String>> {
    let first = rows.first().filter(|_| rows.len() > 2)?;
    let is_odd = |at: usize, role: Role| {
        let cell = clean::line(first.text(at));
        let alone = tally.get(at).is_some_and(|tally| match role {
            Role::Rating => tally.ratings + 1 == tally.filled && !ratings::is_rating(&cell, vocabulary),
            Role::Target => tally.dates + 1 == tally.filled && !is_date(&cell),
            _ => false,
        });
        alone && !cell.is_empty()
    };
    let is_header = roles.iter().enumerate().any(|(at, roles)| roles.iter().any(|role| is_odd(at, *role)));
    is_header.then(|| first.cells.iter().map(|cell| clean::line(&cell.text)).collect())
}

impl Tally {
    fn of(rows: &[&Row], at: usize, vocabulary: &Vocabulary) -> Tally {
        let mut tally = Tally::default();
        for row in rows {
            let cell = clean::line(row.text(at));
            let shade = row.cells.get(at).and_then(|cell| cell.shade.as_deref());
            if cell.is_empty() && shade.is_none() {
                continue;
            }
            let is_shaded = cell.is_empty() && shade.is_some_and(|shade| ratings::is_rating(shade, vocabulary));
            tally.filled += 1;
            tally.words += cell.split_whitespace().count();
            tally.actions += usize::from(action_words::is_action(&cell, vocabulary));
            tally.ratings += usize::from(is_shaded || ratings::is_rating(&cell, vocabulary));
            tally.dates += usize::from(is_date(&cell));
            tally.numbers += usize::from(number::of(&cell).is_some_and(|found| found.text.is_empty()));
            tally.figures += usize::from(is_figure(&cell));
            tally.names += usize::from(is_name(&cell));
            tally.advice += usize::from(cell.contains(" should ") && cell.split_whitespace().count() > 5);
        }
        tally
    }
}

fn is_date(cell: &str) -> bool {
    date_text::span(cell).is_some() || matches!(cell.to_lowercase().as_str(), "ongoing" | "asap" | "tbc")
}

/// A count, a share or a sum, and not a spreadsheet's day number.
fn is_figure(cell: &str) -> bool {
    let is_number = cell.chars().all(|c| c.is_ascii_digit() || "%£.,-+ ".contains(c));
    is_number && cell.contains(|c: char| c.is_ascii_digit()) && !is_date(cell)
}

/// A few words with capital letters.
fn is_name(cell: &str) -> bool {
    let joints = ["and", "of", "for", "the", "&", "-", "–", "all", "via"];
    let count = cell.split_whitespace().count();
    (1..=8).contains(&count)
        && cell.split_whitespace().all(|word| {
            word.starts_with(|c: char| c.is_uppercase() || c == '(') || joints.contains(&word.to_lowercase().as_str())
        })
}

fn filled(row: &Row) -> usize {
    row.cells.iter().filter(|cell| !cell.is_blank() || cell.shade.is_some()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inferred(rows: &[&[&str]]) -> Option<Vec<Vec<Role>>> {
        let rows = rows.iter().map(|cells| Row::new(cells.iter().copied())).collect();
        let table = Table { rows, ..Table::default() };
        let found = columns(&[&table], &Vocabulary::built_in().unwrap())?;
        Some(found.header.columns.into_iter().map(|column| column.roles).collect())
    }

    #[test]
    fn actions_ratings_dates_and_leads_are_inferred_from_the_cells() {
        use Role::*;
        assert_eq!(
            inferred(&[
                &["Circulate the note to all members", "New"],
                &["Board to agree a date for the event", "Ongoing"]
            ]),
            Some(vec![vec![Action], vec![Rating]])
        );
        let log: &[&[&str]] = &[
            &["1", "Write to all trusts", "Board Manager", "31/03/2024", ""],
            &["2", "Agree a protocol with housing", "Housing", "May 2024", "Drafted and sent round in April"],
        ];
        assert_eq!(inferred(log), Some(vec![vec![Number], vec![Action], vec![Lead], vec![Target], vec![Progress]]));
    }

    #[test]
    fn a_table_that_only_looks_like_a_plan_is_not_one() {
        let matrix: &[&[&str]] =
            &[&["Send data to the office", "Met", "Not met"], &["Share the returns", "Met", "Met"]];
        assert_eq!(inferred(matrix), None);
        assert_eq!(inferred(&[&["Jane Smith", "Chair"], &["Ann Jones", "Police"]]), None);
        assert_eq!(
            inferred(&[&["Safeguarding level 3", "Completed"], &["Mental capacity, refresher day", "Completed"]]),
            None
        );
        assert_eq!(inferred(&[&["Referrals received in the quarter", "On track"], &["Visits made", "At risk"]]), None);
    }
}

//! Tables without a header row: what their columns hold, told from the cells. Always said as a doubt.

use std::collections::BTreeMap;

use super::columns::{Column, Header};
use super::vertical;
use crate::domain::date_text;
use crate::domain::flag::Flag;
use crate::import::cells::{deeds, ratings};
use crate::import::table::{Document, Row, Table};
use crate::import::words::fields::Field;
use crate::import::words::vocabulary::Vocabulary;
use crate::import::words::{clean, fields, number};

/// Rows that are looked at; more tell nothing new.
const LOOKED_AT: usize = 200;

/// The shortest mean number of words in a column of actions.
const WORDS: usize = 3;

/// What the cells of a column are, in how many of its filled rows.
#[derive(Clone, Debug, Default)]
struct Told {
    filled: usize,
    words: usize,
    deeds: usize,
    ratings: usize,
    dates: usize,
    numbers: usize,
    names: usize,
    advice: usize,
    figures: usize,
}

/// Columns told from the cells, and whether the first row is a header whose words are not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inferred {
    pub header: Header,
    pub is_named: bool,
}

/// What the columns hold of the tables of one width, in a document none of whose tables has a header.
pub fn by_width(document: &Document, vocabulary: &Vocabulary) -> BTreeMap<usize, Inferred> {
    let mut by_width: BTreeMap<usize, Vec<&Table>> = BTreeMap::new();
    for table in document.tables() {
        let has_header = table.rows.iter().any(|row| Header::of(row, vocabulary).is_some());
        if has_header || vertical::lines(table, 1, vocabulary).is_some() {
            return BTreeMap::new();
        }
        by_width.entry(table.width()).or_default().push(table);
    }
    let told = |(width, tables): (usize, Vec<&Table>)| Some((width, columns(&tables, vocabulary)?));
    by_width.into_iter().filter_map(told).collect()
}

/// What the columns of headerless tables of one width hold; `None` unless one is of actions and another says how they
/// stand, or who does them by when. A matrix of ratings is no plan.
pub fn columns(tables: &[&Table], vocabulary: &Vocabulary) -> Option<Inferred> {
    let rows: Vec<&Row> =
        tables.iter().flat_map(|table| &table.rows).filter(|row| filled(row) > 1).take(LOOKED_AT).collect();
    let width = rows.iter().map(|row| row.cells.len()).max()?;
    let told: Vec<Told> = (0..width).map(|at| Told::of(&rows, at, vocabulary)).collect();
    let action = action(&told)?;
    let fields = fields(&told, action, rows.len())?;
    let names = names(&rows, &told, &fields, vocabulary);
    let column = |(at, fields): (usize, Vec<Field>)| {
        let name = names.as_ref().and_then(|names| names.get(at)).filter(|name| !name.is_empty());
        Column { name: name.cloned().unwrap_or_else(|| format!("Column {}", at + 1)), fields }
    };
    let columns = fields.into_iter().enumerate().map(column).collect();
    Some(Inferred { header: Header { columns, is_raised: false }, is_named: names.is_some() })
}

impl Inferred {
    /// Whether the row is the header whose words are not known.
    pub fn names(&self, row: &Row) -> bool {
        let mut pairs = row.cells.iter().zip(&self.header.columns);
        self.is_named && pairs.all(|(cell, column)| cell.is_blank() || clean::line(&cell.text) == column.name)
    }

    /// What was inferred, as a doubt about the document.
    pub fn flag(&self) -> Flag {
        let named = self.header.columns.iter().enumerate().filter_map(|(at, column)| {
            let field = column.fields.first()?;
            Some(format!("column {} as the {}", at + 1, fields::name(*field)))
        });
        let named: Vec<String> = named.collect();
        let why =
            format!("the tables have no header row; their columns are inferred from the cells: {}", named.join(", "));
        Flag { field: "text".into(), why, raw: String::new(), suggestion: None }
    }
}

/// Whether the rows of a table can be rows under a header: actions are no single words, and dates are dates.
pub fn fits(table: &Table, header: &Header, vocabulary: &Vocabulary) -> bool {
    let rows = looked_at(table, 0);
    let told = |field| header.place(field).map(|at| Told::of(&rows, at, vocabulary));
    let has_dates = |told: &Told| told.filled < 3 || told.dates > 0 || header.shares(Field::Target);
    told(Field::Action).is_none_or(|told| has_words(&told)) && told(Field::Target).is_none_or(|told| has_dates(&told))
}

/// Whether the rows below a header row deny it: targets that are figures, or "steps" and "activities" that are single words.
pub fn denies(table: &Table, begin: usize, header: &Header, vocabulary: &Vocabulary) -> bool {
    let rows = looked_at(table, begin + 1);
    let told = |field| header.place(field).map(|at| (at, Told::of(&rows, at, vocabulary)));
    let is_figures = |told: &Told| told.filled > 0 && told.figures == told.filled;
    let is_named = |at: usize| {
        header
            .columns
            .get(at)
            .is_some_and(|column| crate::import::words::vocabulary::words(&column.name).contains(&"action".to_owned()))
    };
    let no_actions =
        told(Field::Action).is_some_and(|(at, told)| is_figures(&told) || !is_named(at) && !has_words(&told));
    no_actions || told(Field::Target).is_some_and(|(_, told)| is_figures(&told))
}

fn looked_at(table: &Table, begin: usize) -> Vec<&Row> {
    table.rows.iter().skip(begin).filter(|row| filled(row) > 1).take(LOOKED_AT).collect()
}

fn has_words(told: &Told) -> bool {
    told.filled == 0 || told.words >= told.filled * 2 || told.deeds * 2 >= told.filled
}

/// The column with most words of those that read like actions.
fn action(told: &[Told]) -> Option<usize> {
    let reads =
        |told: &Told| told.filled > 0 && told.words >= told.filled * WORDS && told.deeds * 10 >= told.filled * 6;
    let found = told.iter().enumerate().filter(|(_, told)| reads(told)).max_by_key(|(_, told)| told.words);
    found.map(|(at, _)| at)
}

fn fields(told: &[Told], action: usize, rows: usize) -> Option<Vec<Vec<Field>>> {
    let most = |count: usize, told: &Told| told.filled * 2 >= rows && count * 10 >= told.filled * 7;
    let own: Vec<Option<Field>> = told
        .iter()
        .enumerate()
        .map(|(at, told)| match told {
            _ if at == action => Some(Field::Action),
            told if most(told.ratings, told) => Some(Field::Rating),
            told if most(told.numbers, told) && at < action => Some(Field::Number),
            told if most(told.dates, told) => Some(Field::Target),
            told if at < action && most(told.advice, told) => Some(Field::Recommendation),
            told if most(told.names, told) => Some(Field::Lead),
            told if at > action && told.words >= told.filled * WORDS => Some(Field::Progress),
            _ => None,
        })
        .collect();
    let count = |field| own.iter().filter(|own| **own == Some(field)).count();
    let is_plan =
        count(Field::Rating) == 1 || count(Field::Rating) == 0 && count(Field::Target) > 0 && count(Field::Lead) > 0;
    is_plan.then(|| own.into_iter().map(|field| field.into_iter().collect()).collect())
}

/// The words of the first row, where they are no rating or date in a column of nothing else.
fn names(rows: &[&Row], told: &[Told], fields: &[Vec<Field>], vocabulary: &Vocabulary) -> Option<Vec<String>> {
    let first = rows.first().filter(|_| rows.len() > 2)?;
    let is_odd = |at: usize, field: Field| {
        let cell = clean::line(first.text(at));
        let alone = told.get(at).is_some_and(|told| match field {
            Field::Rating => told.ratings + 1 == told.filled && !ratings::is_rating(&cell, vocabulary),
            Field::Target => told.dates + 1 == told.filled && !is_date(&cell),
            _ => false,
        });
        alone && !cell.is_empty()
    };
    let is_header = fields.iter().enumerate().any(|(at, fields)| fields.iter().any(|field| is_odd(at, *field)));
    is_header.then(|| first.cells.iter().map(|cell| clean::line(&cell.text)).collect())
}

impl Told {
    fn of(rows: &[&Row], at: usize, vocabulary: &Vocabulary) -> Told {
        let mut told = Told::default();
        for row in rows {
            let cell = clean::line(row.text(at));
            let shade = row.cells.get(at).and_then(|cell| cell.shade.as_deref());
            if cell.is_empty() && shade.is_none() {
                continue;
            }
            let is_shaded = cell.is_empty() && shade.is_some_and(|shade| ratings::is_rating(shade, vocabulary));
            told.filled += 1;
            told.words += cell.split_whitespace().count();
            told.deeds += usize::from(deeds::is_deed(&cell, vocabulary));
            told.ratings += usize::from(is_shaded || ratings::is_rating(&cell, vocabulary));
            told.dates += usize::from(is_date(&cell));
            told.numbers += usize::from(number::of(&cell).is_some_and(|found| found.text.is_empty()));
            told.figures += usize::from(is_figure(&cell));
            told.names += usize::from(is_name(&cell));
            told.advice += usize::from(cell.contains(" should ") && cell.split_whitespace().count() > 5);
        }
        told
    }
}

fn is_date(cell: &str) -> bool {
    date_text::target(cell, None).span.is_some() || matches!(cell.to_lowercase().as_str(), "ongoing" | "asap" | "tbc")
}

/// A count, a share or a sum, and no day that a spreadsheet counts.
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

    fn told(rows: &[&[&str]]) -> Option<Vec<Vec<Field>>> {
        let rows = rows.iter().map(|cells| Row::new(cells.iter().copied())).collect();
        let table = Table { rows, ..Table::default() };
        let found = columns(&[&table], &Vocabulary::built_in().unwrap())?;
        Some(found.header.columns.into_iter().map(|column| column.fields).collect())
    }

    #[test]
    fn actions_ratings_dates_and_leads_are_told_from_the_cells() {
        use Field::*;
        assert_eq!(
            told(&[&["Circulate the note to all members", "New"], &["Board to agree a date for the event", "Ongoing"]]),
            Some(vec![vec![Action], vec![Rating]])
        );
        let log: &[&[&str]] = &[
            &["1", "Write to all trusts", "Board Manager", "31/03/2024", ""],
            &["2", "Agree a protocol with housing", "Housing", "May 2024", "Drafted and sent round in April"],
        ];
        assert_eq!(told(log), Some(vec![vec![Number], vec![Action], vec![Lead], vec![Target], vec![Progress]]));
    }

    #[test]
    fn what_only_looks_like_a_plan_is_none() {
        let matrix: &[&[&str]] =
            &[&["Send data to the office", "Met", "Not met"], &["Share the returns", "Met", "Met"]];
        assert_eq!(told(matrix), None);
        assert_eq!(told(&[&["Jane Smith", "Chair"], &["Ann Jones", "Police"]]), None);
        assert_eq!(
            told(&[&["Safeguarding level 3", "Completed"], &["Mental capacity, refresher day", "Completed"]]),
            None
        );
        assert_eq!(told(&[&["Referrals received in the quarter", "On track"], &["Visits made", "At risk"]]), None);
    }
}

//! Tables → the rows as their author wrote them: without repeated headers, and with split rows rejoined.

use std::collections::BTreeMap;

use super::columns::{Column, Header, by_choice, counted};
use super::gathered::{ABOVE, parts};
pub use super::gathered::{Begins, Gathered, Part, join};
use super::inferred::{self, Inferred};
use super::inventory::{self, Seen};
use super::sections::Sections;
use super::{headings, inline, minutes, remnant, vertical};
use crate::domain::draft::DraftUnder;
use crate::domain::flag::Flag;
use crate::import::table::{Block, Document, Row, Rows, Table};
use crate::import::words::number;
use crate::import::words::roles::Role;
use crate::import::words::vocabulary::Vocabulary;

mod news;
mod rest;
mod standing;
#[cfg(test)]
mod tests;

use rest::Rest;
use standing::Standing;

/// The fewest words of a recommendation: in a row of its own, and in its own column.
const SENTENCE: usize = 6;
const PHRASE: usize = 4;

/// Everything that a document says, row by row.
#[derive(Debug, Default)]
pub struct Gathering {
    pub rows: Vec<Gathered>,
    pub sections: Sections,
    /// The paragraph before everything else.
    pub first: Option<String>,
    /// What was found out about each table.
    pub tables: Vec<Seen>,
    /// Doubts about the document as a whole.
    pub flags: Vec<Flag>,
}

/// Walks through the document in reading order.
pub fn gather(document: &Document, vocabulary: &Vocabulary) -> Gathering {
    let mut walk = Walk {
        vocabulary,
        header: None,
        gathering: Gathering::default(),
        table: 0,
        numbers: numbers_ahead(document, vocabulary),
        latest: (None, None),
        by_width: inferred::by_width(document, vocabulary),
    };
    walk.gathering.sections.headers =
        document.headers.iter().map(|header| crate::import::words::clean::line(header)).collect();
    for block in &document.blocks {
        match block {
            Block::Paragraph(text) => {
                if walk.table == 0 && walk.gathering.first.is_none() && !text.trim().is_empty() {
                    walk.gathering.first = Some(text.clone());
                }
                walk.gathering.sections.paragraph(text, vocabulary);
            }
            Block::Table(table) => walk.table(table),
        }
    }
    let mut gathering = walk.gathering;
    gathering.sections.end();
    let (rows, used) = match gathering.rows.as_slice() {
        [] => minutes::actions(document, vocabulary),
        known => minutes::beside::actions(document, vocabulary, known),
    };
    gathering.sections.notes.retain(|note| !used.contains(note));
    gathering.rows.extend(rows);
    gathering.rows.iter_mut().for_each(|row| inline::add(row, vocabulary));
    let names = document.table_names();
    gathering.rows.iter_mut().for_each(|row| row.name_tables(&names));
    gathering
}

struct Walk<'a> {
    vocabulary: &'a Vocabulary,
    header: Option<Header>,
    gathering: Gathering,
    /// Tables so far.
    table: usize,
    /// The numbers of recommendations, in order, with the table and row of each.
    numbers: Vec<(usize, usize, u32)>,
    /// The text of the last recommendation and of the last action.
    latest: (Option<String>, Option<String>),
    /// By the width of a table: what its columns hold, where no table says.
    by_width: BTreeMap<usize, Inferred>,
}

impl Walk<'_> {
    fn table(&mut self, table: &Table) {
        self.table += 1;
        if let Some(lines) = vertical::lines(table, self.table, self.vocabulary) {
            self.gathering.tables.push(Seen::on_end(&lines));
            self.on_end(lines);
            return;
        }
        let mut filled = table.opening();
        let found = filled.find_map(|(at, row)| self.header_in(row).map(|header| (at, header)));
        let is_denied = self.vocabulary.choices.is_empty()
            && found.as_ref().is_some_and(|(at, header)| inferred::denies(table, *at, header, self.vocabulary));
        let begins = found.map(|(at, _)| at);
        let continues = begins.is_none() && self.continues(table);
        self.gathering.tables.push(Seen { continues, ..Seen::default() });
        if is_denied || self.is_other(table, begins) {
            self.stranger(table);
            return;
        }
        if begins.is_none() && !continues && !self.infer(table) && !self.is_explained(table) {
            self.stranger(table);
            return;
        }
        let before = self.gathering.rows.len();
        self.rows(table, begins);
        self.forget_form(table, begins, before);
        self.gathering.sections.table();
    }

    /// Whether a table is a risk register, or lists versions or recipients, unless the user has mapped its columns.
    fn is_other(&self, table: &Table, begins: Option<usize>) -> bool {
        let header = begins.and_then(|at| table.rows.get(at));
        let names = || header.into_iter().flat_map(|row| row.cells.iter().map(|cell| cell.text.as_str()));
        self.vocabulary.choices.is_empty() && (inventory::are_of_risks(names()) || inventory::are_of_document(names()))
    }

    /// The header of an empty form says nothing about the next table.
    fn forget_form(&mut self, table: &Table, begins: Option<usize>, before: usize) {
        let below = begins.and_then(|at| table.rows.get(at + 1..)).unwrap_or(&[]);
        if !below.is_empty() && self.gathering.rows.len() == before {
            self.header = None;
        }
    }

    fn rows(&mut self, table: &Table, begins: Option<usize>) {
        let mut is_after_header = false;
        for (at, row) in table.rows.iter().enumerate() {
            let is_title = begins.is_some_and(|begin| at < begin);
            if row.is_blank() {
                continue;
            }
            if is_title {
                self.aside(row);
            } else if let Some(header) = self.header_in(row) {
                self.gathering.tables.last_mut().into_iter().for_each(|seen| seen.header(&header, at));
                self.header = Some(header);
                is_after_header = true;
                self.gathering.sections.table();
                continue;
            } else if self.by_width.values().any(|inferred| inferred.names(row)) {
                continue;
            } else if self.is_remnant(row, is_after_header) {
                let whole = self.header.as_ref().and_then(|header| remnant::completed(header, row, self.vocabulary));
                self.header = whole.or(self.header.take());
            } else {
                self.row(row, at, table.cut);
            }
            is_after_header = false;
        }
    }

    /// The records of a table with headings down the side.
    fn on_end(&mut self, lines: Vec<vertical::Item>) {
        for line in lines {
            match line {
                vertical::Item::Title(title) => self.gathering.sections.paragraph(&title, self.vocabulary),
                vertical::Item::Record(mut row) => {
                    row.under = self.gathering.sections.under.clone();
                    let recommendation = row.text(Role::Recommendation);
                    let is_new = row.has(Role::Recommendation) && self.latest.0.as_ref() != Some(&recommendation);
                    let begins = if is_new { Begins::Recommendation } else { Begins::Action };
                    self.remember(&row, true);
                    self.push(row, begins);
                }
            }
        }
        self.gathering.sections.table();
    }

    /// Uses what the cells suggest as the header of a table that has none; whether they suggest anything.
    fn infer(&mut self, table: &Table) -> bool {
        let Some(inferred) = self.by_width.get(&table.width()) else { return false };
        if !inferred::fits(table, &inferred.header, self.vocabulary) {
            return false;
        }
        let Some(header) = by_choice::over(&self.vocabulary.choices, &inferred.header) else { return false };
        let row = table.rows.iter().position(|row| inferred.names(row));
        self.gathering.tables.last_mut().into_iter().for_each(|seen| seen.named(&header, row));
        self.header = Some(header);
        if self.gathering.flags.is_empty() {
            self.gathering.flags.push(inferred.flag());
        }
        true
    }

    fn is_remnant(&self, row: &Row, is_after_header: bool) -> bool {
        let place = if is_after_header { remnant::Where::UnderHeader } else { remnant::Where::Elsewhere };
        self.header.as_ref().is_some_and(|header| remnant::is_remnant(row, header, place))
    }

    fn header_in(&self, row: &Row) -> Option<Header> {
        counted::next(row, self.header.as_ref(), self.vocabulary)
    }

    /// Whether a table without a header continues the one before it.
    fn continues(&self, table: &Table) -> bool {
        let width = table.width();
        self.header.as_ref().is_some_and(|header| match table.cut {
            Rows::Whole => header.columns.len() == width && inferred::fits(table, header, self.vocabulary),
            Rows::MaybeParts => header.columns.len() == width || width > 2,
        })
    }

    /// Whether the user has mapped the columns of this table without a header, which applies from here on.
    fn is_explained(&mut self, table: &Table) -> bool {
        let Some(header) = by_choice::unheaded(&self.vocabulary.choices, inventory::width(table)) else {
            return false;
        };
        self.gathering.tables.last_mut().into_iter().for_each(|seen| seen.named(&header, None));
        self.header = Some(header);
        true
    }

    /// A table that is not part of the plan: a glossary, a key, or notes.
    fn stranger(&mut self, table: &Table) {
        for row in table.rows.iter().filter(|row| !row.is_blank()) {
            self.aside(row);
        }
    }

    fn aside(&mut self, row: &Row) {
        self.gathering.sections.paragraph(&remnant::line(row, ": "), self.vocabulary);
    }

    fn row(&mut self, row: &Row, at: usize, cut: Rows) {
        let Some(header) = self.header.clone() else { return };
        let parts = parts(row, &header);
        let places = vec![(self.table, at + 1, at + 1)];
        let mut new = Gathered { parts, places, under: self.gathering.sections.under.clone(), ..Gathered::default() };
        let rest = if cut == Rows::Whole { self.rest(&new, row, &header) } else { Rest::No };
        let standing = self.standing(&new, &header, at, (cut, rest));
        if !matches!(standing, Standing::Update) {
            self.remember(&new, matches!(standing, Standing::Begins(_)));
        }
        match standing {
            Standing::Aside if is_recommendation(row, &header, self.vocabulary) => {
                self.gathering.sections.recommend(&remnant::line(row, ": "));
            }
            Standing::Aside => self.aside(row),
            Standing::Update => self.gathering.rows.last_mut().into_iter().for_each(|last| news::update(last, &new)),
            Standing::Continues => match self.gathering.rows.last_mut() {
                Some(last) => {
                    last.flags.extend(rest::doubt(rest, &new));
                    last.append(new);
                }
                None => self.gathering.rows.push(new),
            },
            Standing::Begins(begins) => {
                new.flags.extend(rest::doubt(rest, &new));
                let whole = self.with_merged(new, row);
                self.push(whole, begins);
            }
        }
    }

    /// Adds a row under the heading and the recommendation above it.
    fn push(&mut self, mut row: Gathered, begins: Begins) {
        row.begins = begins;
        row.heading.clone_from(&self.gathering.sections.heading);
        let column = row.parts.iter().position(|part| part.column.roles.contains(&Role::Recommendation));
        let takes_finding = column.is_none() || self.header.as_ref().is_some_and(|header| header.is_raised);
        if row.has(Role::Recommendation) {
            self.gathering.sections.forget_above();
            row.heading.clone_from(&self.gathering.sections.heading);
        } else if let Some(above) =
            self.gathering.sections.above().or_else(|| self.finding(&row.under).filter(|_| takes_finding))
        {
            let is_new = self.latest.0.as_ref() != Some(&above);
            row.begins = if is_new { Begins::Recommendation } else { Begins::Action };
            let pieces = vec![if is_new { above.clone() } else { String::new() }];
            match column.and_then(|at| row.parts.get_mut(at)) {
                Some(own) => own.pieces = pieces,
                None => row.parts.insert(0, Part { column: level_above(), pieces, shade: None }),
            }
            self.latest.0 = Some(above);
        }
        self.gathering.rows.push(row);
        self.gathering.sections.table();
    }

    /// The only finding above actions that answer no recommendation: they answer the finding.
    fn finding(&self, under: &DraftUnder) -> Option<String> {
        let DraftUnder::Findings(places) = under else { return None };
        let [place] = places.as_slice() else { return None };
        let finding = self.gathering.sections.findings.get(*place).filter(|finding| !finding.text.is_empty())?;
        Some(format!("{}. {}", finding.number, finding.text))
    }

    /// Leads, dates and status apply to every row beside a merged cell.
    fn with_merged(&self, mut row: Gathered, cells: &Row) -> Gathered {
        let shared = [Role::Lead, Role::Via, Role::Target, Role::Revised, Role::Rating];
        let Some(above) = self.gathering.rows.last() else { return row };
        for (part, _) in row.parts.iter_mut().zip(&cells.cells).filter(|(_, cell)| cell.is_merged) {
            let is_shared = part.column.roles.iter().all(|role| shared.contains(role));
            let own = above.parts.iter().find(|other| other.column == part.column && is_shared);
            if let Some(own) = own.filter(|_| !part.column.roles.is_empty()) {
                part.clone_from(own);
            }
        }
        row
    }

    /// Remembers what the next row may continue or repeat.
    fn remember(&mut self, row: &Gathered, is_whole: bool) {
        if row.has(Role::Recommendation) {
            self.latest.0 = is_whole.then(|| row.text(Role::Recommendation));
        }
        if row.has(Role::Action) {
            self.latest.1 = Some(row.text(Role::Action));
        }
    }
}

fn level_above() -> Column {
    Column { name: ABOVE.into(), roles: vec![Role::Recommendation], ..Column::default() }
}

/// A title row, in a table without recommendations, that reads like one: "The board should …", "2. The trust makes …".
fn is_recommendation(row: &Row, header: &Header, vocabulary: &Vocabulary) -> bool {
    let text = remnant::line(row, ": ");
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_sentence = words.len() >= SENTENCE && (number::of(&text).is_some() || words.contains(&"should"));
    let is_in_place =
        words.len() >= PHRASE && header.place(Role::Recommendation).is_some_and(|at| !row.text(at).trim().is_empty());
    let is_one = if header.has(Role::Recommendation) { is_in_place } else { is_sentence };
    is_one && headings::of(&text, vocabulary).is_none()
}

/// The whole numbers of all recommendations, with their places.
fn numbers_ahead(document: &Document, vocabulary: &Vocabulary) -> Vec<(usize, usize, u32)> {
    let mut all = Vec::new();
    let mut header: Option<Header> = None;
    for (table, at, row) in document
        .tables()
        .enumerate()
        .flat_map(|(table, rows)| rows.rows.iter().enumerate().map(move |(at, row)| (table + 1, at, row)))
    {
        if let Some(found) = counted::next(row, header.as_ref(), vocabulary) {
            header = Some(found);
            continue;
        }
        let Some(header) = header.as_ref().filter(|header| holds(row, header, Role::Recommendation)) else { continue };
        let gathered = Gathered { parts: parts(row, header), ..Gathered::default() };
        all.extend(gathered.number().and_then(|number| number::leading(&number)).map(|number| (table, at, number)));
    }
    all
}

/// Whether a row has anything in a column with this role.
fn holds(row: &Row, header: &Header, role: Role) -> bool {
    let mut cells = row.cells.iter().zip(&header.columns).filter(|(_, column)| column.roles.contains(&role));
    cells.any(|(cell, _)| !cell.is_merged && !cell.text.trim().is_empty())
}

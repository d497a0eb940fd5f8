//! Tables → the rows as their author wrote them: repeated headers gone, rows that were cut in parts made whole.

use super::columns::{Column, Field, Header};
use super::headings;
use super::inventory::{self, Seen};
use super::number;
use super::remnant;
use super::sections::Sections;
use super::table::{Block, Document, Row, Rows, Table};
use super::vocabulary::Vocabulary;
use crate::domain::draft::DraftUnder;

/// Rows with words among which the header of a table is, titles and particulars of the plan before it.
const TITLES: usize = 12;

/// A cell of a gathered row: all its parts, one under the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    pub column: Column,
    pub pieces: Vec<String>,
    pub shade: Option<String>,
}

/// A row as its author wrote it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gathered {
    pub parts: Vec<Part>,
    /// The table, and its first and last row there, of each part.
    pub places: Vec<(usize, usize, usize)>,
    pub under: DraftUnder,
    /// Whether it begins a recommendation, another action of the one above, or neither level exists.
    pub begins: Begins,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Begins {
    Recommendation,
    #[default]
    Action,
}

impl Gathered {
    /// The pieces of all cells that hold a field.
    pub fn pieces(&self, field: Field) -> Vec<String> {
        let parts = self.parts.iter().filter(|part| part.column.fields.contains(&field));
        parts.flat_map(|part| part.pieces.iter().cloned()).collect()
    }

    /// The words of a field, lines parted by newlines.
    pub fn text(&self, field: Field) -> String {
        let parts = self.parts.iter().filter(|part| part.column.fields.contains(&field) && part.is_filled());
        parts.map(|part| join(&part.pieces)).collect::<Vec<_>>().join("\n")
    }

    pub fn has(&self, field: Field) -> bool {
        self.parts.iter().any(|part| part.column.fields.contains(&field) && part.is_filled())
    }
}

/// Everything that a document says, row by row.
#[derive(Debug, Default)]
pub struct Gathering {
    pub rows: Vec<Gathered>,
    pub sections: Sections,
    /// The paragraph in front of everything.
    pub first: Option<String>,
    /// What was found about each table.
    pub tables: Vec<Seen>,
}

/// Walks through the document in reading order.
pub fn gather(document: &Document, vocabulary: &Vocabulary) -> Gathering {
    let mut walk = Walk {
        vocabulary,
        header: None,
        gathering: Gathering::default(),
        table: 0,
        numbers: Vec::new(),
        latest: (None, None),
    };
    walk.numbers = numbers_ahead(document, vocabulary);
    walk.gathering.sections.headers = document.headers.iter().map(|header| super::clean::line(header)).collect();
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
    walk.gathering
}

/// Pieces of a cut cell as one text: a piece goes on in the same line unless a sentence ends before it.
pub fn join(pieces: &[String]) -> String {
    let mut text = String::new();
    for piece in pieces {
        let ends = text.trim_end().ends_with(['.', '!', '?', ':', ';']);
        let begins = piece.trim_start().starts_with(|c: char| c.is_uppercase() || c == '-' || c == '•' || c == '·');
        if !text.is_empty() {
            text.push(if ends && begins { '\n' } else { ' ' });
        }
        text.push_str(piece);
    }
    text
}

struct Walk<'a> {
    vocabulary: &'a Vocabulary,
    header: Option<Header>,
    gathering: Gathering,
    /// Tables so far.
    table: usize,
    /// The numbers that recommendations have, in order, with the table and row where each stands.
    numbers: Vec<(usize, usize, u32)>,
    /// The words of the last recommendation and of the last action.
    latest: (Option<String>, Option<String>),
}

impl Walk<'_> {
    fn table(&mut self, table: &Table) {
        self.table += 1;
        let mut filled = table.rows.iter().enumerate().filter(|(_, row)| !row.is_blank()).take(TITLES);
        let begins = filled.find(|(_, row)| Header::of(row, self.vocabulary).is_some()).map(|(at, _)| at);
        let continues = begins.is_none() && self.continues(table);
        self.gathering.tables.push(Seen { continues, ..Seen::default() });
        if begins.is_none() && !continues && !self.is_explained(table) {
            self.stranger(table);
            return;
        }
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
            } else if self.is_remnant(row, is_after_header) {
                let whole = self.header.as_ref().and_then(|header| remnant::completed(header, row, self.vocabulary));
                self.header = whole.or(self.header.take());
            } else {
                self.row(row, at, table.cut);
            }
            is_after_header = false;
        }
        self.gathering.sections.table();
    }

    fn is_remnant(&self, row: &Row, is_after_header: bool) -> bool {
        let place = if is_after_header { remnant::Where::UnderHeader } else { remnant::Where::Elsewhere };
        self.header.as_ref().is_some_and(|header| remnant::is_remnant(row, header, place))
    }

    fn header_in(&self, row: &Row) -> Option<Header> {
        Header::of(row, self.vocabulary)
    }

    /// Whether a table without header goes on with the one before it.
    fn continues(&self, table: &Table) -> bool {
        let width = table.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        self.header
            .as_ref()
            .is_some_and(|header| header.columns.len() == width || table.cut == Rows::MaybeParts && width > 2)
    }

    /// Whether somebody said what the columns of this table without header hold, which is so from here on.
    fn is_explained(&mut self, table: &Table) -> bool {
        let Some(header) = self.vocabulary.chosen.unheaded(inventory::width(table)) else { return false };
        self.gathering.tables.last_mut().into_iter().for_each(|seen| seen.unheaded(&header));
        self.header = Some(header);
        true
    }

    /// A table that is no part of the plan: a glossary, a key, or notes.
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
        let new = Gathered { parts, places, under: self.gathering.sections.under.clone(), begins: Begins::Action };
        let standing = self.standing(&new, &header, at, cut);
        self.remember(&new, matches!(standing, Standing::Begins(_)));
        match standing {
            Standing::Aside => self.aside(row),
            Standing::Continues => match self.gathering.rows.last_mut() {
                Some(last) => last.append(new),
                None => self.gathering.rows.push(new),
            },
            Standing::Begins(begins) => self.gathering.rows.push(Gathered { begins, ..new }),
        }
    }

    fn standing(&self, row: &Gathered, header: &Header, at: usize, cut: Rows) -> Standing {
        let filled: Vec<&Part> = row.parts.iter().filter(|part| part.is_filled()).collect();
        if let ([only], true) = (filled.as_slice(), header.columns.len() > 2)
            && self.is_aside(only, cut)
        {
            return Standing::Aside;
        }
        let says = |field| row.has(field);
        let last = self.gathering.rows.last();
        let recommendation = row.text(Field::Recommendation);
        let is_same = self.latest.0.as_ref() == Some(&recommendation);
        let number = number_of(row);
        if says(Field::Recommendation) && !is_same {
            let is_new = number.is_some()
                || last.is_none()
                || match cut {
                    Rows::Whole => true,
                    Rows::MaybeParts => is_anchored(row, header) && self.has_gap(at),
                };
            return if is_new { Standing::Begins(Begins::Recommendation) } else { Standing::Continues };
        }
        let is_numbered = says(Field::Number) || says(Field::RecommendationNumber);
        let is_new = match cut {
            Rows::Whole => says(Field::Action) || is_numbered,
            Rows::MaybeParts => {
                is_numbered || (says(Field::Action) && (is_anchored(row, header) || self.is_free(row, header)))
            }
        };
        if is_new || last.is_none() { Standing::Begins(Begins::Action) } else { Standing::Continues }
    }

    /// A row of one cell is a title or a section heading, unless it goes on with the row above or is an action.
    fn is_aside(&self, only: &Part, cut: Rows) -> bool {
        let text = only.pieces.concat();
        if headings::of(&text, self.vocabulary).is_some() {
            return true;
        }
        let holds = |field| only.column.fields.contains(&field);
        let is_heading = text.split_whitespace().count() <= 3
            && text.trim_start().starts_with(char::is_uppercase)
            && !text.trim_end().ends_with(['.', '!', '?', ':', ';']);
        let is_numbered = number::of(&text).is_some();
        match cut {
            Rows::Whole if holds(Field::Action) => is_heading,
            Rows::Whole => !(is_numbered && holds(Field::Recommendation) || holds(Field::Progress)),
            Rows::MaybeParts => is_heading && holds(Field::Action) && self.is_between(),
        }
    }

    /// Whether the last action ended with a sentence, so that what follows need not go on with it.
    fn is_between(&self) -> bool {
        self.latest.1.as_ref().is_none_or(|text| text.trim_end().ends_with(['.', '!', '?', ')']))
    }

    /// Remembers what the next row may go on with, or repeat.
    fn remember(&mut self, row: &Gathered, is_whole: bool) {
        if row.has(Field::Recommendation) {
            self.latest.0 = is_whole.then(|| row.text(Field::Recommendation));
        }
        if row.has(Field::Action) {
            self.latest.1 = Some(row.text(Field::Action));
        }
    }

    /// Whether a number is missing between the recommendations before and after this row of the document, so that a row
    /// without number is a recommendation that lost it and not the rest of the one above.
    fn has_gap(&self, at: usize) -> bool {
        let here = (self.table, at);
        let next = self.numbers.partition_point(|(table, row, _)| (*table, *row) < here);
        let before = next.checked_sub(1).and_then(|at| self.numbers.get(at)).map(|found| found.2);
        let after = self.numbers.get(next).map(|found| found.2);
        match (before, after) {
            (Some(before), Some(after)) => after != before.saturating_add(1),
            (None, _) | (_, None) => true,
        }
    }

    /// In a table with nothing but actions and prose, a row that begins a sentence after a sentence's end is new.
    fn is_free(&self, row: &Gathered, header: &Header) -> bool {
        let anchors = [Field::Lead, Field::Target, Field::Rating, Field::Number];
        let has_anchor = anchors.into_iter().any(|field| header.has(field) && !header.shares(field));
        let begins = row.text(Field::Action).trim_start().starts_with(char::is_uppercase);
        !has_anchor && begins && self.is_between()
    }
}

enum Standing {
    Aside,
    Continues,
    Begins(Begins),
}

impl Part {
    fn is_filled(&self) -> bool {
        self.pieces.iter().any(|piece| !piece.trim().is_empty())
    }
}

impl Gathered {
    /// Takes in the next part of a row that was cut: cell by cell, by what the columns hold and not where they stand.
    fn append(&mut self, next: Gathered) {
        if next.parts.iter().any(Part::is_filled) {
            self.stand_also(&next.places);
        }
        for part in next.parts.into_iter().filter(Part::is_filled) {
            let is_same = |own: &&mut Part| {
                let both_unknown = own.column.fields.is_empty() && own.column.name == part.column.name;
                own.column.fields == part.column.fields && (!own.column.fields.is_empty() || both_unknown)
            };
            match self.parts.iter_mut().find(is_same) {
                Some(own) => own.pieces.extend(part.pieces),
                None => self.parts.push(part),
            }
        }
    }

    fn stand_also(&mut self, places: &[(usize, usize, usize)]) {
        for (table, first, last) in places {
            match self.places.last_mut().filter(|own| own.0 == *table && own.2 + 1 == *first) {
                Some(own) => own.2 = *last,
                None => self.places.push((*table, *first, *last)),
            }
        }
    }

    /// "table 1, row 6", "table 2, rows 3–7; table 3, row 2".
    pub fn place(&self) -> String {
        let told = self.places.iter().map(|(table, first, last)| match last - first {
            0 => format!("table {table}, row {first}"),
            _ => format!("table {table}, rows {first}–{last}"),
        });
        told.collect::<Vec<_>>().join("; ")
    }
}

fn parts(row: &Row, header: &Header) -> Vec<Part> {
    let columns = header.columns.iter().cloned().chain(std::iter::repeat_with(Column::default));
    let cells = row.cells.iter().zip(columns);
    let part = |(cell, column): (&super::table::Cell, Column)| Part {
        column,
        pieces: vec![if cell.is_merged { String::new() } else { cell.text.clone() }],
        shade: cell.shade.clone(),
    };
    cells.map(part).collect()
}

/// Whether the row says who or by when, or how it stands: what the rest of a cut row never does.
fn is_anchored(row: &Gathered, header: &Header) -> bool {
    let fields = [Field::Lead, Field::Target, Field::Rating];
    fields.into_iter().any(|field| !header.shares(field) && row.has(field))
}

fn number_of(row: &Gathered) -> Option<String> {
    let own = row.text(Field::RecommendationNumber);
    let own = if own.trim().is_empty() { row.text(Field::Number) } else { own };
    let own = super::clean::line(&own);
    if !own.is_empty() {
        return Some(own);
    }
    number::of(&super::clean::line(&row.text(Field::Recommendation))).map(|found| found.number)
}

/// The whole numbers of all recommendations, where they stand.
fn numbers_ahead(document: &Document, vocabulary: &Vocabulary) -> Vec<(usize, usize, u32)> {
    let mut all = Vec::new();
    let mut header: Option<Header> = None;
    for (table, at, row) in document
        .tables()
        .enumerate()
        .flat_map(|(table, rows)| rows.rows.iter().enumerate().map(move |(at, row)| (table + 1, at, row)))
    {
        if let Some(found) = Header::of(row, vocabulary) {
            header = Some(found);
            continue;
        }
        let Some(header) = &header else { continue };
        let gathered = Gathered { parts: parts(row, header), ..Gathered::default() };
        if gathered.has(Field::Recommendation) {
            all.extend(
                number_of(&gathered).and_then(|number| number::leading(&number)).map(|number| (table, at, number)),
            );
        }
    }
    all
}

//! A report in neutral form: headings, paragraphs, lists and tables, which each format renders as well as it can.

use chrono::NaiveDate;
use serde_json::Value;

use super::dates::Date;
use crate::domain::id::Id;
use crate::domain::rating::Hue;

/// When tables are combined, the title of the column that names the heading each row came from.
pub const SECTION: &str = "Section";

/// A whole report, determined by the register, the day and the options.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    pub title: String,
    /// The marking on every page, such as "OFFICIAL-SENSITIVE"; empty for none.
    pub marking: String,
    /// The date of the report.
    pub day: NaiveDate,
    pub blocks: Vec<Block>,
    /// The actions it lists, in order; empty for a report that only counts or describes.
    pub actions: Vec<Id>,
    /// The content of its prose as tables, for formats that can hold only tables.
    pub asides: Vec<Table>,
    /// The code of the state of the register that it reports, if it is a record; empty otherwise.
    pub record: String,
    /// Its content for other programs, if it has a dedicated JSON form.
    pub data: Option<Value>,
    /// Its dates, where it is a calendar.
    pub dates: Vec<Date>,
    /// Of which register it is, for calendars that import it again.
    pub identity: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    Heading(Heading),
    Paragraph(Vec<Run>),
    /// Points of one line or more.
    List(Vec<Vec<Run>>),
    Table(Table),
    Chart(Chart),
    PageBreak,
}

/// Numbers that can be drawn. The table holds them all, so a format that cannot draw loses nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// The first column names the rows; the columns of the parts hold whole numbers.
    pub table: Table,
    /// The columns that make up a row's bar, in order.
    pub parts: Vec<Part>,
    pub shape: Shape,
}

/// A column of a chart's table that forms a segment of its bars.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub column: usize,
    /// Its letter, used where the word does not fit, so that colour never stands alone.
    pub mark: String,
    pub hue: Hue,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A bar for each row.
    Bars,
    /// The rows are points in time: a sparkline for each part, and a bar for each row.
    Lines,
}

/// A heading below the title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 is the highest level below the title.
    pub level: u8,
    pub text: String,
}

/// Words in one weight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    pub text: String,
    pub weight: Weight,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    Plain,
    Bold,
}

/// A table with one header row, repeated on every page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// A description, also for readers who cannot see it.
    pub caption: String,
    /// What its rows are under, where one heading above it does not say all of that; else empty.
    pub section: String,
    pub columns: Vec<Column>,
    /// Each as long as `columns`.
    pub rows: Vec<Vec<Cell>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub title: String,
    /// Its width relative to the other columns.
    pub share: usize,
    /// What may be chosen in its empty cells; none where anything may be written.
    pub choices: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// A cell merged with the one above repeats its text, for formats that cannot merge cells.
    pub text: String,
    /// The background colour of a rating; the text always gives the rating too.
    pub hue: Option<Hue>,
    pub merge: Merge,
}

/// Whether a cell is merged with those above and below.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merge {
    Alone,
    /// Merged with the cell below.
    Begins,
    GoesOn,
}

impl Document {
    pub fn new(title: impl Into<String>, day: NaiveDate) -> Document {
        let (marking, blocks, actions, record) = (String::new(), Vec::new(), Vec::new(), String::new());
        Document {
            title: title.into(),
            marking,
            day,
            blocks,
            actions,
            asides: Vec::new(),
            record,
            data: None,
            dates: Vec::new(),
            identity: String::new(),
        }
    }

    pub fn heading(&mut self, level: u8, text: impl Into<String>) {
        self.blocks.push(Block::Heading(Heading { level, text: text.into() }));
    }

    pub fn paragraph(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Paragraph(vec![Run::plain(text)]));
    }

    /// A paragraph before everything else.
    pub fn preface(&mut self, text: impl Into<String>) {
        self.blocks.insert(0, Block::Paragraph(vec![Run::plain(text)]));
    }

    /// A paragraph that begins with a name in bold: "**Chair:** Head of Safeguarding".
    pub fn labelled(&mut self, label: &str, text: impl Into<String>) {
        self.blocks.push(Block::Paragraph(vec![Run::bold(format!("{label}: ")), Run::plain(text)]));
    }

    /// The code of the state of the register that it reports, by which that state can be found again.
    pub fn cite(&mut self, code: &str) {
        code.clone_into(&mut self.record);
        self.labelled(
            "Record",
            format!("{code} (to find this state of the register: arising check --fingerprint {code})"),
        );
        if let Some(Value::Object(data)) = &mut self.data {
            data.insert("record".into(), code.into());
        }
    }

    /// A paragraph of runs in different weights.
    pub fn runs(&mut self, runs: Vec<Run>) {
        self.blocks.push(Block::Paragraph(runs));
    }

    /// A list, unless it would be empty.
    pub fn list(&mut self, points: impl IntoIterator<Item = String>) {
        let points: Vec<Vec<Run>> = points.into_iter().map(|point| vec![Run::plain(point)]).collect();
        if !points.is_empty() {
            self.blocks.push(Block::List(points));
        }
    }

    pub fn table(&mut self, table: Table) {
        self.blocks.push(Block::Table(table));
    }

    pub fn chart(&mut self, chart: Chart) {
        self.blocks.push(Block::Chart(chart));
    }

    /// Tables grouped by their columns, each with what it is under, for formats that can hold only tables.
    pub fn sheets(&self) -> Vec<Vec<(String, &Table)>> {
        let mut sheets: Vec<Vec<(String, &Table)>> =
            self.asides.iter().map(|table| vec![(table.caption.clone(), table)]).collect();
        let mut heading = "";
        for block in &self.blocks {
            match block {
                Block::Heading(found) => heading = &found.text,
                Block::Table(table) | Block::Chart(Chart { table, .. }) => {
                    let under = [table.section.as_str(), heading, &table.caption];
                    let under = under.into_iter().find(|words| !words.is_empty()).unwrap_or_default().to_owned();
                    let same = |sheet: &&mut Vec<(String, &Table)>| {
                        sheet.first().is_some_and(|(_, first)| first.columns == table.columns)
                    };
                    match sheets.iter_mut().find(same) {
                        Some(sheet) => sheet.push((under, table)),
                        None => sheets.push(vec![(under, table)]),
                    }
                }
                Block::Paragraph(_) | Block::List(_) | Block::PageBreak => {}
            }
        }
        sheets
    }

    /// The same report without merged cells, so that every table row can be read alone.
    #[must_use]
    pub fn without_merges(mut self) -> Document {
        self.cells_mut().for_each(|cell| cell.merge = Merge::Alone);
        self
    }

    /// The same report with `change` applied to every text.
    #[must_use]
    pub fn map_text(mut self, change: impl Fn(&str) -> String) -> Document {
        self.title = change(&self.title);
        self.marking = change(&self.marking);
        self.asides.iter_mut().for_each(|table| table.map_headings(&change));
        for block in &mut self.blocks {
            match block {
                Block::Heading(heading) => heading.text = change(&heading.text),
                Block::Paragraph(runs) => runs.iter_mut().for_each(|run| run.text = change(&run.text)),
                Block::List(points) => points.iter_mut().flatten().for_each(|run| run.text = change(&run.text)),
                Block::Table(table) => table.map_headings(&change),
                Block::Chart(chart) => {
                    chart.table.map_headings(&change);
                    chart.parts.iter_mut().for_each(|part| part.mark = change(&part.mark));
                }
                Block::PageBreak => {}
            }
        }
        self.cells_mut().for_each(|cell| cell.text = change(&cell.text));
        for date in &mut self.dates {
            (date.title, date.details) = (change(&date.title), change(&date.details));
        }
        self.data = self.data.map(|data| mapped(data, &change));
        self
    }

    /// Every text in it, in order.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let head = [self.title.as_str(), self.marking.as_str()].into_iter();
        let blocks = self.blocks.iter().flat_map(|block| match block {
            Block::Heading(heading) => vec![heading.text.as_str()],
            Block::Paragraph(runs) => runs.iter().map(|run| run.text.as_str()).collect(),
            Block::List(points) => points.iter().flatten().map(|run| run.text.as_str()).collect(),
            Block::Table(table) | Block::Chart(Chart { table, .. }) => table.texts().collect(),
            Block::PageBreak => Vec::new(),
        });
        head.chain(blocks).chain(self.asides.iter().flat_map(Table::texts))
    }

    fn cells_mut(&mut self) -> impl Iterator<Item = &mut Cell> {
        let rows = self.blocks.iter_mut().filter_map(|block| match block {
            Block::Table(table) | Block::Chart(Chart { table, .. }) => Some(table.rows.iter_mut().flatten()),
            Block::Heading(_) | Block::Paragraph(_) | Block::List(_) | Block::PageBreak => None,
        });
        rows.flatten().chain(self.asides.iter_mut().flat_map(|table| table.rows.iter_mut().flatten()))
    }
}

impl Chart {
    /// A part's number in a row; 0 if the cell is not a number.
    pub fn number(&self, row: &[Cell], part: &Part) -> usize {
        row.get(part.column).and_then(|cell| cell.text.parse().ok()).unwrap_or(0)
    }

    /// The length of a row's bar.
    pub fn length(&self, row: &[Cell]) -> usize {
        self.parts.iter().map(|part| self.number(row, part)).sum()
    }

    /// The length of the longest bar.
    pub fn longest(&self) -> usize {
        self.table.rows.iter().map(|row| self.length(row)).max().unwrap_or(0)
    }

    /// The title of a part's column.
    pub fn word(&self, part: &Part) -> &str {
        self.table.columns.get(part.column).map_or("", |column| column.title.as_str())
    }
}

impl Run {
    pub fn plain(text: impl Into<String>) -> Run {
        Run { text: text.into(), weight: Weight::Plain }
    }

    pub fn bold(text: impl Into<String>) -> Run {
        Run { text: text.into(), weight: Weight::Bold }
    }
}

impl Table {
    /// An empty table with these columns and relative widths.
    pub fn new<'a>(caption: impl Into<String>, columns: impl IntoIterator<Item = (&'a str, usize)>) -> Table {
        let columns = columns.into_iter().map(|(title, share)| Column::new(title, share));
        Table { caption: caption.into(), section: String::new(), columns: columns.collect(), rows: Vec::new() }
    }

    /// Offers these words in the empty cells of a column.
    pub fn offer(&mut self, title: &str, choices: Vec<String>) {
        if let Some(column) = self.columns.iter_mut().find(|column| column.title == title) {
            column.choices = choices;
        }
    }

    fn texts(&self) -> impl Iterator<Item = &str> {
        let titles = self.columns.iter().map(|column| column.title.as_str());
        let cells =
            self.rows.iter().flatten().filter(|cell| cell.merge != Merge::GoesOn).map(|cell| cell.text.as_str());
        [self.caption.as_str(), &self.section].into_iter().chain(titles).chain(cells)
    }

    fn map_headings(&mut self, change: &impl Fn(&str) -> String) {
        self.caption = change(&self.caption);
        self.section = change(&self.section);
        for column in &mut self.columns {
            column.title = change(&column.title);
            column.choices.iter_mut().for_each(|choice| *choice = change(choice));
        }
    }

    /// The column widths, adding up to `whole`; none is 0.
    pub fn widths(&self, whole: usize) -> Vec<usize> {
        let all: usize = self.columns.iter().map(|column| column.share).sum::<usize>().max(1);
        self.columns.iter().map(|column| (whole * column.share / all).max(1)).collect()
    }

    /// How many rows the cell at this position spans.
    pub fn height(&self, row: usize, column: usize) -> usize {
        let below = self.rows.iter().skip(row + 1).map_while(|cells| cells.get(column));
        1 + below.take_while(|cell| cell.merge == Merge::GoesOn).count()
    }
}

impl Column {
    pub fn new(title: impl Into<String>, share: usize) -> Column {
        Column { title: title.into(), share, choices: Vec::new() }
    }
}

impl Cell {
    pub fn new(text: impl Into<String>) -> Cell {
        Cell { text: text.into(), hue: None, merge: Merge::Alone }
    }
}

/// The same data with `change` applied to every text.
fn mapped(data: Value, change: &impl Fn(&str) -> String) -> Value {
    match data {
        Value::String(text) => Value::String(change(&text)),
        Value::Array(all) => all.into_iter().map(|one| mapped(one, change)).collect(),
        Value::Object(pairs) => pairs.into_iter().map(|(name, one)| (name, mapped(one, change))).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => data,
    }
}

/// The text of runs without their weights.
pub fn plain(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

//! A report in neutral form: headings, paragraphs, lists and tables, which every format renders as well as it can.

use chrono::NaiveDate;

use crate::domain::id::Id;
use crate::domain::rating::Hue;

/// A whole report. The same register, day and options always make the same one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    pub title: String,
    /// "OFFICIAL-SENSITIVE"; on every page, and empty for none.
    pub marking: String,
    /// The day of the report.
    pub day: NaiveDate,
    pub blocks: Vec<Block>,
    /// The actions it lists, in its order; empty where it lists none but counts or tells.
    pub actions: Vec<Id>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    Heading(Heading),
    Paragraph(Vec<Run>),
    /// Points of one line or more.
    List(Vec<Vec<Run>>),
    Table(Table),
    PageBreak,
}

/// A heading below the title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 is the highest below the title.
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

/// A table with one header row, which is repeated on every page it runs over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What it shows, for whoever cannot see it.
    pub caption: String,
    pub columns: Vec<Column>,
    /// Each as long as `columns`.
    pub rows: Vec<Vec<Cell>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub title: String,
    /// How much of the width it takes, relative to the others.
    pub share: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// A cell that goes on with the one above says the same again, for formats that cannot merge.
    pub text: String,
    /// The colour behind a rating; the text always says the rating too.
    pub hue: Option<Hue>,
    pub merge: Merge,
}

/// How a cell stands to those above and below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merge {
    Alone,
    /// The next cell below goes on with it.
    Begins,
    GoesOn,
}

impl Document {
    pub fn new(title: impl Into<String>, day: NaiveDate) -> Document {
        Document { title: title.into(), marking: String::new(), day, blocks: Vec::new(), actions: Vec::new() }
    }

    pub fn heading(&mut self, level: u8, text: impl Into<String>) {
        self.blocks.push(Block::Heading(Heading { level, text: text.into() }));
    }

    pub fn paragraph(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Paragraph(vec![Run::plain(text)]));
    }

    /// A paragraph that begins with a name in bold: "**Chair:** Head of Safeguarding".
    pub fn labelled(&mut self, label: &str, text: impl Into<String>) {
        self.blocks.push(Block::Paragraph(vec![Run::bold(format!("{label}: ")), Run::plain(text)]));
    }

    /// A list, where there is anything to list.
    pub fn list(&mut self, points: impl IntoIterator<Item = String>) {
        let points: Vec<Vec<Run>> = points.into_iter().map(|point| vec![Run::plain(point)]).collect();
        if !points.is_empty() {
            self.blocks.push(Block::List(points));
        }
    }

    pub fn table(&mut self, table: Table) {
        self.blocks.push(Block::Table(table));
    }

    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            Block::Heading(_) | Block::Paragraph(_) | Block::List(_) | Block::PageBreak => None,
        })
    }

    /// The same without merged cells, so that every row of every table can be read alone.
    #[must_use]
    pub fn without_merges(mut self) -> Document {
        self.cells_mut().for_each(|cell| cell.merge = Merge::Alone);
        self
    }

    /// The same with every text put through `change`.
    #[must_use]
    pub fn map_text(mut self, change: impl Fn(&str) -> String) -> Document {
        self.title = change(&self.title);
        for block in &mut self.blocks {
            match block {
                Block::Heading(heading) => heading.text = change(&heading.text),
                Block::Paragraph(runs) => runs.iter_mut().for_each(|run| run.text = change(&run.text)),
                Block::List(points) => points.iter_mut().flatten().for_each(|run| run.text = change(&run.text)),
                Block::Table(table) => table.caption = change(&table.caption),
                Block::PageBreak => {}
            }
        }
        self.cells_mut().for_each(|cell| cell.text = change(&cell.text));
        self
    }

    fn cells_mut(&mut self) -> impl Iterator<Item = &mut Cell> {
        let rows = self.blocks.iter_mut().filter_map(|block| match block {
            Block::Table(table) => Some(table.rows.iter_mut().flatten()),
            Block::Heading(_) | Block::Paragraph(_) | Block::List(_) | Block::PageBreak => None,
        });
        rows.flatten()
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
    /// An empty table with these columns and their shares of the width.
    pub fn new<const N: usize>(caption: impl Into<String>, columns: [(&str, usize); N]) -> Table {
        let columns = columns.map(|(title, share)| Column { title: title.into(), share }).into();
        Table { caption: caption.into(), columns, rows: Vec::new() }
    }

    /// The widths of the columns in units of which there are `whole`; none is nothing.
    pub fn widths(&self, whole: usize) -> Vec<usize> {
        let all: usize = self.columns.iter().map(|column| column.share).sum::<usize>().max(1);
        self.columns.iter().map(|column| (whole * column.share / all).max(1)).collect()
    }

    /// How many rows the cell at this place takes, itself included.
    pub fn height(&self, row: usize, column: usize) -> usize {
        let below = self.rows.iter().skip(row + 1).map_while(|cells| cells.get(column));
        1 + below.take_while(|cell| cell.merge == Merge::GoesOn).count()
    }
}

impl Cell {
    pub fn new(text: impl Into<String>) -> Cell {
        Cell { text: text.into(), hue: None, merge: Merge::Alone }
    }
}

/// The text of runs without their weight.
pub fn plain(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

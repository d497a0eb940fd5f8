//! The neutral form of a document: paragraphs and tables, with the words and the place of every cell.

/// What an adapter made of a file, before anything is understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    pub blocks: Vec<Block>,
    /// What stands at the head of each page, where the title often is.
    pub headers: Vec<String>,
    /// What stands beside the text and is no part of it: comments, footnotes, what was hidden or changed.
    pub notes: Vec<String>,
    /// Those of the notes that say how it was read: what was hidden, and what was changed.
    pub notices: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    Paragraph(String),
    Table(Table),
}

/// Whether a row of a table is what the author wrote as one row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rows {
    #[default]
    Whole,
    /// A row of the author's can be cut into several: at a page's end, or at each line of print.
    MaybeParts,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// As the document calls it, like the sheet of a workbook; empty where it has no name.
    pub name: String,
    pub rows: Vec<Row>,
    pub cut: Rows,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    pub cells: Vec<Cell>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// As written, lines parted by newlines.
    pub text: String,
    /// A word for the colour behind it ("Green"), where the adapter knows one.
    pub shade: Option<String>,
    /// Whether it is the lower part of a cell that began in a row above.
    pub is_merged: bool,
}

impl Cell {
    pub fn new(text: impl Into<String>) -> Cell {
        Cell { text: text.into(), shade: None, is_merged: false }
    }

    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

impl Table {
    /// The most cells that one of its rows has.
    pub fn width(&self) -> usize {
        self.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0)
    }
}

impl Row {
    pub fn new<T: Into<String>>(cells: impl IntoIterator<Item = T>) -> Row {
        Row { cells: cells.into_iter().map(Cell::new).collect() }
    }

    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(Cell::is_blank)
    }

    /// The words of a cell; empty where the row is shorter.
    pub fn text(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.text.as_str())
    }
}

impl Document {
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            Block::Paragraph(_) => None,
        })
    }

    /// The names of its tables, in order, where more than one has a name; nothing in any other document.
    pub fn table_names(&self) -> Vec<&str> {
        let names: Vec<&str> = self.tables().map(|table| table.name.trim()).collect();
        if names.iter().filter(|name| !name.is_empty()).count() > 1 { names } else { Vec::new() }
    }

    /// All its words, for asking whether a name occurs anywhere.
    pub fn words(&self) -> String {
        let mut words = String::new();
        let mut add = |text: &str| {
            words.push_str(text);
            words.push('\n');
        };
        for block in &self.blocks {
            match block {
                Block::Paragraph(text) => add(text),
                Block::Table(table) => table.rows.iter().flat_map(|row| &row.cells).for_each(|cell| add(&cell.text)),
            }
        }
        words
    }
}

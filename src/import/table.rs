//! The neutral form of a document: paragraphs and tables, with the text and the place of every cell.

/// What an adapter makes of a file, before anything is interpreted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    pub blocks: Vec<Block>,
    /// The header of each page, where the title often is.
    pub headers: Vec<String>,
    /// What is beside the text but not part of it: comments, footnotes, hidden or changed text.
    pub notes: Vec<String>,
    /// Those of the notes that say how it was read: what was hidden and what was changed.
    pub notices: Vec<String>,
    pub footnotes: Vec<Footnote>,
    pub unread: Unread,
    /// What its cells say besides their text.
    pub asides: Vec<Aside>,
}

/// A footnote or endnote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Footnote {
    /// By which the text refers to it.
    pub key: String,
    /// "footnote" or "endnote".
    pub kind: &'static str,
    pub number: usize,
    pub text: String,
}

/// How much of a document is in a form that is not read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unread {
    /// Parts of its text that are stored in files of their own.
    pub parts: usize,
    /// Objects of other programs.
    pub objects: usize,
}

/// Something that a cell says besides its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    pub kind: AsideKind,
    /// The table and the row in it, counted from 0; none for a paragraph.
    pub row: Option<(usize, usize)>,
    /// The cell of that row, unless it is about the whole.
    pub column: Option<usize>,
    /// The key of a note, what an error shows, a formula, or struck-through words.
    pub text: String,
    /// The words of its line in front of it.
    pub before: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsideKind {
    /// It refers to a note.
    Note,
    /// It shows an error of a spreadsheet in place of a value.
    Error,
    /// It holds a formula whose result was not stored.
    Formula,
    /// Its row is struck out, and was kept.
    StruckOut,
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
    /// One row may have been cut into several: at the end of a page, or at each line of print.
    MaybeParts,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// What the document calls it, such as the sheet of a workbook; empty where it has no name.
    pub name: String,
    pub rows: Vec<Row>,
    pub cut: Rows,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    pub cells: Vec<Cell>,
}

/// What the cells below a heading hold, where they show it more plainly than the heading's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Their numbers, in a plan that does not repeat their words.
    Recommendations,
    Actions,
    Ratings,
    Progress,
    /// Whether something is done: yes or no.
    Answers,
    Deadlines,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// As written, lines separated by newlines.
    pub text: String,
    /// A word for the colour behind it ("Green"), where the adapter knows it.
    pub shade: Option<String>,
    /// Whether it is the lower part of a cell that began in a row above.
    pub is_merged: bool,
    /// Of a heading: what is below it.
    pub holds: Option<Holds>,
}

impl Aside {
    /// About a paragraph or a row as a whole: these words are struck out.
    pub fn struck_out(row: Option<(usize, usize)>, text: String) -> Aside {
        Aside { kind: AsideKind::StruckOut, row, column: None, text, before: String::new() }
    }
}

impl Footnote {
    pub fn new(key: impl Into<String>, kind: &'static str, number: usize, text: String) -> Footnote {
        Footnote { key: key.into(), kind, number, text }
    }

    /// "Footnote 2: Agreed in May."
    pub fn sentence(&self) -> String {
        let kind = if self.kind == "endnote" { "Endnote" } else { "Footnote" };
        format!("{kind} {}: {}", self.number, self.text)
    }

    /// "[note 2: Agreed in May.]"
    pub fn beside(&self) -> String {
        let kind = if self.kind == "endnote" { "endnote" } else { "note" };
        format!("[{kind} {}: {}]", self.number, self.text)
    }
}

impl Cell {
    pub fn new(text: impl Into<String>) -> Cell {
        Cell { text: text.into(), ..Cell::default() }
    }

    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// How many rows with words may come before the rows of a plan: titles, particulars and the header.
const OPENING: usize = 12;

impl Table {
    /// The rows with words among which the header is, with their places.
    pub fn opening(&self) -> impl Iterator<Item = (usize, &Row)> {
        self.rows.iter().enumerate().filter(|(_, row)| !row.is_blank()).take(OPENING)
    }

    /// The number of cells in its longest row.
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

    /// The text of a cell; empty where the row is shorter.
    pub fn text(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.text.as_str())
    }
}

/// Stands between two cells as a word of its own, so that no name reaches from one into the next.
const BETWEEN: &str = "\n\u{1f}\n";

impl Document {
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            Block::Paragraph(_) => None,
        })
    }

    /// The names of its tables, in order, if more than one has a name; otherwise nothing.
    pub fn table_names(&self) -> Vec<&str> {
        let names: Vec<&str> = self.tables().map(|table| table.name.trim()).collect();
        if names.iter().filter(|name| !name.is_empty()).count() > 1 { names } else { Vec::new() }
    }

    /// All its text, to check whether a name occurs anywhere.
    pub fn words(&self) -> String {
        let mut words = String::new();
        let mut add = |text: &str| {
            words.push_str(text);
            words.push_str(BETWEEN);
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

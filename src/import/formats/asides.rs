//! What cells say besides their text: takes the marks out of a document, and keeps what they meant.
//!
//! Struck-through words are left out and reported. A row that is struck out as a whole, or whose action is, keeps its
//! words, so that it can be asked about.

use super::marks::{Marked, is_marked};
use super::notices::shortened;
use crate::import::table::{Aside, AsideKind, Block, Cell, Document, Row, Table};
use crate::import::tables::columns::{self, Header};
use crate::import::words::roles::Role;
use crate::import::words::vocabulary::Vocabulary;

/// Struck-through passages to report one by one.
const REPORTED: usize = 200;
/// What a spreadsheet shows in place of a value.
const ERRORS: [&str; 14] = [
    "#VALUE!",
    "#REF!",
    "#N/A",
    "#NAME?",
    "#DIV/0!",
    "#NULL!",
    "#NUM!",
    "#SPILL!",
    "#CALC!",
    "#FIELD!",
    "#BLOCKED!",
    "#CONNECT!",
    "#UNKNOWN!",
    "#GETTING_DATA",
];

/// Leaves in the document only text that stands.
pub fn settle(document: &mut Document, vocabulary: &Vocabulary) {
    let names: Vec<String> = document.table_names().into_iter().map(str::to_owned).collect();
    let mut found = Found { vocabulary, asides: Vec::new(), left_out: Vec::new(), header: Header::default() };
    let mut at = 0;
    for block in &mut document.blocks {
        match block {
            Block::Paragraph(text) => found.paragraph(text),
            Block::Table(table) => {
                let name = names.get(at).filter(|name| !name.is_empty());
                let name = name.map_or_else(|| format!("table {}", at + 1), |name| format!("sheet “{name}”"));
                found.table(table, at, &name);
                at += 1;
            }
        }
    }
    let notices = found.notices();
    document.asides.append(&mut found.asides);
    document.notes.extend(notices.iter().cloned());
    document.notices.extend(notices);
}

struct Found<'a> {
    vocabulary: &'a Vocabulary,
    asides: Vec<Aside>,
    /// Where words were left out, and the words.
    left_out: Vec<(String, String)>,
    /// The last header of a table with actions.
    header: Header,
}

impl Found<'_> {
    /// A paragraph that is struck out as a whole is left out, unless it is an item of a list and may be an action.
    fn paragraph(&mut self, text: &mut String) {
        if !is_marked(text) {
            return;
        }
        let marked = Marked::of(text);
        if is_struck_item(&marked) && self.asides.len() < REPORTED {
            self.asides.push(Aside::struck_out(None, marked.whole.trim().to_owned()));
            *text = marked.whole;
        } else {
            self.left_out.extend(marked.struck.into_iter().map(|words| (String::new(), words)));
            *text = marked.shown;
        }
    }

    fn table(&mut self, table: &mut Table, at: usize, name: &str) {
        self.header(table);
        for (number, row) in table.rows.iter_mut().enumerate() {
            let place = Place { table: at, row: number, name };
            if row.cells.iter().any(|cell| is_marked(&cell.text)) {
                self.row(row, &place);
            }
            for (column, cell) in row.cells.iter_mut().enumerate().filter(|(_, cell)| is_error(&cell.text)) {
                let text = std::mem::take(&mut cell.text).trim().to_owned();
                self.asides.push(place.aside(AsideKind::Error, column, text));
            }
        }
    }

    /// Learns where the actions are, in a table that needs it.
    fn header(&mut self, table: &Table) {
        let is_marked = table.rows.iter().flat_map(|row| &row.cells).any(|cell| is_marked(&cell.text));
        if is_marked || self.header.columns.is_empty() {
            let filled = table.opening().map(|(_, row)| row);
            let header = filled.map(shown).find_map(|row| Header::of(&row, self.vocabulary));
            self.header = header.unwrap_or_else(|| std::mem::take(&mut self.header));
        }
    }

    fn holds(&self, column: usize, role: Role) -> bool {
        self.header.columns.get(column).is_some_and(|column| column.roles.contains(&role))
    }

    fn row(&mut self, row: &mut Row, place: &Place) {
        let cells: Vec<Marked> = row.cells.iter().map(|cell| Marked::of(&cell.text)).collect();
        let is_out = self.is_struck_out(&cells);
        for (column, (cell, marked)) in row.cells.iter_mut().zip(cells).enumerate() {
            // A recommendation stays as long as actions answer it.
            let is_alone = !is_out && marked.is_struck() && self.holds(column, Role::Recommendation);
            let is_kept = is_alone || is_out && marked.is_struck();
            if is_alone {
                self.asides.push(place.aside(AsideKind::StruckOut, column, marked.whole.trim().to_owned()));
            }
            if !is_kept {
                let at = format!("{}, row {}", place.name, place.row + 1);
                self.left_out.extend(marked.struck.into_iter().map(|words| (at.clone(), words)));
            }
            let note = |(key, before)| Aside { before, ..place.aside(AsideKind::Note, column, key) };
            self.asides.extend(marked.notes.into_iter().map(note));
            let formulas = marked.formulas.into_iter();
            self.asides.extend(formulas.map(|formula| place.aside(AsideKind::Formula, column, formula)));
            cell.text = if is_kept { marked.whole } else { marked.shown };
        }
        if is_out {
            let words: Vec<&str> =
                row.cells.iter().map(|cell| cell.text.trim()).filter(|text| !text.is_empty()).collect();
            self.asides.push(Aside::struck_out(Some(place.row()), words.join(" | ")));
        }
    }

    /// Whether all cells with words are struck through, or those of its action.
    fn is_struck_out(&self, cells: &[Marked]) -> bool {
        let is_all = || cells.iter().filter(|cell| cell.has_words()).all(Marked::is_struck);
        cells.iter().any(Marked::is_struck) && (is_all() || self.is_action_out(cells))
    }

    /// Whether the words of its action are: they are below their heading, beside it or, without headings, the longest.
    fn is_action_out(&self, cells: &[Marked]) -> bool {
        let beside = cells.first().map(|name| columns::label(&name.shown, self.vocabulary)).unwrap_or_default();
        let own: Vec<&Marked> = if beside.contains(&Role::Action) {
            cells.iter().skip(1).collect()
        } else if self.header.columns.is_empty() {
            cells.iter().filter(|_| beside.is_empty()).max_by_key(|cell| cell.whole.len()).into_iter().collect()
        } else {
            cells.iter().enumerate().filter(|(at, _)| self.holds(*at, Role::Action)).map(|(_, cell)| cell).collect()
        };
        let mut words = own.into_iter().filter(|cell| cell.has_words()).peekable();
        words.peek().is_some() && words.all(Marked::is_struck)
    }

    /// "Struck-through words were left out of table 1, row 2: “Fenwick Police”".
    fn notices(&self) -> Vec<String> {
        let sentence = |(place, words): &(String, String)| {
            let of = if place.is_empty() { String::new() } else { format!(" of {place}") };
            format!("Struck-through words were left out{of}: “{}”", shortened(words))
        };
        let more = self.left_out.len().saturating_sub(REPORTED);
        let rest = (more > 0).then(|| format!("Struck-through words were left out at {more} more places."));
        self.left_out.iter().take(REPORTED).map(sentence).chain(rest).collect()
    }
}

/// A row of a table, and what the table is called.
struct Place<'a> {
    table: usize,
    row: usize,
    name: &'a str,
}

impl Place<'_> {
    fn row(&self) -> (usize, usize) {
        (self.table, self.row)
    }

    fn aside(&self, kind: AsideKind, column: usize, text: String) -> Aside {
        Aside { kind, row: Some(self.row()), column: Some(column), text, before: String::new() }
    }
}

/// Whether an item of a list, or the words after "Action:", are struck through.
fn is_struck_item(marked: &Marked) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>().to_lowercase();
    let is_item = |text: &str| text.trim_start().starts_with(|c: char| c.is_ascii_digit() || "•·-*+".contains(c));
    match letters(&marked.shown).as_str() {
        "" => !marked.struck.is_empty() && (is_item(&marked.whole) || letters(&marked.whole).starts_with("action")),
        label => !marked.struck.is_empty() && matches!(label, "action" | "actions" | "actionpoint"),
    }
}

fn shown(row: &Row) -> Row {
    Row { cells: row.cells.iter().map(|cell| Cell::new(Marked::of(&cell.text).shown)).collect() }
}

/// "#REF!", "Err:508", or the "####" of a column that was too narrow for its values.
fn is_error(text: &str) -> bool {
    let text = text.trim();
    let is_number = |rest: &str| rest.len() == 3 && rest.bytes().all(|byte| byte.is_ascii_digit());
    let is_narrow = || text.len() > 2 && text.bytes().all(|byte| byte == b'#');
    text.starts_with('#') && (ERRORS.contains(&text) || is_narrow()) || text.strip_prefix("Err:").is_some_and(is_number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::formats::marks;

    /// The cells of rows in which "~" in front strikes a whole cell through, and what was found.
    fn settled(rows: &[&[&str]]) -> (Vec<Vec<String>>, Vec<AsideKind>, Vec<String>) {
        let cell = |text: &&str| text.strip_prefix('~').map_or_else(|| (*text).to_owned(), marks::struck);
        let rows = rows.iter().map(|row| Row::new(row.iter().map(cell))).collect();
        let mut document =
            Document { blocks: vec![Block::Table(Table { rows, ..Table::default() })], ..Document::default() };
        settle(&mut document, &Vocabulary::built_in().unwrap());
        let rows = document.tables().next().unwrap().rows.iter();
        let texts = rows.map(|row| row.cells.iter().map(|cell| cell.text.clone()).collect()).collect();
        (texts, document.asides.iter().map(|aside| aside.kind).collect(), document.notices)
    }

    #[test]
    fn a_struck_cell_is_left_out_and_a_struck_action_stays() {
        let (rows, asides, notices) = settled(&[
            &["No", "Action", "Lead"],
            &["1", "Write it", "~HR"],
            &["2", "~Send it", "~HR"],
            &["~3", "~File it", ""],
        ]);
        assert_eq!(rows[1..], [["1", "Write it", ""], ["2", "Send it", "HR"], ["3", "File it", ""]]);
        assert_eq!(asides, [AsideKind::StruckOut, AsideKind::StruckOut]);
        assert_eq!(notices, ["Struck-through words were left out of table 1, row 2: “HR”"]);
    }

    #[test]
    fn headings_down_the_side_need_not_be_struck_through() {
        let (rows, asides, _) = settled(&[&["Action", "~Send it"], &["Lead", "~HR"]]);
        assert_eq!((rows[0][1].as_str(), rows[1][1].as_str(), asides), ("Send it", "", vec![AsideKind::StruckOut]));
    }

    #[test]
    fn errors_of_spreadsheets_are_no_text() {
        let (rows, asides, _) = settled(&[&["Action", "Lead"], &["Use #3 of #N/A", "#N/A"], &["Err:508", "###"]]);
        assert_eq!(rows[1..], [["Use #3 of #N/A", ""], ["", ""]]);
        assert_eq!(asides, [AsideKind::Error; 3]);
    }

    #[test]
    fn a_struck_paragraph_is_left_out_unless_it_is_an_item() {
        let text = |text: &str, line: &str| {
            let blocks = vec![Block::Paragraph(marks::labelled(text, &marks::struck(line)))];
            let mut document = Document { blocks, ..Document::default() };
            settle(&mut document, &Vocabulary::built_in().unwrap());
            let Some(Block::Paragraph(text)) = document.blocks.pop() else { panic!("no paragraph") };
            (text, document.asides.len(), document.notices.len())
        };
        assert_eq!(text("", "Circulated to all"), (String::new(), 0, 1));
        assert_eq!(text("• ", "Send it"), ("• Send it".into(), 1, 0));
        assert_eq!(text("", "Action: HR to send it"), ("Action: HR to send it".into(), 1, 0));
    }
}

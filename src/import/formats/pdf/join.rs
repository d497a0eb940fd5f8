//! Pages → one document: tables that continue over the edge of a page are joined, and so are the rows cut there.

use super::page::{Page, Ruled, Slot, Strip};
use super::words::{self, Lexicon};
use crate::import::formats::marks;
use crate::import::table::{Block, Cell, Document, Footnote, Row, Rows, Table};

/// Points within which the edge of a column is the same on two pages.
const SAME: f32 = 6.0;
/// Lines of print: with more room than this below its text, a cell had ended. Two lines are kept together.
const ROOM: f32 = 2.7;
/// Lines of print: with more room below it on its page, a row was not cut but moved whole.
const SPACE: f32 = 4.0;
/// Lines of print: in a lower row every cell looks full, and the words must say whether they continue.
const LOW: f32 = 4.5;
/// How many rows at the beginning of a table to search for its header.
const HEADER: usize = 4;

/// Joins the pages.
pub fn document(mut pages: Vec<Page>) -> Document {
    let floor = pages.iter().flat_map(|page| &page.tables).map(|table| table.area.bottom).fold(f32::INFINITY, f32::min);
    let right = pages.iter().map(|page| page.right).fold(0.0, f32::max) - 1.0;
    let footnotes: Vec<Footnote> = pages.iter_mut().flat_map(|page| std::mem::take(&mut page.notes)).collect();
    let mut joined = Joined { floor, right, lexicon: say(&mut pages), ..Joined::default() };
    for page in pages {
        joined.page(page);
    }
    let notes = footnotes.iter().map(Footnote::sentence).collect();
    Document { blocks: joined.finish(), notes, footnotes, ..Document::default() }
}

/// Sets the text of every cell from its lines.
fn say(pages: &mut [Page]) -> Lexicon {
    let mut lexicon = Lexicon::default();
    for page in pages.iter_mut() {
        lexicon.add(&page.loose);
        page.slots().for_each(|slot| lexicon.add(&slot.lines));
    }
    for slot in pages.iter_mut().flat_map(Page::slots) {
        slot.text = words::text(&std::mem::take(&mut slot.lines), &slot.area, &lexicon);
    }
    lexicon
}

#[derive(Default)]
struct Joined {
    blocks: Vec<Block>,
    /// The table that may continue, and the space left below it on its page, in lines.
    open: Option<Ruled>,
    /// How low tables reach in this document, in points.
    floor: f32,
    /// How far right they and the text reach, less a point.
    right: f32,
    lexicon: Lexicon,
}

impl Joined {
    fn page(&mut self, mut page: Page) {
        let mut lines = std::mem::take(&mut page.loose).into_iter().peekable();
        let mut is_first = true;
        for table in std::mem::take(&mut page.tables) {
            let mut above = Vec::new();
            while let Some(line) = lines.next_if(|line| line.base > table.area.top) {
                above.push(line);
            }
            is_first &= above.is_empty();
            self.text(&above);
            self.table(table, is_first);
            is_first = false;
        }
        self.text(&lines.collect::<Vec<_>>());
    }

    fn text(&mut self, lines: &[words::PrintLine]) {
        if lines.is_empty() {
            return;
        }
        self.close();
        for (_, paragraph) in words::paragraphs(lines, self.right) {
            self.blocks.push(Block::Paragraph(words::flow(&paragraph, &self.lexicon).trim_end().to_owned()));
        }
    }

    /// A table continues if it is first on its page, the one before was last on its page, and the columns agree.
    fn table(&mut self, mut table: Ruled, is_first: bool) {
        if let (Some(open), true) = (self.open.as_mut(), is_first)
            && align(open, &mut table)
        {
            let floor = self.floor;
            go_on(open, table, floor);
            return;
        }
        self.close();
        self.open = Some(table);
    }

    fn close(&mut self) {
        if let Some(table) = self.open.take() {
            self.blocks.push(Block::Table(finished(table)));
        }
    }

    fn finish(mut self) -> Vec<Block> {
        self.close();
        self.blocks
    }
}

/// Gives two tables the same columns, where one has all the edges of the other.
fn align(one: &mut Ruled, other: &mut Ruled) -> bool {
    let within = |few: &Ruled, many: &Ruled| {
        (few.area.right - many.area.right).abs() <= SAME * 2.0
            && few.columns.iter().all(|left| many.columns.iter().any(|edge| (edge - left).abs() <= SAME))
    };
    if within(other, one) {
        spread(other, &one.columns);
        true
    } else if within(one, other) {
        spread(one, &other.columns);
        true
    } else {
        false
    }
}

fn spread(table: &mut Ruled, columns: &[f32]) {
    for strip in &mut table.rows {
        let own = std::mem::take(&mut strip.slots);
        strip.slots = vec![Slot::default(); columns.len()];
        for (left, slot) in table.columns.iter().zip(own) {
            let at = columns.iter().position(|edge| (edge - left).abs() <= SAME);
            if let Some(place) = at.and_then(|at| strip.slots.get_mut(at)) {
                *place = slot;
            }
        }
    }
    table.columns = columns.to_vec();
}

/// Adds the part of a table that is on the next page.
fn go_on(open: &mut Ruled, next: Ruled, floor: f32) {
    let repeated = repeated_header(open, &next);
    let mut rows = next.rows.into_iter().skip(repeated);
    if let Some(first) = rows.next() {
        let is_open = open.is_open_below || next.is_open_above && repeated == 0;
        let space = lines_below(open, floor);
        let may_join = open.cut == Rows::Whole && next.cut == Rows::Whole;
        let is_rest = open.rows.last().is_some_and(|last| is_open || space < SPACE && is_cut(last, &first, open));
        if may_join && is_rest {
            absorb(open, first);
        } else {
            begin(open, first);
        }
    }
    open.rows.extend(rows);
    open.area.bottom = next.area.bottom;
    open.cut = if next.cut == Rows::MaybeParts { next.cut } else { open.cut };
    open.is_open_below = next.is_open_below;
}

fn lines_below(open: &Ruled, floor: f32) -> f32 {
    // Twelve points are a line of the smallest print that plans use; larger print only makes this more cautious.
    (open.area.bottom - floor) / 12.0
}

/// How many rows at the top of the next page repeat the table's header.
fn repeated_header(open: &Ruled, next: &Ruled) -> usize {
    let same = |one: &Strip, other: &Strip| {
        let (ours, theirs) = (words_of(one), words_of(other));
        !is_blank(one)
            && ours.len() == theirs.len()
            && ours.iter().zip(&theirs).all(|(one, other)| is_repeated(one, other))
    };
    let heads = open.rows.iter().take(HEADER);
    let Some(first) = next.rows.first() else { return 0 };
    let Some(begin) = heads.clone().position(|head| same(head, first)) else { return 0 };
    heads.skip(begin).zip(&next.rows).take_while(|(head, row)| same(head, row)).count()
}

fn is_blank(strip: &Strip) -> bool {
    strip.slots.iter().all(|slot| slot.text.trim().is_empty())
}

/// Whether two cells say the same. A number that refers to a note has the note on the first page only.
fn is_repeated(one: &str, other: &str) -> bool {
    let bare = marks::shown(one);
    one == other || bare.len() < one.len() && other.trim_end_matches(|c: char| c.is_ascii_digit()) == bare
}

fn words_of(strip: &Strip) -> Vec<String> {
    strip.slots.iter().map(|slot| slot.text.split_whitespace().collect::<String>().to_lowercase()).collect()
}

/// Whether a row continues the last one of the previous page: what continues was full there, and something had ended.
fn is_cut(last: &Strip, first: &Strip, open: &Ruled) -> bool {
    let (mut ended, mut goes_on, mut says_so) = (0, 0, false);
    for (column, slot) in first.slots.iter().enumerate() {
        let above = owner(open, column).map_or_else(Slot::default, Clone::clone);
        match (above.text.is_empty(), slot.text.is_empty()) {
            (_, true) => ended += usize::from(!above.text.is_empty()),
            (true, false) => return false,
            (false, false) if above.room > ROOM => return false,
            (false, false) => {
                goes_on += 1;
                says_so |= is_mid_sentence(&above.text, &slot.text) || is_bare_label(&above.text, &slot.text);
            }
        }
    }
    goes_on > 0 && (says_so || last.height > LOW && ended > 0)
}

/// The slot that holds the text of the cell at the foot of a column.
fn owner(open: &Ruled, column: usize) -> Option<&Slot> {
    open.rows.iter().rev().filter_map(|strip| strip.slots.get(column)).find(|slot| !slot.is_merged)
}

/// Whether a sentence continues from one text to the next.
fn is_mid_sentence(above: &str, below: &str) -> bool {
    let is_ended = above.trim_end().ends_with(['.', '!', '?', ':', ';', ')', '”', '"']);
    let begins_low = below.trim_start().starts_with(|c: char| c.is_lowercase() || matches!(c, ',' | ';' | ')' | '&'));
    begins_low && !is_ended || above.trim_end().ends_with([',', '-', '–', '/', '&']) || is_left_open(above)
}

/// Words after which no cell ends.
const OPEN: [&str; 15] =
    ["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "that", "the", "to", "with"];

fn is_left_open(above: &str) -> bool {
    let last = above.split_whitespace().next_back().unwrap_or_default();
    above.split_whitespace().count() > 1 && OPEN.contains(&last)
}

/// "Recommendation 2", the words of which are on the next page.
fn is_bare_label(above: &str, below: &str) -> bool {
    let words: Vec<&str> = above.split_whitespace().collect();
    let is_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit()) && word.len() <= 6;
    let is_labelled = |word: &str| ["Recommendation", "Action", "Finding", "Objective", "Commitment"].contains(&word);
    let is_label = match words.as_slice() {
        [word, number] => is_labelled(word) && is_number(number),
        _ => false,
    };
    is_label && !below.split_whitespace().next().is_some_and(|word| is_labelled(word) || is_number(word))
}

/// Adds the rest of a row, cell by cell, to the cells that began on the previous page.
fn absorb(open: &mut Ruled, rest: Strip) {
    for (column, slot) in rest.slots.into_iter().enumerate() {
        let cell =
            open.rows.iter_mut().rev().filter_map(|strip| strip.slots.get_mut(column)).find(|slot| !slot.is_merged);
        if let Some(cell) = cell {
            append(cell, &slot);
        }
    }
    if let Some(last) = open.rows.last_mut() {
        last.height = rest.height;
    }
}

fn append(cell: &mut Slot, rest: &Slot) {
    cell.shade = cell.shade.or(rest.shade);
    if rest.text.is_empty() {
        // It ended on the previous page; what is here on the next page is another.
        cell.room = f32::INFINITY;
        return;
    }
    let ends = cell.text.ends_with(['.', '!', '?', ':', ';']);
    let begins = rest.text.starts_with(|c: char| c.is_uppercase() || !c.is_alphanumeric());
    if ends && begins {
        cell.text.push('\n');
        cell.text.push_str(&rest.text);
    } else {
        words::join(&mut cell.text, &rest.text);
    }
    cell.room = rest.room;
}

/// Adds a new row. A cell in the first column that spans several actions gains the text that continues it here.
fn begin(open: &mut Ruled, mut row: Strip) {
    if let (Some(above), Some(slot)) = (owner(open, 0), row.slots.first())
        && !slot.text.is_empty()
        && above.room <= ROOM
        && is_mid_sentence(&above.text, &slot.text)
    {
        let rest = row.slots.first_mut().map(std::mem::take).unwrap_or_default();
        let cell = open.rows.iter_mut().rev().filter_map(|strip| strip.slots.first_mut()).find(|slot| !slot.is_merged);
        if let Some(cell) = cell {
            append(cell, &rest);
        }
        if let Some(slot) = row.slots.first_mut() {
            slot.is_merged = true;
        }
    }
    open.rows.push(row);
}

fn finished(table: Ruled) -> Table {
    let cell = |slot: Slot| Cell {
        text: slot.text,
        shade: slot.shade.map(str::to_owned),
        is_merged: slot.is_merged,
        ..Cell::default()
    };
    let row = |strip: Strip| Row { cells: strip.slots.into_iter().map(cell).collect() };
    Table { rows: table.rows.into_iter().map(row).collect(), cut: table.cut, ..Table::default() }
}

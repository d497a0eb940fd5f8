//! A key without a heading in a table of its own: blank cells with a colour behind them, each beside what it means, or a row of
//! colours above a row of meanings.

use crate::import::cells::ratings;
use crate::import::table::{Cell, Row, Table};
use crate::import::words::clean;

/// The most words of a meaning.
const MEANING: usize = 20;

/// Takes such a key out of a table of its own, leaving it blank. Returns its lines: "Key", "Blue: Completed".
pub fn take(table: &mut Table) -> Vec<String> {
    let filled: Vec<&Row> = table.rows.iter().filter(|row| !is_empty(row)).collect();
    let beside = || filled.iter().map(|row| levels(row)).collect::<Option<Vec<_>>>().map(|levels| levels.concat());
    let Some(levels) = below(&filled).or_else(beside) else { return Vec::new() };
    let is_once = |at: usize, shade: &str| levels.iter().skip(at + 1).all(|(other, _)| *other != shade);
    if levels.len() < 2 || !levels.iter().enumerate().all(|(at, (shade, _))| is_once(at, shade)) {
        return Vec::new();
    }
    table.rows.iter_mut().flat_map(|row| &mut row.cells).for_each(|cell| *cell = Cell::default());
    std::iter::once("Key".to_owned()).chain(levels.iter().map(|(shade, words)| format!("{shade}: {words}"))).collect()
}

fn is_empty(row: &Row) -> bool {
    row.cells.iter().all(|cell| cell.is_blank() && cell.shade.is_none())
}

/// The colours of a row with the words below each.
fn below(rows: &[&Row]) -> Option<Vec<(String, String)>> {
    let [head, meanings] = rows else { return None };
    let pairs = head.cells.iter().zip(&meanings.cells).filter(|(cell, below)| !cell.is_blank() || !below.is_blank());
    let pair = |(cell, below): (&Cell, &Cell)| {
        let (level, meaning) = (clean::line(&cell.text), clean::line(&below.text));
        let is_level = ratings::names_colour(&level) && !ratings::names_colour(&meaning);
        let is_short = (1..=MEANING).contains(&meaning.split_whitespace().count());
        (is_level && is_short).then_some((level, meaning))
    };
    pairs.map(pair).collect()
}

/// The colours of a row with the words beside each; none if any cell is of another kind.
fn levels(row: &Row) -> Option<Vec<(String, String)>> {
    let cells: Vec<&Cell> = row.cells.iter().filter(|cell| !cell.is_blank() || cell.shade.is_some()).collect();
    let pair = |two: &[&Cell]| match two {
        [one, other] => level(one, other).or_else(|| level(other, one)),
        _ => None,
    };
    cells.chunks(2).map(pair).collect()
}

fn level(painted: &Cell, beside: &Cell) -> Option<(String, String)> {
    let shade = painted.shade.clone().filter(|_| painted.is_blank())?;
    let words = clean::line(&beside.text);
    (1..=MEANING).contains(&words.split_whitespace().count()).then_some((shade, words))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str, shade: &str) -> Cell {
        Cell { text: text.into(), shade: Some(shade.to_owned()).filter(|shade| !shade.is_empty()), ..Cell::default() }
    }

    fn key(rows: &[&[(&str, &str)]]) -> Vec<String> {
        let row =
            |cells: &&[(&str, &str)]| Row { cells: cells.iter().map(|(text, shade)| cell(text, shade)).collect() };
        let mut table = Table { rows: rows.iter().map(row).collect(), ..Table::default() };
        take(&mut table)
    }

    #[test]
    fn painted_cells_beside_words_are_a_key_down_or_across() {
        let wanted = ["Key", "Blue: Completed", "Red: Not started"];
        assert_eq!(key(&[&[("", "Blue"), ("Completed", "")], &[("", "Red"), ("Not started", "")]]), wanted);
        assert_eq!(key(&[&[("Completed", ""), ("", "Blue")], &[("Not started", ""), ("", "Red")]]), wanted);
        assert_eq!(key(&[&[("", "Blue"), ("Completed", ""), ("", "Red"), ("Not started", "")]]), wanted);
    }

    #[test]
    fn a_row_of_colours_above_a_row_of_meanings_is_a_key() {
        let head = [("Red", "Red"), ("Green", "Green")];
        let wanted = ["Key", "Red: Late or not begun", "Green: In hand, on course"];
        assert_eq!(key(&[&head, &[("Late or not begun", ""), ("In hand, on course", "")]]), wanted);
        assert!(key(&[&head, &[("Late or not begun", ""), ("", "")]]).is_empty());
    }

    #[test]
    fn other_tables_are_none() {
        for rows in [
            &[&[("", "Blue"), ("Completed", "")][..]][..],
            &[&[("", "Blue"), ("Completed", "")], &[("", "Blue"), ("Not started", "")]],
            &[&[("", "Blue"), ("Completed", "")], &[("Name", ""), ("Ann", "")]],
            &[&[("1", "Blue"), ("Completed", "")], &[("2", "Red"), ("Not started", "")]],
        ] {
            assert!(key(rows).is_empty(), "{rows:?}");
        }
    }
}

//! A key whose colours are not named but painted: blank cells with a colour behind them, each beside what it means.

use crate::import::table::{Cell, Row, Table};
use crate::import::words::clean;

/// The most words of a meaning.
const MEANING: usize = 20;

/// Takes such a key out of a table of its own, leaving it blank. Returns its lines: "Key", "Blue: Completed".
pub fn take(table: &mut Table) -> Vec<String> {
    let filled = table.rows.iter().filter(|row| !is_empty(row));
    let Some(levels) = filled.map(levels).collect::<Option<Vec<_>>>() else { return Vec::new() };
    let levels = levels.concat();
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
        take(&mut Table { rows: rows.iter().map(row).collect(), ..Table::default() })
    }

    #[test]
    fn painted_cells_beside_words_are_a_key_down_or_across() {
        let wanted = ["Key", "Blue: Completed", "Red: Not started"];
        assert_eq!(key(&[&[("", "Blue"), ("Completed", "")], &[("", "Red"), ("Not started", "")]]), wanted);
        assert_eq!(key(&[&[("Completed", ""), ("", "Blue")], &[("Not started", ""), ("", "Red")]]), wanted);
        assert_eq!(key(&[&[("", "Blue"), ("Completed", ""), ("", "Red"), ("Not started", "")]]), wanted);
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

//! A table inside a cell, as lines: a log of dates and words line by line, any other cell by cell.

use super::marks;
use crate::domain::date_text;
use crate::import::table::{Row, Table};

/// The most columns of a log.
const COLUMNS: usize = 5;
/// The longest cell that is only a date, and the longest heading of a column.
const DATE: usize = 40;
const HEADING: usize = 40;
/// Words in the heading of a column of dates to come, which are no entries of a log.
const TO_COME: [&str; 6] = ["due", "target", "deadline", "by when", "timescale", "complete by"];
/// Headings of a column that says who wrote an entry.
const WRITERS: [&str; 9] = ["by", "who", "name", "author", "initials", "from", "agency", "updated by", "entered by"];

/// What a table says as lines of the cell around it.
pub fn lines(table: &Table) -> Vec<String> {
    let rows: Vec<&Row> = table.rows.iter().filter(|row| !row.is_blank()).collect();
    if let Some(log) = Log::of(&rows) {
        return log.lines(&rows);
    }
    let cells = rows.into_iter().flat_map(|row| &row.cells).map(|cell| &cell.text);
    cells.filter(|text| !text.trim().is_empty()).cloned().collect()
}

/// Where a log has its dates, and what its header row says.
struct Log {
    date: usize,
    writer: Option<usize>,
    /// Rows of headings: none or one.
    headings: usize,
}

impl Log {
    fn of(rows: &[&Row]) -> Option<Log> {
        let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let date = (0..width.min(COLUMNS)).find(|at| rows.iter().any(|row| is_date(row.text(*at))))?;
        let headings = usize::from(rows.first().is_some_and(|row| is_heading(row, date)));
        let is_entry = |row: &&&Row| row.text(date).trim().is_empty() || is_date(row.text(date));
        // A single line with a date somewhere, as page footers have, is no log.
        let entries = rows.iter().skip(headings).filter(|row| is_date(row.text(date))).count();
        let is_certain = entries + headings > 1 || (date, width) == (0, 2);
        let is_log =
            is_certain && (2..=COLUMNS).contains(&width) && rows.iter().skip(headings).all(|row| is_entry(&row));
        let names = rows.first().filter(|_| headings > 0);
        let name = |at: usize| names.map(|row| marks::shown(row.text(at)).trim().to_lowercase()).unwrap_or_default();
        let is_to_come = TO_COME.iter().any(|word| name(date).contains(word));
        let writer = (0..width).find(|at| *at != date && WRITERS.contains(&name(*at).as_str()));
        (is_log && !is_to_come).then_some(Log { date, writer, headings })
    }

    /// "12 May 2026 (CFT): the group met"; a row without a date continues the entry above.
    fn lines(&self, rows: &[&Row]) -> Vec<String> {
        let line = |row: &&Row| {
            let cells = row.cells.iter().enumerate().filter(|(at, _)| *at != self.date && Some(*at) != self.writer);
            let words: Vec<&str> = cells.map(|(_, cell)| cell.text.trim()).filter(|text| !text.is_empty()).collect();
            let by = self.writer.map(|at| row.text(at).trim()).filter(|by| !by.is_empty());
            let by = by.map(|by| format!(" ({by})")).unwrap_or_default();
            match row.text(self.date).trim() {
                "" => words.join(" – ") + &by,
                date => format!("{date}{by}: {}", words.join(" – ")),
            }
        };
        rows.iter().skip(self.headings).map(line).collect()
    }
}

/// Whether the first row of a log has only headings: short words, and none of them where the dates are.
fn is_heading(row: &Row, date: usize) -> bool {
    let is_name = |text: &str| !text.is_empty() && text.chars().count() <= HEADING && !text.ends_with(['.', ':']);
    !row.text(date).trim().is_empty()
        && !is_date(row.text(date))
        && row.cells.iter().all(|cell| is_name(cell.text.trim()))
}

/// Whether a cell holds a day or a month and nothing else.
fn is_date(text: &str) -> bool {
    let text = marks::shown(text);
    let text = text.trim().trim_end_matches([':', '.', '-', '–']);
    if text.is_empty() || text.len() > DATE {
        return false;
    }
    match date_text::find(text, None).as_slice() {
        [found] => {
            let beside = [text.get(..found.start), text.get(found.end..)];
            let is_day = |word: &str| word.len() <= 9 && word.to_lowercase().ends_with("day") || word.len() <= 3;
            beside.into_iter().flatten().flat_map(|text| text.split(|c: char| !c.is_alphanumeric())).all(is_day)
        }
        [] => date_text::target(text, None).flag.is_some_and(|why| why.contains("has no year")),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::lines;
    use crate::import::table::{Row, Table};

    fn of(rows: &[&[&str]]) -> Vec<String> {
        let rows = rows.iter().map(|row| Row::new(row.iter().copied())).collect();
        lines(&Table { rows, ..Table::default() })
    }

    #[test]
    fn a_log_in_a_cell_is_a_line_for_each_entry_and_its_headings_are_none() {
        let log =
            of(&[&["Date", "Update"], &["4 March 2026", "Tool drafted"], &["", "and sent"], &["9/4/26", "Agreed"]]);
        assert_eq!(log, ["4 March 2026: Tool drafted", "and sent", "9/4/26: Agreed"]);
        assert_eq!(
            of(&[&["Tool drafted", "May 2026"], &["Agreed", "June 2026"]]),
            ["May 2026: Tool drafted", "June 2026: Agreed"]
        );
        assert_eq!(of(&[&["4 March 2026", "Drafted"]]), ["4 March 2026: Drafted"]);
        let signed = of(&[&["When", "By", "Note"], &["Tuesday 3 March 2026", "FX", "Agreed"]]);
        assert_eq!(signed, ["Tuesday 3 March 2026 (FX): Agreed"]);
    }

    #[test]
    fn other_tables_are_a_line_for_each_cell() {
        assert_eq!(of(&[&["Step", "Due"], &["Write", "May 2026"]]), ["Step", "Due", "Write", "May 2026"]);
        assert_eq!(of(&[&["Version:", "2", "Date:", "4/3/26"]]), ["Version:", "2", "Date:", "4/3/26"]);
        assert_eq!(of(&[&["Write", "May 2026"], &["Send", "soon"]]), ["Write", "May 2026", "Send", "soon"]);
    }
}

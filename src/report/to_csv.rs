//! The tables of a report as comma-separated values, in which no cell can act as a formula.
//!
//! A cell that a spreadsheet would take for a formula (it begins, after spaces, with = + - @ or their wide forms, or with
//! a tab or a line end) gets an apostrophe in front (OWASP, CWE-1236). Tables follow each other with an empty line
//! between; where several have the same columns they are one. UTF-8 with a byte order mark, which Excel needs.

use super::document::{Cell, Document, Table};
use crate::problem::Problem;
use crate::text;

pub fn render(document: &Document) -> Result<Vec<u8>, Problem> {
    let mut out = String::from('\u{feff}');
    let mut above: Option<&Table> = None;
    for table in document.tables() {
        if above.is_none_or(|above| above.columns != table.columns) {
            out.push_str(if above.is_some() { "\r\n" } else { "" });
            out.push_str(&record(table.columns.iter().map(|column| column.title.as_str())));
        }
        table.rows.iter().for_each(|row| out.push_str(&record(row.iter().map(|cell: &Cell| cell.text.as_str()))));
        above = Some(table);
    }
    Ok(out.into_bytes())
}

fn record<'a>(cells: impl Iterator<Item = &'a str>) -> String {
    cells.map(quoted).collect::<Vec<_>>().join(",") + "\r\n"
}

fn quoted(cell: &str) -> String {
    let harmless = text::harmless(cell);
    format!("\"{}{}\"", if is_formula(cell) { "'" } else { "" }, harmless.replace('"', "\"\""))
}

/// Whether a spreadsheet could take it for a formula.
fn is_formula(cell: &str) -> bool {
    text::harmless(cell).trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
        || cell.starts_with(['\t', '\r', '\n'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_can_act_as_a_formula() {
        for hostile in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1"] {
            assert!(quoted(hostile).starts_with("\"'"), "{hostile:?}");
        }
        assert_eq!(quoted("say \"yes\", then"), "\"say \"\"yes\"\", then\"");
    }
}

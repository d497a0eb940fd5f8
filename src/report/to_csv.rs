//! A report's tables as comma-separated values, in which no cell can act as a formula.
//!
//! A cell that a spreadsheet would read as a formula (it begins, after spaces, with = + - @ or their wide forms, or
//! with a tab or a line end) is prefixed with an apostrophe (OWASP, CWE-1236). Tables are separated by an empty line;
//! those with the same columns are combined. UTF-8 with a byte order mark, which Excel needs.

use super::document::{Document, SECTION, Table};
use crate::problem::Problem;
use crate::text;

pub fn render(document: &Document) -> Result<Vec<u8>, Problem> {
    let sheets: Vec<String> = document.sheets().iter().map(|tables| sheet(tables)).collect();
    Ok(format!("\u{feff}{}", sheets.join("\r\n")).into_bytes())
}

/// In a combined table, each row's first cell is the heading it came from.
fn sheet(tables: &[(String, &Table)]) -> String {
    let Some((_, first)) = tables.first() else { return String::new() };
    let is_one = tables.len() == 1;
    let title = (!is_one).then_some(SECTION);
    let mut out = record(title.into_iter().chain(first.columns.iter().map(|column| column.title.as_str())));
    for (under, table) in tables {
        for row in &table.rows {
            let under = (!is_one).then_some(under.as_str());
            out.push_str(&record(under.into_iter().chain(row.iter().map(|cell| cell.text.as_str()))));
        }
    }
    out
}

fn record<'a>(cells: impl Iterator<Item = &'a str>) -> String {
    cells.map(quoted).collect::<Vec<_>>().join(",") + "\r\n"
}

fn quoted(cell: &str) -> String {
    let harmless = text::harmless(cell);
    format!("\"{}{}\"", if is_formula(cell) { "'" } else { "" }, harmless.replace('"', "\"\""))
}

/// Whether a spreadsheet could read it as a formula.
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

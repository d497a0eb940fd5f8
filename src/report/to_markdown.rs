//! A report as Markdown: pipe tables, with line ends in cells as `<br>` and Markdown syntax escaped.

use super::document::{Block, Cell, Chart, Document, Run, Table, Weight};
use crate::domain::date_words;
use crate::problem::Problem;
use crate::text;

pub fn render(document: &Document) -> Result<Vec<u8>, Problem> {
    let mut out = format!("# {}\n", line(&document.title));
    let day = date_words::day(document.day);
    let marked = [document.marking.as_str(), day.as_str()].into_iter().filter(|part| !part.is_empty());
    out.push_str(&format!("\n*{}*\n", marked.map(line).collect::<Vec<_>>().join(" · ")));
    for block in &document.blocks {
        out.push('\n');
        match block {
            Block::Heading(heading) => {
                let marks = "#".repeat(usize::from(heading.level) + 1);
                out.push_str(&format!("{marks} {}\n", line(&heading.text)));
            }
            Block::Paragraph(words) => out.push_str(&(runs(words) + "\n")),
            Block::List(points) => points.iter().for_each(|point| out.push_str(&format!("- {}\n", runs(point)))),
            Block::Table(table) | Block::Chart(Chart { table, .. }) => out.push_str(&self::table(table)),
            Block::PageBreak => out.push_str("---\n"),
        }
    }
    Ok(out.into_bytes())
}

fn table(table: &Table) -> String {
    let titles: Vec<String> = table.columns.iter().map(|column| line(&column.title)).collect();
    let rules: Vec<&str> = titles.iter().map(|_| "---").collect();
    let mut out = format!("| {} |\n| {} |\n", titles.join(" | "), rules.join(" | "));
    for row in &table.rows {
        let cells: Vec<String> = row.iter().map(|cell: &Cell| line(&cell.text)).collect();
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    out
}

fn runs(runs: &[Run]) -> String {
    let run = |run: &Run| match run.weight {
        Weight::Plain => line(&run.text),
        Weight::Bold if run.text.trim().is_empty() => String::new(),
        Weight::Bold => {
            // Spaces inside the asterisks would stop them from working.
            let words = run.text.trim_start_matches([' ', '·']);
            let before = run.text.get(..run.text.len() - words.len()).unwrap_or("");
            let bold = words.trim_end();
            let after = words.get(bold.len()..).unwrap_or("");
            format!("{before}**{}**{after}", line(bold))
        }
    };
    runs.iter().map(run).collect()
}

/// One sanitised line in which only the line breaks are markup.
fn line(text: &str) -> String {
    let text = text::harmless(text);
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' => out.push_str("<br>"),
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            '|' | '*' | '_' | '`' | '\\' | '[' | ']' | '#' => out.extend(['\\', letter]),
            _ => out.push(letter),
        }
    }
    out
}

//! The entry line at the foot: a filter or a search; and the box that asks for the path of a document.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::text::Line as Spans;

use super::super::View;
use super::super::editor::lay_out;
use super::super::paint::{self, span};
use super::frame;
use crate::app::layout::{Area, Size, bands, centred};
use crate::app::message::Beneath;
use crate::app::overlay::line::{InputLine, Purpose};
use crate::text;

pub fn draw(view: &View<'_>, line: &InputLine, size: Size, buf: &mut Buffer) -> Option<Position> {
    let theme = view.theme;
    let area = bands(size).toast;
    let prompt = match line.purpose {
        Purpose::Filter => "Filter  ",
        Purpose::Search | Purpose::Words => "Search  ",
        Purpose::ImportPath => return draw_path(view, line, size, buf),
    };
    paint::clear(buf, area, theme.text);
    let start = 1 + u16::try_from(prompt.len()).unwrap_or(0);
    paint::words(buf, 1, area.y, start, prompt, theme.accent);
    let laid = lay_out(&line.editor, usize::MAX);
    let typed = laid.rows.last().map_or("", String::as_str);
    // Long text is shown from its end, where the cursor nearly always is.
    let room = usize::from(area.cols.saturating_sub(start + 1));
    let hidden = laid.cursor.1.saturating_sub(room.saturating_sub(1));
    let shown: String = typed.chars().skip(hidden).collect();
    paint::words(buf, start, area.y, area.cols.saturating_sub(start), &shown, theme.strong);
    note(view, line, size, buf);
    Some(Position { x: start + u16::try_from(laid.cursor.1 - hidden).ok()?, y: area.y })
}

/// Shown above the line: how many actions it finds, or why it is not understood.
fn note(view: &View<'_>, line: &InputLine, size: Size, buf: &mut Buffer) {
    let Some(problem) = &line.problem else { return };
    let area = bands(size).toast;
    let cols = area.cols.saturating_sub(2);
    let lines = text::wrap(&problem.to_string(), usize::from(cols).max(1));
    let first = area.y.saturating_sub(u16::try_from(lines.len()).unwrap_or(0));
    for (y, words) in (first..area.y).zip(lines) {
        paint::clear(buf, Area { y, ..area }, view.theme.text);
        paint::line(buf, 1, y, cols, &Spans::from(span(words, view.theme.doubt)));
    }
}

/// How many names of a folder are listed, at most.
const LISTED: usize = 14;

/// The path of a document in a box, with what its folder holds below it.
fn draw_path(view: &View<'_>, line: &InputLine, size: Size, buf: &mut Buffer) -> Option<Position> {
    let theme = view.theme;
    let typed = line.editor.text();
    let fitting = line.paths.fitting(typed);
    let most = LISTED.min(usize::from(size.rows.saturating_sub(8)).max(2));
    let rows = u16::try_from(fitting.len().clamp(1, most)).unwrap_or(1) + 4;
    let cols = size.cols.saturating_sub(4).clamp(20, 100);
    let inner = frame(view, centred(size, cols, rows), "Document to read", buf);
    let laid = lay_out(&line.editor, usize::MAX);
    let words = laid.rows.last().map_or("", String::as_str);
    // A long path is shown from its end.
    let room = usize::from(inner.cols.saturating_sub(3)).max(1);
    let hidden = laid.cursor.1.saturating_sub(room);
    let shown: String = words.chars().skip(hidden).collect();
    let style = if line.editor.is_offered() { theme.dim } else { theme.strong };
    paint::words(buf, inner.x, inner.y, 2, "› ", theme.accent);
    paint::words(buf, inner.x + 2, inner.y, inner.cols.saturating_sub(2), &shown, style);
    list(view, &fitting, Area { y: inner.y + 2, rows: inner.rows.saturating_sub(2), ..inner }, buf);
    Some(Position { x: inner.x + 2 + u16::try_from(laid.cursor.1 - hidden).ok()?, y: inner.y })
}

fn list(view: &View<'_>, fitting: &[&Beneath], area: Area, buf: &mut Buffer) {
    let rows = usize::from(area.rows);
    if fitting.is_empty() {
        let words = "Nothing here that can be read begins so.";
        paint::words(buf, area.x, area.y, area.cols, words, view.theme.dim);
        return;
    }
    let fits = if fitting.len() > rows { rows.saturating_sub(1) } else { rows };
    for (y, one) in (area.y..).zip(fitting.iter().take(fits)) {
        let style = if one.is_folder { view.theme.dim } else { view.theme.text };
        let slash = if one.is_folder { "/" } else { "" };
        let name = text::truncate(&text::harmless(&format!("{}{slash}", one.name)), usize::from(area.cols));
        paint::words(buf, area.x + 2, y, area.cols.saturating_sub(2), &name, style);
    }
    if fits < fitting.len() {
        let words = format!("and {} more", fitting.len() - fits);
        let y = area.y + u16::try_from(fits).unwrap_or(0);
        paint::words(buf, area.x + 2, y, area.cols.saturating_sub(2), &words, view.theme.dim);
    }
}

//! The entry line at the foot: a filter, a search or the path of a document.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::text::Line as Spans;

use super::super::View;
use super::super::editor::lay_out;
use super::super::paint::{self, span};
use crate::app::layout::{Size, bands};
use crate::app::overlay::line::{InputLine, Purpose};

pub fn draw(view: &View<'_>, line: &InputLine, size: Size, buf: &mut Buffer) -> Option<Position> {
    let theme = view.theme;
    let area = bands(size).toast;
    let prompt = match line.purpose {
        Purpose::Filter => "Filter  ",
        Purpose::Search | Purpose::Words => "Search  ",
        Purpose::ImportPath => "Document to read  ",
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
    let y = area.y.saturating_sub(1);
    let row = crate::app::layout::Area { y, ..area };
    paint::clear(buf, row, view.theme.text);
    paint::line(buf, 1, y, area.cols.saturating_sub(2), &Spans::from(span(problem.to_string(), view.theme.doubt)));
}

//! A detail as a page of lines: text, labelled facts, headings and the scroll position.

use ratatui::buffer::Buffer;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::View;
use super::paint::{self, span};
use crate::app::layout::Area;
use crate::app::screen::walk::Focus;
use crate::text;

/// Columns taken by a label like `Target`.
pub const LABEL_COLS: usize = 13;

/// The lines of a detail, top to bottom.
pub struct Page<'a> {
    pub view: &'a View<'a>,
    /// The greatest width of a line.
    pub cols: usize,
    pub lines: Vec<Line<'static>>,
}

impl Page<'_> {
    pub fn gap(&mut self) {
        self.lines.push(Line::default());
    }

    pub fn push(&mut self, spans: Vec<Span<'static>>) {
        self.lines.push(Line::from(spans));
    }

    pub fn text(&mut self, words: &str, style: Style, indent: usize) {
        for line in text::wrap(words, self.cols.saturating_sub(indent).max(8)) {
            self.push(vec![Span::raw(" ".repeat(indent)), span(line, style)]);
        }
    }

    pub fn heading(&mut self, words: &str) {
        self.gap();
        self.push(vec![span(words, self.view.theme.accent)]);
    }

    /// `Target    Jul 2021  overdue by …`: a label, then text that wraps beside it.
    pub fn fact(&mut self, label: &str, pieces: &[(String, Style)]) {
        let mut lines = vec![vec![span(format!("{label:<LABEL_COLS$}"), self.view.theme.dim)]];
        let mut used = LABEL_COLS;
        for (words, style) in pieces {
            for (at, line) in text::wrap(words, self.cols.saturating_sub(LABEL_COLS).max(8)).into_iter().enumerate() {
                let needed = text::width(&line) + if used > LABEL_COLS { 2 } else { 0 };
                if at > 0 || used + needed > self.cols {
                    lines.push(vec![Span::raw(" ".repeat(LABEL_COLS))]);
                    used = LABEL_COLS;
                }
                let row = lines.last_mut().into_iter();
                let between = if used > LABEL_COLS { "  " } else { "" };
                used += text::width(&line) + between.len();
                row.for_each(|row| row.extend([Span::raw(between), span(&line, *style)]));
            }
        }
        self.lines.extend(lines.into_iter().map(Line::from));
    }
}

/// Draws a page's lines from `top`, and marks at the right edge where there is more above or below.
pub fn scrolled(view: &View<'_>, lines: &[Line<'static>], (top, focus): (u16, Focus), area: Area, buf: &mut Buffer) {
    let inner = inside(area);
    let top = usize::from(top).min(lines.len().saturating_sub(usize::from(area.rows)));
    for (y, line) in (area.y..area.y + area.rows).zip(lines.iter().skip(top)) {
        paint::line(buf, inner.x, y, inner.cols, line);
    }
    let style = if focus == Focus::Detail { view.theme.accent } else { view.theme.dim };
    let edge = (area.x + area.cols).saturating_sub(1);
    if top > 0 {
        paint::words(buf, edge, area.y, 1, "▲", style);
    }
    if top + usize::from(area.rows) < lines.len() {
        paint::words(buf, edge, area.y + area.rows.saturating_sub(1), 1, "▼", style);
    }
}

/// The part of a detail's area that holds its lines.
pub fn inside(area: Area) -> Area {
    Area { x: area.x + 2, cols: area.cols.saturating_sub(4), ..area }
}

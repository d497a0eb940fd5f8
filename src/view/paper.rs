//! A report on the screen: its lines and the reading position.

use ratatui::buffer::Buffer;
use ratatui::style::Style;
use ratatui::text::Line;

use super::View;
use super::paint::{self, span};
use super::theme::Theme;
use crate::app::layout::{self, Size};
use crate::app::screen::paper::{self, Paper};
use crate::report::lines::{self, Tone};

pub fn draw(view: &View<'_>, paper: &Paper, size: Size, buf: &mut Buffer) {
    let area = layout::paper(size);
    let lines = paper.lines.iter().skip(paper.top);
    for (y, line) in (area.y..area.y + area.rows).zip(lines) {
        paint::line(buf, area.x + 2, y, paper::columns(size), &styled(view.theme, line));
    }
    let edge = (area.x + area.cols).saturating_sub(1);
    if paper.top > 0 {
        paint::words(buf, edge, area.y, 1, "▲", view.theme.accent);
    }
    if paper.top + usize::from(area.rows) < paper.lines.len() {
        paint::words(buf, edge, area.y + area.rows.saturating_sub(1), 1, "▼", view.theme.accent);
    }
    let rule = layout::bands(size).rule;
    if rule.rows > 0 {
        paint::rule(buf, rule, rule.y, view.theme.rule);
    }
}

fn styled(theme: &Theme, line: &lines::Line) -> Line<'static> {
    Line::from(line.pieces.iter().map(|piece| span(&piece.text, style(theme, piece.tone))).collect::<Vec<_>>())
}

fn style(theme: &Theme, tone: Tone) -> Style {
    match tone {
        Tone::Plain => theme.text,
        Tone::Strong | Tone::Title => theme.strong,
        Tone::Dim => theme.dim,
        Tone::Heading(_) => theme.accent,
        Tone::Rating(hue) => theme.hue(hue),
    }
}

/// "lines 1 to 40 of 120".
pub fn place(paper: &Paper, size: Size) -> String {
    let last = (paper.top + paper::rows(size)).min(paper.lines.len());
    format!("lines {} to {last} of {}", paper.top + 1, paper.lines.len())
}

//! Puts text on the screen: every string drawn is sanitised and cut to fit here.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::layout::Area;
use crate::text;

impl From<Area> for Rect {
    fn from(area: Area) -> Rect {
        Rect { x: area.x, y: area.y, width: area.cols, height: area.rows }
    }
}

/// A piece of text that cannot disturb the terminal.
pub fn span(content: impl AsRef<str>, style: Style) -> Span<'static> {
    Span::styled(text::harmless(content.as_ref()).into_owned(), style)
}

pub fn width(line: &Line<'_>) -> usize {
    line.spans.iter().map(|span| text::width(&span.content)).sum()
}

/// Draws a line at (x, y), cut with an ellipsis at `cols`.
pub fn line(buf: &mut Buffer, x: u16, y: u16, cols: u16, content: &Line<'_>) {
    if y >= buf.area.bottom() || x >= buf.area.right() {
        return;
    }
    let mut left = usize::from(cols.min(buf.area.right() - x));
    let mut at = x;
    for span in &content.spans {
        let (shown, dots) = text::cut(&span.content, left);
        for piece in [shown, dots] {
            let next = put(buf, (at, y), piece, left, span.style);
            left = left.saturating_sub(usize::from(next - at));
            at = next;
        }
        if shown.len() + dots.len() < span.content.len() {
            break;
        }
    }
}

/// Writes text that fits into its cells; returns the column after it. Where each character has a cell of its own, nobody has
/// to find out which do.
fn put(buf: &mut Buffer, (x, y): (u16, u16), shown: &str, cols: usize, style: Style) -> u16 {
    if !text::is_single(shown) {
        return buf.set_stringn(x, y, shown, cols, style).0;
    }
    let mut at = x;
    for c in shown.chars() {
        if let Some(cell) = buf.cell_mut((at, y)) {
            cell.set_char(c).set_style(style);
            at += 1;
        }
    }
    at
}

/// Draws text at (x, y), cut with an ellipsis at `cols`.
pub fn words(buf: &mut Buffer, x: u16, y: u16, cols: u16, content: &str, style: Style) {
    line(buf, x, y, cols, &Line::from(span(content, style)));
}

/// Draws a line so that it ends at the right edge of an area's row, one column in.
pub fn right(buf: &mut Buffer, area: Area, y: u16, content: &Line<'_>) -> u16 {
    let cols = u16::try_from(width(content)).unwrap_or(u16::MAX).min(area.cols.saturating_sub(1));
    let x = (area.x + area.cols).saturating_sub(cols + 1);
    line(buf, x, y, cols, content);
    x
}

/// Fills an area with a style.
pub fn fill(buf: &mut Buffer, area: Area, style: Style) {
    buf.set_style(Rect::from(area).intersection(buf.area), style);
}

/// Clears an area before a box is drawn over it.
pub fn clear(buf: &mut Buffer, area: Area, style: Style) {
    let rect = Rect::from(area).intersection(buf.area);
    for y in rect.top()..rect.bottom() {
        for x in rect.left()..rect.right() {
            if let Some(cell) = buf.cell_mut((x, y)) {
                cell.reset();
                cell.set_style(style);
            }
        }
    }
}

/// A line of `─` across an area's row.
pub fn rule(buf: &mut Buffer, area: Area, y: u16, style: Style) {
    words(buf, area.x, y, area.cols, &"─".repeat(usize::from(area.cols)), style);
}

/// The line at the left edge of an area that has another beside it.
pub fn upright(buf: &mut Buffer, area: Area, style: Style) {
    for y in area.y..area.y + area.rows {
        words(buf, area.x.saturating_sub(1), y, 1, "│", style);
    }
}

/// The last safeguard: no cell may hold anything a terminal would act on, whatever its origin.
pub fn scrub(buf: &mut Buffer) {
    for cell in &mut buf.content {
        let symbol = cell.symbol();
        let printable = matches!(symbol.as_bytes(), [b' '..=b'~']);
        if !printable && text::harmless(symbol) != symbol {
            cell.set_symbol("\u{fffd}");
        }
    }
}

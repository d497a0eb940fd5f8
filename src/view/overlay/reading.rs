//! A document being read: its name, a bar of the time allowed, and how to stop.

use ratatui::buffer::Buffer;
use ratatui::text::Line;

use super::super::View;
use super::super::paint::{self, span};
use super::frame;
use crate::app::layout::{Size, centred};
use crate::app::overlay::reading::Reading;

pub fn draw(view: &View<'_>, reading: &Reading, size: Size, buf: &mut Buffer) {
    if !reading.is_shown() {
        return;
    }
    let theme = view.theme;
    let inner = frame(view, centred(size, 64, 5), "Reading", buf);
    paint::words(buf, inner.x, inner.y, inner.cols, &reading.name, theme.strong);
    let taken = format!("  {}.{} s of at most 10 s", reading.taken / 1000, reading.taken % 1000 / 100);
    let room = usize::from(inner.cols).saturating_sub(taken.len());
    let full = room * usize::try_from(reading.share()).unwrap_or(100) / 100;
    let bar = Line::from(vec![
        span("█".repeat(full), theme.accent),
        span("░".repeat(room.saturating_sub(full)), theme.dim),
        span(taken, theme.dim),
    ]);
    paint::line(buf, inner.x, inner.y + 1, inner.cols, &bar);
    let words = format!("{} stops; nothing will have changed.", view.model.keymap.key_of("reading.stop"));
    paint::words(buf, inner.x, inner.y + 2, inner.cols, &words, theme.dim);
}

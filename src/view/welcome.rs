//! The welcome screen: what the program is, and three ways to begin.

use ratatui::buffer::Buffer;
use ratatui::text::Line;

use super::View;
use super::paint::{self, span};
use crate::app::layout::{self, Size};
use crate::app::screen::welcome::{Offer, Welcome};

fn words(offer: Offer) -> (&'static str, &'static str) {
    match offer {
        Offer::Demo => ("Try the demo", "A fictional plan in a private copy: try any key, nothing is kept."),
        Offer::Import => ("Import a plan", "Read the action plan you already have; nothing needs retyping."),
        Offer::Empty => ("Start empty", "Create an empty register now and import into it later."),
    }
}

pub fn draw(view: &View<'_>, welcome: Welcome, size: Size, buf: &mut Buffer) {
    let theme = view.theme;
    let body = layout::bands(size).body;
    let cols = size.cols.saturating_sub(4).min(72);
    let x = (size.cols - cols) / 2;
    let mut y = body.y.saturating_sub(1);
    paint::words(buf, x, y, cols, "Matters arising", theme.strong);
    y += 1;
    paint::words(buf, x, y, cols, "Work through an action plan in the meeting, and record what is decided.", theme.dim);
    y += 2;
    let roomy = size.rows >= 20;
    for (at, offer) in Offer::ALL.into_iter().enumerate() {
        let (title, more) = words(offer);
        let chosen = at == welcome.cursor;
        let mark = if chosen { "▌" } else { " " };
        let line = Line::from(vec![
            span(format!("{mark} {}  ", at + 1), theme.accent),
            span(title, if chosen { theme.strong } else { theme.text }),
        ]);
        paint::line(buf, x, y, cols, &line);
        if chosen {
            paint::fill(buf, layout::Area { x, y, cols, rows: 1 }, theme.selected);
        }
        if roomy {
            paint::words(buf, x + 5, y + 1, cols.saturating_sub(5), more, theme.dim);
        }
        y += if roomy { 3 } else { 1 };
    }
}

//! The screen as a pure function of the model.

mod card;
mod detail;
mod editor;
mod footer;
mod header;
mod history;
mod list;
mod overlay;
mod page;
mod paint;
mod paper;
mod plans;
mod prompts;
mod review;
pub mod room;
pub mod theme;
mod walk;
mod welcome;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use crate::app::layout::{self, Size};
use crate::app::message::World;
use crate::app::model::{Curtain, Model};
use crate::app::screen::Screen;
use crate::domain::meeting::Meeting;
use theme::Theme;

/// What every part of the view draws from.
#[derive(Clone, Copy)]
pub struct View<'a> {
    pub model: &'a Model,
    pub world: World<'a>,
    pub theme: &'a Theme,
}

impl<'a> View<'a> {
    /// The open meeting; none while the past is shown.
    pub fn open_meeting(&self) -> Option<&'a Meeting> {
        self.world.register.open_meeting().filter(|_| self.model.past.is_none())
    }
}

/// Draws the whole screen into a frame; returns the position of the text cursor.
pub fn draw(model: &Model, world: World<'_>, frame: &mut Frame<'_>) -> Option<Position> {
    let cursor = paint_all(model, world, frame.buffer_mut())?;
    frame.set_cursor_position(cursor);
    Some(cursor)
}

/// Draws the whole screen into a buffer; returns the position of the text cursor: where text is being typed, else on the
/// selected row, which is what screen readers read out.
///
/// The buffer's own size is what counts: during a resize it can briefly differ from the size in the model.
pub fn paint_all(model: &Model, world: World<'_>, buf: &mut Buffer) -> Option<Position> {
    let theme = Theme::of(model.theme);
    let view = View { model, world, theme: &theme };
    let size = Size { cols: buf.area.width, rows: buf.area.height };
    let whole = layout::Area { x: 0, y: 0, cols: size.cols, rows: size.rows };
    paint::fill(buf, whole, theme.text);
    let cursor = if layout::is_too_small(size) {
        too_small(&view, size, buf);
        None
    } else if model.curtain == Curtain::Drawn {
        blank(&view, size, buf);
        None
    } else {
        screen(&view, size, buf)
    };
    paint::scrub(buf);
    cursor.filter(|at| at.x < size.cols && at.y < size.rows)
}

fn screen(view: &View<'_>, size: Size, buf: &mut Buffer) -> Option<Position> {
    match &view.model.screen {
        Screen::Welcome(welcome) => welcome::draw(view, *welcome, size, buf),
        Screen::Plans(plans) => plans::draw(view, plans, size, buf),
        Screen::Walk(walk) => walk::draw(view, walk, size, buf),
        Screen::Review(review) => review::draw(view, review, size, buf),
        Screen::Paper(paper) => paper::draw(view, paper, size, buf),
        Screen::History(history) => history::draw(view, history, size, buf),
    }
    header::title(view, size, buf);
    footer::draw(view, size, buf);
    let selected = selected(buf);
    let overlays = view.model.overlays.iter();
    overlays.map(|over| overlay::draw(view, over, size, buf)).last().unwrap_or(selected)
}

/// The row that is marked as selected, if there is one. The mark is at the left edge, except on the first screen.
fn selected(buf: &Buffer) -> Option<Position> {
    let is_mark = |at: &Position| buf.cell(*at).is_some_and(|cell| cell.symbol() == "▌");
    (0..buf.area.height).map(|y| Position { x: 0, y }).find(is_mark)
}

/// A screen without any plan content, and one line that says how to return.
fn blank(view: &View<'_>, size: Size, buf: &mut Buffer) {
    const WORDS: &str = "Screen blanked; any key returns";
    let x = size.cols.saturating_sub(u16::try_from(WORDS.len()).unwrap_or(0)) / 2;
    paint::words(buf, x, size.rows / 2, size.cols, WORDS, view.theme.dim);
}

fn too_small(view: &View<'_>, size: Size, buf: &mut Buffer) {
    let sentence = format!(
        "This window is too small ({} by {}). Make it at least {} by {}; nothing is lost.",
        size.cols,
        size.rows,
        layout::SMALLEST.cols,
        layout::SMALLEST.rows
    );
    let lines = crate::text::wrap(&sentence, usize::from(size.cols).max(1));
    for (y, line) in (0..size.rows).zip(lines) {
        paint::words(buf, 0, y, size.cols, &line, view.theme.text);
    }
}

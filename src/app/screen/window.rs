//! The screens in their window: which lines are visible, and the effect of the mouse.

use super::Screen;
use super::review::Review;
use super::walk::{Focus, Look, Prepared, Walk};
use crate::app::layout::{self, Size};
use crate::app::message::World;
use crate::domain::id::Id;

/// How many rows of the walk's list, or a review's, the window shows.
pub fn page(size: Size) -> usize {
    usize::from(layout::walk(size).list.rows).max(1)
}

impl Screen {
    /// Whether there is nothing left to prepare for the next keys.
    pub fn is_prepared(&self, size: Size) -> bool {
        self.walk().is_none_or(|walk| walk.is_prepared(page(size)))
    }

    /// Prepares a little of it; returns whether the screen needs drawing.
    pub fn prepare(&mut self, size: Size, world: World<'_>) -> Prepared {
        self.walk_mut().map_or(Prepared::Unseen, |walk| walk.prepare(page(size), world))
    }

    /// Scrolls the list so that its cursor is visible.
    pub fn keep_in_view(&mut self, size: Size) {
        match self {
            Screen::Walk(walk) => walk.keep_in_view(size),
            Screen::Review(review) => review.keep_in_view(page(size)),
            Screen::Paper(paper) => paper.fit(size),
            Screen::History(history) => history.keep_in_view(size),
            Screen::Plans(_) | Screen::Welcome(_) => {}
        }
    }

    /// Computes what the list shows for the actions in view.
    pub fn look(&mut self, size: Size, world: World<'_>) {
        if let Some(walk) = self.walk_mut() {
            walk.look(page(size), world);
        }
    }

    /// The same for the selected action alone.
    pub fn look_at_selected(&mut self, world: World<'_>) {
        if let Some(walk) = self.walk_mut() {
            walk.look_at_selected(world);
        }
    }

    /// Puts the cursor on an action if it is in the list.
    pub fn go_to(&mut self, action: Id, size: Size) {
        if let Some(walk) = self.walk_mut()
            && let Some(at) = walk.rows.iter().position(|row| row.action() == Some(action))
        {
            walk.put(at);
        }
        self.keep_in_view(size);
    }

    /// Scrolls the focused part by lines; the list's cursor moves with it.
    pub fn scroll(&mut self, lines: i16, size: Size) {
        let steps = isize::from(lines);
        match self {
            Screen::Walk(walk) => walk.scroll(lines),
            Screen::Review(review) => review.scroll(lines),
            Screen::Paper(paper) => paper.scroll(steps),
            Screen::History(history) => history.step(steps),
            Screen::Plans(_) | Screen::Welcome(_) => {}
        }
        self.keep_in_view(size);
    }

    /// Puts the cursor where the mouse points.
    pub fn click(&mut self, col: u16, row: u16, size: Size) {
        let list = match self {
            Screen::History(_) => layout::history(size).list,
            Screen::Walk(_) | Screen::Plans(_) | Screen::Welcome(_) | Screen::Review(_) | Screen::Paper(_) => {
                layout::walk(size).list
            }
        };
        if !list.contains(col, row) {
            return;
        }
        let line = usize::from(row - list.y);
        match self {
            Screen::Walk(walk) => walk.click(line),
            Screen::Review(review) => review.click(line),
            Screen::History(history) => history.click(line),
            Screen::Plans(_) | Screen::Welcome(_) | Screen::Paper(_) => return,
        }
        if self.walk().is_some() {
            self.keep_in_view(size);
        }
    }
}

impl Walk {
    /// Scrolls the list so that the cursor and the headings just above it are visible.
    pub fn keep_in_view(&mut self, size: Size) {
        let page = page(size);
        let above = self.rows.iter().take(self.cursor).rev().take_while(|row| row.action().is_none()).count();
        let above = above.min(page / 2);
        // By most of a page rather than one row, so that the list stays still for reading and most keys send little to
        // the terminal.
        if self.cursor.saturating_sub(above) < self.top {
            self.top = self.cursor.saturating_sub(page - page / 4);
        }
        if self.cursor >= self.top + page {
            self.top = self.cursor.saturating_sub(above.max(page / 4));
        }
        self.top = self.top.min(self.rows.len().saturating_sub(page));
    }

    fn scroll(&mut self, lines: i16) {
        match self.focus {
            Focus::Detail => self.detail_top = self.detail_top.saturating_add_signed(lines),
            Focus::List => {
                self.step(isize::from(lines));
            }
        }
    }

    fn click(&mut self, line: usize) {
        let at = self.top + line;
        if self.look == Look::ListAndDetail && self.rows.get(at).is_some_and(|row| self.is_stop(row)) {
            self.put(at);
            self.focus = Focus::List;
        }
    }
}

impl Review {
    pub fn scroll(&mut self, lines: i16) {
        match self.focus {
            Focus::Detail => self.detail_top = self.detail_top.saturating_add_signed(lines),
            Focus::List => self.step(isize::from(lines)),
        }
    }

    fn click(&mut self, line: usize) {
        let at = self.top + line;
        if self.is_stop(at) {
            self.put(at);
            self.focus = Focus::List;
        }
    }
}

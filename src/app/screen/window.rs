//! The walk in its window: which rows are seen, and what the mouse and the filter line do to them.

use super::Screen;
use super::walk::{Focus, Look};
use crate::app::commands::find;
use crate::app::layout;
use crate::app::model::{Model, World};
use crate::app::overlay::Overlay;
use crate::app::overlay::line::Purpose;
use crate::domain::id::Id;

/// How many rows of the list the window shows.
pub fn page(model: &Model) -> usize {
    usize::from(layout::walk(model.size).list.rows).max(1)
}

/// Scrolls the list so far that the cursor, and the headings just above it, are seen.
pub fn keep_in_view(model: &mut Model) {
    let page = page(model);
    let Some(walk) = model.screen.walk_mut() else { return };
    let above = walk.rows.iter().take(walk.cursor).rev().take_while(|row| row.action().is_none()).count();
    let above = above.min(page / 2);
    // Never by one row but by most of a page: the list stays still to read, and most keys send little to the terminal.
    if walk.cursor.saturating_sub(above) < walk.top {
        walk.top = walk.cursor.saturating_sub(page - page / 4);
    }
    if walk.cursor >= walk.top + page {
        walk.top = walk.cursor.saturating_sub(above.max(page / 4));
    }
    walk.top = walk.top.min(walk.rows.len().saturating_sub(page));
}

/// Finds out what the list shows of the actions in view.
pub fn look(model: &mut Model, world: World<'_>) {
    let page = page(model);
    if let Some(walk) = model.screen.walk_mut() {
        walk.look(page, world);
    }
}

/// Puts the cursor on an action if it is in the list.
pub fn go_to(model: &mut Model, action: Id) {
    if let Some(walk) = model.screen.walk_mut()
        && let Some(at) = walk.rows.iter().position(|row| row.action() == Some(action))
    {
        walk.put(at);
    }
    keep_in_view(model);
}

/// Scrolls the focused part by lines; the list's cursor moves with it.
pub fn scroll(model: &mut Model, lines: i16) {
    match &mut model.screen {
        Screen::Walk(walk) => match walk.focus {
            Focus::Detail => walk.detail_top = walk.detail_top.saturating_add_signed(lines),
            Focus::List => {
                walk.step(isize::from(lines));
            }
        },
        Screen::Review(review) => match review.focus {
            Focus::Detail => review.detail_top = review.detail_top.saturating_add_signed(lines),
            Focus::List => review.step(isize::from(lines)),
        },
        Screen::Paper(paper) => paper.scroll(isize::from(lines)),
        Screen::History(history) => history.step(isize::from(lines)),
        Screen::Plans(_) | Screen::Welcome(_) => {}
    }
    super::keep_in_view(model);
}

/// Puts the cursor where the mouse points.
pub fn click(model: &mut Model, col: u16, row: u16) {
    if let Screen::History(history) = &mut model.screen {
        let list = layout::history(model.size).list;
        let at = history.top + usize::from(row.saturating_sub(list.y));
        if list.contains(col, row) && at < history.rows.len() {
            history.cursor = at;
        }
        return;
    }
    let areas = layout::walk(model.size);
    if !areas.list.contains(col, row) {
        return;
    }
    if let Screen::Review(review) = &mut model.screen {
        let at = review.top + usize::from(row - areas.list.y);
        if review.is_stop(at) {
            review.put(at);
            review.focus = Focus::List;
        }
    }
    let Some(walk) = model.screen.walk_mut() else { return };
    if walk.look == Look::Card {
        return;
    }
    let at = walk.top + usize::from(row - areas.list.y);
    if walk.rows.get(at).is_some_and(|row| walk.is_stop(row)) {
        walk.put(at);
        walk.focus = Focus::List;
    }
    keep_in_view(model);
}

/// Shows what the text in the filter line would give, as far as it can be understood.
pub fn preview(model: &mut Model, world: World<'_>) {
    let Some(Overlay::Line(line)) = model.overlays.last_mut() else { return };
    if line.purpose == Purpose::Words {
        let words = line.editor.text().to_owned();
        return find::set_words(model, words, world);
    }
    let understood = line.filter(world);
    line.problem = understood.as_ref().err().cloned();
    if let Ok(filter) = understood {
        find::set(model, filter, world);
    }
}

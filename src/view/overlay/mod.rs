//! Boxes over the screen: forms, lists to choose from, help, and the entry line at the foot.

mod choice;
mod form;
mod help;
mod line;
mod reading;
mod splitting;

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::text::Line;

use super::View;
use super::paint::{self, span};
use crate::app::layout::{Area, Size};
use crate::app::overlay::Overlay;

/// Draws one overlay; returns the position of its text cursor.
pub fn draw(view: &View<'_>, overlay: &Overlay, size: Size, buf: &mut Buffer) -> Option<Position> {
    match overlay {
        Overlay::Form(form) => form::draw(view, form, size, buf),
        Overlay::Choice(choice) => choice::draw(view, choice, size, buf),
        Overlay::Line(line) => line::draw(view, line, size, buf),
        Overlay::Reading(reading) => {
            reading::draw(view, reading, size, buf);
            None
        }
        Overlay::Splitting(splitting) => {
            splitting::draw(view, splitting, size, buf);
            None
        }
        Overlay::Help(help) => {
            help::draw(view, help, size, buf);
            None
        }
    }
}

/// A box with a title; returns the area inside.
fn frame(view: &View<'_>, area: Area, title: &str, buf: &mut Buffer) -> Area {
    let theme = view.theme;
    // A blank column on each side separates the box from what is beneath.
    let around = Area { x: area.x.saturating_sub(1), cols: area.cols + 2, ..area };
    paint::clear(buf, around, theme.text);
    let inner = usize::from(area.cols.saturating_sub(2));
    let edge = |left: &str, right: &str| format!("{left}{}{right}", "─".repeat(inner));
    paint::words(buf, area.x, area.y, area.cols, &edge("┌", "┐"), theme.rule);
    for y in area.y + 1..(area.y + area.rows).saturating_sub(1) {
        paint::words(buf, area.x, y, 1, "│", theme.rule);
        paint::words(buf, (area.x + area.cols).saturating_sub(1), y, 1, "│", theme.rule);
    }
    let bottom = (area.y + area.rows).saturating_sub(1);
    paint::words(buf, area.x, bottom, area.cols, &edge("└", "┘"), theme.rule);
    let title = Line::from(vec![span(" ", theme.text), span(title, theme.accent), span(" ", theme.text)]);
    paint::line(buf, area.x + 2, area.y, area.cols.saturating_sub(4), &title);
    Area { x: area.x + 2, y: area.y + 1, cols: area.cols.saturating_sub(4), rows: area.rows.saturating_sub(2) }
}

//! A list to choose from, with the letters typed above it.

use chrono::Months;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::text::Line;

use super::super::View;
use super::super::editor::lay_out;
use super::super::paint::{self, span};
use super::frame;
use crate::app::layout::{Area, Size, centred};
use crate::app::overlay::choice::{Choice, ChoiceOption, Offer};
use crate::domain::date_words;
use crate::text;

pub fn draw(view: &View<'_>, choice: &Choice, size: Size, buf: &mut Buffer) -> Option<Position> {
    let widest = choice.items.iter().map(|item| item.label.chars().count() + item.note.chars().count()).max();
    let widest = widest.unwrap_or(0).max(text::width(&choice.title).saturating_sub(4));
    let cols = u16::try_from(widest + 12).unwrap_or(u16::MAX).clamp(48, 100);
    let rows = u16::try_from(choice.items.len()).unwrap_or(u16::MAX).min(size.rows.saturating_sub(8)).max(4) + 4;
    let inner = frame(view, centred(size, cols, rows), &choice.title, buf);
    let laid = lay_out(&choice.editor, usize::from(inner.cols.saturating_sub(2)));
    let typed = laid.rows.last().map_or("", String::as_str);
    let typed = if typed.is_empty() { span(hint(choice), view.theme.dim) } else { span(typed, view.theme.strong) };
    let prompt = Line::from(vec![span("› ", view.theme.accent), typed]);
    paint::line(buf, inner.x, inner.y, inner.cols, &prompt);
    let list = Area { y: inner.y + 2, rows: inner.rows.saturating_sub(2), ..inner };
    draw_items(view, choice, list, buf);
    let x = u16::try_from(laid.cursor.1).ok()?;
    Some(Position { x: inner.x + 2 + x, y: inner.y })
}

/// What can be typed besides what is listed.
fn hint(choice: &Choice) -> String {
    match choice.offer {
        Offer::Nothing => String::new(),
        Offer::PastDay { today, .. } => {
            let past = today.checked_sub_months(Months::new(2)).unwrap_or(today);
            format!(" a date: {}, yesterday", date_words::day(past))
        }
    }
}

fn draw_items(view: &View<'_>, choice: &Choice, area: Area, buf: &mut Buffer) {
    if choice.found.is_empty() {
        let words = match choice.offer {
            Offer::PastDay { .. } if choice.editor.is_empty() => "Type a date, then Enter.".into(),
            Offer::PastDay { .. } => "Not a past date, and no such meeting.".into(),
            Offer::Nothing => {
                format!("No {} matches “{}”; Backspace deletes a letter.", choice.noun, choice.editor.text())
            }
        };
        paint::words(buf, area.x, area.y, area.cols, &words, view.theme.text);
        return;
    }
    let fits = usize::from(area.rows).max(1);
    let top = (choice.cursor + 1).saturating_sub(fits);
    let visible = choice.found.iter().enumerate().skip(top).take(fits);
    for (y, (at, place)) in (area.y..).zip(visible) {
        let Some(item) = choice.items.get(*place) else { continue };
        let row = Area { y, rows: 1, ..area };
        draw_item(view, item, row, buf);
        if at == choice.cursor {
            paint::fill(buf, row, view.theme.selected);
        }
    }
}

fn draw_item(view: &View<'_>, item: &ChoiceOption, row: Area, buf: &mut Buffer) {
    let theme = view.theme;
    let style = if item.why_not.is_some() { theme.dim } else { theme.text };
    let edge = paint::right(buf, row, row.y, &Line::from(span(&item.note, theme.dim)));
    paint::words(buf, row.x + 1, row.y, edge.saturating_sub(row.x + 3), &item.label, style);
}

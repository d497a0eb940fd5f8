//! An action being split: its words with a mark wherever a part begins, and below them the parts with what each gets.

use ratatui::buffer::Buffer;
use ratatui::text::Line;

use super::super::View;
use super::super::page::Page;
use super::super::paint::{self, span};
use super::frame;
use crate::app::layout::{Area, Size, centred};
use crate::app::overlay::splitting::Splitting;
use crate::domain::parts::Part;
use crate::text;

/// Columns of the parts' numbers and references.
const INDENT: usize = 4;

pub fn draw(view: &View<'_>, splitting: &Splitting, size: Size, buf: &mut Buffer) {
    let Some(action) = view.world.register.action(splitting.action) else { return };
    let cols = size.cols.saturating_sub(4).min(92);
    let segments = splitting.segments(action.text());
    let preview = preview(view, splitting, usize::from(cols.saturating_sub(4)));
    let wanted = u16::try_from(segments.len() + preview.len() + 4).unwrap_or(u16::MAX);
    let area = centred(size, cols, wanted.min(size.rows.saturating_sub(3)));
    let title = format!("Split {}: where does another part begin?", view.world.register.reference(action));
    let inner = frame(view, area, &title, buf);
    let rows = u16::try_from(segments.len()).unwrap_or(u16::MAX).min((inner.rows / 2).max(3));
    let list = Area { y: inner.y + 1, rows: rows.min(inner.rows.saturating_sub(1)), ..inner };
    draw_segments(view, splitting, &segments, list, buf);
    let below = list.y + list.rows;
    let left = (inner.y + inner.rows).saturating_sub(below + 1);
    if left > 0 {
        paint::rule(buf, inner, below, view.theme.rule);
    }
    let lines = Area { y: below + 1, rows: left, ..inner };
    draw_lines(view, &preview, lines, buf);
}

fn draw_segments(view: &View<'_>, splitting: &Splitting, segments: &[&str], area: Area, buf: &mut Buffer) {
    let theme = view.theme;
    let fits = usize::from(area.rows).max(1);
    let selected = splitting.cursor + 1;
    let top = (selected + 1).saturating_sub(fits);
    let numbers = numbers(splitting);
    for (y, (at, words)) in (area.y..area.y + area.rows).zip(segments.iter().enumerate().skip(top)) {
        let number = numbers.get(at).copied().flatten();
        let style = if number.is_some() { theme.strong } else { theme.text };
        let mark = number.map_or_else(|| "·".to_owned(), |number| number.to_string());
        let words = text::one_line(words);
        let line = Line::from(vec![span(format!("{mark:<3}"), theme.accent), span(words, style)]);
        paint::line(buf, area.x + 1, y, area.cols.saturating_sub(2), &line);
        if at == selected {
            paint::fill(buf, Area { y, rows: 1, ..area }, theme.selected);
        }
    }
    more(view, (top > 0, area.y), (top + fits < segments.len(), area.y + area.rows.saturating_sub(1)), area, buf);
}

/// For each piece of the words, the number of the part that begins with it.
fn numbers(splitting: &Splitting) -> Vec<Option<usize>> {
    let begins = std::iter::once(true).chain(splitting.places.iter().map(|place| place.is_chosen));
    let mut count = 0;
    let number = |is_chosen: bool| {
        count += usize::from(is_chosen);
        is_chosen.then_some(count)
    };
    begins.map(number).collect()
}

fn draw_lines(view: &View<'_>, lines: &[Line<'static>], area: Area, buf: &mut Buffer) {
    for (y, line) in (area.y..area.y + area.rows).zip(lines) {
        paint::line(buf, area.x, y, area.cols, line);
    }
    let is_cut = lines.len() > usize::from(area.rows) && area.rows > 0;
    more(view, (false, 0), (is_cut, (area.y + area.rows).saturating_sub(1)), area, buf);
}

/// Marks at the right edge that there is more above or below.
fn more(view: &View<'_>, above: (bool, u16), below: (bool, u16), area: Area, buf: &mut Buffer) {
    let edge = (area.x + area.cols).saturating_sub(1);
    for ((is_more, y), mark) in [(above, "▲"), (below, "▼")] {
        if is_more {
            paint::words(buf, edge, y, 1, mark, view.theme.accent);
        }
    }
}

/// Each part: its words, then its leads, dates and progress.
fn preview(view: &View<'_>, splitting: &Splitting, cols: usize) -> Vec<Line<'static>> {
    let theme = view.theme;
    let mut page = Page { view, cols, lines: Vec::new() };
    for (at, part) in splitting.parts(view.world.register).iter().enumerate() {
        for (line, words) in text::wrap(&part.text, cols.saturating_sub(INDENT).max(8)).into_iter().enumerate() {
            let number = if line == 0 { format!("{:<INDENT$}", at + 1) } else { " ".repeat(INDENT) };
            page.push(vec![span(number, theme.accent), span(words, theme.strong)]);
        }
        page.text(&belongings(view, part), theme.dim, INDENT);
    }
    page.lines
}

/// "Harbour Police · May 2027 · 2 updates, last of 14 Oct 2026".
fn belongings(view: &View<'_>, part: &Part) -> String {
    let register = view.world.register;
    let leads: Vec<&str> = part.leads.iter().map(|lead| register.party_name(lead.party)).collect();
    let dates: Vec<&str> = part.targets.iter().map(|target| target.raw.as_str()).collect();
    let or = |words: String, nothing: &str| if words.is_empty() { nothing.to_owned() } else { words };
    let said = part.entries.iter().filter_map(|id| register.entry(*id)).next_back();
    let said = said.map(|(_, entry)| format!(": {}", text::truncate(&text::one_line(&entry.said.text), 48)));
    let count = if part.entries.is_empty() { "no updates".into() } else { text::counted(part.entries.len(), "update") };
    let updates = format!("{count}{}", said.unwrap_or_default());
    [or(leads.join(", "), "no lead"), or(dates.join("; "), "no target"), updates].join(" · ")
}

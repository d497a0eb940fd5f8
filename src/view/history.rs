//! The history: one row per change, newest first, and the selected change in full.

use chrono::{DateTime, FixedOffset};
use ratatui::buffer::Buffer;
use ratatui::style::Style;
use ratatui::text::Line;

use super::View;
use super::page::{self, Page};
use super::paint::{self, span};
use crate::app::layout::{self, Area, Size};
use crate::app::screen::history::History;
use crate::app::screen::walk::Focus;
use crate::domain::arrival::{Arrival, Happening};
use crate::domain::change::Cause;
use crate::domain::date_words;
use crate::domain::trail::{Subject, TrailEntry};
use crate::text;

pub fn draw(view: &View<'_>, history: &History, size: Size, buf: &mut Buffer) {
    summary(view, history, size, buf);
    let areas = layout::history(size);
    rows(view, history, areas.list, buf);
    if areas.detail.rows > 0 {
        paint::rule(buf, areas.detail, areas.detail.y.saturating_sub(1), view.theme.rule);
        if let Some(one) = history.row(history.cursor) {
            // Aligned with the text of the list.
            let strip = Area { x: areas.detail.x + 1, cols: areas.detail.cols.saturating_sub(1), ..areas.detail };
            let lines = match one {
                Happening::Change(entry) => whole(view, entry, page::inside(strip)),
                Happening::Arrival(arrival) => whole_arrival(view, arrival, page::inside(strip)),
            };
            page::scrolled(view, &lines, (0, Focus::List), strip, buf);
        }
    }
    let rule = layout::bands(size).rule;
    if rule.rows > 0 {
        paint::rule(buf, rule, rule.y, view.theme.rule);
    }
}

/// "History of 7.1", for the title.
pub fn name(view: &View<'_>, history: &History) -> String {
    let action = if let Subject::Action(id) = history.subject { view.world.register.action(id) } else { None };
    match action {
        Some(action) => format!("History of {}", view.world.register.reference(action)),
        None => "History of the register".into(),
    }
}

/// "3 of 34", for the footer.
pub fn place(history: &History) -> String {
    if history.rows.is_empty() { String::new() } else { format!("{} of {}", history.cursor + 1, history.rows.len()) }
}

/// How many changes there are and to what, with the current filter or the marked moment.
fn summary(view: &View<'_>, history: &History, size: Size, buf: &mut Buffer) {
    let (theme, band) = (view.theme, layout::bands(size).summary);
    let tall = band.rows >= 4;
    let y = band.y + u16::from(tall);
    let mut first =
        vec![span(text::counted(history.count(), "change"), theme.strong), span(", newest first", theme.dim)];
    if let Subject::Action(id) = history.subject {
        let words = view.world.register.action(id).map_or("", |action| action.text());
        first.push(span(format!("   {}", text::one_line(words)), theme.dim));
    }
    paint::line(buf, 1, y, band.cols.saturating_sub(2), &Line::from(first));
    let shown = format!("{} of {} shown", history.rows.len(), history.count());
    let edge = if history.is_filtered() {
        paint::right(buf, band, y + 1, &Line::from(span(shown, theme.dim)))
    } else {
        band.cols
    };
    paint::line(buf, 1, y + 1, edge.saturating_sub(3), &filters(view, history));
    if tall {
        paint::rule(buf, band, y + 2, theme.rule);
    }
}

fn filters(view: &View<'_>, history: &History) -> Line<'static> {
    let theme = view.theme;
    let mut parts = Vec::new();
    if !history.filter.is_empty() {
        parts.push(span(format!("▼ {}   ", history.filter), theme.accent));
    }
    if !history.words.is_empty() {
        parts.push(span(format!("▼ “{}”   ", history.words), theme.accent));
    }
    if let Some(marked) = history.marked_moment() {
        parts.push(span(format!("● {} is marked", marked.words), theme.doubt));
    }
    Line::from(parts)
}

fn rows(view: &View<'_>, history: &History, area: Area, buf: &mut Buffer) {
    if history.rows.is_empty() {
        let words =
            if history.is_filtered() { "No change matches; Backspace shows all." } else { "Nothing has happened yet." };
        paint::words(buf, area.x + 2, area.y + 1, area.cols.saturating_sub(3), words, view.theme.text);
        return;
    }
    let columns = Columns::of(view, history, area.cols);
    for (y, row) in (area.y..area.y + area.rows).zip(history.top..history.rows.len()) {
        let Some(one) = history.row(row) else { return };
        let line = Area { y, rows: 1, ..area };
        match one {
            Happening::Change(entry) => draw_row(view, entry, &columns, line, buf),
            Happening::Arrival(arrival) => draw_arrival(view, arrival, &columns, line, buf),
        }
        if history.marked.is_some() && history.marked == one.change().map(|entry| entry.change) {
            paint::words(buf, area.x + 1, y, 1, "●", view.theme.doubt);
        }
        if row == history.cursor {
            paint::words(buf, area.x, y, 1, "▌", view.theme.accent);
            paint::fill(buf, line, view.theme.selected);
        }
    }
}

/// Widths of the columns before the text; narrow windows drop the later ones.
struct Columns {
    when: u16,
    who: u16,
    meeting: u16,
    plan: u16,
    reference: u16,
}

impl Columns {
    fn of(view: &View<'_>, history: &History, cols: u16) -> Columns {
        let several = view.world.register.visible_plans().nth(1).is_some();
        let whole = history.subject == Subject::Register;
        let (when, who, meeting) = match cols {
            150.. => (17, 20, 24),
            110..150 => (17, 16, 18),
            76..110 => (17, 12, 0),
            56..76 => (17, 0, 0),
            0..56 => (11, 0, 0),
        };
        let plan = if whole && several && cols >= 110 { 14 } else { 0 };
        Columns { when, who, meeting, plan, reference: if whole { 6 } else { 0 } }
    }

    /// "12 Sep 2026 14:05", or only the day.
    fn when(&self, at: &DateTime<FixedOffset>) -> String {
        let day = date_words::day(at.date_naive());
        if self.when > 11 { format!("{day:>11} {}", at.format("%H:%M")) } else { day }
    }
}

fn draw_row(view: &View<'_>, entry: &TrailEntry, columns: &Columns, area: Area, buf: &mut Buffer) {
    let (theme, register) = (view.theme, view.world.register);
    let when = columns.when(&entry.at);
    let meeting = entry.meeting.and_then(|id| register.meeting(id)).map(|meeting| register.meeting_name(meeting));
    let plan = entry.line.plan.and_then(|id| register.plan(id)).map_or("", |plan| plan.slug());
    let row = [
        (columns.when, when.as_str(), theme.dim),
        (columns.who, entry.author.as_str(), theme.text),
        (columns.meeting, meeting.as_deref().unwrap_or(""), theme.dim),
        (columns.plan, plan, theme.dim),
        (columns.reference, entry.line.reference.as_str(), theme.strong),
    ];
    let x = columns_from(area, row, buf);
    let room = (area.x + area.cols).saturating_sub(x + 1);
    paint::line(buf, x, area.y, room, &happened(view, entry, usize::from(room)));
}

/// What was merged, in the columns of the changes.
fn draw_arrival(view: &View<'_>, arrival: &Arrival, columns: &Columns, area: Area, buf: &mut Buffer) {
    let (theme, when) = (view.theme, columns.when(&arrival.at));
    let empty = |cols| (cols, "", theme.dim);
    let who = (columns.who, arrival.author.as_str(), theme.text);
    let row = [
        (columns.when, when.as_str(), theme.dim),
        who,
        empty(columns.meeting),
        empty(columns.plan),
        empty(columns.reference),
    ];
    let x = columns_from(area, row, buf);
    let room = (area.x + area.cols).saturating_sub(x + 1);
    paint::words(buf, x, area.y, room, &arrival.sentence(), theme.accent);
}

/// Draws the columns that there are; returns where the text begins.
fn columns_from(area: Area, row: [(u16, &str, Style); 5], buf: &mut Buffer) -> u16 {
    let mut x = area.x + 3;
    for (cols, words, style) in row.into_iter().filter(|(cols, ..)| *cols > 0) {
        paint::words(buf, x, area.y, cols, words, style);
        x += cols + 2;
    }
    x
}

/// What happened, without the reference already shown; for a text, its old and new wording.
fn happened(view: &View<'_>, entry: &TrailEntry, room: usize) -> Line<'static> {
    let line = &entry.line;
    let style = match entry.cause {
        Cause::Edit | Cause::Import { .. } | Cause::Erasure => view.theme.text,
        Cause::Undo { .. } | Cause::Redo { .. } => view.theme.dim,
    };
    let reference = format!("{} ", line.reference);
    let sentence =
        if line.reference.is_empty() { line.sentence.clone() } else { line.sentence.replacen(&reference, "", 1) };
    match (&line.from, &line.to) {
        // A split or joined action says so, and where the rest is.
        (Some(from), Some(to)) if line.what == "text" && sentence.contains(REWORDED) => both((from, to), room, style),
        (Some(_) | None, Some(_) | None) => Line::from(span(text::one_line(&sentence), style)),
    }
}

const REWORDED: &str = "reworded: ";

/// "reworded: long words be… → other long wo…": each side is shortened, so that both are visible.
fn both((from, to): (&str, &str), room: usize, style: Style) -> Line<'static> {
    let (from, to) = (text::one_line(from), text::one_line(to));
    let room = room.saturating_sub(REWORDED.len() + 3);
    let half = (room / 2).max(room.saturating_sub(text::width(&to)));
    let from = text::truncate(&from, half);
    Line::from(vec![span(format!("{REWORDED}{from} → {to}"), style)])
}

/// A merge in full.
fn whole_arrival(view: &View<'_>, arrival: &Arrival, room: Area) -> Vec<Line<'static>> {
    let theme = view.theme;
    let mut page = Page { view, cols: usize::from(room.cols).max(12), lines: Vec::new() };
    let day = date_words::weekday(arrival.at.date_naive());
    let head = span(format!("{day} {}", arrival.at.format("%H:%M")), theme.strong);
    page.push(vec![head, span(format!("  {}", arrival.author), theme.text)]);
    page.text(&arrival.sentence(), theme.text, 0);
    page.text(
        "When this file received them; the changes themselves are listed at the times of their writers.",
        theme.dim,
        0,
    );
    page.lines
}

/// A change in full.
fn whole(view: &View<'_>, entry: &TrailEntry, room: Area) -> Vec<Line<'static>> {
    let (theme, register) = (view.theme, view.world.register);
    let mut page = Page { view, cols: usize::from(room.cols).max(12), lines: Vec::new() };
    let day = date_words::weekday(entry.at.date_naive());
    let mut head = vec![span(format!("{day} {}", entry.at.format("%H:%M")), theme.strong)];
    head.push(span(format!("  {}", entry.author), theme.text));
    if let Some(meeting) = entry.meeting.and_then(|id| register.meeting(id)) {
        head.push(span(format!("  in the meeting of {}", register.meeting_name(meeting)), theme.dim));
    }
    page.push(head);
    page.text(&entry.line.sentence, theme.text, 0);
    for (label, words) in [("Before", &entry.line.from), ("After", &entry.line.to)] {
        // Not repeated where the sentence already says it all.
        if let Some(words) = words.as_ref().filter(|words| !entry.line.sentence.contains(words.as_str())) {
            page.fact(label, &[(words.clone(), theme.text)]);
        }
    }
    page.lines
}

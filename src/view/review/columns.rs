//! The columns of the document on the left; beside them what the selected column holds, and the result.

use ratatui::buffer::Buffer;
use ratatui::text::Line;

use super::super::View;
use super::super::page::{self, Page};
use super::super::paint::{self, span};
use crate::app::layout::Area;
use crate::app::screen::review::{Columns, Review};
use crate::app::screen::walk::Focus;
use crate::domain::draft::{DraftColumn, DraftTable};
use crate::domain::mend::{self, At};
use crate::text::{self, counted};

/// How many actions are shown as currently understood.
const SHOWN: usize = 3;

/// One line: a table, or one of its columns.
enum Row<'a> {
    Gap,
    Table(&'a DraftTable),
    Column(Columns, &'a DraftTable, &'a DraftColumn),
}

pub fn draw(view: &View<'_>, review: &Review, area: Area, buf: &mut Buffer) {
    let rows = rows(review);
    let is_here = |row: &Row<'_>| matches!(row, Row::Column(at, ..) if Some(*at) == review.columns);
    let cursor = rows.iter().position(is_here).unwrap_or(0);
    let fits = usize::from(area.rows).max(1);
    let top = (cursor + 1).saturating_sub(fits);
    for (y, (at, row)) in (area.y..).zip(rows.iter().enumerate().skip(top).take(fits)) {
        let line = Area { y, rows: 1, ..area };
        draw_row(view, review, row, line, buf);
        if at == cursor {
            paint::words(buf, line.x, line.y, 1, "▌", view.theme.accent);
            paint::fill(buf, line, view.theme.selected);
        }
    }
}

fn rows(review: &Review) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    for (at, table) in review.draft().tables.iter().enumerate() {
        if !rows.is_empty() {
            rows.push(Row::Gap);
        }
        rows.push(Row::Table(table));
        let columns = table.columns.iter().enumerate();
        rows.extend(columns.map(|(column, own)| Row::Column(Columns { table: at, column }, table, own)));
    }
    rows
}

fn draw_row(view: &View<'_>, review: &Review, row: &Row<'_>, area: Area, buf: &mut Buffer) {
    let theme = view.theme;
    match row {
        Row::Gap => {}
        Row::Table(table) => {
            let read = if table.is_read { "" } else { ", not part of the plan" };
            let words = format!("{}  {}{read}", table.place, counted(table.rows, "row"));
            paint::words(buf, area.x + 1, area.y, area.cols.saturating_sub(2), &words, theme.accent);
        }
        Row::Column(at, table, column) => {
            let names: Vec<&str> = column.fields.iter().map(|field| name(review, field)).collect();
            let (words, style) =
                if names.is_empty() { ("not used".into(), theme.dim) } else { (names.join(" and "), theme.strong) };
            let edge = paint::right(buf, area, area.y, &Line::from(span(words, style)));
            let header = table.address(at.column);
            paint::words(
                buf,
                area.x + 3,
                area.y,
                edge.saturating_sub(area.x + 5),
                &text::one_line(&header),
                theme.text,
            );
        }
    }
}

/// A field's display name.
fn name<'a>(review: &'a Review, field: &'a str) -> &'a str {
    review.kinds.iter().find(|kind| kind.key == field).map_or(field, |kind| kind.name.as_str())
}

pub fn detail(view: &View<'_>, review: &Review, area: Area, buf: &mut Buffer) {
    let Some((_, column)) = review.column() else { return };
    let mut page = Page { view, cols: usize::from(page::inside(area).cols).max(12), lines: Vec::new() };
    page.column(review, column);
    page.effect(review);
    page::scrolled(view, &page.lines, (review.detail_top, Focus::List), area, buf);
}

impl Page<'_> {
    fn column(&mut self, review: &Review, column: &DraftColumn) {
        let theme = self.view.theme;
        self.push(vec![span("In this column", theme.accent)]);
        for sample in &column.samples {
            let shown = text::truncate(&text::one_line(sample), self.cols * 2);
            self.text(&shown, theme.text, 2);
        }
        if column.samples.is_empty() {
            self.text("Nothing: every cell is empty.", theme.dim, 2);
        }
        self.heading("Read as");
        for field in &column.fields {
            let kind = review.kinds.iter().find(|kind| kind.key == *field);
            let sentence = kind.map_or("", |kind| kind.sentence.as_str()).to_owned();
            let words = format!("{}: {sentence}", name(review, field));
            self.text(&words, theme.text, 2);
        }
        if column.fields.is_empty() {
            self.text("Not used. Its text is kept with each action, as written.", theme.dim, 0);
        }
    }

    /// What is understood now, so that the effect of a change is seen at once.
    fn effect(&mut self, review: &Review) {
        let theme = self.view.theme;
        let draft = review.draft();
        self.heading("Result");
        let actions = counted(draft.all_actions().count(), "action");
        self.text(&format!("{actions}, {}", counted(review.doubts(), "doubt")), theme.strong, 0);
        let places = mend::places(draft).filter(|at| matches!(at, At::Action(_)));
        for at in places.take(SHOWN) {
            let words = mend::words(draft, at);
            let reference = review.reference_of(at);
            let shown = text::truncate(&text::one_line(&words.text), self.cols * 2);
            self.gap();
            self.fact(&reference, &[(shown, theme.text)]);
            if !words.leads.is_empty() {
                self.fact("Lead", &[(words.leads.join(" · "), theme.text)]);
            }
            let targets: Vec<&str> = words.targets.iter().map(|target| target.raw.as_str()).collect();
            if !targets.is_empty() {
                self.fact("Target", &[(targets.join("; "), theme.text)]);
            }
            if !words.rating.is_empty() {
                self.fact("Rating", &[(words.rating, theme.text)]);
            }
        }
    }
}

//! Help: every key that works here, and why others do not.

use ratatui::buffer::Buffer;
use ratatui::style::Style;
use ratatui::text::Line;

use super::super::View;
use super::super::paint::{self, span};
use super::frame;
use crate::app::guide;
use crate::app::layout::{Size, centred};
use crate::app::manual::{self, HelpLine};
use crate::app::overlay::help::Help;
use crate::text;

const KEY_COLS: usize = 18;

pub fn draw(view: &View<'_>, state: &Help, size: Size, buf: &mut Buffer) {
    let area = centred(size, 104, size.rows.saturating_sub(2));
    let inner = frame(view, area, "Help: the keys that work here", buf);
    let lines = lines(view, usize::from(inner.cols));
    let top = usize::from(state.top).min(lines.len().saturating_sub(usize::from(inner.rows)));
    for (y, line) in (inner.y..inner.y + inner.rows).zip(lines.iter().skip(top)) {
        paint::line(buf, inner.x, y, inner.cols, line);
    }
    let more = top + usize::from(inner.rows) < lines.len();
    let edge = (area.x + area.cols).saturating_sub(1);
    if more {
        paint::words(buf, edge, (inner.y + inner.rows).saturating_sub(1), 1, "▼", view.theme.accent);
    }
    if top > 0 {
        paint::words(buf, edge, inner.y, 1, "▲", view.theme.accent);
    }
}

fn lines(view: &View<'_>, cols: usize) -> Vec<Line<'static>> {
    let mut lines = meeting(view, cols);
    for (scope, group) in manual::help(view.model, view.world) {
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        lines.push(Line::from(span(scope.title(), view.theme.accent)));
        lines.extend(group.iter().flat_map(|line| row(view, line, cols)));
    }
    lines.push(Line::default());
    lines.push(Line::from(span("Marks", view.theme.accent)));
    for (mark, words) in [
        ("!", "overdue: the last possible day has passed and the action is not settled"),
        ("~", "in doubt: part of the document could not be read with certainty"),
        ("?", "challenged: there is something to ask about it, in the detail"),
        ("*", "shown because it is for all agencies"),
        ("≠", "two people changed it separately"),
    ] {
        lines.push(Line::from(vec![
            span(format!("{mark:<KEY_COLS$}"), view.theme.strong),
            span(words, view.theme.text),
        ]));
    }
    lines.push(Line::default());
    let chapter = guide::chapter_here(view.model, view.world);
    let words = format!("A quarter in the life of a board, step by step: arising guide {chapter}, or docs/GUIDE.md");
    lines.push(Line::from(span(words, view.theme.text)));
    lines
}

/// How to run a meeting, above all the rest: it is what help is looked for in a room full of people.
fn meeting(view: &View<'_>, cols: usize) -> Vec<Line<'static>> {
    let steps = manual::meeting(view.model, view.world);
    let title = (!steps.is_empty()).then(|| Line::from(span("Running a meeting", view.theme.accent)));
    let (theme, strong) = (view.theme.text, view.theme.strong);
    let steps = steps.into_iter().flat_map(|(keys, words)| wrapped((keys, strong), (words, theme), cols));
    title.into_iter().chain(steps).collect()
}

/// A key, what it does and, if so, why it does not work now.
fn row(view: &View<'_>, line: &HelpLine<'_>, cols: usize) -> Vec<Line<'static>> {
    let theme = view.theme;
    let (key_style, style) = if line.why_not.is_some() { (theme.dim, theme.dim) } else { (theme.strong, theme.text) };
    let why = line.why_not.as_ref().map(|why| format!(" ({why})")).unwrap_or_default();
    let words = format!("{}{why}", line.binding.command.help);
    wrapped((line.binding.key_names(), key_style), (&words, style), cols)
}

/// Keys on the left, what they do beside them, each on as many lines as it takes.
fn wrapped((keys, key_style): (String, Style), (words, style): (&str, Style), cols: usize) -> Vec<Line<'static>> {
    let (mut words, mut keys) =
        (text::wrap(words, cols.saturating_sub(KEY_COLS).max(10)), text::wrap(&keys, KEY_COLS - 1));
    let count = words.len().max(keys.len());
    words.resize(count, String::new());
    keys.resize(count, String::new());
    let rows = words.into_iter().zip(keys);
    rows.map(|(words, keys)| Line::from(vec![span(format!("{keys:<KEY_COLS$}"), key_style), span(words, style)]))
        .collect()
}

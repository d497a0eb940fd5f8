//! The card: one action filling the screen, well spaced, to be read from the back of the room.

use ratatui::buffer::Buffer;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::View;
use super::detail::{badge_words, lateness};
use super::paint::{self, span};
use super::theme::shape;
use crate::app::layout::{self, Size};
use crate::app::screen::walk::Walk;
use crate::domain::action::{Action, Closure};
use crate::domain::challenge;
use crate::domain::chase;
use crate::domain::describe;
use crate::domain::particular::{Nature, Particular};
use crate::domain::recurring;
use crate::text;

const LABEL_COLS: usize = 9;
/// Longer lines are hard to follow across a room.
const WIDEST: u16 = 96;

pub fn draw(view: &View<'_>, walk: &Walk, size: Size, buf: &mut Buffer) {
    let Some(action) = walk.action().and_then(|id| view.world.register.action(id)) else { return };
    let bands = layout::bands(size);
    let rows = bands.toast.y.saturating_sub(2);
    let cols = size.cols.saturating_sub(8).min(WIDEST);
    let x = (size.cols - cols) / 2;
    let lines = lines(view, walk, action, &Room { cols: usize::from(cols), airy: size.rows >= 30 });
    let top = usize::from(walk.detail_top).min(lines.len().saturating_sub(usize::from(rows)));
    let first = if size.rows >= 30 { 3 } else { 2 };
    for (y, line) in (first..first + rows).zip(lines.iter().skip(top)) {
        if y < bands.toast.y {
            paint::line(buf, x, y, cols, line);
        }
    }
}

struct Room {
    cols: usize,
    /// Whether the action's lines are double-spaced.
    airy: bool,
}

fn lines(view: &View<'_>, walk: &Walk, action: &Action, room: &Room) -> Vec<Line<'static>> {
    let theme = view.theme;
    let mut lines = vec![head(view, walk, action, room.cols), Line::default(), Line::default()];
    for line in text::wrap(action.text(), room.cols) {
        lines.push(Line::from(span(line, theme.strong)));
        if room.airy {
            lines.push(Line::default());
        }
    }
    lines.push(Line::default());
    let mut add = |label: &str, words: &str, style: Style, note: Option<(String, Style)>| {
        lines.extend(labelled(view, label, words, style, note, room.cols));
        lines.push(Line::default());
    };
    let leads = super::list::leads(view, action);
    let via: Vec<&str> = action.via().iter().map(|lead| view.world.register.party_name(lead.party)).collect();
    let via = (!via.is_empty()).then(|| (format!("overseen by {}", via.join(" · ")), theme.dim));
    add("Lead", if leads.is_empty() { "none named" } else { &leads }, theme.text, via);
    let target: Vec<&str> = action.targets().iter().map(|target| target.raw.as_str()).collect();
    add(
        "Target",
        if target.is_empty() { "none stated".into() } else { target.join(" · ") }.as_str(),
        theme.text,
        lateness(view, action),
    );
    if let Some(asked) = action.extension() {
        add("Asked", &format!("{}{}", asked.wanted(), asked.because()), theme.doubt, None);
    }
    if let Some(words) = chase::asked_words(view.world.register, action) {
        let style = if action.unanswered().is_some() { theme.doubt } else { theme.dim };
        add("Chased", &words, style, None);
    }
    let rec = action.recommendation.and_then(|id| view.world.register.recommendation(id));
    for term in Particular::ALL.iter().filter(|of| of.nature() == Nature::Term) {
        if let Some(words) = rec.map(|rec| term.of(rec)).filter(|words| !words.is_empty()) {
            add(term.label(), words, theme.text, None);
        }
    }
    for (label, words) in ended(view, action) {
        add(label, &words, theme.strong, None);
    }
    for minute in view.open_meeting().iter().flat_map(|meeting| meeting.minutes_of(action.id)) {
        let between = if minute.said.text.is_empty() { "" } else { ": " };
        let words = format!("{}{between}{}", describe::minute_word(minute.said.kind), minute.said.text);
        add("Meeting", &words, theme.strong, None);
    }
    for (label, entry) in ["Now", "Before"].into_iter().zip(action.newest_first()) {
        add(label, &entry.said.text, theme.text, Some((entry.said_by(), theme.dim)));
    }
    for challenge in challenge::challenges(view.world.register, action, view.world.today()) {
        add("Challenge", &challenge, theme.doubt, None);
    }
    lines
}

/// The closure with its evidence, where that is, and which action follows.
fn ended(view: &View<'_>, action: &Action) -> Vec<(&'static str, String)> {
    let said = |(how, words): (&str, &str)| if words.is_empty() { how.into() } else { format!("{how}: {words}") };
    let at = Some(action.evidence_at()).filter(|at| !at.is_empty()).map(|at| ("Evidence", format!("at {at}")));
    let again = recurring::words(view.world.register, action).into_iter().map(|words| ("Again", words));
    closure(action).map(|closure| ("Closure", said(closure))).into_iter().chain(at).chain(again).collect()
}

/// The state of the closure, and the evidence for it.
fn closure(action: &Action) -> Option<(&'static str, &str)> {
    match action.closure.get()? {
        Closure::Open => None,
        Closure::Proposed { evidence } => Some(("proposed", evidence)),
        Closure::Closed { evidence } => Some(("agreed, closed", evidence)),
        Closure::NotImplemented { reason } => Some(("not implemented", reason)),
    }
}

fn head(view: &View<'_>, walk: &Walk, action: &Action, cols: usize) -> Line<'static> {
    let (theme, register) = (view.theme, view.world.register);
    let reference = register.reference(action);
    let (words, hue) = badge_words(view, action);
    let chip = format!("  {} {}  ", shape(hue), words.to_uppercase());
    let rec = action.recommendation.and_then(|id| register.recommendation(id)).map(|rec| text::flat(rec.text()));
    let place = format!("{} of {}", walk.place(), walk.shown());
    let room = cols.saturating_sub(text::width(&reference) + text::width(&chip) + 5);
    let rec = text::truncate(&rec.unwrap_or(place), room);
    let gap = room.saturating_sub(text::width(&rec)) + 2;
    Line::from(vec![
        span(reference, theme.strong),
        Span::raw("   "),
        span(rec, theme.dim),
        Span::raw(" ".repeat(gap)),
        span(chip, theme.chip(hue)),
    ])
}

fn labelled(
    view: &View<'_>,
    label: &str,
    words: &str,
    style: Style,
    note: Option<(String, Style)>,
    cols: usize,
) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    let room = cols.saturating_sub(LABEL_COLS).max(8);
    for (at, row) in text::wrap(words, room).into_iter().enumerate() {
        let label = if at == 0 { label } else { "" };
        lines.push(Line::from(vec![span(format!("{label:<LABEL_COLS$}"), view.theme.accent), span(row, style)]));
    }
    if let Some((note, note_style)) = note {
        let last =
            lines.last_mut().filter(|line| paint::width(line) + text::width(&note) + 3 <= cols && words.len() < room);
        match last {
            Some(line) => line.spans.extend([Span::raw("   "), span(note, note_style)]),
            None => lines.push(Line::from(vec![Span::raw(" ".repeat(LABEL_COLS)), span(note, note_style)])),
        }
    }
    lines
}

//! The last two lines: what just happened, and the keys most useful here.

use ratatui::buffer::Buffer;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::paint::{self, span};
use super::{View, header, history, paper};
use crate::app::keymap::Binding;
use crate::app::layout::{self, Size};
use crate::app::model::Toast;
use crate::app::scope::Scope;
use crate::app::screen::Screen;
use crate::app::screen::walk::Look;
use crate::text;

pub fn draw(view: &View<'_>, size: Size, buf: &mut Buffer) {
    let bands = layout::bands(size);
    toast(view, bands.toast, buf);
    paint::clear(buf, bands.footer, view.theme.bar);
    let place = place(view, size);
    let left = place.map_or(size.cols, |place| {
        paint::right(buf, bands.footer, bands.footer.y, &Line::from(span(place, view.theme.dim)))
    });
    let room = usize::from(left.saturating_sub(2));
    paint::line(buf, 1, bands.footer.y, left.saturating_sub(1), &keys(view, room));
}

/// The position in the walk, or the progress of the meeting, shortened to leave room for the keys.
fn place(view: &View<'_>, size: Size) -> Option<String> {
    let words = match &view.model.screen {
        Screen::Walk(_) | Screen::Plans(_) if view.open_meeting().is_some() => meeting(view),
        Screen::Walk(walk) if walk.action().is_some() => vec![format!("{} of {}", walk.place(), walk.shown())],
        Screen::Paper(paper) => vec![paper::place(paper, view.model.size)],
        Screen::History(found) => vec![history::place(found)],
        Screen::Walk(_) | Screen::Plans(_) | Screen::Welcome(_) | Screen::Review(_) => Vec::new(),
    };
    let room = |at: usize| match at {
        _ if at + 1 == words.len() => KEYS,
        0 => ALL_KEYS_OF_MEETING,
        _ => KEYS_OF_MEETING,
    };
    let fits = |(at, words): &(usize, &String)| text::width(words) + room(*at) < usize::from(size.cols);
    words.iter().enumerate().find(fits).map(|(_, words)| words.clone())
}

/// Columns reserved for the keys.
const KEYS: usize = 40;
/// Columns reserved in a meeting, where Space is one of the keys; the position is shortened before that key is dropped.
const KEYS_OF_MEETING: usize = 56;
/// The same for all the keys that a meeting needs: only a window with room to spare names the body and the time as well.
const ALL_KEYS_OF_MEETING: usize = 96;

/// "OPS · 14:05 · 3 of 6 discussed" and shorter forms; on the card with the agenda item, which the walk shows above.
fn meeting(view: &View<'_>) -> Vec<String> {
    let register = view.world.register;
    let Some(meeting) = view.open_meeting() else { return Vec::new() };
    let body = text::truncate(meeting.body().map_or("meeting", |body| register.party_name(body)), 24);
    let time = view.world.env.now.format("%H:%M");
    let discussed = format!("{} of {} discussed", meeting.dealt_with(), meeting.items().len());
    let card = view.model.screen.walk().filter(|walk| walk.look == Look::Card);
    let item = card.and_then(|walk| header::item(view, walk)).map(|item| format!("{item} · ")).unwrap_or_default();
    let least = format!("√ {}/{}", meeting.dealt_with(), meeting.items().len());
    vec![format!("{item}{body} · {time} · {discussed}"), format!("{item}{discussed}"), discussed, least]
}

fn toast(view: &View<'_>, area: layout::Area, buf: &mut Buffer) {
    let theme = view.theme;
    match &view.model.toast {
        None => {}
        Some(Toast::Said(words)) => long(area, words, theme.text, theme.text, buf),
        Some(Toast::Refused(problem)) => {
            let elsewhere = view.model.elsewhere.as_deref().unwrap_or_default();
            long(area, &format!("{problem} {elsewhere}"), theme.alarm, theme.text, buf);
        }
        Some(Toast::Saved(sentence)) => saved(view, sentence, area, buf),
    }
}

/// What was saved, what others have changed since, and how to undo your own change.
fn saved(view: &View<'_>, sentence: &str, area: layout::Area, buf: &mut Buffer) {
    let theme = view.theme;
    let undo = view.model.keymap.named("undo").map(entry).unwrap_or_default();
    let hint = Line::from(vec![span(undo.0, theme.accent), span(format!(" {}", undo.1), theme.dim)]);
    let room = paint::right(buf, area, area.y, &hint).saturating_sub(3);
    let Some(elsewhere) = &view.model.elsewhere else {
        paint::words(buf, 1, area.y, room, &shortened(sentence, room), theme.strong);
        return;
    };
    let own = shortened(sentence, room / 2);
    let used = u16::try_from(text::width(&own)).unwrap_or(room) + 3;
    paint::words(buf, 1, area.y, room, &own, theme.strong);
    paint::words(buf, 1 + used, area.y, room.saturating_sub(used), elsewhere, theme.text);
}

/// A sentence of up to three lines: the last goes on the message line, the others above it.
fn long(area: layout::Area, words: &str, style: Style, ground: Style, buf: &mut Buffer) {
    let lines = text::wrap(&text::harmless(words), usize::from(area.cols.saturating_sub(2)).max(1));
    let shown = u16::try_from(lines.len().min(3)).unwrap_or(1);
    let first = (area.y + 1).saturating_sub(shown);
    if shown > 1 {
        paint::clear(buf, layout::Area { y: first, rows: shown, ..area }, ground);
    }
    for (y, line) in (first..=area.y).zip(&lines) {
        paint::words(buf, 1, y, area.cols.saturating_sub(2), line, style);
    }
}

/// Shortens a sentence before its end, so that "saved" is always visible.
fn shortened(sentence: &str, cols: u16) -> String {
    let cols = usize::from(cols);
    let Some(words) = sentence.strip_suffix(", saved").filter(|_| text::width(sentence) > cols) else {
        return sentence.to_owned();
    };
    format!("{}, saved", text::truncate(words, cols.saturating_sub(7)))
}

/// A command's first key and its label.
fn entry(binding: &Binding) -> (String, String) {
    (binding.key(), binding.command.label.to_owned())
}

/// The keys that fit into `room` columns, the most important first; help is always among them.
fn keys(view: &View<'_>, room: usize) -> Line<'static> {
    let mut entries = entries(view);
    while entries.len() > 1 && total(&entries) > room {
        let least = entries.iter().enumerate().max_by_key(|(at, entry)| (entry.rank, *at)).map_or(0, |(at, _)| at);
        entries.remove(least);
    }
    let mut spans: Vec<Span<'static>> = Vec::new();
    for entry in entries {
        if !spans.is_empty() {
            spans.push(Span::raw("   "));
        }
        spans.push(span(entry.keys, view.theme.accent));
        spans.push(span(format!(" {}", entry.label), view.theme.bar));
    }
    Line::from(spans)
}

struct Entry {
    keys: String,
    label: &'static str,
    rank: u8,
}

fn total(entries: &[Entry]) -> usize {
    entries.iter().map(|entry| text::width(&entry.keys) + text::width(entry.label) + 4).sum::<usize>().saturating_sub(3)
}

fn entries(view: &View<'_>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for scope in view.model.listening() {
        for binding in view.model.keymap.in_scope(*scope).filter(|binding| !binding.keys.is_empty()) {
            let command = binding.command;
            let Some(rank) = command.footer.rank(*scope, view.open_meeting().is_some()) else { continue };
            if *scope != Scope::Everywhere && command.unavailable(view.model, view.world).is_some() {
                continue;
            }
            let label = (command.label_now)(view.model, view.world).unwrap_or(command.label);
            match entries.last_mut().filter(|last| last.label == label) {
                Some(last) => last.keys = format!("{} {}", last.keys, binding.key()),
                None => entries.push(Entry { keys: binding.key(), label, rank }),
            }
        }
    }
    entries.sort_by_key(|entry| if entry.label == "help" { u8::MAX } else { entry.rank });
    entries
}

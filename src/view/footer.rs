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
use crate::app::screen::walk::{Look, Walk};
use crate::domain::meeting::Meeting;
use crate::domain::timing::{self, Keeping};
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
        Screen::Walk(_) | Screen::Plans(_) if view.open_meeting().is_some() => return meeting(view, size),
        Screen::Walk(walk) if walk.action().is_some() => format!("{} of {}", walk.place(), walk.shown()),
        Screen::Paper(paper) => paper::place(paper, view.model.size),
        Screen::History(found) => history::place(found),
        Screen::Walk(_) | Screen::Plans(_) | Screen::Welcome(_) | Screen::Review(_) => return None,
    };
    fits(&words, KEYS, size).then_some(words)
}

fn fits(words: &str, keys: usize, size: Size) -> bool {
    text::width(words) + keys < usize::from(size.cols)
}

/// Columns reserved for the keys.
const KEYS: usize = 40;
/// Columns reserved in a meeting, where Space is one of the keys; the position is shortened before that key is dropped.
const KEYS_OF_MEETING: usize = 56;
/// The same for all the keys that a meeting needs: the longest form that leaves them this room is shown.
const ALL_KEYS_OF_MEETING: usize = 96;

/// "OPS · 14:05 · 35 min · 4 of 15 min · 3 of 6 discussed" and shorter forms; on the card with the agenda item, which the walk
/// shows above. How the item keeps to its time goes last, and that it is over its time never.
fn meeting(view: &View<'_>, size: Size) -> Option<String> {
    let register = view.world.register;
    let meeting = view.open_meeting()?;
    let body = text::truncate(meeting.body().map_or("meeting", |body| register.party_name(body)), 24);
    let time = view.world.env.now.format("%H:%M").to_string();
    let (done, all) = (meeting.dealt_with(), meeting.items().len());
    let card = view.model.screen.walk().filter(|walk| walk.look == Look::Card);
    let item = card.and_then(|walk| header::item(view, walk)).map(|item| format!("{item} · ")).unwrap_or_default();
    let elapsed = meeting.elapsed(view.world.env.now.naive_local()).map(timing::minutes_words);
    let keeping = keeping(view, meeting);
    let is_over = matches!(keeping, Some(Keeping::Over { .. }));
    let of_item = keeping.map(Keeping::words);
    let (elapsed, of_item) = (elapsed.as_deref(), of_item.as_deref());
    let joined = |parts: &[Option<&str>]| parts.iter().copied().flatten().collect::<Vec<_>>().join(" · ");
    let timed = joined(&[elapsed, of_item, Some(&format!("{done} of {all} discussed"))]);
    let (short, least) = (format!("√ {done} of {all}"), format!("√ {done}/{all}"));
    let forms = [
        format!("{item}{}", joined(&[Some(&body), Some(&time), Some(&timed)])),
        format!("{item}{timed}"),
        timed,
        joined(&[elapsed, of_item, Some(&short)]),
        joined(&[of_item.or(elapsed), Some(&short)]),
        joined(&[of_item.or(elapsed), Some(&least)]),
    ];
    let rooms = [ALL_KEYS_OF_MEETING, KEYS_OF_MEETING].into_iter().chain(is_over.then_some(KEYS));
    let found = rooms.into_iter().find_map(|keys| forms.iter().find(|words| fits(words, keys, size)));
    found.cloned().or_else(|| fits(&least, KEYS, size).then_some(least))
}

/// How the item that the screen is on keeps to its time.
fn keeping(view: &View<'_>, meeting: &Meeting) -> Option<Keeping> {
    let item = view.model.screen.walk().and_then(Walk::action).filter(|item| meeting.place_of(*item).is_some())?;
    view.model.pace.keeping(meeting, item, view.world.env.now)
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
    if text::width(sentence) + text::width(elsewhere) + 3 > usize::from(room) && area.y > 0 {
        paint::words(buf, 1, area.y, room, &shortened(sentence, room), theme.strong);
        let above = layout::Area { y: area.y - 1, ..area };
        paint::clear(buf, above, theme.text);
        long(above, elsewhere, theme.text, theme.text, buf);
        return;
    }
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
    while entries.len() > 1 && total(&entries, CLOSE) > room {
        let least = entries.iter().enumerate().max_by_key(|(at, entry)| (entry.rank, *at)).map_or(0, |(at, _)| at);
        entries.remove(least);
    }
    let blanks = if total(&entries, APART) > room { CLOSE } else { APART };
    let mut spans: Vec<Span<'static>> = Vec::new();
    for entry in entries {
        if !spans.is_empty() {
            spans.push(Span::raw(" ".repeat(blanks)));
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

/// The blanks between two keys: as few as needed for one key more.
const APART: usize = 3;
const CLOSE: usize = 2;

/// The columns of all entries with so many blanks between them.
fn total(entries: &[Entry], blanks: usize) -> usize {
    let cols = entries.iter().map(|entry| text::width(&entry.keys) + 1 + text::width(entry.label) + blanks);
    cols.sum::<usize>().saturating_sub(blanks)
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

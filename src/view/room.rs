//! The room's window: what the chair's screen is on, to be read from the back, and nothing that is only for the chair.

use ratatui::buffer::Buffer;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::paint::{self, span};
use super::theme::{Theme, shape};
use crate::app::layout::{Area, Size};
use crate::app::room::Spot;
use crate::domain::action::Action;
use crate::domain::date_words;
use crate::domain::describe::sentence;
use crate::domain::marking;
use crate::domain::meeting::Meeting;
use crate::domain::query;
use crate::domain::rating::Hue;
use crate::domain::register::Register;
use crate::domain::timing;
use crate::env::Env;
use crate::text;

/// Longer lines are hard to follow across a room.
const WIDEST: u16 = 96;
const LABEL_COLS: usize = 10;

/// What the window draws from.
#[derive(Clone, Copy)]
pub struct Room<'a> {
    pub register: &'a Register,
    pub env: &'a Env,
    pub spot: Spot,
    pub theme: &'a Theme,
}

/// Draws the whole window.
pub fn draw(room: &Room<'_>, buf: &mut Buffer) {
    let size = Size { cols: buf.area.width, rows: buf.area.height };
    paint::fill(buf, Area { x: 0, y: 0, cols: size.cols, rows: size.rows }, room.theme.text);
    let action = match room.spot {
        Spot::Action(id) => room.register.action(id),
        Spot::Calm | Spot::Blank => None,
    };
    match (room.spot, action) {
        (Spot::Blank, _) => {}
        (Spot::Action(_), Some(action)) => card(room, action, size, buf),
        (Spot::Action(_) | Spot::Calm, _) => calm(room, size, buf),
    }
    paint::scrub(buf);
}

/// The board's name, and what comes next.
fn calm(room: &Room<'_>, size: Size, buf: &mut Buffer) {
    let meeting = room.register.open_meeting();
    let mut lines = vec![(board(room.register, meeting), room.theme.strong)];
    lines.extend(meeting.and_then(Meeting::day).map(|day| (date_words::weekday(day), room.theme.dim)));
    let elapsed = meeting.and_then(|meeting| meeting.elapsed(room.env.now.naive_local()));
    lines.extend(elapsed.map(|minutes| (timing::minutes_words(minutes), room.theme.dim)));
    let cols = usize::from(size.cols.saturating_sub(8).min(WIDEST));
    if let Some(next) = meeting.map(|meeting| next(room.register, meeting)) {
        lines.push((String::new(), room.theme.text));
        lines.extend(text::wrap(&next, cols).into_iter().map(|line| (line, room.theme.text)));
    }
    let first = size.rows.saturating_sub(u16::try_from(lines.len()).unwrap_or(u16::MAX)) / 2;
    for (y, (line, style)) in (first..size.rows).zip(lines) {
        let x = size.cols.saturating_sub(u16::try_from(text::width(&line)).unwrap_or(u16::MAX)) / 2;
        paint::words(buf, x, y, size.cols, &line, style);
    }
}

/// The body that meets or met last, or the plan.
fn board(register: &Register, meeting: Option<&Meeting>) -> String {
    let last = meeting.or_else(|| register.visible_meetings().next_back());
    let body = last.and_then(Meeting::body).map(|body| register.party_name(body).to_owned());
    let plan = || register.visible_plans().next().map(|plan| plan.title().to_owned());
    body.or_else(plan).unwrap_or_else(|| "Action plans".into())
}

fn next(register: &Register, meeting: &Meeting) -> String {
    let mut left = meeting.items().iter().filter(|item| !meeting.is_dealt_with(**item));
    match left.find_map(|item| register.action(*item)) {
        Some(action) => format!("Next: {}  {}", register.reference(action), opening(action.text())),
        None => sentence::nothing_left(meeting).into(),
    }
}

/// The first sentence of a text.
fn opening(words: &str) -> String {
    let words = text::flat(words);
    sentences(&words).next().map_or_else(String::new, str::to_owned)
}

/// A text sentence by sentence, each up to its full stop.
fn sentences(words: &str) -> impl Iterator<Item = &str> {
    words.split_inclusive(". ").map(str::trim_end)
}

/// One piece of the card. Those with the highest rank go first where there is no room for all.
struct Piece {
    rank: u8,
    lines: Vec<Line<'static>>,
}

fn card(room: &Room<'_>, action: &Action, size: Size, buf: &mut Buffer) {
    let cols = size.cols.saturating_sub(4).min(WIDEST);
    let x = (size.cols - cols) / 2;
    top(room, action, size, buf);
    let rows = usize::from(size.rows.saturating_sub(3));
    let airy = size.rows >= 30;
    let cols_inside = usize::from(cols).max(12);
    let pieces = pieces(room, action, cols_inside, airy);
    let lines = fitted(pieces, rows, || shortened(room, action, cols_inside, rows));
    for (y, line) in (2..size.rows).zip(&lines) {
        paint::line(buf, x, y, cols, line);
    }
}

/// The board, the place on the agenda, and the marking.
fn top(room: &Room<'_>, action: &Action, size: Size, buf: &mut Buffer) {
    let bar = Area { x: 0, y: 0, cols: size.cols, rows: 1 };
    paint::clear(buf, bar, room.theme.bar);
    let meeting = room.register.open_meeting();
    let place = meeting.and_then(|meeting| {
        let place = meeting.place_of(action.id)?;
        let slot = meeting.slot(action.id).map(|slot| format!(" ({})", timing::slot_words(slot)));
        Some(format!("Item {place} of {}{}", meeting.items().len(), slot.unwrap_or_default()))
    });
    let elapsed = meeting.and_then(|meeting| meeting.elapsed(room.env.now.naive_local()));
    let parts = place.into_iter().chain(elapsed.map(timing::minutes_words)).collect::<Vec<_>>().join(" · ");
    let place = (!parts.is_empty()).then_some(parts);
    let marking = marking::of(room.register.plan(action.plan));
    let gap = Span::raw(if place.is_some() && !marking.is_empty() { "   " } else { "" });
    let right =
        Line::from(vec![span(marking, room.theme.marking), gap, span(place.unwrap_or_default(), room.theme.strong)]);
    let at = paint::right(buf, bar, 0, &right);
    paint::words(buf, 1, 0, at.saturating_sub(3), &board(room.register, meeting), room.theme.strong);
}

fn pieces(room: &Room<'_>, action: &Action, cols: usize, airy: bool) -> Vec<Piece> {
    let mut words = Vec::new();
    for line in text::wrap(action.text(), cols) {
        words.push(Line::from(span(line, room.theme.strong)));
        words.extend(airy.then(Line::default));
    }
    let mut pieces = vec![Piece { rank: 0, lines: vec![head(room, action, cols)] }, Piece { rank: 0, lines: words }];
    let mut add = |rank, label: &str, said: &str, style: Style| {
        if !said.trim().is_empty() {
            pieces.push(Piece { rank, lines: labelled(room, label, said, style, cols) });
        }
    };
    add(1, "Lead", &leads(room.register, action), room.theme.text);
    add(1, "Target", &targets(action), room.theme.text);
    for decision in decisions(room.register, action, room.env) {
        add(2, "Meeting", &decision, room.theme.strong);
    }
    if let Some(entry) = action.newest_first().first() {
        add(3, "Progress", &format!("{} ({})", entry.said.text, entry.said_by()), room.theme.text);
    }
    let rec = action.recommendation.and_then(|id| room.register.recommendation(id));
    let meeting = room.register.open_meeting();
    add(
        5,
        "Agenda",
        &meeting.map_or_else(String::new, |meeting| agenda(room.register, meeting, action)),
        room.theme.dim,
    );
    add(4, "For", &rec.map_or_else(String::new, |rec| text::flat(rec.text())), room.theme.dim);
    pieces
}

/// The pieces for which there is room, with gaps after as many of them as there is room for.
fn fitted(mut pieces: Vec<Piece>, rows: usize, shortened: impl FnOnce() -> Vec<Line<'static>>) -> Vec<Line<'static>> {
    let height = |pieces: &[Piece]| pieces.iter().map(|piece| piece.lines.len()).sum::<usize>();
    while height(&pieces) > rows {
        let last =
            pieces.iter().enumerate().filter(|(_, piece)| piece.rank > 0).max_by_key(|(at, piece)| (piece.rank, *at));
        let Some((at, _)) = last else { return shortened() };
        pieces.remove(at);
    }
    let gaps = rows.saturating_sub(height(&pieces));
    let gapped = |(at, piece): (usize, Piece)| piece.lines.into_iter().chain((at < gaps).then(Line::default));
    pieces.into_iter().enumerate().flat_map(gapped).take(rows).collect()
}

/// Where not even the action's own words fit: as many of its sentences as do, and what the meeting has decided.
fn shortened(room: &Room<'_>, action: &Action, cols: usize, rows: usize) -> Vec<Line<'static>> {
    let decided = decisions(room.register, action, room.env).into_iter();
    let decided = decided.flat_map(|words| labelled(room, "Meeting", &words, room.theme.strong, cols));
    let mut decided: Vec<Line<'static>> = decided.take(rows / 2).collect();
    if !decided.is_empty() {
        decided.insert(0, Line::default());
    }
    let left = rows.saturating_sub(decided.len() + 2);
    let words = beginning(action.text(), cols, left).into_iter().map(|line| Line::from(span(line, room.theme.strong)));
    [head(room, action, cols), Line::default()].into_iter().chain(words).chain(decided).take(rows).collect()
}

/// As many sentences of a text as fit into that many lines, in the text's own lines, and that there are more.
fn beginning(words: &str, cols: usize, rows: usize) -> Vec<String> {
    const MORE: &str = "(more in the plan)";
    let mut shown = Vec::new();
    let mut said = String::new();
    for (at, sentence) in words.lines().flat_map(|line| sentences(line).enumerate()) {
        said += if said.is_empty() {
            ""
        } else if at == 0 {
            "\n"
        } else {
            " "
        };
        said += sentence;
        let lines = text::wrap(&format!("{said} {MORE}"), cols);
        if lines.len() > rows && !shown.is_empty() {
            break;
        }
        shown = lines;
    }
    // Of a sentence that is longer than the screen, its beginning.
    if shown.len() > rows {
        shown.truncate(rows.saturating_sub(1));
        shown.push(MORE.to_owned());
    }
    shown
}

fn head(room: &Room<'_>, action: &Action, cols: usize) -> Line<'static> {
    let reference = room.register.reference(action);
    let level = room.register.level(action).filter(|_| !action.is_closed());
    let hue = level.map_or(Hue::Grey, |level| level.hue);
    let chip = format!("  {} {}  ", shape(hue), sentence::state(action).to_uppercase());
    let gap = cols.saturating_sub(text::width(&reference) + text::width(&chip));
    Line::from(vec![span(reference, room.theme.strong), Span::raw(" ".repeat(gap)), span(chip, room.theme.chip(hue))])
}

fn labelled(room: &Room<'_>, label: &str, words: &str, style: Style, cols: usize) -> Vec<Line<'static>> {
    let lines = text::wrap(words, cols.saturating_sub(LABEL_COLS).max(8));
    let labels = std::iter::once(label).chain(std::iter::repeat(""));
    let line = |(label, words): (&str, String)| {
        Line::from(vec![span(format!("{label:<LABEL_COLS$}"), room.theme.accent), span(words, style)])
    };
    labels.zip(lines).map(line).collect()
}

/// The items of the agenda in order: "2.1 done · 3.1 now · 4.2".
fn agenda(register: &Register, meeting: &Meeting, here: &Action) -> String {
    let item = |action: &Action| {
        let state = if action.id == here.id {
            " now"
        } else if meeting.is_dealt_with(action.id) {
            " done"
        } else {
            ""
        };
        register.reference(action) + state
    };
    let items = meeting.items().iter().filter_map(|id| register.action(*id)).map(item);
    // A reference and its state stay on one line.
    items.map(|item| item.replace(' ', "\u{a0}")).collect::<Vec<_>>().join(" · ")
}

fn leads(register: &Register, action: &Action) -> String {
    let names: Vec<&str> = action.leads().iter().map(|lead| register.party_name(lead.party)).collect();
    names.join(" · ")
}

fn targets(action: &Action) -> String {
    let dates: Vec<&str> = action.targets().iter().map(|target| target.raw.as_str()).collect();
    let moved = query::slips(action).map(|moved| format!(" ({moved})")).unwrap_or_default();
    if dates.is_empty() { String::new() } else { dates.join(" · ") + &moved }
}

/// What the meeting that is open has decided about the action.
fn decisions(register: &Register, action: &Action, env: &Env) -> Vec<String> {
    let Some(meeting) = register.open_meeting() else { return Vec::new() };
    let day = meeting.day().unwrap_or(env.today);
    // Another meeting of the same day may have moved it.
    let is_of_this = meeting.worked.iter().any(|worked| worked.action == action.id);
    let moved = action.rating_move.iter().filter(|moved| is_of_this && moved.day >= day).map(|moved| {
        let from = moved.from.as_deref().unwrap_or(sentence::NOT_RATED);
        format!("{from} → {}", action.rating().unwrap_or(sentence::NOT_RATED))
    });
    let minutes = meeting.minutes_of(action.id).map(|minute| sentence::minuted(&minute.said));
    moved.chain(minutes).map(|words| text::capital(&words)).collect()
}

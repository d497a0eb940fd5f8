//! A form: its fields, how each was understood, and anything that prevents saving.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::style::Style;

use super::super::View;
use super::super::editor::{self, lay_out};
use super::super::paint;
use super::frame;
use crate::app::keymap::Binding;
use crate::app::layout::{Area, Size, centred};
use crate::app::overlay::field::{Echo, FormField, Holds, Parties, Room};
use crate::app::overlay::form::Form;
use crate::app::overlay::suggest::Suggestion;
use crate::domain::attending;
use crate::text;

const LABEL_COLS: u16 = 14;
/// The least height of a field for several lines.
const TEXT_ROWS: usize = 5;

/// One line of the form, ready to draw.
struct Row {
    label: &'static str,
    words: String,
    style: Style,
    /// Whether it belongs to a field that can be typed in.
    is_typed: bool,
}

pub fn draw(view: &View<'_>, form: &Form, size: Size, buf: &mut Buffer) -> Option<Position> {
    let cols = size.cols.saturating_sub(4).min(92);
    let field_cols = usize::from(cols.saturating_sub(4 + LABEL_COLS));
    let Laid { rows, cursor, begins } = rows(view, form, field_cols);
    let area = centred(size, cols, u16::try_from(rows.len()).unwrap_or(u16::MAX).saturating_add(3));
    let inner = frame(view, area, &form.heading(), buf);
    let top = cursor.0.saturating_sub(usize::from(inner.rows).saturating_sub(2));
    let below = begins.iter().filter(|at| **at >= top + usize::from(inner.rows)).count();
    let above = begins.iter().filter(|at| **at < top).count();
    beyond(view, area, above, below, buf);
    for (y, row) in (inner.y..inner.y + inner.rows).zip(rows.iter().skip(top)) {
        if row.is_typed {
            let field = Area { x: inner.x + LABEL_COLS, y, cols: inner.cols.saturating_sub(LABEL_COLS), rows: 1 };
            paint::fill(buf, field, view.theme.field);
        }
        paint::words(buf, inner.x, y, LABEL_COLS, row.label, view.theme.dim);
        paint::words(buf, inner.x + LABEL_COLS, y, inner.cols.saturating_sub(LABEL_COLS), &row.words, row.style);
    }
    let (x, y) = (u16::try_from(cursor.1).ok()?, u16::try_from(cursor.0 - top).ok()?);
    Some(Position { x: inner.x + LABEL_COLS + x, y: inner.y + y })
}

/// How many fields are outside the box, on its lower edge.
fn beyond(view: &View<'_>, area: Area, above: usize, below: usize, buf: &mut Buffer) {
    let next = view.model.keymap.key_of("form.next");
    let more = |arrow: &str, count: usize, place: &str| {
        (count > 0).then(|| format!("{arrow} {} {place}", text::counted(count, "more field")))
    };
    let below = more("↓", below, "below").map(|words| format!("{words}: {next}"));
    let words: Vec<String> = more("↑", above, "above").into_iter().chain(below).collect();
    if words.is_empty() {
        return;
    }
    let y = (area.y + area.rows).saturating_sub(1);
    let words = format!(" {} ", words.join("   "));
    paint::words(buf, area.x + 2, y, area.cols.saturating_sub(4), &words, view.theme.accent);
}

impl Row {
    fn said(words: impl Into<String>, style: Style) -> Row {
        Row { label: "", words: words.into(), style, is_typed: false }
    }

    fn typed(words: impl Into<String>, style: Style) -> Row {
        Row { label: "", words: words.into(), style, is_typed: true }
    }
}

/// The form's lines, where the cursor is among them, and where each field begins.
struct Laid {
    rows: Vec<Row>,
    cursor: (usize, usize),
    begins: Vec<usize>,
}

fn rows(view: &View<'_>, form: &Form, cols: usize) -> Laid {
    let theme = view.theme;
    let (mut rows, mut begins) = (Vec::new(), Vec::new());
    let mut cursor = (0, 0);
    if let Some(kept) = form.kept_words() {
        let key = view.model.keymap.named("form.bring-back").map(Binding::key_names).unwrap_or_default();
        let from = match form.kept.len() {
            0 | 1 => "unsaved from earlier".to_owned(),
            several => format!("unsaved from earlier, 1 of {several}"),
        };
        let back = format!("  {key} brings it back");
        let words =
            text::truncate(&text::one_line(&kept), cols.saturating_sub(text::width(&from) + text::width(&back) + 4));
        rows.push(Row::said(format!("{from}: “{words}”{back}"), theme.doubt));
    }
    for (at, field) in form.fields.iter().enumerate() {
        rows.push(Row::said("", theme.text));
        let place = rows.len();
        begins.push(place);
        let focus = if at == form.focus { Focus::Here } else { Focus::Elsewhere };
        let inside = field_rows(view, (field, form.echo(at, view.world)), focus, cols, &mut rows);
        if at == form.focus {
            cursor = (place + inside.0, inside.1);
        }
    }
    if let Some(problem) = &form.problem {
        rows.push(Row::said("", theme.text));
        let lines = text::wrap(&problem.to_string(), cols.max(8));
        rows.extend(lines.into_iter().map(|words| Row::said(words, theme.alarm)));
    }
    Laid { rows, cursor, begins }
}

/// Whether typing goes into a field.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Focus {
    Here,
    Elsewhere,
}

/// Adds a field's rows; returns the cursor's position among them.
fn field_rows(
    view: &View<'_>,
    (field, echo): (&FormField, Option<Echo>),
    focus: Focus,
    cols: usize,
    rows: &mut Vec<Row>,
) -> (usize, usize) {
    let theme = view.theme;
    let first = rows.len();
    if let Holds::Parties(Parties { chosen, room, marked, .. }) = &field.holds
        && !(chosen.is_empty() && *room == Room::Speaker)
    {
        let none = if *room == Room::OneBody { "choose who meets" } else { "none" };
        let words = if chosen.is_empty() { none.into() } else { named(chosen, *marked) };
        rows.extend(text::wrap(&words, cols.max(8)).into_iter().map(|words| Row::said(words, theme.strong)));
    }
    let before = rows.len() - first;
    let cursor = typed_rows(view, field, focus, cols, rows);
    if let Some(row) = rows.get_mut(first) {
        row.label = field.label;
    }
    suggestions(view, field, rows);
    let (mark, words, style) = match echo {
        Some(Echo::Understood(words)) => ("=", words, theme.dim),
        Some(Echo::Doubtful(words)) => ("?", words, theme.doubt),
        None => return (before + cursor.0, cursor.1),
    };
    let lines = text::wrap(&format!("{mark} {words}"), cols.max(8));
    rows.extend(lines.into_iter().map(|words| Row::said(words, style)));
    (before + cursor.0, cursor.1)
}

/// What is typed, in its field; returns the cursor's position in it.
fn typed_rows(view: &View<'_>, field: &FormField, focus: Focus, cols: usize, rows: &mut Vec<Row>) -> (usize, usize) {
    let theme = view.theme;
    let style = match focus {
        Focus::Here if field.editor.is_offered() => theme.selected,
        Focus::Here => theme.strong.patch(theme.field),
        Focus::Elsewhere => theme.field,
    };
    if let Holds::Parties(parties) = &field.holds
        && field.editor.is_empty()
    {
        rows.push(Row::typed(hint(parties), theme.dim));
        return (0, 0);
    }
    let editor::Laid { rows: typed, cursor } = match field.holds {
        Holds::Secret => lay_out(&field.editor.masked(), cols),
        Holds::Words
        | Holds::Text
        | Holds::EntryDate
        | Holds::Target
        | Holds::Day
        | Holds::Again
        | Holds::Rules
        | Holds::Parties(_) => lay_out(&field.editor, cols),
    };
    let wanted = if field.holds == Holds::Text { TEXT_ROWS.max(typed.len()) } else { typed.len() };
    let padded = typed.into_iter().chain(std::iter::repeat(String::new())).take(wanted);
    rows.extend(padded.map(|words| Row::typed(words, style)));
    cursor
}

fn hint(parties: &Parties) -> &'static str {
    if parties.marked.is_some() {
        return " Backspace takes it out; ← and → pick another";
    }
    match parties.room {
        Room::OneBody if parties.chosen.is_empty() => " type a name, or choose one with the arrows and Enter",
        Room::OneBody => " type a name for another body; Enter saves",
        Room::OneParty if parties.chosen.is_empty() => " type a few letters of its name, and Enter",
        Room::OneParty => " type a name for another; Enter saves",
        Room::People => " name and agency, as “Ann Lee, ICB”; Enter saves, ← picks one to take out",
        Room::Speaker if parties.chosen.is_empty() => " whose update it is: type a name; Enter saves",
        Room::Speaker => " type another name; Enter saves, Backspace removes it",
        Room::Several | Room::Bodies => " type a name to add it; Enter saves, ← picks one to take out",
    }
}

/// The chosen; the selected one stands in brackets. A person of no agency has only a name.
fn named(chosen: &[String], marked: Option<usize>) -> String {
    let one = |(at, name): (usize, &String)| {
        let name = attending::as_minuted(name);
        if marked == Some(at) { format!("[{name}]") } else { name }
    };
    chosen.iter().enumerate().map(one).collect::<Vec<_>>().join(" · ")
}

fn suggestions(view: &View<'_>, field: &FormField, rows: &mut Vec<Row>) {
    let Holds::Parties(Parties { pick, room, .. }) = &field.holds else { return };
    for (at, suggestion) in field.suggestions(view.world).into_iter().enumerate() {
        let mark = if at == *pick { "►" } else { " " };
        let plain = if matches!(suggestion, Suggestion::Ask(_)) { view.theme.doubt } else { view.theme.text };
        let words = format!("{mark} {}", suggestion.words(*room));
        rows.push(Row::said(words, if at == *pick { view.theme.accent } else { plain }));
    }
}

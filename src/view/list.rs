//! The list of the walk: headings, and one line per action with its target, rating and marks.

use ratatui::buffer::Buffer;
use ratatui::style::Style;
use ratatui::text::Line;

use super::View;
use super::paint::{self, span};
use super::theme::shape;
use crate::app::layout::Area;
use crate::app::overlay::Overlay;
use crate::app::screen::marks::Mark;
use crate::app::screen::rows::{Heading, Here, WalkRow};
use crate::app::screen::walk::Walk;
use crate::domain::action::Action;
use crate::domain::conflict;
use crate::domain::query;
use crate::domain::rating::Hue;
use crate::domain::recommendation::Under;
use crate::domain::short;
use crate::text;

pub fn draw(view: &View<'_>, walk: &Walk, area: Area, buf: &mut Buffer) {
    if walk.rows.is_empty() {
        empty(view, walk, area, buf);
        return;
    }
    let visible = walk.rows.iter().enumerate().skip(walk.top).take(usize::from(area.rows));
    for (y, (at, row)) in (area.y..).zip(visible) {
        draw_row(view, walk, row, Area { y, rows: 1, ..area }, buf);
        if at == walk.cursor {
            mark_cursor(view, Area { y, rows: 1, ..area }, buf);
        }
    }
}

/// In place of an empty list: why nothing is shown, and which key helps.
fn empty(view: &View<'_>, walk: &Walk, area: Area, buf: &mut Buffer) {
    let words = if walk.filter.is_empty() {
        "This plan has no actions yet.".to_owned()
    } else {
        // While it is typed, Backspace only takes back a letter.
        let is_typed = matches!(view.model.under_help(), Some(Overlay::Line(_)));
        let (name, does) = if is_typed { ("line.close", "goes back") } else { ("find.clear", "clears it") };
        format!("Nothing matches this filter; {} {does}.", view.model.keymap.key_of(name))
    };
    let cols = area.cols.saturating_sub(3);
    paint::words(buf, area.x + 2, area.y + 1, cols, &words, view.theme.text);
    if let Some(word) = walk.filter.likely_meant() {
        paint::words(buf, area.x + 2, area.y + 2, cols, &format!("Did you mean {word}?"), view.theme.doubt);
    }
}

fn mark_cursor(view: &View<'_>, row: Area, buf: &mut Buffer) {
    paint::words(buf, row.x, row.y, 1, "▌", view.theme.accent);
    paint::fill(buf, row, view.theme.selected);
}

fn draw_row(view: &View<'_>, walk: &Walk, row: &WalkRow, area: Area, buf: &mut Buffer) {
    let (theme, register) = (view.theme, view.world.register);
    let cols = area.cols.saturating_sub(2);
    match row {
        WalkRow::Gap => {}
        WalkRow::Plan(id) => {
            let title = register.plan(*id).map_or("", |plan| plan.title());
            let line = Line::from(vec![span("▪ ", theme.strong), span(title, theme.strong)]);
            paint::line(buf, area.x + 1, area.y, cols, &line);
        }
        WalkRow::Heading(heading) => {
            let (title, words) = heading_words(view, heading);
            let line = Line::from(vec![span(title, theme.accent), span("  ", theme.text), span(words, theme.accent)]);
            paint::line(buf, area.x + 1, area.y, cols, &line);
        }
        WalkRow::Recommendation(id) => {
            let Some(rec) = register.recommendation(*id) else { return };
            let folded =
                if walk.folded.contains(id) { format!("  ► {} folded", rec.actions.len()) } else { String::new() };
            let line = Line::from(vec![
                span(format!("{:>4}  ", rec.number()), theme.dim),
                span(text::one_line(rec.text()), theme.dim),
                span(folded, theme.text),
            ]);
            paint::line(buf, area.x + 1, area.y, cols, &line);
        }
        WalkRow::Action(id, here) => {
            if let Some(action) = register.action(*id) {
                draw_action(view, walk, (action, *here), area, buf);
            }
        }
    }
}

fn heading_words(view: &View<'_>, heading: &Heading) -> (String, String) {
    match heading {
        Heading::AllFindings => ("All findings".into(), String::new()),
        Heading::FindingsOf(rec) => {
            let rec = view.world.register.recommendation(*rec);
            let Some(Under::Findings(ids)) = rec.and_then(|rec| rec.under.get()) else { return Default::default() };
            let findings: Vec<_> = ids.iter().filter_map(|id| view.world.register.finding(*id)).collect();
            let numbers: Vec<&str> = findings.iter().map(|finding| finding.number()).collect();
            let words = findings.first().map(|finding| text::one_line(finding.text())).unwrap_or_default();
            let title = if let [only] = numbers.as_slice() {
                format!("Finding {only}")
            } else {
                format!("Findings {}", numbers.join(", "))
            };
            (title, words)
        }
    }
}

/// The columns after an action's text; narrow lists drop the lead.
struct Columns {
    lead: u16,
    target: u16,
}

const RATING_COLS: u16 = 3;
const MARK_COLS: u16 = 3;
/// What is longer is said more briefly in the list.
const CLOSED_COLS: usize = 8;

fn columns(cols: u16) -> Columns {
    match cols {
        100.. => Columns { lead: 24, target: 14 },
        76..100 => Columns { lead: 14, target: 11 },
        60..76 => Columns { lead: 9, target: 11 },
        50..60 => Columns { lead: 0, target: 11 },
        0..50 => Columns { lead: 0, target: 9 },
    }
}

fn draw_action(view: &View<'_>, walk: &Walk, (action, here): (&Action, Here), area: Area, buf: &mut Buffer) {
    let (theme, register) = (view.theme, view.world.register);
    let right = area.x + area.cols;
    let marks_at = right.saturating_sub(MARK_COLS);
    let rating_at = marks_at.saturating_sub(RATING_COLS + 1);
    let Columns { lead, target } = columns(area.cols);
    let target_at = rating_at.saturating_sub(target + 1);
    let lead_at = if lead > 0 { target_at.saturating_sub(lead + 1) } else { target_at };

    let reference = register.reference(action);
    let indent = 7u16.max(u16::try_from(text::width(&reference)).unwrap_or(8) + 2);
    paint::words(buf, area.x + 2, area.y, indent, &format!("{reference:>5}"), theme.strong);
    if walk.mark_of(action.id) == Mark::Set {
        paint::words(buf, area.x + 1, area.y, 1, "»", theme.accent);
        paint::words(buf, area.x + 2, area.y, indent, &format!("{reference:>5}"), theme.accent);
    } else if register.open_meeting().is_some_and(|meeting| meeting.is_dealt_with(action.id)) {
        paint::words(buf, area.x + 1, area.y, 1, "√", theme.accent);
    }
    let x = area.x + 2 + indent;
    paint::words(buf, x, area.y, lead_at.saturating_sub(x + 1), &text::one_line(action.text()), theme.text);
    if lead > 0 {
        let names = short::leads(register, action, usize::from(lead));
        paint::words(buf, lead_at, area.y, lead, &names, theme.dim);
    }
    let badge = badge(view, action);
    let badge_cols = u16::try_from(text::width(&badge.0)).unwrap_or(RATING_COLS).max(RATING_COLS);
    let badge_at = (rating_at + RATING_COLS).saturating_sub(badge_cols);
    let target = target.min(badge_at.saturating_sub(target_at + 1));
    paint::words(buf, target_at, area.y, target, &target_words(action), theme.text);
    paint::words(buf, badge_at, area.y, badge_cols, &badge.0, badge.1);
    paint::line(buf, marks_at, area.y, MARK_COLS, &marks(view, walk, action, here));
}

pub fn leads(view: &View<'_>, action: &Action) -> String {
    let names: Vec<&str> = action.leads().iter().map(|lead| view.world.register.party_name(lead.party)).collect();
    names.join(" · ")
}

fn target_words(action: &Action) -> String {
    match action.targets() {
        [] => String::new(),
        [only] => text::one_line(&only.raw),
        [.., last] => text::one_line(&last.raw),
    }
}

/// The rating; of a closed action how it ended, which needs room from the target.
fn badge(view: &View<'_>, action: &Action) -> (String, Style) {
    let (letter, hue) = rating(view, action);
    match action.ending() {
        Some(ending) if text::width(ending) > CLOSED_COLS => ("Not done".into(), view.theme.dim),
        Some(ending) => (ending.into(), view.theme.dim),
        None => (format!("{} {letter}", shape(hue)), view.theme.hue(hue)),
    }
}

/// An action's rating as a letter and a colour; a grey `–` if it has none.
pub fn rating(view: &View<'_>, action: &Action) -> (char, Hue) {
    view.world.register.level(action).map_or(('–', Hue::Grey), |level| (level.letter, level.hue))
}

/// `!` overdue, `~` in doubt, `?` challenged, `*` shown because for all agencies, `≠` conflicting values.
fn marks(view: &View<'_>, walk: &Walk, action: &Action, here: Here) -> Line<'static> {
    let (theme, register, today) = (view.theme, view.world.register, view.world.today());
    let mut marks: Vec<(&str, Style)> = Vec::new();
    if query::is_overdue(register, action, today) {
        marks.push(("!", theme.alarm));
    }
    if query::is_flagged(register, action) {
        marks.push(("~", theme.doubt));
    }
    if walk.is_challenged(action.id) {
        marks.push(("?", theme.doubt));
    }
    if conflict::is_in(action) {
        marks.push(("≠", theme.alarm));
    }
    if here == Here::ForAll {
        marks.push(("*", theme.accent));
    }
    Line::from(marks.into_iter().map(|(mark, style)| span(mark, style)).collect::<Vec<_>>())
}

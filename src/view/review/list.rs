//! The lines of the review: doubts, differences, actions no longer in the document, the plan, its rows.

use ratatui::buffer::Buffer;
use ratatui::style::Style;
use ratatui::text::Line;

use super::super::View;
use super::super::paint::{self, span};
use super::super::theme::shape;
use super::returned::{self, short};
use crate::app::layout::Area;
use crate::app::screen::review::{Part, Review, ReviewLine};
use crate::domain::draft::DraftAction;
use crate::domain::mend::{self, At, Doubt};
use crate::domain::rating::Hue;
use crate::text::{self, counted};

/// Where the text begins, after references like `12.1`.
const WORDS_AT: u16 = 9;
/// The width of a field's name.
const FIELD_COLS: u16 = 10;

pub fn draw(view: &View<'_>, review: &Review, area: Area, buf: &mut Buffer) {
    let visible = review.items.iter().enumerate().skip(review.top).take(usize::from(area.rows));
    for (y, (at, item)) in (area.y..).zip(visible) {
        let row = Area { y, rows: 1, ..area };
        draw_item(view, review, item, row, buf);
        if at == review.cursor {
            paint::words(buf, row.x, row.y, 1, "▌", view.theme.accent);
            paint::fill(buf, row, view.theme.selected);
        }
    }
}

fn draw_item(view: &View<'_>, review: &Review, item: &ReviewLine, row: Area, buf: &mut Buffer) {
    match item {
        ReviewLine::Gap => {}
        ReviewLine::Heading(part, lines) => heading(view, review, (*part, *lines), row, buf),
        ReviewLine::LaterVersion(plan) => {
            let slug = view.world.register.plan(*plan).map_or("", |plan| plan.slug());
            line(view, row, buf, ("plan", "same as"), "seems to be a later version", (slug, view.theme.doubt));
        }
        ReviewLine::Doubt(doubt) => draw_doubt(view, review, *doubt, row, buf),
        ReviewLine::Difference(at) => draw_difference(view, review, *at, row, buf),
        ReviewLine::Gone(id) => {
            let register = view.world.register;
            let action = register.action(*id);
            let reference = action.map(|action| register.reference(action)).unwrap_or_default();
            let words = action.map_or("", |action| action.text());
            paint::words(buf, row.x + 2, row.y, WORDS_AT, &format!("{reference:>5}"), view.theme.strong);
            let x = row.x + WORDS_AT;
            paint::words(buf, x, row.y, row.cols.saturating_sub(WORDS_AT + 1), &text::one_line(words), view.theme.text);
        }
        ReviewLine::Plan => {
            let title = &review.draft().title;
            let title = if title.is_empty() { "no title found" } else { title };
            line(view, row, buf, ("plan", "title"), title, (&review.now.slug, view.theme.accent));
        }
        ReviewLine::Level(place) => draw_level(view, review, *place, row, buf),
        ReviewLine::Row(at) => draw_row(view, review, *at, row, buf),
        ReviewLine::Query(at) => returned::draw_query(view, review, *at, row, buf),
        ReviewLine::Answer(at) => returned::draw_answer(view, review, *at, row, buf),
    }
}

fn heading(view: &View<'_>, review: &Review, (part, lines): (Part, usize), row: Area, buf: &mut Buffer) {
    let kept = review.found.differs.iter().filter(|difference| !difference.is_taken).count();
    let words = match part {
        Part::Doubts if review.is_return() => format!("To answer first  {lines}"),
        Part::Differences if review.is_return() && kept == 0 => format!("What the return says  {lines}"),
        Part::Differences if review.is_return() => {
            format!("What the return says  {lines} ({kept} kept as in the register)")
        }
        Part::Rows if review.is_return() => format!("As it came back  {}", counted(lines, "answer")),
        Part::Later => "Is it a later version?".into(),
        Part::Doubts => format!("Doubts first  {lines}"),
        Part::Differences if kept == 0 => format!("Changed in the document  {lines}"),
        Part::Differences => format!("Changed in the document  {lines} ({kept} kept as in the register)"),
        Part::Gone => format!("No longer in the document  {lines} (kept in the register)"),
        Part::Plan => "The plan".into(),
        Part::Rows => format!("As understood  {}", counted(review.draft().all_actions().count(), "action")),
    };
    paint::words(buf, row.x + 1, row.y, row.cols.saturating_sub(2), &words, view.theme.accent);
}

/// `12.1 number   the number was lost …   12`: the reference, the field, the problem and, on the right, the suggestion.
pub fn line(
    view: &View<'_>,
    row: Area,
    buf: &mut Buffer,
    (whose, field): (&str, &str),
    words: &str,
    offer: (&str, Style),
) {
    let theme = view.theme;
    paint::words(buf, row.x + 2, row.y, WORDS_AT, &format!("{whose:>5}"), theme.strong);
    let mut x = row.x + WORDS_AT;
    paint::words(buf, x, row.y, FIELD_COLS, field, theme.dim);
    x += FIELD_COLS;
    let most = (row.cols / 3).max(12);
    let shown = text::truncate(&text::one_line(offer.0), usize::from(most));
    let edge = paint::right(buf, row, row.y, &Line::from(span(shown, offer.1)));
    paint::words(buf, x, row.y, edge.saturating_sub(x + 2), &text::one_line(words), theme.text);
}

fn draw_doubt(view: &View<'_>, review: &Review, doubt: Doubt, row: Area, buf: &mut Buffer) {
    let Some(flag) = review.flag(doubt) else { return };
    let reference = review.reference_of(doubt.at);
    let offer = flag.suggested().unwrap_or_default();
    line(view, row, buf, (&reference, &flag.field), &flag.why, (&offer, view.theme.doubt));
}

fn draw_difference(view: &View<'_>, review: &Review, at: usize, row: Area, buf: &mut Buffer) {
    let Some(difference) = review.difference(at) else { return };
    let style = if difference.is_taken { view.theme.accent } else { view.theme.doubt };
    let here = text::truncate(&text::one_line(&difference.here), 24);
    let (words, offer) = match (difference.here.is_empty(), difference.is_taken) {
        (true, taken) => (text::one_line(&difference.document), if taken { "new" } else { "left out" }),
        (false, true) => (format!("{here} → {}", text::one_line(&difference.document)), "accept"),
        (false, false) => (format!("{here} ≠ {}", text::one_line(&difference.document)), "keep"),
    };
    line(view, row, buf, (short(&difference.reference), difference.field), &words, (offer, style));
}

fn draw_level(view: &View<'_>, review: &Review, place: usize, row: Area, buf: &mut Buffer) {
    let scheme = review.scheme();
    let Some(level) = scheme.levels.get(place) else { return };
    let used = review.draft().all_actions().filter(|(_, action)| action.rating.as_ref() == Some(&level.word)).count();
    let field = if place == 0 { "ratings" } else { "" };
    let done = if level.settled { ", settled" } else { "" };
    let words = format!("{} ({}{done})", level.word, counted(used, "action"));
    line(view, row, buf, ("", field), &words, ("", view.theme.text));
    let shown = format!("{} {}", shape(level.hue), level.letter);
    paint::right(buf, row, row.y, &Line::from(span(shown, view.theme.hue(level.hue))));
}

fn draw_row(view: &View<'_>, review: &Review, at: At, row: Area, buf: &mut Buffer) {
    let (theme, draft) = (view.theme, review.draft());
    match at {
        At::Plan => {}
        At::Recommendation(_) => {
            let Some(rec) = mend::recommendation(draft, at) else { return };
            let words = Line::from(vec![
                span(format!("{:>4}   ", rec.number), theme.dim),
                span(text::one_line(&rec.text), theme.dim),
            ]);
            paint::line(buf, row.x + 2, row.y, row.cols.saturating_sub(3), &words);
        }
        At::Action(place) => {
            let Some(action) = mend::action(draft, place) else { return };
            draw_action(view, review, (at, action), row, buf);
        }
    }
}

fn draw_action(view: &View<'_>, review: &Review, (at, action): (At, &DraftAction), row: Area, buf: &mut Buffer) {
    let (theme, draft) = (view.theme, review.draft());
    let reference = review.reference_of(at);
    paint::words(buf, row.x + 2, row.y, WORDS_AT, &format!("{reference:>5}"), theme.strong);
    let scheme = review.scheme();
    let level = action.rating.as_ref().and_then(|word| scheme.level(word));
    let (letter, hue) = level.map_or(('–', Hue::Grey), |level| (level.letter, level.hue));
    let mark = if action.flags.is_empty() { "  " } else { " ?" };
    let right = Line::from(vec![span(format!("{} {letter}", shape(hue)), theme.hue(hue)), span(mark, theme.doubt)]);
    let edge = paint::right(buf, row, row.y, &right);
    let is_new = review.found.plan.is_some() && review.own_of(at).is_none();
    let leads = if is_new { "new".to_owned() } else { mend::words(draft, at).leads.join(" · ") };
    let has_leads = is_new || !draft.parties.is_empty();
    let lead_cols = if has_leads { (row.cols / 4).min(24) } else { 0 };
    let leads_at = edge.saturating_sub(lead_cols + 1);
    paint::words(buf, leads_at, row.y, lead_cols, &leads, if is_new { theme.accent } else { theme.dim });
    let x = row.x + WORDS_AT;
    paint::words(buf, x, row.y, leads_at.saturating_sub(x + 2), &text::one_line(&action.text), theme.text);
}

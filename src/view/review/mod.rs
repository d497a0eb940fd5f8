//! The review: counts of what was read at the top, its lines on the left, the document's wording beside them.

mod columns;
mod detail;
mod list;
mod returned;

use ratatui::buffer::Buffer;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::View;
use super::paint::{self, span};
use crate::app::layout::{self, Area, Arrangement, Size};
use crate::app::screen::review::Review;
use crate::app::screen::walk::Focus;
use crate::text::counted;

pub fn draw(view: &View<'_>, review: &Review, size: Size, buf: &mut Buffer) {
    summary(view, review, size, buf);
    let areas = layout::walk(size);
    match layout::arrangement(size) {
        Arrangement::Beside => {
            draw_list(view, review, areas.list, buf);
            paint::upright(buf, areas.detail, view.theme.rule);
            draw_detail(view, review, areas.detail, buf);
        }
        Arrangement::Below => {
            draw_list(view, review, areas.list, buf);
            paint::rule(buf, areas.detail, areas.detail.y.saturating_sub(1), view.theme.rule);
            draw_detail(view, review, areas.detail, buf);
        }
        Arrangement::OneAtATime if review.focus == Focus::Detail => draw_detail(view, review, areas.detail, buf),
        Arrangement::OneAtATime => draw_list(view, review, areas.list, buf),
    }
    let rule = layout::bands(size).rule;
    if rule.rows > 0 {
        paint::rule(buf, rule, rule.y, view.theme.rule);
    }
}

fn draw_list(view: &View<'_>, review: &Review, area: Area, buf: &mut Buffer) {
    match review.columns {
        Some(_) => columns::draw(view, review, area, buf),
        None => list::draw(view, review, area, buf),
    }
}

fn draw_detail(view: &View<'_>, review: &Review, area: Area, buf: &mut Buffer) {
    match review.columns {
        Some(_) => columns::detail(view, review, area, buf),
        None => detail::draw(view, review, area, buf),
    }
}

/// Counts of what was understood; below them how it compares with the register.
fn summary(view: &View<'_>, review: &Review, size: Size, buf: &mut Buffer) {
    let band = layout::bands(size).summary;
    let tall = band.rows >= 4;
    let y = band.y + u16::from(tall);
    let theme = view.theme;
    let doubts = review.doubts();
    let style = if doubts == 0 { theme.dim } else { theme.doubt };
    let edge = paint::right(buf, band, y, &Line::from(span(counted(doubts, "doubt"), style)));
    paint::line(buf, 1, y, edge.saturating_sub(3), &read(view, review));
    paint::line(buf, 1, y + 1, band.cols.saturating_sub(2), &changes(view, review));
    if tall {
        paint::rule(buf, band, y + 2, theme.rule);
    }
}

fn read(view: &View<'_>, review: &Review) -> Line<'static> {
    if review.is_return() {
        return returned::read(view, review);
    }
    let draft = review.draft();
    let dates: usize = draft.all_actions().map(|(_, action)| action.targets.len()).sum();
    let numbers = [
        (draft.findings.len(), "finding"),
        (draft.recommendations.len(), "recommendation"),
        (draft.all_actions().count(), "action"),
        (draft.parties.len(), "part"),
        (dates, "date"),
    ];
    let shown = numbers.into_iter().filter(|(number, _)| *number > 0);
    let spans: Vec<Span<'static>> = shown
        .map(|(number, what)| {
            let words = if what == "part" { parties(number) } else { counted(number, what) };
            span(format!("{words}   "), view.theme.strong)
        })
        .collect();
    Line::from(spans)
}

/// "new plan adult-c", or the differences from the existing plan of that name.
fn changes(view: &View<'_>, review: &Review) -> Line<'static> {
    if review.is_return() {
        return returned::changes(view, review);
    }
    let theme = view.theme;
    let found = &review.found;
    if review.draft().all_actions().next().is_none() {
        let words = "This does not look like an action plan: no column was recognised as actions.";
        return Line::from(span(words, theme.doubt));
    }
    if found.plan.is_none() {
        let mut spans = vec![span("new plan ", theme.dim), span(&review.now.slug, theme.accent)];
        spans.extend(unused(view, review));
        return Line::from(spans);
    }
    let mut things: Vec<_> = found.differs.iter().map(|difference| difference.on).collect();
    things.sort_unstable();
    things.dedup();
    let mut spans = vec![span("later version of ", theme.dim), span(&review.now.slug, theme.accent)];
    for (number, what) in
        [(found.new.len(), "new"), (found.same.len(), "same"), (things.len(), "differ"), (found.gone.len(), "gone")]
    {
        let style: Style = if number == 0 || what == "same" { theme.dim } else { theme.strong };
        spans.push(span(format!("   {number} {what}"), style));
    }
    spans.extend(unused(view, review));
    Line::from(spans)
}

/// "2 columns not used: Risk, Cost".
fn unused(view: &View<'_>, review: &Review) -> Option<Span<'static>> {
    let names = review.draft().unused_columns();
    let words = format!("   {} not used: {}", counted(names.len(), "column"), names.join(", "));
    (!names.is_empty()).then(|| span(words, view.theme.doubt))
}

fn parties(number: usize) -> String {
    format!("{number} part{}", if number == 1 { "y" } else { "ies" })
}

//! The register screen: one line a plan, with its counts.

use ratatui::buffer::Buffer;
use ratatui::text::Line;

use super::View;
use super::header::{Spacing, counts};
use super::paint::{self, span};
use crate::app::layout::{self, Area, Size};
use crate::app::screen::plans::{PlanLine, Plans};

pub fn draw(view: &View<'_>, plans: &Plans, size: Size, buf: &mut Buffer) {
    let bands = layout::bands(size);
    let actions: usize = plans.lines.iter().map(|line| line.tally.actions).sum();
    let overdue: usize = plans.lines.iter().map(|line| line.tally.overdue).sum();
    let summary = Line::from(vec![
        span(format!("{} plans, {actions} actions", plans.lines.len()), view.theme.strong),
        span("    overdue ", view.theme.dim),
        span(overdue.to_string(), if overdue == 0 { view.theme.dim } else { view.theme.alarm }),
    ]);
    paint::line(buf, 1, bands.summary.y + bands.summary.rows / 4, size.cols.saturating_sub(2), &summary);
    // Each plan takes two lines (name, counts) and one of room, so that it can be read from the back.
    let per_plan: u16 = if bands.body.rows >= 12 { 3 } else { 2 };
    let fits = usize::from(bands.body.rows / per_plan).max(1);
    let top = (plans.cursor + 1).saturating_sub(fits);
    for (place, (at, line)) in plans.lines.iter().enumerate().skip(top).take(fits).enumerate() {
        let y = bands.body.y + u16::try_from(place).unwrap_or(0) * per_plan;
        let area = Area { y, rows: 2, ..bands.body };
        draw_plan(view, line, area, buf);
        if at == plans.cursor {
            paint::words(buf, 0, y, 1, "▌", view.theme.accent);
            paint::words(buf, 0, y + 1, 1, "▌", view.theme.accent);
            paint::fill(buf, area, view.theme.selected);
        }
    }
    if bands.rule.rows > 0 {
        paint::rule(buf, bands.rule, bands.rule.y, view.theme.rule);
    }
}

fn draw_plan(view: &View<'_>, plan: &PlanLine, area: Area, buf: &mut Buffer) {
    let theme = view.theme;
    let title = view.world.register.plan(plan.plan).map_or("", |plan| plan.title());
    let next = plan.next.as_ref().map(|next| format!("next target {next}")).unwrap_or_default();
    let edge = paint::right(buf, area, area.y, &Line::from(span(next, theme.dim)));
    paint::words(buf, area.x + 2, area.y, edge.saturating_sub(4), title, theme.strong);
    let mut spans = vec![span(format!("{:>3} actions   ", plan.tally.actions), theme.text)];
    spans.extend(counts(view, &plan.tally, Spacing::Wide));
    spans.push(span("    overdue ", theme.dim));
    spans.push(span(plan.tally.overdue.to_string(), if plan.tally.overdue == 0 { theme.dim } else { theme.alarm }));
    spans.push(span("   doubts ", theme.dim));
    spans.push(span(plan.tally.flags.to_string(), if plan.tally.flags == 0 { theme.dim } else { theme.doubt }));
    paint::line(buf, area.x + 2, area.y + 1, area.cols.saturating_sub(3), &Line::from(spans));
}

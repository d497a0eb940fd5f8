//! The register screen: one line per plan, with its counts.

use ratatui::buffer::Buffer;
use ratatui::text::Line;

use super::View;
use super::header::{Spacing, counts};
use super::paint::{self, span};
use crate::app::layout::{self, Area, Size};
use crate::app::screen::plans::{PlanLine, Plans};
use crate::domain::date_words;
use crate::domain::rating::Hue;
use crate::domain::retention::Due;
use crate::text::counted;

pub fn draw(view: &View<'_>, plans: &Plans, size: Size, buf: &mut Buffer) {
    let bands = layout::bands(size);
    let actions: usize = plans.lines.iter().map(|line| line.tally.actions).sum();
    let overdue: usize = plans.lines.iter().map(|line| line.tally.overdue).sum();
    let all = format!("{}, {}", counted(plans.lines.len(), "plan"), counted(actions, "action"));
    let summary = Line::from(vec![
        span(all, view.theme.strong),
        span("    overdue ", view.theme.dim),
        span(overdue.to_string(), if overdue == 0 { view.theme.dim } else { view.theme.alarm }),
    ]);
    let (y, cols) = (bands.summary.y + bands.summary.rows / 4, size.cols.saturating_sub(2));
    paint::line(buf, 1, y, cols, &summary);
    let register = view.world.register;
    if let Some(copy) = &register.copy.0 {
        paint::line(buf, 1, y + 1, cols, &Line::from(span(copy.label(register), view.theme.doubt)));
    }
    let height = height(bands.body.rows, plans.lines.len());
    let fits = usize::from(bands.body.rows / (height + 1)).max(1);
    let top = (plans.cursor + 1).saturating_sub(fits);
    for (place, (at, line)) in plans.lines.iter().enumerate().skip(top).take(fits).enumerate() {
        let y = bands.body.y + u16::try_from(place).unwrap_or(0) * (height + 1);
        let area = Area { y, rows: height, ..bands.body };
        draw_plan(view, line, area, buf);
        if at == plans.cursor {
            (y..y + height).for_each(|y| paint::words(buf, 0, y, 1, "▌", view.theme.accent));
            paint::fill(buf, area, view.theme.selected);
        }
    }
    if bands.rule.rows > 0 {
        paint::rule(buf, bands.rule, bands.rule.y, view.theme.rule);
    }
}

/// The lines each plan takes: its name and counts and, where all plans still fit, a bar of its ratings. A blank line
/// follows each so that it can be read from the back of the room; a low window has neither bar nor blank line.
fn height(rows: u16, plans: usize) -> u16 {
    match rows {
        0..6 => 1,
        _ if plans * 4 <= usize::from(rows) => 3,
        _ => 2,
    }
}

fn draw_plan(view: &View<'_>, plan: &PlanLine, area: Area, buf: &mut Buffer) {
    let theme = view.theme;
    let title = view.world.register.plan(plan.plan).map_or("", |plan| plan.title());
    let edge = paint::right(buf, area, area.y, &coming(view, plan, area.cols / 2));
    paint::words(buf, area.x + 2, area.y, edge.saturating_sub(4), title, theme.strong);
    let lines = [standing(view, plan), bar(view, plan, area.cols.min(64) - 4)];
    for (y, line) in (area.y + 1..area.y + area.rows).zip(&lines) {
        paint::line(buf, area.x + 2, y, area.cols.saturating_sub(3), line);
    }
    last_discussed(view, plan, area, &lines, buf);
}

/// What the plan is due for and, where both fit, its next target.
fn coming(view: &View<'_>, plan: &PlanLine, cols: u16) -> Line<'static> {
    let next = plan.next.as_ref().map(|next| format!("next target {next}"));
    let Some(due) = plan.due.map(Due::words) else { return Line::from(span(next.unwrap_or_default(), view.theme.dim)) };
    let due = Line::from(span(due, view.theme.doubt));
    let mut both = due.clone();
    both.spans.extend(next.map(|next| span(format!(" · {next}"), view.theme.dim)));
    if paint::width(&both) <= usize::from(cols) { both } else { due }
}

/// Shown at the end of the plan's last line if there is room.
fn last_discussed(view: &View<'_>, plan: &PlanLine, area: Area, lines: &[Line<'_>], buf: &mut Buffer) {
    let Some(before) = lines.get(usize::from(area.rows).saturating_sub(2)).filter(|_| area.rows > 1) else { return };
    let words = Line::from(span(discussed(plan), view.theme.dim));
    if paint::width(before) + paint::width(&words) + 8 <= usize::from(area.cols) {
        paint::right(buf, area, area.y + area.rows - 1, &words);
    }
}

fn discussed(plan: &PlanLine) -> String {
    match &plan.discussed {
        Some((day, body)) => format!("last discussed {} {body}", date_words::day(*day)).trim_end().to_owned(),
        None => "not discussed yet".into(),
    }
}

fn standing(view: &View<'_>, plan: &PlanLine) -> Line<'static> {
    let theme = view.theme;
    let mut spans = vec![span(counted(plan.tally.actions, "action") + "   ", theme.text)];
    let spacing = if view.model.size.cols < 70 { Spacing::Close } else { Spacing::Wide };
    spans.extend(counts(view, &plan.tally, spacing));
    spans.push(span("    overdue ", theme.dim));
    spans.push(span(plan.tally.overdue.to_string(), if plan.tally.overdue == 0 { theme.dim } else { theme.alarm }));
    spans.push(span("   doubts ", theme.dim));
    spans.push(span(plan.tally.flags.to_string(), if plan.tally.flags == 0 { theme.dim } else { theme.doubt }));
    Line::from(spans)
}

/// The ratings as a bar of letters, one per action; each stands for several if there are more actions than columns.
fn bar(view: &View<'_>, plan: &PlanLine, cols: u16) -> Line<'static> {
    let tally = &plan.tally;
    let rated = tally.by_level.iter().map(|(level, count)| (level.letter, level.hue, *count));
    let all = rated.chain([('–', Hue::Grey, tally.not_rated)]);
    let is_wide = tally.actions > usize::from(cols);
    let scaled = |count: usize| (count * usize::from(cols) / tally.actions).max(1);
    let scale = |count: usize| if is_wide && count > 0 { scaled(count) } else { count };
    let piece =
        |(letter, hue, count): (char, Hue, usize)| span(letter.to_string().repeat(scale(count)), view.theme.hue(hue));
    Line::from(all.map(piece).collect::<Vec<_>>())
}

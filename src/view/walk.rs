//! The walk: counts and filter at the top; list and detail side by side, stacked, or one at a time.

use ratatui::buffer::Buffer;

use super::{View, card, detail, header, list, paint};
use crate::app::layout::{self, Arrangement, Size};
use crate::app::screen::walk::{Focus, Look, Walk};

pub fn draw(view: &View<'_>, walk: &Walk, size: Size, buf: &mut Buffer) {
    if walk.look == Look::Card {
        card::draw(view, walk, size, buf);
        return;
    }
    header::summary(view, walk, size, buf);
    let areas = layout::walk(size);
    match layout::arrangement(size) {
        Arrangement::Beside => {
            list::draw(view, walk, areas.list, buf);
            paint::upright(buf, areas.detail, view.theme.rule);
            detail::draw(view, walk, areas.detail, buf);
        }
        Arrangement::Below => {
            list::draw(view, walk, areas.list, buf);
            paint::rule(buf, areas.detail, areas.detail.y.saturating_sub(1), view.theme.rule);
            detail::draw(view, walk, areas.detail, buf);
        }
        Arrangement::OneAtATime if walk.focus == Focus::Detail => detail::draw(view, walk, areas.detail, buf),
        Arrangement::OneAtATime => list::draw(view, walk, areas.list, buf),
    }
    let rule = layout::bands(size).rule;
    if rule.rows > 0 {
        paint::rule(buf, rule, rule.y, view.theme.rule);
    }
}

//! The title bar and the counts: where you are, the marking, the date and the state of the plan.

use ratatui::buffer::Buffer;
use ratatui::text::{Line, Span};

use super::View;
use super::history;
use super::paint::{self, span};
use super::theme::shape;
use crate::app::layout::{self, Area, Size};
use crate::app::message::{Mouse, Route};
use crate::app::model::Hub;
use crate::app::screen::Screen;
use crate::app::screen::walk::Walk;
use crate::domain::agenda;
use crate::domain::date_words;
use crate::domain::marking;
use crate::domain::meeting::Meeting;
use crate::domain::query::Tally;
use crate::domain::rating::Hue;
use crate::domain::retention::{self, Due};
use crate::domain::timing;
use crate::text;

/// The name on the left, the marking in the middle (or after a long name), the date on the right if it fits.
pub fn title(view: &View<'_>, size: Size, buf: &mut Buffer) {
    let theme = view.theme;
    let bar = layout::bands(size).title;
    paint::clear(buf, bar, theme.bar);
    let marking = marking(view);
    let marking_cols = cols(&marking);
    let date = right_words(view, size);
    let right = if size.cols >= 76 { cols(&date) + 3 } else { 0 };
    let last = size.cols.saturating_sub(right + marking_cols + 1);
    let name = name(view);
    let middle = size.cols.saturating_sub(marking_cols) / 2;
    let marking_at = middle.max(cols(&name) + 4).min(last);
    paint::words(buf, 1, bar.y, marking_at.saturating_sub(3), &name, theme.strong);
    paint::words(buf, marking_at, bar.y, marking_cols, &marking, theme.marking);
    if right > 0 {
        paint::right(buf, bar, bar.y, &Line::from(span(date, theme.dim)));
    }
}

/// The marking of the plans on the screen; a document under review gets the default marking.
fn marking(view: &View<'_>) -> String {
    let register = view.world.register;
    match &view.model.screen {
        Screen::Welcome(_) | Screen::Review(_) => marking::USUAL.into(),
        Screen::Paper(paper) => paper.document.marking.clone(),
        Screen::Plans(_) | Screen::History(_) => marking::of(register.visible_plans()),
        Screen::Walk(walk) => match walk.route {
            Route::AllPlans => marking::of(register.visible_plans()),
            Route::Plan(id) => marking::of(register.plan(id)),
        },
    }
}

fn cols(words: &str) -> u16 {
    u16::try_from(text::width(words)).unwrap_or(u16::MAX / 2)
}

/// The right-hand end: the open meeting and the date; in a review, that nothing is written yet.
fn right_words(view: &View<'_>, size: Size) -> String {
    let day = || date_words::weekday(view.world.today());
    match &view.model.screen {
        Screen::Review(_) => "nothing is written yet".into(),
        Screen::Welcome(_) | Screen::Plans(_) | Screen::Walk(_) | Screen::Paper(_) | Screen::History(_) => {
            let meeting = view.open_meeting().filter(|_| size.cols >= WIDE);
            let body = meeting.and_then(Meeting::body).map(|body| view.world.register.party_name(body));
            let day = || hub(view).map_or_else(day, |hub| format!("{hub} · {}", day()));
            body.map_or_else(day, |body| format!("{} · {}", text::truncate(body, 20), day()))
        }
    }
}

/// One word where the hub is not what it should be.
fn hub(view: &View<'_>) -> Option<&'static str> {
    match view.model.hub? {
        Hub::There => None,
        Hub::Away => Some("hub away"),
        Hub::Refused => Some("hub refused"),
    }
}

/// The narrowest title that names the body meeting.
const WIDE: u16 = 110;

/// When showing the past, the moment comes first, so that it is the last thing a narrow window cuts.
fn name(view: &View<'_>) -> String {
    match &view.model.past {
        Some(past) => format!("As at {} · {}", past.moment.words, screen_name(view)),
        None => screen_name(view),
    }
}

fn screen_name(view: &View<'_>) -> String {
    match &view.model.screen {
        Screen::Welcome(_) => "Matters Arising".into(),
        Screen::Plans(_) => "Register".into(),
        Screen::Walk(walk) => match walk.route {
            Route::AllPlans => "All plans".into(),
            Route::Plan(id) => view.world.register.plan(id).map(|plan| plan.title().to_owned()).unwrap_or_default(),
        },
        Screen::Paper(paper) => format!("Report · {}", paper.request.report),
        Screen::History(history) => history::name(view, history),
        Screen::Review(review) => format!("Import · {}", review.draft().file),
    }
}

/// How far apart the counts are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spacing {
    Wide,
    Close,
}

impl Spacing {
    fn blanks(self) -> &'static str {
        match self {
            Spacing::Wide => "   ",
            Spacing::Close => "  ",
        }
    }
}

/// `■ R 2   ▲ A 5 …`: how many actions are at each rating.
pub fn counts(view: &View<'_>, tally: &Tally, spacing: Spacing) -> Vec<Span<'static>> {
    let theme = view.theme;
    let number = |count: usize| if count == 0 { theme.dim } else { theme.strong };
    let mut spans = Vec::new();
    for (level, count) in &tally.by_level {
        spans.push(span(format!("{} {} ", shape(level.hue), level.letter), theme.hue(level.hue)));
        spans.push(span(format!("{count}{}", spacing.blanks()), number(*count)));
    }
    spans.push(span(format!("{} – ", shape(Hue::Grey)), theme.hue(Hue::Grey)));
    spans.push(span(tally.not_rated.to_string(), number(tally.not_rated)));
    spans
}

/// The two lines above the walk: counts over all its actions, and the current filter.
pub fn summary(view: &View<'_>, walk: &Walk, size: Size, buf: &mut Buffer) {
    let band = layout::bands(size).summary;
    let tall = band.rows >= 4;
    let y = band.y + u16::from(tall);
    let cols = band.cols.saturating_sub(2);
    paint::line(buf, 1, y, cols, &standing(view, walk, cols));
    filter_line(view, walk, band, y + 1, buf);
    if tall {
        paint::rule(buf, band, y + 2, view.theme.rule);
    }
}

/// All counts with their labels; closer together and shorter in a narrow window.
fn standing(view: &View<'_>, walk: &Walk, cols: u16) -> Line<'static> {
    let wide = spaced(view, walk, Spacing::Wide);
    if paint::width(&wide) <= usize::from(cols) {
        return wide;
    }
    let mut close = spaced(view, walk, Spacing::Close);
    // A count that does not fit is left out altogether: a truncated number would be a wrong number.
    while paint::width(&close) > usize::from(cols) && close.spans.len() > 2 {
        close.spans.truncate(close.spans.len() - 2);
    }
    close
}

fn spaced(view: &View<'_>, walk: &Walk, spacing: Spacing) -> Line<'static> {
    let (theme, tally) = (view.theme, &walk.tally);
    let closed = if tally.closed == 0 { String::new() } else { format!(", {} closed", tally.closed) };
    let actions = text::counted(tally.actions, "action") + &closed + spacing.blanks();
    let mut spans = vec![span(actions, theme.strong)];
    spans.extend(counts(view, tally, spacing));
    let soon = if spacing == Spacing::Wide { "due in 30 days" } else { "due soon" };
    // Conflicts come first where there are any, and are not mentioned where there are none.
    let conflicts = (tally.conflicts > 0).then_some(("conflicts", tally.conflicts, theme.alarm));
    let challenged = walk.challenged().map(|count| ("challenged", count, theme.doubt));
    let usual = [
        ("overdue", tally.overdue, theme.alarm),
        (soon, tally.due_soon, theme.doubt),
        ("doubts", tally.flags, theme.doubt),
    ];
    let changed = [("changed today", tally.changed, theme.strong)];
    for (label, count, style) in conflicts.into_iter().chain(usual).chain(challenged).chain(changed) {
        spans.push(span(format!("{} {label} ", spacing.blanks()), theme.dim));
        spans.push(span(count.to_string(), if count == 0 { theme.dim } else { style }));
    }
    Line::from(spans)
}

/// Restrictions on the open register, then what its plans are due for. When showing the past, the title says as at when.
fn remark(view: &View<'_>, walk: &Walk) -> Option<String> {
    let standing = &view.model.standing;
    if view.model.mouse == Mouse::OfTerminal {
        return Some(format!(
            "The mouse selects text; {} gives it back to the program",
            view.model.keymap.key_of("mouse")
        ));
    }
    if view.model.past.is_some() {
        return Some("The past cannot be changed; Esc returns to the present".into());
    }
    if standing.suspect.is_some() {
        return standing.suspect.clone();
    }
    let read_only = standing.read_only.as_ref().map(|why| format!("Read-only: {why}"));
    let waiting = standing.waiting.as_ref().map(|waiting| {
        let changes = text::counted(waiting.changes, "change");
        let (verb, key) = (if waiting.changes == 1 { "is" } else { "are" }, view.model.keymap.key_of("import"));
        format!("{} beside it has {changes} that {verb} not here: {key} merges it", waiting.name)
    });
    let rest: Vec<String> = standing.remark.clone().into_iter().chain(due(view, walk)).collect();
    let restriction = read_only.or(waiting).or_else(|| (!rest.is_empty()).then(|| rest.join(" · ")));
    let register = view.world.register;
    let copy = register.copy.0.as_ref().map(|copy| copy.label(register));
    let parts: Vec<String> = copy.into_iter().chain(restriction).collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// That the plan walked, or one of all, is due for review or disposal.
fn due(view: &View<'_>, walk: &Walk) -> Option<String> {
    let (register, today) = (view.world.register, view.world.today());
    match walk.route {
        Route::AllPlans => retention::sentence(register.visible_plans(), today),
        Route::Plan(id) => Some(Due::of(register.plan(id)?, today)?.sentence("This plan", today)),
    }
}

fn filter_line(view: &View<'_>, walk: &Walk, band: Area, y: u16, buf: &mut Buffer) {
    let theme = view.theme;
    let item = match (marked(walk), item(view, walk)) {
        (Some(marked), Some(item)) => Some(format!("{marked} · {item}")),
        (marked, item) => marked.or(item),
    };
    if walk.filter.is_empty() {
        if let Some(item) = item {
            paint::words(buf, 1, y, band.cols.saturating_sub(2), &item, theme.strong);
            return;
        }
        if let Some(remark) = remark(view, walk) {
            paint::words(buf, 1, y, band.cols.saturating_sub(2), &remark, theme.doubt);
        }
        return;
    }
    let for_all = if walk.for_all > 0 { format!(", and {} for all agencies", walk.for_all) } else { String::new() };
    let changed = if walk.just_changed > 0 { format!(", {} just changed", walk.just_changed) } else { String::new() };
    let shown = format!("{} of {}{for_all}{changed}", walk.own, walk.tally.actions);
    let edge = paint::right(buf, band, y, &Line::from(span(shown, theme.dim)));
    let mut filter = vec![span("▼ ", theme.accent), span(walk.filter.to_string(), theme.accent)];
    filter.extend(item.map(|item| span(format!("   {item}"), theme.strong)));
    paint::line(buf, 1, y, edge.saturating_sub(3), &Line::from(filter));
}

/// "» 5 marked, 2 of them not shown": what the next rating, target, lead or subgroup goes to.
fn marked(walk: &Walk) -> Option<String> {
    let hidden = match walk.marked_hidden() {
        0 => String::new(),
        hidden => format!(", {hidden} of them not shown"),
    };
    (walk.marked() > 0).then(|| format!("» {} marked{hidden} (Esc unmarks)", walk.marked()))
}

/// "item 3 of 12: carried 2 times since 28 Nov 2026, overdue": the selected action's position on the open meeting's
/// agenda, and why it is there.
pub fn item(view: &View<'_>, walk: &Walk) -> Option<String> {
    let meeting = view.open_meeting()?;
    let action = walk.action();
    let Some(place) = action.and_then(|action| meeting.place_of(action)) else {
        return Some("not on the agenda".into());
    };
    let action = action.and_then(|action| view.world.register.action(action));
    let why = action.map(|action| agenda::why(view.world.register, meeting, action, view.world.today()));
    let why = why.filter(|why| !why.is_empty()).map(|why| format!(": {why}")).unwrap_or_default();
    let slot = action.and_then(|action| meeting.slot(action.id));
    let slot = slot.map(|slot| format!(" ({})", timing::slot_words(slot))).unwrap_or_default();
    Some(format!("item {place} of {}{slot}{why}", meeting.items().len()))
}

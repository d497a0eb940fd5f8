//! Showing the past: the plan as at an earlier moment, read-only, and returning to now.

use crate::app::command::{self, Command};
use crate::app::commands::no_plans;
use crate::app::message::{Effect, ReportRequest, Route, ShowPast, World};
use crate::app::model::{Model, Past, Standing};
use crate::app::overlay::Overlay;
use crate::app::overlay::choice::{Choice, ChoiceOption, Chosen, Offer};
use crate::app::scope::Scope;
use crate::app::screen::Screen;
use crate::app::screen::walk::Walk;
use crate::domain::filter::Filter;
use crate::domain::meeting::Meeting;
use crate::domain::moment::{Moment, Side};
use crate::report::Options;

const AT_HELP: &str = "Show everything as at the end of a day or a meeting.";
const COMPARE_HELP: &str =
    "Show what has changed since the end of a day or a meeting; in the past, what has changed since then.";

const ROW: Command = Command { scopes: &[Scope::Walk, Scope::Plans], ..command::ROW };

pub const COMMANDS: &[Command] = &[
    Command {
        name: "past",
        keys: &["@"],
        label: "as at",
        help: AT_HELP,
        also: "back earlier time travel",
        why_not: no_plans,
        run: |m, w| ask(m, w, "As at which day or meeting?", Chosen::AsAt),
        ..ROW
    },
    Command {
        name: "compare",
        keys: &["="],
        label: "compare",
        help: COMPARE_HELP,
        also: "difference diff changes",
        why_not: no_plans,
        run: compare,
        ..ROW
    },
];

/// Why the history cannot be opened from the past.
pub fn is_past_shown(model: &Model, _: World<'_>) -> Option<String> {
    let past = model.past.as_ref()?;
    Some(format!(
        "This shows the position as at {}; Esc returns to the present, where the history is",
        past.moment.words
    ))
}

/// Asks for a moment: a meeting is chosen, a date is typed.
fn ask(model: &mut Model, world: World<'_>, title: &'static str, chosen: fn(Moment) -> Chosen) -> Vec<Effect> {
    let register = world.register;
    let mut meetings: Vec<&Meeting> = register.visible_meetings().collect();
    meetings.sort_by_key(|meeting| std::cmp::Reverse(meeting.day()));
    let items = meetings.into_iter().map(|meeting| {
        let moment = Moment::of_meeting(meeting, register, Side::End);
        let also = meeting.day().map(|day| day.to_string()).unwrap_or_default();
        ChoiceOption { also, ..ChoiceOption::new(moment.words.clone(), chosen(moment)) }
    });
    let mut choice = Choice::new(title, items.collect());
    choice.offer = Offer::PastDay { today: world.env.now.date_naive().max(world.today()), chosen };
    model.overlays.push(Overlay::Choice(choice));
    Vec::new()
}

/// In the past, compares the moment shown with now; otherwise asks for a moment.
fn compare(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    match &model.past {
        Some(past) => compare_with_now(model, past.moment.clone(), world),
        None => ask(model, world, "Changes since the end of which day or meeting?", Chosen::Since),
    }
}

/// The report of changes since a moment, for what the screen shows.
pub fn compare_with_now(model: &Model, since: Moment, world: World<'_>) -> Vec<Effect> {
    let several = world.register.visible_plans().nth(1).is_some();
    let filter = model.screen.walk().map(|walk| match walk.route {
        Route::Plan(id) if several => {
            format!("plan:{} {}", world.register.plan(id).map_or("", |plan| plan.slug()), walk.filter)
        }
        Route::Plan(_) | Route::AllPlans => walk.filter.to_string(),
    });
    let filter = filter.unwrap_or_default().trim().to_owned();
    let options = Options { from: Some(since), ..Options::default() };
    vec![Effect::Show(Box::new(ReportRequest { report: "changes", filter, options }))]
}

/// The moment after the selected change, with the cursor on its action.
pub fn at_cursor(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let Some(history) = model.screen.history() else { return Vec::new() };
    let (Some(moment), Some(entry)) = (history.moment(), history.current()) else { return Vec::new() };
    let action = entry.about.filter(|id| world.register.action(*id).is_some());
    let plan = entry.line.plan.map_or(Route::AllPlans, Route::Plan);
    vec![Effect::ShowPast(Box::new(ShowPast { moment, route: plan, filter: Filter::default(), action }))]
}

/// The same walk as at a moment.
pub fn show_past(model: &Model, moment: Moment) -> Vec<Effect> {
    let walk = model.screen.walk();
    let route = walk.map_or(Route::AllPlans, |walk| walk.route);
    let filter = walk.map(|walk| walk.filter.clone()).unwrap_or_default();
    let action = walk.and_then(Walk::action);
    vec![Effect::ShowPast(Box::new(ShowPast { moment, route, filter, action }))]
}

/// The world is now a past one: its walk opens over the present screen.
pub fn past_shown(model: &mut Model, look: ShowPast, world: World<'_>) {
    let walk = Screen::Walk(Box::new(Walk::new(there_then(look.route, world))));
    let why = format!("this shows the position as at {}; Esc returns to the present", look.moment.words);
    let standing = Standing { read_only: Some(why), ..Standing::default() };
    let was = std::mem::replace(&mut model.standing, standing);
    if let Some(past) = &mut model.past {
        past.moment = look.moment;
        model.screen = walk;
    } else {
        model.past = Some(Past { moment: look.moment, standing: was });
        model.open(walk);
    }
    model.toast = None;
    model.refresh(world);
    if let Some(walk) = model.screen.walk_mut() {
        let has_agenda = world.register.open_meeting().is_some();
        walk.set_filter(if has_agenda { look.filter } else { look.filter.without_agenda() }, world);
    }
    match look.action {
        Some(action) => model.screen.go_to(action, model.size),
        None => model.keep_in_view(),
    }
}

/// The part of a scope that existed then; a single plan is shown without its name above it.
fn there_then(route: Route, world: World<'_>) -> Route {
    let mut plans = world.register.visible_plans();
    match (route, plans.next(), plans.next()) {
        (_, Some(only), None) => Route::Plan(only.id),
        (Route::Plan(id), _, _) if !world.register.is_hidden(id) => route,
        (Route::Plan(_) | Route::AllPlans, _, _) => Route::AllPlans,
    }
}

/// The world is the present again: the earlier screen is shown as it was left.
pub fn present_shown(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    if let Some(past) = model.past.take() {
        model.standing = past.standing;
    }
    model.toast = None;
    model.close(world);
    model.asked_again()
}

//! Looking back: the plan as it stood at an earlier moment, only to look at, and the way back to now.

use super::history;
use crate::app::command::{Command, Place, Scope};
use crate::app::model::{Effect, LookBack, Model, Past, Standing, Wish, World};
use crate::app::overlay::Overlay;
use crate::app::overlay::choice::{Choice, Chosen, Item, Offer};
use crate::app::screen::walk::{self, Walk};
use crate::app::screen::{self, Screen};
use crate::app::update;
use crate::domain::filter::Filter;
use crate::domain::meeting::Meeting;
use crate::domain::moment::{Moment, Side};
use crate::report::Options;

const AT_HELP: &str = "Shows everything as it stood at the end of a day or a meeting.";
const COMPARE_HELP: &str =
    "Tells what changed since the end of a day or a meeting; looking back, what changed since then.";

macro_rules! row {
    ($name:literal, $keys:expr, $scope:ident, $label:literal, $help:expr, $run:expr) => {
        Command {
            name: $name,
            keys: $keys,
            scope: Scope::$scope,
            label: $label,
            help: $help,
            place: Place::HelpOnly,
            why_not: super::no_plans,
            run: $run,
        }
    };
}

pub const COMMANDS: &[Command] = &[
    row!("past", &["@"], Walk, "as at", AT_HELP, |m, w| ask(m, w, "As at which day or meeting?", Chosen::AsAt)),
    row!("past.in-register", &["@"], Plans, "as at", AT_HELP, |m, w| ask(
        m,
        w,
        "As at which day or meeting?",
        Chosen::AsAt
    )),
    row!("compare", &["="], Walk, "compare", COMPARE_HELP, compare),
    row!("compare.in-register", &["="], Plans, "compare", COMPARE_HELP, compare),
];

/// Why the history of the register cannot be gone into from its past.
pub fn is_looking_back(model: &Model, _: World<'_>) -> Option<String> {
    let past = model.past.as_ref()?;
    Some(format!("This is how it stood at {}; Esc comes back to now, where the history is", past.moment.words))
}

/// Asks for a moment: a meeting is picked, a day is typed.
fn ask(model: &mut Model, world: World<'_>, title: &'static str, chosen: fn(Moment) -> Chosen) -> Vec<Effect> {
    let register = world.register;
    let mut meetings: Vec<&Meeting> = register.visible_meetings().collect();
    meetings.sort_by_key(|meeting| std::cmp::Reverse(meeting.day()));
    let items = meetings.into_iter().map(|meeting| {
        let moment = Moment::of_meeting(meeting, register, Side::End);
        let also = meeting.day().map(|day| day.to_string()).unwrap_or_default();
        Item { also, ..Item::new(moment.words.clone(), chosen(moment)) }
    });
    let mut choice = Choice::new(title, items.collect());
    choice.offer = Offer::PastDay { today: world.env.now.date_naive().max(world.today()), chosen };
    model.overlays.push(Overlay::Choice(choice));
    Vec::new()
}

/// Looking back, the moment looked at is compared with now; else a moment is asked for.
fn compare(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    match &model.past {
        Some(past) => compare_with_now(model, past.moment.clone(), world),
        None => ask(model, world, "What changed since the end of which day or meeting?", Chosen::Since),
    }
}

/// The paper that tells what changed since a moment, about what the screen shows.
pub fn compare_with_now(model: &Model, since: Moment, world: World<'_>) -> Vec<Effect> {
    let several = world.register.visible_plans().nth(1).is_some();
    let filter = model.screen.walk().map(|walk| match walk.scope {
        walk::Scope::Plan(id) if several => {
            format!("plan:{} {}", world.register.plan(id).map_or("", |plan| plan.slug()), walk.filter)
        }
        walk::Scope::Plan(_) | walk::Scope::AllPlans => walk.filter.to_string(),
    });
    let filter = filter.unwrap_or_default().trim().to_owned();
    let options = Options { from: Some(since), ..Options::default() };
    vec![Effect::Show(Box::new(Wish { report: "changes", filter, options }))]
}

/// The moment after the change under the history's cursor, with the cursor on its action.
pub fn at_cursor(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let Some(history) = history::history_mut(model) else { return Vec::new() };
    let (Some(moment), Some(told)) = (history.moment(), history.current()) else { return Vec::new() };
    let action = told.about.filter(|id| world.register.action(*id).is_some());
    let plan = told.line.plan.map_or(walk::Scope::AllPlans, walk::Scope::Plan);
    vec![Effect::LookBack(Box::new(LookBack { moment, scope: plan, filter: Filter::default(), action }))]
}

/// The same walk as it stood at a moment.
pub fn look_back(model: &Model, moment: Moment) -> Vec<Effect> {
    let walk = model.screen.walk();
    let scope = walk.map_or(walk::Scope::AllPlans, |walk| walk.scope);
    let filter = walk.map(|walk| walk.filter.clone()).unwrap_or_default();
    let action = walk.and_then(Walk::action);
    vec![Effect::LookBack(Box::new(LookBack { moment, scope, filter, action }))]
}

/// The world is an earlier one now: it is walked, over the screen there was.
pub fn looked_back(model: &mut Model, look: LookBack, world: World<'_>) {
    let walk = Screen::Walk(Box::new(Walk::new(there_then(look.scope, world))));
    let why = format!("this is how it stood at {}; Esc comes back to now", look.moment.words);
    let standing = Standing { read_only: Some(why), remark: None };
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
        walk.set_filter(look.filter, world);
    }
    match look.action {
        Some(action) => screen::walk::go_to(model, action),
        None => screen::keep_in_view(model),
    }
}

/// What of a scope there was; a plan by itself is shown without its name over it.
fn there_then(scope: walk::Scope, world: World<'_>) -> walk::Scope {
    let mut plans = world.register.visible_plans();
    match (scope, plans.next(), plans.next()) {
        (_, Some(only), None) => walk::Scope::Plan(only.id),
        (walk::Scope::Plan(id), _, _) if !world.register.is_hidden(id) => scope,
        (walk::Scope::Plan(_) | walk::Scope::AllPlans, _, _) => walk::Scope::AllPlans,
    }
}

/// The world is the present one again: the screen that looked back is shown as it was left.
pub fn came_back(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    if let Some(past) = model.past.take() {
        model.standing = past.standing;
    }
    model.toast = None;
    model.close(world);
    update::asked_anew(model)
}

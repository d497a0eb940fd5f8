//! Decisions on a line of the review: accepting a suggestion, leaving text as it is, splitting or joining an action.

use super::mend;
use crate::app::message::Effect;
use crate::app::message::World;
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::overlay::choice::{Choice, ChoiceOption, Chosen};
use crate::app::screen::review::{Cut, Review, ReviewLine, Take};
use crate::domain::mend::{ActionPlace, At, Doubt, options};
use crate::domain::split;

fn item(model: &Model) -> Option<ReviewLine> {
    model.screen.review().and_then(Review::item).copied()
}

pub fn nothing_to_leave(model: &Model, _: World<'_>) -> Option<String> {
    match item(model) {
        Some(ReviewLine::Doubt(_) | ReviewLine::Difference(_) | ReviewLine::LaterVersion(_)) => None,
        Some(_) | None => Some("No queries on this line".into()),
    }
}

/// The action that the selected line is about.
fn place(model: &Model) -> Option<ActionPlace> {
    let review = model.screen.review()?;
    match review.about(review.item()?)? {
        At::Action(place) => Some(place),
        At::Plan | At::Recommendation(_) => None,
    }
}

pub fn no_row(model: &Model, _: World<'_>) -> Option<String> {
    place(model).is_none().then(|| "No action is selected".into())
}

pub fn accept(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    match item(model) {
        Some(ReviewLine::Doubt(doubt)) => accept_doubt(model, doubt, world),
        Some(ReviewLine::Difference(at)) => decide(model, at, Take::TheOther, world),
        Some(ReviewLine::LaterVersion(plan)) => {
            let known = world.register.plan(plan).map(|plan| plan.slug().to_owned());
            if let (Some(slug), Some(review)) = (known, model.screen.review_mut()) {
                let title = review.draft().title.clone();
                review.call(&title, &slug, world);
                model.say(format!("Compared with {slug}: the differences are listed"));
            }
            Vec::new()
        }
        Some(ReviewLine::Gone(_)) => {
            model.say("It stays in the register; if it is no longer needed, close it in the walk");
            Vec::new()
        }
        Some(ReviewLine::Plan | ReviewLine::Level(_) | ReviewLine::Row(_)) => mend::open(model, world),
        Some(ReviewLine::Gap | ReviewLine::Heading(..)) | None => Vec::new(),
    }
}

fn accept_doubt(model: &mut Model, doubt: Doubt, world: World<'_>) -> Vec<Effect> {
    let Some(flag) = model.screen.review().and_then(|review| review.flag(doubt)) else { return Vec::new() };
    if split::offers(flag) {
        return rows(model, world);
    }
    let offered = options(flag);
    match offered.as_slice() {
        // A doubt about the whole plan has no field: accepting means keeping it as read.
        [] if doubt.at == At::Plan => leave_as_it_is(model, world),
        [] => mend::open(model, world),
        [only] => take_option(model, doubt, only, world),
        several => {
            let offer = |option: &String| ChoiceOption::new(option.clone(), Chosen::Suggestion(doubt, option.clone()));
            let items = several.iter().map(offer);
            model.overlays.push(Overlay::Choice(Choice::new("Which is meant?", items.collect())));
            Vec::new()
        }
    }
}

pub fn take_option(model: &mut Model, doubt: Doubt, option: &str, world: World<'_>) -> Vec<Effect> {
    match model.screen.review_mut().map(|review| review.accept(doubt, option, world)) {
        Some(Ok(told)) => model.say(told),
        Some(Err(problem)) => model.refuse(problem),
        None => {}
    }
    Vec::new()
}

fn decide(model: &mut Model, difference: usize, take: Take, world: World<'_>) -> Vec<Effect> {
    if let Some(told) = model.screen.review_mut().and_then(|review| review.decide(difference, take, world)) {
        model.say(told);
    }
    Vec::new()
}

pub fn leave_as_it_is(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    match item(model) {
        Some(ReviewLine::Doubt(doubt)) => {
            if let Some(told) = model.screen.review_mut().and_then(|review| review.leave(doubt, world)) {
                model.say(told);
            }
            Vec::new()
        }
        Some(ReviewLine::Difference(at)) => decide(model, at, Take::Here, world),
        Some(ReviewLine::LaterVersion(_)) => {
            if let Some(review) = model.screen.review_mut() {
                review.likely = None;
                review.refresh(world);
            }
            model.say("It will be a separate plan");
            Vec::new()
        }
        Some(_) | None => Vec::new(),
    }
}

/// Offers every way to split the action, and to join it with the one above.
pub fn rows(model: &mut Model, _: World<'_>) -> Vec<Effect> {
    let (Some(place), Some(review)) = (place(model), model.screen.review()) else { return Vec::new() };
    let cuts =
        review.cuts(place).into_iter().map(|cut| ChoiceOption::new(cut.label.clone(), Chosen::Split(place, cut)));
    let mut items: Vec<ChoiceOption> = cuts.collect();
    let is_first = place.action == 0 && place.recommendation.is_none_or(|rec| rec == 0);
    if !is_first {
        items.push(ChoiceOption::new("Join it with the row above", Chosen::Join(place)));
    }
    if items.is_empty() {
        model.say("This action is one sentence, with no action above it");
        return Vec::new();
    }
    model.overlays.push(Overlay::Choice(Choice::new("Split or join", items)));
    Vec::new()
}

pub fn split(model: &mut Model, place: ActionPlace, cut: &Cut, world: World<'_>) -> Vec<Effect> {
    if let Some(review) = model.screen.review_mut() {
        review.split(place, cut, world);
        model.say(format!("Split into {} actions", cut.pieces.len()));
    }
    Vec::new()
}

pub fn join(model: &mut Model, place: ActionPlace, world: World<'_>) -> Vec<Effect> {
    if let Some(told) = model.screen.review_mut().and_then(|review| review.join(place, world)) {
        model.say(told);
    }
    model.keep_in_view();
    Vec::new()
}

//! Decisions on a line of the review: accepting a suggestion, leaving text as it is, splitting or joining an action.

use super::mend;
use crate::app::message::Effect;
use crate::app::message::World;
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::overlay::choice::{Choice, ChoiceOption, Chosen};
use crate::app::screen::review::{Cut, Review, ReviewLine, Take};
use crate::domain::id::Id;
use crate::domain::mend::{ActionPlace, At, Doubt, options};
use crate::domain::reconcile::{Offer, Query};
use crate::domain::split;

fn item(model: &Model) -> Option<ReviewLine> {
    model.screen.review().and_then(Review::item).copied()
}

pub fn nothing_to_leave(model: &Model, _: World<'_>) -> Option<String> {
    match item(model) {
        Some(ReviewLine::Doubt(_) | ReviewLine::Query(_) | ReviewLine::Difference(_) | ReviewLine::LaterVersion(_)) => {
            None
        }
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

/// Shows the document as a later version of a plan.
pub fn compare_with(model: &mut Model, plan: Id, world: World<'_>) -> Vec<Effect> {
    let known = world.register.plan(plan).map(|plan| plan.slug().to_owned());
    if let (Some(slug), Some(review)) = (known, model.screen.review_mut()) {
        let title = review.draft().title.clone();
        review.call(&title, &slug, world);
        model.say(format!("Compared with {slug}: the differences are listed"));
    }
    Vec::new()
}

/// Makes it a plan of its own, whatever it has in common with another.
pub fn keep_apart(model: &mut Model, world: World<'_>) {
    if let Some(review) = model.screen.review_mut() {
        review.likely = None;
        review.refresh(world);
    }
}

pub fn accept(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    match item(model) {
        Some(ReviewLine::Doubt(doubt)) => accept_doubt(model, doubt, world),
        Some(ReviewLine::Query(at)) => reply(model, at, world),
        Some(ReviewLine::Difference(at)) => decide(model, at, Take::TheOther, world),
        Some(ReviewLine::LaterVersion(plan)) => compare_with(model, plan, world),
        Some(ReviewLine::Gone(_)) => {
            model.say("It stays in the register, marked; if it is done or withdrawn, close it in the walk");
            Vec::new()
        }
        Some(ReviewLine::Plan | ReviewLine::Level(_) | ReviewLine::Row(_) | ReviewLine::Answer(_)) => {
            mend::open(model, world)
        }
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

/// Answers what a return leaves open: with its one offer, by a choice among several, or in the form.
fn reply(model: &mut Model, at: usize, world: World<'_>) -> Vec<Effect> {
    let Some(query) = model.screen.review().and_then(|review| review.query(at)).cloned() else { return Vec::new() };
    match query.offers.as_slice() {
        [] => mend::open(model, world),
        [only] => take_offer(model, &query, &only.value, world),
        several => {
            let offer = |offer: &Offer| {
                ChoiceOption::new(offer.label.clone(), Chosen::Offer(Box::new(query.clone()), offer.value.clone()))
            };
            let items = several.iter().map(offer).collect();
            model.overlays.push(Overlay::Choice(Choice::new("Which is meant?", items)));
            Vec::new()
        }
    }
}

pub fn take_offer(model: &mut Model, query: &Query, value: &str, world: World<'_>) -> Vec<Effect> {
    match model.screen.review_mut().map(|review| review.reply(query, value, world)) {
        Some(Ok(told)) => model.say(told),
        Some(Err(problem)) => model.refuse(problem),
        None => {}
    }
    Vec::new()
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
        Some(ReviewLine::Query(at)) => {
            if let Some(told) = model.screen.review_mut().and_then(|review| review.leave_out(at, world)) {
                model.say(told);
            }
            Vec::new()
        }
        Some(ReviewLine::Difference(at)) => decide(model, at, Take::Here, world),
        Some(ReviewLine::LaterVersion(_)) => {
            keep_apart(model, world);
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

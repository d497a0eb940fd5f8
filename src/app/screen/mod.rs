//! The screens: what each one shows and where its cursor is.

pub mod history;
pub mod known;
pub mod paper;
pub mod plans;
pub mod review;
pub mod rows;
pub mod walk;
pub mod welcome;
pub mod window;

use super::model::{Model, World};
use history::History;
use paper::Paper;
use plans::Plans;
use review::Review;
use walk::{Scope, Walk};
use welcome::Welcome;

/// The screen under all overlays.
pub enum Screen {
    /// No plan yet: demo, import or an empty register.
    Welcome(Welcome),
    /// The register: one line a plan.
    Plans(Plans),
    /// The walk through the actions of one plan or of all.
    Walk(Box<Walk>),
    /// A document that was read and is not taken in yet.
    Review(Box<Review>),
    /// A report, over the screen from which it was asked for.
    Paper(Box<Paper>),
    /// What happened, over the screen from which it was asked for.
    History(Box<History>),
}

impl Screen {
    /// Where a session begins: the register where there are several plans, else the walk of the only one.
    pub fn first(world: World<'_>) -> Screen {
        let mut plans = world.register.visible_plans();
        match (plans.next(), plans.next()) {
            (None, _) => Screen::Welcome(Welcome::default()),
            (Some(only), None) => Screen::Walk(Box::new(Walk::new(Scope::Plan(only.id)))),
            (Some(_), Some(_)) => Screen::Plans(Plans::default()),
        }
    }

    /// The walk of the plan of that short name.
    pub fn of_plan(slug: &str, world: World<'_>) -> Screen {
        let mut plans = world.register.visible_plans();
        let plan = plans.find(|plan| plan.slug().eq_ignore_ascii_case(slug));
        plan.map_or_else(|| Screen::first(world), |plan| Screen::Walk(Box::new(Walk::new(Scope::Plan(plan.id)))))
    }

    /// Works out anew what depends on the register; leaves a screen whose plan is gone.
    pub fn refresh(&mut self, world: World<'_>) {
        if let Screen::Walk(walk) = self
            && let Scope::Plan(id) = walk.scope
            && world.register.is_hidden(id)
        {
            *self = Screen::first(world);
        }
        match self {
            Screen::Walk(walk) => walk.refresh(world),
            Screen::Plans(plans) => plans.refresh(world),
            Screen::Welcome(_) | Screen::Paper(_) => {}
            Screen::Review(review) => review.refresh(world),
            Screen::History(history) => history.refresh(world),
        }
    }

    pub fn walk(&self) -> Option<&Walk> {
        match self {
            Screen::Walk(walk) => Some(walk),
            Screen::Plans(_) | Screen::Welcome(_) | Screen::Review(_) | Screen::Paper(_) | Screen::History(_) => None,
        }
    }

    pub fn walk_mut(&mut self) -> Option<&mut Walk> {
        match self {
            Screen::Walk(walk) => Some(walk),
            Screen::Plans(_) | Screen::Welcome(_) | Screen::Review(_) | Screen::Paper(_) | Screen::History(_) => None,
        }
    }
}

/// Scrolls the screen's list so that its cursor is seen.
pub fn keep_in_view(model: &mut Model) {
    let page = window::page(model);
    match &mut model.screen {
        Screen::Walk(_) => window::keep_in_view(model),
        Screen::Review(review) => review.keep_in_view(page),
        Screen::Paper(paper) => paper.fit(model.size),
        Screen::History(history) => history.keep_in_view(model.size),
        Screen::Plans(_) | Screen::Welcome(_) => {}
    }
}

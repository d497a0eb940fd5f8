//! The screens: what each one shows and where its cursor is.

pub mod history;
pub mod known;
pub mod marks;
pub mod paper;
pub mod plans;
pub mod review;
pub mod rows;
pub mod walk;
pub mod welcome;
pub mod window;

use super::message::{Route, World};
use super::scope::Scope;
use history::History;
use paper::Paper;
use plans::Plans;
use review::Review;
use walk::Walk;
use welcome::Welcome;

/// The screen under all overlays.
pub enum Screen {
    /// No plan yet: demo, import or an empty register.
    Welcome(Welcome),
    /// The register: one line per plan.
    Plans(Plans),
    /// The walk through the actions of one plan or of all.
    Walk(Box<Walk>),
    /// A document that has been read but not imported yet.
    Review(Box<Review>),
    /// A report, over the screen it was opened from.
    Paper(Box<Paper>),
    /// A history, over the screen it was opened from.
    History(Box<History>),
}

impl Screen {
    /// Where a session starts: the register if there are several plans, else the walk of the only one.
    pub fn first(world: World<'_>) -> Screen {
        let mut plans = world.register.visible_plans();
        match (plans.next(), plans.next()) {
            (None, _) => Screen::Welcome(Welcome::default()),
            (Some(only), None) => Screen::Walk(Box::new(Walk::new(Route::Plan(only.id)))),
            (Some(_), Some(_)) => Screen::Plans(Plans::default()),
        }
    }

    /// The walk of the plan of that short name.
    pub fn of_plan(slug: &str, world: World<'_>) -> Screen {
        let mut plans = world.register.visible_plans();
        let plan = plans.find(|plan| plan.slug().eq_ignore_ascii_case(slug));
        plan.map_or_else(|| Screen::first(world), |plan| Screen::Walk(Box::new(Walk::new(Route::Plan(plan.id)))))
    }

    /// Recomputes what depends on the register; closes a screen whose plan is gone.
    pub fn refresh(&mut self, world: World<'_>) {
        if let Screen::Walk(walk) = self
            && let Route::Plan(id) = walk.route
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

    /// The scopes that receive keys on it, apart from overlays.
    pub fn scopes(&self) -> &'static [Scope] {
        match self {
            Screen::Walk(_) => &[Scope::Walk, Scope::Everywhere],
            Screen::Plans(_) => &[Scope::Plans, Scope::Everywhere],
            Screen::Welcome(_) => &[Scope::Welcome, Scope::Everywhere],
            Screen::Review(review) if review.columns.is_some() => &[Scope::Columns, Scope::Everywhere],
            Screen::Review(_) => &[Scope::Review, Scope::Everywhere],
            Screen::History(_) => &[Scope::History, Scope::Everywhere],
            Screen::Paper(_) => &[Scope::Paper, Scope::Everywhere],
        }
    }
}

/// What it is, if it is that.
impl Screen {
    pub fn walk(&self) -> Option<&Walk> {
        if let Screen::Walk(walk) = self { Some(walk) } else { None }
    }

    pub fn walk_mut(&mut self) -> Option<&mut Walk> {
        if let Screen::Walk(walk) = self { Some(walk) } else { None }
    }

    pub fn plans(&self) -> Option<&Plans> {
        if let Screen::Plans(plans) = self { Some(plans) } else { None }
    }

    pub fn plans_mut(&mut self) -> Option<&mut Plans> {
        if let Screen::Plans(plans) = self { Some(plans) } else { None }
    }

    pub fn welcome(&self) -> Option<&Welcome> {
        if let Screen::Welcome(welcome) = self { Some(welcome) } else { None }
    }

    pub fn welcome_mut(&mut self) -> Option<&mut Welcome> {
        if let Screen::Welcome(welcome) = self { Some(welcome) } else { None }
    }

    pub fn review(&self) -> Option<&Review> {
        if let Screen::Review(review) = self { Some(review) } else { None }
    }

    pub fn review_mut(&mut self) -> Option<&mut Review> {
        if let Screen::Review(review) = self { Some(review) } else { None }
    }

    pub fn paper(&self) -> Option<&Paper> {
        if let Screen::Paper(paper) = self { Some(paper) } else { None }
    }

    pub fn paper_mut(&mut self) -> Option<&mut Paper> {
        if let Screen::Paper(paper) = self { Some(paper) } else { None }
    }

    pub fn history(&self) -> Option<&History> {
        if let Screen::History(history) = self { Some(history) } else { None }
    }

    pub fn history_mut(&mut self) -> Option<&mut History> {
        if let Screen::History(history) = self { Some(history) } else { None }
    }
}

//! The form for how long a plan is kept.

use super::field::{FormField, Holds};
use super::form::{Form, Purpose};
use super::meeting_form::day;
use crate::app::message::World;
use crate::domain::date_words;
use crate::domain::id::Id;
use crate::domain::intent::Intent;
use crate::domain::plan::Plan;
use crate::problem::Problem;

/// Both dates as they are; an emptied field clears its date.
pub fn retain(plan: &Plan) -> Form {
    let field = |label, day: Option<_>| FormField::new(label, Holds::Day, day.map(date_words::day).unwrap_or_default());
    let fields = vec![field("Review on", plan.review_on()), field("Dispose on", plan.dispose_on())];
    Form::new(Purpose::Retain(plan.id), format!("How long {} is kept", plan.slug()), fields)
}

impl Form {
    pub(super) fn retention(&self, plan: Id, world: World<'_>) -> Result<Intent, Problem> {
        let (review_on, dispose_on) = (day(&self.words(0), world)?, day(&self.words(1), world)?);
        Ok(Intent::Retain { plan, review_on, dispose_on })
    }
}

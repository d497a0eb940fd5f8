//! The register screen: one line per plan.

use chrono::NaiveDate;

use crate::app::message::World;
use crate::domain::action::Action;
use crate::domain::id::Id;
use crate::domain::meeting::Meeting;
use crate::domain::query::{self, Tally};
use crate::domain::register::Register;
use crate::domain::retention::Due;

/// One plan's line.
pub struct PlanLine {
    pub plan: Id,
    pub tally: Tally,
    /// The next target still to come, as written.
    pub next: Option<String>,
    /// What the plan as a whole is due for.
    pub due: Option<Due>,
    /// When one of its actions was last discussed in a meeting, and the body's name.
    pub discussed: Option<(NaiveDate, String)>,
}

#[derive(Default)]
pub struct Plans {
    pub lines: Vec<PlanLine>,
    pub cursor: usize,
}

impl Plans {
    pub fn refresh(&mut self, world: World<'_>) {
        let today = world.today();
        let lines = world.register.visible_plans().map(|plan| PlanLine {
            plan: plan.id,
            tally: query::tally_plan(world.register, plan, today, Some(today)),
            next: next_target(world, plan.id),
            due: Due::of(plan, today),
            discussed: last_discussed(world.register, plan.id),
        });
        self.lines = lines.collect();
        self.step(0);
    }

    pub fn step(&mut self, by: isize) {
        self.cursor = self.cursor.saturating_add_signed(by).min(self.lines.len().saturating_sub(1));
    }

    pub fn plan(&self) -> Option<Id> {
        self.lines.get(self.cursor).map(|line| line.plan)
    }
}

fn next_target(world: World<'_>, plan: Id) -> Option<String> {
    let plan = world.register.plan(plan)?;
    let (register, today) = (world.register, world.today());
    let is_coming = |day: &NaiveDate| *day >= today;
    let open = register.outlines_of(plan).filter(|action| !action.is_settled(register));
    // Only the next one is read, and those with more targets than the last that is known of each.
    let (several, single): (Vec<_>, Vec<_>) =
        open.filter(|action| action.due.as_ref().is_some_and(is_coming)).partition(|action| action.has_targets);
    let next = single.into_iter().min_by_key(|action| action.due);
    let read = next.into_iter().chain(several).filter_map(|action| register.action(action.id));
    let coming = read.flat_map(Action::targets).filter(|target| target.last().as_ref().is_some_and(is_coming));
    coming.min_by_key(|target| target.last()).map(|target| target.raw.clone())
}

fn last_discussed(register: &Register, plan: Id) -> Option<(NaiveDate, String)> {
    let is_of_plan = |id: Id| register.outline(id).is_some_and(|action| action.plan == plan);
    let discussed = |meeting: &&Meeting| meeting.minutes().filter_map(|minute| minute.said.action).any(is_of_plan);
    let last = register.visible_meetings().filter(discussed).max_by_key(|meeting| meeting.day())?;
    Some((last.day()?, last.body().map(|body| register.party_name(body).to_owned()).unwrap_or_default()))
}

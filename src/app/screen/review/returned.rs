//! The review of an agency's return: answering what it leaves open, correcting its rows, choosing among its answers.

use super::{Review, ReviewLine, Version};
use crate::app::message::World;
use crate::domain::mend::{self, AnswerWords};
use crate::domain::reconcile::{Difference, PROGRESS, Query};
use crate::problem::Problem;

impl Review {
    pub fn is_return(&self) -> bool {
        self.now.draft.is_return
    }

    pub fn query(&self, at: usize) -> Option<&Query> {
        self.found.queries.get(at)
    }

    /// Which of the return's answers a line is about.
    pub fn answer_of(&self, item: &ReviewLine) -> Option<usize> {
        match item {
            ReviewLine::Answer(at) => Some(*at),
            ReviewLine::Query(at) => self.query(*at).map(|query| query.answer),
            ReviewLine::Difference(at) => self.difference(*at).and_then(|difference| difference.answer),
            ReviewLine::Gap
            | ReviewLine::Heading(..)
            | ReviewLine::LaterVersion(_)
            | ReviewLine::Doubt(_)
            | ReviewLine::Gone(_)
            | ReviewLine::Plan
            | ReviewLine::Level(_)
            | ReviewLine::Row(_) => None,
        }
    }

    /// Answers a query with one of its offers.
    pub fn reply(&mut self, query: &Query, value: &str, world: World<'_>) -> Result<String, Problem> {
        let before = self.now.clone();
        let told = mend::answer(&mut self.now.draft, query, value, world.today())?;
        self.mended(before, world);
        Ok(told)
    }

    /// Answers every query that has one offer only; returns how many.
    pub fn reply_to_all(&mut self, world: World<'_>) -> usize {
        let before = self.now.clone();
        let queries = self.found.queries.clone();
        let answered = queries.iter().filter(|query| !query.is_left).filter_map(|query| {
            let only = query.suggestion()?;
            mend::answer(&mut self.now.draft, query, &only.value, world.today()).ok()
        });
        let count = answered.count();
        self.mended(before, world);
        count
    }

    /// Leaves out what a query is about.
    pub fn leave_out(&mut self, at: usize, world: World<'_>) -> Option<String> {
        let query = self.query(at)?.clone();
        let before = self.now.clone();
        let told = mend::leave_out(&mut self.now.draft, &query)?;
        self.mended(before, world);
        Some(told)
    }

    /// Corrects an answer.
    pub fn set_answer(&mut self, at: usize, new: &AnswerWords, world: World<'_>) -> Result<(), Problem> {
        let before = self.now.clone();
        mend::set_answer(&mut self.now.draft, at, new, world.today())?;
        self.mended(before, world);
        Ok(())
    }

    /// Of several answers for one field of an action only one can be taken: the others are put back.
    pub(super) fn put_others_back(&mut self, taken: usize) {
        let Some(chosen) = self.difference(taken).filter(|chosen| chosen.answer.is_some()) else { return };
        let (on, field, key) = (chosen.on, chosen.field, chosen.key());
        let others = self.found.differs.iter().filter(|other| other.on == on && other.field == field);
        let others: Vec<_> = others.map(Difference::key).filter(|other| *other != key).collect();
        if field != PROGRESS {
            self.now.decided.extend(others.into_iter().map(|other| (other, false)));
        }
    }

    /// The plan to show when it is imported: that of what it changes.
    pub fn home(&self) -> &str {
        let Version { slug, draft, .. } = &self.now;
        let changed = self.found.differs.iter().find(|difference| difference.is_taken);
        let plan = changed.and_then(|difference| difference.reference.split_once(':')).map(|(plan, _)| plan);
        if draft.is_return { plan.unwrap_or_default() } else { slug }
    }
}

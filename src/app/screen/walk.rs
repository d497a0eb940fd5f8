//! The walk: the actions of one plan or of all, filtered, with a cursor that stops at actions.

use std::collections::BTreeSet;

use super::known::{Known, Wants};
use super::rows::{Here, PlanHeadings, Shown, WalkRow};
use crate::app::message::{Route, World};
use crate::domain::alike::Like;
use crate::domain::bits::Bits;
use crate::domain::filter::Filter;
use crate::domain::id::Id;
use crate::domain::outline::Outline;
use crate::domain::query::{self, PartyCount, Tally};

/// How many actions before and after the selected one are prepared to be selected.
const NEAR: usize = 2;

/// Which part of the walk the arrows move in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    #[default]
    List,
    Detail,
}

/// How the selected action is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    #[default]
    ListAndDetail,
    /// One action on the whole screen, for the projector.
    Card,
}

pub struct Walk {
    pub route: Route,
    pub filter: Filter,
    pub rows: Vec<WalkRow>,
    /// The selected row.
    pub cursor: usize,
    /// The first row on the screen.
    pub top: usize,
    pub folded: BTreeSet<Id>,
    /// The marked actions, shown or not.
    pub(super) marked: BTreeSet<Id>,
    /// Recommendations without actions.
    answerless: BTreeSet<Id>,
    pub focus: Focus,
    pub look: Look,
    /// Lines of the detail scrolled away.
    pub detail_top: u16,
    /// All actions walked, whatever the filter.
    pub tally: Tally,
    pub own: usize,
    pub for_all: usize,
    /// How many are shown only because they were just changed.
    pub just_changed: usize,
    /// The actions changed since the filter was set.
    changed: BTreeSet<Id>,
    /// The rows that are actions.
    action_rows: Vec<usize>,
    known: Known,
}

impl Walk {
    pub fn new(route: Route) -> Walk {
        Walk {
            route,
            filter: Filter::default(),
            rows: Vec::new(),
            cursor: 0,
            top: 0,
            folded: BTreeSet::new(),
            marked: BTreeSet::new(),
            answerless: BTreeSet::new(),
            focus: Focus::List,
            look: Look::ListAndDetail,
            detail_top: 0,
            tally: Tally::default(),
            own: 0,
            for_all: 0,
            just_changed: 0,
            changed: BTreeSet::new(),
            action_rows: Vec::new(),
            known: Known::default(),
        }
    }

    /// The selected action.
    pub fn action(&self) -> Option<Id> {
        self.rows.get(self.cursor).and_then(WalkRow::action)
    }

    /// Recomputes what depends on the register, keeping the cursor on its action.
    pub fn refresh(&mut self, world: World<'_>) {
        self.known = Known::of(&self.plans(world), self.walked(world), world);
        self.tally = self.tally_walked(world);
        self.forget_gone_marks(world);
        self.apply(world);
    }

    /// Like [`Walk::refresh`], after a change limited to these actions' own fields: skips all the others.
    pub fn refresh_changed(&mut self, changed: &[Id], world: World<'_>) {
        self.forget_gone_marks(world);
        match self.known.recount(changed, &self.tally, world) {
            Some(tally) if self.known.day == world.today() => self.tally = tally,
            Some(_) | None => return self.refresh(world),
        }
        if !self.filter.is_empty() {
            self.apply(world);
        }
    }

    /// Computes what the list shows for the actions in view; a new day invalidates everything.
    pub fn look(&mut self, page: usize, world: World<'_>) {
        if self.known.day != world.today() {
            self.refresh(world);
        }
        let in_view = self.rows.iter().skip(self.top).take(page).filter_map(WalkRow::action);
        self.known.look(in_view, &self.tally, world);
    }

    /// The same for the selected action alone, so that a change to it can be counted.
    pub fn look_at_selected(&mut self, world: World<'_>) {
        self.known.look(self.action().into_iter(), &self.tally, world);
    }

    /// The actions similar to the selected one.
    pub fn beside(&self, action: Id) -> &[Like] {
        self.known.beside(action)
    }

    /// Whether an action in view raises a challenge.
    pub fn is_challenged(&self, action: Id) -> bool {
        self.known.is_challenged(action)
    }

    /// How many of the actions walked raise a challenge, once that is known.
    pub fn challenged(&self) -> Option<usize> {
        self.known.challenged()
    }

    /// All parties with what they have among all actions walked.
    pub fn party_counts(&mut self, world: World<'_>) -> Vec<PartyCount> {
        self.known.party_counts(world)
    }

    /// Whether there is nothing left to prepare.
    pub fn is_prepared(&self, page: usize) -> bool {
        self.known.is_complete(&self.near(page), &self.filter)
    }

    /// Prepares a little of what keys need when idle; returns whether there is something new to show.
    pub fn prepare(&mut self, page: usize, world: World<'_>) -> Prepared {
        let shown = |walk: &Walk| (walk.action().map_or(0, |action| walk.beside(action).len()), walk.challenged());
        let before = shown(self);
        let wants = Wants { near: &self.near(page), filter: &self.filter, tally: &self.tally };
        self.known.make_more(&wants, world);
        if let Some(filter) = self.known.with_more_duplicates(&self.filter) {
            self.filter = filter;
            self.apply(world);
            return Prepared::Seen;
        }
        if shown(self) == before { Prepared::Unseen } else { Prepared::Seen }
    }

    /// The selected action, then those that the next keys may select.
    fn near(&self, page: usize) -> Vec<Id> {
        let after = self.rows.iter().skip(self.cursor + 1).filter_map(WalkRow::action).take(NEAR);
        let before = self.rows.iter().take(self.cursor).rev().filter_map(WalkRow::action).take(NEAR);
        let rows = isize::try_from(page_step(page)).unwrap_or(isize::MAX);
        let far = [self.paged(1, rows), self.paged(-1, rows), self.stop_from(0), self.stop_from(self.rows.len())];
        let far = far.into_iter().filter_map(|at| self.rows.get(at)).filter_map(WalkRow::action);
        self.action().into_iter().chain(after).chain(before).chain(far).collect()
    }

    /// The position of the selected action in the walk.
    pub fn place(&self) -> usize {
        self.action_rows.partition_point(|row| *row <= self.cursor)
    }

    /// Applies the filter. The cursor stays on its action, or goes to the first match.
    pub fn set_filter(&mut self, filter: Filter, world: World<'_>) {
        let filter = self.known.with_duplicates(filter);
        if self.filter != filter {
            self.filter = filter;
            self.changed.clear();
            self.apply(world);
        }
    }

    /// Keeps an action in the list until the filter is set again, even if it no longer matches.
    pub fn keep(&mut self, action: Id) {
        self.changed.insert(action);
    }

    /// How many actions the list shows.
    pub fn shown(&self) -> usize {
        self.own + self.for_all + self.just_changed
    }

    fn tally_walked(&self, world: World<'_>) -> Tally {
        let (register, today) = (world.register, world.today());
        match self.route {
            Route::AllPlans => query::tally(register, register.visible_outlines(), today, Some(today)),
            Route::Plan(id) => {
                let plan = register.plan(id);
                plan.map(|plan| query::tally_plan(register, plan, today, Some(today))).unwrap_or_default()
            }
        }
    }

    fn walked<'a>(&self, world: World<'a>) -> Box<dyn Iterator<Item = Outline<'a>> + 'a> {
        let register = world.register;
        match self.route {
            Route::AllPlans => Box::new(register.visible_outlines()),
            Route::Plan(id) => Box::new(register.plan(id).into_iter().flat_map(|plan| register.outlines_of(plan))),
        }
    }

    /// The plans walked.
    fn plans(&self, world: World<'_>) -> Vec<Id> {
        match self.route {
            Route::Plan(id) => vec![id],
            Route::AllPlans => world.register.visible_plans().map(|plan| plan.id).collect(),
        }
    }

    fn apply(&mut self, world: World<'_>) {
        let (was, line) = (self.action(), self.cursor);
        let shown = self.matching(world);
        let plans = if self.route == Route::AllPlans { PlanHeadings::Shown } else { PlanHeadings::Hidden };
        self.known.order.rows(&shown, &self.folded, plans, &mut self.rows);
        self.action_rows.clear();
        self.action_rows.extend((0..).zip(&self.rows).filter(|(_, row)| row.action().is_some()).map(|(at, _)| at));
        let kept = was.and_then(|id| self.rows.iter().position(|row| row.action() == Some(id)));
        let fallback = if self.filter.is_empty() { line } else { 0 };
        self.cursor = kept.unwrap_or_else(|| self.stop_from(fallback));
        if kept.is_none() {
            self.detail_top = 0;
        }
    }

    fn matching(&mut self, world: World<'_>) -> Vec<Shown> {
        let order = &self.known.order;
        if self.filter.is_empty() {
            (self.own, self.for_all, self.just_changed) = (order.actions.len(), 0, 0);
            self.answerless = order.answerless().collect();
            return order.all();
        }
        self.answerless.clear();
        let found = self.known.found(&self.filter, world);
        let (mut listed, mut changed) = (found.own.clone(), Bits::default());
        listed.add(&found.for_all);
        if !self.changed.is_empty() {
            let places = order.actions.iter().enumerate().filter(|(_, id)| self.changed.contains(id));
            changed = places.map(|(place, _)| place).collect();
            changed.take_away(&listed);
            listed.add(&changed);
        }
        (self.own, self.for_all, self.just_changed) = (found.own.count(), found.for_all.count(), changed.count());
        let here = |place| match (changed.contains(place), found.for_all.contains(place)) {
            (true, _) => Here::Changed,
            (false, true) => Here::ForAll,
            (false, false) => Here::Own,
        };
        listed.iter().map(|place| Shown::Action { place, here: here(place) }).collect()
    }

    /// Whether the cursor can stop at a row: actions, and recommendations whose actions are folded away or absent.
    pub(super) fn is_stop(&self, row: &WalkRow) -> bool {
        match row {
            WalkRow::Action(..) => true,
            WalkRow::Recommendation(id) => self.folded.contains(id) || self.answerless.contains(id),
            WalkRow::Gap | WalkRow::Plan(_) | WalkRow::Heading(_) => false,
        }
    }

    /// The nearest stop at or after a row, else the last one before it.
    fn stop_from(&self, at: usize) -> usize {
        let at = at.min(self.rows.len());
        let (before, after) = self.rows.split_at(at);
        let after = after.iter().position(|row| self.is_stop(row)).map(|step| at + step);
        after.or_else(|| before.iter().rposition(|row| self.is_stop(row))).unwrap_or(0)
    }

    /// Moves by this many stops, as far as possible; returns whether it moved.
    pub fn step(&mut self, by: isize) -> Moved {
        let mut at = self.cursor;
        for _ in 0..by.unsigned_abs() {
            let next = if by > 0 { self.next_stop(at) } else { self.previous_stop(at) };
            let Some(next) = next else { break };
            at = next;
        }
        self.put(at)
    }

    fn next_stop(&self, at: usize) -> Option<usize> {
        let rest = self.rows.get(at + 1..)?;
        rest.iter().position(|row| self.is_stop(row)).map(|step| at + 1 + step)
    }

    fn previous_stop(&self, at: usize) -> Option<usize> {
        self.rows.get(..at)?.iter().rposition(|row| self.is_stop(row))
    }

    pub fn first(&mut self) -> Moved {
        self.put(self.stop_from(0))
    }

    pub fn last(&mut self) -> Moved {
        self.put(self.stop_from(self.rows.len()))
    }

    pub(super) fn put(&mut self, at: usize) -> Moved {
        if at == self.cursor {
            return Moved::Not;
        }
        self.cursor = at;
        self.detail_top = 0;
        Moved::Yes
    }

    /// Moves by pages, counting headings as rows.
    pub fn page(&mut self, pages: isize, rows: isize) {
        self.put(self.paged(pages, rows));
    }

    fn paged(&self, pages: isize, rows: isize) -> usize {
        let wanted = self.cursor.saturating_add_signed(pages * rows).min(self.rows.len().saturating_sub(1));
        let stop =
            if pages > 0 { self.stop_from(wanted) } else { self.previous_stop(wanted + 1).unwrap_or(self.cursor) };
        if stop == self.cursor && pages < 0 { self.stop_from(0) } else { stop }
    }

    /// The recommendation at the cursor.
    pub fn recommendation(&self, world: World<'_>) -> Option<Id> {
        match self.rows.get(self.cursor)? {
            WalkRow::Recommendation(id) => Some(*id),
            WalkRow::Action(id, _) => world.register.action(*id)?.recommendation,
            WalkRow::Gap | WalkRow::Plan(_) | WalkRow::Heading(_) => None,
        }
    }

    /// Folds the actions of the cursor's recommendation away; the cursor waits on its heading.
    pub fn fold(&mut self, world: World<'_>) {
        if let Some(rec) = self.recommendation(world)
            && self.folded.insert(rec)
        {
            self.apply(world);
            self.cursor = self.rows.iter().position(|row| *row == WalkRow::Recommendation(rec)).unwrap_or(self.cursor);
        }
    }

    /// Unfolds them; the cursor goes to the first.
    pub fn unfold(&mut self, world: World<'_>) {
        if let Some(rec) = self.recommendation(world)
            && self.folded.remove(&rec)
        {
            let heading = self.cursor;
            self.apply(world);
            self.cursor = self.stop_from(heading);
        }
    }
}

/// How many rows a page key moves on a page of so many: less, so that the last rows are seen again.
pub fn page_step(page: usize) -> usize {
    page.saturating_sub(2).max(1)
}

/// Whether what was prepared needs drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prepared {
    Seen,
    Unseen,
}

/// Whether a step moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    Yes,
    Not,
}

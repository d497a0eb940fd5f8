//! The review of a document: what was understood, what is doubtful, and what it would change. Nothing is written until
//! it is imported.

mod columns;
mod cuts;
mod items;
mod mending;
mod returned;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::app::message::{ColumnKind, ImportRequest, Reviewed, World};
use crate::domain::draft::Draft;
use crate::domain::flag::Flag;
use crate::domain::id::Id;
use crate::domain::imported::Imported;
use crate::domain::mend::{self, Doubt};
use crate::domain::reconcile::{Asked, Decisions, Difference, DifferenceKey, Reconciled, likely_plan, reconcile_with};
pub use columns::{Columns, Holds};
pub use cuts::Cut;
pub use items::{Part, ReviewLine};
pub use mending::Take;

use super::walk::Focus;

/// What the user can change in a document before it is imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    pub draft: Draft,
    /// The short name of the new plan, or of the plan it is a later version of.
    pub slug: String,
    /// Differences where the user overrode the proposal.
    pub decided: BTreeMap<DifferenceKey, bool>,
    /// The user's column mappings: column name and fields.
    pub columns: Vec<(String, String)>,
}

pub struct Review {
    /// The document's path, as given.
    pub path: String,
    pub now: Version,
    /// Earlier versions, one per correction, latest last.
    past: Vec<Version>,
    /// Undone versions, latest last.
    undone: Vec<Version>,
    /// The changes that imports have written.
    imported: Imported,
    /// Of a return: when its form was made, and what was changed since.
    asked: Arc<Asked>,
    /// What a column can hold.
    pub kinds: Vec<ColumnKind>,
    /// The columns are shown, with the cursor on this one.
    pub columns: Option<Columns>,
    /// What importing it would change.
    pub found: Reconciled,
    /// A plan with another name of which this seems to be a later version, with the number of shared actions.
    pub likely: Option<(Id, usize)>,
    pub items: Vec<ReviewLine>,
    pub cursor: usize,
    /// The first item on the screen.
    pub top: usize,
    pub focus: Focus,
    /// Lines of the detail scrolled away.
    pub detail_top: u16,
}

impl Review {
    pub fn new(read: Reviewed, world: World<'_>) -> Review {
        let Reviewed { path, slug, draft, imported, asked, kinds, .. } = read;
        let is_plan = draft.all_actions().next().is_some();
        let mut review = Review {
            path,
            now: Version { draft, slug, decided: BTreeMap::new(), columns: Vec::new() },
            past: Vec::new(),
            undone: Vec::new(),
            imported,
            asked,
            kinds,
            columns: None,
            found: Reconciled::default(),
            likely: None,
            items: Vec::new(),
            cursor: 0,
            top: 0,
            focus: Focus::List,
            detail_top: 0,
        };
        review.likely = likely_plan(&review.now.draft, &review.now.slug, world.register);
        review.refresh(world);
        review.first();
        if !is_plan && !review.is_return() {
            review.show_columns();
        }
        review
    }

    pub fn draft(&self) -> &Draft {
        &self.now.draft
    }

    /// Recomputes what importing it would change.
    pub fn refresh(&mut self, world: World<'_>) {
        let (imported, decided) = (self.imported.clone(), self.now.decided.clone());
        let decisions = Decisions { imported, decided, asked: Arc::clone(&self.asked) };
        self.found = reconcile_with(&self.now.draft, &self.now.slug, world.register, &decisions);
        self.items = items::build(self);
        self.put(self.cursor);
    }

    /// The selected item.
    pub fn item(&self) -> Option<&ReviewLine> {
        self.items.get(self.cursor)
    }

    pub fn doubts(&self) -> usize {
        let is_open = |item: &&ReviewLine| match item {
            ReviewLine::Query(at) => self.query(*at).is_some_and(|query| !query.is_left),
            item => matches!(item, ReviewLine::Doubt(_)),
        };
        self.items.iter().filter(is_open).count()
    }

    pub fn difference(&self, at: usize) -> Option<&Difference> {
        self.found.differs.get(at)
    }

    pub fn flag(&self, doubt: Doubt) -> Option<&Flag> {
        mend::flag(&self.now.draft, doubt)
    }

    /// How many corrections would be lost by closing.
    pub fn corrections(&self) -> usize {
        self.past.len()
    }

    /// What to write when it is imported.
    pub fn taken(&self) -> ImportRequest {
        let Version { draft, slug, decided, columns } = self.now.clone();
        ImportRequest { path: self.path.clone(), draft, slug, decided, columns }
    }
}

/// Moving.
impl Review {
    /// Goes to the nearest item at or after an index, or before it if none follows.
    pub fn put(&mut self, at: usize) {
        let at = at.min(self.items.len().saturating_sub(1));
        let down = (at..self.items.len()).find(|at| self.is_stop(*at));
        let found = down.or_else(|| (0..at).rev().find(|at| self.is_stop(*at)));
        if let Some(found) = found {
            self.detail_top = if found == self.cursor { self.detail_top } else { 0 };
            self.cursor = found;
        }
    }

    pub fn first(&mut self) {
        self.put(0);
    }

    /// Moves down or up by this many items.
    pub fn step(&mut self, by: isize) {
        let mut at = self.cursor;
        for _ in 0..by.unsigned_abs().min(self.items.len()) {
            let next = match by {
                1.. => (at + 1..self.items.len()).find(|at| self.is_stop(*at)),
                _ => (0..at).rev().find(|at| self.is_stop(*at)),
            };
            at = next.unwrap_or(at);
        }
        self.put(at);
    }

    /// Goes to the next doubt or undecided difference, wrapping round at the end.
    pub fn next_doubt(&mut self) {
        let is_open =
            |item: &ReviewLine| matches!(item, ReviewLine::Doubt(_) | ReviewLine::Query(_) | ReviewLine::Difference(_));
        let places = (self.cursor + 1..self.items.len()).chain(0..self.cursor);
        if let Some(at) = places.into_iter().find(|at| self.items.get(*at).is_some_and(is_open)) {
            self.put(at);
        }
    }

    /// Scrolls the list so that the cursor is visible, with the heading above the first item.
    pub fn keep_in_view(&mut self, page: usize) {
        let above = (0..self.cursor).rev().take_while(|at| !self.is_stop(*at)).count();
        if self.cursor.saturating_sub(above) < self.top {
            self.top = self.cursor.saturating_sub(above);
        }
        if self.cursor >= self.top + page {
            self.top = self.cursor + 1 - page;
        }
        self.top = self.top.min(self.items.len().saturating_sub(page));
    }

    pub fn is_stop(&self, at: usize) -> bool {
        self.items.get(at).is_some_and(ReviewLine::is_stop)
    }
}

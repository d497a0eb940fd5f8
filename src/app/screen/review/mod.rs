//! The review of a document that was read: what was understood, what is doubtful, and what it would change. Nothing is
//! written before it is taken in.

mod columns;
mod cuts;
mod items;
mod mending;

use std::collections::BTreeMap;

use crate::app::message::{ColumnKind, Reviewed, TakeIn, World};
use crate::domain::draft::Draft;
use crate::domain::flag::Flag;
use crate::domain::id::Id;
use crate::domain::mend::{self, Doubt};
use crate::domain::reconcile::{Difference, DifferenceKey, Reconciled, Wishes, likely_plan, reconcile_with};
pub use columns::{Columns, Holds};
pub use cuts::Cut;
pub use items::{Item, Part};
pub use mending::Take;

use super::walk::Focus;

/// What a person can change about a document before it is taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    pub draft: Draft,
    /// The short name of the plan that it becomes, or is a later version of.
    pub slug: String,
    /// Differences decided otherwise than proposed.
    pub decided: BTreeMap<DifferenceKey, bool>,
    /// What columns hold, where somebody said so: its name, and the fields.
    pub columns: Vec<(String, String)>,
}

pub struct Review {
    /// Where the document is, as it was given.
    pub path: String,
    pub now: Version,
    /// How it was before each correction, the last one last.
    past: Vec<Version>,
    /// What was taken back, the last one last.
    undone: Vec<Version>,
    /// The changes that imports have written.
    imported: std::collections::HashSet<Id>,
    /// What a column can hold.
    pub kinds: Vec<ColumnKind>,
    /// The columns are shown, with the cursor on this one.
    pub columns: Option<Columns>,
    /// What taking it in would do.
    pub found: Reconciled,
    /// A plan of which this seems to be a later version, though it is called otherwise; with how many actions of it.
    pub likely: Option<(Id, usize)>,
    pub items: Vec<Item>,
    pub cursor: usize,
    /// The first item on the screen.
    pub top: usize,
    pub focus: Focus,
    /// Lines of the detail scrolled away.
    pub detail_top: u16,
}

impl Review {
    pub fn new(read: Reviewed, world: World<'_>) -> Review {
        let Reviewed { path, slug, draft, imported, kinds, .. } = read;
        let is_plan = draft.all_actions().next().is_some();
        let mut review = Review {
            path,
            now: Version { draft, slug, decided: BTreeMap::new(), columns: Vec::new() },
            past: Vec::new(),
            undone: Vec::new(),
            imported,
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
        if !is_plan {
            review.show_columns();
        }
        review
    }

    pub fn draft(&self) -> &Draft {
        &self.now.draft
    }

    /// Works out anew what taking it in would do.
    pub fn refresh(&mut self, world: World<'_>) {
        let wishes = Wishes { imported: self.imported.clone(), decided: self.now.decided.clone() };
        self.found = reconcile_with(&self.now.draft, &self.now.slug, world.register, &wishes);
        self.items = items::build(self);
        self.put(self.cursor);
    }

    /// The item under the cursor.
    pub fn item(&self) -> Option<&Item> {
        self.items.get(self.cursor)
    }

    pub fn doubts(&self) -> usize {
        self.items.iter().filter(|item| matches!(item, Item::Doubt(_))).count()
    }

    pub fn difference(&self, at: usize) -> Option<&Difference> {
        self.found.differs.get(at)
    }

    pub fn flag(&self, doubt: Doubt) -> Option<&Flag> {
        mend::flag(&self.now.draft, doubt)
    }

    /// How many corrections would be lost by leaving.
    pub fn corrections(&self) -> usize {
        self.past.len()
    }

    /// What is to be written when it is taken in.
    pub fn taken(&self) -> TakeIn {
        let Version { draft, slug, decided, columns } = self.now.clone();
        TakeIn { draft, slug, decided, columns }
    }
}

/// Moving.
impl Review {
    /// Goes to the nearest item at or after a place, or before it where none follows.
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

    /// Goes so many items down, or up.
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

    /// Goes to the next doubt or undecided difference; round to the first after the last.
    pub fn next_doubt(&mut self) {
        let is_open = |item: &Item| matches!(item, Item::Doubt(_) | Item::Difference(_));
        let places = (self.cursor + 1..self.items.len()).chain(0..self.cursor);
        if let Some(at) = places.into_iter().find(|at| self.items.get(*at).is_some_and(is_open)) {
            self.put(at);
        }
    }

    /// Scrolls the list so that the cursor is seen, and the heading over the first item with it.
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
        self.items.get(at).is_some_and(Item::is_stop)
    }
}

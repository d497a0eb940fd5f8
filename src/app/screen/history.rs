//! The history screen: changes to one action or to the whole register, newest first, limited by a filter.

use std::collections::HashMap;

use crate::app::layout::{self, Size};
use crate::app::message::World;
use crate::domain::arrival::Happening;
use crate::domain::date_words;
use crate::domain::filter::Filter;
use crate::domain::id::Id;
use crate::domain::moment::Moment;
use crate::domain::query;
use crate::domain::trail::{Subject, TrailEntry};

pub struct History {
    pub subject: Subject,
    /// The action it was opened on; none for the whole register.
    pub on: Option<Id>,
    /// Which actions' changes are shown.
    pub filter: Filter,
    /// Words that a change must contain anywhere.
    pub words: String,
    /// The indices in `entries` of what is shown, newest first.
    pub rows: Vec<usize>,
    pub cursor: usize,
    /// The first row on the screen.
    pub top: usize,
    /// The change whose moment is marked for the next comparison.
    pub marked: Option<Id>,
    /// Oldest first.
    entries: Vec<Happening>,
    /// The searchable text of each change; built at the first search.
    texts: Vec<String>,
}

impl History {
    pub fn new(subject: Subject, entries: Vec<Happening>, world: World<'_>) -> History {
        let on = if let Subject::Action(action) = subject { Some(action) } else { None };
        let (filter, words, rows, texts) = (Filter::default(), String::new(), Vec::new(), Vec::new());
        let mut history = History { subject, on, filter, words, rows, cursor: 0, top: 0, marked: None, entries, texts };
        history.refresh(world);
        history
    }

    /// Replaces the history with an updated one or another subject's; the cursor stays on its change, if still shown.
    pub fn bring(&mut self, subject: Subject, entries: Vec<Happening>, world: World<'_>) {
        let was = self.current().map(|entry| (entry.change, entry.batch));
        (self.subject, self.entries) = (subject, entries);
        self.texts.clear();
        self.refresh(world);
        self.go_to(was);
    }

    /// The selected change; none on a merge.
    pub fn current(&self) -> Option<&TrailEntry> {
        self.row(self.cursor).and_then(Happening::change)
    }

    /// What a row shows.
    pub fn row(&self, row: usize) -> Option<&Happening> {
        self.entries.get(*self.rows.get(row)?)
    }

    /// How many changes there are, shown or not.
    pub fn count(&self) -> usize {
        self.changes().count()
    }

    fn changes(&self) -> impl Iterator<Item = &TrailEntry> {
        self.entries.iter().filter_map(Happening::change)
    }

    pub fn is_filtered(&self) -> bool {
        !self.filter.is_empty() || !self.words.is_empty()
    }

    /// Shows only changes to these actions that contain these words; the cursor stays on its change, if still shown.
    pub fn set_filter(&mut self, filter: Filter, words: String, world: World<'_>) {
        let was = self.current().map(|entry| (entry.change, entry.batch));
        (self.filter, self.words) = (filter, words);
        self.refresh(world);
        self.go_to(was);
    }

    /// Recomputes what is shown.
    pub fn refresh(&mut self, world: World<'_>) {
        let words: Vec<String> = query::folded(&self.words).split_whitespace().map(str::to_owned).collect();
        if !words.is_empty() && self.texts.len() != self.entries.len() {
            self.texts = self.entries.iter().map(|one| text(one, world)).collect();
        }
        let mut concerned = HashMap::new();
        let has_words = |at: usize| self.texts.get(at).is_some_and(|text| words.iter().all(|word| text.contains(word)));
        let shown = self.entries.iter().enumerate().rev().filter(|(at, entry)| {
            (words.is_empty() || has_words(*at))
                && (self.filter.is_empty() || self.concerns(entry, &mut concerned, world))
        });
        self.rows = shown.map(|(at, _)| at).collect();
        self.step(0);
    }

    /// Whether a change is about an action that matches the filter.
    fn concerns(&self, one: &Happening, known: &mut HashMap<Id, bool>, world: World<'_>) -> bool {
        let about = one.change().and_then(|entry| entry.about);
        let Some(action) = about.and_then(|id| world.register.action(id)) else { return false };
        let matches = || self.filter.matches(world.register, action, world.today()).is_some();
        *known.entry(action.id).or_insert_with(matches)
    }

    pub fn step(&mut self, by: isize) {
        self.cursor = self.cursor.saturating_add_signed(by).min(self.rows.len().saturating_sub(1));
    }

    /// Puts the cursor on a line of the window.
    pub fn click(&mut self, line: usize) {
        let at = self.top + line;
        if at < self.rows.len() {
            self.cursor = at;
        }
    }

    /// Puts the cursor on a change, else on one of the same batch.
    fn go_to(&mut self, wanted: Option<(Id, Id)>) {
        let Some((change, batch)) = wanted else { return };
        let place = |is_it: &dyn Fn(&TrailEntry) -> bool| {
            (0..self.rows.len()).find(|row| self.row(*row).and_then(Happening::change).is_some_and(is_it))
        };
        let found = place(&|entry| entry.change == change).or_else(|| place(&|entry| entry.batch == batch));
        self.cursor = found.unwrap_or(self.cursor);
    }

    /// Scrolls so that the cursor is visible.
    pub fn keep_in_view(&mut self, size: Size) {
        let page = usize::from(layout::history(size).list.rows).max(1);
        // By most of a page rather than one row, so that the list stays still for reading.
        if self.cursor < self.top {
            self.top = self.cursor.saturating_sub(page - page / 4);
        }
        if self.cursor >= self.top + page {
            self.top = self.cursor.saturating_sub(page / 4);
        }
        self.top = self.top.min(self.rows.len().saturating_sub(page));
    }

    /// The moment after the batch of the selected change.
    pub fn moment(&self) -> Option<Moment> {
        self.current().map(|entry| Moment::after(entry.batch, entry.at))
    }

    /// The moment that is marked.
    pub fn marked_moment(&self) -> Option<Moment> {
        let marked = self.marked?;
        self.changes().find(|entry| entry.change == marked).map(|entry| Moment::after(entry.batch, entry.at))
    }

    /// Marks or unmarks the selected change.
    pub fn mark(&mut self) {
        let here = self.current().map(|entry| entry.change);
        self.marked = if self.marked == here { None } else { here };
    }
}

/// Everything a line can be found by, normalised.
fn text(one: &Happening, world: World<'_>) -> String {
    match one {
        Happening::Change(entry) => change_text(entry, world),
        Happening::Arrival(arrival) => {
            let day = date_words::day(arrival.at.date_naive());
            query::folded(&[day, arrival.author.clone(), arrival.sentence()].join("\n"))
        }
    }
}

fn change_text(entry: &TrailEntry, world: World<'_>) -> String {
    let register = world.register;
    let meeting = entry.meeting.and_then(|id| register.meeting(id)).map(|meeting| register.meeting_name(meeting));
    let line = &entry.line;
    let parts = [
        Some(date_words::day(entry.at.date_naive())),
        Some(entry.author.clone()),
        meeting,
        line.plan.and_then(|id| register.plan(id)).map(|plan| plan.slug().to_owned()),
        Some(line.what.clone()),
        Some(line.sentence.clone()),
        line.from.clone(),
        line.to.clone(),
    ];
    query::folded(&parts.into_iter().flatten().collect::<Vec<_>>().join("\n"))
}

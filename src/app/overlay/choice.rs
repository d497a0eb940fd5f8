//! A list to choose from by typing a few letters: parties, commands, ratings.

use std::borrow::Cow;

use super::form::Answer;
use super::ranking::rank;
use crate::app::editor::Editor;
use crate::app::key::Key;
use crate::app::message::Export;
use crate::app::screen::review::{Cut, Holds};
use crate::domain::date_words;
use crate::domain::erasing::Erasing;
use crate::domain::fork::Forks;
use crate::domain::id::Id;
use crate::domain::meeting::Receipt;
use crate::domain::mend::{ActionPlace, Doubt};
use crate::domain::moment::{self, Moment};
use crate::domain::recommendation::Acceptance;
use crate::domain::reconcile::Query;
use crate::domain::timing::Movement;
use crate::domain::updates::Update;
use crate::report::Readers;
use chrono::NaiveDate;

/// What choosing an item means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// Filter by this party.
    Party(Id),
    /// Run this command.
    Command(&'static str),
    /// Rate the selected action: a word of its plan's scheme.
    Rating(Option<String>),
    /// Decide the extension that is requested for the selected action.
    Target(TargetStep),
    /// Settle a doubt about the document under review with this.
    Suggestion(Doubt, String),
    /// Split an action of the document under review.
    Split(ActionPlace, Cut),
    /// Join an action of the document under review with the one above.
    Join(ActionPlace),
    /// Join this action of the register with the selected one.
    JoinWith(Id),
    /// Map the selected column to this.
    Column(String, Holds),
    /// Compare the document under review with this plan, as a later version of it.
    LaterVersion(Id),
    /// Import the document under review as a plan of its own.
    SeparatePlan,
    /// Close the document under review and discard its corrections.
    LeaveReview,
    /// A meeting operation.
    Meeting(MeetingStep),
    /// An operation on a plan or a recommendation.
    Plan(PlanStep),
    /// Add something where the cursor is.
    Add(Adding),
    /// Move the selected action to this recommendation.
    MoveTo(Id),
    /// Dismiss this challenge about the action.
    Challenge(String),
    /// Show this report.
    Report(&'static str),
    /// Show this party's report.
    AgencyReport(Id),
    /// Show the pack for the meeting of this body, in this copy; without a body, asks for it where it could be several.
    Pack(Readers, Option<Id>),
    /// Save the report on the screen in this format.
    WriteAs(&'static str),
    /// Replace the existing file.
    Export(Box<Export>),
    /// Show everything as at then.
    AsAt(Moment),
    /// Show what has changed since then.
    Since(Moment),
    /// Answer what a return leaves open with this.
    Offer(Box<Query>, String),
    /// Merge this copy of the register.
    Merge(String, Forks),
    /// Settle a conflict of a thing: keep the value that this change wrote.
    Settle(Id, Id),
    /// Agree the closure of this action, which the user proposed too.
    AgreeOwn(Id),
    /// Decide on what an agency wrote in its own copy.
    Update(UpdateStep),
    /// Erase this, or words still to be typed: asks on what ground.
    Erase(Option<Erasing>),
    /// Erase it on this ground, without asking again.
    EraseForEver(Erasing, String),
    /// Cancel.
    Nothing,
}

/// What is done with agencies' updates; `left` is how many others wait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UpdateStep {
    Look { update: Box<Update>, left: usize },
    Accept { these: Vec<Receipt>, left: usize },
    Decline(Box<Update>),
}

/// How an extension request is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetStep {
    Accept,
    Decline,
    Move,
}

/// What choosing a line of the list does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeetingStep {
    Begin,
    Agenda,
    Attend,
    ComeOrGo(Movement),
    Rules,
    /// Plans a time for the selected item, or for those marked.
    Time,
    /// Plans a time for every item.
    TimeOfAll,
    /// Puts an action on the agenda.
    PutOn(Id),
    TakeOff(Id),
    /// Shows the minutes so far.
    Minutes(Id),
    End,
    /// Shows what was not reached, to choose item by item.
    Unreached,
    Reopen(Id),
    Agree(Id),
}

/// What choosing a line does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlanStep {
    /// No reason is needed.
    Accept(Id, Acceptance),
    /// A reason is asked for.
    Answer(Id, Answer),
    Mark(Id, String),
    /// Asks for your own wording.
    MarkWithOwn(Id),
}

/// What can be added where the cursor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Adding {
    Action(Home),
    /// Under a recommendation, or of the meeting as a whole.
    Matter(Option<Id>),
    Decision,
}

/// Where a new action goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Home {
    pub plan: Id,
    /// None in a plan without recommendations.
    pub recommendation: Option<Id>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceOption {
    pub label: String,
    /// Other words that find it: aliases, a command's help.
    pub also: String,
    /// Shown on the right: counts, keys.
    pub note: String,
    /// Why it cannot be chosen now.
    pub why_not: Option<String>,
    pub chosen: Chosen,
}

impl ChoiceOption {
    /// An item found by its label alone that can be chosen.
    pub fn new(label: impl Into<String>, chosen: Chosen) -> ChoiceOption {
        ChoiceOption { label: label.into(), also: String::new(), note: String::new(), why_not: None, chosen }
    }
}

pub struct Choice {
    pub title: Cow<'static, str>,
    pub editor: Editor,
    pub items: Vec<ChoiceOption>,
    /// Places in `items`, best match first.
    pub found: Vec<usize>,
    /// Place in `found`.
    pub cursor: usize,
    pub offer: Offer,
    /// What one line is, for the sentence that says that nothing matches.
    pub noun: &'static str,
    /// How many of `items` are permanent; one more can be offered for the typed text.
    own: usize,
}

/// What is offered for the typed text, besides the matching items.
#[derive(Clone, Copy, Debug)]
pub enum Offer {
    Nothing,
    /// The end of a day that is not in the future.
    PastDay {
        today: NaiveDate,
        chosen: fn(Moment) -> Chosen,
    },
}

impl Choice {
    pub fn new(title: impl Into<Cow<'static, str>>, items: Vec<ChoiceOption>) -> Choice {
        let found = (0..items.len()).collect();
        let own = items.len();
        let (editor, title) = (Editor::default(), title.into());
        Choice { title, editor, items, found, cursor: 0, offer: Offer::Nothing, noun: "line", own }
    }

    /// The same list with a name for what its lines are: "agency", "command".
    #[must_use]
    pub fn of(self, noun: &'static str) -> Choice {
        Choice { noun, ..self }
    }

    pub fn press(&mut self, key: Key) {
        if self.editor.press(key) {
            self.search();
        }
    }

    pub fn paste(&mut self, text: &str) {
        self.editor.insert(text.trim());
        self.search();
    }

    pub fn step(&mut self, by: isize) {
        let last = self.found.len().saturating_sub(1);
        // One step past an end wraps round to the other.
        self.cursor = match by {
            -1 if self.cursor == 0 => last,
            1 if self.cursor >= last => 0,
            _ => self.cursor.saturating_add_signed(by).min(last),
        };
    }

    pub fn current(&self) -> Option<&ChoiceOption> {
        self.found.get(self.cursor).and_then(|at| self.items.get(*at))
    }

    fn search(&mut self) {
        self.cursor = 0;
        self.items.truncate(self.own);
        self.found = rank(self.editor.text(), self.items.iter().map(|item| (item.label.as_str(), item.also.as_str())));
        if let Some(item) = self.offered() {
            self.found.insert(0, self.items.len());
            self.items.push(item);
        }
    }

    fn offered(&self) -> Option<ChoiceOption> {
        let Offer::PastDay { today, chosen } = self.offer else { return None };
        let day = moment::past_day(self.editor.text().trim(), today).filter(|day| *day <= today)?;
        let label = format!("the end of {}", date_words::weekday(day));
        Some(ChoiceOption::new(label, chosen(Moment::end_of(day))))
    }
}

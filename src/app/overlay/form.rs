//! A form over the walk: progress, target, leads, text, a new action, closing and reopening.

use std::collections::BTreeMap;

use super::field::{Echo, FormField, Holds, Taken};
use super::suggest::Suggestion;
use crate::app::editor::Editor;
use crate::app::key::{Key, KeyCode};
use crate::app::message::World;
use crate::domain::erasing::Erasing;
use crate::domain::id::Id;
use crate::domain::mend::At;
use crate::domain::timing::Movement;
use crate::domain::updates::Update;
use crate::problem::Problem;

/// What saving a form does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Writes a change of an action to the register; a new action is written beside it.
    Change(ActionEdit, Id),
    /// The same change of each of these actions.
    ChangeEach(ActionEdit, Vec<Id>),
    /// Starts or ends a meeting, or changes the open one.
    Meet(Meet),
    /// Plans when these items of the open meeting begin, and how long they take.
    Schedule(Vec<Id>),
    /// Records why a recommendation is not accepted in full.
    Accept(Answer, Id),
    /// Marks a plan with your own wording.
    Mark(Id),
    /// Changes how long a plan is kept.
    Retain(Id),
    /// Puts right who is who, or withdraws what was added by mistake.
    Correct(Correction),
    /// Corrects the document under review.
    Mend(Mending),
    /// Erases this, or the words typed, on the ground typed.
    Erase(Option<Erasing>),
    /// Sets back what an agency wrote in its own copy, for the reason typed.
    Decline(Box<Update>),
    /// Saves the report on the screen in this format.
    Export(&'static str),
    /// Writes mail to the leads.
    Chase,
    /// Gives the user's name.
    Name,
    /// Opens the sealed bundle at this path.
    Unseal(String),
}

/// What happens to a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meet {
    /// From within a plan, or from the register.
    Begin {
        plan: Option<Id>,
    },
    End,
    /// Attendance and chair.
    Attend,
    /// Who comes, or leaves.
    ComeOrGo(Movement),
    /// The agenda.
    Rules,
    /// A point not about an action: on a recommendation, or on the meeting as a whole.
    Note(Option<Id>),
    /// A decision not about an action.
    Decide,
}

/// What is put right after it was imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Correction {
    RenameParty,
    SameParty,
    Address,
    WithdrawParty,
    WithdrawPlan(Id),
}

/// How a recommendation is accepted, if a reason is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Partly,
    NotAccepted,
}

/// What is corrected in a document under review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mending {
    Thing(At),
    /// A level of its ratings, by index in the scheme.
    Level(usize),
    /// An answer of a return, by index in the draft.
    Answer(usize),
}

/// A change of an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ActionEdit {
    Progress,
    Target,
    DeclineExtension,
    Leads,
    Via,
    Text,
    /// Under the recommendation, or directly under the plan if there is none.
    NewAction {
        plan: Id,
        recommendation: Option<Id>,
    },
    ProposeClosure,
    AgreeClosure,
    Reopen,
    Abandon,
    Withdraw,
    Number,
    /// Dismisses this challenge. It is identified by its wording, because the list of challenges can change while the
    /// reason is typed.
    Dismiss(String),
    Decide,
    CarryForward,
    TakeAsRead,
}

pub struct Form {
    pub purpose: Purpose,
    pub title: String,
    pub fields: Vec<FormField>,
    pub focus: usize,
    /// The number of its own draft, among those of the same name.
    pub slot: usize,
    /// The other drafts of this name, by number: typed here earlier and not saved, and restored only on request.
    pub kept: BTreeMap<usize, String>,
    /// Edited since the draft was last saved.
    pub unkept: bool,
    /// Submitted; closes once written.
    pub sent: bool,
    pub problem: Option<Problem>,
    /// A question about it was put; the next Enter goes on.
    pub is_asked: bool,
    /// What the agenda of a meeting about to start will hold, and the fields it follows from; kept, because every action
    /// is looked at for it.
    pub sum: Option<(String, Echo)>,
}

impl Form {
    pub fn new(purpose: Purpose, title: String, fields: Vec<FormField>) -> Form {
        Form {
            purpose,
            title,
            fields,
            focus: 0,
            slot: 0,
            kept: BTreeMap::new(),
            unkept: false,
            sent: false,
            problem: None,
            is_asked: false,
            sum: None,
        }
    }

    pub fn field_mut(&mut self) -> Option<&mut FormField> {
        self.fields.get_mut(self.focus)
    }

    pub fn press(&mut self, key: Key, world: World<'_>) {
        let Some(field) = self.fields.get_mut(self.focus) else { return };
        let all = field.suggestions(world);
        let (suggestions, ask) = (all.len(), all.iter().position(|one| matches!(one, Suggestion::Ask(_))));
        if let Holds::Parties(parties) = &mut field.holds {
            let is_answering = ask.is_some_and(|ask| parties.pick > ask);
            match key.code {
                // The next name would be taken for more of this one.
                _ if is_answering && key.text().is_some() => {
                    let hint = "Enter takes the answer marked, the arrows choose another, Backspace changes the name.";
                    self.problem = Some(Problem::new("One question first", "the name typed is not settled yet", hint));
                    return;
                }
                KeyCode::Up => parties.pick = parties.pick.saturating_sub(1),
                KeyCode::Down => parties.pick = (parties.pick + 1).min(suggestions.saturating_sub(1)),
                _ if field.editor.is_empty() && parties.press_among_chosen(key) => {}
                _ => {
                    (parties.pick, parties.marked) = (0, None);
                    field.editor.press(key);
                }
            }
        } else {
            field.editor.press(key);
        }
        self.typed();
        self.sum_up(world);
    }

    pub fn paste(&mut self, text: &str, world: World<'_>) {
        let Some(field) = self.field_mut() else { return };
        match field.holds {
            Holds::Text => field.editor.insert(text),
            // To the letter, but for the line's end, which is copied with it.
            Holds::Secret => field.editor.insert(text.trim_end_matches(['\r', '\n'])),
            Holds::Words
            | Holds::EntryDate
            | Holds::Target
            | Holds::Day
            | Holds::Again
            | Holds::Rules
            | Holds::Parties(_) => {
                field.editor.insert(&text.split_whitespace().collect::<Vec<_>>().join(" "));
            }
        }
        self.typed();
        self.sum_up(world);
    }

    pub fn is_secret(&self) -> bool {
        self.fields.iter().any(FormField::is_secret)
    }

    /// What is typed is kept, unless it is secret.
    pub fn typed(&mut self) {
        self.unkept = !self.is_secret() && self.purpose != Purpose::Name;
        self.problem = None;
    }

    /// What was submitted is refused: it stays, to be put right. What cannot be seen is typed again.
    pub fn refuse(&mut self, problem: Problem) {
        self.sent = false;
        self.problem = Some(problem);
        for field in self.fields.iter_mut().filter(|field| field.is_secret()) {
            field.editor = Editor::default();
        }
    }

    /// Adds the selected suggestion to the parties, or goes on from its question to the answers.
    pub fn take_suggestion(&mut self, world: World<'_>) -> Taken {
        let taken = self.field_mut().map_or(Taken::Nothing, |field| field.take_suggestion(world));
        if taken == Taken::Chosen {
            self.typed();
            self.fill(world);
            self.sum_up(world);
        }
        taken
    }

    /// Moves to another field, unless it is the last; a typed name not yet added is added. Returns whether it moved, or
    /// has a question that comes first.
    pub fn turn(&mut self, by: isize, world: World<'_>) -> bool {
        let is_typed = self.field_mut().is_some_and(|field| !field.text().is_empty());
        if is_typed && self.take_suggestion(world) == Taken::Asked {
            return true;
        }
        let (before, last) = (self.focus, self.fields.len().saturating_sub(1));
        self.focus = self.focus.saturating_add_signed(by).min(last);
        self.focus != before
    }

    /// Whether a target is being moved, from one that was set, and the reason field has not been visited yet.
    pub fn wants_reason(&self) -> bool {
        // Of several marked actions, the target that each had is not in the form, and most had one.
        let is_of_several = matches!(self.purpose, Purpose::ChangeEach(ActionEdit::Target, _));
        let is_target = is_of_several || matches!(self.purpose, Purpose::Change(ActionEdit::Target, _));
        let is_moved = self.fields.first().is_some_and(|field| !field.is_as_given());
        let was_set = is_of_several || self.fields.first().is_some_and(|field| !field.was_empty());
        is_target && self.focus == 0 && is_moved && was_set && self.words(1).is_empty()
    }

    /// Whether an action is being closed without evidence, which has not been asked about.
    pub fn wants_evidence(&self) -> bool {
        let is_closing =
            matches!(self.purpose, Purpose::Change(ActionEdit::ProposeClosure | ActionEdit::AgreeClosure, _));
        is_closing && !self.is_asked && self.words(0).is_empty() && self.words(1).is_empty()
    }

    /// A field's text, trimmed.
    pub fn words(&self, field: usize) -> String {
        self.fields.get(field).map(|field| field.text().to_owned()).unwrap_or_default()
    }
}

//! What saving a form writes: turns its fields into an intent.

use chrono::NaiveDate;

use super::field::FormField;
use super::form::{ActionEdit, Answer, Form, Purpose};
use crate::app::message::World;
use crate::domain::date_text;
use crate::domain::date_words;
use crate::domain::id::Id;
use crate::domain::intent::{Closing, ClosingStep, Intent, PartyChoice};
use crate::domain::recommendation::Acceptance;
use crate::domain::recurring;
use crate::domain::target::{PartialDate, Target};
use crate::problem::Problem;

impl Form {
    /// The intent to write; none if the form corrects a document under review.
    pub fn intent(&self, world: World<'_>) -> Option<Result<Intent, Problem>> {
        match &self.purpose {
            Purpose::Change(kind, on) => Some(self.change(kind, *on, world)),
            Purpose::ChangeEach(kind, on) => Some(self.change_each(kind, on, world)),
            Purpose::Meet(meet) => Some(self.meeting_intent(*meet, world)),
            Purpose::Schedule(items) => Some(self.schedule(items)),
            Purpose::Accept(answer, recommendation) => Some(Ok(self.accept(*answer, *recommendation))),
            Purpose::Correct(correction) => Some(self.correction_intent(*correction, world)),
            Purpose::Mark(plan) => Some(Ok(Intent::Mark { plan: *plan, marking: self.words(0) })),
            Purpose::Retain(plan) => Some(self.retention(*plan, world)),
            Purpose::Mend(_)
            | Purpose::Erase(_)
            | Purpose::Decline(_)
            | Purpose::Export(_)
            | Purpose::Chase
            | Purpose::Name
            | Purpose::Unseal(_) => None,
        }
    }

    /// Whether what is typed cannot be saved, whatever else is asked first.
    pub fn is_refused(&self, world: World<'_>) -> bool {
        matches!(self.intent(world), Some(Err(_)))
    }

    /// What differs between the actions was not offered: then an empty form would take something from each of them.
    fn change_each(&self, kind: &ActionEdit, actions: &[Id], world: World<'_>) -> Result<Intent, Problem> {
        if self.fields.first().is_some_and(|field| field.is_as_given() && field.is_blank()) {
            return Err(Problem::new("Not saved", "nothing was given", "Type what all the marked actions get."));
        }
        let each = actions.iter().map(|action| self.change(kind, *action, world));
        each.collect::<Result<_, _>>().map(Intent::Several)
    }

    fn change(&self, kind: &ActionEdit, action: Id, world: World<'_>) -> Result<Intent, Problem> {
        Ok(match kind {
            ActionEdit::Progress => {
                let by = self.fields.get(2).and_then(|field| field.chosen().first().cloned());
                let by = Some(self.words(2)).filter(|by| !by.is_empty()).or(by);
                Intent::Progress { action, date: Some(entry_date(&self.words(1), world)?), text: self.words(0), by }
            }
            ActionEdit::Target => {
                let (dates, reason) = (days(&self.words(0), world.today())?, self.words(1));
                match &world.register.copy.0 {
                    Some(copy) => Intent::RequestExtension { action, dates, reason, by: copy.name.clone() },
                    None => Intent::Retarget { action, dates, reason },
                }
            }
            ActionEdit::DeclineExtension => Intent::DeclineExtension { action, reason: self.words(0) },
            ActionEdit::Leads => Intent::Assign { action, leads: self.choices() },
            ActionEdit::Via => Intent::Oversee { action, via: self.choices() },
            ActionEdit::Text => Intent::Reword { action, text: self.words(0) },
            ActionEdit::NewAction { plan, recommendation } => Intent::AddAction {
                plan: *plan,
                recommendation: *recommendation,
                text: self.words(0),
                leads: self.choices(),
                dates: days(&self.words(2), world.today())?,
            },
            ActionEdit::ProposeClosure => Intent::Close(self.closing(action, ClosingStep::Propose, None)),
            ActionEdit::AgreeClosure => {
                let again = recurring::again(&self.words(2), world.today())?;
                Intent::Close(self.closing(action, ClosingStep::Agree, again))
            }
            ActionEdit::Reopen => Intent::Reopen { action, reason: self.words(0) },
            ActionEdit::Abandon => Intent::Abandon { action, reason: self.words(0) },
            ActionEdit::Number => Intent::Renumber { action, reference: self.words(0) },
            ActionEdit::Withdraw => Intent::Withdraw { action, reason: self.words(0) },
            ActionEdit::Dismiss(challenge) => {
                Intent::Dismiss { action, challenge: challenge.clone(), reason: self.words(0) }
            }
            ActionEdit::Decide => Intent::Decide { action: Some(action), text: self.words(0) },
            ActionEdit::CarryForward => Intent::CarryForward { action, reason: self.words(0) },
            ActionEdit::TakeAsRead => Intent::TakeAsRead { action, word: self.words(0) },
        })
    }

    fn closing(&self, action: Id, step: ClosingStep, again: Option<Target>) -> Closing {
        Closing { action, step, evidence: self.words(0), at: self.words(1), again }
    }

    fn accept(&self, answer: Answer, recommendation: Id) -> Intent {
        let reason = self.words(0);
        let acceptance = match answer {
            Answer::Partly => Acceptance::Partly { reason },
            Answer::NotAccepted => Acceptance::NotAccepted { reason },
        };
        Intent::Accept { recommendation, acceptance }
    }

    fn choices(&self) -> Vec<PartyChoice> {
        self.fields.iter().flat_map(FormField::chosen).map(|name| PartyChoice::New(name.clone())).collect()
    }
}

fn entry_date(typed: &str, world: World<'_>) -> Result<PartialDate, Problem> {
    date_text::entry_date(typed, world.today()).ok_or_else(|| {
        let why = format!("“{typed}” is not a date");
        let days = date_words::examples(world.today());
        Problem::new("Not saved", why, format!("Write today, yesterday, {days}; what you typed is kept."))
    })
}

/// The targets typed. Words can stand for a time ("ongoing"), but a day that does not exist is a slip.
fn days(typed: &str, today: NaiveDate) -> Result<Vec<Target>, Problem> {
    let all = targets(typed, today);
    match all.iter().find(|target| date_text::is_no_day(target)) {
        Some(slip) => {
            let why = format!("there is no such day as “{}”", slip.raw);
            Err(Problem::new("Not saved", why, "Correct the date; what you typed is kept."))
        }
        None => Ok(all),
    }
}

/// Several targets are separated by semicolons.
pub fn targets(typed: &str, today: NaiveDate) -> Vec<Target> {
    let parts = typed.split(';').map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| date_text::typed_target(part, today)).collect()
}

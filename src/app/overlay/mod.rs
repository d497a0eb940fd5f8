//! Overlays: a stack of values, the last of which receives the keys.

pub mod choice;
pub mod correct;
pub mod drafts;
pub mod field;
pub mod form;
pub mod help;
pub mod intents;
pub mod line;
pub mod meeting_begin;
pub mod meeting_end;
pub mod meeting_form;
pub mod meeting_time;
pub mod paths;
pub mod ranking;
pub mod reading;
pub mod retention;
pub mod splitting;
pub mod suggest;

use super::scope::Scope;
use choice::Choice;
use form::Form;
use help::Help;
use line::InputLine;
use reading::Reading;
use splitting::Splitting;

pub enum Overlay {
    Form(Form),
    Choice(Choice),
    Line(InputLine),
    Help(Help),
    Reading(Reading),
    Splitting(Splitting),
}

impl Overlay {
    /// The scopes that receive keys while it is on top.
    pub fn scopes(&self) -> &'static [Scope] {
        match self {
            Overlay::Form(form) if form.is_secret() => &[Scope::Secret],
            Overlay::Form(_) => &[Scope::Form],
            Overlay::Choice(_) => &[Scope::Choice],
            Overlay::Line(_) => &[Scope::Line],
            Overlay::Help(_) => &[Scope::Help],
            Overlay::Reading(_) => &[Scope::Reading],
            Overlay::Splitting(_) => &[Scope::Splitting],
        }
    }

    pub fn form_mut(&mut self) -> Option<&mut Form> {
        if let Overlay::Form(form) = self { Some(form) } else { None }
    }

    pub fn splitting_mut(&mut self) -> Option<&mut Splitting> {
        if let Overlay::Splitting(splitting) = self { Some(splitting) } else { None }
    }

    pub fn choice_mut(&mut self) -> Option<&mut Choice> {
        if let Overlay::Choice(choice) = self { Some(choice) } else { None }
    }
}

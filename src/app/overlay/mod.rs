//! What lies over a screen: a stack of values, the last of which hears the keys.

pub mod choice;
pub mod field;
pub mod form;
pub mod help;
pub mod intents;
pub mod line;
pub mod meeting_form;
pub mod reading;
pub mod suggest;

use choice::Choice;
use form::Form;
use help::Help;
use line::Line;
use reading::Reading;

pub enum Overlay {
    Form(Form),
    Choice(Choice),
    Line(Line),
    Help(Help),
    Reading(Reading),
}

//! What a mail to a lead says: which actions, how they stand, what is asked, and by when.

use chrono::NaiveDate;

use crate::domain::action::Action;
use crate::domain::chase::{Letter, Why};
use crate::domain::date_words;
use crate::domain::form;
use crate::domain::party::Party;
use crate::domain::query;
use crate::domain::register::Register;
use crate::report::Material;
use crate::text;

/// How wide the text is.
const COLS: usize = 74;

/// "[OFFICIAL-SENSITIVE] Sussex Police: 3 actions, 1 overdue, answer by 26 Nov 2026".
pub fn subject(material: &Material, party: &Party, letter: &Letter, marking: &str) -> String {
    let mark = if marking.is_empty() { String::new() } else { format!("[{marking}] ") };
    let late = letter.actions.iter().filter(|(_, why)| why.overdue).count();
    let late = if late == 0 { String::new() } else { format!(", {late} overdue") };
    let count = text::counted(letter.actions.len(), "action");
    let by = material.options.return_by.map(|day| format!(", answer by {}", date_words::day(day)));
    let subject = format!("{mark}{}: {count}{late}{}", party.name(), by.unwrap_or_default());
    text::one_line(&text::harmless(&subject))
}

pub fn body(material: &Material, party: &Party, letter: &Letter, marking: &str) -> String {
    let mut body = Body::default();
    if !marking.is_empty() {
        body.paragraph(marking);
    }
    body.paragraph("Dear colleagues,");
    body.paragraph(&asked(material, party, letter));
    for plan in material.register.visible_plans() {
        let actions = letter.actions.iter().filter_map(|(id, why)| Some((material.register.action(*id)?, *why)));
        let own: Vec<(&Action, Why)> = actions.filter(|(action, _)| action.plan == plan.id).collect();
        if !own.is_empty() {
            body.paragraph(plan.title());
        }
        for (action, why) in own {
            body.action(material, action, why);
        }
    }
    body.paragraph("Thank you.");
    if !marking.is_empty() {
        body.paragraph(marking);
    }
    text::harmless(&body.text).into_owned()
}

/// What to do, by when, and to whom.
fn asked(material: &Material, party: &Party, letter: &Letter) -> String {
    let by = material.options.return_by.map(|day| format!(" by {}", date_words::day(day))).unwrap_or_default();
    let contact = material.options.contact.as_str();
    let to = if contact.is_empty() { String::new() } else { format!(" to {contact}") };
    let (are, it) = if letter.actions.len() == 1 { ("action is", "it stands") } else { ("actions are", "they stand") };
    format!(
        "{} {are} overdue, due soon or waiting for an answer from {}. Please say how {it}{by}: fill in the attached form \
         and return it{to}. Rows left blank change nothing.",
        letter.actions.len(),
        party.name(),
    )
}

#[derive(Default)]
struct Body {
    text: String,
}

impl Body {
    fn paragraph(&mut self, words: &str) {
        self.indented(words, 0);
        self.text.push('\n');
    }

    fn indented(&mut self, words: &str, by: usize) {
        for line in text::wrap(words, COLS - by) {
            self.text.push_str(&" ".repeat(if line.is_empty() { 0 } else { by }));
            self.text.push_str(&line);
            self.text.push('\n');
        }
    }

    /// Its reference and words, how it stands, and what is asked.
    fn action(&mut self, material: &Material, action: &Action, why: Why) {
        let register = material.register;
        self.indented(&format!("{}  {}", register.reference(action), action.text()), 0);
        self.indented(&standing(register, action, why, material.today), 4);
        self.indented(&question(action, why), 4);
        self.text.push('\n');
    }
}

/// "Target: Oct 2026, overdue by 12 days. Rating: A Amber."
fn standing(register: &Register, action: &Action, why: Why, today: NaiveDate) -> String {
    let targets = form::targets(action.targets()).replace('\n', "; ");
    let target = if targets.is_empty() { "none" } else { &targets };
    let late = action.due().filter(|_| why.overdue).map(|due| format!(", overdue by {}", query::late_by(due, today)));
    let rating = form::rating(register, action).replace("– ", "");
    format!("Target: {target}{}. Rating: {rating}.", late.unwrap_or_default())
}

/// What is asked about an action.
fn question(action: &Action, why: Why) -> String {
    let wanted = match why {
        Why { overdue: true, .. } => "Please say what has been done, and by when the rest will be.",
        Why { due: true, .. } => "Please say what has been done, and whether it will be finished by then.",
        Why { .. } => "Please say what has been done.",
    };
    let last = action.asked().filter(|_| why.unanswered).and_then(|asked| asked.of.iter().map(|one| one.day).max());
    let last = last.map(|day| format!(" We asked on {} and have had no answer.", date_words::day(day)));
    let extension = action.extension().map(|asked| format!(" Your request for {} is to be decided.", asked.wanted()));
    format!("{wanted}{}{}", last.unwrap_or_default(), extension.unwrap_or_default())
}

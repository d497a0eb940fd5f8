//! What each of a document's columns holds: the field that most of its cells contain.

use super::super::cells;
use super::super::verbatim::{first_targets, folded};
use super::{Holds, raw, recommendation, usual};
use crate::domain::action::Action;
use crate::domain::particular::{Nature, Particular};
use crate::domain::recommendation::Recommendation;
use crate::domain::register::Register;

/// For each title, the field that most cells of its column contain.
pub fn held(register: &Register, actions: &[&Action], titles: &[&str]) -> Vec<Option<Holds>> {
    let mut counted: Vec<Vec<(usize, Holds)>> =
        titles.iter().map(|_| usual().map(|(holds, _)| (0, holds)).collect()).collect();
    for action in actions {
        let said = Said::by(register, action);
        for (title, votes) in titles.iter().zip(&mut counted) {
            let cell = Cell::of(&said, title);
            for (votes, holds) in votes {
                *votes += usize::from(said.is_in(&cell, *holds));
            }
        }
    }
    counted.into_iter().map(most).collect()
}

/// The first with the most votes, if any has one.
fn most(votes: Vec<(usize, Holds)>) -> Option<Holds> {
    let best = votes.into_iter().fold((0, Holds::Raw), |best, next| if next.0 > best.0 { next } else { best });
    (best.0 > 0).then_some(best.1)
}

/// An action's cell in a column, as written and folded.
struct Cell<'a> {
    raw: &'a str,
    folded: String,
}

impl<'a> Cell<'a> {
    fn of(said: &Said<'a>, title: &str) -> Cell<'a> {
        let raw = raw(said.rec, said.action, title).unwrap_or_default();
        Cell { raw, folded: folded(raw) }
    }

    fn has(&self, text: &str) -> bool {
        !text.is_empty() && self.folded.contains(text)
    }

    fn has_any(&self, texts: &[String]) -> bool {
        texts.iter().any(|text| self.has(text))
    }

    fn is(&self, text: &str) -> bool {
        !text.is_empty() && self.folded == text
    }
}

/// The fields of an action that are compared with each of its cells, folded once.
struct Said<'a> {
    rec: Option<&'a Recommendation>,
    action: &'a Action,
    recommendation: String,
    number: String,
    text: String,
    first_targets: Vec<String>,
    /// None unless the targets were moved.
    moved_targets: Vec<String>,
    leads: Vec<String>,
    via: Vec<String>,
    progress: Vec<String>,
    rating: Vec<String>,
    closing: String,
}

impl<'a> Said<'a> {
    fn by(register: &'a Register, action: &'a Action) -> Said<'a> {
        let rec = recommendation(register, action);
        let moved = action.original_targets.as_ref().map_or(&[][..], |_| action.targets());
        let rating = register.level(action).map(|level| [folded(&level.word), folded(&level.letter.to_string())]);
        Said {
            rec,
            action,
            recommendation: rec.map(|rec| folded(rec.text())).unwrap_or_default(),
            number: action.number.get().map(|number| folded(number)).unwrap_or_default(),
            text: folded(action.text()),
            first_targets: first_targets(action).iter().map(|target| folded(&target.raw)).collect(),
            moved_targets: moved.iter().map(|target| folded(&target.raw)).collect(),
            leads: action.leads().iter().map(|lead| folded(&lead.raw)).collect(),
            via: action.via().iter().map(|via| folded(&via.raw)).collect(),
            progress: action.progress().map(|entry| folded(&entry.said.text)).collect(),
            rating: rating.into_iter().flatten().collect(),
            closing: cells::closure(action).map(|closing| folded(&closing)).unwrap_or_default(),
        }
    }

    /// Whether the cell matches the action's value for this field.
    fn is_in(&self, cell: &Cell, holds: Holds) -> bool {
        match holds {
            Holds::Recommendation => cell.has(&self.recommendation),
            Holds::Particular(of) => self.rec.is_some_and(|rec| says(cell, of, rec)),
            Holds::Number => cell.is(&self.number),
            Holds::Action => cell.has(&self.text),
            Holds::Target => cell.has_any(&self.first_targets) && !cell.has_any(&self.progress),
            Holds::Revised => cell.has_any(&self.moved_targets),
            Holds::Via => cell.has_any(&self.via) && !cell.has_any(&self.leads),
            Holds::Lead => cell.has_any(&self.leads),
            Holds::Progress => cell.has_any(&self.progress),
            Holds::Rating => self.rating.iter().any(|word| cell.is(word)),
            Holds::Closing => cell.is(&self.closing),
            Holds::Raw => false,
        }
    }
}

fn says(cell: &Cell, of: Particular, rec: &Recommendation) -> bool {
    match of.nature() {
        Nature::Prose => cell.has(&folded(of.of(rec))),
        Nature::Term => !cell.folded.is_empty() && folded(&of.kept(cell.raw)) == folded(of.of(rec)),
    }
}

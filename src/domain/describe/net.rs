//! How a thing differs between two moments, whatever happened in between, in full.

use chrono::DateTime;

use super::super::change::{Batch, Cause, Value};
use super::super::id::Id;
use super::super::register::Register;
use super::TrailLine;
use super::quoting::Quoting;
use super::regrouped::Shape;
use super::subject::Telling;

/// A field that held `then` and holds `now`, described against the register that has both.
pub fn net(register: &Register, on: Id, then: &Value, now: &Value) -> TrailLine {
    telling(register, on, |telling| {
        let place = telling.place(on);
        let sentence = telling.sentence(on, &place.label, then, now);
        let (from, to) = (telling.plain(then), telling.plain(now));
        TrailLine {
            plan: place.plan,
            reference: place.reference,
            what: telling.what(on, now).into(),
            sentence,
            from,
            to,
        }
    })
}

/// Something about a thing in the register, in words that follow its name: "7.1 progress added".
pub fn of(register: &Register, on: Id, what: &str, words: &str) -> TrailLine {
    telling(register, on, |telling| {
        let place = telling.place(on);
        let sentence = format!("{} {words}", place.label);
        TrailLine { plan: place.plan, reference: place.reference, what: what.into(), sentence, from: None, to: None }
    })
}

/// "adult-c imported from adult-c.docx: 16 recommendations, 27 actions"; empty where there is no such plan.
pub fn plan_came(register: &Register, id: Id) -> TrailLine {
    let Some(plan) = register.plan(id) else { return TrailLine::default() };
    let sentence = super::batches::imported(register, plan);
    let to = Some(plan.title().to_owned());
    TrailLine { plan: Some(id), what: "plan".into(), sentence, to, ..TrailLine::default() }
}

/// A value of a field of a thing in words; `None` for nothing.
pub fn value(register: &Register, on: Id, value: &Value) -> Option<String> {
    telling(register, on, |telling| telling.plain(value))
}

/// A text on one line, in quotes, however long.
pub fn quoted(text: &str) -> String {
    Quoting::Whole.quote(text)
}

fn telling<T>(register: &Register, on: Id, tell: impl FnOnce(&Telling<'_>) -> T) -> T {
    let (author, at, changes) = (String::new(), DateTime::default(), Vec::new());
    let nothing = Batch { id: on, author, at, meeting: None, cause: Cause::Edit, changes };
    tell(&Telling { before: register, batch: &nothing, quoting: Quoting::Whole, shape: Shape::of(&nothing) })
}

//! The form's own columns, which were not to be filled in: an edit in one of them is shown, and kept unless it is taken.

use super::super::pair::is_same;
use super::super::query::Query;
use super::answered::{Answered, Sides};
use crate::domain::action::{Action, Lead, Targets};
use crate::domain::change::{Op, Value};
use crate::domain::date_text;
use crate::domain::form;
use crate::domain::progress::{EntryOrigin, EntryText};
use crate::domain::register::Register;
use crate::domain::rules::party_called;
use crate::domain::target::Target;

/// A column: what it says of an action, and what an edit in it would change.
struct Column {
    name: &'static str,
    says: fn(&Register, &Action) -> String,
    edited: fn(&mut Answered<'_>, &str, String),
}

const COLUMNS: [Column; 6] = [
    Column { name: form::RECOMMENDATION, says: of_recommendation, edited: recommendation },
    Column { name: form::ACTION, says: |_, action| action.text().to_owned(), edited: text },
    Column { name: form::LEAD, says: form::leads, edited: lead },
    Column { name: form::TARGET, says: |_, action| form::targets(action.targets()), edited: target },
    Column { name: form::RATING, says: form::rating, edited: rating },
    Column { name: form::PROGRESS, says: |_, action| form::latest(action), edited: progress },
];

/// What a column of the form says of an action.
pub fn now(register: &Register, action: &Action, name: &str) -> String {
    let column = COLUMNS.iter().find(|column| column.name == name);
    column.map(|column| (column.says)(register, action)).unwrap_or_default()
}

pub fn compare(answered: &mut Answered<'_>) {
    for column in &COLUMNS {
        let written = answered.answer.cell(column.name);
        let Some(written) = written.filter(|written| is_edited(answered, column, written)) else { continue };
        let why = if answered.decisions.asked.was.is_some() {
            format!("written in the column “{}”, which was not to be filled in", column.name)
        } else {
            format!("the column “{}” differs, and the form does not say when it was made", column.name)
        };
        (column.edited)(answered, written, why);
    }
}

/// Whether a cell says neither what the register has nor what it had when the form was made.
fn is_edited(answered: &Answered<'_>, column: &Column, written: &str) -> bool {
    let Answered { register, action, decisions, .. } = answered;
    let was = decisions.asked.was.as_ref();
    let then = was.and_then(|was| Some((column.says)(was, was.action(action.id)?)));
    let is_as = |text: &str| is_same(written, text) || written.is_empty() && text.is_empty();
    let was_so = then.map_or_else(|| was_ever(answered, written), |then| is_as(&then));
    !is_as(&(column.says)(register, action)) && !was_so
}

/// Whether the register has ever said so of the action: for a form that does not say when it was made, or that is older than
/// the register.
fn was_ever(answered: &Answered<'_>, written: &str) -> bool {
    let Answered { register, action, decisions, .. } = answered;
    let says = |value: &Value| {
        if let Value::Rating(word) = value {
            return Some(form::rated(&register.scheme(action.plan), word.as_deref()));
        }
        if let Value::Targets(targets) = value {
            return Some(form::targets(&targets.dates));
        }
        if let Value::Leads(leads) = value {
            return Some(form::names(register, leads));
        }
        if let Value::Text(text) = value { Some(text.clone()) } else { None }
    };
    let on = std::iter::once(action.id).chain(action.recommendation);
    let mut values = on.flat_map(|id| decisions.asked.values(id));
    values.any(|value| says(value).is_some_and(|said| is_same(&said, written)))
        || action.entries.iter().any(|entry| is_same(&form::entry(entry), written))
}

fn of_recommendation(register: &Register, action: &Action) -> String {
    let rec = action.recommendation.and_then(|id| register.recommendation(id));
    rec.map_or("", |rec| rec.text()).to_owned()
}

fn recommendation(answered: &mut Answered<'_>, written: &str, why: String) {
    let register = answered.register;
    let Some(rec) = answered.action.recommendation.and_then(|id| register.recommendation(id)) else { return };
    let sides = Sides { field: "recommendation", here: rec.text().to_owned(), document: written.to_owned() };
    let op = Op::Set { on: rec.id, value: Value::Text(written.to_owned()), replaces: rec.text.ids() };
    answered.line(rec.id, sides, op, Some(why));
}

fn text(answered: &mut Answered<'_>, written: &str, why: String) {
    if written.is_empty() {
        return;
    }
    let sides = Sides { field: "text", here: answered.action.text().to_owned(), document: written.to_owned() };
    let op = answered.set(Value::Text(written.to_owned()), answered.action.text.ids());
    answered.line(answered.action.id, sides, op, Some(why));
}

/// Leads are taken where the register knows every name.
fn lead(answered: &mut Answered<'_>, written: &str, why: String) {
    let (leads, via) = written.rsplit_once(" via ").unwrap_or((written, ""));
    let known = |names: &str| -> Result<Vec<Lead>, String> {
        let names = names.split(" / ").map(str::trim).filter(|name| !name.is_empty());
        let one = |name: &str| match party_called(answered.register, name) {
            Some(party) => Ok(Lead { party: party.id, raw: name.to_owned() }),
            None => Err(name.to_owned()),
        };
        names.map(one).collect()
    };
    match (known(leads), known(via)) {
        (Ok(leads), Ok(via)) => {
            let here = form::leads(answered.register, answered.action);
            let sides = Sides { field: "lead", here, document: written.to_owned() };
            let is_lead = leads != answered.action.leads();
            let (value, replaces) = if is_lead {
                (Value::Leads(leads), answered.action.leads.ids())
            } else {
                (Value::Via(via), answered.action.via.ids())
            };
            let op = answered.set(value, replaces);
            answered.line(answered.action.id, sides, op, Some(why));
        }
        (Err(name), _) | (_, Err(name)) => {
            let why = format!("{why}; no agency is called “{name}”, so change the leads in the plan if it is right");
            let query = Query::new((answered.at, answered.answer), "lead", why, Vec::new());
            answered.queries.push(Query { document: written.to_owned(), ..query });
        }
    }
}

fn target(answered: &mut Answered<'_>, written: &str, why: String) {
    let parts = written.split([';', '\n']).map(str::trim).filter(|part| !part.is_empty());
    let dates: Vec<Target> = parts.map(|part| date_text::target(part, None)).collect();
    let reason = format!("as in the return of {}", answered.draft.form.party);
    let here = form::targets(answered.action.targets());
    let sides = Sides { field: "target", here, document: written.to_owned() };
    let op = answered.set(Value::Targets(Targets { dates, reason }), answered.action.targets.ids());
    answered.line(answered.action.id, sides, op, Some(why));
}

fn rating(answered: &mut Answered<'_>, written: &str, why: String) {
    if let Ok(level) = answered.level(written) {
        answered.rate(level, Some(why));
        return;
    }
    let why = format!("“{written}” is not a rating of this plan; {why}");
    let query = Query::new((answered.at, answered.answer), "rating", why, Vec::new());
    answered.queries.push(Query { document: written.to_owned(), ..query });
}

/// What was added to the latest progress is an entry of its own.
fn progress(answered: &mut Answered<'_>, written: &str, why: String) {
    let then = answered.decisions.asked.was.as_ref().and_then(|was| was.action(answered.action.id));
    let known = [then.map(form::latest).unwrap_or_default(), form::latest(answered.action)];
    let known = known.iter().find(|text| !text.is_empty() && written.contains(text.as_str()));
    let added = known.map_or_else(|| written.to_owned(), |text| written.replacen(text, "", 1));
    let added = added.trim();
    if added.is_empty() {
        return;
    }
    let said = EntryText {
        date: answered.draft.form.filled.map(Into::into),
        text: added.to_owned(),
        by: Some(answered.draft.form.giver()).filter(|by| !by.is_empty()),
        origin: EntryOrigin::Written,
    };
    answered.entry(said, Some(why));
}

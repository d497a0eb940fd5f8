//! Lines of the log in which ids are replaced, because what they name is written again under other ids.

use serde_json::{Error, Value};

use crate::domain::change::Op;
use crate::domain::id::Id;

use super::line;

/// The new id of whatever an id names; `None` where it stays.
pub type Rename<'a> = &'a dyn Fn(Id) -> Option<Id>;

/// The body of a change. One that names no such id stays as it is, to the byte.
pub fn body(text: &str, rename: Rename<'_>) -> Result<String, Error> {
    let mut op = line::parse(text);
    if let Op::Unknown { .. } = op {
        return unknown(text, rename);
    }
    let mut is_other = false;
    for id in op.ids_mut() {
        if let Some(new) = rename(*id) {
            *id = new;
            is_other = true;
        }
    }
    if is_other { line::print(&op) } else { Ok(text.to_owned()) }
}

/// A cause, with the batch that it was the cause of under another id.
pub fn cause(text: &str, rename: Rename<'_>, copied: &str) -> Result<String, Error> {
    let mut value: Value = serde_json::from_str(text)?;
    replace(&mut value, rename);
    if let Value::Object(members) = &mut value {
        members.insert("copied".into(), copied.into());
    }
    serde_json::to_string(&value)
}

/// Whether a line names an id that is replaced.
pub fn names(text: &str, rename: Rename<'_>) -> bool {
    match line::parse(text) {
        Op::Unknown { .. } => serde_json::from_str(text).is_ok_and(|mut value| replace(&mut value, rename)),
        mut op => op.ids_mut().into_iter().any(|id| rename(*id).is_some()),
    }
}

/// What a newer version wrote: every text in it that is an id counts as one.
fn unknown(text: &str, rename: Rename<'_>) -> Result<String, Error> {
    let Ok(mut value) = serde_json::from_str(text) else { return Ok(text.to_owned()) };
    if replace(&mut value, rename) { serde_json::to_string(&value) } else { Ok(text.to_owned()) }
}

fn replace(value: &mut Value, rename: Rename<'_>) -> bool {
    match value {
        Value::String(text) => {
            let new = text.parse().ok().and_then(rename);
            let is_other = new.is_some();
            if let Some(new) = new {
                *text = new.to_string();
            }
            is_other
        }
        Value::Array(values) => values.iter_mut().fold(false, |any, value| replace(value, rename) | any),
        Value::Object(members) => members.values_mut().fold(false, |any, value| replace(value, rename) | any),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

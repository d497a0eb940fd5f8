//! One operation as one line of JSON: the body of a change in the log.

use serde::{Deserialize, Serialize};

use crate::domain::change::{Kind, Op};
use crate::domain::id::Id;

use super::mirror::Mirror;
use super::value::{ValuesLine, Written};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AddLine {
    add: <Kind as Mirror>::Line,
    values: ValuesLine,
}

/// [`AddLine`] to be written.
#[derive(Serialize)]
struct AddWritten<'a> {
    add: <Kind as Mirror>::Line,
    values: Written<'a>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct EraseLine {
    erase: String,
    ground: String,
    /// Each change restated, as the line that it now is.
    restated: Vec<(<Id as Mirror>::Line, String)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetLine {
    on: <Id as Mirror>::Line,
    set: ValuesLine,
    replaces: <Vec<Id> as Mirror>::Line,
}

/// [`SetLine`] to be written.
#[derive(Serialize)]
struct SetWritten<'a> {
    on: <Id as Mirror>::Line,
    set: Written<'a>,
    replaces: <Vec<Id> as Mirror>::Line,
}

/// The line for an operation. One that a newer version wrote is given back word for word.
pub fn print(op: &Op) -> Result<String, serde_json::Error> {
    match op {
        Op::Add { kind, values } => serde_json::to_string(&AddWritten { add: kind.line(), values: Written(values) }),
        Op::Set { on, value, replaces } => serde_json::to_string(&SetWritten {
            on: on.line(),
            set: Written(std::slice::from_ref(value)),
            replaces: replaces.line(),
        }),
        Op::Erase { what, ground, restated } => {
            let restated = restated.iter().map(|(id, op)| Ok((id.line(), print(op)?))).collect::<Result<_, _>>()?;
            serde_json::to_string(&EraseLine { erase: what.clone(), ground: ground.clone(), restated })
        }
        Op::Unknown { body } => Ok(body.clone()),
        Op::Absent => Err(serde::ser::Error::custom("a change without its words cannot be written")),
    }
}

/// The operation in a line; a line with anything unknown in it is kept whole.
pub fn parse(body: &str) -> Op {
    let known = if body.starts_with(r#"{"add""#) {
        parse_add(body)
    } else {
        parse_set(body).or_else(|| parse_add(body)).or_else(|| parse_erase(body))
    };
    known.unwrap_or_else(|| Op::Unknown { body: body.into() })
}

/// Whether a line that is JSON is an object of texts, as all that this program and later ones write are: half a character, as
/// JSON can escape it, is no text, and readers of the SQL views would fail over it.
pub fn is_text(body: &str) -> bool {
    body.starts_with('{') && (!body.contains(r"\u") || serde_json::from_str::<serde_json::Value>(body).is_ok())
}

fn parse_set(body: &str) -> Option<Op> {
    let line: SetLine = serde_json::from_str(body).ok()?;
    let [value] = <[_; 1]>::try_from(line.set.0).ok()?;
    Some(Op::Set { on: Id::from_line(line.on), value, replaces: Mirror::from_line(line.replaces) })
}

/// An erasure within an erasure would be one that erases an erasure's words: that is restated, and read, like any other.
fn parse_erase(body: &str) -> Option<Op> {
    let line: EraseLine = serde_json::from_str(body).ok()?;
    let restated = line.restated.into_iter().map(|(id, text)| (Id::from_line(id), parse(&text))).collect();
    Some(Op::Erase { what: line.erase, ground: line.ground, restated })
}

fn parse_add(body: &str) -> Option<Op> {
    let line: AddLine = serde_json::from_str(body).ok()?;
    Some(Op::Add { kind: Kind::from_line(line.add), values: line.values.0 })
}

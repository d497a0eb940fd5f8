//! Why a batch was written, as JSON: `{"kind":"undo","of":"…"}`.

use serde::{Deserialize, Serialize};

use crate::domain::change::Cause;
use crate::domain::id::Id;

use super::mirror::Mirror;

#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum CauseLine {
    Edit,
    Import { file: String },
    Undo { of: <Id as Mirror>::Line },
    Redo { of: <Id as Mirror>::Line },
    Erasure,
}

pub fn print(cause: &Cause) -> Result<String, serde_json::Error> {
    serde_json::to_string(&match cause {
        Cause::Edit => CauseLine::Edit,
        Cause::Import { file } => CauseLine::Import { file: file.clone() },
        Cause::Undo { of } => CauseLine::Undo { of: of.line() },
        Cause::Redo { of } => CauseLine::Redo { of: of.line() },
        Cause::Erasure => CauseLine::Erasure,
    })
}

/// A cause that only a newer version knows counts as an edit; the file keeps its words.
pub fn parse(text: &str) -> Cause {
    match serde_json::from_str(text) {
        Ok(CauseLine::Import { file }) => Cause::Import { file },
        Ok(CauseLine::Undo { of }) => Cause::Undo { of: Id::from_line(of) },
        Ok(CauseLine::Redo { of }) => Cause::Redo { of: Id::from_line(of) },
        Ok(CauseLine::Erasure) => Cause::Erasure,
        Ok(CauseLine::Edit) | Err(_) => Cause::Edit,
    }
}

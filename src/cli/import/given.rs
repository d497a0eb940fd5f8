//! A register where `import` expects a document: compared, never imported.

use std::path::Path;

use serde::Serialize;

use super::Destination;
use crate::domain::given::{Given, Named, Present};
use crate::json;
use crate::problem::Problem;
use chrono::NaiveDate;

/// What `--json` says of a register.
#[derive(Debug, Serialize)]
struct GivenRow<'a> {
    file: &'a str,
    /// `copy` of the register in use, or `another`.
    register: &'static str,
    /// How many changes only the register in use has; none for another register.
    here_only: Option<usize>,
    /// How many changes only the file has.
    there_only: Option<usize>,
    plans: &'a [String],
}

/// The register in a file, and why it is not imported.
pub fn compared(file: &Path, place: &Destination<'_>, today: NaiveDate) -> Result<(Given, Problem), Problem> {
    let given = place.desk.store().compare(file)?;
    let present = if place.missing.is_some() { Present::NotYet } else { Present::There };
    let (name, path) = (name(file), file.display().to_string());
    let refusal = given.refusal(Named { name: &name, path: &path }, present, today);
    Ok((given, refusal))
}

pub fn row(file: &Path, given: &Given) -> String {
    let file = &name(file);
    json::line(&match given {
        Given::Copy(apart) => {
            let (here, there) = (apart.here.count(), apart.there.count());
            GivenRow { file, register: "copy", here_only: Some(here), there_only: Some(there), plans: &[] }
        }
        Given::Another(plans) => GivenRow { file, register: "another", here_only: None, there_only: None, plans },
    }) + "\n"
}

fn name(file: &Path) -> String {
    file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned()
}

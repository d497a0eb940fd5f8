//! The sentences for workbooks that cannot be read.

use crate::problem::Problem;
use crate::text;

/// How much of a sheet's name to show; Excel allows 31 letters.
const NAME: usize = 60;

const WHAT: &str = "Could not read this workbook";

pub fn damaged() -> Problem {
    damaged_because("it is damaged or incomplete")
}

pub fn damaged_because(why: &str) -> Problem {
    Problem::new(
        WHAT,
        why,
        "Get a fresh copy of the file, or open it in a spreadsheet program and save it again as .xlsx.",
    )
}

pub fn too_large(why: &str) -> Problem {
    Problem::new(
        WHAT,
        why,
        "No action plan is that large. Copy the plan's rows to a new workbook, save it as .xlsx, and import that.",
    )
}

pub fn locked() -> Problem {
    Problem::new(
        WHAT,
        "it is protected with a password",
        "Open it in a spreadsheet program, save a copy without a password, and import the copy.",
    )
}

pub fn hostile() -> Problem {
    Problem::new(
        WHAT,
        "it declares a document type, which no spreadsheet program writes",
        "Open it in a spreadsheet program and save it again as .xlsx.",
    )
}

/// A kind of workbook that is recognised but not read.
pub fn other_kind(why: &str) -> Problem {
    Problem::new(WHAT, why, "Open it in a spreadsheet program, save it as .xlsx, and import that.")
}

pub fn page() -> Problem {
    let hint = "Open it in Word or a spreadsheet program, save it as .docx or .xlsx, and import that.";
    Problem::new("Could not read this file", "it is a web page, whatever it is called", hint)
}

/// A sheet that was asked for and does not exist.
pub fn no_sheet(asked: &str, names: &[String]) -> Problem {
    let listed: Vec<String> = names.iter().take(20).map(|name| format!("“{}”", text::truncate(name, NAME))).collect();
    let hint = format!("Its sheets are {}. Give the name or number of one of them.", listed.join(", "));
    Problem::new(WHAT, format!("it has no sheet “{asked}”"), hint)
}

pub fn no_sheets() -> Problem {
    Problem::new(WHAT, "none of its sheets holds anything", "Choose the workbook that holds the plan.")
}

//! What to say of a document of which a part is in a form that is not read.

use crate::domain::flag::Flag;
use crate::import::table::Unread;
use crate::problem::Problem;
use crate::text::counted;

/// What to do about it.
const REMEDY: &str = "Open it in the program that made it, copy what is embedded into the document itself, save it, and import it again.";

/// A doubt where parts of the text are missing, because actions may be in them.
pub fn flag(unread: Unread) -> Option<Flag> {
    let are = if unread.parts == 1 { "is" } else { "are" };
    let parts = counted(unread.parts, "part");
    let why = format!("{parts} of this document {are} embedded in a form that is not read. {REMEDY}");
    (unread.parts > 0).then(|| Flag { field: "text".into(), why, raw: String::new(), suggestion: None })
}

/// The problem with a document whose plan is probably what was not read.
pub fn problem() -> Problem {
    let why = "a part of it is embedded in a form that is not read, and the rest holds no actions";
    Problem::new("This does not look like an action plan", why, REMEDY)
}

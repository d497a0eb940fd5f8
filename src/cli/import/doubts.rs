//! Every doubt about a document, with its action and place in the source.

use serde::Serialize;

use crate::domain::draft::Draft;
use crate::domain::flag::Flag;
use crate::domain::mend::{self, At};

/// A doubt with its action and place in the document.
#[derive(Debug, Serialize)]
pub struct Doubt<'a> {
    pub field: &'a str,
    pub why: &'a str,
    pub raw: &'a str,
    pub suggestion: Option<&'a str>,
    #[serde(rename = "ref")]
    pub reference: Option<String>,
    pub place: Option<&'a str>,
}

/// Every doubt: first about the document, then its recommendations and actions in order.
pub fn all(draft: &Draft) -> Vec<Doubt<'_>> {
    let doubts = mend::doubts(draft);
    doubts.iter().filter_map(|doubt| Some(located(draft, doubt.at, mend::flag(draft, *doubt)?))).collect()
}

fn located<'a>(draft: &'a Draft, at: At, flag: &'a Flag) -> Doubt<'a> {
    let suggestion = flag.suggestion.as_deref();
    let reference = (at != At::Plan).then(|| mend::reference(draft, at));
    let place = mend::source(draft, at).map(|source| source.place.as_str());
    Doubt { field: &flag.field, why: &flag.why, raw: &flag.raw, suggestion, reference, place }
}

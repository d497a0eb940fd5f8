//! Every doubt about a document, with the action and the place that it is about.

use serde::Serialize;

use crate::domain::draft::Draft;
use crate::domain::flag::Flag;

/// A doubt with the action and the place in the document that it is about.
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

/// Every doubt, in document order: about the document, its recommendations, its actions.
pub fn all(draft: &Draft) -> Vec<Doubt<'_>> {
    let mut doubts: Vec<Doubt<'_>> = draft.flags.iter().map(|flag| doubt(flag, None, None)).collect();
    for rec in &draft.recommendations {
        let place = Some(rec.source.place.as_str());
        doubts.extend(rec.flags.iter().map(|flag| doubt(flag, Some(rec.number.clone()), place)));
        for (at, action) in rec.actions.iter().enumerate() {
            let reference = format!("{}.{}", rec.number, at + 1);
            let place = Some(action.source.place.as_str());
            doubts.extend(action.flags.iter().map(|flag| doubt(flag, Some(reference.clone()), place)));
        }
    }
    for (at, action) in draft.actions.iter().enumerate() {
        let reference = action.number.clone().unwrap_or_else(|| (at + 1).to_string());
        let place = Some(action.source.place.as_str());
        doubts.extend(action.flags.iter().map(|flag| doubt(flag, Some(reference.clone()), place)));
    }
    doubts
}

fn doubt<'a>(flag: &'a Flag, reference: Option<String>, place: Option<&'a str>) -> Doubt<'a> {
    let suggestion = flag.suggestion.as_deref();
    Doubt { field: &flag.field, why: &flag.why, raw: &flag.raw, suggestion, reference, place }
}

//! Every doubt about a document, with its action and place in the source.

use serde::Serialize;

use crate::domain::draft::Draft;
use crate::domain::flag::Flag;
use crate::domain::mend::{self, At};
use crate::domain::reconcile::{Difference, Query, Reconciled};

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
    // All are worked out together: a long plan can have a doubt about each action.
    let mut references = draft.references().into_iter();
    let mut all: Vec<Doubt<'_>> = Vec::new();
    for at in std::iter::once(At::Plan).chain(mend::places(draft)) {
        let reference = match at {
            At::Plan => None,
            At::Recommendation(_) => Some(mend::reference(draft, at)),
            At::Action(_) => references.next(),
        };
        all.extend(mend::flags(draft, at).iter().map(|flag| located(draft, at, flag, reference.clone())));
    }
    all
}

/// What a return leaves open, and what of it is kept as it is in the register.
pub fn of_return<'a>(draft: &'a Draft, found: &'a Reconciled) -> Vec<Doubt<'a>> {
    let queries = found.queries.iter().filter(|query| !query.is_left).map(asked);
    let kept = found.differs.iter().filter(|line| !line.is_taken && !line.why.is_empty());
    queries.chain(kept.map(|line| held(draft, line))).collect()
}

fn asked(query: &Query) -> Doubt<'_> {
    Doubt {
        field: query.field,
        why: &query.why,
        raw: &query.document,
        suggestion: query.suggestion().map(|only| only.value.as_str()),
        reference: Some(query.reference.clone()),
        place: Some(&query.place),
    }
}

fn held<'a>(draft: &'a Draft, line: &'a Difference) -> Doubt<'a> {
    let answer = line.answer.and_then(|at| draft.answers.get(at));
    Doubt {
        field: line.field,
        why: &line.why,
        raw: &line.here,
        suggestion: Some(&line.document),
        reference: Some(line.reference.clone()),
        place: answer.map(|answer| answer.place.as_str()),
    }
}

fn located<'a>(draft: &'a Draft, at: At, flag: &'a Flag, reference: Option<String>) -> Doubt<'a> {
    let suggestion = flag.suggestion.as_deref();
    let place = mend::source(draft, at).map(|source| source.place.as_str());
    Doubt { field: &flag.field, why: &flag.why, raw: &flag.raw, suggestion, reference, place }
}

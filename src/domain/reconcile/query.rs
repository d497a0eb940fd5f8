//! What a return leaves open, for the user to answer: which action a row is about, which rating or date is meant.

use crate::domain::draft::DraftAnswer;

/// Something in an answer that cannot be recorded as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// Which of the draft's answers.
    pub answer: usize,
    /// As written in the return, or "table 1, row 3".
    pub reference: String,
    /// `action`, `rating`, `extension` or `lead`.
    pub field: &'static str,
    pub why: String,
    /// What the return says.
    pub document: String,
    pub offers: Vec<Offer>,
    pub place: String,
    /// Whether the user leaves it out.
    pub is_left: bool,
}

/// What may be meant, and how it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    pub value: String,
    pub label: String,
}

impl Query {
    pub fn new((at, answer): (usize, &DraftAnswer), field: &'static str, why: String, offers: Vec<Offer>) -> Query {
        let reference = if answer.reference.is_empty() { &answer.place } else { &answer.reference };
        Query {
            answer: at,
            reference: reference.clone(),
            field,
            why,
            document: said(answer, field),
            offers,
            place: answer.place.clone(),
            is_left: answer.is_settled(&left(field)),
        }
    }

    /// The words by which a command answers it: "7.9.action".
    pub fn name(&self) -> String {
        format!("{}.{}", self.reference, self.field)
    }

    /// The one offer, where there is only one.
    pub fn suggestion(&self) -> Option<&Offer> {
        match self.offers.as_slice() {
            [only] => Some(only),
            [] | [_, ..] => None,
        }
    }
}

impl Offer {
    pub fn of(value: &str) -> Offer {
        Offer { value: value.to_owned(), label: value.to_owned() }
    }
}

/// The word by which an answer remembers that a field of it is left out.
pub fn left(field: &str) -> String {
    format!("no {field}")
}

fn said(answer: &DraftAnswer, field: &str) -> String {
    match field {
        "rating" => answer.rating.clone(),
        "extension" => answer.targets.iter().map(|target| target.raw.as_str()).collect::<Vec<_>>().join("; "),
        _ => answer.action.clone(),
    }
}

//! The lines of the review: doubts first, then differences from the register, then everything as understood.

use super::Review;
use crate::domain::id::Id;
use crate::domain::mend::{self, ActionPlace, At, Doubt};
use crate::domain::rating::Scheme;
use crate::domain::reconcile::says_something;

/// A part of the list, under its own heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What the document may be a later version of.
    Later,
    Doubts,
    Differences,
    Gone,
    Plan,
    Rows,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReviewLine {
    /// A blank line above a heading.
    Gap,
    /// A part's heading, with how many lines it has.
    Heading(Part, usize),
    /// The document seems to be a later version of a plan with another name.
    LaterVersion(Id),
    Doubt(Doubt),
    /// A field that differs from the register, by index in the comparison.
    Difference(usize),
    /// An action of the register that the document no longer has.
    Gone(Id),
    /// The plan's title and short name.
    Plan,
    /// A level of the plan's ratings, by index in the scheme.
    Level(usize),
    /// A recommendation or action, as understood.
    Row(At),
    /// Of a return: what it leaves open, by index in the comparison.
    Query(usize),
    /// Of a return: a row with an answer, by index in the draft.
    Answer(usize),
}

impl ReviewLine {
    /// Whether the cursor stops here.
    pub fn is_stop(&self) -> bool {
        !matches!(self, ReviewLine::Gap | ReviewLine::Heading(..))
    }
}

pub fn build(review: &Review) -> Vec<ReviewLine> {
    if review.is_return() { listed(parts_of_return(review)) } else { listed(parts(review)) }
}

fn parts(review: &Review) -> [(Part, Vec<ReviewLine>); 6] {
    let draft = review.draft();
    let later: Vec<ReviewLine> = review.likely.iter().map(|(plan, _)| ReviewLine::LaterVersion(*plan)).collect();
    let open = mend::doubts(draft).into_iter().filter(|doubt| !review.is_known(doubt.at));
    let doubts = open.map(ReviewLine::Doubt).collect();
    let differences = (0..review.found.differs.len()).map(ReviewLine::Difference).collect();
    let gone = review.found.gone.iter().map(|id| ReviewLine::Gone(*id)).collect();
    let levels = draft.scheme.as_ref().map_or(0, |Scheme { levels }| levels.len());
    let plan = std::iter::once(ReviewLine::Plan).chain((0..levels).map(ReviewLine::Level)).collect();
    let rows = mend::places(draft).map(ReviewLine::Row).collect();
    [
        (Part::Later, later),
        (Part::Doubts, doubts),
        (Part::Differences, differences),
        (Part::Gone, gone),
        (Part::Plan, plan),
        (Part::Rows, rows),
    ]
}

/// Of an agency's return: questions first, then differences, then every row with an answer.
fn parts_of_return(review: &Review) -> [(Part, Vec<ReviewLine>); 3] {
    let queries = (0..review.found.queries.len()).map(ReviewLine::Query).collect();
    let differences = (0..review.found.differs.len()).map(ReviewLine::Difference).collect();
    let answers = review.draft().answers.iter().enumerate().filter(|(_, answer)| says_something(answer));
    [
        (Part::Doubts, queries),
        (Part::Differences, differences),
        (Part::Rows, answers.map(|(at, _)| ReviewLine::Answer(at)).collect()),
    ]
}

/// Each part under its heading; none that is empty.
fn listed(parts: impl IntoIterator<Item = (Part, Vec<ReviewLine>)>) -> Vec<ReviewLine> {
    let mut items = Vec::new();
    for (part, lines) in parts {
        if lines.is_empty() {
            continue;
        }
        if !items.is_empty() {
            items.push(ReviewLine::Gap);
        }
        items.push(ReviewLine::Heading(part, lines.len()));
        items.extend(lines);
    }
    items
}

impl Review {
    /// Which item of the document a line is about.
    pub fn about(&self, item: &ReviewLine) -> Option<At> {
        match item {
            ReviewLine::Doubt(doubt) => Some(doubt.at),
            ReviewLine::Row(at) => Some(*at),
            ReviewLine::Plan => Some(At::Plan),
            ReviewLine::Difference(place) => self.difference(*place).and_then(|difference| self.at_of(difference.on)),
            ReviewLine::Gap
            | ReviewLine::Heading(..)
            | ReviewLine::LaterVersion(_)
            | ReviewLine::Gone(_)
            | ReviewLine::Level(_)
            | ReviewLine::Query(_)
            | ReviewLine::Answer(_) => None,
        }
    }

    /// Where an action of the register is in the document.
    fn at_of(&self, id: Id) -> Option<At> {
        let actions = mend::places(self.draft()).filter(|at| matches!(at, At::Action(_)));
        actions.zip(&self.found.paired).find(|(_, own)| **own == Some(id)).map(|(at, _)| at)
    }

    /// Whether the register already has an item exactly as in the document, so that its doubts were dealt with at
    /// import.
    fn is_known(&self, at: At) -> bool {
        let is_same = |at: At| self.own_of(at).is_some_and(|own| self.found.same.contains(&own));
        match at {
            At::Action(_) => is_same(at),
            At::Plan => self.found.plan.is_some(),
            At::Recommendation(place) => {
                let own = mend::places(self.draft()).filter(
                    |at| matches!(at, At::Action(ActionPlace { recommendation: Some(under), .. }) if *under == place),
                );
                self.found.plan.is_some() && own.into_iter().all(|at| self.own_of(at).is_some())
            }
        }
    }

    /// Which action of the register an action of the document is.
    pub fn own_of(&self, at: At) -> Option<Id> {
        *self.found.paired.get(self.order(at)?)?
    }

    /// What a thing of the document is called in the register, or will be.
    pub fn reference_of(&self, at: At) -> String {
        let known = self.order(at).and_then(|order| self.found.references.get(order));
        known.cloned().unwrap_or_else(|| mend::reference(self.draft(), at))
    }

    fn order(&self, at: At) -> Option<usize> {
        if let At::Action(place) = at { mend::order(self.draft(), place) } else { None }
    }

    /// The ratings that the plan would have.
    pub fn scheme(&self) -> Scheme {
        mend::scheme(self.draft())
    }
}

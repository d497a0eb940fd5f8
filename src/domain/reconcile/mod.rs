//! A draft compared with the register: what is new, the same, different or gone, and the operations that would import it.

mod add;
mod answers;
mod asked;
mod compare;
mod pair;
mod parties;
mod query;
mod rows;
mod speaks;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use crate::domain::change::{Op, Value};
use crate::domain::draft::{self, Draft, DraftRecommendation, DraftUnder};
use crate::domain::flag::{Flag, GONE};
use crate::domain::id::Id;
use crate::domain::imported::Imported;
use crate::domain::plan::Plan;
use crate::domain::recommendation::Under;
use crate::domain::register::Register;
use add::Ops;
pub use answers::{PROGRESS, says_something};
pub use asked::{Asked, Edit};
use parties::Parties;
pub use query::{Offer, Query, left};
use speaks::Speaks;

/// What importing a draft would do. Nothing is withdrawn and nothing that was changed here is overwritten.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reconciled {
    /// To be appended as one batch; ids of what it adds are pending. Empty where the document adds nothing.
    pub ops: Vec<Op>,
    /// What each action of the draft is called here, or will be, in document order.
    pub references: Vec<String>,
    /// References of the actions that the register lacks ("7.2"), in document order.
    pub new: Vec<String>,
    /// Actions in both that say the same.
    pub same: Vec<Id>,
    /// Fields that say something else in the document, one by one.
    pub differs: Vec<Difference>,
    /// Imported actions of the plan that the document no longer has.
    pub gone: Vec<Id>,
    /// For each action of the draft, in document order, which action of the register it is.
    pub paired: Vec<Option<Id>>,
    /// What a return leaves open.
    pub queries: Vec<Query>,
    /// Of a return with anything new: which newer answer of the same party is known already.
    pub overtaken: Option<String>,
    /// The plan, where the register has it already.
    pub plan: Option<Id>,
}

/// One field that differs between the register and the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub on: Id,
    /// "7.2" for an action, "7" for a recommendation, "finding 3", or "plan".
    pub reference: String,
    /// `text`, `lead`, `via`, `target`, `rating`, `progress`, `outcome`, `title` and the like.
    pub field: &'static str,
    pub here: String,
    pub document: String,
    /// Whether the document's value may be adopted without asking; not where it was changed here since it was imported.
    pub is_proposed: bool,
    /// Whether the document has an empty cell where the register has words.
    pub is_emptied: bool,
    /// Whether the operations adopt it: as proposed, or as the user decided.
    pub is_taken: bool,
    /// Of a return: why it is kept unless the user takes it; empty where it is not.
    pub why: String,
    /// Of a return: which of the draft's answers says so.
    pub answer: Option<usize>,
}

/// Identifies a difference from one comparison to the next: where it is, the field, and what the document says.
pub type DifferenceKey = (Id, &'static str, String);

impl Difference {
    pub fn key(&self) -> DifferenceKey {
        (self.on, self.field, self.document.clone())
    }
}

/// What a comparison needs to know besides the draft and the register.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    /// Changes that an import wrote, so that values adopted from a later version of the document can follow the next.
    pub imported: Imported,
    /// Differences that the user has decided: whether to adopt what the document says.
    pub decided: BTreeMap<DifferenceKey, bool>,
    /// What is known of the moment at which a return's form was made.
    pub asked: Arc<Asked>,
}

/// Compares a draft with the plan of that slug. Only values from the plan's first import count as unchanged here.
pub fn reconcile(draft: &Draft, slug: &str, register: &Register) -> Reconciled {
    reconcile_with(draft, slug, register, &Decisions::default())
}

/// The same, knowing what imports wrote and what the user decided.
pub fn reconcile_with(draft: &Draft, slug: &str, register: &Register, decisions: &Decisions) -> Reconciled {
    if draft.is_return {
        return answers::answers(draft, register, decisions);
    }
    let known = register.visible_plans().find(|plan| plan.slug().eq_ignore_ascii_case(slug));
    let mut merge = Merge {
        draft,
        register,
        decisions,
        speaks: Speaks::of_all(draft),
        parties: Parties::new(draft, register, known.is_none()),
        ops: Ops::default(),
        findings: Vec::new(),
        asked_only: HashSet::new(),
        result: Reconciled { plan: known.map(|plan| plan.id), ..Reconciled::default() },
    };
    let plan = known.map_or_else(|| merge.ops.plan(draft, slug), |plan| plan.id);
    merge.findings(plan, known);
    merge.everything(plan, known);
    merge.result.ops = merge.ops.finished(merge.parties);
    merge.result
}

/// A plan in the register with another name that holds at least half of a draft's actions in much the same words, and
/// how many of them it holds. The draft is most likely a later version of it.
pub fn likely_plan(draft: &Draft, slug: &str, register: &Register) -> Option<(Id, usize)> {
    let shared = register.visible_plans().map(|plan| {
        let pairs = pair::pair(draft, plan, register);
        (plan, pairs.actions.len() + pairs.recurring)
    });
    let (plan, count) = shared.max_by_key(|(_, count)| *count)?;
    let is_it = count > 0 && count * 2 >= draft.all_actions().count() && !plan.slug().eq_ignore_ascii_case(slug);
    is_it.then_some((plan.id, count))
}

struct Merge<'a> {
    draft: &'a Draft,
    register: &'a Register,
    decisions: &'a Decisions,
    speaks: Speaks,
    parties: Parties<'a>,
    ops: Ops,
    /// The ids of the draft's findings.
    findings: Vec<Id>,
    /// Actions split or joined here: nothing but progress is adopted for them unasked.
    asked_only: HashSet<Id>,
    result: Reconciled,
}

impl Merge<'_> {
    fn findings(&mut self, plan: Id, known: Option<&Plan>) {
        if let Some(known) = known {
            self.compare_plan(known);
        }
        for finding in &self.draft.findings {
            let ids = known.map_or(&[][..], |known| known.findings.as_slice());
            // Two findings can share a number, or have none.
            let left = ids.iter().filter(|id| !self.findings.contains(id)).filter_map(|id| self.register.finding(*id));
            let mut numbered = left.filter(|own| own.number() == finding.number);
            let first = numbered.clone().next();
            let own = numbered.find(|own| pair::is_same(own.text(), &finding.text)).or(first);
            let id = match own {
                Some(own) => {
                    self.compare_finding(own, finding);
                    own.id
                }
                None => self.ops.finding(plan, finding),
            };
            self.findings.push(id);
        }
    }

    fn everything(&mut self, plan: Id, known: Option<&Plan>) {
        let pairs = known.map(|known| pair::pair(self.draft, known, self.register)).unwrap_or_default();
        let mut homes = Vec::new();
        for (at, rec) in self.draft.recommendations.iter().enumerate() {
            let own = pairs.recommendations.get(&at).and_then(|id| self.register.recommendation(*id));
            let id = match own {
                Some(own) => {
                    self.compare_recommendation(own, rec);
                    own.id
                }
                None => self.ops.recommendation(plan, rec, self.under(rec)),
            };
            homes.extend(rec.actions.iter().enumerate().map(|(place, _)| (Some(at), place, Some(id))));
        }
        homes.extend((0..self.draft.actions.len()).map(|place| (None, place, None)));
        self.actions(plan, &homes, &pairs);
        self.gone(&pairs.gone);
        self.result.gone = pairs.gone;
    }

    /// Marks open actions that the document no longer has.
    fn gone(&mut self, gone: &[Id]) {
        for own in
            gone.iter().filter_map(|id| self.register.action(*id)).filter(|own| !pair::is_done(own, self.register))
        {
            let mark = Flag::gone(&self.draft.file, self.draft.as_at);
            let mut flags: Vec<Flag> = own.flags().iter().filter(|flag| flag.field != GONE).cloned().collect();
            flags.push(mark);
            if flags != own.flags() {
                self.ops.set(own.id, Value::Flags(flags), own.flags.ids());
            }
        }
    }

    /// All actions of the draft; each with its recommendation's place there, its own place under it, and the
    /// recommendation's id.
    fn actions(&mut self, plan: Id, homes: &[(Option<usize>, usize, Option<Id>)], pairs: &pair::Pairs) {
        let all: Vec<_> = self.draft.all_actions().zip(homes).collect();
        let numbered = all.iter().map(|((rec, action), (.., id))| (*id, draft::printed(*rec, action)));
        let mut references = self.register.references(plan, numbered);
        for ((rec, action), (at, place, id)) in all {
            let own = pairs.actions.get(&(*at, *place)).and_then(|own| self.register.action(*own));
            self.result.paired.push(own.map(|own| own.id));
            let reference = if let Some(own) = own {
                match (pairs.parts.get(&own.id), rows::joined_into(self.register, own)) {
                    (Some(parts), _) => self.compare_parts(own, parts, action),
                    (None, Some(into)) => self.compare_joined(own, into, action),
                    (None, None) => self.compare_action(own, action),
                }
                self.register.reference(own)
            } else {
                let printed = draft::printed(rec, action);
                let number = action.number.clone().filter(|_| references.stands(printed));
                let reference = references.give(*id, printed);
                let mut new = action.clone();
                let is_said = new.flags.iter().any(|flag| flag.field == "number");
                new.flags.extend(number.filter(|_| !is_said).map(|number| Flag::taken_number(number, &reference)));
                self.ops.action((plan, *id), &reference, &new, &mut self.parties);
                self.result.new.push(reference.clone());
                reference
            };
            self.result.references.push(reference);
        }
    }

    fn under(&self, rec: &DraftRecommendation) -> Under {
        match &rec.under {
            DraftUnder::Nothing => Under::Nothing,
            DraftUnder::AllFindings => Under::AllFindings,
            DraftUnder::Findings(places) => {
                Under::Findings(places.iter().filter_map(|place| self.findings.get(*place)).copied().collect())
            }
        }
    }
}

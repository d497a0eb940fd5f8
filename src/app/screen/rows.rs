//! The list of the walk as rows: plans, findings and recommendations as headings over the actions.

use std::collections::{BTreeSet, HashMap};

use crate::domain::id::Id;
use crate::domain::outline::Outline;
use crate::domain::recommendation::Under;
use crate::domain::register::Register;

/// Why an action is in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Here {
    /// It matches by itself.
    Own,
    /// It is listed only because it is for all agencies.
    ForAll,
    /// It no longer matches, but was changed since the filter was set: the selected action must not vanish.
    Changed,
}

/// The heading of a group of recommendations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heading {
    /// The findings that this recommendation is under.
    FindingsOf(Id),
    AllFindings,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WalkRow {
    /// A blank line above a heading.
    Gap,
    Plan(Id),
    Heading(Heading),
    Recommendation(Id),
    Action(Id, Here),
}

impl WalkRow {
    pub fn action(&self) -> Option<Id> {
        match self {
            WalkRow::Action(id, _) => Some(*id),
            WalkRow::Gap | WalkRow::Plan(_) | WalkRow::Heading(_) | WalkRow::Recommendation(_) => None,
        }
    }
}

/// All actions walked, in document order plan by plan, with what stands over them: all that the rows need, so that
/// filtering need not touch the register.
#[derive(Debug, Default)]
pub struct Order {
    pub actions: Vec<Id>,
    /// Of each action, its place among the heads.
    head_of: Vec<u32>,
    heads: Vec<Head>,
    /// The recommendations without actions.
    answerless: Vec<Answerless>,
}

/// What stands over a group of actions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Head {
    plan: Id,
    recommendation: Option<Id>,
    /// The same number where the heading over the recommendation is the same; 0 where it has none.
    group: u32,
    heading: Option<Heading>,
}

#[derive(Clone, Copy, Debug)]
struct Answerless {
    /// How many actions come before it.
    before: usize,
    head: u32,
    recommendation: Id,
}

/// What the list shows.
#[derive(Clone, Copy, Debug)]
pub enum Shown {
    Action { place: usize, here: Here },
    Answerless(usize),
}

impl Order {
    pub fn of<'a>(register: &Register, plans: &[Id], walked: impl Iterator<Item = Outline<'a>>) -> Order {
        let mut order = Order::default();
        let mut heads = Heads::default();
        for action in walked {
            order.actions.push(action.id);
            order.head_of.push(heads.of(register, action.plan, action.recommendation));
        }
        order.find_answerless(register, plans, &mut heads);
        order.heads = heads.all;
        order
    }

    /// The recommendations without actions, which no filter finds.
    pub fn answerless(&self) -> impl Iterator<Item = Id> {
        self.answerless.iter().map(|one| one.recommendation)
    }

    /// Everything, the recommendations without actions at their places.
    pub fn all(&self) -> Vec<Shown> {
        let mut all = Vec::with_capacity(self.actions.len() + self.answerless.len());
        let mut rest = self.answerless.iter().enumerate().peekable();
        for place in 0..=self.actions.len() {
            while let Some((at, _)) = rest.next_if(|(_, one)| one.before == place) {
                all.push(Shown::Answerless(at));
            }
            if place < self.actions.len() {
                all.push(Shown::Action { place, here: Here::Own });
            }
        }
        all
    }

    fn find_answerless<'a>(&mut self, register: &'a Register, plans: &[Id], heads: &mut Heads<'a>) {
        let is_answerless = |rec: &Id| {
            let rec = register.recommendation(*rec).filter(|rec| !register.is_hidden(rec.id));
            rec.is_some_and(|rec| rec.actions.iter().all(|id| register.is_hidden(*id)))
        };
        let over = |before: usize| self.head_of.get(before).map(|head| *head as usize);
        let mut before = 0;
        for plan in plans.iter().filter_map(|id| register.plan(*id)) {
            for rec in &plan.recommendations {
                if is_answerless(rec) {
                    let head = heads.add(register, plan.id, Some(*rec));
                    self.answerless.push(Answerless { before, head, recommendation: *rec });
                }
                while over(before).and_then(|at| heads.all.get(at)).is_some_and(|h| h.recommendation == Some(*rec)) {
                    before += 1;
                }
            }
            while over(before).and_then(|at| heads.all.get(at)).is_some_and(|head| head.plan == plan.id) {
                before += 1;
            }
        }
    }

    fn head(&self, shown: Shown) -> Option<(u32, &Head)> {
        let at = match shown {
            Shown::Action { place, .. } => *self.head_of.get(place)?,
            Shown::Answerless(at) => self.answerless.get(at)?.head,
        };
        Some((at, self.heads.get(at as usize)?))
    }

    /// The rows of what is shown, which is in document order.
    pub fn rows(&self, shown: &[Shown], folded: &BTreeSet<Id>, plan_headings: PlanHeadings, rows: &mut Vec<WalkRow>) {
        rows.clear();
        let (mut last, mut over): (Option<u32>, Option<&Head>) = (None, None);
        let mut is_folded = false;
        for one in shown {
            let Some((at, head)) = self.head(*one) else { continue };
            if last != Some(at) {
                head.open(over, plan_headings, rows);
                is_folded = head.recommendation.is_some_and(|id| folded.contains(&id));
                (last, over) = (Some(at), Some(head));
            }
            if let Shown::Action { place, here } = one
                && !is_folded
                && let Some(id) = self.actions.get(*place)
            {
                rows.push(WalkRow::Action(*id, *here));
            }
        }
    }
}

impl Head {
    /// The headings that differ from those of the rows above.
    fn open(&self, above: Option<&Head>, plan_headings: PlanHeadings, rows: &mut Vec<WalkRow>) {
        let above = above.filter(|above| above.plan == self.plan);
        if above.is_none() && plan_headings == PlanHeadings::Shown {
            push_heading(rows, WalkRow::Plan(self.plan));
        }
        let Some(rec) = self.recommendation else { return };
        if above.is_none_or(|above| above.recommendation.is_none() || above.group != self.group)
            && let Some(heading) = self.heading
        {
            push_heading(rows, WalkRow::Heading(heading));
        }
        rows.push(WalkRow::Recommendation(rec));
    }
}

/// The heads of the actions so far.
#[derive(Default)]
struct Heads<'a> {
    all: Vec<Head>,
    groups: HashMap<(Id, &'a [Id]), u32>,
}

impl<'a> Heads<'a> {
    /// The head of the next action.
    fn of(&mut self, register: &'a Register, plan: Id, recommendation: Option<Id>) -> u32 {
        match self.all.last() {
            Some(last) if (last.plan, last.recommendation) == (plan, recommendation) => count(self.all.len() - 1),
            Some(_) | None => self.add(register, plan, recommendation),
        }
    }

    fn add(&mut self, register: &'a Register, plan: Id, recommendation: Option<Id>) -> u32 {
        let rec = recommendation.and_then(|id| register.recommendation(id));
        let (group, heading) = match rec.map(|rec| rec.under.get().unwrap_or(&Under::Nothing)) {
            None | Some(Under::Nothing) => (0, None),
            Some(Under::AllFindings) => (1, Some(Heading::AllFindings)),
            Some(Under::Findings(ids)) => {
                let next = count(self.groups.len() + 2);
                let group = *self.groups.entry((plan, ids)).or_insert(next);
                (group, rec.map(|rec| Heading::FindingsOf(rec.id)))
            }
        };
        self.all.push(Head { plan, recommendation: rec.map(|rec| rec.id), group, heading });
        count(self.all.len() - 1)
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// Whether plan names are shown above their actions: only if several plans are walked together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanHeadings {
    Shown,
    Hidden,
}

fn push_heading(rows: &mut Vec<WalkRow>, row: WalkRow) {
    if !matches!(rows.last(), None | Some(WalkRow::Plan(_))) {
        rows.push(WalkRow::Gap);
    }
    rows.push(row);
}

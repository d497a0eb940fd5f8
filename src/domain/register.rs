//! The register in memory: what you get by applying every change in order.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::OnceLock;

use super::action::Action;
use super::actions::Actions;
use super::agency_copy::AgencyCopy;
use super::date_words;
use super::finding::Finding;
use super::id::{Id, Origin};
use super::meeting::{Meeting, Minute};
use super::outline::Outline;
use super::party::Party;
use super::plan::Plan;
use super::progress::Entry;
use super::rating::{Level, Scheme, level_in_brag};
use super::recommendation::{Recommendation, Under};
use super::recommendations::Recommendations;
use super::reference::{Printed, References};
use super::slots::{Block, Slot, Slots};
use super::thing::Thing;

/// All plans of one board, and their parties.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Register {
    pub plans: Vec<Plan>,
    pub parties: Vec<Party>,
    pub findings: Vec<Finding>,
    pub recommendations: Recommendations,
    pub actions: Actions,
    pub meetings: Vec<Meeting>,
    pub slots: Slots,
    /// The greatest Lamport time seen.
    pub lamport: u64,
    /// The last number seen of each origin.
    pub last: HashMap<Origin, u64>,
    /// Changes that this version does not understand: kept in the log, and without effect.
    pub unknown: u64,
    /// Changes whose words this copy may not have.
    pub withheld: u64,
    pub here: Here,
    pub clashes: Clashes,
    pub copy: CopyFor,
}

/// The party for which this copy was made; none in a full register. Not part of what the log says.
#[derive(Clone, Debug, Default)]
pub struct CopyFor(pub Option<AgencyCopy>);

impl PartialEq for CopyFor {
    fn eq(&self, _: &CopyFor) -> bool {
        true
    }
}

impl Eq for CopyFor {}

/// Of each plan in which there may be such, the actions whose reference another copy gave to an earlier one, with how many have it
/// before them: once they have been asked for. Not part of what the log says: see [`Register::find_clashes`].
#[derive(Clone, Debug, Default)]
pub struct Clashes(HashMap<Id, OnceLock<HashMap<Id, usize>>>);

impl PartialEq for Clashes {
    fn eq(&self, _: &Clashes) -> bool {
        true
    }
}

impl Eq for Clashes {}

/// The copy that this register is in memory for. Not part of what the log says: registers of two copies are the same without it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Here(pub Option<Origin>);

impl PartialEq for Here {
    fn eq(&self, _: &Here) -> bool {
        true
    }
}

impl Eq for Here {}

impl Register {
    /// Where the thing of that id is.
    pub fn slot(&self, id: Id) -> Option<Slot> {
        self.slots.get(&id).or_else(|| self.slots.among_unread(id, |block| self.slots_of(block).collect()))
    }

    /// Where everything in a block is, which is read for it.
    fn slots_of(&self, block: Block) -> impl Iterator<Item = (Id, Slot)> {
        let (actions, recs) = match block {
            Block::Actions(at) => (Some(self.actions.slots_of(at)), None),
            Block::Recommendations(at) => (None, Some(self.recommendations.slots_of(at))),
        };
        actions.into_iter().flatten().chain(recs.into_iter().flatten())
    }

    /// Reads every block that has not been read, for whoever is about to ask for very many things.
    pub fn take_in(&mut self) {
        let mut slots = std::mem::take(&mut self.slots);
        slots.take_in(|block| self.slots_of(block));
        self.slots = slots;
    }

    pub fn plan(&self, id: Id) -> Option<&Plan> {
        if let Slot::Plan(at) = self.slot(id)? { self.plans.get(at) } else { None }
    }

    pub fn party(&self, id: Id) -> Option<&Party> {
        if let Slot::Party(at) = self.slot(id)? { self.parties.get(at) } else { None }
    }

    pub fn finding(&self, id: Id) -> Option<&Finding> {
        if let Slot::Finding(at) = self.slot(id)? { self.findings.get(at) } else { None }
    }

    pub fn recommendation(&self, id: Id) -> Option<&Recommendation> {
        if let Slot::Recommendation(at) = self.slot(id)? { self.recommendations.get(at) } else { None }
    }

    pub fn action(&self, id: Id) -> Option<&Action> {
        if let Slot::Action(at) = self.slot(id)? { self.actions.get(at) } else { None }
    }

    /// Whether an action need not be read from the file any more.
    pub fn is_in_memory(&self, action: Id) -> bool {
        if let Some(Slot::Action(at)) = self.slot(action) { self.actions.has(at) } else { true }
    }

    /// Whether an action is visible in its plan.
    pub fn is_shown(&self, action: &Action) -> bool {
        [Some(action.id), action.recommendation].into_iter().flatten().all(|id| !self.is_hidden(id))
    }

    /// Where an action is in the list of all.
    pub fn place_of_action(&self, id: Id) -> Option<usize> {
        if let Slot::Action(at) = self.slot(id)? { Some(at) } else { None }
    }

    /// An action in outline, without reading more of it.
    pub fn outline(&self, id: Id) -> Option<Outline<'_>> {
        if let Slot::Action(at) = self.slot(id)? { self.actions.outline(at) } else { None }
    }

    pub fn entry(&self, id: Id) -> Option<(&Action, &Entry)> {
        let Slot::Entry(action, at) = self.slot(id)? else { return None };
        self.actions.get(action).and_then(|action| action.entries.get(at).map(|entry| (action, entry)))
    }

    pub fn meeting(&self, id: Id) -> Option<&Meeting> {
        if let Slot::Meeting(at) = self.slot(id)? { self.meetings.get(at) } else { None }
    }

    pub fn minute(&self, id: Id) -> Option<(&Meeting, &Minute)> {
        let Slot::Minute(meeting, at) = self.slot(id)? else { return None };
        self.meetings.get(meeting).and_then(|meeting| meeting.minutes.get(at).map(|minute| (meeting, minute)))
    }

    /// The thing of that id, of whatever kind.
    pub fn thing(&self, id: Id) -> Option<&dyn Thing> {
        match self.slot(id)? {
            Slot::Plan(at) => self.plans.get(at).map(|plan| plan as &dyn Thing),
            Slot::Party(at) => self.parties.get(at).map(|party| party as &dyn Thing),
            Slot::Finding(at) => self.findings.get(at).map(|finding| finding as &dyn Thing),
            Slot::Recommendation(at) => self.recommendations.get(at).map(|rec| rec as &dyn Thing),
            Slot::Action(at) => self.actions.get(at).map(|action| action as &dyn Thing),
            Slot::Entry(at, entry) => self.actions.get(at)?.entries.get(entry).map(|entry| entry as &dyn Thing),
            Slot::Meeting(at) => self.meetings.get(at).map(|meeting| meeting as &dyn Thing),
            Slot::Minute(at, minute) => self.meetings.get(at)?.minutes.get(minute).map(|minute| minute as &dyn Thing),
        }
    }

    /// The meeting to which new changes belong. Where separate copies opened two, each copy goes on with its own.
    pub fn open_meeting(&self) -> Option<&Meeting> {
        let open = || self.visible_meetings().filter(|meeting| meeting.stage().is_open());
        let own = open().rfind(|meeting| Some(meeting.id.origin) == self.here.0);
        own.or_else(|| open().next_back())
    }

    /// Meetings that were not withdrawn, in the order in which they began.
    pub fn visible_meetings(&self) -> impl DoubleEndedIterator<Item = &Meeting> {
        self.meetings.iter().filter(|meeting| !self.is_hidden(meeting.id))
    }

    /// "OPS, 21 Nov 2026".
    pub fn meeting_name(&self, meeting: &Meeting) -> String {
        let body = meeting.body().map_or("meeting", |body| self.party_name(body));
        meeting.day().map_or_else(|| body.to_owned(), |day| format!("{body}, {}", date_words::day(day)))
    }

    /// The name of a party, or words that say that it is missing.
    pub fn party_name(&self, id: Id) -> &str {
        let unknown = if self.withheld > 0 { "another agency" } else { "unknown agency" };
        self.party(id).map_or(unknown, Party::name)
    }

    /// Plans that have not been withdrawn, in the order in which they were added.
    pub fn visible_plans(&self) -> impl Iterator<Item = &Plan> {
        self.plans.iter().filter(|plan| !self.is_hidden(plan.id))
    }

    /// The recommendations of a plan that have not been withdrawn, in document order.
    pub fn recommendations_of<'a>(&'a self, plan: &'a Plan) -> impl Iterator<Item = &'a Recommendation> {
        plan.recommendations.iter().filter_map(|id| self.recommendation(*id)).filter(|rec| !self.is_hidden(rec.id))
    }

    /// Actions not withdrawn, of plans and recommendations not withdrawn, in document order plan by plan.
    pub fn visible_actions(&self) -> impl Iterator<Item = &Action> {
        self.visible_plans().flat_map(|plan| self.actions_of(plan))
    }

    /// The visible actions of one plan: recommendation by recommendation, then those without one.
    pub fn actions_of<'a>(&'a self, plan: &'a Plan) -> impl Iterator<Item = &'a Action> {
        self.outlines_of(plan).filter_map(|outline| self.action(outline.id))
    }

    /// The same in outline.
    pub fn outlines_of<'a>(&'a self, plan: &'a Plan) -> impl Iterator<Item = Outline<'a>> {
        let under = self.recommendations_of(plan).flat_map(|rec| rec.actions.iter());
        let under = under.filter_map(|id| self.outline(*id));
        let alone = plan.actions.iter().filter_map(|id| self.outline(*id));
        let alone = alone.filter(|outline| outline.recommendation.is_none());
        under.chain(alone).filter(|outline| !outline.is_hidden)
    }

    /// All visible actions in outline, in document order plan by plan.
    pub fn visible_outlines(&self) -> impl Iterator<Item = Outline<'_>> {
        self.visible_plans().flat_map(|plan| self.outlines_of(plan))
    }

    /// Whether an action is among the visible ones.
    pub fn shows(&self, action: &Outline<'_>) -> bool {
        let above = [Some(action.plan), action.recommendation];
        !action.is_hidden && above.into_iter().flatten().all(|id| !self.is_hidden(id))
    }

    /// The plan's scheme, or Red/Amber/Green/Blue where it states none.
    pub fn scheme(&self, plan: Id) -> Scheme {
        self.plan(plan).and_then(|plan| plan.scheme.get().cloned()).unwrap_or_else(Scheme::brag)
    }

    /// The level at which an action is rated, in its plan's scheme.
    pub fn level(&self, action: &Action) -> Option<Level> {
        let word = action.rating()?;
        self.plan(action.plan)?.scheme.get().map_or_else(|| level_in_brag(word), |s| s.level(word).cloned())
    }

    /// What the board calls an action: `7.2`, `R1.A3`, `1a`. Where none is stored, as in registers of earlier builds, its
    /// position: `7.2` is the second under recommendation 7.
    pub fn reference(&self, action: &Action) -> String {
        if let Some(reference) = action.stored_reference() {
            let before = self.same_before(action);
            return reference.to_owned() + &"′".repeat(before);
        }
        match action.added_under.and_then(|id| self.recommendation(id)) {
            Some(rec) => format!("{}.{}", rec.number(), action.ordinal),
            None => action.number.get().cloned().unwrap_or_else(|| action.ordinal.to_string()),
        }
    }

    /// Has the actions that were given one reference on separate copies found anew, plan by plan, when they are asked for: the later ones
    /// are called `7.3′` until the user gives them a number. To be called after whatever gives or takes a reference.
    pub fn find_clashes(&mut self) {
        // A single copy gives no reference twice.
        let plans = self.visible_plans().filter(|_| self.last.len() > 1);
        self.clashes = Clashes(plans.map(|plan| (plan.id, OnceLock::new())).collect());
    }

    /// How many actions of its plan have the same reference before this one, where they were given on separate copies.
    fn same_before(&self, action: &Action) -> usize {
        let of_plan = self.clashes.0.get(&action.plan).map(|found| found.get_or_init(|| self.clashes_of(action.plan)));
        of_plan.and_then(|found| found.get(&action.id).copied()).unwrap_or(0)
    }

    fn clashes_of(&self, plan: Id) -> HashMap<Id, usize> {
        let ids = self.plan(plan).map_or(&[][..], |plan| plan.actions.as_slice());
        let known = |id: &Id| self.outline(*id).filter(|one| !one.is_hidden && !one.reference.is_empty());
        let hashed = RandomState::new();
        // Put in order rather than in a table: of many actions hardly two have the same reference.
        let named = (0..).zip(ids).filter_map(|(at, id)| Some((hashed.hash_one(known(id)?.reference), at)));
        let mut named: Vec<(u64, usize)> = named.collect();
        named.sort_unstable();
        let mut clashes = HashMap::new();
        for alike in named.chunk_by(|one, next| one.0 == next.0).filter(|alike| alike.len() > 1) {
            let mut seen = HashMap::<&str, usize>::new();
            for action in alike.iter().filter_map(|(_, at)| ids.get(*at)).filter_map(known) {
                let count = seen.entry(action.reference).or_default();
                if *count > 0 {
                    clashes.insert(action.id, *count);
                }
                *count += 1;
            }
        }
        clashes
    }

    /// The references that the actions of a plan have, withdrawn ones too; `printed` are the numbers of a document to come.
    pub fn references<'a>(
        &self,
        plan: Id,
        printed: impl IntoIterator<Item = (Option<Id>, Printed<'a>)>,
    ) -> References<Option<Id>> {
        let mut references = References::new(printed);
        let all = self.plan(plan).map_or(&[][..], |plan| plan.actions.as_slice());
        for action in all.iter().filter_map(|id| self.action(*id)) {
            references.know(action.added_under, &self.reference(action), self.is_hidden(action.id));
        }
        references
    }

    /// The numbers of the findings over an action; `all` for the cross-cutting group.
    pub fn finding_numbers(&self, action: &Action) -> Vec<String> {
        let under = action.recommendation.and_then(|id| self.recommendation(id)).and_then(|rec| rec.under.get());
        match under {
            None | Some(Under::Nothing) => Vec::new(),
            Some(Under::AllFindings) => vec!["all".into()],
            Some(Under::Findings(ids)) => {
                ids.iter().filter_map(|id| self.finding(*id)).map(|f| f.number().into()).collect()
            }
        }
    }
}

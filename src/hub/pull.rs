//! Takes what the hub has beyond this register: each page proved as a file is that is merged, in a transaction of its own.

use std::collections::{BTreeMap, BTreeSet};

use super::connection::{Hub, Member};
use super::ends::{Both, Ends};
use super::page::{self, Listed, Page, SIZE};
use super::{ends, grants};
use crate::desk::Desk;
use crate::domain::id::Origin;
use crate::env::Env;
use crate::problem::Problem;
use crate::store::{Began, Copied, Sent, SentBatch, Taken};

/// What the history calls it.
pub const SOURCE: &str = "the hub";

/// What a refusal by the proof is called.
const NOT_FITTING: &str = "What the hub has does not fit";

/// What a pull works with.
struct Pulling<'a> {
    member: &'a Member,
    began: BTreeMap<Origin, Began>,
    copy: Option<Copied>,
    env: &'a Env,
}

/// A copy whose rows on the hub do not fit from some row on: nobody takes those, and no one else is kept waiting for them.
pub struct LeftOut {
    pub origin: Origin,
    /// What it is called on the hub.
    pub computer: String,
    pub why: String,
}

/// Takes everything that the hub has and this register lacks, except what does not fit.
pub fn take(
    hub: &mut Hub,
    desk: &mut Desk,
    member: &Member,
    both: &Both,
    env: &Env,
) -> Result<(Taken, Vec<LeftOut>), Problem> {
    let mut list = hub.patiently(|client| page::listed(client, &member.board, &both.here))?;
    list.retain(|listed| !both.is_left_out(listed.origin));
    let (mut all, mut left) = (Taken::default(), Vec::new());
    if list.is_empty() {
        return Ok((all, left));
    }
    let pulling = Pulling::new(hub, member, env)?;
    let mut pages = grouped(list).into_iter();
    while let Some(list) = pages.next() {
        let mut page = pulling.fetch(hub, &list)?;
        let here = desk.store().ends()?;
        // Words that were erased are taken together with what erased them.
        while member.party.is_none() && !page.is_closed(&here) {
            let Some(next) = pages.next() else { break };
            page.extend(pulling.fetch(hub, &next)?);
        }
        page.batches.retain(|batch| !left.iter().any(|out: &LeftOut| origin_of(batch) == Some(out.origin)));
        let (taken, out) = pulling.take_what_fits(desk, &here, &page.batches)?;
        add(&mut all, taken);
        left.extend(out);
    }
    Ok((all, left))
}

fn origin_of(batch: &SentBatch) -> Option<Origin> {
    batch.end().map(|end| end.id.origin)
}

/// Fills in what an agency was given since of changes that are here already.
pub fn fill(hub: &mut Hub, desk: &mut Desk, member: &Member, env: &Env) -> Result<Taken, Problem> {
    let Some(party) = member.party else { return Ok(Taken::default()) };
    let given = hub.patiently(|client| grants::newest(client, &member.board, party))?;
    let mut batches = BTreeSet::new();
    for grant in given.values() {
        if desk.store().lacks(grant.id, grant.excerpt.as_deref())? {
            batches.insert(grant.batch.clone());
        }
    }
    let pulling = Pulling::new(hub, member, env)?;
    let ids: Vec<String> = batches.into_iter().collect();
    let list = hub.patiently(|client| page::listed_by_id(client, &member.board, &ids))?;
    let mut all = Taken::default();
    for list in grouped(list) {
        let page = pulling.fetch(hub, &list)?;
        let here = desk.store().ends()?;
        add(&mut all, pulling.take(desk, &here, page.batches)?);
    }
    Ok(all)
}

fn add(all: &mut Taken, more: Taken) {
    all.changes += more.changes;
    all.filled += more.filled;
}

/// Pages of about [`SIZE`] changes.
fn grouped(list: Vec<Listed>) -> Vec<Vec<Listed>> {
    let mut pages: Vec<Vec<Listed>> = Vec::new();
    let mut count = SIZE;
    for listed in list {
        if count >= SIZE {
            pages.push(Vec::new());
            count = 0;
        }
        count += listed.count();
        if let Some(page) = pages.last_mut() {
            page.push(listed);
        }
    }
    pages
}

impl Pulling<'_> {
    fn new<'a>(hub: &mut Hub, member: &'a Member, env: &'a Env) -> Result<Pulling<'a>, Problem> {
        let began = hub.patiently(|client| page::origins(client, &member.board))?;
        let copy = match member.party {
            Some(party) => Some(grants::given(hub, member, party)?),
            None => None,
        };
        Ok(Pulling { member, began, copy, env })
    }

    fn fetch(&self, hub: &mut Hub, list: &[Listed]) -> Result<Page, Problem> {
        Ok(hub.patiently(|client| page::fetch(client, &self.member.board, self.member.party, list))?)
    }

    /// A page, where one copy in it keeps it from fitting without that copy's rows from there on. Nothing honest was written on
    /// rows that fit nowhere.
    fn take_what_fits(
        &self,
        desk: &mut Desk,
        here: &Ends,
        batches: &[SentBatch],
    ) -> Result<(Taken, Option<LeftOut>), Problem> {
        let refusal = match self.take(desk, here, batches.to_vec()) {
            Ok(taken) => return Ok((taken, None)),
            Err(problem) if problem.what == NOT_FITTING => problem,
            Err(problem) => return Err(problem),
        };
        let of: BTreeSet<Origin> = batches.iter().filter_map(origin_of).collect();
        for origin in of {
            let (own, rest): (Vec<SentBatch>, Vec<SentBatch>) =
                batches.iter().cloned().partition(|batch| origin_of(batch) == Some(origin));
            if let Ok(mut taken) = self.take(desk, here, rest) {
                add(&mut taken, self.take_as_far_as_it_fits(desk, own)?);
                let computer = self.began.get(&origin).map(|began| began.computer.clone()).unwrap_or_default();
                return Ok((taken, Some(LeftOut { origin, computer, why: refusal.why })));
            }
        }
        Err(refusal)
    }

    /// One copy's batches, one by one, until one does not fit.
    fn take_as_far_as_it_fits(&self, desk: &mut Desk, own: Vec<SentBatch>) -> Result<Taken, Problem> {
        let mut all = Taken::default();
        for batch in own {
            match self.take(desk, &desk.store().ends()?, vec![batch]) {
                Ok(taken) => add(&mut all, taken),
                Err(problem) if problem.what == NOT_FITTING => break,
                Err(problem) => return Err(problem),
            }
        }
        Ok(all)
    }

    fn take(&self, desk: &mut Desk, here: &Ends, batches: Vec<SentBatch>) -> Result<Taken, Problem> {
        let of: BTreeSet<Origin> = batches.iter().filter_map(SentBatch::end).map(|end| end.id.origin).collect();
        let before: ends::Ends = of.iter().filter_map(|origin| here.get(origin).map(|tip| (*origin, *tip))).collect();
        let origins = of.iter().filter_map(|origin| self.began.get(origin).cloned()).collect();
        let uuid = self.member.board.clone();
        let sent = Sent { uuid, before, origins, batches, copy: self.copy.clone() };
        desk.take_rows(sent, SOURCE, self.env).map_err(not_taken)
    }
}

/// The proof speaks of files; here it is the hub's rows that do not fit.
fn not_taken(problem: Problem) -> Problem {
    let is_proof = problem.what.is_empty() || problem.what == "Nothing was merged";
    if !is_proof {
        return problem;
    }
    let why = problem.why.replace("that file", "the hub");
    let hint = "Nothing of that page was taken. Show this to whoever runs the hub; this register is as it was.";
    Problem::new(NOT_FITTING, why, hint)
}

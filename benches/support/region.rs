//! Five years of one board, written by the program's own code: plans that come one after the other, quarterly meetings, and
//! in between them ratings, progress and moved targets, each an act of its own.

use arising::desk::Desk;
use arising::domain::action::Lead;
use arising::domain::change::{Cause, Kind, Op, Value};
use arising::domain::id::Id;
use arising::domain::intent::{Attendee, Begin, Intent, PartyChoice, Rest};
use arising::domain::meeting::{Agenda, AgendaRule, Presence};
use arising::domain::party::PartyKind;
use arising::domain::progress::EntryOrigin;
use arising::domain::recommendation::Under;
use arising::env::Env;
use arising::problem::Problem;
use chrono::TimeDelta;

use super::register::{PARTIES, RATINGS, Words, edit, entry, numbered, party, target};

/// What a board does.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    pub plans: usize,
    /// Of each plan.
    pub actions: usize,
    /// In the log at the end.
    pub changes: u64,
}

pub const MEETINGS: usize = 20;
/// On each agenda.
const ITEMS: usize = 40;
const QUARTER: i64 = 91;

/// Fills an empty register, from this moment on.
pub fn fill(desk: &mut Desk, shape: Shape, from: &Env) -> Result<(), Problem> {
    let mut words = Words(7);
    let parties: Vec<Op> = (0..PARTIES).map(one_party).collect();
    desk.import(&parties, Cause::Edit, from)?;
    for quarter in 0..MEETINGS {
        let env = later(from, i64::try_from(quarter).unwrap_or(0) * QUARTER);
        for at in (shape.plans * quarter / MEETINGS)..(shape.plans * (quarter + 1) / MEETINGS) {
            let ops = plan(desk, at, shape.actions, &mut words);
            desk.import(&ops, Cause::Import { file: format!("plan-{at:02}.docx") }, &env)?;
        }
        meet(desk, quarter, &env, &mut words)?;
        let wanted = shape.changes * (quarter as u64 + 1) / MEETINGS as u64;
        work(desk, quarter, wanted, &env, &mut words)?;
    }
    Ok(())
}

fn later(env: &Env, days: i64) -> Env {
    let by = TimeDelta::days(days);
    Env { now: env.now + by, today: env.today + by, author: env.author.clone() }
}

fn one_party(at: usize) -> Op {
    let kind = match at % 3 {
        0 => PartyKind::Agency,
        1 => PartyKind::Post,
        _ => PartyKind::Subgroup,
    };
    Op::Add { kind: Kind::Party, values: vec![Value::Name(party(at)), Value::PartyKind(kind)] }
}

/// The operations that importing a document would produce: a recommendation for every three actions.
fn plan(desk: &Desk, at: usize, actions: usize, words: &mut Words) -> Vec<Op> {
    let parties: Vec<Id> = desk.register().parties.iter().map(|party| party.id).collect();
    let lead = |at: usize| Lead { party: parties[at % PARTIES], raw: party(at % PARTIES) };
    let name = [Value::Slug(format!("plan-{at:02}")), Value::Title(format!("Review {at:02}"))];
    let mut ops = vec![Op::Add { kind: Kind::Plan, values: name.into() }];
    let plan = Id::pending(0);
    let (mut finding, mut recommendation) = (plan, plan);
    for row in 0..actions {
        if row % 9 == 0 {
            finding = Id::pending(ops.len());
            ops.push(numbered(Kind::Finding { plan }, row / 9 + 1, words.sentence(24), Vec::new()));
        }
        if row % 3 == 0 {
            recommendation = Id::pending(ops.len());
            let under = vec![Value::Under(Under::Findings(vec![finding]))];
            ops.push(numbered(Kind::Recommendation { plan }, row / 3 + 1, words.sentence(20), under));
        }
        let action = Id::pending(ops.len());
        let seed = at * actions + row;
        let values = vec![
            Value::Reference(format!("{}.{}", row / 3 + 1, row % 3 + 1)),
            Value::Text(words.sentence(22)),
            Value::Leads(vec![lead(seed), lead(seed * 7)]),
            Value::Via(vec![lead(seed * 3 + 2)]),
            Value::Targets(target(seed)),
            Value::Rating(Some(RATINGS[seed % 4].into())),
        ];
        ops.push(Op::Add { kind: Kind::Action { plan, recommendation: Some(recommendation) }, values });
        ops.push(entry(action, EntryOrigin::Imported, seed, words));
    }
    ops
}

/// A meeting that discusses half of its agenda and carries the rest forward.
fn meet(desk: &mut Desk, quarter: usize, env: &Env, words: &mut Words) -> Result<(), Problem> {
    let register = desk.register();
    let all: Vec<Id> = register.actions.iter().map(|action| action.id).collect();
    let items: Vec<Id> = (0..ITEMS.min(all.len())).map(|at| all[(quarter * 37 + at * 13) % all.len()]).collect();
    let known = |at: usize| PartyChoice::Known(register.parties[at].id);
    let attendee = |at: usize| Attendee {
        party: Some(known(at)),
        name: words_of(at),
        presence: if at % 4 == 3 { Presence::Apologies } else { Presence::Present },
    };
    let begin = Begin {
        body: known(2),
        day: env.today,
        chair: "The Chair".into(),
        attendance: (0..12).map(attendee).collect(),
        agenda: Agenda { rules: vec![AgendaRule::Everything], items: items.clone(), of: None },
        next: None,
    };
    desk.write(&Intent::BeginMeeting(begin), env)?;
    for (at, action) in items.into_iter().enumerate().take(ITEMS / 2) {
        let env = Env { now: env.now + TimeDelta::minutes(i64::try_from(at).unwrap_or(0)), ..env.clone() };
        if at % 5 == 0 {
            desk.write(&Intent::Progress { action, date: None, text: words.sentence(30), by: None }, &env)?;
        }
        desk.write(&Intent::Discuss { action }, &env)?;
    }
    desk.write(&Intent::EndMeeting { next: None, rest: Rest::Carried("Out of time".into()) }, env).map(drop)
}

fn words_of(at: usize) -> String {
    format!("Officer {at}")
}

/// The work of a quarter: one change at a time.
pub fn work(desk: &mut Desk, quarter: usize, wanted: u64, env: &Env, words: &mut Words) -> Result<(), Problem> {
    let mut at = quarter * 1_009;
    while desk.register().lamport < wanted {
        let env = Env { now: env.now + TimeDelta::minutes(i64::try_from(at % 90_000).unwrap_or(0)), ..env.clone() };
        let Some(op) = edit(desk, at, words) else { return Ok(()) };
        desk.import(&[op], Cause::Edit, &env)?;
        at += 1;
    }
    Ok(())
}

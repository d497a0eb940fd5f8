//! Synthetic registers of any size: one imported plan, then a history of small edits.

use arising::desk::Desk;
use arising::domain::action::{Action, Lead, Targets};
use arising::domain::change::{Cause, Kind, Op, Value};
use arising::domain::date_text;
use arising::domain::id::Id;
use arising::domain::party::PartyKind;
use arising::domain::progress::{EntryOrigin, EntryText};
use arising::domain::recommendation::Under;
use arising::domain::target::PartialDate;
use arising::env::Env;
use arising::problem::Problem;

/// The size of a register.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    pub actions: usize,
    /// Changes in the log, including those that created the plan.
    pub changes: usize,
}

const ACTIONS_PER_RECOMMENDATION: usize = 4;
const RECOMMENDATIONS_PER_FINDING: usize = 5;
pub const PARTIES: usize = 43;
pub const RATINGS: [&str; 4] = ["Red", "Amber", "Green", "Blue"];
const WORDS: [&str; 32] = [
    "review",
    "custody",
    "records",
    "monthly",
    "partner",
    "agencies",
    "training",
    "audit",
    "referral",
    "pathway",
    "board",
    "assurance",
    "practice",
    "hospital",
    "discharge",
    "capacity",
    "assessment",
    "housing",
    "officer",
    "evidence",
    "guidance",
    "published",
    "will",
    "report",
    "the",
    "of",
    "and",
    "to",
    "for",
    "with",
    "dip sample",
    "supervision",
];

/// Fills an empty register.
pub fn fill(desk: &mut Desk, shape: Shape, env: &Env) -> Result<(), Problem> {
    let mut words = Words(7);
    desk.import(&plan(shape.actions, &mut words), Cause::Import { file: "plan.docx".into() }, env)?;
    work(desk, shape.changes as u64, env)
}

/// Edits a register until its log holds `wanted` changes.
pub fn work(desk: &mut Desk, wanted: u64, env: &Env) -> Result<(), Problem> {
    let mut words = Words(11);
    let mut written = desk.register().lamport;
    let meeting = 20.max(desk.register().actions.len() / 10);
    let mut at = 0;
    while written < wanted {
        // One meeting's worth of edits per commit; one commit per edit would take minutes.
        let batch = usize::try_from(wanted - written).unwrap_or(usize::MAX).min(meeting);
        let ops: Vec<Op> = (at..at + batch).filter_map(|at| edit(desk, at, &mut words)).collect();
        desk.import(&ops, Cause::Edit, env)?;
        at += batch;
        written = desk.register().lamport;
    }
    Ok(())
}

/// The operations that importing a document with this many actions would produce.
fn plan(actions: usize, words: &mut Words) -> Vec<Op> {
    let mut ops = vec![Op::Add {
        kind: Kind::Plan,
        values: vec![Value::Slug("synthetic".into()), Value::Title("A synthetic plan for measuring".into())],
    }];
    let plan = Id::pending(0);
    for at in 0..PARTIES {
        let kind = if at % 3 == 0 { PartyKind::Agency } else { PartyKind::Post };
        ops.push(Op::Add { kind: Kind::Party, values: vec![Value::Name(party(at)), Value::PartyKind(kind)] });
    }
    let (mut finding, mut recommendation) = (plan, plan);
    for at in 0..actions {
        if at % (ACTIONS_PER_RECOMMENDATION * RECOMMENDATIONS_PER_FINDING) == 0 {
            finding = Id::pending(ops.len());
            ops.push(numbered(Kind::Finding { plan }, at / 20 + 1, words.sentence(24), Vec::new()));
        }
        if at % ACTIONS_PER_RECOMMENDATION == 0 {
            recommendation = Id::pending(ops.len());
            let under = vec![Value::Under(Under::Findings(vec![finding]))];
            ops.push(numbered(Kind::Recommendation { plan }, at / 4 + 1, words.sentence(20), under));
        }
        add_action(&mut ops, at, Kind::Action { plan, recommendation: Some(recommendation) }, words);
    }
    ops
}

pub fn numbered(kind: Kind, number: usize, text: String, mut values: Vec<Value>) -> Op {
    values.extend([Value::Number(number.to_string()), Value::Text(text)]);
    Op::Add { kind, values }
}

fn add_action(ops: &mut Vec<Op>, at: usize, kind: Kind, words: &mut Words) {
    let action = Id::pending(ops.len());
    let lead = |at: usize| Lead { party: Id::pending(1 + at % PARTIES), raw: party(at % PARTIES) };
    let values = vec![
        Value::Text(words.sentence(22)),
        Value::Leads(vec![lead(at), lead(at * 7)]),
        Value::Via(vec![lead(at * 3 + 1)]),
        Value::Targets(target(at)),
        Value::Rating(Some(RATINGS[at % 4].into())),
        Value::Reference(format!("{}.{}", at / ACTIONS_PER_RECOMMENDATION + 1, at % ACTIONS_PER_RECOMMENDATION + 1)),
    ];
    ops.push(Op::Add { kind, values });
    ops.push(entry(action, EntryOrigin::Imported, at, words));
}

/// One edit of the history: mostly ratings and progress, occasionally a target.
pub fn edit(desk: &Desk, at: usize, words: &mut Words) -> Option<Op> {
    let actions = &desk.register().actions;
    let action: &Action = actions.get(at % actions.len())?;
    let set = |value, replaces| Op::Set { on: action.id, value, replaces };
    Some(match (at / actions.len() + at) % 8 {
        0 | 3 => entry(action.id, EntryOrigin::Written, at, words),
        5 => set(Value::Targets(target(at)), action.targets.ids()),
        _ => set(Value::Rating(Some(RATINGS[(at / 3) % 4].into())), action.rating.ids()),
    })
}

pub fn entry(action: Id, origin: EntryOrigin, at: usize, words: &mut Words) -> Op {
    let month = u32::try_from(at % 12).ok().map(|month| month + 1);
    let said = EntryText {
        date: Some(PartialDate { year: 2026, month, day: None }),
        text: words.sentence(45),
        by: Some(party(at % PARTIES)),
        origin,
    };
    Op::Add { kind: Kind::Entry { action, said }, values: Vec::new() }
}

pub fn target(at: usize) -> Targets {
    let raw = format!("{}/{}/202{}", at % 28 + 1, at % 12 + 1, 5 + at % 3);
    Targets { dates: vec![date_text::target(&raw, None)], reason: String::new() }
}

pub fn party(at: usize) -> String {
    format!("Agency {at:02} of the county")
}

/// A deterministic word generator.
pub struct Words(pub u64);

impl Words {
    pub fn sentence(&mut self, words: usize) -> String {
        let chosen: Vec<&str> = (0..words).map(|_| self.word()).collect();
        format!("{}.", chosen.join(" "))
    }

    fn word(&mut self) -> &'static str {
        // Knuth's multiplier for a 64-bit linear congruential generator, whose low bits are poor.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        WORDS[usize::try_from(self.0 >> 33).unwrap_or(0) % WORDS.len()]
    }
}

//! Three copies of a register, edited separately and merged in any order, end up the same.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use arising::domain::action::Action;
use arising::domain::actions::RunSource;
use arising::domain::alike::Worded;
use arising::domain::change::{Batch, Cause, Change, Kind, Op, Value};
use arising::domain::id::{Id, Origin};
use arising::domain::intent::{Intent, PartyChoice};
use arising::domain::outline::Outline;
use arising::domain::outline::Outlines;
use arising::domain::progress::{EntryOrigin, EntryText};
use arising::domain::recommendation::Recommendation;
use arising::domain::register::Register;
use arising::domain::rules;
use arising::domain::target::{PartialDate, Span, Target};
use arising::domain::undo::{BatchHead, inverse, to_redo, to_undo};
use arising::wire::{line, snapshot};
use chrono::{DateTime, Days, FixedOffset, NaiveDate};
use proptest::prelude::*;

/// One copy of the register on one machine.
#[derive(Clone)]
struct Replica {
    origin: Origin,
    log: Vec<Batch>,
    /// Kept by applying each own batch, folded again only when something comes from elsewhere.
    register: Register,
}

/// What happens next, and where.
#[derive(Clone, Debug)]
enum Step {
    Act {
        who: usize,
        act: u8,
        action: usize,
        pick: usize,
    },
    Undo {
        who: usize,
    },
    Redo {
        who: usize,
    },
    /// One copy learns everything that another knows.
    Bring {
        from: usize,
        to: usize,
    },
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 12).unwrap()
}

impl Replica {
    fn write(&mut self, cause: Cause, ops: Vec<Op>) {
        let seq = self.register.last.get(&self.origin).copied().unwrap_or(0) + 1;
        let first = Id { origin: self.origin, seq };
        let number = |(at, op): (u64, Op)| Change {
            id: Id { origin: self.origin, seq: seq + at },
            lamport: self.register.lamport + 1 + at,
            op: op.settled(first),
        };
        let at: DateTime<FixedOffset> = (today() + Days::new(seq % 40)).and_hms_opt(9, 0, 0).unwrap().and_utc().into();
        let author = self.origin.to_string();
        let changes = (0..).zip(ops).map(number).collect();
        let batch = Batch { id: first, author, at, meeting: None, cause, changes };
        self.register.apply(&batch);
        self.log.push(batch);
    }

    fn act(&mut self, intent: &Intent) {
        if let Ok(ops) = rules::decide(&self.register, intent, today()) {
            self.write(Cause::Edit, ops);
        }
    }

    fn take_back(&mut self, of: Option<Id>, cause: impl Fn(Id) -> Cause) {
        let Some(of) = of else { return };
        let find = |id| self.log.iter().flat_map(|batch| &batch.changes).find(|change| change.id == id).cloned();
        let batch = self.log.iter().find(|batch| batch.id == of).unwrap();
        if let Ok(ops) = inverse(batch, &self.register, &find) {
            self.write(cause(of), ops);
        }
    }

    fn heads(&self) -> impl Iterator<Item = BatchHead> {
        let mut log: Vec<&Batch> = self.log.iter().collect();
        log.sort_by_key(|batch| std::cmp::Reverse((batch.changes[0].lamport, batch.id)));
        log.into_iter().map(|b| BatchHead { id: b.id, author: b.author.clone(), cause: b.cause.clone() })
    }

    fn learn(&mut self, other: &[Batch]) {
        self.log.extend(other.iter().filter(|batch| !self.log.contains(batch)).cloned().collect::<Vec<_>>());
        self.register = Register::fold(&self.log);
    }
}

/// A plan with a recommendation, two parties and three actions, known to all three copies.
fn replicas() -> [Replica; 3] {
    let mut first = Replica { origin: Origin(1), log: Vec::new(), register: Register::default() };
    let (plan, rec) = (Id::pending(0), Id::pending(3));
    let action = |text: &str| Op::Add {
        kind: Kind::Action { plan, recommendation: Some(rec) },
        values: vec![Value::Text(text.into()), Value::Rating(Some("Amber".into()))],
    };
    let ops = vec![
        Op::Add { kind: Kind::Plan, values: vec![Value::Slug("adult-q".into())] },
        Op::Add { kind: Kind::Party, values: vec![Value::Name("Saltmarsh Police".into())] },
        Op::Add { kind: Kind::Party, values: vec![Value::Name("Harbour Council".into())] },
        Op::Add { kind: Kind::Recommendation { plan }, values: vec![Value::Number("7".into())] },
        action("Write a protocol"),
        action("Train the teams"),
        action("Audit ten files"),
    ];
    first.write(Cause::Import { file: "adult-q.docx".into() }, ops);
    [1, 2, 3].map(|origin| Replica { origin: Origin(origin), ..first.clone() })
}

fn intent(register: &Register, act: u8, action: usize, pick: usize) -> Intent {
    let action = register.actions[action % register.actions.len()].id;
    let words = ["protocol", "conference", "leaflet", "audit"];
    let text = words[pick % words.len()].to_owned();
    let choice = match register.parties.get(pick % 5) {
        Some(party) => PartyChoice::Known(party.id),
        None => PartyChoice::New(format!("Party {text}")),
    };
    match act {
        0 => {
            Intent::Rate { action, rating: ["Red", "Green", "Blue"].get(pick % 4).map(ToString::to_string), note: None }
        }
        1 => Intent::Rate { action, rating: Some("Amber".into()), note: Some(text) },
        2 => Intent::Progress { action, date: None, text, by: None },
        3 => {
            let first = today() + Days::new(pick as u64);
            let dates = vec![Target { raw: first.to_string(), span: Some(Span { first, last: first }), flag: None }];
            Intent::Retarget { action, dates, reason: text }
        }
        4 => Intent::Assign { action, leads: vec![choice] },
        5 => Intent::Oversee { action, via: vec![choice] },
        6 => Intent::Reword { action, text },
        7 => {
            let plan = register.plans[0].id;
            Intent::AddAction {
                plan,
                recommendation: Some(register.recommendations[0].id),
                text,
                leads: Vec::new(),
                dates: Vec::new(),
            }
        }
        8 => Intent::ProposeClosure { action, evidence: text },
        9 => Intent::AgreeClosure { action, evidence: String::new() },
        10 => Intent::Reopen { action, reason: text },
        _ => Intent::Withdraw { action, reason: text },
    }
}

fn run(steps: &[Step]) -> [Replica; 3] {
    let mut all = replicas();
    for step in steps {
        match *step {
            Step::Act { who, act, action, pick } => {
                let intent = intent(&all[who].register, act, action, pick);
                all[who].act(&intent);
            }
            Step::Undo { who } => {
                let of = to_undo(all[who].heads(), |head| head.id.origin == all[who].origin);
                all[who].take_back(of, |of| Cause::Undo { of });
            }
            Step::Redo { who } => {
                let of = to_redo(all[who].heads(), |head| head.id.origin == all[who].origin);
                all[who].take_back(of, |of| Cause::Redo { of });
            }
            Step::Bring { from, to } => {
                let log = all[from].log.clone();
                all[to].learn(&log);
            }
        }
    }
    all
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => (0..3_usize, 0..12_u8, 0..8_usize, 0..20_usize)
            .prop_map(|(who, act, action, pick)| Step::Act { who, act, action, pick }),
        1 => (0..3_usize).prop_map(|who| Step::Undo { who }),
        1 => (0..3_usize).prop_map(|who| Step::Redo { who }),
        2 => (0..3_usize, 0..3_usize).prop_map(|(from, to)| Step::Bring { from, to }),
    ]
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec(step(), 0..40)
}

/// Any date that a document can give.
fn date() -> impl Strategy<Value = NaiveDate> {
    (1..4_000_000_i32)
        .prop_filter_map("no such day", NaiveDate::from_num_days_from_ce_opt)
        .prop_filter("a year of four digits", |date| date.format("%Y").to_string().len() == 4)
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z ]{0,12}", any::<String>()]
}

fn value() -> impl Strategy<Value = Value> {
    let target = (text(), prop::option::of((date(), date())), prop::option::of(text()))
        .prop_map(|(raw, span, flag)| Target { raw, span: span.map(|(first, last)| Span { first, last }), flag });
    let ids = prop::collection::vec((any::<u64>(), any::<u64>()), 0..4)
        .prop_map(|ids| ids.into_iter().map(|(origin, seq)| Id { origin: Origin(origin), seq }).collect());
    prop_oneof![
        text().prop_map(Value::Text),
        prop::option::of(text()).prop_map(Value::Rating),
        prop::option::of(date()).prop_map(Value::AsAt),
        prop::collection::vec((text(), text()), 0..4).prop_map(Value::Glossary),
        prop::collection::vec(text(), 0..4).prop_map(Value::Notes),
        (prop::collection::vec(target, 0..4), text())
            .prop_map(|(dates, reason)| Value::Targets(arising::domain::action::Targets { dates, reason })),
        (text(), ids).prop_map(|(reason, seen)| {
            Value::Withdrawn(Some(arising::domain::withdrawal::Withdrawal { reason, seen }))
        }),
    ]
}

fn packed(register: &Register) -> Vec<Vec<u8>> {
    (0..snapshot::parts(register)).map(|part| snapshot::pack(register, part).unwrap()).collect()
}

fn unpacked(parts: Vec<Vec<u8>>) -> Result<Register, snapshot::Damaged> {
    let (rest, count) = (parts[snapshot::place_of_rest()].clone(), parts.len());
    let parts = Arc::new(Parts { all: parts, is_lost: AtomicBool::new(false) });
    let mut register = snapshot::unpack(&rest, count, parts)?;
    // Reads every block and every run.
    register.take_in();
    let read = (register.actions.iter().count(), register.recommendations.iter().count());
    let all = (register.actions.len(), register.recommendations.len());
    if register.actions.watch().is_lost() || read != all { Err(snapshot::Damaged) } else { Ok(register) }
}

/// The actions of a register that was packed.
struct Parts {
    all: Vec<Vec<u8>>,
    is_lost: AtomicBool,
}

impl Parts {
    fn read<T>(&self, place: usize, of_bytes: fn(&[u8]) -> Result<T, snapshot::Damaged>) -> Option<T> {
        let read = self.all.get(place).and_then(|part| of_bytes(part).ok());
        self.is_lost.fetch_or(read.is_none(), Ordering::Relaxed);
        read
    }
}

impl RunSource for Parts {
    fn run(&self, at: usize) -> Option<Vec<Action>> {
        self.read(snapshot::place_of_run(at), snapshot::run)
    }

    fn outlines(&self, block: usize, _: usize) -> Option<Outlines> {
        self.read(snapshot::place_of_outlines(block), snapshot::outlines)
    }

    fn recommendations(&self, block: usize, _: usize) -> Option<Vec<Recommendation>> {
        self.read(snapshot::place_of_recommendations(block), snapshot::recommendations)
    }

    fn words(&self, at: usize) -> Option<Worded> {
        self.all.get(snapshot::place_of_words(at)).and_then(|part| snapshot::words_of_run(part).ok())
    }

    fn is_lost(&self) -> bool {
        self.is_lost.load(Ordering::Relaxed)
    }
}

proptest! {
    #[test]
    fn applying_one_by_one_is_folding(steps in steps()) {
        for replica in run(&steps) {
            prop_assert_eq!(Register::fold(&replica.log), replica.register);
        }
    }

    #[test]
    fn any_order_and_any_repetition_of_three_logs_gives_one_register(steps in steps(), order in any::<u64>()) {
        let [one, two, three] = run(&steps);
        let mut all: Vec<&Batch> = [&one.log, &two.log, &three.log].into_iter().flatten().collect();
        let together = Register::fold(all.iter().copied());
        all.extend(three.log.iter());
        all.sort_by_key(|batch| (batch.id.seq.wrapping_mul(order | 1)).rotate_left(17) ^ batch.id.origin.0);
        prop_assert_eq!(&Register::fold(all), &together);
        let mut copies = [one.clone(), two.clone(), three.clone()];
        copies[0].learn(&three.log);
        copies[0].learn(&two.log);
        copies[1].learn(&one.log);
        copies[1].learn(&three.log);
        let brought = copies[0].log.clone();
        copies[2].learn(&brought);
        for copy in copies {
            prop_assert_eq!(&copy.register, &together);
        }
    }

    #[test]
    fn no_edit_of_any_copy_is_lost(steps in steps()) {
        let all = run(&steps);
        let together = Register::fold(all.iter().flat_map(|replica| &replica.log));
        for replica in &all {
            for entry in replica.register.actions.iter().flat_map(|action| &action.entries) {
                prop_assert!(together.entry(entry.id).is_some());
            }
            for action in replica.register.actions.iter() {
                let merged = together.action(action.id).unwrap();
                let replaced: Vec<Id> = all.iter().flat_map(|other| &other.log).flat_map(|batch| &batch.changes)
                    .filter_map(|change| match &change.op {
                        Op::Set { on, value: Value::Text(_), replaces } if *on == action.id => Some(replaces.clone()),
                        Op::Set { .. } | Op::Add { .. } | Op::Unknown { .. } | Op::Erase { .. } | Op::Absent => None,
                    })
                    .flatten().collect();
                for id in action.text.ids() {
                    prop_assert!(merged.text.ids().contains(&id) || replaced.contains(&id));
                }
            }
        }
    }

    #[test]
    fn a_snapshot_is_the_register(steps in steps()) {
        for replica in run(&steps) {
            prop_assert_eq!(unpacked(packed(&replica.register)).unwrap(), replica.register);
        }
    }

    #[test]
    fn what_a_snapshot_says_of_an_action_in_outline_is_what_the_action_says(steps in steps()) {
        for replica in run(&steps) {
            let register = unpacked(packed(&replica.register)).unwrap();
            for at in 0..register.actions.len() {
                prop_assert_eq!(register.actions.outline(at), Some(Outline::of(&replica.register.actions[at])));
                let entries: Vec<Id> = replica.register.actions[at].entries.iter().map(|entry| entry.id).collect();
                prop_assert_eq!(register.actions.entries(at), entries);
            }
        }
    }

    #[test]
    fn a_damaged_snapshot_is_refused_or_a_whole_register(steps in steps(), place in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let [replica, ..] = run(&steps);
        let mut parts = packed(&replica.register);
        let part = place.index(parts.len());
        let place = place.index(parts[part].len());
        parts[part][place] = byte;
        let mut cut = parts.clone();
        cut[part].truncate(place);
        for parts in [parts, cut] {
            if let Ok(register) = unpacked(parts) {
                prop_assert_eq!(unpacked(packed(&register)).unwrap(), register);
            }
        }
    }

    #[test]
    fn every_operation_survives_its_line(steps in steps()) {
        for change in run(&steps).iter().flat_map(|replica| &replica.log).flat_map(|batch| &batch.changes) {
            prop_assert_eq!(line::parse(&line::print(&change.op).unwrap()), change.op.clone());
        }
    }

    #[test]
    fn every_value_survives_its_line(value in value(), origin in any::<u64>(), seq in any::<u64>()) {
        let on = Id { origin: Origin(origin), seq };
        let op = Op::Set { on, value: value.clone(), replaces: vec![on] };
        prop_assert_eq!(line::parse(&line::print(&op).unwrap()), op);
        let said = EntryText {
            date: Some(PartialDate { year: 2026, month: Some(3), day: None }),
            text: format!("{value:?}"),
            by: None,
            origin: EntryOrigin::Written,
        };
        let op = Op::Add { kind: Kind::Entry { action: on, said }, values: vec![value] };
        prop_assert_eq!(line::parse(&line::print(&op).unwrap()), op);
    }

    #[test]
    fn any_content_of_a_line_is_kept(body in any::<String>()) {
        prop_assert_eq!(line::print(&line::parse(&body)).unwrap(), body);
    }
}

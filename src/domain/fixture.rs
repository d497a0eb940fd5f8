//! Registers for tests, made as the store makes them: batch by batch, from numbered changes. The plan is fictional.

use std::collections::HashMap;

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::action::{Lead, Targets};
use super::change::{Batch, Cause, Change, Kind, Op, Value};
use super::flag::{Flag, Source};
use super::id::{Id, Origin};
use super::intent::{Intent, PartyChoice};
use super::party::PartyKind;
use super::progress::{EntryOrigin, EntryText};
use super::rating::Scheme;
use super::recommendation::Under;
use super::register::Register;
use super::target::{PartialDate, Span, Target};
use super::undo::{BatchHead, inverse, to_redo, to_undo};
use super::{describe, rules};
use crate::problem::Problem;

/// The day on which tests are.
pub fn today() -> NaiveDate {
    day("2026-11-21")
}

pub fn day(iso: &str) -> NaiveDate {
    iso.parse().unwrap()
}

/// A log in memory, with the register it makes.
#[derive(Clone)]
pub struct Log {
    pub register: Register,
    pub batches: Vec<Batch>,
    pub author: String,
    pub today: NaiveDate,
    origin: Origin,
    changes: HashMap<Id, Change>,
}

impl Log {
    pub fn new() -> Log {
        Log {
            register: Register::default(),
            batches: Vec::new(),
            author: "Ada".into(),
            today: today(),
            origin: Origin(7),
            changes: HashMap::new(),
        }
    }

    /// A copy of the register on another machine.
    pub fn copy(&self, origin: u64, author: &str) -> Log {
        Log { origin: Origin(origin), author: author.into(), ..self.clone() }
    }

    /// Adds what the other copy has and this one lacks.
    pub fn merge(&mut self, other: &Log) {
        let new = other.batches.iter().filter(|batch| !self.batches.contains(batch)).cloned();
        self.batches.extend(new.collect::<Vec<_>>());
        self.batches.sort_by_key(|batch| (batch.changes[0].lamport, batch.id));
        self.changes.extend(other.changes.clone());
        self.register = Register::fold(&self.batches);
    }

    pub fn write(&mut self, cause: Cause, ops: Vec<Op>) -> Batch {
        let seq = self.register.last.get(&self.origin).copied().unwrap_or(0) + 1;
        let first = Id { origin: self.origin, seq };
        let (mut changes, lamport) = (Vec::new(), self.register.lamport + 1);
        for (place, op) in (0u64..).zip(ops) {
            let id = Id { seq: seq + place, ..first };
            changes.push(Change { id, lamport: lamport + place, op: op.settled(first) });
        }
        let at: DateTime<FixedOffset> = self.today.and_hms_opt(14, 5, 0).unwrap().and_utc().into();
        let batch = Batch { id: first, author: self.author.clone(), at, meeting: None, cause, changes };
        self.register.apply(&batch);
        self.changes.extend(batch.changes.iter().map(|change| (change.id, change.clone())));
        self.batches.push(batch.clone());
        batch
    }

    pub fn act(&mut self, intent: &Intent) -> Result<Batch, Problem> {
        let ops = rules::decide(&self.register, intent, self.today)?;
        Ok(self.write(Cause::Edit, ops))
    }

    /// Does it and gives the sentence for it.
    pub fn say(&mut self, intent: &Intent) -> String {
        let before = self.register.clone();
        match self.act(intent) {
            Ok(batch) => describe::batch(&before, &batch),
            Err(problem) => problem.to_string(),
        }
    }

    pub fn undo(&mut self) -> Result<String, Problem> {
        let author = self.author.clone();
        let of = to_undo(self.heads(), |head| head.author == author)
            .ok_or_else(|| Problem::new("Nothing to undo", "", ""))?;
        self.take_back(of, Cause::Undo { of })
    }

    pub fn redo(&mut self) -> Result<String, Problem> {
        let author = self.author.clone();
        let of = to_redo(self.heads(), |head| head.author == author)
            .ok_or_else(|| Problem::new("Nothing to redo", "", ""))?;
        self.take_back(of, Cause::Redo { of })
    }

    fn take_back(&mut self, of: Id, cause: Cause) -> Result<String, Problem> {
        let batch = self.batches.iter().find(|batch| batch.id == of).unwrap();
        let ops = inverse(batch, &self.register, &|id| self.changes.get(&id).cloned())?;
        let before = self.register.clone();
        let batch = self.write(cause, ops);
        Ok(describe::batch(&before, &batch))
    }

    pub fn heads(&self) -> impl Iterator<Item = BatchHead> + use<> {
        let head = |b: &Batch| BatchHead { id: b.id, author: b.author.clone(), cause: b.cause.clone() };
        self.batches.iter().rev().map(head).collect::<Vec<_>>().into_iter()
    }

    /// The action with that reference, withdrawn or not.
    pub fn action(&self, reference: &str) -> Id {
        self.register.actions.iter().find(|action| self.register.reference(action) == reference).unwrap().id
    }

    pub fn party(&self, name: &str) -> Id {
        self.register.parties.iter().find(|party| party.name() == name).unwrap().id
    }

    pub fn rate(&self, reference: &str, rating: &str) -> Intent {
        let rating = Some(rating).filter(|rating| *rating != "-").map(Into::into);
        Intent::Rate { action: self.action(reference), rating, note: None }
    }

    pub fn note(&self, reference: &str, text: &str) -> Intent {
        Intent::Progress { action: self.action(reference), date: None, text: text.into(), by: None }
    }
}

/// Operations of one import, with the ids they will get.
#[derive(Default)]
pub struct Import {
    pub ops: Vec<Op>,
}

impl Import {
    pub fn add(&mut self, kind: Kind, values: Vec<Value>) -> Id {
        self.ops.push(Op::Add { kind, values });
        Id::pending(self.ops.len() - 1)
    }

    pub fn party(&mut self, name: &str, kind: PartyKind, agency: Option<Id>, aliases: &[&str]) -> Id {
        let aliases = aliases.iter().map(ToString::to_string).collect();
        let values =
            vec![Value::Name(name.into()), Value::PartyKind(kind), Value::Agency(agency), Value::Aliases(aliases)];
        self.add(Kind::Party, values)
    }

    pub fn plan(&mut self, slug: &str, scheme: Option<Scheme>) -> Id {
        let source = Source { file: format!("{slug}.docx"), place: String::new() };
        let values = vec![Value::Slug(slug.into()), Value::Title(format!("SAR {slug}")), Value::Source(source)];
        self.add(Kind::Plan, values.into_iter().chain(scheme.map(Value::Scheme)).collect())
    }

    pub fn rec(&mut self, plan: Id, number: &str, text: &str, under: Under) -> Id {
        let values = vec![Value::Number(number.into()), Value::Text(text.into()), Value::Under(under)];
        self.add(Kind::Recommendation { plan }, values)
    }

    pub fn row(&mut self, plan: Id, recommendation: Id, row: &Row<'_>) -> Id {
        let lead = |id: &Id| Lead { party: *id, raw: String::new() };
        let targets = row.targets.iter().map(|raw| target(raw)).collect();
        let mut values = vec![
            Value::Text(row.text.into()),
            Value::Leads(row.leads.iter().map(lead).collect()),
            Value::Via(row.via.iter().map(lead).collect()),
            Value::Targets(Targets { dates: targets, reason: String::new() }),
        ];
        values.extend((!row.rating.is_empty()).then(|| Value::Rating(Some(row.rating.into()))));
        let flag = |raw: &&str| Flag {
            field: "target".into(),
            why: "this is no whole date".into(),
            raw: (*raw).into(),
            suggestion: None,
        };
        let flags: Vec<Flag> = row.targets.iter().filter(|raw| target(raw).span.is_none()).map(flag).collect();
        values.extend((!flags.is_empty()).then_some(Value::Flags(flags)));
        let action = self.add(Kind::Action { plan, recommendation: Some(recommendation) }, values);
        for (date, text) in row.progress {
            let said = EntryText { date: partial(date), text: (*text).into(), by: None, origin: EntryOrigin::Imported };
            self.add(Kind::Entry { action, said }, Vec::new());
        }
        action
    }
}

/// One action of a document; empty text is nothing.
#[derive(Clone, Copy, Default)]
pub struct Row<'a> {
    pub text: &'a str,
    pub leads: &'a [Id],
    pub via: &'a [Id],
    pub targets: &'a [&'a str],
    pub rating: &'a str,
    pub progress: &'a [(&'a str, &'a str)],
}

/// A target from `2021-07`, `2021-07-31` or words that are no date.
pub fn target(raw: &str) -> Target {
    let date = partial(raw);
    let span = date.and_then(|date| Some(Span { first: date.first()?, last: date.last()? }));
    Target { raw: raw.into(), span, flag: None }
}

/// `2021`, `2021-07` or `2021-07-31`.
pub fn partial(iso: &str) -> Option<PartialDate> {
    let mut parts = iso.split('-').map(str::parse);
    let year = parts.next()?.ok()?;
    let mut next = || parts.next().and_then(Result::ok).and_then(|part: i32| u32::try_from(part).ok());
    Some(PartialDate { year, month: next(), day: next() })
}

/// "SAR harbour": two findings, four recommendations, seven actions, led by agencies, posts, teams and subgroups.
pub fn harbour() -> Log {
    let mut log = Log::new();
    log.today = day("2026-09-01");
    let ops = harbour_import("harbour");
    log.write(Cause::Import { file: "harbour.docx".into() }, ops);
    log.today = today();
    log
}

fn harbour_import(slug: &str) -> Vec<Op> {
    let mut import = Import::default();
    let plan = import.plan(slug, None);
    let police = import.party("Saltmarsh Police", PartyKind::Agency, None, &["Police"]);
    let council = import.party("Harbour Council", PartyKind::Agency, None, &["HC"]);
    let head = import.party("Head of Adult Care (HC)", PartyKind::Post, Some(council), &[]);
    let desk = import.party("Duty Desk", PartyKind::Post, Some(head), &[]);
    let ops = import.party("OPS", PartyKind::Subgroup, None, &["Operations"]);
    let audit = import.party("Audit Subgroup", PartyKind::Subgroup, None, &[]);
    let all = import.party("All agencies", PartyKind::Everyone, None, &[]);
    import.party("Tidewell Trust", PartyKind::Agency, None, &[]);
    let finding = |import: &mut Import, number: &str, text: &str| {
        import.add(Kind::Finding { plan }, vec![Value::Number(number.into()), Value::Text(text.into())])
    };
    let one = finding(&mut import, "1", "People were not asked");
    let two = finding(&mut import, "2", "Records did not meet");
    let seven = import.rec(plan, "7", "Improve the conference", Under::Findings(vec![one, two]));
    let eight = import.rec(plan, "8", "Share what is known", Under::Findings(vec![two]));
    let nine = import.rec(plan, "9", "Spread the learning", Under::AllFindings);
    let row = Row::default();
    let rows = [
        (
            seven,
            Row {
                text: "Revise the model, with triage",
                leads: &[police],
                via: &[ops],
                targets: &["2021-07"],
                rating: "Green",
                progress: &[("2021-12-16", "Some process changes made")],
            },
        ),
        (
            seven,
            Row {
                text: "Attend every conference",
                leads: &[police, head],
                targets: &["2026-12"],
                rating: "Amber",
                ..row
            },
        ),
        (seven, Row { text: "Record intelligence", leads: &[desk], targets: &["2026-10"], rating: "Red", ..row }),
        (eight, Row { text: "Write a protocol", leads: &[council], targets: &["Octember"], ..row }),
        (
            eight,
            Row {
                text: "Audit ten files",
                leads: &[audit],
                targets: &["2027-04", "2027-05-15"],
                rating: "Amber",
                ..row
            },
        ),
        (nine, Row { text: "Brief all teams", leads: &[all], targets: &["2021-07"], rating: "Amber", ..row }),
        (nine, Row { text: "Publish “the lessons”", leads: &[audit], via: &[ops], rating: "Blue", ..row }),
    ];
    for (rec, row) in rows {
        import.row(plan, rec, &row);
    }
    import.ops
}

/// An act made up of numbers, for properties: any of thirteen, some of which the rules refuse.
pub fn some_act(log: &Log, (kind, place, word): (u8, usize, usize)) -> Intent {
    let places = ["7.1", "7.2", "8.2"];
    let reference = places[place % places.len()];
    let action = log.action(reference);
    let words = ["Lantern", "OPS", "police", "Beacon Subgroup"];
    let text = words[word % words.len()].to_owned();
    let parties = || vec![PartyChoice::New(text.clone())];
    match kind {
        0 => {
            let rating = ["r", "a", "g"][word % 3].into();
            Intent::Rate { action, rating: Some(rating), note: (word > 2).then(|| text.clone()) }
        }
        1 => log.note(reference, &text),
        2 => {
            let raw = ["2026-01", "2027-02-03", "one day", ""][word % 4];
            Intent::Retarget { action, dates: vec![target(raw)], reason: text }
        }
        3 => Intent::Assign { action, leads: parties() },
        4 => Intent::Oversee { action, via: parties() },
        5 => Intent::Reword { action, text },
        6 => {
            let of = log.register.action(action).unwrap();
            Intent::AddAction {
                plan: of.plan,
                recommendation: of.recommendation,
                text,
                leads: Vec::new(),
                dates: Vec::new(),
            }
        }
        7 => Intent::ProposeClosure { action, evidence: text },
        8 => Intent::AgreeClosure { action, evidence: String::new() },
        9 => Intent::Reopen { action, reason: text },
        10 => Intent::Withdraw { action, reason: text },
        11 => Intent::SplitAction { action, texts: vec![format!("{text} to write"), "The police to read".into()] },
        _ => Intent::JoinActions { into: action, others: vec![log.action(places[word % places.len()])] },
    }
}

/// What is visible of a register, whoever wrote each value.
pub fn visible(register: &Register) -> Vec<String> {
    let names =
        |leads: &[Lead]| leads.iter().map(|lead| register.party_name(lead.party).to_owned()).collect::<Vec<_>>();
    let of_action = |action: &super::action::Action| {
        let said: Vec<_> = action.progress().map(|entry| &entry.said).collect();
        let closure = action.closure.get().cloned().unwrap_or_default();
        format!(
            "{} {:?} {:?} {:?} {:?} {:?} {closure:?} {:?} {said:?} {} {:?}",
            register.reference(action),
            action.text(),
            names(action.leads()),
            names(action.via()),
            action.targets.get().cloned().unwrap_or_default(),
            action.rating(),
            action.flags(),
            action.slips,
            action.original_targets,
        )
    };
    let parties = register.parties.iter().filter(|party| !register.is_hidden(party.id));
    let plans = register.visible_plans().map(|plan| format!("{} {}", plan.slug(), plan.title()));
    let mut all: Vec<String> = plans.chain(register.visible_actions().map(of_action)).collect();
    all.extend(parties.map(|party| format!("{} {:?} {:?}", party.name(), party.kind(), party.aliases())));
    all
}

//! What must hold for whatever a reader makes of any bytes.

use arising::domain::change::{Batch, Cause, Change};
use arising::domain::draft::{Draft, DraftAction, DraftLead, DraftParty, DraftUnder};
use arising::domain::id::{Id, Origin};
use arising::domain::rating::Scheme;
use arising::domain::reconcile::reconcile;
use arising::domain::register::Register;
use arising::domain::target::Target;
use arising::import::cells::leads::{self, LeadCells};
use arising::import::words::vocabulary::Vocabulary;
use arising::wire;
use chrono::DateTime;

/// Drafts with more actions than this are not imported here: that would take most of the time.
const TAKEN: usize = 200;

/// A draft is complete, crosses from the reading child unchanged, and is imported once.
pub fn draft(draft: &Draft) {
    let scheme = draft.scheme.clone().unwrap_or_else(Scheme::brag);
    for (rec, action) in draft.all_actions() {
        self::action(action, draft, &scheme);
        if let Some(DraftUnder::Findings(places)) = rec.map(|rec| &rec.under) {
            assert!(places.iter().all(|place| *place < draft.findings.len()), "{places:?}");
        }
    }
    parties(&draft.parties);
    let crossed = wire::draft::print(draft).ok().and_then(|bytes| wire::draft::parse(&bytes).ok());
    assert_eq!(crossed.as_ref(), Some(draft));
    if draft.all_actions().count() <= TAKEN {
        imported_once(draft);
    }
}

fn action(action: &DraftAction, draft: &Draft, scheme: &Scheme) {
    assert!(!action.text.trim().is_empty() || !action.flags.is_empty(), "nothing and no doubt: {action:?}");
    leads_exist(&action.leads, &draft.parties);
    leads_exist(&action.via, &draft.parties);
    action.targets.iter().for_each(|target| self::target(target, &target.raw));
    assert!(action.rating.as_ref().is_none_or(|word| scheme.level(word).is_some()), "{:?}", action.rating);
    let dates = action.progress.iter().filter_map(|entry| entry.date);
    dates.for_each(|date| assert!(date.first().is_some(), "{date:?}"));
    action.flags.iter().for_each(|flag| assert!(!flag.why.is_empty() && !flag.field.is_empty(), "{flag:?}"));
}

/// A target says when, or why it does not, and keeps its words.
pub fn target(target: &Target, raw: &str) {
    assert_eq!(target.raw, raw);
    assert!(target.span.is_some() || target.flag.is_some(), "{target:?}");
    assert!(target.span.is_none_or(|span| span.first <= span.last), "{target:?}");
}

fn leads_exist(leads: &[DraftLead], parties: &[DraftParty]) {
    assert!(leads.iter().all(|lead| lead.party < parties.len()), "{leads:?}");
}

fn parties(parties: &[DraftParty]) {
    for (at, party) in parties.iter().enumerate() {
        assert!(!party.name.trim().is_empty(), "{party:?}");
        assert!(party.agency.is_none_or(|agency| agency < parties.len()), "{at}: {party:?}");
    }
}

/// Importing the same document again proposes nothing.
fn imported_once(draft: &Draft) {
    let mut register = Register::default();
    let first = reconcile(draft, "plan", &register);
    assert_eq!(first.new.len(), draft.all_actions().count());
    register.apply(&batch(first.ops));
    let again = reconcile(draft, "plan", &register);
    assert!(again.ops.is_empty() && again.new.is_empty() && again.gone.is_empty(), "{again:?}");
}

fn batch(ops: Vec<arising::domain::change::Op>) -> Batch {
    let origin = Origin(1);
    let first = Id { origin, seq: 1 };
    let place = |(at, op): (u64, arising::domain::change::Op)| Change {
        id: Id { origin, seq: 1 + at },
        lamport: 1 + at,
        op: op.settled(first),
    };
    Batch {
        id: first,
        author: "fuzz".into(),
        at: DateTime::UNIX_EPOCH.into(),
        meeting: None,
        cause: Cause::Import { file: "plan".into() },
        changes: (0..).zip(ops).map(place).collect(),
    }
}

/// Lead cells, separated by `\x1e`; in each, `\x1f` separates the leads from the via.
///
/// Nothing is made up: the letters of each name stand in its cell, in their order. Nothing is dropped silently: a cell with
/// words names a party, or there is a doubt.
pub fn leads(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let cell = |cell: &str| {
        let (lead, via) = cell.split_once('\u{1f}').unwrap_or((cell, ""));
        LeadCells { lead: lead.to_owned(), via: via.to_owned(), under: None }
    };
    let cells: Vec<LeadCells> = text.split('\u{1e}').take(100).map(cell).collect();
    let glossary = [("RCC".to_owned(), "Riverside County Council".to_owned()), ("HR".into(), "Human Resources".into())];
    let vocabulary = Vocabulary::built_in().expect("the program's own vocabulary");
    let (found, who) = leads::read(&cells, &glossary, &text, &vocabulary);
    assert_eq!(who.len(), cells.len());
    parties(&found);
    for (who, cell) in who.iter().zip(&cells) {
        for lead in who.leads.iter().chain(&who.via) {
            assert!(lead.party < found.len());
            let is_there = stands_in(&lead.raw, &cell.lead) || stands_in(&lead.raw, &cell.via);
            assert!(is_there, "{:?} in {cell:?}", lead.raw);
        }
        let is_said = !who.leads.is_empty() || !who.via.is_empty() || !who.flags.is_empty();
        assert!(is_said || !cell.lead.chars().any(char::is_alphanumeric), "{cell:?}");
    }
}

/// Whether all letters of a name come in this order in a cell.
fn stands_in(name: &str, cell: &str) -> bool {
    let mut letters = cell.chars();
    name.chars().filter(|c| c.is_alphanumeric()).all(|wanted| letters.any(|c| c == wanted))
}

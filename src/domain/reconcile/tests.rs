//! A plan imported, read again, and read again when it has changed.

use chrono::{DateTime, NaiveDate};

use super::*;
use crate::domain::change::{Batch, Cause, Change, Value};
use crate::domain::flag::RawCell;
use crate::domain::id::Origin;
use crate::import::{Options, read};

const FIRST: &str = "Easton SAR Action Plan\n\
Recommendation\tAction\tLead\tTarget date\tStatus\tProgress\n\
1. Share what was learnt\tWrite a briefing for all staff\tSAB Manager via OPG\tMay 2024\tAmber\tDraft shared in March 2024.\n\
\tHold three events for housing staff\tEaston Police\tJune 2024\tRed\t\n\
2. Check the pathway\tAudit ten cases of the pathway\tICB\tOct 202\tGreen\tCompleted\n";

fn draft(text: &str) -> Draft {
    let options = Options { today: NaiveDate::from_ymd_opt(2026, 1, 31).unwrap(), ..Options::default() };
    read("plan.txt", text.as_bytes(), &options).unwrap()
}

fn batch(register: &Register, ops: Vec<Op>, cause: Cause) -> Batch {
    let origin = Origin(7);
    let seq = register.last.get(&origin).copied().unwrap_or(0) + 1;
    let first = Id { origin, seq };
    let numbered = ops.into_iter().zip(0..).map(|(op, at)| Change {
        id: Id { origin, seq: seq + at },
        lamport: register.lamport + 1 + at,
        op: op.settled(first),
    });
    let at = DateTime::parse_from_rfc3339("2026-01-31T14:00:00+00:00").unwrap();
    Batch { id: first, author: "Ann".into(), at, meeting: None, cause, changes: numbered.collect() }
}

fn import(register: &mut Register, text: &str) -> Reconciled {
    let result = reconcile(&draft(text), "easton", register);
    let batch = batch(register, result.ops.clone(), Cause::Import { file: "plan.txt".into() });
    register.apply(&batch);
    result
}

fn register() -> Register {
    let mut register = Register::default();
    import(&mut register, FIRST);
    register
}

#[test]
fn a_new_plan_is_imported_whole() {
    let register = register();
    assert_eq!((register.plans.len(), register.recommendations.len(), register.actions.len()), (1, 2, 3));
    let action = &register.actions[0];
    assert_eq!(register.reference(action), "1.1");
    assert_eq!(register.party_name(action.leads()[0].party), "SAB Manager");
    assert_eq!(register.party_name(action.via()[0].party), "OPG");
    let post = register.party(action.leads()[0].party).unwrap();
    assert_eq!(post.agency().map(|id| register.party_name(id)), Some("SAB"));
    assert_eq!(action.entries.len(), 1);
    assert_eq!(register.actions[2].flags().len(), 1);
}

#[test]
fn a_line_through_an_action_in_a_later_version_is_a_doubt_until_it_is_settled() {
    let mut register = register();
    let (plain, mut struck) = (draft(FIRST), draft(FIRST));
    let action = &mut struck.recommendations[0].actions[0];
    action.flags.push(Flag::struck_out(action.text.clone()));
    action.raw.push(RawCell::struck_out());
    let next = |register: &mut Register, draft: &Draft| {
        let ops = reconcile(draft, "easton", register).ops;
        let batch = batch(register, ops, Cause::Import { file: "plan.txt".into() });
        register.apply(&batch);
        register.actions[0].flags().iter().filter(|flag| flag.is_struck_out()).count()
    };
    assert_eq!(next(&mut register, &struck), 1);
    let action = register.actions[0].clone();
    let settled = Op::Set { on: action.id, value: Value::Flags(Vec::new()), replaces: action.flags.ids() };
    let edit = batch(&register, vec![settled], Cause::Edit);
    register.apply(&edit);
    assert_eq!(next(&mut register, &struck), 0);
    assert_eq!(next(&mut register, &plain), 0);
    assert_eq!(next(&mut register, &struck), 1);
}

#[test]
fn importing_the_same_file_again_proposes_nothing_even_after_changes() {
    let mut register = register();
    let again = reconcile(&draft(FIRST), "easton", &register);
    assert_eq!(again.ops, []);
    assert_eq!((again.same.len(), again.differs.len(), again.gone.len()), (3, 0, 0));
    let action = register.actions[0].clone();
    let set = Op::Set { on: action.id, value: Value::Rating(Some("Green".into())), replaces: action.rating.ids() };
    let edit = batch(&register, vec![set], Cause::Edit);
    register.apply(&edit);
    let again = reconcile(&draft(FIRST), "easton", &register);
    assert_eq!((again.ops.len(), again.same.len(), again.differs.len()), (0, 3, 0));
}

#[test]
fn a_later_version_adds_what_is_new_and_reports_what_is_gone() {
    let mut register = register();
    let later = FIRST
        .replace("May 2024\tAmber\tDraft shared in March 2024.", "July 2024\tGreen\tDraft shared in March 2024.\tx")
        .replace("for all staff", "for all frontline staff")
        .replace(
            "2. Check the pathway\tAudit ten cases of the pathway\tICB\tOct 202\tGreen\tCompleted\n",
            "3. Tell the family\tMeet the family\tNPS\tMay 2025\tRed\t\n",
        );
    let result = import(&mut register, &later.replace("\tx\n", "\n"));
    assert_eq!(result.new, ["3.1"]);
    assert_eq!(result.gone, [register.actions[2].id]);
    let fields: Vec<&str> = result.differs.iter().map(|difference| difference.field).collect();
    assert_eq!(fields, ["text", "target", "rating"]);
    assert!(result.differs.iter().all(|difference| difference.is_proposed));
    let action = &register.actions[0];
    assert_eq!(action.text(), "Write a briefing for all frontline staff");
    assert_eq!(action.rating(), Some("Green"));
    assert_eq!(action.targets()[0].raw, "July 2024");
    assert_eq!(register.actions.len(), 4);
    assert!(!register.is_hidden(register.actions[2].id));
    assert_eq!(reconcile(&draft(&later.replace("\tx\n", "\n")), "easton", &register).ops, []);
}

#[test]
fn changes_made_in_the_register_are_never_overwritten() {
    let mut register = register();
    let action = register.actions[1].clone();
    let set = Op::Set { on: action.id, value: Value::Rating(Some("Amber".into())), replaces: action.rating.ids() };
    let edit = batch(&register, vec![set], Cause::Edit);
    register.apply(&edit);
    let later = FIRST.replace("June 2024\tRed\t", "June 2024\tGreen\tEvents held in May 2024.");
    let result = import(&mut register, &later);
    let rating = result.differs.iter().find(|difference| difference.field == "rating").unwrap();
    assert_eq!((rating.here.as_str(), rating.document.as_str(), rating.is_proposed), ("Amber", "Green", false));
    assert_eq!(register.actions[1].rating(), Some("Amber"));
    assert_eq!(register.actions[1].entries.len(), 1);
}

#[test]
fn two_plans_share_their_parties() {
    let mut register = register();
    let before = register.parties.len();
    let other = "Weston DHR Action Plan\nNo\tAction\tOwner\tDue date\n1\tTrain all officers in this\tPolice\tMay 2025\n2\tReview the policy now\tIntegrated Care Board\tMay 2025\n";
    let result = reconcile(&draft(other), "weston", &register);
    let batch = batch(&register, result.ops.clone(), Cause::Import { file: "other.txt".into() });
    register.apply(&batch);
    let leads = |at: usize| register.party_name(register.actions[at].leads()[0].party).to_owned();
    assert_eq!(leads(4), "ICB");
    assert_eq!(register.parties.len(), before + 1);
    assert_eq!(register.plans.len(), 2);
}

#[test]
fn two_findings_of_one_number_stay_apart_when_the_document_is_read_again() {
    let text = "Plan\nFinding\tRecommendation\tAction\tLead\n\
        Nobody asked\tR1: Ask.\tTrain staff\tHR\nNobody told\tR2: Tell.\tWrite it\tHR\n";
    let mut register = Register::default();
    import(&mut register, text);
    assert_eq!(register.findings.len(), 2);
    let again = import(&mut register, text);
    assert!(again.ops.is_empty() && again.differs.is_empty(), "{again:?}");
}

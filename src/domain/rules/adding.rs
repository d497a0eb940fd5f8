//! Adding an action, with its lead and target where they are already known.

use super::super::action::Targets;
use super::super::agenda;
use super::super::change::{Kind, Op, Value};
use super::super::id::Id;
use super::super::intent::PartyChoice;
use super::super::meeting::{AgendaRule, Meeting, MinuteKind, MinuteText};
use super::super::recommendation::Recommendation;
use super::super::register::Register;
use super::super::target::Target;
use super::choosing;
use super::filled;
use super::meeting::set;
use crate::problem::Problem;

/// Adds an action to a plan, under a recommendation where the plan has any.
pub fn action(
    register: &Register,
    (plan, rec): (Id, Option<Id>),
    text: &str,
    (leads, dates): (&[PartyChoice], &[Target]),
) -> Result<Vec<Op>, Problem> {
    let text = filled(text).ok_or_else(|| no("there is no text", "Type what is to be done."))?;
    check_home(register, plan, rec)?;
    let (mut ops, leads) = choosing::named(register, leads)?;
    let dates: Vec<Target> = dates.iter().filter(|date| filled(&date.raw).is_some()).cloned().collect();
    let targets = Value::Targets(Targets { dates: dates.clone(), reason: String::new() });
    let number = rec.and_then(|id| register.recommendation(id)).map(Recommendation::number);
    let reference = register.references(plan, []).next(rec, number);
    let mut values = vec![Value::Text(text.into()), Value::Reference(reference.clone())];
    values.extend((!leads.is_empty()).then_some(Value::Leads(leads)));
    values.extend((!dates.is_empty()).then_some(targets));
    let added = Id::pending(ops.len());
    ops.push(Op::Add { kind: Kind::Action { plan, recommendation: rec }, values });
    if let Some(meeting) = register.open_meeting() {
        ops.push(on_agenda(register, meeting, rec, (added, agenda::called(register, plan, &reference))));
        ops.push(discussed(meeting, added));
    }
    Ok(ops)
}

/// What is agreed in a meeting is on its agenda, after the other items of its recommendation.
fn on_agenda(register: &Register, meeting: &Meeting, rec: Option<Id>, (added, rule): (Id, AgendaRule)) -> Op {
    let mut agenda = meeting.agenda.get().cloned().unwrap_or_default();
    let is_sibling = |id: &Id| register.action(*id).is_some_and(|action| rec.is_some() && action.recommendation == rec);
    let place = agenda.items.iter().rposition(is_sibling).map_or(agenda.items.len(), |at| at + 1);
    agenda.items.insert(place, added);
    agenda.rules.push(rule);
    set(meeting, &meeting.agenda, Value::Agenda(agenda))
}

/// It has been spoken of: the next item is another one.
fn discussed(meeting: &Meeting, added: Id) -> Op {
    let said =
        MinuteText { action: Some(added), recommendation: None, kind: MinuteKind::Discussed, text: String::new() };
    Op::Add { kind: Kind::Minute { meeting: meeting.id, said }, values: Vec::new() }
}

fn no(why: &str, hint: &str) -> Problem {
    Problem::new("No action was added", why, hint)
}

/// Whether an action can be added to the plan and the recommendation.
fn check_home(register: &Register, plan: Id, rec: Option<Id>) -> Result<(), Problem> {
    let Some(home) = register.plan(plan).filter(|plan| !register.is_hidden(plan.id)) else {
        return Err(no("there is no such plan, or it is withdrawn", ""));
    };
    let is_there = |id: Id| register.recommendation(id).is_some_and(|rec| rec.plan == plan && !register.is_hidden(id));
    let has_any = || home.recommendations.iter().any(|id| !register.is_hidden(*id));
    match rec {
        Some(id) if !is_there(id) => Err(no("there is no such recommendation in this plan, or it is withdrawn", "")),
        None if has_any() && !has_loose_actions(register, plan) => {
            Err(no("this plan has recommendations, and an action belongs to one", "Say which recommendation."))
        }
        Some(_) | None => Ok(()),
    }
}

fn has_loose_actions(register: &Register, plan: Id) -> bool {
    let actions = register.plan(plan).map_or(&[][..], |plan| &plan.actions).iter();
    actions.filter_map(|id| register.action(*id)).any(|action| action.recommendation.is_none())
}

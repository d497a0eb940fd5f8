//! Splitting an action: its first part stays the action, with its reference and history, and each other part is a new one.

use super::super::action::{Closure, Targets};
use super::super::change::{Kind, Op, Value};
use super::super::id::Id;
use super::super::parts::{Part, parts};
use super::super::recommendation::Recommendation;
use super::super::target::Target;
use super::super::withdrawal::{MOVED_TO, Withdrawal};
use super::{Subject, filled};
use crate::problem::Problem;

/// Makes an action of each text. What belongs to a part goes with it; what no part claims goes with every part.
pub fn split(on: &Subject<'_>, texts: &[String]) -> Result<Vec<Op>, Problem> {
    let texts: Vec<String> = texts.iter().filter_map(|text| filled(text)).map(ToOwned::to_owned).collect();
    if texts.len() < 2 {
        return Err(on.problem("was not split", "there is only one part", "Choose where another part begins."));
    }
    let mut parts = parts(on.register, on.action, &texts).into_iter();
    let first = parts.next().unwrap_or_default();
    let others: Vec<(String, Part)> = references(on, texts.len() - 1).into_iter().zip(parts).collect();
    let mut ops: Vec<Op> = others.iter().map(|(reference, part)| added(on, reference, part)).collect();
    ops.extend(others.iter().enumerate().filter_map(|(at, (_, part))| moved_target(on, Id::pending(at), part)));
    ops.extend(kept(on, &first));
    for (at, (reference, part)) in others.iter().enumerate() {
        ops.extend(part.entries.iter().flat_map(|entry| moved_entry(on, *entry, Id::pending(at), reference)));
    }
    ops.extend(listed(on, others.len()));
    Ok(ops)
}

/// The next free references, in the manner of the action's neighbours.
fn references(on: &Subject<'_>, count: usize) -> Vec<String> {
    let rec = on.action.recommendation;
    let number = rec.and_then(|id| on.register.recommendation(id)).map(Recommendation::number);
    let mut references = on.register.references(on.action.plan, []);
    let mut next = || {
        let reference = references.next(rec, number);
        references.know(rec, &reference, false);
        reference
    };
    (0..count).map(|_| next()).collect()
}

fn added(on: &Subject<'_>, reference: &str, part: &Part) -> Op {
    let action = on.action;
    let first = if part.original.is_empty() { &part.targets } else { &part.original };
    let mut values = vec![Value::Text(part.text.clone()), Value::Reference(reference.to_owned())];
    values.extend(some(&part.leads, |leads| Value::Leads(leads.to_vec())));
    values.extend(some(action.via(), |via| Value::Via(via.to_vec())));
    values.extend(some(first, |dates| targets(dates, "")));
    values.extend(action.rating.get().cloned().map(Value::Rating));
    values.extend(action.closure.get().filter(|closure| **closure != Closure::Open).cloned().map(Value::Closure));
    values.extend(part.extension.clone().map(|asked| Value::Extension(Some(asked))));
    values.extend(some(action.dismissed(), |all| Value::Dismissed(all.to_vec())));
    values.extend(some(&part.flags, |flags| Value::Flags(flags.to_vec())));
    values.extend(action.raw.get().cloned().map(Value::Raw));
    values.extend(action.source.get().cloned().map(Value::Source));
    Op::Add { kind: Kind::Action { plan: action.plan, recommendation: action.recommendation }, values }
}

/// The target in force of a part whose first target was moved before, with the reason given then.
fn moved_target(on: &Subject<'_>, part_id: Id, part: &Part) -> Option<Op> {
    let reason = on.action.targets.get().map_or("", |targets| targets.reason.as_str());
    let is_moved = !part.original.is_empty() && part.original != part.targets;
    is_moved.then(|| Op::Set { on: part_id, value: targets(&part.targets, reason), replaces: vec![part_id] })
}

/// What the first part keeps of the action.
fn kept(on: &Subject<'_>, part: &Part) -> Vec<Op> {
    let action = on.action;
    let mut ops = vec![on.set(&action.text, Value::Text(part.text.clone()))];
    if part.leads != action.leads() {
        ops.push(on.set(&action.leads, Value::Leads(part.leads.clone())));
    }
    if part.targets != action.targets() {
        ops.push(on.set(&action.targets, targets(&part.targets, Targets::SPLIT)));
    }
    if part.extension.as_ref() != action.extension() {
        ops.push(on.set(&action.extension, Value::Extension(part.extension.clone())));
    }
    if part.flags != action.flags() {
        ops.push(on.set(&action.flags, Value::Flags(part.flags.clone())));
    }
    ops
}

/// An entry goes to the part that it is about, dated and given by whom as it was.
fn moved_entry(on: &Subject<'_>, id: Id, to: Id, reference: &str) -> Vec<Op> {
    let Some((_, entry)) = on.register.entry(id) else { return Vec::new() };
    let withdrawal = Withdrawal { reason: format!("{MOVED_TO}{reference}"), seen: on.register.heads_of(id) };
    vec![
        Op::Set { on: id, value: Value::Withdrawn(Some(withdrawal)), replaces: entry.withdrawn.ids() },
        Op::Add { kind: Kind::Entry { action: to, said: entry.said.clone() }, values: Vec::new() },
    ]
}

/// The agenda of the open meeting, if the action is on it: its other parts follow it there.
fn listed(on: &Subject<'_>, others: usize) -> Option<Op> {
    let meeting = on.register.open_meeting()?;
    let mut agenda = meeting.agenda.get()?.clone();
    let at = agenda.items.iter().position(|item| *item == on.action.id)?;
    (0..others).rev().for_each(|part| agenda.items.insert(at + 1, Id::pending(part)));
    Some(Op::Set { on: meeting.id, value: Value::Agenda(agenda), replaces: meeting.agenda.ids() })
}

fn targets(dates: &[Target], reason: &str) -> Value {
    Value::Targets(Targets { dates: dates.to_vec(), reason: reason.to_owned() })
}

fn some<T>(all: &[T], value: impl FnOnce(&[T]) -> Value) -> Option<Value> {
    (!all.is_empty()).then(|| value(all))
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::{Log, harbour, visible};
    use super::super::super::intent::Intent;

    fn split(log: &mut Log, reference: &str, texts: [&str; 2]) -> String {
        let action = log.action(reference);
        log.say(&Intent::SplitAction { action, texts: texts.map(Into::into).to_vec() })
    }

    fn said(log: &Log, reference: &str) -> Vec<String> {
        let action = log.register.action(log.action(reference)).unwrap();
        action.progress().map(|entry| entry.said.text.clone()).collect()
    }

    #[test]
    fn each_part_has_what_belongs_to_it_and_one_undo_gives_back_the_whole() {
        let mut log = harbour();
        let names = |log: &Log, reference: &str| -> Vec<String> {
            let action = log.register.action(log.action(reference)).unwrap();
            action.leads().iter().map(|lead| log.register.party_name(lead.party).to_owned()).collect()
        };
        log.act(&log.note("7.2", "Police: the rota is agreed")).unwrap();
        log.act(&log.note("7.2", "A reader was found by HC")).unwrap();
        let before = visible(&log.register);
        let parts = ["The police to attend every conference", "HC to read the notes"];
        assert_eq!(split(&mut log, "7.2", parts), "7.2 split into 2: the rest is 7.4");
        assert_eq!(names(&log, "7.2"), ["Saltmarsh Police"]);
        assert_eq!(names(&log, "7.4"), ["Head of Adult Care (HC)"], "a post is meant where its agency is named");
        assert_eq!(said(&log, "7.2"), ["Police: the rota is agreed"]);
        assert_eq!(said(&log, "7.4"), ["A reader was found by HC"]);
        let part = log.register.action(log.action("7.4")).unwrap();
        assert_eq!((part.rating(), part.targets()[0].raw.as_str()), (Some("Amber"), "2026-12"));
        assert_eq!(log.undo().unwrap(), "undone: 7.2 split into 2: the rest is 7.4");
        assert_eq!(visible(&log.register), before);
        assert_eq!(log.redo().unwrap(), "redone: 7.2 split into 2: the rest is 7.4");
        assert_eq!(said(&log, "7.4"), ["A reader was found by HC"]);
    }

    #[test]
    fn dates_that_only_go_with_their_part_are_no_slip_and_those_that_moved_stay_moved() {
        let mut log = harbour();
        split(&mut log, "8.2", ["Audit ten files by 2027-04", "Report by 2027-05-15"]);
        let slips = |log: &Log, reference: &str| log.register.action(log.action(reference)).unwrap().slips;
        assert_eq!((slips(&log, "8.2"), slips(&log, "8.3")), (0, 0));
        assert!(log.register.action(log.action("8.2")).unwrap().original_targets.is_none());
        let dates = vec![super::super::super::fixture::target("2027-02")];
        log.act(&Intent::Retarget { action: log.action("7.2"), dates, reason: "The rota is late".into() }).unwrap();
        split(&mut log, "7.2", ["Attend", "Read"]);
        let part = log.register.action(log.action("7.4")).unwrap();
        assert_eq!(part.original_targets.as_ref().unwrap().dates[0].raw, "2026-12");
        assert_eq!((part.targets()[0].raw.as_str(), part.slips), ("2027-02", 1));
    }

    #[test]
    fn the_history_of_each_part_says_where_the_rest_is() {
        let mut log = harbour();
        log.act(&log.note("7.2", "A reader was found")).unwrap();
        split(&mut log, "7.2", ["Attend every conference", "Appoint a reader"]);
        let trail = super::super::super::trail::entries(&log.batches);
        let of = |reference: &str| -> Vec<String> {
            let own = trail.iter().filter(|entry| entry.about == Some(log.action(reference)));
            own.map(|entry| entry.line.sentence.clone()).collect()
        };
        assert!(of("7.2").contains(&"7.2 split, the rest is 7.4: “Attend every conference”".to_owned()));
        assert!(of("7.2").contains(&"7.2 progress moved to 7.4: “A reader was found”".to_owned()));
        assert_eq!(
            of("7.4"),
            ["7.4 split from 7.2: “Appoint a reader”", "7.4 progress moved from 7.2: “A reader was found”"]
        );
    }

    #[test]
    fn one_part_is_no_split() {
        let mut log = harbour();
        let action = log.action("7.2");
        let one = log.say(&Intent::SplitAction { action, texts: vec!["Attend".into(), " ".into()] });
        assert_eq!(one, "7.2 was not split: there is only one part. Choose where another part begins.");
    }
}

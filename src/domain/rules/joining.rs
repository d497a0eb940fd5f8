//! Joining actions: one of them takes over the words, leads, dates and progress of the others, which are withdrawn.

use super::super::action::{Action, Targets};
use super::super::change::{Kind, Op, Value};
use super::super::flag::{Flag, GONE};
use super::super::id::Id;
use super::super::multi_value::Field;
use super::super::progress::EntryText;
use super::super::register::Register;
use super::super::split::offers;
use super::super::target::Target;
use super::super::withdrawal::{JOINED_WITH, Withdrawal};
use super::Subject;
use crate::problem::Problem;
use crate::text::words;

/// Joins the others with an action of the same plan, which keeps its reference, its rating and whether it is closed.
pub fn join(into: &Subject<'_>, others: &[Id]) -> Result<Vec<Op>, Problem> {
    let others = checked(into, others)?;
    let actions: Vec<&Action> = others.iter().map(|other| other.action).collect();
    let text = actions.iter().fold(into.action.text().to_owned(), |text, other| with(text, other.text()));
    let mut ops = made_one(into.register, into.action, &actions, &text);
    ops.extend(listed(into, &actions));
    Ok(ops)
}

/// What makes one action of several, with this text.
pub fn made_one(register: &Register, into: &Action, others: &[&Action], text: &str) -> Vec<Op> {
    let mut ops = changes(into, others, text);
    ops.extend(entries(into, others).into_iter().map(|said| {
        let kind = Kind::Entry { action: into.id, said };
        Op::Add { kind, values: Vec::new() }
    }));
    for other in others {
        let reason = format!("{JOINED_WITH}{}", register.reference(into));
        let withdrawal = Withdrawal { reason, seen: register.heads_of(other.id) };
        ops.push(set(other, &other.withdrawn, Value::Withdrawn(Some(withdrawal))));
    }
    ops
}

fn set<T>(on: &Action, field: &Field<T>, value: Value) -> Op {
    Op::Set { on: on.id, value, replaces: field.ids() }
}

/// The others, each once, if they can be joined.
fn checked<'a>(into: &Subject<'a>, others: &[Id]) -> Result<Vec<Subject<'a>>, Problem> {
    let mut all: Vec<Subject<'a>> = Vec::new();
    for id in others.iter().filter(|id| **id != into.action.id) {
        let other = Subject::find(into.register, *id, into.today)?;
        if other.action.plan != into.action.plan {
            let slug = |on: &Subject<'_>| on.register.plan(on.action.plan).map_or("", |plan| plan.slug()).to_owned();
            let why = format!("{} is in {} and {} in {}", into.reference, slug(into), other.reference, slug(&other));
            return Err(into.problem("was not joined", &why, "Only actions of the same plan can be joined."));
        }
        if all.iter().all(|known| known.action.id != *id) {
            all.push(other);
        }
    }
    if all.is_empty() {
        return Err(into.problem("was not joined", "there is no other action to join it with", "Name another action."));
    }
    Ok(all)
}

/// The fields that say more once the others are joined.
fn changes(own: &Action, others: &[&Action], text: &str) -> Vec<Op> {
    let leads = united(own.leads(), others.iter().flat_map(|one| one.leads()), |a, b| a.party == b.party);
    let via = united(own.via(), others.iter().flat_map(|one| one.via()), |a, b| a.party == b.party);
    let dates = united(own.targets(), others.iter().flat_map(|one| one.targets()), is_same_date);
    let is_kept = |flag: &&Flag| flag.field != GONE && !offers(flag);
    let flags = united(own.flags(), others.iter().flat_map(|one| one.flags()).filter(is_kept), PartialEq::eq);
    let dismissed = united(own.dismissed(), others.iter().flat_map(|one| one.dismissed()), PartialEq::eq);
    let asked = own.extension().or_else(|| others.iter().find_map(|one| one.extension()));
    let targets = || Targets { dates: dates.clone(), reason: Targets::JOINED.into() };
    let ops = [
        (own.text() != text).then(|| set(own, &own.text, Value::Text(text.to_owned()))),
        (own.leads() != leads).then(|| set(own, &own.leads, Value::Leads(leads.clone()))),
        (own.via() != via).then(|| set(own, &own.via, Value::Via(via.clone()))),
        (own.targets() != dates).then(|| set(own, &own.targets, Value::Targets(targets()))),
        (own.extension() != asked).then(|| set(own, &own.extension, Value::Extension(asked.cloned()))),
        (own.dismissed() != dismissed).then(|| set(own, &own.dismissed, Value::Dismissed(dismissed.clone()))),
        (own.flags() != flags).then(|| set(own, &own.flags, Value::Flags(flags.clone()))),
    ];
    ops.into_iter().flatten().collect()
}

/// A text with another as a further paragraph, unless it says that already.
fn with(text: String, more: &str) -> String {
    let (own, new) = (words(&text), words(more));
    let is_said = new.is_empty() || own.windows(new.len()).any(|part| part == new);
    if is_said { text } else { format!("{text}\n{more}").trim().to_owned() }
}

fn united<'a, T: Clone + 'a>(own: &[T], others: impl Iterator<Item = &'a T>, is_same: fn(&T, &T) -> bool) -> Vec<T> {
    let mut all = own.to_vec();
    for new in others {
        if all.iter().all(|known| !is_same(known, new)) {
            all.push(new.clone());
        }
    }
    all
}

fn is_same_date(a: &Target, b: &Target) -> bool {
    a.span == b.span && (a.span.is_some() || a.raw == b.raw)
}

/// What is said in the others and not yet in the one that is kept, oldest first; dated and given by whom as it was.
fn entries(own: &Action, others: &[&Action]) -> Vec<EntryText> {
    let is_same = |a: &EntryText, b: &EntryText| (a.date, &a.by, &a.text) == (b.date, &b.by, &b.text);
    let mut new: Vec<EntryText> = Vec::new();
    for entry in others.iter().flat_map(|other| other.progress()) {
        let known = own.progress().map(|entry| &entry.said).chain(&new);
        if !known.into_iter().any(|said| is_same(said, &entry.said)) {
            new.push(entry.said.clone());
        }
    }
    new.sort_by_key(|said| said.date);
    new
}

/// The agenda of the open meeting, if only others are on it: the action that they are joined with takes their place.
fn listed(into: &Subject<'_>, others: &[&Action]) -> Option<Op> {
    let meeting = into.register.open_meeting()?;
    let mut agenda = meeting.agenda.get()?.clone();
    let at = agenda.items.iter().position(|item| others.iter().any(|other| other.id == *item))?;
    if agenda.items.contains(&into.action.id) {
        return None;
    }
    agenda.items.insert(at, into.action.id);
    Some(Op::Set { on: meeting.id, value: Value::Agenda(agenda), replaces: meeting.agenda.ids() })
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::{Log, harbour, visible};
    use super::super::super::intent::Intent;

    fn join(log: &mut Log, into: &str, others: &[&str]) -> String {
        let others = others.iter().map(|other| log.action(other)).collect();
        log.say(&Intent::JoinActions { into: log.action(into), others })
    }

    #[test]
    fn one_action_takes_over_what_the_others_say_and_one_undo_gives_them_back() {
        let mut log = harbour();
        log.act(&log.note("7.3", "The log is kept")).unwrap();
        let before = visible(&log.register);
        assert_eq!(join(&mut log, "7.2", &["7.3", "7.3", "7.2"]), "7.3 joined with 7.2: 7.3 was Red, 7.2 stays Amber");
        let joined = log.register.action(log.action("7.2")).unwrap();
        assert_eq!(joined.text(), "Attend every conference\nRecord intelligence");
        assert_eq!((joined.leads().len(), joined.targets().len(), joined.slips), (3, 2, 0));
        assert_eq!(joined.progress().next().unwrap().said.text, "The log is kept");
        assert!(log.register.is_hidden(log.action("7.3")));
        let trail = super::super::super::trail::entries(&log.batches);
        let said = |words: &str| trail.iter().any(|entry| entry.line.sentence == words);
        assert!(said("7.3 withdrawn: joined with 7.2"));
        assert!(said("7.2 joined with 7.3: “Attend every conference Record intelligence”"));
        assert!(said("7.2 progress moved from 7.3: “The log is kept”"));
        assert_eq!(log.undo().unwrap(), "undone: 7.3 joined with 7.2: 7.3 was Red, 7.2 stays Amber");
        assert_eq!(visible(&log.register), before);
    }

    #[test]
    fn a_split_action_joined_again_says_nothing_twice() {
        let mut log = harbour();
        log.act(&log.note("7.2", "A reader was found")).unwrap();
        let texts = vec!["Attend every conference".into(), "Appoint a reader".into()];
        log.act(&Intent::SplitAction { action: log.action("7.2"), texts }).unwrap();
        assert_eq!(join(&mut log, "7.2", &["7.4"]), "7.4 joined with 7.2");
        let joined = log.register.action(log.action("7.2")).unwrap();
        assert_eq!(joined.text(), "Attend every conference\nAppoint a reader");
        assert_eq!(joined.progress().count(), 1);
        assert_eq!(join(&mut log, "7.2", &["7.4"]), "7.4 is withdrawn: joined with 7.2. Undo the withdrawal first.");
    }

    #[test]
    fn nothing_is_joined_with_itself() {
        let mut log = harbour();
        let said = join(&mut log, "7.2", &["7.2"]);
        assert_eq!(said, "7.2 was not joined: there is no other action to join it with. Name another action.");
    }
}

//! The minutes of a meeting: a reading of what was recorded while it was open. Nothing in them was typed for them.

use std::collections::HashSet;

use super::Material;
use super::cells::{self, counted};
use super::document::{Cell, Document, Table};
use crate::domain::action::Action;
use crate::domain::change::Cause;
use crate::domain::date_words;
use crate::domain::describe::Line;
use crate::domain::id::Id;
use crate::domain::meeting::{Meeting, MinuteKind, Presence, Stage};
use crate::domain::register::Register;
use crate::domain::told::Told;
use crate::problem::Problem;

pub fn report(material: &Material) -> Result<Document, Problem> {
    let meeting = chosen(material.register, &material.options.meeting)?;
    let record = Record::new(material, meeting);
    let mut document = Document::new(format!("Minutes: {}", material.register.meeting_name(meeting)), material.today);
    opening(&mut document, material.register, meeting);
    record.items(&mut document);
    record.matters(&mut document);
    record.decisions(&mut document);
    record.owners(&mut document);
    record.carried(&mut document);
    record.rest(&mut document);
    Ok(document)
}

/// The meeting that the words name ("OPS", "2026-11-21"; the screen says its id), or the last one begun.
fn chosen<'a>(register: &'a Register, words: &str) -> Result<&'a Meeting, Problem> {
    let name = |meeting: &Meeting| register.meeting_name(meeting);
    let day = |meeting: &Meeting| meeting.day().map(|day| day.to_string()).unwrap_or_default();
    let is_meant = |meeting: &&Meeting| {
        if words == meeting.id.to_string() {
            return true;
        }
        let told = format!("{} {}", name(meeting), day(meeting)).to_lowercase();
        words.to_lowercase().split_whitespace().all(|word| told.contains(word))
    };
    let refuse = |why: String, hint: &str| Problem::new("There are no minutes to write", why, hint);
    let none = || refuse("no such meeting is recorded".into(), "Begin one on the screen with m.");
    let mut meant = register.visible_meetings().rev().filter(is_meant);
    let last = meant.next().ok_or_else(none)?;
    match meant.next() {
        Some(other) if !words.is_empty() => {
            let why = format!("“{words}” could be {} or {}", name(last), name(other));
            Err(refuse(why, "Say more of its name or day with --meeting."))
        }
        Some(_) | None => Ok(last),
    }
}

fn opening(document: &mut Document, register: &Register, meeting: &Meeting) {
    document.paragraph(match meeting.stage() {
        Stage::Open | Stage::Reopened => "Draft: the meeting is still open.",
        Stage::Ended => "Draft, to be agreed.",
        Stage::Agreed => "Agreed.",
    });
    if !meeting.chair().is_empty() {
        document.labelled("Chair", meeting.chair());
    }
    for (label, presence) in [("Present", Presence::Present), ("Apologies", Presence::Apologies)] {
        let there = meeting.attendance().iter().filter(|attendance| attendance.presence == presence);
        let names: Vec<String> = there.map(|one| attendee(register.party_name(one.party), &one.name)).collect();
        if !names.is_empty() {
            document.labelled(label, names.join("; "));
        }
    }
    if let Some(next) = meeting.next() {
        document.labelled("Next meeting", date_words::day(next));
    }
}

fn attendee(party: &str, name: &str) -> String {
    if name.is_empty() { party.to_owned() } else { format!("{name} ({party})") }
}

/// What was recorded in one meeting and not taken back in it.
struct Record<'a> {
    register: &'a Register,
    meeting: &'a Meeting,
    events: Vec<&'a Told>,
    /// Changes made after the meeting was reopened.
    corrections: HashSet<Id>,
}

impl<'a> Record<'a> {
    fn new(material: &Material<'a>, meeting: &'a Meeting) -> Record<'a> {
        let own =
            || material.told.iter().filter(|told| told.meeting == Some(meeting.id) || told.about == Some(meeting.id));
        let undone: HashSet<Id> = own().filter_map(|told| undone_by(&told.cause)).collect();
        let stands = |told: &&Told| !undone.contains(&told.batch) && undone_by(&told.cause).is_none();
        let events: Vec<&Told> = own().filter(stands).collect();
        let reopened = |told: &&&Told| told.about == Some(meeting.id) && told.line.to.as_deref() == Some("reopened");
        let after = events.iter().skip_while(|told| !reopened(told));
        let corrections = after.map(|told| told.change).collect();
        Record { register: material.register, meeting, events, corrections }
    }

    /// The agenda's items that were gone through, then what else was changed.
    fn items(&self, document: &mut Document) {
        let actions = self.register.visible_actions().map(|action| action.id);
        let others = actions.filter(|id| !self.meeting.items().contains(id));
        let dealt: Vec<&Action> = (self.meeting.items().iter().copied().chain(others))
            .filter(|id| self.was_dealt_with(*id))
            .filter_map(|id| self.register.action(id))
            .collect();
        document.heading(1, "Matters discussed");
        if dealt.is_empty() {
            document.paragraph("None.");
        }
        for action in &dealt {
            self.item(document, action);
        }
        document.actions = dealt.iter().map(|action| action.id).collect();
    }

    fn was_dealt_with(&self, action: Id) -> bool {
        self.meeting.minutes_of(action).next().is_some() || self.changes(action).next().is_some()
    }

    /// What was changed about an action; what was minuted is told apart.
    fn changes(&self, action: Id) -> impl Iterator<Item = &&'a Told> {
        self.events.iter().filter(move |told| told.about == Some(action) && told.line.what != "minute")
    }

    fn item(&self, document: &mut Document, action: &Action) {
        let reference = cells::reference(self.register, action);
        document.heading(2, format!("{reference} {}", action.text().lines().next().unwrap_or_default()));
        document.labelled("Lead", cells::leads(self.register, action));
        let changes = self.changes(action.id).map(|told| self.marked(told.change, &in_full(self.register, told)));
        let minutes = self.meeting.minutes_of(action.id).filter(|minute| !minute.said.text.is_empty());
        let minutes = minutes.map(|minute| self.marked(minute.id, &minuted(minute.said.kind, &minute.said.text)));
        let points: Vec<String> = changes.chain(minutes).collect();
        if points.is_empty() {
            document.paragraph("Discussed; nothing was changed.");
        }
        document.list(points);
    }

    /// The words, told as a correction where they are one.
    fn marked(&self, change: Id, words: &str) -> String {
        if self.corrections.contains(&change) { format!("Correction: {words}") } else { words.to_owned() }
    }

    /// Points about no action; nothing where there was none.
    fn matters(&self, document: &mut Document) {
        let mut table = Table::new("Other matters", [("Under", 16), ("Point", 52)]);
        for minute in self.meeting.minutes().filter(|minute| minute.said.kind == MinuteKind::Matter) {
            let rec = minute.said.recommendation.and_then(|id| self.register.recommendation(id));
            let under = rec.map(|rec| format!("Recommendation {}", rec.number())).unwrap_or_default();
            table.rows.push(vec![Cell::new(under), Cell::new(self.marked(minute.id, &minute.said.text))]);
        }
        if !table.rows.is_empty() {
            part(document, "Other matters", table);
        }
    }

    fn decisions(&self, document: &mut Document) {
        let mut table = Table::new("Decisions", [("Ref", 8), ("Decision", 60)]);
        for minute in self.meeting.minutes().filter(|minute| minute.said.kind == MinuteKind::Decision) {
            let on = minute.said.action.and_then(|id| self.register.action(id));
            let reference = on.map(|action| cells::reference(self.register, action)).unwrap_or_default();
            table.rows.push(vec![Cell::new(reference), Cell::new(self.marked(minute.id, &minute.said.text))]);
        }
        part(document, "Decisions", table);
    }

    /// Actions added in the meeting, and those given a new date or lead.
    fn owners(&self, document: &mut Document) {
        let is_task = |told: &&&Told| matches!(told.line.what.as_str(), "action" | "target" | "leads");
        let given: HashSet<Id> = self.events.iter().filter(is_task).filter_map(|told| told.about).collect();
        let columns = [("Ref", 8), ("Action", 40), ("Owner", 16), ("Target", 12)];
        let mut table = Table::new("Actions and owners", columns);
        for action in self.register.visible_actions().filter(|action| given.contains(&action.id)) {
            table.rows.push(vec![
                Cell::new(cells::reference(self.register, action)),
                Cell::new(action.text()),
                Cell::new(cells::leads(self.register, action)),
                Cell::new(cells::targets(action.targets())),
            ]);
        }
        part(document, "Actions and owners", table);
    }

    fn carried(&self, document: &mut Document) {
        let mut table = Table::new("Carried forward", [("Ref", 8), ("Action", 40), ("Why", 28)]);
        for minute in self.meeting.minutes().filter(|minute| minute.said.kind == MinuteKind::CarriedForward) {
            if let Some(action) = minute.said.action.and_then(|id| self.register.action(id)) {
                let reference = cells::reference(self.register, action);
                table.rows.push(vec![Cell::new(reference), Cell::new(action.text()), Cell::new(&minute.said.text)]);
            }
        }
        part(document, "Carried forward", table);
    }

    /// What was on the agenda and not reached, and what was taken as read.
    fn rest(&self, document: &mut Document) {
        let left = self.register.visible_actions().filter(|action| !self.was_dealt_with(action.id));
        let (missed, read): (Vec<&Action>, Vec<&Action>) =
            left.partition(|action| self.meeting.items().contains(&action.id));
        for (title, actions) in [("On the agenda and not reached", missed), ("Taken as read", read)] {
            if !actions.is_empty() {
                let names: Vec<String> = actions.iter().map(|action| cells::reference(self.register, action)).collect();
                document.heading(1, title);
                document.paragraph(format!("{}: {}.", counted(actions.len(), "action"), names.join(", ")));
            }
        }
    }
}

fn part(document: &mut Document, title: &str, table: Table) {
    document.heading(1, title);
    if table.rows.is_empty() {
        document.paragraph("None.");
    } else {
        document.table(table);
    }
}

/// A change with all its words: sentences of the audit trail are cut to a line, and minutes must not be.
fn in_full(register: &Register, told: &Told) -> String {
    let Line { what, to, sentence, .. } = &told.line;
    match (what.as_str(), to) {
        ("progress", Some(text)) => format!("Update{}: {text}", from(register, told)),
        ("closure", Some(text)) if text != "open" => capital(text),
        ("text", Some(text)) => format!("Reworded: {text}"),
        ("action", Some(text)) => format!("New action: {text}"),
        (_, _) => sentence.clone(),
    }
}

/// " from Sussex Police", of an update that somebody gave.
fn from(register: &Register, told: &Told) -> String {
    let by = register.entry(told.change).and_then(|(_, entry)| entry.said.by.clone());
    by.map(|by| format!(" from {by}")).unwrap_or_default()
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn minuted(kind: MinuteKind, text: &str) -> String {
    match kind {
        MinuteKind::Discussed => text.to_owned(),
        MinuteKind::CarriedForward => format!("Carried forward: {text}"),
        MinuteKind::Decision => format!("Decision: {text}"),
        MinuteKind::Matter => text.to_owned(),
    }
}

fn undone_by(cause: &Cause) -> Option<Id> {
    match cause {
        Cause::Undo { of } => Some(*of),
        Cause::Edit | Cause::Import { .. } | Cause::Redo { .. } => None,
    }
}

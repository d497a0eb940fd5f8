//! What was recorded in one meeting and not undone during it.

use std::collections::HashSet;

use super::super::Material;
use super::super::cells;
use super::words;
use crate::domain::action::Action;
use crate::domain::agenda::{self, Carried, Held};
use crate::domain::change::Cause;
use crate::domain::date_words;
use crate::domain::id::Id;
use crate::domain::meeting::{Meeting, Minute, MinuteKind, Stage};
use crate::domain::register::Register;
use crate::domain::trail::TrailEntry;

/// A meeting with the changes made in it, and the register as at its end.
pub struct Record<'a> {
    pub register: &'a Register,
    pub meeting: &'a Meeting,
    /// Its present stage.
    pub stage: Stage,
    events: Vec<&'a TrailEntry>,
    /// The body's meetings before it.
    held: Held<'a>,
    /// Changes made after the meeting was reopened.
    corrections: HashSet<Id>,
}

impl<'a> Record<'a> {
    pub fn new(material: &Material<'a>, register: &'a Register, (meeting, stage): (&'a Meeting, Stage)) -> Record<'a> {
        let received: HashSet<Id> = meeting.accepted().map(|received| received.batch).collect();
        let of_it = |entry: &&&TrailEntry| {
            entry.meeting == Some(meeting.id) || entry.about == Some(meeting.id) || received.contains(&entry.batch)
        };
        let own: Vec<&TrailEntry> = material.told.iter().filter(|entry| of_it(&entry)).collect();
        let is_reopening =
            |entry: &&TrailEntry| entry.about == Some(meeting.id) && entry.line.to.as_deref() == Some("reopened");
        let end = own.iter().position(is_reopening).unwrap_or(own.len());
        let (before, after) = own.split_at(end);
        // What was undone before the end is ignored; what was undone later is a correction.
        let events = [standing(before), standing(after)].concat();
        let corrections = after.iter().map(|entry| entry.change).collect();
        let held = Held::of(register, meeting.body(), meeting.day().unwrap_or_default(), Some(meeting.id));
        Record { register, meeting, stage, events, held, corrections }
    }

    /// The items discussed, in agenda order, then those not on the agenda; and separately the actions that were changed
    /// with nothing minuted about them. What was only carried forward or taken as read is named there, and not here.
    pub fn dealt(&self) -> (Vec<&'a Action>, Vec<&'a Action>) {
        let actions = self.register.visible_actions().map(|action| action.id);
        let others = actions.filter(|id| !self.meeting.items().contains(id));
        let all = self.meeting.items().iter().copied().chain(others);
        let dealt = all
            .filter(|id| self.was_dealt_with(*id) && self.set_aside(*id).is_none())
            .filter_map(|id| self.register.action(id));
        dealt.partition(|action| {
            self.meeting.items().contains(&action.id) || self.meeting.minutes_of(action.id).next().is_some()
        })
    }

    /// What was changed about an action, and what was minuted about it.
    pub fn points(&self, action: Id) -> Vec<String> {
        let changes = self.changes(action).map(|entry| self.marked(entry.change, &self.point(entry)));
        let minutes = self.meeting.minutes_of(action).filter(|minute| !minute.said.text.is_empty());
        let minutes = minutes.map(|minute| self.marked(minute.id, &words::minuted(&minute.said)));
        changes.chain(minutes).collect()
    }

    /// What an agency wrote in its own copy says who wrote it and when.
    fn point(&self, entry: &TrailEntry) -> String {
        let point = words::point(self.register, entry);
        let point = match (entry.line.what.as_str(), self.alone(entry)) {
            ("closure", Some(alone)) => format!("{point} ({alone})"),
            _ => point,
        };
        match self.meeting.accepted().find(|received| received.batch == entry.batch) {
            Some(received) => {
                let (party, day) = (self.register.party_name(received.party), date_words::day(entry.at.date_naive()));
                format!("Received from {party} ({}), {day}: {point}", entry.author)
            }
            None => point,
        }
    }

    /// "proposed and agreed by A. Name", where in this meeting one person did both.
    fn alone(&self, closed: &TrailEntry) -> Option<String> {
        let action = closed.about.filter(|_| words::closing(closed).0 == "Closed")?;
        let closures = self.changes(action).filter(|entry| entry.line.what == "closure");
        let before = closures.take_while(|entry| entry.change != closed.change).last()?;
        let is_own = words::closing(before).0 == "Proposed" && before.author == closed.author;
        is_own.then(|| format!("proposed and agreed by {}", closed.author))
    }

    /// Points not about an action, each with what it relates to.
    pub fn matters(&self) -> Vec<Vec<String>> {
        let row = |minute: &Minute| {
            let rec = minute.said.recommendation.and_then(|id| self.register.recommendation(id));
            let under = rec.map(|rec| format!("Recommendation {}", rec.number())).unwrap_or_default();
            vec![under, self.marked(minute.id, &minute.said.text)]
        };
        self.minutes(MinuteKind::Matter).map(row).collect()
    }

    /// Each decision with the action it concerns.
    pub fn decisions(&self) -> Vec<Vec<String>> {
        let row = |minute: &Minute| vec![self.reference(minute.said.action), self.marked(minute.id, &minute.said.text)];
        self.minutes(MinuteKind::Decision).map(row).collect()
    }

    /// Actions added in the meeting, and those given a new date or lead: what, who and by when, and what changed.
    pub fn owners(&self) -> Vec<Vec<String>> {
        let row = |action: &'a Action| {
            let regrouped = self.changes(action.id).filter(|entry| words::regroups(entry)).map(|entry| entry.batch);
            let regrouped: HashSet<Id> = regrouped.collect();
            let is_own = |entry: &&TrailEntry| words::regroups(entry) || !regrouped.contains(&entry.batch);
            let new: Vec<String> = self.changes(action.id).filter(is_own).filter_map(words::task).collect();
            let targets = cells::targets(action.targets()).replace('\n', ", ");
            let whose = [cells::leads(self.register, action), targets];
            let whose = whose.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
            let reference = self.reference(Some(action.id));
            (!new.is_empty()).then(|| vec![reference, action.text().to_owned(), whose, new.join("; ")])
        };
        self.register.visible_actions().filter_map(row).collect()
    }

    /// What was closed, proposed for closure or reopened, and on what evidence.
    pub fn closures(&self) -> Vec<Vec<String>> {
        let of = |action: &'a Action| {
            let closures = self.changes(action.id).filter(|entry| entry.line.what == "closure");
            closures.map(move |entry| {
                let (what, why) = words::closing(entry);
                let what = self.alone(entry).map_or(what.clone(), |alone| format!("{what}, {alone}"));
                let what = self.marked(entry.change, &what);
                vec![self.reference(Some(action.id)), action.text().to_owned(), what, why]
            })
        };
        self.register.visible_actions().flat_map(of).collect()
    }

    /// What was carried forward without being discussed, with how often and why.
    pub fn carried(&self) -> Vec<Vec<String>> {
        self.aside_as(MinuteKind::CarriedForward, |action| {
            let again = self.carried_with_this(action).filter(|carried| carried.times > 1);
            again.map(Carried::words)
        })
    }

    /// How often an item has been carried forward or not reached, this meeting included.
    pub fn carried_with_this(&self, action: &Action) -> Option<Carried> {
        let now = Carried { times: 1, since: self.meeting.day()? };
        let before = self.held.carried(action);
        Some(before.map_or(now, |before| Carried { times: before.times + 1, ..before }))
    }

    /// What was taken as read with a word on why.
    pub fn as_read(&self) -> Vec<Vec<String>> {
        self.aside_as(MinuteKind::TakenAsRead, |_| None)
    }

    fn aside_as(&self, kind: MinuteKind, also: impl Fn(&Action) -> Option<String>) -> Vec<Vec<String>> {
        let row = |minute: &Minute| {
            let action = minute.said.action.and_then(|id| self.register.action(id))?;
            self.set_aside(action.id).filter(|last| last.id == minute.id)?;
            let why = self.marked(minute.id, &minute.said.text);
            let why: Vec<String> =
                [Some(why), also(action)].into_iter().flatten().filter(|part| !part.is_empty()).collect();
            Some(vec![self.reference(Some(action.id)), action.text().to_owned(), why.join("; ")])
        };
        self.minutes(kind).filter_map(row).collect()
    }

    /// The last minute about an action, where all of them only put it off or take it as read and nothing was changed.
    fn set_aside(&self, action: Id) -> Option<&'a Minute> {
        let is_aside = |minute: &Minute| match minute.said.kind {
            MinuteKind::CarriedForward | MinuteKind::TakenAsRead => true,
            MinuteKind::Discussed | MinuteKind::Decision | MinuteKind::Matter => false,
        };
        let all = self.meeting.minutes_of(action);
        let is_only = self.meeting.minutes_of(action).all(is_aside) && self.changes(action).next().is_none();
        all.last().filter(|_| is_only)
    }

    /// What was on the agenda but not reached, and what was taken as read, limited to what the body oversees.
    pub fn rest(&self) -> (Vec<&'a Action>, Vec<&'a Action>) {
        let is_left = |action: &&Action| {
            let is_theirs =
                self.meeting.items().contains(&action.id) || agenda::is_reviewed(self.register, self.meeting, action);
            is_theirs && !self.was_dealt_with(action.id)
        };
        let left = self.register.visible_actions().filter(is_left);
        left.partition(|action| self.meeting.items().contains(&action.id))
    }

    pub fn reference(&self, action: Option<Id>) -> String {
        let action = action.and_then(|id| self.register.action(id));
        action.map(|action| cells::reference(self.register, action)).unwrap_or_default()
    }

    /// What was changed about an action, apart from what was minuted.
    fn changes(&self, action: Id) -> impl Iterator<Item = &'a TrailEntry> {
        self.events.iter().copied().filter(move |entry| entry.about == Some(action) && entry.line.what != "minute")
    }

    fn minutes(&self, kind: MinuteKind) -> impl Iterator<Item = &'a Minute> {
        self.meeting.minutes().filter(move |minute| minute.said.kind == kind)
    }

    fn was_dealt_with(&self, action: Id) -> bool {
        self.meeting.minutes_of(action).next().is_some() || self.changes(action).next().is_some()
    }

    /// The words, marked as a correction with its date if they are one.
    fn marked(&self, change: Id, words: &str) -> String {
        if !self.corrections.contains(&change) {
            return words.to_owned();
        }
        let entry = self.events.iter().find(|entry| entry.change == change);
        let day = entry.map(|entry| format!(" of {}", date_words::day(entry.at.date_naive()))).unwrap_or_default();
        format!("Correction{day}: {words}").trim_end_matches([' ', ':']).to_owned()
    }
}

/// Those that were not undone and do not undo another of them.
fn standing<'a>(entries: &[&'a TrailEntry]) -> Vec<&'a TrailEntry> {
    let batches: HashSet<Id> = entries.iter().map(|entry| entry.batch).collect();
    let undone: HashSet<Id> = entries.iter().filter_map(|entry| undone_by(&entry.cause)).collect();
    let takes_back = |entry: &&TrailEntry| undone_by(&entry.cause).is_some_and(|of| batches.contains(&of));
    entries.iter().copied().filter(|entry| !undone.contains(&entry.batch) && !takes_back(entry)).collect()
}

fn undone_by(cause: &Cause) -> Option<Id> {
    match cause {
        Cause::Undo { of } => Some(*of),
        Cause::Edit | Cause::Import { .. } | Cause::Redo { .. } | Cause::Erasure => None,
    }
}

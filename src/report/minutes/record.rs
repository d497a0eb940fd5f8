//! What was recorded in one meeting and not undone during it.

use std::collections::HashSet;

use super::super::Material;
use super::super::cells;
use super::tables::Row;
use super::words;
use crate::domain::action::{Action, Lead};
use crate::domain::agenda::{self, Carried, Held};
use crate::domain::change::Cause;
use crate::domain::date_words;
use crate::domain::describe;
use crate::domain::id::Id;
use crate::domain::meeting::{Meeting, Minute, MinuteKind, Stage};
use crate::domain::plan::Plan;
use crate::domain::register::Register;
use crate::domain::trail::TrailEntry;
use crate::domain::undertaking::{Owner, Undertaking, undertakings};

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
    /// The plans of its agenda, and of what was dealt with.
    plans: Vec<Id>,
}

/// Something that is to be done.
#[derive(Clone)]
pub struct Task {
    /// The action that it is, or that it is about.
    pub action: Option<Id>,
    pub words: String,
    pub who: String,
    pub by: String,
    /// Since when: "new action", "new date, was Jan 2027", "decision".
    pub why: String,
    pub owners: Vec<Owner>,
    is_action: bool,
}

impl Task {
    /// Whether it is the action itself, not something that a decision asks about it.
    pub fn is_of_action(&self) -> bool {
        self.is_action
    }

    /// What, who, by when and since when.
    pub fn row(self, record: &Record) -> Row {
        Row::of(record, self.action, vec![self.words, self.who, self.by, self.why])
    }
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
        let mut record = Record { register, meeting, stage, events, held, corrections, plans: Vec::new() };
        record.plans = record.concerned();
        record
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

    fn concerned(&self) -> Vec<Id> {
        let dealt = self.register.visible_actions().filter(|action| self.was_dealt_with(action.id));
        let items = self.meeting.items().iter().filter_map(|id| self.register.action(*id));
        let recs =
            self.meeting.minutes().filter_map(|minute| self.register.recommendation(minute.said.recommendation?));
        let all: HashSet<Id> = items.chain(dealt).map(|action| action.plan).chain(recs.map(|rec| rec.plan)).collect();
        self.register.visible_plans().map(|plan| plan.id).filter(|id| all.contains(id)).collect()
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

    /// The plan that the meeting was about, where it was about one only.
    pub fn only_plan(&self) -> Option<&'a Plan> {
        match self.plans.as_slice() {
            [only] => self.register.plan(*only),
            [] => self.register.visible_plans().next().filter(|_| self.register.visible_plans().nth(1).is_none()),
            [_, _, ..] => None,
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
    pub fn matters(&self) -> Vec<Row> {
        let row = |minute: &Minute| {
            let rec = minute.said.recommendation.and_then(|id| self.register.recommendation(id));
            let under = rec.map(|rec| format!("Recommendation {}", rec.number())).unwrap_or_default();
            let said = vec![under, self.marked(minute.id, &minute.said.text)];
            Row { plan: rec.map(|rec| rec.plan), action: None, said }
        };
        self.minutes(MinuteKind::Matter).map(row).collect()
    }

    /// Each decision with the action it concerns.
    pub fn decisions(&self) -> Vec<Row> {
        let row = |minute: &Minute| Row::of(self, minute.said.action, vec![self.marked(minute.id, &minute.said.text)]);
        self.minutes(MinuteKind::Decision).map(row).collect()
    }

    /// What is to be done, by whom and by when: actions added in the meeting, those given a new date or lead, and what its
    /// decisions ask of someone; in the order of the plans.
    pub fn tasks(&self) -> Vec<Task> {
        let decided: Vec<Task> = self.minutes(MinuteKind::Decision).flat_map(|minute| self.asked(minute)).collect();
        let of = |action: Option<Id>| decided.iter().filter(move |task| task.action == action).cloned();
        let actions = self.register.visible_actions();
        let of_actions = actions.flat_map(|action| self.given(action).into_iter().chain(of(Some(action.id))));
        let mut tasks: Vec<Task> = of_actions.collect();
        tasks.extend(of(None));
        tasks
    }

    /// An action that is new, or has a new date or lead.
    fn given(&self, action: &'a Action) -> Option<Task> {
        let regrouped = self.changes(action.id).filter(|entry| words::regroups(entry)).map(|entry| entry.batch);
        let regrouped: HashSet<Id> = regrouped.collect();
        let is_own = |entry: &&TrailEntry| words::regroups(entry) || !regrouped.contains(&entry.batch);
        let new: Vec<String> = self.changes(action.id).filter(is_own).filter_map(words::task).collect();
        let owner = |lead: &Lead| Owner { name: self.register.party_name(lead.party).into(), party: Some(lead.party) };
        (!new.is_empty()).then(|| Task {
            action: Some(action.id),
            words: action.text().to_owned(),
            who: cells::leads(self.register, action),
            by: cells::targets(action.targets()).replace('\n', ", "),
            why: new.join("; "),
            owners: action.leads().iter().map(owner).collect(),
            is_action: true,
        })
    }

    /// What a decision asks of someone.
    fn asked(&self, minute: &Minute) -> Vec<Task> {
        let task = |one: Undertaking| {
            let names: Vec<&str> = one.owners.iter().map(|owner| owner.name.as_str()).collect();
            let days: Vec<&str> = one.by.iter().map(|by| by.words.as_str()).collect();
            Task {
                action: minute.said.action,
                who: names.join(" / "),
                by: days.join(", "),
                why: self.marked(minute.id, "decision"),
                words: one.words,
                owners: one.owners.clone(),
                is_action: false,
            }
        };
        undertakings(self.register, self.meeting, &minute.said.text).into_iter().map(task).collect()
    }

    /// What was closed, proposed for closure or reopened, and on what evidence.
    pub fn closures(&self) -> Vec<Row> {
        let of = |action: &'a Action| {
            let closures = self.changes(action.id).filter(|entry| entry.line.what == "closure");
            closures.map(move |entry| {
                let (what, why) = words::closing(entry);
                let what = self.alone(entry).map_or(what.clone(), |alone| format!("{what}, {alone}"));
                let what = self.marked(entry.change, &what);
                Row::of(self, Some(action.id), vec![action.text().to_owned(), what, why])
            })
        };
        self.register.visible_actions().flat_map(of).collect()
    }

    /// What was carried forward without being discussed, with how often and why.
    pub fn carried(&self) -> Vec<Row> {
        self.aside_as(MinuteKind::CarriedForward, |action| self.carried_again(action))
    }

    /// How often an item has been carried forward or not reached, this meeting included.
    pub fn carried_with_this(&self, action: &Action) -> Option<Carried> {
        let now = Carried { times: 1, since: self.meeting.day()? };
        let before = self.held.carried(action);
        Some(before.map_or(now, |before| Carried { times: before.times + 1, ..before }))
    }

    /// The same in words, unless it is for the first time.
    fn carried_again(&self, action: &Action) -> Option<String> {
        self.carried_with_this(action).filter(|carried| carried.times > 1).map(Carried::words)
    }

    /// What was taken as read with a word on why.
    pub fn as_read(&self) -> Vec<Row> {
        self.aside_as(MinuteKind::TakenAsRead, |_| None)
    }

    fn aside_as(&self, kind: MinuteKind, also: impl Fn(&Action) -> Option<String>) -> Vec<Row> {
        let row = |minute: &Minute| {
            let action = minute.said.action.and_then(|id| self.register.action(id))?;
            self.last_aside(action.id).filter(|last| last.id == minute.id)?;
            let why = self.marked(minute.id, &minute.said.text);
            let why: Vec<String> =
                [Some(why), also(action)].into_iter().flatten().filter(|part| !part.is_empty()).collect();
            Some(Row::of(self, Some(action.id), vec![action.text().to_owned(), why.join("; ")]))
        };
        self.minutes(kind).filter_map(row).collect()
    }

    /// The last minute that puts an action off or takes it as read, whatever else was said or done about it.
    fn last_aside(&self, action: Id) -> Option<&'a Minute> {
        self.meeting.minutes_of(action).filter(|minute| is_aside(minute)).last()
    }

    /// The same, where nothing else was said or done about it.
    fn set_aside(&self, action: Id) -> Option<&'a Minute> {
        let is_only = self.meeting.minutes_of(action).all(is_aside) && self.changes(action).next().is_none();
        self.last_aside(action).filter(|_| is_only)
    }

    /// What the meeting made of an item, in a word or two.
    pub fn fate(&self, action: &Action) -> String {
        let aside = self.set_aside(action.id).map(|minute| minute.said.kind);
        let word = aside.map_or("discussed", describe::minute_word);
        if self.was_dealt_with(action.id) { word.to_owned() } else { "not reached".into() }
    }

    /// What was on the agenda but not reached, with its words and how often that has happened.
    pub fn not_reached(&self) -> Vec<Row> {
        let row = |action: &&Action| {
            let again = self.carried_again(action).unwrap_or_default();
            Row::of(self, Some(action.id), vec![action.text().to_owned(), again])
        };
        self.rest().0.iter().map(row).collect()
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

fn is_aside(minute: &Minute) -> bool {
    match minute.said.kind {
        MinuteKind::CarriedForward | MinuteKind::TakenAsRead => true,
        MinuteKind::Discussed | MinuteKind::Decision | MinuteKind::Matter => false,
    }
}

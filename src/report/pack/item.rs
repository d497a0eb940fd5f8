//! An item of the pack: how an action stands, what was last decided about it, and what has changed.

use serde_json::{Map, Value, json};

use super::super::changes::without_reference;
use super::super::document::{Cell, Document, Run};
use super::super::{Material, cells};
use crate::domain::action::Action;
use crate::domain::describe;
use crate::domain::difference::Difference;
use crate::domain::meeting::{Meeting, Minute, MinuteKind};
use crate::domain::plan::Plan;
use crate::domain::query;
use crate::domain::register::Register;
use crate::text::capital;

/// The title of what only the chair's copy has.
pub const FOR_CHAIR: &str = "For the chair";

pub struct Item<'a> {
    pub action: &'a Action,
    pub reference: String,
    pub lead: String,
    pub why: String,
    pub target: String,
    rating: String,
    /// Its closure and a requested extension, each a sentence.
    state: Vec<String>,
    progress: String,
    decision: String,
    changes: Vec<String>,
    /// What the chair may want to ask; empty in the members' copy.
    ask: Vec<String>,
}

impl<'a> Item<'a> {
    pub fn new(material: &Material<'a>, action: &'a Action, why: String, changed: &[Difference]) -> Item<'a> {
        let register = material.register;
        let own = changed.iter().filter(|one| one.action == Some(action.id) && !is_for_chair(one));
        Item {
            action,
            reference: register.reference(action),
            lead: cells::leads(register, action),
            why,
            target: target(material, action),
            rating: cells::rating(register, action).text,
            state: state(action),
            progress: cells::latest(action),
            decision: last_decision(register, action).unwrap_or_default(),
            changes: own.map(|one| capital(without_reference(one))).collect(),
            ask: if material.options.readers.is_chair() { ask(material, action) } else { Vec::new() },
        }
    }

    pub fn write(&self, document: &mut Document) {
        self.action.text().lines().filter(|line| !line.trim().is_empty()).for_each(|line| document.paragraph(line));
        let facts = [("Lead", &self.lead), ("Target", &self.target), ("Rating", &self.rating)];
        let runs =
            facts.into_iter().filter(|(_, what)| !what.is_empty()).enumerate().flat_map(|(at, (label, what))| {
                let gap = if at == 0 { "" } else { " · " };
                [Run::bold(format!("{gap}{label}: ")), Run::plain(what)]
            });
        document.runs(runs.collect());
        self.state.iter().for_each(|sentence| document.paragraph(sentence));
        let said =
            [("Why it is here", &self.why), ("Latest progress", &self.progress), ("Last decision", &self.decision)];
        said.into_iter().filter(|(_, what)| !what.is_empty()).for_each(|(label, what)| document.labelled(label, what));
        listed(document, "Since the last meeting", &self.changes);
        listed(document, FOR_CHAIR, &self.ask);
    }

    /// As a row: the last cell only in the chair's copy.
    pub fn cells(&self, material: &Material) -> Vec<Cell> {
        let action = Cell::new(self.action.text());
        let target = self.state.iter().fold(self.target.clone(), |all, one| format!("{all}\n{one}"));
        let mut row = vec![Cell::new(&self.reference), action, Cell::new(&self.lead), Cell::new(target.trim_start())];
        row.push(cells::rating(material.register, self.action));
        row.extend([&self.why, &self.progress, &self.decision].map(Cell::new));
        row.push(Cell::new(self.changes.join("\n")));
        row.extend(material.options.readers.is_chair().then(|| Cell::new(self.ask.join("\n"))));
        row
    }

    pub fn data(&self, material: &Material) -> Map<String, Value> {
        let slug = material.register.plan(self.action.plan).map(Plan::slug);
        let mut data = Map::new();
        let mut put = |key: &str, value: Value| drop(data.insert(key.to_owned(), value));
        put("plan", json!(slug));
        put("ref", json!(self.reference));
        put("text", json!(self.action.text()));
        put("leads", json!(self.lead));
        put("target", json!(self.target));
        put("rating", json!(self.action.rating()));
        put("state", json!(self.state));
        put("why", json!(self.why));
        put("progress", json!(self.progress));
        put("last_decision", json!(self.decision));
        put("changes", json!(self.changes));
        if material.options.readers.is_chair() {
            put("for_chair", json!(self.ask));
        }
        data
    }
}

fn listed(document: &mut Document, label: &str, points: &[String]) {
    if !points.is_empty() {
        document.runs(vec![Run::bold(format!("{label}:"))]);
        document.list(points.iter().cloned());
    }
}

/// "Jul 2021, 5 years 4 months late".
fn target(material: &Material, action: &Action) -> String {
    let targets = cells::targets(action.targets()).replace('\n', ", ");
    let late = cells::lateness(material.register, action, material.today);
    [targets, late].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn state(action: &Action) -> Vec<String> {
    let asked =
        action.extension().map(|asked| format!("Extension requested to {}{}.", asked.wanted(), asked.because()));
    cells::closure(action).into_iter().chain(asked).collect()
}

/// "Ask the chief (OPS, 12 Sep 2026)": the last thing that any meeting decided, else what the last one did with it.
fn last_decision(register: &Register, action: &Action) -> Option<String> {
    let minutes = || {
        let meetings = register.visible_meetings();
        let all = meetings.flat_map(|meeting| meeting.minutes_of(action.id).map(move |minute| (meeting, minute)));
        let mut all: Vec<(&Meeting, &Minute)> = all.collect();
        all.sort_by_key(|(meeting, minute)| (meeting.day(), minute.id));
        all
    };
    let decided = |(_, minute): &&(&Meeting, &Minute)| minute.said.kind == MinuteKind::Decision;
    let all = minutes();
    let (meeting, minute) = all.iter().rfind(decided).or_else(|| all.last())?;
    let name = register.meeting_name(meeting);
    let text = match (minute.said.kind, minute.said.text.as_str()) {
        (MinuteKind::Decision, text) => text.to_owned(),
        (kind, "") => format!("None; {}", describe::minute_word(kind)),
        (kind, text) => format!("None; {}: {text}", describe::minute_word(kind)),
    };
    Some(format!("{text} ({name})"))
}

/// A change in what is doubted or asked, which the members' copy does not speak of, nor the chair's: it has what is asked now.
fn is_for_chair(one: &Difference) -> bool {
    matches!(one.line.what.as_str(), "challenge" | "flag" | "minute")
}

/// The challenges, then what is in doubt about the record; the day is that of the report.
fn ask(material: &Material, action: &Action) -> Vec<String> {
    let challenges = query::challenges(material.register, action, material.today);
    let doubts = action.flags().iter().map(|flag| format!("In doubt, {}: {}", flag.field, flag.why));
    let asked: Vec<String> = challenges.into_iter().chain(doubts).map(|sentence| format!("{sentence}.")).collect();
    asked.into_iter().map(|sentence| sentence.replace("..", ".")).collect()
}

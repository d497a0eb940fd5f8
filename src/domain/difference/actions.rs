//! Actions compared: new, withdrawn, changed field by field, and what was said about them.

use super::super::action::{Action, Targets};
use super::super::change::Value;
use super::super::date_words;
use super::super::describe::net;
use super::super::id::Id;
use super::super::progress::Entry;
use super::super::query;
use super::super::target::Target;
use super::super::withdrawal::MOVED_TO;
use super::Comparing;

impl Comparing<'_> {
    /// An action whose plan and recommendation are there now.
    pub(super) fn action(&mut self, id: Id) {
        let Some(is) = self.now.action(id) else { return };
        let was = self.then.action(id).filter(|was| self.was_shown(was));
        match (was, !self.now.is_hidden(id)) {
            (None, true) => self.added(is),
            (Some(_), false) => self.gone(id, "action"),
            (Some(was), true) if was != is => {
                self.fields(id);
                self.entries(is);
            }
            (None, false) | (Some(_), true) => {}
        }
    }

    /// Whether the action was visible then.
    fn was_shown(&self, action: &Action) -> bool {
        let under = action.recommendation.is_none_or(|rec| self.was_there(rec));
        under && self.was_there(action.id) && self.was_there(action.plan)
    }

    fn added(&mut self, action: &Action) {
        let now = self.now;
        let leads: Vec<&str> = action.leads().iter().map(|lead| now.party_name(lead.party)).collect();
        let targets: Vec<&str> = action.targets().iter().map(|target| target.raw.as_str()).collect();
        let (leads, targets) = (leads.join(" · "), targets.join(" · "));
        let facts = [("lead ", leads.as_str()), ("target ", &targets), ("", action.rating().unwrap_or_default())];
        let facts = facts.into_iter().filter(|(_, value)| !value.is_empty());
        let facts: String = facts.map(|(label, value)| ["; ", label, value].concat()).collect();
        let words = format!("added: {}{facts}", net::quoted(action.text()));
        self.say(action.id, "action", &words, action.text());
        self.entries(action);
    }

    /// What was said since, and what was withdrawn.
    fn entries(&mut self, action: &Action) {
        for entry in &action.entries {
            let text = &entry.said.text;
            match (self.was_there(entry.id), !self.now.is_hidden(entry.id)) {
                (false, true) => self.say(entry.id, "progress", &format!("progress added{}", said(entry)), text),
                (true, false) => {
                    self.say(entry.id, "progress", &format!("progress {}{}", went(entry), said(entry)), "");
                }
                (true, true) | (false, false) => {}
            }
        }
    }

    /// ", 3 months later in 2 moves", of targets that have moved.
    pub(super) fn moved_by(&self, on: Id, is: &Value) -> String {
        let (Value::Targets(is), Some(now), Some(then)) = (is, self.now.action(on), self.then.action(on)) else {
            return String::new();
        };
        if is.is_regrouped() {
            return String::new();
        }
        let moves = now.slips.saturating_sub(then.slips);
        let moves = if moves > 1 { format!(" in {moves} moves") } else { String::new() };
        match (then.due(), due(is)) {
            (Some(was), Some(is)) if is > was => format!(", {} later{moves}", query::late_by(was, is)),
            (Some(was), Some(is)) if is < was => format!(", {} earlier{moves}", query::late_by(is, was)),
            (Some(_) | None, Some(_) | None) => String::new(),
        }
    }
}

fn due(targets: &Targets) -> Option<chrono::NaiveDate> {
    targets.dates.iter().filter_map(Target::last).max()
}

/// "withdrawn", or "moved to 1.5" with a part of its action.
fn went(entry: &Entry) -> &str {
    let reason = entry.withdrawn.get().and_then(Option::as_ref).map(|withdrawal| withdrawal.reason.as_str());
    reason.filter(|reason| reason.starts_with(MOVED_TO)).unwrap_or("withdrawn")
}

/// ", 16 Dec 2021 (CFT): “text”".
fn said(entry: &Entry) -> String {
    let date = entry.said.date.map(|date| format!(", {}", date_words::partial(date))).unwrap_or_default();
    let by = entry.said.by.as_ref().map(|by| format!(" ({by})")).unwrap_or_default();
    format!("{date}{by}: {}", net::quoted(&entry.said.text))
}

//! How a register differs between two moments: net, so what was changed and changed back does not appear.

mod actions;
mod meetings;
#[cfg(test)]
mod tests;

use super::change::Value;
use super::describe::{TrailLine, net};
use super::field;
use super::id::Id;
use super::plan::Plan;
use super::recommendation::Recommendation;
use super::register::Register;
use super::thing::Thing;

/// One thing that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The action that it is about, where it is about one.
    pub action: Option<Id>,
    /// As in the audit trail, but in full.
    pub line: TrailLine,
}

/// How `now` differs from `then`: plan by plan in document order, then parties and meetings.
///
/// Both are the same register at two moments, `then` the earlier.
pub fn between(then: &Register, now: &Register) -> Vec<Difference> {
    let mut comparing = Comparing { then, now, found: Vec::new() };
    comparing.plans();
    comparing.parties();
    comparing.meetings();
    comparing.found
}

struct Comparing<'a> {
    then: &'a Register,
    now: &'a Register,
    found: Vec<Difference>,
}

impl<'a> Comparing<'a> {
    fn plans(&mut self) {
        let now = self.now;
        for plan in &now.plans {
            match (self.was_there(plan.id), !now.is_hidden(plan.id)) {
                (false, true) => self.found.push(Difference { action: None, line: net::plan_came(now, plan.id) }),
                (true, false) => self.gone(plan.id, "plan"),
                (true, true) => self.plan(plan),
                (false, false) => {}
            }
        }
    }

    fn plan(&mut self, plan: &'a Plan) {
        self.fields(plan.id);
        for finding in &plan.findings {
            self.part(*finding, "finding", self.now.finding(*finding).map_or("", |finding| finding.text()));
        }
        for rec in plan.recommendations.iter().filter_map(|id| self.now.recommendation(*id)) {
            self.part(rec.id, "recommendation", rec.text());
            if !self.now.is_hidden(rec.id) {
                self.actions(rec);
            }
        }
        let alone = |id: &&Id| self.now.action(**id).is_some_and(|action| action.recommendation.is_none());
        for id in plan.actions.iter().filter(alone) {
            self.action(*id);
        }
    }

    fn actions(&mut self, rec: &Recommendation) {
        for id in &rec.actions {
            self.action(*id);
        }
    }

    /// A finding or a recommendation: new, gone, or compared field by field.
    fn part(&mut self, id: Id, what: &str, text: &str) {
        match (self.was_there(id), !self.now.is_hidden(id)) {
            (false, true) => self.say(id, what, &format!("added: {}", net::quoted(text)), text),
            (true, false) => self.gone(id, what),
            (true, true) if self.is_untouched(id) => {}
            (true, true) => self.fields(id),
            (false, false) => {}
        }
    }

    /// Whether a finding or recommendation is exactly the same: most are, and need not be compared field by field.
    fn is_untouched(&self, id: Id) -> bool {
        let (then, now) = (self.then, self.now);
        then.recommendation(id) == now.recommendation(id) && then.finding(id) == now.finding(id)
    }

    fn parties(&mut self) {
        for party in &self.now.parties {
            if self.was_there(party.id) && !self.now.is_hidden(party.id) {
                self.fields(party.id);
            }
        }
    }

    fn was_there(&self, id: Id) -> bool {
        !self.then.is_hidden(id)
    }

    /// The fields that differ.
    fn fields(&mut self, on: Id) {
        for like in self.now.thing(on).map(Thing::reported).unwrap_or_default() {
            let (was, is) = (value(self.then, on, &like), value(self.now, on, &like));
            if !says_the_same(&was, &is) {
                let mut line = net::net(self.now, on, &was, &is);
                line.sentence.push_str(&self.moved_by(on, &is));
                self.found.push(Difference { action: self.action_of(on), line });
            }
        }
    }

    fn gone(&mut self, id: Id, what: &str) {
        let reason = value(self.now, id, &Value::Withdrawn(None));
        let reason = if let Value::Withdrawn(Some(withdrawal)) = reason { withdrawal.reason } else { String::new() };
        self.say(id, what, format!("withdrawn: {reason}").trim_end_matches(": "), "");
    }

    /// Something about a thing, in words that follow its name; `to` is what is new, if anything.
    fn say(&mut self, on: Id, what: &str, words: &str, to: &str) {
        let to = Some(to.to_owned()).filter(|to| !to.is_empty());
        let line = TrailLine { to, ..net::of(self.now, on, what, words) };
        self.found.push(Difference { action: self.action_of(on), line });
    }

    /// The action that a thing is, or is about.
    fn action_of(&self, on: Id) -> Option<Id> {
        let entry = self.now.entry(on).map(|(action, _)| action.id);
        let minute = || self.now.minute(on).and_then(|(_, minute)| minute.said.action);
        self.now.action(on).map(|action| action.id).or(entry).or_else(minute)
    }
}

/// The value in force.
fn value(register: &Register, on: Id, like: &Value) -> Value {
    field::heads(register, on, like).pop().map_or_else(|| like.unset(), |head| head.value)
}

/// Whether a reader sees no difference: a document's wording for a lead, and the reason for a date that is
/// unchanged, do not count.
fn says_the_same(was: &Value, is: &Value) -> bool {
    match (was, is) {
        (Value::Leads(a), Value::Leads(b)) | (Value::Via(a), Value::Via(b)) => {
            a.iter().map(|lead| lead.party).eq(b.iter().map(|lead| lead.party))
        }
        (Value::Targets(a), Value::Targets(b)) => {
            let said = |target: &super::target::Target| (target.raw.clone(), target.span);
            a.dates.iter().map(said).eq(b.dates.iter().map(said))
        }
        (was, is) => was == is,
    }
}

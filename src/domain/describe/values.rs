//! Values and their changes in words.

use super::super::action::{Closure, Dismissal, Lead, Targets};
use super::super::change::{Kind, Value};
use super::super::flag::Flag;
use super::super::id::Id;
use super::super::meeting::{AgendaRule, Attendance, Presence, Stage};
use super::super::party::PartyKind;
use super::super::recommendation::{Acceptance, Under};
use super::super::register::Slot;
use super::super::undo::UNDONE;
use super::super::withdrawal::Withdrawal;
use super::subject::Telling;
use crate::text::{harmless, truncate};

/// So much of a text is quoted in a short sentence, in columns.
const QUOTED: usize = 60;

/// How much of a text a sentence quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quoting {
    /// The beginning: for a line on the screen.
    Beginning,
    Whole,
}

impl Quoting {
    /// A text on one line, in quotes.
    pub(super) fn quote(self, text: &str) -> String {
        let words: Vec<&str> = text.split_whitespace().collect();
        format!("“{}”", self.cut(&words.join(" ")))
    }

    pub(super) fn short(self, text: &str) -> String {
        self.cut(&text.replace('\n', " "))
    }

    fn cut(self, text: &str) -> String {
        match self {
            Quoting::Beginning => truncate(&harmless(text), QUOTED),
            Quoting::Whole => harmless(text).into_owned(),
        }
    }
}

impl Telling<'_> {
    /// A change of a field of the thing called `label`.
    pub(super) fn sentence(&self, on: Id, label: &str, then: &Value, now: &Value) -> String {
        let moved = |name: &str| {
            let shown =
                |value: &Value| self.plain(value).map_or_else(|| "none".into(), |text| self.quoting.short(&text));
            format!("{label} {name}{}{} → {}", if name.is_empty() { "" } else { " " }, shown(then), shown(now))
        };
        match now {
            Value::Rating(rating) => format!("{label} {} → {}", rated(then), rating.as_deref().unwrap_or("not rated")),
            Value::Targets(targets) => format!("{}{}", moved("target"), because(self.quoting, targets)),
            Value::Leads(_) => moved("leads"),
            Value::Via(_) => moved("via"),
            Value::Text(text) => format!("{label} reworded: {}", self.quoting.quote(text)),
            Value::Closure(closure) => closing(self.quoting, label, closure),
            Value::Acceptance(acceptance) => accepting(self.quoting, label, acceptance),
            Value::Dismissed(all) => dismissing(self.quoting, label, then, all),
            Value::Stage(stage) => staged(label, *stage),
            Value::Agenda(agenda) => format!("{label} agenda of {} items", agenda.items.len()),
            Value::Attendance(_) => {
                format!(
                    "{label} attendance: {}",
                    self.plain(now).as_deref().map_or_else(|| "nobody".into(), |text| self.quoting.short(text))
                )
            }
            Value::Body(_) => moved("body"),
            Value::Chair(_) => moved("chair"),
            Value::Day(_) => moved("day"),
            Value::NextMeeting(_) => moved("next meeting"),
            Value::Flags(flags) => doubts(self.quoting, label, then, flags),
            Value::Withdrawn(withdrawal) => self.withdrawing(on, label, then, withdrawal.as_ref()),
            Value::Marking(_) => moved("marking"),
            Value::Name(name) => format!("party {label} renamed {name}"),
            Value::Aliases(_) => moved("other names"),
            Value::Agency(_) => moved("agency"),
            Value::PartyKind(_) => moved("kind"),
            Value::AsAt(_) => moved("as at"),
            Value::Glossary(_) => format!("{label} glossary changed"),
            Value::Notes(_) => format!("{label} notes changed"),
            Value::Number(_) => moved("number"),
            Value::NumberInferred(_) => format!("{label} number settled"),
            Value::Outcome(_) => moved("outcome"),
            Value::Raw(_) => format!("{label} words of the document changed"),
            Value::Scheme(_) => moved("ratings"),
            Value::Slug(_) => moved("short name"),
            Value::Source(_) => moved("source"),
            Value::Title(_) => moved("title"),
            Value::Under(_) => moved("findings"),
        }
    }

    /// The value in full; `None` for nothing.
    pub(super) fn plain(&self, value: &Value) -> Option<String> {
        let text = match value {
            Value::Agency(agency) => agency.map_or_else(String::new, |id| self.party_name(id)),
            Value::Aliases(names) | Value::Notes(names) => names.join(" · "),
            Value::AsAt(day) => day.map_or_else(String::new, |day| day.format("%-d %b %Y").to_string()),
            Value::Closure(closure) => closure_words(closure),
            Value::Acceptance(acceptance) => acceptance_words(acceptance),
            Value::Agenda(agenda) => agenda.rules.iter().map(rule_words).collect::<Vec<_>>().join(" · "),
            Value::Attendance(people) => {
                people.iter().map(|person| self.person(person)).collect::<Vec<_>>().join(" · ")
            }
            Value::Body(body) => body.map_or_else(String::new, |id| self.party_name(id)),
            Value::Chair(name) => name.clone(),
            Value::Day(day) => day.format("%-d %b %Y").to_string(),
            Value::Dismissed(all) => all.iter().map(|one| one.challenge.as_str()).collect::<Vec<_>>().join(" · "),
            Value::NextMeeting(day) => day.map_or_else(String::new, |day| day.format("%-d %b %Y").to_string()),
            Value::Stage(stage) => stage_word(*stage).into(),
            Value::Flags(flags) => flags.iter().map(|flag| flag.why.as_str()).collect::<Vec<_>>().join(" · "),
            Value::Glossary(words) => words.iter().map(|(short, _)| short.as_str()).collect::<Vec<_>>().join(" · "),
            Value::Leads(leads) | Value::Via(leads) => self.names(leads),
            Value::Marking(text)
            | Value::Name(text)
            | Value::Number(text)
            | Value::Slug(text)
            | Value::Text(text)
            | Value::Title(text) => text.clone(),
            Value::NumberInferred(is_inferred) => if *is_inferred { "worked out" } else { "as written" }.into(),
            Value::Outcome(text) | Value::Rating(text) => text.clone().unwrap_or_default(),
            Value::PartyKind(kind) => kind_word(*kind).into(),
            Value::Raw(cells) => cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(" · "),
            Value::Scheme(scheme) => scheme.levels.iter().map(|l| l.word.as_str()).collect::<Vec<_>>().join(" · "),
            Value::Source(source) => source.file.clone(),
            Value::Targets(targets) => targets.dates.iter().map(|t| t.raw.as_str()).collect::<Vec<_>>().join(" · "),
            Value::Under(under) => self.findings(under),
            Value::Withdrawn(withdrawal) => withdrawal.as_ref().map_or_else(String::new, |w| w.reason.clone()),
        };
        Some(text).filter(|text| !text.is_empty())
    }

    /// The field in one word; for withdrawing and bringing back, the thing.
    pub(super) fn what(&self, on: Id, value: &Value) -> &'static str {
        match value {
            Value::Rating(_) => "rating",
            Value::Targets(_) => "target",
            Value::Leads(_) => "leads",
            Value::Via(_) => "via",
            Value::Text(_) => "text",
            Value::Closure(_) => "closure",
            Value::Acceptance(_) => "acceptance",
            Value::Dismissed(_) => "challenge",
            Value::Agenda(_)
            | Value::Attendance(_)
            | Value::Body(_)
            | Value::Chair(_)
            | Value::Day(_)
            | Value::NextMeeting(_)
            | Value::Stage(_) => "meeting",
            Value::Flags(_) => "flag",
            Value::Number(_) | Value::NumberInferred(_) => "number",
            Value::Outcome(_) => "outcome",
            Value::Under(_) => "findings",
            Value::Raw(_) | Value::Source(_) => "source",
            Value::Agency(_) | Value::Aliases(_) | Value::Name(_) | Value::PartyKind(_) => "party",
            Value::AsAt(_)
            | Value::Glossary(_)
            | Value::Marking(_)
            | Value::Notes(_)
            | Value::Scheme(_)
            | Value::Slug(_)
            | Value::Title(_) => "plan",
            Value::Withdrawn(_) => self.thing(on),
        }
    }

    fn thing(&self, id: Id) -> &'static str {
        let known = self.before.slots.get(&id).map(|slot| match slot {
            Slot::Plan(_) => "plan",
            Slot::Party(_) => "party",
            Slot::Finding(_) => "finding",
            Slot::Recommendation(_) => "recommendation",
            Slot::Action(_) => "action",
            Slot::Entry(..) => "progress",
            Slot::Meeting(_) => "meeting",
            Slot::Minute(..) => "minute",
        });
        let new = || {
            self.kind(id).map(|kind| match kind {
                Kind::Plan => "plan",
                Kind::Party => "party",
                Kind::Finding { .. } => "finding",
                Kind::Recommendation { .. } => "recommendation",
                Kind::Action { .. } => "action",
                Kind::Entry { .. } => "progress",
                Kind::Meeting => "meeting",
                Kind::Minute { .. } => "minute",
            })
        };
        known.or_else(new).unwrap_or("unknown")
    }

    /// Withdrawing; and, where an undo or a redo brings back what an undo had withdrawn, adding.
    fn withdrawing(&self, on: Id, label: &str, then: &Value, now: Option<&Withdrawal>) -> String {
        let was_undone = matches!(then, Value::Withdrawn(Some(withdrawal)) if withdrawal.reason == UNDONE);
        let register = self.before;
        match now {
            None if was_undone => self.added_again(on, label),
            None => format!("{label} brought back"),
            Some(withdrawal) if register.entry(on).is_some() => {
                format!("{label} progress withdrawn: {}", withdrawal.reason)
            }
            Some(withdrawal) => format!("{label} withdrawn: {}", withdrawal.reason),
        }
    }

    /// How the adding of a thing was told that is in the register.
    fn added_again(&self, on: Id, label: &str) -> String {
        let register = self.before;
        let of_entry = register
            .entry(on)
            .map(|(_, entry)| format!("{label} progress added: {}", self.quoting.quote(&entry.said.text)));
        let of_action =
            || register.action(on).map(|action| format!("{label} added: {}", self.quoting.quote(action.text())));
        let of_rec =
            || register.recommendation(on).map(|rec| format!("{label} added: {}", self.quoting.quote(rec.text())));
        let of_plan = || register.plan(on).map(|plan| super::batches::imported(register, plan));
        let of_minute = || register.minute(on).map(|(_, minute)| super::minute_told(self.quoting, label, &minute.said));
        let of_meeting = || register.meeting(on).map(|_| format!("{label} begun"));
        let other = || format!("{label} added");
        let known = of_entry.or_else(of_action).or_else(of_rec).or_else(of_plan);
        known.or_else(of_minute).or_else(of_meeting).unwrap_or_else(other)
    }

    /// "Sussex Police (A. Name), apologies".
    fn person(&self, person: &Attendance) -> String {
        let name = if person.name.is_empty() { String::new() } else { format!(" ({})", person.name) };
        let presence = match person.presence {
            Presence::Present => "",
            Presence::Apologies => ", apologies",
        };
        format!("{}{name}{presence}", self.party_name(person.party))
    }

    fn names(&self, leads: &[Lead]) -> String {
        leads.iter().map(|lead| self.party_name(lead.party)).collect::<Vec<_>>().join(" · ")
    }

    fn findings(&self, under: &Under) -> String {
        match under {
            Under::Nothing => String::new(),
            Under::AllFindings => "all".into(),
            Under::Findings(ids) => {
                let labels: Vec<String> = ids.iter().map(|id| self.place(*id).label).collect();
                labels.iter().map(|label| label.trim_start_matches("finding ")).collect::<Vec<_>>().join(" · ")
            }
        }
    }
}

/// The word for a kind of party.
pub(super) fn kind_word(kind: PartyKind) -> &'static str {
    match kind {
        PartyKind::Agency => "agency",
        PartyKind::Subgroup => "subgroup",
        PartyKind::Post => "post",
        PartyKind::Everyone => "all agencies",
    }
}

fn rated(value: &Value) -> &str {
    if let Value::Rating(Some(word)) = value { word } else { "not rated" }
}

fn because(quoting: Quoting, targets: &Targets) -> String {
    let is_unclear = targets.dates.iter().any(|target| target.span.is_none());
    let doubt = if is_unclear { ", no date understood" } else { "" };
    let reason = targets.reason.trim();
    if reason.is_empty() { doubt.into() } else { format!("{doubt} ({})", quoting.short(reason)) }
}

fn closing(quoting: Quoting, label: &str, closure: &Closure) -> String {
    match closure {
        Closure::Open => format!("{label} reopened"),
        Closure::Proposed { evidence } => format!("{label} proposed for closure: {}", quoting.quote(evidence)),
        Closure::Closed { evidence } => format!("{label} closed: {}", quoting.quote(evidence)),
        Closure::NotImplemented { reason } => format!("{label} will not be implemented: {}", quoting.quote(reason)),
    }
}

fn closure_words(closure: &Closure) -> String {
    match closure {
        Closure::Open => "open".into(),
        Closure::Proposed { evidence } => format!("proposed: {evidence}"),
        Closure::Closed { evidence } => format!("closed: {evidence}"),
        Closure::NotImplemented { reason } => format!("not implemented: {reason}"),
    }
}

fn accepting(quoting: Quoting, label: &str, acceptance: &Acceptance) -> String {
    match acceptance {
        Acceptance::NotStated => format!("{label} acceptance taken back"),
        Acceptance::Accepted => format!("{label} accepted"),
        Acceptance::Partly { reason } => format!("{label} partly accepted: {}", quoting.quote(reason)),
        Acceptance::NotAccepted { reason } => format!("{label} not accepted: {}", quoting.quote(reason)),
    }
}

fn acceptance_words(acceptance: &Acceptance) -> String {
    match acceptance {
        Acceptance::NotStated => String::new(),
        Acceptance::Accepted => "accepted".into(),
        Acceptance::Partly { reason } => format!("partly accepted: {reason}"),
        Acceptance::NotAccepted { reason } => format!("not accepted: {reason}"),
    }
}

fn dismissing(quoting: Quoting, label: &str, then: &Value, now: &[Dismissal]) -> String {
    let before: &[Dismissal] = if let Value::Dismissed(all) = then { all } else { &[] };
    match now.iter().find(|one| !before.contains(one)) {
        Some(new) => {
            format!("{label} challenge put aside ({}): {}", quoting.short(&new.reason), quoting.short(&new.challenge))
        }
        None => format!("{label} challenge raised again"),
    }
}

fn staged(label: &str, stage: Stage) -> String {
    match stage {
        Stage::Open => format!("{label} open again"),
        Stage::Ended => format!("{label} ended"),
        Stage::Reopened => format!("{label} reopened for corrections"),
        Stage::Agreed => format!("{label}: minutes agreed"),
    }
}

/// How far a meeting has come, in a word.
pub fn stage_word(stage: Stage) -> &'static str {
    match stage {
        Stage::Open => "open",
        Stage::Ended => "ended",
        Stage::Reopened => "reopened",
        Stage::Agreed => "agreed",
    }
}

/// Why actions are on an agenda, in a few words.
pub fn rule_words(rule: &AgendaRule) -> String {
    match rule {
        AgendaRule::Overdue => "overdue".into(),
        AgendaRule::Changed => "changed since the last meeting".into(),
        AgendaRule::Due => "due before the next meeting".into(),
        AgendaRule::ProposedForClosure => "proposed for closure".into(),
        AgendaRule::Challenged => "challenged".into(),
        AgendaRule::RedAndAmber => "red, amber and not rated".into(),
        AgendaRule::CarriedForward => "carried forward".into(),
        AgendaRule::Filter(text) => text.clone(),
        AgendaRule::Everything => "everything".into(),
    }
}

fn doubts(quoting: Quoting, label: &str, then: &Value, now: &[Flag]) -> String {
    let before: &[Flag] = if let Value::Flags(flags) = then { flags } else { &[] };
    let settled = before.iter().find(|flag| !now.contains(flag));
    let raised = now.iter().find(|flag| !before.contains(flag));
    match (settled, raised) {
        (Some(flag), None) => format!("{label} doubt about the {} settled: {}", flag.field, quoting.short(&flag.why)),
        (None, Some(flag)) => format!("{label} doubt about the {}: {}", flag.field, quoting.short(&flag.why)),
        (Some(_), Some(_)) | (None, None) => format!("{label} doubts changed"),
    }
}

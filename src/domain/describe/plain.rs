//! Values in words, in full: one form for each type that a field can hold.

use chrono::NaiveDate;

use super::super::action::{Above, Closure, Dismissal, Extension, Follows, Lead, Targets};
use super::super::change::Value;
use super::super::chase::{Address, Asked};
use super::super::date_words;
use super::super::flag::{Flag, RawCell, Source};
use super::super::id::Id;
use super::super::meeting::{Agenda, AgendaRule, Attendance, Presence, Received, Stage};
use super::super::particular::{Term, Worded};
use super::super::party::PartyKind;
use super::super::rating::Scheme;
use super::super::recommendation::{Acceptance, Under};
use super::super::table::values;
use super::super::timing::{self, CameOrWent, Moves, Planned, Times};
use super::super::withdrawal::Withdrawal;
use super::subject::Telling;
use crate::text::counted;

/// A value in words; empty for nothing. Names are those of the register before the change.
pub(in crate::domain) trait Plain {
    fn plain(&self, telling: &Telling<'_>) -> String;
}

macro_rules! plain {
    ($($variant:ident($type:ty) $log:literal $name:literal $word:literal $told:ident $(or $unset:expr)?;)*) => {
        fn in_words(value: &Value, telling: &Telling<'_>) -> String {
            match value {
                $(Value::$variant(value) => value.plain(telling)),*
            }
        }
    };
}
values!(plain);

impl Telling<'_> {
    /// The value in full; `None` for nothing.
    pub(super) fn plain(&self, value: &Value) -> Option<String> {
        Some(in_words(value, self)).filter(|text| !text.is_empty())
    }
}

fn listed<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    texts.collect::<Vec<_>>().join(" · ")
}

impl Plain for String {
    fn plain(&self, _: &Telling<'_>) -> String {
        self.clone()
    }
}

impl Plain for Option<String> {
    fn plain(&self, _: &Telling<'_>) -> String {
        self.clone().unwrap_or_default()
    }
}

impl<T: Term> Plain for Option<T> {
    fn plain(&self, _: &Telling<'_>) -> String {
        self.words().to_owned()
    }
}

impl Plain for Vec<String> {
    fn plain(&self, _: &Telling<'_>) -> String {
        self.join(" · ")
    }
}

/// The audit trail is a report, and no report gives an address away.
impl Plain for Address {
    fn plain(&self, _: &Telling<'_>) -> String {
        if self.0.is_empty() { String::new() } else { "an address".into() }
    }
}

impl Plain for Asked {
    fn plain(&self, telling: &Telling<'_>) -> String {
        let one = |day, party| format!("{} ({})", date_words::day(day), telling.party_name(party));
        self.of.iter().map(|asked| one(asked.day, asked.party)).collect::<Vec<_>>().join(" · ")
    }
}

/// Whether a number was inferred.
impl Plain for bool {
    fn plain(&self, _: &Telling<'_>) -> String {
        if *self { "inferred" } else { "as written" }.into()
    }
}

impl Plain for NaiveDate {
    fn plain(&self, _: &Telling<'_>) -> String {
        self.format("%-d %b %Y").to_string()
    }
}

impl Plain for Option<NaiveDate> {
    fn plain(&self, telling: &Telling<'_>) -> String {
        self.map_or_else(String::new, |day| day.plain(telling))
    }
}

/// A party.
impl Plain for Option<Id> {
    fn plain(&self, telling: &Telling<'_>) -> String {
        self.map_or_else(String::new, |party| telling.party_name(party))
    }
}

/// The recommendation that an action was moved to.
impl Plain for Above {
    fn plain(&self, telling: &Telling<'_>) -> String {
        self.0.map_or_else(String::new, |rec| telling.number_of(rec))
    }
}

impl Plain for Follows {
    fn plain(&self, telling: &Telling<'_>) -> String {
        self.0.map_or_else(String::new, |action| telling.place(action).label)
    }
}

/// The acronyms of a glossary.
impl Plain for Vec<(String, String)> {
    fn plain(&self, _: &Telling<'_>) -> String {
        listed(self.iter().map(|(short, _)| short.as_str()))
    }
}

impl Plain for Vec<Lead> {
    fn plain(&self, telling: &Telling<'_>) -> String {
        self.iter().map(|lead| telling.party_name(lead.party)).collect::<Vec<_>>().join(" · ")
    }
}

impl Plain for Targets {
    fn plain(&self, _: &Telling<'_>) -> String {
        listed(self.dates.iter().map(|target| target.raw.as_str()))
    }
}

impl Plain for Option<Extension> {
    fn plain(&self, _: &Telling<'_>) -> String {
        self.as_ref().map_or_else(String::new, |asked| format!("{}{}", asked.wanted(), asked.because()))
    }
}

impl Plain for Closure {
    fn plain(&self, _: &Telling<'_>) -> String {
        let with = |what: &str, why: &str| if why.is_empty() { what.to_owned() } else { format!("{what}: {why}") };
        match self {
            Closure::Open => "open".into(),
            Closure::Proposed { evidence } => with("proposed", evidence),
            Closure::Closed { evidence } => with("closed", evidence),
            Closure::NotImplemented { reason } => format!("not implemented: {reason}"),
        }
    }
}

impl Plain for Acceptance {
    fn plain(&self, _: &Telling<'_>) -> String {
        match self {
            Acceptance::NotStated => String::new(),
            Acceptance::Accepted => "accepted".into(),
            Acceptance::Partly { reason } => format!("partly accepted: {reason}"),
            Acceptance::NotAccepted { reason } => format!("not accepted: {reason}"),
        }
    }
}

impl Plain for Vec<Dismissal> {
    fn plain(&self, _: &Telling<'_>) -> String {
        listed(self.iter().map(|one| one.challenge.as_str()))
    }
}

impl Plain for Vec<Flag> {
    fn plain(&self, _: &Telling<'_>) -> String {
        listed(self.iter().map(|flag| flag.why.as_str()))
    }
}

impl Plain for Vec<RawCell> {
    fn plain(&self, _: &Telling<'_>) -> String {
        listed(self.iter().map(|cell| cell.text.as_str()))
    }
}

impl Plain for Source {
    fn plain(&self, _: &Telling<'_>) -> String {
        self.file.clone()
    }
}

impl Plain for Scheme {
    fn plain(&self, _: &Telling<'_>) -> String {
        listed(self.levels.iter().map(|level| level.word.as_str()))
    }
}

impl Plain for PartyKind {
    fn plain(&self, _: &Telling<'_>) -> String {
        kind_word(*self).into()
    }
}

impl Plain for Under {
    fn plain(&self, telling: &Telling<'_>) -> String {
        match self {
            Under::Nothing => String::new(),
            Under::AllFindings => "all".into(),
            Under::Findings(ids) => {
                let labels: Vec<String> = ids.iter().map(|id| telling.place(*id).label).collect();
                listed(labels.iter().map(|label| label.trim_start_matches("finding ")))
            }
        }
    }
}

impl Plain for Agenda {
    fn plain(&self, _: &Telling<'_>) -> String {
        self.rules.iter().map(rule_words).collect::<Vec<_>>().join(" · ")
    }
}

impl Plain for Received {
    fn plain(&self, _: &Telling<'_>) -> String {
        counted(self.0.len(), "update")
    }
}

/// "Sussex Police (A. Name), apologies".
impl Plain for Vec<Attendance> {
    fn plain(&self, telling: &Telling<'_>) -> String {
        let person = |person: &Attendance| {
            let who = match person.party.map(|party| telling.party_name(party)) {
                Some(party) if person.name.is_empty() => party.clone(),
                Some(party) => format!("{party} ({})", person.name),
                None => person.name.clone(),
            };
            let presence = match person.presence {
                Presence::Present => "",
                Presence::Apologies => ", apologies",
            };
            format!("{who}{presence}")
        };
        self.iter().map(person).collect::<Vec<_>>().join(" · ")
    }
}

/// "Sussex Police (A. Name) joined at 10:20".
impl Plain for Moves {
    fn plain(&self, telling: &Telling<'_>) -> String {
        let one = |(at, _)| move_told(telling, &self.0, at);
        self.0.iter().enumerate().map(one).collect::<Vec<_>>().join(" · ")
    }
}

/// The sentence of the move at that place.
pub(super) fn move_told(telling: &Telling<'_>, moves: &[CameOrWent], at: usize) -> String {
    let Some(one) = moves.get(at) else { return String::new() };
    let name = |party| telling.party_name(party);
    timing::move_words_of(&name, moves.get(..at).unwrap_or_default(), one)
}

/// "7.1 10:30, 15 min".
impl Plain for Times {
    fn plain(&self, telling: &Telling<'_>) -> String {
        let one = |slot: &Planned| format!("{} {}", telling.place(slot.item).label, timing::slot_words(*slot));
        self.0.iter().map(one).collect::<Vec<_>>().join(" · ")
    }
}

impl Plain for Stage {
    fn plain(&self, _: &Telling<'_>) -> String {
        stage_word(*self).into()
    }
}

impl Plain for Option<Withdrawal> {
    fn plain(&self, _: &Telling<'_>) -> String {
        self.as_ref().map_or_else(String::new, |withdrawal| withdrawal.reason.clone())
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

/// The stage a meeting has reached, in one word.
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

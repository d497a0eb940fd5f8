//! Chasing: where a party's mail goes, when the leads of an action were asked about it, and whether they have answered.

use chrono::NaiveDate;

use super::action::Action;
use super::date_words;
use super::filter::{Filter, quoted};
use super::id::Id;
use super::party::{Party, PartyKind};
use super::query;
use super::register::Register;

/// Where mail to a party goes: one address or several, as mail writes them: "a@b.uk, Safeguarding <c@d.uk>".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address(pub String);

/// One party was asked about an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub party: Id,
    pub day: NaiveDate,
    /// By when it should answer.
    pub by: Option<NaiveDate>,
}

/// Who was asked about an action and has not answered since, and how the action then was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    pub of: Vec<Request>,
    /// How many progress entries it had.
    pub entries: u32,
    /// What wrote its rating, targets, closure and extension request.
    pub seen: Vec<Id>,
}

impl Asked {
    /// Of an action as it now is.
    pub fn now(action: &Action, of: Vec<Request>) -> Asked {
        Asked { of, entries: entries(action), seen: told(action) }
    }
}

impl Party {
    pub fn address(&self) -> &str {
        self.address.get().map_or("", |address| address.0.as_str())
    }
}

impl Action {
    /// What was asked about it last, if anything was.
    pub fn asked(&self) -> Option<&Asked> {
        self.asked.get().filter(|asked| !asked.of.is_empty())
    }

    /// What was asked about it, if nothing was heard since: no progress, no other rating, target, closure or request.
    pub fn unanswered(&self) -> Option<&Asked> {
        let is_same = |asked: &&Asked| entries(self) <= asked.entries && told(self) == asked.seen;
        self.asked().filter(is_same).filter(|_| !self.is_closed())
    }
}

fn entries(action: &Action) -> u32 {
    u32::try_from(action.progress().count()).unwrap_or(u32::MAX)
}

/// The changes that wrote what an answer may change.
fn told(action: &Action) -> Vec<Id> {
    let ids = [action.rating.ids(), action.targets.ids(), action.closure.ids(), action.extension.ids()];
    let mut ids = ids.concat();
    ids.sort_unstable();
    ids
}

/// "asked 12 Nov 2026 (Sussex Police), no answer".
pub fn asked_words(register: &Register, action: &Action) -> Option<String> {
    let asked = action.asked()?;
    let answer = if action.unanswered().is_some() { "no answer" } else { "answered since" };
    let mut days: Vec<NaiveDate> = asked.of.iter().map(|one| one.day).collect();
    days.sort_unstable();
    days.dedup();
    let of_day = |day: &NaiveDate| {
        let names = asked.of.iter().filter(|one| one.day == *day).map(|one| register.party_name(one.party));
        format!("{} ({})", date_words::day(*day), names.collect::<Vec<_>>().join(", "))
    };
    Some(format!("asked {}, {answer}", days.iter().map(of_day).collect::<Vec<_>>().join(" and ")))
}

/// Why a lead is asked about an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Why {
    pub overdue: bool,
    /// It is due within the days asked for.
    pub due: bool,
    /// It was asked about before, and nothing was heard since.
    pub unanswered: bool,
}

/// What one party is to be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    pub party: Id,
    /// Where it goes; empty where no address is known.
    pub to: String,
    /// In the order of the plans.
    pub actions: Vec<(Id, Why)>,
}

/// What every lead is to be asked; one party only, if it is named.
pub fn letters(register: &Register, today: NaiveDate, days: u64, only: Option<Id>) -> Vec<Letter> {
    let wanted = leads(register).filter(|party| only.is_none_or(|only| only == party.id));
    let letter = |party: &Party| {
        let theirs = theirs(register, party);
        let asked =
            theirs(today).into_iter().filter_map(|action| Some((action.id, why(register, action, today, days)?)));
        let actions: Vec<(Id, Why)> = asked.collect();
        let to = addresses(register, party, &actions);
        (!actions.is_empty()).then_some(Letter { party: party.id, to, actions })
    };
    wanted.filter_map(letter).collect()
}

/// Whom to ask: every party that leads something and is not a part of another.
pub fn leads(register: &Register) -> impl Iterator<Item = &Party> {
    let leads = |party: &Party| {
        let is_its = |action| query::leads(register, action, party.id);
        party.kind() == PartyKind::Agency || register.visible_actions().any(is_its)
    };
    let visible = register.parties.iter().filter(|party| !register.is_hidden(party.id));
    visible.filter(move |party| party.agency().is_none() && party.kind() != PartyKind::Everyone && leads(party))
}

/// The filter for the open actions that a party leads.
pub fn open_actions_of(party: &Party) -> String {
    format!("lead:{} open", quoted(party.name()))
}

/// The open actions that a party leads, with those for all agencies.
fn theirs<'a>(register: &'a Register, party: &Party) -> impl Fn(NaiveDate) -> Vec<&'a Action> {
    let filter = Filter::parse_unread(&open_actions_of(party), register).unwrap_or_default();
    move |today| {
        let is_theirs = |action: &&Action| filter.matches(register, action, today).is_some();
        register.visible_actions().filter(is_theirs).collect()
    }
}

fn why(register: &Register, action: &Action, today: NaiveDate, days: u64) -> Option<Why> {
    let why = Why {
        overdue: query::is_overdue(register, action, today),
        due: query::is_due_within(register, action, today, days),
        unanswered: action.unanswered().is_some() && !query::is_done(register, action),
    };
    (why.overdue || why.due || why.unanswered).then_some(why)
}

/// The party's own address, and those of its posts and teams that lead one of the actions.
fn addresses(register: &Register, party: &Party, actions: &[(Id, Why)]) -> String {
    let led = actions.iter().filter_map(|(id, _)| register.action(*id)).flat_map(Action::leads).map(|lead| lead.party);
    let within = led.filter(|lead| query::chain(register, *lead).contains(&party.id));
    let mut all: Vec<&str> = Vec::new();
    for party in std::iter::once(party.id).chain(within).filter_map(|id| register.party(id)) {
        for one in party.address().split(", ").filter(|one| !one.is_empty()) {
            if !all.contains(&one) {
                all.push(one);
            }
        }
    }
    all.join(", ")
}

//! Whether an action passes a filter.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::super::action::Action;
use super::super::conflict;
use super::super::flag::GONE;
use super::super::id::Id;
use super::super::meeting::Meeting;
use super::super::outline::Named;
use super::super::particular::Particular;
use super::super::plan::Plan;
use super::super::query;
use super::super::recommendation::Under;
use super::super::register::Register;
use super::dates::DateTest;
use super::{Filter, Flag, Match, Role, Term, Test, Wanted};
use crate::text;

impl Filter {
    /// Whether and how `action` matches. Builds the action's text where the filter searches it.
    pub fn matches(&self, register: &Register, action: &Action, today: NaiveDate) -> Option<Match> {
        let text = if self.searches_text() { query::search_text(register, action) } else { String::new() };
        Seen { register, action, today, text: &text }.passes_all(self.terms.iter())
    }
}

/// What a filter calls a term that is not stated.
const NOTHING: &str = "none";

/// An action as a filter sees it.
pub(super) struct Seen<'a> {
    pub register: &'a Register,
    pub action: &'a Action,
    pub today: NaiveDate,
    /// Its [`query::search_text`], where a term searches it.
    pub text: &'a str,
}

impl Seen<'_> {
    pub fn passes_all<'t>(&self, terms: impl Iterator<Item = &'t Term> + Clone) -> Option<Match> {
        // Challenges read all progress, so they are computed last, for what passes everything else.
        let first = terms.clone().filter(|term| !is_dear(&term.test));
        let last = terms.filter(|term| is_dear(&term.test));
        let mut result = Match::Own;
        for term in first.chain(last) {
            if self.passes(term)? == Match::ForAll {
                result = Match::ForAll;
            }
        }
        Some(result)
    }

    fn passes(&self, term: &Term) -> Option<Match> {
        let found = self.test(&term.test);
        if term.is_not { found.is_none().then_some(Match::Own) } else { found }
    }

    fn test(&self, test: &Test) -> Option<Match> {
        let passes = match test {
            Test::Party(role, wanted) => return self.party(*role, wanted),
            Test::Rating(words) => is_rated(self.action.rating(), words),
            Test::Due(tests) => tests.iter().any(|test| self.due(test)),
            Test::Changed(tests) => tests.iter().any(|test| test.accepts(self.action.changed, self.today)),
            Test::Finding(numbers) => numbers.iter().any(|number| self.finding(number)),
            Test::Recommendation(numbers) => self.recommendation(numbers),
            Test::Reference(references) => references.iter().any(|reference| self.reference(reference)),
            Test::Plan(slugs) => slugs.iter().any(|slug| self.slug().eq_ignore_ascii_case(slug)),
            Test::Particular(particular, words) => self.particular(*particular, words),
            Test::Flag(flag) => self.flag(*flag),
            Test::Duplicate(alike) => alike.binary_search(&self.action.id).is_ok(),
            Test::Found(_, ids) => ids.binary_search(&self.action.id).is_ok(),
            Test::Text(needle) => needle.is_in(self.text),
        };
        passes.then_some(Match::Own)
    }

    fn party(&self, role: Role, wanted: &[Wanted]) -> Option<Match> {
        of_party(role, wanted, self.action.plan, Named::By(self.action))
    }

    /// "Due within 30 days" means what is not done; the other tests are about the date alone.
    fn due(&self, test: &DateTest) -> bool {
        let is_passed = test.accepts(self.action.due(), self.today);
        match test {
            DateTest::Within(_) => is_passed && !query::is_done(self.register, self.action),
            DateTest::Missing | DateTest::In(_) | DateTest::Before(_) | DateTest::After(_) | DateTest::Between(..) => {
                is_passed
            }
        }
    }

    fn finding(&self, number: &str) -> bool {
        let rec = self.action.recommendation.and_then(|id| self.register.recommendation(id));
        match rec.and_then(|rec| rec.under.get()) {
            None | Some(Under::Nothing) => false,
            Some(Under::AllFindings) => number == "all",
            Some(Under::Findings(ids)) => {
                let mut findings = ids.iter().filter_map(|id| self.register.finding(*id));
                findings.any(|finding| lower(finding.number()) == number)
            }
        }
    }

    fn recommendation(&self, numbers: &[String]) -> bool {
        let rec = self.action.recommendation.and_then(|id| self.register.recommendation(id));
        rec.is_some_and(|rec| numbers.iter().any(|number| lower(rec.number()) == number.as_str()))
    }

    /// What is stated in any of these words; "none" is where nothing is.
    fn particular(&self, particular: Particular, words: &[String]) -> bool {
        let rec = self.action.recommendation.and_then(|id| self.register.recommendation(id));
        let stated = rec.map_or("", |rec| particular.of(rec));
        let stated = if stated.is_empty() { NOTHING.into() } else { lower(stated) };
        words.iter().any(|word| *word == stated)
    }

    fn reference(&self, wanted: &str) -> bool {
        let own = self.register.reference(self.action).to_lowercase();
        match wanted.split_once(':') {
            Some((slug, reference)) => own == reference && lower(self.slug()) == slug,
            None => own == wanted,
        }
    }

    fn slug(&self) -> &str {
        self.register.plan(self.action.plan).map_or("", Plan::slug)
    }

    fn flag(&self, flag: Flag) -> bool {
        match flag {
            Flag::Overdue => query::is_overdue(self.register, self.action, self.today),
            Flag::Challenge => query::is_challenged(self.register, self.action, self.today),
            Flag::Doubt => query::is_flagged(self.register, self.action),
            Flag::Conflict => conflict::is_in(self.action),
            Flag::Gone => self.action.flags().iter().any(|flag| flag.field == GONE),
            Flag::Closed => self.action.is_closed(),
            Flag::Open => !self.action.is_closed(),
            Flag::Proposed => query::is_proposed(self.action),
            Flag::Extension => self.action.extension().is_some() && !self.action.is_closed(),
            Flag::Unanswered => self.action.unanswered().is_some(),
            Flag::Agenda => self.in_meeting(|meeting| meeting.items().contains(&self.action.id)),
            Flag::Discussed => self.in_meeting(|meeting| meeting.is_dealt_with(self.action.id)),
        }
    }

    /// Whether it holds for the open meeting.
    fn in_meeting(&self, is_so: impl FnOnce(&Meeting) -> bool) -> bool {
        self.register.open_meeting().is_some_and(is_so)
    }
}

/// Whether an action that names these parties is one of a party that is wanted.
pub(super) fn of_party(role: Role, wanted: &[Wanted], plan: Id, parties: Named<'_>) -> Option<Match> {
    let is_own = |party: Id| wanted.iter().any(|wanted| wanted.own.binary_search(&party).is_ok());
    let is_for_all = |party| wanted.iter().any(|wanted| wanted.everyone.contains(&party) && wanted.takes_part(plan));
    let (leads, via) = (role != Role::Via, role != Role::Lead);
    if (leads && parties.leads().any(is_own)) || (via && parties.via().any(is_own)) {
        Some(Match::Own)
    } else {
        (leads && parties.leads().any(is_for_all)).then_some(Match::ForAll)
    }
}

/// Whether a rating is one of these words.
pub(super) fn is_rated(rating: Option<&str>, words: &[Option<String>]) -> bool {
    let now = rating.map(lower);
    words.iter().any(|word| word.as_deref() == now.as_deref())
}

fn is_dear(test: &Test) -> bool {
    matches!(test, Test::Flag(Flag::Challenge))
}

fn lower(text: &str) -> Cow<'_, str> {
    let is_lower = text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_lower { Cow::Borrowed(text) } else { Cow::Owned(text::lower(text)) }
}

//! The agenda of a meeting: actions put on it by rules, which may be combined.

use chrono::{Days, NaiveDate};

mod carried;
mod origins;
mod reach;

pub use carried::{Carried, Held};
pub use reach::{typed as typed_reach, usual as usual_reach, words as reach_words};

use super::action::Action;
use super::challenge;
use super::describe::{rule_words, sentence};
use super::filter::{Filter, nearest};
use super::id::Id;
use super::meeting::{Agenda, AgendaRule, Meeting, Reach};
use super::query;
use super::register::Register;
use crate::problem::Problem;

/// How far ahead to look where no next meeting is known: boards meet every quarter.
const QUARTER: Days = Days::new(91);

/// The rules by the words typed for them; any other text is a filter.
const RULES: [(&str, AgendaRule); 8] = [
    ("overdue", AgendaRule::Overdue),
    ("changed", AgendaRule::Changed),
    ("due", AgendaRule::Due),
    ("proposed", AgendaRule::ProposedForClosure),
    ("challenged", AgendaRule::Challenged),
    ("red and amber", AgendaRule::RedAndAmber),
    ("carried forward", AgendaRule::CarriedForward),
    ("everything", AgendaRule::Everything),
];

/// The agenda of a meeting unless another is chosen.
pub const USUAL: &str = "carried forward, overdue, proposed, challenged, red and amber";

/// The rules in a text, separated by commas; anything else is a filter.
///
/// # Errors
/// Why a filter cannot be understood, or which words are no rule and are found in no action.
pub fn rules(text: &str, register: &Register, today: NaiveDate) -> Result<Vec<AgendaRule>, Problem> {
    let rules = understood(text, register, today)?;
    match rules.iter().find_map(|rule| not_found(rule, register, today)) {
        Some(words) => Err(no_rule(words)),
        None => Ok(rules),
    }
}

/// The words of a rule that only searches for words, and finds none: most likely a slip in the name of another.
fn not_found<'a>(rule: &'a AgendaRule, register: &Register, today: NaiveDate) -> Option<&'a str> {
    let AgendaRule::Filter(words) = rule else { return None };
    let filter = filter_of(rule, register, today).filter(Filter::is_words)?;
    let is_found = register.visible_actions().any(|action| filter.matches(register, action, today).is_some());
    (!is_found).then(|| words.trim_matches('"'))
}

fn no_rule(words: &str) -> Problem {
    let names = RULES.iter().map(|(name, _)| *name);
    let hint = match nearest(words, names).first() {
        Some(name) => format!("Did you mean “{name}”?"),
        None => format!("Write any of {}.", self::words()),
    };
    Problem::new("The agenda is not settled", format!("“{words}” is no rule, and no action contains it"), hint)
}

/// The same rules, without asking whether they find anything.
///
/// # Errors
/// Why a filter cannot be understood.
pub fn understood(text: &str, register: &Register, today: NaiveDate) -> Result<Vec<AgendaRule>, Problem> {
    parts(text).into_iter().map(|words| rule(words, register, today)).collect()
}

/// Commas and semicolons separate rules, but not within quotes, nor in the list of a filter (`rating:red,amber`).
fn parts(text: &str) -> Vec<&str> {
    let (mut parts, mut from, mut is_quoted) = (Vec::new(), 0, false);
    for (at, letter) in text.char_indices() {
        is_quoted ^= letter == '"';
        let in_list = || text.get(from..at).is_some_and(|part| part.contains(':')) && !ends_word(text.get(at + 1..));
        if !is_quoted && (letter == ';' || (letter == ',' && !in_list())) {
            parts.extend(text.get(from..at));
            from = at + 1;
        }
    }
    parts.extend(text.get(from..));
    parts.into_iter().map(str::trim).filter(|words| !words.is_empty()).collect()
}

fn ends_word(rest: Option<&str>) -> bool {
    rest.is_none_or(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
}

/// All words for rules, for a sentence that names them.
pub fn words() -> String {
    let names: Vec<&str> = RULES.iter().map(|(name, _)| *name).collect();
    format!("{}, or a filter", names.join(", "))
}

/// A rule in the words in which it is typed.
pub fn typed(rule: &AgendaRule) -> Option<String> {
    RULES.iter().find(|(_, known)| known == rule).map(|(name, _)| (*name).to_owned())
}

fn rule(words: &str, register: &Register, today: NaiveDate) -> Result<AgendaRule, Problem> {
    let known = RULES.iter().find(|(name, _)| name.eq_ignore_ascii_case(words));
    known.map_or_else(
        || Filter::parse(words, register, today).map(|filter| AgendaRule::Filter(filter.to_string())),
        |(_, rule)| Ok(rule.clone()),
    )
}

/// What an agenda is made for.
#[derive(Clone, Copy, Debug)]
pub struct Occasion {
    /// The body that meets, where it is known already.
    pub body: Option<Id>,
    pub day: NaiveDate,
    /// When it meets next.
    pub next: Option<NaiveDate>,
    pub reach: Reach,
    /// The meeting itself, once it is open.
    pub meeting: Option<Id>,
}

impl Occasion {
    /// That of a meeting that has begun.
    pub fn of(meeting: &Meeting, today: NaiveDate) -> Occasion {
        Occasion {
            body: meeting.body(),
            day: meeting.day().unwrap_or(today),
            next: meeting.next(),
            reach: meeting.reach(),
            meeting: Some(meeting.id),
        }
    }
}

/// The agenda that rules give, in the order of the plans. What the body has carried forward, or not reached, is on it
/// whatever the rules and the reach say, until it is dealt with.
pub fn agenda(register: &Register, occasion: &Occasion, rules: Vec<AgendaRule>) -> Agenda {
    agenda_and_rest(register, occasion, rules).0
}

/// The agenda, and how many actions the rules select that are not on it because they are not within its reach.
pub fn agenda_and_rest(register: &Register, occasion: &Occasion, mut rules: Vec<AgendaRule>) -> (Agenda, usize) {
    let held = Held::of(register, occasion.body, occasion.day, occasion.meeting);
    let is_left = |action: &Action| held.carried(action).is_some();
    let names = |rule: &AgendaRule| matches!(rule, AgendaRule::CarriedForward | AgendaRule::Everything);
    if !rules.iter().any(names) && register.visible_actions().any(is_left) {
        rules.insert(0, AgendaRule::CarriedForward);
    }
    let chosen = Chosen::new(register, occasion, &rules);
    let selected = register.visible_actions().filter(|action| is_left(action) || chosen.is(action));
    let (on, out): (Vec<&Action>, Vec<&Action>) =
        selected.partition(|action| chosen.is_within(action) || is_left(action));
    let items = on.into_iter().map(|action| action.id).collect();
    (Agenda { rules, items, of: Some(occasion.reach) }, out.len())
}

/// Why an item is on the agenda of a meeting, as far as it still is: "carried 3 times since 28 Nov 2026, overdue".
pub fn why(register: &Register, meeting: &Meeting, action: &Action, today: NaiveDate) -> String {
    why_each(register, meeting, &Occasion::of(meeting, today))(action)
}

/// The same for many items: what the rules ask about is found once.
pub fn why_each<'a>(
    register: &'a Register,
    meeting: &'a Meeting,
    occasion: &'a Occasion,
) -> impl Fn(&Action) -> String + 'a {
    why_by(register, meeting.agenda.get().map_or(&[][..], |agenda| agenda.rules.as_slice()), occasion)
}

/// Why an action would be on an agenda made by these rules.
pub fn why_by<'a>(
    register: &'a Register,
    rules: &'a [AgendaRule],
    occasion: &'a Occasion,
) -> impl Fn(&Action) -> String + 'a {
    let others = rules.iter().filter(|rule| **rule != AgendaRule::CarriedForward);
    let others: Vec<_> = others.map(|rule| (rule, filter_of(rule, register, occasion.day))).collect();
    let asked = asked(register, occasion);
    move |action| {
        let carried = asked.held.carried(action).map(Carried::words);
        let applying = others.iter().filter(|(rule, filter)| asked.is(action, rule, filter.as_ref()));
        let others = applying.map(|(rule, _)| match rule {
            AgendaRule::Filter(text) if *text == only(register, action) => "put on it by the chair".to_owned(),
            AgendaRule::RedAndAmber => sentence::rating(register, action),
            rule => rule_words(rule),
        });
        carried.into_iter().chain(others).collect::<Vec<_>>().join(", ")
    }
}

/// The plan of all items of a meeting, where it is one.
pub fn only_plan(register: &Register, meeting: &Meeting) -> Option<Id> {
    let mut plans = meeting.items().iter().filter_map(|id| register.action(*id)).map(|action| action.plan);
    let first = plans.next()?;
    plans.all(|plan| plan == first).then_some(first)
}

/// Whether a meeting could have an action on its agenda: it is one of those that it reviews.
pub fn is_reviewed(register: &Register, meeting: &Meeting, action: &Action) -> bool {
    reach::is_within(register, meeting.reach(), meeting.body(), action)
}

/// The agenda of a meeting under other rules: what was dealt with stays, and so does what one of its filters added.
pub fn rebuilt(register: &Register, meeting: &Meeting, rules: Vec<AgendaRule>, today: NaiveDate) -> Agenda {
    let filters: Vec<Filter> = rules.iter().filter_map(|rule| filter_of(rule, register, today)).collect();
    let made = agenda(register, &Occasion::of(meeting, today), rules);
    let stays = |action: &Action| {
        let is_found = || filters.iter().any(|filter| filter.matches(register, action, today).is_some());
        meeting.items().contains(&action.id) && (meeting.is_dealt_with(action.id) || is_found())
    };
    let items = register.visible_actions().filter(|action| made.items.contains(&action.id) || stays(action));
    Agenda { items: items.map(|action| action.id).collect(), ..made }
}

/// The agenda with one more action; a rule for it says why it is there.
pub fn with(register: &Register, meeting: &Meeting, action: &Action) -> Agenda {
    put(register, meeting.agenda.get().cloned().unwrap_or_default(), action)
}

/// The same of an agenda that is not written yet.
pub fn put(register: &Register, mut agenda: Agenda, action: &Action) -> Agenda {
    if agenda.items.contains(&action.id) {
        return agenda;
    }
    agenda.rules.push(AgendaRule::Filter(only(register, action)));
    let items = register.visible_actions().map(|one| one.id);
    agenda.items = items.filter(|id| *id == action.id || agenda.items.contains(id)).collect();
    agenda
}

/// The agenda without an action.
pub fn without(register: &Register, meeting: &Meeting, action: &Action) -> Agenda {
    taken_off(register, meeting.agenda.get().cloned().unwrap_or_default(), action)
}

/// The same of an agenda that is not written yet.
pub fn taken_off(register: &Register, mut agenda: Agenda, action: &Action) -> Agenda {
    let own = AgendaRule::Filter(only(register, action));
    agenda.rules.retain(|rule| *rule != own);
    agenda.items.retain(|id| *id != action.id);
    agenda
}

/// The filter that finds one action.
fn only(register: &Register, action: &Action) -> String {
    only_called(register, action.plan, &register.reference(action))
}

/// The rule that puts on the agenda an action that is about to be added.
pub fn called(register: &Register, plan: Id, reference: &str) -> AgendaRule {
    AgendaRule::Filter(only_called(register, plan, reference))
}

fn only_called(register: &Register, plan: Id, reference: &str) -> String {
    match register.plan(plan) {
        Some(plan) if register.visible_plans().count() > 1 => format!("ref:{}:{reference}", plan.slug()),
        Some(_) | None => format!("ref:{reference}"),
    }
}

fn filter_of(rule: &AgendaRule, register: &Register, today: NaiveDate) -> Option<Filter> {
    match rule {
        AgendaRule::Filter(text) => Filter::parse(text, register, today).ok(),
        AgendaRule::Overdue
        | AgendaRule::Changed
        | AgendaRule::Due
        | AgendaRule::ProposedForClosure
        | AgendaRule::Challenged
        | AgendaRule::RedAndAmber
        | AgendaRule::CarriedForward
        | AgendaRule::Everything => None,
    }
}

/// The last meeting of a body that has ended.
pub fn last_meeting(register: &Register, body: Id) -> Option<&Meeting> {
    register.visible_meetings().rfind(|meeting| meeting.body() == Some(body) && !meeting.stage().is_open())
}

/// Rules as they apply on an occasion.
struct Chosen<'a> {
    asked: Asked<'a>,
    rules: &'a [AgendaRule],
    filters: Vec<Option<Filter>>,
}

impl<'a> Chosen<'a> {
    fn new(register: &'a Register, occasion: &'a Occasion, rules: &'a [AgendaRule]) -> Chosen<'a> {
        let filters = rules.iter().map(|rule| filter_of(rule, register, occasion.day)).collect();
        Chosen { asked: asked(register, occasion), rules, filters }
    }

    fn is(&self, action: &Action) -> bool {
        let mut pairs = self.rules.iter().zip(&self.filters);
        pairs.any(|(rule, filter)| self.asked.is(action, rule, filter.as_ref()))
    }

    fn is_within(&self, action: &Action) -> bool {
        let Occasion { body, reach, .. } = *self.asked.occasion;
        reach::is_within(self.asked.register, reach, body, action)
    }
}

/// What the rules use.
struct Asked<'a> {
    register: &'a Register,
    occasion: &'a Occasion,
    held: Held<'a>,
    until: Option<NaiveDate>,
}

fn asked<'a>(register: &'a Register, occasion: &'a Occasion) -> Asked<'a> {
    let held = Held::of(register, occasion.body, occasion.day, occasion.meeting);
    let until = occasion.next.or_else(|| occasion.day.checked_add_days(QUARTER));
    Asked { register, occasion, held, until }
}

impl Asked<'_> {
    fn is(&self, action: &Action, rule: &AgendaRule, filter: Option<&Filter>) -> bool {
        let Asked { register, occasion, held, until } = self;
        let today = occasion.day;
        let is_settled = || action.is_closed() || query::is_settled(register, action);
        match rule {
            AgendaRule::Overdue => query::is_overdue(register, action, today),
            AgendaRule::Changed => {
                let since = held.last().and_then(Meeting::day);
                action.changed.is_some_and(|changed| since.is_none_or(|since| changed >= since))
            }
            AgendaRule::Due => !is_settled() && action.due().is_some_and(|due| until.is_none_or(|until| due <= until)),
            AgendaRule::ProposedForClosure => query::is_proposed(action),
            AgendaRule::Challenged => challenge::is_challenged(register, action, today),
            AgendaRule::RedAndAmber => !is_settled(),
            AgendaRule::CarriedForward => held.carried(action).is_some(),
            AgendaRule::Filter(_) => filter.is_some_and(|filter| filter.matches(register, action, today).is_some()),
            AgendaRule::Everything => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Log, harbour, today};
    use super::super::intent::{Begin, Intent, PartyChoice, Rest};
    use super::*;

    fn references(register: &Register, agenda: &Agenda) -> Vec<String> {
        let actions = agenda.items.iter().filter_map(|id| register.action(*id));
        actions.map(|action| register.reference(action)).collect()
    }

    #[test]
    fn rules_are_words_and_anything_else_is_a_filter() {
        let log = harbour();
        let read = |text: &str| understood(text, &log.register, today());
        assert_eq!(read("Overdue, carried forward").unwrap(), [AgendaRule::Overdue, AgendaRule::CarriedForward]);
        assert_eq!(read("rating:red").unwrap(), [AgendaRule::Filter("rating:red".into())]);
        let lists = read("rating:red,amber, overdue;\"a, b\"").unwrap();
        let words = lists.iter().map(|rule| typed(rule).unwrap_or_else(|| rule_words(rule))).collect::<Vec<_>>();
        assert_eq!(words, ["rating:red,amber", "overdue", "\"a, b\""]);
        assert!(read("party:nobody-at-all").is_err());
        assert_eq!(rules(USUAL, &log.register, today()).unwrap().len(), 5);
    }

    #[test]
    fn words_that_are_no_rule_and_in_no_action_are_a_slip() {
        let log = harbour();
        let said = |text: &str| rules(text, &log.register, today()).map_err(|problem| problem.to_string());
        let slip =
            "The agenda is not settled: “overdeu” is no rule, and no action contains it. Did you mean “overdue”?";
        assert_eq!(said("everything, overdeu"), Err(slip.to_owned()));
        let word = log.register.actions[0].text().split_whitespace().next().unwrap();
        assert!(said(word).is_ok(), "{word}");
        assert!(said("rating:blue").is_ok(), "it may find something next time");
    }

    #[test]
    fn rules_are_combined_and_what_was_carried_forward_comes_again() {
        let mut log = harbour();
        let of = |log: &Log, text: &str, body| {
            let rules = rules(text, &log.register, today()).unwrap();
            let reach = usual_reach(&log.register, body, "", None);
            let occasion = Occasion { body, day: today(), next: None, reach, meeting: None };
            agenda(&log.register, &occasion, rules)
        };
        let everything = references(&log.register, &of(&log, "everything", None));
        let overdue = references(&log.register, &of(&log, "overdue", None));
        assert!(overdue.len() < everything.len() && overdue.iter().all(|one| everything.contains(one)));
        let both = references(&log.register, &of(&log, "overdue, ref:7.1", None));
        assert!(both.contains(&"7.1".to_owned()) && overdue.iter().all(|one| both.contains(one)));
        let begin = Begin {
            body: PartyChoice::New("Practice Subgroup".into()),
            day: today(),
            chair: String::new(),
            attendance: Vec::new(),
            agenda: of(&log, "everything", None),
            next: None,
        };
        log.act(&Intent::BeginMeeting(begin)).unwrap();
        let carried = log.action("7.2");
        log.act(&Intent::CarryForward { action: carried, reason: String::new() }).unwrap();
        let meeting = log.register.open_meeting().unwrap();
        let changed = rules("ref:7.1", &log.register, today()).unwrap();
        assert_eq!(references(&log.register, &rebuilt(&log.register, meeting, changed, today())), ["7.1", "7.2"]);
        let more = without(&log.register, meeting, log.register.action(log.action("7.1")).unwrap());
        assert!(!references(&log.register, &more).contains(&"7.1".to_owned()));
        let too_little = Agenda::default();
        let said = log.say(&Intent::SetAgenda { agenda: too_little });
        assert_eq!(said, "The agenda is unchanged: 7.2 has been dealt with. It stays on the agenda.");
        log.act(&Intent::SetAgenda { agenda: more }).unwrap();
        let meeting = log.register.open_meeting().unwrap();
        let again = with(&log.register, meeting, log.register.action(log.action("7.1")).unwrap());
        assert_eq!(again.rules, [AgendaRule::Everything, AgendaRule::Filter("ref:7.1".into())]);
        assert_eq!(references(&log.register, &again), everything);
        log.act(&Intent::EndMeeting { next: None, rest: Rest::Left }).unwrap();
        let body = log.register.meetings[0].body();
        let next = of(&log, "ref:7.1", body);
        assert_eq!(references(&log.register, &next), everything, "what was not reached comes again too");
        assert_eq!(next.rules.first(), Some(&AgendaRule::CarriedForward));
    }
}

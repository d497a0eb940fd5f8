//! Reading a filter: every word is understood here, or refused with the nearest known one.

use chrono::NaiveDate;

use super::super::alike::Likeness;
use super::super::id::Id;
use super::super::party::{Party, PartyKind, name_key};
use super::super::plan::Plan;
use super::super::query::parties::{chain, is_of_agency, plans_where};
use super::super::rating::{Scheme, means_not_rated};
use super::super::register::Register;
use super::dates::{DateTest, Direction};
use super::words::{DUPLICATE, FLAGS, Key, Token, keys, nearest, tokens};
use super::{Filter, Needle, Role, Term, Test, Wanted};
use crate::problem::Problem;
use crate::text;

impl Filter {
    /// Reads a filter. Parties, plans and ratings are looked up in `register`.
    ///
    /// Lengths of time are kept as such: they count from the day of each match, so `_today` is not needed.
    ///
    /// # Errors
    /// A [`Problem`] for the first unknown term, naming the nearest known one.
    pub fn parse(text: &str, register: &Register, _today: NaiveDate) -> Result<Filter, Problem> {
        Ok(Filter::parse_unread(text, register)?.reading_duplicates(register))
    }

    /// The same without reading the register for near-duplicates, which takes long: until [`Filter::with_duplicates`] gives
    /// them, `duplicate` matches nothing.
    ///
    /// # Errors
    /// As [`Filter::parse`].
    pub fn parse_unread(text: &str, register: &Register) -> Result<Filter, Problem> {
        let terms = tokens(text).into_iter().filter(|token| !is_blank(token)).map(|token| term(&token, register));
        Ok(Filter { terms: terms.collect::<Result<_, _>>()? })
    }

    /// The filter with the near-duplicates that the register now has.
    #[must_use]
    pub fn reading_duplicates(self, register: &Register) -> Filter {
        if self.wants_duplicates() { self.with_duplicates(&Likeness::of(register).alike(register)) } else { self }
    }
}

fn is_blank(token: &Token) -> bool {
    token.key.is_none() && token.values.iter().all(|value| value.trim().is_empty())
}

fn refused(why: String, hint: String) -> Problem {
    Problem::new("Could not filter", why, hint)
}

fn term(token: &Token, register: &Register) -> Result<Term, Problem> {
    let is_not = token.is_not;
    let Some(word) = &token.key else { return Ok(Term { is_not, test: bare(token) }) };
    let known = keys().find(|(name, _)| name.eq_ignore_ascii_case(word));
    let Some((name, key)) = known else { return Err(unknown_term(word)) };
    let values: Vec<&str> = token.values.iter().map(|value| value.trim()).filter(|value| !value.is_empty()).collect();
    if values.is_empty() {
        return Err(refused(format!("there is nothing after “{name}:”"), example(key)));
    }
    Ok(Term { is_not, test: test(key, &values, register)? })
}

fn bare(token: &Token) -> Test {
    let text = token.values.concat();
    if !token.is_quoted && text.eq_ignore_ascii_case(DUPLICATE) {
        return Test::Duplicate(Vec::new());
    }
    let flag = FLAGS.iter().find(|(name, _)| !token.is_quoted && name.eq_ignore_ascii_case(&text));
    flag.map_or_else(|| Test::Text(Box::new(Needle::new(&text))), |(_, flag)| Test::Flag(*flag))
}

fn unknown_term(word: &str) -> Problem {
    let close = nearest(word, keys().map(|(name, _)| name));
    let hint = if let Some(name) = close.first() {
        format!("Did you mean “{name}:”? To search for the words themselves, put them in quotes.")
    } else {
        let all: Vec<String> = keys().map(|(name, _)| format!("{name}:")).collect();
        format!("The terms are {}; words in quotes are searched for.", all.join(" "))
    };
    refused(format!("“{word}:” is not a term"), hint)
}

fn example(key: Key) -> String {
    let example = match key {
        Key::Party(Role::Lead) => "lead:\"Sussex Police\"",
        Key::Party(Role::Via) => "via:OPS",
        Key::Party(Role::Either) => "party:OPS",
        Key::Rating => "rating:red,amber",
        Key::Due => "due:30d or due:<2026-12-31",
        Key::Changed => "changed:2026-09-12.. or changed:2w",
        Key::Finding => "finding:3",
        Key::Recommendation => "rec:7",
        Key::Reference => "ref:7.2",
        Key::Plan => "plan:adult-c",
        Key::Particular(particular) => return format!("For example {}:none.", particular.key()),
    };
    format!("For example {example}.")
}

fn test(key: Key, values: &[&str], register: &Register) -> Result<Test, Problem> {
    let lower = || values.iter().map(|value| text::lower(value)).collect();
    Ok(match key {
        Key::Party(role) => {
            let wanted = values.iter().map(|name| wanted(name, role, register));
            Test::Party(role, wanted.collect::<Result<_, _>>()?)
        }
        Key::Rating => Test::Rating(ratings(values, register)?),
        Key::Due => Test::Due(dates(values, key, Direction::Ahead)?),
        Key::Changed => Test::Changed(dates(values, key, Direction::Back)?),
        Key::Finding => Test::Finding(lower()),
        Key::Recommendation => Test::Recommendation(lower()),
        Key::Reference => Test::Reference(lower()),
        Key::Particular(particular) => {
            Test::Particular(particular, values.iter().map(|text| particular.kept(text).to_lowercase()).collect())
        }
        Key::Plan => Test::Plan(values.iter().map(|slug| plan(slug, register)).collect::<Result<_, _>>()?),
    })
}

fn dates(values: &[&str], key: Key, direction: Direction) -> Result<Vec<DateTest>, Problem> {
    let date = |text: &&str| {
        DateTest::parse(text, direction).ok_or_else(|| refused(format!("“{text}” is not a date"), example(key)))
    };
    values.iter().map(date).collect()
}

fn plan(slug: &str, register: &Register) -> Result<String, Problem> {
    let slugs: Vec<&str> = register.visible_plans().map(Plan::slug).collect();
    if slugs.iter().any(|known| known.eq_ignore_ascii_case(slug)) {
        return Ok(slug.to_lowercase());
    }
    Err(refused(format!("there is no plan “{slug}”"), known_hint(slug, &slugs, "plan")))
}

/// "Did you mean A or B? There are 19 parties."
fn known_hint(wanted: &str, known: &[&str], noun: &str) -> String {
    let count = match (known.len(), noun) {
        (1, "party") => "There is 1 party.".into(),
        (n, "party") => format!("There are {n} parties."),
        (1, noun) => format!("There is 1 {noun}."),
        (n, noun) => format!("There are {n} {noun}s."),
    };
    let close = nearest(wanted, known.iter().copied());
    if close.is_empty() { count } else { format!("Did you mean {}? {count}", close.join(" or ")) }
}

fn wanted(name: &str, role: Role, register: &Register) -> Result<Wanted, Problem> {
    let visible = || register.parties.iter().filter(|party| !register.is_hidden(party.id));
    let key = name_key(name);
    let mut called: Vec<&Party> = visible().filter(|party| name_key(party.name()) == key).collect();
    let is_alias = called.is_empty();
    if is_alias {
        called = visible().filter(|party| party.is_called(name)).collect();
    }
    let Some(first) = called.first() else {
        let names: Vec<&str> = visible().map(Party::name).collect();
        return Err(refused(format!("no party is called “{name}”"), known_hint(name, &names, "party")));
    };
    // An alias of several parties means all of them, which no single name says.
    let printed = if is_alias && called.len() > 1 { name } else { first.name() };
    let is_wanted = |id| chain(register, id).iter().any(|above| called.iter().any(|party| party.id == *above));
    let mut own: Vec<_> = register.parties.iter().map(|party| party.id).filter(|id| is_wanted(*id)).collect();
    own.sort_unstable();
    let is_agency = role != Role::Via && called.iter().any(|party| is_of_agency(register, party.id));
    let for_all = register.parties.iter().filter(|party| is_agency && party.kind() == PartyKind::Everyone);
    let everyone: Vec<Id> = for_all.map(|party| party.id).collect();
    let plans = if everyone.is_empty() { Vec::new() } else { plans_of(&own, register) };
    Ok(Wanted { name: printed.into(), own, everyone, plans })
}

/// The plans in which one of these parties leads or oversees an action.
fn plans_of(parties: &[Id], register: &Register) -> Vec<Id> {
    plans_where(register, |action| action.parties.all().any(|party| parties.binary_search(&party).is_ok()))
}

/// The words of the levels meant, in any plan's scheme: a letter can be another word in another plan.
fn ratings(values: &[&str], register: &Register) -> Result<Vec<Option<String>>, Problem> {
    let mut schemes: Vec<Scheme> = Vec::new();
    for scheme in register.visible_plans().map(|plan| register.scheme(plan.id)) {
        if !schemes.contains(&scheme) {
            schemes.push(scheme);
        }
    }
    if schemes.is_empty() {
        schemes.push(Scheme::brag());
    }
    let mut all = Vec::new();
    for name in values {
        let found: Vec<_> = schemes.iter().filter_map(|scheme| scheme.level(name)).collect();
        if found.is_empty() && !means_not_rated(name) {
            return Err(unknown_rating(name, &schemes));
        }
        let words = found.iter().map(|level| Some(text::lower(&level.word)));
        let words: Vec<_> = if found.is_empty() { vec![None] } else { words.collect() };
        for word in words {
            push_new(&mut all, word);
        }
    }
    Ok(all)
}

fn unknown_rating(name: &str, schemes: &[Scheme]) -> Problem {
    let mut words = Vec::new();
    for level in schemes.iter().flat_map(|scheme| &scheme.levels) {
        push_new(&mut words, level.word.to_lowercase());
    }
    refused(
        format!("there is no rating “{name}”"),
        format!("The ratings are {}, and none for not rated.", words.join(", ")),
    )
}

fn push_new<T: PartialEq>(all: &mut Vec<T>, one: T) {
    if !all.contains(&one) {
        all.push(one);
    }
}

//! Settling a doubt: accepting what is suggested, or leaving the words as they are.

use chrono::NaiveDate;

use super::words::{party, scheme};
use super::{At, Doubt, action, action_mut, flag, flags_mut, reference};
use crate::domain::date_text;
use crate::domain::draft::{Draft, DraftAction, DraftRecommendation};
use crate::domain::flag::{COLUMN, Flag};
use crate::domain::particular::Particular;
use crate::domain::progress::EntryText;
use crate::domain::target::Target;
use crate::problem::Problem;

/// What a doubt's suggestion offers: one answer, several to choose from ("RCHT or CFT?"), or none.
pub fn options(flag: &Flag) -> Vec<String> {
    let Some(suggestion) = &flag.suggestion else { return Vec::new() };
    let words = suggestion.trim().trim_end_matches('?');
    let options: Vec<String> = match flag.field.as_str() {
        "lead" | "via" => words.split(" or ").map(|option| option.trim().to_owned()).collect(),
        _ => vec![words.trim().to_owned()],
    };
    options.into_iter().filter(|option| !option.is_empty()).collect()
}

/// Puts `option` in the place of the doubtful words, and settles the doubt. Returns what was done, in a sentence.
///
/// Fails, and changes nothing, where the doubtful words are not where they should be.
pub fn accept(draft: &mut Draft, doubt: Doubt, option: &str, today: NaiveDate) -> Result<String, Problem> {
    let Some(flag) = flag(draft, doubt).cloned() else { return Err(unclear(option)) };
    let is_done = match doubt.at {
        At::Plan => flag.field == COLUMN,
        At::Recommendation(at) => draft.recommendations.get_mut(at).is_some_and(|rec| mend_rec(rec, &flag, option)),
        At::Action(place) if matches!(flag.field.as_str(), "lead" | "via") => {
            let is_here = action(draft, place).is_some_and(|action| is_named(draft, action, &flag.raw));
            is_here && {
                let party = party(draft, option);
                rename(draft, place, &flag.raw, party);
                true
            }
        }
        At::Action(place) if flag.field == "rating" => {
            let word = scheme(draft).level(option).map(|level| level.word.clone());
            let action = action_mut(draft, place);
            word.zip(action).map(|(word, action)| action.rating = Some(word)).is_some()
        }
        At::Action(place) => action_mut(draft, place).is_some_and(|action| mend(action, &flag, option, today)),
    };
    if !is_done {
        return Err(unclear(option));
    }
    forget(draft, doubt);
    Ok(told(draft, doubt.at, &flag, option))
}

fn mend_rec(rec: &mut DraftRecommendation, flag: &Flag, option: &str) -> bool {
    if let Some(particular) = Particular::named(&flag.field) {
        let mut text = rec.particulars.get(particular).to_owned();
        let is_done = replace(&mut text, &flag.raw, option);
        rec.particulars.put(particular, &text);
        is_done
    } else if flag.field == "number" {
        put(&mut rec.number, option)
    } else {
        replace(&mut rec.text, &flag.raw, option)
    }
}

/// Leaves the doubtful words as they are, and removes the doubt. Returns what was done, in a sentence.
pub fn leave(draft: &mut Draft, doubt: Doubt) -> Option<String> {
    let left = flag(draft, doubt).cloned()?;
    forget(draft, doubt);
    Some(format!("{} {}: left as written", reference(draft, doubt.at), left.field))
}

fn forget(draft: &mut Draft, doubt: Doubt) {
    if let Some(flags) = flags_mut(draft, doubt.at)
        && doubt.flag < flags.len()
    {
        flags.remove(doubt.flag);
    }
}

fn unclear(option: &str) -> Problem {
    let why = format!("it is unclear which words “{option}” should replace");
    Problem::new("Nothing was changed", why, "Correct it by hand, or leave it as it is.")
}

fn told(draft: &Draft, at: At, flag: &Flag, option: &str) -> String {
    let reference = reference(draft, at);
    let raw = crate::text::flat(&flag.raw);
    if raw.is_empty() || raw == option || flag.field == "number" {
        format!("{reference} {}: {option}", flag.field)
    } else {
        format!("{reference} {}: {} → {option}", flag.field, crate::text::truncate(&raw, 40))
    }
}

fn put(words: &mut String, option: &str) -> bool {
    option.clone_into(words);
    true
}

fn replace(words: &mut String, raw: &str, option: &str) -> bool {
    let is_there = !raw.is_empty() && words.contains(raw);
    if is_there {
        *words = words.replacen(raw, option, 1);
    }
    is_there
}

/// Dates, words and entries of an action.
fn mend(action: &mut DraftAction, flag: &Flag, option: &str, today: NaiveDate) -> bool {
    match flag.field.as_str() {
        "target" => retarget(action, &flag.raw, option, today) || redate(action, &flag.raw, option, today),
        "progress" => redate(action, &flag.raw, option, today),
        "number" => {
            action.number = Some(option.to_owned());
            true
        }
        _ => replace(&mut action.text, &flag.raw, option) || redate(action, &flag.raw, option, today),
    }
}

/// The suggested date in place of the unclear one. What was written stays in the raw cell.
fn retarget(action: &mut DraftAction, raw: &str, option: &str, today: NaiveDate) -> bool {
    let is_it = |target: &&mut Target| target.raw == raw || !raw.is_empty() && target.raw.contains(raw);
    let mut dates = action.targets.iter_mut().chain(&mut action.original_targets);
    let Some(target) = dates.find(is_it) else { return false };
    *target = date_text::typed_target(option, today);
    true
}

/// The suggested words in place of the doubtful ones in a progress entry; a date among them dates the entry.
fn redate(action: &mut DraftAction, raw: &str, option: &str, today: NaiveDate) -> bool {
    let has = |entry: &EntryText| !raw.is_empty() && entry.text.contains(raw);
    // "Nov" in front of an update is not the "November" inside another.
    let is_marked = |entry: &EntryText| entry.date.is_none() && has(entry) && entry.text.starts_with(raw);
    let place = action.progress.iter().position(is_marked).or_else(|| action.progress.iter().position(has));
    let Some(entry) = place.and_then(|at| action.progress.get_mut(at)) else { return false };
    entry.text = entry.text.replacen(raw, option, 1);
    entry.date = entry.date.or_else(|| date_text::entry_date(option, today));
    true
}

fn is_named(draft: &Draft, action: &DraftAction, raw: &str) -> bool {
    let names = |party: usize| draft.parties.get(party).is_some_and(|party| party.name == raw);
    action.leads.iter().chain(&action.via).any(|lead| lead.raw == raw || names(lead.party))
}

fn rename(draft: &mut Draft, place: super::ActionPlace, raw: &str, to: usize) {
    let own = draft.parties.iter().position(|party| party.name == raw);
    let Some(action) = action_mut(draft, place) else { return };
    for lead in action.leads.iter_mut().chain(&mut action.via) {
        if lead.raw == raw || Some(lead.party) == own {
            lead.party = to;
        }
    }
}

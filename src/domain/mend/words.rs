//! The fields of a draft as the user corrects them.

use super::{At, action, action_mut, recommendation};
use crate::domain::draft::{Draft, DraftLead, DraftParty};
use crate::domain::particular::{Particular, Particulars};
use crate::domain::party::{PartyKind, name_key};
use crate::domain::rating::{Level, Scheme};
use crate::domain::target::Target;
use crate::problem::Problem;

/// Everything of a thing that can be corrected. Fields that a thing does not have stay empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// That of a recommendation, or of an action with its own number.
    pub number: String,
    /// The text; of the plan, its title.
    pub text: String,
    pub particulars: Particulars,
    pub leads: Vec<String>,
    pub via: Vec<String>,
    pub targets: Vec<Target>,
    /// A word or letter of the scheme; empty for "not rated".
    pub rating: String,
}

/// What a thing says now.
pub fn words(draft: &Draft, at: At) -> Words {
    match at {
        At::Plan => Words { text: draft.title.clone(), ..Words::default() },
        At::Recommendation(_) => recommendation(draft, at).map_or_else(Words::default, |rec| Words {
            number: rec.number.clone(),
            text: rec.text.clone(),
            particulars: rec.particulars.clone(),
            ..Words::default()
        }),
        At::Action(place) => action(draft, place).map_or_else(Words::default, |action| Words {
            number: action.number.clone().unwrap_or_default(),
            text: action.text.clone(),
            particulars: Particulars::default(),
            leads: names(draft, &action.leads),
            via: names(draft, &action.via),
            targets: action.targets.clone(),
            rating: action.rating.clone().unwrap_or_default(),
        }),
    }
}

/// Corrects a thing, and settles the doubts about every field that has changed. Fails, and changes nothing, where
/// the plan has no such rating.
pub fn set_words(draft: &mut Draft, at: At, new: &Words) -> Result<(), Problem> {
    let old = words(draft, at);
    let rating = rating(draft, &new.rating)?;
    match at {
        At::Plan => new.text.clone_into(&mut draft.title),
        At::Recommendation(place) => {
            let Some(rec) = draft.recommendations.get_mut(place) else { return Ok(()) };
            rec.number_inferred &= rec.number == new.number;
            (rec.number, rec.text) = (new.number.clone(), new.text.clone());
            rec.particulars = new.particulars.clone();
        }
        At::Action(place) => {
            let leads = (old.leads != new.leads).then(|| leads(draft, &new.leads));
            let via = (old.via != new.via).then(|| self::leads(draft, &new.via));
            let Some(action) = action_mut(draft, place) else { return Ok(()) };
            (action.number, action.text) = (some(&new.number), new.text.clone());
            action.leads = leads.unwrap_or_else(|| std::mem::take(&mut action.leads));
            action.via = via.unwrap_or_else(|| std::mem::take(&mut action.via));
            (action.targets, action.rating) = (new.targets.clone(), rating);
        }
    }
    let changed = changed(&old, new);
    if let Some(flags) = super::flags_mut(draft, at) {
        flags.retain(|flag| !changed.contains(&flag.field.as_str()));
    }
    Ok(())
}

/// Corrects a level of the plan's scheme; renaming a level takes its actions with it.
pub fn set_level(draft: &mut Draft, place: usize, level: &Level) -> Result<(), Problem> {
    let mut scheme = scheme(draft);
    let others = || scheme.levels.iter().enumerate().filter(|(at, _)| *at != place).map(|(_, level)| level);
    let (same_word, same_letter) = (
        others().any(|other| other.word.eq_ignore_ascii_case(&level.word)),
        others().any(|other| other.letter.eq_ignore_ascii_case(&level.letter)),
    );
    if level.word.is_empty() || same_word || same_letter {
        let why = match (level.word.is_empty(), same_word) {
            (true, _) => "a rating needs a word".to_owned(),
            (false, true) => format!("another rating is already called “{}”", level.word),
            (false, false) => format!("another rating already has the letter {}", level.letter),
        };
        return Err(Problem::new("Not changed", why, "Each rating needs its own word and letter."));
    }
    let Some(own) = scheme.levels.get_mut(place) else { return Ok(()) };
    let old = std::mem::replace(own, level.clone()).word;
    let under = draft.recommendations.iter_mut().flat_map(|rec| &mut rec.actions);
    for action in under.chain(&mut draft.actions).filter(|action| action.rating.as_ref() == Some(&old)) {
        action.rating = Some(level.word.clone());
    }
    draft.scheme = Some(scheme);
    Ok(())
}

/// The ratings that the plan uses.
pub fn scheme(draft: &Draft) -> Scheme {
    draft.scheme.clone().unwrap_or_else(Scheme::brag)
}

/// The position of the party of that name, which is added where the draft has none.
pub fn party(draft: &mut Draft, name: &str) -> usize {
    let key = name_key(name);
    let is_it =
        |party: &DraftParty| name_key(&party.name) == key || party.aliases.iter().any(|alias| name_key(alias) == key);
    draft.parties.iter().position(is_it).unwrap_or_else(|| {
        let new = DraftParty { name: name.to_owned(), kind: PartyKind::Agency, aliases: Vec::new(), agency: None };
        draft.parties.push(new);
        draft.parties.len() - 1
    })
}

fn names(draft: &Draft, leads: &[DraftLead]) -> Vec<String> {
    let named = leads.iter().filter_map(|lead| draft.parties.get(lead.party));
    named.map(|party| party.name.clone()).collect()
}

fn leads(draft: &mut Draft, names: &[String]) -> Vec<DraftLead> {
    names.iter().map(|name| DraftLead { party: party(draft, name), raw: name.clone() }).collect()
}

fn some(words: &str) -> Option<String> {
    (!words.is_empty()).then(|| words.to_owned())
}

fn rating(draft: &Draft, typed: &str) -> Result<Option<String>, Problem> {
    if typed.is_empty() || crate::domain::rating::means_not_rated(typed) {
        return Ok(None);
    }
    let scheme = scheme(draft);
    let known = scheme.level(typed).map(|level| Some(level.word.clone()));
    known.ok_or_else(|| {
        let words: Vec<&str> = scheme.levels.iter().map(|level| level.word.as_str()).collect();
        let why = format!("this plan has no rating “{typed}”");
        Problem::new("Not changed", why, format!("Its ratings are {}; leave it empty for none.", words.join(", ")))
    })
}

/// The names of the fields that differ, as flags name them.
fn changed(old: &Words, new: &Words) -> Vec<&'static str> {
    let fields = [
        ("number", old.number != new.number),
        ("text", old.text != new.text),
        ("title", old.text != new.text),
        ("lead", old.leads != new.leads),
        ("via", old.via != new.via),
        ("target", old.targets != new.targets),
        ("rating", old.rating != new.rating),
    ];
    let particulars = Particular::ALL.iter().map(|of| (of.key(), old.particulars.get(*of) != new.particulars.get(*of)));
    fields.into_iter().chain(particulars).filter(|(_, is_changed)| *is_changed).map(|(name, _)| name).collect()
}

//! What belongs to each part of an action that is split: the leads that its words name, the dates that stand in them, and
//! the progress that is about them. What no part claims goes with every part, or, if it is progress, with the first.

use super::draft::{DraftAction, DraftLead};
use super::progress::EntryText;

/// Shorter words are too common to show what a progress entry is about.
const TELLING: usize = 5;

/// The parts of an action whose words are these.
pub fn parts(action: &DraftAction, texts: &[String]) -> Vec<DraftAction> {
    let leads = claimed(&action.leads, texts, |lead: &DraftLead| lead.raw.as_str());
    let targets = claimed(&action.targets, texts, |target| target.raw.as_str());
    let mut parts: Vec<DraftAction> = texts
        .iter()
        .zip(leads.into_iter().zip(targets))
        .map(|(text, (leads, targets))| DraftAction {
            text: text.clone(),
            leads,
            targets,
            progress: Vec::new(),
            ..action.clone()
        })
        .collect();
    share_progress(action, &mut parts);
    parts
}

/// Gives each progress entry of an action to the part of it that it is about.
pub fn share_progress(action: &DraftAction, parts: &mut [DraftAction]) {
    for part in parts.iter_mut() {
        part.progress.clear();
    }
    for entry in &action.progress {
        let at = owner(entry, parts);
        if let Some(part) = parts.get_mut(at) {
            part.progress.push(entry.clone());
        }
    }
}

/// For each text, what it names, and what no text names. Where there are as many as texts and none is named, each has the
/// one in its position. A text that would be left without any has all.
fn claimed<T: Clone>(all: &[T], texts: &[String], name: impl Fn(&T) -> &str) -> Vec<Vec<T>> {
    let names = |text: &String, one: &T| is_in(name(one), text);
    let is_named = |one: &T| texts.iter().any(|text| names(text, one));
    if all.len() == texts.len() && !all.iter().any(is_named) {
        return all.iter().map(|one| vec![one.clone()]).collect();
    }
    let of = |text: &String| {
        let own: Vec<T> = all.iter().filter(|one| names(text, one) || !is_named(one)).cloned().collect();
        if own.is_empty() { all.to_vec() } else { own }
    };
    texts.iter().map(of).collect()
}

/// Whether a name stands in a text as words of their own.
pub fn is_in(name: &str, text: &str) -> bool {
    !edges(&crate::text::lower(name), &crate::text::lower(text)).is_empty()
}

/// Where a name stands in a text as words of their own: where it begins and where it ends.
pub fn edges(name: &str, text: &str) -> Vec<(usize, usize)> {
    let name = name.trim();
    let is_edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    if name.is_empty() {
        return Vec::new();
    }
    let found = text.match_indices(name).map(|(at, found)| (at, at + found.len()));
    let is_whole = |(at, end): &(usize, usize)| {
        let before = text.get(..*at).and_then(|before| before.chars().next_back());
        let after = text.get(*end..).and_then(|after| after.chars().next());
        is_edge(before) && is_edge(after)
    };
    found.filter(is_whole).collect()
}

/// The part that a progress entry is about: the only one led by whoever gave it, or the one that it shares most words with.
pub fn owner(entry: &EntryText, parts: &[DraftAction]) -> usize {
    let is_by =
        |lead: &DraftLead| entry.by.as_deref().is_some_and(|by| is_in(by, &lead.raw)) || is_in(&lead.raw, &entry.text);
    let led: Vec<usize> = (0..).zip(parts).filter(|(_, part)| part.leads.iter().any(is_by)).map(|(at, _)| at).collect();
    if let [only] = led[..] {
        return only;
    }
    let words = telling(&entry.text);
    let shared = |part: &DraftAction| telling(&part.text).iter().filter(|word| words.contains(word)).count();
    let counts: Vec<usize> = parts.iter().map(shared).collect();
    let most = counts.iter().copied().max().unwrap_or(0);
    let is_alone = most > 0 && counts.iter().filter(|count| **count == most).count() == 1;
    counts.iter().position(|count| *count == most).filter(|_| is_alone).unwrap_or(0)
}

fn telling(text: &str) -> Vec<String> {
    let folded = crate::text::lower(text);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= TELLING);
    words.map(|word| word.chars().take(TELLING).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::date_text;
    use super::super::progress::EntryOrigin;
    use super::*;

    fn entry(text: &str, by: Option<&str>) -> EntryText {
        EntryText { date: None, text: text.into(), by: by.map(Into::into), origin: EntryOrigin::Imported }
    }

    #[test]
    fn each_part_has_the_leads_dates_and_progress_that_belong_to_it() {
        let lead = |party, raw: &str| DraftLead { party, raw: raw.into() };
        let action = DraftAction {
            leads: vec![lead(0, "Harbour Police"), lead(1, "ICB"), lead(2, "Chair")],
            targets: ["May 2027", "July 2027"].iter().map(|raw| date_text::target(raw, None)).collect(),
            progress: vec![
                entry("The guidance is drafted", None),
                entry("Half of the wards have been trained", Some("ICB")),
                entry("Noted", None),
            ],
            ..DraftAction::default()
        };
        let texts =
            ["Harbour Police to publish guidance".to_owned(), "The ICB to train its nurses by July 2027".to_owned()];
        let parts = parts(&action, &texts);
        let leads = |at: usize| parts[at].leads.iter().map(|lead| lead.raw.as_str()).collect::<Vec<_>>();
        assert_eq!((leads(0), leads(1)), (vec!["Harbour Police", "Chair"], vec!["ICB", "Chair"]));
        assert_eq!(parts[1].targets.len(), 2, "a date that no part names goes with each");
        assert_eq!(parts[0].targets.len(), 1);
        let progress = |at: usize| parts[at].progress.iter().map(|entry| entry.text.as_str()).collect::<Vec<_>>();
        assert_eq!(progress(0), ["The guidance is drafted", "Noted"]);
        assert_eq!(progress(1), ["Half of the wards have been trained"]);
    }
}

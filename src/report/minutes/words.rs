//! How minutes describe changes: in full, and without the reference already shown above.

use crate::domain::describe::TrailLine;
use crate::domain::meeting::{MinuteKind, MinuteText};
use crate::domain::register::Register;
use crate::domain::trail::TrailEntry;
use crate::text::capital;

/// A change in full: the audit trail cuts its sentences to one line, and minutes must not.
pub fn point(register: &Register, entry: &TrailEntry) -> String {
    let TrailLine { what, to, from, .. } = &entry.line;
    let was = || from.as_deref().unwrap_or("none");
    match (what.as_str(), to) {
        ("progress", Some(_)) if head(entry).starts_with("progress moved to") => capital(head(entry)),
        ("progress", Some(text)) if head(entry) == "progress added" => {
            format!("Update{}: {text}", giver(register, entry))
        }
        ("closure", Some(text)) if text != "open" => capital(text),
        ("action", Some(text)) if head(entry) == "added" => format!("New action: {text}"),
        ("text" | "action" | "progress", Some(text)) => format!("{}: {text}", capital(head(entry))),
        ("rating", to) => {
            format!("Rating {} → {}", from.as_deref().unwrap_or("not rated"), to.as_deref().unwrap_or("not rated"))
        }
        ("target", Some(to)) => format!("Target {} → {to}{}", was(), reason(register, entry)),
        ("leads", Some(to)) => format!("Lead {} → {to}", was()),
        ("via", Some(to)) => format!("Overseen by {} → {to}", was()),
        (_, _) => capital(bare(&entry.line)),
    }
}

/// What a change asks of an owner: a new action, a new date, a new lead.
pub fn task(entry: &TrailEntry) -> Option<String> {
    let was = entry.line.from.as_deref();
    Some(match entry.line.what.as_str() {
        "action" if head(entry) == "added" => "new action".into(),
        "action" => head(entry).to_owned(),
        "text" if regroups(entry) => head(entry).to_owned(),
        "target" => was.map_or("date set".into(), |was| format!("new date, was {was}")),
        "leads" => was.map_or("lead named".into(), |was| format!("new lead, was {was}")),
        _ => return None,
    })
}

/// Whether the action was split, or others were joined with it: its leads and dates then follow its words.
pub fn regroups(entry: &TrailEntry) -> bool {
    entry.line.what == "text" && head(entry) != "reworded"
}

/// "split, the rest is 1.5": what happened, without the words that follow.
fn head(entry: &TrailEntry) -> &str {
    let bare = bare(&entry.line);
    bare.split_once(": ").map_or(bare, |(head, _)| head)
}

/// "Closed" and the evidence seen.
pub fn closing(entry: &TrailEntry) -> (String, String) {
    let text = entry.line.to.as_deref().unwrap_or("open");
    let (what, why) = text.split_once(": ").unwrap_or((text, ""));
    let what = if what == "open" { "reopened".to_owned() } else { what.to_owned() };
    (capital(&what), why.to_owned())
}

pub fn minuted(said: &MinuteText) -> String {
    match said.kind {
        MinuteKind::Discussed | MinuteKind::Matter => said.text.clone(),
        MinuteKind::CarriedForward => format!("Carried forward: {}", said.text),
        MinuteKind::TakenAsRead => format!("Taken as read: {}", said.text),
        MinuteKind::Decision => format!("Decision: {}", said.text),
    }
}

/// " from Sussex Police", for an update given by a party.
fn giver(register: &Register, entry: &TrailEntry) -> String {
    let by = register.entry(entry.change).and_then(|(_, entry)| entry.said.by.clone());
    by.map(|by| format!(" from {by}")).unwrap_or_default()
}

/// The reason the current targets were moved, if this change moved them.
fn reason(register: &Register, entry: &TrailEntry) -> String {
    let action = entry.about.and_then(|id| register.action(id));
    let targets = action.and_then(|action| action.targets.head()).filter(|head| head.id == entry.change);
    let reason = targets.map(|head| head.value.reason.as_str()).filter(|reason| !reason.is_empty());
    reason.map(|reason| format!(": {reason}")).unwrap_or_default()
}

/// The sentence without its leading reference, and without the word that it was done again.
fn bare(line: &TrailLine) -> &str {
    let sentence = line.sentence.strip_prefix("redone: ").unwrap_or(&line.sentence);
    sentence.strip_prefix(&line.reference).map_or(sentence, str::trim_start)
}

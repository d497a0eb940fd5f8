//! The drafts of a form: what is typed is kept until it is saved or discarded, each text by itself.

use std::collections::HashMap;

use super::field::{BETWEEN_PARTIES, FormField, Holds};
use super::form::{ActionEdit, Correction, Form, Meet, Purpose};
use crate::app::message::World;
use crate::domain::timing::Movement;

/// Separates the fields of a draft, and a draft's name from its number; it cannot be typed.
const BETWEEN_FIELDS: char = '\u{1f}';

impl Form {
    /// Finds the drafts kept from earlier; what is typed now is a new one.
    pub fn find_drafts(&mut self, drafts: &HashMap<String, String>) {
        let name = self.draft_name();
        let slot = |key: &str| match key.strip_prefix(&name)? {
            "" => Some(0),
            rest => rest.strip_prefix(BETWEEN_FIELDS)?.parse().ok(),
        };
        self.kept = drafts.iter().filter_map(|(key, text)| Some((slot(key)?, text.clone()))).collect();
        self.slot = self.kept.last_key_value().map_or(0, |(last, _)| last + 1);
    }

    /// The key of its own draft.
    pub fn draft_key(&self) -> String {
        match self.slot {
            0 => self.draft_name(),
            slot => format!("{}{BETWEEN_FIELDS}{slot}", self.draft_name()),
        }
    }

    /// What its drafts are called; the first is kept under this name itself.
    fn draft_name(&self) -> String {
        match &self.purpose {
            Purpose::Change(ActionEdit::NewAction { plan, recommendation }, _) => {
                format!("new-action:{}", recommendation.unwrap_or(*plan))
            }
            Purpose::Change(ActionEdit::Dismiss(challenge), on) => format!("dismiss:{on}:{challenge}"),
            Purpose::Change(kind, on) => format!("{}:{on}", key(kind)),
            Purpose::ChangeEach(kind, _) => format!("{}:marked", key(kind)),
            Purpose::Meet(Meet::Begin { .. }) => "meeting:begin".into(),
            Purpose::Meet(Meet::End) => "meeting:end".into(),
            Purpose::Meet(Meet::Attend) => "meeting:attend".into(),
            Purpose::Meet(Meet::ComeOrGo(Movement::Joined)) => "meeting:arrive".into(),
            Purpose::Meet(Meet::ComeOrGo(Movement::Left)) => "meeting:leave".into(),
            Purpose::Meet(Meet::Rules) => "meeting:agenda".into(),
            Purpose::Schedule(_) => "meeting:time".into(),
            Purpose::Meet(Meet::Decide) => "meeting:decide".into(),
            Purpose::Meet(Meet::Note(under)) => {
                format!("meeting:note:{}", under.map(|id| id.to_string()).unwrap_or_default())
            }
            Purpose::Accept(_, on) => format!("accept:{on}"),
            Purpose::Mark(plan) => format!("marking:{plan}"),
            Purpose::Retain(plan) => format!("retention:{plan}"),
            Purpose::Correct(correction) => format!("correct:{}", correction.key()),
            Purpose::Mend(_) => format!("mend:{}", self.title),
            Purpose::Erase(_) => "erase".into(),
            Purpose::Decline(update) => format!("decline:{}", update.of.batch),
            Purpose::Export(format) => format!("export:{format}"),
            Purpose::Chase => "chase".into(),
            Purpose::Name => "name".into(),
            Purpose::Unseal(_) => "unseal".into(),
        }
    }

    pub fn draft_text(&self) -> String {
        let fields: Vec<String> = self.fields.iter().map(FormField::draft).collect();
        fields.join(&BETWEEN_FIELDS.to_string())
    }

    /// Whether there is nothing worth keeping.
    pub fn draft_is_blank(&self) -> bool {
        self.fields.iter().all(|field| {
            let is_date = matches!(field.holds, Holds::EntryDate);
            is_date
                || field.is_secret()
                || field.is_as_given()
                || (field.editor.is_empty() && field.chosen().is_empty())
        })
    }

    /// The draft from earlier that would be brought back next: the newest, then the ones before it in turn.
    fn next_kept(&self) -> Option<(usize, &String)> {
        let before = self.kept.range(..self.slot).next_back();
        before.or_else(|| self.kept.last_key_value()).map(|(slot, text)| (*slot, text))
    }

    /// That draft in readable form.
    pub fn kept_words(&self) -> Option<String> {
        self.next_kept().map(|(_, text)| readable(text))
    }

    /// What is typed, in readable form.
    pub fn draft_words(&self) -> String {
        readable(&self.draft_text())
    }

    /// Restores that draft into the fields; what is typed in them is kept in its place.
    pub fn bring_back(&mut self, world: World<'_>) {
        let typed = (!self.draft_is_blank()).then(|| (self.slot, self.draft_text()));
        if !self.go_to_kept() {
            return;
        }
        self.kept.extend(typed);
        self.sum_up(world);
    }

    /// Goes on with the next draft from earlier; returns whether there is one.
    pub fn go_to_kept(&mut self) -> bool {
        let Some((slot, text)) = self.next_kept().map(|(slot, text)| (slot, text.clone())) else { return false };
        self.kept.remove(&slot);
        self.slot = slot;
        for (field, text) in self.fields.iter_mut().zip(text.split(BETWEEN_FIELDS)) {
            field.restore(text);
        }
        true
    }
}

/// The first field of a draft.
fn readable(draft: &str) -> String {
    draft.split(BETWEEN_FIELDS).next().unwrap_or_default().replace(BETWEEN_PARTIES, " · ")
}

impl Correction {
    fn key(self) -> String {
        match self {
            Correction::RenameParty => "rename".into(),
            Correction::SameParty => "same".into(),
            Correction::Address => "address".into(),
            Correction::WithdrawParty => "withdraw-party".into(),
            Correction::WithdrawPlan(plan) => format!("withdraw:{plan}"),
        }
    }
}

/// The word in a draft's key.
fn key(kind: &ActionEdit) -> &'static str {
    match kind {
        ActionEdit::Progress => "progress",
        ActionEdit::Target => "target",
        ActionEdit::DeclineExtension => "extension",
        ActionEdit::Leads => "leads",
        ActionEdit::Via => "via",
        ActionEdit::Text => "text",
        ActionEdit::NewAction { .. } => "new-action",
        ActionEdit::ProposeClosure | ActionEdit::AgreeClosure => "closure",
        ActionEdit::Reopen => "reopen",
        ActionEdit::Abandon => "abandon",
        ActionEdit::Withdraw => "withdraw",
        ActionEdit::Number => "number",
        ActionEdit::Dismiss(_) => "dismiss",
        ActionEdit::Decide => "decide",
        ActionEdit::CarryForward => "carry",
        ActionEdit::TakeAsRead => "as-read",
    }
}

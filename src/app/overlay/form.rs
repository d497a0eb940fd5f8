//! A form over the walk: progress, target, leads, text, a new action, closing and reopening.

use super::field::{Field, Holds};
use crate::app::key::{Key, KeyCode};
use crate::app::model::World;
use crate::domain::date_text;
use crate::domain::id::Id;
use crate::domain::intent::{Intent, PartyChoice};
use crate::problem::Problem;

/// What a form writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Progress,
    Target,
    Leads,
    Via,
    Text,
    /// Under the recommendation, or straight under the plan where there is none.
    NewAction {
        plan: Id,
        recommendation: Option<Id>,
    },
    ProposeClosure,
    AgreeClosure,
    Reopen,
}

pub struct Form {
    pub kind: Kind,
    /// The action concerned; for a new action, the one whose neighbour it will be.
    pub on: Id,
    pub title: String,
    pub fields: Vec<Field>,
    pub focus: usize,
    /// What was typed here earlier and never saved: offered, and put in only when asked for.
    pub kept: Option<String>,
    /// Typed since the draft was last kept.
    pub unkept: bool,
    /// Handed over to be written; goes when that is done.
    pub sent: bool,
    pub problem: Option<Problem>,
}

/// Stands between the fields of a draft; nobody can type it.
const BETWEEN_FIELDS: char = '\u{1f}';
/// Stands between the parties of a field in a draft.
const BETWEEN_PARTIES: char = '\u{1e}';

impl Form {
    pub fn new(kind: Kind, on: Id, title: String, fields: Vec<Field>) -> Form {
        Form { kind, on, title, fields, focus: 0, kept: None, unkept: false, sent: false, problem: None }
    }

    /// What the draft of this form is kept under.
    pub fn draft_key(&self) -> String {
        let name = match self.kind {
            Kind::Progress => "progress",
            Kind::Target => "target",
            Kind::Leads => "leads",
            Kind::Via => "via",
            Kind::Text => "text",
            Kind::NewAction { .. } => "new-action",
            Kind::ProposeClosure | Kind::AgreeClosure => "closure",
            Kind::Reopen => "reopen",
        };
        format!("{name}:{}", self.on)
    }

    pub fn draft_text(&self) -> String {
        let fields: Vec<String> = self.fields.iter().map(field_draft).collect();
        fields.join(&BETWEEN_FIELDS.to_string())
    }

    /// Whether nothing is typed that would be worth keeping.
    pub fn draft_is_blank(&self) -> bool {
        self.fields.iter().all(|field| match &field.holds {
            Holds::EntryDate => true,
            Holds::Parties { chosen, .. } => chosen.is_empty() && field.editor.is_empty(),
            Holds::Words | Holds::Text | Holds::Target => field.editor.is_empty(),
        })
    }

    /// The words kept from earlier, as far as they are for reading.
    pub fn kept_words(&self) -> Option<String> {
        let first = self.kept.as_ref()?.split(BETWEEN_FIELDS).next()?;
        Some(first.replace(BETWEEN_PARTIES, " · "))
    }

    /// Puts what was kept from earlier into the fields.
    pub fn bring_back(&mut self) {
        let Some(draft) = self.kept.take() else { return };
        for (field, text) in self.fields.iter_mut().zip(draft.split(BETWEEN_FIELDS)) {
            restore_field(field, text);
        }
    }

    pub fn field_mut(&mut self) -> Option<&mut Field> {
        self.fields.get_mut(self.focus)
    }

    pub fn press(&mut self, key: Key, world: World<'_>) {
        let Some(field) = self.fields.get_mut(self.focus) else { return };
        let suggestions = field.suggestions(world).len();
        if let Holds::Parties { chosen, pick } = &mut field.holds {
            match key.code {
                KeyCode::Up => *pick = pick.saturating_sub(1),
                KeyCode::Down => *pick = (*pick + 1).min(suggestions.saturating_sub(1)),
                KeyCode::Backspace if field.editor.is_empty() => {
                    chosen.pop();
                }
                _ => {
                    *pick = 0;
                    field.editor.press(key);
                }
            }
        } else {
            field.editor.press(key);
        }
        self.typed();
    }

    pub fn paste(&mut self, text: &str, _: World<'_>) {
        let Some(field) = self.field_mut() else { return };
        match field.holds {
            Holds::Text => field.editor.insert(text),
            Holds::Words | Holds::EntryDate | Holds::Target | Holds::Parties { .. } => {
                field.editor.insert(&text.split_whitespace().collect::<Vec<_>>().join(" "));
            }
        }
        self.typed();
    }

    pub fn typed(&mut self) {
        self.unkept = true;
        self.problem = None;
    }

    /// Takes the suggestion under the cursor into the list of parties; answers whether there was one.
    pub fn take_suggestion(&mut self, world: World<'_>) -> bool {
        let Some(field) = self.fields.get_mut(self.focus) else { return false };
        let suggestions = field.suggestions(world);
        let Holds::Parties { chosen, pick } = &mut field.holds else { return false };
        let Some(suggestion) = suggestions.get(*pick) else { return false };
        chosen.push(suggestion.name().to_owned());
        *pick = 0;
        field.editor = crate::app::editor::Editor::default();
        self.typed();
        true
    }

    fn words(&self, field: usize) -> String {
        self.fields.get(field).map(|field| field.text().to_owned()).unwrap_or_default()
    }

    /// What is to be written.
    pub fn intent(&self, world: World<'_>) -> Result<Intent, Problem> {
        let action = self.on;
        Ok(match self.kind {
            Kind::Progress => {
                let by = Some(self.words(2)).filter(|by| !by.is_empty());
                Intent::Progress { action, date: Some(entry_date(&self.words(1), world)?), text: self.words(0), by }
            }
            Kind::Target => Intent::Retarget { action, dates: targets(&self.words(0), world), reason: self.words(1) },
            Kind::Leads => Intent::Assign { action, leads: self.parties() },
            Kind::Via => Intent::Oversee { action, via: self.parties() },
            Kind::Text => Intent::Reword { action, text: self.words(0) },
            Kind::NewAction { plan, recommendation } => Intent::AddAction { plan, recommendation, text: self.words(0) },
            Kind::ProposeClosure => Intent::ProposeClosure { action, evidence: self.words(0) },
            Kind::AgreeClosure => Intent::AgreeClosure { action, evidence: self.words(0) },
            Kind::Reopen => Intent::Reopen { action, reason: self.words(0) },
        })
    }

    fn parties(&self) -> Vec<PartyChoice> {
        let chosen = self.fields.iter().filter_map(|field| match &field.holds {
            Holds::Parties { chosen, .. } => Some(chosen),
            Holds::Words | Holds::Text | Holds::EntryDate | Holds::Target => None,
        });
        chosen.flatten().map(|name| PartyChoice::New(name.clone())).collect()
    }
}

fn field_draft(field: &Field) -> String {
    match &field.holds {
        Holds::Parties { chosen, .. } => {
            let typed = std::iter::once(field.editor.text());
            chosen.iter().map(String::as_str).chain(typed).collect::<Vec<_>>().join(&BETWEEN_PARTIES.to_string())
        }
        Holds::Words | Holds::Text | Holds::EntryDate | Holds::Target => field.editor.text().to_owned(),
    }
}

fn restore_field(field: &mut Field, text: &str) {
    if let Holds::Parties { chosen, .. } = &mut field.holds {
        let mut names: Vec<&str> = text.split(BETWEEN_PARTIES).collect();
        let typed = names.pop().unwrap_or_default();
        *chosen = names.into_iter().map(str::to_owned).collect();
        field.editor = crate::app::editor::Editor::new(typed);
    } else {
        field.editor = crate::app::editor::Editor::new(text);
    }
}

fn entry_date(typed: &str, world: World<'_>) -> Result<crate::domain::target::PartialDate, Problem> {
    date_text::entry_date(typed, world.today()).ok_or_else(|| {
        let why = format!("“{typed}” is not a date");
        Problem::new("Not saved", why, "Write today, yesterday, 12 Sep or 2026-09-12; what you typed is kept.")
    })
}

/// Several targets are divided by semicolons.
fn targets(typed: &str, world: World<'_>) -> Vec<crate::domain::target::Target> {
    let parts = typed.split(';').map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| date_text::typed_target(part, world.today())).collect()
}

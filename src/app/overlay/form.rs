//! A form over the walk: progress, target, leads, text, a new action, closing and reopening.

use chrono::NaiveDate;

use super::field::{Field, Holds, Parties};
use crate::app::key::{Key, KeyCode};
use crate::app::model::World;
use crate::domain::date_text;
use crate::domain::id::Id;
use crate::domain::intent::{Intent, PartyChoice};
use crate::domain::mend::At;
use crate::domain::query;
use crate::domain::target::{PartialDate, Target};
use crate::problem::Problem;

/// What saving a form does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Writes a change of an action to the register; a new action is written beside it.
    Change(Kind, Id),
    /// Begins or ends a meeting.
    Meet(Meet),
    /// Corrects the document under review.
    Mend(Mending),
}

/// What happens to a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meet {
    Begin,
    End,
}

/// What of a document under review is corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mending {
    Thing(At),
    /// A level of its ratings, by its place in the scheme.
    Level(usize),
}

/// A change of an action.
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
    Abandon,
    /// Puts the challenge with this place among the action's aside.
    Dismiss(usize),
    Decide,
    CarryForward,
}

pub struct Form {
    pub purpose: Purpose,
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
    pub fn new(purpose: Purpose, title: String, fields: Vec<Field>) -> Form {
        Form { purpose, title, fields, focus: 0, kept: None, unkept: false, sent: false, problem: None }
    }

    /// What the draft of this form is kept under.
    pub fn draft_key(&self) -> String {
        let (kind, on) = match self.purpose {
            Purpose::Change(kind, on) => (kind, on),
            Purpose::Meet(Meet::Begin) => return "meeting:begin".into(),
            Purpose::Meet(Meet::End) => return "meeting:end".into(),
            Purpose::Mend(_) => return format!("mend:{}", self.title),
        };
        let name = match kind {
            Kind::Progress => "progress",
            Kind::Target => "target",
            Kind::Leads => "leads",
            Kind::Via => "via",
            Kind::Text => "text",
            Kind::NewAction { .. } => "new-action",
            Kind::ProposeClosure | Kind::AgreeClosure => "closure",
            Kind::Reopen => "reopen",
            Kind::Abandon => "abandon",
            Kind::Dismiss(_) => "dismiss",
            Kind::Decide => "decide",
            Kind::CarryForward => "carry",
        };
        format!("{name}:{on}")
    }

    pub fn draft_text(&self) -> String {
        let fields: Vec<String> = self.fields.iter().map(field_draft).collect();
        fields.join(&BETWEEN_FIELDS.to_string())
    }

    /// Whether nothing is typed that would be worth keeping.
    pub fn draft_is_blank(&self) -> bool {
        self.fields.iter().all(|field| match &field.holds {
            Holds::EntryDate => true,
            Holds::Parties(Parties { chosen, .. }) => chosen.is_empty() && field.editor.is_empty(),
            Holds::Words | Holds::Text | Holds::Target | Holds::Day => field.editor.is_empty(),
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
        if let Holds::Parties(Parties { chosen, pick, .. }) = &mut field.holds {
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
            Holds::Words | Holds::EntryDate | Holds::Target | Holds::Day | Holds::Parties(_) => {
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
        let Holds::Parties(Parties { chosen, pick, .. }) = &mut field.holds else { return false };
        let Some(suggestion) = suggestions.get(*pick) else { return false };
        chosen.push(suggestion.name().to_owned());
        *pick = 0;
        field.editor = crate::app::editor::Editor::default();
        self.typed();
        true
    }

    /// What is typed into a field, without the blanks around it.
    pub fn words(&self, field: usize) -> String {
        self.fields.get(field).map(|field| field.text().to_owned()).unwrap_or_default()
    }

    /// What is to be written; nothing, where the form corrects a document under review.
    pub fn intent(&self, world: World<'_>) -> Option<Result<Intent, Problem>> {
        match self.purpose {
            Purpose::Change(kind, on) => Some(self.change(kind, on, world)),
            Purpose::Meet(meet) => Some(self.meeting_intent(meet, world)),
            Purpose::Mend(_) => None,
        }
    }

    fn change(&self, kind: Kind, action: Id, world: World<'_>) -> Result<Intent, Problem> {
        Ok(match kind {
            Kind::Progress => {
                let by = Some(self.words(2)).filter(|by| !by.is_empty());
                Intent::Progress { action, date: Some(entry_date(&self.words(1), world)?), text: self.words(0), by }
            }
            Kind::Target => {
                Intent::Retarget { action, dates: targets(&self.words(0), world.today()), reason: self.words(1) }
            }
            Kind::Leads => Intent::Assign { action, leads: self.choices() },
            Kind::Via => Intent::Oversee { action, via: self.choices() },
            Kind::Text => Intent::Reword { action, text: self.words(0) },
            Kind::NewAction { plan, recommendation } => {
                Intent::AddAction { plan, recommendation, text: self.words(0), leads: Vec::new(), dates: Vec::new() }
            }
            Kind::ProposeClosure => Intent::ProposeClosure { action, evidence: self.words(0) },
            Kind::AgreeClosure => Intent::AgreeClosure { action, evidence: self.words(0) },
            Kind::Reopen => Intent::Reopen { action, reason: self.words(0) },
            Kind::Abandon => Intent::Abandon { action, reason: self.words(0) },
            Kind::Dismiss(at) => {
                let asked =
                    world.register.action(action).map(|own| query::questions(world.register, own, world.today()));
                let challenge = asked.and_then(|all| all.get(at).cloned()).unwrap_or_default();
                Intent::Dismiss { action, challenge, reason: self.words(0) }
            }
            Kind::Decide => Intent::Decide { action: Some(action), text: self.words(0) },
            Kind::CarryForward => Intent::CarryForward { action, reason: self.words(0) },
        })
    }

    fn choices(&self) -> Vec<PartyChoice> {
        self.fields.iter().flat_map(Field::chosen).map(|name| PartyChoice::New(name.clone())).collect()
    }
}

fn field_draft(field: &Field) -> String {
    match &field.holds {
        Holds::Parties(Parties { chosen, .. }) => {
            let typed = std::iter::once(field.editor.text());
            chosen.iter().map(String::as_str).chain(typed).collect::<Vec<_>>().join(&BETWEEN_PARTIES.to_string())
        }
        Holds::Words | Holds::Text | Holds::EntryDate | Holds::Target | Holds::Day => field.editor.text().to_owned(),
    }
}

fn restore_field(field: &mut Field, text: &str) {
    if let Holds::Parties(Parties { chosen, .. }) = &mut field.holds {
        let mut names: Vec<&str> = text.split(BETWEEN_PARTIES).collect();
        let typed = names.pop().unwrap_or_default();
        *chosen = names.into_iter().map(str::to_owned).collect();
        field.editor = crate::app::editor::Editor::new(typed);
    } else {
        field.editor = crate::app::editor::Editor::new(text);
    }
}

fn entry_date(typed: &str, world: World<'_>) -> Result<PartialDate, Problem> {
    date_text::entry_date(typed, world.today()).ok_or_else(|| {
        let why = format!("“{typed}” is not a date");
        Problem::new("Not saved", why, "Write today, yesterday, 12 Sep or 2026-09-12; what you typed is kept.")
    })
}

/// Several targets are divided by semicolons.
pub fn targets(typed: &str, today: NaiveDate) -> Vec<Target> {
    let parts = typed.split(';').map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| date_text::typed_target(part, today)).collect()
}

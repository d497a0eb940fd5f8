//! One field of a form: typed text, a date, or a list of parties.

use chrono::NaiveDate;

use super::choice::rank;
use crate::app::editor::Editor;
use crate::app::model::World;
use crate::domain::date_text;
use crate::domain::date_words;
use crate::domain::party::name_key;
use crate::domain::target::PartialDate;

/// What is typed into a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holds {
    /// One line.
    Words,
    /// Several lines.
    Text,
    /// The day of a progress entry.
    EntryDate,
    /// A target.
    Target,
    /// One day, past or to come; may be left empty.
    Day,
    Parties(Parties),
}

/// Parties already chosen; the editor holds the next one's first letters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parties {
    pub chosen: Vec<String>,
    /// The suggestion under the cursor.
    pub pick: usize,
    /// Names to offer beside those of the register.
    pub also: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    pub label: &'static str,
    pub holds: Holds,
    pub editor: Editor,
}

/// What a field's text has been understood as, said back under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Echo {
    Understood(String),
    Doubtful(String),
}

/// Parties offered for what is typed: those known by name, or the typed name as a new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Suggestion {
    Known(String),
    New(String),
}

impl Suggestion {
    pub fn name(&self) -> &str {
        match self {
            Suggestion::Known(name) | Suggestion::New(name) => name,
        }
    }
}

/// How many suggestions a field shows.
pub const SUGGESTIONS: usize = 6;

impl Field {
    pub fn new(label: &'static str, holds: Holds, text: impl Into<String>) -> Field {
        Field { label, holds, editor: Editor::new(text) }
    }

    /// A field that begins with a text which the first typed letter replaces.
    pub fn offering(label: &'static str, holds: Holds, text: impl Into<String>) -> Field {
        Field { label, holds, editor: Editor::offering(text) }
    }

    /// The parties chosen so far; none in a field that holds none.
    pub fn chosen(&self) -> &[String] {
        match &self.holds {
            Holds::Parties(parties) => &parties.chosen,
            Holds::Words | Holds::Text | Holds::EntryDate | Holds::Target | Holds::Day => &[],
        }
    }

    pub fn text(&self) -> &str {
        self.editor.text().trim()
    }

    pub fn echo(&self, world: World<'_>) -> Option<Echo> {
        match self.holds {
            Holds::EntryDate => Some(entry_echo(self.text(), world)),
            Holds::Target if !self.text().is_empty() => Some(target_echo(self.text(), world)),
            Holds::Day if !self.text().is_empty() => Some(day_echo(self.text(), world)),
            Holds::Words | Holds::Text | Holds::Target | Holds::Day | Holds::Parties(_) => None,
        }
    }

    /// What fits the typed letters, best first.
    pub fn suggestions(&self, world: World<'_>) -> Vec<Suggestion> {
        let (Holds::Parties(Parties { chosen, also, .. }), typed) = (&self.holds, self.text()) else {
            return Vec::new();
        };
        if typed.is_empty() {
            return Vec::new();
        }
        let register = world.register;
        let parties =
            register.parties.iter().filter(|p| !register.is_hidden(p.id) && !chosen.iter().any(|c| p.is_called(c)));
        let mut parties: Vec<_> = parties.map(|party| (party.name().to_owned(), party.aliases().join(" "))).collect();
        let is_new = |name: &&String| {
            let key = name_key(name);
            !chosen.iter().chain(parties.iter().map(|(known, _)| known)).any(|known| name_key(known) == key)
        };
        let also: Vec<_> = also.iter().filter(is_new).map(|name| (name.clone(), String::new())).collect();
        parties.extend(also);
        let order = rank(typed, parties.iter().map(|(name, also)| (name.as_str(), also.as_str())));
        let known = order.into_iter().filter_map(|at| parties.get(at)).map(|(name, _)| Suggestion::Known(name.clone()));
        let mut found: Vec<_> = known.take(SUGGESTIONS).collect();
        if !found.iter().any(|s| name_key(s.name()) == name_key(typed)) {
            found.push(Suggestion::New(typed.to_owned()));
        }
        found
    }
}

/// The one day that a text means.
pub fn day(typed: &str, today: NaiveDate) -> Option<NaiveDate> {
    let entry = date_text::entry_date(typed, today).filter(|date| date.day.is_some());
    entry.and_then(PartialDate::first).or_else(|| {
        let span = date_text::typed_target(typed, today).span?;
        (span.first == span.last).then_some(span.last)
    })
}

fn day_echo(typed: &str, world: World<'_>) -> Echo {
    match day(typed, world.today()) {
        Some(day) => Echo::Understood(date_words::weekday(day)),
        None => Echo::Doubtful("not one day; try 12 Dec 2026 or 2026-12-12".into()),
    }
}

fn entry_echo(typed: &str, world: World<'_>) -> Echo {
    match date_text::entry_date(typed, world.today()) {
        Some(date) => Echo::Understood(date_words::partial(date)),
        None => Echo::Doubtful("not a date; try today, 12 Sep or 2026-09-12".into()),
    }
}

fn target_echo(typed: &str, world: World<'_>) -> Echo {
    let target = date_text::target(typed, Some(world.today()));
    match (target.span, target.flag) {
        (Some(span), None) => Echo::Understood(date_words::span(span)),
        (Some(span), Some(doubt)) => Echo::Doubtful(format!("{}; {doubt}", date_words::span(span))),
        (None, doubt) => Echo::Doubtful(doubt.unwrap_or_else(|| "no date in this; it is kept as words".into())),
    }
}

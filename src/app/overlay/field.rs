//! One field of a form: typed text, a date, or a list of parties.

use chrono::NaiveDate;

use crate::app::editor::Editor;
use crate::app::message::World;
use crate::domain::agenda;
use crate::domain::date_text;
use crate::domain::date_words;
use crate::domain::describe::rule_words;
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
    /// The rules of an agenda, separated by commas.
    Rules,
    /// A passphrase: never shown, and never kept.
    Secret,
    Parties(Parties),
}

/// Parties already chosen; the editor holds the next one's first letters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parties {
    pub chosen: Vec<String>,
    pub room: Room,
    /// The selected suggestion.
    pub pick: usize,
    /// Names to offer beside those of the register.
    pub also: Vec<String>,
}

/// Who can be chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Room {
    #[default]
    Several,
    /// One body that meets: subgroups are offered first, before a letter is typed.
    OneBody,
    /// One party of the register.
    OneParty,
    /// Several, each with a person's name behind `=` where one is known.
    People,
    /// The source of an update: a party, or any other name.
    Speaker,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormField {
    pub label: &'static str,
    pub holds: Holds,
    pub editor: Editor,
    /// The program's suggestion; while unedited, a later and better suggestion replaces it.
    given: String,
}

/// How a field's text was understood, shown below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Echo {
    Understood(String),
    Doubtful(String),
}

/// Separates the parties of a field in a draft; it cannot be typed.
pub const BETWEEN_PARTIES: char = '\u{1e}';

impl FormField {
    pub fn new(label: &'static str, holds: Holds, text: impl Into<String>) -> FormField {
        FormField::with(label, holds, Editor::new(text))
    }

    /// A field with a suggested text, which the first typed letter replaces.
    pub fn offering(label: &'static str, holds: Holds, text: impl Into<String>) -> FormField {
        FormField::with(label, holds, Editor::offering(text))
    }

    fn with(label: &'static str, holds: Holds, editor: Editor) -> FormField {
        let mut field = FormField { label, holds, editor, given: String::new() };
        field.given = field.draft();
        field
    }

    pub fn is_secret(&self) -> bool {
        self.holds == Holds::Secret
    }

    /// Whether it is unchanged since it was opened.
    pub fn is_as_given(&self) -> bool {
        self.draft() == self.given
    }

    pub fn is_blank(&self) -> bool {
        self.text().is_empty() && self.chosen().is_empty()
    }

    /// Its content in a draft.
    pub fn draft(&self) -> String {
        match &self.holds {
            Holds::Parties(Parties { chosen, .. }) => {
                let typed = std::iter::once(self.editor.text());
                chosen.iter().map(String::as_str).chain(typed).collect::<Vec<_>>().join(&BETWEEN_PARTIES.to_string())
            }
            Holds::Words | Holds::Text | Holds::EntryDate | Holds::Target | Holds::Day | Holds::Rules => {
                self.editor.text().to_owned()
            }
            Holds::Secret => String::new(),
        }
    }

    /// Restores its content from a draft.
    pub fn restore(&mut self, text: &str) {
        if let Holds::Parties(Parties { chosen, .. }) = &mut self.holds {
            let mut names: Vec<&str> = text.split(BETWEEN_PARTIES).collect();
            let typed = names.pop().unwrap_or_default();
            *chosen = names.into_iter().map(str::to_owned).collect();
            self.editor = Editor::new(typed);
        } else {
            self.editor = Editor::new(text);
        }
    }

    /// Adds the selected suggestion to the parties; returns whether there was one.
    pub fn take_suggestion(&mut self, world: World<'_>) -> bool {
        let suggestions = self.suggestions(world);
        let Holds::Parties(Parties { chosen, pick, room, .. }) = &mut self.holds else { return false };
        let Some(suggestion) = suggestions.get(*pick) else { return false };
        if matches!(room, Room::OneBody | Room::OneParty | Room::Speaker) {
            chosen.clear();
        }
        if !chosen.iter().any(|chosen| chosen == suggestion.name()) {
            chosen.push(suggestion.name().to_owned());
        }
        *pick = 0;
        self.editor = Editor::default();
        true
    }

    /// The parties chosen so far; none in a field that holds none.
    pub fn chosen(&self) -> &[String] {
        match &self.holds {
            Holds::Parties(parties) => &parties.chosen,
            Holds::Words
            | Holds::Text
            | Holds::EntryDate
            | Holds::Target
            | Holds::Day
            | Holds::Rules
            | Holds::Secret => &[],
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
            Holds::Rules => Some(rules_echo(self.text(), world)),
            Holds::Words | Holds::Text | Holds::Target | Holds::Day | Holds::Secret | Holds::Parties(_) => None,
        }
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

fn rules_echo(typed: &str, world: World<'_>) -> Echo {
    match agenda::rules(typed, world.register, world.today()) {
        Ok(rules) if rules.is_empty() => Echo::Doubtful(format!("empty; enter any of {}", agenda::words())),
        Ok(rules) => Echo::Understood(rules.iter().map(rule_words).collect::<Vec<_>>().join(" · ")),
        Err(_) => Echo::Doubtful(format!("enter any of {}", agenda::words())),
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
        (None, doubt) => Echo::Doubtful(doubt.unwrap_or_else(|| "no date recognised; kept as text".into())),
    }
}

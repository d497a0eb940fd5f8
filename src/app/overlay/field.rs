//! One field of a form: typed text, a date, or a list of parties.

use chrono::NaiveDate;

use super::suggest::Suggestion;
use crate::app::editor::Editor;
use crate::app::key::{Key, KeyCode};
use crate::app::message::World;
use crate::domain::agenda;
use crate::domain::date_text;
use crate::domain::date_words;
use crate::domain::describe::rule_words;
use crate::domain::recurring;
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
    /// When something is to be done again, or that it is not.
    Again,
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
    /// Which of the chosen is selected, to be taken out.
    pub marked: Option<usize>,
    /// Names to offer beside those of the register.
    pub also: Vec<String>,
}

/// Who can be chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Room {
    #[default]
    Several,
    /// Several bodies that oversee.
    Bodies,
    /// One body that meets: subgroups are offered first, before a letter is typed.
    OneBody,
    /// One party of the register.
    OneParty,
    /// Several, each with a person's name behind `=` where one is known; a person of no agency has only that.
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

/// What became of a suggestion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// There was none.
    Nothing,
    /// It was chosen.
    Chosen,
    /// It is a question: the answers are below it.
    Asked,
}

/// How a field's text was understood, shown below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Echo {
    Understood(String),
    Doubtful(String),
}

impl Parties {
    /// Moves through the chosen, each of which can be taken out: leftwards from the last.
    pub fn mark(&mut self, by: isize) {
        let last = self.chosen.len().checked_sub(1);
        self.marked = match (self.marked, last) {
            (_, None) => None,
            (None, Some(last)) => (by < 0).then_some(last),
            (Some(at), Some(last)) => at.checked_add_signed(by).map_or(Some(0), |at| Some(at).filter(|at| *at <= last)),
        };
    }

    /// Takes out the one that is selected, or the last.
    pub fn remove(&mut self) {
        match self.marked.take() {
            Some(at) if at < self.chosen.len() => {
                self.chosen.remove(at);
                self.marked = self.chosen.len().checked_sub(1).map(|last| last.min(at));
            }
            Some(_) | None => drop(self.chosen.pop()),
        }
    }

    /// What the keys do before a letter is typed; returns whether the key was one of those.
    pub fn press_among_chosen(&mut self, key: Key) -> bool {
        match key.code {
            KeyCode::Left => self.mark(-1),
            KeyCode::Right => self.mark(1),
            KeyCode::Backspace | KeyCode::Delete => self.remove(),
            _ => return false,
        }
        true
    }
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
            Holds::Words
            | Holds::Text
            | Holds::EntryDate
            | Holds::Target
            | Holds::Day
            | Holds::Again
            | Holds::Rules => self.editor.text().to_owned(),
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

    /// The selected suggestion.
    pub fn suggestion(&self, world: World<'_>) -> Option<Suggestion> {
        let Holds::Parties(Parties { pick, .. }) = &self.holds else { return None };
        self.suggestions(world).into_iter().nth(*pick)
    }

    /// Adds the selected suggestion to the parties; a question goes on to its first answer.
    pub fn take_suggestion(&mut self, world: World<'_>) -> Taken {
        let suggestion = self.suggestion(world);
        let Holds::Parties(Parties { chosen, pick, room, marked, .. }) = &mut self.holds else { return Taken::Nothing };
        let Some(suggestion) = suggestion else { return Taken::Nothing };
        if matches!(suggestion, Suggestion::Ask(_)) {
            *pick += 1;
            return Taken::Asked;
        }
        if matches!(room, Room::OneBody | Room::OneParty | Room::Speaker) {
            chosen.clear();
        }
        if !chosen.iter().any(|chosen| chosen == suggestion.name()) {
            chosen.push(suggestion.name().to_owned());
        }
        (*pick, *marked) = (0, None);
        self.editor = Editor::default();
        Taken::Chosen
    }

    /// Whether it was empty when it was opened.
    pub fn was_empty(&self) -> bool {
        self.given.is_empty()
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
            | Holds::Again
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
            Holds::Again => Some(again_echo(self.text(), world)),
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

/// What to type where a day is optional.
pub fn blank_or_day(today: NaiveDate) -> String {
    format!("Type one as {}, or leave it empty.", date_words::day(date_words::example(today)))
}

fn day_echo(typed: &str, world: World<'_>) -> Echo {
    match day(typed, world.today()) {
        Some(day) => Echo::Understood(date_words::weekday(day)),
        None => {
            Echo::Doubtful(format!("not one day; try {}", date_words::examples(date_words::example(world.today()))))
        }
    }
}

fn again_echo(typed: &str, world: World<'_>) -> Echo {
    match recurring::again(typed, world.today()) {
        Ok(None) => Echo::Understood(format!("not again; type {}", recurring::OFFERS)),
        Ok(Some(target)) => Echo::Understood(format!("a next action, by {}", target.raw)),
        Err(problem) => Echo::Doubtful(problem.why),
    }
}

fn rules_echo(typed: &str, world: World<'_>) -> Echo {
    match agenda::understood(typed, world.register, world.today()) {
        Ok(rules) if rules.is_empty() => Echo::Doubtful(format!("empty; enter any of {}", agenda::words())),
        Ok(rules) => Echo::Understood(rules.iter().map(rule_words).collect::<Vec<_>>().join(" · ")),
        Err(_) => Echo::Doubtful(format!("enter any of {}", agenda::words())),
    }
}

fn entry_echo(typed: &str, world: World<'_>) -> Echo {
    match date_text::entry_date(typed, world.today()) {
        Some(date) => Echo::Understood(date_words::partial(date)),
        None => Echo::Doubtful(format!("not a date; try today, {}", date_words::examples(world.today()))),
    }
}

fn target_echo(typed: &str, world: World<'_>) -> Echo {
    let target = date_text::target(typed, Some(world.today()));
    match (target.span, target.flag) {
        (Some(span), None) => Echo::Understood(date_words::span(span)),
        (None, _) if date_text::is_dateless(typed) => Echo::Understood(format!("no date: kept as “{typed}”")),
        (Some(span), Some(doubt)) => Echo::Doubtful(format!("{}; {doubt}", date_words::span(span))),
        (None, doubt) => Echo::Doubtful(doubt.unwrap_or_else(|| "no date recognised; kept as text".into())),
    }
}

//! The model: everything on the screen that is not in the register.

use std::collections::HashMap;

use super::keymap::Keymap;
use super::layout::Size;
use super::message::{Effect, Mouse, Waiting, World};
use super::overlay::Overlay;
use super::overlay::choice::Choice;
use super::overlay::form::Form;
use super::pace::Pace;
use super::scope::Scope;
use super::screen::Screen;
use crate::domain::id::Id;
use crate::domain::moment::Moment;
use crate::problem::Problem;

/// The past moment being shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    pub moment: Moment,
    /// How the register is open, after returning to the present.
    pub standing: Standing,
}

/// The line above the footer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Toast {
    /// A change was written: the sentence ends in "saved" and `u` undoes it.
    Saved(String),
    /// A remark.
    Said(String),
    /// An operation failed.
    Refused(Problem),
}

/// How the register was opened, where the user needs to know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Why nothing can be changed here, if so.
    pub read_only: Option<String>,
    /// Why the file is not to be trusted, if so.
    pub suspect: Option<String>,
    /// A permanent remark ("Demo: a private copy, nothing is kept").
    pub remark: Option<String>,
    /// A copy beside the register with changes that are not in it.
    pub waiting: Option<Waiting>,
}

/// Whether the screen is shown or blanked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Curtain {
    #[default]
    Open,
    /// The screen is blank until a key is pressed; that key does nothing else.
    Drawn,
}

/// By when and to whom an agency returns its form, as typed: offered for the next agency's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    pub return_by: String,
    pub contact: String,
}

/// Everything on the screen that is not in the register.
pub struct Model {
    pub size: Size,
    pub screen: Screen,
    /// The screens to go back to, most recent last.
    pub behind: Vec<Screen>,
    /// The suggested folder for reports; empty for the current folder.
    pub papers: String,
    /// The full path of the file or folder that was written last.
    pub written: Option<String>,
    /// What the last agency's form asked for.
    pub asked: Asked,
    pub curtain: Curtain,
    /// Overlays on the screen; the last is topmost and receives the keys.
    pub overlays: Vec<Overlay>,
    pub toast: Option<Toast>,
    /// What others have changed since the toast, shown after it, so that it never hides the result of the user's own
    /// key.
    pub elsewhere: Option<String>,
    pub standing: Standing,
    /// Set while the past is shown.
    pub past: Option<Past>,
    pub theme: ThemeChoice,
    /// Drafts, by what they are for.
    pub drafts: HashMap<String, String>,
    pub keymap: Keymap,
    pub mouse: Mouse,
    /// How long the open meeting has been on each item.
    pub pace: Pace,
    /// The hub that the register has joined, if it has.
    pub hub: Option<Hub>,
}

/// How the hub was found last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hub {
    There,
    Away,
    Refused,
}

/// The chosen theme; the view decides what it looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThemeChoice {
    Dark,
    Light,
    /// Dark, in colours that remain distinct for people with red-green colour blindness.
    Safe,
    /// Sixteen colours, for terminals limited to those.
    Sixteen,
    /// No colour at all.
    Plain,
}

impl Model {
    pub fn new(size: Size, theme: ThemeChoice, keymap: Keymap, standing: Standing, world: World<'_>) -> Model {
        let mut model = Model {
            size,
            screen: Screen::first(world),
            behind: Vec::new(),
            papers: String::new(),
            written: None,
            asked: Asked::default(),
            curtain: Curtain::Open,
            overlays: Vec::new(),
            toast: None,
            elsewhere: None,
            standing,
            hub: None,
            past: None,
            theme,
            drafts: HashMap::new(),
            keymap,
            mouse: Mouse::default(),
            pace: Pace::default(),
        };
        model.refresh(world);
        model
    }

    /// Shows a screen in place of all others.
    pub fn show(&mut self, screen: Screen) {
        self.behind.clear();
        self.screen = screen;
    }

    /// Opens a screen over the present one.
    pub fn open(&mut self, screen: Screen) {
        self.behind.push(std::mem::replace(&mut self.screen, screen));
        self.keep_in_view();
    }

    /// Goes back to the screen below, as it was left.
    pub fn close(&mut self, world: World<'_>) {
        self.screen = self.behind.pop().unwrap_or_else(|| Screen::first(world));
        self.refresh(world);
    }

    /// Recomputes what depends on the register.
    pub fn refresh(&mut self, world: World<'_>) {
        self.screen.refresh(world);
        self.keep_in_view();
    }

    /// Like [`Model::refresh`], after a change limited to these actions' own fields.
    pub fn refresh_changed(&mut self, changed: &[Id], world: World<'_>) {
        match self.screen.walk_mut() {
            Some(walk) => walk.refresh_changed(changed, world),
            None => self.screen.refresh(world),
        }
        self.keep_in_view();
    }

    /// Scrolls the screen so that its cursor is visible.
    pub fn keep_in_view(&mut self) {
        self.screen.keep_in_view(self.size);
    }

    /// The topmost overlay, help apart: what help is about.
    pub fn under_help(&self) -> Option<&Overlay> {
        self.overlays.iter().rfind(|overlay| !matches!(overlay, Overlay::Help(_)))
    }

    /// The scopes that receive keys now, nearest first.
    pub fn listening(&self) -> &'static [Scope] {
        self.overlays.last().map_or_else(|| self.screen.scopes(), Overlay::scopes)
    }

    pub fn say(&mut self, sentence: impl Into<String>) {
        self.answer(Toast::Said(sentence.into()));
    }

    /// The remark in the message line, if there is one.
    pub fn remark(&self) -> Option<&str> {
        match &self.toast {
            Some(Toast::Said(words)) => Some(words),
            Some(Toast::Saved(_) | Toast::Refused(_)) | None => None,
        }
    }

    pub fn refuse(&mut self, problem: Problem) {
        self.answer(Toast::Refused(problem));
    }

    pub fn answer(&mut self, toast: Toast) {
        self.toast = Some(toast);
        self.elsewhere = None;
    }

    /// Reports others' changes without hiding whether the user's own change is saved.
    pub fn say_of_others(&mut self, sentence: String) {
        match self.toast {
            Some(Toast::Saved(_) | Toast::Refused(_)) => self.elsewhere = Some(sentence),
            Some(Toast::Said(_)) | None => self.say(sentence),
        }
    }

    /// Whether there is a draft not yet saved.
    pub fn has_unkept_draft(&self) -> bool {
        self.overlays.iter().any(|overlay| matches!(overlay, Overlay::Form(form) if form.unkept))
    }

    /// Opens a form; text typed in it earlier and not saved is offered.
    pub fn open_form(&mut self, mut form: Form) -> Vec<Effect> {
        form.find_drafts(&self.drafts);
        self.overlays.push(Overlay::Form(form));
        Vec::new()
    }

    /// Returns the drafts to save, so that a crash loses at most a second of typing.
    pub fn keep_drafts(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        for form in self.overlays.iter_mut().filter_map(Overlay::form_mut).filter(|form| form.unkept) {
            form.unkept = false;
            let (key, text) = (form.draft_key(), form.draft_text());
            if !form.draft_is_blank() {
                self.drafts.insert(key.clone(), text.clone());
                effects.push(Effect::KeepDraft { key, text });
            } else if self.drafts.remove(&key).is_some() {
                effects.push(Effect::ForgetDraft { key });
            }
        }
        effects
    }

    /// Requests again a report or history that the register's change has made out of date.
    pub fn asked_again(&self) -> Vec<Effect> {
        match &self.screen {
            Screen::History(history) => vec![Effect::Tell(history.subject)],
            Screen::Paper(paper) => vec![Effect::Show(Box::new(paper.request.clone()))],
            Screen::Walk(_) | Screen::Plans(_) | Screen::Welcome(_) | Screen::Review(_) => Vec::new(),
        }
    }

    /// The form, if it is one.
    pub fn form_mut(&mut self) -> Option<&mut Form> {
        self.overlays.last_mut().and_then(Overlay::form_mut)
    }

    /// The list, if it is one.
    pub fn choice_mut(&mut self) -> Option<&mut Choice> {
        self.overlays.last_mut().and_then(Overlay::choice_mut)
    }
}

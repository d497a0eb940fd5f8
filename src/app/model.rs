//! The model: everything on the screen that is not in the register.

use std::collections::HashMap;

use super::keymap::Keymap;
use super::layout::Size;
use super::message::{Effect, Mouse, World};
use super::overlay::Overlay;
use super::overlay::choice::Choice;
use super::overlay::form::Form;
use super::scope::Scope;
use super::screen::Screen;
use crate::domain::id::Id;
use crate::domain::moment::Moment;
use crate::problem::Problem;

/// The moment that is looked back to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    pub moment: Moment,
    /// How the register is open, once one comes back.
    pub standing: Standing,
}

/// The line above the footer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Toast {
    /// Something was written: the sentence ends in "saved" and `u` takes it back.
    Saved(String),
    /// A remark.
    Said(String),
    /// Something was not done.
    Refused(Problem),
}

/// How the register was opened, as far as the person must know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Why nothing can be changed here, where so.
    pub read_only: Option<String>,
    /// A standing remark ("Demo: a private copy, nothing is kept").
    pub remark: Option<String>,
}

/// Whether anything is to be seen at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Curtain {
    #[default]
    Open,
    /// The screen is blank until a key is pressed, which does nothing else.
    Drawn,
}

/// Everything on the screen that is not in the register.
pub struct Model {
    pub size: Size,
    pub screen: Screen,
    /// The screens to go back to, the nearest last.
    pub behind: Vec<Screen>,
    /// The folder that is offered for reports; empty for the one the program was started in.
    pub papers: String,
    pub curtain: Curtain,
    /// On top of the screen; the last is on top of all and gets the keys.
    pub overlays: Vec<Overlay>,
    pub toast: Option<Toast>,
    /// What others changed since the toast, said behind it: they must not talk over the answer to one's own key.
    pub elsewhere: Option<String>,
    pub standing: Standing,
    /// While the world is an earlier one.
    pub past: Option<Past>,
    pub theme: ThemeChoice,
    /// Half-typed texts by what they are for.
    pub drafts: HashMap<String, String>,
    pub keymap: Keymap,
    pub mouse: Mouse,
}

/// The colours in use; the view knows what they look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThemeChoice {
    Dark,
    Light,
    /// Dark, in colours that people who do not tell red from green can tell apart.
    Safe,
    /// Sixteen colours, for terminals that have no more.
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
            curtain: Curtain::Open,
            overlays: Vec::new(),
            toast: None,
            elsewhere: None,
            standing,
            past: None,
            theme,
            drafts: HashMap::new(),
            keymap,
            mouse: Mouse::default(),
        };
        model.refresh(world);
        model
    }

    /// Shows a screen in place of all there were.
    pub fn show(&mut self, screen: Screen) {
        self.behind.clear();
        self.screen = screen;
    }

    /// Puts a screen over the present one.
    pub fn open(&mut self, screen: Screen) {
        self.behind.push(std::mem::replace(&mut self.screen, screen));
        self.keep_in_view();
    }

    /// Goes back to the screen below, as it was left.
    pub fn close(&mut self, world: World<'_>) {
        self.screen = self.behind.pop().unwrap_or_else(|| Screen::first(world));
        self.refresh(world);
    }

    /// Works out anew what depends on the register.
    pub fn refresh(&mut self, world: World<'_>) {
        self.screen.refresh(world);
        self.keep_in_view();
    }

    /// As [`Model::refresh`], after a change of these actions' own words and nothing else.
    pub fn refresh_changed(&mut self, changed: &[Id], world: World<'_>) {
        match self.screen.walk_mut() {
            Some(walk) => walk.refresh_changed(changed, world),
            None => self.screen.refresh(world),
        }
        self.keep_in_view();
    }

    /// Scrolls the screen so that its cursor is seen.
    pub fn keep_in_view(&mut self) {
        self.screen.keep_in_view(self.size);
    }

    /// The scopes that hear keys now, nearest first.
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

    /// Says what others did, without taking away whether one's own change is saved.
    pub fn say_of_others(&mut self, sentence: String) {
        match self.toast {
            Some(Toast::Saved(_) | Toast::Refused(_)) => self.elsewhere = Some(sentence),
            Some(Toast::Said(_)) | None => self.say(sentence),
        }
    }

    /// Whether something half typed has not been kept yet.
    pub fn has_unkept_draft(&self) -> bool {
        self.overlays.iter().any(|overlay| matches!(overlay, Overlay::Form(form) if form.unkept))
    }

    /// Opens a form; what was typed into it earlier and never saved is offered.
    pub fn open_form(&mut self, mut form: Form) -> Vec<Effect> {
        form.kept = self.drafts.get(&form.draft_key()).cloned();
        self.overlays.push(Overlay::Form(form));
        Vec::new()
    }

    /// Hands over what is half typed, so that a crash loses at most a second of typing.
    pub fn keep_drafts(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        for form in self.overlays.iter_mut().filter_map(Overlay::form_mut).filter(|form| form.unkept) {
            form.unkept = false;
            let (key, text) = (form.draft_key(), form.draft_text());
            self.drafts.insert(key.clone(), text.clone());
            effects.push(Effect::KeepDraft { key, text });
        }
        effects
    }

    /// What a report or a history shows has changed with the register: it is asked for again.
    pub fn asked_again(&self) -> Vec<Effect> {
        match &self.screen {
            Screen::History(history) => vec![Effect::Tell(history.subject)],
            Screen::Paper(paper) => vec![Effect::Show(Box::new(paper.wish.clone()))],
            Screen::Walk(_) | Screen::Plans(_) | Screen::Welcome(_) | Screen::Review(_) => Vec::new(),
        }
    }

    /// What is typed into, if it is a form.
    pub fn form_mut(&mut self) -> Option<&mut Form> {
        self.overlays.last_mut().and_then(Overlay::form_mut)
    }

    /// What is chosen from, if it is a list.
    pub fn choice_mut(&mut self) -> Option<&mut Choice> {
        self.overlays.last_mut().and_then(Overlay::choice_mut)
    }
}

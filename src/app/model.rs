//! The model: everything on the screen that is not in the register.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;

use super::key::Input;
use super::keymap::Keymap;
use super::layout::Size;
use super::overlay::Overlay;
use super::screen::{Screen, walk};
use crate::domain::change::Batch;
use crate::domain::draft::Draft;
use crate::domain::filter::Filter;
use crate::domain::id::Id;
use crate::domain::intent::Intent;
use crate::domain::moment::Moment;
use crate::domain::reconcile::DifferenceKey;
use crate::domain::register::Register;
use crate::domain::told::{Subject, Told};
use crate::env::Env;
use crate::problem::Problem;
use crate::report::Options;
use crate::report::document::Document;

/// What the model may look at but not change: the register as it is on disk, and who and when it is.
#[derive(Clone, Copy)]
pub struct World<'a> {
    pub register: &'a Register,
    pub env: &'a Env,
    /// Whether a file of this name is a document that can be read.
    pub is_document: fn(&str) -> bool,
}

impl World<'_> {
    pub fn today(&self) -> NaiveDate {
        self.env.today
    }
}

/// What comes in.
#[derive(Clone, Debug)]
pub enum Msg {
    Input(Input),
    /// A change is on disk and in the register.
    Saved {
        batch: Batch,
        sentence: String,
    },
    /// Something was not done; nothing was written.
    Failed(Problem),
    /// Others changed the register; one sentence each.
    News(Vec<String>),
    /// A sentence for the message line.
    Notice(String),
    /// Typing has paused: what is half typed is to be kept.
    Pause,
    /// A document has been read and is to be reviewed.
    Read(Box<Reviewed>),
    /// A document is still being read, for so many milliseconds now.
    StillReading(u64),
    /// A report that was asked for.
    Paper(Box<Wish>, Box<Document>),
    /// A report was written to this file.
    Exported(String),
    /// A report was not written: such a file is there already.
    InTheWay(Box<Export>),
    /// A history that was asked for, oldest first.
    Told(Subject, Vec<Told>),
    /// From now on the world is an earlier one.
    LookedBack(Box<LookBack>),
    /// The world is the present one again.
    CameBack,
}

/// Which moment to look back to, and what of it to show.
#[derive(Clone, Debug, PartialEq)]
pub struct LookBack {
    pub moment: Moment,
    pub scope: walk::Scope,
    pub filter: Filter,
    /// Where the cursor is to be.
    pub action: Option<Id>,
}

/// The moment that is looked back to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    pub moment: Moment,
    /// How the register is open, once one comes back.
    pub standing: Standing,
}

/// A report as it is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// The name of its kind.
    pub report: &'static str,
    /// Which actions it is about, as a filter's text.
    pub filter: String,
    pub options: Options,
}

/// A report as it is to be written to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    pub wish: Wish,
    /// The name of the kind of file.
    pub format: &'static str,
    /// As typed.
    pub path: String,
    pub replace: Replace,
}

/// Whether a file that is there already may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replace {
    Ask,
    Agreed,
}

/// A document as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reviewed {
    /// Where it is, as it was given.
    pub path: String,
    /// The short name of the plan that it would become.
    pub slug: String,
    pub draft: Draft,
    /// The changes of the register that imports have written.
    pub imported: HashSet<Id>,
    /// What a column can hold.
    pub kinds: Vec<ColumnKind>,
    /// What a person must know about how it was read.
    pub notes: Vec<String>,
}

/// What a column of a document can hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnKind {
    /// Its name on the command line.
    pub key: String,
    /// Its name for a person.
    pub name: String,
    /// What such a column says.
    pub sentence: String,
}

/// A document that was reviewed and is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakeIn {
    pub draft: Draft,
    pub slug: String,
    /// Differences decided otherwise than proposed.
    pub decided: BTreeMap<DifferenceKey, bool>,
    /// What columns hold, where somebody said so.
    pub columns: Vec<(String, String)>,
}

/// What is to be done by whoever runs the program.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Write this, and forget the draft it came from.
    Write {
        intent: Intent,
        draft: Option<String>,
    },
    Undo,
    Redo,
    KeepDraft {
        key: String,
        text: String,
    },
    ForgetDraft {
        key: String,
    },
    /// Read a document, to review it; its columns hold what is said here, where anything is.
    Read {
        path: String,
        columns: Vec<(String, String)>,
    },
    /// Stop reading.
    StopReading,
    /// Write a document that was reviewed, as one batch.
    TakeIn(Box<TakeIn>),
    /// Make a report, to show it.
    Show(Box<Wish>),
    /// Make a report and write it to a file.
    Export(Box<Export>),
    /// Tell a history, to show it.
    Tell(Subject),
    /// Make the world what it was.
    LookBack(Box<LookBack>),
    /// Make the world the present one again.
    ComeBack,
    /// Make an empty register.
    CreateEmpty,
    /// Leave this and show the built-in plan.
    OpenDemo,
    /// Stop the program as Ctrl-Z does.
    Suspend,
    /// Draw the whole screen anew.
    Redraw,
    Quit,
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
    pub fn new(size: Size, theme: ThemeChoice, standing: Standing, world: World<'_>) -> Model {
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
            keymap: Keymap::standard(),
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
        super::screen::keep_in_view(self);
    }

    /// Goes back to the screen below, as it was left.
    pub fn close(&mut self, world: World<'_>) {
        self.screen = self.behind.pop().unwrap_or_else(|| Screen::first(world));
        self.refresh(world);
    }

    /// Works out anew what depends on the register.
    pub fn refresh(&mut self, world: World<'_>) {
        self.screen.refresh(world);
        super::screen::keep_in_view(self);
    }

    /// As [`Model::refresh`], after a change of these actions' own words and nothing else.
    pub fn refresh_changed(&mut self, changed: &[Id], world: World<'_>) {
        match &mut self.screen {
            Screen::Walk(walk) => walk.refresh_changed(changed, world),
            Screen::Plans(_) | Screen::Welcome(_) | Screen::Review(_) | Screen::Paper(_) | Screen::History(_) => {
                self.screen.refresh(world);
            }
        }
        super::screen::keep_in_view(self);
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
}

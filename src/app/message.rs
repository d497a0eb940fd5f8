//! What comes in, what is to be done, and the world that both are about.

use std::collections::{BTreeMap, HashSet};

use chrono::NaiveDate;

use super::key::Input;
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

/// Which plans a walk goes through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    Plan(Id),
    AllPlans,
}

/// Which moment to look back to, and what of it to show.
#[derive(Clone, Debug, PartialEq)]
pub struct LookBack {
    pub moment: Moment,
    pub route: Route,
    pub filter: Filter,
    /// Where the cursor is to be.
    pub action: Option<Id>,
}

/// Who gets what the mouse does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mouse {
    /// The program: the wheel scrolls, a click chooses.
    #[default]
    OfProgram,
    /// The terminal, which selects text with it.
    OfTerminal,
}

impl Mouse {
    #[must_use]
    pub fn other(self) -> Mouse {
        match self {
            Mouse::OfProgram => Mouse::OfTerminal,
            Mouse::OfTerminal => Mouse::OfProgram,
        }
    }
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
    /// Put this text on the clipboard.
    Copy(String),
    Mouse(Mouse),
    /// Stop the program as Ctrl-Z does.
    Suspend,
    /// Draw the whole screen anew.
    Redraw,
    Quit,
}

//! Messages, effects, and the world they concern.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::key::Input;
use crate::domain::arrival::Happening;
use crate::domain::change::Batch;
use crate::domain::conflict::Side;
use crate::domain::draft::Draft;
use crate::domain::erasing::Erasing;
use crate::domain::filter::Filter;
use crate::domain::fork::Forks;
use crate::domain::id::Id;
use crate::domain::imported::Imported;
use crate::domain::intent::Intent;
use crate::domain::moment::Moment;
use crate::domain::reconcile::{Asked, DifferenceKey};
use crate::domain::register::Register;
use crate::domain::trail::Subject;
use crate::domain::updates::Update;
use crate::env::Env;
use crate::problem::Problem;
use crate::report::Options;
use crate::report::document::Document;
use crate::seal::Secret;

/// What the model can read but not change: the register as it is on disk, the author and the time.
#[derive(Clone, Copy)]
pub struct World<'a> {
    pub register: &'a Register,
    pub env: &'a Env,
    /// Whether a file of this name is a document that can be read.
    pub is_document: fn(&str) -> bool,
    /// The folders and the documents of a folder, as typed.
    pub beneath: fn(&str) -> Vec<Beneath>,
}

/// A file or a folder that can be chosen by typing its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beneath {
    pub name: String,
    pub is_folder: bool,
}

impl World<'_> {
    pub fn today(&self) -> NaiveDate {
        self.env.today
    }
}

/// A message.
#[derive(Clone, Debug)]
pub enum Msg {
    Input(Input),
    /// Runs the command of that name, whatever its key.
    Command(&'static str),
    /// A change is on disk and in the register.
    Saved {
        batch: Batch,
        sentence: String,
        /// Of an act on several actions: what was refused.
        refused: Vec<Problem>,
    },
    /// An operation failed; nothing was written.
    Failed(Problem),
    /// Others changed the register; one sentence each.
    News(Vec<String>),
    /// A sentence for the message line.
    Notice(String),
    /// Typing has paused: save the draft.
    Pause,
    /// A document has been read and is ready for review.
    Read(Box<Reviewed>),
    /// A document is still being read, after this many milliseconds.
    StillReading(u64),
    /// A requested report.
    Paper(Box<ReportRequest>, Box<Document>),
    /// A report was written to the file at this full path; how many names in it are left to check.
    Exported {
        path: String,
        to_check: usize,
    },
    /// A report was not written: the file exists.
    InTheWay(Box<Export>),
    /// A requested history, oldest first.
    History(Subject, Vec<Happening>),
    /// The world is now a past one.
    PastShown(Box<ShowPast>),
    /// The world is the present again.
    PresentShown,
    /// A bundle is sealed with a passphrase.
    Sealed {
        path: String,
    },
    /// What a copy of the register would bring.
    Offered(Box<MergeOffer>),
    /// A copy was merged; perhaps another waits.
    Merged(String, Option<Waiting>),
    /// A copy beside the register waits to be merged.
    Waiting(Waiting),
    /// The file is not the register that was here.
    Suspect(Problem),
    /// Something about the hub; whether it answers the user.
    Hub(HubNews, bool),
    /// Words were erased.
    Erased(String),
    /// The conflicts of a thing, to settle.
    Conflicts(Id, Vec<Conflicting>),
    /// A change waits for the user's name.
    AskName,
    /// Changes are recorded under this name from now on.
    Named(String),
    /// Who proposed to close an action, which is now to be agreed.
    Proposer {
        action: Id,
        by: String,
    },
    /// What agencies wrote in their own copies, to decide on.
    Updates(Vec<Update>),
}

/// What is heard of the hub.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HubNews {
    /// Both have everything: how many changes were sent, and what came, in words.
    InStep { sent: u64, came: Option<String> },
    /// It cannot be reached, and why.
    Away(String),
    /// It and the register do not fit together, and why.
    Refused(String),
    /// Something that the user should know.
    Told(String),
}

/// A copy of the register that waits to be merged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub path: String,
    pub name: String,
    /// How many of its changes are not here.
    pub changes: usize,
}

/// What a copy of the register would bring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergeOffer {
    /// As given.
    pub path: String,
    /// Whether it has another history of a copy that is here, which choosing to merge it resolves.
    pub forks: Forks,
    /// The file's name.
    pub name: String,
    /// How many changes it brings; none where it becomes the register.
    pub changes: Option<usize>,
    /// What they are, and each side of the conflicts that they would make, a line each.
    pub told: Vec<String>,
}

/// A field in conflict, with who wrote what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflicting {
    /// "7.1 rating".
    pub subject: String,
    pub sides: Vec<Side>,
}

/// Which plans a walk goes through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    Plan(Id),
    AllPlans,
}

/// Which past moment to show, and which part of it.
#[derive(Clone, Debug, PartialEq)]
pub struct ShowPast {
    pub moment: Moment,
    pub route: Route,
    pub filter: Filter,
    /// Where to place the cursor.
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

/// A request for a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportRequest {
    /// The name of its kind.
    pub report: &'static str,
    /// Its actions, as the text of a filter.
    pub filter: String,
    pub options: Options,
}

/// A request to write a report to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    pub request: ReportRequest,
    /// The name of the kind of file.
    pub format: &'static str,
    /// As typed.
    pub path: String,
    pub replace: Replace,
}

/// A request to write a mail to every lead, with its form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChaseRequest {
    /// The folder for the drafts, as typed.
    pub folder: String,
    /// About what is due within so many days, too.
    pub days: u64,
    /// By when to answer, and to whom.
    pub return_by: Option<NaiveDate>,
    pub contact: String,
    /// The key of the form's draft.
    pub draft: String,
}

/// Whether an existing file may be replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replace {
    Ask,
    Agreed,
}

/// A document as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reviewed {
    /// Its path, as given.
    pub path: String,
    /// The short name of the plan it would become.
    pub slug: String,
    pub draft: Draft,
    /// The ids of changes written by imports.
    pub imported: Imported,
    /// Of a return: when its form was made, and what was changed since.
    pub asked: Arc<Asked>,
    /// What a column can hold.
    pub kinds: Vec<ColumnKind>,
    /// Notices for the user about how it was read.
    pub notes: Vec<String>,
}

/// What a column of a document can hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnKind {
    /// Its name on the command line.
    pub key: String,
    /// Its display name.
    pub name: String,
    /// What such a column contains.
    pub sentence: String,
}

/// A reviewed document, ready to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportRequest {
    /// The document's path, as given.
    pub path: String,
    pub draft: Draft,
    pub slug: String,
    /// Differences where the user overrode the proposal.
    pub decided: BTreeMap<DifferenceKey, bool>,
    /// The user's column mappings.
    pub columns: Vec<(String, String)>,
}

/// Work for the stage that runs the program.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Write this, and delete its draft.
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
    /// Read a document for review, with these column mappings.
    Read {
        path: String,
        columns: Vec<(String, String)>,
    },
    /// Stop reading.
    StopReading,
    /// Write a reviewed document, as one batch.
    Import(Box<ImportRequest>),
    /// Produce a report to show.
    Show(Box<ReportRequest>),
    /// Produce a report and write it to a file.
    Export(Box<Export>),
    /// Open a file or a folder in its own program.
    Open(String),
    /// Write mail to the leads, and record who was asked.
    Chase(Box<ChaseRequest>),
    /// Read a history to show.
    Tell(Subject),
    /// Switch the world to a past moment.
    ShowPast(Box<ShowPast>),
    /// Switch the world back to the present.
    ReturnToPresent,
    /// Erase words for ever.
    Erase {
        erasing: Erasing,
        ground: String,
    },
    /// Open a sealed bundle, to see what it would bring.
    Unseal {
        path: String,
        passphrase: Secret,
    },
    /// Merge a copy of the register.
    Merge {
        path: String,
        forks: Forks,
    },
    /// Find who wrote what in the conflicts of a thing.
    AskConflicts(Id),
    /// Find who proposed to close an action, with this change.
    AskProposer {
        action: Id,
        change: Id,
    },
    /// Find what agencies wrote in their own copies.
    AskUpdates,
    /// Set an update back, and forget the draft of the reason.
    Decline {
        update: Box<Update>,
        reason: String,
        draft: String,
    },
    /// Record changes under this name from now on.
    Name(String),
    /// Send to the hub what is new here, and take what is new there.
    Sync,
    /// Do what waited for the name.
    GoOn,
    /// Create an empty register.
    CreateEmpty,
    /// Switch to the built-in plan.
    OpenDemo,
    /// Put this text on the clipboard.
    Copy(String),
    Mouse(Mouse),
    /// Suspend the program, as Ctrl-Z does.
    Suspend,
    /// Redraw the whole screen.
    Redraw,
    Quit,
}

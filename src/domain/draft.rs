//! A plan as read from a document, before anything is written.

use chrono::NaiveDate;

use super::action::Closure;
use super::flag::{Flag, RawCell, Source};
use super::particular::Particulars;
use super::party::PartyKind;
use super::progress::EntryText;
use super::rating::Scheme;
use super::reference::{Printed, References};
use super::target::Target;

/// What was read from one document. Positions (`usize`) point into the draft's own lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// The document's file name, without its folder.
    pub file: String,
    /// Empty where the document states none.
    pub title: String,
    pub as_at: Option<NaiveDate>,
    /// `None`: the document has no key; Red/Amber/Green/Blue is used.
    pub scheme: Option<Scheme>,
    pub glossary: Vec<(String, String)>,
    pub notes: Vec<String>,
    /// Those of the notes that say how the document was read: what was hidden in it, and what was changed.
    pub notices: Vec<String>,
    pub findings: Vec<DraftFinding>,
    pub recommendations: Vec<DraftRecommendation>,
    /// Actions of a log that has no recommendation level.
    pub actions: Vec<DraftAction>,
    pub parties: Vec<DraftParty>,
    /// Doubts about the document as a whole.
    pub flags: Vec<Flag>,
    /// The tables of the document in order, whether part of the plan or not.
    pub tables: Vec<DraftTable>,
    /// Whether it is an agency's return, which holds answers about actions that the register has, and no plan.
    pub is_return: bool,
    /// The form that a return was made from.
    pub form: DraftForm,
    pub answers: Vec<DraftAnswer>,
}

/// A table of the document, and what its columns were understood to hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftTable {
    /// "table 1", or the sheet's name.
    pub place: String,
    /// Rows with words, without the header.
    pub rows: usize,
    pub columns: Vec<DraftColumn>,
    /// Whether its rows are actions of the draft.
    pub is_read: bool,
    /// Whether its headings are down the side, one at the start of each row.
    pub is_on_end: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftColumn {
    /// As written; empty where there is no header row.
    pub header: String,
    /// What it holds, by the names that `--map` takes: "action", "lead". Empty: not used.
    pub fields: Vec<String>,
    /// The first filled cells, at most three, each cut to 200 characters.
    pub samples: Vec<String>,
}

/// What an agency wrote about one action in its return.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftAnswer {
    /// "adult-c:7.2", or "7.2" of a register with one plan.
    pub reference: String,
    /// The words of the action, as they are in the return.
    pub action: String,
    pub entries: Vec<EntryText>,
    /// The rating proposed, as written; empty for none.
    pub rating: String,
    /// The later target asked for.
    pub targets: Vec<Target>,
    /// The whole row, with the form's own columns, in which the agency may have written too.
    pub cells: Vec<RawCell>,
    /// "table 1, row 3".
    pub place: String,
    /// What the user has settled about it: "action" where the reference is certain, and fields that are left out.
    pub settled: Vec<String>,
}

/// What a return says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftForm {
    /// The party that was asked.
    pub party: String,
    /// The person who filled it in; empty where none is named.
    pub person: String,
    /// The day on which it was filled in.
    pub filled: Option<NaiveDate>,
    /// The day on which the form was made.
    pub made: Option<NaiveDate>,
    /// The code of the register's state when the form was made.
    pub record: String,
}

impl DraftForm {
    /// "Jane Smith, Sussex Police".
    pub fn giver(&self) -> String {
        [&self.person, &self.party].into_iter().filter(|name| !name.is_empty()).cloned().collect::<Vec<_>>().join(", ")
    }
}

impl DraftAnswer {
    /// What its row has in a column of the form.
    pub fn cell(&self, column: &str) -> Option<&str> {
        let own = self.cells.iter().find(|cell| cell.column.eq_ignore_ascii_case(column));
        own.map(|cell| cell.text.trim())
    }

    pub fn is_settled(&self, field: &str) -> bool {
        self.settled.iter().any(|own| own == field)
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftFinding {
    pub number: String,
    pub text: String,
}

/// Which of the draft's findings a recommendation is under.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum DraftUnder {
    #[default]
    Nothing,
    Findings(Vec<usize>),
    AllFindings,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftRecommendation {
    pub number: String,
    pub number_inferred: bool,
    pub text: String,
    pub particulars: Particulars,
    pub under: DraftUnder,
    pub flags: Vec<Flag>,
    pub raw: Vec<RawCell>,
    pub source: Source,
    pub actions: Vec<DraftAction>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftAction {
    pub number: Option<String>,
    pub text: String,
    pub leads: Vec<DraftLead>,
    pub via: Vec<DraftLead>,
    /// Those in force.
    pub targets: Vec<Target>,
    /// Those first set, where the document says that they were moved.
    pub original_targets: Vec<Target>,
    /// The word of a level of the scheme; `None` is "not rated".
    pub rating: Option<String>,
    pub closure: Closure,
    pub progress: Vec<EntryText>,
    pub flags: Vec<Flag>,
    pub raw: Vec<RawCell>,
    pub source: Source,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftLead {
    /// Which of the draft's parties.
    pub party: usize,
    pub raw: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftParty {
    pub name: String,
    pub kind: PartyKind,
    pub aliases: Vec<String>,
    /// The party it rolls up to.
    pub agency: Option<usize>,
}

impl Draft {
    /// Lets go of what its rows said, once that is in a register: what is told of an import needs only how each is called and
    /// what is doubted of it. That is copied, so that all the rest is freed in one piece.
    pub fn let_go_of_rows(&mut self) {
        let action = |action: &DraftAction| DraftAction {
            number: action.number.clone(),
            flags: action.flags.clone(),
            source: action.source.clone(),
            ..DraftAction::default()
        };
        let rec = |rec: &DraftRecommendation| DraftRecommendation {
            number: rec.number.clone(),
            flags: rec.flags.clone(),
            source: rec.source.clone(),
            actions: rec.actions.iter().map(action).collect(),
            ..DraftRecommendation::default()
        };
        self.recommendations = self.recommendations.iter().map(rec).collect();
        self.actions = self.actions.iter().map(action).collect();
    }
}

impl DraftTable {
    pub fn headers(&self) -> Vec<String> {
        self.columns.iter().map(|column| column.header.clone()).collect()
    }

    /// The name by which the user refers to a column: its header, or "column 3" where the header is blank or repeated.
    pub fn address(&self, at: usize) -> String {
        address(&self.headers(), at)
    }

    /// The columns that hold something and of which nothing is used.
    pub fn unused(&self) -> Vec<String> {
        let is_unused =
            |column: &DraftColumn| column.fields.is_empty() && !(column.header.is_empty() && column.samples.is_empty());
        let all = self.columns.iter().enumerate().filter(|(_, column)| is_unused(column));
        all.map(|(at, _)| self.address(at)).collect()
    }
}

/// The same for a row of headers.
pub fn address(headers: &[String], at: usize) -> String {
    let header = headers.get(at).map(|header| header.trim()).unwrap_or_default();
    let is_alone = headers.iter().filter(|other| other.trim() == header).count() == 1;
    if header.is_empty() || !is_alone { format!("column {}", at + 1) } else { header.to_owned() }
}

/// What an action is numbered after.
pub fn printed<'a>(rec: Option<&'a DraftRecommendation>, action: &'a DraftAction) -> Printed<'a> {
    Printed { recommendation: rec.map(|rec| rec.number.as_str()), own: action.number.as_deref() }
}

impl Draft {
    /// The columns of its plan of which nothing is used, each once.
    pub fn unused_columns(&self) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for name in self.tables.iter().filter(|table| table.is_read).flat_map(DraftTable::unused) {
            if !all.contains(&name) {
                all.push(name);
            }
        }
        all
    }

    /// What its actions will be called in a register that has none of them, in document order.
    pub fn references(&self) -> Vec<String> {
        let all =
            || self.homes().into_iter().zip(self.all_actions()).map(|(at, (rec, action))| (at, printed(rec, action)));
        let mut references = References::new(all());
        all().map(|(at, printed)| references.give(at, printed)).collect()
    }

    /// The place of each action's recommendation, in document order.
    pub fn homes(&self) -> Vec<Option<usize>> {
        let under =
            self.recommendations.iter().enumerate().flat_map(|(at, rec)| rec.actions.iter().map(move |_| Some(at)));
        under.chain(self.actions.iter().map(|_| None)).collect()
    }

    pub fn all_actions_mut(&mut self) -> impl Iterator<Item = &mut DraftAction> {
        let under = self.recommendations.iter_mut().flat_map(|rec| rec.actions.iter_mut());
        under.chain(self.actions.iter_mut())
    }

    /// All actions with their recommendation, in document order.
    pub fn all_actions(&self) -> impl Iterator<Item = (Option<&DraftRecommendation>, &DraftAction)> {
        let under =
            self.recommendations.iter().flat_map(|rec| rec.actions.iter().map(move |action| (Some(rec), action)));
        under.chain(self.actions.iter().map(|action| (None, action)))
    }
}

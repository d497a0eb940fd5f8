//! Documents → drafts. Nothing here writes; a document that cannot be read ends in one sentence.

pub mod cells;
pub mod child;
mod draft;
pub mod formats;
mod limits;
mod options;
mod table;
mod tables;
pub mod words;

use crate::domain::draft::Draft;
use crate::problem::Problem;
use draft::{assemble, json, returned};
use formats::{Named, asides, breaks, csv, decode, doc, docx, foreign, mail, markdown, odt, pdf, sheet, text};
pub use options::{Explained, Options};
use table::{Block, Document, Row, Unread};
use tables::{inventory, overlong, shapes, unread};
use words::vocabulary::Vocabulary;

/// A kind of document: what its files are called, how it is recognised, and how it is read.
struct Adapter {
    /// The endings of such files, the usual one first; none where other rows list them.
    endings: &'static [&'static str],
    /// What such an ending suggests.
    named: Named,
    recognises: fn(&File) -> bool,
    read: fn(&File, &Options, &Vocabulary) -> Result<Content, Problem>,
}

/// A document as it arrived.
struct File<'a> {
    name: &'a str,
    /// What its name suggests it is.
    named: Named,
    bytes: &'a [u8],
}

/// What an adapter produces: the neutral form, or the draft that a file holds ready-made.
enum Content {
    Document(Document),
    Draft(Box<Draft>),
}

/// In the order in which they are tried; the last accepts whatever is left. A new format is a row here.
const ADAPTERS: [Adapter; 12] = [
    Adapter {
        endings: &["json"],
        named: Named::Data,
        recognises: |file| json::recognises(file.bytes),
        read: |file, _, _| json::read(file.name, file.bytes).map(|draft| Content::Draft(Box::new(draft))),
    },
    Adapter {
        endings: mail::ENDINGS,
        named: Named::Mail,
        recognises: |file| mail::is_one(file.named, file.bytes),
        read: |file, options, _| in_mail(file.bytes, options).map(|draft| Content::Draft(Box::new(draft))),
    },
    Adapter {
        endings: &["docx", "docm", "dotx"],
        named: Named::Word,
        recognises: |file| docx::is_one(file.bytes),
        read: |file, _, _| docx::read(file.bytes).map(Content::Document),
    },
    Adapter {
        endings: &["odt"],
        named: Named::Word,
        recognises: |file| odt::is_one(file.bytes),
        read: |file, _, _| odt::read(file.bytes).map(Content::Document),
    },
    Adapter {
        endings: &["doc"],
        named: Named::Word,
        recognises: |file| doc::is_one(file.bytes),
        read: |file, _, _| doc::read(file.bytes).map(Content::Document),
    },
    Adapter {
        endings: &["xlsx", "xlsm", "xls", "ods"],
        named: Named::Workbook,
        recognises: |file| sheet::kind(file.bytes).is_some(),
        read: |file, options, _| sheet::read(file.bytes, options.sheet.as_deref()).map(Content::Document),
    },
    // Forms that are recognised but not read.
    Adapter {
        endings: &[],
        named: Named::Nothing,
        recognises: |file| foreign::is_one(file.bytes),
        read: |file, _, _| Err(foreign::refuse(file.bytes)),
    },
    Adapter {
        endings: &["pdf"],
        named: Named::Pdf,
        recognises: |file| pdf::is_pdf(file.bytes),
        read: |file, _, _| pdf::read(file.bytes).map(Content::Document),
    },
    // A file that looks like a Word document but is not one: the Word reader explains what it is.
    Adapter {
        endings: &[],
        named: Named::Nothing,
        recognises: |file| docx::is_like_one(file.named, file.bytes),
        read: |file, _, _| docx::read(file.bytes).map(Content::Document),
    },
    Adapter {
        endings: &["md"],
        named: Named::Prose,
        recognises: |file| markdown::recognises(file.bytes),
        read: |file, _, _| markdown::read(file.bytes).map(Content::Document),
    },
    Adapter {
        endings: &["csv", "tsv", "tab", "psv"],
        named: Named::Values,
        recognises: |file| csv::recognises(file.named, file.bytes),
        read: |file, _, _| csv::read(file.bytes).map(Content::Document),
    },
    Adapter {
        endings: &["txt", "text"],
        named: Named::Prose,
        recognises: |_| true,
        read: |file, _, vocabulary| {
            decode::decode(file.bytes).and_then(|text| text::read(&text, vocabulary)).map(Content::Document)
        },
    },
];

/// The endings of the documents that can be read, format by format, the usual ending first.
pub fn endings() -> impl Iterator<Item = &'static [&'static str]> {
    ADAPTERS.iter().map(|adapter| adapter.endings).filter(|endings| !endings.is_empty())
}

/// Whether a file with this name is one of them.
pub fn is_document(name: &str) -> bool {
    File::new(name, &[]).named != Named::Nothing
}

impl<'a> File<'a> {
    fn new(name: &'a str, bytes: &'a [u8]) -> File<'a> {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        let is_its = |adapter: &&Adapter| adapter.endings.iter().any(|own| ending.as_deref() == Some(own));
        let named = ADAPTERS.iter().find(is_its).map_or(Named::Nothing, |adapter| adapter.named);
        File { name, named, bytes }
    }
}

/// Reads a plan. `name` is the file's name without its folder. Never panics, whatever the bytes; a problem where the
/// document is not a plan.
pub fn read(name: &str, bytes: &[u8], options: &Options) -> Result<Draft, Problem> {
    plan(look(name, bytes, options)?)
}

/// The same, but a document with tables that is not a plan gives a draft without actions, so that the user can say
/// what its columns hold; a problem only where it cannot be read or holds no table.
pub fn look(name: &str, bytes: &[u8], options: &Options) -> Result<Draft, Problem> {
    limits::file(bytes.len())?;
    if bytes.is_empty() {
        return Err(empty());
    }
    let vocabulary = Vocabulary::reading(options)?;
    let file = File::new(name, bytes);
    let adapter = ADAPTERS.iter().find(|adapter| (adapter.recognises)(&file));
    let content = adapter
        .map_or_else(|| Err(unread("a file of an unknown kind")), |found| (found.read)(&file, options, &vocabulary));
    let draft = match content? {
        Content::Draft(draft) => *draft,
        Content::Document(mut document) => {
            document.notices.extend(adapter.and_then(|found| misnamed(file.named, found.named)));
            understand(document, name, options, &vocabulary)?
        }
    };
    if !draft.is_return {
        vocabulary.choices.check(&draft.tables)?;
    }
    Ok(draft)
}

/// That the file's name says something else than what it is.
fn misnamed(said: Named, is: Named) -> Option<String> {
    let (said, is) = (kind(said)?, kind(is).filter(|_| said != is)?);
    Some(format!("The file's name says that it is {said}; it is {is}, and was read as one."))
}

fn kind(named: Named) -> Option<&'static str> {
    match named {
        Named::Word => Some("a Word document"),
        Named::Workbook => Some("a workbook"),
        Named::Pdf => Some("a PDF"),
        // Text is text, whatever its name.
        Named::Values | Named::Prose | Named::Data | Named::Mail | Named::Nothing => None,
    }
}

/// The rows of a document's tables as they are written, whatever they hold: a list rather than a plan.
pub fn rows(name: &str, bytes: &[u8], options: &Options) -> Result<Vec<Vec<String>>, Problem> {
    limits::file(bytes.len())?;
    let vocabulary = Vocabulary::reading(options)?;
    let file = File::new(name, bytes);
    let adapter = ADAPTERS.iter().find(|adapter| (adapter.recognises)(&file));
    let document = match adapter.map(|found| (found.read)(&file, options, &vocabulary)).transpose()? {
        Some(Content::Document(document)) => document,
        Some(Content::Draft(_)) | None => return Err(no_rows()),
    };
    limits::sizes(&document)?;
    let tables = document.blocks.into_iter().filter_map(|block| match block {
        Block::Table(table) => Some(table.rows),
        Block::Paragraph(_) => None,
    });
    let cells = |row: Row| row.cells.into_iter().map(|cell| cell.text).collect();
    let rows: Vec<Vec<String>> = tables.flatten().map(cells).collect();
    if rows.is_empty() { Err(no_rows()) } else { Ok(rows) }
}

fn no_rows() -> Problem {
    let hint = "Save the list as .csv or .xlsx, with one row for each.";
    Problem::new("Could not read this list", "no table was found in it", hint)
}

/// The filled-in form that is attached to a mail, as if it had been given itself.
fn in_mail(bytes: &[u8], options: &Options) -> Result<Draft, Problem> {
    let (mut returns, mut unread) = (Vec::new(), None);
    for file in mail::attached(bytes)?.iter().filter(|file| is_document(&file.name)) {
        match look(&file.name, &file.bytes, options) {
            Ok(draft) if draft.is_return => returns.push(draft),
            Ok(_) => {}
            Err(problem) => unread = unread.or_else(|| Some(format!("{} in it: {}", file.name, problem.why))),
        }
    }
    let no = |why: String, hint: &str| Err(Problem::new("Could not read this mail", why, hint));
    match (returns.pop(), returns.is_empty(), unread) {
        (Some(draft), true, _) => Ok(draft),
        (Some(_), false, _) => no(
            format!("{} filled-in forms are attached to it", returns.len() + 1),
            "Save them in a folder, and import one after the other.",
        ),
        (None, _, Some(why)) => no(why, "Save the form that is attached in a folder, and import that."),
        (None, _, None) => no(
            "no filled-in form is attached to it".into(),
            "Record what it says as progress, or save what is attached in a folder and import that.",
        ),
    }
}

/// The draft of a document in neutral form.
fn understand(
    mut document: Document,
    name: &str,
    options: &Options,
    vocabulary: &Vocabulary,
) -> Result<Draft, Problem> {
    limits::sizes(&document)?;
    asides::settle(&mut document, vocabulary);
    breaks::settle(&mut document);
    if let Some(draft) = returned::of(&document, name, options) {
        return Ok(draft);
    }
    let mut doubts = overlong::doubts(&document);
    doubts.extend(shapes::settle(&mut document, vocabulary));
    let mut draft = assemble::assemble(&document, name, options, vocabulary)?;
    draft.flags.extend(doubts);
    draft.flags.extend(unread::flag(document.unread));
    match draft.tables.is_empty() {
        true if no_plan(&draft).is_some() && document.unread != Unread::default() => Err(unread::problem()),
        true => plan(draft),
        false => Ok(draft),
    }
}

/// The draft, if it is of a plan.
pub fn plan(draft: Draft) -> Result<Draft, Problem> {
    match no_plan(&draft) {
        Some(problem) => Err(problem),
        None => Ok(draft),
    }
}

/// "This does not look like an action plan: …", where a draft has no actions.
pub fn no_plan(draft: &Draft) -> Option<Problem> {
    let is_empty = draft.recommendations.is_empty() && draft.actions.is_empty() && !draft.is_return;
    is_empty.then(|| inventory::no_plan(&draft.tables))
}

fn empty() -> Problem {
    let hint = "Get a fresh copy: copying or sending it was cut short, or it was never saved.";
    Problem::new("Could not read this document", "the file is empty", hint)
}

fn unread(kind: &str) -> Problem {
    Problem::new(
        "Could not read this document",
        format!("it is {kind}, which cannot be read yet"),
        "Open it in the program that made it, save it as .docx, and import that.",
    )
}

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
use formats::{csv, decode, doc, docx, foreign, markdown, odt, pdf, sheet, text};
pub use options::{Explained, Options};
use table::Document;
use tables::{inventory, shapes};
use words::chosen::Chosen;
use words::vocabulary::Vocabulary;

/// A kind of document: how it is recognised, and what makes the neutral form of it.
struct Adapter {
    recognises: fn(name: &str, bytes: &[u8]) -> bool,
    read: fn(bytes: &[u8], options: &Options, vocabulary: &Vocabulary) -> Result<Document, Problem>,
}

/// In the order in which they are tried; the last takes all that is left. A new format is a row here.
const ADAPTERS: [Adapter; 10] = [
    Adapter { recognises: |_, bytes| docx::is_one(bytes), read: |bytes, _, _| docx::read(bytes) },
    Adapter { recognises: |_, bytes| odt::is_one(bytes), read: |bytes, _, _| odt::read(bytes) },
    Adapter { recognises: |_, bytes| doc::is_one(bytes), read: |bytes, _, _| doc::read(bytes) },
    Adapter {
        recognises: |_, bytes| sheet::kind(bytes).is_some(),
        read: |bytes, options, _| sheet::read(bytes, options.sheet.as_deref()),
    },
    Adapter { recognises: |_, bytes| foreign::is_one(bytes), read: |bytes, _, _| Err(foreign::refuse(bytes)) },
    Adapter { recognises: |_, bytes| pdf::is_pdf(bytes), read: |bytes, _, _| pdf::read(bytes) },
    // What a file is that looks like one of Word's and is none is said by the reader of Word documents.
    Adapter { recognises: docx::is_like_one, read: |bytes, _, _| docx::read(bytes) },
    Adapter { recognises: markdown::recognises, read: |bytes, _, _| markdown::read(bytes) },
    Adapter { recognises: csv::recognises, read: |bytes, _, _| csv::read(bytes) },
    Adapter { recognises: |_, _| true, read: plain },
];

/// Reads a plan. `name` is the file's name without its folder. Never panics, whatever the bytes; a problem where the
/// document is no plan.
pub fn read(name: &str, bytes: &[u8], options: &Options) -> Result<Draft, Problem> {
    plan(look(name, bytes, options)?)
}

/// The same, but a document with tables that is no plan gives a draft without actions, so that a person can say what
/// its columns hold; a problem only where it cannot be read or holds no table.
pub fn look(name: &str, bytes: &[u8], options: &Options) -> Result<Draft, Problem> {
    limits::file(bytes.len())?;
    if bytes.is_empty() {
        return Err(empty());
    }
    if json::recognises(bytes) {
        let draft = json::read(name, bytes)?;
        return Chosen::new(options)?.check(&draft.tables).map(|()| draft);
    }
    let vocabulary = Vocabulary::reading(options)?;
    let adapter = ADAPTERS.iter().find(|adapter| (adapter.recognises)(name, bytes));
    let mut document = adapter
        .map_or_else(|| Err(unread("a file of an unknown kind")), |found| (found.read)(bytes, options, &vocabulary))?;
    limits::sizes(&document)?;
    if let Some(draft) = returned::of(&document, name, options) {
        return Ok(draft);
    }
    let doubts = shapes::settle(&mut document, &vocabulary);
    let mut draft = assemble::assemble(&document, name, options, &vocabulary)?;
    draft.flags.extend(doubts);
    let draft = if draft.tables.is_empty() { plan(draft)? } else { draft };
    vocabulary.chosen.check(&draft.tables)?;
    Ok(draft)
}

/// The draft, where it is one of a plan.
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

fn plain(bytes: &[u8], _: &Options, vocabulary: &Vocabulary) -> Result<Document, Problem> {
    text::read(&decode::decode(bytes)?, vocabulary)
}

fn empty() -> Problem {
    let hint = "Get it again from where it came: copying or sending it was cut short, or it was never saved.";
    Problem::new("This document was not read", "the file is empty", hint)
}

fn unread(kind: &str) -> Problem {
    Problem::new(
        "This document was not read",
        format!("it is {kind}, which is not read yet"),
        "Open it where it was made, save it as .docx, and import that.",
    )
}

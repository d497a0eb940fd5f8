//! PDF files → paragraphs and tables: ruled tables are rebuilt from the positions of words and rules.

mod drawing;
mod furniture;
mod grid;
mod join;
mod library;
mod memo;
mod notes;
mod page;
#[cfg(test)]
mod sample;
mod several;
mod stripes;
mod struck;
#[cfg(test)]
mod tests;
mod title;
mod turn;
mod words;

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use self::library::{File, Refusal, Unopened};
use self::page::Page;
use crate::import::table::Document;
use crate::problem::Problem;

/// Pages of a file. The longest plans have forty.
const PAGES: usize = 500;
/// Letters of a file.
const LETTERS: usize = 5_000_000;
/// Less than the reading child has, so that this file reports it itself.
const TIME: Duration = Duration::from_secs(8);
/// Bytes; the library goes down one call for each nested array.
const STACK: usize = 32 << 20;
const DEPTH: usize = 4000;
/// How many bytes to search for the mark of a PDF; some programs write a little before it.
const HEAD: usize = 1024;

/// Whether the file says that it is a PDF.
pub fn is_pdf(bytes: &[u8]) -> bool {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let begins = memchr::memmem::find(head, b"%PDF-");
    begins.is_some_and(|at| at == 0 || head.iter().take(at).all(|byte| !byte.is_ascii_graphic() || *byte >= 0x80))
}

/// Reads a PDF. Whatever the bytes, it ends in time and without a panic.
pub fn read(bytes: &[u8]) -> Result<Document, Problem> {
    if !library::is_flat(bytes, DEPTH) {
        return Err(cannot("its parts are nested too deep", AGAIN));
    }
    let owned = bytes.to_vec();
    let (answer, answers) = mpsc::channel();
    // A panic of the library ends only its thread; a file that keeps it busy is left behind with it.
    let reader = thread::Builder::new().name("pdf".into()).stack_size(STACK);
    let started = reader.spawn(move || answer.send(convert(&owned)).is_ok());
    if started.is_err() {
        return Err(cannot("there is no memory left for it", "Close other programs and try again."));
    }
    match answers.recv_timeout(TIME) {
        Ok(document) => document,
        Err(mpsc::RecvTimeoutError::Timeout) => {
            Err(cannot("reading it takes longer than any action plan needs", ALONE))
        }
        Err(mpsc::RecvTimeoutError::Disconnected) => Err(cannot("it is damaged", AGAIN)),
    }
}

const AGAIN: &str = "Get a fresh copy of the file, or save the plan as .docx, and import that.";
const ALONE: &str = "Save only the pages of the plan, or save it as .docx, and import that.";

fn convert(bytes: &[u8]) -> Result<Document, Problem> {
    let file = File::open(bytes).map_err(unopened)?;
    let ids = file.pages();
    if ids.is_empty() {
        return Err(cannot("it is damaged: it has no pages", AGAIN));
    }
    if ids.len() > PAGES {
        return Err(cannot(&format!("it has more than {PAGES} pages"), ALONE));
    }
    if file.lacks_pages() {
        return Err(cannot("it is damaged: some of its pages are missing", AGAIN));
    }
    let mut pages = Vec::new();
    let mut letters = 0;
    for (number, page) in several::read(&file, &ids) {
        let page = page.map_err(|refusal| refused(number, refusal))?;
        letters += page.letters;
        if letters > LETTERS {
            return Err(cannot("it holds more text than any action plan", ALONE));
        }
        pages.push(page);
    }
    check(&pages, letters)?;
    furniture::remove(&mut pages);
    Ok(join::document(pages))
}

/// Refuses a file whose words cannot be read, so that half a plan is never mistaken for the whole.
fn check(pages: &[Page], letters: usize) -> Result<(), Problem> {
    let unreadable: usize = pages.iter().map(|page| page.unreadable).sum();
    if unreadable * 20 > letters {
        return Err(cannot("its fonts do not say which letters they show", AGAIN));
    }
    let is_picture = |page: &&Page| page.letters == 0 && page.pictures > 0;
    let pictures = pages.iter().filter(is_picture).count();
    if letters == 0 || pictures * 2 > pages.len() {
        let why = if pictures > 0 { "its pages are scanned images without text" } else { "it holds no text" };
        return Err(cannot(why, "Ask for the document it was made from, or save it with text recognition (OCR)."));
    }
    Ok(())
}

fn unopened(why: Unopened) -> Problem {
    match why {
        Unopened::Locked => cannot("it is locked with a password", "Save it without a password, and import that."),
        Unopened::Damaged => cannot("it is damaged", AGAIN),
    }
}

fn refused(page: u32, refusal: Refusal) -> Problem {
    match refusal {
        Refusal::Broken => cannot(&format!("page {page} of it is damaged"), AGAIN),
        Refusal::TooMuch => cannot(&format!("page {page} of it draws more than any action plan"), ALONE),
    }
}

fn cannot(why: &str, hint: &str) -> Problem {
    Problem::new("Could not read this PDF", why, hint)
}

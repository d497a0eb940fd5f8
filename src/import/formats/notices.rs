//! What to report about a document besides its text: what was changed, hidden or commented.

use super::marks;
use crate::import::table::Unread;
use crate::text::counted;

/// How much of the text around a comment, or of hidden text, a note repeats.
const REPEATED: usize = 80;
/// How many hidden passages, or deleted rows, to repeat in notes.
const LISTED: usize = 50;

/// Collected while a document is read.
#[derive(Clone, Debug, Default)]
pub struct Notices {
    pub insertions: usize,
    pub deletions: usize,
    pub hidden_rows: usize,
    /// Objects that only the program that made them can open.
    pub embedded: usize,
    /// Parts of the text that are stored in files of their own.
    pub parts: usize,
    hidden: Vec<String>,
    /// The words of rows that tracked changes delete.
    deleted_rows: Vec<String>,
}

/// A comment on a place in the document.
#[derive(Clone, Debug, Default)]
pub struct Comment {
    pub author: String,
    /// As the document has it: the day first, "2025-03-04T10:00:00Z".
    pub date: String,
    /// The text it was made on.
    pub place: Option<String>,
    pub text: String,
}

impl Notices {
    pub fn hide(&mut self, text: &str) {
        if !text.trim().is_empty() && self.hidden.len() < LISTED {
            self.hidden.push(shortened(text));
        }
    }

    /// A row that tracked changes delete: it may have been an action.
    pub fn delete_row(&mut self, words: &str) {
        if !words.trim().is_empty() && self.deleted_rows.len() < LISTED {
            self.deleted_rows.push(shortened(words));
        }
    }

    /// A sentence for each kind of notice.
    pub fn sentences(&self) -> Vec<String> {
        let mut sentences = Vec::new();
        if self.insertions + self.deletions > 0 {
            let (inserted, deleted) = (are(self.insertions, "insertion"), are(self.deletions, "deletion"));
            sentences.push(format!("Tracked changes were read as accepted: {inserted} in, {deleted} out."));
        }
        let row = |words| format!("A row that tracked changes delete was left out: “{words}”");
        sentences.extend(self.deleted_rows.iter().map(row));
        sentences.extend(self.hidden.iter().map(|text| format!("Hidden text was left out: “{text}”")));
        if self.hidden_rows > 0 {
            let were = if self.hidden_rows == 1 { "was" } else { "were" };
            sentences
                .push(format!("{} of tables {were} read like the others.", counted(self.hidden_rows, "hidden row")));
        }
        if self.embedded > 0 {
            let were = if self.embedded == 1 { "was" } else { "were" };
            sentences.push(format!("{} embedded in this one {were} not read.", counted(self.embedded, "document")));
        }
        sentences
    }

    pub fn unread(&self) -> Unread {
        Unread { parts: self.parts, objects: self.embedded }
    }
}

impl Comment {
    /// "Comment by A. Reviewer, 2025-03-04, on “Write a policy”: Still true?"
    pub fn sentence(&self) -> String {
        let by = if self.author.is_empty() { String::new() } else { format!(" by {}", self.author) };
        let day = self.date.get(..10).map(|day| format!(", {day}")).unwrap_or_default();
        let place = self.place.as_ref().map(|place| format!(", on “{place}”")).unwrap_or_default();
        format!("Comment{by}{day}{place}: {}", self.text)
    }
}

/// "1 insertion is", "2 insertions are".
fn are(count: usize, thing: &str) -> String {
    format!("{} {}", counted(count, thing), if count == 1 { "is" } else { "are" })
}

/// The beginning of some text, on one line.
pub fn shortened(text: &str) -> String {
    let line = marks::shown(text).split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(REPEATED) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default().trim_end()),
        None => line,
    }
}

/// Adds the lines of a page header or footer to those of other pages, without repeats.
pub fn add_page(all: &mut Vec<String>, page: &str) {
    for line in page.lines().filter(|line| says_something(line)) {
        if !all.iter().any(|known| known == line) {
            all.push(line.to_owned());
        }
    }
}

/// A page number alone says nothing about a plan.
pub fn says_something(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    words.into_iter().any(|word| !matches!(word.to_ascii_lowercase().as_str(), "page" | "of"))
}

/// Text as shown in a note: without tabs and empty lines.
pub fn tidy(text: &str) -> String {
    let text = marks::shown(text).replace('\t', " ");
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

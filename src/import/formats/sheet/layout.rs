//! What calamine leaves out of an .xlsx sheet: merged areas, hidden rows and columns, comments.

use super::archive::Archive;
use super::grid::{Layout, Sheet, area};
use super::rich::{self, Texts};
use super::tags::{Piece, Tag, Tags};
use crate::problem::Problem;

/// Comments to keep; more are not comments on a plan.
const COMMENTS: usize = 1_000;

/// The parts of the sheets, in the workbook's order; blank where the workbook does not say.
pub fn paths(archive: &mut Archive) -> Result<Vec<String>, Problem> {
    let book = archive.names().iter().find(|name| name.to_ascii_lowercase().ends_with("workbook.xml")).cloned();
    let Some(book) = book else { return Ok(Vec::new()) };
    let targets = relations(archive, &book)?;
    let part = archive.part(&book)?.unwrap_or_default();
    let path = |tag: Tag| {
        let id = tag.get("id").unwrap_or_default();
        targets.iter().find(|target| target.id == id).map(|target| target.path.clone()).unwrap_or_default()
    };
    let sheets = Tags::new(&part).filter_map(|piece| match piece {
        Piece::Open(tag) if tag.name == "sheet" => Some(path(tag)),
        Piece::Open(_) | Piece::Close(_) | Piece::Text(_) => None,
    });
    Ok(sheets.collect())
}

/// Adds to a sheet what its part and its comments say. `texts` are those of the workbook with struck-through words.
pub fn read(archive: &mut Archive, path: &str, texts: &Texts, sheet: &mut Sheet) -> Result<(), Problem> {
    let Some(part) = archive.part(path)? else { return Ok(()) };
    let mut tags = Tags::new(&part);
    while let Some(piece) = tags.next() {
        if let Piece::Open(tag) = piece {
            match tag.name {
                "row" | "col" if tag.is_set("hidden") => hidden(&tag, &mut sheet.layout),
                "mergeCell" => sheet.merges.extend(tag.get("ref").and_then(|reference| area(&reference))),
                "c" => rich::cell(&tag, &mut tags, texts, sheet)?,
                _ => {}
            }
        }
    }
    drop(part);
    let related = relations(archive, path)?;
    for target in related.iter().filter(|target| target.kind.ends_with("/comments")) {
        let part = archive.part(&target.path)?.unwrap_or_default();
        sheet.layout.comments.extend(comments(&part));
    }
    Ok(())
}

fn hidden(tag: &Tag, layout: &mut Layout) {
    let from_zero = |name| tag.number(name).and_then(|number| number.checked_sub(1));
    if let Some(row) = from_zero("r").filter(|_| tag.name == "row") {
        layout.hidden_rows.push(row..=row);
    }
    if let (Some(first), Some(last)) = (from_zero("min"), from_zero("max")) {
        layout.hidden_columns.push(first..=last);
    }
}

/// What one part refers to.
struct Target {
    id: String,
    kind: String,
    /// Where it is in the archive.
    path: String,
}

fn relations(archive: &mut Archive, part: &str) -> Result<Vec<Target>, Problem> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let own = format!("{folder}/_rels/{name}.rels");
    let Some(text) = archive.part(&own)? else { return Ok(Vec::new()) };
    let target = |tag: Tag| Target {
        id: tag.get("Id").unwrap_or_default().into_owned(),
        kind: tag.get("Type").unwrap_or_default().into_owned(),
        path: resolve(folder, &tag.get("Target").unwrap_or_default()),
    };
    let targets = Tags::new(&text).filter_map(|piece| match piece {
        Piece::Open(tag) if tag.name == "Relationship" => Some(target(tag)),
        Piece::Open(_) | Piece::Close(_) | Piece::Text(_) => None,
    });
    Ok(targets.collect())
}

/// A path inside the archive, relative to a folder in it unless it begins with a slash.
fn resolve(folder: &str, target: &str) -> String {
    let mut steps: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/').filter(|step| !step.is_empty() && *step != ".") {
        if step == ".." {
            steps.pop();
        } else {
            steps.push(step);
        }
    }
    steps.join("/").trim_start_matches('/').to_owned()
}

fn comments(part: &str) -> Vec<(String, String)> {
    let mut comments = Vec::new();
    let mut tags = Tags::new(part);
    while let Some(piece) = tags.next() {
        let Piece::Open(tag) = piece else { continue };
        if tag.name == "comment" && comments.len() < COMMENTS {
            let text = tags.text_of("comment");
            comments.push((tag.get("ref").unwrap_or_default().into_owned(), said(&text)));
        }
    }
    comments
}

/// Excel puts a notice for its older versions before the text of a threaded comment.
fn said(text: &str) -> String {
    let words = match text.split_once("Comment:") {
        Some((notice, words)) if notice.starts_with("[Threaded comment]") => words,
        Some(_) | None => text,
    };
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_resolved_inside_the_archive() {
        assert_eq!(resolve("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl/worksheets", "../comments1.xml"), "xl/comments1.xml");
        assert_eq!(resolve("xl", "/xl/comments1.xml"), "xl/comments1.xml");
        assert_eq!(resolve("", "../../../etc/passwd"), "etc/passwd");
    }

    #[test]
    fn comments_lose_the_notice_about_threads() {
        let notice = "[Threaded comment] Your version of Excel allows you to read this.\nComment:\n    Ask HR";
        assert_eq!(said(notice), "Ask HR");
        let part = "<comments><commentList><comment ref='B2'><text><r><t>Anna: </t></r><r><t>late</t></r></text></comment></commentList></comments>";
        assert_eq!(comments(part), [("B2".to_owned(), "Anna: late".to_owned())]);
    }
}

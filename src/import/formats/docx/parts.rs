//! Which parts make up a Word document: relationships give their names, which are only usually the standard ones.

use crate::import::formats::xml;
use crate::import::formats::zip_parts::{Package, damaged};
use crate::problem::Problem;

/// The most parts of one kind to read; Word writes three headers for each section.
const MOST: usize = 60;

/// The names of the parts.
pub struct Parts {
    /// "word/document.xml" in most files.
    pub document: String,
    /// Kind ("styles", "header") and name.
    others: Vec<(String, String)>,
}

impl Parts {
    /// Follows the relationships from the root of the file; a file that has lost them gets the standard names.
    pub fn find(package: &mut Package) -> Result<Parts, Problem> {
        let root = relationships(package, "_rels/.rels", "")?;
        let named = root.into_iter().find(|(kind, _)| kind == "officeDocument").map(|(_, name)| name);
        let usual = || Some("word/document.xml".to_owned());
        let is_text = |name: &String| package.has(name) && !name.starts_with("xl/") && !name.starts_with("ppt/");
        let found = [named, usual()].into_iter().flatten().find(is_text);
        let document = found.ok_or_else(|| no_document(package))?;
        let (folder, file) = document.rsplit_once('/').unwrap_or(("", &document));
        let around = format!("{folder}/_rels/{file}.rels");
        let mut others = relationships(package, around.trim_start_matches('/'), folder)?;
        if others.is_empty() {
            let kinds = ["styles", "numbering", "comments", "footnotes", "endnotes"];
            others.extend(kinds.map(|kind| (kind.to_owned(), format!("{folder}/{kind}.xml"))));
        }
        Ok(Parts { document, others })
    }

    pub fn one(&self, kind: &str) -> Option<&str> {
        self.all(kind).next()
    }

    pub fn all(&self, kind: &str) -> impl Iterator<Item = &str> {
        self.others.iter().filter(move |(own, _)| own == kind).map(|(_, name)| name.as_str()).take(MOST)
    }
}

/// Kinds and names that a relationships file lists, without those that lead out of the document.
fn relationships(package: &mut Package, name: &str, folder: &str) -> Result<Vec<(String, String)>, Problem> {
    let Some(text) = package.text(name)? else { return Ok(Vec::new()) };
    let tree = xml::parse(&text)?;
    let mut found = Vec::new();
    for node in xml::all(tree.root_element(), "Relationship") {
        let said = |name: &str| xml::attribute(node, name).unwrap_or_default();
        if said("TargetMode") != "External" {
            let kind = said("Type").rsplit('/').next().unwrap_or_default();
            found.push((kind.to_owned(), resolve(folder, said("Target"))));
        }
    }
    Ok(found)
}

/// A target as the name of a part. Parts are only looked up in the file's own list, so a path can lead nowhere else.
fn resolve(folder: &str, target: &str) -> String {
    let mut path: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.retain(|step| !step.is_empty());
    path.join("/")
}

/// The problem with a zip file that holds no Word document.
fn no_document(package: &Package) -> Problem {
    let kind = if package.has("xl/workbook.xml") {
        "it is a workbook, although its name says otherwise"
    } else if package.has("content.xml") {
        "it is an OpenDocument file, although its name says otherwise"
    } else if package.has("ppt/presentation.xml") {
        "it is a presentation, not a document"
    } else {
        return damaged();
    };
    Problem::new("Could not read this file", kind, "Rename it with the right ending, and import it again.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_resolved_and_cannot_leave_the_file() {
        assert_eq!(resolve("word", "styles.xml"), "word/styles.xml");
        assert_eq!(resolve("word", "../customXml/item1.xml"), "customXml/item1.xml");
        assert_eq!(resolve("word", "/word/header1.xml"), "word/header1.xml");
        assert_eq!(resolve("", "../../../etc/passwd"), "etc/passwd");
    }
}

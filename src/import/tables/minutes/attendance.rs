//! Who the initials in minutes stand for, according to the list of those present: "Rowan Vale (RV)".

use std::collections::HashMap;

use crate::import::cells::leads::heading::is_initials;
use crate::import::table::{Block, Document};
use crate::import::words::clean;

/// What begins a line of names.
const HEADS: [&str; 8] =
    ["present", "in attendance", "attendees", "attendance", "attending", "members present", "apologies", "chair"];

/// Initials with the names they stand for; `None` where they stand for two.
#[derive(Debug, Default)]
pub struct Attendance(HashMap<String, Option<String>>);

impl Attendance {
    pub fn of(document: &Document) -> Attendance {
        let mut found = Attendance::default();
        for block in &document.blocks {
            match block {
                Block::Paragraph(text) => clean::lines(text).lines().for_each(|line| found.line(line)),
                Block::Table(table) => table.rows.iter().for_each(|row| {
                    let cells: Vec<String> = row.cells.iter().map(|cell| clean::line(&cell.text)).collect();
                    found.pair(&cells);
                    for cell in &cells {
                        found.line(cell);
                    }
                }),
            }
        }
        found
    }

    /// The names in front of the initials that are explained: "RV; TW" → "Rowan Vale (RV); TW".
    pub fn named(&self, who: &str) -> String {
        let name = |one: &str| match self.0.get(one) {
            Some(Some(name)) => format!("{name} ({one})"),
            Some(None) | None => one.to_owned(),
        };
        who.split("; ").map(name).collect::<Vec<_>>().join("; ")
    }

    fn line(&mut self, line: &str) {
        let lower = line.to_lowercase();
        let is_list = HEADS.iter().any(|head| lower.starts_with(head));
        let line = line.split_once(':').filter(|_| is_list).map_or(line, |(_, names)| names);
        for piece in line.split([',', ';', '•']).flat_map(|piece| piece.split(" and ")) {
            let parts: Vec<String> =
                piece.split(['(', ')', '–', '—', '=', ':']).map(|part| part.trim().to_owned()).collect();
            self.pair(&parts);
            let name = parts.first().map_or("", String::as_str);
            if is_list && is_full_name(name) && parts.iter().all(|part| !is_initials(part)) {
                self.add(&first_letters(name), name);
            }
        }
    }

    /// A name and its initials side by side, in either order.
    fn pair(&mut self, parts: &[String]) {
        for pair in parts.windows(2) {
            let [one, other] = pair else { continue };
            let (name, initials) = if is_initials(one) { (other, one) } else { (one, other) };
            if is_initials(initials) && is_full_name(name) && stands_for(initials, name) {
                self.add(initials, name);
            }
        }
    }

    fn add(&mut self, initials: &str, name: &str) {
        let own = self.0.entry(initials.to_owned()).or_insert_with(|| Some(name.to_owned()));
        if own.as_deref() != Some(name) {
            *own = None;
        }
    }
}

/// Two to four words with a capital letter.
fn is_full_name(name: &str) -> bool {
    let is_word = |word: &str| word.starts_with(char::is_uppercase) && word.chars().any(char::is_lowercase);
    (2..=4).contains(&name.split_whitespace().count()) && name.split_whitespace().all(is_word)
}

fn first_letters(name: &str) -> String {
    name.split_whitespace().filter_map(|word| word.chars().next()).collect()
}

/// "RV" and also "Ro" with "V" for Rowan Vale: each capital begins a word, which the small letters continue.
fn stands_for(initials: &str, name: &str) -> bool {
    let mut words = name.split([' ', '-']);
    let mut parts: Vec<String> = Vec::new();
    for letter in initials.chars() {
        match parts.last_mut().filter(|_| letter.is_lowercase()) {
            Some(part) => part.push(letter),
            None => parts.push(letter.to_string()),
        }
    }
    parts.iter().all(|part| words.any(|word| word.starts_with(part.as_str())))
}

#[cfg(test)]
mod tests {
    use super::Attendance;
    use crate::import::table::{Block, Document, Row, Table};

    #[test]
    fn initials_are_explained_by_the_list_of_those_present() {
        let table = Table {
            rows: vec![Row::new(["Tess Oram", "Housing", "TO"]), Row::new(["TeO", "Tess Oram", ""])],
            ..Table::default()
        };
        let lines = ["Present: Kit Moss (KM), Sidney Marsh and Ada Lunn", "Apologies: Alan Lark"];
        let blocks =
            lines.iter().map(|line| Block::Paragraph((*line).to_owned())).chain([Block::Table(table)]).collect();
        let found = Attendance::of(&Document { blocks, ..Document::default() });
        assert_eq!(found.named("KM; SM; TeO"), "Kit Moss (KM); Sidney Marsh (SM); Tess Oram (TeO)");
        // Two people have these initials.
        assert_eq!(found.named("AL; XY"), "AL; XY");
    }
}

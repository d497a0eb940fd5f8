//! Lines of prose labelled "Action:" in a document whose actions are in a table: read where no row says the same.

use std::collections::HashSet;

use super::{At, Attendance, Gathered, Item, Label, Mark, PlacedLine, Reach, Scan, label, lines};
use crate::import::cells::action_words;
use crate::import::table::Document;
use crate::import::tables::gathered::join;
use crate::import::words::roles::Role;
use crate::import::words::vocabulary::{Vocabulary, words};

/// Words with which a label explains a column, or refers to the table.
const GUIDANCE: [&str; 6] = ["describe", "insert", "enter", "specify", "see", "as per"];
/// Words that begin a remark about an action and not the action itself.
const REMARKS: [&str; 17] = [
    "what", "who", "how", "when", "where", "this", "that", "these", "it", "they", "no", "not", "in", "as", "update",
    "progress", "status",
];
/// The fewest words of an action whose first word is not known as a verb.
const SENTENCE: usize = 3;
/// The fewest letters of a word that says what an action is about.
const LETTERS: usize = 4;
/// The fewest such words by which a row can be found in a longer line.
const FEW: usize = 3;

/// The actions that such lines give, and the lines they were taken from.
pub fn actions(document: &Document, vocabulary: &Vocabulary, known: &[Gathered]) -> (Vec<Gathered>, HashSet<String>) {
    let read: HashSet<usize> = known.iter().flat_map(|row| row.places.iter().map(|place| place.0)).collect();
    // The other sheets of a workbook are no text beside its table.
    let is_workbook = !document.table_names().is_empty();
    let lines = lines(document, |table| !is_workbook && !read.contains(&table));
    if lines.is_empty() {
        return (Vec::new(), HashSet::new());
    }
    let mut scan = Scan::new(vocabulary, Attendance::of(document), Reach::Labelled);
    let numbers: HashSet<String> = known.iter().map(|row| row.text(Role::Number).trim().to_owned()).collect();
    let mut lines = lines.into_iter().peekable();
    while let Some(line) = lines.next() {
        scan.next = lines.peek().map(|next| next.text.clone()).unwrap_or_default();
        scan.plainly(&line, &numbers);
        scan.before = line.text;
    }
    let mut rows: Vec<Gathered> = Vec::new();
    for mut row in scan.rows {
        if !known.iter().chain(&rows).any(|other| repeats(&row, other)) {
            forget_number(&mut row, &numbers);
            rows.push(row);
        }
    }
    let used = rows.iter().flat_map(|row| row.flags.iter().map(|flag| flag.raw.clone())).collect();
    (rows, used)
}

impl Scan<'_> {
    /// Reads a line that is labelled as an action, or that is below such a label; all others are prose.
    fn plainly(&mut self, line: &PlacedLine, numbers: &HashSet<String>) {
        let item = Item::of(&line.text);
        if let Some(label) = label::of(item.bare, &self.said) {
            self.at = At::Elsewhere;
            if label.is_list || self.says_action(&label, numbers) {
                self.labelled(label, line);
            }
        } else if item.mark != Mark::None && self.listed(&item, line) || self.belongs(&item, line) {
        } else if let Some((text, lead)) = label::bracketed(item.bare) {
            self.add(text, None, Some(lead), line);
        } else {
            self.at = At::Elsewhere;
        }
    }

    /// Whether what follows a label is an action, and not a remark about one or about the column of that name.
    fn says_action(&self, label: &Label, numbers: &HashSet<String>) -> bool {
        let is_action = |text: &str| action_words::is_action(text, self.vocabulary);
        // "Action: JS" refers to the line above.
        if self.said.names(&label.rest).is_some() {
            return is_action(&self.before);
        }
        let rest = label.rest.to_lowercase();
        let first = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let is_row = label.number.as_ref().is_some_and(|number| numbers.contains(number));
        let is_remark = REMARKS.contains(&first) || GUIDANCE.iter().any(|words| rest.starts_with(words));
        let is_sentence = rest.split_whitespace().count() >= SENTENCE && label.rest.starts_with(char::is_uppercase);
        let is_done = first.ends_with("ed");
        let says_who = label.lead.is_some() || self.said.who(&label.rest).is_some();
        !is_remark && (is_action(&label.rest) || says_who || is_sentence && !is_done && !is_row)
    }
}

/// Whether a line says what a row says: most of its words are in the row, or all of the row's action is in the line.
fn repeats(line: &Gathered, row: &Gathered) -> bool {
    let (said, whole) = (telling(&line.text(Role::Action)), telling(&all_of(row)));
    let action = telling(&row.text(Role::Action));
    let share = |one: &HashSet<String>, other: &HashSet<String>| (one.intersection(other).count(), one.len());
    let (common, count) = share(&said, &whole);
    let (named, words) = share(&action, &said);
    count > 0 && common * 4 >= count * 3 || words >= FEW && named * 10 >= words * 9
}

fn all_of(row: &Gathered) -> String {
    let parts = row.parts.iter().filter(|part| !part.column.roles.contains(&Role::Progress));
    parts.map(|part| join(&part.pieces)).collect::<Vec<_>>().join(" ")
}

/// The words that say what a text is about, in the form in which they are compared.
fn telling(text: &str) -> HashSet<String> {
    words(text).into_iter().filter(|word| word.chars().count() >= LETTERS).collect()
}

/// A number that a row of the table has already is that of the row.
fn forget_number(line: &mut Gathered, known: &HashSet<String>) {
    if known.contains(&line.text(Role::Number)) {
        line.parts.retain(|part| !part.column.roles.contains(&Role::Number));
    }
}

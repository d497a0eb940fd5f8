//! Tick columns: where an action stands ("Not started | In progress | Complete"), or who does it, one column for each.

use super::is_blank;
use crate::domain::flag::Flag;
use crate::import::cells::ratings;
use crate::import::table::{Cell, Row, Table};
use crate::import::tables::columns::{Header, label};
use crate::import::words::clean;
use crate::import::words::roles::Role;
use crate::import::words::vocabulary::Vocabulary;

/// What people put into a cell to tick it.
const TICKS: [&str; 14] = ["x", "✓", "✔", "☒", "☑", "✗", "√", "●", "■", "yes", "y", "[x]", "1", "🗸"];
/// What they put into one that is not ticked.
const EMPTY: [&str; 7] = ["", "☐", "□", "○", "no", "n", "[ ]"];

/// What tick columns say together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Say {
    Status,
    Lead,
}

/// Two or more such columns become one, with the names of the columns that are ticked in each row.
pub fn gather(table: &mut Table, vocabulary: &Vocabulary) -> Vec<Flag> {
    let Some(header) = table.rows.iter().position(|row| !row.is_blank() && row.cells.len() > 2) else {
        return Vec::new();
    };
    let columns = ticked(table, header);
    let mut flags = Vec::new();
    for say in [Say::Status, Say::Lead] {
        let own = say.own(table, header, &columns, vocabulary);
        let is_used = own.iter().any(|at| has_tick(table, header, *at));
        if own.len() > 1 && is_used && !already(table, header, &own, say, vocabulary) {
            flags.push(unite(table, header, &own, say));
        }
    }
    flags
}

impl Say {
    /// The columns that say it: all named like ratings, or all otherwise unnamed with one of them a known party.
    fn own(self, table: &Table, header: usize, columns: &[usize], vocabulary: &Vocabulary) -> Vec<usize> {
        let name = |at: usize| name(table, header, at);
        let is_level = |at: &usize| ratings::is_rating(&name(*at), vocabulary);
        let is_free = |at: &usize| !is_level(at) && !name(*at).is_empty() && label(&name(*at), vocabulary).is_empty();
        let own = columns.iter().copied();
        match self {
            Say::Status => own.filter(is_level).collect(),
            Say::Lead if columns.iter().any(|at| is_free(at) && vocabulary.party(&name(*at)).is_some()) => {
                own.filter(|at| is_free(at) && has_tick(table, header, *at)).collect()
            }
            Say::Lead => Vec::new(),
        }
    }

    fn title(self) -> &'static str {
        match self {
            Say::Status => "Status",
            Say::Lead => "Lead",
        }
    }
}

/// The name of a column, without the words that ask for a tick: "On target (please tick)".
fn name(table: &Table, header: usize, at: usize) -> String {
    let whole = table.rows.get(header).map(|row| clean::line(row.text(at))).unwrap_or_default();
    let asks = |words: &str| words.split(|c: char| !c.is_alphanumeric()).any(|word| word.eq_ignore_ascii_case("tick"));
    match whole.split_once('(') {
        Some((name, aside)) if asks(aside) || aside.trim_end() == "✓)" => name.trim().to_owned(),
        _ => whole,
    }
}

/// The columns with nothing but ticks, if anything, below the header.
fn ticked(table: &Table, header: usize) -> Vec<usize> {
    let rows = || table.rows.iter().skip(header + 1);
    let is_empty = |text: &str| EMPTY.contains(&text.trim().to_lowercase().as_str());
    let is_one = |at: &usize| rows().all(|row| is_tick(row.text(*at)) || is_empty(row.text(*at)));
    (0..table.width()).filter(is_one).collect()
}

fn has_tick(table: &Table, header: usize, at: usize) -> bool {
    table.rows.iter().skip(header + 1).any(|row| is_tick(row.text(at)))
}

fn is_tick(text: &str) -> bool {
    TICKS.contains(&text.trim().to_lowercase().as_str())
}

/// Whether the table has no actions, or says the same in a column of its own.
fn already(table: &Table, header: usize, own: &[usize], say: Say, vocabulary: &Vocabulary) -> bool {
    let Some(row) = table.rows.get(header) else { return true };
    let others = row.cells.iter().enumerate().filter(|(at, _)| !own.contains(at)).map(|(_, cell)| cell.clone());
    let role = match say {
        Say::Status => Role::Rating,
        Say::Lead => Role::Lead,
    };
    let header = Header::of(&Row { cells: others.collect() }, vocabulary);
    header.is_none_or(|header| header.has(role))
}

/// The first of the columns takes everything; the others are left blank, so that every other cell keeps its place.
fn unite(table: &mut Table, header: usize, own: &[usize], say: Say) -> Flag {
    let names: Vec<String> = own.iter().map(|at| name(table, header, *at)).collect();
    for (at, row) in table.rows.iter_mut().enumerate().skip(header) {
        let ticked: Vec<&str> = own
            .iter()
            .zip(&names)
            .filter(|(column, _)| !is_blank(row, **column) && is_tick(row.text(**column)))
            .map(|(_, name)| name.as_str())
            .collect();
        let said = if at == header { say.title().to_owned() } else { ticked.join("\n") };
        for (place, column) in own.iter().enumerate() {
            if let Some(cell) = row.cells.get_mut(*column) {
                *cell = if place == 0 { Cell::new(said.clone()) } else { Cell::default() };
            }
        }
    }
    let (role, what) = match say {
        Say::Status => ("rating", "the status of each action"),
        Say::Lead => ("lead", "who leads each action"),
    };
    let quoted = names.join("”, “");
    let why = format!("the ticks in the columns “{quoted}” are read as {what}");
    Flag { field: role.into(), why, raw: names.join("; "), suggestion: None }
}

//! What columns hold, judged by what stands in them: ticks under "Complete?", status words under "Progress".

use super::stand_in;
use crate::domain::date_text;
use crate::import::cells::{answers, ratings};
use crate::import::table::{Holds, Row, Table};
use crate::import::tables::columns::{Column, Header};
use crate::import::words::roles::Role;
use crate::import::words::vocabulary::{Vocabulary, words};
use crate::import::words::{clean, number};

/// How many rows below it to judge by.
const LOOKED_AT: usize = 200;

/// Words of a heading above days that have been.
const PAST: [&str; 12] = [
    "raised",
    "added",
    "created",
    "opened",
    "start",
    "started",
    "audit",
    "modified",
    "completed",
    "closed",
    "reviewed",
    "birth",
];

/// Marks the headings whose columns show what they hold more plainly than their names.
pub fn judge(table: &mut Table, vocabulary: &Vocabulary) {
    if let Some((begin, at)) = stand_in::find(table, vocabulary) {
        mark(table, begin, at, Holds::Actions);
    }
    let Some(begin) = header(table, vocabulary) else { return };
    number(table, begin);
    (0..table.width()).for_each(|at| shares(table, begin, at));
    let asked: Vec<usize> = (0..table.width()).filter(|at| asks(table, begin, *at)).collect();
    for at in asked {
        mark(table, begin, at, Holds::Answers);
    }
    statuses(table, begin, vocabulary);
    deadlines(table, begin, vocabulary);
}

/// The numbers of recommendations whose words the plan does not repeat ("Rec no": 1, 1, 2) say which actions belong
/// together. Where a cell has something else in it, the sentence that they are not used.
pub fn numbers_of_recommendations(table: &mut Table, place: &str, vocabulary: &Vocabulary) -> Option<String> {
    let begin = header(table, vocabulary)?;
    let header = table.rows.get(begin).and_then(|row| Header::of(row, vocabulary))?;
    let places = header.columns.iter().enumerate();
    let numbered: Vec<usize> =
        places.filter(|(_, column)| column.roles == [Role::RecommendationNumber]).map(|(at, _)| at).collect();
    let [at] = numbered.as_slice() else { return None };
    let cells = below(table, begin, *at);
    if !header.has(Role::Action) || header.has(Role::Recommendation) || cells.is_empty() {
        return None;
    }
    if let Some(other) = cells.iter().find(|cell| number::alone(&clean::line(cell)).is_none()) {
        let name = &header.columns.get(*at)?.name;
        return Some(format!("“{name}” of {place} is not used, because “{}” is not one number", clean::line(other)));
    }
    mark(table, begin, *at, Holds::Recommendations);
    None
}

/// The only column of days or months in a plan without deadlines, whatever it is called, unless it says when something began.
fn deadlines(table: &mut Table, begin: usize, vocabulary: &Vocabulary) {
    let Some(header) = table.rows.get(begin).and_then(|row| Header::of(row, vocabulary)) else { return };
    if header.has(Role::Target) || header.has(Role::Revised) {
        return;
    }
    let is_free = |column: &Column| column.roles.is_empty() && !column.name.is_empty();
    let is_other = |name: &str| words(name).iter().any(|word| PAST.contains(&word.as_str()));
    let is_dated = |at: usize| {
        let cells = below(table, begin, at);
        cells.len() > 1 && cells.iter().all(|cell| date_text::span(&clean::line(cell)).is_some())
    };
    let columns = header.columns.iter().enumerate();
    let found: Vec<usize> = columns
        .filter(|(at, column)| is_free(column) && !is_other(&column.name) && is_dated(*at))
        .map(|(at, _)| at)
        .collect();
    if let [only] = found.as_slice() {
        mark(table, begin, *only, Holds::Deadlines);
    }
}

/// A first column without a name that holds nothing but numbers is that of the numbers.
fn number(table: &mut Table, begin: usize) {
    let is_number = |text: &String| number::of(text.trim()).is_some_and(|found| found.text.is_empty());
    let cells = below(table, begin, 0);
    let cell = table.rows.get_mut(begin).and_then(|row| row.cells.first_mut()).filter(|cell| cell.is_blank());
    if let Some(cell) = cell.filter(|_| cells.len() > 1 && cells.iter().all(is_number)) {
        "#".clone_into(&mut cell.text);
    }
}

/// Below "% complete", a spreadsheet without a format for it has 0.6 for 60%.
fn shares(table: &mut Table, begin: usize, at: usize) {
    let Some(name) = table.rows.get(begin).map(|row| clean::line(row.text(at))) else { return };
    let is_named = name.contains('%') || words(&name).iter().any(|word| word.starts_with("percent"));
    let share = |cell: &str| cell.trim().parse::<f64>().ok().filter(|share| (0.0..=1.0).contains(share));
    let cells = if is_named { below(table, begin, at) } else { return };
    let shares: Option<Vec<f64>> = cells.iter().map(|cell| share(cell)).collect();
    if !shares.is_some_and(|all| all.iter().any(|share| *share > 0.0 && *share < 1.0)) {
        return;
    }
    let rows = table.rows.iter_mut().skip(begin + 1).filter_map(|row| row.cells.get_mut(at));
    for cell in rows {
        if let Some(share) = share(&cell.text) {
            cell.text = format!("{}%", (share * 1000.0).round() / 10.0);
        }
    }
}

/// Whether a column asks if its action is done and is answered.
fn asks(table: &Table, begin: usize, at: usize) -> bool {
    let Some(name) = table.rows.get(begin).map(|row| clean::line(row.text(at))).filter(|name| !name.is_empty()) else {
        return false;
    };
    let heading = words(&name);
    let is_share = |cell: &String| cell.trim_end().ends_with('%');
    let is_measured = || {
        let says = |word: &String| matches!(word.as_str(), "progress" | "percent" | "percentage" | "status");
        heading.iter().any(says) && below(table, begin, at).iter().all(is_share)
    };
    (answers::is_asked(&heading) || is_measured())
        && answers::are_answers(below(table, begin, at).iter().map(String::as_str))
}

/// Of several columns about where an action stands, the one that is nothing but ratings, where together they are not.
fn statuses(table: &mut Table, begin: usize, vocabulary: &Vocabulary) {
    let Some(header) = table.rows.get(begin).and_then(|row| Header::of(row, vocabulary)) else { return };
    if header.has(Role::Rating) {
        return;
    }
    let is_status = |at: &usize| {
        let roles = header.columns.get(*at).map_or(&[][..], |column| column.roles.as_slice());
        !roles.is_empty() && roles.iter().all(|role| matches!(role, Role::Status | Role::Progress))
    };
    let all: Vec<usize> = (0..header.columns.len()).filter(is_status).collect();
    let cells = |at: usize| below(table, begin, at);
    let own: Vec<String> = all
        .iter()
        .filter(|at| header.columns.get(**at).is_some_and(|column| column.roles.contains(&Role::Status)))
        .flat_map(|at| cells(*at))
        .collect();
    if all.len() < 2 || ratings::are_ratings(&own, vocabulary) || ratings::are_led_by_ratings(&own, vocabulary) {
        return;
    }
    let Some(rated) = all.iter().copied().find(|at| ratings::are_ratings(&cells(*at), vocabulary)) else { return };
    for at in all {
        mark(table, begin, at, if at == rated { Holds::Ratings } else { Holds::Progress });
    }
}

fn header(table: &Table, vocabulary: &Vocabulary) -> Option<usize> {
    let mut filled = table.opening();
    filled.find(|(_, row)| Header::of(row, vocabulary).is_some()).map(|(at, _)| at)
}

/// The filled cells of a column below its heading, but for the heading where it is repeated.
pub fn below(table: &Table, begin: usize, at: usize) -> Vec<String> {
    let name = table.rows.get(begin).map_or("", |row| row.text(at));
    let cells = table.rows.iter().skip(begin + 1).map(|row| row.text(at)).filter(|text| *text != name);
    cells.filter(|text| !text.trim().is_empty()).take(LOOKED_AT).map(str::to_owned).collect()
}

/// Marks a heading, wherever its row is repeated.
fn mark(table: &mut Table, begin: usize, at: usize, holds: Holds) {
    let Some(names) = table.rows.get(begin).cloned() else { return };
    let is_same = |row: &&mut Row| (0..names.cells.len()).all(|at| row.text(at) == names.text(at));
    for cell in table.rows.iter_mut().filter(is_same).filter_map(|row| row.cells.get_mut(at)) {
        cell.holds = Some(holds);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(rows: &[&[&str]]) -> Vec<Option<Holds>> {
        let rows = rows.iter().map(|cells| Row::new(cells.iter().copied())).collect();
        let mut table = Table { rows, ..Table::default() };
        judge(&mut table, &Vocabulary::built_in().unwrap());
        table.rows[0].cells.iter().map(|cell| cell.holds).collect()
    }

    #[test]
    fn a_column_of_yes_and_no_is_found_whatever_is_in_its_name() {
        let rows: [&[&str]; 3] =
            [&["Action", "Lead", "Action completed"], &["Sweep the yard", "Port", "✔"], &["Oil the gate", "Port", ""]];
        assert_eq!(marked(&rows), [None, None, Some(Holds::Answers)]);
        let prose: [&[&str]; 2] = [&["Action", "Lead", "Completed"], &["Sweep the yard", "Port", "Swept on Monday"]];
        assert_eq!(marked(&prose), [None; 3]);
    }

    #[test]
    fn the_column_of_ratings_is_the_status_whatever_it_is_called() {
        let rows: [&[&str]; 3] = [
            &["Action", "Progress", "Status note"],
            &["Sweep the yard", "On track", "Brooms are bought"],
            &["Oil the gate", "Complete", "It was oiled in May"],
        ];
        assert_eq!(marked(&rows), [None, Some(Holds::Ratings), Some(Holds::Progress)]);
    }
}

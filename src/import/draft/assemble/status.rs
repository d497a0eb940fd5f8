//! Which columns of a plan hold ratings and which hold progress, judging by their cells.

use chrono::NaiveDate;

use super::completion;
use crate::domain::date_text;
use crate::domain::draft::Draft;
use crate::domain::flag::Flag;
use crate::domain::progress::{EntryOrigin, EntryText};
use crate::import::cells::leads::heading::is_initials;
use crate::import::cells::progress::{self, Dating};
use crate::import::cells::ratings;
use crate::import::tables::columns::{Column, label};
use crate::import::tables::gather::{Gathered, Part, join};
use crate::import::words::clean;
use crate::import::words::roles::Role;
use crate::import::words::vocabulary::{Vocabulary, words};

/// The role that holds the ratings, if any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatusColumns {
    rating: Option<Role>,
    /// Whether its cells are painted, and say no more than a sign.
    is_painted: bool,
    /// Whether the rows are painted, in one colour each, and no column is for ratings.
    by_row: bool,
    /// Whether the cells of a column of deadlines and status are a date and a rating, without prose.
    pub parts: bool,
}

impl StatusColumns {
    /// A status or progress column whose cells are all words for a rating is the rating.
    pub fn of(rows: &[Gathered], vocabulary: &Vocabulary) -> StatusColumns {
        let cells = |role| texts(rows, role);
        let is_rating = |role: &Role| ratings::are_ratings(&cells(*role), vocabulary);
        let has_rating = rows.iter().flat_map(|row| &row.parts).any(|part| part.column.roles.contains(&Role::Rating));
        let is_painted = is_painted(rows, vocabulary);
        let is_led = || ratings::are_led_by_ratings(&cells(Role::Status), vocabulary);
        let rating = match [Role::Status, Role::Progress].into_iter().find(is_rating) {
            _ if has_rating => Some(Role::Rating),
            Some(role) => Some(role),
            None => (is_led() || is_painted).then_some(Role::Status),
        };
        let by_row = rating.is_none() && are_painted(rows, vocabulary);
        let shared: Vec<String> = rows.iter().filter_map(shared).map(Part::text).collect();
        let filled = shared.iter().filter(|text| !text.trim().is_empty());
        let (cut, whole): (Vec<&String>, Vec<&String>) =
            filled.partition(|text| ratings::date_and_rating(text, vocabulary).is_some());
        let parts = rating.is_none() && cut.len() * 10 >= (cut.len() + whole.len()) * 6 && !cut.is_empty();
        let is_painted = is_painted && rating == Some(Role::Status);
        StatusColumns { rating, is_painted, by_row, parts }
    }

    /// The cell that rates a row, with the colour behind it.
    pub fn rating(self, row: &Gathered, vocabulary: &Vocabulary) -> Option<(String, Option<String>)> {
        if self.parts {
            let part = shared(row)?;
            return ratings::date_and_rating(&part.text(), vocabulary).map(|(_, rating)| (rating, part.shade.clone()));
        }
        if self.by_row {
            return Some((String::new(), Some(colour(row, vocabulary)?.to_owned())));
        }
        let role = self.rating?;
        // One action of a list has "RAG: Green", the next "Status: Amber".
        let other = || latest(row, Role::Status).filter(|part| ratings::is_rating(&part.text(), vocabulary));
        let part = latest(row, role).or_else(other)?;
        let words = if self.is_painted && part.shade.is_some() { String::new() } else { part.pieces.join("\n") };
        Some((words, part.shade.clone()))
    }

    /// The progress entries of a row, from all columns that hold prose about its status.
    pub fn progress(self, row: &Gathered, today: NaiveDate, vocabulary: &Vocabulary) -> Vec<EntryText> {
        let is_cut = |part: &Part| {
            self.parts && is_shared(&part.column) && ratings::date_and_rating(&part.text(), vocabulary).is_some()
        };
        // "Green" alone says nothing more, though its column holds prose too.
        let is_bare = |part: &Part| {
            self.rating.is_some_and(|role| part.column.roles.contains(&role))
                && ratings::is_rating(&part.text(), vocabulary)
        };
        let is_read = |part: &&Part| self.is_prose(&part.column) && !is_cut(part) && !is_bare(part);
        let parts: Vec<&Part> = row.parts.iter().filter(is_read).collect();
        let is_new = |cell: &String| parts.iter().all(|part| part.pieces.join("\n") != *cell);
        let mut all: Vec<EntryText> = parts.iter().flat_map(|part| entries(part, today, vocabulary)).collect();
        all.extend(answers(row, vocabulary));
        let says_more = |cell: &String| {
            let count = cell.split_whitespace().count().max(words(cell).len());
            let is_long = count > ratings::LONGEST && !ratings::is_rating(cell, vocabulary);
            let has_words =
                ratings::leading(cell, vocabulary).is_some_and(|(_, rest)| !ratings::is_rating(&rest, vocabulary));
            is_long || has_words || ratings::is_acceptance(cell, vocabulary)
        };
        if let Some(cell) = self.rating(row, vocabulary).map(|found| found.0).filter(is_new).filter(says_more) {
            all.extend(progress::entries(&cell, Dating::MarksAndSentences, today));
        }
        all.extend(completed(row, today));
        all
    }

    fn is_prose(self, column: &Column) -> bool {
        let holds = |role| column.roles.contains(&role) && self.rating != Some(role);
        holds(Role::Progress) || holds(Role::Status)
    }
}

/// The entries of a cell; those without a date take that of their column, "Update June 2023".
fn entries(part: &Part, today: NaiveDate, vocabulary: &Vocabulary) -> Vec<EntryText> {
    if ratings::is_led_by_acceptance(&part.text(), vocabulary) {
        return vec![answer(part)];
    }
    let mut entries = progress::entries(&part.dated(), dating(&part.column), today);
    let date =
        told_of(&part.column).and_then(|_| date_text::find(&part.column.name, None).pop()).map(|found| found.date);
    entries.iter_mut().filter(|entry| entry.date.is_none()).for_each(|entry| entry.date = date);
    entries
}

/// The date in a column's name, if there is one: of two columns of ratings the later one counts.
fn told_of(column: &Column) -> Option<NaiveDate> {
    date_text::find(&column.name, None).last().map(|found| found.span.last)
}

/// Of several rating columns the one with the latest date, or else the first whose name does not mark it as earlier.
fn latest(row: &Gathered, role: Role) -> Option<&Part> {
    let parts: Vec<&Part> = row.parts.iter().filter(|part| part.column.roles.contains(&role)).collect();
    let months = by_month(&parts);
    let is_current = |column: &Column| {
        let name = column.name.to_lowercase();
        !["original", "previous", "initial", "baseline", "last", "start"].iter().any(|word| name.contains(word))
    };
    // Where the columns are dates, months or quarters, those still to come are blank, and the last filled one counts.
    let is_filled = |part: &Part| part.is_filled() || part.shade.is_some();
    let key = |(part, month): &(&Part, Option<usize>)| {
        let is_in_time = told_of(&part.column).is_some() || month.is_some() || quarter(&part.column).is_some();
        let holds = !is_in_time || is_filled(part);
        (holds, told_of(&part.column), quarter(&part.column), *month, is_current(&part.column))
    };
    parts.into_iter().zip(months).rev().max_by_key(key).map(|(part, _)| part)
}

/// The order of columns named by months alone, "RAG Oct" before "RAG Jan": as they stand, or backwards where the months go back.
fn by_month(parts: &[&Part]) -> Vec<Option<usize>> {
    let months: Vec<Option<u32>> = parts.iter().map(|part| month(&part.column)).collect();
    let mut known = months.iter().flatten();
    let goes_back = known.next().zip(known.next()).is_some_and(|(first, next)| (next + 12 - first) % 12 > 6);
    let place =
        |(at, month): (usize, &Option<u32>)| month.map(|_| if goes_back { parts.len().saturating_sub(at) } else { at });
    months.iter().enumerate().map(place).collect()
}

/// The month in a column's name that has no year.
fn month(column: &Column) -> Option<u32> {
    let name = format!("{} {}", column.name, 2000);
    let found = date_text::find(&name, None).pop().filter(|_| told_of(column).is_none())?;
    found.date.month
}

/// The quarter or period in a column's name: 3 of "RAG Q3" and of "Quarter 3".
fn quarter(column: &Column) -> Option<u32> {
    let name = words(&column.name);
    let after = name.iter().position(|word| word == "quarter" || word == "q").and_then(|at| name.get(at + 1));
    let digit = |word: &String| word.trim_start_matches('q').parse().ok().filter(|quarter| (1..=4).contains(quarter));
    after.and_then(digit).or_else(|| name.iter().filter(|word| word.starts_with('q')).find_map(digit))
}

/// A doubt where a table has several columns of ratings.
pub fn rivals(rows: &[Gathered]) -> Option<Flag> {
    let names = |row: &Gathered| {
        let parts = row.parts.iter().filter(|part| part.column.roles.contains(&Role::Rating));
        parts.map(|part| part.column.name.clone()).collect::<Vec<_>>()
    };
    let row = rows.iter().find(|row| names(row).len() > 1)?;
    let used = latest(row, Role::Rating).map(|part| part.column.name.clone()).unwrap_or_default();
    let raw = names(row).join("; ");
    let is_in_turn = row.parts.iter().any(|part| {
        part.column.roles.contains(&Role::Rating) && (quarter(&part.column).or_else(|| month(&part.column))).is_some()
    });
    let taken = if is_in_turn { "the last one filled in".to_owned() } else { format!("“{used}”") };
    let why = format!("several columns hold ratings: {raw}; {taken} is used");
    Some(Flag { field: "rating".into(), why, raw, suggestion: None })
}

/// A doubt where a table has no action column, and its recommendations are taken as actions.
pub fn lowered(rows: &[Gathered], vocabulary: &Vocabulary) -> Option<Flag> {
    let is_lowered = |column: &Column| {
        let name = words(&column.name);
        let says = |word: &str| name.iter().any(|own| own.starts_with(word));
        column.roles.contains(&Role::Action)
            && !column.name.starts_with("Column ")
            && (!label(&column.name, vocabulary).contains(&Role::Action)
                || says("rec") && !["action", "response", "implement", "task"].into_iter().any(says))
            && !vocabulary.choices.says(&column.name, Role::Action)
    };
    let has_level = |row: &Gathered| row.parts.iter().any(|part| part.column.roles.contains(&Role::Recommendation));
    let row = rows.iter().find(|row| !has_level(row) && row.parts.iter().any(|part| is_lowered(&part.column)))?;
    let name = row.parts.iter().find(|part| is_lowered(&part.column)).map(|part| part.column.name.clone())?;
    let why = format!(
        "no column names actions, so each entry under “{name}” is read as an action; if the actions are elsewhere, say \
         which column holds them"
    );
    Some(Flag::column(&name, why, "action"))
}

/// A doubt about actions that are only names, as minutes put them after an item: who, but not what.
pub fn nameless(draft: &mut Draft) {
    let under = draft.recommendations.iter_mut().flat_map(|rec| &mut rec.actions);
    for action in under.chain(&mut draft.actions) {
        let is_name = |word: &str| is_initials(word.trim_end_matches('.'));
        let mut names = action.text.split(['/', ' ', ',', '&', '\n']).filter(|word| !word.is_empty()).peekable();
        if names.peek().is_some() && names.all(is_name) {
            let why = format!("“{}” says who, but not what is to be done", clean::line(&action.text));
            action.flags.push(Flag { field: "text".into(), why, raw: action.text.clone(), suggestion: None });
        }
    }
}

/// A doubt about actions whose cell contains a table, which begins with the names of its columns.
pub fn nested(draft: &mut Draft, vocabulary: &Vocabulary) {
    let under = draft.recommendations.iter_mut().flat_map(|rec| &mut rec.actions);
    for action in under.chain(&mut draft.actions) {
        let is_name = |line: &&str| !label(line, vocabulary).is_empty();
        let names: Vec<&str> = action.text.lines().take_while(is_name).collect();
        if names.len() > 1 && action.text.lines().count() > names.len() * 2 - 1 {
            let why = format!(
                "this cell contains a table ({}), and its rows may be separate actions: they were not split",
                names.join(", ")
            );
            action.flags.push(Flag { field: "text".into(), why, raw: names.join("\n"), suggestion: None });
        }
    }
}

/// Whether a recommendation was accepted, from a column that has no role and says nothing else.
fn answers(row: &Gathered, vocabulary: &Vocabulary) -> Vec<EntryText> {
    let is_free = |part: &&Part| part.column.roles.iter().all(|role| *role == Role::Other);
    let answers = row.parts.iter().filter(is_free).filter(|part| ratings::is_acceptance(&part.text(), vocabulary));
    answers.filter(|part| !part.column.name.is_empty()).map(answer).collect()
}

/// "Management response: Agreed. The board will …".
fn answer(part: &Part) -> EntryText {
    let text = format!("{}: {}", part.column.name, clean::lines(&part.text()));
    EntryText { date: None, text, by: None, origin: EntryOrigin::Imported }
}

fn dating(column: &Column) -> Dating {
    if column.roles.contains(&Role::Target) { Dating::BesideTarget } else { Dating::MarksAndSentences }
}

impl Part {
    pub fn text(&self) -> String {
        join(&self.pieces)
    }
}

fn is_shared(column: &Column) -> bool {
    column.roles.contains(&Role::Target) && column.roles.contains(&Role::Status)
}

/// The cell that holds a deadline and a status.
pub fn shared(row: &Gathered) -> Option<&Part> {
    row.parts.iter().find(|part| is_shared(&part.column))
}

/// "Completed 12/03/2024", from a column of its own; what is no past date is told as it is: "Date completed: not applicable".
fn completed(row: &Gathered, today: NaiveDate) -> Vec<EntryText> {
    let parts = row.parts.iter().filter(|part| part.column.roles.contains(&Role::Completed) && part.is_filled());
    let told = |part: &Part| {
        let is_past = completion::day(part).is_some_and(|day| day <= today);
        let what = if is_past { "Completed".to_owned() } else { format!("{}:", part.column.name) };
        format!("{what} {}", part.dated().trim())
    };
    parts.flat_map(|part| progress::entries(&told(part), Dating::MarksAndSentences, today)).collect()
}

/// Whether the cells of the status say no more than a tick or a cross, and some of them have the colour of a rating.
fn is_painted(rows: &[Gathered], vocabulary: &Vocabulary) -> bool {
    let cells = rows.iter().flat_map(|row| &row.parts).filter(|part| part.column.roles.contains(&Role::Status));
    let mut shades = cells.clone().filter_map(|part| part.shade.as_deref());
    let is_sign = |part: &Part| part.text().chars().filter(|c| !c.is_whitespace()).count() <= 1;
    cells.clone().all(is_sign) && shades.any(|shade| ratings::is_rating(shade, vocabulary))
}

/// The one colour of a rating that the cells of a row have.
fn colour<'a>(row: &'a Gathered, vocabulary: &Vocabulary) -> Option<&'a str> {
    let shades = row.parts.iter().filter_map(|part| part.shade.as_deref());
    let mut colours: Vec<&str> = shades.filter(|shade| ratings::is_rating(shade, vocabulary)).collect();
    colours.dedup();
    match colours.as_slice() {
        [only] => Some(only),
        _ => None,
    }
}

/// Whether most rows have one colour each, and not all the same.
fn are_painted(rows: &[Gathered], vocabulary: &Vocabulary) -> bool {
    let colours: Vec<&str> = rows.iter().filter_map(|row| colour(row, vocabulary)).collect();
    colours.len() * 10 >= rows.len() * 7 && colours.iter().any(|one| colours.first() != Some(one))
}

/// A doubt where the colour of the rows is read as their rating.
pub fn painted(status: StatusColumns) -> Option<Flag> {
    let why = "no column is for ratings, so the colour of each row is read as its rating".to_owned();
    status.by_row.then(|| Flag { field: "rating".into(), why, raw: String::new(), suggestion: None })
}

fn texts(rows: &[Gathered], role: Role) -> Vec<String> {
    rows.iter().map(|row| row.text(role)).filter(|text| !text.trim().is_empty()).collect()
}

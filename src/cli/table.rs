//! A list of actions as a readable table, and as comma-separated values for spreadsheets.

use chrono::NaiveDate;

use super::page::{Cell, Column, Page};
use super::reference;
use crate::domain::action::{Action, Lead};
use crate::domain::conflict;
use crate::domain::filter::Match;
use crate::domain::query;
use crate::domain::rating::Hue;
use crate::domain::register::Register;

/// The marks after an action and their meanings; those that the walk has too are the same there.
const MARKS: [(char, &str); 6] = [
    ('!', "overdue"),
    ('~', "in doubt"),
    ('?', "challenged"),
    ('≠', "recorded separately"),
    ('→', "extension requested"),
    ('*', "for all agencies"),
];

const COLUMNS: [Column; 6] =
    [Column::Fit(24), Column::Rest, Column::Fit(28), Column::Fit(16), Column::Fit(14), Column::Fit(6)];

/// Reference, text, leads, target, rating and marks, one line per action. Returns a key to the marks that occur:
/// "! overdue, * for all agencies".
pub fn print(page: &mut Page, register: &Register, rows: &[(&Action, Match)], today: NaiveDate) -> Option<String> {
    // The marks read all progress, so they are found once.
    let marks: Vec<String> = rows.iter().map(|(action, matched)| marks(register, action, *matched, today)).collect();
    let rows: Vec<Vec<Cell>> =
        rows.iter().zip(&marks).map(|((action, _), marks)| row(register, action, marks)).collect();
    page.table(&COLUMNS, &rows);
    legend(&marks)
}

fn row(register: &Register, action: &Action, marks: &str) -> Vec<Cell> {
    vec![
        Cell::new(reference::full(register, action)),
        Cell::new(action.text()),
        Cell::new(names(register, action.leads())),
        Cell::new(targets(action)),
        rating(register, action),
        Cell::new(marks),
    ]
}

pub fn names(register: &Register, leads: &[Lead]) -> String {
    leads.iter().map(|lead| register.party_name(lead.party)).collect::<Vec<_>>().join(", ")
}

/// The targets as written.
pub fn targets(action: &Action) -> String {
    action.targets().iter().map(|target| target.raw.as_str()).collect::<Vec<_>>().join("; ")
}

/// Letter and word together, never colour alone.
pub fn rating(register: &Register, action: &Action) -> Cell {
    match (action.rating(), register.level(action)) {
        (Some(_), Some(level)) => Cell::coloured(format!("{} {}", level.letter, level.word), level.hue),
        (Some(word), None) => Cell::new(word),
        (None, _) => Cell::coloured("– not rated", Hue::Grey),
    }
}

pub fn marks(register: &Register, action: &Action, matched: Match, today: NaiveDate) -> String {
    let overdue = query::is_overdue(register, action, today);
    let in_doubt = query::is_flagged(register, action);
    let challenged = !query::challenges(register, action, today).is_empty();
    let for_all = matched == Match::ForAll;
    let is_marked = [overdue, in_doubt, challenged, conflict::is_in(action), action.extension().is_some(), for_all];
    is_marked.iter().zip(MARKS).filter(|(is, _)| **is).map(|(_, (mark, _))| mark).collect()
}

fn legend(marks: &[String]) -> Option<String> {
    let used = MARKS.iter().filter(|(mark, _)| marks.iter().any(|of_row| of_row.contains(*mark)));
    Some(used.map(|(mark, meaning)| format!("{mark} {meaning}")).collect::<Vec<_>>().join(", "))
        .filter(|legend| !legend.is_empty())
}

/// The lines of a table that Excel can open, in which no cell can act as a formula.
pub fn csv<'a>(
    register: &'a Register,
    rows: &'a [(&'a Action, Match)],
    today: NaiveDate,
) -> impl Iterator<Item = String> + 'a {
    let header = [
        "plan",
        "ref",
        "findings",
        "recommendation",
        "action",
        "leads",
        "via",
        "target",
        "last day",
        "rating",
        "overdue",
        "closed",
        "latest progress",
        "for all agencies",
    ];
    let header = record(header.iter().map(|cell| (*cell).to_owned()));
    let line =
        move |(action, matched): &(&'a Action, Match)| record(csv_cells(register, action, *matched, today).into_iter());
    std::iter::once(header).chain(rows.iter().map(line))
}

fn csv_cells(register: &Register, action: &Action, matched: Match, today: NaiveDate) -> Vec<String> {
    let yes = |is: bool| if is { "yes".to_owned() } else { String::new() };
    let rec = action.recommendation.and_then(|id| register.recommendation(id));
    vec![
        register.plan(action.plan).map_or("", |plan| plan.slug()).to_owned(),
        register.reference(action),
        register.finding_numbers(action).join(" "),
        rec.map_or("", |rec| rec.text()).to_owned(),
        action.text().to_owned(),
        names(register, action.leads()),
        names(register, action.via()),
        targets(action),
        action.due().map(|day| day.to_string()).unwrap_or_default(),
        action.rating().unwrap_or("not rated").to_owned(),
        yes(query::is_overdue(register, action, today)),
        yes(action.is_closed()),
        latest(action),
        yes(matched == Match::ForAll),
    ]
}

fn latest(action: &Action) -> String {
    let latest = action.progress().max_by_key(|entry| entry.said.date);
    latest.map_or_else(String::new, |entry| match entry.said.date {
        Some(date) => format!("{date}: {}", entry.said.text),
        None => entry.said.text.clone(),
    })
}

fn record(cells: impl Iterator<Item = String>) -> String {
    cells.map(|cell| csv_cell(&cell)).collect::<Vec<_>>().join(",") + "\r\n"
}

/// One cell: safe on a terminal, and prefixed with `'` where a spreadsheet would read a formula (OWASP, CWE-1236).
fn csv_cell(cell: &str) -> String {
    let harmless = crate::text::harmless(cell);
    let formula = harmless.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
        || cell.starts_with(['\t', '\r', '\n']);
    let quote = if formula { "'" } else { "" };
    format!("\"{quote}{}\"", harmless.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_of_a_spreadsheet_can_act() {
        assert_eq!(csv_cell("=cmd|' /C calc'!A0"), "\"'=cmd|' /C calc'!A0\"");
        assert_eq!(csv_cell(" @SUM(1)"), "\"' @SUM(1)\"");
        assert_eq!(csv_cell("\t=1+1"), "\"' =1+1\"");
        assert_eq!(csv_cell("say \"yes\", then"), "\"say \"\"yes\"\", then\"");
        assert!(!csv_cell("a\u{1b}[2J").contains('\u{1b}'));
    }
}

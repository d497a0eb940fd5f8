//! The ratings of all plans in the report as the segments of a chart's bars.

use chrono::NaiveDate;

use super::super::document::{Cell, Chart, Column, Merge, Part, Shape, Table};
use crate::domain::action::Action;
use crate::domain::outline::Outline;
use crate::domain::query;
use crate::domain::rating::{Hue, Level};
use crate::domain::register::Register;

/// With more levels than this, unused ones are left out.
const MANY: usize = 5;

/// Every level of the schemes in the report, and "not rated".
pub struct Levels {
    levels: Vec<Named>,
}

struct Named {
    word: String,
    mark: String,
    hue: Hue,
}

impl Levels {
    pub fn of(register: &Register, actions: &[&Action], today: NaiveDate) -> Levels {
        let tally = query::tally(register, actions.iter().copied().map(Outline::of), today, None);
        let is_many = tally.by_level.len() > MANY;
        let mut levels: Vec<Named> = Vec::new();
        for (level, _) in tally.by_level.iter().filter(|(_, count)| !is_many || *count > 0) {
            let mark = mark(level, &levels);
            levels.push(Named { word: level.word.clone(), mark, hue: level.hue });
        }
        levels.push(Named { word: "Not rated".into(), mark: "–".into(), hue: Hue::Grey });
        Levels { levels }
    }

    /// An empty chart with columns for the row's name, the number of actions, the number at each level, and more.
    pub fn chart(&self, caption: &str, name: &str, further: &[&str]) -> Chart {
        let words = self.levels.iter().map(|level| level.word.as_str());
        let titles = [name, "Actions"].into_iter().chain(words).chain(further.iter().copied());
        let share = |title: &str| if title == name { 30 } else { 8 };
        let columns = titles.map(|title| Column::new(title, share(title))).collect();
        let parts = self.levels.iter().enumerate();
        let parts =
            parts.map(|(at, level)| Part { column: at + 2, mark: level.mark.clone(), hue: level.hue }).collect();
        Chart { table: Table { columns, ..Table::new(caption, []) }, parts, shape: Shape::Bars }
    }

    /// A row of such a chart: these actions as they are in `register`.
    pub fn add_row(&self, chart: &mut Chart, register: &Register, name: &str, actions: &[&Action], further: &[usize]) {
        let counts: Vec<usize> = self.counts(register, actions);
        let mut row = vec![Cell::new(name), Cell::new(actions.len().to_string())];
        row.extend(counts.iter().zip(&self.levels).map(|(count, level)| shaded(*count, level.hue)));
        row.extend(further.iter().map(|number| Cell::new(number.to_string())));
        chart.table.rows.push(row);
    }

    /// The number at each level; actions at none of them are not rated.
    fn counts(&self, register: &Register, actions: &[&Action]) -> Vec<usize> {
        let mut counts = vec![0; self.levels.len()];
        let last = self.levels.len().saturating_sub(1);
        for action in actions {
            let word = register.level(action).map(|level| level.word);
            let place = word.and_then(|word| self.levels.iter().position(|level| level.word == word)).unwrap_or(last);
            counts.get_mut(place).into_iter().for_each(|count| *count += 1);
        }
        counts
    }
}

/// The level's letter or, if another level has it, the first unused letter of its word.
fn mark(level: &Level, known: &[Named]) -> String {
    let is_free = |letter: &char| known.iter().all(|other| other.mark != letter.to_string());
    let letters = [level.letter].into_iter().chain(level.word.chars().filter(|c| c.is_alphabetic()));
    letters.clone().find(is_free).unwrap_or(level.letter).to_string()
}

/// A number on the colour of its rating, unless it is 0.
fn shaded(count: usize, hue: Hue) -> Cell {
    let hue = (count > 0 && hue != Hue::Grey).then_some(hue);
    Cell { text: count.to_string(), hue, merge: Merge::Alone }
}

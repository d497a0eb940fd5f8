//! Dates with the month first: judged a column together, since one date shows it for all, and said once.

use std::collections::BTreeMap;

use chrono::Datelike;

use crate::domain::date_text;
use crate::domain::date_text::order::{self, Order};
use crate::domain::date_words;
use crate::domain::flag::Flag;
use crate::import::tables::columns::Column;
use crate::import::tables::gather::{Gathered, Part};
use crate::import::words::roles::{self, Role};
use crate::import::words::vocabulary::Vocabulary;

/// What holds dates.
const DATED: [Role; 4] = [Role::Target, Role::Revised, Role::Completed, Role::Progress];

/// The longest date in words that a spreadsheet writes.
const LONGEST: usize = 20;

/// What the dates of one column show, each with the first that shows it.
#[derive(Debug, Default)]
struct Shown {
    roles: Vec<Role>,
    chosen: Option<Order>,
    day_first: Option<String>,
    month_first: Option<String>,
    /// One that can be read both ways, as written and in words if the month comes first.
    either: Option<(String, String)>,
    /// A day in words that a spreadsheet may have made of digits whose month came first.
    in_words: Option<String>,
}

/// Gives every column of dates its order; a doubt for each that is not day first.
pub fn settle(rows: &mut [Gathered], vocabulary: &Vocabulary) -> Vec<Flag> {
    let columns = shown(rows, vocabulary);
    let proven: Vec<&str> = columns.iter().filter(|(_, shown)| shown.is_month_first()).map(|(name, _)| *name).collect();
    let is_american = !proven.is_empty() && columns.values().all(|shown| shown.day_first.is_none());
    let model = proven.first().copied().unwrap_or_default().to_owned();
    let judged: Vec<(String, Order, Option<Flag>)> = columns
        .iter()
        .map(|(name, shown)| {
            let order = shown.order(is_american);
            ((*name).to_owned(), order, shown.doubt(name, order, &model))
        })
        .collect();
    for part in rows.iter_mut().flat_map(|row| &mut row.parts) {
        part.column.order = judged.iter().find(|(name, _, _)| *name == part.column.name).map(|(_, order, _)| *order);
    }
    judged.into_iter().filter_map(|(_, _, doubt)| doubt).collect()
}

fn shown<'a>(rows: &'a [Gathered], vocabulary: &Vocabulary) -> BTreeMap<&'a str, Shown> {
    let mut columns: BTreeMap<&str, Shown> = BTreeMap::new();
    let is_dated = |part: &&Part| part.column.roles.iter().any(|role| DATED.contains(role));
    for part in rows.iter().flat_map(|row| &row.parts).filter(is_dated) {
        let shown = columns.entry(&part.column.name).or_insert_with(|| Shown::new(&part.column, vocabulary));
        part.pieces.iter().for_each(|piece| shown.add(piece));
    }
    columns
}

impl Shown {
    fn new(column: &Column, vocabulary: &Vocabulary) -> Shown {
        let says = |order: &Order| vocabulary.choices.says(&column.name, roles::of_order(*order));
        let chosen = column.order.or_else(|| [Order::DayFirst, Order::MonthFirst].into_iter().find(says));
        Shown { roles: column.roles.clone(), chosen, ..Shown::default() }
    }

    fn add(&mut self, piece: &str) {
        for found in order::dates(piece) {
            let first = match found.order() {
                Some(Order::DayFirst) => &mut self.day_first,
                Some(Order::MonthFirst) => &mut self.month_first,
                None => {
                    let words = |day| (found.written.to_owned(), date_words::day(day));
                    self.either = self.either.take().or_else(|| found.either().map(words));
                    continue;
                }
            };
            first.get_or_insert_with(|| found.written.to_owned());
        }
        self.add_words(piece);
    }

    /// The first day up to the twelfth that is written in words.
    fn add_words(&mut self, piece: &str) {
        if self.in_words.is_some() || piece.len() > LONGEST || !piece.contains(char::is_alphabetic) {
            return;
        }
        let day = date_text::span(piece).filter(|span| span.first == span.last && span.first.day() <= 12);
        self.in_words = day.map(|_| piece.trim().to_owned());
    }

    fn is_month_first(&self) -> bool {
        self.month_first.is_some() && self.day_first.is_none()
    }

    fn order(&self, is_american: bool) -> Order {
        let judged = if self.is_month_first() || is_american { Order::MonthFirst } else { Order::DayFirst };
        self.chosen.unwrap_or(judged)
    }

    /// What was judged, unless the user has said it or it is as everywhere else.
    fn doubt(&self, name: &str, order: Order, model: &str) -> Option<Flag> {
        if self.chosen.is_some() {
            return None;
        }
        let either = self.either.as_ref();
        let why = match (order, &self.month_first, &self.day_first) {
            (Order::MonthFirst, Some(proof), _) => {
                let so = either.map(|(written, words)| format!(", so {written} is {words}")).unwrap_or_default();
                let turned = |day: &String| {
                    format!("; if a spreadsheet made {day} of digits, its day and month may be exchanged")
                };
                let turned = self.in_words.as_ref().map(turned).unwrap_or_default();
                format!("the dates under “{name}” have the month first: {proof} can only be read that way{so}{turned}")
            }
            (Order::MonthFirst, None, _) => {
                let (written, words) = either?;
                format!(
                    "the dates under “{name}” are read like those under “{model}”, the month first: {written} is {words}"
                )
            }
            (Order::DayFirst, Some(american), Some(british)) => {
                let (written, _) = either?;
                format!(
                    "the dates under “{name}” are in both orders ({american} and {british}); those that can be read both \
                     ways, such as {written}, are read with the day first"
                )
            }
            (Order::DayFirst, _, _) => return None,
        };
        Some(Flag::column(name, why, &self.confirms(order)))
    }

    fn confirms(&self, order: Order) -> String {
        roles::print(&[self.roles.as_slice(), &[roles::of_order(order)]].concat())
    }
}

impl Column {
    /// A text of this column with its dates as the program reads them: the day first, or in words.
    pub fn dated(&self, text: String) -> String {
        match self.order {
            Some(Order::MonthFirst) => order::month_first(&text),
            Some(Order::DayFirst) | None => text,
        }
    }
}

impl Part {
    /// The text with its dates as the program reads them.
    pub fn dated(&self) -> String {
        self.column.dated(self.text())
    }
}

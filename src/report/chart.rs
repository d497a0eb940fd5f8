//! A chart drawn in block characters with the numbers beside it, for the screen and the plain text file.
//!
//! Each segment of a bar begins with its letter, so that it can be read without colour.

use super::document::{Cell, Chart, Part, Shape};
use super::lines::{Line, Piece, Tone};
use crate::domain::rating::Hue;
use crate::text;

/// The useful range of bar lengths.
const BAR: std::ops::RangeInclusive<usize> = 12..=48;
/// Column titles are written out only if that leaves this much for the bar.
const ROOMY: usize = 24;
/// The least and greatest width of the row names.
const NAMES: std::ops::RangeInclusive<usize> = 16..=36;
const GAP: usize = 2;
/// The width to which a number column's title is wrapped.
const TITLE: usize = 8;
/// From lowest to highest; without the full block, or one line would run into the next.
const HEIGHTS: [char; 7] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇'];

/// How a chart is laid out.
struct Plan {
    names: usize,
    /// None where there is no room for a bar.
    bar: usize,
    /// The number columns, each with its title.
    numbers: Vec<Number>,
    /// Whether the titles are letters, with a key below.
    is_short: bool,
}

struct Number {
    column: usize,
    /// Line by line.
    title: Vec<String>,
    width: usize,
    tone: Tone,
}

/// The whole chart in lines of at most `cols` columns.
pub fn lines(chart: &Chart, cols: usize) -> Vec<Line> {
    let plan = plan(chart, cols);
    let mut lines = if chart.shape == Shape::Lines { courses(chart, cols) } else { Vec::new() };
    lines.extend(head(chart, &plan));
    lines.extend(chart.table.rows.iter().map(|row| line(chart, row, &plan)));
    if plan.is_short {
        lines.push(legend(chart));
    }
    lines
}

/// Titles in words where they fit, else in letters; the bar takes the remaining width.
fn plan(chart: &Chart, cols: usize) -> Plan {
    let names = chart.table.rows.iter().filter_map(|row| row.first()).map(|cell| text::width(&cell.text)).max();
    let wanted = names.unwrap_or(0).clamp(*NAMES.start(), *NAMES.end());
    let taken = |numbers: &[Number]| numbers.iter().map(|number| number.width + GAP).sum::<usize>();
    let (long, short) = (numbers(chart, Titles::Words), numbers(chart, Titles::Letters));
    let fits = wanted + GAP + ROOMY + taken(&long) <= cols;
    let numbers = if fits { long } else { short };
    let left = cols.saturating_sub(taken(&numbers) + GAP);
    let names = wanted.min(left.saturating_sub(*BAR.start()).max(*NAMES.start()));
    let bar = left.saturating_sub(names).min(*BAR.end());
    Plan {
        names,
        bar: if bar < BAR.start() / 2 { 0 } else { bar },
        numbers,
        is_short: !fits && !chart.parts.is_empty(),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Titles {
    Words,
    Letters,
}

fn numbers(chart: &Chart, titles: Titles) -> Vec<Number> {
    let columns = chart.table.columns.iter().enumerate().skip(1);
    let number = |(column, of): (usize, &super::document::Column)| {
        let part = chart.parts.iter().find(|part| part.column == column);
        let title = match (part, titles) {
            (Some(part), Titles::Words) => worded(chart, part),
            (Some(part), Titles::Letters) => part.mark.clone(),
            (None, _) => of.title.clone(),
        };
        let title = if part.is_some() { vec![title] } else { text::wrap(&title, TITLE) };
        let cells = chart.table.rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.text.as_str());
        let width = cells.chain(title.iter().map(String::as_str)).map(text::width).max().unwrap_or(0);
        Number { column, title, width, tone: part.map_or(Tone::Strong, |part| Tone::Rating(part.hue)) }
    };
    columns.map(number).collect()
}

/// "A Amber".
fn worded(chart: &Chart, part: &Part) -> String {
    format!("{} {}", part.mark, chart.word(part))
}

/// The titles, bottom-aligned above their numbers.
fn head(chart: &Chart, plan: &Plan) -> Vec<Line> {
    let name = chart.table.columns.first().map_or("", |column| column.title.as_str());
    let high = plan.numbers.iter().map(|number| number.title.len()).max().unwrap_or(1);
    let line = |at: usize| {
        let name = if at + 1 == high { name } else { "" };
        let mut pieces = vec![piece(padded(name, plan.names + GAP + plan.bar), Tone::Strong)];
        pieces.extend(plan.numbers.iter().map(|number| {
            let line = (at + number.title.len()).checked_sub(high).and_then(|line| number.title.get(line));
            piece(flush(line.map_or("", String::as_str), number.width + GAP), number.tone)
        }));
        Line { pieces }
    };
    (0..high).map(line).collect()
}

/// A row: its name, its bar, its numbers.
fn line(chart: &Chart, row: &[Cell], plan: &Plan) -> Line {
    let name = row.first().map_or("", |cell| cell.text.as_str());
    let name = text::truncate(&text::one_line(&text::harmless(name)), plan.names);
    let mut pieces = vec![piece(padded(&name, plan.names + GAP), Tone::Plain)];
    pieces.extend(bar(chart, row, plan.bar));
    for number in &plan.numbers {
        let said = row.get(number.column).map_or("", |cell| cell.text.as_str());
        let tone = if said == "0" { Tone::Dim } else { Tone::Plain };
        pieces.push(piece(flush(said, number.width + GAP), tone));
    }
    Line { pieces }
}

/// A row's bar, each segment beginning with its letter, padded to the full width.
fn bar(chart: &Chart, row: &[Cell], width: usize) -> Vec<Piece> {
    let counts: Vec<usize> = chart.parts.iter().map(|part| chart.number(row, part)).collect();
    let lengths = shares(&counts, chart.longest(), width);
    let drawn = chart.parts.iter().zip(&lengths).filter(|(_, length)| **length > 0);
    let mut pieces: Vec<Piece> = drawn
        .map(|(part, length)| {
            let block = if part.hue == Hue::Grey { "░" } else { "█" };
            piece(format!("{}{}", part.mark, block.repeat(length.saturating_sub(1))), Tone::Rating(part.hue))
        })
        .collect();
    pieces.push(piece(" ".repeat(width.saturating_sub(lengths.iter().sum())), Tone::Plain));
    pieces
}

/// The length of each segment, scaled so that `longest` fills the width; at least one for a non-zero count.
pub(super) fn shares(counts: &[usize], longest: usize, width: usize) -> Vec<usize> {
    let whole = (counts.iter().sum::<usize>() * width).div_ceil(longest.max(1));
    let mut shares: Vec<usize> =
        counts.iter().map(|count| (count * width / longest.max(1)).max(usize::from(*count > 0))).collect();
    // The largest segment absorbs the rounding.
    let sum: usize = shares.iter().sum();
    if let Some(greatest) = shares.iter_mut().max() {
        *greatest = if sum > whole { greatest.saturating_sub(sum - whole).max(1) } else { *greatest + (whole - sum) };
    }
    let over = shares.iter().sum::<usize>().saturating_sub(width);
    if let Some(greatest) = shares.iter_mut().max() {
        *greatest = greatest.saturating_sub(over);
    }
    shares
}

/// A sparkline for each part over all points in time, each on its own scale.
fn courses(chart: &Chart, cols: usize) -> Vec<Line> {
    if chart.table.rows.len() < 2 {
        return Vec::new();
    }
    let names = chart.parts.iter().map(|part| text::width(&worded(chart, part))).max().unwrap_or(0);
    let mut lines = Vec::new();
    for part in &chart.parts {
        let numbers: Vec<usize> = chart.table.rows.iter().map(|row| chart.number(row, part)).collect();
        let most = numbers.iter().copied().max().unwrap_or(0);
        let Some((first, last)) = numbers.first().zip(numbers.last()).filter(|_| most > 0) else { continue };
        let each = ((cols.saturating_sub(names + 28)) / numbers.len()).clamp(1, 2);
        let spark: String = numbers.iter().map(|number| height(*number, most).repeat(each)).collect();
        lines.push(Line {
            pieces: vec![
                piece(padded(&worded(chart, part), names + GAP), Tone::Rating(part.hue)),
                piece(spark, Tone::Rating(part.hue)),
                piece(format!("  from {first} to {last}, peak {most}"), Tone::Plain),
            ],
        });
    }
    lines.push(Line::default());
    lines
}

fn height(number: usize, most: usize) -> String {
    let at = if number == 0 { 0 } else { (number * HEIGHTS.len()).div_ceil(most.max(1)).clamp(1, HEIGHTS.len()) - 1 };
    HEIGHTS.get(at).copied().unwrap_or(' ').to_string()
}

fn legend(chart: &Chart) -> Line {
    let words = chart.parts.iter().map(|part| piece(format!("{}  ", worded(chart, part)), Tone::Rating(part.hue)));
    Line { pieces: words.collect() }
}

fn piece(text: impl Into<String>, tone: Tone) -> Piece {
    Piece { text: text.into(), tone }
}

fn padded(words: &str, width: usize) -> String {
    let words = text::truncate(words, width);
    format!("{words}{}", " ".repeat(width.saturating_sub(text::width(&words))))
}

/// Right-aligned.
fn flush(words: &str, width: usize) -> String {
    format!("{}{words}", " ".repeat(width.saturating_sub(text::width(words))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_long_as_its_share_and_shows_every_part() {
        assert_eq!(shares(&[1, 3, 0, 4], 8, 16), [2, 6, 0, 8]);
        assert_eq!(shares(&[1, 99, 0], 100, 10), [1, 9, 0]);
        assert_eq!(shares(&[0, 0], 8, 16), [0, 0]);
        assert_eq!(shares(&[1, 1], 100, 10).iter().sum::<usize>(), 2, "both are visible, however small");
        for counts in [[3, 5, 7], [1, 1, 1], [50, 1, 1]] {
            assert!(shares(&counts, counts.iter().sum(), 17).iter().sum::<usize>() <= 17, "{counts:?}");
        }
    }

    #[test]
    fn the_lowest_bar_is_still_drawn() {
        assert_eq!([0, 1, 20].map(|number| height(number, 20)), ["▁", "▁", "▇"].map(String::from));
    }
}

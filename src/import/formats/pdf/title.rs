//! A title printed inside the box of the header, above its headings: it belongs above the table.

use super::page::{Ruled, Slot};
use super::words::{self, PrintLine};

/// Points within which lines are at the same height.
const LEVEL: f32 = 2.0;
/// As a share of the letter size: words of one line are no further apart than this, and cells are.
const SPACE: f32 = 0.75;
/// As a share of the size of the headings: a title is at least this large, where nothing else shows it.
const LARGE: f32 = 1.15;
/// As a share of the letter size: a heading goes on in the next line where that is no further below.
const APART: f32 = 1.8;

/// Takes the lines at the top of the first row that belong to no column.
pub fn take(table: &mut Ruled) -> Vec<PrintLine> {
    let above = table.area.top + 1.0;
    let Some(first) = table.rows.first_mut() else { return Vec::new() };
    let mut titles: Vec<PrintLine> = Vec::new();
    while let Some(places) = title(&first.slots) {
        let own = first.slots.iter_mut().enumerate().filter(|(at, _)| places.contains(at));
        let parts = own.map(|(_, slot)| slot.lines.remove(0));
        titles.extend(parts.reduce(joined).map(|line| PrintLine { base: above, ..line }));
    }
    titles
}

/// The cells that the highest line runs through, from left to right, if it is a title.
fn title(slots: &[Slot]) -> Option<Vec<usize>> {
    let tops: Vec<(usize, &PrintLine)> =
        slots.iter().enumerate().filter_map(|(at, slot)| Some((at, slot.lines.first()?))).collect();
    let highest = tops.iter().map(|(_, line)| line.base).fold(f32::NEG_INFINITY, f32::max);
    let (own, others): (Vec<_>, Vec<_>) = tops.into_iter().partition(|(_, line)| highest - line.base <= LEVEL);
    let headings: Vec<&PrintLine> = own
        .iter()
        .filter_map(|(at, _)| slots.get(*at)?.lines.get(1))
        .chain(others.iter().map(|(_, line)| *line))
        .collect();
    let stands_over = own.iter().any(|(at, _)| slots.get(*at).is_some_and(|slot| slot.lines.len() > 1));
    let is_title = match own.as_slice() {
        [(at, line)] => !others.is_empty() && slots.get(*at).is_some_and(|slot| is_alone(line, slot, &headings)),
        parts => parts.iter().zip(parts.iter().skip(1)).all(|((_, one), (_, next))| is_near(one, next)),
    };
    (stands_over && is_title).then(|| own.into_iter().map(|(at, _)| at).collect())
}

/// Whether a line with no words beside it runs over the edge of its cell, is larger than the headings, or is apart from them.
fn is_alone(line: &PrintLine, slot: &Slot, headings: &[&PrintLine]) -> bool {
    let largest = headings.iter().map(|heading| heading.size).fold(0.0, f32::max);
    let next = headings.iter().map(|heading| heading.base).fold(f32::NEG_INFINITY, f32::max);
    let is_over_heading = slot.lines.get(1).is_some_and(|own| next - own.base <= LEVEL);
    line.right > slot.area.right + line.size
        || line.size >= LARGE * largest
        || is_over_heading && line.base - next > APART * line.size
}

fn is_near(one: &PrintLine, next: &PrintLine) -> bool {
    next.left - one.right <= SPACE * one.size.min(next.size)
}

fn joined(mut line: PrintLine, next: PrintLine) -> PrintLine {
    words::join(&mut line.text, &next.text);
    PrintLine { right: next.right, ..line }
}

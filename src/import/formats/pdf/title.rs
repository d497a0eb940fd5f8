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
/// The fewest words of a title that nothing but its end shows.
const SEVERAL: usize = 3;

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
    let heading = slot.lines.get(1).filter(|own| next - own.base <= LEVEL);
    let is_apart = |heading: &PrintLine| line.base - next > APART * line.size || is_ended(line, heading, slot);
    line.right > slot.area.right + line.size || line.size >= LARGE * largest || heading.is_some_and(is_apart)
}

/// Whether a line of several words ends with room for more, so that the heading below does not continue it.
fn is_ended(line: &PrintLine, heading: &PrintLine, slot: &Slot) -> bool {
    let room = (slot.area.right - slot.area.left) - (line.right - line.left) - line.size * 2.0;
    line.text.split_whitespace().count() >= SEVERAL && heading.right - heading.left < room
}

fn is_near(one: &PrintLine, next: &PrintLine) -> bool {
    next.left - one.right <= SPACE * one.size.min(next.size)
}

fn joined(line: PrintLine, next: PrintLine) -> PrintLine {
    let PrintLine { text: rest, right, .. } = next;
    let mut whole = PrintLine { right, ..line };
    words::join(&mut whole.text, &rest);
    whole
}

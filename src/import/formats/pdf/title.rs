//! A title printed inside the box of the header, across its columns: it belongs above the table.

use super::page::Ruled;
use super::words::PrintLine;

/// Takes the lines at the top of the first row that run over the edge of their cell and have no words beside them.
pub fn take(table: &mut Ruled) -> Vec<PrintLine> {
    let above = table.area.top + 1.0;
    let Some(first) = table.rows.first_mut() else { return Vec::new() };
    let mut lines: Vec<(usize, f32)> = first
        .slots
        .iter()
        .enumerate()
        .flat_map(|(at, slot)| slot.lines.iter().map(move |line| (at, line.base)))
        .collect();
    lines.sort_by(|one, other| other.1.total_cmp(&one.1));
    let mut titles = Vec::new();
    for (at, base) in lines.iter().copied() {
        let is_alone = lines.iter().all(|(other, level)| *other == at || base - level > 2.0);
        let Some(slot) = first.slots.get_mut(at) else { break };
        let runs_over = |line: &PrintLine| line.right > slot.area.right + line.size && slot.lines.len() > 1;
        if !slot.lines.first().is_some_and(|line| is_alone && runs_over(line)) {
            break;
        }
        titles.push(PrintLine { base: above, ..slot.lines.remove(0) });
    }
    titles
}

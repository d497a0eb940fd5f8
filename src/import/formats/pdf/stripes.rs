//! Tables without vertical rules: rows from horizontal rules or coloured stripes, columns from the empty space.

use super::drawing::{Area, Drawing, Rule};
use super::grid::Grid;
use super::words::{self, Piece};

/// Points within which two rules begin and end alike.
const ALIKE: f32 = 6.0;
/// Points: empty space this wide from top to bottom separates two columns.
const GUTTER: f32 = 9.0;
/// The rules that make a table: above, under the header, below.
const RULES: usize = 3;
/// Rules and stripes of one page.
const MOST: usize = 2000;

/// Adds the rules that such tables leave out; returns the areas in which every line of print is a separate row.
pub fn complete(drawing: &mut Drawing, grids: &[Grid], pieces: &[Piece]) -> Vec<Area> {
    let taken: Vec<Area> = grids.iter().map(Grid::area).collect();
    let mut by_line = Vec::new();
    for family in families(drawing, &taken) {
        let Some(area) = area_of(&family) else { continue };
        let inside: Vec<&Piece> = pieces.iter().filter(|piece| is_inside(piece, &area)).collect();
        let gutters = gutters(&inside, &area);
        if gutters.is_empty() || taken.iter().any(|grid| is_over(grid, &area)) {
            continue;
        }
        let edges = [area.left, area.right].into_iter().chain(gutters);
        drawing.down.extend(edges.map(|at| Rule { at, from: area.bottom, to: area.top }));
        drawing.across.extend(&family);
        if family.len() == RULES {
            drawing.across.extend(between_lines(&inside, &family, &area));
            by_line.push(area);
        }
    }
    by_line
}

/// Rules and the edges of stripes outside tables that begin and end at the same places, from bottom to top.
fn families(drawing: &Drawing, taken: &[Area]) -> Vec<Vec<Rule>> {
    let stripes = drawing.fills.iter().filter(|fill| fill.area.height() < 300.0).flat_map(|fill| {
        [fill.area.bottom, fill.area.top].map(|at| Rule { at, from: fill.area.left, to: fill.area.right })
    });
    let is_free = |rule: &Rule| {
        let line = Area { left: rule.from, right: rule.to, bottom: rule.at, top: rule.at };
        rule.to - rule.from > 100.0 && !taken.iter().any(|area| area.holds(&line, ALIKE))
    };
    let across: Vec<Rule> = drawing.across.iter().copied().chain(stripes).collect();
    let mut rules = super::grid::straighten(&across);
    rules.retain(is_free);
    let mut families: Vec<Vec<Rule>> = Vec::new();
    for rule in rules.into_iter().take(MOST) {
        let is_alike = |own: &Rule| (own.from - rule.from).abs() <= ALIKE && (own.to - rule.to).abs() <= ALIKE;
        match families.iter_mut().find(|family| family.first().is_some_and(is_alike)) {
            Some(family) => family.push(rule),
            None => families.push(vec![rule]),
        }
    }
    families.retain(|family| family.len() >= RULES);
    families
}

fn area_of(family: &[Rule]) -> Option<Area> {
    let (lowest, highest) = (family.first()?, family.last()?);
    let left = family.iter().map(|rule| rule.from).fold(f32::INFINITY, f32::min);
    let right = family.iter().map(|rule| rule.to).fold(f32::NEG_INFINITY, f32::max);
    Some(Area { left, right, bottom: lowest.at, top: highest.at })
}

fn is_inside(piece: &Piece, area: &Area) -> bool {
    let (x, y) = piece.anchor();
    x >= area.left - ALIKE && x <= area.right && y >= area.bottom && y <= area.top
}

fn is_over(one: &Area, other: &Area) -> bool {
    one.left < other.right && other.left < one.right && one.bottom < other.top && other.bottom < one.top
}

/// The middles of the gaps that no word reaches into, from the area's top to its bottom.
fn gutters(pieces: &[&Piece], area: &Area) -> Vec<f32> {
    let mut spans: Vec<(f32, f32)> = pieces.iter().map(|piece| (piece.left, piece.right)).collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut gutters = Vec::new();
    let mut reached: Option<f32> = None;
    for (left, right) in spans {
        if let Some(reached) = reached
            && left - reached >= GUTTER
            && left < area.right
        {
            // A column begins where its words do; where the words before it end depends on what they say.
            gutters.push(left - 2.0);
        }
        reached = Some(reached.map_or(right, |reached| reached.max(right)));
    }
    gutters
}

/// Rules between the lines of print of the body, where nothing else shows where its rows end.
fn between_lines(pieces: &[&Piece], family: &[Rule], area: &Area) -> Vec<Rule> {
    let header = family.get(1).map_or(area.top, |rule| rule.at);
    let body = pieces.iter().filter(|piece| piece.anchor().1 < header).map(|piece| (*piece).clone()).collect();
    let lines = words::lines(body);
    let bases = lines.iter().zip(lines.iter().skip(1));
    bases
        .map(|(above, line)| Rule {
            at: (line.base + line.size).min(above.base - 0.5),
            from: area.left,
            to: area.right,
        })
        .collect()
}

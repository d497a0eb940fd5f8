//! Rules → the grids of tables: columns from vertical rules, rows from horizontal ones; no rule between, one cell.

use std::collections::BTreeMap;

use super::drawing::{Area, Drawing, Rule};

/// Points within which two rules are one, and within which rules that should meet do.
const SAME: f32 = 4.0;
/// Points: rules that stick out this far beyond the outermost ones close an open side.
const OPEN: f32 = 8.0;
/// Points; a table has no shorter rules.
const SHORT: f32 = 6.0;
/// Points: a narrower column, in which nothing begins beside its neighbour, is an edge that was dragged.
const NARROW: f32 = 15.0;
/// Rules of one page, after those in one line are joined, and cells of one of its tables.
const RULES: usize = 3000;
const CELLS: usize = 20_000;

/// A table as it is ruled on one page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grid {
    /// The edges of columns, left to right.
    pub xs: Vec<f32>,
    /// The edges of rows, top to bottom.
    pub ys: Vec<f32>,
    /// Whether no rule closes it above, or below: it continues over the edge of the page.
    pub is_open_above: bool,
    pub is_open_below: bool,
    /// Row by row, the cell to which each place belongs: the row and column where that cell begins.
    pub owners: Vec<Vec<(usize, usize)>>,
}

impl Grid {
    pub fn rows(&self) -> usize {
        self.ys.len().saturating_sub(1)
    }

    pub fn columns(&self) -> usize {
        self.xs.len().saturating_sub(1)
    }

    pub fn area(&self) -> Area {
        let edge = |edges: &[f32], at: usize| edges.get(at).copied().unwrap_or_default();
        Area {
            left: edge(&self.xs, 0),
            right: edge(&self.xs, self.columns()),
            top: edge(&self.ys, 0),
            bottom: edge(&self.ys, self.rows()),
        }
    }

    pub fn owner(&self, row: usize, column: usize) -> (usize, usize) {
        self.owners.get(row).and_then(|row| row.get(column)).copied().unwrap_or((row, column))
    }

    /// The row and column of a point, where it is inside.
    pub fn place(&self, (x, y): (f32, f32)) -> Option<(usize, usize)> {
        let area = self.area();
        if x < area.left - SAME || x > area.right || y > area.top + SAME || y < area.bottom - SAME {
            return None;
        }
        let column = self.xs.partition_point(|edge| *edge <= x).saturating_sub(1);
        let row = self.ys.partition_point(|edge| *edge >= y).saturating_sub(1);
        Some((row.min(self.rows().saturating_sub(1)), column.min(self.columns().saturating_sub(1))))
    }

    /// The rectangles of the cells, by the row and column where each begins.
    pub fn cells(&self) -> BTreeMap<(usize, usize), Area> {
        let edge = |edges: &[f32], at: usize| edges.get(at).copied().unwrap_or_default();
        let mut cells = BTreeMap::new();
        for (row, owners) in self.owners.iter().enumerate() {
            for (column, owner) in owners.iter().enumerate() {
                let (right, bottom) = (edge(&self.xs, column + 1), edge(&self.ys, row + 1));
                let (left, top) = (edge(&self.xs, owner.1), edge(&self.ys, owner.0));
                let cell: &mut Area = cells.entry(*owner).or_insert(Area { left, right, bottom, top });
                cell.right = cell.right.max(right);
                cell.bottom = cell.bottom.min(bottom);
            }
        }
        cells
    }
}

/// The tables of a page, or nothing where it has more rules than any table needs.
pub fn grids(drawing: &Drawing) -> Option<Vec<Grid>> {
    let (across, down) = (straighten(&drawing.across), straighten(&drawing.down));
    if across.len() > RULES || down.len() > RULES {
        return None;
    }
    let mut grids = Vec::new();
    for (across, down) in connected(&across, &down) {
        let mut grid = outline(&across, &down);
        match grid.rows() * grid.columns() {
            0 | 1 => {}
            ..=CELLS => {
                grid.owners = owners(&grid, &across, &down);
                drop_dragged(&mut grid);
                grids.push(grid);
            }
            _ => return None,
        }
    }
    let areas: Vec<Area> = grids.iter().map(Grid::area).collect();
    let mut at = 0;
    // A table in a cell of another is part of that cell's text.
    grids.retain(|_| {
        at += 1;
        let own = areas.get(at - 1).copied().unwrap_or_default();
        !areas.iter().enumerate().any(|(other, area)| other != at - 1 && *area != own && area.holds(&own, 1.0))
    });
    grids.sort_by(|a, b| b.area().top.total_cmp(&a.area().top));
    Some(grids)
}

/// Joins rules drawn in pieces.
pub fn straighten(rules: &[Rule]) -> Vec<Rule> {
    let mut sorted: Vec<Rule> =
        rules.iter().copied().filter(|rule| (rule.at + rule.from + rule.to).is_finite()).collect();
    sorted.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut straight = Vec::new();
    let mut group: Vec<Rule> = Vec::new();
    for rule in sorted {
        if group.first().is_some_and(|first| rule.at - first.at > SAME) {
            join(std::mem::take(&mut group), &mut straight);
        }
        group.push(rule);
    }
    join(group, &mut straight);
    straight
}

fn join(mut group: Vec<Rule>, straight: &mut Vec<Rule>) {
    group.sort_by(|a, b| a.from.total_cmp(&b.from));
    let mut joined: Vec<Rule> = Vec::new();
    for rule in group {
        match joined.last_mut() {
            Some(last) if rule.from - last.to <= SAME => last.to = last.to.max(rule.to),
            Some(_) | None => joined.push(rule),
        }
    }
    straight.extend(joined.into_iter().filter(|rule| rule.to - rule.from >= SHORT));
}

/// Rules that meet, group by group.
fn connected(across: &[Rule], down: &[Rule]) -> Vec<(Vec<Rule>, Vec<Rule>)> {
    let within = |at: f32, rule: &Rule| (rule.from - SAME..=rule.to + SAME).contains(&at);
    let mut sets = Sets::new(across.len() + down.len());
    for (row, flat) in across.iter().enumerate() {
        for (column, steep) in down.iter().enumerate() {
            if within(steep.at, flat) && within(flat.at, steep) {
                sets.join(row, across.len() + column);
            }
        }
    }
    let mut groups: BTreeMap<usize, (Vec<Rule>, Vec<Rule>)> = BTreeMap::new();
    for (at, rule) in across.iter().enumerate() {
        groups.entry(sets.root(at)).or_default().0.push(*rule);
    }
    for (at, rule) in down.iter().enumerate() {
        groups.entry(sets.root(across.len() + at)).or_default().1.push(*rule);
    }
    groups.into_values().collect()
}

/// Which things belong together.
struct Sets(Vec<usize>);

impl Sets {
    fn new(count: usize) -> Sets {
        Sets((0..count).collect())
    }

    /// The smallest of the set.
    fn root(&mut self, of: usize) -> usize {
        let mut at = of;
        while let Some(&up) = self.0.get(at)
            && up != at
        {
            at = up;
        }
        if let Some(slot) = self.0.get_mut(of) {
            *slot = at;
        }
        at
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        if let Some(slot) = self.0.get_mut(one.max(other)) {
            *slot = one.min(other);
        }
    }
}

/// The edges of rows and columns.
fn outline(across: &[Rule], down: &[Rule]) -> Grid {
    let (xs, _) = edges(down, across);
    let (mut ys, (is_open_below, is_open_above)) = edges(across, down);
    ys.reverse();
    Grid { xs, ys, is_open_above, is_open_below, owners: Vec::new() }
}

/// The positions of rules, in order, and the ends of what crosses them where that extends beyond the first or last.
fn edges(rules: &[Rule], crossing: &[Rule]) -> (Vec<f32>, (bool, bool)) {
    let mut edges: Vec<f32> = Vec::new();
    for rule in rules {
        if edges.last().is_none_or(|last| rule.at - last > SAME) {
            edges.push(rule.at);
        }
    }
    let (Some(&first), Some(&last)) = (edges.first(), edges.last()) else { return (Vec::new(), (false, false)) };
    let from = crossing.iter().map(|rule| rule.from).fold(f32::INFINITY, f32::min);
    let to = crossing.iter().map(|rule| rule.to).fold(f32::NEG_INFINITY, f32::max);
    let (is_open_first, is_open_last) = (first - from > OPEN, to - last > OPEN);
    if is_open_first {
        edges.insert(0, from);
    }
    if is_open_last {
        edges.push(to);
    }
    (edges, (is_open_first, is_open_last))
}

/// How much of a stretch is covered by rules at this position.
fn covered(rules: &[Rule], at: f32, from: f32, to: f32) -> f32 {
    let near = rules.iter().filter(|rule| (rule.at - at).abs() <= SAME);
    let length: f32 = near.map(|rule| (rule.to.min(to) - rule.from.max(from)).max(0.0)).sum();
    length / (to - from).max(0.1)
}

fn owners(grid: &Grid, across: &[Rule], down: &[Rule]) -> Vec<Vec<(usize, usize)>> {
    let (rows, columns) = (grid.rows(), grid.columns());
    let mut sets = Sets::new(rows * columns);
    let spans = |edges: &[f32]| -> Vec<(f32, f32)> {
        edges.iter().copied().zip(edges.iter().copied().skip(1)).map(|(a, b)| (a.min(b), a.max(b))).collect()
    };
    let (wide, high) = (spans(&grid.xs), spans(&grid.ys));
    for (row, &(bottom, top)) in high.iter().enumerate() {
        for (column, &(left, right)) in wide.iter().enumerate() {
            let at = row * columns + column;
            if column + 1 < columns && covered(down, right, bottom, top) < 0.5 {
                sets.join(at, at + 1);
            }
            if row + 1 < rows && covered(across, bottom, left, right) < 0.5 {
                sets.join(at, at + columns);
            }
        }
    }
    let owner = |at: usize, sets: &mut Sets| {
        let root = sets.root(at);
        (root / columns, root % columns)
    };
    (0..rows).map(|row| (0..columns).map(|column| owner(row * columns + column, &mut sets)).collect()).collect()
}

/// Removes the edges that only single rows have, a little beside the column's own.
fn drop_dragged(grid: &mut Grid) {
    let mut column = 1;
    while column < grid.columns() {
        let before = grid.xs.get(column).zip(grid.xs.get(column - 1)).map_or(f32::INFINITY, |(at, left)| at - left);
        let begins = |row: usize, at: usize| grid.owner(row, at) == (row, at);
        let has_both = (0..grid.rows()).any(|row| begins(row, column - 1) && begins(row, column));
        if before < NARROW && !has_both {
            remove_column(grid, column);
        } else {
            column += 1;
        }
    }
}

/// Lets the column before take in this one.
fn remove_column(grid: &mut Grid, column: usize) {
    grid.xs.remove(column);
    for cells in &mut grid.owners {
        let gone = cells.remove(column);
        if let Some(cell) = cells.get_mut(column - 1)
            && gone.1 == column
        {
            *cell = gone;
        }
        for cell in cells.iter_mut().filter(|cell| cell.1 >= column) {
            cell.1 -= 1;
        }
    }
}

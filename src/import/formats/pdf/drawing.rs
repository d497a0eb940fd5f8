//! What is drawn on a page besides text: rules and coloured areas, forms included.

use super::library::{Operation, Painted, Refusal, Source};

/// Points; a filled shape or a pen no wider than this is a rule.
const THIN: f32 = 3.5;
/// How deep forms in forms are followed.
const DEPTH: usize = 6;

/// A straight rule along one axis: its position on the other axis, and where it starts and ends, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    pub at: f32,
    pub from: f32,
    pub to: f32,
}

/// A rectangle in points; y grows upwards.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Area {
    pub left: f32,
    pub right: f32,
    pub bottom: f32,
    pub top: f32,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fill {
    pub area: Area,
    /// Red, green and blue.
    pub colour: (u8, u8, u8),
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing {
    /// From left to right.
    pub across: Vec<Rule>,
    /// From top to bottom.
    pub down: Vec<Rule>,
    /// In the order of painting.
    pub fills: Vec<Fill>,
    pub pictures: usize,
}

impl Area {
    pub fn width(&self) -> f32 {
        self.right - self.left
    }

    pub fn height(&self) -> f32 {
        self.top - self.bottom
    }

    /// Whether the other lies within this one, give or take some points.
    pub fn holds(&self, other: &Area, slack: f32) -> bool {
        other.left >= self.left - slack
            && other.right <= self.right + slack
            && other.bottom >= self.bottom - slack
            && other.top <= self.top + slack
    }

    fn around(points: &[(f32, f32)]) -> Option<Area> {
        let (x, y) = *points.first()?;
        let first = Area { left: x, right: x, bottom: y, top: y };
        Some(points.iter().fold(first, |area, (x, y)| Area {
            left: area.left.min(*x),
            right: area.right.max(*x),
            bottom: area.bottom.min(*y),
            top: area.top.max(*y),
        }))
    }
}

/// Reads the drawing of a page.
pub fn read(page: &Source) -> Result<Drawing, Refusal> {
    let mut pen = Pen::default();
    let mut state = State::default();
    pen.run(page, &page.operations()?, &mut state, 0);
    Ok(pen.drawing)
}

/// What `q` saves and `Q` restores.
#[derive(Clone, Copy)]
struct State {
    matrix: [f32; 6],
    fill: (u8, u8, u8),
    width: f32,
}

impl Default for State {
    fn default() -> State {
        State { matrix: [1.0, 0.0, 0.0, 1.0, 0.0, 0.0], fill: (0, 0, 0), width: 1.0 }
    }
}

#[derive(Default)]
struct Pen {
    drawing: Drawing,
    /// The path under construction, in points of the page.
    path: Vec<Vec<(f32, f32)>>,
}

impl State {
    fn point(&self, x: f32, y: f32) -> (f32, f32) {
        let [xx, xy, yx, yy, dx, dy] = self.matrix;
        (xx * x + yx * y + dx, xy * x + yy * y + dy)
    }

    /// Puts another change of coordinates before this one.
    fn concatenate(&mut self, inner: [f32; 6]) {
        let [xx, xy, yx, yy, dx, dy] = self.matrix;
        let turned = |x: f32, y: f32| (xx * x + yx * y, xy * x + yy * y);
        let ((ax, ay), (bx, by)) = (turned(inner[0], inner[1]), turned(inner[2], inner[3]));
        let (ex, ey) = turned(inner[4], inner[5]);
        self.matrix = [ax, ay, bx, by, ex + dx, ey + dy];
    }

    fn pen_width(&self) -> f32 {
        let [xx, xy, yx, yy, ..] = self.matrix;
        self.width * (xx * yy - xy * yx).abs().sqrt()
    }
}

impl Pen {
    fn run(&mut self, page: &Source, operations: &[Operation], state: &mut State, depth: usize) {
        let mut saved = Vec::new();
        for operation in operations {
            let numbers = operation.numbers();
            match (operation.name(), numbers.as_slice()) {
                ("q", _) if saved.len() < 1000 => saved.push(*state),
                ("Q", _) => *state = saved.pop().unwrap_or(*state),
                ("cm", &[xx, xy, yx, yy, dx, dy]) => state.concatenate([xx, xy, yx, yy, dx, dy]),
                ("w", &[width]) => state.width = width.abs(),
                ("g" | "rg" | "k" | "sc" | "scn", parts) => state.fill = colour(parts).unwrap_or(state.fill),
                ("Do", _) => self.paint(page, operation, state, depth),
                ("BI", _) => self.drawing.pictures += 1,
                (name, numbers) => self.draw(name, numbers, state),
            }
        }
    }

    fn draw(&mut self, operator: &str, numbers: &[f32], state: &State) {
        match (operator, numbers) {
            ("m", &[x, y]) => self.path.push(vec![state.point(x, y)]),
            ("l", &[x, y]) | ("c", &[.., x, y]) | ("v" | "y", &[_, _, x, y]) => match self.path.last_mut() {
                Some(line) => line.push(state.point(x, y)),
                None => self.path.push(vec![state.point(x, y)]),
            },
            ("h", _) => self.close(),
            ("re", &[x, y, width, height]) => {
                let corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)];
                self.path.push(corners.map(|(x, y)| state.point(x, y)).to_vec());
            }
            ("S", _) => self.stroke(state),
            ("s", _) => {
                self.close();
                self.stroke(state);
            }
            ("f" | "F" | "f*", _) => self.fill(state),
            ("B" | "B*" | "b" | "b*", _) => {
                self.close();
                let path = self.path.clone();
                self.fill(state);
                self.path = path;
                self.stroke(state);
            }
            ("n", _) => self.path.clear(),
            _ => {}
        }
    }

    fn close(&mut self) {
        if let Some(line) = self.path.last_mut()
            && let Some(first) = line.first().copied()
        {
            line.push(first);
        }
    }

    fn stroke(&mut self, state: &State) {
        let is_rule = state.pen_width() <= THIN;
        for line in std::mem::take(&mut self.path).iter().filter(|_| is_rule) {
            for (from, to) in line.iter().zip(line.iter().skip(1)) {
                self.segment(*from, *to);
            }
        }
    }

    /// A slanting stroke is not a rule.
    fn segment(&mut self, (x0, y0): (f32, f32), (x1, y1): (f32, f32)) {
        if (y0 - y1).abs() <= 1.0 && (x0 - x1).abs() > 1.0 {
            self.drawing.across.push(Rule { at: y0.midpoint(y1), from: x0.min(x1), to: x0.max(x1) });
        } else if (x0 - x1).abs() <= 1.0 && (y0 - y1).abs() > 1.0 {
            self.drawing.down.push(Rule { at: x0.midpoint(x1), from: y0.min(y1), to: y0.max(y1) });
        }
    }

    fn fill(&mut self, state: &State) {
        let areas: Vec<Area> = std::mem::take(&mut self.path).iter().filter_map(|line| Area::around(line)).collect();
        for (at, area) in areas.iter().enumerate() {
            let inner = areas.get(at + 1).filter(|inner| is_ring(area, inner));
            if inner.is_some() {
                self.outline(area);
            } else if area.width().min(area.height()) <= THIN {
                self.thin(area);
            } else {
                self.drawing.fills.push(Fill { area: *area, colour: state.fill });
            }
        }
    }

    /// A square dot belongs to a dotted rule whose direction is not yet known.
    fn thin(&mut self, area: &Area) {
        if area.width() >= area.height() {
            let at = area.top.midpoint(area.bottom);
            self.drawing.across.push(Rule { at, from: area.left, to: area.right });
        }
        if area.height() >= area.width() {
            let at = area.left.midpoint(area.right);
            self.drawing.down.push(Rule { at, from: area.bottom, to: area.top });
        }
    }

    fn outline(&mut self, area: &Area) {
        let corners =
            [(area.left, area.bottom), (area.right, area.bottom), (area.right, area.top), (area.left, area.top)];
        for (from, to) in corners.iter().zip(corners.iter().cycle().skip(1)) {
            self.segment(*from, *to);
        }
    }

    fn paint(&mut self, page: &Source, operation: &Operation, state: &State, depth: usize) {
        match page.painted(operation) {
            Some(Painted::Form { form, matrix }) if depth < DEPTH => {
                let mut inner = *state;
                inner.concatenate(matrix);
                self.run(page, &page.inside(&form), &mut inner, depth + 1);
            }
            Some(Painted::Image) => self.drawing.pictures += 1,
            Some(Painted::Form { .. }) | None => {}
        }
    }
}

/// Whether the space between two areas is the frame of a cell.
fn is_ring(outer: &Area, inner: &Area) -> bool {
    let gaps = [inner.left - outer.left, outer.right - inner.right, inner.bottom - outer.bottom, outer.top - inner.top];
    gaps.iter().all(|gap| (-0.1..=THIN).contains(gap))
}

/// Grey, red-green-blue or cyan-magenta-yellow-black, each part from 0 to 1.
fn colour(parts: &[f32]) -> Option<(u8, u8, u8)> {
    match *parts {
        [grey] => Some((byte(grey), byte(grey), byte(grey))),
        [red, green, blue] => Some((byte(red), byte(green), byte(blue))),
        [cyan, magenta, yellow, black] => {
            let part = |ink: f32| byte((1.0 - ink) * (1.0 - black));
            Some((part(cyan), part(magenta), part(yellow)))
        }
        _ => None,
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn byte(part: f32) -> u8 {
    // Within 0 to 255 after the clamp; NaN becomes 0.
    (part.clamp(0.0, 1.0) * 255.0).round() as u8
}

//! Where things are on the screen: pure arithmetic, shared by update (paging, clicks) and view (drawing).

/// The window, in character cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    pub cols: u16,
    pub rows: u16,
}

/// A rectangle in character cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    pub x: u16,
    pub y: u16,
    pub cols: u16,
    pub rows: u16,
}

impl Area {
    pub fn contains(self, col: u16, row: u16) -> bool {
        (self.x..self.x.saturating_add(self.cols)).contains(&col)
            && (self.y..self.y.saturating_add(self.rows)).contains(&row)
    }
}

/// Below this size, a sentence asks for a larger window.
pub const SMALLEST: Size = Size { cols: 40, rows: 10 };
/// From this width on, the detail is beside the list.
pub const BESIDE: u16 = 100;
/// Below this width, the detail is a separate screen.
pub const NARROW: u16 = 60;

/// How the detail of an action is placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrangement {
    Beside,
    Below,
    /// Only one of the two is visible at a time.
    OneAtATime,
}

pub fn is_too_small(size: Size) -> bool {
    size.cols < SMALLEST.cols || size.rows < SMALLEST.rows
}

pub fn arrangement(size: Size) -> Arrangement {
    match size.cols {
        BESIDE.. => Arrangement::Beside,
        NARROW..BESIDE if size.rows >= 18 => Arrangement::Below,
        0..BESIDE => Arrangement::OneAtATime,
    }
}

/// The horizontal bands of every screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bands {
    pub title: Area,
    /// Counts and filter; empty in a low window.
    pub summary: Area,
    pub body: Area,
    /// A line below the body; empty in a low window.
    pub rule: Area,
    pub toast: Area,
    pub footer: Area,
}

/// The area of a report: everything between the title and the message line.
pub fn paper(size: Size) -> Area {
    let bands = bands(size);
    let air = u16::from(size.rows >= TALL);
    let y = bands.title.y + 1 + air;
    Area { x: 0, y, cols: size.cols, rows: (bands.body.y + bands.body.rows).saturating_sub(y) }
}

/// From this height on there is room for lines between the bands.
const TALL: u16 = 16;

pub fn bands(size: Size) -> Bands {
    let Size { cols, rows } = size;
    let (summary_rows, rule_rows) = if rows >= TALL { (4, 1) } else { (2, 0) };
    let band = |y: u16, height: u16| Area { x: 0, y: y.min(rows), cols, rows: height.min(rows.saturating_sub(y)) };
    let body_rows = rows.saturating_sub(1 + summary_rows + rule_rows + 2);
    Bands {
        title: band(0, 1),
        summary: band(1, summary_rows),
        body: band(1 + summary_rows, body_rows),
        rule: band(rows.saturating_sub(2 + rule_rows), rule_rows),
        toast: band(rows.saturating_sub(2), 1),
        footer: band(rows.saturating_sub(1), 1),
    }
}

/// The list and the detail of the walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WalkAreas {
    pub list: Area,
    pub detail: Area,
}

pub fn walk(size: Size) -> WalkAreas {
    let body = bands(size).body;
    match arrangement(size) {
        Arrangement::Beside => {
            let list = Area { cols: list_cols(size.cols), ..body };
            let x = list.cols + 1;
            WalkAreas { list, detail: Area { x, cols: size.cols.saturating_sub(x), ..body } }
        }
        Arrangement::Below => {
            let list = Area { rows: (body.rows / 2).max(5).min(body.rows), ..body };
            let y = list.rows + 1;
            WalkAreas { list, detail: Area { y: body.y + y, rows: body.rows.saturating_sub(y), ..body } }
        }
        Arrangement::OneAtATime => WalkAreas { list: body, detail: body },
    }
}

/// The changes in the history, with the selected one in full below them.
pub fn history(size: Size) -> WalkAreas {
    let body = bands(size).body;
    let strip = match body.rows {
        0..=5 => 0,
        6..=11 => 3,
        rows @ 12.. => (rows / 3).clamp(5, 11),
    };
    // One row between the two is for a line.
    let list = Area { rows: body.rows.saturating_sub(if strip > 0 { strip + 1 } else { 0 }), ..body };
    WalkAreas { list, detail: Area { y: body.y + body.rows.saturating_sub(strip), rows: strip, ..body } }
}

/// The list takes a little over half, but the detail never grows wider than is comfortable to read.
fn list_cols(cols: u16) -> u16 {
    let half = cols * 11 / 20;
    half.max(cols.saturating_sub(96))
}

/// A box in the middle of the window, at most as large as asked for.
pub fn centred(size: Size, cols: u16, rows: u16) -> Area {
    let cols = cols.min(size.cols.saturating_sub(2));
    let rows = rows.min(size.rows.saturating_sub(2));
    Area { x: (size.cols - cols) / 2, y: (size.rows - rows) / 2, cols, rows }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_reaches_outside_a_window_of_any_size() {
        for cols in (0..240).step_by(7) {
            for rows in 0..80 {
                let size = Size { cols, rows };
                let (bands, walk) = (bands(size), walk(size));
                for area in [
                    bands.title,
                    bands.summary,
                    bands.body,
                    bands.rule,
                    bands.toast,
                    bands.footer,
                    walk.list,
                    walk.detail,
                ] {
                    assert!(area.x + area.cols <= cols || area.cols == 0, "{area:?} in {size:?}");
                    assert!(area.y + area.rows <= rows || area.rows == 0, "{area:?} in {size:?}");
                }
            }
        }
    }

    #[test]
    fn the_detail_moves_below_and_then_away_as_the_window_narrows() {
        let at = |cols, rows| arrangement(Size { cols, rows });
        assert_eq!(at(120, 40), Arrangement::Beside);
        assert_eq!(at(80, 24), Arrangement::Below);
        assert_eq!(at(59, 24), Arrangement::OneAtATime);
    }
}
